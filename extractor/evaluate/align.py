"""Comparing text: folding, and places of a record's text in the annotated text.

Annotations count characters of the original file; a reader may have dropped page numbers, Markdown signs or spam, and
another format breaks lines elsewhere. Both texts are folded (no blanks, no ``#`` and ``*``); where they still differ,
they are aligned with difflib, and a record's span becomes an interval of folded positions of the annotated text.
"""

import unicodedata
from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TypeAlias

from extractor.text import fold

Interval: TypeAlias = tuple[int, int]

_MARKS = str.maketrans("", "", "#*")
_FORMS = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛＇", "'"),
        **dict.fromkeys("—–―─━−‐‑‒－﹣", "-"),
        **dict.fromkeys("·・•‧∙⋅･", "·"),
        **dict.fromkeys("〔﹝［[", "["),
        **dict.fromkeys("〕﹞］]", "]"),
        "〇": "○",
        "。": ".",
        "｡": ".",
    }
)


def plain(text: str | None) -> str:
    """Folded, Markdown signs removed: how the gold's words are compared. None is the empty string."""
    return fold(text or "").translate(_MARKS)


def wide(text: str | None) -> str:
    """Like ``plain``, and blind to the width and form of punctuation, letters and digits."""
    return unicodedata.normalize("NFKC", plain(text).translate(_FORMS)).translate(_FORMS)


def overlap(a: Interval, b: Interval) -> int:
    """Characters two half-open intervals share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _kept(text: str) -> list[int]:
    """The offsets of the characters that folding keeps."""
    return [offset for offset, char in enumerate(text) if plain(char)]


class Alignment:
    """Spans of ``text`` (a record's) as intervals of ``plain(seed)`` (the annotated text)."""

    def __init__(self, seed: str, text: str) -> None:
        self.seed = plain(seed)
        self._seed_offsets = _kept(seed)
        self._offsets = _kept(text)
        self._line_starts = [0]
        for offset, char in enumerate(seed):
            if char == "\n":
                self._line_starts.append(offset + 1)
        folded = plain(text)
        if folded == self.seed:
            self._places: list[int | None] = list(range(len(folded)))
        else:
            self._places = _places(folded, self.seed)

    def seed_interval(self, start: int, end: int) -> Interval:
        """Offsets of the annotated file as folded positions."""
        return bisect_left(self._seed_offsets, start), bisect_left(self._seed_offsets, end)

    def interval(self, start: int, end: int) -> Interval | None:
        """A span of the record's text as folded positions of the annotated text; None where nothing corresponds."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        places = [place for place in self._places[first:last] if place is not None]
        return (places[0], places[-1] + 1) if places else None

    def occurrences(self, quote: str) -> list[Interval]:
        """Every place where the folded words stand in the annotated text."""
        words, found, at = plain(quote), [], -1
        while words and (at := self.seed.find(words, at + 1)) >= 0:
            found.append((at, at + len(words)))
        return found

    def at_line(self, quote: str, line: int | None) -> Interval | None:
        """The place of words that begin on the 1-based ``line``; the first place of all when the line is unknown."""
        places = self.occurrences(quote)
        if line is None or not 0 < line <= len(self._line_starts):
            return places[0] if places else None
        begin = bisect_left(self._seed_offsets, self._line_starts[line - 1])
        return next((place for place in places if place[0] >= begin), places[0] if places else None)


def _places(text: str, seed: str) -> list[int | None]:
    """For every character of ``text`` its position in ``seed``, or None. Blocks of one character are chance."""
    head = 0
    while head < min(len(text), len(seed)) and text[head] == seed[head]:
        head += 1
    places: list[int | None] = [*range(head)] + [None] * (len(text) - head)
    matcher = SequenceMatcher(None, text[head:], seed[head:], autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size > 1:
            places[head + block.a : head + block.a + block.size] = range(
                head + block.b, head + block.b + block.size
            )
    return places
