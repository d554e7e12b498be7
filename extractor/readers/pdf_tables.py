"""Ruled tables of a page: pdfplumber's search for cells over pdfium's lines, and what stands in each cell."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from extractor.readers.geometry import fits_on
from extractor.readers.glyphs import Characters, Drawing
from extractor.readers.lines import TextLine, lines_of

_TOLERANCE = 3.0  # points
_LIMIT = 3000  # edges or crossings: more is a drawing

Rectangle = tuple[float, float, float, float]


TableCell = tuple[tuple[TextLine, ...], ...]
"""The lines of a cell by paragraph."""
TableRow = tuple[TableCell, ...]


class RuledTable(Struct, frozen=True):
    """``rows``: for each row and grid column the lines of the cell grouped into paragraphs; empty where a merged cell goes on."""

    top: float
    bottom: float
    columns: tuple[float, ...]  # where each begins
    right: float
    rows: tuple[TableRow, ...]

    def row_text(self, index: int) -> str:
        return "\t".join("".join(line.text for group in cell for line in group) for cell in self.rows[index])


def ruled_tables(found: Characters, drawn: Drawing) -> tuple[list[RuledTable], frozenset[int]]:
    """The tables of a page from top to bottom, and the characters they hold."""
    if (
        len(drawn.vertical) < 2
        or len(drawn.horizontal) < 2
        or len(drawn.vertical) + len(drawn.horizontal) > _LIMIT
    ):
        return [], frozenset()
    tables: list[RuledTable] = []
    used: set[int] = set()
    for cells in _grids(drawn):
        lefts = sorted({cell[0] for cell in cells})
        if len(lefts) < 2:
            continue
        table, inside = _fill(found, cells, lefts)
        if table is not None:
            tables.append(table)
            used |= inside
    tables.sort(key=lambda table: table.top)
    return tables, frozenset(used)


def _grids(drawn: Drawing) -> list[list[Rectangle]]:
    """The cells of each table as rectangles."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, merge_edges

    edges = [_edge(line, "h") for line in drawn.horizontal] + [_edge(line, "v") for line in drawn.vertical]
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged += _open_sides(merged)
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _LIMIT:
        return []
    return [list(cells) for cells in cells_to_tables(_cells(crossings)) if len(cells) >= 2]


def _cells(crossings: Mapping[tuple[float, float], Mapping[str, list[dict[str, Any]]]]) -> list[Rectangle]:
    """For each crossing the smallest rectangle to its lower right whose four sides are drawn.

    What pdfplumber's ``intersections_to_cells`` finds; that one collects the edges of both crossings for every pair of them.
    """
    uprights, rules = (
        {
            point: {(e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges[kind]}
            for point, edges in crossings.items()
        }
        for kind in ("v", "h")
    )
    points = sorted(crossings)
    columns: dict[float, list[float]] = {}
    rows: dict[float, list[float]] = {}
    for x, y in points:
        columns.setdefault(x, []).append(y)
        rows.setdefault(y, []).append(x)
    cells: list[Rectangle] = []
    for x, y in points:
        down, across = uprights[x, y], rules[x, y]
        right = [r for r in rows[y] if r > x and not across.isdisjoint(rules[r, y])]
        for low in columns[x] if right else ():
            if low > y and not down.isdisjoint(uprights[x, low]):
                found = next((r for r in right if (r, low) in crossings
                              and not uprights[r, low].isdisjoint(uprights[r, y])
                              and not rules[r, low].isdisjoint(rules[x, low])), None)  # fmt: skip
                if found is not None:
                    cells.append((x, y, found, low))
                    break
    return cells


def _edge(line: Rectangle, orientation: str) -> dict[str, Any]:
    x0, top, x1, bottom = line
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": orientation, "object_type": "line",
    }  # fmt: skip


