"""Notices whose line breaks are lost, or stand where none belongs: their parts are those of the notice as it was set."""

from collections import Counter
from collections.abc import Iterable

import pytest

from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings
from tests.invariance import CHECKOUT

LETTER = """青林发〔2023〕9号
青河市林业局
关于开展2023年“爱鸟周”活动的通知
各乡镇人民政府，市直有关单位：
为提高全社会爱鸟护鸟意识，定于4月开展“爱鸟周”活动。现将有关事项通知如下：
一、活动时间
2023年4月8日至14日
二、活动主题
守护候鸟家园，共建绿色青河
三、活动安排
（一）启动仪式。4月8日上午，在中心广场举行启动仪式。
（二）进校园。4月10日，市教育局组织观鸟小队。
四、工作要求
（一）加强领导。各单位要明确专人负责。
（二）及时报送。请于4月20日前将总结报市林业局，联系人：程安，电话：0999-55500111。
附件：活动情况统计表
青河市林业局
2023年3月20日"""

PLAN = """青河市林业局
2023年3月20日
青河市2023年“爱鸟周”活动方案
为提高全社会爱鸟护鸟意识，制定本方案。
一、活动主题
守护候鸟家园，共建绿色青河
二、活动时间
2023年4月8日至14日"""

TITLE = "青河市林业局关于开展2023年“爱鸟周”活动的通知"
_BODY = "\n".join(LETTER.split("\n")[4:])


def record(text: str, rulebook: Rulebook) -> dict[str, object]:
    notice = process(text.encode(), "a.txt", rulebook, Settings())
    assert isinstance(notice, Notice), notice
    return to_record(notice)


def parts(text: str, rulebook: Rulebook) -> dict[str, object]:
    """What the letter itself says, without blanks."""
    made = record(text, rulebook)
    sections = made["sections"]
    assert isinstance(sections, list)
    said = {
        name: made[name]
        for name in (
            "title",
            "plan_title",
            "doc_number",
            "issuers",
            "issue_date",
            "period",
            "report_deadline",
        )
    }
    said["addressees"] = str(made["addressees"]).replace("\n", "")
    return said | {"sections": [(one["number"], one["canonical"], one["zone"]) for one in sections]}


@pytest.mark.parametrize("between", ["", " ", "　　"])
def test_a_letter_in_one_line(between: str, rulebook: Rulebook) -> None:
    assert parts(between.join(LETTER.split("\n")), rulebook) == parts(LETTER, rulebook)


@pytest.mark.parametrize("between", ["", " "])
def test_a_letter_with_a_plan_in_one_line(between: str, rulebook: Rulebook) -> None:
    head = LETTER.split("\n")[:4]
    head[2] = "关于印发《青河市2023年“爱鸟周”活动方案》的通知"
    handed = (
        "现将《青河市2023年“爱鸟周”活动方案》印发给你们，请结合实际，认真组织实施，并按时报送总结和有关材料。"
    )
    for plan in (PLAN, PLAN.replace("日\n青", "日\n（此件公开发布）\n青", 1), PLAN.split("\n", 1)[1]):
        lines = [*head, handed, *plan.split("\n")]
        got, wanted = parts(between.join(lines), rulebook), parts("\n".join(lines), rulebook)
        assert got == wanted
        assert got["plan_title"] == "青河市2023年“爱鸟周”活动方案"
        assert got["issue_date"] == "2023-03-20"


@pytest.mark.parametrize(
    "page",
    [
        "当前位置：首页 > 政务公开 > 通知公告{t}发布时间：2023-03-21 来源：市林业局 浏览次数：36{t}{b}",
        "首页 >> 部门通知 >> 正文{t}【字号 大 中 小】日期：2023-03-21{b}",
        "朗读青河市林业局文件青林发〔2023〕9号{t}{b}",
        "通知公告{t}发布者：办公室 2023年03月21日 16:48 浏览：{b}",
        "{t}发布 2023-03-21 04:54:28 阅读 8069{b}",
        "绿网首页{t}2023-03-21{t}{b}",
        "青河新闻网站{t}{t}{b}",
    ],
)
def test_a_page_in_one_line(page: str, rulebook: Rulebook) -> None:
    body = "".join(LETTER.split("\n")[3:])
    got = parts(page.format(t=TITLE, b=body), rulebook)
    assert got["title"] == TITLE
    assert got["addressees"] == "各乡镇人民政府，市直有关单位"
    assert got["issue_date"] == "2023-03-20"  # not the page's


