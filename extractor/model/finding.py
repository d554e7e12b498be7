"""What does not fit together, with both sides of it and a way out."""

from dataclasses import dataclass
from typing import Literal

from extractor.model.document import Span

Severity = Literal["error", "warning", "info"]


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
class Elsewhere:
    """The other side of a contradiction when it stands in another file: ``path`` names the file, ``line`` its place there."""

    path: str
    quote: str
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
    elsewhere: tuple[Elsewhere, ...] = ()
