"""Who does what: off the list of members, no owner, twice in a list (U03 U05 U08)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put
from extractor.injection.scene import Scene, Slot
from extractor.injection.units import _prefix
from extractor.model import Span
from extractor.patterns import lazy
from extractor.schema import UnitRow

_COMMON = ("教育局", "公安局", "民政局", "财政局", "司法局")


def _bureaus(scene: Scene) -> list[UnitRow]:
    """Bureaus with a task, named with the short region word."""
    prefix = _prefix(scene)
    return [
        row
        for row in scene.tables.units
        if not row.group
        and {"lead", "support"} & set(row.roles)
        and not {"member", "issuer", "addressee", "report_to"} & set(row.roles)
        and prefix
        and re.fullmatch(rf"{prefix}[一-龥]{{2,9}}[局委]", row.name)
    ]


def _listed(scene: Scene, names: list[str]) -> tuple[Edit, ...] | None:
    """A list of members attached to the notice."""
    end = scene.last_of_body
    if end is None or scene.parts.get("attachment_note") or scene.parts.get("colophon"):
        return None
    title = "活动组委会成员单位名单"
    page = f"\n附件\n{title}\n成员单位：{'、'.join(names)}。"
    last = len(scene.text.rstrip())
    return (
        Edit(end, end, f"\n附件：{title}", quiet=True),
        Edit(last, last, page, quiet=True),
    )


def left_off_the_list(scene: Scene) -> Iterator[Damage]:
    """A list of members that lacks one of the bureaus with a task."""
    rows = _bureaus(scene)
    if len(rows) >= 5:
        others = [
            row.name
            for row in scene.tables.units
            if not row.group and row not in rows and {"lead", "support"} & set(row.roles)
        ]
        for row in rows:
            edits = _listed(scene, [other.name for other in rows if other is not row] + others)
            if edits:
                yield Damage(edits, (), row.spans, ("U04", "A03", "A01"))


def task_for_an_outsider(scene: Scene) -> Iterator[Damage]:
    """A further activity in charge of a bureau that is on no list."""
    rows = _bureaus(scene)
    prefix = _prefix(scene)
    others = [
        row.name
        for row in scene.tables.units
        if not row.group and row not in rows and {"lead", "support"} & set(row.roles)
    ]
    for slot in scene.slots("活动安排") if prefix else ():
        names = [*(row.name for row in rows), *others]
        names += [f"{prefix}{name}" for name in _COMMON if not any(known.endswith(name) for known in names)]
        edits = _listed(scene, names)
        for name in ("城管局", "档案局", "粮食局"):
            if edits and prefix + name not in scene.text:
                words = (
                    f"\n{slot.marker}环境整治行动。清理背街小巷，美化城乡环境。\n责任单位：⟦{prefix}{name}⟧"
                )
                yield Damage((Edit(slot.offset, slot.offset, words), *edits), (), (), ("U04", "A03", "A01"))


def outsider_among_members(scene: Scene) -> Iterator[Damage]:
    """The same where the notice has a list of members of its own."""
    members = [row for row in scene.tables.units if "member" in row.roles]
    prefix = _prefix(scene)
    if len(members) >= 4 and prefix:
        for slot in scene.slots("活动安排"):
            for name in ("城市管理局", "档案局", "粮食局"):
                if any((row.full_name or row.name).endswith(name) for row in scene.tables.units):
                    continue  # it is there under another name
                yield put(slot.offset, f"\n{slot.marker}环境整治行动。⟦{prefix}{name}⟧牵头，清理背街小巷。")


def _tasks(scene: Scene) -> list[tuple[int, int]]:
    """Items of activities as (start, end) where no item has a label of units."""
    items = [
        item
        for item in scene.notice.manuscript.outline.items
        if item.section == "活动安排" and item.level == 2
    ]
    return [(item.span.start, scene.trimmed(item.span).end) for item in items]


def owner_forgotten(scene: Scene) -> Iterator[Damage]:
    """Every item but one gets a line 责任单位."""
    tasks = _tasks(scene)
    prefix = _prefix(scene)
    if len(tasks) < 3 or re.search(r"(?:责任|牵头|主办)单位", scene.text) or not prefix:
        return
    acts = {row.span.start: row for row in scene.tables.activities}
    for start, end in tasks:
        row = acts.get(start)
        if row is None or row.lead_units or row.support_units:
            continue
        edits = tuple(
            Edit(other, other, f"\n责任单位：{prefix}教育局、{prefix}民政局", quiet=True)
            for first, other in tasks
            if first != start
        )
        yield Damage(edits, (), (Span(start, end),), ("U03", "U04", "D10"))


def owner_taken_out(scene: Scene) -> Iterator[Damage]:
    """The line 责任单位 of one item taken out where the others keep theirs."""
    lines = [line for line in scene.body if re.match(r"\s*责任单位：", scene.quote(line.span))]
    for line in lines if len(lines) >= 3 else ():
        item = scene.notice.manuscript.outline.item_at(line.span.start)
        if item is None or "配合单位" in scene.text[line.span.end : item.span.end]:
            continue
        if not re.search(
            r"牵头|由.{2,8}[局委]|[局委]，?(?:共同|联合)", scene.quote(Span(item.span.start, line.span.start))
        ):
            yield Damage(
                (Edit(line.span.start - 1, scene.trimmed(line.span).end, ""),), (), (item.span,), ("U03",)
            )


def day_taken_out(scene: Scene) -> Iterator[Damage]:
    """The day of one activity taken out where the others keep theirs."""
    rows = [
        row
        for row in scene.tables.activities
        if any(day.start and re.search(r"\d", day.raw) for day in row.dates)
        and "\t" not in scene.quote(row.span)
    ]
    if len(rows) < 3 or len(rows) != len(scene.tables.activities):
        return
    for row in rows:
        inside = [day for day in scene.tables.dates if row.span.covers(day.span)]
        if len(inside) == 1 and inside[0].form in ("day", "range"):
            span = inside[0].span
            end = span.end + (scene.text[span.end : span.end + 1] == "，")
            if scene.text[span.start - 1] not in "：（":
                yield Damage((Edit(span.start, end, ""),), (), (row.span,))


_LABELLED = lazy(r"(?:责任|牵头|配合|协办)单位：(?P<list>[^\n。；：]+)")


def listed_twice(scene: Scene) -> Iterator[Damage]:
    """A body a second time at the end of its list."""
    for match in scene.matches(_LABELLED.pattern):
        names = re.split(r"[、，]", match["list"])
        if len(names) > 1 and len(names[0]) > 2 and "（" not in match["list"]:
            for name in names[:-1]:
                yield put(match.end(), f"、⟦{name}⟧")


def new_list_twice(scene: Scene) -> Iterator[Damage]:
    yield from _new_lists(
        scene,
        "责任单位：{p}教育局、{p}公安局、⟦{p}教育局⟧",
        "配合单位：{p}民政局、{p}司法局、{p}财政局、⟦{p}司法局⟧",
    )


def owner_supports(scene: Scene) -> Iterator[Damage]:
    """One body in charge and in support."""
    yield from _new_lists(
        scene,
        "责任单位：{p}教育局\n配合单位：{p}公安局、⟦{p}教育局⟧",
        "牵头单位：{p}民政局；配合单位：{p}财政局、⟦{p}民政局⟧",
    )


def _new_lists(scene: Scene, *lists: str) -> Iterator[Damage]:
    prefix = _prefix(scene)
    slots: list[Slot] = list(scene.slots("活动安排")) if prefix else []
    for slot in slots:
        for words in lists:
            yield put(
                slot.offset,
                f"\n{slot.marker}邻里互助行动。组织志愿者上门走访慰问。\n{words.replace('{p}', prefix)}。",
                follows=("U03", "U04", "U05"),
            )


WAYS: Ways = {
    "U03": {
        "left_off_the_list": left_off_the_list,
        "task_for_an_outsider": task_for_an_outsider,
        "outsider_among_members": outsider_among_members,
    },
    "U05": {
        "owner_forgotten": owner_forgotten,
        "owner_taken_out": owner_taken_out,
        "day_taken_out": day_taken_out,
    },
    "U08": {"listed_twice": listed_twice, "new_list_twice": new_list_twice, "owner_supports": owner_supports},
}
