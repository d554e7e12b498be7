"""The elements of a web page as the lines a browser shows: blocks, breaks, white space, lists, tables, links."""

import re

from extractor.errors import TooLarge
from extractor.patterns import lazy
from extractor.readers.markup import Element, local
from extractor.readers.shown import OUTER, Shown
from extractor.readers.webpage import BLOCKS, belongs, is_file, is_furniture
from extractor.text import fold

CONTROLS: dict[int, str | None] = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127)),
    0xE5E5: "\u3000",  # a wide blank of GBK pages, which Python gives a private place
}
SPACE = lazy(r"[ \t\r\n\f\v]+")
_WIDE = lazy(r"[⺀-鿿豈-﫿＀-￯　-〿“”‘’—…]")
# An item numbered by hand as well, or labelled.
_OWN_NUMBER = lazy(r"\s*[（(\[【第]?(?:[一二三四五六七八九十\d]+[）)、.．条章]|[一-鿿]{2,6}[\]】])")


class Walker:
    """Collects the shown lines of elements, in order."""

    def __init__(self) -> None:
        self.lines: list[Shown] = []
        self.tables = 0
        self._pieces: list[str] = []
        self._links: list[tuple[int, int, str]] = []
        self._length = 0
        self._number = 1
        self._column = 1
        self._level = 0
        self._place: tuple[int, int, int] | None = None
        self._fixed = False
        self._marker = ""
        self._numbers: dict[Element, int] = {}
        self._blank = False  # white space of the source seen, not yet shown
        self._depth = 0

    def part(self, element: Element) -> None:
        self._element(element)
        self._end_block()

    def _element(self, element: Element) -> None:
        tag = local(element)
        if not tag:
            return
        self._depth += 1
        if self._depth > 300:
            raise TooLarge("网页嵌套太深")
        if tag == "br":
            self._end_line(broken=True)
        elif tag == "table" and self._place is None and (rows := _data_rows(element)):
            self._table(rows)
        elif tag in BLOCKS:
            self._end_block()
            level, fixed = self._level, self._fixed
            if re.fullmatch("h[1-6]", tag):
                self._level = int(tag[1])
            self._fixed = fixed or tag == "pre"
            if tag == "li":
                self._marker = self._list_marker(element)
            self._children(element)
            self._end_block()
            self._marker = ""
            self._level, self._fixed = level, fixed
        elif tag == "a" and (target := _target(element)) is not None:
            start = self._length
            self._children(element)
            if self._length > start:
                self._links.append((start, self._length, target))
        elif tag == "img":
            pass
        else:
            self._children(element)
        self._depth -= 1

    def _list_marker(self, item: Element) -> str:
        """The number a browser puts before an item; the items of a list come in order."""
        parent = item.getparent()
        if local(parent) != "ol":
            return ""
        number = self._numbers.get(parent, _first_number(parent))
        self._numbers[parent] = number + 1
        return f"{number}." if _is_numbered(parent, item) else ""

    def _children(self, element: Element) -> None:
        self._text(element.text)
        for child in element:
            if (
                isinstance(child.tag, str)
                and not (is_furniture(child) and _no_words(child))
                and not _is_contents(child)
            ):
                self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        """Add text as a browser shows it: white space of the source is one blank, none between Chinese characters."""
        if not text:
            return
        if not text.isprintable():
            text = text.translate(CONTROLS)
        if self._fixed:
            first, *others = text.replace("\r", "").split("\n")
            self._put(first)
            for line in others:
                self._end_line(broken=True)
                self._put(line)
            return
        for index, part in enumerate(SPACE.split(text)):
            self._blank = self._blank or index > 0
            self._put(part)

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._blank and self._pieces:
            before = self._pieces[-1][-1]
            if not (_WIDE.match(before) and _WIDE.match(text[0])) and before != " ":
                text = " " + text
        self._blank = False
        self._pieces.append(text)
        self._length += len(text)

    def _end_line(self, broken: bool = False) -> None:
        text = "".join(self._pieces)
        if text.strip(OUTER):
            part = "body" if self._place is None else "table{}/{}/{}".format(*self._place)
            self.lines.append(
                Shown(
                    text,
                    self._number,
                    self._column,
                    part,
                    self._level,
                    self._links,
                    self._place,
                    self._marker,
                )
            )
            self._marker = ""
        self._column += len(text) + (1 if broken else 0)
        self._pieces, self._links, self._length, self._blank = [], [], 0, False

    def _end_block(self) -> None:
        if self._pieces or self._column > 1:
            self._end_line()
            self._number += 1
            self._column = 1

    def _table(self, rows: list[list[tuple[Element, int, int]]]) -> None:
        """Lines of a data table, each with its table, row and column."""
        self._end_block()
        self.tables += 1
        taken: dict[tuple[int, int], None] = {}
        for r, row in enumerate(rows, 1):
            c = 0
            for cell, down, across in row:
                c += 1
                while (r, c) in taken:
                    c += 1
                for dr in range(down):
                    for dc in range(across):
                        taken[r + dr, c + dc] = None
                self._place = (self.tables, r, c)
                self._children(cell)
                self._end_block()
                c += across - 1
        self._place = None


