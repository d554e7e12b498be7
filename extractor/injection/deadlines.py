"""Deadlines: last year's year, before the end, too soon, on a day off, in loose words (D01 D05 D12 D13 D15)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from extractor.checks.workdays import workday
from extractor.injection.damage import Damage, Edit, Ways, asked, said, swap
from extractor.injection.scene import Day, Scene, worded
from extractor.model import Span
from extractor.patterns import lazy

_BACK = lazy(r"总结|通报|表彰|公示|考核|评选结果|回顾|情况的报告|年报")
_RESULTS = lazy(r"总结|小结|照片|图片|成效|影像|统计表")
_DONE = lazy(r"已于|曾|截至|截止|以来|去年|每")
_CLOSE = ("D01", "D12", "D13")


def _due(scene: Scene) -> Iterator[Day]:
    """Deadlines with 前, in a notice that does not report on what is over."""
    if _BACK.search(scene.fields.title or ""):
        return
    for day in scene.days("deadline"):
        start = max(scene.text.rfind(mark, 0, day.span.start) for mark in "。；\n") + 1
        if "前" in scene.quote(day.row.span) and not _DONE.search(scene.text[start : day.span.start]):
            yield day


def _sentence(scene: Scene, day: Day) -> str:
    stop = re.compile(r"[。\n]").search(scene.text, day.span.end)
    return scene.text[day.span.end : stop.start() if stop else len(scene.text)]


def _of_year(day: Day, year: int) -> Damage:
    """The deadline with another year, written where it was not."""
    at = day.year or Span(day.span.start, day.span.start)
    words = f"⟦{year}⟧" if day.year else f"⟦{year}年⟧"
    return swap(at, words, follows=("D05",))


def last_year(scene: Scene) -> Iterator[Damage]:
    """The year of the deadline was not changed when last year's plan was copied."""
    yield from (_of_year(day, day.day.year - 1) for day in _due(scene))


def year_before_last(scene: Scene) -> Iterator[Damage]:
    yield from (_of_year(day, day.day.year - 2) for day in _due(scene))


def year_turned(scene: Scene) -> Iterator[Damage]:
    """2024 typed as 2042."""
    for day in _due(scene):
        year = f"{day.day.year}"
        turned = int(year[:2] + year[:1:-1])
        if turned > day.day.year + 1:
            yield _of_year(day, turned)


def before_issue(scene: Scene) -> Iterator[Damage]:
    """A deadline of this year that was over on the day of issue."""
    if scene.issue is None:
        return
    for day in _due(scene):
        past = scene.issue - timedelta(days=9)
        if past.year == day.day.year:
            yield swap(day.span, worded(past, day.year is not None), follows=("D05",))


def asked_last_year(scene: Scene) -> Iterator[Damage]:
    """A sentence of last year's plan that asks for something by last year's day."""
    if scene.issue is None or _BACK.search(scene.fields.title or ""):
        return
    day = scene.issue + timedelta(days=9)
    last = worded(date(day.year - 1, day.month, min(day.day, 28)))
    yield from asked(
        scene,
        f"请各单位于⟦{last}前⟧将联络员名单反馈至活动办公室。",
        f"有意参加的单位请在⟦{last}之前⟧报名。",
        f"活动方案务必于⟦{last}前⟧提交。",
        follows=("C01",),
    )


def results_during(scene: Scene) -> Iterator[Damage]:
    """Results are wanted a day before the end."""
    yield from _results(scene, -1)


def results_last_day(scene: Scene) -> Iterator[Damage]:
    yield from _results(scene, 0)


def _results(scene: Scene, shift: int) -> Iterator[Damage]:
    if scene.window is None or scene.issue is None:
        return
    due = scene.window[1] + timedelta(days=shift)
    for day in _due(scene):
        if _RESULTS.search(_sentence(scene, day)[:50]) and due > scene.issue and due != day.day:
            yield swap(day.span, worded(due, day.year is not None), follows=_CLOSE)


def results_asked(scene: Scene) -> Iterator[Damage]:
    if scene.window is None or scene.issue is None or scene.window[0] == scene.window[1]:
        return
    due = scene.window[1] - timedelta(days=1)
    if due > scene.issue:
        day = worded(due, False)
        yield from asked(
            scene,
            f"请各单位于⟦{day}前⟧将活动总结和照片报送活动办公室。",
            f"⟦{day}前⟧，各单位上报活动开展情况总结。",
            f"各单位活动小结、影像资料于⟦{day}前⟧一并提交。",
            follows=(*_CLOSE, "C01"),
        )


def window_longer(scene: Scene) -> Iterator[Damage]:
    """The campaign was prolonged past the day its results are due."""
    for span in scene.ranges("campaign_period"):
        for day in _due(scene):
            last = day.day + timedelta(days=2)
            if (
                scene.window == (span.start, span.end)
                and _RESULTS.search(_sentence(scene, day)[:50])
                and last.year == span.start.year
                and day.day >= span.end
            ):
                words = worded(last, False)
                yield Damage(
                    (Edit(span.last.start, span.last.end, words),), (), (day.span,), ("D11", "D14", "T02")
                )


def next_day(scene: Scene) -> Iterator[Damage]:
    """Something is due the day after the notice was signed."""
    if scene.issue is None:
        return
    day = worded(scene.issue + timedelta(days=1), False)
    yield from asked(
        scene,
        f"请各单位于⟦{day}前⟧将联络员名单报送活动办公室。",
        f"请各单位派员于⟦{day}⟧到活动办公室领取宣传资料。",
        f"请各单位派1人参加⟦{day}⟧召开的业务培训会。",
        follows=("C01", "D11", "D04", "D10"),
    )


