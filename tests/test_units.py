"""Bodies with their roles and full names: invented lines in, bodies out; what is no body stands beside them."""

from datetime import date
from typing import Any

import pytest
from drafts import cases, draft, rulebook

from extractor.entities.units import find
from extractor.model import Manuscript, Mention, UnitName
from extractor.resolve.unit_names import canonical_key, cluster, expand
from extractor.schema import Region

FRAME = """北山市市场监督管理局
关于印发《北山市2023年宣传周活动方案》的通知

各县（市、区）市场监管局，市直有关单位：

现将方案印发给你们，请认真落实。

北山市市场监督管理局
2023年4月14日

北山市2023年宣传周活动方案

一、活动时间

2023年4月20日至26日。

二、活动安排

（一）活动。{text}

三、工作要求

（一）注重实效，厉行节约。
"""
DISTRICT = Region("昆明市五华区", "530102", "county", "云南省", "昆明市", "五华区")
MUNICIPAL = Region("重庆市荣昌区", "500153", "county", "重庆市", None, "荣昌区")
COUNTY_CITY = Region("鞍山市海城市", "210381", "county", "辽宁省", "鞍山市", "海城市")
PREFECTURE = Region("临夏回族自治州", "622900", "prefecture", "甘肃省", "临夏回族自治州", None)
PROVINCE = Region("青海省", "630000", "province", "青海省", None, None)
NATION = Region("全国", None, "nation")


def units(manuscript: Manuscript) -> list[tuple[Mention, UnitName]]:
    mentions = find(manuscript, rulebook())
    return [(mention, mention.value) for mention in mentions if isinstance(mention.value, UnitName)]


def roles(manuscript: Manuscript, role: str) -> list[str]:
    return [value.name for mention, value in units(manuscript) if mention.role == role]