def _data_rows(table: Element) -> list[list[tuple[Element, int, int]]]:
    """The rows of a table that shows data, as (cell, rows it spans, columns it spans); empty for one that only lays out."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows: list[list[tuple[Element, int, int]]] = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if local(cell) in ("td", "th")]
        rows.append([(cell, _span(cell, "rowspan"), _span(cell, "colspan")) for cell in cells])
    rows = [row for row in rows if row]
    widths = [sum(across for _, _, across in row) for row in rows]
    if len(rows) < 2 or max(widths) < 2 or sum(width > 1 for width in widths) < 2 or len(rows) > 5000:
        return []
    sizes = [len(fold("".join(cell.itertext()))) for row in rows for cell, _, _ in row]
    filled = [size for size in sizes if size]
    if len(filled) < 3 or max(filled) > 0.9 * sum(filled) or max(filled) > 3000:
        return []
    return rows


def _span(cell: Element, name: str) -> int:
    written = cell.get(name) or "1"
    return min(max(int(written), 1), 200) if written.isascii() and written.isdigit() else 1


def _no_words(element: Element) -> bool:
    """Whether an element named as furniture holds links and no sentences, and nothing a letter ends or begins with."""
    text = fold("".join(element.itertext()))
    linked = sum(len(fold("".join(a.itertext()))) for a in element.iter("a"))
    return len(text) < 400 and (linked > 0.4 * len(text) or ("。" not in text and not belongs(text)))


def _is_contents(element: Element) -> bool:
    """Whether a list does nothing but lead to places of the same page."""
    if local(element) not in ("ul", "ol", "nav") or len(element) < 3:
        return False
    links = list(element.iter("a"))
    inside = all((link.get("href") or "").startswith("#") for link in links)
    linked = sum(len(fold("".join(link.itertext()))) for link in links)
    return inside and 0 < linked >= len(fold("".join(element.itertext())))


def _target(link: Element) -> str | None:
    """Where a link leads; ``""`` for one that runs a script to fetch a file, ``None`` for none."""
    target = (link.get("href") or "").strip()
    if target and not target.lower().startswith(("javascript:", "#")):
        return target
    return "" if is_file(fold("".join(link.itertext()))) else None


def _first_number(numbered: Element) -> int:
    start = numbered.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1


def _is_numbered(numbered: Element, item: Element) -> bool:
    """Whether a browser shows a number before an item, in figures, and its author none."""
    if (numbered.get("type") or "1") != "1" or numbered.get("reversed") is not None:
        return False
    style = f"{numbered.get('style') or ''};{item.get('style') or ''}"
    if re.search(r"list-style[^;]*(?:none|disc|alpha|roman|circle|square)", style):
        return False
    return _OWN_NUMBER.match("".join(item.itertext())) is None
