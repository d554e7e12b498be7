"""Waivers in the text and in Word comments: what they silence, that they are no part of the notice, what is wrong with them."""

import io
import json
from pathlib import Path

import pytest
from made_docx import make_docx, para
from made_pdf import notice_pdf

from extractor.cli import main
from extractor.fixes import Mended, mend
from extractor.model import Document, Finding
from extractor.pipeline import process
from extractor.readers import read_document
from extractor.rulebook import Rulebook
from extractor.schema import Failure, Notice
from extractor.settings import Settings

LINES = (
    "关于报送2023年爱鸟周方案的通知",
    "各单位：",
    "请于4月15日前将活动方案报送市林业局。",
    "请于4月31日前将活动总结报送市林业局。",
    "青河市林业局",
    "2023年4月14日",
)
TEXT = "\n".join(LINES) + "\n"
CODES = ("D07", "D12", "Q01")


def read(text: str | bytes, name: str = "稿.txt") -> Document:
    return read_document(text if isinstance(text, bytes) else text.encode(), name, Settings())


def found(text: str | bytes, rulebook: Rulebook, select: tuple[str, ...] = CODES) -> list[Finding]:
    raw = text if isinstance(text, bytes) else text.encode()
    made = process(raw, "稿", rulebook, Settings(select=select))
    assert isinstance(made, Notice), made
    return list(made.findings)


def codes(text: str | bytes, rulebook: Rulebook) -> list[str]:
    return [f.code for f in found(text, rulebook)]


def with_line(number: int, line: str) -> str:
    """The text with one of its lines replaced (``{}`` stands for the old one)."""
    lines = list(LINES)
    lines[number] = line.format(lines[number])
    return "\n".join(lines) + "\n"


def test_without_waivers_both_are_told(rulebook: Rulebook) -> None:
    assert codes(TEXT, rulebook) == ["D12", "D07"]


@pytest.mark.parametrize(
    "line",
    [
        "{} qa:ignore D12 已电话通知",
        "{}  # qa:ignore D12",
        "{}// QA:IGNORE d12 已电话通知",
        "{}（qa:ignore D12 已电话通知）",
        "{}【qa：ignore D12】",
        "{}<!-- qa:ignore D12 已电话通知 -->",
        "qa:ignore D12 已电话通知\n{}",
        "　　qa:ignore D12\n{}",
        "<!-- qa:ignore D12 -->\n{}",
        "请于4月15日前（qa:ignore D12 已电话通知）将活动方案报送市林业局。",
        "{} qa:ignore D12 D13 已电话通知",
    ],
)
def test_a_waiver_silences_its_code_in_its_paragraph(rulebook: Rulebook, line: str) -> None:
    text = with_line(2, line)
    assert [code for code in codes(text, rulebook) if code != "Q01"] == ["D07"]
    assert read(text).text == TEXT.strip(), "and is no part of the notice"


def test_several_codes_with_any_marks_between_them(rulebook: Rulebook) -> None:
    for between in (",", "，", "、", " ", ", "):
        text = f"qa:ignore D12{between}D07 都已说明\n{TEXT}"
        assert codes(text, rulebook) == []


def test_it_does_not_reach_into_the_next_paragraph(rulebook: Rulebook) -> None:
    assert codes(with_line(2, "{} qa:ignore D07"), rulebook) == ["Q01", "D12", "D07"]
    assert codes(with_line(3, "{}\nqa:ignore D07"), rulebook) == ["D12", "D07", "Q01"]


def test_on_a_line_of_its_own_at_the_top_it_holds_for_all(rulebook: Rulebook) -> None:
    assert codes(f"qa:ignore D07\n\n{TEXT}", rulebook) == ["D12"]
    assert codes(f"qa:ignore D07\nqa:ignore D12 已说明\n{TEXT}", rulebook) == []


def test_on_the_last_line_it_holds_for_the_paragraph_above(rulebook: Rulebook) -> None:
    text = "\n".join(LINES[:4]) + "\nqa:ignore D07 下月改"
    assert "D07" not in codes(text, rulebook)


def test_a_wrapped_paragraph_goes_on_behind_a_waiver() -> None:
    lines = [
        "关于开展活动的通知",
        "各单位：",
        *("为深入贯彻落实有关部署要求，进一步提高全社会爱鸟护鸟的意识，营造人", "与自然和谐共生的良好氛围，决定在全市范围内开展宣传活动。") * 5,
    ]  # fmt: skip
    plain = read("\n".join(lines)).text
    lines[4] += " qa:ignore D12 说明"
    lines.insert(7, "qa:ignore P10")
    noted = read("\n".join(lines))
    assert noted.text == plain
    assert [(m.kind, m.note, m.line) for m in noted.marks] == [
        ("waiver", "qa:ignore D12 说明", 5),
        ("waiver", "qa:ignore P10", 8),
    ]


def test_every_character_still_leads_back_to_its_place(rulebook: Rulebook) -> None:
    text = f"qa:ignore P01\n{with_line(2, '请于（qa:ignore D13 说明）4月15日前将活动方案报送市林业局。')}"
    document = read(text)
    rows = text.split("\n")
    for offset, char in enumerate(document.text):
        place = document.place(offset)
        if char != "\n":
            assert rows[place.line - 1][place.column - 1] == char
    (finding,) = found(text, rulebook, ("D12",))
    assert (finding.quote, finding.line, finding.column) == ("4月15日前", 4, 21)