def test_sections_numbered_otherwise_in_one_line(rulebook: Rulebook) -> None:
    for marks in (("1.", "2.", "3."), ("第一部分", "第二部分", "第三部分"), ("Ⅰ.", "Ⅱ.", "Ⅲ.")):
        one, two, three = marks
        text = (
            f"{TITLE}各乡镇人民政府，市直有关单位：为提高全社会爱鸟护鸟意识，现就有关事项通知如下：{one}活动时间2023年4月8日至14日"
            f"{two}活动主题守护候鸟家园，共建绿色青河{three}活动安排在中心广场举行启动仪式，邀请志愿者代表参加，并在湿地公园开展观鸟活动，"
            "组织志愿者进校园宣讲，利用广播播放护鸟录音。青河市林业局2023年3月20日"
        )
        got = parts(text, rulebook)
        assert [kind for _, kind, _ in _sections(got)] == ["活动时间", "活动主题", "活动安排"], marks
        assert got["period"] == {"start": "2023-04-08", "end": "2023-04-14"}


def _sections(got: dict[str, object]) -> list[tuple[str, str, str]]:
    sections = got["sections"]
    assert isinstance(sections, list)
    return sections


@pytest.mark.parametrize(
    "sentence",
    [
        "按照青河省林业局关于开展2023年“爱鸟周”活动的通知要求，请各单位认真组织，精心安排，确保活动取得实效，营造爱鸟护鸟的氛围。",
        "根据青林发〔2023〕2号文件精神，市林业局2023年4月8日举办“爱鸟周”活动方案评审会，邀请专家参加，请有关单位按时派员参加。",
        "请于4月20日前将总结报送青河市林业局2023年4月25日召开总结大会通报各单位报送情况，会上还将对先进单位进行表彰和奖励。",
        "一、二季度各单位已经报送材料，三、四季度的材料请按照市林业局2023年3月20日印发的方案整理，统一格式，统一上报，不得遗漏。",
    ],
)
def test_a_long_paragraph_is_one(sentence: str, rulebook: Rulebook) -> None:
    paragraph = sentence + "各单位要高度重视，加强协调配合，落实工作责任，做好宣传报道，及时总结经验。" * 4
    plain = f"{TITLE}\n各单位：\n{paragraph}\n青河市林业局\n2023年3月20日\n"
    got = parts(plain, rulebook)
    assert got["title"] == TITLE
    assert got["addressees"] == "各单位"
    assert (got["issuers"], got["issue_date"]) == (["青河市林业局"], "2023-03-20")
    assert got["sections"] == []
    notice = process(plain.encode(), "a.txt", rulebook, Settings())
    assert isinstance(notice, Notice)
    zones = Counter(line.zone for line in notice.manuscript.outline.lines)
    assert zones["body"] == 1
    assert zones["signature"] == 2


# Measured on the notices of corpus/: what the text in one line gives as the text in lines does.
_FLOORS = {"title": 66, "doc_number": 68, "addressees": 67, "issuers": 66, "issue_date": 65, "sections": 61}


@pytest.mark.parametrize("between", ["", " "])
def test_the_notices_of_the_corpus_in_one_line(between: str, rulebook: Rulebook) -> None:
    same: Counter[str] = Counter()
    for path in sorted((CHECKOUT / "corpus/notices").glob("*.txt")):
        raw = path.read_bytes()
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        one, other = parts(text, rulebook), parts(between.join(lines), rulebook)
        same.update(name for name in _FLOORS if _folded(one[name]) == _folded(other[name]))
    assert {name: same[name] for name in _FLOORS if same[name] < _FLOORS[name]} == {}


def _folded(value: object) -> str:
    return "".join(str(value).split())


