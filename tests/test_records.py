"""Heads of web pages: the page's record beside a notice, and parts of the letter a page ran together."""

from typing import Any

import pytest
from test_sections import manuscript, part

from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings

BODY = "各村、镇直各单位：\n为保护候鸟，现将有关事项通知如下：\n一、活动时间\n4月1日至7日。\n二、工作要求\n认真落实。\n"
TITLE = "关于开展2023年爱鸟周活动的通知"


def record_of(text: str, rulebook: Rulebook) -> dict[str, Any]:
    made = process(text.encode(), "case.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    return to_record(made)


@pytest.mark.parametrize(
    "record",
    [
        "- 索 引 号:\n- 1140/2023-01\n- 发文单位:\n- 青河镇人民政府\n- 成文日期:\n- 2023年03月20日\n- 发文字号:\n- 青镇发〔2023〕8号\n- 效力状态:\n",
        "索引号\n1140/2023-01\n成文日期\n2023-03-20\n发文日期\n2023-03-21\n发文字号\n青镇发〔2023〕8号\n有效性\n有效\n",
        "• 索 引 号:1140/2023-01\n• 公文种类:其他\n• 文   号:青镇发〔2023〕8号\n• 成文日期: 2023-03-20\n• 发布日期: 2023-03-22\n",
        "| 索 引 号:1140/2023-01 | 主题分类:林业 | |\n| 文 号:青镇发〔2023〕8号 | 成文日期:2023-03-20 | 发布日期:2023-03-22 |\n",
    ],
)
def test_a_record_gives_number_and_day_and_is_no_letter(record: str, rulebook: Rulebook) -> None:
    found = record_of(f"{record}{TITLE}\n{BODY}", rulebook)
    assert found["title"] == TITLE
    assert found["doc_number"] == "青镇发〔2023〕8号"
    assert found["issue_date"] == "2023-03-20"
    assert found["addressees"] == "各村、镇直各单位"


def test_the_last_values_of_a_record_are_no_issuers(rulebook: Rulebook) -> None:
    text = (
        f"索引号\n1140\n主题分类\n林业、科普-科普\n有效性\n有效\n青河县林业局\n青河县教育局\n{TITLE}\n{BODY}"
    )
    assert record_of(text, rulebook)["issuers"] == ["青河县林业局", "青河县教育局"]


def test_one_word_of_a_record_makes_none(rulebook: Rulebook) -> None:
    text = f"有效性\n青河县林业局\n{TITLE}\n{BODY}"
    recorded = text.replace("有效性", "索引号\n1140\n主题分类\n林业\n有效性")
    assert manuscript(text, rulebook).outline.lines[1].zone == "title"
    assert manuscript(recorded, rulebook).outline.lines[5].zone == "web"


def test_a_record_between_a_title_and_its_repetition_in_one_line(rulebook: Rulebook) -> None:
    title = "青河县人民政府办公室关于做好候鸟保护工作的通知"
    record = "【法规类别】林业 【发文字号】青政办[2019]24号 【发布部门】青河县政府 【发布日期】2019.04.24 【效力级别】XP10"
    text = (
        f"{title} {record} {title} (青政办[2019]24号) 各乡镇人民政府,县直各单位: 为做好候鸟保护工作,现就有关事项通知如下: "
        "一、提高认识 候鸟迁徙是自然现象,各单位要高度重视,加强宣传。 二、落实责任 各乡镇要明确专人负责。\n"
    )
    found = record_of(text, rulebook)
    assert (found["title"], found["doc_number"], found["issue_date"]) == (
        title,
        "青政办[2019]24号",
        "2019-04-24",
    )
    assert found["addressees"] == "各乡镇人民政府,县直各单位"


@pytest.mark.parametrize(
    ("first", "title", "number", "letterhead"),
    [
        ("青河县林业局文件组织全县学生参加爱鸟周活动的通知", "组织全县学生参加爱鸟周活动的通知", None, "青河县林业局文件"),
        ("青林发〔2023〕8号 青河镇2023年爱鸟周活动实施方案", "青河镇2023年爱鸟周活动实施方案", "青林发〔2023〕8号", None),
        (f"青河县林业局文件青林发〔2023〕8号{TITLE}", TITLE, "青林发〔2023〕8号", "青河县林业局文件"),
        # 文件 inside a title is no letterhead's, a 文号 inside a title no number of its own
        ("青河县林业局关于印发候鸟文件汇编的通知", "青河县林业局关于印发候鸟文件汇编的通知", None, None),
        ("关于转发青林发〔2023〕8号文件的通知", "关于转发青林发〔2023〕8号文件的通知", None, None),
        # a page's brackets, a page's counting
        (f"【{TITLE}】", TITLE, None, None),
        ("爱鸟周活动方案【第一篇】", "爱鸟周活动方案", None, None),
        ("爱鸟周活动策划案", "爱鸟周活动策划案", None, None),
    ],
)  # fmt: skip
def test_what_is_glued_to_a_title(
    first: str, title: str, number: str | None, letterhead: str | None, rulebook: Rulebook
) -> None:
    found = manuscript(f"{first}\n{BODY}", rulebook)
    assert (part(found, "title"), part(found, "doc_number")) == (title, number)
    assert part(found, "letterhead") == letterhead


@pytest.mark.parametrize("count", ["专业18", "共3", "通用十", "最新版5"])
def test_the_headline_of_a_collection_is_no_title(count: str, rulebook: Rulebook) -> None:
    text = f"学校爱鸟方案({count}篇)\n在制定方案时，应该选择合适的方法。\n爱鸟周活动方案\n结合本校实际，制定本方案。\n一、时间\n4月。\n"
    assert part(manuscript(text, rulebook), "title") == "爱鸟周活动方案"


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        (f"{TITLE}\n浏览次数:1038各乡镇林业站,县城各学校:\n现将方案印发给你们。\n", "各乡镇林业站,县城各学校:"),
        (
            "各乡镇人民政府,县级各部门,县属各企事业单位: 今年4月1日是第二个爱鸟日。为做好各项工作,经县政府同意,现就有关事项通知如下: 一、明确主题 今年的主题为“守护候鸟”。各单位要围绕主题开展活动。\n",
            "各乡镇人民政府,县级各部门,县属各企事业单位:",
        ),
        (
            f"{TITLE}\n发布 2021-11-15 04:54:28 阅读 8069\n各村、学校、企事业单位。\n为保护候鸟，根据县里的要求，结合我镇实际，定于4月在全镇开展爱鸟周活动。\n",
            "各村、学校、企事业单位。",
        ),
        (
            f"{TITLE}\n各乡镇人民政府,县属各单位:《2023年爱鸟周活动方案》已经县爱鸟委员会会议研究通过,现予印发,请结合实际,认真贯彻落实。\n",
            "各乡镇人民政府,县属各单位:",
        ),
        # sentences
        (f"{TITLE}\n各乡镇要学习下列文件:《2023年爱鸟周活动方案》的各项规定,县爱鸟委员会会议的要求,结合实际,认真贯彻落实。\n", None),
        (f"{TITLE}\n各村要积极参加。\n为保护候鸟，根据县里的要求，结合我镇实际，定于4月在全镇开展爱鸟周活动。\n", None),
        (
            "各乡镇要提高认识，落实责任：今年4月1日是第二个爱鸟日。为做好各项工作，经县政府同意，现就有关事项通知如下，请认真组织好活动的开展。\n",
            None,
        ),
    ],
)  # fmt: skip
def test_addressees_a_page_ran_together(text: str, addressees: str | None, rulebook: Rulebook) -> None:
    assert part(manuscript(text, rulebook), "addressees") == addressees


