"""Claims that facts decide: themes, ordinals of observances, anniversaries."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from extractor.checks.case import Case, Dated
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.rulebook.campaigns import Campaign, Observance, Theme, bare
from extractor.rulebook.cards import Card
from extractor.text import chinese, numeral

_PAST = re.compile(r"去年|上年|前年|往年|历年|历届|历次|回顾|曾|当年|上一年")
_LOCAL = re.compile(r"分主题|子主题|[我本全][省市州区县].{0,4}主题|本地主题|专题主题")
_THEMED = re.compile(r"主题|理念|口号|标语|以“?$")
_NEAR = 0.9


def theme_spans(case: Case) -> Iterator[tuple[int, int]]:
    """Where the text states its theme: the field's own words, then every theme mention."""
    span = case.fields.spans.get("theme")
    if span:
        yield case.ends(span)
    for mention in case.mentions:
        if mention.kind == "theme" and mention.span != span:
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
        if case.own_year(start, end) not in (None, year) or _set_apart(case, start):
            continue
        if campaign and any(other == theme.key for theme in campaign.themes.values()):
            continue  # an earlier year's theme is T03's to tell
        if SequenceMatcher(None, words, other).ratio() >= card.params["alike"]:
            values = {"theme": case.fields.theme, "year": year or ""}
            yield Fault(case.span(start, end), values, (Other(stated, "活动主题"),), variant="differs")


def _against_table(case: Case, campaign: Campaign, year: int, stated: Span, words: str) -> Iterator[Fault]:
    official = campaign.themes.get(year)
    a, _ = case.ends(stated)
    earlier = next((t for t in campaign.themes.values() if t.key == words and t.year != year), None)
    values = {"year": year, "campaign": campaign.name, "official": official.text if official else "", "other": earlier.year if earlier else ""}
    if earlier is not None and (official is None or official.key != words):
        change = Change(stated, official.text) if official else None
        confidence = earlier.confidence if official is None else min(earlier.confidence, official.confidence, key=len)
        if "M" in (earlier.confidence, official.confidence if official else "V"):
            confidence = "M"
        elif "V*" in (earlier.confidence, official.confidence if official else "V"):
            confidence = "V*"
        yield Fault(stated, values, variant="" if official else "other_year", confidence=confidence, change=change)
        return
    if official is None:
        if year > max(campaign.themes):
            yield Fault(stated, values, variant="unknown", severity="info")
        return
    if words == official.key or official.key in words or _set_apart(case, a):
        return
    likeness = SequenceMatcher(None, words, official.key).ratio()
    if likeness >= 0.6:
        yield Fault(stated, values, variant="slip", confidence=official.confidence, change=Change(stated, official.text))
    else:
        yield Fault(stated, values, variant="own", confidence=official.confidence)


def _set_apart(case: Case, a: int) -> bool:
    """Whether the words before a theme say it is the region's own, or a part of the whole."""
    start, _ = case.sentence(a)
    return bool(_LOCAL.search(case.chars, start, a))


def stale_theme(case: Case, card: Card) -> Iterator[Fault]:
    """An official theme of another year used as this year's."""
    campaign, year = case.campaign, case.year
    if campaign is None or year is None:
        return
    own = case.fields.spans.get("theme")
    own_ends = case.ends(own) if own else (-1, -1)
    current = campaign.themes.get(year)
    contradicted = bool(own and case.fields.theme)
    for theme in campaign.themes.values():
        if theme.year == year or len(theme.key) < card.params["shortest"] or (current and theme.key == current.key):
            continue
        for a, b in _occurrences(case, theme):
            if own_ends[0] <= a < own_ends[1] or not _used_as_theme(case, a, b):
                continue
            start, end = case.sentence(a, b)
            if _PAST.search(case.chars, start, end) or case.own_year(a, b) not in (None, year):
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
            better = current.text if current else case.fields.theme
            change = Change(span, better) if better else None
            # Two themes in one document contradict each other whatever the table's standing (catalogue 1.7).
            confidence = "V" if contradicted else theme.confidence
            yield Fault(span, values, others, change=change, confidence=confidence)


def _occurrences(case: Case, theme: Theme) -> Iterator[tuple[int, int]]:
    """Where a theme stands in the reading, its marks and spaces disregarded, one character in ten allowed to differ."""
    chars, key = case.chars, theme.key
    told: set[int] = set()
    for anchor, skipped in theme.anchors:
        at = chars.find(anchor)
        while at >= 0:
            start = _walk_back(chars, at, skipped)
            end = _walk(chars, start, len(key))
            found = bare(chars[start:end])
            if start not in told and (found == key or SequenceMatcher(None, found, key).ratio() >= _NEAR):
                told.add(start)
                yield start, end
            at = chars.find(anchor, at + 1)


