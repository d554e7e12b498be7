"""Pages of lines → the document: furniture left out, lines joined over page ends, tables, boxes. For PDF, OFD and scans."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.model import Box, Span
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.geometry import Frame, continues, frame_of
from extractor.readers.glyphs import Characters, Drawing, make_boxes
from extractor.readers.lines import TextLine, gap_before, page_pieces, text_lines
from extractor.readers.misread import mended
from extractor.readers.open_tables import open_tables
from extractor.readers.pdf_tables import RuledTable, TableRow, joined_rows, ruled_tables, same_columns
from extractor.readers.repair import is_broken, repaired
from extractor.text import fold

# GB/T 9704-2012, 7.5: an Arabic number between one-em dashes below the text block; other forms are common too.
_FOLIO = lazy(r"[-—–―－─_·•.一]*第?[\d０-９]{1,4}页?(?:[/／,，]?共?[\d０-９]{1,4}页?)?[-—–―－─_·•.一]*")
_DIGITS = lazy(r"[\d０-９]+")
_BAND = 0.13  # share of the page's height above and below in which page furniture stands
_LETTER = lazy(r"[A-Za-z]")
_ADDRESS = lazy(r"(?:@|://|www\.)[\x21-\x7e]*$")  # a mailbox or a page that goes on in the next line
_UNREADABLE = lazy("[\ufffd\ue000-\uf8ff\x80-\x9f\x01-\x08\x0e-\x1f]")
_FOREIGN = lazy("[À-ÿ¡-¿]")


class Page(Struct):
    """One page on its way: its characters, its lines in reading order, its tables, what was left out."""

    number: int
    found: Characters
    lines: list[TextLine]
    tables: list[RuledTable]
    shown: str  # the characters, those of a broken font and those misread mended
    furniture: list[TextLine] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)  # one for each character, made when the first is asked for
    doubts: Mapping[int, str] = field(
        default_factory=dict
    )  # recognised characters that may be wrong, and why


def page_of(
    number: int, found: Characters, drawn: Drawing | None, doubts: Mapping[int, str] | None = None
) -> Page:
    """Sort the characters of a page into tables and lines. ``drawn``: its ruling lines, None where they are not known."""
    tables, used = ruled_tables(found, drawn) if drawn is not None else ([], frozenset[int]())
    pieces = page_pieces(found, used)
    if not tables and drawn is not None:
        tables, used = open_tables(found, pieces)
        pieces = page_pieces(found, used) if used else pieces
    lines, tables = _numbered(number, text_lines(found, pieces), tables)
    if found.rough:
        shown = mended(found.text)
    else:
        shown = repaired(found.text) if is_broken(found.text) else found.text
    return Page(number, found, lines, tables, shown, doubts=doubts or {})


def _numbered(
    page: int, lines: list[TextLine], tables: list[RuledTable]
) -> tuple[list[TextLine], list[RuledTable]]:
    """The lines with their page and their number on it, those in tables too, in reading order."""
    count = itertools.count(1)
    waiting = list(tables)
    numbered: list[TextLine] = []
    done: list[RuledTable] = []

    def through(table: RuledTable) -> RuledTable:
        def row(cells: TableRow) -> TableRow:
            return tuple(
                tuple(tuple(line._replace(page=page, number=next(count)) for line in group) for group in cell)
                for cell in cells
            )

        return replace(table, rows=tuple(row(cells) for cells in table.rows))

    for line in lines:
        while waiting and waiting[0].top < line.base and line.column == 0:
            done.append(through(waiting.pop(0)))
        numbered.append(line._replace(page=page, number=next(count)))
    return numbered, done + [through(table) for table in waiting]


def write_pages(builder: TextBuilder, pages: Sequence[Page]) -> None:
    """Add pages to the document."""
    _leave_out_furniture(pages)
    _join_tables(pages)
    _frame(pages)
    _write(builder, pages)


def readable(text: str) -> bool:
    """Whether a page's characters are words: not empty, not the codes of a font without a map."""
    signs = len(text) - sum(map(text.count, " \r\n\t\u3000"))
    if signs <= 0:
        return False
    if not _UNREADABLE.search(text) and not _FOREIGN.search(text):
        return True
    return len(_UNREADABLE.findall(text)) < 0.3 * signs and len(_FOREIGN.findall(text)) < 0.4 * signs


