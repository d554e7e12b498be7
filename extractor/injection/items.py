"""Items: twice, unfinished, unlike their siblings (N07 N08 N09 N11)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.scene import Scene, renumbered, worded
from extractor.model import Item, Section, Span
from extractor.patterns import lazy

_VERB = lazy(r"^(?:深入|广泛|集中)?(?:开展|举办|组织|召开|举行)")


def _sections(scene: Scene) -> list[Section]:
    return [section for section in scene.notice.manuscript.outline.sections if section.heading_span]


def _titled(scene: Scene) -> list[Item]:
    """Items of activities with a title of some length, all titles different."""
    items = [
        item for item in scene.notice.manuscript.outline.items if item.title_span and len(item.title) >= 6
    ]
    return [item for item in items if not re.search(r"会场|线上|线下", item.title)]


def title_again(scene: Scene) -> Iterator[Damage]:
    """The last item bears the title of an earlier one."""
    for slot in scene.slots("活动安排", "宣传重点"):
        for item in _titled(scene):
            if item.title in slot.titles:
                body = "组织干部职工、志愿者和热心市民广泛参与，注重实际效果。"
                yield put(slot.offset, f"\n{slot.marker}⟦{item.title}⟧。{body}")


def item_again(scene: Scene) -> Iterator[Damage]:
    """An item copied whole to the end of the list."""
    for slot in scene.slots("活动安排", "宣传重点"):
        for item in _titled(scene):
            if item.title in slot.titles and item.title_span and not _faulty(scene, item.span):
                words = scene.quote(scene.trimmed(Span(item.title_span.start, item.span.end)))
                yield put(slot.offset, f"\n{slot.marker}⟦{words}⟧", follows=("D04",))


def _faulty(scene: Scene, span: Span) -> bool:
    """Whether the notice has a fault there already, which a copy would have as well."""
    return any(span.overlaps(finding.span) for finding in scene.notice.findings)


def named_action_again(scene: Scene) -> Iterator[Damage]:
    """One item's named action stands in another item as well."""
    slots = list(scene.slots("活动安排"))
    for slot in slots:
        marker = renumbered(slot.marker, _value(slot.marker) + 1)
        yield put(
            slot.offset,
            f"\n{slot.marker}开展便民服务“邻里守望”行动。组织志愿者上门走访。"
            f"\n{marker}开展综合宣讲。结合⟦便民服务“邻里守望”⟧行动，宣讲惠民政策。",
        )


def _value(marker: str) -> int:
    from extractor.text import numeral

    match = re.search(r"[一二三四五六七八九十]+|\d+", marker)
    return (numeral(match.group()) if match else None) or 1


def addressees_again(scene: Scene) -> Iterator[Damage]:
    """The addressees of the notice again below the title of the plan."""
    yield from _addressees(scene, "")


def addressees_again_parted(scene: Scene) -> Iterator[Damage]:
    """The same with an empty line behind it."""
    yield from _addressees(scene, "\n")


def _addressees(scene: Scene, behind: str) -> Iterator[Damage]:
    own, plan = scene.parts.get("addressees"), scene.parts.get("plan_title")
    if own and plan and own.end < plan.start:
        words = scene.quote(own)
        line = scene.notice.manuscript.outline.line_at(own.start)
        words = scene.quote(scene.trimmed(line.span)) if line else words
        yield put(plan.end, f"\n⟦{words}⟧{behind}")


def slot_for_name(scene: Scene) -> Iterator[Damage]:
    """The person to ask is still XXX."""
    for row in scene.tables.contacts:
        if row.kind == "person":
            for words in ("XXX", "____", "□□□"):
                yield swap(row.span, words, follows=("P02",))


def slot_in_words(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "由⟦XX⟧科牵头，其他科室配合。",
        "活动地点为⟦＿＿＿＿⟧广场。",
        "参加人数不少于⟦___⟧人。",
        "经费由⟦××××⟧列支。",
        "奖品为⟦？？？⟧，由主办单位准备。",
        "设咨询点⟦□□⟧处。",
    )


def drafting_remark(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "⟦（此处补充去年数据）⟧",
        "具体名单⟦待补⟧。",
        "活动经费⟦TODO⟧。",
        "⟦【待定】⟧",
        "⟦【此处由宣传科填写】⟧",
        "⟦（批注：请核实）⟧",
        "⟦【领导批注：再议】⟧",
    )


