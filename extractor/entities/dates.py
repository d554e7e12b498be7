"""Dates as written: every expression with its parts; years are inherited and roles given later (``extractor.resolve``)."""

import re
from collections.abc import Callable, Iterator

from extractor.entities import date_grammar as g
from extractor.entities import date_numbers as n
from extractor.entities import date_relatives as r
from extractor.entities import date_years as y
from extractor.entities.date_damaged import signed
from extractor.entities.date_months import lone_part, quarter
from extractor.entities.date_scan import Found, Scan
from extractor.model import DateParts, Manuscript, Mention
from extractor.patterns import lazy
from extractor.rulebook import Rulebook


def _month(scan: Scan, i: int) -> Found | None:
    return r.lunar_sign(scan, i) if scan.before(i) in ("正", "腊") else y.month(scan, i)


_NUMBERED = lazy(r"\n(?=[12])")  # before a line that may begin with a year
_NUMBERS = f"0-9{g.HAN}"
_NUMERALS = f"{_NUMBERS}{g.ZERO}廿卅两"

# A date shows itself by one of these signs; each has the reader that knows what may stand round it. The signs are frequent:
# the pattern tells what must stand right beside one, where that is little, and passes the others over.
_READERS: dict[str, tuple[str, Callable[[Scan, int], Found | None]]] = {
    "年": ("", y.year),
    "月": ("", _month),
    "日": (rf"(?<=[即之首{_NUMERALS}]日)", r.day_sign),
    "天": ("", r.nth_day),
    "周": ("(?=[年一二三四五六日天])", r.week_sign),
    "期": ("(?:(?=间)|(?<=[星为]期))", r.period_sign),
    "束": ("(?<=结束)", r.end_sign),
    "季": ("", quarter),
    "历": ("(?<=[农阴夏正腊]历)", r.lunar_sign),
    "第": (rf"(?=[百{_NUMERALS}])", r.ordinal_sign),
    "内": ("(?<=[日天周月时期拜之以]内)", r.within_sign),
    "五": (rf"(?:(?<=十五)|(?<=十[{g.HAN}]五))", r.plan_sign),
    "来": ("(?<=以来)", r.since_sign),
    "旬": ("", lone_part),
    "：": (r"(?<=\d：)(?=\d)", n.clock_time),
    "点": (rf"(?<=[{_NUMBERS}]点)", n.clock_time),
    "时": (rf"(?<=[{_NUMBERS}]时)", n.clock_time),
    "-": (r"(?<=\d-)", n.dashed),
    "/": (r"(?<=\d/)(?=\d)", n.dotted),
    ".": (r"(?<=\d\.)(?=\d)", n.dotted),
    "·": (r"(?<=\d·)(?=\d)", n.dotted),
}
_SIGNS = lazy("|".join(re.escape(sign) + beside for sign, (beside, _) in _READERS.items()))


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Date mentions in text order, none overlapping another. One pass over the signs, so the time grows with the text."""
    del rulebook
    reading = manuscript.reading
    scan = Scan(reading, manuscript.document.text)
    rows = _fixed(scan)
    taken = [row[:2] for row in rows]
    for hit in _SIGNS.finditer(scan.chars):
        i = hit.start()
        if i < scan.low:
            continue
        found = _READERS[hit.group()][1](scan, i)
        if found and not (taken and any(found[0] < end and start < found[1] for start, end in taken)):
            scan.accept(found)
            rows.append(found)
    rows.sort(key=lambda row: row[0])
    for start, end, parts in rows:
        yield Mention("date", reading.span(start, end), parts)


def _fixed(scan: Scan) -> list[Found]:
    """What needs no sign: a signature in digits (2017、11、3; 2017113, its signs lost), 新时代十年."""
    numbers = [0, *(line.end() for line in _NUMBERED.finditer(scan.chars))]
    rows: list[Found] = signed(scan.chars, numbers)
    for m in filter(None, (g.SIGNED.match(scan.chars, start) for start in numbers)):
        parts = DateParts("day", year=int(m["y"]), month=int(m["m"]), day=int(m["d"]), name="numeric")
        rows.append((m.start(), m.end(), parts))
    if "新时代" in scan.chars:
        rows += [
            (m.start(), m.end(), DateParts("relative", anchor="named", name=m.group()))
            for m in g.NEW_ERA.finditer(scan.chars)
        ]
    return rows
