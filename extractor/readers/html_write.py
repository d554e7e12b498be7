"""From the shown lines of a web page to the document: the page's own lines, spam and wrapping undone, tables put together."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct, field

from extractor.model import Span
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.junk import find_junk
from extractor.readers.paragraphs import PrintedLine, join, wrap_width
from extractor.text import fold

OUTER = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u3000\u200b\ufeff"
DATE = r"(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?:\s*日)?)"
# A line of the page about itself: when it was put up, by whom, how often it was read, how to print it.
# Of a longer label (活动时间, 经费来源, 优秀作者) the last word says nothing about the page.
_ABOUT = lazy(
    r"(?:发布(?:机构|单位|人)|浏览(?:次数|量|数)?|点击(?:次数|量|数|率)?|阅读(?:次数|量|数)?|访问(?:次数|量)|"
    r"字体(?:大小)?|字号|分享(?:到)?|当前位置|您?(?:现在|当前)?(?:的|所在)?位置|上一[篇条页]|下一[篇条页]|"
    r"(?<![一-鿿])(?:(?:信息|文章|稿件|文件|新闻|内容)?来源|(?:责任|文字|网站|信息)?(?:编辑|审核|录入)|责编|(?:文章)?作者|"
    r"(?:发布|公开|更新|成文|发文|生成|上网|添加|录入|发稿|上传|创建)?(?:时间|日期)))\s*[】]?\s*[:：\[【（(]"
    r"|^[【\[]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|扫一扫.{0,20}|保护视力色|视力保护色|语音播报|我要纠错|返回(?:顶部)?|收藏)[】\]]?"
    r"(?:\s|[|｜【\[]|$)"
)
_SHORT_FACT = lazy(rf"^(?:时间|日期)\s*[:：]\s*{DATE}")
_BARE_DATE = lazy(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?$")
_SIZES = lazy(
    r"^[\[【(（\s]*(?:大|中|小|打印|关闭|默认|分享|收藏)(?:[\s|/、\]】\[【]+(?:大|中|小|打印|关闭|默认|分享|收藏))+[\s\]】)）]*$"
)
_LABEL = lazy(
    r"^(?:信息)?(?:索引号|主题分类|主题词|体裁分类|发文机关|发文单位|发布机构|公开责任部门|成文日期|生成日期|发文日期|发布日期|公开日期|发文字号|文号|"
    r"名称|标题|有效性|公文种类|公开方式|公开范围|公开形式|效力状态|统一编号|组配分类|关键词|内容概述|分类)[:：]?$"
)
_DOCUMENT = lazy(
    r"(?:通知|方案|意见|公告|通告|办法|决定|函|批复|报告|公示|计划|要点|细则|规定|通报)(?:[（(][^）)]*[）)])?$"
)


class Shown(Struct):
    """One shown line: characters, links in it (start, end, target), its block's ordinal and its column there."""

    text: str
    number: int
    column: int = 1
    part: str = "body"
    level: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None


def write(builder: TextBuilder, lines: Sequence[Shown], title: str) -> list[tuple[str, str]]:
    """Add the lines that belong to the notice; hand back what the page says about itself (label, value)."""
    facts = _index_tables(lines)
    kept = [line for line in lines if line.cell is None or line.cell[0] not in facts]
    found = [fact for pairs in facts.values() for fact in pairs]
    kept, about = _without_page_lines(builder, kept)
    found += about
    kept = _without_second_title(builder, kept)
    if title and _DOCUMENT.search(title) and fold(title) not in fold("".join(line.text for line in kept)):
        builder.add(title, line=1, part="title")
        builder.heading(0, 1)
    junk = _junk_of(kept)
    for cell, group in groupby(kept, key=lambda line: line.cell[0] if line.cell else 0):
        if cell:
            _table(builder, list(group), junk)
        else:
            _paragraphs(builder, list(group), junk)
    return found


def _index_tables(lines: Sequence[Shown]) -> dict[int, list[tuple[str, str]]]:
    """Tables in which the page lists 索引号, 发文机关, 成文日期 and the like: table number → (label, value)."""
    tables: dict[int, dict[tuple[int, int], str]] = {}
    for line in lines:
        if line.cell:
            cells = tables.setdefault(line.cell[0], {})
            place = line.cell[1:]
            cells[place] = cells.get(place, "") + line.text.strip(OUTER)
    facts: dict[int, list[tuple[str, str]]] = {}
    for number, cells in tables.items():
        labels = {
            place: fold(text).rstrip(":：") for place, text in cells.items() if _LABEL.match(fold(text))
        }
        if len(labels) >= 3 and len(labels) >= 0.35 * len(cells):
            facts[number] = [
                (f"page:{label}", cells[row, column + 1])
                for (row, column), label in labels.items()
                if (row, column + 1) in cells
            ]
    return facts


def _without_page_lines(
    builder: TextBuilder, lines: list[Shown]
) -> tuple[list[Shown], list[tuple[str, str]]]:
    """Take out lines like 发布时间：… 来源：… 浏览次数：… at the head and the foot of the text."""
    kept: list[Shown] = []
    found: list[tuple[str, str]] = []
    for index, line in enumerate(lines):
        near = index < 15 or index >= len(lines) - 12
        bare = line.text.strip(OUTER)
        if near and line.cell is None and _is_about(bare, index):
            builder.mark("page_number", 0, 0, bare, line.number)
            if date := re.search(DATE, bare):
                found.append(("page_date", date.group(1)))
            if source := re.search(r"来源\s*[:：]\s*([^\s|｜\[【]+)", bare):
                found.append(("page_source", source.group(1)))
        else:
            kept.append(line)
    return kept, found


def _is_about(bare: str, index: int) -> bool:
    if len(fold(bare)) > 130 or "。" in bare:
        return False
    if _SIZES.match(bare) or (index < 15 and _BARE_DATE.match(bare)):
        return True
    matches = [m.start() for m in _ABOUT.finditer(bare)]
    if not matches:
        return False
    if _SHORT_FACT.match(bare):
        return index < 6 and (len(matches) > 1 or len(bare) < 24)
    if re.match(r"(?:作者|审核|编辑|时间|日期)\s*[:：]", bare):
        return len(matches) > 1 or index > 15 or len(bare) < 16
    return matches[0] < 3 or len(matches) > 1


def _without_second_title(builder: TextBuilder, lines: list[Shown]) -> list[Shown]:
    """A page's headline that the notice below repeats is left out."""
    if len(lines) < 3 or lines[0].cell is not None:
        return lines
    head = fold(lines[0].text)
    is_title = lines[0].level > 0 or _DOCUMENT.search(head) is not None
    if (
        is_title
        and len(head) >= 8
        and head in fold("".join(line.text for line in lines[1:12] if line.cell is None))
    ):
        builder.mark("page_number", 0, 0, lines[0].text.strip(OUTER), lines[0].number)
        return lines[1:]
    return lines


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
