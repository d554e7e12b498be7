"""What is known of each campaign: its names, official themes by year, its window, the observances it belongs to."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from msgspec import Struct, field

from extractor.model import Severity
from extractor.patterns import compiled, lazy
from extractor.rulebook.source import Entry, load
from extractor.text import each_of

_SIGNS = "，。、；：！？·“”‘’《》〈〉（）()\"'—-~…"
_MARKS = lazy(rf"[\s{re.escape(_SIGNS)}]")


def bare(words: str) -> str:
    """Words without blanks, marks, quotes and dashes: how themes are compared."""
    return _MARKS.sub("", words)


def is_mark(char: str) -> bool:
    """Whether ``bare`` leaves a character out."""
    return char in _SIGNS or char.isspace()


class Theme(Struct, frozen=True):
    """The theme of one year. ``start``/``end``: the window of that year (``MM-DD``) where it is known.

    ``key`` is the text without marks, ``head`` that of the part before ——, which may stand alone. ``anchors`` are its pieces between marks with the number of (bare) characters before each: enough to find it by.
    """

    year: int
    text: str
    confidence: str
    start: str | None = None
    end: str | None = None
    key: str = ""
    head: str = ""
    anchors: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def of(
        year: int, text: str, confidence: str, start: str | None = None, end: str | None = None
    ) -> "Theme":
        pieces = [piece for piece in _MARKS.split(text) if piece]
        anchors: list[tuple[str, int]] = []
        before = 0
        for piece in pieces:
            if len(piece) >= 4 or len(pieces) == 1:
                # The end of a piece tells themes apart better than its beginning (加强知识产权…).
                anchors.append((piece[-6:], before + max(len(piece) - 6, 0)))
            before += len(piece)
        head = bare(re.split("—|--", text)[0])
        return Theme(
            year, text, confidence, start, end, bare(text), head, tuple(anchors[:2]) or ((pieces[0], 0),)
        )


class Observance(Struct, frozen=True):
    """A yearly day, week or month. Its N-th falls in the year ``base`` + N (None: not counted). ``day``: ``MM-DD``."""

    name: str
    base: int | None
    confidence: str
    day: str | None = None
    day_confidence: str = "M"
    campaign: str = ""


class Window(Struct, frozen=True):
    """First and last day (``MM-DD``) a campaign usually has."""

    start: str
    end: str
    confidence: str


class Campaign(Struct, frozen=True, eq=False):
    """One campaign, compared by identity. ``other_themes``: themes of other bodies for the same time, by whose they are (``wipo``)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    themes: Mapping[int, Theme]
    window: Window | None = None
    month: int | None = None
    observances: tuple[Observance, ...] = ()
    other_themes: Mapping[str, Mapping[int, Theme]] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)


class Campaigns(Struct, frozen=True, dict=True):
    """Every campaign, in the order of the files."""

    all: tuple[Campaign, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Campaign]:
        """Ids, names and aliases to their campaign; the first pack that claims a name has it."""
        found: dict[str, Campaign] = {}
        for campaign in self.all:
            for name in (campaign.id, campaign.name, *campaign.aliases):
                found.setdefault(name, campaign)
        return found

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return compiled(each_of(self.by_name))

    def longest(self, words: str) -> Campaign | None:
        """The campaign with the longest of the names that stand in ``words``, the first of those as long."""
        hits = [match.group() + match[match.lastindex or 0] for match in self._names.finditer(words)]
        return self.by_name[max(hits, key=len)] if hits else None

    @cached_property
    def observances(self) -> tuple[Observance, ...]:
        return tuple(observance for campaign in self.all for observance in campaign.observances)

    @cached_property
    def dated(self) -> tuple[Observance, ...]:
        """The observances whose day is known."""
        return tuple(observance for observance in self.observances if observance.day is not None)

    def named(self, name: str) -> Campaign | None:
        """The campaign of this id, name or alias, or None."""
        return self.by_name.get(name)

    def observance(self, words: str) -> Observance | None:
        """The observance a name means (``世界知识产权日``, ``“6·5”世界环境日``): the longest its end agrees with."""
        plain = _core(words)
        return next((observance for core, observance in self._cores if plain.endswith(core)), None)

    @cached_property
    def _cores(self) -> tuple[tuple[str, Observance], ...]:
        """The observances by their names without what does not matter, the longest first."""
        return tuple(sorted(((_core(o.name), o) for o in self.observances), key=lambda row: -len(row[0])))


