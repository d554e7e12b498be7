"""notice.toml: what each key does, what wins over what, and one line with file and line for everything that is wrong."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.cli import main
from extractor.configuration import (
    NOTHING_SAID,
    Choice,
    find_configuration,
    load_configuration,
    settled,
)
from extractor.errors import ConfigurationError
from extractor.rulebook import Rulebook
from extractor.settings import Settings

TEXT = """关于报送2023年爱鸟周方案的通知
各单位：
请于4月31日前将活动方案报送市林业局，邮箱：aiqiao1@qq.com。
青河市林业局
2023年4月14日
"""
KNOWN = ("D01", "D07", "D12", "C05", "P01", "P08")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an office with a draft and an issued notice; the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "稿.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "已印发").mkdir()
    (tmp_path / "已印发" / "旧.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def configured(office: Path, text: str) -> None:
    (office / "notice.toml").write_text(text, encoding="utf-8")


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """Code → severity of what the command finds in one file."""
    main(["check", *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    return {m[2]: m[1] for m in re.finditer(r"^(错误|警告|提示) ([A-Z]+\d+) ", out, re.M)}


# -- what each key does


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"D07": "错误", "C05": "提示"}),
        ('select = ["D"]', {"D07": "错误"}),
        ('select = "C05"', {"C05": "提示"}),
        ('ignore = ["D07", "c05"]', {}),
        ('profile = "archive"', {"D07": "错误"}),
        ('[severity]\nC05 = "warning"', {"D07": "错误", "C05": "警告"}),
        ('[severity]\nD = "off"', {"C05": "提示"}),
        ('[severity]\nC = "error"\nC05 = "warning"', {"D07": "错误", "C05": "警告"}),
        ('[paths."*.txt"]\nignore = ["D07"]', {"C05": "提示"}),
        ('[paths."别处/**"]\nignore = ["D07"]', {"D07": "错误", "C05": "提示"}),
    ],
)
def test_keys(office: Path, capsys: pytest.CaptureFixture[str], text: str, expected: dict[str, str]) -> None:
    configured(office, f"version = 1\n{text}\n")
    found = codes(capsys, "稿.txt")
    assert {code: found[code] for code in ("D07", "C05") if code in found} == expected


def test_fail_on(office: Path) -> None:
    assert main(["check", "稿.txt", "--select", "C05"]) == 0
    configured(office, 'fail-on = "info"')
    assert main(["check", "稿.txt", "--select", "C05"]) == 1
    assert main(["check", "稿.txt", "--select", "C05", "--fail-on", "error"]) == 0


def test_options_win_over_the_file_and_paths_over_its_head(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(office, 'ignore = ["D07"]\nprofile = "draft"\n[paths."已印发/**"]\nprofile = "archive"\n')
    assert "C05" in codes(capsys, "稿.txt")
    assert "C05" not in codes(capsys, "已印发/旧.txt")
    assert "D07" not in codes(capsys, "稿.txt")
    assert "D07" in codes(capsys, "稿.txt", "--ignore", "C05")
    assert "C05" in codes(capsys, "已印发/旧.txt", "--profile", "draft")
    assert "D07" in codes(capsys, "稿.txt", "--no-config")


def test_every_worker_keeps_to_the_paths(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configured(office, '[paths."已印发/**"]\nignore = ["D07"]\n')
    main(["check", ".", "--select", "D", "--workers", "2"])
    assert capsys.readouterr().out.splitlines()[-1] == "共 2 份文件：错误 1，警告 0，提示 0；1 份未发现问题"


@pytest.mark.parametrize(
    ("glob", "path", "hit"),
    [
        ("已印发/**", "已印发/2023/旧.txt", True),
        ("已印发/*", "已印发/2023/旧.txt", False),
        ("已印发/**/*.txt", "已印发/旧.txt", True),
        ("*.pdf", "深/处/甲.pdf", True),
        ("甲?.txt", "甲1.txt", True),
        ("甲?.txt", "甲12.txt", False),
        ("./稿/*.txt", "稿/甲.txt", True),
        ("稿", "稿/甲.txt", False),
        ("a.b", "aXb", False),
    ],
)
def test_globs(tmp_path: Path, glob: str, path: str, hit: bool) -> None:
    file = tmp_path / "notice.toml"
    file.write_text(f'[paths."{glob}"]\nignore = ["D01"]', encoding="utf-8")
    made = settled(Settings(), KNOWN, load_configuration(file), NOTHING_SAID, tmp_path / path)
    assert made.ignore == (("D01",) if hit else ())


def test_paths_add_to_ignore_and_severity_and_replace_select(tmp_path: Path) -> None:
    file = tmp_path / "notice.toml"
    file.write_text(
        'select = ["D"]\nignore = ["P08"]\nseverity = {D12 = "info"}\n'
        '[paths."a/**"]\nselect = ["P"]\nignore = ["P01"]\nseverity = {P08 = "off"}\n',
        encoding="utf-8",
    )
    configuration = load_configuration(file)
    made = settled(Settings(), KNOWN, configuration, NOTHING_SAID, tmp_path / "a" / "b.txt")
    assert (made.select, made.ignore, made.severity) == (
        ("P",),
        ("P08", "P01"),
        {"D12": "info", "P08": "off"},
    )
    over = Choice(("C",), ("C05",), "archive")
    made = settled(Settings(), KNOWN, configuration, over, tmp_path / "a" / "b.txt")
    assert (made.select, made.ignore, made.profile) == (("C",), ("C05",), "archive")


def test_the_nearest_file_upwards_holds(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configured(office, 'ignore = ["D07"]')
    inner = office / "已印发"
    assert find_configuration(inner) == office / "notice.toml"
    (inner / "notice.toml").write_text('ignore = ["C05"]', encoding="utf-8")
    assert find_configuration(inner) == inner / "notice.toml"
    assert "D07" not in codes(capsys, "已印发/旧.txt")
    assert "D07" in codes(capsys, "已印发/旧.txt", "--config", "已印发/notice.toml")


# -- what is wrong


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('version = 1\ncolour = "red"', "2：不认识的键“colour”"),
        ("version = 2", "1：这是第 2 版的设置文件，本程序只认得第 1 版"),
        ('version = "1"', "1：这是第 1 版的设置文件"),
        ('# 说明\n\nprofile = "night"', "3：profile 不能是 night，可以是 draft、archive、compare"),
        ('fail-on = "never"', "1：fail-on 不能是 never"),
        ("select = 3", "1：select 要写成"),
        ('select = ["D01",\n  "X99"]', "2：没有代码为 X99 的检查"),
        ('[severity]\nD12 = "info"\nD99 = "off"', "3：没有代码为 D99 的检查"),
        ('[severity]\nD12 = "loud"', "2：D12 不能是 loud，可以是 error、warning、info、off"),
        ('severity = "off"', "1：severity 要写成表"),
        ('\n[paths."a/**"]\nprofil = "draft"', "3：不认识的键“profil”"),
        ('[paths."a/**"]\nignore = [\n "P",\n "Q99",\n]', "4：没有代码为 Q99 的检查"),
        ('[paths."a/**".severity]\nD12 = "loud"', "2：D12 不能是 loud"),
        ('paths = {"a/**" = {select = ["ZZ"]}}', "1：没有代码为 ZZ 的检查"),
        ('paths = "a"', "1：要写成"),
        ('cards = ["没有的"]', "1：没有文件夹 没有的"),
        ('version = 1\nselect = ["D01"', "2：不是合规的 TOML"),
        ("version = 1\n\nversion = 1", "3：不是合规的 TOML"),
        ("baseline = 1", "1：要写文件名"),
        ('baseline = "没有.json"', None),
    ],
)
def test_wrong_files_are_one_line_before_any_document(
    office: Path, capsys: pytest.CaptureFixture[str], text: str, told: str | None
) -> None:
    configured(office, text)
    assert main(["check", "稿.txt"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    expected = f"notice: notice.toml:{told}" if told else "notice: 没有.json：不能读取基线"
    assert err.startswith(expected), err


def test_a_file_that_cannot_be_read(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "稿.txt", "--config", "没有.toml"]) == 2
    assert capsys.readouterr().err.startswith("notice: 没有.toml：不能读取")
    Path("坏.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match=r"^坏\.toml：不能读取"):
        load_configuration(Path("坏.toml"))


def test_either_a_file_or_none(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "稿.txt", "--config", "a", "--no-config"])
    assert "不能同时用" in capsys.readouterr().err


# -- own cards and packs


CARD = """code: B01
name: own-words
title: 用词
severity: warning
kind: phrases
params:
  phrases:
    - {find: 方案, right: 计划}
