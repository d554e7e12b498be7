"""Headings and items as a whole: their style, emptiness, repetition, and what a plan must have."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.checks.punctuation import loud
from extractor.model import Item, Line, Section, Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

_HAN = "一二三四五六七八九十"
_VERBS = lazy(
    r"^(?:[一-龥]{0,2}(?:开展|举办|组织|召开|加强|推进|发布|评选|推动|强化|做好|落实|实施|举行|印发|建立|完善|创新|突出|注重|深化|联合|营造|提升|加大|制作|播放|悬挂|设置|编印|启动|参加))"
)


def level_style(case: Case, card: Card) -> Iterator[Fault]:
    """Levels out of order (1. over （一）), siblings numbered in different styles."""
    for _, group in groupby(case.headings, key=lambda line: line.zone):
        lines = list(group)
        yield from _order(case, lines)
        yield from _styles(case, lines)


def _order(case: Case, lines: Sequence[Line]) -> Iterator[Fault]:
    """（一） that stands between two arabic ordinals of one run, or below the last of three or more."""
    if any(line.level == 1 for line in lines):
        return
    for index, line in enumerate(lines):
        if line.level != 2 or line.number != 1 or not index or lines[index - 1].level != 3:
            continue
        after = next((other for other in lines[index:] if other.level == 3), None)
        parent = lines[index - 1]
        if after.number == parent.number + 1 if after else parent.number >= 3:
            other = (Other(case.span(parent.start, parent.start + len(parent.marker)), "上一层"),)
            values = {"upper": parent.marker, "lower": line.marker}
            yield Fault(case.span(line.start, line.start + len(line.marker)), values, other, variant="order")
            return


def _styles(case: Case, lines: Sequence[Line]) -> Iterator[Fault]:
    """First-level ordinals of one document with different marks behind them."""
    first = [line for line in lines if line.level == 1 and line.marker[0] in _HAN]
    if len({line.marker[-1] for line in first}) < 2:
        return
    marks = Counter(line.marker[-1] for line in first)
    usual = "、" if "、" in marks else marks.most_common(1)[0][0]
    for line in first:
        if line.marker[-1] != usual:
            span = case.span(line.start, line.start + len(line.marker))
            model = next(other for other in first if other.marker[-1] == usual)
            other = (Other(case.span(model.start, model.start + len(model.marker)), "同级写法"),)
            better = line.marker[:-1] + usual
            yield Fault(span, {"better": better}, other, change=Change(span, better))


_WRONG_MARK = lazy(
    rf"(?P<round>[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[）)])(?P<comma>[、.．，])"
    rf"|(?P<arabic>\d{{1,2}})(?P<pause>、)(?!\d)"
    rf"|(?P<han>[{_HAN}]{{1,3}})(?P<dot>[.．])"
    rf"|(?P<nth>第[{_HAN}]{{1,3}})(?P<nth_mark>、)"
    rf"|(?P<circle>[①-⑳])(?P<circle_mark>[、.．])"
)


def marker_mark(case: Case, card: Card) -> Iterator[Fault]:
    """（一）、 1、 一. 第一、 ①、: the wrong mark behind an ordinal."""
    found = list(_marker_marks(case))
    common = [fault for fault in found if fault.root == "arabic"]
    plain = common and any(re.match(r"\d{1,2}[.．]", line.marker) for line in case.headings)
    yield from loud((replace(fault, root="") for fault in found if fault.root != "arabic"), card)
    for index, fault in enumerate(common):
        # 1、 is everywhere: it counts as a slip only where the text also has the right form.
        yield replace(fault, root="", severity=None if plain and not index else "info")


def _marker_marks(case: Case) -> Iterator[Fault]:
    for line in case.headings:
        printed = case.document.quote(line.span)
        left = len(printed) - len(printed.lstrip())
        match = _WRONG_MARK.match(printed, left)
        if match is None:
            continue
        groups = match.groupdict()
        if groups["round"]:
            better, mark = groups["round"], "comma"
        elif groups["arabic"]:
            better, mark = groups["arabic"] + ".", "pause"
        elif groups["han"]:
            better, mark = groups["han"] + "、", "dot"
        elif groups["nth"]:
            better, mark = groups["nth"] + "，", "nth_mark"
        else:
            better, mark = groups["circle"], "circle_mark"
        span = Span(line.span.start + left, line.span.start + match.end())
        wrong = Span(line.span.start + match.start(mark), line.span.start + match.end(mark))
        root = "arabic" if groups["arabic"] else ""
        yield Fault(
            span,
            {"better": better},
            root=root,
            change=Change(wrong, better[-1] if better[-1] in ".、，" else ""),
        )


_CORE = {"活动时间": "活动时间", "活动主题": "活动主题", "活动安排": "活动安排", "工作要求": "工作要求"}


# The theme may stand in running text, its quotation marks spoilt: that is told as such.
_THEME_SAID = lazy(r"以[^。；\n]{4,40}为(?:活动)?主题|主题(?:是|为|：)[^。；\n]{4,}")


def required_sections(case: Case, card: Card) -> Iterator[Fault]:
    """A campaign plan without one of its sections; a heading that promises a time its text does not give."""
    sections = [s for s in case.outline.sections if s.zone in ("body", "plan") and s.heading_span]
    have = {kind for section in sections for kind in section.kinds}
    title = case.part("plan_title") or case.part("title")
    complete = case.part("signature") is not None or case.part("colophon") is not None
    if title and complete and len(sections) >= 3 and len(have & set(_CORE)) >= 2 and case.campaign:
        told = {"活动时间": case.fields.period_start, "活动主题": case.fields.theme}
        for kind in _CORE:
            if kind in have or told.get(kind) or (kind == "活动主题" and _THEME_SAID.search(case.chars)):
                continue
            variant = "" if kind in told else "minor"
            yield Fault(title, {"kind": kind}, variant=variant)
        if "指导思想" not in have and "总体要求" not in have and "活动时间" in have:
            yield Fault(title, {"kind": "指导思想"}, variant="minor")
    for section in sections:
        if (
            section.heading_span
            and "时间" in section.heading
            and "活动安排" in section.kinds
            and not _dated(case, section)
        ):
            yield Fault(section.heading_span, {"heading": case.read(section.heading_span)}, variant="undated")


def _dated(case: Case, section: Section) -> bool:
    inside = [d for d in case.dates if section.span.covers(d.span)]
    return (
        any(d.row.form in ("day", "range", "month", "vague", "placeholder") for d in inside)
        or len(section.span) < 20
    )


_MARKS = lazy(r"[。，、；：“”（）]")


def duplicate_items(case: Case, card: Card) -> Iterator[Fault]:
    """Two sibling items under one title, or one item whose named action is an item of its own."""
    for _, group in groupby(case.outline.items, key=lambda item: (item.section, item.level, item.zone)):
        items = [item for item in group if item.title]
        seen: dict[str, Item] = {}
        for item in items:
            key = _MARKS.sub("", item.title)
            if len(key) >= 6 and key in seen and item.title_span and seen[key].title_span:
                other = seen[key].title_span
                yield Fault(
                    item.title_span,
                    {"other": seen[key].marker, "own": item.marker, "what": item.title},
                    (Other(other, "另一项"),) if other else (),
                )
            seen.setdefault(key, item)
        yield from _named_twice(case, items)


_QUOTE = lazy("[“「『]")  # as printed
_NAMED_ACTION = lazy(r"“(?<=[一-龥]{4}“)([^“”]{4,12})”")


def _named_twice(case: Case, items: Sequence[Item]) -> Iterator[Fault]:
    """An action with a name in quotes that is one item's title and stands, with the same words before it, in another."""
    told: set[str] = set()
    for item in items:
        if item.title_span is None:
            continue
        if not _QUOTE.search(item.title):
            continue
        title = case.read(item.title_span)
        for match in _NAMED_ACTION.finditer(title):
            wanted = title[match.start() - 4 : match.end()]
            if wanted in told:
                continue
            for other in items:
                if other is item:
                    continue
                a, b = case.ends(other.span)
                at = case.chars.find(wanted, a, b)
                if at < 0 or re.search(r"主会场|分会场|线上|线下", title + other.title):
                    continue
                start = max(case.chars.rfind(mark, a, at) for mark in "。；，、") + 1 or at
                span = case.span(max(start, a), at + len(wanted))
                values = {"what": match.group(1), "own": other.marker, "other": item.marker}
                yield Fault(span, values, (Other(item.title_span, "另一项"),), variant="inside")
                told.add(wanted)
                break


