"""Plain text: decoding, joining, what is left out, and the way back to line and column."""

import pytest

from extractor.errors import EmptyFile
from extractor.model import Document
from extractor.readers.txt import read_txt
from extractor.settings import Settings


def document(text: str | bytes) -> Document:
    return read_txt(text if isinstance(text, bytes) else text.encode(), "case.txt", Settings())


WRAPPED = """关于组织开展二〇二三年活动的通知

各有关单位：

为深入贯彻上级会议精神，进一步提高广大群众的安全意识与防

范能力，根据统一部署，决定在全县范围内开展宣传教育活动，现

将有关事项通知如下：

一、活动时间

2023年6月1日至30日。

二、活动内容

（一）开展现场咨询。各成员单位要在县城中心广场设置咨询台，

发放宣传资料，解答群众提出的问题，普及应急避险常识，并做好



—5—

活动记录和总结工作。各单位于 6 月

27 日前将总结报送县安委会办公室，逾期未报的将予以通报批评
，请各单位认真落实。
"""


def test_hard_wrapped_lines_become_paragraphs() -> None:
    lines = document(WRAPPED).text.split("\n")
    assert lines[2] == (
        "为深入贯彻上级会议精神，进一步提高广大群众的安全意识与防范能力，根据统一部署，决定在全县范围内开展宣传教育活动，现将有关事项通知如下："
    )
    assert "普及应急避险常识，并做好活动记录和总结工作。各单位于 6 月27 日前将总结报送" in lines[-1]
    assert "5" not in lines[-1].replace("27", "")


def test_a_page_number_inside_a_sentence_is_left_out_and_marked() -> None:
    found = [(m.kind, m.note, m.line) for m in document(WRAPPED).marks]
    assert found == [("page_number", "—5—", 23)]


def test_every_character_leads_back_to_its_line_and_column() -> None:
    made = document(WRAPPED)
    rows = WRAPPED.split("\n")
    for offset, char in enumerate(made.text):
        if char == "\n":
            continue
        place = made.place(offset)
        assert rows[place.line - 1][place.column - 1] == char


def test_markdown_signs_are_left_out_and_marked() -> None:
    made = document("# 通知\n\n---\n\n## **一、活动时间**\n\n4月20日\n")
    assert made.text == "通知\n一、活动时间\n4月20日"
    assert made.headings == ((0, 1), (3, 2))
    assert {mark.kind for mark in made.marks} == {"markup"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("联系人：____，电话：______。", "联系人：____，电话：______。"),
        ("参加人数不少于__人，其中青年__人。", "参加人数不少于__人，其中青年__人。"),
        ("2023年__月__日", "2023年__月__日"),
        ("__月__日前报送", "__月__日前报送"),
        ("姓名：___ 单位：___", "姓名：___ 单位：___"),
        ("__一、活动时间__", "一、活动时间"),
        ("请__务必于4月20日前__报送", "请__务必于4月20日前__报送"),
        ("注意：__务必按时报送__。", "注意：务必按时报送。"),
    ],
)
def test_blanks_to_fill_in_are_no_markup(text: str, kept: str) -> None:
    """As in CommonMark, __ makes words bold only at their edge."""
    assert document(f"通知\n\n{text}\n").text == f"通知\n{kept}"


@pytest.mark.parametrize(
    "text",
    [
        "青山市教育局\n2023年4月18日\n",
        "一、活动时间\n4月20日\n二、活动主题\n尊重知识\n",
        "责任单位：教育局\n配合单位：科技局\n",
        "附件：\n1.名单\n2.表格\n",
    ],
)
def test_lines_that_stand_alone_stay_alone(text: str) -> None:
    assert document(text).text == text.strip()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("big5", "big5"),
    ],
)
def test_encodings(encoding: str, name: str) -> None:
    text = (
        "關於開展活動的通知\n各單位：\n為做好工作，現通知如下。\n"
        if encoding == "big5"
        else "关于开展活动的通知\n各单位：\n为做好工作，现通知如下。\n"
    )
    made = document(text.encode(encoding))
    assert made.text == text.strip()
    assert made.encoding == name


def test_spam_between_words_is_left_out_and_marked() -> None:
    made = document("各省@@、自治区@@，法院@@，检察院@@：\n为推进@@工作@@，决定@@开展@@活动@@。\n")
    assert "@" not in made.text
    assert made.text.startswith("各省、自治区，法院，检察院：")
    assert any(mark.kind == "junk" for mark in made.marks)


@pytest.mark.parametrize("sound", ["(wù)", "(wù)(wù)", "(wù )", "（wù）( wù)"])
def test_sounds_behind_characters_are_left_out(sound: str) -> None:
    assert document(f"各国务务务{sound}任务{sound}服务{sound}事务{sound}劳务{sound}\n".encode()).text == (
        "各国务务务任务服务事务劳务"
    )


def test_letters_in_brackets_are_no_sounds() -> None:
    assert "(wps)" in document("表格(wps)和文本(txt)。\n".encode()).text


def test_a_mailbox_is_no_spam() -> None:
    assert "a@example.gov.cn" in document("邮箱：a@example.gov.cn\n").text