message: “{quote}”不用
why: 惯例
examples:
  flags: [{text: 报送方案}]
  passes: [{text: 报送计划}]
"""


def own_card(office: Path, change: Callable[[str], str] = lambda card: card) -> None:
    (office / "卡").mkdir()
    (office / "卡" / "B01-own-words.yaml").write_text(change(CARD), encoding="utf-8")
    configured(office, 'cards = ["卡"]\nselect = ["B"]\n')


def test_a_card_of_ones_own(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_card(office)
    assert codes(capsys, "稿.txt") == {"B01": "警告"}
    assert main(["rules", "--try"]) == 0
    assert capsys.readouterr().out == "1 项检查，2 个例子，都对\n"
    assert main(["rules", "b01"]) == 0
    assert capsys.readouterr().out.startswith("B01  用词  (own-words)")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("why: 惯例", "why: 惯例\ncolour: red", ":11: unknown key 'colour'"),
        ("kind: phrases", "kind: no_such_kind", ":5: card B01: unknown kind 'no_such_kind'"),
        ("    - {find: 方案, right: 计划}", "    - {fnd: 方案}", ":7: card B01: a phrase has "),
        (
            "  phrases:\n    - {find: 方案, right: 计划}",
            "  words: []",
            ":7: card B01: kind 'phrases' has no parameter",
        ),
        ("severity: warning", "severity: loud", ":4: 'severity' must be one of"),
    ],
)
def test_a_wrong_card_is_one_line_before_any_document(
    office: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    own_card(office, lambda card: card.replace(old, new))
    for command in (["check", "稿.txt"], ["extract", "稿.txt"], ["rules"]):
        assert main(command) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert err.startswith(f"notice: 卡/B01-own-words.yaml{told}"), err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{text: 报送计划}", "{text: 报送方案}", "notice: 卡/B01-own-words.yaml:13：B01 应当不报，却报在“方案”"),
        ("{text: 报送方案}", "{text: 报送计划}", "notice: 卡/B01-own-words.yaml:12：B01 应当报的没有报"),
        ("{text: 报送方案}", "{text: 报送方案, quote: 报名}", "notice: 卡/B01-own-words.yaml:12：B01 应当报在“报名”，却报在“方案”"),
        ("“{quote}”不用", "“{day}”不用", "notice: 卡/B01-own-words.yaml:12：B01 卡/B01-own-words.yaml:5: card B01: kind 'phrases' gives no value 'day'"),
    ],
)  # fmt: skip
def test_trying_a_card_tells_the_example_that_fails(
    office: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    own_card(office, lambda card: card.replace(old, new))
    assert main(["rules", "--try"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == told


def test_a_fact_without_confidence_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "活动").mkdir()
    pack = 'id: own\nname: 自己的活动\nthemes:\n  2024: {text: "一个主题"}\n'
    (office / "活动" / "own.yaml").write_text(pack, encoding="utf-8")
    configured(office, 'campaigns = ["活动"]')
    assert main(["check", "稿.txt"]) == 2
    assert capsys.readouterr() == ("", "notice: 活动/own.yaml:4: key 'conf' is missing\n")


def test_extraction_knows_own_campaigns_and_a_run_is_done_again_when_they_change(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "活动").mkdir()
    pack = office / "活动" / "bird.yaml"
    pack.write_text("id: bird-week\nname: 爱鸟周\n", encoding="utf-8")
    configured(office, 'campaigns = ["活动"]')
    assert main(["extract", "--json", "稿.txt"]) == 0
    assert '"campaign":"爱鸟周"' in capsys.readouterr().out
    assert main(["extract", "稿.txt", "-o", "out"]) == 0
    assert main(["extract", "稿.txt", "-o", "out"]) == 0
    assert "其中 1 份沿用上次结果" in capsys.readouterr().out
    pack.write_text("id: bird-week\nname: 爱鸟周\naliases: [爱鸟月]\n", encoding="utf-8")
    assert main(["extract", "稿.txt", "-o", "out"]) == 0
    assert "沿用" not in capsys.readouterr().out


def test_settings_and_cards_are_no_notices(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_card(office)
    main(["check", "."])
    assert capsys.readouterr().out.splitlines()[-1].startswith("共 2 份文件")


# -- profiles


def test_profiles_leave_out_what_they_should(rulebook: Rulebook) -> None:
    """draft: all. archive: no typography, lead times, webmail, holidays. compare: of these, errors, themes and dates."""
    held = {
        p: {c.code for c in rulebook.cards.values() if p in c.profiles}
        for p in ("draft", "archive", "compare")
    }
    assert held["draft"] == set(rulebook.cards)
    assert not [c for c in held["archive"] if c[0] in "FP" or c in ("D12", "D13", "C05")]
    assert {"A01", "D01", "D07", "T02", "U01", "W01"} <= held["archive"]
    others = {c for c in held["compare"] if c[0] not in "DTRLQ"}
    assert held["compare"] <= held["archive"]
    assert {rulebook.cards[c].severity for c in others} == {"error"}
    assert {c for c in held["archive"] if c[0] in "DT" or rulebook.cards[c].severity == "error"} <= held[
        "compare"
    ]


# -- what is documented runs


def script(checkout: Path, name: str) -> Any:
    sys.path.insert(0, str(checkout / "scripts"))
    try:
        return __import__(name)
    finally:
        sys.path.pop(0)


def test_the_manual_is_made_from_the_cards(checkout: Path) -> None:
    written = (checkout / "docs" / "checks.md").read_text(encoding="utf-8")
    assert written == script(checkout, "make_checks_page").page(), "run scripts/make_checks_page.py"


def test_the_example_of_own_checks_does_what_the_page_shows(checkout: Path) -> None:
    written = (checkout / "docs" / "own-checks.md").read_text(encoding="utf-8")
    assert written.count("<!-- $ ") == 6
    assert written == script(checkout, "make_docs").refreshed(written), "run scripts/make_docs.py"


def test_the_example_beside_the_page(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example folder alone, copied elsewhere: own cards and pack found from notice.toml, no line of Python."""
    shutil.copytree(checkout / "examples" / "own-checks", tmp_path / "office")
    monkeypatch.chdir(tmp_path / "office")
    assert not list(Path().rglob("*.py"))
    assert codes(capsys, "draft.txt", "--ignore", "N06") == {
        "T08": "错误",
        "T02": "错误",
        "B01": "警告",
        "B02": "警告",
    }
    assert main(["check", "issued"]) == 0


def test_every_key_is_documented(checkout: Path) -> None:
    page = (checkout / "docs" / "own-checks.md").read_text(encoding="utf-8")
    block = page.split("```toml\n")[1].split("```")[0]
    for key in (
        "version",
        "select",
        "ignore",
        "profile",
        "fail-on",
        "severity",
        "cards",
        "campaigns",
        "baseline",
        "paths",
    ):
        assert re.search(rf"^\[?{key}\b", block, re.M), key


def test_the_pre_commit_hook_names_the_command(
    checkout: Path, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (hook,) = yaml.safe_load((checkout / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    program, *arguments = [*hook["entry"].split(), *hook["args"]]
    assert program == "notice"
    wanted = re.compile(hook["files"])
    assert all(wanted.search(name) for name in ("a/通知.docx", "b.txt", "c.PDF".lower(), "d.ofd"))
    assert not wanted.search("notes.toml")
    assert main([*arguments, "稿.txt", "已印发/旧.txt"]) == 1
    Path("稿.txt").write_text(TEXT.replace("4月31日", "4月28日"), encoding="utf-8")
    assert main([*arguments, "稿.txt"]) == 0
