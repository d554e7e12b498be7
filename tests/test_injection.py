"""Defect injection: what is put in is found, and by the check it is meant for."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from extractor.errors import UsageError
from extractor.injection import (
    WAYS,
    Damage,
    Edit,
    Scene,
    Way,
    chosen,
    false_alarms,
    load_scenes,
    trials,
    tried,
)
from extractor.injection.damage import applied
from extractor.injection.report import by_code, table
from extractor.model import Span
from extractor.rulebook import load_rulebook
from extractor.rulebook.cards import Cards
from extractor.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus" / "notices"
RULES = load_rulebook()
SEED = 7
NOTICES_A_WAY = 2
OFF = Settings(ignore=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@cache
def scenes() -> tuple[Scene, ...]:
    return load_scenes(CORPUS, RULES)


@cache
def sample(code: str) -> tuple[tuple[Scene, Way, int], ...]:
    """For every way of a check two notices that offer a place for it, drawn by the seed."""
    found = []
    for way in WAYS[code]:
        order = Random(f"{SEED}/{way.code}/{way.name}").sample(scenes(), len(scenes()))
        fits = (scene for scene in order if way.inject(scene, Random(SEED)) is not None)
        found += [(scene, way, SEED) for scene, _ in zip(fits, range(NOTICES_A_WAY), strict=False)]
    return tuple(found)


def found(scene: Scene, way: Way, seed: int, settings: Settings) -> bool:
    injected = way.inject(scene, Random(seed))
    assert injected
    return tried(scene, way, *injected, settings).found


def test_every_check_of_one_document_has_two_ways() -> None:
    """Cards without injections are those that compare with another document or look at waivers."""
    assert {code: len(ways) for code, ways in WAYS.items() if len(ways) < 2} == {}
    assert {code for code in RULES.cards if code not in WAYS and code[0] in "DTNUCAFPW"} == set()
    assert set(WAYS) <= set(RULES.cards)


@pytest.mark.parametrize("code", WAYS)
def test_injections_are_found(code: str) -> None:
    rows = sample(code)
    assert rows, "no clean notice offers a place"
    missed = [(scene.name, way.name) for scene, way, seed in rows if not found(scene, way, seed, Settings())]
    assert missed == []


@pytest.mark.parametrize("code", WAYS)
def test_a_card_switched_off_loses_its_injections(code: str) -> None:
    """Without the card (and the others that are right to tell the same) nothing of it is found: the test would be red."""
    for scene, way, seed in sample(code):
        injected = way.inject(scene, Random(seed))
        assert injected
        text, expected = injected
        off = Settings(ignore=expected.codes)
        assert not tried(scene, way, text, expected, off).found
        own = replace(expected, codes=(code,))
        without = tried(scene, way, text, own, Settings(ignore=(code,)))
        assert not without.found


def test_an_empty_deck_scores_nothing() -> None:
    """No cards at all: the score is 0 though every injection is made."""
    done = []
    for scene in scenes()[:4]:
        bare = Scene(scene.notice, replace(RULES, cards=Cards({})))
        done += list(trials((bare,), [ways[0] for ways in WAYS.values()], seed=SEED))
    assert len(done) > 100
    assert not any(trial.found for trial in done)


def test_everything_ignored_scores_nothing() -> None:
    done = list(trials(scenes()[4:7], [ways[0] for ways in WAYS.values()], seed=SEED, settings=OFF))
    assert len(done) > 100
    assert sum(trial.found for trial in done) == 0


def test_no_false_alarm_on_clean_notices() -> None:
    assert len(scenes()) >= 25
    assert [(name, f.code, f.quote) for name, f in false_alarms(scenes())] == []


def test_same_seed_same_damage() -> None:
    ways = chosen(["D01", "P"])
    first, again = (list(trials(scenes()[:3], ways, seed=3)) for _ in range(2))
    assert first == again
    other = list(trials(scenes()[:3], ways, seed=4))
    assert [trial.damage for trial in other] != [trial.damage for trial in first]


def test_places_of_damage() -> None:
    """Marked words are the damage, quiet edits are none, words that become wrong move along."""
    damage = Damage((Edit(0, 0, "甲", quiet=True), Edit(2, 3, "丙⟦丁⟧戊")), (), (Span(4, 5),))
    text, expected = applied("一二三四五", damage, "Z01")
    assert text == "甲一二丙丁戊四五"
    assert [text[span.start : span.end] for span in expected.spans] == ["丁", "五"]
    assert expected.codes == ("Z01",)


def test_a_hole_is_touched_by_its_neighbours() -> None:
    text, expected = applied("一二三四五", Damage((Edit(2, 3, ""),)), "Z01")
    assert text == "一二四五"
    assert expected.touched(Span(1, 2))
    assert expected.touched(Span(2, 3))
    assert not expected.touched(Span(3, 4))


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        applied("一二三四五", Damage((Edit(0, 3, "甲"), Edit(2, 4, "乙"))), "Z01")


def test_unknown_code_and_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        chosen(["Z99"])
    with pytest.raises(UsageError):
        load_scenes(tmp_path, RULES)


def test_table_names_checks_never_tried() -> None:
    assert by_code([], ["D01"])["D01"].recall is None
    assert "–" in table([], ["D01"])