def repeated_addressees(case: Case, card: Card) -> Iterator[Fault]:
    """The notice's addressees again below the title of the enclosed plan."""
    own = case.part("addressees")
    plan = case.part("plan_title")
    if own is None or plan is None or plan.start < own.start:
        return
    words = case.read(own).replace("\n", "")
    lines = [line for line in case.outline.lines if line.span.start > plan.start][:3]
    for line in lines:
        if case.words(line) == words and len(words) > 3:
            end = min(line.span.end + 1, len(case.text))
            yield Fault(
                line.span,
                others=(Other(own, "通知的主送机关"),),
                change=Change(Span(line.span.start, end), ""),
            )
            return


_SLOTS = lazy(
    r"[xX]{2,6}(?![A-Za-z])|[×＊]{2,}|[＿_]{3,}|□{2,}|[?？]{3,}|TODO|待补充?|（此处[^（）\n]{0,20}）|【[^】\n]{0,12}(?:此处|填写|待定|待补|批注)[^】\n]{0,16}】|（[^（）\n]{0,6}批注[^（）\n]{0,16}）"
    r"|(?:19|20)[xX×*＊]{2}年|(?:19|20)\d\d年月日?|〔(?:19|20)\d\d〕(?:第)?[×xX＊*_＿?？]{0,4}号|年月日(?=\n|$)"
)
_SIGNS = {sign: lazy(rf"{re.escape(sign)}[xX×＊_＿□？?]") for sign in "xX×＊_＿□？?"}
_OPEN_NUMBER = lazy(r"〕第?[×xX＊*_＿?？]{0,4}号")
_REMARKS = ("TODO", "待补", "此处", "填写", "批注", "待定", "年月")
_RULE = lazy(r"[_＿\s]{3,}|(?:\*\s*){3}|(?:\*\s*){5,}")
# 138****1234, not XXX 0531-55501234: there the person is missing and the number whole.
_MASKED = lazy(r"\d[\d\-]*[×*＊xX]{3,}|[×*＊xX]{3,}-?\d{1,6}(?![\d\-])")


