"""Activities joined with the dates and units that stand inside their scope."""

from collections.abc import Mapping

from extractor.model import ActivityValue, DateValue, Manuscript, Mention, Span, UnitName
from extractor.rulebook import Rulebook
from extractor.schema import ActivityDate, ActivityRow, Resolved
from extractor.text import fold


def activity_rows(manuscript: Manuscript, resolved: Resolved, rulebook: Rulebook) -> tuple[ActivityRow, ...]:
    """One row an activity; what its section's head sentence says of all activities holds where it has nothing itself."""
    dates = [m for m in resolved.of("date") if m.role == "activity"]
    units = [m for m in resolved.of("unit") if m.role in ("lead", "support", "organiser")]
    above: dict[
        tuple[Span, ...], list[Mention]
    ] = {}  # the units of the sentences that several activities inherit
    rows = []
    for mention in resolved.of("activity"):
        made = mention.value
        if not isinstance(made, ActivityValue):
            continue
        own = _inside(dates, (made.scope,)) or _inside(dates, made.inherited)
        inside = _inside(units, (made.scope,))
        if made.inherited not in above:
            above[made.inherited] = _inside(units, made.inherited)
        inherited = above[made.inherited]
        leads = _names(inside, *_leading(inside, rulebook.units.labels)) or _names(inherited, "lead")
        supports = _names(inside, "support") or _names(inherited, "support")
        rows.append(
            ActivityRow(
                title=made.title,
                kind=made.kind,
                dates=tuple(dict.fromkeys(_date(manuscript, m) for m in own)),
                lead_units=leads,
                support_units=tuple(name for name in supports if name not in leads),
                location=made.location,
                span=mention.span,
                confidence=mention.confidence,
            )
        )
    return tuple(rows)


def _inside(mentions: list[Mention], scopes: tuple[Span, ...]) -> list[Mention]:
    if len(scopes) == 1:
        start, end = scopes[0].start, scopes[0].end
        return [m for m in mentions if start <= m.span.start and m.span.end <= end]
    return [m for m in mentions if any(scope.covers(m.span) for scope in scopes)] if scopes else []


def _leading(mentions: list[Mention], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Who leads: the bodies a label (责任单位：) names, and only without one also those said to hold the activity."""
    labelled = any(m.role == "lead" and m.basis in labels for m in mentions)
    return ("lead",) if labelled else ("lead", "organiser")


def _names(mentions: list[Mention], *roles: str) -> tuple[str, ...]:
    names = [m.value.name for m in mentions if m.role in roles and isinstance(m.value, UnitName)]
    return tuple(dict.fromkeys(names))


def _date(manuscript: Manuscript, mention: Mention) -> ActivityDate:
    made = mention.value
    assert isinstance(made, DateValue)
    return ActivityDate(fold(manuscript.quote(mention.span)), made.start, made.end, made.time)
