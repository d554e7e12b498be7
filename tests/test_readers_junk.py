"""Spam that mirror sites strew between the words of a notice."""

import pytest

from extractor.readers.junk import find_junk

BODY = [
    "各乡镇人民政府，县直有关单位：",
    "为增强全社会爱鸟护鸟意识，现将2024年爱鸟周宣传活动有关事项通知如下，请认真贯彻落实。",
    "一、活动时间",
    "2024年4月1日至7日，各单位可结合实际提前安排，持续到月底。",
    "二、工作要求",
    "各单位要加强领导，明确专人负责，并于4月15日前将活动总结报县林业局，联系人：白杨，电话：0000-7654321。",
    "石桥县林业局",
    "2024年3月20日",
]


def _sprinkled(junk: str) -> str:
    text = "\n".join(BODY)
    return "".join(
        char + (junk if index % 9 == 5 and char != "\n" else "") for index, char in enumerate(text)
    )


@pytest.mark.parametrize("junk", ["@@", "##", "#@", "~~", "＠＠", "%%", "^^", "&&", "【某某网】", "www.fanwen.example.com", "@", "🏮", "👩🏻‍⚕️", "☝🏻🏮"])  # fmt: skip
def test_spam_between_words_goes(junk: str) -> None:
    dirty = _sprinkled(junk)
    places = {i for start, end in find_junk(dirty) for i in range(start, end)}
    assert "".join(char for i, char in enumerate(dirty) if i not in places) == "\n".join(BODY)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{i}#楼、{i}#厂房" for i in range(12)),
        "\n".join(f"张{i}邮箱：zhang{i}@example.cn" for i in range(12)),
        "## 一级\n" * 12,
        "登录www.lyj.shiqiao.gov.cn填报。\n" * 12,
        "是□□否\n单位：____\n" * 12,
        "周一~周五，8:00～17:00\n" * 12,
        "加@@一处",
        "★重点：张𠅤、李𠅤、王𠅤、赵𠅤、钱𠅤、孙𠅤、周𠅤、吴𠅤☑\n",
        "📅时间：4月1日\n📍地点：人民广场\n☎电话：0000-7654321\n",
    ],
)
def test_signs_that_are_no_spam(text: str) -> None:
    assert find_junk(text) == []


def test_signs_a_forum_strews_at_the_ends_of_lines_go() -> None:
    strewn = ("! |: Z3 C# g8 U5 ", '- e7 f% z. D/ j" x4 ', "1 ?% w- i8 m3 N ")
    dirty = [
        strewn[i // 2] + line if i % 2 == 0 and i < 6 else f"{line} . g0 E7 }}) b; g/ e* ^# x' F"
        for i, line in enumerate(BODY)
    ]
    text = "\n".join(dirty)
    places = {i for start, end in find_junk(text) for i in range(start, end)}
    assert "".join(char for i, char in enumerate(text) if i not in places) == "\n".join(BODY)


@pytest.mark.parametrize(
    "text",
    ["1 2 3 4 5 甲\n" * 6, "A B C D E 组\n" * 6, "序号 a) b) c) d) e)\n" * 6, "! ? ! ? 请注意\n" * 6],
)
def test_rows_of_numbers_letters_or_signs_stay(text: str) -> None:
    assert find_junk(text) == []
