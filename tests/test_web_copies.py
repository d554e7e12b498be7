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
