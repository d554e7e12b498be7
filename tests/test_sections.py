"""Zones, outline and canonical sections of invented letters."""

import pytest

from extractor.model import Manuscript
from extractor.readers.txt import read_txt
from extractor.rulebook import Rulebook
from extractor.sections import segment
from extractor.settings import Settings
from extractor.text import fold, read


def manuscript(text: str, rulebook: Rulebook) -> Manuscript:
    document = read_txt(text.encode(), "case.txt", Settings())
    reading = read(document.text, rulebook.forms)
    return Manuscript(document, reading, segment(document, reading, rulebook))


def part(found: Manuscript, name: str) -> str | None:
    span = found.outline.parts.get(name)
    return fold(found.quote(span)) if span else None


def sections(found: Manuscript) -> list[tuple[str, str, str]]:
    """(heading, canonical, body) of every section."""
    return [(fold(s.heading), s.canonical, fold(found.quote(s.span))) for s in found.outline.sections]


LETTER = """青山市质量强市工作领导小组办公室文件

青质强办〔2022〕8号

关于开展2022年全市“质量月”活动的通知

各县（市、区）人民政府，市直有关单位：

现将有关事项通知如下：

一、活动时间

2022年9月1日至30日

二、活动主题

推动质量变革创新，促进质量强国建设

三、重点活动

（一）质量开放日。组织企业开放实验室。

责任单位：市市场监管局。

（二）开展标准宣讲

请专家到园区讲标准。

四、工作要求

（一）加强领导。各单位要明确专人。

（二）请于10月12日前报送总结。

特此通知。

联系人：黎可为 电话：0571-55500101

附件：1.活动任务表

2.总结提纲

青山市质量强市工作领导小组办公室

2022年8月19日

（此件公开发布）

附件1

活动任务表

抄送：市委办公室。

青山市质量强市工作领导小组办公室 2022年8月19日印发
"""


def test_parts_of_a_letter(rulebook: Rulebook) -> None:
    found = manuscript(LETTER, rulebook)
    assert part(found, "letterhead") == "青山市质量强市工作领导小组办公室文件"
    assert part(found, "doc_number") == "青质强办〔2022〕8号"
    assert part(found, "title") == "关于开展2022年全市“质量月”活动的通知"
    assert part(found, "addressees") == "各县（市、区）人民政府，市直有关单位："
    assert part(found, "signature") == "青山市质量强市工作领导小组办公室2022年8月19日"
    assert part(found, "issue_date") == "2022年8月19日"
    assert part(found, "note") == "（此件公开发布）"
    assert part(found, "attachment_note") == "附件：1.活动任务表2.总结提纲"
    assert part(found, "colophon") == "抄送：市委办公室。青山市质量强市工作领导小组办公室2022年8月19日印发"


def test_sections_end_before_closing_contacts_and_attachment_note(rulebook: Rulebook) -> None:
    found = sections(manuscript(LETTER, rulebook))
    assert [(heading, kind) for heading, kind, _ in found] == [
        ("一、活动时间", "活动时间"),
        ("二、活动主题", "活动主题"),
        ("三、重点活动", "活动安排"),
        ("四、工作要求", "工作要求"),
    ]
    assert found[-1][2].endswith("请于10月12日前报送总结。")


def test_items_with_their_titles(rulebook: Rulebook) -> None:
    items = [(i.section, i.marker, i.title) for i in manuscript(LETTER, rulebook).outline.items]
    assert items == [
        ("活动安排", "（一）", "质量开放日"),
        ("活动安排", "（二）", "开展标准宣讲"),
        ("工作要求", "（一）", "加强领导"),
        ("工作要求", "（二）", ""),
    ]


