"""The structure of a WordprocessingML part: paragraphs and tables in reading order, and the characters of a paragraph.

``walk`` and ``pieces`` are what a writer of comments needs too: a ``Run.line`` of a Document is ``Walked.line`` here, a
``Run.column`` is ``Piece.column``.
"""

from collections.abc import Iterator
from itertools import count

from msgspec import Struct, field

from extractor.errors import TooLarge
from extractor.readers.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{W}val"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH_TEXT[1:-2].encode()),
)

_DEPTH = 40  # tables in tables, boxes in boxes
_TRANSPARENT = frozenset(f"{W}{n}" for n in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo"))  # fmt: skip
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_SKIPPED = frozenset(
    f"{W}{n}" for n in ("pPr", "rPr", "rt", "rubyPr", "sdtPr", "txbxContent", "instrText", "delInstrText")
)
_FIXED = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_LEAVES = (
    frozenset(_FIXED)
    | {_MATH_TEXT}
    | {
        f"{W}{n}"
        for n in ("t", "sym", "delText", "fldChar", "instrText", "footnoteReference", "endnoteReference")
    }
)
# Wingdings signs forms use for boxes to tick; every other sign of a symbol font is shown as a bullet.
_SYMBOLS = {0x52: "☑", 0x53: "☒", 0x54: "☑", 0x6F: "□", 0xA3: "□", 0xA8: "□", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}


class Walked(Struct, frozen=True):
    """One ``w:p``: its element, its ordinal in the part (from 1) and where it stands (``body``, ``table1/2/3`` …)."""

    element: Element
    line: int
    part: str
    boxes: tuple[tuple["Block", ...], ...] = ()


class Cell(Struct, frozen=True):
    """One ``w:tc``. ``columns``: how many grid columns it takes; ``continued``: the lower part of a merged cell."""

    blocks: tuple["Block", ...]
    columns: int
    continued: bool


class Grid(Struct, frozen=True):
    """One ``w:tbl``."""

    rows: tuple[tuple[Cell, ...], ...]
    part: str


Block = Walked | Grid


class Piece(Struct, frozen=True):
    """Characters of one node. ``column``: place of the first one in the paragraph's own text (from 1).

    The own text is what ``w:t``, ``w:tab``, ``w:br``, ``w:cr``, ``w:noBreakHyphen``, ``w:sym`` and ``m:t`` hold outside text
    boxes and deletions, hidden characters and field codes' neighbours included. ``change``: ``""``, ``ins`` or ``del``;
    deleted characters take no column. ``run``: the ``w:r`` (None for mathematics).
    """

    chars: str
    node: Element
    column: int
    run: Element | None
    change: str


class _Names(Struct):
    lines: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))
    boxes: Iterator[int] = field(default_factory=lambda: count(1))


def transitional(raw: bytes) -> bytes:
    """The part with the namespaces of ISO strict documents replaced by the usual ones."""
    if b"purl.oclc.org/ooxml" in raw[:65_536]:
        for strict, usual in _STRICT:
            raw = raw.replace(strict, usual)
    return raw


def blocks(root: Element, part: str = "body") -> tuple[Block, ...]:
    """Paragraphs and tables of a part (``w:document``, ``w:body``, ``w:hdr``, ``w:footnote``) in order."""
    body = root.find(f"{W}body") if root.tag == f"{W}document" else root
    return tuple(_blocks(body if body is not None else root, part, _Names(), 0))


def walk(root: Element, part: str = "body") -> Iterator[Walked]:
    """Every paragraph of a part, those in tables and text boxes too, in the order of their ``line``."""
    return _flat(blocks(root, part))


def _flat(found: tuple[Block, ...]) -> Iterator[Walked]:
    for block in found:
        if isinstance(block, Walked):
            yield block
            for box in block.boxes:
                yield from _flat(box)
        else:
            for row in block.rows:
                for cell in row:
                    yield from _flat(cell.blocks)


def _blocks(container: Element, part: str, names: _Names, depth: int) -> Iterator[Block]:
    if depth > _DEPTH:
        raise TooLarge("表格或文本框嵌套太深")
    for child in _opened(container):
        if child.tag == f"{W}p":
            line = next(names.lines)
            inner = tuple(
                tuple(_blocks(box, f"textbox{next(names.boxes)}", names, depth + 1))
                for box in _text_boxes(child)
            )
            yield Walked(child, line, part, inner)
        elif child.tag == f"{W}tbl":
            yield _grid(child, part, names, depth)


