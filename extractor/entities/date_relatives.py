"""What counts from something else: the campaign, the issue, a week; lunar days, plans, ordinals, anniversaries."""

from extractor.entities import date_grammar as g
from extractor.entities.date_damaged import lost_month
from extractor.entities.date_days import lone_day
from extractor.entities.date_scan import Found, Scan, clock, number, year_number
from extractor.entities.date_years import months_and_days, year
from extractor.model import DateParts

_DAYS = {"周": 7, "星期": 7, "礼拜": 7, "月": 30}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _length(count: str | None, unit: str | None) -> int | None:
    """A length in days; None for 半, working days' own count stays one a day."""
    value = number(count)
    if value is None or unit is None or unit.endswith("小时"):
        return None
    return value * next((days for word, days in _DAYS.items() if unit.endswith(word)), 1)


def day_sign(scan: Scan, i: int) -> Found | None:
    """From 日 at ``i``: 即日起, 自印发之日起, or a lone day."""
    before = scan.before(i)
    if before == "即":
        start = i - 2 if scan.before(i - 1) in ("自", "从") and i - 1 > scan.low else i - 1
        return _from_now(scan, start, i)
    if before == "之":
        m = g.ISSUED.search(scan.chars, max(scan.low, i - 12), i)
        if m and scan.chars[i + 1 : i + 2] == "起" and not g.AFTER_END.match(scan.chars, i + 2):
            if scan.chars[i + 2 : i + 3] in g.SEPARATORS:
                return _from_now(scan, m.start(), i)
            return m.start(), i + 2, DateParts("relative", anchor="issue", name=scan.chars[m.start() : i + 2])
        return None
    if before == "首":
        return nth_day(scan, i)
    if before in g.NUMERALS:
        found = nth_day(scan, i) or lone_day(scan, i)
        return found or (lost_month(scan, i) if before in g.DIGITS else None)
    return None


def nth_day(scan: Scan, i: int) -> Found | None:
    """From 天 or 日 at ``i``: 宣传周第一天, 活动首日; bare 第一天 and then 第二天 where a clause begins with them.

    They count from the range of days in the same paragraph, else from the campaign's first day.
    """
    chars = scan.chars
    start = next((k for k in range(i - 1, max(scan.low, i - 8) - 1, -1) if chars[k] in "第首最"), -1)
    m = g.NTH_DAY.match(chars, start) if start >= 0 else None
    if not m or m.end() <= i or chars[m.end() : m.end() + 1] == "封":
        return None
    if chars[m.end() : m.end() + 1] == "（" and chars[m.end() + 1 : m.end() + 2] in g.DIGITS:
        scan.counting = True
        return None  # the day itself stands behind it
    first = 0 if m["first"] else (number(m["n"]) or 0) - 1
    last = (number(m["n3"] or m["n2"]) or first + 1) - 1
    if m["last"]:
        first, last = -(2 if m["last"] == "两" else number(m["last"]) or 1), -1
    of = start - (scan.before(start) == "的")
    anchor = g.ANCHOR.search(chars, max(scan.low, of - 16), of)
    base = None
    if anchor:
        start = anchor.start()
    elif not _counts(scan, start, m.end(), first):
        return None
    else:
        base = scan.range_above(start)
    base = base or DateParts("range")
    scan.counting = first == 0 or scan.counting
    parts = DateParts(
        "relative", anchor="campaign_day", shift=first, number=last, time=clock(m["t"]), before=bool(m["before"]), name=m.group(),
        year=base.year, month=base.month, day=base.day, end_year=base.end_year, end_month=base.end_month, end_day=base.end_day,
    )  # fmt: skip
    return start, m.end(), parts


def _counts(scan: Scan, start: int, end: int, first: int) -> bool:
    """Whether a bare 第二天 goes on counting, and does not mean the next day of a story."""
    opens = scan.before(start) in "\n，。；：、（）.”"
    return opens and (first == 0 or scan.counting) and bool(g.NTH_DAY_ACTS.match(scan.chars, end))


