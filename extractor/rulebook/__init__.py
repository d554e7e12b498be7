"""What we know: the rules folder as one frozen value."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor.errors import RuleError
from extractor.rulebook.activities import ActivityRules, load_activities
from extractor.rulebook.campaigns import Campaigns, load_campaigns
from extractor.rulebook.cards import Cards, load_cards
from extractor.rulebook.characters import load_characters
from extractor.rulebook.divisions import Divisions, load_divisions
from extractor.rulebook.facts import Facts, load_facts
from extractor.rulebook.renames import Renames, load_renames
from extractor.rulebook.sections import SectionRules, load_sections
from extractor.rulebook.typography import Typography, load_typography
from extractor.rulebook.units import Units, load_units
from extractor.text import FORMS, Forms, forms


class Rulebook(Struct, frozen=True):
    """Everything the rules folder says. Made once at the face and passed down."""

    folder: Path
    sections: SectionRules
    simplified: Forms
    """Traditional characters as simplified ones; ``forms``: these and one form of every digit, bracket, dash and quote."""
    forms: Forms
    units: Units
    renames: Renames
    divisions: Divisions
    campaigns: Campaigns
    facts: Facts
    activities: ActivityRules
    typography: Typography
    cards: Cards

    def ordinal_base(self, name: str) -> int | None:
        """The year before the first 第N个 of a day or week (2000 for 世界知识产权日), where it is known."""
        observance = self.campaigns.observance(name)
        return observance.base if observance else None

    def area_code(self, code: str | None) -> str:
        """The telephone area code that holds in the division of this code, empty where unknown."""
        division = self.divisions.by_code.get(code or "")
        return self.divisions.area_of(division) if division else ""


def rules_folder() -> Path:
    """The rules folder: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleError(f"{package / 'rules'}: rules folder not found")


def load_rulebook(
    folder: Path | None = None,
    cards: Sequence[Path] = (),
    campaigns: Sequence[Path] = (),
    shelf: Path | None = None,
) -> Rulebook:
    """Read every rules file, and the cards and packs of further folders, which come before ours of the same code or id.

    Any fault is a ``RuleError`` naming file and line. ``shelf``: a folder in which the rulebook is kept as plain data, for
    the next time the same files are read.
    """
    folder = folder or rules_folder()
    if shelf is None:
        return Rulebook(folder=folder, **_parts(folder, cards, campaigns))
    from extractor.rulebook.shelf import keep, name, recall

    try:
        named = name(folder, cards, campaigns)
    except OSError:
        return Rulebook(folder=folder, **_parts(folder, cards, campaigns))
    path = shelf / "rulebook"
    parts = recall(path, named)
    if not parts:
        parts = _parts(folder, cards, campaigns)
        keep(path, named, parts)
    return Rulebook(folder=folder, **parts)


def _parts(folder: Path, cards: Sequence[Path], campaigns: Sequence[Path]) -> dict[str, Any]:
    """Every part of the rulebook but its folder, by name."""
    simplified = load_characters(folder)
    typography = load_typography(folder)
    shown = {code: simplified.get(ord(char), char) for code, char in typography.ideographs.items()}
    return {
        "sections": load_sections(folder),
        "simplified": forms(simplified),
        "forms": forms(FORMS.table | simplified | shown),
        "units": load_units(folder),
        "renames": load_renames(folder),
        "divisions": load_divisions(folder),
        "campaigns": load_campaigns(folder / "campaigns", *campaigns),
        "facts": load_facts(folder),
        "activities": load_activities(folder),
        "typography": typography,
        "cards": load_cards(folder / "checks", *cards),
    }
