"""Lists of bodies behind labels: 责任单位：A、B。配合单位：C, also as columns of a table."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from extractor.entities.unit_closure import is_strange, refused
from extractor.entities.unit_prefixes import Name, Words
from extractor.entities.unit_shapes import filling_names, find_names
from extractor.model import Manuscript
from extractor.patterns import lazy

_REMARK = lazy(
    r"（(牵头|主办|配合|协办|牵头单位|责任单位|配合单位|排名不分先后|按职责分工负责|[^（）]{0,2}负责)）$"
)
_DUTY = lazy(
    r"(牵头|主办|配合|协办|参加|参与|协助|(?:按照?)?(?:各自)?职责分工负责|分工负责|负责|组织实施|落实|指导|支持|负责同志|负责人|主要负责同志|分管领导|主要负责人|分管负责同志)$"
)
_MEMBER = lazy(r"(?:[^、，；/|\n（）]|（[^（）]*）)+")
_NO_NAME = lazy(r"[：。《》@]|\d{3,}")
_ETC = lazy(r"等(?:有关|相关)?(?:单位|部门)?$")
_DUTY_ENDS = frozenset("）头办合加与助责施实导持志人等位门")
_GROUPS = ("各", "有关", "相关")
_DIGIT = lazy(r"\d")
_DOES = lazy("组织|自行|结合|参加|参与|配合|协助|负责")
_LEVELS = frozenset("省市州盟区县旗")
_BRACKET = lazy("[（）]")
_AND = lazy(r"以及|[和及与]")
_BESIDE = 40  # characters a stop looks at beside itself at most
_STOP = lazy(
    r"[。；\n]|，(?=[^，。；\n]{2,10}：)|\d{1,2}月|(?:时间|地点|联系人|活动时间|活动地点|完成时限|参加人员|内容|联系电话)[：\n]|\d{1,2}[.、](?=[一-鿿])"
)
_ORDINAL = lazy(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、]|[★●▪■◆·]|[\"“]?)*$"
)
_HEADLINE = lazy(r"[一-鿿、（）]{2,30}")
_BEHIND_TITLE = frozenset({"", "：", "\n", "，", "。"})
SKIPPED = frozenset({"letterhead", "doc_number", "title", "addressees", "signature", "colophon", "web"})
_ROLE_OF_DUTY = {"牵头": "lead", "主办": "lead", "牵头单位": "lead", "责任单位": "lead"}
_PERSONS = ("成员", "组员", "参加人员", "参会人员", "参与人员", "出席人员")  # lists of persons or of bodies
_HELPS = ("配合", "协办", "参加", "参与", "协助", "支持", "指导", "配合单位")


class Found(Struct, frozen=True):
    """A body in read text with its role. ``basis``: the place or cue that gave it; ``whole``: the name with a shared head."""

    start: int
    end: int
    role: str
    basis: str
    group: bool = False
    confidence: float = 1.0
    whole: str = ""


def labelled(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """The lists behind labels: 责任单位：A、B。配合单位：C；a label may be a line, a heading or a table's column head."""
    chars, outline = manuscript.reading.chars, manuscript.outline
    units = words.units
    labels = list(units.label.finditer(chars))
    for match, following in zip_longest(labels, labels[1:]):
        begin = match.end()
        if begin >= len(chars) or outline.zone_at(manuscript.reading.origin[begin]) in SKIPPED:
            continue
        if chars[match.end() - 1] != "：":
            line = chars.rfind("\n", 0, match.start()) + 1
            if not _ORDINAL.match(chars[line : match.start()]):
                continue
        if chars[begin] == "\n":
            begin += 1
        role = units.labels[match.group(1)]
        if match.start() and chars[match.start() - 1] == "副":
            role = "organiser"
        stop = _list_end(chars, following, begin)
        for a, b in _spaced(manuscript, words, begin, stop):
            yield from _listed(chars, words, a, b, role, match.group(1))
    yield from _titles(manuscript, words)
    yield from _columns(manuscript, words)
    yield from _tabbed(manuscript, words)
    yield from _rows(manuscript, words)


