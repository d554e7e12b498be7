"""Activities: invented sections and tables in, activities out, with kind and place; the taxonomy and its file."""

from pathlib import Path
from typing import Any

import pytest
from drafts import cases, draft, grid, rulebook

from extractor.entities.activities import find
from extractor.errors import RuleError
from extractor.model import ActivityValue, Manuscript
from extractor.rulebook.activities import load_activities

FRAME = """海州市质量办关于开展2023年质量月活动的通知
各县（区）质量办：
现将有关事项通知如下：
一、活动时间
2023年9月1日至30日。
二、活动安排
{body}
三、工作要求
（一）加强领导。各单位要在思想上高度重视。
海州市质量办
2023年8月20日"""
SCHEDULE = [
    ["序号", "活动内容", "时间", "地点", "责任单位"],
    ["1", "启动仪式", "9月1日", "青云广场", "市质量办"],
    ["2", "质量知识竞赛", "9月12日", "", "市总工会、市教育局"],
]


def found(manuscript: Manuscript) -> list[ActivityValue]:
    return [m.value for m in find(manuscript, rulebook()) if isinstance(m.value, ActivityValue)]


@pytest.mark.parametrize("case", cases("activities"), ids=lambda case: case["body"][:30].replace("\n", " "))
def test_case(case: dict[str, Any]) -> None:
    manuscript = draft(FRAME.format(body=case["body"]))
    activities = found(manuscript)
    assert [[a.title, a.kind, a.location] for a in activities] == case["expect"]
    for activity in activities:
        scope = "".join(manuscript.quote(activity.scope).split())
        assert activity.title in scope
        if activity.location_span:
            assert activity.scope.covers(activity.location_span)
            assert "".join(manuscript.quote(activity.location_span).split()) == activity.location


def test_scopes_part_the_section() -> None:
    manuscript = draft(
        FRAME.format(body="（一）培训。\n时间：9月5日。\n责任单位：市质量办。\n（二）竞赛。\n时间：9月6日。")
    )
    first, second = found(manuscript)
    assert manuscript.quote(first.scope).endswith("市质量办。")
    assert first.scope.end <= second.scope.start
    assert manuscript.quote(second.scope).endswith("9月6日。")


def test_the_head_sentence_holds_for_every_activity() -> None:
    body = "结合质量强市建设，于质量月期间重点开展以下活动：\n（一）培训。\n（二）竞赛。"
    manuscript = draft(FRAME.format(body=body))
    for activity in found(manuscript):
        assert [manuscript.quote(span) for span in activity.inherited] == [body.split("\n", maxsplit=1)[0]]


def test_a_head_without_day_or_body_holds_nothing() -> None:
    manuscript = draft(FRAME.format(body="要突出重点，注重实效。\n（一）培训。\n（二）竞赛。"))
    assert [activity.inherited for activity in found(manuscript)] == [(), ()]


def test_a_table_of_the_file() -> None:
    manuscript = grid(SCHEDULE, before="三、活动安排\n", after="四、工作要求\n（一）加强领导。")
    first, second = found(manuscript)
    assert [first.title, first.kind, first.location] == ["启动仪式", "启动仪式", "青云广场"]
    assert manuscript.quote(first.scope) == "1\t启动仪式\t9月1日\t青云广场\t市质量办"
    assert [second.title, second.kind, second.location] == ["质量知识竞赛", "竞赛", None]


def test_a_table_flattened_to_lines() -> None:
    text = "附件2：\n质量月主要活动一览表\n" + "\n".join(
        " ".join(cell or "/" for cell in row) for row in SCHEDULE
    )
    activities = found(draft(text))
    assert [[a.title, a.location] for a in activities] == [["启动仪式", "青云广场"], ["质量知识竞赛", None]]


def test_a_table_flattened_to_cells() -> None:
    text = "质量月主要活动一览表\n" + "\n".join(cell or "/" for row in SCHEDULE for cell in row)
    activities = found(draft(text))
    assert [[a.title, a.location] for a in activities] == [["启动仪式", "青云广场"], ["质量知识竞赛", None]]


def test_a_title_with_a_blank_in_a_flattened_table() -> None:
    text = "活动一览表\n序号 主要内容 时间 地点 参加活动的主要单位\n1 科普周 启动仪式 5月19日 东城区 市科技局 市科协"
    (activity,) = found(draft(text))
    assert [activity.title, activity.location] == ["科普周启动仪式", "东城区"]


@pytest.mark.parametrize(
    "header",
    [["序号", "任务", "责任单位"], ["姓名", "单位", "电话"], ["序号", "任务", "责任单位", "完成时限"]],
)
def test_other_tables_are_no_schedules(header: list[str]) -> None:
    assert found(grid([header, ["1" for _ in header]], before="三、活动安排\n", after="四、工作要求\n")) == []


def test_items_without_sections() -> None:
    body = "（一）启动阶段（6月1日至5日）。区安委办在东湖公园举行启动仪式。\n（二）检查阶段（6月6日至25日）。入户检查。"
    manuscript = draft(
        f"东湖区安委办关于开展安全生产月活动的通知\n各街道办事处：\n现通知如下。\n{body}\n东湖区安委办\n2023年5月20日"
    )
    activities = found(manuscript)
    assert [[a.title, a.location] for a in activities] == [["启动阶段", "东湖公园"], ["检查阶段", None]]


