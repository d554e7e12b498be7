"""The only maker of document text and of its source map.

A reader adds characters line by line with the place they come from; the builder keeps text and runs in step, so that
every offset leads back to the file. Characters left out are recorded as marks, never silently lost.
"""

import hashlib
from collections.abc import Sequence

from extractor.model import Box, Document, Link, Mark, Run, Span, Table


class TextBuilder:
    """Grows the text of one document. Not a value: it lives inside one reader call."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._marks: list[Mark] = []
        self._tables: list[Table] = []
        self._links: list[Link] = []
        self._headings: list[tuple[int, int]] = []
        self._warnings: list[str] = []
        self.length = 0

    def add(
        self,
        chars: str,
        *,
        line: int,
        column: int = 1,
        page: int | None = None,
        part: str = "body",
        boxes: Sequence[Box] = (),
        synthetic: bool = False,
    ) -> Span:
        """Append characters that stand one after the other in the file. ``boxes``: one per character, or none."""
        if boxes and len(boxes) != len(chars):
            raise ValueError(f"{len(boxes)} boxes for {len(chars)} characters")
        start = self.length
        if chars:
            self._pieces.append(chars)
            self.length += len(chars)
            self._runs.append(Run(start, self.length, line, column, page, part, tuple(boxes), synthetic))
        return Span(start, self.length)

    def separate(self, char: str = "\n") -> None:
        """Put one paragraph (or cell) separator, which has no place of its own in the file."""
        self._pieces.append(char)
        self.length += 1

    def mark(self, kind: str, start: int, end: int, note: str = "", line: int | None = None) -> None:
        self._marks.append(Mark(kind, Span(start, end), note, line))

    def table(self, rows: Sequence[Sequence[Span]]) -> None:
        """Note a table whose cells have been added. Rows without cells are dropped."""
        kept = tuple(tuple(row) for row in rows if row)
        if kept:
            self._tables.append(Table(Span(kept[0][0].start, kept[-1][-1].end), kept))

    def link(self, span: Span, target: str) -> None:
        self._links.append(Link(span, target))

    def heading(self, offset: int, level: int) -> None:
        """Note that the line beginning at ``offset`` is a heading in the file's own terms."""
        self._headings.append((offset, level))

    def warn(self, message: str) -> None:
        self._warnings.append(message)

    def build(
        self,
        name: str,
        format: str,
        raw: bytes,
        *,
        pages: int | None = None,
        encoding: str | None = None,
        ocr: bool = False,
        metadata: Sequence[tuple[str, str]] = (),
    ) -> Document:
        return Document(
            name=name,
            format=format,
            text="".join(self._pieces),
            runs=tuple(self._runs),
            sha256=hashlib.sha256(raw).hexdigest(),
            pages=pages,
            encoding=encoding,
            ocr=ocr,
            marks=tuple(self._marks),
            tables=tuple(self._tables),
            links=tuple(self._links),
            headings=tuple(self._headings),
            metadata=tuple(metadata),
            warnings=tuple(self._warnings),
        )
