"""PDF files set by a small typesetter, for the tests of the PDF reader. No font file is needed: the viewer has the glyphs."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDE, HIGH = 595.3, 841.9
_CLOSERS = "，。、；：？！”’）》〉】〕"
_OPENERS = "“‘（《〈【〔"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Setting(Struct, frozen=True):
    """How text is set: points; ``indent`` in characters; ``gap`` between paragraphs."""

    size: float = 16.0
    leading: float = 28.0
    left: float = 79.0
    right: float = 516.0
    top: float = 104.0
    bottom: float = 740.0
    indent: float = 2.0
    gap: float = 0.0
    page_numbers: bool = True


def width(char: str, size: float) -> float:
    """The font's own width of a character, in points for a ``size`` in points."""
    return pdfmetrics.stringWidth(char, FONT, size)


def break_lines(text: str, room: float, first: float, size: float) -> list[str]:
    """Lines as Word breaks them: no closing sign begins a line, no opening sign ends one, numbers stay whole."""
    lines: list[str] = []
    line, used = "", first
    tokens: list[str] = []
    for char in text:
        if (
            tokens
            and char.isascii()
            and char.isalnum()
            and tokens[-1][-1].isascii()
            and tokens[-1][-1].isalnum()
        ):
            tokens[-1] += char
        else:
            tokens.append(char)
    for index, token in enumerate(tokens):
        need = sum(width(c, size) for c in token)
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        tail = size if following and following in _CLOSERS and token not in _CLOSERS else 0.0
        if used + need + tail > room + 0.01 and line and token not in _CLOSERS:
            carried = ""
            while line and line[-1] in _OPENERS:
                carried, line = line[-1] + carried, line[:-1]
            lines.append(line)
            line, used = carried, sum(width(c, size) for c in carried)
        line += token
        used += need
    return [*lines, line]


class Page:
    """Draws from the top of the page, one baseline after the other."""

    def __init__(self, setting: Setting, canvas: Canvas) -> None:
        self.setting, self.canvas, self.y, self.number = setting, canvas, setting.top, 1

    def text(self, x: float, y: float, words: str, size: float | None = None) -> None:
        self.canvas.setFont(FONT, size or self.setting.size)
        self.canvas.drawString(x, HIGH - y, words)

    def turn(self) -> None:
        """End the page with its number."""
        if self.setting.page_numbers:
            self.text(280, HIGH - 60, f"— {self.number} —", 14)
        self.canvas.showPage()
        self.number += 1
        self.y = self.setting.top

    def _line(self, x: float, words: str, size: float) -> None:
        if self.y > self.setting.bottom:
            self.turn()
        self.text(x, self.y, words, size)
        self.y += self.setting.leading * size / self.setting.size

    def paragraph(self, text: str, place: str = "body", size: float | None = None) -> None:
        """``place``: body, flush, centre or right."""
        s = self.setting
        size = size or s.size
        room = s.right - s.left
        first = s.indent * size if place == "body" else 0.0
        for index, line in enumerate(break_lines(text, room, first, size)):
            wide = sum(width(c, size) for c in line)
            x = s.left + (first if index == 0 else 0.0)
            if place == "centre":
                x = s.left + (room - wide) / 2
            elif place == "right":
                x = s.right - wide
            self._line(x, line, size)
        self.y += s.gap


def make_pdf(draw: Callable[[Page], None], setting: Setting | None = None, **options: Any) -> bytes:
    """A PDF drawn by ``draw``; ``options`` go to reportlab's canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=1, **options)
    page = Page(setting or Setting(), canvas)
    draw(page)
    page.turn()
    canvas.save()
    return buffer.getvalue()


def notice_pdf(paragraphs: Sequence[tuple[str, str]], setting: Setting | None = None) -> bytes:
    """(text, place) in order; a place ``title`` is centred and larger."""

    def draw(page: Page) -> None:
        for text, place in paragraphs:
            title = place == "title"
            page.paragraph(text, "centre" if title else place, 22.0 if title else None)

    return make_pdf(draw, setting)
