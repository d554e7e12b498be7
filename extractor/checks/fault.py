"""What a kind hands to the engine: where, between which facts, and what would mend it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from extractor.checks.case import Case
from extractor.model import Severity, Span
from extractor.rulebook.cards import Card


class Other(Struct, frozen=True):
    """The other side of a contradiction and what it is."""

    span: Span
    note: str = ""


class There(Struct, frozen=True):
    """The other side of a contradiction in another document: where it stands there, and what it is."""

    case: Case
    span: Span
    note: str = ""


class Change(Struct, frozen=True):
    """Put ``text`` in place of ``span`` (an empty span inserts). ``safe``: only one mending is possible."""

    span: Span
    text: str
    safe: bool = True


class Fault(Struct, frozen=True):
    """One fault before it is stamped. ``values`` fill the card's templates (``quote`` is always there).

    ``variant`` names the card's wording for this situation; ``severity`` lowers or raises it for this one fault.
    ``confidence`` is that of the fact it leans on (``V``, ``V*``, ``M``): it caps the severity. ``root`` names the
    root cause: of faults with one root only the first in the order of the cards is told.
    """

    span: Span
    values: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[Other, ...] = ()
    there: tuple[There, ...] = ()
    variant: str = ""
    severity: Severity | None = None
    change: Change | None = None
    confidence: str = "V"
    root: str = ""


Find = Callable[[Case, Card], Iterator[Fault]]


class Kind(Struct, frozen=True):
    """A way to look for a fault, and the parameters a card may set, with their defaults.

    ``accept`` looks at a card's parameters before any notice is read and raises ``RuleError`` where they make no sense.
    ``against``: the document it holds the notice against (``superior``, ``previous``); without that one it finds nothing.
    """

    find: Find
    params: Mapping[str, Any] = field(default_factory=dict)
    against: Literal["", "superior", "previous"] = ""
    accept: Callable[[Card], object] | None = None

    def lacks(self, case: Case) -> bool:
        """Whether the document it needs beside the notice was not given."""
        return bool(self.against) and getattr(case, self.against) is None