def broken(lines: str) -> str:
    """A head whose lines are parted by | above a letter's body."""
    return lines.replace("|", "\n") + "\n各单位：\n" + _BODY


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("关于开展2023年|全市|爱鸟周|活动的通知", "关于开展2023年全市爱鸟周活动的通知"),
        ("关于开展|2023年爱鸟周|活动的|通知", "关于开展2023年爱鸟周活动的通知"),
        (
            "青河市林业局|关于开展2023年|全市|爱鸟周活动的通知",
            "青河市林业局关于开展2023年全市爱鸟周活动的通知",
        ),
        ("青河市林|业局关于|开展2023年爱鸟周活动的通知", "青河市林业局关于开展2023年爱鸟周活动的通知"),
        ("关于印发|《2023年青河市|爱鸟周|实施方案》|的通知", "关于印发《2023年青河市爱鸟周实施方案》的通知"),
        ("2023年|青河市|爱鸟周|活动方案", "2023年青河市爱鸟周活动方案"),
        ("首页|通知公告|关于开展2023年|全市|爱鸟周|活动的通知", "关于开展2023年全市爱鸟周活动的通知"),
        # What stands above a title is none of it.
        ("青河市|爱鸟周|活动的通知", None),
        ("绿色家园|候鸟飞来|关于开展爱鸟周活动的通知", "关于开展爱鸟周活动的通知"),
        ("关于爱鸟周：|全市|爱鸟周活动的通知", "爱鸟周活动的通知"),
    ],
)
def test_a_title_in_pieces(lines: str, title: str | None, rulebook: Rulebook) -> None:
    assert record(broken(lines), rulebook)["title"] == title


@pytest.mark.parametrize(
    ("lines", "title", "number", "day"),
    [
        (TITLE + "|青林函〔2023〕8号2023年3月18日", TITLE, "青林函〔2023〕8号", "2023-03-18"),
        ("青林函〔2023〕8号　2023年3月18日|" + TITLE, TITLE, "青林函〔2023〕8号", "2023-03-18"),
        (TITLE + "|（青林函〔2023〕8号 2023年3月18日）", TITLE, "青林函〔2023〕8号", "2023-03-18"),
        ("青河市林业局公告|2023年第8号|关于爱鸟周活动的公告", "关于爱鸟周活动的公告", "2023年第8号", None),
        ("青河市林业局公告（2023年第8号）|关于爱鸟周活动的公告", "关于爱鸟周活动的公告", "2023年第8号", None),
        ("青河市人民政府令|第 12 号|青河市候鸟保护办法", "青河市候鸟保护办法", "第12号", None),
        ("青河市林业局通告|2023年第8号", "青河市林业局通告", "2023年第8号", None),
        ("第12号|" + TITLE, TITLE, None, None),  # of what nobody says
        ("2023年第8期|" + TITLE, TITLE, None, None),
    ],
)
def test_numbers_and_days_of_the_head(
    lines: str, title: str, number: str | None, day: str | None, rulebook: Rulebook
) -> None:
    unsigned = "各单位：\n为提高全社会爱鸟护鸟意识，现就有关事项通知如下：\n一、活动时间\n4月8日至14日。\n二、工作要求\n请认真组织。\n"
    got = record(lines.replace("|", "\n") + "\n" + unsigned, rulebook)
    assert (got["title"], got["doc_number"], got["issue_date"]) == (title, number, day)
    assert got["issuers"] == (["青河市人民政府"] if "人民政府令" in lines else ["青河市林业局"])


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("【通知】关于开展爱鸟周活动的通知", "关于开展爱鸟周活动的通知"),
        ("[转发][通知]关于开展爱鸟周活动的通知", "关于开展爱鸟周活动的通知"),
        ("【爱鸟周】青河市2023年爱鸟周活动方案", "青河市2023年爱鸟周活动方案"),
        ("通知公告【关于开展爱鸟周活动的通知】", "关于开展爱鸟周活动的通知"),
        ("关于开展【2023年爱鸟周】活动的通知", "关于开展【2023年爱鸟周】活动的通知"),
        ("【通知】请各单位按时报名", None),
    ],
)
def test_brackets_of_a_title(line: str, title: str | None, rulebook: Rulebook) -> None:
    assert record(broken(line), rulebook)["title"] == title


