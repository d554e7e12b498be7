"""Dates in digits with signs between them (2023-04-20, 2023.4.20—4.26, 4.26 as a name) and clock times without a day."""

from extractor.entities import date_grammar as g
from extractor.entities.date_damaged import lost_signs
from extractor.entities.date_scan import Found, Scan, clock
from extractor.model import DateParts

_INSIDE = frozenset("-./_=#:@〔[~")
_CLOCK_CUE = frozenset("，、（：于在至自的\n")
_HALVES = frozenset("上午 下午 晚上 中午 早上 凌晨 傍晚 清晨 早晨 晚间 夜间 晚 早".split())
_LONGEST_PLAN = 30  # years
_STARTS = ("开始", "准时", "正式", "集合", "举行")


def dashed(scan: Scan, i: int) -> Found | None:
    """From - at ``i``: 2023-04-20, and 620--630 behind 时间."""
    if scan.before(i) not in g.DIGITS:
        return None
    return (
        numeric(scan, i)
        or _years(scan, i - 4)
        or (None if _inside(scan, scan.digits(i)) else lost_signs(scan, i))
    )


def _years(scan: Scan, start: int) -> Found | None:
    """Two years alone in brackets: 近三年（2020-2022）."""
    m = (
        g.BRACKETED_YEARS.match(scan.chars, start)
        if start > scan.low and scan.before(start) == "（"
        else None
    )
    if not m or not 0 < int(m["y2"]) - int(m["y"]) <= _LONGEST_PLAN:
        return None
    return start, m.end(), DateParts("span", year=int(m["y"]), end_year=int(m["y2"]))


def dotted(scan: Scan, i: int) -> Found | None:
    """From . / or · at ``i``: 2023.4.20, 2023/4/20, 4.20-4.26, 3·15."""
    if scan.before(i) not in g.DIGITS or scan.chars[i + 1 : i + 2] not in g.DIGITS:
        return None
    found = numeric(scan, i) if scan.chars[i] != "·" else None
    if found:
        return found
    start = scan.two_digits(i, 12)
    if start is None or start < scan.low or _inside(scan, start):
        return None
    chars = scan.chars
    if chars[i] != "·":
        m = g.SHORT_RANGE.match(chars, start)
        if (
            m
            and (int(m["m"]), int(m["d"])) < (int(m["m2"]), int(m["d2"]))
            and g.SHORT_CUE.search(chars, max(0, start - 3), start)
        ):
            parts = DateParts(
                "range",
                month=int(m["m"]),
                day=int(m["d"]),
                end_month=int(m["m2"]),
                end_day=int(m["d2"]),
                name="numeric",
            )
            return start, m.end(), parts
    if chars[i] == "/":
        return None
    m = g.LABEL.match(chars, start)
    if not m:
        return None
    quoted = scan.before(start) == "“" and bool(m["q"])
    if not quoted and not g.LABEL_WORDS.match(chars, m.end("d")):
        return None
    if not quoted and chars[i] == "." and int(m["d"]) < 10 and scan.before(start) in "\n。；":
        return None  # 4.2 宣传活动: a heading's number
    return start, m.end("d"), DateParts("label", month=int(m["m"]), day=int(m["d"]))


def _inside(scan: Scan, start: int) -> bool:
    """Whether the digits at ``start`` go on to the left: part of a number, a version, an address."""
    before = scan.before(start)
    return before in _INSIDE or (before.isascii() and before.isalnum() and not scan.gap(start))


def numeric(scan: Scan, i: int) -> Found | None:
    """A date of the form ``2023?4?20`` whose first sign stands at ``i``, or a range that begins with it."""
    chars, start = scan.chars, i - 4
    if start < scan.low or chars[start : start + 2] not in ("19", "20") or _inside(scan, start):
        return None
    if "号" in chars[max(0, start - 3) : start]:
        return None
    m = g.NUMERIC.match(chars, start)
    if not m or chars[m.end() : m.end() + 1] in ("/", "、", "%"):
        return None
    day, time, end = _day_and_time(scan, m.start("d"), m["d"], m["t"], m.end())
    year, month = int(m["y"]), int(m["m"])
    last = g.NUMERIC_RANGE.match(chars, end) if not time else None
    if last:
        parts = DateParts(
            "range", year=year, month=month, day=day, end_year=int(last["y"]) if last["y"] else None,
            end_month=int(last["m"]), end_day=int(last["d"]), name="numeric",
        )  # fmt: skip
        return start, last.end(), parts
    if chars[end : end + 1] in (".", "-") and chars[end + 1 : end + 2] in g.DIGITS:
        return None
    return start, end, DateParts("day", year=year, month=month, day=day, time=time, name="numeric")


def _day_and_time(scan: Scan, at: int, day: str, time: str | None, end: int) -> tuple[int, str | None, int]:
    """``2023-4-2 10:30`` reads 2023-4-210：30: the blank printed says where the day ends."""
    if not time:
        return int(day), None, end
    cut = next((k for k in range(at + 1, min(at + 3, end)) if scan.gap(k)), at + len(day))
    day = scan.chars[at:cut]
    time = scan.chars[cut:end].lstrip("T").replace("：", ":")
    hour, _, rest = time.partition(":")
    return int(day), f"{int(hour):02d}:{rest}", end


def clock_time(scan: Scan, i: int) -> Found | None:
    """From ： 点 时 at ``i``: a clock time on its own (上午9:00–11:00, 下午14点); it takes the day of its sentence."""
    chars = scan.chars
    before = scan.before(i)
    if before in g.DIGITS:
        if chars[i] == "：" and not chars[i + 1 : i + 3].isdigit():
            return None
        start = scan.two_digits(i, 24)
        if start is None or _inside(scan, start):
            return None
    elif chars[i] != "：" and before in g.HAN:
        start = scan.numerals(i)
    else:
        return None
    hour = start
    for length in (2, 1):
        word = chars[max(0, start - length) : start]
        if word in _HALVES:
            start -= len(word)
            break
    m = g.CLOCK_TIME.match(chars, start)
    if not m or start < scan.low or m.end() <= i:
        return None
    end = m.end()
    tail = g.TAIL.match(chars, end) if chars[end : end + 1] in ("前", "之", "以", "止", "截") else None
    known = scan.day is not None and scan.same_sentence(start)
    ranged = any(c in m.group() for c in "至到-~")
    exact = "：" in m.group() or "分" in m.group() or "半" in m.group()
    if start == hour and not ranged:
        cue = chars.startswith(_STARTS, end) or chars[max(0, start - 3) : start] == "时间："
        cue = cue or (known and scan.before(start) in _CLOCK_CUE)
        if not tail and not (exact and cue and before in g.DIGITS):
            return None
    parts = DateParts(
        "relative", anchor="clock", time=clock(m.group()), before=bool(tail), year=scan.year if known else None,
        month=scan.month if known else None, day=scan.day if known else None,
    )  # fmt: skip
    return start, tail.end() if tail else end, parts
