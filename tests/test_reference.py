"""A draft against its superior's notice: each thing that can differ, one at a time; every format; the command."""

from html import escape
from pathlib import Path

import pytest
from letters import DRAFT, SUPERIOR
from made_docx import make_docx, para
from made_pdf import notice_pdf

from extractor.checks import Companions
from extractor.cli import main
from extractor.model import Finding
from extractor.pipeline import companion, process
from extractor.rulebook import Rulebook
from extractor.schema import Notice
from extractor.settings import Settings

R = Settings(select=("R",))


def found(
    draft: str, superior: str | bytes, rulebook: Rulebook, name: str = "上级.txt", settings: Settings = R
) -> list[Finding]:
    raw = superior.encode() if isinstance(superior, str) else superior
    companions = Companions(superior=companion(raw, name, rulebook, Settings()))
    made = process(draft.encode(), "稿.txt", rulebook, settings, companions)
    assert isinstance(made, Notice)
    return list(made.findings)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_a_draft_that_follows_its_superior_is_clean(rulebook: Rulebook) -> None:
    assert found(DRAFT, SUPERIOR, rulebook) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "quote", "theirs"),
    [
        ("守护候鸟家园，共建绿色青河", "关爱候鸟，共建绿色青河", "R01", "error", "关爱候鸟，共建绿色青河", "守护候鸟家园，共建绿色青河"),
        ("二、活动主题\n守护候鸟家园，共建绿色青河。\n", "", "R01", "warning", "临溪市林业局关于开展", "守护候鸟家园，共建绿色青河"),
        ("2024年4月8日至14日", "2024年4月8日至16日", "R02", "warning", "2024年4月8日至16日", "2024年4月8日至14日"),
        ("2024年4月8日至14日", "2024年5月8日至14日", "R02", "error", "2024年5月8日至14日", "2024年4月8日至14日"),
        ("4月25日前", "5月4日前", "R03", "error", "5月4日前", "4月30日前"),
        ("4月25日前", "4月30日前", "R03", "warning", "4月30日前", "4月30日前"),
        ("3月27日前", "4月2日前", "R03", "error", "4月2日前", "4月1日前"),
        ("活动方案和联络员信息", "活动方案", "R04", "warning", "临溪市林业局关于开展", "请各市于4月1日前报送活动方案和联络员信息"),
        ("（三）海报张贴。各县区要在车站、公园、湿地保护区张贴宣传海报。\n", "", "R04", "info", "临溪市林业局关于开展", "张贴统一印制的宣传海报"),
        ("《青河省林业局关于开展2024年“爱鸟周”", "《青河省林业局关于开展2023年“爱鸟周”", "R05", "error", "《青河省林业局关于开展2023年", "青河省林业局关于开展2024年"),
        ("《青河省林业局关于开展", "《青河省农业农村厅关于开展", "R05", "error", "《青河省农业农村厅", "青河省林业局关于开展2024年"),
        ("（青林发〔2024〕8号）", "（青林发〔2024〕18号）", "R06", "error", "青林发〔2024〕18号", "青林发〔2024〕8号"),
        ("（青林发〔2024〕8号）", "", "R06", "info", "《青河省林业局关于开展2024年", "青林发〔2024〕8号"),
    ],
)  # fmt: skip
def test_one_thing_changed_is_one_finding_with_both_sides(
    rulebook: Rulebook, old: str, new: str, code: str, severity: str, quote: str, theirs: str
) -> None:
    draft = changed(DRAFT, old, new)
    (finding,) = found(draft, SUPERIOR, rulebook)
    assert (finding.code, finding.severity) == (code, severity), finding.message
    assert finding.quote.startswith(quote)
    assert draft.split("\n")[finding.line - 1].find(finding.quote.split("\n")[0]) == finding.column - 1
    other = finding.elsewhere[0]
    assert other.path == "上级.txt"
    assert theirs in other.quote
    assert other.quote in SUPERIOR.split("\n")[other.line - 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024年4月8日至14日。\n二", "2024年4月9日至12日。\n二"),  # inside the superior's window
        ("守护候鸟家园，共建绿色青河。", "守护候鸟家园　共建绿色青河"),
        ("《青河省林业局关于开展", "《关于开展"),  # the body need not stand in the title
        ("（青林发〔2024〕8号）", "（青林发[2024]008号）"),  # A06 tells brackets and padding
        (
            "（青林发〔2024〕8号）要求",
            "（青林发〔2024〕8号）要求，参照《关于开展2023年“爱鸟周”宣传活动的通知》的做法",
        ),
        ("将活动总结报送市林业局", "将活动总结和照片报送市林业局"),
        ("，于4月25日前将活动总结报送市林业局", "，于4月30日前将活动总结直接报送省林业局"),
        ("张贴宣传海报", "张贴省里统一印制的海报"),
    ],
)
def test_what_is_right_in_other_words_passes(rulebook: Rulebook, old: str, new: str) -> None:
    assert [(f.code, f.message) for f in found(changed(DRAFT, old, new), SUPERIOR, rulebook)] == []


