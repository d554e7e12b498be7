"""Checks on copies from web pages: what the page did to a notice is no fault of the notice; the same fault in a draft is."""

import pytest

from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice
from extractor.settings import Settings

HEAD = "关于开展2023年爱鸟周活动的通知\n各单位：\n"
SIGNED = "\n青河市林业局\n2023年4月8日\n"


def found(text: str, rulebook: Rulebook, code: str) -> list[tuple[str, str]]:
    """Severity and quote of the findings of one check."""
    notice = process(text.encode(), "a.txt", rulebook, Settings())
    assert isinstance(notice, Notice)
    return [
        (one.severity, notice.document.quote(one.span).strip()) for one in notice.findings if one.code == code
    ]


@pytest.mark.parametrize(
    ("code", "copied", "drafted", "quote"),
    [
        ("C03", HEAD + "邮箱：lyj@126.", HEAD + "邮箱：lyj@126，请查收。" + SIGNED, "lyj@126"),
        (
            "A05",
            "关于开展2023年爱鸟周活动的通知\n（一）学习宣传国务院《规划》精神，组织讨论。\n（二）开展观鸟。\n",
            HEAD + "学习宣传国务院《规划》精神，组织讨论。" + SIGNED,
            "《规划》",
        ),
        (
            "P11",
            '青河网小编提示：记得收藏"爱鸟周活动"，在线阅读\n' + HEAD + "请组织参加。" + SIGNED,
            HEAD + '请组织参加"爱鸟周活动"。' + SIGNED,
            '"爱鸟周活动"',
        ),
        (
            "P01",
            "【字体： 【下载】 索引号：01\n" + HEAD + "请组织参加。" + SIGNED,
            HEAD + "请【组织参加。" + SIGNED,
            "请【组织参加。",
        ),
        (
            "P01",
            HEAD + "6月16日为“全国咨詢?nèi)铡保鶕?jù)要求，请组织参加。" + SIGNED,
            HEAD + "6月16日为全国咨询日），根据要求，请组织参加。" + SIGNED,
            "月16日为全国咨询日），根据要求，请组织参",
        ),
        (
            "W02",
            HEAD + "2023年爱鸟周活动方案 方案名称：爱鸟周。" + SIGNED,
            HEAD + "请报送活动方案方案名称为爱鸟周。" + SIGNED,
            "方案方案",
        ),
    ],
)
def test_the_pages_doing_is_no_fault(
    code: str, copied: str, drafted: str, quote: str, rulebook: Rulebook
) -> None:
    assert found(copied, rulebook, code) == []
    assert [words for _, words in found(drafted, rulebook, code)] == [quote]


def test_brackets_a_page_converted_are_only_a_hint(rulebook: Rulebook) -> None:
    letter = f"青林发[2023]9号\n{HEAD}根据《关于护鸟的通知》（青林办[2023]3号）开展活动。{SIGNED}"
    for code in ("F01", "A06"):
        assert [severity for severity, _ in found(letter, rulebook, code)] == ["error"]
        assert [severity for severity, _ in found("朗读\n" + letter, rulebook, code)] == ["info"]
    padded = letter.replace("[2023]9", "[2023]009")
    assert [severity for severity, _ in found("朗读\n" + padded, rulebook, "F01")] == ["error"]


def test_a_cited_number_is_quoted_without_the_words_before_it(rulebook: Rulebook) -> None:
    text = f"{HEAD}根据青林办(2023)3号文件，开展活动。{SIGNED}"
    assert [words for _, words in found(text, rulebook, "A06")] == ["青林办(2023)3号"]


def test_a_files_name_is_a_link_the_page_had(rulebook: Rulebook) -> None:
    listed = f"{HEAD}请各单位组织报名。\n附件：1.爱鸟周活动报名表{{}}{SIGNED}"
    assert [severity for severity, _ in found(listed.format(".docx"), rulebook, "A01")] == ["info"]
    assert [severity for severity, _ in found(listed.format(""), rulebook, "A01")] == ["error"]


def test_the_record_of_a_page_is_no_ground_for_faults(rulebook: Rulebook) -> None:
    body = (
        "各单位：\n定于4月1日至7日开展爱鸟周活动。\n一、活动时间\n2023年4月1日至7日。\n二、工作要求\n落实。\n"
    )
    text = f"发文日期：2023-09-21 有效性：有效\n关于开展2023年爱鸟周活动的通知\n{body}"
    for code in ("D04", "F04"):
        assert found(text, rulebook, code) == []
    assert found(f"关于开展2023年爱鸟周活动的通知\n{body}青河市林业局\n2023年9月21日\n", rulebook, "D04")


def test_narrow_marks_throughout_are_no_fault_of_the_addressees(rulebook: Rulebook) -> None:
    narrow = "关于开展2023年爱鸟周活动的通知\n各单位:\n为保护候鸟,增强意识,结合实际,定于4月开展活动,请各单位精心组织,认真落实。\n"
    assert [severity for severity, _ in found(narrow, rulebook, "F05")] == ["info"]
    assert [severity for severity, _ in found(narrow.replace(",", "，"), rulebook, "F05")] == ["warning"]


def test_a_number_the_record_repeats_is_told_once(rulebook: Rulebook) -> None:
    record = "【法规类别】林业 【发文字号】青政办[2019]024号 【发布部门】青河县政府 【效力级别】XP10"
    title = "青河县人民政府办公室关于做好候鸟保护工作的通知"
    text = f"{title} {record} {title} (青政办[2019]024号) 各乡镇人民政府,县直各单位: 现就有关事项通知如下: 一、提高认识 候鸟迁徙是自然现象,各单位要高度重视。 二、落实责任 各乡镇要明确专人负责。\n"
    assert len(found(text, rulebook, "F01")) == 1
    assert found(text, rulebook, "A06") == []


def test_a_doubled_name_in_a_list_is_no_slip(rulebook: Rulebook) -> None:
    assert found(f"{HEAD}在快鸟、噜哩噜哩、慢鸟等平台宣传。{SIGNED}", rulebook, "W02") == []
    assert len(found(f"{HEAD}做好宣传、工作工作安排。{SIGNED}", rulebook, "W02")) == 1


def test_a_range_the_text_breaks_off_in_is_not_reversed(rulebook: Rulebook) -> None:
    assert found(f"{HEAD}活动时间：7月30日—1", rulebook, "D08") == []
    assert len(found(f"{HEAD}活动时间：7月30日—1日。{SIGNED}", rulebook, "D08")) == 1


def test_the_office_of_a_school_signs_for_it(rulebook: Rulebook) -> None:
    body = "关于开展2023年爱鸟周活动的通知\n各单位：\n请组织参加，认真落实。\n"
    school = f"青河大学{body}青河大学体育运动委员会办公室\n2023年4月8日\n"
    assert found(school, rulebook, "U01") == []
    other = school.replace("青河大学", "青河市林业局")
    assert len(found(other, rulebook, "U01")) == 1


def test_the_theme_of_another_day_contradicts_nothing(rulebook: Rulebook) -> None:
    text = f"{HEAD}4月1日至7日为爱鸟周，主题为“保护候鸟共享蓝天”，4月5日为护林日，主题为“保护森林共享蓝天”。{SIGNED}"
    assert found(text, rulebook, "T02") == []
    assert len(found(text.replace("4月5日为护林日，", "本次活动"), rulebook, "T02")) == 1
