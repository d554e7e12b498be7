"""Days that contradict one another or the calendar: issue and print day, order, weekday."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from extractor.checks.case import Case, Dated, iso
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

WEEKDAYS = "一二三四五六日"

# Words that make a past day right: what has been done, a span that runs up to now, a rule that has long been in force.
_DONE = lazy(
    r"已于|已经|曾于|曾在|截至|截止到|以来|自[^，。]{0,20}起(?:施行|实施|执行)|去年|上年|历年|往年|回顾"
)
_MONTHLY = lazy(r"每月|每季|每周|当月|次月|下月|本月|逐月|翌月")


def shown(day: date) -> str:
    """A day as a notice prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def told_as_done(case: Case, dated: Dated) -> bool:
    """Whether the sentence tells of something past, or the date stands inside 《…》."""
    if case.in_title(dated.a):
        return True
    start, _ = case.sentence(dated.a)
    return bool(_DONE.search(case.chars, start, min(dated.b + 12, len(case.chars))))


def same_day(day: date, year: int) -> date | None:
    """The same month and day in another year, if that year has it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def print_before_issue(case: Case, card: Card) -> Iterator[Fault]:
    """The 印发 day of the colophon before the signature's day, or long after it."""
    printed, issue = iso(case.fields.print_date), case.issue
    span = case.fields.spans.get("print_date")
    if printed is None or issue is None or span is None or case.issue_span is None:
        return
    if span.start <= case.issue_span.start:
        return
    better = same_day(printed, issue.year)
    if printed < issue:
        if better is None or better < issue:
            better = None
        a, b = case.ends(span)
        change = None
        match = re.match(r"\d{4}(?=年)", case.chars[a:b])
        if better and match:
            change = Change(case.span(a, a + 4), str(issue.year))
        values = {"printed": shown(printed), "issue": shown(issue), "better": shown(better) if better else ""}
        yield Fault(span, values, (Other(case.issue_span, "成文日期"),), change=change)
    elif (printed - issue).days > card.params["late_days"]:
        values = {"printed": shown(printed), "issue": shown(issue), "days": str((printed - issue).days)}
        yield Fault(span, values, (Other(case.issue_span, "成文日期"),), variant="late")


def before_issue(case: Case, card: Card) -> Iterator[Fault]:
    """What the notice orders begins (or is over) before the day it is signed."""
    issue = case.issue
    if issue is None or case.issue_span is None or case.looks_back:
        return
    campaign = case.window[0] if case.window else None
    other = (Other(case.issue_span, "成文日期"),)
    for dated in case.role("campaign_period", "activity", "pickup"):
        start, end = dated.first, dated.last
        if start is None or end is None or start >= issue or dated.row.status != "ok":
            continue
        if dated.row.precision not in ("day", "time") or start.year < issue.year - 1:
            continue
        if case.zone(dated.a) not in ("body", "plan", "attachment") or told_as_done(case, dated):
            continue
        values = {"start": shown(start), "issue": shown(issue), "days": (issue - start).days}
        if end < issue:
            yield Fault(dated.span, values, other, variant="over")
        elif dated.row.role == "campaign_period":
            yield Fault(dated.span, values, other, variant="campaign")
        elif campaign is None or start < campaign:
            yield Fault(dated.span, values, other, variant="begun")
        else:
            yield Fault(dated.span, values, other)


# The patterns begin with a literal, so that the engine skips to it; what stands before is looked at from there.
_MONTH_DAY = lazy(
    r"月(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?=之?前|以前|起|止|之间|开始|截止|[上下中]午|晚[上间]?|当[天日]|[，。；（）](?!\d)"
    r"|在|由|于|是|为|将|组织|举[行办]|开展|召开|启动|集中|\n前(?![期述言后来往面])|(?P<end>\n|$))"
)
_MONTH = lazy(r"(?<!\d)(1[0-2]|0?[1-9])$")
_LABEL = lazy(r"(?:时间|日期|期限)：[^\n，。；]{0,16}$")
_LONE = lazy(r"日(?=之?前|以前|起至|止)")
_DAY = lazy(r"(?<![\d年月至到~、和及与第/.-])(3[01]|[12]\d|[1-9])$")


