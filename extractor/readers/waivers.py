"""Inline waivers (``qa:ignore D12 reason``) are notes to the checker and no part of the notice: taken out, kept as marks.

A waiver stands on a line of its own or at the end of one (after ``#`` or ``//`` if liked), or anywhere in brackets or in
``<!-- -->``. Its mark has the kind ``waiver``, the words as its note, and the place it was taken from as an empty span: the
beginning of the next paragraph for one on a line of its own. What the words mean is for ``extractor.checks`` to say.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from extractor.model import Document, Link, Mark, Run, Span, Table
from extractor.patterns import lazy

_SIGN = r"(?<![A-Za-z])qa\s{0,2}[:：]\s{0,2}ignore"
SIGN = lazy(_SIGN, re.I)
_WAIVER = lazy(
    rf"[ \t\u3000]*(?:<!--\s*(?P<comment>{_SIGN}[^\n]*?)\s*-->"
    rf"|[（(\[【]\s*(?P<bracket>{_SIGN}[^（()）\[\]【】\n]*)[）)\]】]"
    rf"|(?:#+|//|※)?[ \t\u3000]*(?P<bare>{_SIGN}[^\n]*))",
    re.I,
)


def may_hold(text: str) -> bool:
    """Whether a text is worth looking through: a cheap test every document passes first."""
    begins = ("q" in text and ("qa" in text or "qA" in text)) or (
        "Q" in text and ("Qa" in text or "QA" in text)
    )
    return begins and SIGN.search(text) is not None


def waiver_of(row: str) -> tuple[str, str] | None:
    """A line of a file parted into what is left of it and the waiver at its end; None for a line without."""
    if not SIGN.search(row):
        return None
    match = next((m for m in _WAIVER.finditer(row) if not row[m.end() :].strip()), None)
    return (row[: match.start()], _note(match)) if match else None


def without_waivers(document: Document) -> Document:
    """The document without the waivers in its text; the same document when there are none."""
    if not may_hold(document.text):
        return document
    cuts = list(_cuts(document.text))
    if not cuts:
        return document
    starts = [start for start, _, _ in cuts]

    def moved(offset: int) -> int:
        """Where an offset lies once everything is cut."""
        shift = 0
        for start, end, _ in cuts[: bisect_left(starts, offset)]:
            shift += min(end, offset) - start
        return offset - shift

    def span(old: Span) -> Span:
        return Span(moved(old.start), moved(old.end))

    marks = [replace(mark, span=span(mark.span)) for mark in document.marks]
    for start, end, note in cuts:
        where = start + 1 if document.text[start] == "\n" else start
        at = moved(start)
        marks.append(Mark("waiver", Span(at, at), note, document.place(min(where, end - 1)).line))
    pieces, position = [], 0
    for start, end, _ in cuts:
        pieces.append(document.text[position:start])
        position = end
    return replace(
        document,
        text="".join([*pieces, document.text[position:]]),
        runs=tuple(part for run in document.runs for part in _kept(run, cuts, moved)),
        marks=tuple(sorted(marks, key=lambda mark: mark.span)),
        tables=tuple(
            Table(span(table.span), tuple(tuple(span(cell) for cell in row) for row in table.rows))
            for table in document.tables
        ),
        links=tuple(
            Link(span(link.span), link.target) for link in document.links if len(span(link.span))
        ),
        headings=tuple(
            (moved(offset), level)
            for offset, level in document.headings
            if not any(start <= offset < end for start, end, _ in cuts)
        ),
    )  # fmt: skip


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of what goes: a paragraph that is nothing else goes with its line feed."""
    for match in _WAIVER.finditer(text):
        first = text.rfind("\n", 0, match.start()) + 1
        last = text.find("\n", match.end())
        last = len(text) if last < 0 else last
        if text[first : match.start()].strip() or text[match.end() : last].strip():
            yield match.start(), match.end(), _note(match)
        elif last < len(text):
            yield first, last + 1, _note(match)
        else:
            yield max(first - 1, 0), last, _note(match)


def _note(match: re.Match[str]) -> str:
    return (match["comment"] or match["bracket"] or match["bare"]).strip()


def _kept(run: Run, cuts: list[tuple[int, int, str]], moved: Callable[[int], int]) -> Iterator[Run]:
    """The parts of a run that are not cut."""
    position = run.start
    for start, end, _ in cuts:
        if end <= position or start >= run.end:
            continue
        if start > position:
            yield _part(run, position, start, moved)
        position = min(end, run.end)
    if position < run.end:
        yield _part(run, position, run.end, moved)


def _part(run: Run, start: int, end: int, moved: Callable[[int], int]) -> Run:
    skipped = start - run.start
    return replace(
        run,
        start=moved(start),
        end=moved(end),
        column=run.column if run.synthetic else run.column + skipped,
        boxes=run.boxes[skipped : end - run.start],
    )
