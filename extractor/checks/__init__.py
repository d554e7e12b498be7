"""The checks: cards say what, kinds decide, the engine stamps."""

from collections.abc import Sequence
from functools import lru_cache

from extractor.checks import (
    assigned,
    attachments,
    citations,
    claims,
    contacts,
    counts,
    dates,
    deadlines,
    glyphs,
    items,
    letter,
    owners,
    periods,
    previous,
    punctuation,
    reference,
    structure,
    themes,
    units,
    waivers,
    wording,
)
from extractor.checks.case import ALONE, Case, Companions
from extractor.checks.engine import ready, run_all
from extractor.checks.fault import Kind
from extractor.checks.waivers import unwaived
from extractor.model import Finding
from extractor.rulebook.cards import Cards
from extractor.settings import Settings

KINDS: dict[str, Kind] = {
    **dates.KINDS,
    **deadlines.KINDS,
    **periods.KINDS,
    **structure.KINDS,
    **themes.KINDS,
    **units.KINDS,
    **wording.KINDS,
    **attachments.KINDS,
    **citations.KINDS,
    **claims.KINDS,
    **counts.KINDS,
    **contacts.KINDS,
    **items.KINDS,
    **owners.KINDS,
    **letter.KINDS,
    **punctuation.KINDS,
    **glyphs.KINDS,
    **reference.KINDS,
    **assigned.KINDS,
    **previous.KINDS,
    **waivers.KINDS,
}
"""Every way to look for a fault, by the name a card's ``kind`` gives."""


@lru_cache(maxsize=8)
def deck(cards: Cards) -> Cards:
    """The cards made ready for ``KINDS``. ``RuleError`` with file and line for a card no kind can run."""
    return ready(cards, KINDS)


def check(cases: Sequence[Case], settings: Settings) -> list[tuple[Finding, ...]]:
    """The faults of each notice in the order of its text, held against its companions too where there are any.

    All are of one rulebook. ``WaiverError`` for a waiver that names no check; ``RuleError``: see ``deck``.
    """
    if not cases:
        return []
    found = run_all(cases, deck(cases[0].rulebook.cards), KINDS, settings)
    return [unwaived(case, findings) for case, findings in zip(cases, found, strict=True)]


__all__ = ["ALONE", "KINDS", "Case", "Companions", "check", "deck"]
