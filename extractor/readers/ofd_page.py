"""One page of an OFD file (GB/T 33190-2016): glyph codes with their deltas → characters with boxes; paths → ruling lines.

Elements are matched by local name: namespaces are wrong in the wild. Millimetres become points, origin top left.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from msgspec import Struct, field

from extractor.errors import TooLarge
from extractor.patterns import lazy
from extractor.readers.glyphs import Characters, Drawing
from extractor.readers.markup import Element, local

POINTS = 72 / 25.4
_DEPTH = 8
_LIMIT = 2_000_000
_NUMBER = lazy(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_THIN = 3.0  # points
_REASON = 1e12

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]


class Glyphs(Struct):
    """Collects the characters and lines of one page; coordinates in points from the page's corner."""

    width: float
    height: float
    chars: list[str] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    horizontal: list[Rectangle] = field(default_factory=list)
    vertical: list[Rectangle] = field(default_factory=list)
    images: int = 0

    def characters(self) -> Characters:
        return Characters(
            "".join(self.chars), self.x0, self.top, self.x1, self.bottom, self.width, self._height(),
            self.base.__getitem__, self.size.__getitem__, sized=True,
        )  # fmt: skip

    def drawing(self) -> Drawing:
        return Drawing(tuple(self.horizontal), tuple(self.vertical), 0.0)

    def _height(self) -> float:
        """The page's height; where the text fills only a corner the stated size is wrong, and the text says more."""
        lowest = max(self.bottom, default=0.0)
        return self.height if lowest > 0.5 * self.height else lowest * 1.06

    def put(
        self, char: str, x0: float, top: float, x1: float, bottom: float, base: float, size: float
    ) -> None:
        if len(self.chars) >= _LIMIT:
            raise TooLarge("OFD 一页里的文字太多")
        self.chars.append(char)
        self.x0.append(x0)
        self.top.append(top)
        self.x1.append(x1)
        self.bottom.append(bottom)
        self.base.append(base)
        self.size.append(size)


_PLAIN = frozenset("0123456789.- ")


def _plain(written: str) -> list[float] | None:
    """Numbers parted by blanks, as nearly every attribute has them; None for anything else."""
    if not _PLAIN.issuperset(written):
        return None
    try:
        found = list(map(float, written.split()))
    except ValueError:
        return None
    if len(written) > 12 and not (max(found, default=0.0) < _REASON and min(found, default=0.0) > -_REASON):
        return None
    return found


def numbers(written: str | None) -> list[float]:
    """The numbers of an attribute such as ``Boundary`` or ``CTM``; those beyond reason are 0."""
    if (plain := _plain(written or "")) is not None:
        return plain
    found = (float(word) for word in _NUMBER.findall(written or ""))
    return [value if math.isfinite(value) and abs(value) < _REASON else 0.0 for value in found]


def rectangle(written: str | None) -> Rectangle | None:
    found = numbers(written)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def page_area(root: Element, names: tuple[str, ...] = ("Area", "PageArea")) -> Rectangle | None:
    """The physical box a page (or the document) states, in millimetres."""
    for element in root.iter("{*}PhysicalBox"):
        if local(element.getparent()) in names:
            return rectangle(element.text)
    return None


def start_page(area: Rectangle | None) -> tuple[Glyphs, Matrix]:
    """An empty page of this area (A4 without one) and the way from its millimetres to points."""
    x, y, wide, tall = area if area and area[2] > 0 and area[3] > 0 else (0.0, 0.0, 210.0, 297.0)
    return Glyphs(wide * POINTS, tall * POINTS), (POINTS, 0, 0, POINTS, -x * POINTS, -y * POINTS)


def collect(root: Element, page: Glyphs, outer: Matrix, units: Mapping[str, Element], depth: int = 0) -> None:
    """Add what stands in a page, a template, an annotation or a composite unit."""
    for item in _objects(root):
        if item.get("Visible") == "false" or item.get("Alpha") == "0":
            continue
        kind = local(item)
        matrix = times(_placed(item), outer)
        if kind == "TextObject":
            _text(item, page, matrix)
        elif kind == "PathObject":
            _path(item, page, matrix)
        elif kind == "ImageObject":
            page.images += 1
        elif kind == "CompositeObject" and depth < _DEPTH:
            unit = units.get(item.get("ResourceID") or "")
            if unit is not None:
                collect(unit, page, matrix, units, depth + 1)


_KINDS = frozenset(("TextObject", "PathObject", "ImageObject", "CompositeObject"))


