"""What a person sees: the words in their line, marks exactly under them, both sides, nothing that upsets a terminal."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_notices import CLEAN, WRONG

from extractor.batch import Job, Work, rulebook
from extractor.render.columns import harmless, head, pad, shorten, tail, width, wrap
from extractor.render.json import line
from extractor.render.summary import summary
from extractor.render.terminal import Style, check_summary, file_findings
from extractor.schema import to_record
from extractor.settings import Settings

ANSI = re.compile(r"\x1b\[[\d;]*m")
TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


def record(tmp_path: Path, text: str, name: str = "稿.txt") -> dict[str, Any]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    made = Work(Settings(select=("D01",)))(Job(tmp_path / name, name))
    assert isinstance(made, dict)
    return made


def finding(text: str, words: str, **values: Any) -> dict[str, Any]:
    start = text.index(words)
    made: dict[str, Any] = {"code": "X01", "name": "made-up", "severity": "error", "message": "不对。"}
    made |= {"quote": words, "span": {"start": start, "end": start + len(words)}, "page": None, "column": 1}
    made |= {"line": text.count("\n", 0, start) + 1, "related": [], "fix": None, "suggestion": ""}
    return made | values


def shown(text: str, *findings: dict[str, Any], style: Style | None = None, format: str = "txt") -> list[str]:
    made = {
        "source": {"path": "稿.txt", "format": format},
        "text": text,
        "findings": list(findings),
        "warnings": [],
    }
    return file_findings(made, {}, style or Style()).splitlines()


def under(lines: list[str], sign: str) -> str:
    """The words above the line of signs, by columns."""
    place = next(i for i, one in enumerate(lines) if re.fullmatch(rf"\s+│\s+{re.escape(sign)}+( .*)?", one))
    marks = re.search(rf"{re.escape(sign)}+", lines[place])
    assert marks
    words, column = "", 0
    for char in lines[place - 1]:
        if column >= marks.start() and column < marks.end():
            words += char
        column += width(char)
    return words


# -- columns


def test_widths() -> None:
    assert [width(text) for text in ("a", "国", "ｗ", "，", "“", "é", "e\u0301", "\u200b", "")] == [
        1,
        2,
        2,
        2,
        1,
        1,
        1,
        0,
        0,
    ]
    assert pad("国", 4) == "国  "
    assert head("国国a", 3) == "国"
    assert tail("a国国", 3) == "国"
    assert shorten("国国国", 5) == "国国…"
    assert shorten("国国", 4) == "国国"


@given(TEXT, st.integers(4, 40))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    for one in lines:
        # A word of Latin letters longer than the line, and closing marks that may not begin one, stick out.
        loose = re.sub(r"[!-~，。、；：！？）〕》」』】”’…—]+$", "", one)
        assert width(loose) <= columns


def test_lines_do_not_begin_with_a_comma() -> None:
    assert wrap("甲乙丙，丁（戊）", 6) == ["甲乙丙，", "丁（戊）"]
    assert wrap("甲乙（丙）", 6) == ["甲乙", "（丙）"]
    assert wrap("see GB/T 9704 now", 8) == ["see GB/T", "9704 now"]


@given(TEXT)
def test_nothing_controls_the_terminal(text: str) -> None:
    made = harmless(text)
    assert len(made) == len(text)
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in made)


# -- findings


@given(
    st.text("甲乙a1，。“ \u3000", max_size=200),
    st.text("丙丁b2", min_size=1, max_size=14),
    st.text("甲乙a1，", max_size=200),
)
def test_marks_stand_under_the_words(before: str, words: str, after: str) -> None:
    text = f"第一行\n{before}{words}{after}\n末行"
    start = len(f"第一行\n{before}")
    made = finding(text, words)
    made["span"] = {"start": start, "end": start + len(words)}
    for columns in (40, 100):
        lines = shown(text, made, style=Style(columns=columns))
        assert under(lines, "^") == words
        assert all(width(one) <= columns for one in lines)


def test_long_words_and_words_over_two_lines() -> None:
    text = "甲" * 200 + "\n乙"
    lines = shown(text, finding(text, "甲" * 100), style=Style(columns=60))
    assert under(lines, "^").startswith("甲甲")
    assert all(width(one) <= 60 for one in lines)
    two = shown("上行末尾\n下行开头", finding("上行末尾\n下行开头", "末尾\n下行"))
    assert under(two, "^") == "末尾"
    assert any("上行末尾…" in one for one in two)


def test_a_place_without_words_gets_one_mark() -> None:
    made = finding("甲乙丙", "乙")
    made["span"]["end"] = made["span"]["start"]
    assert sum(one.count("^") for one in shown("甲乙丙", made)) == 1


def test_both_sides_are_shown() -> None:
    text = "于2030年5月25日前报送。\n2031年4月22日"
    other = {**finding(text, "2031年4月22日"), "note": "成文日期"}
    lines = shown(text, finding(text, "2030年5月25日前", related=[other], suggestion="改年份。"))
    assert under(lines, "^") == "2030年5月25日前"
    assert under(lines, "-") == "2031年4月22日"
    assert any(one.endswith("- 成文日期") for one in lines)
    assert any("建议：改年份。" in one for one in lines)


def test_places_by_format() -> None:
    made = finding("甲乙", "乙", page=3)
    assert "第3页第1行第1列" in shown("甲乙", made)[2]
    assert "第3页第1段第1字" in shown("甲乙", made, format="docx")[2]
    assert "page 3 line 1:1" in shown("甲乙", made, style=Style(lang="en"))[2]


def test_escape_sequences_of_a_document_stay_out() -> None:
    text = "甲\x1b[31m乙\x07丙\u202e丁"
    for one in shown(text, finding(text, "乙", message="\x1b]0;x\x07")):
        assert "\x1b" not in one
        assert "\x07" not in one
        assert "\u202e" not in one


def test_real_finding_with_its_card(tmp_path: Path) -> None:
    made = record(tmp_path, WRONG)
    lines = file_findings(made, rulebook().cards, Style()).splitlines()
    assert lines[0] == "稿.txt  错误 1"
    assert lines[2].startswith("错误 D01 报送期限年份错误  第11行第6列")
    assert under(lines, "^") == "2030年5月25日前"
    assert any("依据：" in one for one in lines)
    english = file_findings(made, rulebook().cards, Style(lang="en"))
    assert "error D01 deadline-year-wrong  line 11:6" in english


def test_colours_only_where_asked_for(tmp_path: Path) -> None:
    made = record(tmp_path, WRONG)
    plain = file_findings(made, rulebook().cards, Style())
    coloured = file_findings(made, rulebook().cards, Style(color=True))
    assert "\x1b[1;31m" in coloured
    assert ANSI.sub("", coloured) == plain
    assert "\x1b" not in plain


def test_reason_is_told_once() -> None:
    text = "甲乙甲丙"
    card = next(iter(rulebook().cards.values()))
    made = {"source": {"path": "x", "format": "txt"}, "text": text, "warnings": ["第2页没有文字"]}
    made["findings"] = [finding(text, words, code=card.code) for words in ("乙", "丙")]
    told = file_findings(made, {card.code: card}, Style())
    assert told.count("依据：") == 1
    assert "注意：第2页没有文字" in told


def test_gravest_first_and_the_like_in_one_line() -> None:
    text = "甲乙丙丁戊己庚"
    minor = [finding(text, words, code="P01", severity="info") for words in "甲乙丙丁"]
    lines = shown(text, *minor[:2], finding(text, "戊", severity="warning"), finding(text, "己"), *minor[2:])
    heads = [one.split()[:2] for one in lines if one.startswith(("错误", "警告", "提示"))]
    assert heads == [["错误", "X01"], ["警告", "X01"], ["提示", "P01"], ["提示", "P01"]]
    assert lines[-1] == "P01 还有 2 处同样的提示：第1行第1列，第1行第1列"
    assert (
        len([one for one in shown(text, *[finding(text, words) for words in "甲乙丙丁"]) if "X01" in one])
        == 4
    )


def test_summary_lines() -> None:
    zero = {"error": 0, "warning": 0, "info": 0}
    assert check_summary(1, 1, 0, zero, Style()) == "未发现问题"
    assert (
        check_summary(4, 2, 1, {**zero, "error": 3}, Style())
        == "共 4 份文件：错误 3，警告 0，提示 0；2 份未发现问题；1 份未能读取"
    )
    assert (
        check_summary(2, 2, 0, zero, Style(lang="en"))
        == "files: 2: error 0, warning 0, info 0; 2 without findings"
    )


def test_picture_of_a_finding(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/finding.svg can be made again, and fetches nothing."""
    monkeypatch.syspath_prepend(str(checkout / "scripts"))
    from make_finding_picture import picture

    kept = (checkout / "docs" / "finding.svg").read_text(encoding="utf-8")
    for made in (picture(), kept):
        assert "D01" in made
        assert "^^^" in made
        assert not re.search(r"url\(|<script|href|https?://(?!www\.w3\.org/2000/svg)", made)


