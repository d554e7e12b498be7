"""Several letters in one file: the first one's record stays its own, the others stand in ``parts``."""

import pytest

from extractor.model import Document, Outline, Reading
from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings

FIRST = """云屏县市场监督管理局文件
云屏市监〔2024〕15号
云屏县市场监督管理局关于开展2024年“质量月”活动的通知
各市场监管所，局机关各股室：
为做好今年“质量月”工作，现将有关事项通知如下：
一、活动主题
“以质取胜，行稳致远”。
二、活动时间
2024年9月1日至30日。
三、活动安排
（一）启动仪式。9月2日，在文化广场举行启动仪式。
（二）质量培训。9月12日，由质量股举办企业质量管理培训班。
四、工作要求
请各单位于2024年10月11日前将总结报送质量股，联系人：文小川，电话：0795-55500131。
云屏县市场监督管理局
2024年8月21日"""
SECOND = """云屏县市场监督管理局关于做好2024年中秋国庆期间食品安全工作的通知
云屏市监〔2024〕18号
各市场监管所：
中秋、国庆将至，现就有关事项通知如下：
一、加强监督检查
9月20日前完成对集贸市场的检查。
三、及时报送信息
10月29日前报送检查情况和总结。联系人：白小溪，电话：0795-55500132。
云屏县市场监督管理局办公室
2024年9月5日"""
FORWARDED = """江沅省林业局关于开展2023年森林防火宣传月活动的通知
江沅林发〔2023〕22号
各市、县林业局：
为普及森林防火知识，现就有关事项通知如下：
一、活动主题
“防火于未燃，护绿在日常”。
二、活动时间
2023年10月1日至31日。
三、活动安排
（一）启动仪式。10月8日，省林业局在省植物园举办启动仪式。
（二）进林区宣讲。各地组织护林员开展宣讲。
四、工作要求
各市于2023年11月20日前将总结报送省林业局。
江沅省林业局
2023年9月5日"""
COVER = """北岭市林业局转发关于开展2023年森林防火宣传月活动的通知
各县（区）林业局，市局各科室：
现将《江沅省林业局关于开展2023年森林防火宣传月活动的通知》转发给你们，请结合实际，认真贯彻落实。活动总结于11月10日前报市局防火科，联系人：齐小山，电话：0566-55500140。
北岭市林业局
2023年9月18日"""
_OWN = (
    "title", "plan_title", "doc_number", "issuers", "addressees", "region", "campaign", "year", "issue_date", "period", "theme",
    "report_deadline", "sections", "items", "activities", "dates", "units", "contacts", "findings",
)  # fmt: skip


