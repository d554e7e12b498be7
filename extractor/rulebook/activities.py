"""The taxonomy of activities (rules/activities.yaml): kinds with their cues, columns of schedule tables, words of places."""

import re
from pathlib import Path

from msgspec import Struct

from extractor.errors import RuleError
from extractor.patterns import compiled, lazy
from extractor.rulebook.source import load
from extractor.text import any_of, any_pattern

_NOTE = lazy(r"（.*?）|[：:]")
COLUMNS = ("number", "title", "time", "place", "units", "other")


class ActivityKind(Struct, frozen=True):
    """A kind of activity: its name, its English name, and what a title or text of it says."""

    name: str
    en: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    refused: re.Pattern[str] | None
    broad: bool


class ActivityRules(Struct, frozen=True):
    """Kinds in the order in which they win; header words of schedule tables; what places are found with.

    ``venue`` matches the end of a place's name, ``refused`` that of a stretch that is none; ``strong`` and ``weak`` match a
    verb behind a place, ``cut`` a word that ends the place before its verb. ``listed``: places inspected, as a list;
    ``online``: the net as a place.
    """

    kinds: tuple[ActivityKind, ...]
    default: str
    columns: dict[str, str]
    venue: re.Pattern[str]
    refused: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    cut: re.Pattern[str]
    listed: re.Pattern[str]
    online: re.Pattern[str]
    any_cue: re.Pattern[str]

    def kind(self, title: str, text: str = "") -> str:
        """The kind of an activity by its title; by its text when the title says nothing but what every text says."""
        general = self.default
        if self.any_cue.search(title):
            for kind in self.kinds:
                if kind.pattern.search(title) and not (kind.refused and kind.refused.search(title)):
                    if not kind.broad or kind.name not in ("宣传普及", "学习教育"):
                        return kind.name
                    general = kind.name
                    break
        for kind in self.kinds if text else ():
            if (
                not kind.broad
                and kind.pattern.search(text)
                and not (kind.refused and kind.refused.search(text))
            ):
                return kind.name
        return general

    def column(self, header: str) -> str:
        """The role of a header cell (read, without blanks): number title time place units other, or empty."""
        bare = _NOTE.sub("", header)
        if bare in self.columns or len(bare) <= 3 or len(bare) > 14:
            return self.columns.get(bare, "")
        return next(
            (role for word, role in self.columns.items() if len(word) > 1 and bare.endswith(word)), ""
        )


def load_activities(folder: Path) -> ActivityRules:
    """Read rules/activities.yaml. Unknown keys, cues that are no patterns and doubled header words are ``RuleError``s."""
    top = load(folder / "activities.yaml")
    broad = top.words("broad")
    kinds = []
    for entry in top.entries("kinds"):
        name, cues, taken_back = entry.take("name", str), entry.words("cues"), entry.words("not", ())
        try:
            pattern = compiled("|".join(cues))
            refused = compiled("|".join(taken_back)) if taken_back else None
        except re.error as error:
            raise RuleError(f"{entry.path}:{entry.line_of('cues')}: not a pattern: {error}") from error
        kinds.append(ActivityKind(name, entry.take("en", str), cues, pattern, refused, name in broad))
        entry.done()
    unknown = set(broad) - {kind.name for kind in kinds}
    if unknown:
        top.fail(f"broad: no kind {min(unknown)!r}")
    words: dict[str, str] = {}
    columns = top.entry("columns")
    for role in COLUMNS:
        for word in columns.words(role):
            if words.setdefault(word, role) != role:
                columns.fail(f"header {word!r} stands under {words[word]} and {role}")
    columns.done()
    rules = ActivityRules(
        kinds=tuple(kinds),
        default=top.take("default", str),
        columns=dict(sorted(words.items(), key=lambda pair: -len(pair[0]))),
        venue=_ending(top.words("venues")),
        refused=compiled(f"(?:{any_of(top.words('not_places'))})$"),
        strong=compiled(any_of(top.words("strong"))),
        weak=compiled(any_of(top.words("weak"))),
        cut=compiled(any_of(top.words("cuts"))),
        listed=_listed(top.words("targets")),
        online=compiled(rf"(?:{any_of(top.words('online'))})(?!(?:、|和|与|\+)?(?:线下|网下|以及))"),
        any_cue=compiled(any_pattern(cue for kind in kinds for cue in kind.cues)),
    )
    top.done()
    return rules


def _listed(words: tuple[str, ...]) -> re.Pattern[str]:
    """商场、超市、农贸市场等环节: at least two members, or one with 等, behind a verb of looking."""
    target = rf"[^，。；：、“”（）\n]{{0,12}}?(?:{any_of(words)})"
    member = r"(?:(?!开展|进行|组织|销售|实施|加大|深入)[^、，。；：“”（）\n等]){2,10}"
    return compiled(
        rf"(?:聚焦|对|围绕|检查|巡查|走访|重点检查|紧盯|突出)(?P<place>{target}(?:(?:、{member})+(?:等(?:重点)?"
        rf"(?:环节|场所|区域|地区|领域|部位|地)?)?|等(?:重点)?(?:环节|场所|区域|地区|领域|部位|地)?))"
    )


def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    """A place's end: a word, or a one-character word behind two characters, then 内 上 等 …"""
    long = tuple(word for word in words if len(word) > 1)
    short = "".join(word for word in words if len(word) == 1)
    return compiled(
        rf"(?:{any_of(long)}|(?<=[㐀-鿿A-Za-z\d]{{2}})[{short}])(?:\d{{1,4}}号?楼?\d{{0,4}}室?)?(?:内|上|前|里|门口|门前|附近|周边|一带|等地?|范围内|、)*$"
    )