def test_a_title_whose_bodies_are_cut_by_its_lines(rulebook: Rulebook) -> None:
    text = f"中共青山省委宣传部 青山省候鸟保护\n工作领导小组办公室 青山省林业厅关于\n印发《爱鸟周\n活动方案》的通知\n{BODY}"
    title = part(manuscript(text, rulebook), "title")
    assert (
        title
        == "中共青山省委宣传部青山省候鸟保护工作领导小组办公室青山省林业厅关于印发《爱鸟周活动方案》的通知"
    )


def test_a_signature_below_a_remark_in_brackets(rulebook: Rulebook) -> None:
    text = f"{TITLE}\n{BODY}请各村于4月20日前将活动总结和统计表报送镇政府办公室备案存档。（邮箱：a@example.com）\n中共青山省委宣传部\n青山省林业厅\n2023年3月2日\n"
    assert record_of(text, rulebook)["issuers"] == ["中共青山省委宣传部", "青山省林业厅"]


def test_an_issuer_set_over_two_lines_is_one_name(rulebook: Rulebook) -> None:
    text = f"全国保护候鸟\n工作领导小组办公室文件\n候办发〔2023〕8号\n{TITLE}\n{BODY}"
    assert record_of(text, rulebook)["issuers"] == ["全国保护候鸟工作领导小组办公室"]


