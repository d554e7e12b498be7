"""The record a page keeps of its notice: 索引号, 发文机关, 成文日期 and the like, in a table, a list or lines.

It is no part of the notice; what it alone tells (文号, the day of issue) is kept as a line.
"""

import re
from collections.abc import Iterator, Sequence

from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.page_title import is_document
from extractor.readers.shown import DATE, OUTER, Fact, Shown
from extractor.text import fold

_NAMES = (
    "信息索引号 索引号 实施日期 施行日期 发文机构 信息分类 主题分类 主题词 体裁分类 文种 发文机关 发文单位 发布机构 发布单位 制发机关 信息来源 公开责任部门 责任部门 公开主体 "
    "成文日期 生成日期 发文日期 制发日期 发布日期 发布时间 公开日期 公开时间 生效日期 废止日期 发文字号 文件编号 文号 信息名称 文件名称 名称 标题 "
    "有效性 时效性 时效状态 公文时效 时效 公文种类 公开类别 公开属性 公开方式 公开范围 公开形式 公开程序 效力状态 统一编号 组配分类 服务对象分类 "
    "关键词 内容概述 内容概览 分类"
).split()
_BLANK = r"[\s　\xa0]*"
_NAME = "|".join(_BLANK.join(name) for name in _NAMES)
_LABEL = lazy(rf"^[【\[]?(?P<label>{_NAME})[】\]]?{_BLANK}[:：]?$")
_LABELLED = lazy(rf"[【\[]\s*(?P<boxed>{_NAME})\s*[】\]]{_BLANK}[:：]?|(?P<label>{_NAME}){_BLANK}[:：]")
NUMBERED = lazy(
    rf"(?:发文字号|文号|文件编号){_BLANK}[:：]\s*(?P<number>[^\s，。：；]{{1,18}}[〔﹝\[【（(]\d{{4}}年?[〕﹞\]】）)](?:第)?\d{{1,5}}号)"
)
_RECORD = lazy(rf"(?P<label>{_NAME})")
# Labels no notice has in its own text; two labels of a record need one of them beside.
_RECORD_ONLY = frozenset(
    "信息索引号 索引号 实施日期 施行日期 发文机构 信息分类 主题分类 体裁分类 发布机构 公开责任部门 公开主体 生成日期 公开类别 公开属性 公开方式 公开范围 公开形式 统一编号 "
    "组配分类 服务对象分类 效力状态 时效状态 公文时效 内容概述 内容概览".split()
)
_NUMBER = lazy(r"^[^\s，。：；]{1,18}[〔﹝\[【（(]\d{4}年?[〕﹞\]】）)](?:第)?\d{1,5}号$")
_WHOLE_DATE = lazy(rf"^{DATE}$")


def is_record(text: str) -> bool:
    """Whether words (folded) are a page's record of the notice: 索引号, 发布机构 and the like with their values."""
    if len(text) > 1500:
        return False
    labels = {fold(match["label"]) for match in _RECORD.finditer(text)}
    return len(labels) >= 3 and bool(labels & _RECORD_ONLY)


def without_record(builder: TextBuilder, lines: Sequence[Shown]) -> tuple[list[Shown], list[Fact]]:
    """Take out the tables and lists in which a page gives 索引号, 发文机关, 成文日期 and the like."""
    tables: dict[int, list[Shown]] = {}
    for line in lines:
        if line.cell:
            tables.setdefault(line.cell[0], []).append(line)
    facts: list[Fact] = []
    gone: set[int] = set()
    for cells in tables.values():
        found, used = _pairs(cells, beside=True)
        if _is_record(found, len({line.cell for line in cells})) and not _is_head_row(found):
            facts += found
            gone |= {id(line) for line in cells}
    loose = [line for line in lines[:30] if line.cell is None]
    found, used = _pairs(loose, beside=False)
    if _is_record(found, 0):
        facts += found
        gone |= used
        for line in loose:
            if id(line) in used:
                builder.mark("page_number", 0, 0, line.text.strip(OUTER), line.number)
    return [line for line in lines if id(line) not in gone], facts