def test_sections_of_another_kind_hold_no_activities() -> None:
    text = "一、宣传重点\n（一）宣传9月质量月成就。\n（二）宣传质量法律。\n二、工作要求\n（一）9月5日前在市质量办开展自查。"
    assert found(draft(text)) == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("知识产权进社区", "进社区"),
        ("开展宪法“七进”活动", "进基层"),
        ("版权宣传进书店", "进基层"),
        ("开展安全生产宣传咨询日活动", "现场咨询"),
        ("召开新闻发布会", "发布会"),
        ("打击侵权假冒成果展", "展览"),
        ("开展专项执法检查", "执法检查"),
        ("表彰先进集体", "征集评选"),
        ("应急救援演练", "演练"),
        ("志愿服务活动", "志愿服务"),
        ("开展宣传", "宣传普及"),
        ("总结", "其他"),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert rulebook().activities.kind(title) == kind


def test_the_text_decides_where_the_title_is_general() -> None:
    assert rulebook().activities.kind("集中开展宣传", "设立咨询台，接受群众咨询") == "现场咨询"


@pytest.mark.parametrize(
    ("spoiled", "message"),
    [
        (("default:", "defaults: 1\ndefault:"), "unknown key 'defaults'"),
        (("cues: [启动仪式", "cues: ['(', 启动仪式"), "not a pattern"),
        (("broad: [", "broad: [没有这种, "), "没有这种"),
        (("place: [地点", "place: [时间, 地点"), "stands under"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, spoiled: tuple[str, str], message: str) -> None:
    text = (rulebook().folder / "activities.yaml").read_text(encoding="utf-8")
    (tmp_path / "activities.yaml").write_text(text.replace(*spoiled, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        load_activities(tmp_path)


def test_an_item_cut_off_behind_its_marker_breaks_nothing() -> None:
    manuscript = draft("关于开展活动的通知\n各单位：\n一、活动安排\n（一）开展咨询。\n（二）")
    assert (
        next(m.value.title for m in find(manuscript, rulebook()) if isinstance(m.value, ActivityValue))
        == "开展咨询"
    )


CONTENTS = """海州市科技局关于开展2023年科技活动周的通知
各县（区）科技局：
现将有关事项通知如下：
一、{heading}
{items}
二、工作要求
（一）加强领导。各单位要高度重视。
海州市科技局
2023年4月20日"""


@pytest.mark.parametrize(
    ("heading", "items", "canonical", "titles"),
    [
        ("宣传形式", ["举办启动仪式。5月20日在广场举行。", "悬挂横幅。在主干道悬挂。"], "活动安排", ["举办启动仪式", "悬挂横幅"]),
        ("组织形式", ["专家讲座。邀请专家授课。", "现场咨询。设立咨询台。"], "活动安排", ["专家讲座", "现场咨询"]),
        ("具体措施", ["举办培训班。5月21日举办。", "印发资料。印发宣传册1000份。"], "活动安排", ["举办培训班", "印发资料"]),
        ("时间安排", ["准备阶段（5月5日至15日）。制定方案。", "实施阶段（5月20日至27日）。集中宣传。"], "活动安排", ["准备阶段", "实施阶段"]),
        ("组织实施", ["启动阶段：5月20日，举办启动仪式。", "推进阶段：5月21日至26日，进校园。"], "活动安排", ["启动阶段", "推进阶段"]),
        ("宣传内容", ["举办科普讲座。5月21日，市科协举办讲座。", "组织知识竞赛。5月23日，市教育局组织。"], "活动安排", ["举办科普讲座", "组织知识竞赛"]),
        ("活动亮点", ["科普大篷车进乡村。5月21日，市科协组织巡展。", "实验室开放。5月22日，向公众开放。"], "活动安排", ["科普大篷车进乡村", "实验室开放"]),
        ("时间安排", ["启动时间：5月20日。", "结束时间：5月27日。"], "活动时间", []),
        ("宣传内容", ["宣传科技进步法、科普法。", "宣传全市科技成果。"], "宣传重点", []),
        ("主要内容", ["宣传关于科技创新的重要论述。", "普及科学生活知识和方法。"], "宣传重点", []),
        ("活动内容", ["“科技改变生活”！", "尊重知识，尊重人才！"], "宣传重点", []),
        ("工作任务", ["提高思想认识。要充分认识活动的重要性。", "落实工作责任。要明确专人。"], "工作要求", []),
        ("工作任务", ["提高思想认识。要充分认识。", "举办培训班。5月21日举办。"], "活动安排", ["提高思想认识", "举办培训班"]),
        ("组织实施", ["加强组织领导。各单位要在5月20日前制定方案。", "落实责任。组织专人负责，5月底前完成。"], "工作要求", []),
        ("活动目标", ["举办讲座5场，5月20日前完成。", "组织竞赛1次，5月23日举行。"], "总体要求", []),
    ],
)  # fmt: skip
def test_what_a_section_holds_decides(
    heading: str, items: list[str], canonical: str, titles: list[str]
) -> None:
    numbered = "\n".join(f"（{han}）{item}" for han, item in zip("一二三", items, strict=False))
    manuscript = draft(CONTENTS.format(heading=heading, items=numbered))
    first = manuscript.outline.sections[0]
    assert first.canonical == canonical
    assert {item.section for item in manuscript.outline.items if first.span.covers(item.span)} == {canonical}
    assert [activity.title for activity in found(manuscript)] == titles