# -- notices


def test_summary_is_aligned(tmp_path: Path) -> None:
    lines = summary(record(tmp_path, CLEAN), Style()).splitlines()
    assert lines[0] == "稿.txt"
    told = {one.split()[0]: one for one in lines[1:]}
    assert told["主题"].endswith("惜水护水，从我做起")
    assert "2031-05-11 至 2031-05-17" in told["活动时间"]
    assert told["报送期限"].endswith("2031-05-25")
    assert told["文号"].endswith("（无）")
    values = {name: one.split(None, 1)[1] for name, one in told.items()}
    assert len({width(told[name].removesuffix(value)) for name, value in values.items()}) == 1
    english = summary(record(tmp_path, CLEAN), Style(lang="en"))
    assert "period     2031-05-11 to 2031-05-17" in english


@pytest.mark.parametrize(
    ("region", "told"),
    [
        (
            {"name": "青禾县", "province": "甲省", "city": "乙市", "county": "青禾县", "code": "990101"},
            "甲省乙市青禾县（990101）",
        ),
        (
            {"name": "甲市", "province": "甲市", "city": "甲市", "county": None, "code": "990000"},
            "甲市（990000）",
        ),
        ({"name": None, "province": None, "city": None, "county": None, "code": None}, "（无）"),
    ],
)
def test_regions(tmp_path: Path, region: dict[str, Any], told: str) -> None:
    made = {**record(tmp_path, CLEAN), "region": region}
    assert any(one.endswith(told) and "地区" in one for one in summary(made, Style()).splitlines())


# -- JSON


@given(TEXT)
def test_json_stays_in_its_line(text: str) -> None:
    made = line({"x": text})
    assert made.splitlines() == [made]
    assert json.loads(made) == {"x": text}


def test_to_record_is_plain_json(tmp_path: Path) -> None:
    made = record(tmp_path, WRONG)
    assert json.loads(line(made)) == made
    assert to_record is not None