def test_a_theme_the_table_contradicts_is_told_once(rulebook: Rulebook) -> None:
    campaign = rulebook.campaigns.by_name["ip-week"]
    this, last = campaign.themes[2024].text, campaign.themes[2023].text
    draft = changed(DRAFT.replace("爱鸟周", "知识产权宣传周"), "守护候鸟家园，共建绿色青河", last)
    superior = changed(SUPERIOR.replace("爱鸟周", "知识产权宣传周"), "守护候鸟家园，共建绿色青河", this)
    codes = [f.code for f in found(draft, superior, rulebook, settings=Settings(select=("T02", "R01")))]
    assert codes == ["T02"]


def as_html(text: str) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
    return f'<html><head><meta charset="utf-8"></head><body><div>{lines}</div></body></html>'.encode()


def as_docx(text: str) -> bytes:
    return make_docx([para(line) for line in text.split("\n") if line])


def as_pdf(text: str) -> bytes:
    lines = [line for line in text.split("\n") if line]
    return notice_pdf([(line, "title" if "关于" in line and "：" not in line else "") for line in lines])


@pytest.mark.parametrize(
    ("make", "name"), [(as_html, "上级.html"), (as_docx, "上级.docx"), (as_pdf, "上级.pdf")]
)
def test_the_superior_may_be_in_any_format(rulebook: Rulebook, make: object, name: str) -> None:
    assert callable(make)
    raw = make(SUPERIOR)
    assert found(DRAFT, raw, rulebook, name) == []
    (finding,) = found(changed(DRAFT, "4月25日前", "5月4日前"), raw, rulebook, name)
    (other,) = finding.elsewhere
    assert (finding.code, other.path, other.quote) == ("R03", name, "4月30日前")
    assert other.line > 10 or other.page == 2


def test_without_a_superior_nothing_is_held_against_it(rulebook: Rulebook) -> None:
    made = process(DRAFT.replace("8号", "18号").encode(), "稿.txt", rulebook, R)
    assert isinstance(made, Notice)
    assert made.findings == ()


# -- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "上级.txt").write_text(SUPERIOR, encoding="utf-8")
    (tmp_path / "稿.txt").write_text(changed(DRAFT, "4月25日前", "5月4日前"), encoding="utf-8")
    return tmp_path


def test_the_command_names_file_and_line_of_both_sides(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "稿.txt", "--reference", "上级.txt", "--select", "R"]) == 1
    out = capsys.readouterr().out
    assert "错误 R03 期限晚于上级期限  第16行" in out
    assert "对照：上级.txt 第18行第32列 “4月30日前”（上级的期限）" in out
    assert main(["check", "稿.txt", "--select", "R"]) == 0


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.write_bytes(b""), "notice: 坏.txt：文件是空的"),
        (Path.exists, "notice: 坏.txt：没有这个文件或文件夹"),
        (Path.mkdir, "notice: 坏.txt：是文件夹"),
    ],
)
def test_a_superior_that_cannot_be_read_is_one_line_before_any_draft(
    folder: Path, make: object, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(make)
    make(folder / "坏.txt")
    assert main(["check", "稿.txt", "--reference", "坏.txt"]) == 2
    assert capsys.readouterr() == ("", f"{told}\n")


def test_workers_hold_against_the_same_superior(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "二.txt").write_text(DRAFT, encoding="utf-8")
    arguments = ["check", "稿.txt", "二.txt", "--reference", "上级.txt", "--select", "R"]
    assert main(arguments) == 1
    alone = capsys.readouterr().out
    assert main([*arguments, "--workers", "2"]) == 1
    assert capsys.readouterr().out == alone


def test_another_year_is_told_once_and_nothing_else_compared(rulebook: Rulebook) -> None:
    (finding,) = found(DRAFT, SUPERIOR.replace("2024", "2022"), rulebook)
    assert (finding.code, finding.severity) == ("R05", "error")
    assert "是2022年的，本件是2024年的" in finding.message


def test_another_campaign_is_told_once(rulebook: Rulebook) -> None:
    superior = SUPERIOR.replace("爱鸟周", "知识产权宣传周")
    draft = DRAFT.replace("爱鸟周", "安全生产月")
    (finding,) = found(draft, superior, rulebook)
    assert finding.code == "R05"
    assert "是全国知识产权宣传周的，本件是" in finding.message
