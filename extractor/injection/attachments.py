"""Attachments and the enclosed plan: listed and not there, named in two ways, badly noted (A01–A04 A07)."""

import itertools
import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span

_PAGES = ("活动情况统计表", "志愿者报名登记表", "宣传资料发放清单", "参加人员名单")


def _bare(scene: Scene) -> int | None:
    """The end of the body in a notice that says nothing of attachments."""
    quiet = (
        not re.search(r"附件|附表|附：", scene.text)
        and not scene.parts.get("colophon")
        and not scene.parts.get("note")
    )
    signed = scene.parts.get("signature")
    end = scene.last_of_body
    return end if quiet and signed and end and end <= signed.start else None


def _attached(scene: Scene, note: str, page: str, *, follows: tuple[str, ...] = ()) -> Iterator[Damage]:
    """A note below the body and pages at the end of the file."""
    end = _bare(scene)
    if end is not None:
        last = len(scene.text.rstrip())
        edits = [Edit(end, end, f"\n{note}", quiet="⟦" not in note)] if note else []
        if page:
            edits.append(Edit(last, last, f"\n{page}", quiet="⟦" not in page))
        yield Damage(tuple(edits), (), (), follows)


def _handed_on(scene: Scene) -> bool:
    return bool(re.search("印发|转发|批转|下发", scene.fields.title or ""))


def only_listed(scene: Scene) -> Iterator[Damage]:
    for name in _PAGES:
        yield from _attached(scene, f"附件：⟦{name}⟧", "")


def second_missing(scene: Scene) -> Iterator[Damage]:
    """Two are listed, one is attached."""
    for one, two in itertools.pairwise(_PAGES):
        yield from _attached(
            scene, f"附件：1.{one}\n　　　2.⟦{two}⟧", f"附件1\n{one}\n单位　时间　人数", follows=("A02",)
        )


def page_taken_out(scene: Scene) -> Iterator[Damage]:
    """The attached pages cut off."""
    pages = scene.zoned("attachment")
    note = scene.parts.get("attachment_note")
    if pages and note and not scene.parts.get("plan_title") and len(scene.tables.attachments) == 1:
        after = [line for line in scene.lines if line.index > pages[-1].index]
        if not after:
            start = pages[0].span.start - 1
            yield Damage((Edit(start, len(scene.text), ""),), (), (note,), ("U03", "U04"))


def pointed_to(scene: Scene) -> Iterator[Damage]:
    """A sentence that points to an attachment nobody listed or attached."""
    if _bare(scene) is not None:
        yield from said(
            scene,
            "报名表格式⟦详见附件⟧。",
            "请认真填写⟦附件2⟧，加盖公章。",
            "任务分工⟦见附件1⟧。",
            codes=("A01", "A03"),
        )


def page_of_another_region(scene: Scene) -> Iterator[Damage]:
    own = scene.fields.region.county or scene.fields.region.city or scene.fields.region.province
    above = scene.fields.region.city if scene.fields.region.county else scene.fields.region.province
    if own and above and own != above:
        for name in _PAGES:
            yield from _attached(scene, f"附件：{own}{name}", f"附件\n⟦{above}{name}⟧\n单位　时间　人数")
            yield from _attached(scene, f"附件：⟦{above}{name}⟧", f"附件\n{own}{name}\n单位　时间　人数")


def page_of_last_year(scene: Scene) -> Iterator[Damage]:
    if scene.year:
        for name in _PAGES:
            yield from _attached(
                scene,
                f"附件：{scene.year}年{name}",
                f"附件\n⟦{scene.year - 1}年{name}⟧\n单位　时间　人数",
                follows=("D02",),
            )


def page_reworded(scene: Scene) -> Iterator[Damage]:
    for name, other in zip(
        _PAGES, ("活动情况汇总表", "志愿者报名审核表", "宣传资料需求清单", "参会人员名单"), strict=True
    ):
        yield from _attached(
            scene,
            f"附件：1.{name}\n　　　2.任务分工方案",
            f"附件1\n⟦{other}⟧\n单位　时间\n附件2\n任务分工方案\n单位　任务",
        )


def own_page_renamed(scene: Scene) -> Iterator[Damage]:
    """The heading of an attachment the notice has, with another word."""
    for row in scene.tables.attachments:
        if row.present and not scene.parts.get("plan_title"):
            for match in scene.matches(re.escape(row.title)):
                if match.start() > row.span.end and scene.zone(match.start()) == "attachment":
                    for old, new in (
                        ("统计表", "汇总表"),
                        ("名单", "名册"),
                        ("安排表", "计划表"),
                        ("宣传周", "宣传月"),
                    ):
                        if old in row.title:
                            yield swap(Span(*match.span()), row.title.replace(old, new))


