"""The engine: which cards run, how grave a finding is, one finding for one root cause, where it stands."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from extractor.checks.case import Case
from extractor.checks.engine import run, selected
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.errors import RuleError
from extractor.model import Span
from extractor.pipeline import outline, process
from extractor.readers import read_document
from extractor.rulebook import Rulebook
from extractor.rulebook.campaigns import Campaigns
from extractor.rulebook.cards import Card, Cards, Wording
from extractor.schema import Fields, Notice, Tables
from extractor.settings import Settings

TEXT = "关于开展演练的通知\n各单位：\n请于4月31日前报送。\n"


def card(code: str, **changes: object) -> Card:
    made = Card(
        code=code,
        name="a-check",
        title="检查",
        severity="error",
        kind="all",
        why="逻辑",
        wording=Wording("有误：{quote}", "wrong: {quote}", "改为{better}。"),
        variants={"mild": Wording("轻：{quote}", severity="info")},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def kind(*faults: Fault) -> dict[str, Kind]:
    def find(case: Case, card: Card) -> Iterator[Fault]:
        yield from faults

    return {"all": Kind(find)}


@pytest.fixture
def case(rulebook: Rulebook) -> Case:
    manuscript = outline(read_document(TEXT.encode(), "a.txt", Settings()), rulebook)
    return Case(manuscript, (), Tables(Fields(campaign="ip-week")), rulebook)


FAULT = Fault(Span(17, 22))


def cards(*made: Card) -> Cards:
    return Cards({one.code: one for one in made})


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (Settings(), ["D01", "D02", "P01"]),
        (Settings(select=("D",)), ["D01", "D02"]),
        (Settings(select=("D", "P01"), ignore=("D02",)), ["D01", "P01"]),
        (Settings(ignore=("D",)), ["P01"]),
        (Settings(profile="archive"), ["D01", "D02"]),
        (Settings(profile="archive", select=("P01",)), ["P01"]),
    ],
)
def test_selection(settings: Settings, codes: list[str]) -> None:
    deck = [card("D01"), card("D02"), card("P01", profiles=("draft",))]
    assert [one.code for one in selected(deck, settings)] == codes


@pytest.mark.parametrize(
    ("fault", "switch", "severity"),
    [
        (FAULT, "", "error"),
        (FAULT, "warning", "warning"),
        (replace(FAULT, variant="mild"), "", "info"),
        (replace(FAULT, variant="mild"), "error", "info"),
        (replace(FAULT, severity="warning"), "", "warning"),
        (replace(FAULT, confidence="V*"), "", "warning"),
        (replace(FAULT, confidence="M"), "", "info"),
        (replace(FAULT, confidence="M"), "error", "info"),
    ],
)
def test_severity(case: Case, fault: Fault, switch: str, severity: str) -> None:
    settings = Settings(severity={"D01": switch} if switch else {})
    assert [f.severity for f in run(case, cards(card("D01")), kind(fault), settings)] == [severity]


def test_a_check_switched_off_in_the_settings_or_by_the_campaign(case: Case) -> None:
    assert not run(case, cards(card("D01")), kind(FAULT), Settings(severity={"D01": "off"}))
    assert case.campaign
    packs = Campaigns((replace(case.campaign, severity={"D01": "off", "D02": "info"}),))
    switched = replace(case, rulebook=replace(case.rulebook, campaigns=packs))
    assert [
        (f.code, f.severity) for f in run(switched, cards(card("D01"), card("D02")), kind(FAULT), Settings())
    ] == [("D02", "info")]


def test_one_root_cause_is_told_once_by_the_card_of_the_first_rank(case: Case) -> None:
    same = replace(FAULT, root="gap:3")
    elsewhere = replace(same, span=Span(0, 2))
    deck = cards(card("N02", rank=2), card("N01", rank=1))
    assert [f.code for f in run(case, deck, kind(same, elsewhere), Settings())] == ["N01"]


def test_a_card_yields_to_another_on_the_same_words(case: Case) -> None:
    deck = cards(card("P01", rank=1, yields_to=("N03",)), card("N03", rank=2))
    assert [f.code for f in run(case, deck, kind(FAULT), Settings())] == ["N03"]
    assert [f.code for f in run(case, deck, kind(FAULT), Settings(ignore=("N03",)))] == ["P01"]


def test_a_card_yields_to_another_on_what_it_compares_with(case: Case) -> None:
    """A meeting held against an issue date that is wrong itself: only the date is told."""
    held = {"held": kind(Fault(Span(0, 4), others=(Other(Span(17, 22)),)))["all"]}
    deck = cards(card("T04", rank=1, kind="held", yields_to=("D02",)), card("D02", rank=2))
    assert [f.code for f in run(case, deck, kind(FAULT) | held, Settings())] == ["D02"]
    elsewhere = replace(FAULT, span=Span(23, 25))
    assert [f.code for f in run(case, deck, kind(elsewhere) | held, Settings())] == ["T04", "D02"]


def test_a_finding_shows_its_place_its_words_and_the_other_side(case: Case) -> None:
    fault = replace(FAULT, others=(Other(Span(0, 4), "标题"),), values={"better": "4月30日"})
    (found,) = run(case, cards(card("D01")), kind(fault), Settings())
    assert (found.quote, found.line, found.column) == ("4月31日", 3, 3)
    assert found.message == "有误：4月31日"
    assert found.suggestion == "改为4月30日。"
    assert [(other.quote, other.note, other.line) for other in found.related] == [("关于开展", "标题", 1)]


def test_a_suggestion_without_its_value_is_not_told(case: Case) -> None:
    (found,) = run(case, cards(card("D01")), kind(replace(FAULT, values={"better": ""})), Settings(lang="en"))
    assert (found.message, found.suggestion) == ("wrong: 4月31日", "")


@pytest.mark.parametrize(
    ("fix", "safe", "expected"),
    [("none", True, None), ("suggest", True, False), ("safe", True, True), ("safe", False, False)],
)
def test_fixes_are_as_safe_as_card_and_fault_say(
    case: Case, fix: str, safe: bool, expected: bool | None
) -> None:
    fault = replace(FAULT, change=Change(Span(19, 21), "30", safe))
    (found,) = run(case, cards(card("D01", fix=fix)), kind(fault), Settings())
    assert (found.fix.safe if found.fix else None) is expected


def test_findings_stand_in_the_order_of_the_text(case: Case) -> None:
    deck = cards(card("D01"), card("D02", severity="warning"))
    faults = kind(FAULT, replace(FAULT, span=Span(0, 2)))
    assert [(f.span.start, f.code) for f in run(case, deck, faults, Settings())] == [
        (0, "D01"),
        (0, "D02"),
        (17, "D01"),
        (17, "D02"),
    ]


def test_a_message_that_names_what_its_kind_does_not_give_is_refused_with_the_card(case: Case) -> None:
    wrong = card("D01", wording=Wording("见{nothing}"), path="rules/D01-a.yaml", kind_line=5)
    with pytest.raises(
        RuleError, match=r"rules/D01-a\.yaml:5: card D01: kind 'all' gives no value 'nothing'"
    ):
        run(case, cards(wrong), kind(FAULT), Settings())


@pytest.mark.parametrize(
    ("code", "text", "severities"),
    [
        ("W04", "各单位要利用知识产权周开展宣传，报送知识产权宣传周总结。知识产权宣传周要有声势，知识产权宣传周要有实效。", ["warning"]),
        ("W04", "各单位要利用知识产权周开展宣传，知识产权周里报送知识产权宣传周总结。知识产权宣传周要有声势，知识产权宣传周要有实效。", ["info", "info"]),
        ("A07", "现将《2031年青禾县4.26宣传方案》印发给你们。\n青禾县知识产权局\n2031年4月3日\n2031年青禾县4·26宣传方案\n", ["info"]),
        ("A07", "现将《2031年青禾县5.26宣传方案》印发给你们。\n青禾县知识产权局\n2031年4月3日\n2031年青禾县4·26宣传方案\n", ["error"]),
        ("A05", "现将省林业厅《关于开展爱鸟周活动的通知》转发给你们。学习《青河省林业厅关于开展爱鸟周活动的通知》，落实《通知》要求。", ["info"]),
        ("A05", "现将《关于开展爱鸟周活动的通知》转发给你们。学习《青河省林业厅关于开展护鸟活动的通知》，落实《通知》要求。", ["warning"]),
    ],
)  # fmt: skip
def test_how_grave(code: str, text: str, severities: list[str], rulebook: Rulebook) -> None:
    whole = f"青禾县知识产权局关于开展2031年全国知识产权宣传周活动的通知\n各乡镇：\n{text}\n"
    made = process(whole.encode(), "a.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    assert [found.severity for found in made.findings if found.code == code] == severities