def _is_record(facts: Sequence[Fact], cells: int) -> bool:
    labels = {fact.label for fact in facts}
    if cells:
        return len(labels) >= 3 and len(facts) >= 0.3 * cells
    return len(labels) >= 3 and bool(labels & _RECORD_ONLY)


def _is_head_row(facts: Sequence[Fact]) -> bool:
    """Whether labels stand beside one another: the head of a table that lists documents."""
    return sum(
        _LABEL.match(fact.line.text.strip(OUTER)) is not None and not fact.value for fact in facts
    ) > 0.5 * len(facts)


def _pairs(lines: Sequence[Shown], beside: bool) -> tuple[list[Fact], set[int]]:
    """Labels with their values, in one line, in the next one or (``beside``) in the next cell; and the lines they take."""
    facts: list[Fact] = []
    used: set[int] = set()
    cells = {line.cell: line for line in reversed(lines) if line.cell}
    waiting = ""
    for line in lines:
        bare = line.text.strip(OUTER)
        asked, waiting = waiting, ""
        if label := _LABEL.match(bare):
            used.add(id(line))
            waiting = fold(label["label"])
            if beside and line.cell:
                right = cells.get((line.cell[0], line.cell[1], line.cell[2] + 1))
                value = right.text.strip(OUTER) if right else ""
                facts.append(Fact(waiting, "" if _LABEL.match(value) else value, right or line))
                waiting = ""
        elif len(bare) <= 300 and (named := _labelled(bare)):
            used.add(id(line))
            facts += [Fact(name, value, line) for name, value in named]
        elif asked and len(bare) < 80 and not line.level and (_is_name(asked) or not is_document(fold(bare))):
            used.add(id(line))
            facts.append(Fact(asked, bare, line))
    return facts, used


def _labelled(text: str) -> list[tuple[str, str]]:
    """``索引号：1 文号：2`` → labels and values; empty unless the line begins with a label."""
    found = list(_LABELLED.finditer(text))
    if not found or found[0].start():
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        (fold(match["boxed"] or match["label"]), text[match.end() : end].strip(OUTER))
        for match, end in zip(found, ends, strict=True)
    ]


def _is_name(label: str) -> bool:
    return label.endswith(("名称", "标题"))


def only_in_record(lines: Sequence[Shown], facts: Sequence[Fact]) -> Iterator[Shown]:
    """The 文号 and the day of issue as lines of their own, where only the page's record gives them."""
    text = fold("".join(line.text for line in lines))
    for fact in facts:
        value = fact.value
        if fact.label in ("发文字号", "文号", "文件编号"):
            needed = _NUMBER.match(fold(value)) is not None and fold(value) not in text
            before = ""
        elif fact.label in ("成文日期", "发文日期", "制发日期"):
            needed = _WHOLE_DATE.match(value) is not None and not _gives_date(text, value)
            before = fact.label + "："
        else:
            continue
        if needed:
            text += fold(value)
            shown = fact.line
            at = max(shown.text.find(value), 0)
            yield Shown(value, shown.number, shown.column + at, shown.part, marker=before)


def _gives_date(text: str, written: str) -> bool:
    """Whether a date stands in the text in Arabic or in Chinese numerals."""
    year, month, day = (int(part) for part in re.findall(r"\d+", written)[:3])
    if re.search(rf"{year}[-/.年]0?{month}[-/.月]0?{day}(?!\d)", text):
        return True
    digits = "".join("[〇○零０Oo0]" if c == "0" else "零一二三四五六七八九"[int(c)] for c in str(year))
    return re.search(rf"{digits}年{_han(month)}月{_han(day)}日", text) is not None


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else "零一二三"[tens] + "十") + (
        "零一二三四五六七八九"[ones] if ones else ""
    )
