"""Evidence: what was read and what was found in it, as frozen values.

Offsets are characters, half-open, into ``Document.text``. Lines, columns and pages count from 1. Boxes are in points,
origin at the top left of the page. No I/O, no regular expressions, no rules here.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the document's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Run:
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character or a span stands in the file."""

    line: int
    column: int
    page: int | None = None
    box: Box | None = None
    part: str = "body"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader did or noticed at a place of the text.

    ``kind``: ``junk`` (spam characters left out), ``page_number`` (page furniture left out), ``markup`` (Markdown signs
    left out), ``repaired`` (punctuation of a broken font mended), ``uncertain`` (OCR under a seal), ``tracked``
    (tracked change), ``hidden``. ``note`` holds what was left out or changed. ``line``: where in the file.
    """

    kind: str
    span: Span
    note: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document: rows of cell spans. In the text cells are parted by tabs and rows by line feeds."""

    span: Span
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the words it stands on and its target, never followed."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Document:
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

    def place(self, offset: int) -> Place:
        """Line, column, page and box of one character; a character between runs takes the run before it."""
        if not self.runs:
            return Place(1, offset + 1)
        index = max(bisect_right(self.runs, offset, key=lambda run: run.start) - 1, 0)
        run = self.runs[index]
        inside = min(max(offset - run.start, 0), max(run.end - run.start - 1, 0))
        box = run.boxes[inside] if inside < len(run.boxes) else None
        column = run.column if run.synthetic else run.column + inside
        return Place(run.line, column, run.page, box, run.part)

    def box(self, span: Span) -> Box | None:
        """The rectangle round the span's characters on the page where it begins, if the file has geometry."""
        first = max(bisect_right(self.runs, span.start, key=lambda run: run.start) - 1, 0)
        page: int | None = None
        boxes: list[Box] = []
        for run in self.runs[first:]:
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read: no blanks, simplified characters, one form of each digit, bracket, dash and quote.

    ``chars`` holds what is left, line feeds included; ``origin[i]`` is the offset of ``chars[i]`` in the printed text.
    Grammars look at ``chars``; ``span`` leads back. See ``extractor.text.read``.
    """

    chars: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The printed characters behind ``chars[start:end]`` (``start`` < ``end``)."""
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def index(self, offset: int) -> int:
        """The first place of ``chars`` that stands at or after the printed ``offset``."""
        return bisect_right(self.origin, offset - 1)

    def of(self, span: Span) -> str:
        """The read characters of a printed span."""
        return self.chars[self.index(span.start) : self.index(span.end)]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: ``span`` in the printed text, ``start``/``end`` in the reading, and where it belongs.

    ``marker`` is the ordinal as read (``一、`` ``（二）`` ``3.`` ``一是``), ``level`` 1–5 (0: none), ``number`` its value.
    """

    index: int
    span: Span
    start: int
    end: int
    zone: str = "body"
    marker: str = ""
    level: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A first-level section. ``span`` is the body without its heading; ``heading`` is empty for a section without one."""

    number: str
    heading: str
    canonical: str
    zone: str
    level: int
    span: Span
    heading_span: Span | None = None
    kinds: tuple[str, ...] = ()  # every canonical kind a combined heading names, the main one first


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item inside a section. ``span`` covers marker, title and text up to the next item of its level."""

    section: str
    marker: str
    title: str
    span: Span
    level: int = 2
    number: int = 0
    title_span: Span | None = None
    zone: str = "body"


@dataclass(frozen=True, slots=True)
class Outline:
    """The frame of a notice: its zones, sections, items and the parts a letter has."""

    lines: tuple[Line, ...]
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    parts: dict[str, Span] = field(default_factory=dict)
    """Spans by name: letterhead, doc_number, title, addressees, plan_title, signature, issue_date, seal_note,
    note, attachment_note, colophon; a part the text lacks is absent. Never changed once the outline is made."""

    def line_at(self, offset: int) -> Line | None:
        index = bisect_right(self.lines, offset, key=lambda line: line.span.start) - 1
        return self.lines[index] if index >= 0 else None

    def zone_at(self, offset: int) -> str:
        line = self.line_at(offset)
        return line.zone if line else "body"

    def section_at(self, offset: int) -> Section | None:
        for section in self.sections:
            start = section.heading_span.start if section.heading_span else section.span.start
            if start <= offset < section.span.end:
                return section
        return None

    def item_at(self, offset: int) -> Item | None:
        """The innermost item that covers the offset."""
        found: Item | None = None
        for item in self.items:
            if item.span.start <= offset < item.span.end and (
                found is None or len(item.span) <= len(found.span)
            ):
                found = item
        return found


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document with its reading and its outline: what every extractor and every check looks at."""

    document: Document
    reading: Reading
    outline: Outline

    def read(self, span: Span) -> str:
        return self.reading.of(span)

    def quote(self, span: Span) -> str:
        return self.document.quote(span)


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date expression as written, before any year is inherited. Months 1–12 and days 1–31 are not yet checked.

    ``form``: day range month year span relative anniversary ordinal label number_year vague placeholder.
    ``anchor`` and ``shift`` describe a relative one (``campaign_end``, +7 days …); ``before`` marks 前, 之前, 底前.
    """

    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    time: str | None = None
    before: bool = False
    weekday: int | None = None
    anchor: str = ""
    shift: int | None = None
    name: str = ""
    number: int | None = None
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """A resolved date: ISO days (``YYYY-MM-DD``), null where the text leaves it open."""

    start: str | None
    end: str | None
    time: str | None
    precision: str
    status: str
    year_from: str
    parts: DateParts
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitName:
    """A body's name as it stands: ``name`` (blanks gone), its full name where certain, whether it is a group.

    ``key`` is the same for every surface form of one body in a notice.
    """

    name: str
    full_name: str | None = None
    group: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class ContactValue:
    """``kind``: person phone fax mobile email address; ``value`` normalised (area code completed)."""

    kind: str
    value: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class CitationValue:
    """《title》 and the 文号 printed with it; ``kind``: document own_plan abbreviation law standard publication."""

    title: str
    doc_number: str | None = None
    kind: str = "document"
    relation: str = ""


@dataclass(frozen=True, slots=True)
class ActivityValue:
    """One activity: its title, kind, place, and the spans in which its dates and units are to be looked for."""

    title: str
    kind: str
    location: str | None
    location_span: Span | None
    scope: Span
    inherited: tuple[
        Span, ...
    ] = ()  # sentences at the head of the section that hold for every activity in it


@dataclass(frozen=True, slots=True)
class TextValue:
    """A value that is its own words: a theme, an attachment title, a region name …"""

    text: str
    detail: str = ""


Value = DateParts | DateValue | UnitName | ContactValue | CitationValue | ActivityValue | TextValue


@dataclass(frozen=True, slots=True)
class Mention:
    """Something found in the text: ``kind`` date unit contact citation attachment theme activity region."""

    kind: str
    span: Span
    value: Value
    role: str = ""
    confidence: float = 1.0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement of ``span`` by ``text``; ``safe`` ones may be applied without asking."""

    span: Span
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """The other side of a contradiction."""

    quote: str
    span: Span
    line: int
    column: int
    page: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the text, with the words it is about, why, and what to do."""

    code: str
    name: str
    severity: Severity
    message: str
    quote: str
    span: Span
    line: int
    column: int
    page: int | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    suggestion: str = ""
