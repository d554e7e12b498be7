"""Claims that facts decide: themes, ordinals of observances, anniversaries."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from operator import itemgetter

from extractor.checks.case import Case, Dated
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.campaigns import Campaign, Observance, Theme, bare, is_mark
from extractor.rulebook.cards import Card
from extractor.text import chinese, numeral

_PAST = lazy(r"去年|上年|前年|往年|历年|历届|历次|回顾|曾|当年|上一年")
_LOCAL = lazy(r"分主题|子主题|[我本全][省市州区县].{0,4}主题|本地主题|专题主题")
_NEAR = 0.9
_SLACK = 6  # marks that may stand inside a theme


def theme_spans(case: Case) -> Iterator[tuple[int, int]]:
    """Where the text states its theme: the field's own words, then every theme mention."""
    span = case.fields.spans.get("theme")
    if span:
        yield case.ends(span)
    for mention in case.mentioned("theme"):
        if mention.span != span:
            yield case.ends(mention.span)


def theme_official(case: Case, card: Card) -> Iterator[Fault]:
    """The document's theme against the official one of its campaign and year; a second theme against the first."""
    campaign, year = case.campaign, case.year
    stated = case.fields.spans.get("theme")
    if stated is None or not case.fields.theme:
        return
    a, b = case.ends(stated)
    words = bare(case.chars[a:b])
    if campaign is not None and year is not None and campaign.themes:
        yield from _against_table(case, campaign, year, stated, words)
    for start, end in theme_spans(case):
        other = bare(case.chars[start:end])
        if (start, end) == (a, b) or other == words or len(other) < 6:
            continue
        if case.years_about(start, end) - {year} or _set_apart(case, start):
            continue
        if (day := _observance(case, start)) and day != (_observance(case, a) or day):
            continue  # the theme of another day: 14日为全国低碳日，主题为…
        if campaign and any(other == theme.key for theme in campaign.themes.values()):
            continue  # an earlier year's theme is T03's to tell
        if SequenceMatcher(None, words, other).ratio() >= card.params["alike"]:
            values = {"theme": case.fields.theme, "year": year or ""}
            yield Fault(case.span(start, end), values, (Other(stated, "活动主题"),), variant="differs")


def _against_table(case: Case, campaign: Campaign, year: int, stated: Span, words: str) -> Iterator[Fault]:
    official = campaign.themes.get(year)
    a, _ = case.ends(stated)
    if official is not None and words in (official.key, official.head):
        return
    earlier = next((t for t in campaign.themes.values() if t.key == words and t.year != year), None)
    values = {
        "year": year,
        "campaign": campaign.name,
        "official": official.text if official else "",
        "other": earlier.year if earlier else "",
    }
    if earlier is not None and (official is None or official.key != words):
        change = Change(stated, official.text) if official else None
        confidence = (
            earlier.confidence if official is None else min(earlier.confidence, official.confidence, key=len)
        )
        if "M" in (earlier.confidence, official.confidence if official else "V"):
            confidence = "M"
        elif "V*" in (earlier.confidence, official.confidence if official else "V"):
            confidence = "V*"
        yield Fault(
            stated, values, variant="" if official else "other_year", confidence=confidence, change=change
        )
        return
    if official is None:
        if year > max(campaign.themes):
            yield Fault(stated, values, variant="unknown", severity="info")
        return
    if words == official.head or official.key in words or _set_apart(case, a):
        return
    likeness = SequenceMatcher(None, words, official.key).ratio()
    if likeness >= 0.6:
        yield Fault(
            stated,
            values,
            variant="slip",
            confidence=official.confidence,
            change=Change(stated, official.text),
        )
    else:
        yield Fault(stated, values, variant="own", confidence=official.confidence)


def _set_apart(case: Case, a: int) -> bool:
    """Whether the words before a theme say it is the region's own, or a part of the whole."""
    start, _ = case.sentence(a)
    return bool(_LOCAL.search(case.chars, start, a))


_OBSERVED = lazy(
    r"(?:为|是)[“]?(?:第[^，。]{1,8}[个届])?[“]?(?P<day>[一-鿿]{2,10}[日周月])[”]?，?(?:活动)?主题(?:为|是)：?[“]?$"
)


def _observance(case: Case, a: int) -> str:
    """The day or week whose theme begins at ``a``, as the clause before it names it (…为全国低碳日，主题为“); else empty."""
    match = _OBSERVED.search(case.chars[max(a - 40, 0) : a])
    return match["day"] if match else ""