def _undated(sentence: str) -> str:
    return f"关于开展爱鸟周活动的通知\n各单位：\n{sentence}现就有关事项通知如下：\n一、活动时间\n4月8日至14日。\n二、工作要求\n请认真组织。\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "自1990年起，我县每年开展爱鸟周活动。",
        "1990年以来，我县林业不断发展。",
        "20世纪90年代，我县开始举办爱鸟周。",
        "上世纪九十年代以来，我县年年举办爱鸟周。",
        "1990年代，候鸟开始减少。",
        "从2005年开始，每年4月举办爱鸟周。",
        "1993年1月18日，联合国大会确定每年3月22日为世界水日。",
        "1978年改革开放以来，我县林业不断发展。",
        "2003年至今，我县连续举办爱鸟周。",
        "1981年，国务院批准设立爱鸟周。",
        "自1992年第一个世界环境日以来，生态不断向好。",
        "到2035年，候鸟种群明显恢复。",
    ],
)
def test_history_gives_no_year(sentence: str, rulebook: Rulebook) -> None:
    got = record(_undated(sentence), rulebook)
    assert got["year"] is None
    assert got["period"] == {"start": None, "end": None}
    assert record(_undated(sentence + "2023年爱鸟周将于4月举行。"), rulebook)["year"] == 2023


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年是我县爱鸟年。",
        "2023年4月8日起开展爱鸟周。",
        "2023年，我县成立爱鸟周活动领导小组。",
        "2023年度活动安排如下。",
    ],
)
def test_the_years_own_words_give_it(sentence: str, rulebook: Rulebook) -> None:
    assert record(_undated(sentence), rulebook)["year"] == 2023


def signed(*lines: str) -> str:
    return "\n".join([_undated("").rstrip("\n"), *lines, ""])


@pytest.mark.parametrize(
    ("lines", "issuers", "day"),
    [
        (("xx市林业局", "2023年3月20日"), ["xx市林业局"], "2023-03-20"),
        (("××市林业局", "20××年3月20日"), ["××市林业局"], None),
        (("XX县XX镇人民政府", "二〇二三年三月二十日"), ["XX县XX镇人民政府"], "2023-03-20"),
        (("xxx小学", "xx年x月x日"), ["xxx小学"], None),
    ],
)
def test_names_without_their_place(
    lines: Iterable[str], issuers: list[str], day: str | None, rulebook: Rulebook
) -> None:
    got = record(signed(*lines), rulebook)
    assert (got["issuers"], got["issue_date"]) == (issuers, day)


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("青河市林业局2023年爱鸟周活动方案", ["青河市林业局"]),
        ("xx市林业局2023年爱鸟周活动方案", ["xx市林业局"]),
        ("青河小学“爱鸟周”活动方案", ["青河小学"]),
        ("青河市2023年爱鸟周活动方案", []),
        ("全市林业系统2023年爱鸟周活动方案", []),
    ],
)
def test_a_plans_title_begins_with_who_issues_it(title: str, issuers: list[str], rulebook: Rulebook) -> None:
    plan = f"{title}\n为提高爱鸟护鸟意识，制定本方案。\n一、活动时间\n4月8日至14日。\n二、工作要求\n请认真组织。\n"
    assert record(plan, rulebook)["issuers"] == issuers


def test_a_signature_outranks_the_pages_short_name(rulebook: Rulebook) -> None:
    page = "发布机构：市林业局\n发布日期：2023-03-21\n"
    assert record(page + signed("青河市林业局", "2023年3月20日"), rulebook)["issuers"] == ["青河市林业局"]
    assert record(page + _undated(""), rulebook)["issuers"] == ["市林业局"]


@pytest.mark.parametrize(
    "week", ["4月第二周", "4月的第2周", "4月份第二个星期", "4月最后一周", "4月第一、二周"]
)
def test_a_week_of_a_month_is_somewhere_in_it(week: str, rulebook: Rulebook) -> None:
    text = signed("青河市林业局", "2023年3月20日").replace("4月8日至14日", week)
    dates = record(text, rulebook)["dates"]
    assert isinstance(dates, list)
    found = [one for one in dates if one["raw"] == week]
    assert [(one["start"], one["end"], one["precision"], one["status"]) for one in found] == [
        ("2023-04-01", "2023-04-30", "month", "ambiguous")
    ]


def test_the_last_week_of_every_april_is_no_day(rulebook: Rulebook) -> None:
    dates = record(_undated("每年4月最后一周为爱鸟周。"), rulebook)["dates"]
    assert isinstance(dates, list)
    assert [(one["raw"], one["start"]) for one in dates if "最后" in one["raw"]] == [
        ("每年4月最后一周", None)
    ]