# How a file, a mail or an event is to be named: 标注“XX学院活动信息”, 以“XX市分会场”名称, 命名为：XX学校+作品名.
_NAMES = lazy(r"(?:命名|注明|标注|标明|备注|冠以|文件名|邮件(?:主题|标题))[^。；“”]{0,10}“[^。；“”]*$")
_CALLED = lazy(r"^[^。；“”]*”(?:[^。；“”，]{0,6}(?:名称|字样|命名|为名|为题|冠名)|的?名义)")
_NAMED_AS = lazy(r"命名(?:为|方式|规则)[：]?[^。；，“”]{0,20}$")


def _in_pattern(words: str, at: int) -> bool:
    """Whether the slot at ``at`` of a line belongs to a name that each addressee makes for itself."""
    before = words[:at]
    return bool(_NAMED_AS.search(before) or _NAMES.search(before)) or (
        before.rfind("“") > before.rfind("”") and bool(_CALLED.match(words[at:]))
    )


def _looks_open(case: Case) -> bool:
    """Whether the text holds any sign of a slot; most hold none."""
    return (
        case.says(*_REMARKS)
        or bool(_OPEN_NUMBER.search(case.chars))
        or any(sign in case.chars and pair.search(case.chars) for sign, pair in _SIGNS.items())
    )