CONFIDENCES = ("V", "V*", "M")


def _core(name: str) -> str:
    """A name without marks, and without the words in front that do not matter between number and name."""
    return re.sub(r"^(?:\d+|全国|国家|我国)+", "", bare(name))


def load_campaigns(*folders: Path) -> Campaigns:
    """Every pack of the folders; a pack of a later folder replaces one of the same id. Keys: rules/campaigns/ip-week.yaml.

    ``RuleError`` with file and line for an unknown key, a theme or fact without confidence, an id that stands twice.
    """
    found: dict[str, Campaign] = {}
    for folder in folders:
        here: set[str] = set()
        for path in sorted(folder.glob("*.yaml")):
            entry = load(path)
            campaign = _campaign(entry)
            if campaign.id in here:
                entry.fail(f"campaign {campaign.id!r} stands twice")
            here.add(campaign.id)
            found[campaign.id] = campaign
    return Campaigns(tuple(found.values()))


def _campaign(entry: Entry) -> Campaign:
    name = entry.take("name", str)
    own = entry.take("id", str)
    window = None
    if "window" in entry:
        child = entry.entry("window")
        window = Window(child.take("start", str), child.take("end", str), confidence(child))
        _sourced(child)
    month = None
    if "month" in entry:
        child = entry.entry("month")
        month = child.take("number", int)
        confidence(child)
        _sourced(child)
    others: dict[str, Mapping[int, Theme]] = {}
    if "other_themes" in entry:
        others = {whose: _themes(child) for whose, child in entry.entry("other_themes").children()}
    for child in entry.entries("slogans", ()):
        child.take("text", str)
        child.take("from", int)
        child.take("to", object, None)
        confidence(child)
        _sourced(child)
    entry.words("sources", ())
    severity = {code: str(value) for code, value in entry.mapping("severity", {}).items()}
    for code, value in severity.items():
        if value not in (*get_args(Severity), "off"):
            entry.fail(f"severity of {code} must be error, warning, info or off")
    campaign = Campaign(
        id=own,
        name=name,
        aliases=entry.words("aliases", ()),
        themes=_themes(entry.entry("themes")) if "themes" in entry else MappingProxyType({}),
        window=window,
        month=month,
        observances=_observances(entry, own),
        other_themes=MappingProxyType(others),
        severity=MappingProxyType(severity),
    )
    entry.done()
    return campaign


def _themes(entry: Entry) -> Mapping[int, Theme]:
    found: dict[int, Theme] = {}
    for year, child in entry.children():
        if not year.isdigit():
            child.fail(f"{year!r} is no year")
        found[int(year)] = Theme.of(
            int(year),
            child.take("text", str),
            confidence(child),
            child.take("start", str, None),
            child.take("end", str, None),
        )
        if "window_conf" in child:
            confidence(child, "window_conf")
        _sourced(child)
    return MappingProxyType(found)


def _observances(entry: Entry, campaign: str) -> tuple[Observance, ...]:
    """Days and counted names, brought together where they name the same."""
    days: dict[str, tuple[str, str, int | None]] = {}
    for child in entry.entries("days", ()):
        first = child.take("first_year", int, None)
        days[child.take("name", str)] = (child.take("date", str), confidence(child), first)
        _sourced(child)
    made: list[Observance] = []
    for child in entry.entries("ordinals", ()):
        phrase, base, sure = child.take("phrase", str), child.take("base", int), confidence(child)
        _sourced(child)
        day, day_sure, _ = next((days.pop(n) for n in list(days) if n.endswith(phrase)), (None, "M", None))
        made.append(Observance(phrase, base, sure, day, day_sure, campaign))
    for name, (date, sure, first_year) in days.items():
        made.append(Observance(name, first_year - 1 if first_year else None, sure, date, sure, campaign))
    return tuple(made)


def confidence(entry: Entry, key: str = "conf") -> str:
    """The confidence of a fact; a fact without one is refused."""
    value = entry.take(key, str)
    if value not in CONFIDENCES:
        entry.fail(f"{key!r} must be one of {', '.join(CONFIDENCES)}")
    return value


def _sourced(entry: Entry) -> None:
    entry.take("src", str, "")
    entry.take("note", str, "")
    entry.done()