def day_left_open(scene: Scene) -> Iterator[Damage]:
    """2023年 月 日 in the signature."""
    span = scene.parts.get("issue_date")
    match = re.match(r"(?:19|20)\d\d\s*年", scene.quote(span)) if span else None
    if span and match:
        for words in ("  月  日", " 月 日", "　月　日"):
            yield swap(Span(span.start, span.end), match.group() + words, follows=("F03", "F04", "D03"))


def number_left_open(scene: Scene) -> Iterator[Damage]:
    """〔2023〕 号"""
    span = scene.parts.get("doc_number")
    match = re.search(r"〕\s*(\d+)\s*号", scene.quote(span)) if span else None
    if span and match:
        digits = Span(span.start + match.start(1), span.start + match.end(1))
        for words in (" ", "  ", "×", "XX", "　"):
            yield Damage(
                (Edit(digits.start, digits.end, words),),
                (),
                (Span(digits.start - 6, digits.end + 1),),
                ("F01",),
            )


def year_left_open(scene: Scene) -> Iterator[Damage]:
    """20XX年 in the title."""
    span = scene.parts.get("title")
    for match in scene.matches(r"20\d\d(?=年)", span) if span else ():
        yield swap(Span(match.start() + 2, match.end()), "XX", follows=("A07", "F02"))
        yield swap(Span(match.start() + 2, match.end()), "××", follows=("A07", "F02"))


def markdown_left(scene: Scene) -> Iterator[Damage]:
    """Signs of a mark-up language before a heading or round it."""
    for section in _sections(scene):
        if section.heading_span:
            span = scene.trimmed(section.heading_span)
            yield swap(span, f"## {scene.quote(span)}")
            yield swap(span, f"**{scene.quote(span)}**")


def _siblings(scene: Scene) -> list[list[Item]]:
    groups: dict[tuple[str, str, int], list[Item]] = {}
    for item in scene.notice.manuscript.outline.items:
        groups.setdefault((item.section, item.zone, item.level), []).append(item)
    return [
        items for items in groups.values() if len(items) >= 4 and all(i.title and i.title_span for i in items)
    ]


def verb_dropped(scene: Scene) -> Iterator[Damage]:
    """One title without the verb with which all the others begin."""
    for items in _siblings(scene):
        if all(_VERB.match(item.title) for item in items):
            for item in items[1:]:
                match = _VERB.match(item.title)
                if match and item.title_span and len(item.title) > len(match.group()) + 3:
                    start = item.title_span.start
                    yield Damage((Edit(start, start + len(match.group()), ""),), (), (item.title_span,))


def verb_added(scene: Scene) -> Iterator[Damage]:
    """One title with 开展 where all the others are nouns."""
    from extractor.checks.items import _VERBS

    for items in _siblings(scene):
        if not any(_VERBS.match(item.title) for item in items):
            for item in items[1:]:
                if item.title_span and not re.match(r"[“《]", item.title):
                    yield Damage(
                        (Edit(item.title_span.start, item.title_span.start, "开展"),), (), (item.title_span,)
                    )


def title_dropped(scene: Scene) -> Iterator[Damage]:
    """One item without the short lead sentence all the others have."""
    for items in _siblings(scene):
        for item in items[1:]:
            span = item.title_span
            if span and re.match(r"[。：]", scene.text[span.end :][:1]) and len(item.span) > len(span) + 30:
                place = Span(item.span.start, span.start)
                yield Damage((Edit(span.start, span.end + 1, ""),), (), (place,), ("N07",))


def plain_item_added(scene: Scene) -> Iterator[Damage]:
    """A last item that begins at once with its sentence."""
    due = scene.soon()
    for slot in scene.slots():
        if len(slot.titles) >= 3 and all(slot.titles) and due:
            yield put(
                slot.offset,
                f"\n⟦{slot.marker}⟧请各单位派员于{worded(due, False)}前到活动办公室领取宣传资料，并做好发放登记工作。",
                follows=("C01",),
            )


WAYS: Ways = {
    "N07": {"title_again": title_again, "item_again": item_again, "named_action_again": named_action_again},
    "N08": {
        "addressees_again": addressees_again,
        "addressees_again_parted": addressees_again_parted,
    },
    "N09": {
        "slot_for_name": slot_for_name,
        "slot_in_words": slot_in_words,
        "drafting_remark": drafting_remark,
        "day_left_open": day_left_open,
        "number_left_open": number_left_open,
        "year_left_open": year_left_open,
        "markdown_left": markdown_left,
    },
    "N11": {
        "verb_dropped": verb_dropped,
        "verb_added": verb_added,
        "title_dropped": title_dropped,
        "plain_item_added": plain_item_added,
    },
}
