"""Printed lines inside a paragraph: the reader joins lines of a text, here they are told apart again."""

from collections.abc import Iterator
from itertools import islice

from extractor.checks.case import Case
from extractor.model import Span


def joined(case: Case) -> set[int]:
    """The paragraphs, by their index, that were joined from several lines of the file."""
    text = case.text
    seams: list[int] = []
    above: int | None = None
    for run in case.document.runs:
        if run.line != above:
            if above is not None and text[run.start - 1 : run.start] != "\n":
                seams.append(run.start)
            above = run.line
    return {line.index for line in map(case.outline.line_at, seams) if line}


def printed_lines(case: Case, span: Span) -> Iterator[Span]:
    """The lines of the file that a span of the text was joined from, in order. Blanks between them belong to none."""
    start: int | None = None
    end = number = 0
    document = case.document
    for run in islice(document.runs, document.run_at(span.start), None):
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