def placeholder(case: Case, card: Card) -> Iterator[Fault]:
    """Slots nobody filled in, and drafting remarks."""
    found: list[Fault] = []
    masked: list[Fault] = []
    for match in _SLOTS.finditer(case.chars) if _looks_open(case) else ():
        if match.group()[0] in "xX" and case.chars[max(match.start() - 1, 0)].isascii() and match.start():
            continue  # inside a foreign word
        line = case.line_of(match.start())
        number = match.group().startswith("〔")
        if (
            line is None
            or line.zone == "attachment"
            or (line.zone == "web" and not number)
            or case.in_table(match.start())
        ):
            continue
        words = case.words(line)
        around = case.chars[line.start : match.start()] + case.chars[match.end() : line.end]
        if _MASKED.search(words) or re.search(r"填写|格式|样式|示例|例如|模板", around):
            continue
        if match.group()[-1] in "xX×" and _in_pattern(words, match.start() - line.start):
            continue
        if match.group().startswith("×") and re.search(
            r"(?:人|话|机|箱|真)：", words[: match.start() - line.start]
        ):
            masked.append(Fault(case.span(max(match.start() - 4, line.start), match.end()), variant="masked"))
            continue
        a = max(match.start() - 4, line.start)
        found.append(Fault(case.span(a, min(match.end() + 2, line.end))))
    yield from loud(found, card)
    yield from masked[:1]
    # Lines of signs only part the page; **** is a pair of ** round words.
    marks = [m for m in case.document.marks if m.kind == "markup" and not _RULE.fullmatch(m.note.strip())]
    if marks:
        at = marks[0].span.start
        stop = case.text.find("\n", at)
        span = Span(min(at, max(len(case.text) - 1, 0)), min(at + 12, stop if stop > at else len(case.text)))
        if len(span):
            yield Fault(span, {"count": len(marks), "mark": marks[0].note.strip()}, variant="markup")


_COLON_END = lazy(r"：(?=\n|$)")
_LABEL_ONLY = lazy(
    r"(?:联系人|联系电话|电话|邮箱|电子邮箱|责任单位|牵头单位|配合单位|时间|地点|活动时间|活动地点)：$"
)


def empty_heading(case: Case, card: Card) -> Iterator[Fault]:
    """A section heading with nothing below it; a label with nothing behind it."""
    sections = [s for s in case.outline.sections if s.zone in ("body", "plan")]
    for section, following in pairwise(sections):
        if section.heading_span is None or following.heading_span is None or section.zone != following.zone:
            continue
        if len(section.span) or section.canonical == "其他" or "。" in section.heading:
            continue
        if section.number and following.number:
            yield Fault(section.heading_span, {"heading": case.read(section.heading_span)})
    lines = case.outline.lines
    for end in _COLON_END.finditer(case.chars):
        line = case.line_of(end.start())
        if line is None or line.zone not in ("body", "plan", "note") or case.in_table(line.start):
            continue
        words = case.words(line)[len(line.marker) :]
        if not _LABEL_ONLY.match(words):
            continue
        after = lines[line.index + 1] if line.index + 1 < len(lines) else None
        below = case.words(after) if after and after.zone == line.zone else ""
        if (
            not below
            or _LABEL_ONLY.match(below)
            or re.match(r"[^，。：]{2,8}：", below)
            or (after and after.level in (1, 2))
        ):
            yield Fault(line.span, {"heading": words}, variant="label")


def parallel(case: Case, card: Card) -> Iterator[Fault]:
    """Sibling titles of which few begin with a verb and most do not, or the other way round; one item without a title."""
    for _, group in groupby(case.outline.items, key=lambda item: (item.section, item.level, item.zone)):
        items = list(group)
        if len(items) < card.params["least"]:
            continue
        titled = [item for item in items if item.title and item.title_span]
        bare = [item for item in items if not item.title]
        if len(bare) == 1 and len(titled) >= 3 and len(titled) == len(items) - 1:
            item = bare[0]
            span = Span(item.span.start, min(item.span.start + 16, item.span.end))
            yield Fault(span, {"marker": item.marker}, variant="untitled")
        nominal: list[Item] = []
        verbal: list[Item] = []
        for item in titled:
            (verbal if _VERBS.match(item.title) else nominal).append(item)
        few, many = sorted((verbal, nominal), key=len)
        if 1 <= len(few) <= 2 and len(many) >= 2 * len(few) + 1 and len(titled) >= card.params["least"]:
            for item in few:
                assert item.title_span
                model = many[0].title_span
                yield Fault(
                    item.title_span, {"model": many[0].title}, (Other(model, "多数写法"),) if model else ()
                )


KINDS: dict[str, Kind] = {
    "level_style": Kind(level_style),
    "marker_mark": Kind(marker_mark, {"loud": 3}),
    "required_sections": Kind(required_sections),
    "duplicate_items": Kind(duplicate_items),
    "repeated_addressees": Kind(repeated_addressees),
    "placeholder": Kind(placeholder, {"loud": 3}),
    "empty_heading": Kind(empty_heading),
    "parallel_titles": Kind(parallel, {"least": 4}),
}
