"""Facts that hold for every campaign: anniversaries, meetings, plans, renames of the moment (rules/facts.yaml).

``confidence``: V stated in a cited source, V* stated but a detail unconfirmed, M not confirmed. It caps the severity
of what leans on the fact (V error, V* warning, M info).
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from extractor.patterns import compiled
from extractor.rulebook.campaigns import bare, confidence
from extractor.rulebook.source import Entry, load

T = TypeVar("T")


class Anniversary(Struct, frozen=True):
    """An event by the words that name it. N周年 falls in a base + N; a law has two bases (adopted, in force)."""

    keys: tuple[str, ...]
    bases: tuple[int, ...]
    confidence: str


class Ordinals(Struct, frozen=True):
    """Days and weeks by how their names end: the N-th is in ``base`` + N."""

    names: tuple[str, ...]
    base: int
    confidence: str


class Meeting(Struct, frozen=True):
    """A congress or plenary session: its 精神 cannot be cited before ``open``."""

    name: str
    open: date
    close: date
    confidence: str


class Session(Struct, frozen=True):
    """The two sessions of one year: the day the National People's Congress closed."""

    year: int
    close: date
    confidence: str


class Plan(Struct, frozen=True):
    """A plan or outline with the years it covers."""

    names: tuple[str, ...]
    first: int | None
    last: int | None
    confidence: str


class Stale(Struct, frozen=True):
    """Words that went out of use on a day."""

    words: tuple[str, ...]
    since: date
    better: str
    confidence: str


class Known(Struct, frozen=True):
    """A public document whose number a citation may be given."""

    title: str
    number: str
    confidence: str


class EightDigits(Struct, frozen=True):
    """Area codes of four digits whose local numbers all have eight, from ``since`` on."""

    codes: frozenset[str]
    since: date
    confidence: str


class Facts(Struct, frozen=True, dict=True):
    """``guards`` turn a meeting into one to come (喜迎二十大): such a mention is right before it opens."""

    anniversaries: tuple[Anniversary, ...]
    ordinals: tuple[Ordinals, ...]
    meetings: Mapping[str, Meeting]
    sessions: Mapping[int, Session]
    plans: tuple[Plan, ...]
    stale: tuple[Stale, ...]
    documents: tuple[Known, ...]
    guards: tuple[str, ...]
    eight_digits: EightDigits

    @cached_property
    def events(self) -> Mapping[str, Anniversary]:
        return {key: entry for entry in self.anniversaries for key in entry.keys}

    @cached_property
    def _bases(self) -> Mapping[str, int]:
        return {name: entry.base for entry in self.ordinals for name in entry.names}

    def ordinal_base(self, name: str) -> int | None:
        """The year before the first 第N个 of a day or week that no campaign knows, None where none is known."""
        plain = bare(name)
        return next((base for end, base in self._bases.items() if plain.endswith(end)), None)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The 文号 of the known documents by their titles without marks."""
        return {bare(document.title): document.number for document in self.documents}

    @cached_property
    def _congresses(self) -> tuple[tuple[str, date], ...]:
        """How a congress and its plenaries begin (二十大, 二十届), with the day the last of them opens."""
        last: dict[str, date] = {}
        for name, meeting in self.meetings.items():
            begin = "".join(name.partition("届")[:2])
            last[begin] = max(meeting.open, last.get(begin, meeting.open))
        return tuple(last.items())

    def congresses_after(self, day: date) -> tuple[str, ...]:
        """The beginnings of the names of meetings that open after ``day``."""
        return tuple(begin for begin, last in self._congresses if last > day)

    @cached_property
    def _by_close(self) -> tuple[Meeting, ...]:
        return tuple(sorted(self.meetings.values(), key=attrgetter("close"), reverse=True))

    def newest_meeting(self, day: date) -> Meeting | None:
        """The meeting that closed last up to ``day``."""
        return next((meeting for meeting in self._by_close if meeting.close <= day), None)

    @cached_property
    def _event_names(self) -> re.Pattern[str]:
        return compiled("|".join(re.escape(key) for key in sorted(self.events, key=len, reverse=True)))

    def nearest_anniversary(self, before: str) -> tuple[Anniversary, int, int] | None:
        """The event named last in ``before``, with where its name begins and ends; of two in one place the longer."""
        found = list(self._event_names.finditer(before))
        return (self.events[found[-1].group()], found[-1].start(), found[-1].end()) if found else None


def load_facts(folder: Path) -> Facts:
    """``facts.yaml`` of the rules folder; its header explains every key. ``RuleError`` for a fact without confidence."""
    entry = load(folder / "facts.yaml")
    facts = Facts(
        anniversaries=tuple(_anniversary(child) for child in entry.entries("anniversaries")),
        ordinals=tuple(_ordinals(child) for child in entry.entries("ordinals")),
        meetings=MappingProxyType({n: _meeting(n, c) for n, c in entry.entry("party_meetings").children()}),
        sessions=MappingProxyType(
            {int(y): _session(int(y), c) for y, c in entry.entry("two_sessions").children()}
        ),
        plans=tuple(_plan(child) for child in entry.entries("plans")),
        stale=tuple(_stale(child) for child in entry.entries("stale_phrases")),
        documents=tuple(_known(child) for child in entry.entries("known_docs")),
        guards=entry.words("guard_words"),
        eight_digits=_eight_digits(entry.entry("eight_digits")),
    )
    entry.done()
    return facts


def _anniversary(entry: Entry) -> Anniversary:
    made = Anniversary(entry.words("keys"), tuple(int(b) for b in entry.words("bases")), confidence(entry))
    return _ended(entry, made)


def _ordinals(entry: Entry) -> Ordinals:
    return _ended(entry, Ordinals(entry.words("names"), entry.take("base", int), confidence(entry)))


def _meeting(name: str, entry: Entry) -> Meeting:
    made = Meeting(name, _day(entry, "open"), _day(entry, "close"), confidence(entry))
    return _ended(entry, made)


def _session(year: int, entry: Entry) -> Session:
    entry.words("cppcc")
    closed = entry.words("npc")[-1]
    return _ended(entry, Session(year, _iso(entry, "npc", closed), confidence(entry)))


def _plan(entry: Entry) -> Plan:
    entry.take("issued", object, None)
    first, last = _year(entry, "first"), _year(entry, "last")
    return _ended(entry, Plan(entry.words("names"), first, last, confidence(entry)))


def _stale(entry: Entry) -> Stale:
    better = entry.take("better", object, None)
    made = Stale(entry.words("words"), _day(entry, "since"), str(better or ""), confidence(entry))
    return _ended(entry, made)


def _known(entry: Entry) -> Known:
    made = Known(entry.take("title", str), entry.take("number", str), confidence(entry))
    entry.take("date", object, None)
    entry.take("effective", object, None)
    return _ended(entry, made)


def _eight_digits(entry: Entry) -> EightDigits:
    made = EightDigits(frozenset(entry.words("codes")), _day(entry, "since"), confidence(entry))
    return _ended(entry, made)


def _ended(entry: Entry, made: T) -> T:
    entry.take("src", str, "")
    entry.take("note", str, "")
    entry.done()
    return made


def _year(entry: Entry, key: str) -> int | None:
    """A year, or null for a plan without that end."""
    value = entry.take(key, object, None)
    if value is not None and not isinstance(value, int):
        entry.fail(f"{key!r} must be a year or null")
    return value


def _day(entry: Entry, key: str) -> date:
    return _iso(entry, key, entry.take(key, str))


def _iso(entry: Entry, key: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        entry.fail(f"{key!r} must be a day (YYYY-MM-DD), not {written!r}")
