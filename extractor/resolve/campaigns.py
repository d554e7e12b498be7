"""Which campaign a notice belongs to: the longest of its names in the title, else in the lead."""

from extractor.model import Manuscript
from extractor.patterns import lazy
from extractor.rulebook import Rulebook

_MARKS = lazy(r"[“”‘’《》]")
_LEAD = 500


def notice_campaign(manuscript: Manuscript, rulebook: Rulebook) -> str | None:
    """The campaign's official name, or None for one no pack knows. Marks round a name do not matter."""
    parts = manuscript.outline.parts
    places = [manuscript.read(parts[name]) for name in ("title", "plan_title") if name in parts]
    body = next((line.start for line in manuscript.outline.lines if line.zone in ("body", "plan")), 0)
    places.append(manuscript.reading.chars[body : body + _LEAD])
    for words in places:
        plain = _MARKS.sub("", words).replace(".", "·")
        if campaign := rulebook.campaigns.longest(plain):
            return campaign.name
    return None
