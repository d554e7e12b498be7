"""Days as written: with weekday and time, lists, ranges, and lone days."""

import re

from extractor.entities import date_grammar as g
from extractor.entities.date_months import part_days
from extractor.entities.date_scan import Found, Scan, clock, deadline, number, year_number
from extractor.model import DateParts
from extractor.patterns import lazy

# The last day of the months whose length does not hang on the year.
_LENGTHS = dict.fromkeys((1, 3, 5, 7, 8, 10, 12), 31) | dict.fromkeys((4, 6, 9, 11), 30)
_NO_RANGE = frozenset("点时：个家人次项名场期元万%年月")
_NO_DAY = frozenset("%元个人次项家万")
LONE_BEFORE = frozenset("\n，。；、：（”》至自从于在到和及即定中")
NO_LONE = lazy(r"(?:之|以)?内|[游均报龄期程常用产后末]|以[上下]|左右|为限|攻坚|行动|会战|无理由")


def days(
    scan: Scan, start: int, p: int, written: int | None, month: int | None, shift: int | None
) -> Found | None:
    """A day at ``p``, with weekday and time, a list of days, or a range that begins with it."""
    chars = scan.chars
    lost = g.LOST_DASH.match(chars, p)
    if lost and int(lost["d"]) < int(lost["d2"]) <= 31 and int(lost["d"]):
        parts = DateParts(
            "range",
            year=written,
            month=month,
            day=int(lost["d"]),
            end_day=int(lost["d2"]),
            name="lost_characters",
        )
        return start, lost.end(), parts
    m = g.DAY.match(chars, p)
    if not m:
        return None
    end = m.end()
    time = m["t1"] or m["t2"]
    listed = (
        g.LIST.match(chars, m.end("d"))
        if not time and not m["w"] and chars[m.end("d") : m.end("d") + 1] in "日号、和及以"
        else None
    )
    if listed:
        all_days = tuple(
            v
            for piece in re.split(r"[日号、和及以]+", m["d"] + listed["list"])
            if (v := number(piece)) is not None
        )
        end, before = deadline(chars, listed.end())
        anchor, moved = ("", None) if shift is None else ("year", shift)
        parts = DateParts(
            "range", year=written, month=month, day=number(m["d"]), end_day=all_days[-1], before=before, days=all_days,
            anchor=anchor, shift=moved,
        )  # fmt: skip
        return start, end, parts
    ranged = None
    after = chars[end : end + 1]
    if after in g.OPENING or after in ("起", "开", "，") or chars[end : end + 2] in ("\n至", "\n到"):
        ranged = g.RANGE.match(chars, end)
        if ranged and not ranged["part"] and not ranged["sign"] and not ranged["t1"] and not ranged["t2"]:
            after = chars[ranged.end() : ranged.end() + 1]
            if after in (_NO_RANGE if m["sign"] else _NO_DAY):
                ranged = None
    if ranged:
        return _range(chars, start, m, ranged, written, month, shift)
    end, before = deadline(chars, end)
    if not m["sign"] and not before and not time:
        return None
    damaged = m["sign"] == "曰" or m["d"][-1] in "Oo"
    parts = DateParts(
        "day", year=written, month=month, day=number(m["d"]), time=clock(time), before=before,
        weekday=g.WEEKDAY_NUMBERS.get(m["w"] or ""), anchor="" if shift is None else "year", shift=shift,
        name="lost_characters" if damaged else "" if m["sign"] else "no_day_sign",
    )  # fmt: skip
    return start, end, parts


def _range(
    chars: str,
    start: int,
    m: re.Match[str],
    ranged: re.Match[str],
    written: int | None,
    month: int | None,
    shift: int | None,
) -> Found:
    """From the day ``m`` to what ``ranged`` says: a day, 5月底, 月底, a day of next year."""
    end, before = deadline(chars, ranged.end())
    if ranged["part"]:
        end_month = number(ranged["pm"]) or month
        end_day = part_days(ranged["p"] or ranged["p2"])[1] or _LENGTHS.get(end_month or 0, 0)
        last_time = None
    else:
        end_month = number(ranged["m"])
        end_day = number(ranged["d"]) or 0
        last_time = ranged["t1"] or ranged["t2"]
    end_year = year_number(ranged["y"])
    next_year = bool(ranged["next"]) or (ranged["word"] == "明年" and shift is None)
    if next_year and written:
        end_year = written + 1
    moved = {"今年": 0, "本年": 0, "明年": 1, "去年": -1}.get(ranged["word"] or "")
    anchor = "next_year" if next_year else "year" if shift is not None else ""
    parts = DateParts(
        "range", year=written, month=month, day=number(m["d"]), end_year=end_year, end_month=end_month, end_day=end_day,
        time=clock(m["t1"] or m["t2"], last_time), before=before, weekday=g.WEEKDAY_NUMBERS.get(m["w"] or ""),
        anchor=anchor, shift=shift, number=moved if anchor == "year" else None,
    )  # fmt: skip
    return start, end, parts


def lone_day(scan: Scan, i: int) -> Found | None:
    """From 日 at ``i``: a day whose month stands before it (5月16日布展，17日至20日开放)."""
    chars = scan.chars
    if scan.before(i) in g.DIGITS:
        start = scan.two_digits(i, 31)
        if start is None:
            return None
    else:
        start = scan.numerals(i)
    if NO_LONE.match(chars, i + 1):
        return None
    if scan.before(start) in g.SEPARATORS:
        earlier = g.EARLIER_DAY.search(chars, max(scan.low, start - 5), start)
        start = earlier.start() if earlier else start
    if start < scan.low or scan.before(start) not in LONE_BEFORE:
        return None
    if scan.near(start):
        return days(scan, start, start, scan.year, scan.month, None if scan.year else scan.shift)
    if scan.before(i) not in g.DIGITS:
        return None
    found = days(scan, start, start, None, None, None)
    if not found or not (found[2].before or found[2].time or found[2].form == "range"):
        return None
    parts = found[2]
    return start, found[1], DateParts(
        parts.form, day=parts.day, end_day=parts.end_day, time=parts.time, before=parts.before, weekday=parts.weekday,
        anchor="lone", days=parts.days,
    )  # fmt: skip
