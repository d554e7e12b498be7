"""A draft against last year's notice: what was copied forward, one thing at a time; what may stay as it was."""

from pathlib import Path

import pytest
from letters import LAST_YEAR, THIS_YEAR

from extractor.checks import Companions
from extractor.cli import main
from extractor.model import Finding
from extractor.pipeline import companion, process
from extractor.rulebook import Rulebook
from extractor.schema import Notice
from extractor.settings import Settings

L = Settings(select=("L",))


def found(draft: str, rulebook: Rulebook, previous: str = LAST_YEAR, settings: Settings = L) -> list[Finding]:
    companions = Companions(previous=companion(previous.encode(), "上年.txt", rulebook, Settings()))
    made = process(draft.encode(), "稿.txt", rulebook, settings, companions)
    assert isinstance(made, Notice)
    return list(made.findings)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_a_draft_written_anew_is_clean(rulebook: Rulebook) -> None:
    assert found(THIS_YEAR, rulebook) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "quote", "better"),
    [
        ("现将2024年", "现将2023年", "L01", "warning", "2023年", "2024"),
        ("临林发〔2024〕15号", "临林发〔2023〕12号", "L01", "error", "临林发〔2023〕12号", None),
        ("守护候鸟家园，共建绿色青河。", "让候鸟飞，让青河美。", "L02", "warning", "让候鸟飞，让青河美", None),
        ("举办启动仪式", "以“让候鸟飞 让青河美”为主题举办启动仪式", "L02", "error", "让候鸟飞 让青河美", "守护候鸟家园，共建绿色青河"),
        ("第42个“爱鸟周”", "第41个“爱鸟周”", "L03", "warning", "第41个“爱鸟周”", "42"),
        ("成立31周年", "成立30周年", "L04", "warning", "临溪湿地保护区成立30周年", "31"),
        ("程安", "方平", "L05", "info", "方平", None),
        ("0999-55500111", "0999-55500122", "L05", "info", "0999-55500122", None),
        ("4月25日前", "4月20日前", "L06", "info", "请各县区于4月20日前将活动总结报送市林业局", None),
    ],
)  # fmt: skip
def test_one_thing_copied_forward_is_one_finding_with_both_sides(
    rulebook: Rulebook, old: str, new: str, code: str, severity: str, quote: str, better: str | None
) -> None:
    (finding,) = found(changed(THIS_YEAR, old, new), rulebook)
    assert (finding.code, finding.severity, finding.quote) == (code, severity, quote), finding.message
    assert (finding.fix.text if finding.fix else None) == better
    assert finding.fix is None or not finding.fix.safe
    for other in finding.elsewhere:
        assert other.path == "上年.txt"
        assert other.quote in LAST_YEAR.split("\n")[other.line - 1]
    assert finding.elsewhere


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("现将2024年", "总结2023年“爱鸟周”宣传活动的经验，现将2024年"),
        ("举办启动仪式", "举办启动仪式，回顾去年“让候鸟飞，让青河美”主题活动"),
        ("举办启动仪式", "按照《临溪市湿地保护规划（2021—2023年）》举办启动仪式"),
        ("第42个“爱鸟周”", "总结第41个“爱鸟周”经验、第42个“爱鸟周”"),
        ("结合临溪湿地", "自2023年以来，结合临溪湿地"),
    ],
)
def test_looking_back_is_right(rulebook: Rulebook, old: str, new: str) -> None:
    assert [(f.code, f.quote) for f in found(changed(THIS_YEAR, old, new), rulebook)] == []


def test_a_fixed_window_may_be_the_same_every_year(rulebook: Rulebook) -> None:
    window = "宣传周时间为4月20日至26日"
    last = LAST_YEAR.replace("爱鸟周", "知识产权宣传周").replace("现将2023年", f"{window}，现将2023年")
    this = THIS_YEAR.replace("爱鸟周", "知识产权宣传周").replace("现将2024年", f"{window}，现将2024年")
    assert [f.code for f in found(this, rulebook, last, Settings(select=("L06",)))] == []


def test_a_document_of_the_same_year_is_no_last_year(rulebook: Rulebook) -> None:
    codes = {f.code for f in found(THIS_YEAR, rulebook, THIS_YEAR)}
    assert codes == {"L05"}


def test_a_root_cause_another_check_tells_is_not_told_again(rulebook: Rulebook) -> None:
    draft = changed(THIS_YEAR, "请各县区于4月25日前", "请各县区于2023年4月25日前")
    last = changed(LAST_YEAR, "请各县区于4月20日前", "请各县区于2023年4月25日前")
    codes = [f.code for f in found(draft, rulebook, last, Settings(select=("D01", "L01", "L06")))]
    assert codes == ["D01"]


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("上年.txt").write_text(LAST_YEAR, encoding="gb18030")
    Path("稿.txt").write_text(changed(THIS_YEAR, "第42个", "第41个"), encoding="utf-8")
    assert main(["check", "稿.txt", "--previous", "上年.txt", "--select", "L", "--fail-on", "warning"]) == 1
    out = capsys.readouterr().out
    assert "警告 L03 沿用上年届次  第6行第2列" in out
    assert "对照：上年.txt 第6行第2列 “第41个“爱鸟周””（上年原文）" in out
