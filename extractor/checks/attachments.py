"""The list of attachments below the body against the pages attached (GB/T 9704 7.3.4, 7.3.7)."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Mention, Span, TextValue
from extractor.patterns import lazy
from extractor.rulebook.campaigns import bare
from extractor.rulebook.cards import Card

_ELSEWHERE = lazy(r"另附|另发|另行|电子版|网上|下载|备查|存目|登录|网盘|扫码|二维码|（略）|链接")
_TRAILING = lazy(
    r"（(?:略|模板|样表|样式|参考|试行|电子版|另发|另附|格式|范本|示例|供参考|[^（）]{0,8}表样)）$"
)
_FILE = lazy(r"\.(?:docx?|xlsx?|pdf|wps|zip|rar|et|pptx?|ofd)\b|\|", re.I)


_REGION = lazy(r"[一-龥]{1,14}(?:自治[区州县旗]|[省市州盟县区旗])")
# Begins with words, so that the engine skips to them; what stands before is looked at from there.
_REFERRED = lazy(r"附件(?:(?<=[见按（]附件)|(?<=(?:填写|填报|按照|依据|参照)附件))(\d{1,2})(?![\d.．])")
_NUMBERED = lazy(r"附件(\d{1,2})")


def key(words: str) -> str:
    """An attachment's title for comparing: without number, brackets that say what it is, marks and blanks."""
    found = re.sub(r"^\d{1,2}[.、．](?!\d)", "", words.replace("\n", ""))
    for _ in range(2):
        found = _TRAILING.sub("", found)
    return bare(found)


def _listed(case: Case) -> list[tuple[Mention, TextValue]]:
    """The entries of the note, in order."""
    return [
        (m, m.value)
        for m in case.mentioned("attachment")
        if m.role not in ("unlisted", "linked") and isinstance(m.value, TextValue)
    ]


def _headings(case: Case) -> list[tuple[Mention, TextValue]]:
    return [(m, m.value) for m in case.mentioned("attachment_heading") if isinstance(m.value, TextValue)]


def not_attached(case: Case, card: Card) -> Iterator[Fault]:
    """An attachment that is listed below the body and is not in the file."""
    web = case.document.format == "html" or any(line.zone == "web" for line in case.outline.lines[:6])
    for mention, value in _listed(case):
        if value.detail == "present":
            continue
        line = case.outline.line_at(mention.span.start)
        if _ELSEWHERE.search(case.words(line) if line else value.text):
            continue
        file = _FILE.search(case.text[mention.span.start : mention.span.end + 8])
        if value.detail == "absent" and not web and not file:  # a file's name is the link a page had
            yield Fault(mention.span, {"title": value.text})
        else:
            yield Fault(mention.span, {"title": value.text}, variant="unknown")
    yield from _referred(case)


_POINTED = lazy(r"附件\d{0,2}(?!说明|要求的)")
_POINTING = lazy(r"(?:详?见|参见|填写|填报|按照?)$")


def _referred(case: Case) -> Iterator[Fault]:
    """A numbered attachment the body points to (见附件3) beyond those listed and those in the file."""
    listed = _listed(case)
    if not listed:
        yield from _pointed(case)
        return
    count = len(listed)
    for match in _REFERRED.finditer(case.chars):
        number = int(match.group(1))
        if number <= count or case.zone(match.start()) not in ("body", "plan"):
            continue
        there = (_NUMBERED.match(case.words(line)) for line in case.outline.lines)
        if not any(match and int(match.group(1)) == number for match in there):
            values = {"number": number, "count": count}
            others = (Other(listed[0][0].span, "附件说明"),)
            yield Fault(case.span(match.start(1) - 2, match.end(1)), values, others, variant="referred")


def _pointed(case: Case) -> Iterator[Fault]:
    """An attachment the body points to in a signed notice that neither lists nor holds any. Copies often lack theirs: info."""
    if case.part("signature") is None or any(line.zone == "attachment" for line in case.outline.lines):
        return
    for match in _POINTED.finditer(case.chars):
        verb = _POINTING.search(case.chars[max(match.start() - 2, 0) : match.start()])
        a = match.start() - len(verb.group()) if verb else 0
        if verb and case.zone(a) in ("body", "plan") and not case.in_title(a):
            yield Fault(case.span(a, match.end()), variant="pointed")
            return