@pytest.mark.parametrize(
    ("line", "heading", "body"),
    [
        ("一、活动时间:2012年4月20-26日", "一、活动时间", "2012年4月20-26日"),
        ("一、活动时间。2021年4月20日至26日。", "一、活动时间。", "2021年4月20日至26日。"),
        ("一、活动时间2021年4月20日至26日。", "一、活动时间", "2021年4月20日至26日。"),
        ("一、宣传时间9月1日至7日", "一、宣传时间", "9月1日至7日"),
        ("一、活动时间30分钟", "一、活动时间30分钟", "下文。"),
        (
            "一、做好项目资料报备工作。各单位要认真填写项目表。",
            "一、做好项目资料报备工作。",
            "各单位要认真填写项目表。",
        ),
        ("一、采样时间：另行通知", "一、采样时间", "另行通知"),
        ("一、体检地点：市中医院（健康路8号）", "一、体检地点", "市中医院（健康路8号）"),
        ("一、招募对象：18至55周岁的在职人员。", "一、招募对象", "18至55周岁的在职人员。"),
        (
            "一、药品种类：青山药业有限公司生产的胶囊2000盒。",
            "一、药品种类",
            "青山药业有限公司生产的胶囊2000盒。",
        ),
        ("一、落实责任：各单位要明确专人。", "一、落实责任", "各单位要明确专人。"),
        ("一、第一阶段：宣传发动（3月）", "一、第一阶段：宣传发动（3月）", "下文。"),
        ("一、活动一：节水知识竞赛。", "一、活动一：节水知识竞赛。", "下文。"),
        ("一、开幕式：“节水”主题骑行", "一、开幕式：“节水”主题骑行", "下文。"),
        ("一、 活动时间", "一、活动时间", "下文。"),
        ("第一章 活动时间", "第一章活动时间", "下文。"),
        ("I. 活动时间", "I.活动时间", "下文。"),
        ("一.活动时间", "一.活动时间", "下文。"),
    ],
)
def test_where_a_heading_ends(line: str, heading: str, body: str, rulebook: Rulebook) -> None:
    text = (
        f"关于开展活动的通知\n各单位：\n{line}\n"
        + ("下文。\n" if body == "下文。" else "")
        + "二、工作要求\n认真落实。\n"
    )
    found = sections(manuscript(text, rulebook))[0]
    assert (found[0], found[2]) == (heading, body)


@pytest.mark.parametrize(
    "sentence",
    [
        "一、请各理事单位围绕活动主题，结合自身优势，举办特色鲜明、群众喜闻乐见的科普活动。",
        "一是宣传法律法规。",
        "（一）宣传法律法规。",
    ],
)
def test_numbered_sentences_are_no_sections(sentence: str, rulebook: Rulebook) -> None:
    assert sections(manuscript(f"关于开展活动的通知\n各单位：\n{sentence}\n", rulebook)) == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("宣传内容", "宣传重点"),
        ("活动方式", "活动安排"),
        ("具体活动", "活动安排"),
        ("时间安排和活动内容", "活动安排"),
        ("活动时间和主题", "活动时间"),
        ("活动主题和时间", "活动主题"),
        ("有关要求", "工作要求"),
        ("2023年宣传周活动主题", "活动主题"),
        ("加强组织领导", "组织领导"),
        ("组织机构", "组织领导"),
        ("目标任务", "总体要求"),
        ("经费安排与使用", "活动安排"),
        ("天气情况", "其他"),
        ("0", "其他"),
        ("具体活动安", "活动安排"),
        ("活动部署", "活动安排"),
        ("组织架构", "组织领导"),
        ("组织发动", "组织领导"),
        ("联系方式", "其他"),
        ("申报方式及活动准备", "其他"),
        ("活动方式及地点", "活动安排"),
        ("第三届青山节水论坛", "活动安排"),
        ("参加“青山普法”公众号答题活动", "活动安排"),
        ("深入宣传贯彻节水法规和重要部署", "活动安排"),
        ("切实组织好校园领域的宣传工作", "活动安排"),
        ("切实组织领导到位", "工作要求"),
        ("认真组织，确保效果", "工作要求"),
        ("积极扩大影响", "工作要求"),
        ("借助载体，形成声势", "工作要求"),
        ("高度重视节水论坛", "工作要求"),
        ("节水知识论坛背景", "总体要求"),
    ],
)
def test_canonical_kinds(heading: str, kind: str, rulebook: Rulebook) -> None:
    assert rulebook.sections.kind(heading) == kind


def test_a_list_of_slogans_is_no_theme(rulebook: Rulebook) -> None:
    head = "关于开展节水活动的通知\n各单位：\n一、活动宣传口号\n"
    several = "1、节约用水靠大家，人人参与护水源。\n2、珍惜每一滴水。\n3、水是生命之源。\n"
    one = "节约用水靠大家，人人参与护水源。\n"
    rest = "二、工作要求\n落实。\n"
    assert sections(manuscript(head + several + rest, rulebook))[0][1] == "宣传重点"
    assert sections(manuscript(head + one + rest, rulebook))[0][1] == "活动主题"


def test_a_heading_that_lost_its_number(rulebook: Rulebook) -> None:
    text = "关于开展活动的通知\n各单位：\n一、活动时间\n4月。\n宣传重点\n宣传法律。\n三、工作要求\n落实。\n"
    assert [(h, k) for h, k, _ in sections(manuscript(text, rulebook))] == [
        ("一、活动时间", "活动时间"),
        ("宣传重点", "宣传重点"),
        ("三、工作要求", "工作要求"),
    ]


