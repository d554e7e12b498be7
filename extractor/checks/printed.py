"""Printed lines inside a paragraph: the reader joins lines of a text, here they are told apart again."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from extractor.checks.case import Case
from extractor.model import Span


def joined(case: Case) -> set[int]:
    """The paragraphs, by their index, that were joined from several lines of the file."""
    text, starts = case.text, [line.span.start for line in case.outline.lines]
    return {
        bisect_right(starts, run.start) - 1
        for before, run in pairwise(case.document.runs)
        if run.line != before.line and text[run.start - 1] != "\n"
    }


def printed_lines(case: Case, span: Span) -> Iterator[Span]:
    """The lines of the file that a span of the text was joined from, in order. Blanks between them belong to none."""
    start: int | None = None
    end = number = 0
    runs = case.document.runs
    first = max(bisect_right(runs, span.start, key=lambda run: run.start) - 1, 0)
    for run in runs[first:]:
        if run.start >= span.end:
            break
        if run.end <= span.start:
            continue
        if start is not None and run.line != number:
            yield Span(start, end)
            start = None
        if start is None:
            start, number = max(run.start, span.start), run.line
        end = min(run.end, span.end)
    if start is not None:
        yield Span(start, end)
