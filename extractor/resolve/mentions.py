"""All mentions of a manuscript, settled in one pass: region, year, period, dates, unit names."""

from collections.abc import Sequence
from datetime import date

from extractor.model import DateParts, DateValue, Manuscript, Mention, UnitName
from extractor.resolve import calendar
from extractor.resolve.campaigns import notice_campaign
from extractor.resolve.regions import notice_region
from extractor.resolve.roles import has_time_section, role
from extractor.resolve.unit_names import cluster, expand
from extractor.resolve.years import YearEvidence, document_year
from extractor.rulebook import Rulebook
from extractor.schema import Region, Resolved
from extractor.text import canonical

_SURE = {
    "explicit": 1.0,
    "title": 0.97,
    "plan_title": 0.97,
    "issue_date": 0.95,
    "period": 0.95,
    "doc_number": 0.9,
    "ordinal": 0.85,
    "lead": 0.8,
    "dates": 0.6,
}


def resolve(manuscript: Manuscript, mentions: tuple[Mention, ...], rulebook: Rulebook) -> Resolved:
    """Mentions with values settled. Order and spans stay; overlapping candidates were settled by their extractors."""
    dates = tuple(m for m in mentions if m.kind == "date")
    evidence = document_year(manuscript, dates, rulebook)
    roles = _roles(manuscript, dates, rulebook)
    issue = next(
        (
            calendar.value(_parts(m), evidence.year, evidence.source).end
            for m in dates
            if roles[m.span.start] == "issue_date"
        ),
        None,
    )
    period = _period(dates, roles, evidence, issue)
    region = notice_region(manuscript, rulebook, mentions)
    read_as = [_read_as(mention, rulebook) for mention in mentions]
    names = _full_names(mentions, read_as, region, issue, rulebook)
    settled: list[Mention] = []
    for mention, name in zip(mentions, read_as, strict=True):
        if isinstance(mention.value, DateParts):
            made = calendar.value(mention.value, evidence.year, evidence.source, period, issue)
            sure = _SURE.get(made.year_from, 0.5) if made.start or made.end else 0.9
            sure = sure if made.status == "ok" else 0.4
            settled.append(
                Mention(mention.kind, mention.span, made, roles[mention.span.start], sure, made.year_from)
            )
        elif name is not None and isinstance(mention.value, UnitName):
            unit = mention.value
            full, key = names[name]
            value = UnitName(unit.name, full, unit.group, key)
            settled.append(
                Mention(mention.kind, mention.span, value, mention.role, mention.confidence, mention.basis)
            )
        else:
            settled.append(mention)
    return Resolved(
        tuple(settled),
        region=region,
        campaign=notice_campaign(manuscript, rulebook),
        year=evidence.year,
        year_from=evidence.source,
        year_conflicts=evidence.conflicts,
        period=period,
    )


def _full_names(
    mentions: Sequence[Mention],
    read_as: Sequence[str | None],
    region: Region,
    issue: str | None,
    rulebook: Rulebook,
) -> dict[str, tuple[str | None, str]]:
    """Every body's name as read → its full name (where certain) and the key it shares with its other names."""
    units = [
        (m.role != "issuer", name) for m, name in zip(mentions, read_as, strict=True) if name is not None
    ]
    order = dict.fromkeys(name for _, name in sorted(units, key=lambda unit: unit[0]))
    on = date.fromisoformat(issue) if issue else None
    known = tuple(order)
    fulls = {name: expand(name, region, rulebook, on, known) for name in order}
    keys = cluster(order, region, rulebook, fulls)
    return {name: (fulls[name], keys[name]) for name in order}


def _read_as(mention: Mention, rulebook: Rulebook) -> str | None:
    """A body's name as read, None for anything else; the extractor completes one that shares its head or region."""
    unit = mention.value
    return canonical(unit.full_name or unit.name, rulebook.forms) if isinstance(unit, UnitName) else None


def _parts(mention: Mention) -> DateParts:
    assert isinstance(mention.value, DateParts)
    return mention.value


def _roles(manuscript: Manuscript, dates: tuple[Mention, ...], rulebook: Rulebook) -> dict[int, str]:
    """Role by the offset a date begins at. Only one date is the campaign's period: the first that qualifies."""
    roles: dict[int, str] = {}
    has_period = False
    in_section = has_time_section(manuscript, dates)
    for mention in dates:
        given = role(manuscript, mention, rulebook, has_period, in_section)
        has_period = has_period or given == "campaign_period"
        roles[mention.span.start] = given
    return roles


def _period(
    dates: tuple[Mention, ...], roles: dict[int, str], evidence: YearEvidence, issue: str | None
) -> tuple[str | None, str | None]:
    """The campaign's first and last day, both open when the text is vague (上旬, 中旬) or a placeholder.

    ``issue``: the day 即日起 counts from.
    """
    for mention in dates:
        if roles[mention.span.start] != "campaign_period":
            continue
        parts = _parts(mention)
        if parts.form == "vague":
            return None, None
        made: DateValue = calendar.value(parts, evidence.year, evidence.source, issue=issue)
        return made.start, made.end
    return None, None
