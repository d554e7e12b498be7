"""Months, their parts, quarters and halves of a year as written, and ranges of them."""

import re

from extractor.entities import date_grammar as g
from extractor.entities.date_scan import Found, Scan, clock, deadline, number, year_number
from extractor.model import DateParts
from extractor.patterns import lazy

_PARTS = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "上中旬": (1, 20), "中上旬": (1, 20), "中下旬": (11, 0), "初": (1, 10),
    "中": (11, 20), "底": (0, 0), "末": (0, 0), "上半月": (1, 15), "下半月": (16, 0),
}  # fmt: skip
_COUNTED = lazy(r"\d{1,2}月|\d+[家个项名人次条份场期批所]")


def part_days(part: str | None) -> tuple[int, int]:
    """First and last day of a part of a month; 0 is the month's last day."""
    return _PARTS.get((part or "").replace("、", "").replace("和", ""), (1, 0))


def months(scan: Scan, start: int, p: int, written: int | None, shift: int | None) -> Found | None:
    """A month at ``p``, with its part, a range of months, the third Saturday of a month."""
    chars = scan.chars
    m = g.MONTH.match(chars, p)
    if not m:
        return None
    first, last = number(m["m0"]) or number(m["m"]) or 0, number(m["m"]) or 0
    part = m["part"] if not (m["part"] or "").endswith("月") or (m["part"] or "").endswith("半月") else None
    full = bool(m["part"]) and part is None
    if m["nth"]:
        return start, m.end(), _nth(m, written, shift)
    end = m.end()
    begin, finish = part_days(part)
    if m["m0"] and "、" not in m.group():
        begin = 1  # the part is the last month's: 6月至9月底
        if (
            chars[m.end("m0")] == "月"
            and chars[end : end + 1] in g.NUMERALS
            and (day := g.MONTHS_DAY.match(chars, end))
        ):
            end, before = deadline(chars, day.end())
            parts = DateParts(
                "vague", year=written, month=first, day=1, end_month=last, end_day=number(day["d"]), before=before,
                anchor="" if shift is None else "year", shift=shift,
            )  # fmt: skip
            return (start, end, parts) if 1 <= first <= last <= 12 else None
    vague = part is not None
    ranged = (
        g.MONTH_RANGE.match(chars, end)
        if chars[end : end + 1] in g.OPENING or chars[end : end + 1] in ("起", "开", "，")
        else None
    )
    end_year = next_year = moved = None
    form = "vague" if vague else "month"
    if ranged:
        end, last = ranged.end(), number(ranged["m"]) or 0
        finish = (number(ranged["d"]) or 0) if ranged["d"] else part_days(ranged["part"])[1]
        form = "range" if ranged["d"] and begin else "vague" if ranged["part"] else form
        end_year, next_year = year_number(ranged["y"]), ranged["next"]
        moved = {"今年": 0, "本年": 0, "明年": 1, "去年": -1}.get(ranged["word"] or "")
        if next_year and written:
            end_year = written + 1
    end, before = deadline(chars, end)
    named = written is not None or shift is not None
    if not (named or m["part"] or ranged or m["m0"] or before or m["fen"]) and not _bare_month(
        scan, m, start
    ):
        return None
    if not 1 <= first <= 12 or not 1 <= last <= 12 or ("、" in m.group() and m["m0"] and last != first + 1):
        return None
    if chars[end : end + 1] in g.DIGITS and not (part or ranged or before) and not _COUNTED.match(chars, end):
        return None
    if not named and scan.before(start) in ("第", "个", "近", "过", "."):
        return None
    anchor = "next_year" if next_year else "year" if shift is not None or moved is not None else ""
    parts = DateParts(
        form, year=written, month=first, day=begin, end_year=end_year, end_month=last, end_day=finish, before=before,
        anchor=anchor, shift=shift, number=moved, name="full" if full else "",
    )  # fmt: skip
    return start, end, parts


def _bare_month(scan: Scan, m: re.Match[str], start: int) -> bool:
    """Whether ``4月`` alone is a month: in digits, no label, no measure, no part of a name."""
    after = scan.chars[m.end() : m.end() + 1]
    return m["m"].isdigit() and scan.before(start) not in ("“", "·") and not g.NOT_A_MONTH.match(after)


