"""What follows a letter's body: notes, the enclosed plan, attachments, colophon."""

import re
from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.frame import Frame
from extractor.sections.letter import (
    ATTACHED,
    ATTACHED_TITLE,
    ATTACHMENT_NOTE,
    CONTACT,
    COPIES,
    DATE_ONLY,
    HANDED_ON,
    NOTE,
    NOTE_ENTRY,
    ORGAN_LINE,
    PLAN_TITLE,
    PRINTED,
    SEAL_NOTE,
    TITLE_END,
)

_SIGNS = lazy(r"[，。；：！？]")


def tail(lines: Sequence[str], found: Frame) -> None:
    """What follows the signature (or the covering letter): notes, the enclosed plan, attachments, the colophon."""
    handed = _handed_on(lines, found)
    if found.signature and handed is not None and handed < found.signature[0]:
        found.plan_title = (handed, handed)
        for i in range(handed, found.signature[0]):
            found.zones[i] = "plan"
    start = found.signature[1] + 1 if found.signature else handed
    if start is None:
        _colophon(lines, found, found.body)
        return
    zone = "after"
    i = start
    while i < len(lines):
        line = lines[i]
        if zone == "after" and NOTE.match(line):
            found.zones[i] = "note"
            found.note = i if found.note is None else found.note
        elif zone == "after" and SEAL_NOTE.match(line):
            found.zones[i], found.seal_note = "signature", i
        elif ATTACHED.match(line) or (
            ATTACHED_TITLE.match(line) and found.signature is not None and i > start - 1
        ):
            zone = "attachment"
            found.attachments.append(i)
            found.zones[i] = zone
            title = next((j for j in range(i + 1, min(i + 4, len(lines))) if lines[j]), None)
            if found.plan_title is None and ATTACHED.match(line) and title is not None:
                end = title
                while (
                    end + 1 < len(lines)
                    and end - title < 3
                    and not TITLE_END.search("".join(lines[title : end + 1]))
                    and len(lines[end]) < 40
                    and not re.search(r"[，。：]", lines[end])
                ):
                    end += 1
                if PLAN_TITLE.match("".join(lines[title : end + 1])):
                    zone = "plan"
                    found.plan_title = (title, end)
        elif zone == "after" and (enclosed := _enclosed(lines, i)) is not None:
            end = enclosed
            if PLAN_TITLE.match("".join(lines[i : end + 1])):
                found.plan_title = (i, end)
            zone = "plan"
            for j in range(i, end + 1):
                found.zones[j] = "plan"
            i = end
        else:
            found.zones[i] = (
                "note"
                if zone == "after" and CONTACT.match(line)
                else zone
                if zone != "after"
                else "body"
                if found.signature is None
                else "note"
            )
        i += 1
    _enclosed_signature(lines, found, start)
    _colophon(lines, found, start)


def _enclosed_signature(lines: Sequence[str], found: Frame, start: int) -> None:
    """Organ and date under an enclosed text: no part of its last section."""
    for i in range(start + 1, len(lines)):
        if found.zones[i] == "plan" and DATE_ONLY.match(lines[i]) and ORGAN_LINE.match(lines[i - 1]):
            found.zones[i] = found.zones[i - 1] = "signature"


def _handed_on(lines: Sequence[str], found: Frame) -> int | None:
    """Without a signature: the line after the covering letter's last sentence, when a plan's title follows it."""
    named = "".join(lines[found.title[0] : found.title[1] + 1]) if found.title else ""
    for i in range(found.body, min(found.body + 12, len(lines) - 1)):
        if PLAN_TITLE.match(lines[i + 1]) and (
            HANDED_ON.search(lines[i])
            or (len(lines[i + 1]) > 8 and lines[i + 1] in named and lines[i + 1] != named)
        ):
            return i + 1
    return None


def _enclosed(lines: Sequence[str], i: int) -> int | None:
    """The last line of an enclosed plan's (or a forwarded notice's) title that begins at line ``i``, or None."""
    for end in range(i, min(i + 3, len(lines))):
        if _SIGNS.search(lines[end]) or len(lines[end]) > 60:
            return None
        joined = "".join(lines[i : end + 1])
        if PLAN_TITLE.match(joined) or (len(joined) >= 10 and re.search(r"关于.*通知$", joined)):
            return end
    return None


def _colophon(lines: Sequence[str], found: Frame, start: int) -> None:
    """抄送 … 印发 at the end: from the first of its lines on."""
    end = next(
        (
            i
            for i in range(len(lines) - 1, max(start - 1, len(lines) - 12), -1)
            if PRINTED.search(lines[i]) and not DATE_ONLY.match(lines[i])
        ),
        None,
    )
    copies = next((i for i in range(max(start, len(lines) - 12), len(lines)) if COPIES.match(lines[i])), None)
    first = end if copies is None else min(copies, end) if end is not None else copies
    if first is None:
        return
    if (
        end is not None
        and DATE_ONLY.match(lines[end].removesuffix("印发").removesuffix("印制"))
        and end > start
        and ORGAN_LINE.match(lines[end - 1])
        and found.zones[end - 1] != "signature"
    ):
        first = min(first, end - 1)
    last = end if end is not None else first
    found.colophon = (first, last)
    for i in range(first, last + 1):
        found.zones[i] = "colophon"


def attachment_note(lines: Sequence[str], found: Frame) -> None:
    """The list of attachments under the body (附件：1.… 2.…)."""
    for i in range(found.body, len(lines)):
        if (
            found.zones[i] not in ("body", "plan", "note")
            or not ATTACHMENT_NOTE.match(lines[i])
            or ATTACHED.match(lines[i])
        ):
            continue
        end = i
        while (
            end + 1 < len(lines)
            and found.zones[end + 1] in ("body", "plan", "note")
            and NOTE_ENTRY.match(lines[end + 1])
        ):
            end += 1
        found.attachment_note = (i, end)
        for j in range(i, end + 1):
            found.zones[j] = "attachment_note"
        following = end + 1
        if following < len(lines) and ATTACHED.match(lines[following]):
            for j in range(following, len(lines)):
                if found.zones[j] in ("body", "plan"):
                    found.zones[j] = "attachment"
            if following not in found.attachments:
                found.attachments.append(following)
        break