def test_a_plan_on_one_line(rulebook: Rulebook) -> None:
    body = (
        "为贯彻上级部署，动员全社会参与，制定本方案。一、活动主题增强质量意识，推进高质量发展。二、活动时间2023年9月1日至30日。"
        "三、重点活动（一）质量服务进企业。市市场监管局组织技术机构到企业问诊。（二）电梯安全体验。邀请居民代表参观电梯维保现场。"
        "四、工作要求各单位要高度重视，按时报送总结，确保活动取得实效，不断提高全社会质量意识。"
    )
    found = manuscript(f"青山市2023年“质量月”活动方案\n{body}\n", rulebook)
    assert [(h, k) for h, k, _ in sections(found)] == [
        ("一、活动主题", "活动主题"),
        ("二、活动时间", "活动时间"),
        ("三、重点活动", "活动安排"),
        ("四、工作要求", "工作要求"),
    ]
    assert [i.title for i in found.outline.items] == ["质量服务进企业", "电梯安全体验"]


def test_an_enclosed_plan_has_its_own_zone(rulebook: Rulebook) -> None:
    text = (
        "青山市教育局\n关于印发2023年宪法宣传周\n活动方案的通知\n各学校：\n现将方案印发给你们，请遵照执行。\n青山市教育局\n2023年11月20日\n"
        "2023年宪法宣传周活动方案\n一、活动时间\n12月1日至7日\n二、工作要求\n落实。\n"
    )
    found = manuscript(text, rulebook)
    assert part(found, "title") == "青山市教育局关于印发2023年宪法宣传周活动方案的通知"
    assert part(found, "plan_title") == "2023年宪法宣传周活动方案"
    assert {s.zone for s in found.outline.sections} == {"plan"}


def test_web_furniture_is_neither_title_nor_body(rulebook: Rulebook) -> None:
    text = "首页 > 通知公告 > 正文\n关于开展2024年科技活动周的通知\n发布时间：2024-05-06 浏览次数：31\n各乡镇人民政府：\n请组织参加。\n"
    found = manuscript(text, rulebook)
    assert part(found, "title") == "关于开展2024年科技活动周的通知"
    assert found.outline.lines[0].zone == "web"
    assert found.outline.lines[2].zone == "web"


_BODY = "关于开展2023年爱鸟周活动的通知\n各单位：\n请认真落实，按时报送总结。\n"


@pytest.mark.parametrize(
    ("tail", "signature", "issue"),
    [
        ("青河市林业局\n2023年4月8日", "青河市林业局2023年4月8日", "2023年4月8日"),
        ("青河市林业局\n23年4月8日", "青河市林业局23年4月8日", "23年4月8日"),
        ("青河市林业局\n2O23年4月8日", "青河市林业局2O23年4月8日", "2O23年4月8日"),
        ("青河市林业局\n2023年  月  日", "青河市林业局2023年月日", None),
        ("青河局安委会\nx年4月x日", "青河局安委会x年4月x日", None),
        ("青河市林业局\n20XX年X月X日", "青河市林业局20XX年X月X日", None),
        ("青河市林业局\n?\n2023年4月8日\n?\n", "青河市林业局2023年4月8日", "2023年4月8日"),
        ("2023年4月8日\n/upload/2023/登记表.doc", "2023年4月8日", "2023年4月8日"),
        ("青河市林业局\n（主动公开）", "青河市林业局", None),
        ("附件：资料领取登记表\n青河市林业局\n（此件公开发布）", "青河市林业局", None),
        ("青河市绿化委员会办公室\n（青河市林业局代章）\n抄送：市政府办公室。", "青河市绿化委员会办公室（青河市林业局代章）", None),
        ("2023年4月8日\n抄送：市政府办公室。", "2023年4月8日", "2023年4月8日"),
        ("2023年4月8日\n青河市林业局办公室\n2023年4月9日印发", "2023年4月8日", "2023年4月8日"),
        ("2023年4月8日\n青河市林业局", "2023年4月8日青河市林业局", "2023年4月8日"),
        ("青河农商银行云岭支行\n2023年4月8日", "青河农商银行云岭支行2023年4月8日", "2023年4月8日"),
        ("青河海关\n2023.4.8", "青河海关2023.4.8", "2023.4.8"),
        ("中共青河市委党校\n2023年4月8日", "中共青河市委党校2023年4月8日", "2023年4月8日"),
        ("青河市侨联\n青河市观鸟联盟\n2023年4月8日", "青河市侨联青河市观鸟联盟2023年4月8日", "2023年4月8日"),
        ("青河市林业局\n2023年4月", "青河市林业局2023年4月", None),
        ("附件：观鸟地点\n青河市林业局\n二〇二三年四月\n供稿：办公室", "青河市林业局二〇二三年四月", None),
    ],
)  # fmt: skip
def test_signatures(tail: str, signature: str, issue: str | None, rulebook: Rulebook) -> None:
    found = manuscript(_BODY + tail, rulebook)
    assert part(found, "signature") == signature
    assert part(found, "issue_date") == issue


