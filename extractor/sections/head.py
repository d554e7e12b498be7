"""The beginning of a letter: letterhead, 文号, title, addressees, and the web furniture round them."""

import re
from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.frame import Frame
from extractor.sections.letter import (
    ADDRESSED,
    ANNOUNCER,
    ATTACHED,
    ATTACHMENT_NOTE,
    BARE_DATE,
    BYLINE_DATE,
    COLLECTION,
    CONTACT,
    CRUMBS,
    DATE_ONLY,
    FILE_NAME,
    HANDED_ON,
    LETTERHEAD,
    NUMBER_LINE,
    ORDINAL_NUMBER,
    ORGAN_LINE,
    RECORD_DATE,
    RECORD_NUMBER,
    SLOGAN,
    TITLE_END,
    WEB,
    WIDGET,
)
from extractor.sections.record import record_lines
from extractor.sections.titles import ends_title, title_start, unbracketed

_REACH = 40
_BYLINE = 30
_TWICE = 6  # a page's headline stands at most so many lines above the title it repeats
_CUT_NAME = 8  # a body's name that goes on in the next line leaves more on the first than a rubric has
_NAME_BEGUN = lazy(r"^(?:中共|中国|共青团|全国)|[省市县区州旗盟镇乡]$")
_GROUPS = lazy(r"^(?=[^。；！？：]*各)[^，、。；！？：]{2,24}(?:[，、][^，、。；！？：]{2,24}){0,30}$")
_GROUP_ENDS = tuple(
    "单位 部门 支部 总支 学院 学校 政府 企业 处室 科室 乡镇 街道 社区 办事处 协会 机构 系部".split()
)
_LIBRARY = lazy(r"(?:发布|颁布)(?:单位|部门)[：】]")
_RECORD_LABEL = lazy(r"^[·-]?(?:成文|发文|印发|制发)日期：?$")
_PUBLISHED = lazy(r"(?:发布|上传|更新)时间|来源：|^(?:日期|时间)：(?:19|20)\d\d[-/.]")


def head(lines: Sequence[str], found: Frame, first_heading: int) -> None:
    """Fill in everything above the body. ``first_heading``: index of the first numbered line."""
    top = range(_reach(lines, first_heading))
    record = record_lines(lines, first_heading)
    web = [
        i in record
        or bool(WIDGET.match(line) or COLLECTION.search(line))
        or bool(SLOGAN.fullmatch(line) and not TITLE_END.search(line))
        or (bool(WEB.search(unbracketed(line))) and (not TITLE_END.search(line) or bool(CRUMBS.search(line))))
        for i, line in enumerate(lines[:first_heading])
    ]
    found.addressees = next((i for i in top if ADDRESSED.match(lines[i]) and not web[i]), None)
    if found.addressees is not None and _of_the_plan(lines, found.addressees, web):
        found.addressees = None
    end = _title_end(lines, top, web, found.addressees)
    if end is not None:
        found.title = (title_start(lines, end, web), end)
        if found.addressees is None:
            found.addressees = _without_colon(lines, end, web)
    found.body = max(
        found.title[1] + 1 if found.title else 0, found.addressees + 1 if found.addressees is not None else 0
    )
    _number(lines, found)
    _letterhead(lines, found, web)
    _byline(lines, found, web)
    _zones(lines, found, web, first_heading)


def _of_the_plan(lines: Sequence[str], addressees: int, web: Sequence[bool]) -> bool:
    """Whether addressees are those of the enclosed plan: title and text of the notice stand above them.

    A page may tell of the notice between its headline and the whole text: then the title stands there once more.
    """
    title = next((i for i in range(addressees) if ends_title(lines, i) and not web[i]), None)
    above = lines[addressees - 1] if addressees else ""
    return (
        title is not None
        and not (title < addressees - 1 and lines[title].endswith(above))
        and lines[title].endswith("通知")
        and any(HANDED_ON.search(lines[i]) and not web[i] for i in range(title + 1, addressees))
    )