@pytest.mark.parametrize(
    "byline",
    ["青河县林业局（二○二三年三月）", "青河县林业局\n（2023年3月6日）", "青河县林业局\n2023年3月6日"],
)
@pytest.mark.parametrize("glued", ["", "\n"])
def test_the_body_under_a_plans_title_issues_it(byline: str, glued: str, rulebook: Rulebook) -> None:
    glued = "\n" if byline.endswith("日") else glued
    text = f"爱鸟周活动实施方案\n{byline}{glued}为保护候鸟，结合我县实际，制定本方案，望各单位认真组织实施，确保取得实效，并按时报送总结材料和有关统计数据。\n一、活动时间\n4月1日至7日。\n"
    found = record_of(text, rulebook)
    assert (found["title"], found["issuers"]) == ("爱鸟周活动实施方案", ["青河县林业局"])
    assert found["year"] == 2023
    assert found["issue_date"] == ("2023-03-06" if "6日" in byline else None)


def test_a_body_under_a_title_without_a_date_is_no_byline(rulebook: Rulebook) -> None:
    text = f"{TITLE}\n青河县林业局\n各单位要认真组织。\n一、活动时间\n4月1日。\n"
    assert part(manuscript(text, rulebook), "letterhead") is None


@pytest.mark.parametrize(
    ("body", "region"),
    [
        ("教育部体育卫生与艺术教育司", "全国"),
        ("水利部节约用水司", "全国"),
        ("水利部办公厅", "全国"),
        ("青河观鸟有限公司", None),
    ],
)
def test_a_department_of_a_ministry_issues(body: str, region: str | None, rulebook: Rulebook) -> None:
    text = f"关于开展爱鸟周活动的通知\n各单位：\n请组织参加，避免打官司，由青河县与新区司法局办理。\n{body}\n2023年4月8日\n"
    for letter in (text, f"{body}{text.replace(f'{body}', '')}"):
        found = record_of(letter, rulebook)
        assert (found["issuers"], found["region"]["name"] if region else None) == ([body], region)
        assert not [unit["name"] for unit in found["units"] if unit["name"].endswith("打官司")]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "2021年云屏县爱鸟周活动方案新\n云屏县爱鸟周活动方案\n",
            "云屏县爱鸟周活动方案",
        ),
        (
            "云屏县林业局关于开展2022年“云屏县\n日期：2022-10-19 08:40:16 | 点击：\n各单位：\n",
            "云屏县林业局关于开展2022年“云屏县",
        ),
        (
            "云屏县爱鸟委员会办公室\n关于爱鸟周活动的通知\n各单位：\n",
            "云屏县爱鸟委员会办公室关于爱鸟周活动的通知",
        ),
    ],
)
def test_headlines_with_a_word_more_or_less(page: str, title: str, rulebook: Rulebook) -> None:
    text = f"{page}为保护候鸟，开展活动。\n一、活动时间\n4月1日至7日。\n二、工作要求\n认真落实。\n"
    assert record_of(text, rulebook)["title"] == title


