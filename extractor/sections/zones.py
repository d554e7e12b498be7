"""The zones of a letter (GB/T 9704), line by line, over read lines (no blanks, simplified, full-width punctuation)."""

from collections.abc import Sequence

from extractor.sections.frame import Frame
from extractor.sections.head import head
from extractor.sections.letters import heads, inside
from extractor.sections.report import is_report
from extractor.sections.signature import signature
from extractor.sections.tail import attachment_note, tail


def frame(lines: Sequence[str], first_heading: int) -> Frame:
    """The parts and zones of read ``lines``; ``first_heading``: index of the first numbered line, or their count."""
    found = Frame(["body"] * len(lines))
    letters = heads(lines)
    own = letters[0].start if letters else len(lines)
    head(lines, found, min(first_heading, own))
    signature(lines[:own], found)
    tail(lines, found)
    inside(lines, found, letters)
    attachment_note(lines, found)
    found.report = is_report(lines, found)
    return found
