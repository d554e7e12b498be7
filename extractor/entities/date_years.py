"""Dates that show themselves by 年 or 月: with a year, with a month, or with neither filled in."""

import re

from extractor.entities import date_grammar as g
from extractor.entities.date_damaged import lost_year
from extractor.entities.date_days import days
from extractor.entities.date_months import floating, half_of, months, quarter_of, this_month, year_part
from extractor.entities.date_scan import Found, Scan, number, year_number
from extractor.model import DateParts
from extractor.patterns import lazy

_LONGEST_LIST = 36  # characters of six years in a row with their signs
_COUNTING = frozenset("个学财两三四五六")
_JOINS = frozenset("、和与及/")
_FOUR = lazy(g.YEAR)
_MONTH = lazy(rf"(?P<m>{g.MONTH_NUMBER})月\n?")


def year(scan: Scan, i: int) -> Found | None:
    """From 年 at ``i``: a date with a year, a year, a span of years, a half, a recurrence, a placeholder."""
    chars = scan.chars
    before = scan.before(i)
    if before in g.YEAR_WORDS and i - 1 >= scan.low:
        return _after_year(scan, i - 1, i + 1, None, g.YEAR_WORDS[before])
    if before == "学":
        m = g.SCHOOL_YEAR.search(chars, max(scan.low, i - 12), i)
        span = g.SPAN.match(chars, m.start()) if m else None
        return (span.start(), span.end(), _span(span)) if span else None
    if before == "全" and i - 1 >= scan.low:
        return i - 1, i + 1, DateParts("relative", anchor="named", name="全年")
    if before == "每":
        m = g.YEARLY.match(chars, i - 1)
        return (i - 1, m.end(), floating(m.group())) if m else None
    if before == "半" and chars[i - 2 : i - 1] in ("上", "下"):
        m = g.HALF.match(chars, i - 2)
        return half_of(m, i - 2, None, None) if m else None
    if before in _COUNTING and (found := _counted_years(scan, i)):
        return found
    if before in g.NUMERALS or before in g.BLANKED or before == "-":
        start = i - 4
        if start >= scan.low and _FOUR.fullmatch(chars, start, i):
            if scan.before(start) in g.DIGITS and not scan.gap(start):
                return None
            return _with_year(scan, start, i)
        if (
            before in g.DIGITS
            and i - 2 >= scan.low
            and chars[i - 2] in g.DIGITS
            and scan.before(i - 2) not in g.DIGITS
        ):
            if chars[i + 1 : i + 2] in g.NUMERALS and scan.before(i - 2) not in ("第", "近", "满"):
                return _after_year(scan, i - 2, i + 1, year_number(chars[i - 2 : i]), None)
            if chars[i + 1 : i + 2] == "月":
                return unfilled(scan, i - 2)
        return placeholder(scan, i)
    m = g.YEAR_END.match(chars, i)
    if m:
        return (
            i,
            m.end(),
            DateParts(
                "relative", anchor="floating", month=12, end_day=0, name=m.group(), before=bool(m["before"])
            ),
        )
    return None


def _with_year(scan: Scan, start: int, i: int) -> Found | None:
    """A year of four signs at ``start``, 年 at ``i``."""
    chars = scan.chars
    if scan.before(start) in g.SEPARATORS or scan.before(start) in _JOINS:
        earlier = g.EARLIER_YEAR.search(chars, max(scan.low, start - _LONGEST_LIST), start)
        start = earlier.start() if earlier else start
    after = chars[i + 1 : i + 2]
    if start < i - 4 or after in g.SEPARATORS or after in ("度", "起", "、"):
        m = g.SPAN.match(chars, start) or g.YEARS.match(chars, start)
        if m and m.end() > i and not _goes_on(chars, m.end()):
            return start, m.end(), _span(m)
        start = i - 4
    return _after_year(scan, start, i + 1, year_number(chars[i - 4 : i]), None)


def _goes_on(chars: str, end: int) -> bool:
    """Whether a month follows a span of years (2022-2023年5月), not its count (2022-2023年两年间)."""
    return chars[end : end + 1] in g.NUMERALS and chars[end + 1 : end + 2] not in ("年", "个")


def _counted_years(scan: Scan, i: int) -> Found | None:
    """2019、2020、2021三个年度: the years alone, 年 at ``i`` counts them."""
    m = g.COUNTED_YEARS.search(scan.chars, max(scan.low, i - _LONGEST_LIST), i)
    if not m or scan.before(m.start()) in g.DIGITS or scan.before(m.start()) == "/":
        return None
    return m.start(), m.end("years"), _span(m)


def _span(m: re.Match[str]) -> DateParts:
    first = year_number(m["y"]) or 0
    last = year_number(m["y2"]) or 0
    if len(m["y2"]) == 2:
        last = first // 100 * 100 + int(m["y2"])
    first, last = (last, first) if "、" in m.group() and last < first else (first, last)
    school = "学年" in m.group()
    return DateParts("span", year=first, end_year=last, name="school_year" if school else "")


