"""A draft held against last year's notice: what was copied forward and should have changed."""

import re
from collections.abc import Iterator

from extractor.checks.beside import PAST, in_line, one_matter, sentences, there
from extractor.checks.case import Case, Dated
from extractor.checks.fault import Change, Fault, Kind, Other, There
from extractor.checks.reference import number
from extractor.patterns import lazy
from extractor.rulebook.campaigns import bare
from extractor.rulebook.cards import Card
from extractor.text import chinese, numeral

_TEXTS = ("letterhead", "title", "addressees", "body", "plan", "signature", "note", "attachment_note", "attachment", "colophon")  # fmt: skip
_NEXT = 4  # characters behind (or before) a year that have to be last year's too
_BACK = lazy(r"总结|通报|表彰|印发以来|施行|实施以来|起(?:施行|实施)|修[订正]|版")


def _years(case: Case) -> tuple[int, int] | None:
    """This year and last year; None when the two documents are not a year or more apart, or of two campaigns."""
    previous = case.previous
    if (
        previous is None
        or not one_matter(case, previous)
        or case.year is None
        or previous.year is None
        or previous.year >= case.year
    ):
        return None
    return case.year, previous.year


def stale_year(case: Case, card: Card) -> Iterator[Fault]:
    """Last year's number of the year where last year's notice has it too, in words that do not look back."""
    previous, years = case.previous, _years(case)
    if previous is None or years is None or case.looks_back:
        return
    year, last = years
    yield from _stale_number(case, previous)
    chars = case.chars
    for match in re.finditer(rf"(?<![\d—\-~至]){last}(?=年(?!度?(?:以来|底前已)))", chars):
        a, b = match.span()
        start, end = case.sentence(a, b)
        if (
            case.zone(a) == "web"
            or PAST.search(chars, start, end)
            or re.match(r"年?[—\-~至]", chars[b : b + 2])
        ):
            continue
        place = _same_words(previous, chars, a, b)
        if place < 0:
            continue
        titled = case.in_title(a)
        if titled and (
            _BACK.search(chars, b, min(b + 40, len(chars))) or not _copied_title(previous, case, a)
        ):
            continue
        values = {"last": last, "year": year}
        span = case.span(a, min(b + 1, len(chars)))
        other = there(previous, place, min(place + 5, len(previous.chars)), "上年原文")
        change = Change(case.span(a, b), str(year))
        yield Fault(span, values, there=(other,), variant="title" if titled else "", change=change)


def _stale_number(case: Case, previous: Case) -> Iterator[Fault]:
    own, old = case.part("doc_number"), previous.part("doc_number")
    if own and old and number(case.read(own)) == number(previous.read(old)):
        yield Fault(own, there=(There(previous, old, "上年文号"),), variant="number")


def _same_words(previous: Case, chars: str, a: int, b: int) -> int:
    """Where last year's notice has this year number with the same words behind it (before it, at a line's end)."""
    behind = chars[a : b + 1 + _NEXT]
    if "\n" not in behind and len(behind) == b - a + 1 + _NEXT:
        return previous.chars.find(behind)
    before = chars[max(a - _NEXT, 0) : b + 1]
    at = previous.chars.find(before)
    return at + a - max(a - _NEXT, 0) if at >= 0 and "\n" not in before else -1


def _copied_title(previous: Case, case: Case, a: int) -> bool:
    """Whether the 《…》 round a place is cited by last year's notice in the same words."""
    start, end = next(((x, y) for x, y in case.titles if x <= a < y), (a, a))
    return case.chars[start:end] in previous.chars