@pytest.mark.parametrize("raw", [b"", b"\n\n  \n", "　\n".encode()])
def test_nothing_to_read(raw: bytes) -> None:
    with pytest.raises(EmptyFile):
        document(raw)


def test_a_forgotten_bracket_does_not_swallow_the_signature() -> None:
    made = document("请各村（社区、各单位于9月22日前报送小结。\n青山镇人民政府\n2023年9月4日\n")
    assert made.text.split("\n")[1:] == ["青山镇人民政府", "2023年9月4日"]


def test_a_bracket_closed_on_the_next_line_goes_on() -> None:
    made = document(
        "请各单位于9月22日前将活动总结报送县委宣传部办公室（含纸质件一式两份。\n电子件同时报送）并附照片说明。\n"
    )
    assert "\n" not in made.text


def test_a_long_attachment_does_not_swallow_the_signature() -> None:
    rows = [
        "关于开展活动的通知",
        "附件：青河市2023年城乡绿化宣传活动资料领取数量统计汇总登记表（样表）",
        "青河市绿化委员会办公室",
        "（青河市林业局代章）",
        "2023年4月8日",
    ]
    assert document("\n".join(rows)).text.split("\n") == rows


def test_a_long_attachment_goes_on_with_its_own_words() -> None:
    made = document(
        "附件：青河市2023年城乡绿化宣传活动资料领取数量统计汇总登记表以及\n各单位活动开展情况统计表\n青河市林业局\n"
    )
    assert made.text.split("\n")[0].endswith("情况统计表")


@pytest.mark.parametrize(
    "rows",
    [
        [
            "二、关于做好全市十三个赛区群众性体育比赛现场转播活动保障工作",
            "组委会办公室将成立指挥中心，与各赛区联动。",
        ],
        ["联系人：甘露，联系电话：0532-85550100、19900000012/661200", "青山市健康促进工作领导小组办公室"],
        ["欢迎垂询、免费试用我们的各类产品，咨询電話:400-555-0100", "各省、自治区水利厅，直辖市水务局："],
        [
            "主题词：节水  发布机构：青山市人民政府办公室  文 号：〔2024〕--60",
            "各乡（镇）人民政府，县直各单位：",
        ],
        [
            "青教发[2016]55号 ------------------------------ ★ ------------------------------",
            "各区、县（市）教育局：",
        ],
        [
            "市水务局联合各区水务部门与部分高等学校举办第三届青山市大学生节水知识大赛",
            "大赛旨在动员学生学习节水知识。",
        ],
    ],
)
def test_headings_phones_records_and_rules_end_their_line(rows: list[str]) -> None:
    assert document("关于开展活动的通知\n" + "\n".join(rows) + "\n").text.split("\n")[1:] == rows


@pytest.mark.parametrize(
    "rows",
    [
        [
            "一、各地各部门要把宣传月作为提高公众节水意识和推动节水型社会建设",
            "工作的重要抓手，认真组织实施。",
        ],
        ["一、深入推进县乡村三级公共文化服务体系示范创建和城乡融合发展宣传", "教育活动"],
        [
            "市水务局联合各区水务部门与部分高等学校举办第三届青山市大学生节水知识大",
            "赛旨在动员学生学习节水知识。",
        ],
        ["（二）市水务局将在人民广场设立咨询台向过往群众讲解节约用水的知识", "和方法，现场发放节水器具。"],
        ["请各单位于6月15日前将参加人员名单报市水务局节水办，手机19900000012", "同时报送电子件。"],
    ],
)
def test_cut_sentences_and_headings_go_on(rows: list[str]) -> None:
    assert "\n" not in document("\n".join(rows) + "\n").text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("**一、活动时间**", "一、活动时间"),
        ("本次活动以**节水**为主题。", "本次活动以节水为主题。"),
        ("**本次活动的主题是“节水”。**", "本次活动的主题是“节水”。"),
        ("邮箱：jie****@example.cn（****）", "邮箱：jie****@example.cn（****）"),
        ("联系人：张**、李**；电话：138****1234", "联系人：张**、李**；电话：138****1234"),
        ("![封面’ title=](/images/a.gif)关于节水的通知", "关于节水的通知"),
        ("节水！[见附件]（另发）", "节水！[见附件]（另发）"),
    ],
)
def test_stars_that_mask_are_no_emphasis_and_pictures_no_text(text: str, kept: str) -> None:
    assert document(f"关于开展节水活动的通知\n{text}\n").text.split("\n")[-1] == kept


def test_a_file_cut_off_in_a_character_is_still_utf8() -> None:
    raw = ("关于开展爱鸟周宣传活动的通知\n各乡镇人民政府：\n" + "请认真组织，确保取得实效。" * 9).encode()
    read = document(raw[:-1])
    assert read.encoding == "utf-8"
    assert read.text.startswith("关于开展爱鸟周宣传活动的通知\n各乡镇人民政府：")
    short = "通知：请参加。".encode("gb18030")
    assert document(short).text == "通知：请参加。"
