"""Reading characters: what changes, what stays, and the way back."""

import re

import pytest

from extractor.rulebook import Rulebook
from extractor.text import any_pattern, canonical, chinese, fold, numeral, read


def test_a_reading_has_no_blanks_and_leads_back() -> None:
    text = "于 4 月\u300027 日（星期四）9︰00"
    reading = read(text)
    assert reading.chars == "于4月27日（星期四）9：00"
    for index, origin in enumerate(reading.origin):
        assert read(text[origin]).chars == reading.chars[index]
    start = reading.chars.index("4月27日")
    span = reading.span(start, start + 5)
    assert text[span.start : span.end] == "4 月\u300027 日"
    assert reading.of(span) == "4月27日"


def test_the_gaps_of_a_reading_are_where_printed_characters_are_left_out() -> None:
    reading = read("甲 乙丙\u3000 丁戊")
    assert reading.gaps(0, 5) == [1, 3]
    assert reading.gaps(1, 4) == [3]
    assert reading.gaps(1, 3) == reading.gaps(2, 2) == []


def test_grouped_patterns_find_what_each_of_them_finds() -> None:
    patterns = ["甲", "甲乙", "甲(?!丙)丁", "乙|丙丁", "戊?己", "[庚辛]壬", "甲|乙丙"]
    grouped = re.compile(any_pattern(patterns))
    for text in (
        "甲",
        "甲乙",
        "甲丁",
        "甲丙",
        "乙",
        "丙丁",
        "乙丙",
        "乙丁",
        "己",
        "戊己",
        "戊",
        "庚壬",
        "庚",
        "丙",
    ):
        found = any(re.fullmatch(one, text) for one in patterns)
        assert bool(grouped.fullmatch(text)) == found, text


@pytest.mark.parametrize(
    ("printed", "as_read"),
    [
        ("２０２３年", "2023年"),
        ("ＡＢｃ", "ABc"),
        ("(一)", "（一）"),
        ("a,b;c:d!e?", "a，b；c：d！e？"),
        ("4月20日—26日", "4月20日-26日"),
        ("4月20日–26日", "4月20日-26日"),
        ("5～6", "5~6"),
        ("4•15", "4·15"),
        ("「宣傳周」", "“宣傳周”"),
        ("﹝2023﹞", "〔2023〕"),
        ("一\n二", "一\n二"),
    ],
)
def test_one_form_of_each(printed: str, as_read: str) -> None:
    assert read(printed).chars == as_read


def test_traditional_characters_are_read_as_simplified_ones(rulebook: Rulebook) -> None:
    assert read("關於開展活動的通知", rulebook.forms).chars == "关于开展活动的通知"
    assert all(len(read(chr(code), rulebook.forms).chars) == 1 for code in rulebook.simplified.table)


@pytest.mark.parametrize(
    ("printed", "as_read"),
    [
        ("4\u2f4920\u2f47", "4月20日"),
        ("\u2ed3江\u2f9e站", "长江车站"),
        ("\uf965利", "便利"),
        ("\U0002f804行", "你行"),
    ],
)
def test_other_codes_of_a_character_are_read_as_it(rulebook: Rulebook, printed: str, as_read: str) -> None:
    assert read(printed, rulebook.forms).chars == as_read
    assert all(len(char) == 1 for char in rulebook.forms.table.values())


def test_parts_of_characters_are_no_characters(rulebook: Rulebook) -> None:
    """⺮, ⻌ stand for no character of their own, the twelve of FA0E to FA29 are ordinary ones."""
    assert read("\u2eae\u2ecc\ufa0e", rulebook.forms).chars == "\u2eae\u2ecc\ufa0e"


def test_folding_keeps_characters_as_printed() -> None:
    assert fold(" 通 知\u3000（ａ)\n") == "通知（ａ)"
    assert canonical(" 通 知\u3000（ａ)\n") == "通知（a）"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("23", 23), ("二十三", 23), ("十", 10), ("二十", 20), ("十二", 12), ("二〇二三", 2023), ("二○一二", 2012), ("二O一二", 2012),
        ("一百二十", 120), ("廿六", 26), ("三十一", 31), ("一九九八", 1998), ("", None), ("春", None), ("十春", None),
    ],
)  # fmt: skip
def test_numerals(written: str, value: int | None) -> None:
    assert numeral(written) == value


@pytest.mark.parametrize("number", range(1, 100))
def test_ordinals_are_written_as_they_are_read(number: int) -> None:
    assert numeral(chinese(number)) == number
