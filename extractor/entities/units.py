"""Bodies and their roles: one mention for every place where a body stands with a role.

Roles come from the letter's parts (signature, addressees …), from labels (责任单位：), from the words around a name
(由…牵头, 报送至…) and from the section whose subject it is. A body named only out of respect (党中央、国务院) gives none.
"""

from collections.abc import Iterator
from operator import attrgetter

from msgspec.structs import replace

from extractor.entities.unit_lists import Found, labelled
from extractor.entities.unit_places import by_place, title_begins
from extractor.entities.unit_prefixes import Words
from extractor.entities.unit_prose import in_prose
from extractor.model import Manuscript, Mention, Reading, Span, UnitName
from extractor.rulebook import Rulebook
from extractor.text import fold

# How often a role read from such a place or cue is right, measured on annotated notices (benchmarks/calibration.py).
_LABELLED = 0.98
_SURE = {
    "title": 0.98, "cue": 0.96, "letterhead": 0.95, "addressees": 0.95, "pair": 0.95, "reported": 0.95, "subject": 0.95,
    "seal_note": 0.95, "signature": 0.93, "由": 0.93, "predicate": 0.93, "preamble": 0.93, "colophon": 0.9, "bracket": 0.9,
    "list": 0.9, "headed": 0.9, "duty": 0.85, "cited": 0.85, "approval": 0.85, "repeated": 0.8, "name": 0.8, "elided": 0.8, "web": 0.6,
}  # fmt: skip

_bounds = attrgetter("start", "end")


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Mentions of kind ``unit``; the name is as printed, without blanks.

    The full name is left to the resolver. A name that shares a head noun or a region with its neighbour carries the
    completed short name there: 甲市 in 甲市、乙市某局 has 甲市某局, 检察院 in 区法院、检察院 has 区检察院.
    """
    words = Words(rulebook.units, rulebook.divisions)
    reading, outline = manuscript.reading, manuscript.outline
    text = manuscript.document.text
    placed = list(by_place(manuscript, words))
    own = outline.parts.get("signature")
    letters = [letter.span for letter in outline.letters]
    if own is not None or letters:  # a forwarded letter has a signature of its own, which is only cited here
        placed = [
            replace(one, role="mentioned")
            if one.basis == "signature"
            and not (own is not None and _inside(reading, one, own))
            and (own is not None or any(_inside(reading, one, span) for span in letters))
            else one
            for one in placed
        ]
    issuers = {_name(reading, one) for one in placed if one.role == "issuer"}
    printed = {_name(reading, one) for one in placed if one.role == "issuer" and one.basis != "web"}
    named = [one for one in placed if one.basis != "web" or not printed - {_name(reading, one)}]
    lists = list(labelled(manuscript, words))
    known = bool([one for one in named if one.role == "issuer"])
    prose = list(in_prose(manuscript, words, [*named, *lists], issuers if known else set()))
    if not (known or lists or any(one.role == "issuer" for one in prose)):
        named += title_begins(manuscript, words)
    every = sorted([*named, *lists, *prose], key=_bounds)
    acting = {_name(reading, one) for one in every if one.role != "mentioned"}
    for found in every:
        role = found.role
        if role == "mentioned" and _name(reading, found) in acting:
            continue
        if role == "printer":
            role = "issuer" if _name(reading, found) in issuers else "mentioned"
        if role == "issuer" and outline.report:
            role = "mentioned"
        span = reading.span(found.start, found.end)
        quote = text[span.start : span.end]
        name = quote if len(quote) == found.end - found.start else fold(quote)
        sure = _SURE.get(found.basis, _LABELLED)
        yield Mention(
            kind="unit",
            span=span,
            value=UnitName(name, found.whole or None, found.group),
            role=role,
            confidence=sure if found.confidence == 1 else round(found.confidence * sure, 3),
            basis=found.basis,
        )


def _inside(reading: Reading, found: Found, span: Span) -> bool:
    return span.start <= reading.origin[found.start] < span.end


def _name(reading: Reading, found: Found) -> str:
    return reading.chars[found.start : found.end].replace("\n", "")