def stale_theme(case: Case, card: Card) -> Iterator[Fault]:
    """An official theme of another year used as this year's."""
    campaign, year = case.campaign, case.year
    if campaign is None or year is None:
        return
    own = case.fields.spans.get("theme")
    own_ends = case.ends(own) if own else (-1, -1)
    current = campaign.themes.get(year)
    right = (current.key, current.head) if current else ()
    shortest = card.params["shortest"]
    stale = [
        theme
        for theme in campaign.themes.values()
        if theme.year != year and len(theme.key) >= shortest and theme.key not in right
    ]
    contradicted = bool(own and case.fields.theme)
    for theme, a, b in _occurrences(case, stale):
        if own_ends[0] <= a < own_ends[1] or not _used_as_theme(case, a, b):
            continue
        start, end = case.sentence(a, b)
        if _PAST.search(case.chars, start, end) or case.years_about(a, b) - {year}:
            continue
        if contradicted and bare(case.fields.theme or "") == theme.key:
            continue  # the whole document carries this theme: T02 tells it once
        values = {
            "other": theme.year,
            "year": year,
            "theme": case.fields.theme or (current.text if current else ""),
            "campaign": campaign.name,
        }
        others = (Other(own, "活动主题"),) if own else ()
        span = case.span(a, b)
        printed = (case.fields.theme or "").rstrip("。；，")
        same = current is None or bare(printed) == current.key  # then as the notice itself prints it
        better = printed if same else current.text if current else ""
        change = Change(span, better) if better else None
        # Two themes in one document contradict each other whatever the table's standing (catalogue 1.7).
        confidence = "V" if contradicted else theme.confidence
        yield Fault(span, values, others, change=change, confidence=confidence)


def _occurrences(case: Case, themes: Iterable[Theme]) -> Iterator[tuple[Theme, int, int]]:
    """Where themes stand in the reading, marks disregarded, one character in ten allowed to differ."""
    chars = case.chars
    near: list[tuple[int, int, Theme]] = []
    for theme in themes:
        key = theme.key
        begin, end, reach = key[:2], key[-2:], len(key) + _SLACK
        for anchor, skipped in theme.anchors:
            for at in case.places(anchor):
                start = at - skipped
                first = start - _SLACK if start > _SLACK else 0
                if (
                    chars.find(end, first, start + reach) >= 0
                    and chars.find(begin, first, start + reach) >= 0
                ):
                    near.append((at, skipped, theme))
    told: set[tuple[str, int]] = set()
    for at, skipped, theme in sorted(near, key=itemgetter(0)):
        key = theme.key
        start = _walk_back(chars, at, skipped)
        stop = _walk(chars, start, len(key))
        found = bare(chars[start:stop])
        if (key, start) not in told and _near(found, key):
            told.add((key, start))
            yield theme, start, stop


def _near(found: str, key: str) -> bool:
    if found == key:
        return True
    common = sum([char in key for char in found])  # more than can stand in the same order
    if 2 * common < _NEAR * (len(found) + len(key)):
        return False
    matcher = SequenceMatcher(None, found, key)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _walk(chars: str, start: int, count: int) -> int:
    """The end of ``count`` characters that are no marks, from ``start`` on."""
    end, left = start, count
    while left and end < len(chars) and chars[end] != "\n":
        left -= not is_mark(chars[end])
        end += 1
    return end


def _walk_back(chars: str, end: int, count: int) -> int:
    start, left = end, count
    while left and start and chars[start - 1] != "\n":
        start -= 1
        left -= not is_mark(chars[start])
    return start


def _used_as_theme(case: Case, a: int, b: int) -> bool:
    """A theme stands between 以 and 为主题, in quotes, after 主题, or alone on its line; not inside 《…》."""
    chars = case.chars
    if case.in_title(a):
        return False
    start, end = case.sentence(a, b)
    if chars[b : b + 3].lstrip("”").startswith("为"):
        return True
    alone = (a == 0 or chars[a - 1] in "\n：“") and (b == len(chars) or chars[b] in "\n。”")
    return (
        alone
        or bool(re.search(r"主题|口号|理念", chars[max(start, a - 12) : a]))
        or chars[b : min(b + 6, end)].find("主题") >= 0
    )


def observance_ordinal(case: Case, card: Card) -> Iterator[Fault]:
    """第N个/第N届 of an observance whose count is known, against the year; a day it does not fall on."""
    only, without = card.params["only"], card.params["without"]
    campaigns = case.rulebook.campaigns
    for dated in case.dates:
        if dated.row.form != "ordinal" or not dated.parts.name or case.in_title(dated.a):
            continue
        observance = campaigns.observance(dated.parts.name)
        if observance is None or (only and observance.name not in only) or observance.name in without:
            continue
        yield from _ordinal(case, dated, observance)
    for observance in campaigns.dated:
        if not (only and observance.name not in only) and observance.name not in without:
            yield from _day(case, observance)


