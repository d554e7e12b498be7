"""RTF (Word's Rich Text Format 1.9): characters in code pages and Unicode, paragraphs, tables, automatic numbers as printed.

Word writes the number of a list paragraph into a group of its own (``\\listtext``): it is taken from there, so that no list
table has to be understood. One pass without recursion; what a reader of the page does not see is skipped.
"""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.errors import Damaged, NoText, TooLarge
from extractor.model import Document, Span
from extractor.readers.builder import TextBuilder
from extractor.settings import Settings

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEPTH = 1000
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote fldinst object "
    b"nonshppict listtable listoverridetable rsidtbl generator themedata datastore colorschememapping latentstyles xmlnstbl "
    b"pnseclvl pn annotation atnid atnauthor bkmkstart bkmkend sp shprslt filetbl revtbl upr template objdata blipuid tc xe "
    b"listpicture mmathPr wgrffmtfilter passwordhash".split()
)
_KEPT = frozenset(
    b"shpinst shptxt listtext pntext ud fldrslt".split()
)  # read although marked as optional (\*)
_SIGNS = {
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": " ",
}  # fmt: skip
_CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 204: "cp1251", 238: "cp1250"}
_OUTER = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u3000\u200b\ufeff"


class _State(Struct, frozen=True):
    """What a group inherits and may change."""

    skip: bool = False
    hidden: bool = False
    deleted: bool = False
    number: bool = False  # inside the printed number of a list paragraph
    font: int | None = None
    table: bool = False
    fallback: int = 1  # bytes that stand after \u for readers without Unicode
    fonts: bool = False  # inside the font table


class _Paragraph(Struct):
    number: str = ""
    text: str = ""
    marks: list[tuple[int, str, str]] = field(default_factory=list)  # (place, kind, what was left out)


