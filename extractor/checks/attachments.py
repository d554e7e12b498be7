"""The list of attachments below the body against the pages attached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractor.checks.case import Case
from extractor.checks.fault import Fault, Kind, Other
from extractor.model import Span
from extractor.rulebook.cards import Card

_LABEL = re.compile(r"附(?:件|表)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?(?P<colon>：)?")
_ELSEWHERE = re.compile(r"另附|另发|另行|电子版|网上|下载|备查|存目|登录|网盘|扫码|二维码|略")
_TRAILING = re.compile(r"（(?:略|模板|样表|样式|参考|试行|电子版|另发|另附|格式|范本|示例|供参考|[^（）]{0,8}表样)）$|[。；，、.]$")
_ENTRY = re.compile(r"(?:^|\n)(?:附件|附)?[：]?(?P<n>\d{1,2})[.、．]?")
_MARKS = re.compile(r"[\s，。、：；“”‘’《》〈〉（）()\"'·\-—~]")


@dataclass(frozen=True, slots=True)
class Attached:
    """A page headed 附件: its label and the lines that may be its title, as offsets of the reading."""

    a: int
    label: str
    lines: tuple[tuple[int, int], ...]


def attached(case: Case) -> tuple[Attached, ...]:
    """The attached pages in order, each with its label and up to four lines that may make up its title."""
    made: list[Attached] = []
    lines = [line for line in case.outline.lines if line.zone in ("attachment", "plan")]
    for index, line in enumerate(lines):
        words = case.words(line)
        match = _LABEL.match(words)
        if not match or len(words) > 60:
            continue
        rest = words[match.end() :]
        if line.zone == "plan" and rest:
            continue
        title: list[tuple[int, int]] = []
        if rest:
            title.append((line.start + match.end(), line.end))
        for below in lines[index + 1 : index + 5]:
            text = case.words(below)
            if len(text) > 60 or below.level in (1, 2) or _LABEL.match(text) or re.search(r"[。；：]", text):
                break
            title.append((below.start, below.end))
        made.append(Attached(line.start, words[: match.end()], tuple(title)))
    return tuple(made)


def key(words: str) -> str:
    """An attachment's title for comparing: without number, brackets that say what it is, marks and blanks."""
    bare = re.sub(r"^\d{1,2}[.、．](?!\d)", "", words.replace("\n", ""))
    for _ in range(2):
        bare = _TRAILING.sub("", bare)
    return _MARKS.sub("", bare)


def not_attached(case: Case, card: Card) -> Iterator[Fault]:
    """An attachment that is listed below the body and is not in the file."""
    pages = len(attached(case))
    rows = [row for row in case.tables.attachments]
    missing = [row for row in rows if not row.present]
    note = case.part("attachment_note")
    if note is None or pages >= len(rows):
        return
    for row in missing:
        words = case.read(row.span)
        line = case.outline.line_at(row.span.start)
        around = case.words(line) if line else words
        if row.span.start < note.start or _ELSEWHERE.search(around) or _ELSEWHERE.search(row.title):
            continue
        if _linked(case, row.span):
            yield Fault(row.span, {"title": row.title}, variant="linked")
        else:
            yield Fault(row.span, {"title": row.title})


def _linked(case: Case, span: Span) -> bool:
    """Whether the file itself is linked from the page (a web copy)."""
    return any(link.span.overlaps(span) for link in case.document.links) or case.document.format == "html"


def title_mismatch(case: Case, card: Card) -> Iterator[Fault]:
    """The name in the list against the heading of the attached page."""
    pages = attached(case)
    rows = [row for row in case.tables.attachments if _in_note(case, row.span)]
    if not pages or len(rows) != len(pages):
        return
    for row, page in zip(rows, pages, strict=True):
        listed = key(case.read(row.span) or row.title)
        if not listed or not page.lines:
            continue
        best = _best(case, listed, page)
        if best is None:
            continue
        (a, b), heading = best
        if listed == heading or listed in heading or heading in listed:
            continue
        likeness = SequenceMatcher(None, listed, heading, autojunk=False).ratio()
        if likeness < card.params["alike"]:
            continue
        old, new = _difference(listed, heading)
        values = {"listed": row.title, "heading": case.printed(a, b).replace("\n", ""), "old": old, "new": new}
        yield Fault(row.span, values, (Other(case.span(a, b), "附件标题"),))


def _in_note(case: Case, span: Span) -> bool:
    note = case.part("attachment_note")
    return note is not None and note.start <= span.start < note.end


def _best(case: Case, listed: str, page: Attached) -> tuple[tuple[int, int], str] | None:
    """The run of heading lines (one to three, from the first or the second) that comes nearest to the listed name."""
    best: tuple[float, tuple[int, int], str] | None = None
    for first in range(min(2, len(page.lines))):
        for last in range(first, min(first + 3, len(page.lines))):
            a, b = page.lines[first][0], page.lines[last][1]
            heading = key(case.chars[a:b])
            if not heading:
                continue
            ratio = SequenceMatcher(None, listed, heading, autojunk=False).ratio()
            if best is None or ratio > best[0]:
                best = (ratio, (a, b), heading)
    return (best[1], best[2]) if best else None


def _difference(old: str, new: str) -> tuple[str, str]:
    """What the one has and the other not, between their common beginning and their common end."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


KINDS: dict[str, Kind] = {
    "not_attached": Kind(not_attached),
    "title_mismatch": Kind(title_mismatch, {"alike": 0.5}),
}