def title_mismatch(case: Case, card: Card) -> Iterator[Fault]:
    """The name in the list against the heading of the attached page."""
    rows, pages = _listed(case), _headings(case)
    if not rows or len(rows) != len(pages):
        return
    for (row, listed), (page, _) in zip(rows, pages, strict=True):
        if _FILE.search(case.read(page.span)):
            continue
        old, (a, b), new = key(listed.text), *_whole(case, page, key(listed.text))
        if not old or not new or old in new or new in old:
            continue
        first, second = difference(old, new)
        alike = SequenceMatcher(None, old, new, autojunk=False).ratio() >= card.params["alike"]
        if not alike and not (_REGION.fullmatch(first) and _REGION.fullmatch(second)):
            continue
        heading = case.printed(a, b).replace("\n", "")
        values = {"listed": listed.text, "heading": heading, "old": first, "new": second}
        yield Fault(row.span, values, (Other(case.span(a, b), "附件标题"),))


def _whole(case: Case, page: Mention, listed: str) -> tuple[tuple[int, int], str]:
    """The heading with or without the line below it, whichever comes nearer to the listed name."""
    a, b = case.ends(page.span)
    best = ((a, b), key(case.chars[a:b]))
    stop = case.chars.find("\n", b + 1)
    longer = (a, stop if stop >= 0 else len(case.chars))
    wider = key(case.chars[a : longer[1]])
    score = SequenceMatcher(None, listed, best[1], autojunk=False).ratio()
    if len(wider) <= len(listed) + 8 and SequenceMatcher(None, listed, wider, autojunk=False).ratio() > score:
        best = (longer, wider)
    return best


def difference(old: str, new: str) -> tuple[str, str]:
    """What the one has and the other not, between their common beginning and their common end."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    # A character both names share at the seam belongs to the differing word (甲区/乙市 …区 …市): widen to the left.
    return old[start : len(old) - end], new[start : len(new) - end]


def not_listed(case: Case, card: Card) -> Iterator[Fault]:
    """A page headed 附件 and no list of attachments in the body."""
    unlisted = [m for m in case.mentioned("attachment") if m.role == "unlisted"]
    if not unlisted or case.part("attachment_note") is not None or _listed(case):
        return
    if re.search(r"印发|转发|批转|下发|发布|公布", case.fields.title or "") or case.part("signature") is None:
        return
    for mention in unlisted[:1]:
        words = case.read(mention.span)
        before = case.chars[: case.ends(mention.span)[0]]
        if re.search(r"附件|附表", before[:-8]) is None and not _FILE.search(words):
            yield Fault(mention.span, {"title": words.replace("\n", "")})


def notation(case: Case, card: Card) -> Iterator[Fault]:
    """Marks and numbers in the list of attachments and on the pages attached."""
    rows = _listed(case)
    for mention, _ in rows:
        end = mention.span.end
        stop = case.text.find("\n", end)
        tail = case.text[end : stop if stop >= 0 else len(case.text)]
        if (
            re.fullmatch(r"\s*[。；，、;,.]\s*", tail)
            and case.zone(case.ends(mention.span)[0]) == "attachment_note"
        ):
            yield Fault(
                Span(max(end - 6, mention.span.start), end + len(tail.rstrip())),
                {"mark": tail.strip()},
                change=Change(Span(end, end + len(tail.rstrip())), ""),
            )
    note = case.part("attachment_note")
    if note is not None:
        words = case.read(note)
        if max(len(rows), len(_headings(case))) > 1 and not re.search(r"\d[.、]|附件\d", words):
            yield Fault(note, variant="numbers")
        elif len(rows) == 1 and re.match(r"附件：1[.、]", words):
            yield Fault(note, variant="single")
    for line in case.lines("attachment"):
        words = case.words(line)
        if not words.startswith("附件"):
            continue
        if re.match(r"附件[一二三四五六七八九十\d]{0,2}：(?=\n|$)", words):
            yield Fault(line.span, variant="label")
        elif re.match(r"附件[一二三四五六七八九十]+(?:：)?$", words):
            yield Fault(line.span, variant="han")


KINDS: dict[str, Kind] = {
    "not_attached": Kind(not_attached),
    "title_mismatch": Kind(title_mismatch, {"alike": 0.5}),
    "not_listed": Kind(not_listed),
    "attachment_notation": Kind(notation),
}