def same_day(scene: Scene) -> Iterator[Damage]:
    if scene.issue is not None:
        day = worded(scene.issue, False)
        yield from asked(scene, f"请各单位于⟦{day}前⟧将参加人员名单报送活动办公室。", follows=("C01", "D01"))


def deadline_too_soon(scene: Scene) -> Iterator[Damage]:
    """The deadline itself moved to the day after the signature."""
    if scene.issue is None:
        return
    for day in _due(scene):
        yield swap(
            day.span,
            worded(scene.issue + timedelta(days=1), day.year is not None),
            follows=("D05", "D13"),
        )


def _off(day: date, weekday: int | None) -> date | None:
    """The first day off from ``day`` on that falls on this weekday; any statutory one without a weekday."""
    for step in range(120):
        later = day + timedelta(days=step)
        if workday(later) is False and (
            later.weekday() == weekday if weekday is not None else later.weekday() < 5
        ):
            return later
    return None


def on_saturday(scene: Scene) -> Iterator[Damage]:
    yield from _moved_off(scene, 5)


def on_sunday(scene: Scene) -> Iterator[Damage]:
    yield from _moved_off(scene, 6)


def _moved_off(scene: Scene, weekday: int) -> Iterator[Damage]:
    for day in _due(scene):
        later = _off(day.day, weekday)
        overdue = (
            scene.issue is not None and day.day < scene.issue
        )  # a fault of its own, graver than a Saturday
        if later and later != day.day and later.year == day.day.year and not overdue:
            yield swap(day.span, worded(later, day.year is not None))


def on_statutory_holiday(scene: Scene) -> Iterator[Damage]:
    """A sentence that asks for something by a statutory holiday on a weekday."""
    after = scene.soon(3)
    holiday = _off(after, None) if after else None
    if holiday and after and holiday.year == after.year:
        yield from asked(
            scene,
            f"请各单位于⟦{worded(holiday, False)}前⟧将补充材料报送活动办公室。",
            follows=("C01", "D01"),
        )


_BEFORE = lazy(r"前(?:，)?(?:将|把|向|报(?!名)|上报|反馈|提交)")


def without_before(scene: Scene) -> Iterator[Damage]:
    """于M月D日前将…报送 without 前."""
    for day in _due(scene):
        match = _BEFORE.match(scene.text, day.span.end)
        overdue = scene.issue is not None and day.day < scene.issue
        if match and scene.text[day.span.start - 1] == "于" and not overdue:
            end = day.span.end
            yield Damage((Edit(end, end + 1, ""),), (), (day.span,), ("D12",))


def asked_without_before(scene: Scene) -> Iterator[Damage]:
    due = scene.soon()
    if due:
        day = worded(due, False)
        yield from asked(
            scene,
            f"请各单位⟦于{day}报送⟧典型案例。",
            f"请各单位⟦于{day}将典型案例报送⟧活动办公室。",
            f"典型案例由各单位⟦于{day}上报⟧。",
            follows=("C01", "D11"),
        )


def only_afterwards(scene: Scene) -> Iterator[Damage]:
    """The only deadline gives way to 活动结束后及时."""
    due = list(_due(scene))
    rows = [row for row in scene.tables.dates if row.role == "deadline"]
    if len(due) != 1 or len(rows) != 1:
        return
    start = scene.text.rfind("\n", 0, due[0].span.start) + 1
    lead = re.search(r"[于在]?\s*$", scene.text[start : due[0].span.start])
    a = start + lead.start() if lead else due[0].span.start
    b = due[0].row.span.end
    if re.match(r"，?(?:将|把|报|上报)", scene.text[b : b + 4]):
        for words in ("活动结束后及时", "活动结束后尽快", "宣传周结束后及时"):
            yield swap(Span(a, b), words)


def counted_from_end(scene: Scene) -> Iterator[Damage]:
    """A week after the end, where readers must count for themselves."""
    for day in _due(scene):
        start = day.span.start - (scene.text[day.span.start - 1] in "于在")
        if re.match(r"，?(?:将|把|报|上报)", scene.text[day.row.span.end : day.row.span.end + 4]):
            yield swap(Span(start, day.row.span.end), "活动结束后一周内")


def loosely(scene: Scene) -> Iterator[Damage]:
    """A notice without any deadline asks for results in loose words."""
    if not any(row.role == "deadline" for row in scene.tables.dates):
        yield from said(scene, "⟦活动结束后，请及时将总结报送⟧活动办公室。")


WAYS: Ways = {
    "D01": {
        "last_year": last_year,
        "year_before_last": year_before_last,
        "year_turned": year_turned,
        "before_issue": before_issue,
        "asked_last_year": asked_last_year,
    },
    "D05": {
        "results_during": results_during,
        "results_last_day": results_last_day,
        "results_asked": results_asked,
        "window_longer": window_longer,
    },
    "D12": {"next_day": next_day, "same_day": same_day, "deadline_too_soon": deadline_too_soon},
    "D13": {
        "on_saturday": on_saturday,
        "on_sunday": on_sunday,
        "on_statutory_holiday": on_statutory_holiday,
    },
    "D15": {
        "without_before": without_before,
        "asked_without_before": asked_without_before,
        "only_afterwards": only_afterwards,
        "counted_from_end": counted_from_end,
        "loosely": loosely,
    },
}
