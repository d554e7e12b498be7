"""Counts held against what is listed, and headings that pair two things held against their text."""

import re
from collections.abc import Iterator

from extractor.checks.case import Case
from extractor.checks.fault import Fault, Kind, Other
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.text import numeral

_ENTER = lazy(r"“?(?P<n>[二三四五六七八九十两]|十[一二])$")
_ENTRY = lazy(r"进[^、，。；“”\n等进]{2,6}")
_ENTRIES = lazy(r"进[^、，。；“”\n等进]{2,6}(?:[、，]{1,2}进[^、，。；“”\n等进]{2,6})+(?P<more>等)?")
_FOLLOWING = lazy(
    r"下(?:列|(?<=以下))(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})(?:个?方面|项|类|点|条|个)[^。；\n]{0,16}[：。]"
)
_TOTAL = lazy(r"(?:共计?|共有)(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})(?:家|个|项|类)")
_LISTED = lazy(
    r"[：（](?P<list>[一-龥A-Za-z“”]{2,20}(?:、[一-龥A-Za-z“”]{2,20}){2,14})(?P<last>和[一-龥]{2,12})?，?(?P<more>等)?$"
)


def counts(case: Case, card: Card) -> Iterator[Fault]:
    """A number that announces a list, against the list."""
    chars = case.chars
    for end in re.finditer("进”", chars) if case.says("进”") else ():
        match = _ENTER.search(chars[max(end.start() - 3, 0) : end.start()])
        wanted = numeral(match["n"]) if match else None
        if match is None or wanted is None:
            continue
        stop = min(end.end() + 80, len(chars))
        line = chars.find("\n", end.end(), stop)
        # The list may stand in the next paragraph, below a heading.
        region = chars[end.end() : stop] if line < 0 or line - end.end() < 12 else chars[end.end() : line]
        run = _ENTRIES.search(region)
        if run is None:
            continue
        found = len(_ENTRY.findall(run.group()))
        if found > wanted or (found < wanted and not run["more"]):
            listed = case.span(end.end() + run.start(), end.end() + run.end())
            values = {"stated": f"{match['n']}进", "count": found}
            start = end.start() - len(match.group())
            yield Fault(case.span(start, end.end()), values, (Other(listed, "所列"),))
    for total in _TOTAL.finditer(chars):
        start = max(total.start() - 240, chars.rfind("\n", 0, total.start()) + 1)
        row = _LISTED.search(chars[start : total.start()])
        wanted = numeral(total["n"])
        if row is None or wanted is None:
            continue
        found = row["list"].count("、") + 1 + bool(row["last"])
        if wanted < found or (wanted > found and not row["more"]):
            listed = case.span(start + row.start("list"), start + row.end("list"))
            values = {"stated": total.group(), "count": found}
            yield Fault(case.span(*total.span()), values, (Other(listed, "所列"),))
    yield from _announced(case)


def _announced(case: Case) -> Iterator[Fault]:
    """以下三项… with numbered lines below it."""
    lines = case.outline.lines
    for match in _FOLLOWING.finditer(case.chars):
        line = case.line_of(match.start())
        wanted = numeral(match["n"])
        if line is None or wanted is None or match.end() < line.end or line.zone not in ("body", "plan"):
            continue
        below = lines[line.index + 1 : line.index + 80]
        if not below or not below[0].level or below[0].number != 1:
            continue
        level, count = below[0].level, 0
        for other in below:
            if other.zone != line.zone or (other.level and other.level < level):
                break
            if other.level == level:
                if other.number != count + 1:
                    break
                count += 1
        if count and count != wanted:
            last = next((o for o in reversed(below) if o.level == level and o.number == count), below[0])
            end = (Other(case.span(last.start, last.start + len(last.marker)), "末项"),)
            start = match.start("n") - len("以下")
            yield Fault(case.span(start, match.end()), {"stated": match["n"], "count": count}, end)


_PAIR = lazy(r"(?P<a>[一-龥]{2,6})和(?P<b>[一-龥]{2,6})(?=$|[。，、”评活工])")


def heading_text(case: Case, card: Card) -> Iterator[Fault]:
    """A和B in an item's title, A和B′ in its text."""
    for item in case.outline.items:
        if item.title_span is None or "和" not in item.title:
            continue
        title = case.read(item.title_span)
        match = _PAIR.search(title)
        if match is None:
            continue
        _, begin = case.ends(item.title_span)
        _, end = case.ends(item.span)
        body = case.chars[begin:end]
        first, second = match["a"][-4:], match["b"]
        if len(first) < 3:
            continue
        at = body.find(first + "和")
        if at < 0 or second in body:
            continue
        other = re.match(r"[一-龥]{2,6}", body[at + len(first) + 1 :])
        if other is None or other.group()[:2] != second[:2]:
            continue
        span = case.span(begin + at, begin + at + len(first) + 1 + min(len(second) + 1, len(other.group())))
        values = {"heading": f"{first}和{second}", "text": case.read(span)}
        yield Fault(item.title_span, values, (Other(span, "正文"),))


KINDS: dict[str, Kind] = {
    "count_claim": Kind(counts),
    "heading_text": Kind(heading_text),
}
