"""Deadlines: their year, their place after the activity, the time they leave, how they are worded."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from extractor.checks.case import Case, Dated
from extractor.checks.dates import same_day, shown, told_as_done
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

_RESULTS = lazy(r"总结|小结|照片|图片|成效|影像|视频资料|统计表")
_EARLY = lazy(
    r"方案|报名|回执|联络员|联系人名单|题目|试题|领取|每日|每天|每周|逐日|进展|阶段|中期|动态|预告|计划|名单|线索"
)
_AFTERWARDS = lazy(r"(?:活动|宣传[周月日]|[周月])(?:活动)?(?:全部)?结束(?:之)?后")
_PLAN_ASKED = lazy(
    r"将[^。；]{0,24}?(?P<plan>(?:活动|实施|工作)方案)(?!落实|执行|实施|完成|情况|总结|要求)[^。；]{0,40}?(?:报|送|提交)"
)
_URGENT = lazy(r"特急|加急|紧急|急件|补充通知|更正")
_CALLED = lazy(r"培训|领取|报名|参加|会议|集中|报到|座谈|开班")
_BARE_DAY = lazy(
    r"于(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日"
    r"(?=报(?!名|到|告会)|送|上报|反馈|提交|汇总|[，]?将[^。；，\n]{1,30}?(?:报送|上报|反馈|提交|报[省市区县州盟旗镇局我至]|[发寄]送|[发送寄]至))"
)
_VAGUE = lazy(
    r"(?:活动|宣传[周月]|检查|演练)?结束后[，]?(?:请)?(?:各[^，。]{0,10})?(?:要)?(?:及时|尽快|适时)(?:将[^。；]{0,30})?(?:报送|上报|报|提交|反馈|发送|[发寄]至)"
)


def deadline_year(case: Case, card: Card) -> Iterator[Fault]:
    """A deadline in a year that is not the document's, or before the day the document is signed."""
    if case.year is None or case.looks_back:
        return
    for dated in case.role("deadline"):
        day = dated.last
        if day is None or dated.row.status == "invalid" or dated.row.precision not in ("day", "time"):
            continue
        explicit = dated.row.year_from == "explicit"
        late = case.issue is not None and day < case.issue
        stale = explicit and (day.year < case.year or day.year > case.year + 1)
        if not (late or stale) or told_as_done(case, dated):
            continue
        better = same_day(day, case.year)
        if better == day or (better and case.issue and better < case.issue):
            better = None
        others = []
        if case.issue and case.issue_span:
            others.append(Other(case.issue_span, "成文日期"))
        if case.window and case.window_span:
            others.append(Other(case.window_span, "活动时间"))
        year = _written_year(case, dated)
        change = Change(year, str(better.year)) if better and year else None
        values = {
            "day": shown(day),
            "year": case.year,
            "issue": shown(case.issue) if case.issue else "",
            "better": shown(better) if better else "",
        }
        yield Fault(dated.span, values, tuple(others), variant="" if stale else "past", change=change)


def _written_year(case: Case, dated: Dated) -> Span | None:
    """The four digits of the year a date is written with."""
    match = re.match(r"\d{4}(?=年)", case.chars[dated.a : dated.b])
    return case.span(dated.a, dated.a + 4) if match else None


def before_end(case: Case, card: Card) -> Iterator[Fault]:
    """Summaries due before the activity is over, or so soon after it that no day is left; plans due after it."""
    if case.window is None or case.window_span is None:
        return
    end = case.window[1]
    other = (Other(case.window_span, "活动时间"),)
    for dated in case.role("deadline"):
        day = dated.last
        if (
            day is None
            or dated.row.status != "ok"
            or dated.row.precision not in ("day", "time")
            or case.in_title(dated.a)
        ):
            continue
        a, b = case.sentence(dated.a, dated.b)
        words = case.chars[a:b]
        values = {"day": shown(day), "end": shown(end), "days": (day - end).days}
        if abs((day - end).days) > 300:
            continue  # another year's date is D01's to tell
        if day <= end:
            asked = words[: dated.b - a + 50]
            if _RESULTS.search(asked) and not _EARLY.search(asked):
                yield Fault(dated.span, values, other)
            continue
        after = _AFTERWARDS.search(words)
        if after and (day - end).days < card.params["least_days"]:
            first = min(a + after.start(), dated.a)
            yield Fault(case.span(first, dated.b), values, other, variant="tight")
        plan = _PLAN_ASKED.search(words)
        if plan and after and after.start() < plan.start():
            span = case.span(a + after.start(), a + plan.end("plan"))
            yield Fault(span, {**values, "plan": plan.group("plan")}, other, variant="plan")


