"""Defect injection: every check's defect put into sound notices, to measure what is found and what is told in vain."""

from collections.abc import Sequence

from extractor.errors import UsageError
from extractor.injection import (
    attachments,
    citations,
    claims,
    closing,
    contacts,
    dates,
    deadlines,
    glyphs,
    items,
    letter,
    numbering,
    owners,
    periods,
    punctuation,
    sections,
    themes,
    units,
    wording,
)
from extractor.injection.damage import Damage, Edit, Expected, Find, Way, Ways
from extractor.injection.measure import Trial, false_alarms, load_scenes, scene_of, trials, tried
from extractor.injection.scene import Scene

_FAMILIES: tuple[Ways, ...] = (
    attachments.WAYS,
    citations.WAYS,
    claims.WAYS,
    closing.WAYS,
    contacts.WAYS,
    dates.WAYS,
    deadlines.WAYS,
    glyphs.WAYS,
    items.WAYS,
    letter.WAYS,
    numbering.WAYS,
    owners.WAYS,
    periods.WAYS,
    punctuation.WAYS,
    sections.WAYS,
    themes.WAYS,
    units.WAYS,
    wording.WAYS,
)

WAYS: dict[str, tuple[Way, ...]] = {
    code: tuple(Way(code, name, find) for name, find in found.items())
    for code, found in sorted(item for family in _FAMILIES for item in family.items())
}
"""Every way to put each check's defect into a notice, by code."""


def chosen(codes: Sequence[str] = ()) -> tuple[Way, ...]:
    """The ways of these codes, given whole or by their beginnings (``D``, ``D0``); all without any.

    Raises ``UsageError`` for one that names no check.
    """
    for code in codes:
        if not any(known.startswith(code) for known in WAYS):
            raise UsageError(f"没有编号以 {code} 开头的检查（no such check）")
    return tuple(
        way
        for code, ways in WAYS.items()
        for way in ways
        if not codes or any(code.startswith(start) for start in codes)
    )


__all__ = [
    "WAYS",
    "Damage",
    "Edit",
    "Expected",
    "Find",
    "Scene",
    "Trial",
    "Way",
    "chosen",
    "false_alarms",
    "load_scenes",
    "scene_of",
    "trials",
    "tried",
]