def _nth(m: re.Match[str], written: int | None, shift: int | None) -> DateParts:
    """9月第三周, 9月最后一周 (the month is all that is sure), 9月第三个星期六 (a day)."""
    weekday = g.WEEKDAY_NUMBERS.get(m["w"] or "")
    month, nth = number(m["m"]), g.NTH.get(m["n"] or "")
    if weekday and "个" in m["nth"]:
        return DateParts(
            "day", year=written, month=month, weekday=weekday, number=nth, anchor="nth", shift=shift
        )
    return DateParts(
        "vague",
        year=written,
        month=month,
        day=1,
        end_month=month,
        end_day=0,
        anchor="nth_week",
        shift=shift,
        number=nth,
    )


def this_month(scan: Scan, i: int) -> Found | None:
    """本月底前, 本月20日, 下月初, 上月中旬: counted from the month of issue."""
    m = g.THIS_MONTH.match(scan.chars, i - 1)
    if not m or i - 1 < scan.low:
        return None
    shift = g.MONTH_WORDS[scan.chars[i - 1]]
    begin, finish = part_days(m["part"]) if m["part"] else (number(m["d"]) or 0, number(m["d"]) or 0)
    parts = DateParts(
        "vague" if m["part"] else "day", day=begin, end_day=finish if m["part"] else None, anchor="month", shift=shift,
        time=clock(m["t"]), before=bool(m["before"]),
    )  # fmt: skip
    return i - 1, m.end(), parts


def quarter(scan: Scan, i: int) -> Found | None:
    """From 季 at ``i``: 第二季度, 第一、二季度, 每季度末."""
    chars, start = scan.chars, i - 1
    if scan.before(i) == "每":
        m = g.QUARTERLY.match(chars, start)
        return (start, m.end(), floating(m.group())) if m else None
    if scan.before(i) not in "一二三四1234" or start < scan.low:
        return None
    if scan.before(start) == "第":
        start -= 1
    elif scan.before(start) in g.NUMERALS:
        return None
    if scan.before(start) in g.SEPARATORS or scan.before(start) in ("、", "和"):
        earlier = g.EARLIER_QUARTER.search(chars, max(scan.low, start - 4), start)
        start = earlier.start() if earlier else start
    m = g.QUARTER.match(chars, start)
    return quarter_of(m, start, None, None) if m else None


def quarter_of(m: re.Match[str], start: int, written: int | None, shift: int | None) -> Found:
    first, last = (number(m["q0"]) or number(m["q"]) or 1), number(m["q"]) or 1
    month = 3 * last if m["end"] else 3 * first - 2
    parts = DateParts(
        "vague" if m["end"] else "month", year=written, month=month, day=0 if m["end"] else 1, end_month=3 * last,
        end_day=0, before=bool(m["before"]), anchor="" if shift is None else "year", shift=shift,
    )  # fmt: skip
    return start, m.end(), parts


def half_of(m: re.Match[str], start: int, written: int | None, shift: int | None) -> Found:
    first = 1 if m["half"] == "上" else 7
    parts = DateParts(
        "month", year=written, month=first, day=1, end_month=first + 5, end_day=0, before=bool(m["before"]),
        anchor="" if shift is None else "year", shift=shift,
    )  # fmt: skip
    return start, m.end(), parts


def year_part(first: int, last: int, word: str, written: int | None, shift: int | None) -> DateParts:
    return DateParts(
        "vague", year=written, month=first, day=1, end_month=last, end_day=0, before=word.endswith("前"),
        anchor="" if shift is None else "year", shift=shift,
    )  # fmt: skip


def lone_part(scan: Scan, i: int) -> Found | None:
    """From 旬 at ``i``: 5月上旬摸底，中旬培训."""
    word = scan.chars[i - 1 : i + 1]
    if word not in ("上旬", "中旬", "下旬") or not scan.same_sentence(i - 1):
        return None
    begin, finish = part_days(word)
    return (
        i - 1,
        i + 1,
        DateParts("vague", year=scan.year, month=scan.month, day=begin, end_month=scan.month, end_day=finish),
    )


def floating(words: str) -> DateParts:
    """A recurrence, or a day of a month nobody named: no day follows."""
    return DateParts("relative", anchor="floating", name=words, before=words.endswith("前"))
