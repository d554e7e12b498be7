"""Years and days that several places of a document state: title, number, window, items, schedule, length."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain

from extractor.checks.case import Case, Dated, iso
from extractor.checks.dates import shown, told_as_done
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.campaigns import bare
from extractor.rulebook.cards import Card
from extractor.schema import ActivityRow
from extractor.text import numeral

_RANGE_OF_YEARS = lazy(r"(?:19|20)\d\d年?[-~至到](?:19|20)?\d\d")
_TITLE_YEAR = lazy(r"((?:19|20)(?<!\d..)\d\d)年(?!度)")
_NUMBER_YEAR = lazy(r"〔((?:19|20)\d\d)〕")
_REPORTS = lazy(r"总结|考核|通报|年报|年度|评选|评比|表彰|公示|奖|决算|审计|报告|纲要|规划|统计公报|情况")
_OWN_TIME = lazy(
    r"筹备|准备|启动|动员|部署|总结|前期|预热|专项|检查|整治|行动|全年|征集|评选|申报|报名|演练|培训|集训|彩排"
)


def year_conflict(case: Case, card: Card) -> Iterator[Fault]:
    """The years of title, enclosed plan, number, window and signature: one of them that stands alone."""
    places = [*_title_years(case), *_number_year(case), *_window_year(case)]
    if case.issue and case.issue_span:
        places.append((case.issue.year, case.issue_span, "成文日期"))
    if len({year for year, _, _ in places}) < 2:
        return
    count = Counter(year for year, _, _ in places)
    common, most = count.most_common(1)[0]
    if case.looks_back:
        return
    for year, span, what in places:
        others = [(y, s, w) for y, s, w in places if y != year]
        if year == common or count[year] == most or _lawful(case, year, what, [y for y, _, _ in others]):
            continue
        related = tuple(Other(s, w) for _, s, w in others)
        stated = "、".join(dict.fromkeys(f"{w}{y}年" for y, _, w in others))
        yield Fault(
            span,
            {"year": year, "what": what, "others": stated, "common": common},
            related,
            root=f"year:{year}",
        )
        return
    if most * len(count) == len(places) and len(places) == 2:
        (one, span, what), (two, other, where) = places
        if not (_lawful(case, one, what, [two]) or _lawful(case, two, where, [one])):
            values = {"year": one, "what": what, "others": f"{where}{two}年", "common": two}
            yield Fault(span, values, (Other(other, where),))


def _title_years(case: Case) -> Iterator[tuple[int, Span, str]]:
    for name, what in (("title", "标题"), ("plan_title", "方案标题")):
        span = case.part(name)
        if span is None:
            continue
        a, b = case.ends(span)
        words = case.chars[a:b]
        years = set(_TITLE_YEAR.findall(words))
        if len(years) != 1 or _RANGE_OF_YEARS.search(words) or _REPORTS.search(words):
            continue
        match = _TITLE_YEAR.search(words)
        assert match
        yield int(match.group(1)), case.span(a + match.start(), a + match.end()), what


def _number_year(case: Case) -> Iterator[tuple[int, Span, str]]:
    span = case.part("doc_number")
    if span:
        a, b = case.ends(span)
        match = _NUMBER_YEAR.search(case.chars, a, b)
        if match:
            yield int(match.group(1)), case.span(*match.span(1)), "发文字号"


def _window_year(case: Case) -> Iterator[tuple[int, Span, str]]:
    for dated in case.role("campaign_period"):
        if dated.parts.year and dated.row.form in ("day", "range", "month"):
            yield dated.parts.year, dated.span, "活动时间"
            return


def _lawful(case: Case, year: int, what: str, others: list[int]) -> bool:
    """Two years that may stand together: next year's plan issued late in the year, last year's number in January."""
    issue = case.issue
    if issue is None:
        return False
    if year == issue.year + 1 and issue.month >= 10:
        return True
    if (
        year == issue.year
        and issue.month >= 10
        and all(other == year + 1 for other in others if other != year)
    ):
        return True
    if what == "发文字号" and year == issue.year - 1 and issue.month == 1:
        return True
    return what in ("标题", "方案标题") and year == issue.year - 1 and issue.month <= 3


def same_item(case: Case, card: Card) -> Iterator[Fault]:
    """One item with one day in its prose and another behind 时间：; one activity with two days in two places."""
    labelled: dict[int, list[Dated]] = {}
    prose: dict[int, list[Dated]] = {}
    for dated in case.role("activity"):
        if dated.row.form != "day" or dated.start is None or dated.parts.end_day:
            continue
        item = case.outline.item_at(dated.span.start)
        if item is None:
            continue
        before = case.chars[max(dated.a - 8, 0) : dated.a]
        if before.endswith(("时间：", "时间安排：")):
            labelled.setdefault(item.span.start, []).append(dated)
        elif not told_as_done(case, dated) and _held(case, dated):
            prose.setdefault(item.span.start, []).append(dated)
    for place, labels in labelled.items():
        told = prose.get(place, [])
        if len(labels) == 1 and len(told) == 1 and labels[0].start != told[0].start:
            values = {"one": shown(_day(told[0])), "two": shown(_day(labels[0]))}
            yield Fault(told[0].span, values, (Other(labels[0].span, "时间栏"),))
    yield from _same_activity(case)


def _same_activity(case: Case) -> Iterator[Fault]:
    """Two rows of one activity (its item, its line in a schedule) with one day each that are not the same."""
    rows: dict[str, tuple[str, ActivityRow]] = {}
    for row in case.tables.activities:
        if len(row.dates) != 1:
            continue
        day, key = row.dates[0].start, bare(row.title)
        if not day or day != row.dates[0].end or len(key) < 6 or not re.search(r"\d", row.dates[0].raw):
            continue
        if key in rows and rows[key][0] != day:
            first, other = rows[key]
            if not re.search(r"主会场|分会场|首场|第[一二三]场", row.title + other.title):
                values = {"one": _iso_shown(first), "two": _iso_shown(day)}
                place = Other(_placed(case, other, first), "另一处")
                yield Fault(_placed(case, row, day), values, (place,), variant="twice")
        rows.setdefault(key, (day, row))


def _placed(case: Case, row: ActivityRow, day: str) -> Span:
    """Where an activity's day stands; the whole activity when it stands elsewhere."""
    return next((d.span for d in case.dates if row.span.covers(d.span) and d.row.start == day), row.span)


