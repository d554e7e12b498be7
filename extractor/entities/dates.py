"""Dates as written: every expression with its parts; years are inherited and roles given later (``extractor.resolve``)."""

import re
from collections.abc import Iterator

from extractor.entities import date_grammar as g
from extractor.model import DateParts, Manuscript, Mention
from extractor.rulebook import Rulebook
from extractor.text import numeral

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
_PARTS = {
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, 0),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "初": (1, 10),
    "中": (11, 20),
    "底": (0, 0),
    "末": (0, 0),
}
_QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_MONTHS_IN_YEAR = 12
_NAME_REACH = 30
_NAME_START = re.compile(
    r"^.*(?:结合|庆祝|纪念|迎接|围绕|喜迎|正值|适逢|恰逢|隆重|值此|宣传|展示|以|在|是|为|逢|及|(?<!共)和(?!国)|暨)(?=.{2,})"
)
_NOT_MONTH = re.compile(
    r"(?:安全|质量|宣传|活动|卫生|用药|教育|服务|消防|文化|诚信|节能|普法|法治|科普|禁毒|读书|体育)月"
)


class _Found:
    """One candidate: its place in the reading and what it says."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, start: int, end: int, parts: DateParts) -> None:
        self.start, self.end, self.parts = start, end, parts


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Date mentions in text order, none overlapping another; of two overlapping candidates the longer one stays."""
    del rulebook
    chars = manuscript.reading.chars
    spans: list[tuple[int, int, DateParts]] = []
    taken: list[tuple[int, int]] = []
    numbers = [m.span() for m in g.DOC_NUMBER.finditer(chars)]
    for maker in (
        _placeholders,
        _days,
        _numeric,
        _months,
        _year_spans,
        _lunar,
        _years,
        _lost,
        _anniversaries,
        _ordinals,
        _labels,
        _named,
        _relative,
        _floating,
    ):
        for found in maker(chars, manuscript):
            if found.end <= found.start or _clashes(found, taken) or _clashes(found, numbers):
                continue
            taken.append((found.start, found.end))
            spans.append((found.start, found.end, found.parts))
    for start, end, parts in sorted(spans, key=lambda row: row[0]):
        yield Mention("date", manuscript.reading.span(start, end), parts)


def _clashes(found: _Found, taken: list[tuple[int, int]]) -> bool:
    return any(found.start < end and start < found.end for start, end in taken)


def _int(text: str | None) -> int | None:
    return numeral(text) if text else None


def _year(text: str | None, century: int = 0) -> int | None:
    value = _int(text)
    return value + century if value is not None and value < 100 else value


