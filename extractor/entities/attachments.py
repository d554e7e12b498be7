"""Attachments: the entries of the note under the body (附件：1.… 2.…) and whether they are in the file.

``detail`` of an entry: ``present`` when an attachment's heading, its title or a link to it stands behind the note,
``absent`` when the text goes on without it, ``unknown`` when the text ends at the note or the file is a web page, which
may offer the attachment elsewhere.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.model import Line, Manuscript, Mention, TextValue
from extractor.patterns import lazy
from extractor.text import fold, numeral

_OPENING = lazy(
    r"附件?(?:目录|清单)?(?P<number>\d{1,2}?|[一二三四五六七八九十]{1,2})?(?P<sign>[：:.、]|(?=[（(]?(?:19|20)\d\d年)|(?=\D))"
)
_NOTE = lazy(r"附件?(?:目录|清单)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?：\S|附件?：\d{1,2}[.、]")
_ENTRY = lazy(
    r"(?P<number>\d{1,2})[.．、](?:(?!\d)|(?=(?:19|20)\d\d年?\D))|(?<=[：；。])(?P<han>[一二三四五六七八九十])、|（(?P<round>\d{1,2})）"
)
_HEADING = lazy(
    r"附件?(?P<number>\d{1,2}?|[一二三四五六七八九十]{1,2})?(?:[：:.、]|(?=(?:19|20)\d\d年)|(?=\D)|$)(?P<title>.*)"
)
_SUFFIX = lazy(r"(?:（\d）)?\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|jpg|png|pptx?|ofd|txt)(?:\|?)$", re.I)
_FILE = lazy(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|pptx?|ofd)\|{0,2}$", re.I)
_LEADING = lazy(
    r"^(?:附件?(?:\d{1,2}|[一二三四五六七八九十])?[：:.、]?|\d{1,2}[.、．](?!\d)|点击(?:下载|查看)[：:]?)"
)
_BUTTON = lazy(
    r"(?:点击|点此|请|立即)?(?:下载|查看|打开|预览)?(?:此处|全文|附件|原文|文档|文件)?(?:下载|查看)?"
)
_TAIL = "。；，、：;,."
_COUNTED = lazy(r"\d{1,2}[.、](?!\d(?!\d\d\d年))|附件?(?:\d{1,2}|[一二三四五六七八九十])[：:.、].")
_ENDED = lazy(
    r"^(?!附件\d*$)[^：；]*(?:表|单|册|案|书|稿|录|图|例|报告|回执|要求|说明|指南|目录|方案|通知|）)[。；]?$"
)
_NOT_A_NOTE = lazy(r"附件?：?(?:无|略)?。?$")
_SIGN = lazy(r"[^一-鿿A-Za-z\d]")


class _Entry(Struct, frozen=True):
    """An entry of the note: its number and the bounds of its title in the reading."""

    number: int
    start: int
    end: int


class _Head(Struct, frozen=True):
    """A heading of an attachment: its number (0: none), title (may be empty) and span in the reading."""

    number: int
    title: str
    start: int
    end: int


def find_attachments(manuscript: Manuscript) -> Iterator[Mention]:
    """The entries of the note, in order; without a note, the attachments in the file (role ``unlisted``) and the files a page
    links to (``linked``).

    Kind ``attachment_heading``: the headings of the attached pages themselves, for comparing titles.
    """
    note = _note_lines(manuscript)
    entries = list(_entries(manuscript, note))
    heads = list(_heads(manuscript, note))
    for index, entry in enumerate(entries):
        span = manuscript.reading.span(entry.start, entry.end)
        state = _state(manuscript, entry, index, entries, heads, note)
        yield Mention("attachment", span, TextValue(fold(manuscript.quote(span)), state), confidence=0.95)
    for head in heads:
        span = manuscript.reading.span(head.start, head.end)
        if head.title and not _is_file(head.title):
            yield Mention(
                "attachment_heading", span, TextValue(head.title, str(head.number or "")), confidence=0.9
            )
        if not entries and head.title:
            yield Mention("attachment", span, TextValue(head.title, "present"), "unlisted", 0.7)
    if not entries:
        yield from _linked(manuscript)


def _linked(manuscript: Manuscript) -> Iterator[Mention]:
    """The files a page offers where no note lists attachments (role ``linked``): no claim of the notice itself."""
    for link in manuscript.document.links:
        words = fold(manuscript.read(link.span))
        if _FILE.search(words) or _FILE.search(link.target):
            title = _LEADING.sub("", _SUFFIX.sub("", words))
            if len(title) > 2 and not _BUTTON.fullmatch(title):
                yield Mention("attachment", link.span, TextValue(title, "present"), "linked", 0.7)


def _note_lines(manuscript: Manuscript) -> tuple[Line, ...]:
    """The lines of the note: those the outline zones so, else the first line that looks like one and its entries."""
    lines = manuscript.outline.lines
    chars = manuscript.reading.chars
    zoned = [line.index for line in lines if line.zone == "attachment_note"]
    first = zoned[0] if zoned else -1
    last = zoned[-1] if zoned else -1
    if not zoned:
        for index, line in enumerate(lines):
            text = chars[line.start : line.end]
            if line.zone not in ("web", "attachment") and text.startswith("附") and _NOTE.match(text):
                first = last = index
                break
    if first < 0 or _NOT_A_NOTE.fullmatch(chars[lines[first].start : lines[first].end]):
        return ()
    texts = [chars[line.start : line.end] for line in lines[last : last + 40]]
    more = 0
    while more + 1 < len(texts):
        if _COUNTED.match(texts[more + 1]):
            more += 1
        elif more + 2 < len(texts) and len(texts[more + 1]) <= 30 and _COUNTED.match(texts[more + 2]):
            more += 2  # a wrapped title between two entries
        elif not _ENDED.search(texts[more]) and _ENDED.search(texts[more + 1]) and len(texts[more + 1]) <= 30:
            more += 1  # the wrapped end of the last title
            break
        else:
            break
    return lines[first : last + more + 1]


def _entries(manuscript: Manuscript, note: tuple[Line, ...]) -> Iterator[_Entry]:
    chars = manuscript.reading.chars
    found: list[tuple[int, int, int]] = []
    for line in note:
        begin, end = line.start, line.end
        opening = _OPENING.match(chars, begin, end)
        number = 0
        if opening:
            number = (numeral(opening["number"]) or 0) if opening["number"] else 0
            begin = opening.end()
        cuts = _cuts(chars, begin, end, number, found[-1][0] if found else 0)
        if not cuts and not opening and found:
            # A title wrapped onto the next line of the note.
            found[-1] = (found[-1][0], found[-1][1], end)
            continue
        if not cuts or cuts[0][1] > begin:
            cuts = [(number or len(found) + 1, begin, begin), *cuts]
        for place, (count, _, start) in enumerate(cuts):
            stop = cuts[place + 1][1] if place + 1 < len(cuts) else end
            if stop > start:
                found.append((count, start, stop))
    for count, start, stop in found:
        while stop > start and chars[stop - 1] in _TAIL + "\n":
            stop -= 1
        suffix = _SUFFIX.search(chars[start:stop])
        if suffix:
            stop = start + suffix.start()
        if stop - start >= 2:
            yield _Entry(count, start, stop)


def _cuts(chars: str, begin: int, end: int, number: int, last: int) -> list[tuple[int, int, int]]:
    """Entry numbers inside a line that count on from one another: (number, where it begins, where its title begins)."""
    cuts: list[tuple[int, int, int]] = []
    if number:
        return cuts
    expected = last + 1
    for match in _ENTRY.finditer(chars, begin, end):
        count = numeral(match["number"] or match["han"] or match["round"]) or 0
        if count == expected or (not cuts and match.start() == begin):
            cuts.append((count, match.start(), match.end()))
            expected = count + 1
    return cuts


def _heads(manuscript: Manuscript, note: tuple[Line, ...]) -> Iterator[_Head]:
    """Headings of attached pages (附件, 附件1, 附件1：title, a title on the next lines) behind the note or the signature."""
    chars, lines = manuscript.reading.chars, manuscript.outline.lines
    behind = note[-1].index + 1 if note else 0
    skipped = ("web", "title", "addressees", "attachment_note")
    for line in lines[behind:]:
        text = chars[line.start : line.end]
        if not text.startswith("附") or len(text) > 80 or line.zone in skipped:
            continue
        match = _HEADING.fullmatch(text.rstrip("。|"))
        if match is None or (match["title"] and line.zone == "body" and not note):
            continue
        if match["title"] and not match["number"] and "：" not in text[:4] and not text.startswith("附件20"):
            continue  # prose that begins with 附件
        title, start, end = match["title"], line.start + match.start("title"), line.start + match.end("title")
        if not title.strip():
            title, start, end = _title_below(manuscript, line)
        number = (numeral(match["number"]) or 0) if match["number"] else 0
        yield _Head(
            number, _SUFFIX.sub("", title) if not _is_file(title) else title, start, max(end, start + 1)
        )


def _title_below(manuscript: Manuscript, line: Line) -> tuple[str, int, int]:
    """The title under a bare 附件: one line, or two when the first has no end of its own and the second is short."""
    chars, lines = manuscript.reading.chars, manuscript.outline.lines
    below = [chars[one.start : one.end] for one in lines[line.index + 1 : line.index + 4]]
    if not below or len(below[0]) > 60 or re.search(r"[。；：]", below[0]) or below[0].startswith("附件"):
        return "", line.start, line.end
    last, title = 0, below[0]
    while (
        last + 1 < len(below)
        and last < 1
        and not re.search(r"[表单册案书稿录法函图例）]$", title)
        and len(below[last + 1]) <= 24
        and not re.search(r"[，。；：、\d\t]", below[last + 1])
        and not lines[line.index + 2 + last].marker
    ):
        last += 1
        title += below[last]
    return title, lines[line.index + 1].start, lines[line.index + 1 + last].end


def _is_file(title: str) -> bool:
    return bool(_FILE.search(title))


def _state(
    manuscript: Manuscript,
    entry: _Entry,
    index: int,
    entries: list[_Entry],
    heads: list[_Head],
    note: tuple[Line, ...],
) -> str:
    chars = manuscript.reading.chars
    title = _same(chars[entry.start : entry.end])
    if any(head.number == entry.number and head.number for head in heads):
        return "present"
    if any(_same(head.title) == title for head in heads):
        return "present"
    bare = [head for head in heads if not head.number]
    if len(bare) > index or (len(entries) == 1 and heads):
        return "present"
    last = note[-1].end if note else entry.end
    if title and title in _same(chars[last:]):
        return "present"
    for link in manuscript.document.links:
        words = _same(manuscript.read(link.span))
        if words and (
            title in words or (words in title and len(words) > 5) or words == f"附件{entry.number}"
        ):
            return "present"
    behind = (
        [line for line in manuscript.outline.lines[note[-1].index + 1 :] if line.zone != "web"]
        if note
        else []
    )
    # Files named on the page stand for the attachments in order, whatever they are called.
    files = [line for line in behind if _FILE.search(chars, line.start, line.end)]
    if files:
        return "present" if len(files) >= len(entries) else "unknown"
    if not behind or manuscript.document.format == "html":
        return "unknown"
    return "absent"


def _same(title: str) -> str:
    """A title for comparing: letters and digits only, without the file's ending."""
    return _SIGN.sub("", _SUFFIX.sub("", title.strip("|")))
