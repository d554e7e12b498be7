"""The campaign's period: which date it is, and what stays open."""

import pytest

from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice
from extractor.settings import Settings

_NOTICE = "青禾县水利局关于开展2031年节水宣传周活动的通知\n各乡镇：\n{}\n青禾县水利局\n2031年4月3日\n"


@pytest.mark.parametrize(
    ("body", "period"),
    [
        ("一、活动时间\n5月11日至17日。", ("2031-05-11", "2031-05-17")),
        ("一、活动时间\n即日起至5月17日。", ("2031-04-03", "2031-05-17")),
        ("一、活动主题\n节水宣传周为5月11日至17日，主题是“点滴珍惜”。", ("2031-05-11", "2031-05-17")),
        ("一、活动主题\n节水宣传周的主题是“点滴珍惜”。5月11日至17日张贴海报。", (None, None)),
        ("经研究，决定今年5月份在全县范围内开展节水宣传活动。", ("2031-05-01", "2031-05-31")),
        ("今年5月我局参加了全省节水宣传活动。", (None, None)),
        ("节水宣传周从5月11日（星期日）开始，至5月17日（星期六）结束。", ("2031-05-11", "2031-05-17")),
        ("县局决定在5月11日至17日期间集中开展节水宣传活动。", ("2031-05-11", "2031-05-17")),
        ("劳动节5月1日至5日放假调休，共5天。4月26日上班。", ("2031-05-01", "2031-05-05")),
        ("我局定于5月11日，开展“开放日”活动。", ("2031-05-11", "2031-05-11")),
        ("兹定于5月11日上午9时在人民广场举行节水演练。", ("2031-05-11", "2031-05-11")),
        ("演练时间：5月11日上午9：20。", ("2031-05-11", "2031-05-11")),
        ("我局定于5月11日上午在人民广场举行启动仪式。", (None, None)),
        ("我局已于3月11日开展节水宣传活动。", (None, None)),
        ("报名时间：5月11日至12日。", (None, None)),
        ("一、活动时间\n5月11日至20日。第一阶段：5月11日至13日。", ("2031-05-11", "2031-05-20")),
        (
            "一、采样时间\n1.东岭镇分两期：\n第一期：5月12日、13日；第二期：6月9日。\n2.西岭镇：6月11日。",
            (None, None),
        ),
        (
            "定于5月12日至6月9日，开展节水活动。\n一、活动时间\n分两个阶段（第一阶段5月12日至20日，第二阶段至6月9日）。",
            ("2031-05-12", "2031-06-09"),
        ),
        ("一、活动安排\n（一）知识竞赛。竞赛时间为5月11日至17日。", (None, None)),
    ],
    ids=lambda value: value[:18] if isinstance(value, str) else None,
)
def test_period(body: str, period: tuple[str | None, str | None], rulebook: Rulebook) -> None:
    made = process(_NOTICE.format(body).encode(), "case.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    assert (made.tables.fields.period_start, made.tables.fields.period_end) == period


_DAY = "青禾县司法局关于做好2031年{}活动的通知\n各乡镇：\n{}\n一、要求\n认真组织。\n青禾县司法局\n2031年11月3日\n"


@pytest.mark.parametrize(
    ("name", "body", "start"),
    [
        ("国家宪法日", "今年12月4日是第十八个国家宪法日，为做好宣传，现通知如下。", None),
        ("国家宪法日", "今年12月4日是国家宪法日，12月1日至7日为宪法宣传周。", "2031-12-01"),
        ("宪法宣传周", "今年12月4日是第十八个国家宪法日，为做好宣传，现通知如下。", None),
        ("节水宣传", "今年12月4日是第十八个国家宪法日，为做好宣传，现通知如下。", None),
    ],
)
def test_the_day_of_an_observance_is_no_period(
    name: str, body: str, start: str | None, rulebook: Rulebook
) -> None:
    made = process(_DAY.format(name, body).encode(), "case.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    assert made.tables.fields.period_start == start


def test_a_limit_for_a_task_is_no_report_deadline(rulebook: Rulebook) -> None:
    body = "一、活动安排\n（一）布展。\n完成时限：5月9日前。\n（二）抢答。\n完成时限：5月19日前。\n"
    for sent, day in (("", None), ("二、要求\n方案于5月5日前报县水利局备案。\n", "2031-05-05")):
        made = process(_NOTICE.format(body + sent).encode(), "case.txt", rulebook, Settings())
        assert isinstance(made, Notice)
        assert made.tables.fields.report_deadline == day
