"""When a given date value is the gold's: expansion of years and months, and the gold's rules of acceptance."""

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Any, TypeAlias

from extractor.evaluate.align import plain
from extractor.patterns import lazy

Pair: TypeAlias = tuple[str | None, str | None]

_ISO = lazy(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d:\d\d))?")
_CLOCK = lazy(r"(\d{1,2}):(\d\d)")


def day(value: Any, *, last: bool = False) -> str | None:
    """An ISO day; a year or a month stands for its first (``last``: its last) day. Times are cut off."""
    if value is None or value == "":
        return None
    match = _ISO.match(str(value))
    if match is None:
        return str(value)
    year, month, number = match.group(1), match.group(2), match.group(3)
    if number:
        return f"{year}-{month}-{number}"
    month = month or ("12" if last else "01")
    end = monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 else 31
    return f"{year}-{month}-{end if last else 1:02d}"


def days(start: Any, end: Any) -> Pair:
    """First and last day. ``2023`` is 2023-01-01 to 2023-12-31."""
    return day(start), day(end, last=True)


def clocks(*values: Any) -> frozenset[str]:
    """The times of day named in ISO strings or in words like ``14:00-17:00``."""
    found = set()
    for value in values:
        text = str(value or "").replace("：", ":")
        found |= {f"{int(hour):02d}:{minute}" for hour, minute in _CLOCK.findall(text.split("T")[-1])}
    return frozenset(found)


def accepted(gold: Mapping[str, Any]) -> frozenset[Pair]:
    """The day pairs that count as right for one gold date.

    Either what the expression itself says or what it resolves to. A deadline (start null) may repeat its day, and so
    may a clock time without an end.
    """
    start, end = gold.get("start"), gold.get("end")
    said = days(start, end)
    pairs = {said}
    if said[0] is None and said[1] is not None:
        pairs.add((said[1], said[1]))
    if said[0] is not None and said[1] is None and "T" in str(start):
        pairs.add((said[0], said[0]))
    if gold.get("resolved_start") or gold.get("resolved_end"):
        pairs.add(days(gold.get("resolved_start"), gold.get("resolved_end")))
    return frozenset(pairs)


def value_right(gold: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Days as accepted, and every clock time of the gold named in the row."""
    if days(row.get("start"), row.get("end")) not in accepted(gold):
        return False
    return clocks(gold.get("start"), gold.get("end")) <= clocks(
        row.get("time"), row.get("start"), row.get("end")
    )


def activity_days(value: Any, activity: Mapping[str, Any], record: Mapping[str, Any]) -> Pair:
    """The day pair of one entry of ``activities[].dates``: an object, ISO words (``a``, ``a/b``) or the words of the
    text, which are looked up in the record's dates, those inside the activity first."""
    if isinstance(value, Mapping):
        return _day_of(value)
    words = str(value)
    iso = re.fullmatch(r"(\d{4}[-\d]*)?(T[\d:]+)?(?:\s*(?:/|\.\.|~|至)\s*(\d{4}[-\d]*)?(T[\d:]+)?)?", words)
    if iso and words:
        start, end = iso.group(1), iso.group(3)
        return days(start, end if end or "/" in words or ".." in words else start)
    span = activity.get("span") or {}
    rows = [row for row in record.get("dates") or () if plain(row.get("raw")) == plain(words)]

    def outside(row: Mapping[str, Any]) -> bool:
        place = (row.get("span") or {}).get("start", -1)
        return not span.get("start", 0) <= place < span.get("end", 0)

    for row in sorted(rows, key=outside):
        return _day_of(row)
    return words, None


def _day_of(row: Mapping[str, Any]) -> Pair:
    """The days of a date row; a clock time without an end is on the day it begins."""
    start, end = days(row.get("start"), row.get("end"))
    return start, end or (start if row.get("time") or "T" in str(row.get("start")) else None)