@pytest.mark.parametrize("case", cases("units"), ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    manuscript = draft(FRAME.format(text=case["text"]))
    start = manuscript.document.text.index("（一）活动。")
    end = manuscript.document.text.index("三、工作要求")
    found = [[value.name, m.role] for m, value in units(manuscript) if start < m.span.start < end]
    assert found == case["expect"]


@pytest.mark.parametrize("case", cases("units"), ids=lambda case: case["text"][:24])
def test_names_are_the_printed_words(case: dict[str, Any]) -> None:
    manuscript = draft(FRAME.format(text=case["text"]))
    for mention, value in units(manuscript):
        assert "".join(manuscript.quote(mention.span).split()) == value.name


def test_parts_of_the_letter() -> None:
    manuscript = draft(FRAME.format(text="无。"))
    assert set(roles(manuscript, "issuer")) == {"北山市市场监督管理局"}
    assert roles(manuscript, "addressee") == ["各县（市、区）市场监管局", "市直有关单位"]
    assert [value.group for m, value in units(manuscript) if m.role == "addressee"] == [True, True]


def test_joint_issuers_on_several_lines_and_the_seal() -> None:
    manuscript = draft(
        "关于开展2023年质量月活动的通知\n\n各有关单位：\n\n现将有关事项通知如下，请遵照执行。\n\n"
        "中共北山市委宣传部\n北山市质量强市工作领导小组办公室\n（市市场监管局代章）\n2023年8月30日\n"
    )
    assert roles(manuscript, "issuer") == ["中共北山市委宣传部", "北山市质量强市工作领导小组办公室"]
    assert roles(manuscript, "seal") == ["市市场监管局"]


def test_joint_issuers_parted_by_blanks_in_the_title() -> None:
    manuscript = draft(
        "科技部 中央宣传部 中国科协关于举办2022年科技活动周的通知\n\n各有关单位：\n\n现将有关事项通知如下。\n"
    )
    assert roles(manuscript, "issuer") == ["科技部", "中央宣传部", "中国科协"]


def test_letter_spaced_name_is_one_body() -> None:
    manuscript = draft(
        "北山市质量强市\n联 席 会 议 办 公 室\n关于开展质量月活动的通知\n\n各成员单位：\n\n现将有关事项通知如下。\n"
    )
    assert roles(manuscript, "issuer") == ["北山市质量强市联席会议办公室"]


def test_a_list_of_addressees_with_a_shared_head() -> None:
    manuscript = draft(
        "关于开展宣传周活动的通知\n\n"
        "各省、自治区、直辖市及计划单列市、新疆生产建设兵团党委宣传部，法院，教育厅（委、局），科协：\n\n现将有关事项通知如下。\n"
    )
    assert roles(manuscript, "addressee") == [
        "各省、自治区、直辖市及计划单列市、新疆生产建设兵团党委宣传部",
        "法院",
        "教育厅（委、局）",
        "科协",
    ]


def test_the_issuer_may_stand_in_the_first_paragraph() -> None:
    manuscript = draft(
        "北山市2024年宣传周活动方案\n\n根据省局要求，北山市应急管理局决定组织开展宣传周活动，制定本方案。\n\n"
        "一、活动时间\n\n2024年4月20日。\n\n二、工作要求\n\n注重实效。\n"
    )
    assert roles(manuscript, "issuer") == ["北山市应急管理局"]


def test_an_elided_head_is_completed() -> None:
    manuscript = draft(FRAME.format(text="与南京市江宁区、浦口区市场监管局，共同举办对接会。"))
    found = {value.name: value.full_name for m, value in units(manuscript) if m.role == "organiser"}
    assert found == {"南京市江宁区": "南京市江宁区市场监管局", "浦口区市场监管局": None}


def test_a_list_that_shares_its_region() -> None:
    manuscript = draft(FRAME.format(text="责任单位另定。市法院、检察院派员参加。"))
    assert {value.name: value.full_name for m, value in units(manuscript) if m.role == "support"} == {
        "市法院": None,
        "检察院": "市检察院",
    }


def test_roles_in_the_requirements() -> None:
    text = FRAME.replace(
        "（一）注重实效，厉行节约。", "（一）各县（市、区）要加强领导。市直有关单位要及时总结。"
    )
    manuscript = draft(text.format(text="无。"))
    assert roles(manuscript, "organiser") == ["各县（市、区）"]
    assert roles(manuscript, "addressee").count("市直有关单位") == 2


@pytest.mark.parametrize(
    ("name", "region", "full"),
    [
        ("区市场监管局", DISTRICT, "昆明市五华区市场监督管理局"),
        ("五华区市场监督管理局", DISTRICT, "昆明市五华区市场监督管理局"),
        ("市知识产权局", DISTRICT, "昆明市知识产权局"),
        ("省市场监管局", DISTRICT, "云南省市场监督管理局"),
        ("区委宣传部", MUNICIPAL, "中共重庆市荣昌区委宣传部"),
        ("区法院", MUNICIPAL, "重庆市荣昌区人民法院"),
        ("市知识产权局", MUNICIPAL, "重庆市知识产权局"),
        ("区政府办公室", MUNICIPAL, "重庆市荣昌区人民政府办公室"),
        ("河包镇人民政府", MUNICIPAL, "重庆市荣昌区河包镇人民政府"),
        ("区市场监管局知识产权管理科", MUNICIPAL, "重庆市荣昌区市场监督管理局知识产权管理科"),
        ("四川省泸州市市场监管局", MUNICIPAL, "四川省泸州市市场监督管理局"),
        ("区税务局", MUNICIPAL, "国家税务总局重庆市荣昌区税务局"),
        ("团区委", MUNICIPAL, "中国共产主义青年团重庆市荣昌区委员会"),
        ("市教育局", COUNTY_CITY, "海城市教育局"),
        ("州市场监管局", PREFECTURE, "临夏回族自治州市场监督管理局"),
        ("临夏州市场监督管理局", PREFECTURE, "临夏回族自治州市场监督管理局"),
        ("州中院", PREFECTURE, "临夏回族自治州中级人民法院"),
        ("省消防救援总队", PROVINCE, "青海省消防救援总队"),
        ("国家知识产权局", DISTRICT, "国家知识产权局"),
        ("中宣部", NATION, "中共中央宣传部"),
        ("发展改革委", NATION, "国家发展和改革委员会"),
        ("各街道办事处", DISTRICT, "昆明市五华区各街道办事处"),
        ("各县市市场监管局", PREFECTURE, "临夏回族自治州各县市市场监督管理局"),
        ("市市场监督管理局（市知识产权局）", COUNTY_CITY, "海城市市场监督管理局（海城市知识产权局）"),
        (
            "县直各学校",
            Region("六安市金寨县", "341524", "county", "安徽省", "六安市", "金寨县"),
            "金寨县直各学校",
        ),
    ],
)
def test_full_names(name: str, region: Region, full: str) -> None:
    assert expand(name, region, rulebook(), date(2023, 4, 1)) == full


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("区教体局", DISTRICT),  # 教育体育局 here, 教育和体育局 there
        ("法院", DISTRICT),
        ("有关单位", DISTRICT),
        ("市级相关部门", DISTRICT),
        ("市场监督管理局", DISTRICT),
        ("省政府", MUNICIPAL),  # a municipality is no 省
        ("发展改革委", DISTRICT),
        ("荣昌高新区管委会", MUNICIPAL),
        ("州局知识产权发展中心", PREFECTURE),
        ("市教育局", Region()),
        ("市教育局", NATION),
        ("各单位", DISTRICT),
    ],
)
def test_no_full_name_rather_than_a_wrong_one(name: str, region: Region) -> None:
    assert expand(name, region, rulebook()) is None


