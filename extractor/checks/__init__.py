"""The checks: cards say what, kinds decide, the engine stamps."""

from functools import lru_cache

from extractor.checks import (
    attachments,
    citations,
    claims,
    contacts,
    dates,
    deadlines,
    glyphs,
    items,
    letter,
    owners,
    periods,
    punctuation,
    structure,
    themes,
    units,
    wording,
)
from extractor.checks.case import Case
from extractor.checks.engine import ready, run
from extractor.checks.fault import Kind
from extractor.model import Finding, Manuscript, Mention
from extractor.rulebook import Rulebook
from extractor.rulebook.cards import Cards
from extractor.schema import Tables
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
    **contacts.KINDS,
    **items.KINDS,
    **owners.KINDS,
    **letter.KINDS,
    **punctuation.KINDS,
    **glyphs.KINDS,
}
"""Every way to look for a fault, by the name a card's ``kind`` gives."""


@lru_cache(maxsize=8)
def deck(cards: Cards) -> Cards:
    """The cards made ready for ``KINDS``. ``RuleError`` with file and line for a card no kind can run."""
    return ready(cards, KINDS)


def check(
    manuscript: Manuscript,
    mentions: tuple[Mention, ...],
    tables: Tables,
    rulebook: Rulebook,
    settings: Settings,
) -> tuple[Finding, ...]:
    """The faults of one notice in the order of its text. ``RuleError``: see ``deck``."""
    return run(Case(manuscript, mentions, tables, rulebook), deck(rulebook.cards), KINDS, settings)


__all__ = ["KINDS", "check", "deck"]