@pytest.mark.parametrize(
    "tail",
    [
        "请下列单位参加启动仪式。\n青河市教育局\n青河市民政局\n做好准备工作，注意安全。",
        "参加单位见下。\n20XX年4月8日上午在广场集合，注意安全。",
        "各单位按月轮流值守。\n青河市教育局\n2023年4月\n青河市民政局\n2023年5月\n做好准备工作，注意安全。",
        "参加单位见下。\n青河市教育局\n爱鸟周活动方案\n一、活动时间\n4月20日。",
    ],
)
def test_a_list_of_bodies_is_no_signature(tail: str, rulebook: Rulebook) -> None:
    assert part(manuscript(_BODY + tail, rulebook), "signature") is None


def test_the_letter_is_signed_where_the_forwarded_one_is_too(rulebook: Rulebook) -> None:
    """The first signature is the letter's own, though its date is spoilt and that of the enclosed text is whole."""
    enclosed = (
        "东山省林业局关于开展爱鸟周活动的通知\n各市林业局：\n请认真组织。\n东山省林业局\n2023年3月1日\n"
    )
    found = manuscript(_BODY + "青河市林业局\n23年4月8日\n" + enclosed, rulebook)
    assert part(found, "signature") == "青河市林业局23年4月8日"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2023年青河市爱鸟周活动安排", "2023年青河市爱鸟周活动安排"),
        ("青河市爱鸟周宣传活动日程安排", "青河市爱鸟周宣传活动日程安排"),
        ("青河市爱鸟周宣传活动日程安排表", None),
        ("青河市2023年爱鸟周工作方案", "青河市2023年爱鸟周工作方案"),
        ("活动安排", None),
        ("4月20日上午启动仪式安排", None),
        ("一、爱鸟周主要宣传活动安排", None),
        ("各单位宣传活动具体安排", None),
    ],
)
def test_titles_of_enclosed_plans(line: str, title: str | None, rulebook: Rulebook) -> None:
    found = manuscript(f"{_BODY}青河市林业局\n2023年4月8日\n{line}\n一、活动时间\n4月20日。\n", rulebook)
    assert part(found, "plan_title") == title


@pytest.mark.parametrize(
    "button", ["朗读", "文章播报", "【打印】【关闭】", "字体：大 中 小", "分享到：", "听全文", "政策文件"]
)
def test_a_pages_buttons_are_no_letterhead(button: str, rulebook: Rulebook) -> None:
    text = f"{button}\n青山县柳河镇人民政府文件\n柳政〔2010〕10号\n关于开展爱鸟周活动的通知\n各村：\n请组织参加。\n"
    found = manuscript(text, rulebook)
    assert part(found, "letterhead") == "青山县柳河镇人民政府文件"
    assert found.outline.lines[0].zone == "web"


@pytest.mark.parametrize("above", ["青山县", "中共青山县委员会", "青山县打击假冒伪劣商品工作"])
def test_a_letterhead_of_two_lines_keeps_its_first(above: str, rulebook: Rulebook) -> None:
    text = (
        f"{above}\n领导小组办公室文件\n青打办〔2010〕10号\n关于开展爱鸟周活动的通知\n各村：\n请组织参加。\n"
    )
    assert part(manuscript(text, rulebook), "letterhead") == f"{above}领导小组办公室文件"


def test_a_number_in_brackets_under_the_title(rulebook: Rulebook) -> None:
    text = "青山县林业局关于开展爱鸟周活动的通知\n（青林发〔2010〕64号）\n各乡镇：\n请组织参加。\n"
    assert part(manuscript(text, rulebook), "doc_number") == "青林发〔2010〕64号"
    cited = (
        "青山县林业局关于开展爱鸟周活动的通知\n各乡镇：\n请落实\n（省林业局青林发〔2010〕64号文）\n要求。\n"
    )
    assert part(manuscript(cited, rulebook), "doc_number") is None


_FLAT = (
    "为提高全社会护鸟意识，现将爱鸟周活动有关事项通知如下：一、活动时间2018年4月1日至7日。二、活动主题守护候鸟家园。"
    "三、活动内容各乡镇要在湿地公园举办观鸟活动，组织志愿者进校园宣讲，利用广播播放护鸟录音，营造爱鸟护鸟的良好氛围，发放宣传单。"
    "四、工作要求各单位要高度重视，按时报送总结，确保活动取得实效，不断提高全社会生态保护意识。"
)