def incomplete_date(case: Case, card: Card) -> Iterator[Fault]:
    """4月27前 without 日; a lone 27日前 in a text that names no month before it."""
    chars = case.chars
    for match in _MONTH_DAY.finditer(chars):
        month = _MONTH.search(chars[max(match.start() - 3, 0) : match.start()])
        if month is None or case.in_title(match.start()) or case.in_table(match.start()):
            continue
        a, b = match.start() - len(month.group(1)), match.end()
        if match["end"] is not None and not _LABEL.search(chars[max(a - 22, 0) : a]):
            continue
        for word in ("之前", "前"):
            if chars.startswith(word, b):
                b += len(word)
                break
        number = case.span(match.start("d"), match.end("d"))
        values = {"better": f"{month.group(1)}月{match['d']}日", "what": "日"}
        yield Fault(case.span(a, b), values, change=Change(number, f"{case.document.quote(number)}日"))
    for match in _LONE.finditer(chars):
        at = match.start()
        day = _DAY.search(chars[max(at - 3, 0) : at])
        if day is None or case.in_title(at) or case.in_table(at):
            continue
        start, _ = case.sentence(at)
        line = chars.rfind("\n", 0, at) + 1
        if _MONTHLY.search(chars, start, at) or re.search(r"[\d一二三四五六七八九十]月", chars[line:at]):
            continue
        yield Fault(case.span(at - len(day.group(1)), match.end()), {"what": "月"}, variant="month")


_CLOCK = lazy(r"：(\d\d)(?![\d：])")
_HOUR = lazy(r"(?:[上下中]午|晚上|凌晨|时间：|日)(\d{1,2})$")
_LUNAR = lazy(r"农历|阴历|腊月|正月")


def invalid_date(case: Case, card: Card) -> Iterator[Fault]:
    """A day the calendar does not have, an hour past 24, a minute past 59."""
    for dated in case.dates:
        if dated.row.status != "invalid" or case.in_title(dated.a):
            continue
        if _LUNAR.search(case.chars, max(dated.a - 4, 0), dated.b):
            continue
        reason = _impossible(dated, case.year)
        if reason:
            yield Fault(dated.span, {"reason": reason})
    for match in _CLOCK.finditer(case.chars):
        before = _HOUR.search(case.chars[max(match.start() - 5, 0) : match.start()])
        if before is None:
            continue
        hour, minute = int(before.group(1)), int(match.group(1))
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            span = case.span(match.start() - len(before.group(1)), match.end())
            yield Fault(span, {"reason": "时刻最大到24:00，分钟最大到59"})


def _impossible(dated: Dated, year: int | None) -> str:
    """Why the date does not exist, or "" when its parts do not show it."""
    parts = dated.parts
    ends = (
        (parts.year, parts.month, parts.day),
        (parts.end_year or parts.year, parts.end_month or parts.month, parts.end_day),
    )
    for own, month, day in ends:
        if month is not None and not 1 <= month <= 12:
            return f"一年没有{month}月"
        if month is None or day is None:
            continue
        leap = own or year
        length = (
            calendar.monthrange(leap, month)[1]
            if leap
            else (29 if month == 2 else calendar.monthrange(2024, month)[1])
        )
        if not 1 <= day <= length:
            which = f"{leap}年{month}月" if month == 2 and leap else f"{month}月"
            return f"{which}只有{length}天" if day else f"{which}没有0日"
    return ""


_YEARS = lazy(r"年(?:(?<=[-~至](?:19|20)\d\d年)|(?<=[-~至]到(?:19|20)\d\d年))(?!前|底前)")
_YEAR_BEFORE = lazy(r"(?<!\d)((?:19|20)\d\d)年?$")
_HOURS = lazy(
    r"(上午|下午|晚上)(\d{1,2})(?:：(\d{2})|[时点](?:(\d{1,2})分)?)(?:-|~|至|到)(上午|下午|晚上)?(\d{1,2})(?:：(\d{2})|[时点](?:(\d{1,2})分)?)"
)