def _after_year(scan: Scan, start: int, p: int, written: int | None, shift: int | None) -> Found | None:
    """What stands behind a year (``written``) or a word for one (``shift``: 去年 -1): month and day, a part, nothing."""
    chars, year_end = scan.chars, p
    if chars[p : p + 1] == "的":
        p += 1
    q = p + 1 if chars[p : p + 1] == "\n" else p
    head = chars[q : q + 1]
    if head in g.NUMERALS or head in ("第", "元"):
        found = months_and_days(scan, start, q, written, shift)
        if found:
            return found
        m = g.QUARTER.match(chars, p)
        if m:
            return quarter_of(m, start, written, shift)
    elif head in ("上", "下"):
        m = g.HALF.match(chars, p)
        if m:
            return half_of(m, start, written, shift)
    elif head == "月":
        return unfilled(scan, start)
    elif head in g.BLANKED:
        m = g.PLACEHOLDER.match(chars, start)
        if m and m.end() > p + 1:
            return start, m.end(), DateParts("placeholder")
    elif chars.startswith("全年", p) and written is not None:
        return start, p + 2, DateParts("year", year=written)
    return _year_alone(scan, start, year_end, written, shift)


def _year_alone(scan: Scan, start: int, p: int, written: int | None, shift: int | None) -> Found | None:
    """A year with nothing behind it but 度, 底, 初."""
    chars = scan.chars
    tail = g.YEAR_TAIL.match(chars, p)
    end_word = tail["end"] if tail else None
    if written is None:
        if end_word and end_word[-1] in "底末前":
            return start, tail.end() if tail else p, year_part(12, 12, end_word, None, shift)
        return None
    if chars[p : p + 1] in ("月", "代", "级", "历", "间") or scan.before(start) in ("第", "近", "约", "达"):
        return None
    if end_word and end_word[-1] in "底末前":
        return start, tail.end() if tail else p, year_part(12, 12, end_word, written, None)
    return start, p + (1 if tail and tail["du"] else 0), DateParts("year", year=written)


def month(scan: Scan, i: int) -> Found | None:
    """From 月 at ``i``: a day or a month without a year, 本月底, 每月25日前, 月底前, a placeholder."""
    chars = scan.chars
    before = scan.before(i)
    if before in g.DIGITS:
        start = scan.two_digits(i, 12)
        if start is None:
            return lost_year(scan, i)
        if chars[i + 1 : i + 2] == "日":
            return unfilled(scan, start)
        return _from_month(scan, start)
    if before in g.HAN or before == "元":
        start = scan.numerals(i) if before != "元" else i - 1
        return _from_month(scan, start) if _MONTH.match(chars, start) else None
    if before in g.MONTH_WORDS:
        return this_month(scan, i)
    for sign, pattern in (("每", g.MONTHLY), ("次", g.NEXT_MONTH), ("当", g.NEXT_MONTH)):
        if before == sign:
            m = pattern.match(chars, i - 1)
            return (i - 1, m.end(), floating(m.group())) if m else None
    if before in g.BLANKED:
        return placeholder(scan, i)
    m = g.MONTH_END.match(chars, i)
    if m and scan.before(i) not in g.NUMERALS:
        known = scan.month if scan.near(i) else None
        parts = DateParts(
            "relative",
            anchor="floating",
            month=known,
            end_day=0,
            name=m.group(),
            before=m.group()[-1] == "前",
        )
        return i, m.end(), parts
    return None


def _from_month(scan: Scan, start: int) -> Found | None:
    """A month's number at ``start``; a number before it may belong to it (9-10月)."""
    before = scan.before(start)
    if before in g.SEPARATORS or before == "、":
        earlier = g.EARLIER_NUMBER.search(scan.chars, max(scan.low, start - 4), start)
        if earlier and not (before == "、" and earlier.group()[-2:-1] == "月"):
            found = months(scan, earlier.start(), earlier.start(), None, None)
            if found:
                return found
    return months_and_days(scan, start, start, None, None)


def months_and_days(scan: Scan, start: int, p: int, written: int | None, shift: int | None) -> Found | None:
    """A day where one stands behind the month at ``p``, else the month."""
    chars = scan.chars
    m = _MONTH.match(chars, p)
    if m and chars[m.end() : m.end() + 1] in g.NUMERALS:
        found = days(scan, start, m.end(), written, number(m["m"]), shift)
        if found:
            return found
    return months(scan, start, p, written, shift)


def placeholder(scan: Scan, i: int) -> Found | None:
    """From 年 or 月 at ``i``: 20xx年xx月xx日, ××月××日."""
    chars, start = scan.chars, i
    while (
        start > scan.low and i - start < 6 and (chars[start - 1] in g.BLANKED or chars[start - 1] in g.DIGITS)
    ):
        start -= 1
    if scan.before(start).isascii() and scan.before(start).isalnum():
        return None
    m = g.PLACEHOLDER.match(chars, start)
    if not m or m.end() <= i or not any(c in g.BLANKED for c in m.group()):
        return None
    if m.group()[0] in "*_＊某" and not ("月" in m.group() and "日" in m.group()):
        return None
    return start, m.end(), DateParts("placeholder", before=m.group().endswith("前"))


def unfilled(scan: Scan, start: int) -> Found | None:
    """2023年  月  日, 6月  日前: blanks nobody filled in."""
    m = g.UNFILLED.match(scan.chars, start)
    return (start, m.end(), DateParts("placeholder", before=m.group().endswith("前"))) if m else None
