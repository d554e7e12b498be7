"""The cards of the checks: ``rules/checks/<CODE>-<name>.yaml`` as frozen values.

A card says what a finding is called, how grave it is, in which words it is told, why it is a fault and by which
examples it is proved. The code that decides is a *kind* in ``extractor.checks``; a card names it and gives its params.
"""

import string
from collections.abc import Iterator, Mapping, ValuesView
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from msgspec import Struct, field

from extractor.errors import RuleError
from extractor.model import Severity
from extractor.patterns import lazy
from extractor.rulebook.source import Entry, load

PROFILES = ("draft", "archive", "compare")
FIXES = ("none", "suggest", "safe")
SEVERITIES: tuple[str, ...] = get_args(Severity)
FAMILIES = {
    "D": ("日期", "dates"),
    "T": ("主题和事实", "themes and facts"),
    "N": ("序号和结构", "numbering and structure"),
    "U": ("单位", "bodies"),
    "C": ("联系方式", "contacts"),
    "A": ("附件和引用", "attachments and citations"),
    "F": ("公文格式", "format of a letter"),
    "P": ("标点和数字用法", "punctuation"),
    "W": ("字词", "words"),
    "R": ("对照上级通知（--reference）", "against the superior's notice (--reference)"),
    "L": ("对照上年通知（--previous）", "against last year's notice (--previous)"),
    "Q": ("豁免", "waivers"),
}
"""What the first letter of a code stands for, in Chinese and English. Cards of an office's own may begin with others."""
_TEXTS = ("text", "superior", "previous")
_CODE = lazy(r"[A-Z]{1,3}\d{2,3}")


class Example(Struct, frozen=True):
    """A short notice. ``quote``: words of it the finding must stand on (empty: anywhere). ``line``: in the card.

    ``superior``, ``previous``: the notice it is held against, for a check that needs one.
    """

    text: str
    quote: str = ""
    line: int = 0
    superior: str = ""
    previous: str = ""


class Wording(Struct, frozen=True):
    """How one situation of a check is told. Empty ``message_en`` falls back to Chinese; no severity: the card's."""

    message: str
    message_en: str = ""
    suggestion: str = ""
    severity: Severity | None = None


class Card(Struct, frozen=True, eq=False):
    """One check, compared by identity. ``variants`` are further situations of the same check, by the name its kind gives them."""

    code: str
    name: str
    title: str
    severity: Severity
    kind: str
    why: str
    wording: Wording
    rank: int = 999
    fix: str = "none"
    profiles: tuple[str, ...] = PROFILES
    guards: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    variants: Mapping[str, Wording] = field(default_factory=dict)
    yields_to: tuple[str, ...] = ()
    flags: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    path: str = ""
    kind_line: int = 0
    params_line: int = 0

    def worded(self, variant: str) -> Wording:
        return self.variants[variant] if variant else self.wording

    def refuse(self, message: str, line: int = 0) -> RuleError:
        """The error of a card that cannot be run, with its file and line."""
        return RuleError(f"{self.path}:{line or self.kind_line}: {message}")


class Cards(Mapping[str, Card]):
    """The cards by code, in order of rank. Compared by identity, so that what is made from them can be kept."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._cards = dict(sorted(cards.items(), key=lambda item: (item[1].rank, item[0])))

    def __getitem__(self, code: str) -> Card:
        return self._cards[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cards)

    def __len__(self) -> int:
        return len(self._cards)

    def values(self) -> ValuesView[Card]:
        return self._cards.values()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def load_cards(*folders: Path) -> Cards:
    """Every card of the folders by code, in order of rank; a card of a later folder replaces one of the same code.

    ``RuleError`` with file and line for an unknown key, a wrong type, a code that stands twice in one folder, or a
    file name that does not begin with its card's code.
    """
    found: dict[str, Card] = {}
    for folder in folders:
        here: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")):
            card = _card(load(path))
            if card.code in here:
                raise RuleError(f"{path}:1: code {card.code!r} stands already in {here[card.code]}")
            here[card.code] = path.name
            found[card.code] = card
    return Cards(found)


def _card(entry: Entry) -> Card:
    code = entry.take("code", str)
    if not _CODE.fullmatch(code):
        entry.fail(f"code {code!r} must be capital letters and two or three digits")
    if not entry.path.name.startswith(f"{code}-"):
        entry.fail(f"the file of card {code} must be called {code}-<name>.yaml")
    examples = entry.entry("examples")
    card = Card(
        code=code,
        name=entry.take("name", str),
        title=entry.take("title", str),
        severity=_severity(entry, "severity"),
        kind=entry.take("kind", str),
        why=entry.take("why", str),
        wording=_wording(entry, False),
        rank=entry.take("rank", int, 999),
        fix=_one_of(entry, "fix", FIXES, "none"),
        profiles=_profiles(entry),
        guards=entry.words("guards", ()),
        params=MappingProxyType(entry.mapping("params", {})),
        variants=_variants(entry),
        yields_to=entry.words("yields_to", ()),
        flags=_examples(examples, "flags"),
        passes=_examples(examples, "passes"),
        path=str(entry.path),
        kind_line=entry.line_of("kind"),
        params_line=entry.line_of("params") if "params" in entry else entry.line,
    )
    examples.done()
    entry.done()
    return card


def _wording(entry: Entry, variant: bool) -> Wording:
    wording = Wording(
        message=entry.take("message", str),
        message_en=entry.take("message_en", str, ""),
        suggestion=entry.take("suggestion", str, ""),
        severity=_severity(entry, "severity") if variant and "severity" in entry else None,
    )
    for key, template in (("message", wording.message), ("message_en", wording.message_en)):
        try:
            list(string.Formatter().parse(template))
        except ValueError as error:
            raise RuleError(f"{entry.path}:{entry.line_of(key)}: {key} is no template: {error}") from error
    return wording


def _variants(entry: Entry) -> Mapping[str, Wording]:
    if "variants" not in entry:
        return MappingProxyType({})
    made: dict[str, Wording] = {}
    for name, child in entry.entry("variants").children():
        made[name] = _wording(child, True)
        child.done()
    return MappingProxyType(made)


def _severity(entry: Entry, key: str) -> Severity:
    return cast("Severity", _one_of(entry, key, SEVERITIES, None))


def _one_of(entry: Entry, key: str, allowed: tuple[str, ...], default: str | None) -> str:
    value = entry.take(key, str) if default is None else entry.take(key, str, default)
    if value not in allowed:
        raise RuleError(f"{entry.path}:{entry.line_of(key)}: {key!r} must be one of {', '.join(allowed)}")
    return value


def _profiles(entry: Entry) -> tuple[str, ...]:
    named = entry.words("profiles", PROFILES)
    wrong = [name for name in named if name not in PROFILES]
    if wrong:
        raise RuleError(f"{entry.path}:{entry.line_of('profiles')}: unknown profile {wrong[0]!r}")
    return named


def _examples(entry: Entry, key: str) -> tuple[Example, ...]:
    made: list[Example] = []
    for child in entry.entries(key):
        text, superior, previous = (child.take(key, str, "").strip("\n") for key in _TEXTS)
        if not text:
            child.fail("key 'text' is missing")
        made.append(Example(text, child.take("quote", str, ""), child.line, superior, previous))
        child.done()
    if not made:
        entry.fail(f"{key!r} must hold at least one example")
    return tuple(made)