@pytest.mark.parametrize(
    ("printed", "title", "number", "addressees"),
    [
        ("{t} 各乡镇、各部门：{b}", True, False, True),
        ("{t}各乡镇、各部门：{b}", True, False, True),
        ("1、{t}各乡镇、各部门：{b}", True, False, True),
        ("文档介绍：{t}{t}各乡镇、各部门：{b}", True, False, True),
        ("精品文档-欢迎下载{t}{b}", True, False, False),
        ("{t}青林发〔2018〕6号各乡镇、各部门：{b}", True, True, True),
        ("青林发〔2018〕 6 号 各乡镇、各部门：{b}", False, True, True),
        ("{t}\n青林发〔2018〕6号各乡镇、各部门：\n{b}", True, True, True),
        ("{t}青林发〔2018〕6号\n各乡镇、各部门：\n{b}", True, True, True),
        (
            "{t}爱鸟周就要到了，下面这篇供大家参考！各乡镇、街道，县直各有关部门和单位：{b}",
            False,
            False,
            True,
        ),
    ],
)
def test_a_head_run_into_one_line(
    printed: str, title: bool, number: bool, addressees: bool, rulebook: Rulebook
) -> None:
    heading = "青山县林业局关于开展2018年“爱鸟周”活动的通知"
    found = manuscript(printed.format(t=heading, b=_FLAT) + "\n", rulebook)
    if title:
        assert part(found, "title") == heading
    assert part(found, "doc_number") == ("青林发〔2018〕6号" if number else None)
    assert bool(part(found, "addressees")) == addressees
    assert (part(found, "addressees") or "各").startswith("各")
    assert [s.number for s in found.outline.sections] == ["一", "二", "三", "四"]


@pytest.mark.parametrize(
    "lead",
    [
        "根据《青河省林业厅关于开展2018年“爱鸟周”活动的通知》青林发〔2018〕6号各项要求，现就有关事项安排如下，请各单位结合实际认真抓好落实：",
        "各省辖市、计划单列市林业主管部门要按照本方案的安排为群众办实事，结合实际制定年度工作计划，并于4月1日前报送省林业厅备案：",
        "省林业厅日前印发2018年爱鸟周活动方案各地反响热烈，为做好相关工作，我县决定开展系列宣传活动，现将有关要求明确如下，请遵照执行。",
    ],
)
def test_a_sentence_on_a_notice_is_no_run_in_head(lead: str, rulebook: Rulebook) -> None:
    found = manuscript(
        f"关于开展爱鸟周活动的通知\n{lead}\n一、活动时间\n4月。\n二、工作要求\n落实。\n", rulebook
    )
    assert part(found, "title") == "关于开展爱鸟周活动的通知"
    assert part(found, "doc_number") is None
    assert fold(lead) in {fold(found.quote(line.span)) for line in found.outline.lines}


def test_a_signature_run_into_the_last_sentence(rulebook: Rulebook) -> None:
    last = "各单位要高度重视，结合实际制定实施方案，明确专人负责，认真组织开展各项宣传活动，并及时报送总结。"
    text = f"关于开展爱鸟周活动的通知\n各乡镇：\n{last}青山县林业局2018年3月20日附件：1.活动安排表\n"
    found = manuscript(text, rulebook)
    assert part(found, "signature") == "青山县林业局2018年3月20日"
    assert part(found, "issue_date") == "青山县林业局2018年3月20日"
    told = f"{last}青山县林业局2018年3月20日印发的通知同时废止。"
    found = manuscript(f"关于开展爱鸟周活动的通知\n各乡镇：\n{told}\n", rulebook)
    assert part(found, "signature") is None


@pytest.mark.parametrize(
    "page",
    [
        "爱鸟周宣传活动方案（通用14篇）\n下面是小编整理的范文，仅供参考。\n{t} 篇1\n为保护鸟类，制定本方案。\n",
        "{t}\n2024-11-26\n{t}（一）\n为保护鸟类，制定本方案。\n",
        "{t}\n合集下载\n1、下载文档前请自行甄别文档内容。\n{t}\n{t}\n为保护鸟类，制定本方案。\n",
        "《{t}.doc》由会员分享，可在线阅读，请在文库上搜索。\n{t}\n为保护鸟类，制定本方案。\n",
        "篇一：{t}\n为保护鸟类，制定本方案。\n",
        "abc平台登录入口最新网址\n{t}\n为保护鸟类，制定本方案。\n",
        "1、2016全新精品资料-全新公文范文-全程指导写作 1 / 4 {t} 各乡镇林业站，各有关单位：为保护鸟类，制定本方案。",
        "{t}\n2024/01/22优秀方案\n{t}\n为保护鸟类，制定本方案。\n",
    ],
)
def test_the_title_among_a_librarys_lines(page: str, rulebook: Rulebook) -> None:
    body = "一、活动时间\n4月。\n二、工作要求\n落实。\n"
    found = manuscript(page.format(t="青山县林业局爱鸟周宣传活动方案") + body, rulebook)
    assert part(found, "title") == "青山县林业局爱鸟周宣传活动方案"
    assert part(found, "issue_date") is None


