"""``notice check`` with results where people work: logs, pages, lists, annotated copies, mended copies, differences."""

import json
from pathlib import Path

import pytest
from made_archives import zipped
from made_pdf import notice_pdf
from marked_draft import LINES, TEXT, word_draft
from openpyxl import load_workbook

from extractor.cli import main


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the draft as text, Word and PDF; the working folder."""
    (tmp_path / "稿.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "稿.docx").write_bytes(word_draft())
    (tmp_path / "稿.pdf").write_bytes(notice_pdf([(line, "body") for line in LINES]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_sarif_on_the_screen_and_in_a_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--format", "sarif"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert main(["check", ".", "--format", "sarif", "-o", "out/r.sarif"]) == 1
    assert json.loads((desk / "out/r.sarif").read_text(encoding="utf-8")) == shown
    (run,) = shown["runs"]
    assert len(run["artifacts"]) == 3
    exact = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in run["results"]
        if "fixes" in r
    }
    assert exact == {"%E7%A8%BF.txt"}


def test_a_page_for_one_draft_a_folder_of_pages_for_many(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "稿.txt", "--format", "html"]) == 1
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert main(["check", ".", "--format", "html"]) == 2
    assert "-o" in capsys.readouterr().err
    assert main(["check", ".", "--format", "html", "-o", "pages"]) == 1
    assert files(desk / "pages") == ["稿-2.html", "稿-3.html", "稿.html"]


def test_a_list(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--format", "xlsx"]) == 2
    assert main(["check", ".", "--format", "xlsx", "-o", "清单.xlsx"]) == 1
    assert capsys.readouterr().out == ""
    assert load_workbook(desk / "清单.xlsx")["问题"].max_row >= 30


def test_text_and_json_in_a_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "稿.txt", "-o", "a.txt", "--color", "always"]) == 1
    assert main(["check", "稿.txt", "-o", "a.json", "--format", "json"]) == 1
    assert capsys.readouterr().out == ""
    told = (desk / "a.txt").read_text(encoding="utf-8")
    assert "D01" in told
    assert "\x1b" not in told
    assert json.loads((desk / "a.json").read_text(encoding="utf-8"))["findings"]


def test_annotated_copies(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: (desk / name).read_bytes() for name in files(desk)}
    assert main(["check", ".", "--annotate", "批注", "-q"]) == 1
    assert files(desk / "批注") == ["稿.annotated.docx", "稿.annotated.html", "稿.annotated.pdf"]
    assert capsys.readouterr().out.count("批注写到") == 3
    assert all((desk / name).read_bytes() == raw for name, raw in before.items())
    assert main(["check", ".", "--annotate", "批注", "-q"]) == 1
    assert len(files(desk / "批注")) == 3, "copies are not annotated again"


def test_mended_copies(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "稿.docx", "稿.txt", "--fix", "--suggested", "--track", "-q"]) == 1
    told = capsys.readouterr().out
    assert "稿.fixed.docx" in told
    assert "D07" in told, "what is left is shown"
    assert "D01" not in told
    assert "2023年5月10日前" in (desk / "稿.fixed.txt").read_text(encoding="utf-8")
    assert (desk / "稿.txt").read_text(encoding="utf-8") == TEXT
    assert main(["check", "稿.txt", "--fix", "-o", "另.txt", "-q"]) == 1
    assert "2022年5月10日前" in (desk / "另.txt").read_text(encoding="utf-8")
    assert main(["check", "稿.txt", "--fix", "-o", "稿.txt"]) == 2
    assert "不改原件" in capsys.readouterr().err


def test_a_folder_is_mended_once_and_pdf_says_why_not(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["check", ".", "--fix", "-q"]) == 2
        said = capsys.readouterr().err.splitlines()
        assert [line for line in said if "PDF 不能直接改正" in line]
    assert files(desk) == ["稿.docx", "稿.fixed.docx", "稿.fixed.txt", "稿.pdf", "稿.txt"]


def test_the_difference_writes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(desk)
    assert main(["check", "稿.docx", "--diff", "--suggested"]) == 1
    told = capsys.readouterr().out
    assert "-青林发[2023]第12号\n+青林发〔2023〕12号\n" in told
    assert "错误" not in told
    assert files(desk) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--suggested"], "--fix"),
        (["--track"], "--fix"),
        (["--fix", "--format", "sarif"], "sarif"),
        (["--fix", "-o", "a.txt"], "文件夹"),
        (["--annotate", "稿.txt"], "不是文件夹"),
        (["--format", "xlsx", "-o", "."], "文件夹"),
        (["-o", "."], "文件夹"),
    ],
)
def test_options_that_do_not_go_together(
    desk: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    (desk / "a.txt").write_text("一", encoding="utf-8")
    assert main(["check", ".", *options]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_drafts_in_an_archive_are_checked_and_copied_like_others(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = {path.name: path.read_bytes() for path in sorted(desk.iterdir())}
    (desk / "包.zip").write_bytes(zipped({f"甲/{name}": raw for name, raw in drafts.items()}))
    for path in desk.glob("稿.*"):
        path.unlink()
    assert main(["check", "包.zip", "--format", "json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["path"] for line in lines] == [f"包.zip/甲/{name}" for name in drafts]
    assert main(["check", "包.zip", "--annotate", "批注"]) == 1
    assert files(desk / "批注") == ["稿.annotated.docx", "稿.annotated.html", "稿.annotated.pdf"]
    capsys.readouterr()
    assert main(["check", "包.zip", "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert {r["ruleId"] for r in run["results"] if "fixes" in r}, "the text of the plain draft is at hand"
    assert main(["check", "包.zip", "--fix"]) == 2
    assert "压缩包里" in capsys.readouterr().err
    main(["check", "包.zip", "--fix", "-o", "改"])
    assert files(desk / "改") == ["稿.fixed.docx", "稿.fixed.txt"]


def test_mended_copies_of_one_name_do_not_replace_one_another(desk: Path) -> None:
    draft = (desk / "稿.txt").read_bytes()
    (desk / "包.zip").write_bytes(zipped({"甲/稿.txt": draft, "乙/稿.txt": draft}))
    main(["check", "包.zip", "--fix", "-o", "改"])
    assert files(desk / "改") == ["稿-2.fixed.txt", "稿.fixed.txt"]
