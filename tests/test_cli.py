"""The command as people call it: what it prints where, its exit codes, one line for each complaint."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from called import call
from made_notices import WRONG, fill

NOTICE = (sys.executable, "-m", "extractor")


# -- extract


def test_extract_shows_a_summary(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extract", "对.txt") == 0
    out, err = capsys.readouterr()
    assert out.startswith("对.txt\n")
    assert "惜水护水，从我做起" in out
    assert err == ""


def test_extract_json_is_one_record_a_line(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extract", "--json", "错.txt", "对.txt") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["source"]["path"] for record in records] == ["错.txt", "对.txt"]
    assert records[1]["period"] == {"start": "2031-05-11", "end": "2031-05-17"}
    assert records[1]["text"][slice(*list(records[1]["spans"]["theme"].values())[:2])] == "惜水护水，从我做起"


def test_a_bad_file_is_one_line_and_the_others_are_done(
    notices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("extract", "--json", "空.txt", "没有.txt", "对.txt") == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.splitlines() == ["notice: 空.txt：文件是空的", "notice: 没有.txt：没有这个文件或文件夹"]


def test_extract_writes_tables(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extract", ".", "-o", "out", "--format", "csv,jsonl,parquet,xlsx,duckdb") == 2
    out, err = capsys.readouterr()
    assert "读成 2 份" in out
    assert "未读成 1 份" in out
    assert err.splitlines() == ["notice: 空.txt：文件是空的"]
    made = {path.name for path in (notices / "out").iterdir()}
    assert {
        "notices.csv",
        "records.jsonl",
        "notices.parquet",
        "notices.xlsx",
        "notices.duckdb",
        "failures.csv",
    } <= made
    assert "空.txt" in (notices / "out/failures.csv").read_text(encoding="utf-8-sig")
    (notices / "空.txt").unlink()
    assert call("extract", ".", "-o", "out") == 0
    assert "其中 2 份沿用上次结果" in capsys.readouterr().out
    assert call("--lang", "en", "extract", ".", "-o", "out", "--again") == 0
    assert "2 of 2 files read, 0 not; " in capsys.readouterr().out


def test_many_failures_are_cut_short(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(30):
        (notices / f"{number}.txt").write_bytes(b"")
    assert call("extract", ".", "-o", "out", "--workers", "1") == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert "还有 11 份" in told[-1]
    assert len((notices / "out/failures.jsonl").read_text(encoding="utf-8").splitlines()) == 31


def test_folder_without_notices(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notices / "空的").mkdir()
    for command in (["extract"], ["extract", "-o", "out"], ["check"]):
        assert call(*command, "空的") == 2
        out, err = capsys.readouterr()
        assert (out, err) == ("", "notice: 空的：文件夹里没有可读的文件\n")


# -- check


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["对.txt"], 0),
        (["错.txt"], 1),
        (["错.txt", "对.txt"], 1),
        (["错.txt", "空.txt"], 2),
        (["没有.txt"], 2),
        (["错.txt", "--ignore", "D01"], 0),
        (["错.txt", "--select", "d"], 1),
        (["错.txt", "--select", "T,N01"], 0),
        (["对.txt", "--select", "F01", "--fail-on", "info"], 1),
        (["对.txt", "--select", "F01", "--fail-on", "warning"], 0),
    ],
)
def test_exit_codes_of_check(
    notices: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", *arguments) == code


def test_check_tells_what_where_and_against_what(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "错.txt", "对.txt", "--select", "D01") == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert "错误 D01 报送期限年份错误  第11行第6列" in out
    assert "成文日期" in out
    assert out.splitlines()[-1] == "共 2 份文件：错误 1，警告 0，提示 0；1 份未发现问题"
    assert call("check", "对.txt", "--select", "D01") == 0
    assert capsys.readouterr().out == "未发现问题\n"


def test_quiet_and_statistics(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "错.txt", "对.txt", "--select", "D01,F01", "--quiet") == 1
    out = capsys.readouterr().out
    assert "F01" not in out
    assert out.splitlines()[-1].startswith("共 2 份文件：错误 1，警告 0，提示 2")
    assert call("check", "错.txt", "对.txt", "--select", "D01,F01", "--statistics") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-4:-2] == ["2  F01  提示  发文字号缺失或格式错误", "1  D01  错误  报送期限年份错误"]


def test_check_json_is_the_contract(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "--format", "json", "--select", "D01", "错.txt", "空.txt") == 2
    found, failed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (finding,) = found["findings"]
    assert (found["path"], finding["code"], finding["quote"]) == ("错.txt", "D01", "2030年5月25日前")
    assert {
        "code",
        "name",
        "severity",
        "message",
        "quote",
        "span",
        "line",
        "column",
        "page",
        "related",
        "fix",
    } <= set(finding)
    assert failed == {"path": "空.txt", "failure": {"reason": "empty", "message": "文件是空的"}}


def test_workers_give_the_same(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(notices / "in", 5)
    one, two = (
        (call("check", "in", "--workers", workers), capsys.readouterr().out) for workers in ("1", "2")
    )
    assert one == two


def test_colour_options(
    notices: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("check", "错.txt")
    assert "\x1b" not in capsys.readouterr().out
    call("check", "错.txt", "--color", "always")
    assert "\x1b[1;31m" in capsys.readouterr().out


def on_a_terminal(folder: Path, *arguments: str, **variables: str) -> bytes:
    """What a command writes when standard output and error are a terminal."""
    reader, writer = pty.openpty()
    environment = (
        {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        | {"TERM": "xterm"}
        | variables
    )
    process = subprocess.Popen(
        [*NOTICE, *arguments], cwd=folder, stdout=writer, stderr=writer, env=environment
    )
    os.close(writer)
    written = b""
    try:
        while part := os.read(reader, 65_536):
            written += part
    except OSError:  # the terminal's end on Linux
        pass
    os.close(reader)
    process.wait(timeout=30)
    return written


def test_colours_and_progress_on_a_terminal(notices: Path) -> None:
    assert b"\x1b[1;31m" in on_a_terminal(notices, "check", "错.txt")
    assert b"\x1b[" not in on_a_terminal(notices, "check", "错.txt", NO_COLOR="1")
    fill(notices / "in", 3)
    assert "正在读取".encode() in on_a_terminal(notices, "extract", "in", "-o", "out")


# -- rules and eval


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rules") == 0
    listed = capsys.readouterr().out
    assert "报送期限年份错误" in listed
    assert call("rules", "d01") == 0
    assert "GB/T 9704" in capsys.readouterr().out
    assert call("rules", "印发日期") == 0
    assert "D03" in capsys.readouterr().out
    assert call("--lang", "en", "rules", "D01") == 0
    assert "severity: error" in capsys.readouterr().out
    assert call("rules", "Q99") == 2
    assert "Q99" in capsys.readouterr().err


def test_eval(notices: Path, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = str(checkout / "corpus" / "gold" / "ip-week-2019-jixi.json")
    assert call("eval", gold, "--save", "scores.json", "--brief") == 0
    assert "成文日期" in capsys.readouterr().out
    saved = json.loads((notices / "scores.json").read_text(encoding="utf-8"))
    assert saved["figures"]["title"] == 1.0
    assert call("eval", gold, "--against", "scores.json") == 0
    assert "与上次相同" in capsys.readouterr().out
    saved["figures"]["title"] = 0.5
    (notices / "scores.json").write_text(json.dumps(saved), encoding="utf-8")
    assert call("--lang", "en", "eval", gold, "--against", "scores.json", "--fields", "title") == 0
    assert "0.500" in capsys.readouterr().out
    assert call("eval", "没有") == 2
    assert call("eval", gold, "--against", "对.txt") == 2
    assert capsys.readouterr().err.count("\n") == 2


# -- wrong usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "缺少参数：PATH"),
        (["chek", "x"], "没有 'chek' 这个命令"),
        (["check", "--nope", "x"], "--nope"),
        (["check", "--form", "text", "x"], "--form"),
        (["check", "--format", "yaml", "对.txt"], "--format 不能是 'yaml'"),
        (["check", "--select", "Z99", "对.txt"], "没有代码为 Z99 的检查"),
        (["check", "--select", ",", "对.txt"], "没有写检查代码"),
        (["check", "--workers", "0", "对.txt"], "1 以上的整数"),
        (["check", "--fail-on"], "--fail-on 后面要跟一个值"),
        (["extract", "--format", "csv", "对.txt"], "--format 要与 -o 文件夹 一起用"),
        (["extract", "--again", "对.txt"], "--again 要与 -o"),
        (["extract", "--json", "-o", "x", "对.txt"], "不能与 -o 同时用"),
        (["extract", "--format", "pdf", "-o", "x", "对.txt"], "没有“pdf”这种格式"),
        (["extract", "-o", "对.txt", "错.txt"], "对.txt"),
        (["--lang", "en", "check"], "the following arguments are required: PATH (see notice check --help)"),
    ],
)
def test_wrong_usage_is_one_line(
    notices: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.startswith("notice: ")
    assert err.count("\n") == 1


def test_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    assert "extract" in capsys.readouterr().err


def test_help_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "--help") == 0
    assert capsys.readouterr().out.startswith("用法：notice check")
    assert call("check", "--help", "--lang", "en") == 0
    assert capsys.readouterr().out.startswith("usage: notice check")
    assert call("--version") == 0
    assert capsys.readouterr().out.startswith("notice ")


def test_broken_rules_are_told_before_any_document(
    notices: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor import batch
    from extractor.errors import RuleError

    def broken(*_: object) -> None:
        raise RuleError("rules/units.yaml:3: unknown key 'x'")

    monkeypatch.setattr(batch, "rulebook", broken)
    assert call("check", "对.txt") == 2
    assert capsys.readouterr() == ("", "notice: rules/units.yaml:3: unknown key 'x'\n")


# -- pipes and signals


def test_a_reader_who_leaves_is_no_error(notices: Path) -> None:
    fill(notices / "in", 40)
    process = subprocess.Popen(
        [*NOTICE, "extract", "--json", "in", "--workers", "1"],
        cwd=notices,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read()
    assert (process.wait(timeout=30), told) == (141, b"")
    process.stderr.close()


def test_interrupt(notices: Path) -> None:
    fill(notices / "in", 300)
    process = subprocess.Popen(
        [*NOTICE, "check", "in", "--workers", "1"],
        cwd=notices,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_is_full(notices: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*NOTICE, "check", "错.txt"], cwd=notices, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_file_names_that_are_no_text(notices: Path) -> None:
    name = os.fsencode(notices) + "/关于开展活动的通知.txt".encode("gbk")
    Path(os.fsdecode(name)).write_text(WRONG, encoding="utf-8")
    for command in (["check", "--select", "D01"], ["check", "--format", "json", "--select", "D01"]):
        done = subprocess.run([*NOTICE, *command, name], cwd=notices, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (1, b"")
        assert "关于开展活动的通知.txt".encode() in done.stdout
    done = subprocess.run(
        [*NOTICE, "extract", ".", "-o", "out"], cwd=notices, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "关于开展活动的通知.txt" in (notices / "out/notices.csv").read_text(encoding="utf-8-sig")


# -- the manual


def test_every_command_and_option_is_documented(checkout: Path) -> None:
    """docs/commands.md is made from the parser: scripts/make_commands.py."""
    sys.path.insert(0, str(checkout / "scripts"))
    try:
        from make_commands import commands
    finally:
        sys.path.pop(0)
    written = (checkout / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == commands(), "run scripts/make_commands.py"
    for word in (
        "extract",
        "check",
        "rules",
        "eval",
        "--fail-on",
        "--workers",
        "--against",
        "--again",
        "--color",
    ):
        assert word in written
