"""Characters with boxes → printed lines in reading order, columns told apart. Points, origin top left."""

import itertools
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from extractor.patterns import lazy
from extractor.readers.glyphs import Characters

_CJK = lazy(r"[㐀-鿿！-～、-〿]")
_FULL = lazy(r"[㐀-鿿]")
_TWIN = lazy(r"(\S)\1")


class TextLine(NamedTuple):
    """One printed line. ``parts``: half-open ranges of character numbers, left to right, parted by wide gaps.

    ``base``: its baseline from the top; ``em``: width of its widest character; ``number``: its place on the page (from 1).
    """

    parts: tuple[tuple[int, int], ...]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    em: float
    page: int = 0
    number: int = 0
    column: int = 0  # 0: the whole width, 1: left column, 2: right column

    @property
    def chinese(self) -> bool:
        return _CJK.search(self.text) is not None


def text_lines(found: Characters, pieces: list[TextLine]) -> list[TextLine]:
    """The printed lines of a page in reading order, from its ``page_pieces``."""
    middle = gutter(found, pieces)
    if middle is None:
        return _rows(found, pieces)
    return _in_columns(found, pieces, middle)


def page_pieces(found: Characters, skip: frozenset[int] = frozenset()) -> list[TextLine]:
    """The lines as the file holds them, not yet put together by baseline; characters in ``skip`` are left aside."""
    pieces: list[TextLine] = []
    text, start = found.text, 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        for a, b in _kept(start, stop, skip) if skip else ((start, stop),):
            pieces.extend(pieces_of(found, a, b))
        start = stop + 1
    return pieces


def gutter(found: Characters, pieces: Sequence[TextLine]) -> float | None:
    """Where the page is parted into two columns, None for the usual page.

    Two columns are two stacks of lines that share their edges on both sides of one blank strip near the middle.
    """
    low, high = 0.35 * found.width, 0.65 * found.width
    ends = [p.x1 for p in pieces if p.x0 < low and p.x1 < high and len(p.text) > 5]
    begins = [p.x0 for p in pieces if low < p.x0 < high and len(p.text) > 5]
    for piece in pieces:
        for gap in _gaps(found, piece, low, high):
            ends.append(gap[0])
            begins.append(gap[1])
    if len(begins) < 6 or len(ends) < 6:
        return None
    end, ends_there = mode(ends, 6.0)
    begin, begins_there = mode(begins, 6.0)
    if ends_there < max(4, 0.4 * len(ends)) or begins_there < max(4, 0.4 * len(begins)) or begin - end < 4.0:
        return None
    middle = (begin + end) / 2
    across = sum(p.x0 < middle - 8 and p.x1 > middle + 8 and _cut(found, p, middle) is None for p in pieces)
    return middle if across <= 0.25 * len(pieces) else None


def _gaps(found: Characters, piece: TextLine, low: float, high: float) -> list[tuple[float, float]]:
    """Blank strips inside a line, wider than a character, in the middle of the page."""
    if " " not in piece.text or piece.x1 < low or piece.x0 > high:
        return []
    (a, b), *_ = piece.parts
    return [
        (found.x0[i], found.x1[i])
        for i in range(a, b)
        if found.text[i] == " " and found.x1[i] - found.x0[i] > piece.em and low < found.x1[i] < high
    ]


def _cut(found: Characters, piece: TextLine, middle: float) -> int | None:
    """The number of the blank inside a line that lies over the gutter."""
    for a, b in piece.parts:
        for i in range(a + 1, b - 1):
            wide = found.x1[i] - found.x0[i] > 0.8 * piece.em
            if found.text[i] == " " and wide and found.x0[i] - 3 <= middle <= found.x1[i] + 3:
                return i
    return None


def _in_columns(found: Characters, pieces: Sequence[TextLine], middle: float) -> list[TextLine]:
    """Lines in reading order: between lines that cross the page, the left column before the right one."""
    sides: tuple[list[TextLine], list[TextLine], list[TextLine]] = ([], [], [])
    for piece in pieces:
        if piece.x1 <= middle + 8:
            sides[1].append(piece)
        elif piece.x0 >= middle - 8:
            sides[2].append(piece)
        elif (at := _cut(found, piece, middle)) is not None:
            sides[1].extend(pieces_of(found, piece.parts[0][0], at))
            sides[2].extend(pieces_of(found, at, piece.parts[-1][1]))
        else:
            sides[0].append(piece)
    whole, left, right = (
        [line._replace(column=column) for line in _rows(found, side)] for column, side in enumerate(sides)
    )
    ordered: list[TextLine] = []
    for line in whole:
        for column in (left, right):
            while column and column[0].base < line.base:
                ordered.append(column.pop(0))
        ordered.append(line)
    return ordered + left + right


def lines_of(found: Characters, ranges: Sequence[tuple[int, int]]) -> list[TextLine]:
    """The printed lines of some ranges of characters, from top to bottom."""
    return _rows(found, [piece for a, b in ranges for piece in pieces_of(found, a, b)])