def _spaced(manuscript: Manuscript, words: Words, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of a labelled list: names parted by blanks only, also on the lines below it; else the whole list."""
    chars = manuscript.reading.chars
    cells = _cells(manuscript, begin, stop)
    if len(cells) < 2 or not all(_whole_name(chars, words, *cell) for cell in cells):
        yield begin, stop
        return
    while cells:
        yield from cells
        begin = stop + 1
        stop = chars.find("\n", begin)
        stop = len(chars) if stop < 0 else stop
        zone = manuscript.outline.zone_at(manuscript.reading.origin[begin]) if begin < stop else "title"
        cells = _cells(manuscript, begin, stop) if zone not in SKIPPED else []
        cells = cells if all(_whole_name(chars, words, *cell) for cell in cells) else []


def _cells(manuscript: Manuscript, begin: int, stop: int) -> list[tuple[int, int]]:
    """The stretches between printed blanks."""
    return list(pairwise([begin, *manuscript.reading.gaps(begin, stop), stop])) if begin < stop else []


def _whole_name(chars: str, words: Words, start: int, end: int) -> bool:
    """Whether a stretch is a name by itself: of Han only, with a head noun."""
    return bool(_HEADLINE.fullmatch(chars, start, end)) and _ends_as_body(chars, words, start, end)


def _listed(chars: str, words: Words, begin: int, stop: int, role: str, label: str) -> Iterator[Found]:
    """The members of one labelled list. A remark （配合） holds back to the ， before it: 甲局（牵头），乙局、丙局（配合）."""
    open_: list[Found] = []
    for a, b, group in members(chars, words, begin, stop):
        start, end, changed = duty(chars, a, b)
        if end - start < 2 or (label in _PERSONS and not _named(chars, words, start, end)):
            continue
        if open_ and "，" in chars[open_[-1].end : start]:
            yield from open_
            open_ = []
        open_.append(Found(start, end, changed or role, label, group))
        if changed:
            yield from (replace(one, role=changed) for one in open_)
            open_ = []
    yield from open_


def _named(chars: str, words: Words, start: int, end: int) -> bool:
    """Whether a member of a list that may be one of persons is a body: no 市、区领导, no 全体职工."""
    if words.head(chars, end, start):
        return True
    found = find_names(chars, words, start, end)
    return bool(found) and found[0].start == start and found[-1].end == end and found[0].group


def _titles(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """Items that are headed by the bodies whose duties they tell: （一）甲局：负责… （二）乙镇：负责…

    Where one is surely a body, and half of the items side by side end as bodies do, the others are bodies too.
    """
    reading = manuscript.reading
    chars = reading.chars
    for _, group in groupby(manuscript.outline.items, lambda item: (item.section, item.level, item.zone)):
        items = list(group)
        spans = [item.title_span for item in items if item.title_span is not None]
        heads = [(reading.index(span.start), reading.index(span.end)) for span in spans]
        heads = [
            (a, b) for a, b in heads if _HEADLINE.fullmatch(chars, a, b) and chars[b : b + 1] in _BEHIND_TITLE
        ]
        named = {start: filling_names(chars, words, start, end) for start, end in heads}
        sure = [start for start, names in named.items() if names and names[0].strength > 1]
        likely = [start for start, end in heads if start in sure or _ends_as_body(chars, words, start, end)]
        if len(likely) < 2 or len(likely) * (2 if sure else 1) < len(items):
            continue
        for start, end in heads:
            if names := named[start]:
                yield from (Found(one.start, one.end, "lead", "headed", one.group) for one in names)
            elif words.units.stops.search(chars, start, end) is None and (
                start in likely or not is_strange(chars[start:end])
            ):
                listed = members(chars, words, start, end)
                yield from (Found(a, b, "lead", "headed", many) for a, b, many in listed if b - a >= 2)


def _ends_as_body(chars: str, words: Words, start: int, end: int) -> bool:
    text = chars[start:end]
    if not words.head(chars, end, start) or words.units.stops.search(text):
        return False
    return not refused(text, words)


def _list_end(chars: str, following: re.Match[str] | None, begin: int) -> int:
    end = len(chars) if following is None else following.start()
    stop = _STOP.search(chars, begin, end + _BESIDE)
    end = min(end, stop.start()) if stop else end
    depth = 0
    for bracket in _BRACKET.finditer(chars, begin, end):
        depth += 1 if bracket[0] == "（" else -1
        if depth < 0:
            return bracket.start()
    return end


def duty(chars: str, start: int, end: int) -> tuple[int, int, str]:
    """A list member without the word for its part in it, and the role that word gives ("" if none)."""
    role = ""
    if chars[end - 1] not in _DUTY_ENDS:
        return start, end, role
    for pattern in (_REMARK, _DUTY, _ETC):
        match = pattern.search(chars[start:end])
        if match and match.start() >= 2:
            word = match.group(1) if match.groups() else ""
            role = role or _ROLE_OF_DUTY.get(word, "support" if word in _HELPS else "")
            end = start + match.start()
    return start, end, role


def members(chars: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The members of a list of bodies: (start, end, group). A member that is a sentence gives the names in it."""
    for part in _MEMBER.finditer(chars, start, end):
        a, b = part.span()
        while a < b and chars[a] in '“”"':
            a += 1
        for left, right in _joined(chars, words, a, b):
            text = chars[left:right]
            if _NO_NAME.search(text):
                continue
            bare_start, bare_end, _ = duty(chars, left, right)
            if words.units.stops.search(chars, bare_start, bare_end) and not text.startswith(
                ("有关", "相关", "各")
            ):
                for name in find_names(chars, words, left, right)[:1]:
                    if name.start == left:
                        yield name.start, name.end, name.group
            elif text.startswith(_GROUPS) and (named := _doing(chars, words, left, right)):
                yield named.start, named.end, True
            elif 2 <= len(text) <= 40:
                yield (
                    left,
                    right,
                    text.startswith(("各", "有关", "相关", "全"))
                    or text.endswith(("有关单位", "有关部门", "成员单位")),
                )


def _doing(chars: str, words: Words, start: int, end: int) -> Name | None:
    """The group that begins a member and does something there: 各有关单位|组织收看."""
    first = next(iter(find_names(chars, words, start, end)), None)
    doing = first is not None and first.start == start and _DOES.match(chars, first.end, end)
    return first if doing else None


def _joined(chars: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A和B as two members, where 和 is no part of a name."""
    for match in _AND.finditer(chars, start + 2, end):
        if chars.startswith(_GROUPS, match.end()):  # 学生处（团委）和各系部
            yield start, match.start()
            yield from _joined(chars, words, match.end(), end)
            return
        if not words.head(chars, match.start(), start):
            continue
        right = find_names(chars, words, match.end(), end)
        inside = any(
            name.start < match.start() and name.end > match.end()
            for name in find_names(chars, words, start, end)
        )
        if right and right[0].start == match.end() and not inside:
            yield start, match.start()
            yield from _joined(chars, words, match.end(), end)
            return
    if (at := _seam(chars, words, start, end)) is not None:
        yield start, at
        yield from _joined(chars, words, at, end)
    elif start < end:
        yield start, end


def _seam(chars: str, words: Words, start: int, end: int) -> int | None:
    """Where two known bodies of one level stand side by side, their 、 lost at the end of a printed line: 县法院|县教育局."""
    level = chars[start : start + 1]
    at = chars.find(level, start + 3, end - 2) if level in _LEVELS else -1
    if at < 0 or words.core(chars, end, start + 1) == end - start - 1:
        return None
    while at >= 0:
        known = words.core(chars, end, at + 1) == end - at - 1 or _seam(chars, words, at, end) is not None
        if known and words.core(chars, at, start + 1) == at - start - 1:
            return at
        at = chars.find(level, at + 1, end - 2)
    return None


def _columns(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """Columns of tables whose head is a label."""
    reading = manuscript.reading
    for table in manuscript.document.tables:
        roles: dict[int, tuple[str, str]] = {}
        for row in table.rows:
            heads = {
                column: (role, text)
                for column, cell in enumerate(row)
                if len(cell)
                and (text := reading.of(cell).replace("\n", ""))
                and (role := _column_role(text, words))
            }
            if heads:
                roles = heads
                continue
            for column, (role, label) in roles.items():
                if column >= len(row) or not len(row[column]):
                    continue
                start, end = reading.index(row[column].start), reading.index(row[column].end)
                yield from _cell(reading.chars, words, start, end, role, label)


def _tabbed(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """The same for tables that a text file keeps as lines with tabs."""
    reading, text = manuscript.reading, manuscript.document.text
    if "\t" not in text or manuscript.document.tables:
        return
    roles: dict[int, tuple[str, str]] = {}
    at = 0
    for line in text.split("\n"):
        cells: list[tuple[int, int]] = []
        begin = at
        for cell in line.split("\t"):
            cells.append((reading.index(begin), reading.index(begin + len(cell))))
            begin += len(cell) + 1
        at += len(line) + 1
        if len(cells) < 3:
            roles = {} if len(cells) < 2 else roles
            continue
        texts = [reading.chars[a:b] for a, b in cells]
        heads = {
            i: (role, cell) for i, cell in enumerate(texts) if cell and (role := _column_role(cell, words))
        }
        if heads:
            roles = heads
            continue
        for column, (role, label) in roles.items():
            if column < len(cells) and cells[column][1] > cells[column][0]:
                yield from _cell(reading.chars, words, *cells[column], role, label)


def _rows(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """The last column of a table that a web page made into lines of words: 序号 内容 时间 参加单位, then 1 … 5月9日 甲局、乙局."""
    reading, text = manuscript.reading, manuscript.document.text
    if manuscript.document.tables:
        return
    role, label = "", ""
    for line in manuscript.outline.lines:
        if len(line.span) == line.end - line.start:  # no blank in it
            continue
        quote = text[line.span.start : line.span.end]
        cells = quote.split()
        if len(cells) < 3 or "\t" in quote:
            role = "" if len(cells) > 1 else role
            continue
        if all(len(cell) <= 10 and not _DIGIT.search(cell) for cell in cells):
            label = cells[-1]
            role = _column_role(label, words)
        elif role and _DIGIT.match(cells[0]):
            end = line.span.start + len(quote.rstrip())
            start = end - len(cells[-1])
            yield from _cell(reading.chars, words, reading.index(start), reading.index(end), role, label)


def _cell(chars: str, words: Words, start: int, end: int, role: str, label: str) -> Iterator[Found]:
    for a, b, group in members(chars, words, start, end):
        begin, stop, changed = duty(chars, a, b)
        if stop - begin >= 2:
            yield Found(begin, stop, changed or role, label, group)


def _column_role(text: str, words: Words) -> str:
    if len(text) > 14:
        return ""
    if text in words.units.labels:
        return words.units.labels[text]
    return next((role for label, role in words.units.labels.items() if len(label) > 3 and label in text), "")