def _leave_out_furniture(pages: Sequence[Page]) -> None:
    """Take page numbers and running heads out of the lines: by pattern, and by place in the outer margin."""
    seen = Counter(
        (key, top)
        for page in pages
        for line, top in _outer(page)
        if (key := _DIGITS.sub("#", fold(line.text)))
    )
    often = max(3, 0.4 * len(pages))
    for page in pages:
        for line, top in _outer(page):
            bare = fold(line.text)
            numbered = _FOLIO.fullmatch(bare) is not None
            plain = bare.isdigit() and len(pages) > 1 and not _stands_apart(page, line)
            running = seen[_DIGITS.sub("#", bare), top] >= often
            if (numbered and not plain) or running:
                page.lines.remove(line)
                page.furniture.append(line)


def _outer(page: Page) -> list[tuple[TextLine, bool]]:
    """The two outermost lines in the upper and the lower margin, with whether it is the upper one."""
    tall = page.found.height
    by_height = sorted(page.lines, key=lambda line: line.base)
    upper = [line for line in by_height[:2] if line.base < _BAND * tall]
    lower = [line for line in by_height[-2:] if line.base > (1 - _BAND) * tall and line not in upper]
    return [(line, True) for line in upper] + [(line, False) for line in lower]


def _stands_apart(page: Page, line: TextLine) -> bool:
    """Whether a bare number keeps more than a usual distance from the text."""
    others = [abs(other.base - line.base) for other in page.lines if other is not line]
    return not others or min(others) > 1.6 * line.em


def _join_tables(pages: Sequence[Page]) -> None:
    """Rows cut by a page end, in tables that end one page and begin the next."""
    for page, following in itertools.pairwise(pages):
        if not page.tables or not following.tables:
            continue
        above, below = page.tables[-1], following.tables[0]
        if (
            same_columns(above, below)
            and all(line.base < above.bottom for line in page.lines)
            and all(line.base > below.top for line in following.lines)
        ):
            page.tables[-1], following.tables[0] = joined_rows(following.found, above, below)


def _frame(pages: Sequence[Page]) -> None:
    """Find the text block of every page and column; a page with few lines takes the document's."""
    usual = [line for page in pages for line in page.lines if line.column == 0]
    whole = frame_of(usual, wide=max(page.found.width for page in pages)) if usual else None
    for page in pages:
        for column in {line.column for line in page.lines}:
            lines = [line for line in page.lines if line.column == column]
            page.frames[column] = frame_of(lines, *((whole, page.found.width) if column == 0 else ()))


def _write(builder: TextBuilder, pages: Sequence[Page]) -> None:
    writer = _Writer(builder, {page.number: page for page in pages})
    for page in pages:
        for line in page.furniture:
            builder.mark("page_number", builder.length, builder.length, line.text, line.number)
        waiting = list(page.tables)
        for line in page.lines:
            while waiting and waiting[0].top < line.base and line.column == 0:
                writer.table(waiting.pop(0))
            writer.line(line, page)
        for table in waiting:
            writer.table(table)
    writer.close_table()


