"""Letters below the first one of a file: the notice it forwards or encloses, and other notices that only share the file.

A letter shows itself by its head: title and addressees, with 文号, letterhead or 篇二 above or between them.
"""

from collections.abc import Sequence

from msgspec import Struct

from extractor.patterns import lazy
from extractor.sections.frame import Frame
from extractor.sections.letter import (
    ADDRESSED,
    ATTACHED,
    ATTACHED_TITLE,
    CONTACT,
    DATE_ONLY,
    LETTERHEAD,
    NOTE,
    NUMBER_LINE,
    ORGAN_DATE,
    ORGAN_LINE,
    SEAL_NOTE,
)
from extractor.sections.titles import ends_title, title_start

_LETTER = lazy(r"(?:通知|通告|公告|通报|函|意见|决定|批复)(?:（[^）]{1,12}）)?$")
COUNTED = lazy(
    r"^[^，。；：]{0,24}(?:篇|范文|第)[一二三四五六七八九十\d]{1,3}[篇：]?$|^[（【]?第[一二三四五六七八九十\d]{1,3}[篇则][】）]?$"
)
_HANDED = lazy(r"(?:转发|批转)")
_GIVEN = lazy(r"(?:转发|批转|印发)给")
_DATED = lazy(r"\d年\d{1,2}月\d{1,2}日?$")
_BODY = 3  # lines with sentences before another letter may begin, where no signature ends the first
_ORGANS = 8


class Head(Struct, frozen=True):
    """Where a further letter begins: ``start`` to ``stop`` (its addressees), by line index.

    ``kind``: ``forwarded`` (the letter above hands it on), ``enclosed`` (it is an attachment), ``notice`` (it stands alone).
    """

    start: int
    stop: int
    kind: str


def heads(lines: Sequence[str]) -> tuple[Head, ...]:
    """The heads of all letters but the first, in order."""
    found: list[Head] = []
    begun = closed = False
    above = 0  # where the letter above the next head begins
    body = 0
    headline = (
        ""  # of the first letter, while no addressees stood below it: a page may tell things in between
    )
    for i, line in enumerate(lines):
        if line[-1] == "：" and _is_addressed(line):
            head = _head(lines, i) if begun else None
            if head and headline and headline in "".join(lines[head[0] : i]):
                head = None
            headline = ""
            kind = _kind(lines, above, head[0]) if head else ""
            if head and (closed or (head[1] and body >= _BODY) or (body and kind == "forwarded")):
                found.append(Head(head[0], i, kind))
                above, closed, body = head[0], False, 0
            begun = True
            continue
        body += begun and "。" in line
        if body and line[-1] in "日）0123456789" and (DATE_ONLY.match(line) or ORGAN_DATE.match(line)):
            signed = ORGAN_DATE.match(line) or ORGAN_LINE.match(lines[i - 1]) or SEAL_NOTE.match(lines[i - 1])
            closed = closed or bool(signed)
        if not begun and i < len(lines) - 1 and _LETTER.search(line) and ends_title(lines, i):
            begun, headline = True, line
    return tuple(found)


def _is_addressed(line: str) -> bool:
    """Whether a line that ends in ： names the addressees."""
    return bool(ADDRESSED.match(line)) and not CONTACT.match(line)


def _head(lines: Sequence[str], addressed: int) -> tuple[int, bool] | None:
    """The first line of the head that ends with the addressees, and whether it has more than a title; None: no head."""
    at = addressed - 1
    numbered = at > 0 and bool(NUMBER_LINE.match(lines[at]))
    at -= numbered
    counted = at >= 0 and bool(COUNTED.match(lines[at]))
    if counted:
        return at, True
    if at < 0 or not ends_title(lines, at) or not _LETTER.search(lines[at]):
        return None
    start = title_start(lines, at, [False] * len(lines))
    dated = max((i for i in range(start, at) if _DATED.search(lines[i])), default=start - 1)
    start = dated + 1  # a signature whose date is misprinted looks like a title's first lines
    if start and NUMBER_LINE.match(lines[start - 1]):
        start, numbered = start - 1, True
        top = start
        while top and start - top < _ORGANS and _organ(lines, top - 1):
            top -= 1
        start = top
    elif start and LETTERHEAD.match(lines[start - 1]):
        start, numbered = start - 1, True
    if start and COUNTED.match(lines[start - 1]):
        start, numbered = start - 1, True
    return start, numbered


def _organ(lines: Sequence[str], i: int) -> bool:
    """Whether a line above a 文号 belongs to the letterhead: …文件, or a body that does not sign the letter above."""
    if LETTERHEAD.match(lines[i]):
        return True
    return bool(ORGAN_LINE.match(lines[i])) and len(lines[i]) <= 30 and i > 0


def _kind(lines: Sequence[str], above: int, start: int) -> str:
    """What the letter that begins at ``start`` is to the one that begins at ``above``."""
    text = "".join(lines[above:start])
    attached = any(
        ATTACHED.match(line) or ATTACHED_TITLE.match(line) for line in lines[max(start - 2, above) : start]
    )
    title = next((line for line in lines[above:start] if _LETTER.search(line)), "")
    if _HANDED.search(title) or _GIVEN.search(text):
        return "forwarded"
    return "enclosed" if attached else "notice"


def inside(lines: Sequence[str], found: Frame, letters: Sequence[Head]) -> None:
    """Zone the letters that the first one hands on: their heads and notes ``enclosed``, their signatures as such."""
    for head, end in zip(letters, [*(one.start for one in letters[1:]), len(lines)], strict=False):
        if head.kind == "notice":
            found.further.append(head.start)
            continue
        for i in range(head.start, head.stop + 1):
            found.zones[i] = "enclosed"
        last = _zone_text(lines, found, head.stop + 1, end)
        found.letters.append((head.kind, head.start, last))


def _zone_text(lines: Sequence[str], found: Frame, begin: int, end: int) -> int:
    """Zones of an enclosed letter's text; its last line: that of the signature or of the note under it."""
    signed: int | None = None
    for i in range(begin, end):
        if found.zones[i] == "colophon":
            return i - 1
        if signed is None and (ORGAN_DATE.match(lines[i]) or (DATE_ONLY.match(lines[i]) and i > begin)):
            organ = i
            while organ > begin and i - organ < _ORGANS and ORGAN_LINE.match(lines[organ - 1]):
                organ -= 1
            if organ < i or ORGAN_DATE.match(lines[i]):
                found.zones[organ : i + 1] = ["signature"] * (i + 1 - organ)
                signed = i
        elif signed is not None and i == signed + 1 and (NOTE.match(lines[i]) or SEAL_NOTE.match(lines[i])):
            found.zones[i], signed = "enclosed", i
        elif signed is None and found.zones[i] in ("note", "body"):
            found.zones[i] = "plan"
    return end - 1 if signed is None else signed