def _iso_shown(day: str) -> str:
    found = iso(day)
    return shown(found) if found else day


def _day(dated: Dated) -> date:
    assert dated.start is not None
    return dated.start


def _held(case: Case, dated: Dated) -> bool:
    """Whether the words behind the day say that the activity itself is held then."""
    return bool(
        re.match(
            r"[^。；\n]{0,30}?(?:举行|举办|召开|开展|组织|进行|启动|开赛|开班)",
            case.chars[dated.b : dated.b + 40],
        )
    )


def outside_window(case: Case, card: Card) -> Iterator[Fault]:
    """An activity before or after the stated days of the campaign."""
    if case.window is None or case.window_span is None:
        return
    start, end = case.window
    other = (Other(case.window_span, "活动时间"),)
    for dated in case.role("activity"):
        first, last = dated.first, dated.last
        if (
            first is None
            or last is None
            or first > last
            or dated.row.status != "ok"
            or dated.row.precision not in ("day", "time")
        ):
            continue
        if (
            dated.row.form not in ("day", "range")
            or (first >= start and last <= end)
            or told_as_done(case, dated)
        ):
            continue
        section = case.outline.section_at(dated.span.start)
        item = case.outline.item_at(dated.span.start)
        kinds = section.kinds if section else (item.section,) if item else ()
        if "活动安排" not in kinds:
            continue
        values = {"start": shown(start), "end": shown(end)}
        if first <= end and last >= start:
            yield Fault(dated.span, values, other, variant="overlap")
            continue
        a, b = case.sentence(dated.a, dated.b)
        around = case.chars[a:b] + (item.title if item else "")
        apart = min(abs((first - end).days), abs((start - last).days))
        mild = (
            bool(_OWN_TIME.search(around))
            or apart > card.params["far"]
            or (dated.row.year_from == "explicit" and first.year != start.year)
        )
        yield Fault(dated.span, values, other, variant="own" if mild else "")