def _walk(chars: str, start: int, count: int) -> int:
    """The end of ``count`` characters that are no marks, from ``start`` on."""
    end, left = start, count
    while left and end < len(chars) and chars[end] != "\n":
        left -= bool(bare(chars[end]))
        end += 1
    return end


def _walk_back(chars: str, end: int, count: int) -> int:
    start, left = end, count
    while left and start and chars[start - 1] != "\n":
        start -= 1
        left -= bool(bare(chars[start]))
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
    return alone or bool(re.search(r"主题|口号|理念", chars[max(start, a - 12) : a])) or chars[b : min(b + 6, end)].find("主题") >= 0


def observance_ordinal(case: Case, card: Card) -> Iterator[Fault]:
    """第N个/第N届 of an observance whose count is known, against the year of the sentence or the document."""
    for dated in case.dates:
        if dated.row.form != "ordinal" or dated.parts.number is None:
            continue
        for observance in _observances(case, card):
            if observance.base is None or not _names(observance, dated, case):
                continue
            yield from _ordinal(case, dated, observance)
            break


def _observances(case: Case, card: Card) -> Iterator[Observance]:
    """The observances a card is about: those it names, or all but those it leaves out."""
    only, without = set(card.params["only"]), set(card.params["without"])
    for observance in case.rulebook.campaigns.observances:
        if only and observance.name not in only:
            continue
        if observance.name not in without:
            yield observance


def _names(observance: Observance, dated: Dated, case: Case) -> bool:
    words = case.chars[dated.a : dated.b + 14] + dated.parts.name
    name = dated.parts.name
    if name:
        return name in observance.names or any(name.endswith(own) for own in observance.names)
    return any(own in words for own in observance.names)


def _ordinal(case: Case, dated: Dated, observance: Observance) -> Iterator[Fault]:
    year = case.own_year(dated.a, dated.b) or case.year
    number = dated.parts.number
    if year is None or number is None or observance.base is None:
        return
    right = year - observance.base
    if right == number or right < 1:
        return
    match = re.search(r"第(\d+|[一二三四五六七八九十百]+)", case.chars[dated.a : dated.b])
    span, change = dated.span, None
    if match:
        digits = case.span(dated.a + match.start(1), dated.a + match.end(1))
        change = Change(digits, str(right) if match.group(1).isdigit() else chinese(right))
    values = {"year": year, "number": number, "right": right, "name": observance.name, "first": observance.base + 1}
    yield Fault(span, values, change=change, confidence=observance.confidence)


_ANNIVERSARY = re.compile(r"(\d{1,3}|[一二三四五六七八九十百]{1,4})周年")
_COMING = re.compile(r"迎接|喜迎|即将|将迎来|筹备")


def anniversary(case: Case, card: Card) -> Iterator[Fault]:
    """N周年 of an event whose year is known, against the year of the sentence or the document."""
    chars, year = case.chars, case.year
    if "周年" not in chars:
        return
    for match in _ANNIVERSARY.finditer(chars):
        number = numeral(match.group(1))
        stop = match.start()
        reach = max(stop - card.params["reach"], chars.rfind("\n", 0, stop) + 1)
        before = chars[reach:stop]
        best = case.rulebook.facts.nearest_anniversary(before)
        if best is None or number is None or chars[max(stop - 1, 0)] == "第":
            continue
        entry, at = best
        if re.search(r"[。；！？，、]", before[at:]) or case.in_title(stop):
            continue
        own = case.own_year(*match.span()) or year
        if own is None:
            continue
        right = {own - base for base in entry.bases}
        if number in right:
            continue
        start, _ = case.sentence(stop)
        if number - 1 in right and _COMING.search(chars, start, stop):
            continue
        digits = case.span(match.start(1), match.end(1))
        first = min(entry.bases)
        better = own - first
        written = str(better) if match.group(1).isdigit() else chinese(better)
        change = Change(digits, written) if len(right) == 1 and 0 < better < 100 else None
        values = {"event": entry.keys[0], "base": first, "year": own, "number": number, "right": better}
        yield Fault(case.span(reach + at, match.end()), values, change=change, confidence=entry.confidence)


KINDS: dict[str, Kind] = {
    "theme_official": Kind(theme_official, {"alike": 0.5}),
    "stale_theme": Kind(stale_theme, {"shortest": 8}),
    "observance_ordinal": Kind(observance_ordinal, {"only": [], "without": []}),
    "anniversary": Kind(anniversary, {"reach": 16}),
}
