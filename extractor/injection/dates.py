"""Days against the calendar and one another (D03 D04 D06 D07 D08 D09)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from extractor.injection.damage import Damage, Edit, Ways, asked, put, said, swap
from extractor.injection.scene import Day, Scene, worded
from extractor.model import Span
from extractor.patterns import lazy

_DAY = lazy(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SHIFTED = ("D01", "D05", "D10", "D11", "D12", "D13", "D14", "T02")
_WEEKDAYS = "一二三四五六日"


def _same(day: date, year: int, month: int | None = None) -> date:
    return date(year, month or day.month, min(day.day, 28))


# -- the printing day


def _printed(scene: Scene, *days: date) -> Iterator[Damage]:
    """The day of the colophon in place of the one there."""
    span = scene.parts.get("print_date")
    match = _DAY.search(scene.text, span.start, span.end) if span else None
    if match:
        yield from (swap(Span(*match.span()), worded(day)) for day in days)


def print_last_year(scene: Scene) -> Iterator[Damage]:
    if scene.issue:
        yield from _printed(scene, _same(scene.issue, scene.issue.year - 1))


def print_days_before(scene: Scene) -> Iterator[Damage]:
    if scene.issue:
        yield from _printed(scene, *(scene.issue - timedelta(days=days) for days in (1, 6, 33)))


def print_long_after(scene: Scene) -> Iterator[Damage]:
    if scene.issue:
        yield from _printed(scene, scene.issue + timedelta(days=40), scene.issue + timedelta(days=90))


def colophon_of_last_year(scene: Scene) -> Iterator[Damage]:
    """A colophon put below a notice without one, dated a year or a week too early."""
    issue, issuers = scene.issue, scene.fields.issuers
    if issue is None or len(issuers) != 1 or scene.parts.get("colophon") or "issue_date" not in scene.parts:
        return
    organ = issuers[0] if issuers[0].endswith("办公室") else f"{issuers[0]}办公室"
    end = len(scene.text.rstrip())
    for day in (_same(issue, issue.year - 1), issue - timedelta(days=7)):
        yield put(end, f"\n\n{organ}　　　　⟦{worded(day)}⟧印发")


# -- begun before the issue


def signed_late(scene: Scene) -> Iterator[Damage]:
    """The notice is signed on the third day of the campaign."""
    span = scene.parts.get("issue_date")
    match = _DAY.search(scene.text, span.start, span.end) if span else None
    period = scene.parts.get("period")
    if match is None or period is None or scene.window is None or scene.issue is None:
        return
    if not any(scene.window == (span.start, span.end) for span in scene.ranges("campaign_period")):
        return  # 6月全月 is no day
    late = scene.window[0] + timedelta(days=2)
    if late >= scene.window[1] or late.year != scene.issue.year or scene.issue > scene.window[0]:
        return
    edits = [Edit(*match.span(), worded(late))]
    printed = scene.parts.get("print_date")
    other = _DAY.search(scene.text, printed.start, printed.end) if printed else None
    if other:
        edits.append(Edit(*other.span(), worded(late), quiet=True))
    yield Damage(tuple(edits), (), (period,), (*_SHIFTED, "D03"))


def over_before(scene: Scene) -> Iterator[Damage]:
    """The campaign's days lie before the signature."""
    for span in scene.ranges("campaign_period"):
        if scene.issue is None or scene.window != (span.start, span.end):
            continue
        start, end = scene.issue - timedelta(days=12), scene.issue - timedelta(days=6)
        if start.year == span.start.year:
            words = f"{worded(start, bool(re.match(r'20', scene.quote(span.span))))}至{worded(end, False)}"
            yield swap(span.span, words, follows=_SHIFTED)


def activity_before(scene: Scene) -> Iterator[Damage]:
    """One activity's day lies before the signature."""
    if scene.issue is None:
        return
    past = scene.issue - timedelta(days=4)
    for day in scene.days("activity"):
        start = max(scene.text.rfind(mark, 0, day.span.start) for mark in "。；\n") + 1
        told = re.search(r"已|曾|去年|以来|上年", scene.text[start : day.span.end + 12])
        if not told and past.year == day.day.year and day.day > scene.issue:
            yield swap(day.span, worded(past, day.year is not None), follows=_SHIFTED)


def item_before(scene: Scene) -> Iterator[Damage]:
    """A further activity that was over before the signature."""
    if scene.issue is None or scene.window is None:
        return
    past = worded(scene.issue - timedelta(days=5), False)
    for slot in scene.slots("活动安排"):
        yield put(
            slot.offset,
            f"\n{slot.marker}街头集中咨询。⟦{past}⟧，组织志愿者在人民广场设立咨询台，向群众发放资料。",
            follows=_SHIFTED,
        )


# -- incomplete days