@pytest.mark.parametrize(
    ("sentence", "issuers"),
    [
        ("为保护候鸟，全国爱鸟委员会办公室印发了《关于开展爱鸟周活动的通知》。按照安排，现就有关事项通知如下：", []),
        ("为保护候鸟，青河县爱鸟委员会办公室决定开展爱鸟周活动，现就有关事项通知如下：", ["青河县爱鸟委员会办公室"]),
        ("青河县文化宫发挥科普基地作用，面向全县中小学组织系列活动，具体活动方案如下：", ["青河县文化宫"]),
        ("青河县文化宫发挥科普基地作用，面向全县中小学组织系列活动。", []),
        ("根据上级部署，青河农商银行特制定爱鸟月专题活动方案，现将活动方案通知汇报如下：", ["青河农商银行"]),
        ("为保护候鸟，青河县观鸟公司现制订爱鸟周活动实施方案。", ["青河县观鸟公司"]),
        ("为保护候鸟，青河县观鸟公司制定了观鸟规则。", []),
        ("在各镇宣传的同时，县防火委办结合工作需要，决定开展一次集中宣传活动，具体事项通知如下：", ["县防火委办"]),
        ("在各镇宣传的同时，县防火委办结提案，决定开展一次集中宣传活动，具体事项通知如下：", ["县防火委"]),
    ],
)  # fmt: skip
def test_who_speaks_in_the_first_paragraph(sentence: str, issuers: list[str], rulebook: Rulebook) -> None:
    text = (
        f"关于开展爱鸟周活动的通知\n各学校：\n{sentence}\n一、活动时间\n4月1日至7日。\n二、工作要求\n落实。\n"
    )
    assert record_of(text, rulebook)["issuers"] == issuers


@pytest.mark.parametrize(
    ("frame", "body", "region"),
    [
        ("来源：桃源县林业局", "请各乡镇结合我县实际，组织开展。", "常德市桃源县"),
        ("来源：桃源县林业局", "请各单位结合实际，组织开展。", None),
        ("来源：昆山市林业局", "请各乡镇结合我县实际，组织开展。", None),
        ("来源：桃源县林业局", "请各区县结合我市实际，组织开展。", None),
        ("来源：桃源县林业局 作者：衡阳县林业局", "请各乡镇结合我县实际，组织开展。", None),
    ],
)  # fmt: skip
def test_the_page_names_the_county_a_text_calls_its_own(
    frame: str, body: str, region: str | None, rulebook: Rulebook
) -> None:
    text = f"{frame}\n发布时间：2023-04-08\n关于开展爱鸟周活动的通知\n各乡镇人民政府：\n{body}\n一、活动时间\n4月1日至7日。\n"
    assert record_of(text, rulebook)["region"]["name"] == region


