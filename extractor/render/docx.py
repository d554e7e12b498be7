"""The Word file with a comment for each finding, anchored on the exact words. Text and formatting stay as they were.

Word knows no comments in headers, notes and text boxes: those stand where the note is referred to, where the box is
anchored, or at the first paragraph, and say in which place the words are. An automatic number is commented at the
beginning of its paragraph.
"""

from collections.abc import Mapping
from datetime import datetime

from extractor.model import Document, Span
from extractor.readers.markup import Element
from extractor.readers.wordml import R, W, pieces
from extractor.render.remarks import Record, Remark, remarks
from extractor.render.word.package import WordPackage
from extractor.render.word.places import Paragraph, Places, holder, part_after, part_before
from extractor.rulebook.cards import Card
from extractor.settings import Limits

AUTHOR = "notice"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES = {
    "zh": {"header": "页眉", "footnote": "脚注", "endnote": "尾注", "box": "文本框", "words": "{where}中“{quote}”："},
    "en": {"header": "header", "footnote": "footnote", "endnote": "endnote", "box": "text box", "words": "In the {where}, “{quote}”:"},
}  # fmt: skip
_FONTS = {"ascii": "Calibri", "hAnsi": "Calibri", "eastAsia": "宋体"}


def annotate_docx(
    raw: bytes,
    document: Document,
    record: Record,
    cards: Mapping[str, Card],
    *,
    lang: str = "zh",
    when: datetime | None = None,
    limits: Limits | None = None,
) -> bytes:
    """The file with a comment for each finding of ``record``. ``document``: what the reader made of ``raw``.

    ``when`` is written as the comments' time (none without it). Raises the ``ReadError`` kinds of a file that is no
    longer what was read.
    """
    package = WordPackage(raw, limits or Limits())
    found = remarks(record, cards, lang)
    if not found:
        return raw
    places = Places(package, document)
    comments = package.add("comments", _TYPE, lambda: _comments(package.document()))
    package.touch(package.main)
    taken = {int(i) for c in comments if (i := c.get(f"{W}id") or "").isdigit()}
    first = max(taken, default=-1) + 1
    # From the last to the first: of several that begin or end together, the first then stands first.
    made: list[Element] = []
    for remark in reversed(found):
        number = first + remark.number - 1
        prefix = _anchor(remark, places, number, lang)
        made.append(_comment(package.document(), number, remark, prefix, lang, when))
    comments.extend(reversed(made))
    return package.save()


def _comments(like: Element) -> Element:
    return like.makeelement(f"{W}comments", {}, {"w": W[1:-1], "r": R[1:-1]})


def _anchor(remark: Remark, places: Places, number: int, lang: str) -> str:
    """Put the marks of a comment round the remark's words; what it has to say of the place, if anything."""
    span = Span(remark.start, remark.end)
    ends = places.real(span)
    last = places.character(ends[1]) if ends else None
    if ends is None or last is None:
        return _beside(remark, places, span, number, lang)
    if last.paragraph.story != "body" or last.paragraph.box:
        return _elsewhere(remark, places, last.paragraph, number, lang)
    part_after(last)
    first = places.character(ends[0])
    head = part_before(first) if first is not None else None
    # Splitting in front of the first character may have moved the last one into a new run.
    last = places.character(ends[1])
    if head is None or last is None:
        return _beside(remark, places, span, number, lang)
    _mark(head, part_after(last), number)
    return ""


def _beside(remark: Remark, places: Places, span: Span, number: int, lang: str) -> str:
    """The words are no text of the file (an automatic number, an empty cell): the beginning of their paragraph."""
    run = next((r for o in (span.start, span.start - 1, span.end) if o >= 0 and (r := places.run(o))), None)
    paragraph = places.paragraph(run) if run is not None else None
    if paragraph is None:
        paragraph = next(iter(places.body), None)
    if paragraph is None:
        return ""
    if paragraph.story != "body" or paragraph.box:
        return _elsewhere(remark, places, paragraph, number, lang)
    _begin(paragraph, number)
    return ""


