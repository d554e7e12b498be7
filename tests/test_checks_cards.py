"""Every card is proved by its own examples, through the whole pipeline; and switched off, it finds nothing."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from extractor.checks import KINDS, deck
from extractor.checks.case import Case
from extractor.checks.engine import ready, run
from extractor.checks.fault import Fault, Kind
from extractor.checks.manual import index, manual, search
from extractor.errors import RuleError
from extractor.model import Finding
from extractor.pipeline import companion
from extractor.rulebook import load_rulebook
from extractor.rulebook.cards import Card, Example, load_cards
from extractor.settings import Settings

RULES = load_rulebook()
FLAGS = [
    pytest.param(card, e, id=f"{card.code}:{e.line}") for card in RULES.cards.values() for e in card.flags
]
PASSES = [
    pytest.param(card, e, id=f"{card.code}:{e.line}") for card in RULES.cards.values() for e in card.passes
]


@cache
def read(text: str, name: str = "example.txt") -> Case:
    return companion(text.encode(), name, RULES, Settings())


def case_of(example: Example) -> Case:
    superior = read(example.superior, "superior.txt") if example.superior else None
    previous = read(example.previous, "previous.txt") if example.previous else None
    return replace(read(example.text), superior=superior, previous=previous)


def findings(example: Example, code: str, kinds: dict[str, Kind] = KINDS, lang: str = "zh") -> list[Finding]:
    settings = Settings(select=(code,), lang=lang)
    return [f for f in run(case_of(example), deck(RULES.cards), kinds, settings) if f.code == code]


def stands_on(finding: Finding, quote: str) -> bool:
    plain, wanted = "".join(finding.quote.split()), "".join(quote.split())
    return not wanted or wanted in plain or plain in wanted


def nothing(case: Case, card: Card) -> Iterator[Fault]:
    del case, card
    yield from ()


@pytest.mark.parametrize(("card", "example"), FLAGS)
def test_flags(card: Card, example: Example) -> None:
    found = findings(example, card.code)
    assert any(stands_on(finding, example.quote) for finding in found), [(f.quote, f.message) for f in found]
    for finding in found:
        assert finding.quote == case_of(example).text[finding.span.start : finding.span.end]
        assert "{" not in finding.message + finding.suggestion
        against = KINDS[card.kind].against
        assert {other.path for other in finding.elsewhere} == ({f"{against}.txt"} if against else set())


@pytest.mark.parametrize(("card", "example"), FLAGS)
def test_red_when_switched_off(card: Card, example: Example) -> None:
    off = {**KINDS, card.kind: replace(KINDS[card.kind], find=nothing)}
    assert findings(example, card.code)
    assert not findings(example, card.code, off)


@pytest.mark.parametrize(("card", "example"), PASSES)
def test_passes(card: Card, example: Example) -> None:
    assert [(f.quote, f.message) for f in findings(example, card.code)] == []


@pytest.mark.parametrize("card", RULES.cards.values(), ids=lambda card: card.code)
def test_card_is_complete(card: Card) -> None:
    assert card.why
    assert card.guards
    assert card.wording.message_en, "a card speaks English too"
    assert manual(card) != manual(card, "en")


@pytest.mark.parametrize("card", RULES.cards.values(), ids=lambda card: card.code)
def test_every_wording_is_tried(card: Card) -> None:
    """Each variant of a card is told by one of its examples: no template stands untested."""
    told: set[str] = set()
    for example in card.flags:
        told |= {
            fault.variant for fault in KINDS[card.kind].find(case_of(example), deck(RULES.cards)[card.code])
        }
    assert told == {"", *card.variants}


@pytest.mark.parametrize(("card", "example"), FLAGS)
def test_english_messages_fill(card: Card, example: Example) -> None:
    for finding in findings(example, card.code, lang="en"):
        assert "{" not in finding.message


@pytest.mark.parametrize(
    "card", [c for c in RULES.cards.values() if c.fix == "safe"], ids=lambda card: card.code
)
def test_safe_fixes_mend(card: Card) -> None:
    """After a safe fix its finding is gone and no new one of the same check appears."""
    tried = 0
    for example in card.flags:
        text = case_of(example).text
        found = findings(example, card.code)
        for fix in [f.fix for f in found if f.fix and f.fix.safe][:1]:
            mended = text[: fix.span.start] + fix.text + text[fix.span.end :]
            left = findings(replace(example, text=mended), card.code)
            assert len(left) < len(found), (example.text, [(f.quote, f.message) for f in left])
            tried += 1
    assert tried, "no example of a safe card offers its fix"


def test_every_kind_has_a_card() -> None:
    assert {card.kind for card in RULES.cards.values()} == set(KINDS)


def test_index_and_search() -> None:
    lines = index(RULES.cards).splitlines()
    assert {line.split()[0].rstrip("*+") for line in lines if line.startswith("  ")} == set(RULES.cards)
    assert lines[0] == "D  日期"
    assert [card.code for card in search(RULES.cards, "deadline-year")] == ["D01"]


_CARD = """code: Z01
name: own-check
title: 自己的检查
severity: info
kind: {kind}
{more}
message: 有误
why: 惯例
examples:
  flags: [{{text: 一}}]
  passes: [{{text: 二}}]
"""


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("deadline_year", "colour: red", "unknown key 'colour'"),
        ("no_such_kind", "fix: none", "unknown kind 'no_such_kind'"),
        ("deadline_year", "params: {days: 3}", "has no parameter 'days'"),
        ("print_before_issue", "params: {late_days: soon}", "must be int"),
        ("deadline_year", "fix: always", "'fix' must be one of"),
        ("deadline_year", "profiles: [night]", "unknown profile 'night'"),
    ],
)
def test_a_wrong_card_is_refused_with_its_line(tmp_path: Path, kind: str, more: str, told: str) -> None:
    path = tmp_path / "Z01-own-check.yaml"
    path.write_text(_CARD.format(kind=kind, more=more), encoding="utf-8")
    with pytest.raises(RuleError, match=told) as raised:
        ready(load_cards(tmp_path), KINDS)
    assert str(raised.value).startswith(f"{path}:")


def test_a_card_of_a_later_folder_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "Z01-own-check.yaml"
    path.write_text(_CARD.format(kind="deadline_year", more="rank: 5"), encoding="utf-8")
    assert load_cards(RULES.folder / "checks", tmp_path)["Z01"].rank == 5
