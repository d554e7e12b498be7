"""Which stretches of a reading are its lines: between line feeds, and inside lines that swallowed others."""

import re
from collections.abc import Iterator

from extractor.model import Reading
from extractor.patterns import lazy
from extractor.rulebook.sections import SectionRules
from extractor.sections import poured
from extractor.sections.flat import head_cuts, may_be_signed, signature_cuts
from extractor.sections.letter import ADDRESSED
from extractor.sections.ordinals import (
    glued_ordinal,
    holds_ordinals,
    inline_ordinals,
    named_ordinals,
    ordinal,
    part_ordinals,
)
from extractor.sections.poured import POURED

_LONG = 160
_ADDRESSED_LINE = 60
_HEAD_LINES = 8
_LABEL = 12
_NAME = lazy(r"[^，。；：！？]{4,24}$")
_INLINE_ITEM = lazy(
    r"（(?P<han>[一二三四五六七八九十]{1,3})）|(?<![\d.])(?P<number>\d{1,2})(?:、(?!\d{1,2}[、日])|[.](?!\d))"
)


def pieces(reading: Reading, rules: SectionRules) -> tuple[list[tuple[int, int]], set[int]]:
    """Half-open bounds of the lines that hold characters, and which of them are pieces of a line without breaks.

    A long line with 一、二、 inside is cut at them; a line that swallowed title, 文号, addressees or signature at those.
    """
    chars = reading.chars
    bounds: list[tuple[int, int]] = []
    inline: set[int] = set()
    start = 0
    in_head = True
    above = 0  # lines so far that hold more than a page's label or one entry of its record
    for text in chars.split("\n"):
        if text:
            cuts: list[int] = []
            if in_head or holds_ordinals(text) or may_be_signed(text):
                headings = [cut for cut in _section_cuts(chars, text, bounds, rules) if cut]
                parts = _letter_cuts(reading, text, start, in_head and above < _HEAD_LINES, bool(headings))
                if parts and not headings and len(text) > POURED:
                    headings = part_ordinals(text, lambda rest: bool(rules.beginning(rest)))
                cuts = sorted({*headings, *parts} - {0})
                if headings:
                    inline.update(range(len(bounds), len(bounds) + len(cuts) + 1))
            above += len(text) > _LABEL and text[0] != "【"
            if in_head:
                last = text[cuts[-1] :] if cuts else text
                in_head = not ADDRESSED.match(last) and (not cuts or len(last) <= _ADDRESSED_LINE)
            begin = start
            for cut in cuts:
                bounds.append((begin, start + cut))
                begin = start + cut
            bounds.append((begin, start + len(text)))
        start += len(text) + 1
    return bounds, inline


def _section_cuts(chars: str, text: str, above: list[tuple[int, int]], rules: SectionRules) -> list[int]:
    """Where headings begin inside a line; ``above``: bounds of the pieces above it."""
    if not holds_ordinals(text):
        return []

    def is_name(rest: str) -> bool:
        return bool(rules.beginning(rest))

    if len(text) > _LONG:
        cuts = inline_ordinals(text, is_name)
        cuts = [*cuts, *_item_cuts(text, cuts, rules)] if cuts else []
    else:
        cuts = named_ordinals(text, is_name)
    if not any(cuts):
        glued = glued_ordinal(text, lambda: _number(chars, above), lambda rest: _named(rest, rules))
        cuts = [glued] if glued else []
    return cuts


def _number(chars: str, above: list[tuple[int, int]]) -> int:
    """The number of the last first-level heading above, 0 where there is none."""
    ordinals = (ordinal(chars[start:end]) for start, end in reversed(above))
    return next((found.number for found in ordinals if found and found.level == 1), 0)


def _named(rest: str, rules: SectionRules) -> bool:
    """Whether a section's name stands at the beginning, as a heading and not as a word of a sentence."""
    name = rules.beginning(rest)
    return bool(name) and rest[len(name) : len(name) + 1] not in tuple("的和与及、中里”》），")


def _letter_cuts(reading: Reading, text: str, start: int, in_head: bool, flat: bool) -> list[int]:
    """Where a line that begins at ``start`` is cut into parts of the letter. ``flat``: it holds sections as well."""
    signed = may_be_signed(text)
    if not (in_head or signed):
        return []

    def parted(at: int) -> bool:
        return reading.origin[start + at] - reading.origin[start + at - 1] > 1

    head = head_cuts(text, parted, flat) if in_head else []
    if not signed:
        return head
    if len(text) <= POURED or not (flat or head):
        return [*head, *signature_cuts(text, parted)]
    cuts = poured.signature_cuts(text, parted)
    if not cuts:
        return head
    below = poured.behind(text, cuts[-1])
    last = below[-1]
    enclosed = head_cuts(text[last:], lambda at: parted(last + at), flat) if last < len(text) else []
    return [cut for cut in (*head, *cuts, *below, *(last + at for at in enclosed)) if cut < len(text)]


def _item_cuts(text: str, cuts: list[int], rules: SectionRules) -> Iterator[int]:
    """Where （一）… and 1、… begin in a line without breaks: after a sentence end, or right behind a section's name."""
    expected = 1
    section = -1
    for match in _INLINE_ITEM.finditer(text):
        at = match.start()
        head = max((cut for cut in cuts if cut < at), default=None)
        if head is None:
            continue
        content = re.sub(r"^[一二三四五六七八九十]{1,3}、", "", text[head:at])
        first = match["han"] == "一" or match["number"] == "1"
        placed = (
            text[at - 1] in "。；：" or bool(rules.exact(content)) or (first and bool(_NAME.match(content)))
        )
        if match["han"]:
            if placed:
                yield at
            continue
        expected, section = (expected, section) if head == section else (1, head)
        if placed and int(match["number"]) == expected:
            expected += 1
            yield at
