"""What pdfium hands out for one page: characters with boxes, ruling lines, images. Points, origin top left."""

import ctypes
import math
from collections import deque
from itertools import repeat
from typing import Any, cast

from extractor.patterns import lazy
from extractor.readers.glyphs import Characters, Drawing, place_blanks

PdfPage = Any
"""A ``pypdfium2.PdfPage``; the library has no types of its own."""

_ODD: dict[int, str] = dict.fromkeys((*range(32), 127, *range(0xD800, 0xE000)), "\ufffd")
_ODD |= {0x02: "-", 0xFFFE: "-", 0x09: " ", 0x0A: "\n", 0x0B: " ", 0x0C: " ", 0x0D: "\r"}
_LONE_RETURN = lazy("\r(?!\n)")
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_THIN = 3.0  # points: a filled rectangle up to this is a ruling line
_MANY = 20_000  # path objects: more is a drawing or a map, not a table


class _Frame:
    """Page coordinates (origin bottom left, not turned) → what a reader sees (origin top left, turned)."""

    def __init__(self, page: PdfPage) -> None:
        self.left, self.low, self.right, self.high = page.get_bbox()
        self.turn: int = page.get_rotation() % 360
        wide, tall = self.right - self.left, self.high - self.low
        self.width, self.height = (tall, wide) if self.turn in (90, 270) else (wide, tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.low, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.low
        if self.turn == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y


def characters(page: PdfPage) -> Characters:
    """The characters of a page. Coordinates that are no numbers become 0."""
    import pypdfium2.raw as pdfium

    frame = _Frame(page)
    textpage = page.get_textpage()
    handle = textpage.raw
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count > 0 else ""
    if len(text) != count:
        text = "".join(chr(pdfium.FPDFText_GetUnicode(handle, i)) for i in range(max(count, 0)))
    if not text.replace("\r\n", "").isprintable():
        text = text.translate(_ODD)
        if text.count("\r") != text.count("\r\n"):
            text = _LONE_RETURN.sub(" ", text)
    x0, top, x1, bottom = _boxes(handle, count, frame)
    place_blanks(text, x0, top, x1, bottom)
    x, y = ctypes.c_double(), ctypes.c_double()

    def base(index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
        found = frame.point(x.value, y.value)[1]
        return found if math.isfinite(found) else 0.0

    def size(index: int) -> float:
        return float(pdfium.FPDFText_GetFontSize(handle, index))

    # The closures keep the text page alive as long as they are.
    base.__dict__["page"] = (textpage, page)
    for row in (x0, top, x1, bottom):
        if row and not math.isfinite(sum(row)):
            row[:] = [value if math.isfinite(value) else 0.0 for value in row]
    return Characters(text, x0, top, x1, bottom, frame.width, frame.height, base, size)


def _boxes(
    handle: Any, count: int, frame: _Frame
) -> tuple[list[float], list[float], list[float], list[float]]:
    """x0, top, x1, bottom of every character. pdfium fills one array, so that Python sees it once and not per character."""
    import pypdfium2.raw as pdfium

    if count <= 0:
        return [], [], [], []
    array = (pdfium.FS_RECTF * count)()
    loose = _quick(
        pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
    )
    start = ctypes.addressof(array)
    deque(map(loose, repeat(_address(handle)), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    flat = cast("list[float]", memoryview(array).cast("B").cast("f").tolist())
    left, high, right, low = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
    if frame.turn == 0:
        dx, dy = frame.left, frame.high
        if dx:
            left, right = [x - dx for x in left], [x - dx for x in right]
        return left, [dy - y for y in high], right, [dy - y for y in low]
    one = [frame.point(x, y) for x, y in zip(left, high, strict=True)]
    other = [frame.point(x, y) for x, y in zip(right, low, strict=True)]
    return (
        [min(a[0], b[0]) for a, b in zip(one, other, strict=True)],
        [min(a[1], b[1]) for a, b in zip(one, other, strict=True)],
        [max(a[0], b[0]) for a, b in zip(one, other, strict=True)],
        [max(a[1], b[1]) for a, b in zip(one, other, strict=True)],
    )


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function taking plain addresses: half the cost of a call, and there is one for every character."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def drawing(page: PdfPage) -> Drawing:
    """Ruling lines and images of a page. Curves, colours and slanting lines are left aside."""
    import pypdfium2.raw as pdfium

    frame = _Frame(page)
    horizontal: list[tuple[float, float, float, float]] = []
    vertical: list[tuple[float, float, float, float]] = []
    covered = 0.0
    bounds = tuple(ctypes.c_float() for _ in range(4))
    pointers = tuple(ctypes.byref(value) for value in bounds)

    def note(ax: float, ay: float, bx: float, by: float) -> None:
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if bottom - top <= _THIN and right - left > 2 * _THIN:
            horizontal.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif right - left <= _THIN and bottom - top > 2 * _THIN:
            vertical.append(((left + right) / 2, top, (left + right) / 2, bottom))

    count = pdfium.FPDFPage_CountObjects(page.raw)
    get = _quick(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    items: list[int] = list(map(get, repeat(_address(page.raw)), range(count)))
    kinds: list[int] = list(map(_quick(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p), items))
    stack: list[tuple[Any, int, Any]] = []
    if kinds.count(_TEXT) < count:
        stack = [
            (ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), kind, None)
            for item, kind in zip(items, kinds, strict=True)
            if kind != _TEXT
        ]
    seen = 0
    while stack and seen < _MANY:
        item, kind, matrix = stack.pop()
        seen += 1
        if kind == _FORM:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(inner))
            joined = _times((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
            for j in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
                child = pdfium.FPDFFormObj_GetObject(item, j)
                child_kind = pdfium.FPDFPageObj_GetType(child)
                if child_kind != _TEXT:
                    stack.append((child, child_kind, joined))
        elif kind in (_PATH, _IMAGE) and pdfium.FPDFPageObj_GetBounds(item, *pointers):
            left, low, right, high = (value.value for value in bounds)
            a = frame.point(*_apply(matrix, left, low))
            b = frame.point(*_apply(matrix, right, high))
            if kind == _IMAGE:
                covered += abs((a[0] - b[0]) * (a[1] - b[1]))
            elif min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _THIN:
                note(*a, *b)
            else:
                for p, q in _strokes(item):
                    own = pdfium.FS_MATRIX()
                    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(own))
                    whole = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                    note(*frame.point(*_apply(whole, *p)), *frame.point(*_apply(whole, *q)))
    area = frame.width * frame.height
    return Drawing(tuple(horizontal), tuple(vertical), min(covered / area, 1.0) if area > 0 else 0.0, count)


_Matrix = tuple[float, float, float, float, float, float]


def _times(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer  # noqa: N806 - the second matrix of a product
    return a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F


def _apply(matrix: _Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _strokes(item: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight sides of a path, in its own coordinates; empty for a path with curves or very many sides."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(item)
    if not 0 < count <= 4000:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[tuple[float, float], tuple[float, float]]] = []
    start = here = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            sides.append((here, point))
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            sides.append((here, start))
            here = start
    return sides