def working_days(case: Case, issue: date, day: date) -> int | None:
    """Working days after ``issue`` up to and with ``day``; None where the calendar does not reach."""
    count, at = 0, issue
    while at < day:
        at += timedelta(days=1)
        works = case.workday(at)
        if works is None:
            return None
        count += works
        if count > 10:
            break
    return count


def lead_time(case: Case, card: Card) -> Iterator[Fault]:
    """Less than the wanted working days between the issue date and what has to be done."""
    issue = case.issue
    if issue is None or case.issue_span is None or case.looks_back:
        return
    for dated in case.role("deadline", "pickup", "activity"):
        day = dated.last if dated.row.role == "deadline" else dated.first
        if day is None or day < issue or (day - issue).days > 12 or dated.row.status != "ok":
            continue
        if dated.row.precision not in ("day", "time") or told_as_done(case, dated):
            continue
        if dated.row.form == "relative" or (
            dated.row.role == "activity" and not _CALLED.search(case.chars, *case.sentence(dated.a, dated.b))
        ):
            continue
        count = working_days(case, issue, day)
        if count is not None and count < card.params["working_days"]:
            if _URGENT.search(_head(case)):
                return
            values = {"issue": shown(issue), "day": shown(day), "count": count}
            yield Fault(dated.span, values, (Other(case.issue_span, "成文日期"),))


def _head(case: Case) -> str:
    """The words above the body: letterhead, urgency mark, title."""
    lines = case.outline.lines
    words = [
        case.words(line) for line in lines[:12] if line.zone in ("web", "letterhead", "doc_number", "title")
    ]
    return "".join(words) + (case.fields.title or "")


def on_holiday(case: Case, card: Card) -> Iterator[Fault]:
    """A deadline on a day nobody works."""
    for dated in case.role("deadline"):
        day = dated.last
        if day is None or dated.row.status != "ok" or dated.row.precision not in ("day", "time"):
            continue
        if case.workday(day) is not False or (case.issue and day < case.issue):
            continue
        if not told_as_done(case, dated):  # nor inside 《…》
            at = day
            while case.workday(at) is False:
                at -= timedelta(days=1)
            weekday = "一二三四五六日"[day.weekday()]
            yield Fault(dated.span, {"day": shown(day), "weekday": weekday, "better": shown(at)})


def wording(case: Case, card: Card) -> Iterator[Fault]:
    """A deadline without 前 or 内, one without any day, one that only follows from another date."""
    chars = case.chars
    for match in _BARE_DAY.finditer(chars):
        if not case.in_title(match.start()):
            span = case.span(match.start() + 1, match.end())
            end = case.span(match.end() - 1, match.end()).end
            yield Fault(
                span,
                {"better": chars[match.start() : match.end()] + "前"},
                change=Change(Span(end, end), "前"),
            )
    dated_deadlines = [dated for dated in case.role("deadline") if dated.last]
    if not dated_deadlines:
        for match in _VAGUE.finditer(chars):
            yield Fault(case.span(*match.span()), variant="undated")
    for dated in dated_deadlines:
        if dated.row.form == "relative" and dated.last and dated.parts.anchor == "campaign_end":
            yield Fault(dated.span, {"day": shown(dated.last)}, variant="relative")


KINDS: dict[str, Kind] = {
    "deadline_year": Kind(deadline_year),
    "deadline_before_end": Kind(before_end, {"least_days": 2}),
    "lead_time": Kind(lead_time, {"working_days": 2}),
    "deadline_on_holiday": Kind(on_holiday),
    "deadline_wording": Kind(wording),
}