def _days(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.near(g.DAY, g.NEAR_MONTH, chars):
        day, sign, day2 = m["d"], m["sign"], m["d2"]
        end = m.end()
        if not sign and not day2 and not m["list"]:
            if not (m["before"] or m["t1"]) or not _plain_day(chars, m):
                continue
        if day2 and not m["sign2"] and not m["t2"] and not sign and chars[end : end + 1] in "%元个人次项家万":
            continue
        if (
            day2
            and not m["sign2"]
            and m["t1"] is None
            and sign
            and chars[end : end + 1] in ("点", "时", "：", "个", "家", "人")
        ):
            end = m.end("sign")
            day2 = None
        days: tuple[int, ...] = ()
        if m["list"]:
            days = tuple(
                v for part in re.split(r"[日号、和及]+", day + m["list"]) if (v := _int(part)) is not None
            )
        first_time, last_time = m["t1"], m["t2"] if day2 else None
        year, month = _year(m["y"]), _int(m["m"])
        end_year = _year(m["y2"]) if day2 else None
        if day2 and m["next"] and year:
            end_year = year + 1
        yield _Found(
            m.start() if not m["now"] else m.start(),
            end,
            DateParts(
                form="range" if day2 or m["now"] or days else "day",
                year=None if m["now"] else year,
                month=None if m["now"] else month,
                day=None if m["now"] else _int(day),
                end_year=end_year if day2 else (year if m["now"] else None),
                end_month=(_int(m["m2"]) or None) if day2 else (month if m["now"] else None),
                end_day=_int(day2) if day2 else (_int(day) if m["now"] else (days[-1] if days else None)),
                time=_clock(first_time, last_time),
                before=bool(m["before"]),
                weekday=_WEEKDAYS.get(m["w1"] or ""),
                anchor="issue" if m["now"] else ("next_year" if m["next"] else ""),
                name="" if sign or day2 or days else "no_day_sign",
                days=days,
            ),
        )


def _plain_day(chars: str, m: re.Match[str]) -> bool:
    """``4月27前``: the day sign is missing, the number is not the beginning of something else."""
    return not chars[m.start() - 1 : m.start()].isdigit() and (_int(m["d"]) or 0) <= 31


def _clock(first: str | None, last: str | None) -> str | None:
    """``09:00`` or ``14:00-17:00`` from what is written; afternoon hours below 12 gain 12."""
    if not first:
        return None
    clocks = []
    noon = False
    for piece in re.findall(
        rf"({g.DAYTIME})?(\d{{1,2}})(?:：(\d{{2}})|[点时](\d{{1,2}}|半)?)",
        first + ("-" + last if last else ""),
    ):
        word, hour, minute, spoken = piece
        noon = word in ("下午", "晚上", "傍晚", "晚") if word else noon
        value = int(hour) + (12 if noon and int(hour) < 12 else 0)
        minutes = minute or ("30" if spoken == "半" else (spoken or "0"))
        clocks.append(f"{value:02d}:{int(minutes):02d}")
    return "-".join(clocks) if clocks else first


def _months(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.near(g.MONTH, g.NEAR_MONTH, chars):
        month, part, month2 = _int(m["m"]), m["part"], _int(m["m2"])
        if month is None or chars[m.end() : m.end() + 1].isdigit():
            continue
        written = m["m"]
        bare = not (m["y"] or part or month2 or m["m0"] or m["before"])
        if bare and not written.isdigit():
            continue
        if bare and (
            chars[m.start() - 1 : m.start()] in ("第", "“", "个", "近", "过", "·", ".")
            or chars[m.end() : m.end() + 1] in ("”", "内", "度", "嫂", "饼", "球")
        ):
            continue
        if bare and _NOT_MONTH.search(chars[max(m.start() - 2, 0) : m.end()]):
            continue
        start_month = _int(m["m0"]) or month
        begin, _ = _PARTS.get((part or "") if not m["m0"] else "", (1, 0))
        last_part = m["part2"] if month2 else part
        _, finish = _PARTS.get(last_part or "", (1, 0))
        year = _year(m["y"])
        vague = bool(part and part[:1] in "上中下初底末") or bool(
            m["part2"] and m["part2"][:1] in "上中下初底末"
        )
        if m["now"]:
            yield _Found(
                m.start(),
                m.end(),
                DateParts(
                    "range",
                    end_year=year,
                    end_month=month2 or month,
                    end_day=finish,
                    anchor="issue",
                    before=bool(m["before"]),
                    name="vague",
                ),
            )
            continue
        yield _Found(
            m.start(),
            m.end(),
            DateParts(
                form="vague" if vague else "month",
                year=year,
                month=start_month,
                day=begin,
                end_year=_year(m["y2"]) or (year + 1 if m["next"] and year else None),
                end_month=month2 or month,
                end_day=finish,
                before=bool(m["before"]),
                anchor="next_year" if m["next"] else "",
                name="full" if part and "月" in part else "",
            ),
        )


def _year_spans(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.SPAN.finditer(chars):
        first = _year(m["y"])
        if first is None:
            continue
        last = _year(m["y2"], first // 100 * 100)
        yield _Found(m.start(), m.end(), DateParts("span", year=first, end_year=last))


def _years(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.ANNUAL.finditer(chars):
        if chars[m.end() : m.end() + 1] in ("月", "代") or chars[m.start() - 1 : m.start()] in (
            "第",
            "近",
            "约",
        ):
            continue
        part = m["part"] or ""
        year = _year(m["y"])
        if part.endswith("季度"):
            first, last = _QUARTERS[part[-3]]
            yield _Found(
                m.start(),
                m.end(),
                DateParts("month", year=year, month=first, day=1, end_month=last, end_day=0),
            )
        elif part in ("上半年", "下半年"):
            first = 1 if part == "上半年" else 7
            yield _Found(
                m.start(),
                m.end(),
                DateParts("month", year=year, month=first, day=1, end_month=first + 5, end_day=0),
            )
        elif "底" in part or "末" in part:
            yield _Found(
                m.start(),
                m.end(),
                DateParts(
                    "vague",
                    year=year,
                    month=_MONTHS_IN_YEAR,
                    day=1,
                    end_month=_MONTHS_IN_YEAR,
                    end_day=0,
                    before=part.endswith("前"),
                ),
            )
        else:
            yield _Found(
                m.start(),
                m.start()
                + len(m["y"])
                + 1
                + (chars[m.start() + len(m["y"]) + 1 : m.start() + len(m["y"]) + 2] == "度"),
                DateParts("year", year=year),
            )


def _numeric(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.NUMERIC.finditer(chars):
        if m["s"] == "、" and chars[max(0, m.start() - 1) : m.start()] not in ("", "\n"):
            continue
        yield _Found(
            m.start(),
            m.end(),
            DateParts(
                "day",
                year=int(m["y"]),
                month=int(m["m"]),
                day=int(m["d"]),
                time=m["t1"] and m["t1"].replace("：", ":"),
                name="numeric",
            ),
        )


def _placeholders(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.near(g.PLACEHOLDER, g.NEAR_PLACEHOLDER, chars):
        yield _Found(m.start(), m.end(), DateParts("placeholder"))


def _lunar(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.LUNAR.finditer(chars):
        yield _Found(m.start(), m.end(), DateParts("relative", anchor="lunar", name=m.group()))


def _lost(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    """``620--630`` and ``626日``: a conversion lost 月 and 日. Only where a time is expected."""
    for m in g.near(g.LOST, g.NEAR_LOST, chars):
        if int(m["d"]) > 31 or int(m["d"]) == 0:
            continue
        before = chars[max(0, m.start() - 8) : m.start()]
        if m["sign"] is None and not re.search(r"时间[：。]?\n?$|\n$", before):
            continue
        if m["sign"] is None and not re.search(r"时间", chars[max(0, m.start() - 14) : m.start()]):
            continue
        yield _Found(
            m.start(),
            m.end(),
            DateParts(
                "range" if m["d2"] else "day",
                month=int(m["m"]),
                day=int(m["d"]),
                end_month=int(m["m2"]) if m["m2"] else None,
                end_day=int(m["d2"]) if m["d2"] else None,
                name="lost_characters",
            ),
        )


def _anniversaries(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    at = chars.find("周年")
    while at >= 0:
        begin = max(at - _NAME_REACH, 0)
        m = g.ANNIVERSARY.search(chars[begin:at])
        if m:
            name = _NAME_START.sub("", m["name"])
            yield _Found(
                begin + m.end("name") - len(name),
                at + 2,
                DateParts("anniversary", name=name, number=_int(m["n"])),
            )
        at = chars.find("周年", at + 2)


def _ordinals(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.ORDINAL.finditer(chars):
        yield _Found(
            m.start(), m.end(), DateParts("ordinal", name=m["name"], number=_int(m["n"]), anchor=m["c"])
        )


def _labels(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.LABEL.finditer(chars):
        quoted = chars[m.start() - 1 : m.start()] == "“" and chars[m.end() : m.end() + 1] == "”"
        if not quoted and not re.match(
            r"(?:知识|世界|国际|国家|全国|全民|宣传|消防|宪法|消费|禁毒|安全|日)",
            chars[m.end() : m.end() + 2],
        ):
            continue
        yield _Found(m.start(), m.end(), DateParts("label", month=int(m["m"]), day=int(m["d"])))


def _named(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.NAMED.finditer(chars):
        yield _Found(m.start(), m.end(), DateParts("relative", anchor="named", name=m.group().strip("“”")))


def _relative(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.near(g.RELATIVE, g.NEAR_RELATIVE, chars):
        if not m["anchor"]:
            continue
        after = m["rel"] != "期间"
        if after and not m["rel"].endswith("后"):
            continue
        number = _int(m["n"]) if m["n"] and m["n"] != "半" else None
        unit = m["unit"] or ""
        days = None
        if number is not None:
            days = number * (
                7 if "周" in unit or "星期" in unit or "礼拜" in unit else 30 if unit.endswith("月") else 1
            )
        end = m.end() if m["within"] and m["n"] else m.end("rel")
        yield _Found(
            m.start(),
            end,
            DateParts(
                "relative",
                anchor="campaign_end" if after else "campaign",
                shift=days,
                name="workdays" if "工作日" in unit else "",
                before=days is not None,
            ),
        )


def _floating(chars: str, manuscript: Manuscript) -> Iterator[_Found]:
    for m in g.FLOATING.finditer(chars):
        word = m.group()
        quarter = re.search(r"第([一二三四])季度", word)
        if quarter:
            first, last = _QUARTERS[quarter.group(1)]
            yield _Found(
                m.start(), m.end(), DateParts("month", month=first, day=1, end_month=last, end_day=0)
            )
        else:
            yield _Found(
                m.start(),
                m.end(),
                DateParts("relative", anchor="floating", name=word, before=word.endswith("前")),
            )
