"""From parts to calendar days: inheriting the year, ranges, relative dates; an impossible date stays impossible."""

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache

from extractor.model import DateParts, DateValue
from extractor.patterns import lazy
from extractor.resolve import lunar

_YEAR_END = 12
_FEW_MONTHS = 3
_FOUR_DIGITS = lazy(r"(?<!\d)(?:19|20)\d{2}")
_COMPLETE = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
)


_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _MONTH_DAYS[month]


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """``YYYY-MM-DD``, or None for an open or impossible day. Day 0 is the month's last."""
    if not year or not month or day is None or not 1 <= month <= _YEAR_END:
        return None
    last = days_in(year, month)
    day = day or last
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= last else None


def possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether month and day exist (in a leap year, when the year is open)."""
    if month is None:
        return True
    if not 1 <= month <= _YEAR_END:
        return False
    return day is None or 0 <= day <= days_in(year or 2000, month)


def value(
    parts: DateParts,
    year: int | None,
    year_from: str,
    period: tuple[str | None, str | None] = (None, None),
    issue: str | None = None,
) -> DateValue:
    """The resolved value of ``parts`` in a document of ``year``; ``period`` and ``issue`` anchor relative dates."""
    source = "explicit" if parts.year else (year_from or "none")
    if parts.form in ("anniversary", "ordinal", "placeholder"):
        status = "ambiguous" if parts.form == "placeholder" else "ok"
        return DateValue(None, None, None, "relative", status, "none", parts)
    if parts.form == "year":
        return DateValue(f"{parts.year}-01-01", f"{parts.year}-12-31", None, "year", "ok", "explicit", parts)
    if parts.form == "span":
        return _span(parts)
    if parts.form == "relative":
        return _relative(parts, year, year_from, period, issue)
    return _calendar(parts, year, source, issue)


def _span(parts: DateParts) -> DateValue:
    first, last = "01-01", "12-31"
    if parts.name == "school_year":
        first, last = "09-01", "08-31"
    end = f"{parts.end_year}-{last}" if parts.year is not None and parts.end_year is not None else None
    return DateValue(f"{parts.year}-{first}", end, None, "span", "ok", "explicit", parts)


def _calendar(parts: DateParts, year: int | None, source: str, issue: str | None) -> DateValue:
    first, last = _years(parts, year, issue)
    month, end_month = parts.month, parts.end_month or parts.month
    status = "ambiguous" if parts.name == "lost_characters" or parts.anchor == "nth_week" else "ok"
    if parts.anchor in ("month", "lone"):
        first, month = _from_issue(parts, issue)
        last, end_month = first, month
        if month is None or parts.anchor == "lone":
            status = "ambiguous"
    day, end_day = parts.day, parts.end_day if parts.end_day is not None else parts.day
    if parts.anchor == "nth":
        day = end_day = _nth_weekday(first, month, parts)
    single = parts.end_day is None and parts.form in ("day", "label")
    start = iso(first, month, day)
    end = start if single else iso(last, end_month, end_day)
    valid = possible(first, month, day) and (single or possible(last, end_month, end_day))
    valid = valid and all(possible(first, month, day) for day in parts.days)
    valid = valid and not (parts.form == "day" and parts.day == 0)
    if not valid and single:
        start = end = None
    if parts.anchor == "issue":
        start = issue
        source = "explicit" if parts.end_year else source
    precision = "time" if parts.time else "month" if parts.form in ("month", "vague") else "day"
    if parts.before and (single or parts.form in ("month", "vague")):
        start = None
    return DateValue(
        start,
        end,
        parts.time,
        precision,
        status if valid else "invalid",
        source if first or last else "none",
        parts,
    )


def _years(parts: DateParts, year: int | None, issue: str | None) -> tuple[int | None, int | None]:
    """The years of the first and the last day: written, inherited, moved (去年, 次年), or the turn of the year between."""
    if parts.anchor == "year" and year and not parts.year:
        first = year + (parts.shift or 0)
        return first, parts.end_year or (year + parts.number if parts.number is not None else first)
    base = parts.year or year
    if base is None:
        return None, parts.end_year
    first = base
    if parts.anchor in ("nth", "nth_week") and parts.shift:
        first += parts.shift
    if parts.end_year:
        return first, parts.end_year
    last = first + 1 if parts.anchor == "next_year" else first
    end_month = parts.end_month or parts.month
    if parts.month and end_month and end_month < parts.month and _turns(parts.month, end_month):
        last = first + 1
    if (
        not parts.year
        and issue
        and first == int(issue[:4])
        and _turns(int(issue[5:7]), end_month or _YEAR_END)
    ):
        if parts.anchor == "issue":
            last = first + 1
        elif parts.before and last == first:
            first = last = first + 1
    return first, last


def _turns(month: int, later: int) -> bool:
    """Whether a month follows another over the turn of the year: 12月 to 1月, not 5月 to 4月."""
    return month > _YEAR_END - _FEW_MONTHS and later <= _FEW_MONTHS


def _from_issue(parts: DateParts, issue: str | None) -> tuple[int | None, int | None]:
    """Year and month counted from the month of issue; a lone day that is over belongs to the next month."""
    if issue is None:
        return None, None
    shift = parts.shift or 0
    if parts.anchor == "lone" and parts.day and parts.day < int(issue[8:10]):
        shift = 1
    months = int(issue[:4]) * _YEAR_END + int(issue[5:7]) - 1 + shift
    return months // _YEAR_END, months % _YEAR_END + 1


def _nth_weekday(year: int | None, month: int | None, parts: DateParts) -> int | None:
    """The day of the n-th weekday of a month."""
    if not year or not month or not parts.weekday or not parts.number:
        return None
    first = date(year, month, 1).isoweekday()
    return 1 + (parts.weekday - first) % 7 + 7 * (parts.number - 1)


def _relative(
    parts: DateParts,
    year: int | None,
    year_from: str,
    period: tuple[str | None, str | None],
    issue: str | None,
) -> DateValue:
    start, end, source = None, None, "none"
    if parts.anchor == "campaign":
        (start, end), source = period, "period"
    elif parts.anchor == "campaign_end" and period[1]:
        last = date.fromisoformat(period[1])
        start, source = (last + timedelta(days=1)).isoformat(), "period"
        end = _later(last, parts)
    elif parts.anchor == "issue" and issue:
        start, source = issue, "issue_date"
        end = _later(date.fromisoformat(issue), parts)
    elif parts.anchor == "week" and issue and parts.weekday:
        day = date.fromisoformat(issue)
        day += timedelta(days=parts.weekday - day.isoweekday() + 7 * (parts.shift or 0))
        start = end = day.isoformat()
        source = "issue_date"
    elif parts.anchor == "floating" and parts.end_day == 0:
        first, month = (year, parts.month) if parts.month else _from_issue(DateParts("vague"), issue)
        start = end = iso(first, month, 0)
        source = year_from if parts.month else "issue_date"
    elif parts.anchor == "campaign_day":
        start, end, source = _nth_day(parts, year, year_from, period)
        if source == "beyond":
            return DateValue(None, None, parts.time, "relative", "ambiguous", "none", parts)
    elif parts.anchor == "lunar":
        start = end = _lunar(parts, year, issue)
        source = "explicit" if parts.year else year_from
    elif parts.anchor == "clock":
        start = end = iso(parts.year or year, parts.month, parts.day)
        source = "explicit" if parts.year else year_from
    elif parts.anchor == "named":
        start, end = _named(parts.name, year)
        source = "explicit"
    if parts.before and start == end:
        start = None
    precision = "time" if parts.anchor == "clock" else "relative"
    return DateValue(start, end, parts.time, precision, "ok", source if start or end else "none", parts)


def _nth_day(
    parts: DateParts, year: int | None, year_from: str, period: tuple[str | None, str | None]
) -> tuple[str | None, str | None, str]:
    """First and last day of 第一、二天 (counted from 0; below 0 from the last day) and what they are counted from:
    the range the words stand beside, else the campaign. ``beyond``: there are not that many days."""
    begin, finish = period
    source = "period"
    if parts.month:
        first, last = _years(parts, year, None)
        begin = iso(first, parts.month, parts.day)
        finish = iso(last, parts.end_month or parts.month, parts.end_day)
        source = "explicit" if parts.year else year_from
    if not begin or (not finish and (parts.shift or 0) < 0):
        return None, None, "none"
    first_day, last_day = date.fromisoformat(begin), date.fromisoformat(finish or begin)
    base = first_day if (parts.shift or 0) >= 0 else last_day + timedelta(days=1)
    start, end = base + timedelta(days=parts.shift or 0), base + timedelta(days=parts.number or 0)
    if not first_day <= start <= end or (finish and end > last_day):
        return None, None, "beyond"
    return start.isoformat(), end.isoformat(), source


def _later(day: date, parts: DateParts) -> str | None:
    """``parts.shift`` days, or working days, after ``day``; None where the holiday calendar does not reach."""
    if not parts.shift:
        return None
    if parts.name != "workdays":
        return (day + timedelta(days=parts.shift)).isoformat()
    from chinese_calendar import is_workday

    left = parts.shift
    while left:
        day += timedelta(days=1)
        try:
            left -= bool(is_workday(day))
        except NotImplementedError:
            return None
    return day.isoformat()


def _lunar(parts: DateParts, year: int | None, issue: str | None) -> str | None:
    """The day of the common calendar; the last lunar months without a year take the year that is nearer to the issue."""
    if not parts.month or not parts.day:
        return None
    leap = parts.number == 1
    if parts.year or not year:
        day = lunar.common(parts.year, parts.month, parts.day, leap) if parts.year else None
        return day.isoformat() if day else None
    days = [day for y in (year, year - 1) if (day := lunar.common(y, parts.month, parts.day, leap))]
    if issue and parts.month > _YEAR_END - 2:
        days.sort(key=lambda day: abs((day - date.fromisoformat(issue)).days))
    else:
        days.sort(key=lambda day: day.year != year)
    return days[0].isoformat() if days else None


# The first years of the five-year plans: 2001 for 十五, then every five years.
_PLANS = {
    name: 2001 + 5 * k
    for k, name in enumerate(("十五", "十一五", "十二五", "十三五", "十四五", "十五五", "十六五"))
}


def _named(name: str, year: int | None) -> tuple[str | None, str | None]:
    """全年 and the five-year plans; what else has a name stays open."""
    if name == "全年":
        return (f"{year}-01-01", f"{year}-12-31") if year else (None, None)
    first = _PLANS.get(name.removesuffix("时期").removesuffix("期间").removesuffix("末").rstrip("”"))
    if first and name.endswith("末"):
        return f"{first + 4}-01-01", f"{first + 4}-12-31"
    return (f"{first}-01-01", f"{first + 4}-12-31") if first else (None, None)


@lru_cache(maxsize=4096)
def confirmed(text: str) -> str | None:
    """The ISO day dateparser reads in a complete date (year, month and day written), else None.

    Strict on purpose: dateparser reads ``10月30日`` as a day of 2010 and ``4月20日`` as months and days ago (DESIGN,
    trap 2), so it is asked only where a year of four digits is written, for absolute dates, in the formats and languages
    given. For days our grammar does not read, such as those of page metadata (``Tue, 18 Apr 2023``), and to confirm
    those it does. Imports dateparser at the first call.
    """
    if not _FOUR_DIGITS.search(text):
        return None
    import dateparser

    words = "".join(text.split()) if any("一" <= c <= "鿿" for c in text) else text.strip()
    settings = {"STRICT_PARSING": True, "DATE_ORDER": "YMD", "PARSERS": ["custom-formats", "absolute-time"]}
    parsed = dateparser.parse(words, date_formats=list(_COMPLETE), languages=["zh", "en"], settings=settings)
    return parsed.date().isoformat() if parsed else None