def notice(text: str, rulebook: Rulebook) -> Notice:
    made = process(text.encode(), "case.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    return made


@pytest.mark.parametrize("between", ["", "\n\n", "\n云屏县市场监督管理局文件", "\n通知范文 篇2"])
def test_a_second_notice_changes_nothing_of_the_first(between: str, rulebook: Rulebook) -> None:
    alone = to_record(notice(FIRST, rulebook))
    both = notice(f"{FIRST}{between}\n{SECOND}", rulebook)
    record = to_record(both)
    assert {name: record[name] for name in _OWN} == {name: alone[name] for name in _OWN}
    assert record["text"] == both.document.text
    (part,) = record["parts"]
    assert part["kind"] == "notice"
    assert part["title"] == SECOND.splitlines()[0]
    assert part["doc_number"] == "云屏市监〔2024〕18号"
    assert part["issuers"] == ["云屏县市场监督管理局办公室"]
    assert part["addressees"] == "各市场监管所"
    assert part["issue_date"] == "2024-09-05"
    assert record["text"][part["span"]["start"] : part["span"]["end"]].endswith("2024年9月5日")
    assert "另有1份" in record["warnings"][0]


def test_a_collection_of_samples(rulebook: Rulebook) -> None:
    text = "第{}篇\n关于开展{}宣传的通知\n各社区居委会：\n为做好宣传，现通知如下：\n一、活动时间\n{}月11日至17日。\n南桥街道办事处\n2021年{}月6日\n"
    made = notice(
        "".join(text.format("一二三"[i], ("节水", "禁毒", "科普")[i], 5 + i, 4 + i) for i in range(3)),
        rulebook,
    )
    fields = made.tables.fields
    assert (fields.title, fields.issue_date, fields.period_start) == (
        "关于开展节水宣传的通知",
        "2021-04-06",
        "2021-05-11",
    )
    assert [(part.title, part.issue_date) for part in made.tables.parts] == [
        ("关于开展禁毒宣传的通知", "2021-05-06"),
        ("关于开展科普宣传的通知", "2021-06-06"),
    ]
    assert [section.heading for section in made.tables.sections] == ["一、活动时间"]


def test_a_first_notice_without_signature_ends_where_a_full_head_begins(rulebook: Rulebook) -> None:
    unsigned = FIRST.rsplit("\n", 2)[0].replace("现将有关事项通知如下：", "现将有关事项通知如下。")
    numbered = "\n".join([SECOND.splitlines()[1], SECOND.splitlines()[0], *SECOND.splitlines()[2:]])
    made = notice(f"{unsigned}\n{numbered}", rulebook)
    assert made.tables.fields.issue_date is None
    assert made.tables.fields.issuers == ("云屏县市场监督管理局",)
    assert [part.issue_date for part in made.tables.parts] == ["2024-09-05"]


def test_a_headline_a_page_repeats_below_its_own_words_begins_no_second_letter(rulebook: Rulebook) -> None:
    title, number, *rest = (FIRST.splitlines()[i] for i in (2, 1, *range(3, 15)))
    record = "【法规类别】市场监督\n【发文字号】云屏市监[2024]15号\n【发布部门】云屏县市场监督管理局\n【效力级别】XP10"
    told = "下载前请自行甄别内容。\n本站不提供附加服务。\n如有疑问，请联系客服。"
    body = "\n".join(rest)
    made = notice(f"{title}\n{told}\n{record}\n{title}\n（{number}）\n{body}", rulebook)
    fields = made.tables.fields
    assert (fields.title, fields.doc_number) == (title, number)
    assert fields.addressees == "各市场监管所，局机关各股室"
    assert made.tables.parts == ()
    other = notice(f"{SECOND}\n{told}\n{record}\n{title}\n（{number}）\n{body}", rulebook)
    assert [part.title for part in other.tables.parts] == [title]


@pytest.mark.parametrize("head", ["", "江沅省林业局文件\n", "附件\n", "附件：\n"])
def test_a_forwarded_notice_keeps_its_head_and_signature_to_itself(head: str, rulebook: Rulebook) -> None:
    body = FORWARDED
    if head.startswith("江沅"):
        lines = FORWARDED.splitlines()
        body = "\n".join([lines[1], lines[0], *lines[2:]])
    made = notice(f"{COVER}\n{head}{body}\n（此件公开发布）", rulebook)
    fields = made.tables.fields
    assert fields.title == "北岭市林业局转发关于开展2023年森林防火宣传月活动的通知"
    assert (fields.issuers, fields.issue_date) == (("北岭市林业局",), "2023-09-18")
    assert (fields.doc_number, fields.disclosure) == (None, None)
    assert fields.addressees == "各县（区）林业局，市局各科室"
    assert fields.report_deadline == "2023-11-10"
    assert (fields.period_start, fields.theme) == ("2023-10-01", "防火于未燃，护绿在日常")
    (part,) = made.tables.parts
    assert (part.kind, part.title) == ("forwarded", "江沅省林业局关于开展2023年森林防火宣传月活动的通知")
    assert (part.doc_number, part.issuers, part.issue_date) == (
        "江沅林发〔2023〕22号",
        ("江沅省林业局",),
        "2023-09-05",
    )
    roles = {unit.name: unit.roles for unit in made.tables.units}
    assert roles["江沅省林业局"] == ("mentioned",)
    assert [activity.title for activity in made.tables.activities] == ["启动仪式", "进林区宣讲"]
    assert {row.role for row in made.tables.dates if row.start == "2023-09-05"} == {"other"}
    assert not {finding.code for finding in made.findings} & {"D04", "D11", "F04", "N02", "U01", "F03"}


def test_a_forwarding_letter_without_signature_does_not_take_that_of_the_other(rulebook: Rulebook) -> None:
    made = notice(f"{COVER.rsplit(chr(10), 2)[0]}\n{FORWARDED}", rulebook)
    assert made.tables.fields.issue_date is None
    assert made.tables.fields.issuers == ("北岭市林业局",)


def test_a_misprinted_date_stays_with_the_letter_it_ends(rulebook: Rulebook) -> None:
    made = notice(f"{COVER.replace('2023年9月18日', '23年9月18日')}\n{FORWARDED}", rulebook)
    assert [part.title for part in made.tables.parts] == [
        "江沅省林业局关于开展2023年森林防火宣传月活动的通知"
    ]
    assert "F04" in {finding.code for finding in made.findings}


def test_an_enclosed_notice_of_a_superior(rulebook: Rulebook) -> None:
    made = notice(f"{FIRST}\n附件1\n{FORWARDED}", rulebook)
    assert made.tables.fields.issue_date == "2024-08-21"
    assert [part.kind for part in made.tables.parts] == ["enclosed"]


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        # a page's headline and furniture above the letter
        f"{FIRST.splitlines()[2]}\n发布时间：2024-08-22 来源：云屏县市场监管局\n{FIRST}",
        # an enclosed plan that is addressed
        f"{FIRST}\n2024年“质量月”活动实施方案\n各市场监管所：\n为开展好活动，制定本方案。\n一、总体要求\n坚持质量第一。",
        # a body that addresses its readers again
        FIRST.replace("请各单位于", "各单位、各部门要做到以下几点：\n1.压实责任。\n2.请各单位于"),
        # an attachment with a form
        f"{FIRST}\n附件\n“质量月”活动情况统计表\n填报单位：\n序号 活动 人次",
    ],
)
def test_one_letter_is_one_letter(text: str, rulebook: Rulebook) -> None:
    made = notice(text, rulebook)
    assert made.tables.parts == ()
    assert made.document.warnings == ()
    assert made.tables.fields.issue_date == "2024-08-21"


def test_a_file_of_many_notices_is_cut_in_one_pass(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor import pipeline

    cut: list[int] = []
    whole = pipeline.segment

    def counted(document: Document, reading: Reading, rules: Rulebook) -> Outline:
        cut.append(len(reading.chars))
        return whole(document, reading, rules)

    monkeypatch.setattr(pipeline, "segment", counted)
    many = "\n".join([FIRST, SECOND] * 20)
    made = process(many.encode(), "many.txt", rulebook, Settings())
    assert isinstance(made, Notice)
    assert len(made.tables.parts) == 39
    assert sum(cut) < 4 * len(many)