def _cut(scene: Scene, behind: str, *roles: str) -> Iterator[Damage]:
    """日 left out where these words follow."""
    pattern = re.compile(behind)
    for day in scene.days(*roles):
        if pattern.match(scene.text, day.span.end):
            at = day.span.end - 1
            yield Damage((Edit(at, at + 1, ""),), (), (day.number,), ("D15", "C01", "F04"))


def no_day_before(scene: Scene) -> Iterator[Damage]:
    yield from _cut(scene, r"\s*(?:之?前|以前)")


def no_day_noon(scene: Scene) -> Iterator[Damage]:
    yield from _cut(scene, r"\s*(?:[上下中]午|晚|凌晨)")


def no_day_stop(scene: Scene) -> Iterator[Damage]:
    yield from _cut(scene, r"\s*[，。；（]", "activity", "deadline", "pickup", "other")


def no_day_verb(scene: Scene) -> Iterator[Damage]:
    """6月3在…举行, 6月3组织…"""
    yield from _cut(
        scene, r"\s*(?:在|由|到|组织|举[行办]|开展|启动|召开|是|当天)", "activity", "other", "pickup"
    )


def no_day_asked(scene: Scene) -> Iterator[Damage]:
    due = scene.soon()
    if due:
        month = f"{due.month}月{due.day}"
        yield from asked(
            scene,
            f"请各单位于⟦{month}前⟧将活动情况报送活动办公室。",
            f"各单位材料请在⟦{month}之前⟧报送。",
            f"报名于⟦{month}截止⟧，逾期不再受理。",
            follows=("C01",),
        )


def broken_over_lines(scene: Scene) -> Iterator[Damage]:
    """日 left out of a hard-wrapped text whose line breaks between the figure and 前."""
    long = [
        line.span for line in scene.body if len(line.span) > 40 and not scene.quote(line.span).count("\t")
    ]
    for day in scene.days("deadline"):
        own = next((span for span in long if span.covers(day.span)), None)
        if own is None or not scene.text.startswith("前", day.span.end):
            continue
        at = day.span.end - 1
        for width in range(24, 46):
            if (at - own.start) % width:
                continue
            feeds = {start for span in long for start in range(span.start + width, span.end, width)}
            feeds -= {at, at + 1}
            wraps = tuple(Edit(feed, feed, "\n", quiet=True) for feed in sorted(feeds))
            cut = Edit(at, at + 1, "\n")
            yield Damage((*wraps, cut), (), (day.number,), ("D15", "C01"))
            break


# -- impossible days


def past_the_month(scene: Scene) -> Iterator[Damage]:
    """The 31st of a month of thirty days, the 30th of February, the 32nd."""
    for day in scene.days("activity", "deadline", "pickup"):
        last = {2: 30, 4: 31, 6: 31, 9: 31, 11: 31}.get(day.day.month, 32)
        yield Damage(
            (Edit(day.number.start, day.number.end, str(last)),), (), (day.span,), (*_SHIFTED, "C01")
        )


def month_thirteen(scene: Scene) -> Iterator[Damage]:
    for day in scene.days("activity", "deadline", "pickup"):
        yield Damage((Edit(day.month.start, day.month.end, "13"),), (), (day.span,), (*_SHIFTED, "C01"))


def range_past_the_month(scene: Scene) -> Iterator[Damage]:
    for span in scene.ranges("activity", "campaign_period"):
        last = {2: 30, 4: 31, 6: 31, 9: 31, 11: 31}.get(span.end.month, 32)
        number = span.last_number
        yield Damage((Edit(number.start, number.end, str(last)),), (), (span.last,), (*_SHIFTED, "N06"))


def clock_past_the_hour(scene: Scene) -> Iterator[Damage]:
    if scene.window and scene.issue and scene.window[0] >= scene.issue:
        day = worded(scene.window[0], False)
        yield from said(
            scene,
            f"{day}⟦上午9:75⟧集合，统一乘车前往。",
            f"{day}⟦晚上25:00⟧前完成撤展。",
            f"{day}下午⟦2:60⟧开始布置。",
            follows=("D12", "D11", "D16", "C01"),
        )


def impossible_asked(scene: Scene) -> Iterator[Damage]:
    due = scene.soon()
    if due:
        month = (
            due.month if due.month in {4, 6, 9, 11} else 11 if due.month > 9 else 9 if due.month > 6 else 6
        )
        yield from asked(
            scene, f"请各单位于⟦{month}月31日前⟧将典型案例报送活动办公室。", follows=("C01", "D01")
        )


# -- turned ranges