def _open_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sides for tables drawn without their outer upright lines: where three rules begin (or end) together."""
    rules = [edge for edge in edges if edge["orientation"] == "h"]
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    added: list[dict[str, Any]] = []
    for _, group in groupby(
        sorted(rules, key=lambda e: (round(e["x0"] / 4), round(e["x1"] / 4), e["top"])),
        key=lambda e: (round(e["x0"] / 4), round(e["x1"] / 4)),
    ):
        same = list(group)
        if len(same) < 3:
            continue
        top, bottom = same[0]["top"], same[-1]["top"]
        inner = [
            u
            for u in uprights
            if u["top"] <= bottom and u["bottom"] >= top and same[0]["x0"] < u["x0"] < same[0]["x1"]
        ]
        if not inner:
            continue
        added.extend(
            _edge((x, top, x, bottom), "v")
            for x in (same[0]["x0"], same[0]["x1"])
            if not any(abs(u["x0"] - x) <= 2 * _TOLERANCE for u in uprights)
        )
    return added


def _fill(
    found: Characters, cells: list[Rectangle], lefts: list[float]
) -> tuple[RuledTable | None, set[int]]:
    """Sort the characters of a table into its cells."""
    cells = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    begins = [cell[1] for cell in cells]
    top, bottom = cells[0][1], max(cell[3] for cell in cells)
    left, right = lefts[0], max(cell[2] for cell in cells)
    runs: dict[int, list[tuple[int, int]]] = {}
    inside: set[int] = set()
    previous = -1
    for i, (char, x0, x1, y0, y1) in enumerate(
        zip(found.text, found.x0, found.x1, found.top, found.bottom, strict=True)
    ):
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        cell = -1
        if char in "\r\n":
            previous = -1
            continue
        if left <= x <= right and top <= y <= bottom:
            cell = _cell_at(cells, bisect_right(begins, y), x, y)
        if cell >= 0:
            inside.add(i)
            ranges = runs.setdefault(cell, [])
            if cell == previous and ranges and ranges[-1][1] == i:
                ranges[-1] = (ranges[-1][0], i + 1)
            else:
                ranges.append((i, i + 1))
        previous = cell
    if not any(found.text[a:b].strip() for ranges in runs.values() for a, b in ranges):
        return None, set()
    tops = sorted({cell[1] for cell in cells})
    rows: list[list[tuple[tuple[TextLine, ...], ...]]] = [[() for _ in lefts] for _ in tops]
    for index, rectangle in enumerate(cells):
        lines = lines_of(found, runs.get(index, []))
        rows[tops.index(rectangle[1])][lefts.index(rectangle[0])] = _paragraphs(found, lines, rectangle)
    kept = tuple(tuple(row) for row in rows if any(row))
    return RuledTable(top, bottom, tuple(lefts), right, kept), inside


def _cell_at(cells: Sequence[Rectangle], last: int, x: float, y: float) -> int:
    """The cell that covers a point, -1 if none does. ``last``: how many cells begin above the point."""
    for index in range(last - 1, -1, -1):
        x0, _, x1, bottom = cells[index]
        if x0 <= x <= x1 and y <= bottom:
            return index
    return -1


def _paragraphs(
    found: Characters, lines: list[TextLine], cell: Rectangle
) -> tuple[tuple[TextLine, ...], ...]:
    """The lines of a cell grouped: one that fills the cell goes on in the next."""
    if not lines:
        return ()
    padding = max(
        min(min(line.x0 for line in lines) - cell[0], cell[2] - max(line.x1 for line in lines)), 0.0
    )
    room = cell[2] - cell[0] - 2 * min(padding, 6.0)
    groups: list[list[TextLine]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if fits_on(found, before, line, room - (before.x1 - before.x0)):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(tuple(group) for group in groups)


def same_columns(one: RuledTable, other: RuledTable) -> bool:
    """Whether two tables have the same columns, so that one may go on in the other."""
    return len(one.columns) == len(other.columns) and all(
        abs(a - b) < 4.0 for a, b in zip(one.columns, other.columns, strict=True)
    )


def joined_rows(found: Characters, above: RuledTable, below: RuledTable) -> tuple[RuledTable, RuledTable]:
    """A row that a page end cuts in two, put together: its lower part has no first cell, and each of its cells goes on.

    ``found``: the characters of the lower page.
    """
    if len(above.rows) < 1 or len(below.rows) < 1:
        return above, below
    upper, lower = above.rows[-1], below.rows[0]
    if lower[0] or not any(lower):
        return above, below
    edges = [*above.columns[1:], above.right]
    merged: list[TableCell] = []
    for first, second, left, right in zip(upper, lower, above.columns, edges, strict=True):
        if not second:
            merged.append(first)
            continue
        if not first:
            return above, below
        last = first[-1][-1]
        room = right - left - 2 * min(max(last.x0 - left, 0.0), 6.0) - (last.x1 - last.x0)
        if fits_on(found, last, second[0][0], room):
            return above, below
        merged.append((*first[:-1], (*first[-1], *second[0]), *second[1:]))
    return replace(above, rows=(*above.rows[:-1], tuple(merged))), replace(below, rows=below.rows[1:])
