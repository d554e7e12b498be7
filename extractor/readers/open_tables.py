"""Tables without ruling lines: rows of three or more short words that stand under one another.

Only rows that follow directly on one another count, and at least two of them must have a word in every column.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct

from extractor.readers.geometry import fits_on
from extractor.readers.glyphs import Characters
from extractor.readers.lines import TextLine, pieces_of
from extractor.readers.pdf_tables import RuledTable


class _Row(Struct):
    base: float
    words: list[TextLine]


def open_tables(found: Characters, pieces: Sequence[TextLine]) -> tuple[list[RuledTable], frozenset[int]]:
    """The tables a page shows by alignment alone, from its ``page_pieces``, and the characters they hold."""
    if sum(_is_short(found, piece) for piece in pieces) < 4:
        return [], frozenset()
    rows = _rows_of(found, pieces)
    tables: list[RuledTable] = []
    used: set[int] = set()
    first = 0
    while first < len(rows):
        last, columns = _extent(rows, first)
        if last > first:
            tables.append(_table(found, rows[first : last + 1], columns))
            for row in rows[first : last + 1]:
                used.update(i for word in row.words for a, b in word.parts for i in range(a, b))
            first = last
        first += 1
    return tables, frozenset(used)


def _is_short(found: Characters, piece: TextLine) -> bool:
    """Whether a line may be a word of a row, or hold several: far from filling the page, or with blanks in it."""
    return piece.x1 - piece.x0 < 0.4 * found.width or " " in piece.text


def _rows_of(found: Characters, pieces: Sequence[TextLine]) -> list[_Row]:
    """Words by baseline, cut at wide gaps."""
    words = [word for piece in pieces for word in _cut_at_gaps(found, piece)]
    words.sort(key=lambda word: (word.base, word.x0))
    rows: list[_Row] = []
    for word in words:
        if rows and word.base - rows[-1].base < 0.4 * word.em:
            rows[-1].words.append(word)
        else:
            rows.append(_Row(word.base, [word]))
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    return rows


def _cut_at_gaps(found: Characters, piece: TextLine) -> list[TextLine]:
    if " " not in piece.text or len(piece.parts) != 1:
        return [piece]
    ((a, b),) = piece.parts
    cuts = [i for i in range(a, b) if found.text[i] == " " and found.x1[i] - found.x0[i] > 1.2 * piece.em]
    if not cuts:
        return [piece]
    out: list[TextLine] = []
    for start, stop in zip([a, *(i + 1 for i in cuts)], [*cuts, b], strict=True):
        out.extend(pieces_of(found, start, stop))
    return out


def _is_full(row: _Row) -> bool:
    words = row.words
    return len(words) >= 3 and all(
        right.x0 - left.x1 > 0.8 * left.em for left, right in itertools.pairwise(words)
    )


def _extent(rows: Sequence[_Row], first: int) -> tuple[int, list[tuple[float, float]]]:
    """The last row of the table that begins at ``first`` (``first`` itself when there is none), and its columns."""
    if not _is_full(rows[first]):
        return first, []
    columns = [(word.x0, word.x1) for word in rows[first].words]
    last, full = first, 1
    for index in range(first + 1, len(rows)):
        row = rows[index]
        if row.base - rows[index - 1].base > 3.2 * row.words[0].em:
            break
        grown = _fitted(row, columns)
        if grown is None:
            break
        columns = grown
        if len(row.words) == len(columns):
            full += 1
            last = index
        elif full >= 1 and not any(_column(word, columns) == 0 for word in row.words):
            last = index
        else:
            break
    return (last, columns) if full >= 2 else (first, [])


def _fitted(row: _Row, columns: Sequence[tuple[float, float]]) -> list[tuple[float, float]] | None:
    """The columns widened by a row's words; None when a word stands in no column or in two."""
    grown = list(columns)
    taken: set[int] = set()
    for word in row.words:
        column = _column(word, columns)
        if column is None or column in taken:
            return None
        taken.add(column)
        grown[column] = (min(grown[column][0], word.x0), max(grown[column][1], word.x1))
    if any(right[0] - left[1] < 0.3 * row.words[0].em for left, right in itertools.pairwise(grown)):
        return None
    return grown


def _column(word: TextLine, columns: Sequence[tuple[float, float]]) -> int | None:
    """The column a word stands in: it covers part of it, or begins where it begins, and touches no other."""
    near = [
        i
        for i, (x0, x1) in enumerate(columns)
        if word.x0 < x1 + 0.2 * word.em and word.x1 > x0 - 0.2 * word.em
    ]
    return near[0] if len(near) == 1 else None


def _table(found: Characters, rows: Sequence[_Row], columns: list[tuple[float, float]]) -> RuledTable:
    """Rows put together: a line without a word in the first column goes on with the row above."""
    cells: list[list[list[TextLine]]] = []
    for row in rows:
        placed = {_column(word, columns): word for word in row.words}
        if not cells or 0 in placed:
            cells.append([[] for _ in columns])
        for column, word in placed.items():
            if column is not None:
                cells[-1][column].append(word)
    widths = [x1 - x0 for x0, x1 in columns]
    return RuledTable(
        rows[0].words[0].top,
        rows[-1].words[0].bottom,
        tuple(x0 for x0, _ in columns),
        columns[-1][1],
        tuple(tuple(_grouped(found, cell, widths[i]) for i, cell in enumerate(line)) for line in cells),
    )


def _grouped(found: Characters, lines: Sequence[TextLine], width: float) -> tuple[tuple[TextLine, ...], ...]:
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and not fits_on(
            found, groups[-1][-1], line, width - (groups[-1][-1].x1 - groups[-1][-1].x0)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(tuple(group) for group in groups)
