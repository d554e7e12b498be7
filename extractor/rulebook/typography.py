"""Characters that look right and are not, and the marks of Chinese text (rules/typography.yaml)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from extractor.patterns import lazy
from extractor.rulebook.source import Entry, load
from extractor.text import FORMS, places

_SIDES = {"any": None, "digit": lazy(r"\d"), "han": lazy("[㐀-鿿]")}
_CODES = lazy(r"([0-9A-F]{4,6})-([0-9A-F]{4,6})")


class Lookalike(Struct, frozen=True):
    """What a wrong character stands for, what it is called, and what stands beside it where it is wrong (None: anything)."""

    right: str
    name: str
    after: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None


class Typography(Struct, frozen=True):
    """``lookalikes`` by character; ``unread``: those of them that a reading leaves as they are."""

    lookalikes: Mapping[str, Lookalike]
    unread: frozenset[str]
    pairs: Mapping[str, str]
    half_width: Mapping[str, str]
    doubled: Mapping[str, str]

    def suspects(self, text: str, others: frozenset[str]) -> Iterator[tuple[int, str]]:
        """Where any of the characters stands that can be a look-alike, in order.

        ``others``: the characters that a reading of the text took for others (``Reading.others``), so that of hundreds only
        those have to be looked for, and the few that no reading changes.
        """
        found = (self.lookalikes.keys() & others) | self.unread
        yield from sorted([(at, char) for char in found for at in places(text, char)])

    @property
    def ideographs(self) -> dict[int, str]:
        """Characters of other codes that are read as the Chinese character they show, for ``str.translate``."""
        return _ideographs(self.lookalikes)


def _ideographs(lookalikes: Mapping[str, Lookalike]) -> dict[int, str]:
    return {
        ord(char): like.right
        for char, like in lookalikes.items()
        if like.after is like.before is None and unicodedata.category(like.right) == "Lo"
    }


def load_typography(folder: Path) -> Typography:
    """``typography.yaml`` of the rules folder; its header explains every key."""
    entry = load(folder / "typography.yaml")
    found: dict[str, Lookalike] = {}
    for child in entry.entries("lookalikes"):
        name, after, before = child.take("name", str), _side(child, "after"), _side(child, "before")
        for char, right in _stands_for(child):
            found[char] = Lookalike(right, name, after, before)
        child.done()
    pairs = dict(_pairs(entry))
    read = FORMS.table | _ideographs(found)
    made = Typography(
        lookalikes=MappingProxyType(found),
        unread=frozenset([char for char in found if ord(char) not in read]),
        pairs=MappingProxyType(pairs),
        half_width=MappingProxyType({k: str(v) for k, v in entry.mapping("half_width").items()}),
        doubled=MappingProxyType({k: str(v) for k, v in entry.mapping("doubled").items()}),
    )
    entry.done()
    return made


def _stands_for(entry: Entry) -> Iterator[tuple[str, str]]:
    """The characters of one entry, each with the right one."""
    chars, right = entry.take("chars", str, ""), entry.take("right", str, "")
    for codes in entry.take("ranges", list, []):
        match = _CODES.fullmatch(str(codes))
        if match is None:
            entry.fail("'ranges' must be a list of codes such as 2F00-2FD5")
        chars += "".join(map(chr, range(int(match[1], 16), int(match[2], 16) + 1)))
    if len(right) not in (0, 1, len(chars)):
        entry.fail("'right' must be one character, or as many as 'chars' has")
    if right:
        yield from zip(chars, right * len(chars) if len(right) == 1 else right, strict=True)
        return
    for char in chars:
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and len(plain) == 1:
            yield char, plain


def _side(entry: Entry, key: str) -> re.Pattern[str] | None:
    value = entry.take(key, str, "any")
    if value not in _SIDES:
        entry.fail(f"{key!r} must be one of {', '.join(_SIDES)}")
    return _SIDES[value]


def _pairs(entry: Entry) -> list[tuple[str, str]]:
    rows = entry.take("pairs", list)
    for row in rows:
        if not isinstance(row, list) or len(row) != 2:
            entry.fail("'pairs' must be a list of two marks each")
    return [(str(row[0]), str(row[1])) for row in rows]