_MONTH_END = 31  # day 0 of a date is its month's last


def reversed_range(case: Case, card: Card) -> Iterator[Fault]:
    """A range that ends before it begins."""
    for dated in case.dates:
        parts = dated.parts
        if dated.row.form not in ("range", "day") or parts.end_day is None or parts.day is None:
            continue
        month, end_month = parts.month, parts.end_month or parts.month
        if month is None or end_month is None:
            continue
        first = (parts.year or 0, month, parts.day)
        last = (parts.end_year or parts.year or 0, end_month, parts.end_day or _MONTH_END)
        if last >= first or (not parts.end_year and month >= 9 and end_month <= 4):
            continue
        if dated.span.end >= len(case.text.rstrip()) and not case.text.rstrip().endswith("日"):
            continue  # the text breaks off inside the date
        turned = f"{end_month}月{parts.end_day}日至{month}月{parts.day}日"
        yield Fault(dated.span, {"better": turned, "what": "日期"}, root=f"range:{dated.a}")
    for match in _YEARS.finditer(case.chars):
        begin = match.start() - len("2023")
        last_year = case.chars[begin : match.start()]
        begin -= len("至到") if case.chars[begin - 1] == "到" else len("至")
        first_year = _YEAR_BEFORE.search(case.chars[max(begin - 6, 0) : begin])
        if first_year and int(first_year.group(1)) > int(last_year):
            values = {"better": f"{last_year}—{first_year.group(1)}年", "what": "年份"}
            yield Fault(case.span(begin - len(first_year.group()), match.end()), values)
    for match in _HOURS.finditer(case.chars) if case.says("午", "晚") else ():
        start = _minutes(match.group(1), match.group(2), match.group(3) or match.group(4))
        end = _minutes(match.group(5) or match.group(1), match.group(6), match.group(7) or match.group(8))
        if end < start and "日" not in match.group():
            yield Fault(case.span(*match.span()), {"better": "", "what": "时刻"})


def _minutes(half: str, hour: str, minute: str | None) -> int:
    value = int(hour)
    if half in ("下午", "晚上") and value < 12:
        value += 12
    return value * 60 + int(minute or 0)


_WEEKDAY = lazy(r"（?(?<![至到~-])(?:星期|周|礼拜)([一二三四五六日天])(?![至到期\-~、一二三四五六日天年])")


def weekday(case: Case, card: Card) -> Iterator[Fault]:
    """A stated weekday the calendar does not give that day."""
    for dated in case.dates:
        day = dated.first  # a deadline has only an end
        if dated.row.form != "day" or dated.row.status != "ok" or day is None:
            continue
        if dated.row.year_from != "explicit" and case.year is None:
            continue
        # Three characters more than the weekday may take, so that what forbids it behind is seen.
        match = _WEEKDAY.search(case.chars, dated.a, dated.b + 9)
        if match is None or match.start() > dated.b + 1:
            continue
        stated = "日" if match.group(1) == "天" else match.group(1)
        right = WEEKDAYS[day.weekday()]
        if stated == right:
            continue
        years = [y for y in (day.year - 1, day.year + 1) if _weekday_in(day, y) == stated]
        values = {
            "day": shown(day),
            "right": right,
            "stated": match.group(1),
            "hint": f"（{years[0]}年的这一天才是星期{match.group(1)}，疑沿用往年稿）"
            if years[:1] == [day.year - 1]
            else "",
        }
        mended = case.span(match.start(1), match.end(1))
        end = max(dated.b, match.end(1))
        yield Fault(case.span(dated.a, end), values, change=Change(mended, right))


def _weekday_in(day: date, year: int) -> str:
    moved = same_day(day, year)
    return WEEKDAYS[moved.weekday()] if moved else ""


KINDS: dict[str, Kind] = {
    "print_before_issue": Kind(print_before_issue, {"late_days": 30}),
    "before_issue": Kind(before_issue),
    "incomplete_date": Kind(incomplete_date),
    "invalid_date": Kind(invalid_date),
    "reversed_range": Kind(reversed_range),
    "weekday": Kind(weekday),
}
