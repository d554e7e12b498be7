"""What is to be put in place of what, as small as it can be told, and which fixes can be made together."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from extractor.model import Document, Finding, Fix, Span

_RANK = {"error": 0, "warning": 1, "info": 2}
# Up to this many characters an old and a new wording are compared; longer ones are replaced as a whole.
_LONG = 2_000


class Change(Struct, frozen=True):
    """Put ``text`` in place of the document's characters ``start`` to ``end`` (equal: insert)."""

    start: int
    end: int
    text: str


class Edit(Struct, frozen=True):
    """The fix of one finding as changes in the order of the text."""

    finding: Finding
    fix: Fix
    changes: tuple[Change, ...]


class Refused(Exception):
    """A change cannot be made in this file; the message says why, in one line for people."""


def edit(finding: Finding, text: str) -> Edit | None:
    """The finding's fix as an edit of ``text``; None without a fix, or where the fix changes nothing."""
    fix = finding.fix
    if fix is None:
        return None
    found = changes(text[fix.span.start : fix.span.end], fix.text, fix.span.start)
    return Edit(finding, fix, found) if found else None


def changes(old: str, new: str, start: int) -> tuple[Change, ...]:
    """The least that turns ``old``, which begins at ``start``, into ``new``.

    Words of one length are compared place by place; others that have at least half of their characters in common keep
    those, each with its formatting; the rest is replaced as a whole, so that a tracked change stays readable.
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old, new, start = old[head : len(old) - tail], new[head : len(new) - tail], start + head
    if not old and not new:
        return ()
    whole = (Change(start, start + len(old), new),)
    if not old or not new or max(len(old), len(new)) > _LONG:
        return whole
    if len(old) == len(new):
        return tuple(_by_place(old, new, start))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = sum(b - a for kind, a, b, _, _ in steps if kind == "equal")
    if 2 * kept < max(len(old), len(new)):
        return whole
    return tuple(Change(start + a, start + b, new[c:d]) for kind, a, b, c, d in steps if kind != "equal")


def _by_place(old: str, new: str, start: int) -> Iterator[Change]:
    """Words of one length: a change for each stretch of characters that differ."""
    begin = None
    for index in range(len(old) + 1):
        differs = index < len(old) and old[index] != new[index]
        if differs and begin is None:
            begin = index
        elif not differs and begin is not None:
            yield Change(start + begin, start + index, new[begin:index])
            begin = None


def choose(findings: Iterable[Finding], suggested: bool) -> tuple[list[Finding], list[Finding]]:
    """The findings whose fixes can be made together, and those that have to wait because they overlap one of them.

    The gravest come first, then those that stand first. Only safe fixes, unless ``suggested`` ones are asked for too.
    """
    wanted = [f for f in findings if f.fix is not None and (f.fix.safe or suggested)]
    taken: list[Span] = []
    chosen: list[Finding] = []
    waiting: list[Finding] = []
    for finding in sorted(wanted, key=lambda f: (_RANK[f.severity], f.span.start, f.code)):
        assert finding.fix is not None
        span = finding.fix.span
        if any(_clash(span, other) for other in taken):
            waiting.append(finding)
        else:
            taken.append(span)
            chosen.append(finding)
    return chosen, waiting


def _clash(one: Span, other: Span) -> bool:
    """Whether two fixes touch the same characters; an insertion clashes with what begins, ends or inserts at its place."""
    if len(one) and len(other):
        return one.overlaps(other)
    return one.start <= other.end and other.start <= one.end


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with every change made."""
    made, position = [], 0
    for change in in_order(edits):
        made += [text[position : change.start], change.text]
        position = change.end
    return "".join([*made, text[position:]])


def in_order(edits: Sequence[Edit]) -> list[Change]:
    """All changes in the order of the text."""
    return sorted((c for e in edits for c in e.changes), key=lambda c: (c.start, c.end))


def is_paragraph(document: Document, change: Change) -> bool:
    """Whether a change leaves out one paragraph as a whole, with the line feed behind it."""
    old = document.text[change.start : change.end]
    begins = change.start == 0 or document.text[change.start - 1] == "\n"
    return not change.text and begins and len(old) > 1 and old.find("\n") == len(old) - 1


def moved(offset: int, edits: Sequence[Change]) -> int:
    """Where a place of the text lies after the changes (given in order); one inside of what is replaced, at its beginning."""
    shift = 0
    for change in edits:
        if change.start >= offset and not (change.start == change.end == offset):
            break
        if change.end > offset:
            return change.start + shift
        shift += len(change.text) - (change.end - change.start)
    return offset + shift