def _without_colon(lines: Sequence[str], end: int, web: Sequence[bool]) -> int | None:
    """The line under a title that addresses groups (各…单位) and has no colon, or another sign for it; a sentence stands below it."""
    i = next((i for i in range(end + 1, len(web)) if not web[i]), len(lines))
    below = lines[i + 1] if i + 1 < len(lines) else ""
    sentence = len(below) > 30 and bool(re.search(r"[，。：]", below[20:]))
    line = lines[i].rstrip("。；，、") if sentence and i - end <= 3 else ""
    grouped = line.endswith(_GROUP_ENDS) and _GROUPS.match(line)
    return i if grouped else None


def _reach(lines: Sequence[str], first_heading: int) -> int:
    """The line the head ends before at the latest: a heading, contacts or attachments come behind it."""
    top = lines[: min(first_heading, _REACH)]
    ends = (
        i
        for i, line in enumerate(top)
        if CONTACT.match(line) or ATTACHED.match(line) or ATTACHMENT_NOTE.match(line)
    )
    return next(ends, len(top))


def _title_end(lines: Sequence[str], top: range, web: Sequence[bool], addressees: int | None) -> int | None:
    """The line a title ends on: the one just above the addressees, else the first that looks like a title."""
    candidates = [
        i for i in (top if addressees is None else range(addressees)) if ends_title(lines, i) and not web[i]
    ]
    candidates = [
        i
        for i in candidates
        if not any(j > i and lines[i].endswith(lines[j]) for j in candidates if j - i < _TWICE)
    ]
    if len(candidates) > 1 and _announces(lines, candidates[0]):
        candidates = candidates[1:]
    if addressees is not None and candidates and addressees - candidates[-1] <= 3:
        return candidates[-1]
    if candidates and addressees is not None:
        return candidates[0]
    if candidates:
        sentence = next((i for i in top if lines[i].endswith(("。", "；")) and not web[i]), len(top))
        if candidates[0] < sentence or candidates[0] < 3:
            return candidates[0]
    return next((i for i in top if i + 1 < len(lines) and _published(lines, i) and not web[i]), None)


def _announces(lines: Sequence[str], i: int) -> bool:
    """Whether a line is the head of an order or announcement (…局公告), its number below it."""
    return bool(ANNOUNCER.match(lines[i])) and _is_number(lines, i + 1)


def _is_number(lines: Sequence[str], i: int) -> bool:
    """Whether a line is the 文号; 第8号 alone under what it numbers."""
    if i >= len(lines) or "号" not in lines[i]:
        return False
    if NUMBER_LINE.match(lines[i]):
        return True
    return i > 0 and bool(ORDINAL_NUMBER.match(lines[i]) and ANNOUNCER.match(lines[i - 1]))


def _published(lines: Sequence[str], i: int) -> bool:
    """A page's headline: a short line with the publishing time under it."""
    return (
        bool(_PUBLISHED.search(lines[i + 1]))
        and 10 <= len(lines[i]) <= 60
        and not FILE_NAME.search(lines[i])
        and "。" not in lines[i]
    )


def _number(lines: Sequence[str], found: Frame) -> None:
    """The 文号: above the body, or within three lines after title and addressees."""
    found.doc_number = next((i for i in range(found.body) if _is_number(lines, i)), None)
    if found.doc_number is not None:
        return
    near = range(found.body, min(found.body + 3, len(lines)))
    found.doc_number = next((i for i in near if _is_number(lines, i)), None)
    if found.doc_number is None:
        found.doc_number = next((i for i in range(found.body) if RECORD_NUMBER.search(lines[i])), None)
        return
    after = found.doc_number + 1
    found.body = max(found.body, after)
    if found.addressees is None and after < len(lines) and ADDRESSED.match(lines[after]):
        found.addressees, found.body = after, after + 1