_LENGTHS = tuple(
    lazy(rf"{word}(\d{{1,3}}|[一二三四五六七八九十两半]{{1,3}})(天|日|周|个月|个星期)(?!左右)")
    for word in ("为期", "共计?")
)
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "个星期": 7}


def duration(case: Case, card: Card) -> Iterator[Fault]:
    """为期N天 against the range in the same sentence; 共N天 against the range right before it."""
    for match in chain.from_iterable(length.finditer(case.chars) for length in _LENGTHS):
        number = numeral(match.group(1))
        if number is None or case.chars.startswith("工作日", match.end() - 1):
            continue
        a, b = case.sentence(*match.span())
        ranges = [
            d
            for d in case.dates
            if a <= d.a < b and d.row.form == "range" and d.start and d.end and not d.parts.days
        ]
        if len(ranges) != 1:
            continue
        dated = ranges[0]
        if dated.start is None or dated.end is None:
            continue
        if match.group().startswith("共") and not 0 <= match.start() - dated.b <= 1:
            continue  # 共3天 further on counts something else
        days = (dated.end - dated.start).days + 1
        if match.group(2) == "个月":
            wrong = abs(days / 30.4 - number) > 0.3
        else:
            unit = _UNIT_DAYS[match.group(2)]
            wrong = days != number * unit and (unit == 1 or days + 1 != number * unit)
        if wrong:
            values = {"days": days, "range": dated.row.raw}
            yield Fault(case.span(*match.span()), values, (Other(dated.span, "起止日期"),))


_DOUBLE_AFTERNOON = lazy(
    r"(?:下午|晚上|傍晚|晚)(?:1[3-9]|2[0-4])(?:[点时：](?:\d{2})?分?)(?:[-~至到](?:\d{1,2})[点时：]?(?:\d{2})?)?"
)
_THEN = "开始|结束|集合|整|许|左右|举行|召开|在|于|到|布展|撤展|入场"
_CLOCK_DOT = lazy(
    rf"点(?<=\d点)(?!钟|评|击|位|名|以上|多)(?:(?=\d|半|前|{_THEN}|[-~至到，。；、）\n]|$)|(?<=[上下中]午\d点)|(?<=[上下中]午\d\d点))"
)
_CLOCK_HOUR = lazy(
    rf"时(?<=\d时)(?!间|期|段|代|限|事|效)(?:(?=\d|前|{_THEN}|[-~至到，。；、）\n]|$)|(?<=[上下中]午\d时)|(?<=[上下中]午\d\d时))"
)


def clock(case: Case, card: Card) -> Iterator[Fault]:
    """下午 with 14点; 点 and 时 side by side."""
    chars = case.chars
    for match in _DOUBLE_AFTERNOON.finditer(chars) if case.says("下午", "晚") else ():
        word = re.match(r"[下午晚上傍]+", match.group())
        first = case.span(*match.span())
        change = Change(case.span(match.start(), match.start() + len(word.group())), "") if word else None
        yield Fault(first, {"better": match.group()[len(word.group()) if word else 0 :]}, change=change)
    dot = _CLOCK_DOT.search(chars)
    hour = _CLOCK_HOUR.search(chars) if dot else None
    if dot and hour:
        other = (Other(case.span(*_with_digits(chars, hour)), "另一写法"),)
        yield Fault(case.span(*_with_digits(chars, dot)), {}, other, variant="mixed")


def _with_digits(chars: str, match: re.Match[str]) -> tuple[int, int]:
    """A match of 点 or 时 with the figures before it."""
    digits = re.search(r"\d{1,2}$", chars[max(match.start() - 2, 0) : match.start()])
    return match.start() - (len(digits.group()) if digits else 0), match.end()


KINDS: dict[str, Kind] = {
    "year_conflict": Kind(year_conflict),
    "same_item_date": Kind(same_item),
    "outside_window": Kind(outside_window, {"far": 40}),
    "duration": Kind(duration),
    "clock": Kind(clock),
}
