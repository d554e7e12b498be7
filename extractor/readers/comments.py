"""Comments of a Word file that hold a waiver (``qa:ignore …``): marks on the paragraphs they are attached to."""

from msgspec.structs import replace

from extractor.model import Document, Mark, Span
from extractor.readers.markup import Element
from extractor.readers.waivers import SIGN
from extractor.readers.wordml import W, pieces, walk

_BEGINS = (f"{W}commentRangeStart", f"{W}commentReference")
_ENDS = (f"{W}commentRangeEnd", f"{W}commentReference")
_OTHER_STORIES = ("header", "footnote", "endnote")


def with_waivers(document: Document, body: Element, comments: Element) -> Document:
    """The document with a mark for each waiver in its comments. Other comments are left alone.

    ``body``: the main part, ``comments``: the part of the comments, both as they were read.
    """
    noted = {
        comment.get(f"{W}id") or "": lines
        for comment in comments.iter(f"{W}comment")
        if (lines := [line for line in _lines(comment) if SIGN.search(line)])
    }
    if not noted:
        return document
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for walked in walk(body):
        for anchor in walked.element.iter(*_BEGINS, *_ENDS):
            name = anchor.get(f"{W}id") or ""
            if anchor.tag in _BEGINS:
                first.setdefault(name, walked.line)
            if anchor.tag in _ENDS:
                last[name] = max(walked.line, last.get(name, 0))
    marks = list(document.marks)
    for name, lines in noted.items():
        span = _span(document, first.get(name, 0), last.get(name, 0))
        if span is not None:
            marks += (Mark("waiver", span, _words(line), first[name]) for line in lines)
    return replace(document, marks=tuple(marks))


def _lines(comment: Element) -> list[str]:
    return [
        "".join(piece.chars for piece in pieces(paragraph) if piece.change != "del").strip()
        for paragraph in comment.iter(f"{W}p")
    ]


def _words(line: str) -> str:
    found = SIGN.search(line)
    return line[found.start() :] if found else line


def _span(document: Document, first: int, last: int) -> Span | None:
    """The characters of the paragraphs ``first`` to ``last`` of the main part; None where nothing of them was read."""
    runs = [
        run
        for run in document.runs
        if first <= run.line <= max(first, last) and not run.part.startswith(_OTHER_STORIES)
    ]
    return Span(runs[0].start, runs[-1].end) if runs and first else None
