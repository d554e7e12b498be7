"""From the shown lines of a web page to the document: the page's own lines, spam and wrapping undone, tables put together."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from extractor.model import Span
from extractor.readers.builder import TextBuilder
from extractor.readers.junk import find_junk
from extractor.readers.page_lines import without_page_lines
from extractor.readers.page_title import missing_title
from extractor.readers.paragraphs import PrintedLine, join, wrap_width
from extractor.readers.shown import OUTER, Shown


def write(builder: TextBuilder, lines: Sequence[Shown], title: str) -> list[tuple[str, str]]:
    """Add the lines that belong to the notice; hand back what the page says about itself (label, value)."""
    kept, facts = without_page_lines(builder, lines)
    if wanted := missing_title(title, kept):
        builder.add(wanted, line=1, part="title")
        builder.heading(0, 1)
    junk = _junk_of(kept)
    for cell, group in groupby(kept, key=lambda line: line.cell[0] if line.cell else 0):
        if cell:
            _table(builder, list(group), junk)
        else:
            _paragraphs(builder, list(group), junk)
    return [
        (fact.label if fact.label.startswith("page_") else f"page:{fact.label}", fact.value)
        for fact in facts
        if fact.value
    ]


def _junk_of(lines: Sequence[Shown]) -> dict[int, set[int]]:
    """Line (by identity) → places of spam in it."""
    ranges = find_junk("\n".join(line.text for line in lines))
    if not ranges:
        return {}
    junk: dict[int, set[int]] = {}
    offset, waiting = 0, iter(ranges)
    current = next(waiting, None)
    for line in lines:
        end = offset + len(line.text)
        while current is not None and current[0] < end:
            places = range(max(current[0], offset) - offset, min(current[1], end) - offset)
            junk.setdefault(id(line), set()).update(places)
            if current[1] > end:
                break
            current = next(waiting, None)
        offset = end + 1
    return junk


def _paragraphs(builder: TextBuilder, lines: Sequence[Shown], junk: dict[int, set[int]]) -> None:
    """Add lines outside tables; lines broken by hand at one width are put together again."""
    for _, block in groupby(lines, key=lambda line: (line.number, line.part)):
        same = list(block)
        groups = [[line] for line in same]
        if len(same) >= 8:
            printed = [PrintedLine.of(line.text, index) for index, line in enumerate(same)]
            if wrap_width(printed):
                groups = [[same[line.number] for line in group] for group in join(printed)]
        for group in groups:
            if builder.length:
                builder.separate()
            if group[0].level:
                builder.heading(builder.length, group[0].level)
            for line in group:
                _add(builder, line, junk.get(id(line), set()))


def _add(builder: TextBuilder, line: Shown, junk: set[int]) -> None:
    """Add one line without its outer blanks and its spam."""
    text = line.text
    begin = next((i for i, c in enumerate(text) if c not in OUTER and i not in junk), len(text))
    end = next(
        (i for i in range(len(text), begin, -1) if text[i - 1] not in OUTER and i - 1 not in junk), begin
    )
    placed: dict[int, int] = {}
    if line.marker and begin < end:
        builder.add(line.marker, line=line.number, column=line.column + begin, part=line.part, synthetic=True)
    i = begin
    while i < end:
        stop = i
        spam = i in junk
        while stop < end and (stop in junk) == spam:
            stop += 1
        if spam:
            builder.mark("junk", builder.length, builder.length, text[i:stop], line.number)
        else:
            span = builder.add(text[i:stop], line=line.number, column=line.column + i, part=line.part)
            placed.update(zip(range(i, stop), range(span.start, span.end), strict=True))
        i = stop
    for start, stop, target in line.links:
        inside = [placed[i] for i in range(start, stop) if i in placed]
        if inside:
            builder.link(Span(inside[0], inside[-1] + 1), target)


def _table(builder: TextBuilder, lines: Sequence[Shown], junk: dict[int, set[int]]) -> None:
    cells: dict[tuple[int, int], list[Shown]] = {}
    for line in lines:
        if line.cell:
            cells.setdefault((line.cell[1], line.cell[2]), []).append(line)
    width = max(column for _, column in cells)
    rows: list[list[Span]] = []
    for row in sorted({row for row, _ in cells}):
        if builder.length:
            builder.separate()
        spans: list[Span] = []
        for column in range(1, width + 1):
            if column > 1:
                builder.separate("\t")
            start = builder.length
            _cell(builder, cells.get((row, column), []), junk)
            spans.append(Span(start, builder.length))
        rows.append(spans)
    builder.table(rows)


def _cell(builder: TextBuilder, lines: Iterable[Shown], junk: dict[int, set[int]]) -> None:
    for index, line in enumerate(lines):
        if index:
            builder.separate()
        _add(builder, line, junk.get(id(line), set()))
