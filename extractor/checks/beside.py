"""Two documents side by side: the sentences of a notice, and how a place in the other one is shown."""

from collections.abc import Iterator

from extractor.checks.case import Case
from extractor.checks.fault import There
from extractor.model import Span
from extractor.patterns import lazy

_STOPS = lazy(r"[。！？；\n]")
_LEAST = 6
PAST = lazy(
    r"去年|上年|前年|往年|历年|历届|历次|回顾|曾|当年|上一年|已于|已经|以来|截至|(?:总结|借鉴|对照|参照)(?=(?:19|20)\d\d年|第)"
)
"""Words that make an earlier year, theme or number right."""


def title_span(case: Case) -> Span:
    """Where a finding about the whole notice stands: its title, else its first line."""
    span = case.part("title") or case.part("plan_title")
    if span is not None:
        return span
    stop = case.text.find("\n")
    return Span(0, stop if stop > 0 else len(case.text))


def one_matter(case: Case, other: Case) -> bool:
    """Whether two documents can be about the same: not of two campaigns that are known."""
    mine, theirs = case.campaign, other.campaign
    return mine is None or theirs is None or mine.id == theirs.id


def sentences(case: Case, *zones: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of these zones stand in the reading, without the marks that end them."""
    for line in case.lines(*zones):
        start = line.start
        for match in _STOPS.finditer(case.chars, line.start, line.end):
            if match.start() - start >= _LEAST:
                yield start, match.start()
            start = match.end()
        if line.end - start >= _LEAST:
            yield start, line.end


def there(case: Case, a: int, b: int, note: str) -> There:
    """``chars[a:b]`` of the other document as the other side of a finding."""
    return There(case, case.span(a, b), note)


def in_line(words: str) -> str:
    """Printed words in one line, without the blanks a title is spread by."""
    return "".join(words.split())