def stale_theme(case: Case, card: Card) -> Iterator[Fault]:
    """Last year's theme as this year's, or left in the body beside this year's own."""
    previous, years = case.previous, _years(case)
    place = previous.fields.spans.get("theme") if previous else None
    if previous is None or years is None or place is None:
        return
    year, last = years
    old = bare(previous.read(place))
    if len(old) < card.params["shortest"]:
        return
    official = case.campaign.themes.get(year) if case.campaign else None
    if official is not None and official.key == old:
        return
    other = (There(previous, place, "上年主题"),)
    stated = case.fields.spans.get("theme")
    values = {"theme": in_line(previous.document.quote(place)), "last": last, "year": year}
    if stated is not None and bare(case.read(stated)) == old:
        better = official.text if official else ""
        change = Change(stated, better) if better else None
        yield Fault(stated, {**values, "better": better}, there=other, change=change)
        return
    pattern = re.compile(r"[\s，。、；：！？·“”‘’—\-~…]{0,3}".join(map(re.escape, old)))
    for match in pattern.finditer(case.chars):
        start, end = case.sentence(*match.span())
        if (
            case.in_title(match.start())
            or PAST.search(case.chars, start, end)
            or str(last) in case.chars[start:end]
        ):
            continue
        own = case.fields.theme or ""
        beside = (Other(stated, "活动主题"),) if stated else ()
        change = Change(case.span(*match.span()), own) if own else None
        yield Fault(
            case.span(*match.span()), {**values, "better": own}, beside, other, variant="left", change=change
        )


def stale_ordinal(case: Case, card: Card) -> Iterator[Fault]:
    """第N届 or 第N个 of the same name with last year's N."""
    previous, years = case.previous, _years(case)
    if previous is None or years is None:
        return
    old = {(dated.parts.name, dated.parts.number): dated for dated in _ordinals(previous)}
    for dated in _ordinals(case):
        last = old.get((dated.parts.name, dated.parts.number))
        start, end = case.sentence(dated.a, dated.b)
        if last is None or PAST.search(case.chars, start, end) or str(years[1]) in case.chars[start:end]:
            continue
        assert dated.parts.number is not None
        right = dated.parts.number + years[0] - years[1]
        values = {"name": dated.parts.name, "number": dated.parts.number, "right": right, "last": years[1]}
        change = _renumbered(case, dated.a, dated.b, r"第(\d+|[一二三四五六七八九十百]+)", right)
        yield Fault(dated.span, values, there=(There(previous, last.span, "上年原文"),), change=change)


def _ordinals(case: Case) -> Iterator[Dated]:
    for dated in case.dates:
        if (
            dated.row.form == "ordinal"
            and dated.parts.name
            and dated.parts.number
            and not case.in_title(dated.a)
        ):
            yield dated


_LEADING = lazy(
    r"^(?:（.{1,3}）|\d{1,2}[.、])?(?:结合|围绕|以|在|为|庆祝|纪念|迎接|喜迎|值此|适逢|正值|今年是|恰逢)*"
)
_ANNIVERSARY = lazy(
    r"(?P<event>[^，。；：、！？\n“”《》]{2,12})(?<![\d一二三四五六七八九十百])(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})周年"
)


def stale_anniversary(case: Case, card: Card) -> Iterator[Fault]:
    """N周年 of the same event with last year's N."""
    previous, years = case.previous, _years(case)
    if previous is None or years is None or "周年" not in case.chars:
        return
    old = {(m["event"][-4:], numeral(m["n"])): m.span() for m in _ANNIVERSARY.finditer(previous.chars)}
    for match in _ANNIVERSARY.finditer(case.chars):
        count = numeral(match["n"])
        last = old.get((match["event"][-4:], count))
        start, end = case.sentence(*match.span())
        if (
            last is None
            or count is None
            or PAST.search(case.chars, start, end)
            or case.in_title(match.start())
        ):
            continue
        right = count + years[0] - years[1]
        leading = _LEADING.match(match["event"])
        begin = match.start() + (leading.end() if leading else 0)
        values = {"number": count, "right": right, "last": years[1]}
        change = _renumbered(case, match.start("n"), match.end("n"), r"(.+)", right)
        other = there(previous, *last, "上年原文")
        yield Fault(
            case.span(min(begin, match.start("n")), match.end()), values, there=(other,), change=change
        )


