"""Runs the cards: selection, severity, places, one finding for one root cause, order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any, cast

from msgspec.structs import replace

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, There
from extractor.model import Elsewhere, Finding, Fix, Related, Severity, Span
from extractor.rulebook.cards import SEVERITIES, Card, Cards
from extractor.settings import Settings

_RANK: dict[str, int] = {name: index for index, name in enumerate(("info", "warning", "error"))}
_CAPS: dict[str, Severity] = {"V*": "warning"}
OFF = "off"


def ready(cards: Cards, kinds: Mapping[str, Kind]) -> Cards:
    """The cards with the defaults of their kinds filled in.

    ``RuleError`` with file and line for a card of an unknown kind, or with a parameter its kind does not know.
    """
    return Cards({code: _ready(card, kinds) for code, card in cards.items()})


def _ready(card: Card, kinds: Mapping[str, Kind]) -> Card:
    kind = kinds.get(card.kind)
    if kind is None:
        raise card.refuse(f"card {card.code}: unknown kind {card.kind!r}")
    for key, value in card.params.items():
        if key not in kind.params:
            raise card.refuse(
                f"card {card.code}: kind {card.kind!r} has no parameter {key!r}", card.params_line
            )
        wanted = type(kind.params[key])
        if kind.params[key] is not None and not isinstance(value, wanted):
            raise card.refuse(
                f"card {card.code}: parameter {key!r} must be {wanted.__name__}", card.params_line
            )
    made = replace(card, params={**kind.params, **card.params})
    if kind.accept is not None:
        kind.accept(made)
    return made


def run(case: Case, cards: Cards, kinds: Mapping[str, Kind], settings: Settings) -> tuple[Finding, ...]:
    """The findings of the selected cards, by place in the text."""
    return run_all([case], cards, kinds, settings)[0]


def run_all(
    cases: Sequence[Case], cards: Cards, kinds: Mapping[str, Kind], settings: Settings
) -> list[tuple[Finding, ...]]:
    """The findings in each of several cases. Card by card, so that what a card needs is at hand for all of them."""
    told: list[list[tuple[Card, Fault, Severity]]] = [[] for _ in cases]
    switches = [_switches(case, settings) for case in cases]
    for card in _chosen(cards, settings.profile, settings.select, settings.ignore):
        kind = kinds[card.kind]
        for case, mine, switched in zip(cases, told, switches, strict=True):
            switch = switched.get(card.code, "")
            if switch == OFF or (kind.against and kind.lacks(case)):
                continue
            mine += [(card, fault, _severity(card, fault, switch)) for fault in kind.find(case, card)]
    return [_in_order(case, mine, settings.lang) for case, mine in zip(cases, told, strict=True)]


def _switches(case: Case, settings: Settings) -> dict[str, str]:
    """How severe cards are told to be, by code: the settings' word before that of the campaign's pack."""
    campaign = dict(case.campaign.severity) if case.campaign else {}
    return {**campaign, **{code: switch for code, switch in settings.severity.items() if switch}}


def _in_order(case: Case, told: list[tuple[Card, Fault, Severity]], lang: str) -> tuple[Finding, ...]:
    findings = [_stamp(case, *entry, lang) for entry in _once(told)]
    return tuple(sorted(findings, key=lambda f: (f.span.start, -_RANK[f.severity], f.code, f.span.end)))


def selected(cards: Iterable[Card], settings: Settings) -> Iterator[Card]:
    """The cards the settings ask for. ``select`` and ``ignore`` hold codes or their beginnings (``D``, ``D0``, ``D01``).

    A profile leaves out the cards that do not name it, unless ``select`` names the very code.
    """
    select, ignore, profile = settings.select, settings.ignore, settings.profile
    for card in cards:
        asked = profile in card.profiles and (not select or card.code.startswith(select))
        if card.code in select or (asked and not (ignore and card.code.startswith(ignore))):
            yield card


@lru_cache(maxsize=8)
def _chosen(cards: Cards, profile: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Card, ...]:
    """The selected cards: the same for all notices of a run."""
    return tuple(selected(cards.values(), Settings(profile=profile, select=select, ignore=ignore)))


def _severity(card: Card, fault: Fault, switch: str) -> Severity:
    """The fault's own severity, else its variant's, else the card's; switched by pack or settings; capped by facts."""
    severity = fault.severity or card.worded(fault.variant).severity or card.severity
    if switch in SEVERITIES:
        # A switch says how grave the check's main case is: a situation the card tells more mildly stays milder.
        severity = cast(
            "Severity", switch if severity == card.severity else min(severity, switch, key=_RANK.__getitem__)
        )
    if fault.confidence == "V":
        return severity
    cap = _CAPS.get(fault.confidence, "info")
    return min(severity, cap, key=_RANK.__getitem__)


