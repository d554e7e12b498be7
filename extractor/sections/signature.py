"""The signature (落款): issuing bodies with the date below them, or alone at the end."""

import re
from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.frame import Frame
from extractor.sections.letter import (
    ATTACHED,
    ATTACHMENT_NOTE,
    CONTACT,
    COPIES,
    DATE_ONLY,
    DATE_OPEN,
    DATE_SPOILT,
    FILE_NAME,
    MONTH_ONLY,
    NOTE,
    ORGAN_DATE,
    ORGAN_LINE,
    PLAN_TITLE,
    PRINTED,
    SEAL_NOTE,
    SUBJECT_WORDS,
    TITLE_END,
    WIDGET,
)

_NOT_SIGNED = lazy(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|附件|特此|序号|.*\d月\d)"
)
_MOST_LINES = 14


def signature(lines: Sequence[str], found: Frame) -> None:
    """Mark the first signature after the body began. A date line without an organ counts only where a letter ends."""
    for i in range(found.body, len(lines)):
        if not (lines[i][-1] in "日）" or lines[i][-1].isdecimal()):
            continue  # no date ends so
        if ORGAN_DATE.match(lines[i]):
            found.signature, found.issue_date = (i, i), i
            break
        if DATE_ONLY.match(lines[i]) and (bounds := _signed(lines, found.body, i)):
            found.signature, found.issue_date = bounds, i
            break
        if DATE_SPOILT.match(lines[i]) and (bounds := _signed(lines, found.body, i)) and bounds[0] < i:
            found.signature, found.issue_date = bounds, None if DATE_OPEN.match(lines[i]) else i
            break
    if found.signature is None:
        found.signature = _undated(lines, found) or _organs_alone(lines, found.body)
    if found.signature is None:
        return
    for i in range(found.signature[0], found.signature[1] + 1):
        found.zones[i] = "signature"
        if SEAL_NOTE.match(lines[i]):
            found.seal_note = i


def _signed(lines: Sequence[str], body: int, date: int) -> tuple[int, int] | None:
    """First and last line of the signature whose date stands at line ``date``."""
    start = date
    while start > body and date - start < _MOST_LINES and _may_sign(lines[start - 1]):
        start -= 1
    while start < date and not (ORGAN_LINE.match(lines[start]) or SEAL_NOTE.match(lines[start])):
        start += 1
    if start < date:
        return start, date
    if lines[date].isdigit():
        return None
    below = lines[date + 1] if date + 1 < len(lines) else ""
    if (
        not below
        or FILE_NAME.search(below)
        or any(
            one.match(below) for one in (NOTE, ATTACHED, PLAN_TITLE, COPIES, SUBJECT_WORDS, CONTACT, WIDGET)
        )
    ):
        return date, date
    if not ORGAN_LINE.match(below):
        return None
    printed = date + 2 < len(lines) and PRINTED.search(lines[date + 2])
    return (date, date) if printed and not DATE_ONLY.match(lines[date + 2]) else (date, date + 1)


def _undated(lines: Sequence[str], found: Frame) -> tuple[int, int] | None:
    """Bodies without a date, or with a month alone, behind a finished sentence or the list of attachments, and below them what follows a letter.

    In front of a plan or an attachment only a body that the letter's head names: lists of bodies stand there as well.
    """
    named = "".join(lines[: found.body])
    for start in range(found.body + 1, len(lines)):
        above = lines[start - 1]
        if not ORGAN_LINE.match(lines[start]) or not _may_sign(lines[start]):
            continue
        if not (above.endswith("。") or ATTACHMENT_NOTE.match(above)):
            continue
        end = start
        while end + 1 < len(lines) and (ORGAN_LINE.match(lines[end + 1]) or SEAL_NOTE.match(lines[end + 1])):
            end += 1
        below = lines[end + 1] if end + 1 < len(lines) else ""
        if MONTH_ONLY.match(below):  # a month is no day of issue, but it dates a signature
            after = lines[end + 2] if end + 2 < len(lines) else ""
            if not (MONTH_ONLY.match(after) or ORGAN_LINE.match(after)):
                return start, end + 1
            continue
        if end - start < _MOST_LINES and (
            not below
            or NOTE.match(below)
            or COPIES.match(below)
            or (lines[start] in named and (ATTACHED.match(below) or PLAN_TITLE.match(below)))
        ):
            return start, end
    return None


def _organs_alone(lines: Sequence[str], body: int) -> tuple[int, int] | None:
    """Bodies without a date as the last lines, right behind a finished sentence."""
    start = len(lines)
    while start > body and len(lines) - start < _MOST_LINES and _may_sign(lines[start - 1]):
        start -= 1
    while start < len(lines) and not ORGAN_LINE.match(lines[start]):
        start += 1
    if body < start < len(lines) and lines[start - 1].endswith(("。", "；", "：", "通知")):
        return start, len(lines) - 1
    return None


def _may_sign(line: str) -> bool:
    """Whether a line can stand in a signature: short, no sentence, no ordinal, no title."""
    return (
        len(line) <= 44
        and not re.search(r"[，。；：！？]|\t", line)
        and not _NOT_SIGNED.match(line)
        and not TITLE_END.search(line)
    )