def test_no_title_behind_contacts_or_attachments(rulebook: Rulebook) -> None:
    text = (
        "联系人：白守一\n电话：55500101\n附件：爱鸟周主要活动分工方案\n青山县林业局\n青山县教育局\n2013年5月9日\n"
        "附件：\n爱鸟周主要活动分工方案\n一、启动仪式\n4月1日上午举行。\n二、观鸟比赛\n4月3日举行。\n"
    )
    found = manuscript(text, rulebook)
    assert part(found, "title") is None
    assert part(found, "signature") == "青山县林业局青山县教育局2013年5月9日"


@pytest.mark.parametrize(
    ("record", "rubric"),
    [
        ("索引号：01 公开目录：县政府办文件 发布日期：2024-06-18\n", True),
        ("索引号：01 公开目录：通知公告 发布日期：2024-06-18\n", False),
    ],
)
def test_a_pages_rubric_is_no_letterhead(record: str, rubric: bool, rulebook: Rulebook) -> None:
    text = f"县政府办文件\n青山县人民政府办公室关于爱鸟周的通知\n{record}各乡镇：\n请认真落实。\n"
    assert (part(manuscript(text, rulebook), "letterhead") is None) is rubric


@pytest.mark.parametrize(
    "label", ["爱鸟周组委会办公室联系方式", "主办单位", "各单位联系人", "各部门职责", "活动地点"]
)
def test_a_label_is_no_addressee(label: str, rulebook: Rulebook) -> None:
    text = f"请各单位按时报送总结材料。\n{label}：\n青山县林业局\n一、活动时间\n4月。\n二、工作要求\n落实。\n"
    assert part(manuscript(text, rulebook), "addressees") is None


@pytest.mark.parametrize(
    ("line", "addressed"),
    [
        ("尊敬的居民朋友们", True),
        ("亲爱的同学、家长朋友们", True),
        ("全体教职员工", True),
        ("全校师生", True),
        ("广大市民朋友", True),
        ("全体动员", False),
        ("全县报名方法", False),
        ("志愿者", False),
    ],
)
def test_people_are_addressed(line: str, addressed: bool, rulebook: Rulebook) -> None:
    text = f"关于开展爱鸟周活动的通知\n{line}：\n为保护鸟类，现将有关事项通知如下。\n一、活动时间\n4月。\n"
    assert (part(manuscript(text, rulebook), "addressees") == f"{line}：") is addressed


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("转发《青山省林业厅关于开展爱鸟周活动的通知》", "转发《青山省林业厅关于开展爱鸟周活动的通知》"),
        (
            "青林函[2009]18\n青河县林业局\n转发《青山省林业厅护鸟工作委员会\n关于开展“我的家园”\n爱鸟征文活动的通知》",
            "青河县林业局转发《青山省林业厅护鸟工作委员会关于开展“我的家园”爱鸟征文活动的通知》",
        ),
        ("现转发《青山省林业厅关于开展爱鸟周活动的通知》", None),
        ("1.转发《青山省林业厅关于开展爱鸟周活动的通知》", None),
        ("学习《青山省林业厅关于开展爱鸟周活动的通知》", None),
    ],
)
def test_a_title_that_ends_with_the_notice_handed_on(
    lines: str, title: str | None, rulebook: Rulebook
) -> None:
    found = manuscript(f"{lines}\n各乡镇林业站：\n请认真贯彻执行。\n", rulebook)
    assert part(found, "title") == title


def test_a_page_tells_of_the_notice_before_its_text(rulebook: Rulebook) -> None:
    text = (
        "青河市:关于做好爱鸟周有关事项的通知\n来源：本站\n近日，省林业厅发布了《爱鸟周组织实施方案》，营造了氛围。\n"
        "全文如下：\n青河市林业局办公室\n关于做好爱鸟周有关事项的通知\n各县（区）林业局：\n现就有关事项通知如下。\n一、活动时间\n4月。\n"
    )
    found = manuscript(text, rulebook)
    assert part(found, "title") == "青河市林业局办公室关于做好爱鸟周有关事项的通知"
    assert part(found, "addressees") == "各县（区）林业局："


