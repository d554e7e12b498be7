"""The lunar calendar from 2000 to 2050: a lunar day as a day of the common calendar.

One number a year, in the usual form: bits 15 to 4 say which of the twelve months have 30 days (else 29), bits 3 to 0
which month is followed by a leap month (0: none), bit 16 whether that one has 30 days. Checked by the tests against the
lunar holidays of rules/calendar.yaml.
"""

from datetime import date, timedelta
from functools import lru_cache

_FIRST_YEAR, _FIRST_DAY = 2000, date(2000, 2, 5)
# fmt: off
_YEARS = (
    0x0c960, 0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5, 0x0a950, 0x0b4a0, 0x0baa4,
    0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930, 0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6,
    0x0a4e0, 0x0d260, 0x0ea65, 0x0d530, 0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520,
    0x0dd45, 0x0b5a0, 0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0, 0x14b63,
)
# fmt: on


@lru_cache(maxsize=64)
def _months(code: int) -> tuple[tuple[int, bool, int], ...]:
    """(month, leap, days) of a lunar year in order."""
    made: list[tuple[int, bool, int]] = []
    for month in range(1, 13):
        made.append((month, False, 30 if code >> (16 - month) & 1 else 29))
        if code & 15 == month:
            made.append((month, True, 30 if code >> 16 else 29))
    return tuple(made)


@lru_cache(maxsize=64)
def _new_year(year: int) -> date:
    """The first day of a lunar year of the table."""
    before = _YEARS[: year - _FIRST_YEAR]
    return _FIRST_DAY + timedelta(days=sum(days for code in before for _, _, days in _months(code)))


def common(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The day of the common calendar; None outside the table or where the lunar month has no such day."""
    if not _FIRST_YEAR <= year < _FIRST_YEAR + len(_YEARS):
        return None
    at = _new_year(year)
    for number, is_leap, days in _months(_YEARS[year - _FIRST_YEAR]):
        if (number, is_leap) == (month, leap):
            return at + timedelta(days=day - 1) if 1 <= day <= days else None
        at += timedelta(days=days)
    return None