def page_unlisted(scene: Scene) -> Iterator[Damage]:
    if not _handed_on(scene):
        for name in _PAGES:
            yield from _attached(scene, "", f"附件\n⟦{name}⟧\n单位　时间　人数")
            yield from _attached(scene, "", f"附件1\n⟦{name}⟧\n单位　时间　人数")


def note_taken_out(scene: Scene) -> Iterator[Damage]:
    note = scene.parts.get("attachment_note")
    if note and not _handed_on(scene) and "附件" not in scene.text[: note.start]:
        pages = scene.zoned("attachment")
        places = tuple(scene.trimmed(line.span) for line in pages[:3])
        yield Damage((Edit(note.start - 1, note.end, ""),), (), places)


def stop_behind_name(scene: Scene) -> Iterator[Damage]:
    for mark in "。；":
        yield from _attached(scene, f"附件：活动情况统计表⟦{mark}⟧", "附件\n活动情况统计表\n单位　时间　人数")
        yield from _attached(
            scene,
            f"附件：1.活动情况统计表⟦{mark}⟧\n　　　2.志愿者报名登记表",
            "附件1\n活动情况统计表\n单位　时间\n附件2\n志愿者报名登记表\n姓名　电话",
        )


def without_numbers(scene: Scene) -> Iterator[Damage]:
    yield from _attached(
        scene,
        "⟦附件：活动情况统计表\n　　　志愿者报名登记表⟧",
        "附件1\n活动情况统计表\n单位　时间\n附件2\n志愿者报名登记表\n姓名　手机",
        follows=("A01", "A02"),
    )


def single_with_number(scene: Scene) -> Iterator[Damage]:
    yield from _attached(scene, "附件：⟦1.⟧活动情况统计表", "附件\n活动情况统计表\n单位　时间　人数")


def label_with_colon(scene: Scene) -> Iterator[Damage]:
    yield from _attached(scene, "附件：活动情况统计表", "⟦附件：⟧\n活动情况统计表\n单位　时间　人数")
    yield from _attached(
        scene,
        "附件：1.活动情况统计表\n　　　2.志愿者报名登记表",
        "附件1\n活动情况统计表\n单位　时间\n⟦附件2：⟧\n志愿者报名登记表\n姓名　手机",
    )


def label_in_han(scene: Scene) -> Iterator[Damage]:
    yield from _attached(
        scene,
        "附件：1.活动情况统计表\n　　　2.志愿者报名登记表",
        "⟦附件一⟧\n活动情况统计表\n单位　时间\n附件2\n志愿者报名登记表\n姓名　手机",
    )


def _plan(scene: Scene, *pairs: tuple[str, str]) -> Iterator[Damage]:
    span = scene.parts.get("plan_title")
    for old, new in pairs if span else ():
        at = scene.text.find(old, span.start, span.end) if span and old else -1
        if at >= 0:
            yield Damage((Edit(at, at + len(old), new),), ("A07", "A02"), (), ("D02", "U02", "T08", "W04"))


def plan_of_another_region(scene: Scene) -> Iterator[Damage]:
    region = scene.fields.region
    names = [name for name in (region.county, region.city, region.province) if name]
    yield from _plan(
        scene, *((name, other) for name in names for other in ("临江市", "青河县") if name != other)
    )


def plan_of_last_year(scene: Scene) -> Iterator[Damage]:
    if scene.year:
        yield from _plan(
            scene, (f"{scene.year}年", f"{scene.year - 1}年"), (f"{scene.year}年", f"{scene.year + 1}年")
        )


def plan_reworded(scene: Scene) -> Iterator[Damage]:
    yield from _plan(
        scene,
        ("实施方案", "工作方案"),
        ("活动方案", "工作计划"),
        ("宣传周", "宣传月"),
        ("安全生产月", "安全生产周"),
        ("质量月", "质量周"),
    )


WAYS: Ways = {
    "A01": {
        "only_listed": only_listed,
        "second_missing": second_missing,
        "page_taken_out": page_taken_out,
        "pointed_to": pointed_to,
    },
    "A02": {
        "page_of_another_region": page_of_another_region,
        "page_of_last_year": page_of_last_year,
        "page_reworded": page_reworded,
        "own_page_renamed": own_page_renamed,
    },
    "A03": {"page_unlisted": page_unlisted, "note_taken_out": note_taken_out},
    "A04": {
        "stop_behind_name": stop_behind_name,
        "without_numbers": without_numbers,
        "single_with_number": single_with_number,
        "label_with_colon": label_with_colon,
        "label_in_han": label_in_han,
    },
    "A07": {
        "plan_of_another_region": plan_of_another_region,
        "plan_of_last_year": plan_of_last_year,
        "plan_reworded": plan_reworded,
    },
}
