"""The PDF with its faults highlighted and a note on each; text and pages stay as they were."""

import ctypes
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.errors import UsageError
from extractor.model import Box, Document
from extractor.readers.pdf import open_pdf
from extractor.render.remarks import Other, Record, Remark, remarks
from extractor.rulebook.cards import Card
from extractor.settings import Settings

AUTHOR = "notice"
# Red, amber, blue; grey for the other side of a contradiction (0–255). Pale: where findings overlap, colours multiply.
_COLOURS = {
    "error": (255, 178, 178),
    "warning": (255, 220, 130),
    "info": (184, 220, 255),
    "other": (120, 120, 120),
}
_PRINT = 4  # annotation flag: shown on paper too
_WHOLE = 2  # pdfium: write the file anew; appending to it would double its size
_SMALL = 0.02  # scale of the rendering that makes pdfium write the appearances

Quad = tuple[float, float, float, float]
"""Left, low, right, high in the page's own coordinates (points, origin bottom left, not turned)."""


def annotate_pdf(
    raw: bytes, document: Document, record: Record, cards: Mapping[str, Card], *, lang: str = "zh"
) -> bytes:
    """The file with a highlight and a note for each finding of ``record``; the other sides are underlined.

    ``document``: what the reader made of ``raw``; its runs hold the boxes. A finding without a box gets a note at the top
    of its page. Raises the ``ReadError`` kinds of a file that cannot be opened, ``UsageError`` when it cannot be written.
    """
    found = remarks(record, cards, lang)
    if not found:
        return raw
    pdf = open_pdf(raw, Settings())
    try:
        pages: dict[int, _Page] = {}
        for remark in found:
            for page, quads in _quads(document, remark.start, remark.end, pdf, pages):
                page.highlight(remark, quads, lang)
            for other in remark.others:
                if other.start is None or other.end is None:
                    continue
                for page, quads in _quads(document, other.start, other.end, pdf, pages, True):
                    page.underline(remark, other, quads)
        for page in pages.values():
            page.close()
        buffer = io.BytesIO()
        try:
            pdf.save(buffer, flags=_WHOLE)
        except Exception as error:
            raise UsageError("这份 PDF 不能写入批注") from error
    finally:
        pdf.close()
    return buffer.getvalue()


def _quads(
    document: Document, start: int, end: int, pdf: Any, pages: dict[int, "_Page"], boxed: bool = False
) -> Iterator[tuple["_Page", list[Quad]]]:
    """The rectangles of a stretch of text, page by page. Without any box: the page alone, unless ``boxed`` is asked for."""
    lines = _lines(document, start, max(end, start + 1))
    if not lines and not boxed:
        lines = {document.place(start).page or 1: []}
    for number, boxes in lines.items():
        if not 1 <= number <= len(pdf):
            continue
        if number not in pages:
            pages[number] = _Page(pdf, number)
        page = pages[number]
        yield page, [page.quad(box) for box in boxes]


def _lines(document: Document, start: int, end: int) -> dict[int, list[Box]]:
    """The boxes of the characters joined to one box a line, by page."""
    found: dict[int, list[Box]] = {}
    for run in document.runs:
        if run.end <= start or run.start >= end or not run.boxes or run.page is None:
            continue
        lines = found.setdefault(run.page, [])
        for box in run.boxes[max(start - run.start, 0) : end - run.start]:
            if lines and _same_line(lines[-1], box):
                last = lines[-1]
                lines[-1] = Box(
                    min(last.x0, box.x0),
                    min(last.top, box.top),
                    max(last.x1, box.x1),
                    max(last.bottom, box.bottom),
                )
            else:
                lines.append(box)
    return found


