"""A baseline: known findings stay untold though the text moves, new ones are told, vanished ones are counted."""

import json
from pathlib import Path

import pytest

from extractor.baseline import Baseline, Known, dumped, fingerprint, load_baseline
from extractor.cli import main
from extractor.errors import UsageError

TEXT = """关于报送2023年爱鸟周方案的通知
各单位：
请于4月31日前将活动方案报送市林业局。
青河市林业局
2023年4月14日
"""
ANOTHER = "各县区请于4月31日前将活动总结报送市林业局。\n"
PICK = ("--select", "D07,D12", "--fail-on", "warning")


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "稿.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def check(*more: str) -> int:
    return main(["check", "稿.txt", *PICK, "--baseline", "base.json", *more])


def test_what_is_written_down_is_not_told_again(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--write-baseline") == 0
    assert capsys.readouterr().out.endswith("基线写到 base.json：记下 1 处问题\n")
    assert check() == 0
    assert capsys.readouterr().out == "未发现问题\n基线里已有、没有再报的 1 处；已不再出现的 0 处\n"


def test_it_is_known_again_when_the_text_has_moved(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("--write-baseline")
    draft.write_text("临时文件\n\n" + TEXT.replace("各单位：", "各单位：\n现通知如下。"), encoding="utf-8")
    assert check() == 0


def test_one_more_of_the_same_is_told(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("--write-baseline")
    draft.write_text(TEXT.replace("青河市林业局\n", ANOTHER + "青河市林业局\n", 1), encoding="utf-8")
    capsys.readouterr()
    assert check() == 1
    out = capsys.readouterr().out
    assert out.count("错误 D07") == 1
    assert "没有再报的 1 处" in out


def test_what_is_gone_is_counted(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("--write-baseline")
    draft.write_text(TEXT.replace("4月31日", "4月28日"), encoding="utf-8")
    capsys.readouterr()
    assert check() == 0
    assert "没有再报的 0 处；已不再出现的 1 处" in capsys.readouterr().out


def test_of_a_check_that_was_not_made_nothing_is_said(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check("--write-baseline")
    capsys.readouterr()
    assert main(["check", "稿.txt", "--select", "D12", "--baseline", "base.json"]) == 0
    assert capsys.readouterr().out == "未发现问题\n"
    # Nor is it forgotten when the baseline is written with other checks.
    assert main(["check", "稿.txt", "--select", "F02", "--baseline", "base.json", "--write-baseline"]) == 0
    assert check() == 0


def test_other_notices_stay_in_the_file(draft: Path) -> None:
    check("--write-baseline")
    (draft.parent / "二.txt").write_text(TEXT, encoding="utf-8")
    assert main(["check", "二.txt", *PICK, "--baseline", "base.json", "--write-baseline"]) == 0
    assert sorted(json.loads(Path("base.json").read_text(encoding="utf-8"))["files"]) == ["二.txt", "稿.txt"]
    assert main(["check", ".", *PICK, "--baseline", "base.json"]) == 0, "and is no notice itself"


def test_json_too_leaves_out_what_is_known(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("--write-baseline")
    capsys.readouterr()
    assert check("--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_paths_are_seen_from_the_folder_of_the_file(
    draft: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check("--write-baseline")
    (draft.parent / "下级").mkdir()
    monkeypatch.chdir(draft.parent / "下级")
    assert main(["check", "../稿.txt", *PICK, "--baseline", "../base.json"]) == 0


def test_both_sides_count_and_blanks_do_not() -> None:
    one = {"code": "D03", "quote": "2023年4月1日", "related": [{"quote": "2023年4月8日"}], "line": 3}
    assert fingerprint(one) == fingerprint(
        {**one, "quote": "2023 年 4 月 1 日", "related": [{"quote": "2023年4月8\n日"}], "line": 9}
    )
    assert fingerprint(one) != fingerprint({**one, "related": [{"quote": "2023年4月9日"}]})
    assert fingerprint(one) != fingerprint({**one, "code": "D04"})
    assert fingerprint(one) != fingerprint({**one, "elsewhere": [{"quote": "2023年"}]})


def test_it_reads_what_it_wrote(tmp_path: Path) -> None:
    made = Baseline(tmp_path, {"稿.txt": (Known("0123456789abcdef", "D07", "4月31日前"),)})
    path = tmp_path / "base.json"
    path.write_text(dumped(made), encoding="utf-8")
    assert load_baseline(path) == made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{\n"files": {,', "base.json:2：不是合规的 JSON"),
        ("[]", "base.json:1：不是基线文件"),
        ('{\n "version": 2,\n "files": {}}', "base.json:2：这是第 2 版的基线，本程序只认得第 1 版"),
        ('{"version": 1,\n "files": {"稿.txt": [{"code": "D07"}]}}', "base.json:2：基线的内容不完整"),
        (None, "base.json：不能读取基线"),
    ],
)
def test_a_baseline_that_is_none_is_one_line_before_any_draft(
    draft: Path, text: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        Path("base.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        load_baseline(Path("base.json"))
    assert check() == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"notice: {told}")
    assert err.count("\n") == 1


def test_a_baseline_to_write_needs_a_name(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "稿.txt", "--write-baseline"]) == 2
    assert "--write-baseline 要用 --baseline 写明文件" in capsys.readouterr().err
