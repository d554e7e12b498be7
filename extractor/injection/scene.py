"""A notice as the ways of damage see it: its text, its record, and the places where words may be changed or put."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct

from extractor.model import Item, Line, Span
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.rulebook.campaigns import Campaign, Theme, bare
from extractor.schema import DateRow, Fields, Notice, Tables
from extractor.text import chinese

_DAY = lazy(r"(?:(?P<y>(?:19|20)\d\d)\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_RANGE = lazy(
    r"(?:(?P<y>(?:19|20)\d\d)\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?\s*(?P<dash>至|到|—|-|－|～|~)\s*"
    r"(?:(?P<y2>(?:19|20)\d\d)\s*年\s*)?(?:(?P<m2>\d{1,2})\s*月\s*)?(?P<d2>\d{1,2})\s*日"
)
_NOT_PROSE = lazy(
    r"主题|联系人|电话|邮箱|单位：|部门：|时间：|地点：|附件|通知如下|印发给|[:：]\s*$|\t|[-—]\s*\d+\s*[-—]"
)
_STATED = ("活动时间", "活动主题")


def iso(day: str | None) -> date | None:
    """A full ISO day as a date, else None."""
    try:
        return date.fromisoformat(day) if day and len(day) == 10 else None
    except ValueError:
        return None


def worded(day: date, year: bool = True) -> str:
    """A day as notices print it."""
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


class Day(Struct, frozen=True):
    """A printed day: its row, the day meant, and where its figures stand. ``span`` covers 年月日 without 前."""

    row: DateRow
    day: date
    span: Span
    year: Span | None
    month: Span
    number: Span


class Range(Struct, frozen=True):
    """A printed range of days. ``first`` and ``last`` cover the two days as printed, ``dash`` what stands between."""

    row: DateRow
    start: date
    end: date
    span: Span
    first: Span
    dash: Span
    last: Span
    number: Span
    last_number: Span
    one_month: bool


class Slot(Struct, frozen=True):
    """Where a further item fits behind the last one of a list, and the ordinal it would bear."""

    offset: int
    marker: str
    titles: tuple[str, ...]


class Scene(Struct, frozen=True, dict=True):
    """One notice before the damage. ``text`` is the document's text; every span counts in it."""

    notice: Notice
    rules: Rulebook

    @property
    def text(self) -> str:
        return self.notice.document.text

    @property
    def name(self) -> str:
        return self.notice.source.path

    @property
    def tables(self) -> Tables:
        return self.notice.tables

    @property
    def fields(self) -> Fields:
        return self.notice.tables.fields

    @cached_property
    def parts(self) -> dict[str, Span]:
        """The spans of the notice's parts (letterhead, title, signature …) and of its single values, blanks cut off."""
        found = {**self.notice.manuscript.outline.parts, **self.fields.spans}
        return {name: self.trimmed(span) for name, span in found.items()}

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def trimmed(self, span: Span) -> Span:
        words = self.quote(span)
        return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))

    def matches(self, pattern: str, within: Span | None = None, flags: int = 0) -> Iterator[re.Match[str]]:
        """Every match in the text or in a span of it; offsets count in the text."""
        area = within or Span(0, len(self.text))
        return re.compile(pattern, flags).finditer(self.text, area.start, area.end)

    # -- lines

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.notice.manuscript.outline.lines

    def zoned(self, *zones: str) -> list[Line]:
        return [line for line in self.lines if line.zone in zones]

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """Lines of notice and plan, tables left out."""
        return tuple(line for line in self.zoned("body", "plan") if not self.tabled(line.span.start))

    def tabled(self, offset: int) -> bool:
        return any(table.span.start <= offset < table.span.end for table in self.notice.document.tables)

    def zone(self, offset: int) -> str:
        return self.notice.manuscript.outline.zone_at(offset)

    def titled(self, offset: int) -> bool:
        """Whether a place stands inside 《》."""
        start = self.text.rfind("\n", 0, offset) + 1
        before = self.text[start:offset]
        return before.count("《") > before.count("》")

    def prosaic(self, line: Line) -> bool:
        words = self.quote(line.span).rstrip()
        section = self.notice.manuscript.outline.section_at(line.span.start)
        stated = section is not None and bool(set(section.kinds) & set(_STATED))
        return len(words) >= 18 and words.endswith("。") and not stated and not _NOT_PROSE.search(words)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs of running text that end in 。, without those that state time, theme, units or contacts."""
        return tuple(self.trimmed(line.span) for line in self.body if self.prosaic(line))

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """Where a sentence may follow: the ends of the paragraphs."""
        return tuple(span.end for span in self.paragraphs)

    @cached_property
    def requirements(self) -> tuple[int, ...]:
        """Where a sentence may follow among the requirements, else anywhere."""
        section_at = self.notice.manuscript.outline.section_at
        found = []
        for offset in self.prose:
            section = section_at(offset - 1)
            if section is not None and "工作要求" in section.kinds:
                found.append(offset)
        return tuple(found) or self.prose

    @cached_property
    def last_of_body(self) -> int | None:
        """The end of the last line before signature, notes and attachments."""
        lines = [line for line in self.body if self.quote(line.span).strip()]
        return self.trimmed(lines[-1].span).end if lines else None

    # -- days

    @cached_property
    def issue(self) -> date | None:
        return iso(self.fields.issue_date)

    @property
    def year(self) -> int | None:
        return self.fields.year

    @cached_property
    def window(self) -> tuple[date, date] | None:
        start, end = iso(self.fields.period_start), iso(self.fields.period_end)
        return (start, end) if start and end and start <= end else None

    def days(self, *roles: str) -> Iterator[Day]:
        """Single days as printed, outside 《》 and tables."""
        for row in self.tables.dates:
            if row.form != "day" or row.status != "ok" or (roles and row.role not in roles):
                continue
            match = _DAY.search(self.text, row.span.start, row.span.end)
            day = iso(row.end) or iso(row.start)
            if match and day and not self.titled(match.start()):
                year = Span(*match.span("y")) if match["y"] else None
                yield Day(row, day, Span(*match.span()), year, Span(*match.span("m")), Span(*match.span("d")))

    def ranges(self, *roles: str) -> Iterator[Range]:
        for row in self.tables.dates:
            start, end = iso(row.start), iso(row.end)
            if row.form != "range" or row.status != "ok" or start is None or end is None:
                continue
            match = _RANGE.search(self.text, row.span.start, row.span.end)
            if match is None or (roles and row.role not in roles) or self.titled(match.start()):
                continue
            yield Range(
                row,
                start,
                end,
                Span(*match.span()),
                Span(match.start(), match.start("dash")),
                Span(*match.span("dash")),
                Span(match.start("y2") if match["y2"] else match.start("m2") if match["m2"] else match.start("d2"), match.end()),
                Span(*match.span("d")),
                Span(*match.span("d2")),
                start.month == end.month and start.year == end.year and not match["m2"],
            )  # fmt: skip

    def soon(self, days: int = 10) -> date | None:
        """A day after everything the notice plans, for a deadline that is in order."""
        last = self.window[1] if self.window else self.issue
        return last + timedelta(days=days) if last else None

    # -- items and themes

    def slots(self, *kinds: str) -> Iterator[Slot]:
        """The ends of lists of items in sections of these kinds."""
        outline = self.notice.manuscript.outline
        groups: dict[tuple[str, str, int], list[Item]] = {}
        for item in outline.items:
            if not kinds or item.section in kinds:
                groups.setdefault((item.section, item.zone, item.level), []).append(item)
        for items in groups.values():
            numbers = [item.number for item in items]
            last = items[-1]
            end = self.trimmed(last.span).end
            if len(items) < 2 or numbers != list(range(1, len(items) + 1)) or items[0].level > 3:
                continue
            if self.text[end : end + 1] in ("\n", "") and self.text[last.span.start - 1] == "\n":
                yield Slot(end, renumbered(last.marker, last.number + 1), tuple(i.title for i in items))

    @cached_property
    def campaign(self) -> Campaign | None:
        name = self.fields.campaign
        return self.rules.campaigns.named(name) if name else None

    @cached_property
    def official(self) -> Theme | None:
        """The official theme of campaign and year, where the notice states just that."""
        theme = self.campaign.themes.get(self.year or 0) if self.campaign else None
        stated = bare(self.fields.theme or "")
        return theme if theme and stated in (theme.key, theme.head) else None


def renumbered(marker: str, number: int) -> str:
    """The ordinal with another number in the same style: （三） for （二）, 3. for 2."""
    written = chinese(number) if re.search(r"[一二三四五六七八九十]", marker) else str(number)
    return re.sub(r"[一二三四五六七八九十]+|\d+", written, marker, count=1)