def test_a_pages_line_on_its_source_does_not_go_on(rulebook: Rulebook) -> None:
    text = (
        "2021年关于做好爱鸟周活动的通知\n发布时间：2023-06-01 23:10:25 来源：某某教育网\n"
        "各镇人民政府，各街道办事处，区政府各工作部门：\n请组织参加。\n邮箱：abcdef@example.cn\n青 山 区 林 业 局\n2021年3月5日\n"
    )
    found = manuscript(text, rulebook)
    assert part(found, "addressees") == "各镇人民政府，各街道办事处，区政府各工作部门："
    assert part(found, "signature") == "青山区林业局2021年3月5日"


@pytest.mark.parametrize(
    "told",
    [
        "青山日报讯（记者 白守一）青河省林业厅印发《关于开展2022年“爱鸟周”活动的通知》，4月1日起开展系列活动。\n《通知》要求，加强宣传。",
        "近日，青山市林业局印发《关于开展2022年“爱鸟周”活动的通知》。据悉，活动主题为“守护候鸟家园”，我市4月1日启动。",
        "青山绿报8月31日报道（记者：白守一）省林业厅日前发出通知，决定开展爱鸟周活动。通知说，各地要制订方案，请各单位落实。",
        "青山县林业局开展护鸟宣传活动\n近日，青山县林业局联合湿地公园开展宣传活动。共发放宣传资料500余份。",
        "青山省安排部署爱鸟周十大活动\n近日，青山省林业厅印发通知，对爱鸟周活动作出安排部署。《通知》要求，加强宣传。",
        "在2022年全省“爱鸟周”启动仪式上的讲话\n省林业厅厅长 白守一\n（2022年4月1日）\n各位市民朋友，同志们：\n大家好！",
        "爱鸟周活动及护鸟行动工作总结\n今年4月，我县认真开展爱鸟周活动，现将总结如下：\n一、宣传发动\n召开会议。",
        "青山市“爱鸟周”开展三大系列活动\n3月底，市林业局印发了《关于开展2022年“爱鸟周”活动的通知》，拉开活动序幕。一是开展观鸟活动。",
    ],
)
def test_news_about_a_notice_is_no_notice(told: str, rulebook: Rulebook) -> None:
    assert manuscript(told + "\n", rulebook).outline.report


@pytest.mark.parametrize(
    "notice",
    [
        "近日，省林业厅印发《关于开展2022年“爱鸟周”活动的通知》，现将有关事项通知如下：\n一、活动时间\n4月1日。",
        "近日，省林业厅印发《爱鸟周活动方案》，我局高度重视，请各单位认真学习。",
        "青山日报讯（记者 白守一）的报道引起反响，现将有关要求通知如下：\n一、活动时间\n4月1日。",
        "近日，各单位陆续开展了护鸟活动，现就有关事项通知如下。\n一、活动时间\n4月1日。",
        "关于开展爱鸟周活动的通知\n近日，省林业厅印发《关于开展“爱鸟周”活动的通知》，据悉，各地反响热烈。",
        "各乡镇：\n近日，省林业厅印发《关于开展“爱鸟周”活动的通知》，要认真落实。",
        "近日，省林业厅印发通知，对爱鸟周活动作出部署，现就有关事项通知如下：\n一、活动时间\n4月1日。",
        "关于报送爱鸟周活动工作总结的通知\n各乡镇：\n请于5月8日前报送总结。",
        "关于学习在爱鸟周启动仪式上的讲话的通知\n各乡镇：\n请认真学习。",
        "关于做好爱鸟周活动总结\n工作的通知\n各乡镇：\n请认真总结。",
        "近日，省林业厅印发《爱鸟周活动方案》。\n一、活动时间\n4月1日。\n二、工作要求\n落实。\n青山市林业局\n2022年3月1日",
    ],
)
def test_a_notice_that_tells_of_another_is_no_news(notice: str, rulebook: Rulebook) -> None:
    assert not manuscript(notice + "\n", rulebook).outline.report


@pytest.mark.parametrize(
    ("record", "date"),
    [
        ("索引号：01 发布机构：青山市林业局\n发文日期 2023-09-21 有效性", "2023-09-21"),
        ("·发布机构：青山市林业局\n·成文日期：2020-07-13\n·发布日期：2020-07-14", "2020-07-13"),
        ("·成文日期\n·2020-07-13\n·发布日期\n·2020-07-14", "2020-07-13"),
        ("发文号：青林发〔2014〕28号\n发布单位：青山市林业局\n发布日期：2014-04-08", "2014-04-08"),
        ("索引号：01\n文号：青林发〔2014〕28号\n发布单位：青山市林业局\n发布日期：2014-04-08", None),
        ("发布日期：2014-04-08 浏览次数：3", None),
        ("2014-04-08", None),
        ("2014年4月8日", "2014年4月8日"),
    ],
)
def test_the_day_of_issue_in_a_pages_record(record: str, date: str | None, rulebook: Rulebook) -> None:
    text = f"青山市林业局网站\n{record}\n关于开展爱鸟周活动的通知\n各乡镇：\n请组织参加。\n"
    found = part(manuscript(text, rulebook), "issue_date")
    assert (found or "").lstrip("·") == (date or "")
    signed = f"{text}青山市林业局\n2014年3月1日\n"
    assert (part(manuscript(signed, rulebook), "issue_date") or "").endswith("2014年3月1日")


