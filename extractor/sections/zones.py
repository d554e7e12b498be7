"""The zones of a letter (GB/T 9704), line by line, over read lines (no blanks, simplified, full-width punctuation)."""

from collections.abc import Sequence

from extractor.sections.frame import Frame
from extractor.sections.head import head
from extractor.sections.letter import PAGE_FOOT
from extractor.sections.letters import heads, inside
from extractor.sections.report import is_report
from extractor.sections.signature import signature
from extractor.sections.tail import attachment_note, tail

_FOOT = 12  # lines at most in which a page leads on to other pages


def _foot(lines: Sequence[str]) -> int:
    """Where the page's own lines under the text begin: the first of 上一篇：… in the last lines that hold no sentence."""
    last = len(lines)
    first = last
    for i in range(last - 1, max(last - _FOOT, 0), -1):
        if PAGE_FOOT.match(lines[i]):
            first = i
        elif "。" in lines[i]:
            break
    return first


def frame(lines: Sequence[str], first_heading: int) -> Frame:
    """The parts and zones of read ``lines``; ``first_heading``: index of the first numbered line, or their count."""
    found = Frame(["body"] * len(lines))
    letters = heads(lines)
    foot = _foot(lines)
    own = min(letters[0].start if letters else len(lines), foot)
    head(lines, found, min(first_heading, own))
    signature(lines[:own], found)
    tail(lines[:foot], found)
    inside(lines, found, letters)
    found.zones[foot:] = ["web"] * (len(lines) - foot)
    attachment_note(lines, found)
    found.report = is_report(lines, found)
    if found.report:
        found.addressees = found.issue_date = None
    return found