def _from_now(scan: Scan, start: int, i: int) -> Found | None:
    """即日起至12月9日: from the day of issue; 即日起 alone stays open. ``i``: its 日."""
    chars = scan.chars
    m = g.NOW.match(chars, i)
    if not m or start < scan.low:
        return None
    opened = DateParts("relative", anchor="issue", name="即日起")
    if chars[m.end() - 1] == "起":
        return start, m.end(), opened
    sign = chars.find("年", m.end(), m.end() + 5)
    found = year(scan, sign) if sign > 0 else None
    if not found or found[0] != m.end():
        found = months_and_days(scan, m.end(), m.end(), None, None)
    if not found or found[2].form not in ("day", "month", "vague"):
        return (start, i + 2, opened) if m["from"] else None
    parts = found[2]
    last = parts.end_day if parts.end_day is not None else parts.day
    made = DateParts(
        "range", end_year=parts.year, end_month=parts.end_month or parts.month, end_day=last, anchor="issue",
        before=parts.before, time=parts.time, name="" if parts.form == "day" else "vague",
    )  # fmt: skip
    return start, found[1], made


def week_sign(scan: Scan, i: int) -> Found | None:
    """From 周 at ``i``: N周年, 下周一, 每周三."""
    after = scan.chars[i + 1 : i + 2]
    if after == "年":
        return _anniversary(scan, i)
    return _weekday(scan, i) if after in g.WEEKDAY_NUMBERS and after else None


def period_sign(scan: Scan, i: int) -> Found | None:
    """From 期 at ``i``: 宣传周期间, 星期六, 为期一周."""
    chars, before = scan.chars, scan.before(i)
    if chars[i + 1 : i + 2] == "间":
        m = g.ANCHOR.search(chars, max(scan.low, i - 16), i)
        return (m.start(), i + 2, DateParts("relative", anchor="campaign")) if m else None
    if before == "星":
        return _weekday(scan, i - 1)
    if before == "为" and i - 1 >= scan.low:
        m = g.LASTING.match(chars, i - 1)
        return (i - 1, m.end(), DateParts("relative", anchor="duration", name=m.group())) if m else None
    return None


def end_sign(scan: Scan, i: int) -> Found | None:
    """From 束 at ``i``: 活动结束后, 活动结束后一周内."""
    m = g.ENDED.match(scan.chars, i - 1) if scan.before(i) == "结" else None
    anchor = g.ANCHOR.search(scan.chars, max(scan.low, i - 17), i - 1) if m else None
    if not m or not anchor:
        return None
    within = g.AFTER_END.match(scan.chars, m.end())
    length = _length(within["n"], within["unit"]) if within else None
    workdays = bool(within) and "工作日" in (within["unit"] if within else "")
    parts = DateParts(
        "relative",
        anchor="campaign_end",
        shift=length,
        name="workdays" if workdays else "",
        before=length is not None,
    )
    return anchor.start(), within.end() if within and length else m.end(), parts


def within_sign(scan: Scan, i: int) -> Found | None:
    """From 内 at ``i``: 10日内, 收到通知后5个工作日内, 自印发之日起30日内."""
    chars = scan.chars
    if scan.before(i) not in "日天周月时期拜之以":
        return None
    begin = g.WITHIN_BEGIN.search(chars, max(scan.low, i - 24), i)
    if not begin or scan.before(begin.start()) in ("近", "前", "第", "每"):
        return None
    m = g.WITHIN.match(chars, begin.start())
    if not m or m.end() != i + 1:
        return None
    length = _length(m["n"], m["unit"])
    workdays = "工作日" in m["unit"]
    parts = DateParts(
        "relative", anchor="issue" if m["issue"] else "duration", shift=length,
        name="workdays" if workdays else m.group(), before=True,
    )  # fmt: skip
    return m.start(), m.end(), parts


