"""Dates of the gold: most values are read from the printed words, the others are given by the author in the mark."""

import re
from typing import Any

from corpus.annotating.layout import Laid
from corpus.annotating.marks import ROLES, Mark, Source, fold

ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0}


def chinese_digits(raw: str) -> str:
    """二〇一二年四月十日 -> 2012年4月10日 (only inside a date mark)."""

    def year(found: re.Match[str]) -> str:
        return "".join(str(DIGITS[c]) for c in found[1]) + "年"

    def small(found: re.Match[str]) -> str:
        left, ten, right = found[1].partition("十")
        if not ten:
            return str(DIGITS[left]) + found[2]
        return str((DIGITS[left] if left else 1) * 10 + (DIGITS[right] if right else 0)) + found[2]

    raw = re.sub(r"([〇○零ＯO一二三四五六七八九]{4})年", year, raw)
    return re.sub(r"([一二三四五六七八九十]{1,3})([月日])", small, raw)


DATE = re.compile(
    r"(?:(?P<y>\d{4})[年.、-])?(?P<m>\d{1,2})[月.、-]份?(?:(?P<d>\d{1,2})(?P<ri>日)?)?"
    r"(?:（[^）]*）|\([^)]*\))?"
    r"(?:(?P<ap>上午|下午|晚上|晚)?(?P<H>\d{1,2})[:：︰时点](?P<M>\d{2})?分?)?(?P<part>上午|下午|晚上)?"
    r"(?:(?:至|到|—|－|-|–|～|~)(?P<body>.*?))?"
    r"(?P<tail>之?前|以前|内|起)?"
)
END = re.compile(
    r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日?(?:[（(][^）)]*[）)])?(?P<tail>之?前)?"
)
CLOCK = re.compile(r"(?P<ap>上午|下午)?(?P<H>\d{1,2})[:：︰时点](?P<M>\d{2})?分?")


def hour(part: str | None, value: str) -> int:
    return int(value) + (12 if part in ("下午", "晚上", "晚") and int(value) < 12 else 0)


def parse_date(raw: str, year: int) -> dict[str, Any] | None:
    """Start, end, precision and kind of a printed date; None when the author must give them."""
    plain = chinese_digits(fold(raw).translate(ASCII))
    if found := re.fullmatch(r"(\d{4})年?(?:以来|度)?", plain):
        return {"start": found[1], "end": found[1], "precision": "year", "kind": "year"}
    if found := re.fullmatch(r"(\d{4})[—\-－–~～至](\d{4})年", plain):
        return {"start": found[1], "end": found[2], "precision": "span", "kind": "plan_span"}
    if not (found := DATE.fullmatch(plain)):
        return None
    start = f"{found['y'] or year}-{int(found['m']):02d}" + (f"-{int(found['d']):02d}" if found["d"] else "")
    clock = found["H"] is not None
    if clock:
        start += f"T{hour(found['ap'], found['H']):02d}:{found['M'] or '00'}"
    precision = "time" if clock else "day" if found["d"] else "month"
    if found["body"]:
        end = _end(found, start, year)
        return end and {"start": start, "end": end, "precision": precision, "kind": "range"}
    if found["tail"] in ("前", "之前", "以前"):
        return {"start": None, "end": start, "precision": precision, "kind": "calendar"}
    return {"start": start, "end": None if clock else start, "precision": precision, "kind": "calendar"}


def _end(found: re.Match[str], start: str, year: int) -> Any:
    """The other end of a range: a clock time of the same day, or a day with what it leaves unsaid taken from the start."""
    if found["H"] is not None:
        clock = CLOCK.fullmatch(found["body"])
        part = clock and (clock["ap"] or found["ap"])
        return clock and f"{start[:10]}T{hour(part, clock['H']):02d}:{clock['M'] or '00'}"
    last = END.fullmatch(found["body"])
    if last is None or found["part"]:
        return None
    return f"{last['y'] or found['y'] or year}-{int(last['m'] or found['m']):02d}-{int(last['d']):02d}"