def _renumbered(case: Case, a: int, b: int, pattern: str, right: int) -> Change | None:
    match = re.search(pattern, case.chars[a:b])
    if match is None:
        return None
    span = case.span(a + match.start(1), a + match.end(1))
    return Change(span, str(right) if match[1].isdigit() else chinese(right))


_PEOPLE = ("person", "phone", "mobile", "fax", "email")
_NAMES = {"person": "联系人", "phone": "电话", "mobile": "手机", "fax": "传真", "email": "邮箱"}


def same_contacts(case: Case, card: Card) -> Iterator[Fault]:
    """Persons and numbers that are last year's: right when nothing changed, so only to be looked at."""
    previous = case.previous
    if previous is None:
        return
    old = {(row.kind, row.value): row for row in previous.tables.contacts if row.kind in _PEOPLE}
    same = [
        (row, old[row.kind, row.value])
        for row in case.tables.contacts
        if row.kind in _PEOPLE and (row.kind, row.value) in old
    ]
    seen = list({(row.kind, row.value): (row, last) for row, last in reversed(same)}.values())[::-1]
    seen.sort(key=lambda pair: pair[0].span)
    if not seen:
        return
    first, *rest = (row for row, _ in seen)
    kinds = "、".join(dict.fromkeys(_NAMES[row.kind] for row, _ in seen))
    values = {"kinds": kinds, "count": len(seen)}
    others = tuple(Other(row.span, _NAMES[row.kind]) for row in rest)
    theirs = tuple(There(previous, last.span, "上年原文") for _, last in seen)
    yield Fault(first.span, values, others, theirs)


_SETTLED = frozenset(("policy_span", "issue_date", "print_date"))


def same_sentences(case: Case, card: Card) -> Iterator[Fault]:
    """Sentences that stand word for word in last year's notice and carry a day, a month or a year."""
    previous, years = case.previous, _years(case)
    if previous is None or years is None:
        return
    old = {previous.chars[a:b]: (a, b) for a, b in sentences(previous, *_TEXTS)}
    dates = [dated for dated in case.dates if _may_be_stale(case, dated, years)]
    for a, b in sentences(case, *_TEXTS):
        last = old.get(case.chars[a:b])
        if last is None or case.in_table(a):
            continue
        inside = [dated for dated in dates if a <= dated.a < b]
        if not inside or all(_usual(case, dated) for dated in inside):
            continue
        values = {"dates": "、".join(dict.fromkeys(in_line(dated.row.raw) for dated in inside))}
        yield Fault(case.span(a, b), values, there=(there(previous, *last, "上年原文"),))


def _may_be_stale(case: Case, dated: Dated, years: tuple[int, int]) -> bool:
    """Whether a date belongs to this round: without a year, or with this year's, last year's or the one before."""
    if dated.row.role in _SETTLED or case.in_title(dated.a) or dated.row.form in ("ordinal", "anniversary"):
        return False
    if dated.row.precision not in ("day", "time", "month", "year", "span"):
        return False
    if dated.row.year_from != "explicit":
        return dated.parts.month is not None
    return dated.parts.year is not None and years[1] - 1 <= dated.parts.year <= years[0]


def _usual(case: Case, dated: Dated) -> bool:
    """Whether a date is the campaign's fixed window or day, which is the same every year."""
    campaign = case.campaign
    if campaign is None or dated.first is None or dated.last is None:
        return False
    first, last = dated.first.strftime("%m-%d"), dated.last.strftime("%m-%d")
    window = campaign.window
    if window is not None and (first, last) == (window.start, window.end):
        return True
    return first == last and any(first == observance.day for observance in campaign.observances)


KINDS: dict[str, Kind] = {
    "copied_year": Kind(stale_year, against="previous"),
    "copied_theme": Kind(stale_theme, {"shortest": 6}, against="previous"),
    "copied_ordinal": Kind(stale_ordinal, against="previous"),
    "copied_anniversary": Kind(stale_anniversary, against="previous"),
    "copied_contacts": Kind(same_contacts, against="previous"),
    "copied_sentences": Kind(same_sentences, against="previous"),
}