def _opened(container: Element) -> Iterator[Element]:
    """The children, with wrappers that only group things opened."""
    for child in container:
        tag = child.tag
        if tag in _TRANSPARENT:
            yield from _opened(child)
        elif tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _opened(content)
        elif tag == f"{MC}AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from _opened(branch)
        else:
            yield child


def chosen(alternate: Element) -> Element | None:
    """The branch of an ``mc:AlternateContent`` that is read: its first choice, else the fallback."""
    branch = alternate.find(f"{MC}Choice")
    return branch if branch is not None else alternate.find(f"{MC}Fallback")


def _grid(table: Element, part: str, names: _Names, depth: int) -> Grid:
    prefix = "" if part == "body" else f"{part}/"
    name = f"{prefix}table{next(names.tables) if depth == 0 else 1}"
    rows: list[tuple[Cell, ...]] = []
    for row in _opened(table):
        if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells: list[Cell] = []
        for cell in _opened(row):
            if cell.tag != f"{W}tc":
                continue
            properties = cell.find(f"{W}tcPr")
            columns, continued = 1, False
            if properties is not None:
                columns = min(max(number(value(properties, "gridSpan"), 1), 1), 64)
                merge = properties.find(f"{W}vMerge")
                continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            where = f"{name}/{len(rows) + 1}/{len(cells) + 1}"
            cells.append(Cell(tuple(_blocks(cell, where, names, depth + 1)), columns, continued))
        rows.append(tuple(cells))
    return Grid(tuple(rows), name)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph, each once: the fallback copy of a drawing is left out."""
    for box in paragraph.iter(f"{W}txbxContent"):
        parent = box.getparent()
        wanted = True
        while parent is not None and parent is not paragraph:
            if parent.tag == f"{W}txbxContent" or (
                parent.tag == f"{MC}Fallback" and parent.getparent().find(f"{MC}Choice") is not None
            ):
                wanted = False
                break
            parent = parent.getparent()
        if wanted:
            yield box


def pieces(paragraph: Element) -> Iterator[Piece]:
    """The characters of a paragraph in order, with ``w:fldChar`` and ``w:instrText`` as pieces without characters."""
    column = 1
    for node, run, change in _nodes(paragraph, None, ""):
        chars = _chars(node)
        yield Piece(chars, node, column, run, change)
        if change != "del":
            column += len(chars)


def _nodes(
    element: Element, run: Element | None, change: str
) -> Iterator[tuple[Element, Element | None, str]]:
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            yield from _nodes(child, child, change)
        elif tag in _LEAVES:
            yield child, run, change
        elif tag in _SKIPPED:
            continue
        elif tag in _DELETED:
            yield from _nodes(child, run, "del")
        elif tag in (f"{W}ins", f"{W}moveTo"):
            yield from _nodes(child, run, change or "ins")
        elif tag == f"{MC}AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from _nodes(branch, run, change)
        elif len(child):
            yield from _nodes(child, run, change)


def _chars(node: Element) -> str:
    fixed = _FIXED.get(node.tag)
    if fixed is not None:
        return fixed
    if node.tag == f"{W}sym":
        code = int(number(node.get(f"{W}char"), 0xB7, 16))
        if 0xF000 <= code <= 0xF0FF:
            return _SYMBOLS.get(code - 0xF000, "•")
        return chr(code) if 32 <= code < 0xD800 else "•"
    if node.tag in (f"{W}t", f"{W}delText", _MATH_TEXT):
        return node.text or ""
    return ""


def first_child(parent: Element | None, name: str) -> Element | None:
    """The first child ``w:name``, None without one. Half the cost of ``find``, and there are thousands of calls."""
    return None if parent is None else next(parent.iterchildren(f"{W}{name}"), None)


def value(parent: Element, name: str) -> str | None:
    """``w:val`` of the child ``w:name``, None without child or value."""
    found = first_child(parent, name)
    return None if found is None else found.get(_VALUE)


def number(written: str | None, otherwise: int, base: int = 10) -> int:
    """An integer attribute, or ``otherwise`` when it is absent or nonsense."""
    try:
        return int(written or "", base)
    except ValueError:
        return otherwise


def switched_on(parent: Element | None, name: str) -> bool | None:
    """An on/off property of a ``w:rPr`` or ``w:pPr``: True, False, or None where it says nothing."""
    found = first_child(parent, name)
    if found is None:
        return None
    return found.get(_VALUE, "1") not in ("0", "false", "off")