def _same_line(line: Box, box: Box) -> bool:
    """Whether a character goes on with a line, which may run across or, on a page set sideways, up or down."""
    wide, tall = line.x1 - line.x0, line.bottom - line.top
    size = max(box.x1 - box.x0, box.bottom - box.top, 1.0)
    beside = min(line.bottom, box.bottom) - max(line.top, box.top) > 0.5 * (box.bottom - box.top)
    if beside and tall < 1.8 * max(wide, size):
        return line.x0 - 0.5 * size < box.x0 < line.x1 + 3 * size
    below = min(line.x1, box.x1) - max(line.x0, box.x0) > 0.5 * (box.x1 - box.x0)
    return (
        below
        and wide < 1.8 * size
        and -0.5 * size < max(box.top - line.bottom, line.top - box.bottom) < 3 * size
    )


class _Page:
    """One page being annotated. Not a value: pdfium changes it."""

    def __init__(self, pdf: Any, number: int) -> None:
        self._page = pdf[number - 1]
        self._left, self._low, self._right, self._high = self._page.get_bbox()
        self._turn = self._page.get_rotation() % 360
        self._notes = 0

    def quad(self, box: Box) -> Quad:
        """A box as a reader sees it (origin top left, page turned) in the page's own coordinates."""
        ax, ay = self._point(box.x0, box.top)
        bx, by = self._point(box.x1, box.bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y + self._left, x + self._low
        if self._turn == 180:
            return self._right - x, y + self._low
        if self._turn == 270:
            return self._right - y, self._high - x
        return x + self._left, self._high - y

    def highlight(self, remark: Remark, quads: Sequence[Quad], lang: str) -> None:
        """Mark the words and write the whole remark as the note."""
        import pypdfium2.raw as pdfium

        text = "\n".join(
            (f"{remark.number} {remark.label} {remark.code} {remark.title}", *remark.lines(lang))
        )
        kind = pdfium.FPDF_ANNOT_HIGHLIGHT
        if not quads:
            kind, quads = pdfium.FPDF_ANNOT_TEXT, [self._corner()]
        self._annotate(kind, quads, _COLOURS[remark.severity], text, remark.code, f"notice-{remark.number}")

    def underline(self, remark: Remark, other: Other, quads: Sequence[Quad]) -> None:
        """Mark the other side of a contradiction."""
        import pypdfium2.raw as pdfium

        text = f"↔ {remark.number} {remark.code} {remark.title}" + (f"\n{other.note}" if other.note else "")
        name = f"notice-{remark.number}-{other.start}"
        self._annotate(pdfium.FPDF_ANNOT_UNDERLINE, quads, _COLOURS["other"], text, remark.code, name)

    def _corner(self) -> Quad:
        """A place for a note without words: below the upper edge, one beside the other."""
        self._notes += 1
        left, top = 24.0 * self._notes, 24.0
        return self.quad(Box(left, top, left + 20, top + 20))

    def _annotate(
        self,
        kind: int,
        quads: Sequence[Quad],
        colour: tuple[int, int, int],
        text: str,
        subject: str,
        name: str,
    ) -> None:
        import pypdfium2.raw as pdfium

        annotation = pdfium.FPDFPage_CreateAnnot(self._page.raw, kind)
        if not annotation:
            raise UsageError("这份 PDF 不能写入批注")
        try:
            if kind != pdfium.FPDF_ANNOT_TEXT:
                for left, low, right, high in quads:
                    corners = pdfium.FS_QUADPOINTSF(left, high, right, high, left, low, right, low)
                    pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
            pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, 255)
            around = pdfium.FS_RECTF(
                min(q[0] for q in quads),
                max(q[3] for q in quads),
                max(q[2] for q in quads),
                min(q[1] for q in quads),
            )
            pdfium.FPDFAnnot_SetRect(annotation, around)
            pdfium.FPDFAnnot_SetFlags(annotation, _PRINT)
            for key, value in (("Contents", text), ("T", AUTHOR), ("Subj", subject), ("NM", name)):
                pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(value))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)

    def close(self) -> None:
        """Let pdfium write how each mark looks (it does so when it draws), for readers that draw nothing themselves."""
        self._page.render(scale=_SMALL)


def _wide(text: str) -> Any:
    """Text as pdfium takes it: UTF-16 with a zero at the end."""
    units = (text.replace("\0", "") + "\0").encode("utf-16-le", "replace")
    return (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)