def _ordinal(case: Case, dated: Dated, observance: Observance) -> Iterator[Fault]:
    number = dated.parts.number
    if number is None or observance.base is None or number + observance.base == case.year:
        return
    year = case.clause_year(dated.a) or case.year
    if year is None:
        return
    right = year - observance.base
    about = {*case.years_about(dated.a, dated.b), case.year or year}
    if right < 1 or number + observance.base in about:
        return
    start, _ = case.sentence(dated.a)
    if _PAST.search(case.chars, start, dated.a):
        return
    match = re.search(r"第(\d+|[一二三四五六七八九十百]+)", case.chars[dated.a : dated.b])
    change = None
    if match:
        digits = case.span(dated.a + match.start(1), dated.a + match.end(1))
        change = Change(digits, str(right) if match.group(1).isdigit() else chinese(right))
    values = {
        "year": year,
        "number": number,
        "right": right,
        "name": observance.name,
        "first": observance.base + 1,
        "count": dated.parts.anchor or "个",
    }
    yield Fault(dated.span, values, change=change, confidence=observance.confidence)


def _day(case: Case, observance: Observance) -> Iterator[Fault]:
    """A month and day put right beside the observance's name (4月25日世界知识产权日) that is not its day."""
    chars, at = case.chars, case.chars.find(observance.name)
    while at >= 0:
        month, day = (int(part) for part in (observance.day or "").split("-"))
        end = at + len(observance.name)
        before = re.search(
            r"(\d{1,2})月(\d{1,2})日(?:是|为|的)?(?:第\d{1,3}[个届])?(?:全国|国家|国际|世界)?“?$",
            chars[max(at - 16, 0) : at],
        )
        after = re.match(
            r"”?(?:（|是|为|定在|，即)(?:每年)?(\d{1,2})月(\d{1,2})日(?![-~至、])", chars[end : end + 14]
        )
        for match, offset in ((before, max(at - 16, 0)), (after, end)):
            if match and (int(match.group(1)), int(match.group(2))) != (month, day):
                span = case.span(offset + match.start(1), offset + match.end(2) + 1)
                right = f"{month}月{day}日"
                values = {"name": observance.name, "right": right}
                yield Fault(
                    span,
                    values,
                    variant="day",
                    confidence=observance.day_confidence,
                    change=Change(span, right),
                )
        at = chars.find(observance.name, end)


_ANNIVERSARY = lazy(r"(\d{1,3}|[一二三四五六七八九十百]{1,4})$")
_COMING = lazy(r"迎接|喜迎|即将|将迎来|筹备")


def anniversary(case: Case, card: Card) -> Iterator[Fault]:
    """N周年 of an event whose year is known, against the year of the sentence or the document."""
    chars, year = case.chars, case.year
    for end_match in re.finditer("周年", chars) if case.says("周年") else ():
        match = _ANNIVERSARY.search(chars[max(end_match.start() - 4, 0) : end_match.start()])
        if match is None:
            continue
        number = numeral(match.group(1))
        stop = end_match.start() - len(match.group(1))
        reach = max(stop - card.params["reach"], chars.rfind("\n", 0, stop) + 1)
        before = chars[reach:stop]
        best = case.rulebook.facts.nearest_anniversary(before)
        if best is None or number is None or chars[max(stop - 1, 0)] == "第":
            continue
        entry, at, end = best
        if re.search(r"[。；！？，、]", before[end:]) or case.in_title(stop):
            continue
        own = case.clause_year(stop) or year
        if own is None:
            continue
        about = {*case.years_about(stop, end_match.end()), own, year or own}
        right = {own - base for base in entry.bases}
        if any(number + base in about for base in entry.bases):
            continue
        start, _ = case.sentence(stop)
        if number - 1 in right and _COMING.search(chars, start, stop):
            continue
        digits = case.span(stop, end_match.start())
        first = min(entry.bases)
        better = own - first
        written = str(better) if match.group(1).isdigit() else chinese(better)
        change = Change(digits, written) if len(right) == 1 and 0 < better < 100 else None
        values = {"event": entry.keys[0], "base": first, "year": own, "number": number, "right": better}
        yield Fault(
            case.span(reach + at, end_match.end()), values, change=change, confidence=entry.confidence
        )


KINDS: dict[str, Kind] = {
    "theme_official": Kind(theme_official, {"alike": 0.5}),
    "stale_theme": Kind(stale_theme, {"shortest": 8}),
    "observance_ordinal": Kind(observance_ordinal, {"only": [], "without": []}),
    "anniversary": Kind(anniversary, {"reach": 16}),
}