def _once(told: list[tuple[Card, Fault, Severity]]) -> Iterator[tuple[Card, Fault, Severity]]:
    """One root cause, one finding: same root, same card on the same words, or a card that yields to another there."""
    roots: set[str] = set()
    faults: dict[str, list[Fault]] = {}
    for card, fault, _ in told:
        faults.setdefault(card.code, []).append(fault)
    seen: set[tuple[str, Span, str]] = set()
    for card, fault, severity in told:
        key = (card.code, fault.span, fault.variant)
        if key in seen or (fault.root and fault.root in roots):
            continue
        if card.yields_to and any(
            _meets(fault, other) for code in card.yields_to for other in faults.get(code, ())
        ):
            continue
        seen.add(key)
        if fault.root:
            roots.add(fault.root)
        yield card, fault, severity


def _meets(a: Fault, b: Fault) -> bool:
    """Whether ``a`` is told of what ``b`` is, or by comparing with it (a day held against an issue date that is wrong)."""
    if any(other.span.overlaps(b.span) for other in a.others):
        return True
    return a.span.overlaps(b.span) or a.span.start == b.span.start or bool(a.root and a.root == b.root)


def _stamp(case: Case, card: Card, fault: Fault, severity: Severity, lang: str) -> Finding:
    document = case.manuscript.document
    place = document.place(fault.span.start)
    quote = document.quote(fault.span)
    wording = card.worded(fault.variant)
    values: dict[str, Any] = {"quote": " ".join(quote.split()), **fault.values}
    english = lang == "en" and wording.message_en
    return Finding(
        code=card.code,
        name=card.name,
        severity=severity,
        message=_filled(card, wording.message_en if english else wording.message, values),
        quote=quote,
        span=fault.span,
        line=place.line,
        column=place.column,
        page=place.page,
        related=tuple([_related(case, other.span, other.note) for other in fault.others]),
        elsewhere=tuple([_elsewhere(there) for there in fault.there]),
        fix=_fix(card, fault.change),
        suggestion=wording.suggestion.format_map(values) if _told(wording.suggestion, values) else "",
    )


def _filled(card: Card, template: str, values: Mapping[str, Any]) -> str:
    """A message with its values. ``RuleError`` for a card that names a value its kind does not give."""
    try:
        return template.format_map(values)
    except KeyError as error:
        raise card.refuse(f"card {card.code}: kind {card.kind!r} gives no value {error}") from error


def _told(template: str, values: Mapping[str, Any]) -> bool:
    """Whether a suggestion can be given: every value it names is there and not empty."""
    for name in _named(template):
        if values.get(name) in (None, ""):
            return False
    return bool(template)


@lru_cache(maxsize=512)
def _named(template: str) -> tuple[str, ...]:
    """The values a card's template names."""
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name)


def _related(case: Case, span: Span, note: str) -> Related:
    document = case.manuscript.document
    place = document.place(span.start)
    return Related(document.quote(span), span, place.line, place.column, place.page, note)


def _elsewhere(there: There) -> Elsewhere:
    document = there.case.document
    place = document.place(there.span.start)
    return Elsewhere(
        document.name, document.quote(there.span), place.line, place.column, place.page, there.note
    )


def _fix(card: Card, change: Change | None) -> Fix | None:
    if change is None or card.fix == "none":
        return None
    return Fix(change.span, change.text, card.fix == "safe" and change.safe)
