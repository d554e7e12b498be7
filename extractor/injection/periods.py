"""What several places of a notice state: years, days, lengths, hours (D02 D10 D11 D14 D16)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.scene import Scene, worded
from extractor.model import Item, Span
from extractor.patterns import lazy

_YEAR = lazy(r"(?<![\d〔])((?:19|20)\d\d)\s*年(?!度)")
_ANY_YEAR = lazy(r"(?:19|20)\d\d")
_OF_ITS_OWN = lazy(
    r"启动|准备|筹备|动员|部署|总结|前期|预热|专项|检查|行动|征集|评选|报名|演练|培训|彩排|申报|整治|集训|全年"
)
_AFTER_YEARS = ("D01", "D03", "D04", "D05", "D09", "D11", "A06", "T01", "T02", "T05", "T08", "U06")


def _years(scene: Scene, part: str, pattern: re.Pattern[str]) -> list[Span]:
    span = scene.parts.get(part)
    return (
        [Span(*match.span()) for match in pattern.finditer(scene.text, span.start, span.end)] if span else []
    )


def _stated(scene: Scene) -> int:
    """How many of title, number, period and signature give the year of the notice."""
    year = str(scene.year)
    places = [
        *(_years(scene, part, _ANY_YEAR)[:1] for part in ("title", "doc_number", "period", "issue_date"))
    ]
    return sum(scene.quote(span) == year for spans in places for span in spans)


def _another(scene: Scene, part: str, step: int, *codes: str) -> Iterator[Damage]:
    """The year of one part moved, where at least two of the others keep it."""
    found = _years(scene, part, _ANY_YEAR)
    if scene.issue is None or scene.year is None or len(found) != 1 or _stated(scene) < 3:
        return
    if scene.quote(found[0]) == str(scene.year) == str(scene.issue.year) and 3 < scene.issue.month < 10:
        yield Damage((Edit(found[0].start, found[0].end, str(scene.year + step)),), codes, (), _AFTER_YEARS)


def number_of_last_year(scene: Scene) -> Iterator[Damage]:
    yield from _another(scene, "doc_number", -1)


def number_of_next_year(scene: Scene) -> Iterator[Damage]:
    yield from _another(scene, "doc_number", 1)


def title_of_last_year(scene: Scene) -> Iterator[Damage]:
    """The title kept last year's year; where it names the enclosed plan, the two titles differ too."""
    if not re.search(r"总结|考核|年度|通报", scene.fields.title or ""):
        codes = ("D02", "A07") if scene.parts.get("plan_title") else ("D02",)
        yield from _another(scene, "title", -1, *codes)


def plan_title_of_last_year(scene: Scene) -> Iterator[Damage]:
    yield from _another(scene, "plan_title", -1, "D02", "A07", "A02")


def signed_last_year(scene: Scene) -> Iterator[Damage]:
    yield from _another(scene, "issue_date", -1)


def period_of_last_year(scene: Scene) -> Iterator[Damage]:
    """Days of last year's campaign: they lie before the signature too."""
    yield from _another(scene, "period", -1, "D02", "D04")


# -- one activity, two days


def _item(scene: Scene, offset: int) -> Item | None:
    return scene.notice.manuscript.outline.item_at(offset)


def time_label_added(scene: Scene) -> Iterator[Damage]:
    """时间： below an item whose sentence gives another day."""
    for day in scene.days("activity"):
        item = _item(scene, day.span.start)
        if item is None or day.row.start != day.row.end:
            continue
        words = scene.quote(item.span)
        single = len(re.findall(r"\d\s*日|日(?=、)", words)) == 1
        held = re.match(r"[^。；\n]{0,24}(?:举[行办]|召开|开展|组织)", scene.text[day.span.end :][:40])
        if single and held and "时间：" not in words:
            end = scene.trimmed(item.span).end
            other = worded(day.day + timedelta(days=1), False)
            yield Damage((Edit(end, end, f"\n时间：⟦{other}⟧"),), (), (day.span,), ("D11", "D04", "D12"))


def held_another_day(scene: Scene) -> Iterator[Damage]:
    """A sentence that holds the activity on another day than its 时间： says."""
    for day in scene.days("activity"):
        item = _item(scene, day.span.start)
        if item is None or not re.search(r"时间(?:安排)?：$", scene.text[: day.span.start]):
            continue
        words = scene.quote(item.span)
        stop = words.find("。")
        if len(re.findall(r"\d\s*日", words)) == 1 and stop > 0:
            other = worded(day.day + timedelta(days=1), False)
            at = item.span.start + stop + 1
            yield Damage((Edit(at, at, f"定于⟦{other}⟧上午举行。"),), (), (day.span,), ("D11", "D04", "D12"))


def same_title_another_day(scene: Scene) -> Iterator[Damage]:
    """The activity again at the end of the list, on another day."""
    slots = list(scene.slots("活动安排"))
    if scene.window is None or not slots:
        return
    for day in scene.days("activity"):
        item = _item(scene, day.span.start)
        if item is None or len(item.title) < 6 or len(re.findall(r"\d\s*日", scene.quote(item.span))) != 1:
            continue
        slot = next((slot for slot in slots if item.title in slot.titles), None)
        other = day.day - timedelta(days=1) if day.day > scene.window[0] else day.day + timedelta(days=1)
        if slot:
            words = f"\n{slot.marker}{item.title}。⟦{worded(other, False)}⟧，组织各单位干部职工参加。"
            yield Damage(
                (Edit(slot.offset, slot.offset, words),), ("D10", "N07"), (), ("D11", "D04", "D12", "N07")
            )


# -- outside the campaign


