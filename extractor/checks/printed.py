"""Printed lines inside a paragraph: the reader joins lines of a text, here they are told apart again."""

from bisect import bisect_right
from collections.abc import Iterator

from extractor.checks.case import Case
from extractor.model import Span


def printed_lines(case: Case, span: Span) -> Iterator[Span]:
    """The lines of the file that a span of the text was joined from, in order. Blanks between them belong to none."""
    start: int | None = None
    end = number = 0
    runs = case.document.runs
    first = max(bisect_right(runs, span.start, key=lambda run: run.start) - 1, 0)
    if runs and runs[first].start <= span.start and span.end <= runs[first].end:
        yield span  # the rule, in a text whose paragraphs are lines
        return
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
