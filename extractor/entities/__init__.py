"""What can be found in a manuscript: one extractor a kind, none knowing another."""

from collections.abc import Callable, Iterable

from extractor.entities import activities, contacts, dates, references, themes, units
from extractor.model import Manuscript, Mention
from extractor.rulebook import Rulebook

Extractor = Callable[[Manuscript, Rulebook], Iterable[Mention]]

EXTRACTORS: dict[str, Extractor] = {
    "dates": dates.find,
    "contacts": contacts.find,
    "references": references.find,
    "themes": themes.find,
    "units": units.find,
    "activities": activities.find,
}
