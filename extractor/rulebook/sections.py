"""The canonical kinds of sections and the headings that stand for them (rules/sections.yaml)."""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from extractor.patterns import compiled, lazy
from extractor.rulebook.source import Entry, load

OTHER = "其他"
HELD = "活动安排"
_OBJECT = lazy(r"(?!领导|实施|保障|发动|协调|引导)[^，、；。]{3,}")
# Searched in an item, which takes long; the other patterns are matched from its beginning.
_ANYWHERE = frozenset({"stage", "held"})


class Move(Struct, frozen=True):
    """A section of kind ``before`` whose items (``least`` or more) are of the kinds ``of`` (``share`` percent) is of kind ``to``."""

    before: frozenset[str]
    to: str
    of: frozenset[str]
    share: int
    never: frozenset[str]
    least: int = 2


class Contents(Struct, frozen=True):
    """What the items of a section say of its kind. ``items``: name → pattern."""

    items: dict[str, re.Pattern[str]]
    moves: tuple[Move, ...]

    def kind(self, kind: str, items: Sequence[str]) -> str:
        """The kind of a section of ``kind`` by its items' read words, without their ordinals."""
        moves = [move for move in self.moves if kind in move.before and len(items) >= move.least]
        if not moves:
            return kind
        for move in moves:
            allowed = len(items) * (100 - move.share) // 100  # items that may be something else
            cheap = _ANYWHERE.isdisjoint(move.never)
            if cheap and self._some(move.never, items):
                continue
            if self._most(move.of, items, allowed) and (cheap or not self._some(move.never, items)):
                return move.to
        return kind

    def _some(self, names: frozenset[str], items: Sequence[str]) -> bool:
        """Whether any item is of one of the kinds ``names``."""
        return any(self._fits(name, item) for item in items for name in names)

    def _most(self, names: frozenset[str], items: Sequence[str], allowed: int) -> bool:
        """Whether all but ``allowed`` items are of one of the kinds ``names``."""
        for item in items:
            if not any(self._fits(name, item) for name in names):
                allowed -= 1
                if allowed < 0:
                    return False
        return True

    def _fits(self, name: str, item: str) -> bool:
        pattern = self.items[name]
        return bool(pattern.search(item) if name in _ANYWHERE else pattern.match(item))


class SectionRules(Struct, frozen=True):
    """``names``: heading → kind; the patterns are compiled once. Headings come as read, without ordinal."""

    names: dict[str, str]
    contains: tuple[tuple[str, str], ...]
    verbs: tuple[tuple[str, str], ...]
    late_verbs: tuple[tuple[str, str], ...]
    main: tuple[str, ...]
    adverb: re.Pattern[str]
    event: re.Pattern[str]
    others: re.Pattern[str]
    tail: re.Pattern[str]
    head: re.Pattern[str]
    begin: re.Pattern[str]
    prefix: re.Pattern[str]
    contents: Contents

    def kind(self, heading: str) -> str:
        """The canonical kind of a heading, ``其他`` when nothing fits."""
        return self.kinds(heading)[0]

    def kinds(self, heading: str) -> tuple[str, ...]:
        """Every kind a (combined) heading names, the main one first."""
        bare = heading.strip("：。，；“”")
        whole = self.exact(bare)
        if whole:
            return (whole,)
        parts = [part for part in re.split(r"[、和及与]|以及", bare) if part]
        if len(parts) > 1:
            found = list(dict.fromkeys(kind for part in parts if (kind := self.exact(part))))
            if found:
                return self._ordered(found)
        if self.others.search(bare):
            return (OTHER,)
        match = self.tail.search(bare)
        if match:
            return (self.names[match.group()],)
        if event := self._held(bare):
            return (event,)
        for verb, kind in self.verbs:
            if bare.startswith(verb):
                return (kind,)
        if self.event.search(bare):
            return (HELD,)
        for word, kind in self.contains:
            if word in bare:
                return (kind,)
        for verb, kind in self.late_verbs:
            if bare.startswith(verb):
                return (kind,)
        begun = self.beginning(bare)  # a heading the text's end cut off within its last word
        return (self.names[begun],) if begun and len(begun) == len(bare) - 1 else (OTHER,)

    def _held(self, heading: str) -> str:
        """The kind of an event a verb behind an adverb names (切实组织好…), or nothing."""
        adverb = self.adverb.match(heading)
        rest = heading[adverb.end() :] if adverb else ""
        verbs = (verb for verb, kind in self.verbs if kind == HELD and rest.startswith(verb))
        verb = next(verbs, "")
        return HELD if verb and _OBJECT.match(rest, len(verb)) else ""

    def _ordered(self, found: list[str]) -> tuple[str, ...]:
        """The kinds of a combined heading: the weightiest of ``main`` first, the others as they stand."""
        best = next((kind for kind in self.main if kind in found), found[0])
        return (best, *(kind for kind in found if kind != best))

    def beginning(self, text: str) -> str:
        """The longest heading name of four or more characters that ``text`` begins with, or nothing."""
        match = self.begin.match(text)
        return match.group() if match else ""

    def named(self, heading: str) -> bool:
        """Whether the heading is or ends with a section's name (and is not only guessed from its words)."""
        return bool(self.exact(heading) or self.tail.search(heading))

    def exact(self, heading: str) -> str | None:
        """The kind whose name the heading is, campaign words in front of it disregarded."""
        if heading in self.names:
            return self.names[heading]
        bare = self.prefix.sub("", heading)
        return self.names.get(bare)

    def leading_kind(self, title: str) -> str | None:
        """The kind whose name a short title is or begins with (时间, 时间段): for second-level items."""
        return self.exact(title) or next(
            (self.names[title[:n]] for n in (4, 3, 2) if title[:n] in self.names), None
        )

    def leading(self, text: str) -> str | None:
        """The longest heading name ``text`` begins with when a value or its end follows it."""
        match = self.head.match(text)
        return match.group(1) if match else None


