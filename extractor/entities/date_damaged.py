"""Dates whose 年, 月 or 日 a conversion lost: 626日, 923日前, 2022912日至18日, 620--630 behind 时间, 2022913 as a signature.

The digits are cut where they make a day of the calendar; where they can be cut in two ways (1月11日, 11月1日) the months of
two digits go first. Every such date is marked ``lost_characters`` and therefore ambiguous.
"""

from collections.abc import Sequence
from itertools import product

from extractor.entities import date_grammar as g
from extractor.entities.date_days import LONE_BEFORE, NO_LONE, days
from extractor.entities.date_scan import Found, Scan, deadline
from extractor.model import DateParts
from extractor.patterns import lazy

_Day = tuple[int | None, int, int]
"""Year, where it is written; month; day."""

_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LABEL = lazy(r"时间[^，。；]{0,8}$")
_TO_DAY = lazy(rf"{g.SEP}(?P<run>\d{{1,8}})日")
_TO_DIGITS = lazy(r"-{1,3}(?P<run>\d{3,4})(?!\d)日?")
# It begins with its first signs, so that the engine skips; what stands before them is asked then.
_OBSERVED = lazy(r"(?P<run>20(?<!\d20)\d{4,6})(?=[是为](?:第|全国|国际|世界)[^，。；\n]{1,14}[日周月])")
_SIGNED = lazy(r"(?<=[一-龥]\n)(?P<run>(?:19|20)\d{4,6})(?![^\n])")


def cuts(run: str) -> list[_Day]:
    """The days a run of digits can be: 2022912, 20221012, 912, 1012."""
    year = None
    if len(run) >= 6 and run[:2] in ("19", "20"):
        year, run = int(run[:4]), run[4:]
    if not (2 if year else 3) <= len(run) <= 4:
        return []
    pairs = ((run[:2], run[2:]), (run[:1], run[1:]))
    return [
        (year, int(month), int(day))
        for month, day in pairs
        if day and 1 <= int(month) <= 12 and 1 <= int(day) <= _MONTH_LENGTHS[int(month) - 1]
        and len(day) <= 2 and not (len(month) == 2 and month[0] == "0" and len(run) < 4)
    ]  # fmt: skip


def lost_month(scan: Scan, i: int) -> Found | None:
    """From 日 at ``i``: 626日, 2022912日至18日, 923日前."""
    chars = scan.chars
    start = scan.digits(i, 8)
    first = cuts(chars[start:i])
    before = scan.before(start)
    if not first or NO_LONE.match(chars, i + 1):
        return None
    if before not in LONE_BEFORE and (
        first[0][0] is None or (before.isascii() and before not in "\n()") or before == "第"
    ):
        return None
    ranged = _TO_DAY.match(chars, i + 1)
    if ranged:
        made = _range(first, _ends(ranged["run"], first))
        if made:
            return start, ranged.end(), made
    end, stops = deadline(chars, i + 1)
    return start, end, _day(first[0], stops)


def lost_signs(scan: Scan, i: int) -> Found | None:
    """From - at ``i``: 620--630 behind 时间."""
    start = scan.digits(i)
    ranged = _TO_DIGITS.match(scan.chars, i)
    if not ranged or i - start > 4 or not _LABEL.search(scan.chars, max(0, start - 14), start):
        return None
    made = _range(cuts(scan.chars[start:i]), cuts(ranged["run"]))
    return (start, ranged.end(), made) if made else None


def lost_year(scan: Scan, i: int) -> Found | None:
    """From 月 at ``i``: 20234月20日."""
    start = scan.digits(i)
    run = scan.chars[start:i]
    if len(run) not in (5, 6) or run[:2] not in ("19", "20") or scan.before(start) in g.DIGITS:
        return None
    month = int(run[4:])
    found = days(scan, start, i + 1, int(run[:4]), month, None) if 1 <= month <= 12 else None
    if not found:
        return None
    parts = found[2]
    return start, found[1], DateParts(
        parts.form, parts.year, month, parts.day, parts.end_year, parts.end_month, parts.end_day, parts.time, parts.before,
        name="lost_characters",
    )  # fmt: skip


def signed(chars: str, starts: Sequence[int]) -> list[Found]:
    """Days without any sign: 2022913 alone below a line of words, a signature; 2022322是第三十届世界水日.

    ``starts``: of the lines to look at.
    """
    found = [m for start in starts if (m := _SIGNED.match(chars, start))]
    found += _OBSERVED.finditer(chars)
    return [(m.start(), m.end(), _day(made[0], False)) for m in found if (made := cuts(m["run"]))]


def _ends(run: str, first: list[_Day]) -> list[_Day]:
    """The last day of a range: alone (至18日, of the first day's month) or with its month."""
    return [(None, month, int(run)) for _, month, _ in first] if len(run) <= 2 else cuts(run)


def _range(first: list[_Day], last: list[_Day]) -> DateParts | None:
    """The shortest range the two runs of digits can be."""
    pairs = [
        (b[1] * 31 + b[2] - a[1] * 31 - a[2], number, a, b)
        for number, (a, b) in enumerate(product(first, last))
    ]
    _, _, a, b = min((pair for pair in pairs if pair[0] > 0), default=(0, 0, None, None))
    if a is None or b is None:
        return None
    return DateParts(
        "range", year=a[0], month=a[1], day=a[2], end_year=b[0], end_month=b[1], end_day=b[2], name="lost_characters"
    )  # fmt: skip


def _day(day: _Day, before: bool) -> DateParts:
    return DateParts("day", year=day[0], month=day[1], day=day[2], before=before, name="lost_characters")