def day_after_the_end(scene: Scene) -> Iterator[Damage]:
    """An activity's day moved behind the end of the campaign."""
    if scene.window is None:
        return
    late = scene.window[1] + timedelta(days=6)
    for day in scene.days("activity"):
        item = _item(scene, day.span.start)
        if item is None or item.section != "活动安排" or _OF_ITS_OWN.search(scene.quote(item.span)):
            continue
        if scene.window[0] <= day.day <= scene.window[1] and late.year == day.day.year:
            yield swap(day.span, worded(late, day.year is not None), follows=("D10", "D05"))


def item_after_the_end(scene: Scene) -> Iterator[Damage]:
    if scene.window:
        for slot in scene.slots("活动安排"):
            for days in (4, 12):
                day = worded(scene.window[1] + timedelta(days=days), False)
                words = f"\n{slot.marker}知识竞赛。⟦{day}⟧，在文化馆报告厅举办知识竞赛。"
                yield put(slot.offset, words, follows=("D05",))


def item_before_the_start(scene: Scene) -> Iterator[Damage]:
    if scene.window and scene.issue and (scene.window[0] - scene.issue).days > 5:
        day = worded(scene.window[0] - timedelta(days=2), False)
        for slot in scene.slots("活动安排"):
            yield put(
                slot.offset, f"\n{slot.marker}图片展览。⟦{day}⟧，在文化馆一楼展出图片60幅。", follows=("D12",)
            )


def range_past_the_end(scene: Scene) -> Iterator[Damage]:
    """An activity that goes on past the end of the campaign."""
    if scene.window is None:
        return
    for span in scene.ranges("activity"):
        item = _item(scene, span.span.start)
        late = scene.window[1] + timedelta(days=5)
        inside = scene.window[0] <= span.start and span.end <= scene.window[1]
        if item and item.section == "活动安排" and inside and late.year == span.end.year:
            yield Damage(
                (Edit(span.last.start, span.last.end, worded(late, False)),), (), (span.span,), ("D05", "D10")
            )


# -- lengths and hours


def _lengths(scene: Scene, *lengths: str) -> Iterator[Damage]:
    for span in scene.ranges("campaign_period", "activity"):
        days = (span.end - span.start).days + 1
        if scene.text[span.row.span.end : span.row.span.end + 1] not in ("，", "。", "\n", ""):
            continue
        for length in lengths:
            number = {"一周": 7, "两周": 14, "十天": 10, "一个月": 30, "more": days + 1}[length]
            if abs(number - days) > 1 or length == "more":
                yield put(
                    span.row.span.end,
                    "，⟦为期" + (f"{days + 1}天" if length == "more" else length) + "⟧",
                    follows=("D11",),
                )


def one_day_more(scene: Scene) -> Iterator[Damage]:
    yield from _lengths(scene, "more")


def weeks(scene: Scene) -> Iterator[Damage]:
    yield from _lengths(scene, "一周", "两周")


def ten_days_or_a_month(scene: Scene) -> Iterator[Damage]:
    yield from _lengths(scene, "十天", "一个月")


def in_all(scene: Scene) -> Iterator[Damage]:
    """共N天 behind the range."""
    for span in scene.ranges("campaign_period"):
        days = (span.end - span.start).days + 1
        if scene.text[span.row.span.end : span.row.span.end + 1] in ("，", "。", "\n", ""):
            yield put(span.row.span.end, f"，⟦共{days + 2}天⟧")
            yield put(span.row.span.end, f"（⟦共计{days - 1}天⟧）")


def afternoon_24(scene: Scene) -> Iterator[Damage]:
    """下午2:30 typed as 下午14:30."""
    for match in scene.matches(r"(下午|晚上)\s*(\d{1,2})(?=[:：时点])"):
        hour = int(match[2])
        if 1 <= hour < 12 and scene.zone(match.start()) in ("body", "plan"):
            yield Damage((Edit(*match.span(2), str(hour + 12)),), (), (Span(*match.span()),))


def afternoon_said(scene: Scene) -> Iterator[Damage]:
    if scene.window:
        day = worded(scene.window[0], False)
        yield from said(
            scene,
            f"{day}⟦下午15时⟧，在会议室集中学习。",
            f"{day}⟦下午14:30⟧，在会议室集中学习。",
            f"{day}⟦晚上19点⟧，在广场放映公益影片。",
            follows=("D12", "D11", "D04"),
        )


def mixed_hours(scene: Scene) -> Iterator[Damage]:
    """点 and 时 side by side."""
    if scene.window and not re.search(r"\d[时点]", scene.text):
        day = worded(scene.window[0], False)
        yield from said(
            scene,
            f"{day}⟦上午9时⟧集合，⟦11点⟧结束。",
            f"{day}⟦上午8点⟧布展，⟦下午5时⟧撤展。",
            follows=("D12", "D11", "D04"),
        )


WAYS: Ways = {
    "D02": {
        "number_of_last_year": number_of_last_year,
        "number_of_next_year": number_of_next_year,
        "title_of_last_year": title_of_last_year,
        "plan_title_of_last_year": plan_title_of_last_year,
        "signed_last_year": signed_last_year,
        "period_of_last_year": period_of_last_year,
    },
    "D10": {
        "time_label_added": time_label_added,
        "held_another_day": held_another_day,
        "same_title_another_day": same_title_another_day,
    },
    "D11": {
        "day_after_the_end": day_after_the_end,
        "item_after_the_end": item_after_the_end,
        "item_before_the_start": item_before_the_start,
        "range_past_the_end": range_past_the_end,
    },
    "D14": {
        "one_day_more": one_day_more,
        "weeks": weeks,
        "ten_days_or_a_month": ten_days_or_a_month,
        "in_all": in_all,
    },
    "D16": {"afternoon_24": afternoon_24, "afternoon_said": afternoon_said, "mixed_hours": mixed_hours},
}