def _weekday(scan: Scan, i: int) -> Found | None:
    """From 周 or 星期 at ``i``: 下周一 (from the issue), 每周三 and 星期六 (no day follows)."""
    chars, start = scan.chars, i
    if scan.before(start) == "个" and chars[start - 2 : start - 1] == "每":
        start -= 2
    elif scan.before(start) in ("每", *g.WEEK_WORDS):
        start -= 1
        if start and scan.before(start) == "每":
            start -= 1
    if start < scan.low or scan.before(start) in g.NUMERALS or (scan.month and start - scan.at <= 1):
        return None
    m = g.WEEKDAYS.match(chars, start)
    if not m:
        return None
    plain = not (m["each"] or m["rel"] or m["more"] or m["t"] or m["before"])
    if plain and m["word"] == "周" and not _clear_weekday(scan, start, m.end()):
        return None
    day = g.WEEKDAY_NUMBERS[m["w"]]
    anchor = "floating" if m["each"] else "week" if m["rel"] else "weekday"
    parts = DateParts(
        "relative", anchor=anchor, weekday=day, shift=g.WEEK_WORDS.get(m["rel"] or ""), time=clock(m["t"]),
        before=bool(m["before"]), name=m.group(),
    )  # fmt: skip
    return start, m.end(), parts


def _clear_weekday(scan: Scan, start: int, end: int) -> bool:
    """Whether a lone 周三 is a weekday, not a count (一周三次) and not a name (周三省)."""
    after, before = scan.chars[end : end + 1], scan.before(start)
    return (not after or after in g.WEEKDAY_AFTER) and (
        not "一" <= before <= "龥" or before in "于在至到定为和及"
    )


def _anniversary(scan: Scan, i: int) -> Found | None:
    """From 周年 at ``i``: 改革开放45周年."""
    chars = scan.chars
    count = g.ANNIVERSARY_NUMBER.search(chars, max(scan.low, i - 5), i)
    if not count:
        return None
    m = g.ANNIVERSARY_NAME.search(chars, max(scan.low, i - 30), count.start())
    name = g.NAME_START.sub("", m.group()).lstrip("”") if m else ""
    parts = DateParts("anniversary", name=name, number=number(count.group()))
    return count.start() - len(name), i + 2, parts


def ordinal_sign(scan: Scan, i: int) -> Found | None:
    """From 第 at ``i``: 第23个世界知识产权日."""
    m = (
        g.ORDINAL.match(scan.chars, i)
        if scan.chars[i + 1 : i + 2] in g.NUMERALS or scan.chars[i + 1 : i + 2] == "百"
        else None
    )
    if not m:
        return None
    end = m.end()
    for opening, closing in ("“”", "《》"):
        if m.group().count(opening) > m.group().count(closing) and scan.chars[end : end + 1] == closing:
            end += 1
    return i, end, DateParts("ordinal", name=m["name"], number=number(m["n"]), anchor=m["c"])


def plan_sign(scan: Scan, i: int) -> Found | None:
    """From 五 at ``i``: “十四五”."""
    chars = scan.chars
    start = i - 1 if scan.before(i) == "十" else i - 2 if chars[i - 2 : i - 1] == "十" else -1
    if start < scan.low or scan.before(start) in g.NUMERALS:
        return None
    start -= scan.before(start) == "“"
    m = g.NAMED.match(chars, start)
    if not m:
        return None
    end = m.end() + (chars[start] == "“" and "”" not in m.group() and chars[m.end() : m.end() + 1] == "”")
    return start, end, DateParts("relative", anchor="named", name=m.group().strip("“”"))


def since_sign(scan: Scan, i: int) -> Found | None:
    """From 来 at ``i``: 党的十八大以来."""
    m = g.SINCE.search(scan.chars, max(scan.low, i - 25), i - 1) if scan.before(i) == "以" else None
    return (
        (m.start(), i + 1, DateParts("relative", anchor="named", name=scan.chars[m.start() : i + 1]))
        if m
        else None
    )


def lunar_sign(scan: Scan, i: int) -> Found | None:
    """From 历 (农历) or 月 (正月, 腊月) at ``i``: a day of the lunar calendar."""
    start = i - 1
    if start < scan.low or scan.before(i) not in ("农", "阴", "夏", "正", "腊"):
        return None
    m = g.LUNAR.match(scan.chars, start)
    if not m or m.end() <= i + 1 or (scan.chars[i] == "月" and not m["d"]):
        return None
    month = _LUNAR_MONTHS.get(m["m"]) or number(m["m"])
    parts = DateParts(
        "relative", anchor="lunar", year=year_number(m["y"]), month=month, day=number((m["d"] or "").removeprefix("初")),
        time=clock(m["t"]), before=bool(m["before"]), number=1 if m["leap"] else None, name=m.group(),
    )  # fmt: skip
    return start, m.end(), parts
