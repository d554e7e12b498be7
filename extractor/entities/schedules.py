"""Schedule tables (序号|活动|时间|地点|责任单位): as tables of the file, as lines of blank-parted cells, one cell a line."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.model import Line, Manuscript, Span
from extractor.patterns import lazy
from extractor.rulebook.activities import ActivityRules

_CELL = lazy(r"[^\s\u3000]+(?:[ ](?=[、，])[^\s\u3000]+)*")
_TABBED = lazy(r"[^\t]+")
_WHEN = lazy(r"\d{1,2}\s?月|\d{1,2}日|\d{1,2}[./]\d{1,2}|期间|[上中下]旬|每[周月]|全[年月]|长期")
_HEADER = lazy(r"时间|日期|地点|场所")
_NUMBER = lazy(r"\d{1,3}[.、]?$|[一二三四五六七八九十]{1,3}、?$")


class Row(Struct, frozen=True):
    """One activity of a table: its title cell, the whole row, its place cell."""

    title: Span
    scope: Span
    place: Span | None


def rows(manuscript: Manuscript, rules: ActivityRules) -> Iterator[Row]:
    """The rows of every schedule table of the document, in order."""
    covered: list[Span] = []
    for table in manuscript.document.tables:
        found = list(_of_grid(manuscript, table.rows, rules))
        if found:
            covered.append(table.span)
            yield from found
    lines: Sequence[Line] = manuscript.outline.lines
    if covered:
        lines = [line for line in lines if not any(span.overlaps(line.span) for span in covered)]
    yield from _of_lines(manuscript, lines, rules)


def _of_grid(
    manuscript: Manuscript, grid: tuple[tuple[Span, ...], ...], rules: ActivityRules
) -> Iterator[Row]:
    for top, header in enumerate(grid[:3]):
        roles = _roles([manuscript.read(cell) for cell in header], rules)
        if not roles:
            continue
        for cells in grid[top + 1 :]:
            row = _row(manuscript, cells, roles)
            if row:
                yield row
        return


def _roles(header: list[str], rules: ActivityRules) -> list[str]:
    """The columns' roles, when the header is that of a schedule: a title column and one of time or place.

    Columns of bodies and deadlines alone make a list of duties (任务分解表), not of activities.
    """
    if not 2 <= len(header) <= 12:
        return []
    roles = [rules.column(cell) for cell in header]
    if roles.count("") > 1 or "title" not in roles or not {"time", "place"} & set(roles):
        return []
    return roles


def _row(manuscript: Manuscript, cells: tuple[Span, ...], roles: list[str]) -> Row | None:
    """A data row under ``roles``; a row that lacks leading cells (merged ones) is matched from the right."""
    if len(cells) < 2 or len(cells) > len(roles):
        return None
    used = roles if len(cells) == len(roles) else roles[len(roles) - len(cells) :]
    if "title" not in used:
        return None
    title = cells[used.index("title")]
    text = manuscript.read(title)
    if len(text) < 2 or _NUMBER.match(text):
        return None
    spot = cells[used.index("place")] if "place" in used else None
    if spot and (len(manuscript.read(spot)) < 2 or re.fullmatch(r"[/\-×xX*无]+|待定", manuscript.read(spot))):
        spot = None
    return Row(title, Span(cells[0].start, cells[-1].end), spot)


def _of_lines(manuscript: Manuscript, lines: Sequence[Line], rules: ActivityRules) -> Iterator[Row]:
    chars = manuscript.reading.chars
    index = 0
    while index < len(lines):
        line = lines[index]
        length = line.end - line.start
        if length > 80:
            index += 1
            continue
        parted = line.span.end - line.span.start > length  # without blanks it is one cell
        header = _cells(manuscript, line) if parted and _HEADER.search(chars, line.start, line.end) else ()
        roles = _roles([manuscript.read(cell) for cell in header], rules) if 3 <= len(header) <= 12 else []
        if roles:
            index += 1
            while index < len(lines):
                cells = _fit(manuscript, _cells(manuscript, lines[index]), roles)
                row = _row(manuscript, cells, roles) if cells else None
                if row is None:
                    break
                yield row
                index += 1
            continue
        stacked = chars[line.start : line.end] in rules.columns
        if stacked and (count := _stacked(manuscript, lines, index, rules)):
            yield from _of_stack(manuscript, lines, index, count, rules)
            index += count
        index += 1


def _cells(manuscript: Manuscript, line: Line) -> tuple[Span, ...]:
    """The cells of a printed line: parted by tabs, else by blanks."""
    text = manuscript.document.text
    if len(line.span) > 300:
        return ()
    pattern = _TABBED if "\t" in text[line.span.start : line.span.end] else _CELL
    found = []
    for match in pattern.finditer(text, line.span.start, line.span.end):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner)
            found.append(Span(start, start + len(inner)))
    return tuple(found)


def _fit(manuscript: Manuscript, cells: tuple[Span, ...], roles: list[str]) -> tuple[Span, ...]:
    """Cells of a line brought to the header's columns: surplus ones belong to the last, or the date tells where they part."""
    if len(cells) < 2 or len(cells) == len(roles):
        return cells
    first = manuscript.read(cells[0])
    if roles[0] == "number" and not _NUMBER.match(first):
        return ()
    if len(cells) < len(roles):
        return cells if roles[0] != "number" else ()
    if "time" in roles:
        at = next((i for i, cell in enumerate(cells) if i and _WHEN.search(manuscript.read(cell))), -1)
        want = roles.index("time")
        if at > want >= 1:
            merged = Span(cells[want - 1].start, cells[at - 1].end)
            cells = (*cells[: want - 1], merged, *cells[at:])
    if len(cells) > len(roles):
        cells = (*cells[: len(roles) - 1], Span(cells[len(roles) - 1].start, cells[-1].end))
    return cells


def _stacked(manuscript: Manuscript, lines: Sequence[Line], index: int, rules: ActivityRules) -> int:
    """How many lines from ``index`` on are header cells, one a line, of a schedule; 0 when they are none."""
    chars = manuscript.reading.chars
    if rules.columns.get(chars[lines[index].start : lines[index].end]) not in ("number", "title"):
        return 0
    header = []
    for line in lines[index : index + 9]:
        cell = chars[line.start : line.end]
        if not rules.column(cell):
            break
        header.append(cell)
    return len(header) if len(header) >= 3 and _roles(header, rules) else 0


def _of_stack(
    manuscript: Manuscript, lines: Sequence[Line], index: int, count: int, rules: ActivityRules
) -> Iterator[Row]:
    chars = manuscript.reading.chars
    roles = _roles([chars[line.start : line.end] for line in lines[index : index + count]], rules)
    start = index + count
    while start + count <= len(lines):
        cells = tuple(line.span for line in lines[start : start + count])
        if roles[0] == "number" and not _NUMBER.match(manuscript.read(cells[0])):
            return
        row = _row(manuscript, cells, roles)
        if row is None or ("time" in roles and not _WHEN.search(manuscript.read(cells[roles.index("time")]))):
            return
        yield row
        start += count