def _kept(start: int, stop: int, skip: frozenset[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    begin = -1
    for i in range(start, stop):
        if i in skip:
            if begin >= 0:
                ranges.append((begin, i))
            begin = -1
        elif begin < 0:
            begin = i
    if begin >= 0:
        ranges.append((begin, stop))
    return ranges


def pieces_of(found: Characters, a: int, b: int) -> list[TextLine]:
    """What pdfium holds for one line, cut where the characters jump back or to another baseline."""
    text = found.text
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    if a >= b:
        return []
    x0 = found.x0[a:b]
    low = found.bottom[a:b]
    em = _em(found, a, b)
    cuts: list[int] = []
    if x0 != sorted(x0):
        cuts = [
            i for i in range(a + 1, b) if found.x0[i] < found.x0[i - 1] - 0.4 * em and not text[i].isspace()
        ]
    if max(low) - min(low) > 0.6 * em:
        bases = [found.base(i) for i in range(a, b)]
        last = bases[0]
        for i in range(a + 1, b):
            if text[i].isspace():
                continue
            if abs(bases[i - a] - last) > 0.5 * em:
                cuts.append(i)
            last = bases[i - a]
    if cuts:
        edges = sorted({a, *cuts, b})
        return [line for left, right in itertools.pairwise(edges) for line in pieces_of(found, left, right)]
    parts: tuple[tuple[int, int], ...] = ((a, b),)
    shown = text[a:b]
    if _TWIN.search(shown):
        parts = _without_twins(found, a, b)
        shown = "".join(text[i:j] for i, j in parts)
    return [_line(found, parts, shown, em)]


def _em(found: Characters, a: int, b: int) -> float:
    """The width of a full character: as the file states it, or the widest one; the usual one where places are guessed."""
    if found.sized:
        return max(found.size(a), 0.5)
    if found.rough:
        full = [found.widths[i] for i in range(a, b) if _FULL.match(found.text[i])]
        return max(median(full) if len(full) > 3 else found.size(a), 0.5)
    widest = max(found.widths[a:b])
    return widest if widest > 0.5 else 10.0


def _line(found: Characters, parts: tuple[tuple[int, int], ...], text: str, em: float) -> TextLine:
    first, last = parts[0][0], parts[-1][1] - 1
    base = found.base(first)
    return TextLine(
        parts, text, found.x0[first], found.x1[last], found.top[first], found.bottom[first], base, em
    )


def _without_twins(found: Characters, a: int, b: int) -> tuple[tuple[int, int], ...]:
    """Ranges without characters printed twice in one place to look bold."""
    parts: list[tuple[int, int]] = []
    begin = a
    for i in range(a + 1, b):
        if found.text[i] == found.text[i - 1] and abs(found.x0[i] - found.x0[i - 1]) < 0.3 * (
            found.x1[i] - found.x0[i]
        ):
            if begin < i:
                parts.append((begin, i))
            begin = i + 1
    if begin < b:
        parts.append((begin, b))
    return tuple(parts)


def _rows(found: Characters, pieces: list[TextLine]) -> list[TextLine]:
    """Pieces on one baseline become one line; then top to bottom."""
    pieces.sort(key=lambda line: (line.base, line.x0))
    rows: list[list[TextLine]] = []
    for piece in pieces:
        if rows and abs(piece.base - rows[-1][0].base) < 0.4 * min(piece.em, rows[-1][0].em):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return _letterhead(found, [row[0] if len(row) == 1 else merged(found, row) for row in rows])


def _letterhead(found: Characters, lines: list[TextLine]) -> list[TextLine]:
    """文件 set between and to the right of two issuers (GB/T 9704-2012, 7.2.4) goes to the end of the lower one."""
    for i in range(1, len(lines) - 1):
        above, word, below = lines[i - 1 : i + 2]
        if (
            len(word.text) <= 2
            and word.x0 > max(above.x1, below.x1) - 0.3 * word.em
            and abs(above.em - below.em) < 0.1 * above.em
            and below.base - above.base < 3 * max(above.em, word.em)
        ):
            return [*lines[:i], merged(found, [below, word]), *_letterhead(found, lines[i + 2 :])]
    return lines


def merged(found: Characters, row: Sequence[TextLine]) -> TextLine:
    """Pieces of one baseline in one line, a copy printed over its original left out."""
    row = sorted(row, key=lambda line: line.x0)
    kept: list[TextLine] = []
    for piece in row:
        if kept and piece.text == kept[-1].text and abs(piece.x0 - kept[-1].x0) < 0.5 * piece.em:
            continue
        kept.append(piece)
    ranges = [part for line in kept for part in line.parts]
    if any(b.x0 < a.x1 - 0.5 * a.em for a, b in itertools.pairwise(kept)):
        solid = (i for a, b in ranges for i in range(a, b) if not found.text[i].isspace())
        every = sorted(solid, key=found.x0.__getitem__)
        clashes = sum(
            found.x0[j] < found.x1[i] - 0.5 * (found.x1[i] - found.x0[i])
            for i, j in itertools.pairwise(every)
        )
        if clashes <= 0.2 * len(every):  # one fills the gaps of the other; else words are printed over words
            ranges = [(i, i + 1) for i in every]
    text = ""
    end = ranges[0][1]
    joined: list[tuple[int, int]] = []
    for a, b in ranges:
        if joined and a == end:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
        end = b
    for index, (a, b) in enumerate(joined):
        text += " " if index and gap_before(found, joined[index - 1], (a, b)) else ""
        text += found.text[a:b]
    em = max(line.em for line in kept)
    line = _line(found, tuple(joined), text, em)
    return line._replace(x1=max(piece.x1 for piece in kept))


def gap_before(found: Characters, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether a blank stands between two parts of a line that the file does not hold as a character."""
    width = found.x1[right[0]] - found.x0[right[0]]
    return found.x0[right[0]] - found.x1[left[1] - 1] > 0.3 * max(width, 1.0)


def mode(values: Sequence[float], tolerance: float) -> tuple[float, int]:
    """The value most others lie close to, and how many do."""
    ordered = sorted(values)
    best, weight, low = ordered[-1], 0, 0
    for high, value in enumerate(ordered):
        while value - ordered[low] > tolerance:
            low += 1
        if high - low + 1 >= weight:
            best, weight = value, high - low + 1
    return best, weight
