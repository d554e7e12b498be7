"""Working days of the State Council's yearly holiday arrangement."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def workday(day: date) -> bool | None:
    """Whether people work on ``day``; None outside the years the calendar knows."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
