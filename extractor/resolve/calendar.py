"""From parts to calendar days: inheriting the year, ranges, relative dates; an impossible date stays impossible."""

from calendar import monthrange
from datetime import date, timedelta

from extractor.model import DateParts, DateValue

_YEAR_END = 12
_FEW_MONTHS = 3


def days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]


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
    start_year = parts.year or year
    source = "explicit" if parts.year else (year_from or "none")
    if parts.form in ("anniversary", "ordinal", "placeholder"):
        status = "ambiguous" if parts.form == "placeholder" else "ok"
        return DateValue(None, None, None, "relative", status, "none", parts)
    if parts.form == "year":
        return DateValue(f"{parts.year}-01-01", f"{parts.year}-12-31", None, "year", "ok", "explicit", parts)
    if parts.form == "span":
        ok = parts.year is not None and parts.end_year is not None
        return DateValue(
            f"{parts.year}-01-01",
            f"{parts.end_year}-12-31" if ok else None,
            None,
            "span",
            "ok",
            "explicit",
            parts,
        )
    if parts.form == "relative":
        return _relative(parts, period)
    return _calendar(parts, start_year, source, issue)


def _calendar(parts: DateParts, year: int | None, source: str, issue: str | None) -> DateValue:
    end_month = parts.end_month or parts.month
    end_year = parts.end_year or (year + 1 if year and parts.anchor == "next_year" else year)
    if (
        not parts.end_year
        and end_year
        and parts.month
        and end_month
        and end_month < parts.month
        and parts.month > _YEAR_END - _FEW_MONTHS
        and end_month <= _FEW_MONTHS
    ):
        end_year += 1
    end_day = parts.end_day if parts.end_day is not None else parts.day
    single = parts.end_day is None and parts.form in ("day", "label")
    start = iso(year, parts.month, parts.day)
    end = start if single else iso(end_year, end_month, end_day)
    valid = possible(year, parts.month, parts.day) and (single or possible(end_year, end_month, end_day))
    valid = valid and all(possible(year, parts.month, day) for day in parts.days)
    if parts.anchor == "issue":
        start = issue
        source = "explicit" if parts.end_year else source
    status = "ok" if valid else "invalid"
    if valid and (year is None or parts.name == "lost_characters"):
        status = "ambiguous" if parts.name == "lost_characters" else "ok"
    precision = "time" if parts.time else "month" if parts.form in ("month", "vague") else "day"
    if parts.before and single:
        start = None
    return DateValue(start, end, parts.time, precision, status, source if year else "none", parts)


def _relative(parts: DateParts, period: tuple[str | None, str | None]) -> DateValue:
    start, end = None, None
    if parts.anchor == "campaign":
        start, end = period
    elif parts.anchor == "campaign_end" and period[1]:
        last = date.fromisoformat(period[1])
        start = (last + timedelta(days=1)).isoformat()
        if parts.shift:
            end = (last + timedelta(days=parts.shift)).isoformat()
    return DateValue(start, end, None, "relative", "ok", "period" if start or end else "none", parts)