class _Parser:
    """One pass over the tokens. Not a value."""

    def __init__(self, builder: TextBuilder, limit: int) -> None:
        self._builder = builder
        self._limit = limit
        self._states: list[_State] = []
        self._state = _State()
        self._bytes = bytearray()
        self._swallow = 0
        self._optional = False
        self._page = "cp1252"
        self._pages: dict[int, str] = {}
        self._default: int | None = None
        self._paragraph = _Paragraph()
        self._count = 1
        self._size = 0
        self._row: list[list[tuple[_Paragraph, int]]] = []
        self._cell: list[tuple[_Paragraph, int]] = []
        self._rows: list[list[Span]] = []
        self._tables = 0
        self._high = 0  # the first half of a character beyond the basic plane

    def parse(self, raw: bytes) -> None:
        for token in _TOKEN.finditer(raw):
            word, value, code, sign, brace, plain = token.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, None if value is None else int(value))
            elif code:
                self._byte(int(code, 16))
            elif sign:
                self._sign(sign)
            elif plain:
                for byte in plain if self._swallow else b"":
                    self._byte(byte)
                    plain = plain[1:]
                    if not self._swallow:
                        break
                if not self._state.skip and not self._state.fonts:
                    self._bytes += plain
        self.end_paragraph()
        self._end_table()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._optional = False
        self._swallow = 0
        if brace == b"{":
            if len(self._states) >= _DEPTH:
                raise TooLarge("RTF 嵌套太深")
            self._states.append(self._state)
        elif self._states:
            self._state = self._states.pop()

    def _byte(self, byte: int) -> None:
        if self._swallow:
            self._swallow -= 1
        elif not self._state.skip and not self._state.fonts:
            self._bytes.append(byte)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._optional = True
        elif self._swallow:
            self._swallow -= 1
        elif sign in (b"\\", b"{", b"}"):
            self._byte(sign[0])
        elif sign == b"~":
            self._put("\u00a0")
        elif sign == b"_":
            self._put("-")
        elif sign in (b"\r", b"\n"):
            self._word(b"par", None)

    def _word(self, word: bytes, value: int | None) -> None:
        optional, self._optional = self._optional, False
        if word == b"bin":
            return  # its bytes are no text; what follows is resynchronised by the braces
        if word in _SKIPPED or (optional and word not in _KEPT):
            self._flush()
            self._state = replace(
                self._state, skip=word != b"fonttbl" or self._state.skip, fonts=word == b"fonttbl"
            )
            return
        if self._state.fonts:
            self._font(word, value)
            return
        if word == b"ansicpg" and value:
            self._page = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}.get(value, f"cp{value}")
        elif word == b"deff":
            self._default = value
        if self._state.skip:
            return
        if word == b"u" and value is not None:
            self._flush()
            self._unicode(value)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _BREAKS:
            self._flush()
            _BREAKS[word](self)
        else:
            self._property(word, value)

    def _font(self, word: bytes, value: int | None) -> None:
        if word == b"f":
            self._state = replace(self._state, font=value)
        elif word == b"fcharset" and self._state.font is not None and value in _CHARSETS:
            self._pages[self._state.font] = _CHARSETS[value]

    def _property(self, word: bytes, value: int | None) -> None:
        on = value != 0
        changes: dict[bytes, dict[str, object]] = {
            b"f": {"font": value}, b"v": {"hidden": on}, b"deleted": {"deleted": on}, b"uc": {"fallback": min(value or 0, 8)},
            b"listtext": {"number": True}, b"pntext": {"number": True}, b"intbl": {"table": True}, b"pard": {"table": False},
            b"plain": {"hidden": False, "deleted": False, "font": self._default},
        }  # fmt: skip
        change = changes.get(word)
        if change is not None:
            self._flush()
            self._state = replace(self._state, **change)

    def _unicode(self, value: int) -> None:
        code = value % 65536
        self._swallow = 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._put(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif code >= 32:
            self._put(chr(code))
        self._swallow = self._state.fallback

    def _flush(self) -> None:
        """Decode the bytes gathered so far in the code page of their font."""
        if self._bytes:
            font = self._state.font if self._state.font is not None else self._default
            page = self._pages.get(font, self._page) if font is not None else self._page
            try:
                text = self._bytes.decode(page, "replace")
            except LookupError:
                text = self._bytes.decode("gb18030", "replace")
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        self._flush()
        state, paragraph = self._state, self._paragraph
        self._size += len(text)
        if self._size > self._limit:
            raise TooLarge(f"RTF 的文字超过上限 {self._limit} 个")
        text = text.translate(_CONTROLS)
        if state.skip:
            return
        if state.number:
            paragraph.number += text
        elif state.hidden or state.deleted:
            paragraph.marks.append((len(paragraph.text), "hidden" if state.hidden else "tracked", text))
        else:
            paragraph.text += text

    def end_paragraph(self) -> None:
        if self._state.table:
            self._cell.append((self._paragraph, self._count))
        else:
            self._end_table()
            self._write(self._paragraph, self._count, "body", bool(self._builder.length))
        self._paragraph = _Paragraph()
        self._count += 1

    def end_cell(self) -> None:
        self._cell.append((self._paragraph, self._count))
        self._paragraph = _Paragraph()
        self._count += 1
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        if any(paragraph.text.strip(_OUTER) for cell in self._row for paragraph, _ in cell):
            if not self._rows:
                self._tables += 1
            if self._builder.length:
                self._builder.separate()
            spans: list[Span] = []
            for column, cell in enumerate(self._row, 1):
                if column > 1:
                    self._builder.separate("\t")
                start = self._builder.length
                for paragraph, number in cell:
                    part = f"table{self._tables}/{len(self._rows) + 1}/{column}"
                    self._write(paragraph, number, part, self._builder.length > start)
                spans.append(Span(start, self._builder.length))
            self._rows.append(spans)
        self._row = []

    def _end_table(self) -> None:
        if self._cell or self._row:
            loose = [*(p for cell in self._row for p in cell), *self._cell]
            self._row, self._cell = [], []
            for paragraph, number in loose:  # cells without the end of their row
                self._write(paragraph, number, "body", bool(self._builder.length))
        if self._rows:
            self._builder.table(self._rows)
            self._rows = []

    def _write(self, paragraph: _Paragraph, number: int, part: str, separate: bool) -> None:
        """Add the lines of a paragraph, its number first."""
        label = paragraph.number.strip(_OUTER)
        column = 1
        for index, line in enumerate(paragraph.text.split("\n")):
            bare = line.strip(_OUTER)
            if bare or (label and index == 0):
                if separate:
                    self._builder.separate()
                separate = True
                if label and index == 0:
                    gap = " " if label[-1].isascii() and bare else ""
                    self._builder.add(label + gap, line=number, part=part, synthetic=True)
                if bare:
                    self._builder.add(bare, line=number, column=column + line.index(bare[0]), part=part)
            column += len(line) + 1
        for _, kind, what in paragraph.marks:
            here = self._builder.length
            self._builder.mark(kind, here, here, what, number)

    def soft_break(self) -> None:
        self._put("\n")


_CONTROLS: dict[int, str | None] = dict.fromkeys(
    (*range(9), 11, 12, 13, *range(14, 32), 127, *range(0xD800, 0xE000))
)
_BREAKS = {
    b"par": _Parser.end_paragraph,
    b"sect": _Parser.end_paragraph,
    b"page": _Parser.end_paragraph,
    b"line": _Parser.soft_break,
    b"lbr": _Parser.soft_break,
    b"cell": _Parser.end_cell,
    b"nestcell": _Parser.soft_break,
    b"nestrow": _Parser.soft_break,
    b"row": _Parser.end_row,
}


def read_rtf(raw: bytes, name: str, settings: Settings) -> Document:
    """An RTF file as a document. Raises ``Damaged``, ``NoText``, ``TooLarge``."""
    start = raw.find(b"{\\rtf", 0, 1024)
    if start < 0:
        raise Damaged("不是 RTF 文件")
    builder = TextBuilder()
    _Parser(builder, settings.limits.characters).parse(raw[start:])
    if not builder.length:
        raise NoText("RTF 里没有文字")
    return builder.build(name, "rtf", raw)