@pytest.mark.parametrize(
    ("waiver", "told"),
    [
        ("qa:ignore X99 理由", "第3行：qa:ignore 里没有代码为 X99 的检查（notice rules 列出全部）"),
        ("qa:ignore D12,D99", "第3行：qa:ignore 里没有代码为 D99 的检查（notice rules 列出全部）"),
        ("qa:ignore 已说明", "第3行：qa:ignore 里没有代码为 已说明 的检查（notice rules 列出全部）"),
        ("qa:ignore", "第3行：qa:ignore 后面要写检查代码，如 qa:ignore D12 已电话通知"),
    ],
)
def test_a_waiver_for_no_check_is_refused_with_its_line(
    rulebook: Rulebook, waiver: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = with_line(2, f"{{}} {waiver}")
    assert process(text.encode(), "稿.txt", rulebook, Settings()) == Failure("稿.txt", "waiver", told)
    path = tmp_path / "稿.txt"
    path.write_text(text, encoding="utf-8")
    for more in ([], ["--fix"], ["--annotate", str(tmp_path / "批注")]):
        assert main(["check", str(path), *more]) == 2
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"notice: {path}：{told}\n")
        assert list(tmp_path.iterdir()) == [path]


def test_an_unused_waiver_is_told_with_line_and_codes(rulebook: Rulebook) -> None:
    (finding,) = found(with_line(2, "{} qa:ignore D12,D07 理由"), rulebook, ("Q01",))
    assert finding.message == "第3行的 qa:ignore D07 没有用上：这一段里没有这样的问题。"
    assert finding.quote in LINES[2]
    everywhere = found(f"qa:ignore D08\n{TEXT}", rulebook, ("Q01",))
    assert [f.message for f in everywhere] == ["文首第1行的 qa:ignore D08 没有用上：全文没有这样的问题。"]


def test_a_waiver_is_used_though_its_check_is_not_asked_for_now(rulebook: Rulebook) -> None:
    text = with_line(2, "{} qa:ignore D12")
    made = process(text.encode(), "稿.txt", rulebook, Settings(profile="archive"))
    assert isinstance(made, Notice)
    assert not [f for f in made.findings if f.code in ("D12", "Q01")]


def test_the_word_alone_is_no_waiver() -> None:
    text = "关于推广faqa:ignore的通知\n各单位：\n请 ignore 这些。\n"
    assert read(text).text == text.strip()


# -- Word


def commented(number: int, words: str) -> bytes:
    """The text as a Word file with a comment on one of its paragraphs, made by python-docx."""
    from docx import Document as Word

    word = Word()
    for line in LINES:
        word.add_paragraph(line)
    word.add_comment(word.paragraphs[number].runs, text=words, author="核稿人", initials="核")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def test_a_word_comment_holds_for_the_paragraph_it_is_on(rulebook: Rulebook) -> None:
    assert codes(commented(2, "qa:ignore D12 已电话通知"), rulebook) == ["D07"]
    assert codes(commented(3, "请核对。\nqa:ignore D07 笔误，付印时改"), rulebook) == ["D12"]
    assert codes(commented(4, "qa:ignore D07"), rulebook) == ["D12", "D07", "Q01"]
    assert codes(commented(2, "这个日期要改"), rulebook) == ["D12", "D07"]
    assert read(commented(2, "qa:ignore D12"), "稿.docx").text == TEXT.strip()


def test_a_wrong_waiver_in_a_word_comment_names_its_paragraph(rulebook: Rulebook) -> None:
    made = process(commented(2, "qa:ignore D99"), "稿.docx", rulebook, Settings())
    assert isinstance(made, Failure)
    assert made.message.startswith("第3行：qa:ignore 里没有代码为 D99")


def test_a_waiver_in_the_text_of_a_word_file(rulebook: Rulebook) -> None:
    lines = [*LINES[:2], "qa:ignore D12 已电话通知", LINES[2], LINES[3] + "（qa:ignore D07）", *LINES[4:]]
    raw = make_docx([para(line) for line in lines])
    document = read(raw, "稿.docx")
    assert document.text == TEXT.strip()
    assert [document.place(document.text.index(line)).line for line in LINES] == [1, 2, 4, 5, 6, 7]
    assert codes(raw, rulebook) == []


# -- with the rest of the tool


def test_a_fix_leaves_the_waivers_where_they_are(rulebook: Rulebook) -> None:
    text = TEXT.replace("各单位：", "各单位:").replace(LINES[3], f"{LINES[3]} qa:ignore D07 待定")
    made = mend(
        text.encode(), "稿.txt", rulebook, Settings(select=("P02", "F05", "D07", "Q01")), suggested=True
    )
    assert isinstance(made, Mended)
    assert made.changed
    assert made.raw.decode() == text.replace("各单位:", "各单位：")


def test_extraction_knows_nothing_of_waivers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(with_line(3, "{} qa:ignore D07 联系人：周明，电话：0999-55500133"), encoding="utf-8")
    assert main(["extract", "--json", str(path)]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["contacts"] == []
    assert "ignore" not in record["text"]


def test_a_log_names_exact_places_in_a_text_with_waivers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(
        with_line(2, "请于（qa:ignore D13 说明）4月15日前将活动方案报送市林业局。"), encoding="utf-8"
    )
    main(["check", str(path), "--select", "D12", "--format", "sarif"])
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["snippet"]["text"]) == (3, 21, "4月15日前")


def test_waivers_in_a_page_and_in_a_pdf(rulebook: Rulebook) -> None:
    lines = [*LINES[:2], f"{LINES[2]} qa:ignore D12 已电话通知", *LINES[3:]]
    page = "".join(f"<p>{line}</p>" for line in lines)
    html = f'<html><head><meta charset="utf-8"></head><body><div>{page}</div></body></html>'.encode()
    pdf = notice_pdf([(line, "") for line in lines])
    for raw in (html, pdf):
        assert "ignore" not in read(raw).text
        assert "D12" not in codes(raw, rulebook)
