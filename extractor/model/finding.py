"""What does not fit together, with both sides of it and a way out."""

from typing import Literal

from msgspec import Struct

from extractor.model.document import Span

Severity = Literal["error", "warning", "info"]


class Fix(Struct, frozen=True):
    """A replacement of ``span`` by ``text``; ``safe`` ones may be applied without asking."""

    span: Span
    text: str
    safe: bool = False


class Related(Struct, frozen=True):
    """The other side of a contradiction."""

    quote: str
    span: Span
    line: int
    column: int
    page: int | None = None
    note: str = ""


class Elsewhere(Struct, frozen=True):
    """The other side of a contradiction when it stands in another file: ``path`` names the file, ``line`` its place there."""

    path: str
    quote: str
    line: int
    column: int
    page: int | None = None
    note: str = ""


class Finding(Struct, frozen=True):
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
    elsewhere: tuple[Elsewhere, ...] = ()