def _begin(paragraph: Paragraph, number: int) -> None:
    """Mark the first run of a paragraph, or the place where it would begin."""
    piece = next((p for p in pieces(paragraph.element) if p.chars and p.change != "del"), None)
    if piece is not None:
        target = holder(piece.node, paragraph.element)
        _mark(target, target, number)
        return
    start, end, reference = _marks(paragraph.element, number)
    properties = paragraph.element.find(f"{W}pPr")
    at = 0 if properties is None else paragraph.element.index(properties) + 1
    for step, element in enumerate((start, end, reference)):
        paragraph.element.insert(at + step, element)


def _elsewhere(remark: Remark, places: Places, paragraph: Paragraph, number: int, lang: str) -> str:
    """A comment for words where Word allows none: at the note's reference, the box's anchor, the first paragraph."""
    told = _STORIES[lang]
    where = told["box"] if paragraph.box else told[paragraph.story]
    target = None
    if paragraph.note:
        target = _reference(places, paragraph)
    elif paragraph.box and paragraph.story == "body":
        target = _host(paragraph.element)
    if target is not None:
        _mark(target, target, number)
    elif places.body:
        _begin(places.body[0], number)
    return told["words"].format(where=where, quote=remark.quote)


def _reference(places: Places, paragraph: Paragraph) -> Element | None:
    """The run in the body that refers to the note a paragraph belongs to."""
    tag = f"{W}{paragraph.story}Reference"
    for body in places.body:
        for node in body.element.iter(tag):
            if node.get(f"{W}id") == paragraph.note:
                return holder(node, body.element)
    return None


def _host(inner: Element) -> Element | None:
    """The run (outside of every text box) that holds the box a paragraph stands in."""
    run = None
    for parent in inner.iterancestors():
        if parent.tag == f"{W}r":
            run = parent
        if parent.tag == f"{W}p":
            outer = not any(above.tag == f"{W}txbxContent" for above in parent.iterancestors())
            if outer and run is not None:
                return holder(run, parent)
    return None


def _mark(first: Element, last: Element, number: int) -> None:
    start, end, reference = _marks(first, number)
    while (before := first.getprevious()) is not None and before.tag == start.tag:
        first = before
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)


def _marks(like: Element, number: int) -> tuple[Element, Element, Element]:
    """The begin and the end of a comment's range, and the run that refers to the comment."""
    identity = {f"{W}id": str(number)}
    start = like.makeelement(f"{W}commentRangeStart", identity)
    end = like.makeelement(f"{W}commentRangeEnd", identity)
    reference = like.makeelement(f"{W}r")
    properties = _add(reference, "rPr")
    _add(properties, "sz", val="16")
    _add(reference, "commentReference", id=str(number))
    return start, end, reference


def _comment(
    like: Element, number: int, remark: Remark, prefix: str, lang: str, when: datetime | None
) -> Element:
    """``w:comment``: what, message, advice, the other sides, the reason; a paragraph each, in a small plain font."""
    comment = like.makeelement(
        f"{W}comment", {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}initials": "N"}
    )
    if when is not None:
        comment.set(f"{W}date", when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    lines = [
        f"{remark.label} {remark.code} {remark.title}",
        *([prefix] if prefix else []),
        *remark.lines(lang),
    ]
    for index, line in enumerate(lines):
        paragraph = _add(comment, "p")
        properties = _add(paragraph, "pPr")
        # The draft's own body style (first-line indent, fixed leading of 28 points) must not shape the comment.
        _add(properties, "spacing", before="0", after="0", line="240", lineRule="auto")
        _add(properties, "ind", left="0", right="0", firstLineChars="0", firstLine="0")
        _add(properties, "jc", val="left")
        if index == 0:
            mark = _add(paragraph, "r")
            _font(mark, False)
            _add(mark, "annotationRef")
        run = _add(paragraph, "r")
        _font(run, index == 0)
        text = _add(run, "t")
        text.set(_SPACE, "preserve")
        text.text = line
    return comment


def _font(run: Element, bold: bool) -> None:
    properties = _add(run, "rPr")
    _add(properties, "rFonts", **_FONTS)
    _add(properties, "b", val="1" if bold else "0")
    _add(properties, "color", val="000000")
    _add(properties, "sz", val="18")
    _add(properties, "szCs", val="18")


def _add(parent: Element, name: str, **attributes: str) -> Element:
    child = parent.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})
    parent.append(child)
    return child