def load_sections(folder: Path) -> SectionRules:
    """Read rules/sections.yaml. A name under two kinds is an error naming file and line."""
    top = load(folder / "sections.yaml")
    names: dict[str, str] = {}
    contains: list[tuple[str, str]] = []
    for kind, entry in top.entry("kinds").children():
        for name in entry.words("names"):
            if names.setdefault(name, kind) != kind:
                entry.fail(f"heading {name!r} stands under {names[name]} and {kind}")
        contains += [(word, kind) for word in entry.words("contains", ())]
        entry.done()
    verbs = [(word, kind) for kind, words in top.entry("verbs").items() for word in words]
    late = [(word, kind) for kind, words in top.entry("late_verbs").items() for word in words]
    adverbs, events, others = (
        "|".join(map(re.escape, top.words(key))) for key in ("adverbs", "events", "others")
    )
    main = top.words("main")
    contents = _contents(top.entry("contents"), {OTHER, *names.values()})
    prefixes = sorted(top.words("prefixes"), key=len, reverse=True)
    top.done()
    longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    long_only = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) >= 4)
    return SectionRules(
        names=names,
        contains=tuple(contains),
        verbs=tuple(sorted(verbs, key=lambda pair: -len(pair[0]))),
        late_verbs=tuple(late),
        main=main,
        adverb=compiled(f"(?:{adverbs})"),
        event=compiled(f"(?:{events})$"),
        others=compiled(f"^(?:{others})|(?:{others})$"),
        tail=compiled(f"(?:{long_only})$"),
        head=compiled(f"((?:{longest}))(?=[：。]|$)"),
        begin=compiled(f"(?:{long_only})"),
        prefix=compiled(rf"^(?:\d{{4}}年(?:度)?|{'|'.join(map(re.escape, prefixes))})+"),
        contents=contents,
    )


def _contents(entry: Entry, kinds: set[str]) -> Contents:
    items: dict[str, re.Pattern[str]] = {}
    for name, pattern in entry.entry("items").items():
        try:
            items[name] = compiled(str(pattern))
        except re.error as error:
            entry.fail(f"not a regular expression: {error}")
    moves = []
    for one in entry.entries("moves"):
        of, never = frozenset(one.words("of")), frozenset(one.words("not", ()))
        if unknown := (of | never) - items.keys():
            one.fail(f"no such kind of item: {', '.join(sorted(unknown))}")
        before, to = frozenset(one.words("from")), one.take("to", str)
        if strange := {to, *before} - kinds:
            one.fail(f"no such kind of section: {', '.join(sorted(strange))}")
        moves.append(Move(before, to, of, one.take("share", int), never, int(one.take("least", int, 2))))
        one.done()
    entry.done()
    return Contents(items, tuple(moves))