def ends_swapped(scene: Scene) -> Iterator[Damage]:
    """4月26日至20日."""
    for span in scene.ranges():
        if span.start < span.end and span.one_month:
            first, last = scene.quote(span.number), scene.quote(span.last_number)
            yield Damage(
                (
                    Edit(span.number.start, span.number.end, last),
                    Edit(span.last_number.start, span.last_number.end, first),
                ),
                (),
                (span.span,),
                (*_SHIFTED, "D04", "N06"),
            )


def months_swapped(scene: Scene) -> Iterator[Damage]:
    """9月26日至9月1日, 7月2日至6月28日."""
    for span in scene.ranges():
        if span.start < span.end and span.start.year == span.end.year:
            year = bool(re.match(r"(?:19|20)\d\d", scene.quote(span.span)))
            words = f"{worded(span.end, year)}{scene.quote(span.dash)}{worded(span.start, False)}"
            yield swap(span.span, words, follows=(*_SHIFTED, "D04", "N06"))


def range_said(scene: Scene) -> Iterator[Damage]:
    if scene.window and scene.window[1] - scene.window[0] > timedelta(days=2):
        start, end = scene.window[0] + timedelta(days=1), scene.window[1]
        if start.month == end.month:
            words = f"⟦{end.month}月{end.day}日至{start.day}日⟧"
            yield from said(scene, f"{words}，各单位集中开展一次巡回宣讲。", follows=(*_SHIFTED, "D04"))


def hours_swapped(scene: Scene) -> Iterator[Damage]:
    if scene.window:
        day = worded(scene.window[0], False)
        yield from said(
            scene,
            f"{day}⟦下午5:00至2:30⟧，在广场设咨询台。",
            f"{day}⟦上午11时至9时⟧，在广场设咨询台。",
            f"{day}⟦上午11:30—9:00⟧，在广场设咨询台。",
            follows=("D12", "D11", "D04"),
        )


def years_swapped(scene: Scene) -> Iterator[Damage]:
    yield from said(scene, "结合实施《城乡环境提升计划（⟦2028—2021年⟧）》，统筹安排宣传力量。")


# -- weekdays


def _days(scene: Scene) -> Iterator[Day]:
    for day in scene.days("activity", "deadline", "pickup", "other"):
        if day.day.year == scene.year and not re.match(
            r"\s*[（(]?(?:星期|周)", scene.text[day.span.end :][:6]
        ):
            yield day


def _wrong(day: date, step: int) -> str:
    return _WEEKDAYS[(day.weekday() + step) % 7]


def weekday_in_brackets(scene: Scene) -> Iterator[Damage]:
    yield from (put(day.span.end, f"（星期⟦{_wrong(day.day, 1)}⟧）") for day in _days(scene))


def weekday_short(scene: Scene) -> Iterator[Damage]:
    yield from (put(day.span.end, f"（周⟦{_wrong(day.day, 3)}⟧）") for day in _days(scene))


def weekday_bare(scene: Scene) -> Iterator[Damage]:
    """星期三 without brackets, as last year's calendar had it."""
    for day in _days(scene):
        if scene.text[day.span.end : day.span.end + 1] not in ("前", "至", "—", "、"):
            yield put(day.span.end, f"星期⟦{_wrong(day.day, -1)}⟧")


def weekday_changed(scene: Scene) -> Iterator[Damage]:
    """A printed weekday one day off."""
    for day in scene.days():
        match = re.compile(r"\s*[（(]?(?:星期|周|礼拜)([一二三四五六日天])").match(scene.text, day.span.end)
        if match and day.day.year == scene.year:
            yield swap(Span(*match.span(1)), _wrong(day.day, 1))


WAYS: Ways = {
    "D03": {
        "print_last_year": print_last_year,
        "print_days_before": print_days_before,
        "print_long_after": print_long_after,
        "colophon_of_last_year": colophon_of_last_year,
    },
    "D04": {
        "signed_late": signed_late,
        "over_before": over_before,
        "activity_before": activity_before,
        "item_before": item_before,
    },
    "D06": {
        "no_day_before": no_day_before,
        "no_day_noon": no_day_noon,
        "no_day_stop": no_day_stop,
        "no_day_verb": no_day_verb,
        "no_day_asked": no_day_asked,
        "broken_over_lines": broken_over_lines,
    },
    "D07": {
        "past_the_month": past_the_month,
        "month_thirteen": month_thirteen,
        "range_past_the_month": range_past_the_month,
        "clock_past_the_hour": clock_past_the_hour,
        "impossible_asked": impossible_asked,
    },
    "D08": {
        "ends_swapped": ends_swapped,
        "months_swapped": months_swapped,
        "range_said": range_said,
        "hours_swapped": hours_swapped,
        "years_swapped": years_swapped,
    },
    "D09": {
        "weekday_in_brackets": weekday_in_brackets,
        "weekday_short": weekday_short,
        "weekday_bare": weekday_bare,
        "weekday_changed": weekday_changed,
    },
}