def _letterhead(lines: Sequence[str], found: Frame, web: Sequence[bool]) -> None:
    """…文件 above the title, or the organ line on top of the 文号 (letter form)."""
    before = found.title[0] if found.title else found.addressees or 0
    end = next((i for i in range(before) if LETTERHEAD.match(lines[i])), None)
    if end is None and found.doc_number is not None and 0 < found.doc_number <= before:
        above = found.doc_number - 1
        organ = ORGAN_LINE.match(lines[above]) or ANNOUNCER.match(lines[above])
        end = above if organ and not web[above] else None
    if end is None or (found.doc_number is None and _rubric(lines, end, web)):
        return
    start = end
    while start and end - start < 8 and not web[start - 1] and _plain(lines[start - 1]):
        start -= 1
    while start < end and not _begins_name(lines[start]):
        start += 1
    found.letterhead = (start, end)


def _rubric(lines: Sequence[str], i: int, web: Sequence[bool]) -> bool:
    """Whether …文件 is a rubric of the page, which its path or its record names as well."""
    return any(furniture and j != i and lines[i] in lines[j] for j, furniture in enumerate(web))


def _byline(lines: Sequence[str], found: Frame, web: Sequence[bool]) -> None:
    """The body and the day (or month) that a plan names right under its title; the body counts as a letterhead."""
    if found.title is None or found.letterhead is not None:
        return
    i = found.title[1] + 1
    if i + 1 >= len(web) or web[i] or len(lines[i]) > _BYLINE:
        return
    if ORGAN_LINE.match(lines[i]) and BYLINE_DATE.match(lines[i + 1]):
        found.letterhead = (i, i)
        found.body = max(found.body, i + 2)


def _begins_name(line: str) -> bool:
    """Whether a line on top of a letterhead is a body's name or the beginning of one, not a page's rubric."""
    return len(line) >= _CUT_NAME or bool(ORGAN_LINE.match(line) or _NAME_BEGUN.search(line))


def _plain(line: str) -> bool:
    return len(line) <= 30 and not re.search(r"[，。：；〔]", line)


def _zones(lines: Sequence[str], found: Frame, web: Sequence[bool], first_heading: int) -> None:
    """Zones of everything above the body; furniture between title and body is web; a bare date there is 成文日期, but not in the form of a page's own (2024-11-26)."""
    for i in range(found.body):
        found.zones[i] = "web"
    for span, zone in ((found.letterhead, "letterhead"), (found.title, "title")):
        for i in range(span[0], span[1] + 1) if span else ():
            found.zones[i] = zone
    for index, zone in ((found.doc_number, "doc_number"), (found.addressees, "addressees")):
        if index is not None:
            found.zones[index] = zone
    below = found.letterhead[1] + 1 if found.letterhead else 0
    if found.title and found.title[1] < below < found.body and BYLINE_DATE.match(lines[below]):
        found.zones[below] = "letterhead"
    found.issue_date = next(
        (
            i
            for i in range(found.body)
            if found.zones[i] in ("web", "letterhead") and "年" in lines[i] and DATE_ONLY.match(lines[i])
        ),
        _recorded(lines, found),
    )
    while found.body < min(len(lines), first_heading) and web[found.body] and len(lines[found.body]) < 120:
        found.zones[found.body] = "web"
        found.body += 1


def _recorded(lines: Sequence[str], found: Frame) -> int | None:
    """The line of the page's record that states the day of issue; a law library calls it 发布日期 beside the 文号."""
    above = [i for i in range(found.body) if found.zones[i] in ("web", "doc_number")]
    library = any(_LIBRARY.search(lines[i]) for i in above) and not any("索引号" in lines[i] for i in above)
    numbered = found.doc_number in above
    for i in above:
        match = RECORD_DATE.search(lines[i])
        if match and (not match["law"] or (library and numbered)):
            return i
        if i and BARE_DATE.match(lines[i]) and _RECORD_LABEL.match(lines[i - 1]):
            return i
    return None