@pytest.mark.parametrize(
    ("title", "body", "region"),
    [
        ("柳塘镇2023年爱鸟周活动方案", "由镇文化站组织。", "柳塘镇"),
        ("爱鸟周活动方案", "柳塘镇2023年爱鸟周活动\n结合我镇实际，开展活动。主办：柳塘镇科协。", "柳塘镇"),
        ("爱鸟周活动方案", "结合我镇实际，开展活动。学习柳塘镇的做法。", None),
        ("各乡镇2023年爱鸟周活动方案", "由县林业局组织。", None),
        ("爱鸟周活动方案", "凉山州同步开展州、县、乡活动，全州各级高度重视。仪式在西昌市举行。", "凉山彝族自治州"),
        ("爱鸟周活动方案", "为打造创新、美丽、人文、幸福昆山做出奉献。", "苏州市昆山市"),
        # who tells every province what to do speaks for the country; who tells of them does not
        ("爱鸟周活动方案", "各省（区、市）要按照我部部署制定方案。", "全国"),
        ("爱鸟周活动方案", "各省级林业部门、各有关单位要加强领导。", "全国"),
        ("爱鸟周活动方案", "近年来各省（区、市）鸟类数量上升，各单位要加强领导。", None),
        ("爱鸟周活动方案", "各省（区、市）要按照部署制定方案，我县由县林业局组织，县教育局配合。", None),
        # a province above the bodies that act is the superior's
        ("爱鸟周活动方案", "根据《湖南省爱鸟委员会关于做好爱鸟周工作的通知》，由市林业局、市教育局、市公安局组织。", None),
        ("爱鸟周活动方案", "根据《湖南省爱鸟委员会关于做好爱鸟周工作的通知》，由省林业厅、省教育厅组织。", "湖南省"),
    ],
)  # fmt: skip
def test_the_region_of_a_text_without_issuer(
    title: str, body: str, region: str | None, rulebook: Rulebook
) -> None:
    found = record_of(f"{title}\n{body}\n一、活动时间\n4月1日至7日。\n二、工作要求\n认真落实。\n", rulebook)
    assert found["region"]["name"] == region


@pytest.mark.parametrize(
    ("lead", "year"),
    [
        ("6月5日是第41个世界环境日。", 2012),
        ("今年是五四运动97周年、某某会议72周年。", 2016),
        ("今年是建军90周年、五四运动97周年。", None),  # they do not agree
        ("根据省林业厅《关于开展爱鸟周活动的通知》（林护〔2016〕117号）要求，开展活动。", 2016),
        ("根据《爱鸟办法》（林护〔2011〕3号）和《关于开展爱鸟周活动的通知》（林护〔2016〕117号），开展活动。", 2016),
        ("根据《关于开展爱鸟周活动的通知》（林护〔2016〕117号）要求，于2017年开展活动。", 2017),
        ("今年是建军节，开展活动。", None),
    ],
)  # fmt: skip
def test_the_year_of_a_text_that_names_none(lead: str, year: int | None, rulebook: Rulebook) -> None:
    text = f"关于开展活动的通知\n各单位：\n{lead}\n一、活动时间\n6月1日至7日。\n二、工作要求\n认真落实。\n"
    assert record_of(text, rulebook)["year"] == year


@pytest.mark.parametrize(
    ("page", "where"),
    [
        ("{title} 2023-03-06 16:48 来源：青河网 各乡镇、各部门:\n", True),
        ("朗读 {title} 各乡镇、各部门:\n", True),
        ("{title} 发布者：林业局 浏览：20 各乡镇、各部门:\n", True),
        ("{title}_青河县人民政府门户网站\n{title}\n各乡镇、各部门:\n", True),
        ("【{title}】各乡镇、各部门:\n", True),
        ("【{title}】\n各乡镇、各部门:\n", True),
        ("{title} 来源于候鸟 各乡镇、各部门:\n", False),
    ],
)
def test_furniture_in_the_line_of_the_title(page: str, where: bool, rulebook: Rulebook) -> None:
    text = page.format(title=TITLE) + "为保护候鸟，现将有关事项通知如下：\n一、活动时间\n4月1日至7日。\n"
    found = record_of(text, rulebook)
    assert ((found["title"], found["addressees"]) == (TITLE, "各乡镇、各部门")) is where
    assert found["issue_date"] is None


def test_where_a_page_leads_on_is_no_part_of_the_text(rulebook: Rulebook) -> None:
    text = "关于开展爱鸟周活动的通知\n各单位：\n请组织参加。\n青河县林业局\n本文来源：https://example.com/1\n上一篇：关于做好2012年护林工作的通知\n下一篇：青河县2013年工作要点\n"
    found = record_of(text, rulebook)
    assert (found["year"], found["issuers"]) == (None, ["青河县林业局"])
    told = text.replace("本文来源：", "网址：").replace("上一篇：", "今年印发了").replace("下一篇：", "还有")
    assert record_of(told, rulebook)["year"] in (2012, 2013)
