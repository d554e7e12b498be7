"""A plain text file as it lies on disk: where each character of a document's text stands in it."""

import codecs

from msgspec import Struct

from extractor.model import Document
from extractor.patterns import lazy
from extractor.readers.txt import decode

_LINE_END = lazy(r"\r\n|\r|\n")


class Stretch(Struct, frozen=True):
    """Characters ``start`` to ``end`` of the file's text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class SourceText:
    """The text of a file with its line ends as they are (a byte-order mark is no character), beside what was read of it."""

    def __init__(self, raw: bytes, document: Document) -> None:
        text, self.encoding = decode(raw)
        self.text = raw.decode(self.encoding, errors="replace") if b"\r" in raw else text
        self._raw = raw
        self._document = document
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def offset(self, at: int) -> int:
        """Where in the file's text the character ``at`` of the document stands."""
        place = self._document.place(at)
        return self._starts[place.line - 1] + place.column - 1

    def stretch(self, start: int, end: int) -> Stretch:
        """The characters ``start`` to ``end`` of the document's text. An empty span is a place between two characters."""
        if start == end:
            line, column = self._between(start)
            begin = self._starts[line - 1] + column - 1
            return Stretch(line, column, line, column, begin, begin)
        first, last = self._document.place(start), self._document.place(end - 1)
        begin = self._starts[first.line - 1] + first.column - 1
        stop = self._starts[last.line - 1] + last.column
        return Stretch(first.line, first.column, last.line, last.column + 1, begin, stop)

    def _between(self, at: int) -> tuple[int, int]:
        """An insertion belongs behind the character before it, unless that one ends another paragraph."""
        text = self._document.text
        if at and text[at - 1] != "\n":
            place = self._document.place(at - 1)
            return place.line, place.column + 1
        place = self._document.place(at)
        return place.line, place.column

    def encoded(self, text: str) -> bytes:
        """Changed text in the file's own encoding, byte-order mark and byte order kept. ``UnicodeEncodeError``."""
        for mark, encoding in (
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
        ):
            if self.encoding == "utf-16" and self._raw.startswith(mark):
                return mark + text.encode(encoding)
        return text.encode(self.encoding)
