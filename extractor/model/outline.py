"""The frame of a notice: lines, sections, items, parts."""

from bisect import bisect_right
from functools import cached_property

from msgspec import Struct, field

from extractor.model.document import Document, Reading, Span


class Line(Struct, frozen=True):
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


class Section(Struct, frozen=True):
    """A first-level section. ``span`` is the body without its heading; ``heading`` is empty for a section without one."""

    number: str
    heading: str
    canonical: str
    zone: str
    level: int
    span: Span
    heading_span: Span | None = None
    kinds: tuple[str, ...] = ()  # every canonical kind a combined heading names, the main one first


class Item(Struct, frozen=True):
    """A numbered item inside a section. ``span`` covers marker, title and text up to the next item of its level."""

    section: str
    marker: str
    title: str
    span: Span
    level: int = 2
    number: int = 0
    title_span: Span | None = None
    zone: str = "body"


class Letter(Struct, frozen=True):
    """A letter inside the first one, from its head to its signature. ``kind``: forwarded enclosed."""

    kind: str
    span: Span


class Outline(Struct, frozen=True, dict=True):
    """The frame of a notice: its zones, sections, items and the parts a letter has."""

    lines: tuple[Line, ...]
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    parts: dict[str, Span] = field(default_factory=dict)
    """Spans by name: letterhead, doc_number, title, addressees, plan_title, signature, issue_date, seal_note,
    note, attachment_note, colophon; a part the text lacks is absent. Never changed once the outline is made."""
    letters: tuple[Letter, ...] = ()
    further: tuple[int, ...] = ()
    """Offsets at which letters begin that have nothing to do with the first one."""
    report: bool = False
    """Whether the text only tells of a notice (news): it has no issuer, period, theme or deadline of its own."""

    def line_at(self, offset: int) -> Line | None:
        index = bisect_right(self._starts, offset) - 1
        return self.lines[index] if index >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def zone_at(self, offset: int) -> str:
        line = self.line_at(offset)
        return line.zone if line else "body"

    def section_at(self, offset: int) -> Section | None:
        index = bisect_right(self._heads, offset) - 1
        section = self.sections[index] if index >= 0 else None
        return section if section is not None and offset < section.span.end else None

    @cached_property
    def _heads(self) -> list[int]:
        """Where each section begins, with its heading if it has one."""
        return [(section.heading_span or section.span).start for section in self.sections]

    def item_at(self, offset: int) -> Item | None:
        """The innermost item that covers the offset."""
        around = [item for item in self.items if item.span.start <= offset < item.span.end]
        return min(reversed(around), key=lambda item: len(item.span), default=None)


class Manuscript(Struct, frozen=True):
    """A document with its reading and its outline: what every extractor and every check looks at."""

    document: Document
    reading: Reading
    outline: Outline

    def read(self, span: Span) -> str:
        return self.reading.of(span)

    def quote(self, span: Span) -> str:
        return self.document.quote(span)