_PLANS = {
    "“十二五”": ("2011", "2015"),
    "“十三五”": ("2016", "2020"),
    "“十四五”": ("2021", "2025"),
    "“十五五”": ("2026", "2030"),
}
#: what is annotated without a mark: pattern, role mark, options
AUTO: tuple[tuple[re.Pattern[str], str, dict[str, str]], ...] = (
    (re.compile(r"〔\s*\d{4}\s*〕"), "ym", {"k": "docnumber_year"}),
    (re.compile(r"(?<!\d)\d{4}\s*[—–-]\s*\d{4}\s*年"), "ps", {}),
    (re.compile(r"(?<![\d—–-])\d{4}\s*年(?!\s*\d)度?"), "ym", {}),
    (re.compile(r"第\d+届[^，。；、：》\n]{2,12}?周"), "ot", {"k": "ordinal"}),
    (re.compile(r"(?<!\d)\d{1,2}·\d{1,2}(?!\d)"), "ot", {"k": "label"}),
    *(
        (re.compile(name), "ps", {"k": "named_period", "rs": first, "re": last, "prec": "span"})
        for name, (first, last) in _PLANS.items()
    ),
)
EXTENDED = {"ordinal", "named_period", "label", "docnumber_year"}
PRINTED = {None, "calendar", "range", "year", "plan_span"}


#: option of a mark -> key of the gold
_EXTRA = {
    "rs": "resolved_start",
    "re": "resolved_end",
    "ls": "likely_start",
    "le": "likely_end",
    "defect": "defect",
    "note": "note",
    "status": "status",
}


def date_entries(source: Source, laid: Laid) -> list[dict[str, Any]]:
    """Every date in document order: the marked ones, and years, plan spans and 文号 years, which need no mark."""
    marks = [mark for mark in source.marks if mark.tag in ROLES]
    for pattern, tag, options in AUTO:
        for found in pattern.finditer(source.text):
            if not any(a.start < found.end() and found.start() < a.end for a in marks):
                marks.append(Mark(tag, dict(options), *found.span()))
    return [_entry(mark, source, laid) for mark in sorted(marks, key=lambda each: each.start)]


def _entry(mark: Mark, source: Source, laid: Laid) -> dict[str, Any]:
    raw, o = laid.words(mark), mark.options
    got = _value(raw, o, int(o.get("y", source.meta["year"])))
    if got is None:
        raise ValueError(f"date needs options: {raw!r}")
    offset = laid.where[mark.start]
    entry = {
        "raw": raw,
        "raw_in_file": laid.printed(mark),
        **got,
        "role": ROLES[mark.tag],
        "year_explicit": bool(re.search(r"\d{4}\s*[年〕—-]", raw)),
        "tier": "extended" if o.get("t") == "x" or got["kind"] in EXTENDED else "core",
        "offset": offset,
        "line": laid.line(offset),
    }
    if not entry["year_explicit"] and re.match(r"[〇○零ＯO一二三四五六七八九]{4}年|\d{4}[.、]", raw):
        entry["year_printed"] = True  # the reference schema knows Arabic years before 年 only
    for key, name in _EXTRA.items():
        if key in o:
            entry[name] = None if o[key] == "-" else o[key]
    if "suspect" in o:
        entry["suspect"] = True
    return entry


def _value(raw: str, o: dict[str, str], year: int) -> dict[str, Any] | None:
    """What is printed, corrected by what the author says in the mark."""
    kind = o.get("k")
    got = parse_date(re.sub(r"^〔|〕$", "", raw), year) if kind in PRINTED else None
    if got is None and kind:
        value = re.sub(r"\D", "", raw).translate(ASCII) if kind == "docnumber_year" else None
        precision = "year" if kind == "docnumber_year" else "relative"
        got = {"start": value, "end": value, "precision": precision, "kind": kind}
    if got is None:
        return None
    given = {
        name: None if o[key] == "-" else o[key] for key, name in (("s", "start"), ("e", "end")) if key in o
    }
    return got | given | ({"kind": kind} if kind else {}) | ({"precision": o["prec"]} if "prec" in o else {})
