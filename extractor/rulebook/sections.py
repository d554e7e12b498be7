"""The canonical kinds of sections and the headings that stand for them (rules/sections.yaml)."""

import re
from pathlib import Path

from msgspec import Struct

from extractor.patterns import compiled
from extractor.rulebook.source import load

OTHER = "其他"


class SectionRules(Struct, frozen=True):
    """``names``: heading → kind; the patterns are compiled once. Headings come as read, without ordinal."""

    names: dict[str, str]
    contains: tuple[tuple[str, str], ...]
    verbs: tuple[tuple[str, str], ...]
    main: tuple[str, ...]
    tail: re.Pattern[str]
    head: re.Pattern[str]
    begin: re.Pattern[str]
    prefix: re.Pattern[str]

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
        match = self.tail.search(bare)
        if match:
            return (self.names[match.group()],)
        for verb, kind in self.verbs:
            if bare.startswith(verb):
                return (kind,)
        for word, kind in self.contains:
            if word in bare:
                return (kind,)
        return (OTHER,)

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
    main = top.words("main")
    prefixes = sorted(top.words("prefixes"), key=len, reverse=True)
    top.done()
    longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    long_only = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) >= 4)
    return SectionRules(
        names=names,
        contains=tuple(contains),
        verbs=tuple(sorted(verbs, key=lambda pair: -len(pair[0]))),
        main=main,
        tail=compiled(f"(?:{long_only})$"),
        head=compiled(f"((?:{longest}))(?=[：。]|$)"),
        begin=compiled(f"(?:{long_only})"),
        prefix=compiled(rf"^(?:\d{{4}}年(?:度)?|{'|'.join(map(re.escape, prefixes))})+"),
    )
