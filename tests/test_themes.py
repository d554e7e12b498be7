"""Themes: invented texts in, themes out, the surest first; what must not be one stands beside them."""

from typing import Any

import pytest
from drafts import cases, draft, rulebook

from extractor.entities.themes import find
from extractor.model import Manuscript, Mention, TextValue


def found(manuscript: Manuscript) -> list[Mention]:
    return sorted(find(manuscript, rulebook()), key=lambda m: (m.role != "campaign", -m.confidence, m.span))


@pytest.mark.parametrize("case", cases("themes"), ids=lambda case: case["text"][:40].replace("\n", " "))
def test_case(case: dict[str, Any]) -> None:
    mentions = found(draft(case["text"]))
    assert [[m.value.text, m.role] for m in mentions if isinstance(m.value, TextValue)] == case["expect"]


@pytest.mark.parametrize("case", cases("themes"), ids=lambda case: case["text"][:40].replace("\n", " "))
def test_spans_hold_the_printed_words(case: dict[str, Any]) -> None:
    manuscript = draft(case["text"])
    for mention in found(manuscript):
        assert isinstance(mention.value, TextValue)
        assert " ".join(manuscript.quote(mention.span).split()) == mention.value.text


def test_the_section_is_surer_than_the_lead() -> None:
    text = (
        "关于开展2021年海州市科普周活动的通知\n各县科协：\n今年世界读书日的主题为“读书好”。现将有关事项通知如下：\n"
        "一、活动主题\n科普点亮生活\n二、工作要求\n（一）加强领导。\n海州市科协\n2021年5月6日"
    )
    first, second = found(draft(text))
    assert first.value == TextValue("科普点亮生活")
    assert second.confidence < 0.6 < first.confidence


def test_last_years_theme_is_not_this_years() -> None:
    (mention,) = found(draft("去年活动主题为“旧的口号”，取得良好效果。"))
    assert mention.role == "activity"
    assert mention.confidence <= 0.1


def test_an_attached_plan_states_the_theme_and_its_contests_do_not() -> None:
    head = "关于印发方案的通知\n各学院：\n现将方案印发给你们。\n附件：推普周活动方案\n教务处\n2021年9月1日\n附件\n推普周活动方案\n"
    own = "一、总体要求\n各学院以“说好普通话”为主题，开展活动。\n二、活动安排\n（一）演讲。\n"
    other = "一、活动安排\n（一）演讲。以“说好普通话”为主题开展演讲。\n二、工作要求\n落实。\n"
    assert [one.role for one in found(draft(head + own))] == ["campaign"]
    assert [one.role for one in found(draft(head + other))] == ["activity"]


def test_a_slogan_alone_where_the_headings_are_lost() -> None:
    head = "海州市民族团结月活动方案\n各街道：\n今年9月是我市第五个民族团结月，为巩固和发展各族群众的团结，经研究，现将有关事项通知如下：\n"
    rest = "以上级部署为指导，引导各族群众相互了解、相互尊重、相互包容、相互欣赏、相互学习、相互帮助，共同进步。\n（一）悬挂条幅。\n"
    (mention,) = found(draft(head + "石榴籽紧紧抱在一起。\n" + rest))
    assert mention.value == TextValue("石榴籽紧紧抱在一起")
    for line in (
        "各街道要高度重视。",
        "海州市民族事务委员会",
        "增强各族群众相互了解的",
        "民族团结月活动安排",
        "特此通知。",
    ):
        assert found(draft(head + line + "\n" + rest)) == []
    assert found(draft(head + "一、街道工作\n石榴籽紧紧抱在一起。\n" + rest)) == []
