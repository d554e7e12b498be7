"""A document as read: its text, where every character comes from, and how it is read."""

from bisect import bisect_right
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace


class Span(Struct, frozen=True, order=True):
    """Characters ``start`` to ``end`` (exclusive) of the document's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class Box(Struct, frozen=True, gc=False):
    """A rectangle on a page in points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float


class Run(Struct, frozen=True):
    """A stretch of the text whose characters are consecutive in one place of the file.

    ``line`` is the line of a text file, the paragraph (counted through the part) of a DOCX or HTML file, the text line
    of a page. ``column`` is the place of the first character in that line. ``part`` names where in the file
    (``body``, ``header1``, ``table1/2/3`` for table, row, cell …). ``boxes``: one per character, or empty.
    ``synthetic``: the characters are not in the file as text (an automatic number, a cell separator).
    """

    start: int
    end: int
    line: int
    column: int
    page: int | None = None
    part: str = "body"
    boxes: tuple[Box, ...] = ()
    synthetic: bool = False


class Place(Struct, frozen=True):
    """Where a character or a span stands in the file."""

    line: int
    column: int
    page: int | None = None
    box: Box | None = None
    part: str = "body"


class Mark(Struct, frozen=True):
    """What the reader did or noticed at a place of the text.

    ``kind``: ``junk`` (spam characters left out), ``page_number`` (page furniture left out), ``markup`` (Markdown signs
    left out), ``repaired`` (signs of a broken font or misread ones mended), ``uncertain`` (OCR under a seal), ``tracked``
    (tracked change), ``hidden``. ``note`` holds what was left out or changed. ``line``: where in the file.
    """

    kind: str
    span: Span
    note: str = ""
    line: int | None = None


class Table(Struct, frozen=True):
    """A table of the document: rows of cell spans. In the text cells are parted by tabs and rows by line feeds."""

    span: Span
    rows: tuple[tuple[Span, ...], ...]


class Link(Struct, frozen=True):
    """A hyperlink: the words it stands on and its target, never followed."""

    span: Span
    target: str


class Document(Struct, frozen=True, dict=True):
    """What a reader hands over. ``text``: paragraphs parted by one line feed; blanks inside a line as printed."""

    name: str
    format: str
    text: str
    runs: tuple[Run, ...]
    sha256: str
    pages: int | None = None
    encoding: str | None = None
    ocr: bool = False
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[
        tuple[int, int], ...
    ] = ()  # (offset of a line, level) where the file marks it as a heading
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def until(self, end: int) -> "Document":
        """The document up to ``end``; offsets, lines and pages stay those of the file."""
        return replace(
            self,
            text=self.text[:end],
            marks=tuple(mark for mark in self.marks if mark.span.start < end),
            tables=tuple(table for table in self.tables if table.span.end <= end),
            links=tuple(link for link in self.links if link.span.end <= end),
            headings=tuple(heading for heading in self.headings if heading[0] < end),
        )

    def part(self, span: Span) -> "Document":
        """The words of ``span`` as a document of their own, without their places in the file."""
        return Document(self.name, self.format, self.quote(span), (), self.sha256)

    def place(self, offset: int) -> Place:
        """Line, column, page and box of one character; a character between runs takes the run before it."""
        if not self.runs:
            return Place(1, offset + 1)
        run = self.runs[max(bisect_right(self._starts, offset) - 1, 0)]
        inside = offset - run.start
        if offset >= run.end or inside < 0:  # between runs, or before the first
            inside = max(run.end - run.start - 1, 0) if inside > 0 else 0
        box = run.boxes[inside] if inside < len(run.boxes) else None
        column = run.column if run.synthetic else run.column + inside
        return Place(run.line, column, run.page, box, run.part)

    def run_at(self, offset: int) -> int:
        """The index of the run a character belongs to: the one before it for a character between runs."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def box(self, span: Span) -> Box | None:
        """The rectangle round the span's characters on the page where it begins, if the file has geometry."""
        page: int | None = None
        boxes: list[Box] = []
        for run in self.runs[self.run_at(span.start) :]:
            if run.start >= span.end:
                break
            page = run.page if page is None else page
            if run.page == page:
                boxes.extend(run.boxes[max(span.start - run.start, 0) : span.end - run.start])
        if not boxes:
            return None
        return Box(
            min(b.x0 for b in boxes),
            min(b.top for b in boxes),
            max(b.x1 for b in boxes),
            max(b.bottom for b in boxes),
        )


class Reading(Struct, frozen=True):
    """A text as it is read: no blanks, simplified characters, one form of each digit, bracket, dash and quote.

    ``chars`` holds what is left, line feeds included; ``origin[i]`` is the offset of ``chars[i]`` in the printed text.
    Grammars look at ``chars``; ``span`` leads back. See ``extractor.text.read``.
    """

    chars: str
    origin: tuple[int, ...]
    others: frozenset[str] = frozenset()
    """The characters of the printed text that are read as others."""

    def span(self, start: int, end: int) -> Span:
        """The printed characters behind ``chars[start:end]`` (``start`` < ``end``)."""
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def gaps(self, start: int, end: int) -> list[int]:
        """The places inside ``chars[start:end]`` before which printed characters are left out, blanks nearly always."""
        origin = self.origin
        if end - start < 2 or origin[end - 1] - origin[start] == end - 1 - start:
            return []
        return [i for i in range(start + 1, end) if origin[i] - origin[i - 1] > 1]

    def index(self, offset: int) -> int:
        """The first place of ``chars`` that stands at or after the printed ``offset``."""
        return bisect_right(self.origin, offset - 1)

    def of(self, span: Span) -> str:
        """The read characters of a printed span."""
        start, end = self.ends(span)
        return self.chars[start:end]

    def ends(self, span: Span) -> tuple[int, int]:
        """A printed span as offsets of ``chars``."""
        start, end = span.start, span.end
        first = bisect_right(self.origin, start - 1)
        # No more characters are read than printed.
        stop = min(first + end - start, len(self.origin)) if end > start else first
        return first, bisect_right(self.origin, end - 1, first, stop)