def test_a_tail_is_completed_from_the_notice() -> None:
    known = ("五华区质量强区工作领导小组办公室",)
    assert (
        expand("领导小组办公室", DISTRICT, rulebook(), None, known)
        == "昆明市五华区质量强区工作领导小组办公室"
    )
    assert expand("领导小组办公室", DISTRICT, rulebook()) is None


def test_one_key_for_every_surface_form() -> None:
    names = ["昆明市五华区市场监督管理局", "区市场监管局", "市场监督管理局", "市市场监管局", "区教育局"]
    keys = cluster(names, DISTRICT, rulebook())
    assert len({keys[name] for name in names[:3]}) == 1
    assert len(set(keys.values())) == 3
    assert canonical_key("区市场监管局", DISTRICT, rulebook()) == "昆明市五华区市场监督管理局"


def test_abbreviations_and_anaphora_join_their_long_names() -> None:
    names = [
        "海城市安全生产委员会办公室",
        "市安办",
        "市质量强市联席会议各成员单位",
        "各成员单位",
        "各乡镇人民政府",
        "各乡镇",
        "市政府有关部门",
        "各有关部门",
    ]
    keys = cluster(names, COUNTY_CITY, rulebook())
    for first, second in zip(names[::2], names[1::2], strict=True):
        assert keys[first] == keys[second]
    assert len(set(keys.values())) == 4


def test_bodies_of_other_levels_stay_apart() -> None:
    names = ["中共海城市委网络安全和信息化委员会办公室", "市委网信办", "省委网信办", "各镇街", "各街道办事处"]
    keys = cluster(names, COUNTY_CITY, rulebook())
    assert keys[names[0]] == keys["市委网信办"] != keys["省委网信办"]
    assert keys["各镇街"] != keys["各街道办事处"]


def test_news_about_a_notice_has_no_issuer() -> None:
    told = "青山日报讯（记者 白守一）3月底，青山市林业局决定开展爱鸟周活动，印发了《关于开展爱鸟周活动的通知》。\n发布机构：市林业局\n"
    found = list(find(draft(told), rulebook()))
    assert found
    assert not [one for one in found if one.role == "issuer"]


@pytest.mark.parametrize(
    ("frame", "issuers"),
    [
        (
            "发布单位：青山市林业局、青山市教育局、共青团青山市委员会",
            ["青山市林业局", "青山市教育局", "共青团青山市委员会"],
        ),
        ("索引号：01 发布机构：青山市林业局 主题分类：林业、教育局", ["青山市林业局"]),
        ("发布：党政办公室 2023年4月18日 16:48 浏览：", ["党政办公室"]),
        ("发布者：教务处 发布时间：2022-09-13", ["教务处"]),
        ("来源：青山市林业局 浏览次数：2", []),
    ],
)
def test_the_issuer_a_pages_frame_names(frame: str, issuers: list[str]) -> None:
    text = f"关于开展爱鸟周活动的通知\n{frame}\n各部门：\n请组织参加。\n一、活动时间\n4月1日。\n二、工作要求\n落实。\n"
    assert [one.value.name for one in find(draft(text), rulebook()) if one.role == "issuer"] == issuers


def test_the_signature_counts_before_the_pages_frame() -> None:
    text = "关于开展爱鸟周活动的通知\n发布者：教务处\n各部门：\n请组织参加。\n青山学院保卫处\n2023年4月1日\n"
    assert [one.value.name for one in find(draft(text), rulebook()) if one.role == "issuer"] == [
        "青山学院保卫处"
    ]


@pytest.mark.parametrize(
    ("lead", "issuer"),
    [
        (
            "青山市打击假冒伪劣商品工作领导小组决定组织开展爱鸟周活动，现就有关事宜通知如下：",
            ["青山市打击假冒伪劣商品工作领导小组"],
        ),
        ("自2014年以来，青山市林业局等部门连续9年举办爱鸟周活动，推动全社会保护意识提升。", []),
        ("为推进工作，青山市林业局已举办多次爱鸟周活动，成效明显。", []),
        ("为推进工作，青山市林业局将于4月举办爱鸟周活动，有关事项如下：", ["青山市林业局"]),
    ],
)
def test_who_decides_in_the_first_paragraph(lead: str, issuer: list[str]) -> None:
    text = f"关于开展爱鸟周活动的通知\n各单位：\n{lead}\n一、活动时间\n4月1日。\n二、工作要求\n落实。\n"
    assert [one.value.name for one in find(draft(text), rulebook()) if one.role == "issuer"] == issuer