def _objects(root: Element) -> Iterator[Element]:
    """Page objects in order of the file; what stands inside one (a clip, a pattern) is part of it."""
    stack = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif local(element) in _KINDS:
            yield element
        elif len(element):
            stack.append(iter(element))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(item: Element) -> Matrix:
    """From an object's own coordinates to those around it: its CTM, then the corner of its boundary."""
    corner = rectangle(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    ctm = numbers(item.get("CTM"))
    a, b, c, d, e, f = ctm[:6] if len(ctm) >= 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + corner[0], f + corner[1]


def deltas(written: str | None, count: int) -> list[float]:
    """Advances as GB/T 33190 packs them: ``g 3 2.1`` stands for three times 2.1. At most ``count``."""
    if (plain := _plain(written or "")) is not None:
        return plain[:count]
    out: list[float] = []
    words = (written or "").split()
    i = 0
    while i < len(words) and len(out) < count:
        if words[i] == "g" and i + 2 < len(words):
            turns, value = numbers(words[i + 1]), numbers(words[i + 2])
            if turns and value:
                out.extend([value[0]] * min(max(int(turns[0]), 0), count - len(out)))
            i += 3
        else:
            out.extend(numbers(words[i])[:1])
            i += 1
    return out[:count]


@cache
def _share(char: str) -> float:
    """The width a character has in a usual font, in ems: half for Latin ones."""
    return 1.0 if char >= "\u2e80" or char in "—…“”‘’·①②③④⑤⑥⑦⑧⑨⑩" else 0.5


def _text(item: Element, page: Glyphs, matrix: Matrix) -> None:
    stated = numbers(item.get("Size") or item.get("size"))
    size = stated[0] if stated and stated[0] > 0 else 4.0
    scale = (numbers(item.get("HScale")) or [1.0])[0] or 1.0
    x = y = 0.0
    for code in item:
        if local(code) != "TextCode":
            continue
        text = (code.text or "").replace("\n", "").replace("\r", "").replace("\t", " ")
        if not text:
            continue
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        if page.chars and page.chars[-1] != "\n":
            page.put("\n", 0, 0, 0, 0, 0, 0)
        across = deltas(code.get("DeltaX"), len(text) - 1)
        along = deltas(code.get("DeltaY"), len(text) - 1)
        em = size * scale
        widths = [em * share for share in map(_share, text)]
        if across or not any(along):
            across.extend(widths[len(across) : len(text)])
        across.extend([0.0] * (len(text) - len(across)))
        along.extend([0.0] * (len(text) - len(along)))
        xs = list(accumulate(across, initial=x))
        if not any(along) and matrix[1] == 0 == matrix[2] and matrix[0] > 0 < matrix[3]:
            _level(page, matrix, text, xs, y, across, widths, size)
            x = xs[-1]
            continue
        for char, px, advance, dy, natural in zip(text, xs, across, along, widths, strict=False):
            _glyph(page, matrix, char, px, y, advance if 0 < advance < natural else natural, size)
            y += dy
        x = xs[-1]


def _level(
    page: Glyphs,
    matrix: Matrix,
    text: str,
    xs: Sequence[float],
    y: float,
    across: Sequence[float],
    widths: Sequence[float],
    size: float,
) -> None:
    """Put a level line of text at once: the usual case, and there are hundreds of characters on a page."""
    if len(page.chars) + len(text) > _LIMIT:
        raise TooLarge("OFD 一页里的文字太多")
    a, _, _, d, e, f = matrix
    base = d * y + f
    count = len(text)
    left = [a * x + e for x in xs[:count]]
    page.chars.extend(text)
    page.x0.extend(left)
    page.x1.extend(
        [
            x + a * (step if 0 < step < wide else wide)
            for x, step, wide in zip(left, across, widths, strict=False)
        ]
    )
    page.top.extend([base - 0.88 * size * d] * count)
    page.bottom.extend([base + 0.12 * size * d] * count)
    page.base.extend([base] * count)
    page.size.extend([size * d] * count)


def _glyph(page: Glyphs, matrix: Matrix, char: str, x: float, y: float, wide: float, size: float) -> None:
    """Put one character whose baseline begins at (x, y) of its object."""
    a, b, c, d, _, _ = matrix
    left, base = apply(matrix, x, y)
    if b == 0 and c == 0 and a > 0 and d > 0:
        page.put(char, left, base - 0.88 * size * d, left + wide * a, base + 0.12 * size * d, base, size * d)
        return
    corners = [apply(matrix, px, py) for px in (x, x + wide) for py in (y - 0.88 * size, y + 0.12 * size)]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    page.put(char, min(xs), min(ys), max(xs), max(ys), base, size * math.hypot(c, d))


def _path(item: Element, page: Glyphs, matrix: Matrix) -> None:
    """Straight strokes that lie level or upright become ruling lines; a path with curves is a drawing."""
    data = next((child.text or "" for child in item if local(child) == "AbbreviatedData"), "")
    words = data.split()
    if not words or len(words) > 20_000 or any(word in ("B", "Q", "A") for word in words):
        return
    start = here = (0.0, 0.0)
    i = 0
    while i < len(words):
        word = words[i]
        if word in ("S", "M", "L") and i + 2 < len(words):
            x, y = (numbers(words[i + 1]) or [0.0])[0], (numbers(words[i + 2]) or [0.0])[0]
            point = apply(matrix, x, y)
            if word == "L":
                _rule(page, here, point)
            else:
                start = point
            here = point
            i += 3
        elif word == "C":
            _rule(page, here, start)
            here = start
            i += 1
        else:
            i += 1


def _rule(page: Glyphs, p: tuple[float, float], q: tuple[float, float]) -> None:
    wide, tall = abs(p[0] - q[0]), abs(p[1] - q[1])
    left, right, top, bottom = min(p[0], q[0]), max(p[0], q[0]), min(p[1], q[1]), max(p[1], q[1])
    if tall <= _THIN / 2 and wide > 2 * _THIN:
        page.horizontal.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
    elif wide <= _THIN / 2 and tall > 2 * _THIN:
        page.vertical.append(((left + right) / 2, top, (left + right) / 2, bottom))