class _Writer:
    """Adds lines and tables in order and remembers what the next one may go on with."""

    def __init__(self, builder: TextBuilder, pages: Mapping[int, Page]) -> None:
        self._builder = builder
        self._pages = pages
        self._last: tuple[TextLine, Page] | None = None
        self._inside = False
        self._rows: list[list[Span]] = []
        self._table: RuledTable | None = None
        self._count = 0

    def line(self, line: TextLine, page: Page) -> None:
        """Add a line, in the paragraph of the last one or in a new one."""
        self.close_table()
        going_on = False
        if self._last is not None:
            before, its_page = self._last
            here, there = its_page.frames[before.column], page.frames[line.column]
            going_on = continues(page.found, before, line, here, there, self._inside)
            self._inside = going_on and abs((before.x0 - here.left) - (line.x0 - there.left)) < 0.5 * line.em
        if going_on and self._last is not None:
            self._join(self._last[0], line)
        elif self._builder.length:
            self._builder.separate()
        if not going_on:
            self._inside = False
        self._add(line, "body")
        self._last = (line, page)

    def table(self, table: RuledTable) -> None:
        """Add a table; one with the same columns at the top of the next page goes on."""
        first = 0
        if self._table is not None and same_columns(self._table, table) and self._last is None:
            if table.rows and table.row_text(0) == self._table.row_text(0) and len(table.rows) > 1:
                first = 1
                here = self._builder.length
                self._builder.mark("page_number", here, here, table.row_text(0))
        else:
            self.close_table()
            self._table = table
            self._count += 1
        for row in table.rows[first:]:
            if self._builder.length:
                self._builder.separate()
            where = f"table{self._count}/{len(self._rows) + 1}"
            self._rows.append([self._cell(cell, f"{where}/{n}", n) for n, cell in enumerate(row, 1)])
        self._last = None

    def close_table(self) -> None:
        """Note the table that was being added."""
        if self._table is not None:
            self._builder.table(self._rows)
            self._table, self._rows = None, []

    def _cell(self, cell: Sequence[Sequence[TextLine]], part: str, number: int) -> Span:
        if number > 1:
            self._builder.separate("\t")
        start = self._builder.length
        for index, group in enumerate(cell):
            if index:
                self._builder.separate()
            for place, line in enumerate(group):
                if place:
                    self._join(group[place - 1], line)
                self._add(line, part)
        return Span(start, self._builder.length)

    def _join(self, before: TextLine, line: TextLine) -> None:
        """Between two lines of one paragraph: a blank only between two Latin words, not inside an address."""
        if (
            _LETTER.match(before.text[-1])
            and _LETTER.match(line.text[0])
            and not _ADDRESS.search(before.text)
        ):
            self._builder.separate(" ")

    def _add(self, line: TextLine, part: str) -> None:
        page = self._pages[line.page]
        found, column = page.found, 1
        for index, (a, b) in enumerate(line.parts):
            if index and gap_before(found, line.parts[index - 1], (a, b)):
                self._builder.add(
                    " ", line=line.number, column=column, page=line.page, part=part, synthetic=True
                )
            chars, shown = found.text[a:b], page.shown[a:b]
            boxes = _boxes(page, a, b, line)
            span = self._builder.add(
                shown, line=line.number, column=column, page=line.page, part=part, boxes=boxes
            )
            if shown != chars:
                self._mark_repairs(span.start, chars, shown, line.number)
            if page.doubts:
                self._mark_doubts(span.start, page.doubts, a, b, line.number)
            column += b - a

    def _mark_doubts(self, start: int, doubts: Mapping[int, str], a: int, b: int, number: int) -> None:
        begin = a
        for i in range(a, b + 1):
            if i == b or doubts.get(i) != doubts.get(begin):
                if begin in doubts:
                    self._builder.mark("uncertain", start + begin - a, start + i - a, doubts[begin], number)
                begin = i

    def _mark_repairs(self, start: int, chars: str, shown: str, number: int) -> None:
        begin = -1
        for i in range(len(chars) + 1):
            changed = i < len(chars) and chars[i] != shown[i]
            if changed and begin < 0:
                begin = i
            elif not changed and begin >= 0:
                self._builder.mark("repaired", start + begin, start + i, chars[begin:i], number)
                begin = -1


def _boxes(page: Page, a: int, b: int, line: TextLine) -> list[Box]:
    """The boxes of a range. A font that states absurd heights gets boxes of one em round the baseline."""
    found = page.found
    if line.bottom - line.top > 1.6 * line.em and found.origin is None:
        size = max(line.em, found.size(a))
        if line.bottom - line.top > 1.6 * size:
            top, bottom = line.base - 0.88 * size, line.base + 0.12 * size
            return [Box(found.x0[i], top, found.x1[i], bottom) for i in range(a, b)]
    if not page.boxes:
        lying = found.origin or found
        page.boxes = make_boxes(lying.x0, lying.top, lying.x1, lying.bottom)
    return page.boxes[a:b]