@pytest.mark.parametrize(
    ("line", "addressed"),
    [
        ("校内各单位、离退休各支部", True),
        ("各乡镇人民政府，县政府各部门", True),
        ("本校有关情况", False),
        ("各地要提高认识，加强领导", False),
        ("青山县林业局", False),
    ],
)
def test_addressees_that_lost_their_colon(line: str, addressed: bool, rulebook: Rulebook) -> None:
    body = "为提高全社会护鸟意识，经研究决定开展爱鸟周系列活动，现将有关事项通知如下。"
    text = f"关于开展爱鸟周活动的通知\n发布时间：2018年10月08日 16:24\n{line}\n{body}\n一、活动时间\n4月。\n二、工作要求\n落实。\n"
    assert part(manuscript(text, rulebook), "addressees") == (line if addressed else None)


@pytest.mark.parametrize(
    "below", ["抄送：县府办、县安委办", "主题词：林业 通知", "联系人：白守一", "打印 关闭", ""]
)
def test_a_date_alone_signs_where_the_letter_ends(below: str, rulebook: Rulebook) -> None:
    text = f"关于印发爱鸟周活动方案的通知\n各乡镇：\n现将方案印发给你们。\n二○一三年六月八日\n{below}\n"
    assert part(manuscript(text, rulebook), "issue_date") == "二○一三年六月八日"
    if below:
        told = text.replace(below, "上午举行启动仪式。")
        assert part(manuscript(told, rulebook), "issue_date") is None


def test_pinyin_behind_characters_does_not_join_lines(rulebook: Rulebook) -> None:
    pinyin = "开(kāi)展(zhǎn)爱(ài)鸟(niǎo)周(zhōu)"
    text = f"关于{pinyin}活动的通知\n来源：林业局 2021-04-29 13:56浏览次数(shù)：261\n各乡镇、各部门、县直有关单位：\n请参加。\n"
    assert part(manuscript(text, rulebook), "addressees") == "各乡镇、各部门、县直有关单位："


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (  # a short paragraph without breaks
            "一、活动时间 4月1日至7日（周日） 二、活动主题 守护候鸟家园 三、重点宣传内容 （一）湿地保护。\n四、活动安排\n观鸟。\n",
            ["一、活动时间", "二、活动主题", "三、重点宣传内容", "四、活动安排"],
        ),
        (  # a heading glued to the line before
            "一、活动时间\n4月。\n二、举办单位\n主办单位：青山市林业局四、主要活动内容\n观鸟。\n",
            ["一、活动时间", "二、举办单位"],
        ),
        (
            "一、活动时间\n4月。\n二、举办单位\n主办单位：青山市林业局三、主要活动内容\n观鸟。\n",
            ["一、活动时间", "二、举办单位", "三、主要活动内容"],
        ),
        (
            "现就有关事项提出如下意见：一、指导思想\n保护。\n二、工作要求\n落实。\n",
            ["一、指导思想", "二、工作要求"],
        ),
        (  # a reference to a section is no section
            "一、活动时间\n按照二、活动安排的要求和本市二、活动安排中的规定执行。\n二、工作要求\n落实。\n",
            ["一、活动时间", "二、工作要求"],
        ),
    ],
)
def test_headings_without_a_line_of_their_own(lines: str, headings: list[str], rulebook: Rulebook) -> None:
    found = sections(manuscript(f"关于开展爱鸟周活动的通知\n各单位：\n{lines}", rulebook))
    assert [heading for heading, _, _ in found] == headings


def test_a_heading_cut_off_at_the_end_of_the_text(rulebook: Rulebook) -> None:
    body = _FLAT.split("三、", maxsplit=1)[0]
    text = (
        f"青山县林业局2018年爱鸟周活动方案\n{body}"
        + "各乡镇要在湿地公园举办观鸟活动，组织志愿者进校园宣讲，" * 4
        + "认真落实。三、具体活动安"
    )
    assert sections(manuscript(text, rulebook))[-1][:2] == ("三、具体活动安", "活动安排")
