"""The case the checks look at: one notice with what every check asks of it, computed once and only when asked."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

from extractor.checks.workdays import workday
from extractor.model import DateParts, DateValue, Document, Line, Manuscript, Mention, Outline, Span
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.rulebook.campaigns import Campaign
from extractor.schema import DateRow, Fields, Tables
from extractor.text import places

T = TypeVar("T")
_NUMBERED = ("body", "plan", "attachment")
_PROSE = 6  # the level of 一是, 二是
_TITLES = lazy(r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》")
_LOOKING_BACK = lazy(r"总结|通报|表彰|公示|考核结果|评选结果|回顾|情况的报告|年度报告|年报")
_YEAR = lazy(r"((?:19|20)(?<!\d..)\d\d)(?=年)")


def _grouped(values: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for value in values:
        found[key(value)].append(value)
    return dict(found)


def iso(day: str | None) -> date | None:
    """A full ISO day as a date; None for a month, a year, an impossible day, nothing."""
    if day is None or len(day) != 10:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


class Dated(Struct, frozen=True):
    """A date of the text: its row, its parts as written, its days, and where it stands in the reading."""

    row: DateRow
    parts: DateParts
    start: date | None
    end: date | None
    a: int
    b: int

    @property
    def span(self) -> Span:
        return self.row.span

    @property
    def last(self) -> date | None:
        return self.end or self.start

    @property
    def first(self) -> date | None:
        return self.start or self.end


class Case(Struct, frozen=True, dict=True):
    """Everything a kind may look at. Offsets named ``a``/``b`` are of the reading, spans are of the printed text.

    ``superior`` and ``previous``: the notice of the superior body this one carries out, and last year's notice, where they
    were given.
    """

    manuscript: Manuscript
    mentions: tuple[Mention, ...]
    tables: Tables
    rulebook: Rulebook
    superior: "Case | None" = None
    previous: "Case | None" = None

    @cached_property
    def document(self) -> Document:
        return self.manuscript.document

    @cached_property
    def outline(self) -> Outline:
        return self.manuscript.outline

    @cached_property
    def fields(self) -> Fields:
        return self.tables.fields

    @cached_property
    def text(self) -> str:
        return self.manuscript.document.text

    @cached_property
    def chars(self) -> str:
        return self.manuscript.reading.chars

    @cached_property
    def origin(self) -> tuple[int, ...]:
        return self.manuscript.reading.origin

    def says(self, *words: str) -> bool:
        """Whether any of the words stands in the reading: what a check costs where it has nothing to look at."""
        return any(map(self.chars.__contains__, words))

    def places(self, word: str) -> Iterator[int]:
        """Where a word stands in the reading, in order."""
        return places(self.chars, word)

    def mentioned(self, kind: str) -> Sequence[Mention]:
        """The mentions of this kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, list[Mention]]:
        return _grouped(self.mentions, attrgetter("kind"))

    def span(self, a: int, b: int) -> Span:
        return self.manuscript.reading.span(a, b)

    def printed(self, a: int, b: int) -> str:
        """The printed words behind ``chars[a:b]``, blanks and line feeds as they stand."""
        return self.document.quote(self.span(a, b))

    def ends(self, span: Span) -> tuple[int, int]:
        """A printed span as offsets of the reading."""
        return self.manuscript.reading.ends(span)

    def read(self, span: Span) -> str:
        return self.manuscript.reading.of(span)

    # -- zones and sentences

    def line_of(self, a: int) -> Line | None:
        lines = self.outline.lines
        index = bisect_right(self._starts, a) - 1
        return lines[index] if index >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.outline.lines]

    def zone(self, a: int) -> str:
        line = self.line_of(a)
        return line.zone if line else "body"

    def part(self, name: str) -> Span | None:
        return self.outline.parts.get(name)

    def lines(self, *zones: str) -> Sequence[Line]:
        """The lines of these zones, in order."""
        found = [line for zone in zones for line in self._zoned.get(zone, ())]
        return found if len(zones) == 1 else sorted(found, key=attrgetter("index"))

    @cached_property
    def _zoned(self) -> dict[str, list[Line]]:
        return _grouped(self.outline.lines, attrgetter("zone"))

    @cached_property
    def headings(self) -> tuple[Line, ...]:
        """Lines that begin with an ordinal, outside tables, in the zones that are numbered; 一是, 二是 are prose."""
        return tuple(
            line
            for line in self.outline.lines
            if line.level
            and line.level != _PROSE
            and line.number
            and line.zone in _NUMBERED
            and not self.in_table(line.start)
        )

    def words(self, line: Line) -> str:
        return self.chars[line.start : line.end]

    def sentence(self, a: int, b: int | None = None) -> tuple[int, int]:
        """The sentence round ``chars[a:b]``: up to 。！？； or the line's end on either side."""
        stops = self._stops
        before = bisect_left(stops, a)
        behind = before if b is None else bisect_left(stops, b, before)
        return (stops[before - 1] + 1 if before else 0), stops[behind]

    @cached_property
    def _stops(self) -> list[int]:
        """Where 。！？； and line feeds stand in the reading, and its end."""
        alike = self.chars
        for stop in "！？；\n":
            alike = alike.replace(stop, "。")
        ends = accumulate([len(sentence) + 1 for sentence in alike.split("。")])
        return [end - 1 for end in ends]

    @cached_property
    def titles(self) -> tuple[tuple[int, int], ...]:
        """《…》 of the reading, the marks included."""
        return tuple(match.span() for match in _TITLES.finditer(self.chars))

    def in_title(self, a: int) -> bool:
        index = bisect_right(self.titles, (a, len(self.chars))) - 1
        return index >= 0 and self.titles[index][0] <= a < self.titles[index][1]

    def in_table(self, a: int) -> bool:
        tables = self.document.tables
        return bool(tables) and any(table.span.start <= self.origin[a] < table.span.end for table in tables)

    # -- years and days

    @cached_property
    def year(self) -> int | None:
        """The year the document is about."""
        if self.fields.year:
            return self.fields.year
        day = self.issue
        return day.year if day else None

    @cached_property
    def issue(self) -> date | None:
        return None if self._recorded else iso(self.fields.issue_date)

    @cached_property
    def issue_span(self) -> Span | None:
        if self._recorded:
            return None
        return self.fields.spans.get("issue_date") or self.part("issue_date")

    @property
    def _recorded(self) -> bool:
        """Whether the day of issue is only what a web page's record says: no ground to fault the letter on."""
        span = self.fields.spans.get("issue_date")
        return span is not None and self.outline.zone_at(span.start) == "web" and "年" not in self.read(span)

    @cached_property
    def window(self) -> tuple[date, date] | None:
        """First and last day of the campaign as the document states them."""
        start, end = iso(self.fields.period_start), iso(self.fields.period_end)
        return (start, end) if start and end and start <= end else None

    @cached_property
    def window_span(self) -> Span | None:
        spans = self.fields.spans
        return spans.get("period") or spans.get("period_start") or spans.get("period_end")

    @cached_property
    def dates(self) -> tuple[Dated, ...]:
        """Every date row with its parts, in the order of the text."""
        parts: dict[Span, DateParts] = {}
        for mention in self.mentioned("date"):
            value = mention.value
            if isinstance(value, DateValue):
                parts[mention.span] = value.parts
            elif isinstance(value, DateParts):
                parts[mention.span] = value
        made = []
        origin = self.origin
        for row in self.tables.dates:
            span = row.span
            written = parts.get(span) or DateParts(row.form)
            start = iso(row.start)
            end = start if row.end == row.start else iso(row.end)
            a = bisect_left(origin, span.start)
            made.append(Dated(row, written, start, end, a, bisect_left(origin, span.end, a)))
        return tuple(sorted(made, key=attrgetter("a", "b")))

    def role(self, *roles: str) -> Sequence[Dated]:
        """The dates with these roles, in order."""
        found = [dated for role in roles for dated in self._by_role.get(role, ())]
        return found if len(roles) == 1 else sorted(found, key=attrgetter("a", "b"))

    @cached_property
    def _by_role(self) -> dict[str, list[Dated]]:
        return _grouped(self.dates, attrgetter("row.role"))

    def years_about(self, a: int, b: int) -> set[int]:
        """The years written in the sentence round ``chars[a:b]``, outside 《…》."""
        start, end = self.sentence(a, b)
        return {
            int(m.group(1)) for m in _YEAR.finditer(self.chars, start, end) if not self.in_title(m.start())
        }

    def clause_year(self, a: int) -> int | None:
        """The last year written before ``chars[a]`` in its own clause (from the last ，、； on)."""
        start, _ = self.sentence(a)
        start = max(start, *(self.chars.rfind(mark, start, a) + 1 for mark in "，、"))
        found = [
            int(m.group(1)) for m in _YEAR.finditer(self.chars, start, a) if not self.in_title(m.start())
        ]
        return found[-1] if found else None

    @cached_property
    def looks_back(self) -> bool:
        """A document that reports on what is over (总结, 通报, 公示 …): past dates are right in it."""
        return bool(_LOOKING_BACK.search(self.fields.title or ""))

    def workday(self, day: date) -> bool | None:
        """Whether people work on ``day``; None where the holiday calendar does not reach."""
        return workday(day)

    @cached_property
    def campaign(self) -> Campaign | None:
        name = self.fields.campaign
        return self.rulebook.campaigns.named(name) if name else None


class Companions(Struct, frozen=True):
    """Documents a notice is held against: its superior's notice, last year's. None: not given."""

    superior: Case | None = None
    previous: Case | None = None


ALONE = Companions()
