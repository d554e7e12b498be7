"""The list of findings as a workbook."""

from pathlib import Path

from marked_draft import RULES, TEXT, noticed
from openpyxl import load_workbook

from extractor.render.sheet import write_findings
from extractor.schema import Failure, to_record


def test_a_row_for_each_finding_text_as_text(tmp_path: Path) -> None:
    notice = noticed(TEXT.encode(), "=1+1.txt")
    lost = Failure("@坏.pdf", "damaged", "打不开")
    assert write_findings([to_record(notice), lost], RULES.cards, tmp_path / "f.xlsx") == len(notice.findings)
    book = load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["问题", "统计", "未能读取"]
    head, *rows = book["问题"].iter_rows(values_only=True)
    assert len(rows) == len(notice.findings) >= 10
    for row, finding in zip(rows, notice.findings, strict=True):
        said = dict(zip(head, row, strict=True))
        assert said["代码"] == finding.code
        assert said["问题"] == " ".join(finding.message.split())
        assert said["依据"] == RULES.cards[finding.code].why
        assert (said["改为"] or "") == (finding.fix.text if finding.fix else "")
    assert book["问题"]["A2"].data_type == "s"
    assert book["问题"]["A2"].value == "=1+1.txt"
    assert sum(row[3] for row in book["统计"].iter_rows(min_row=2, values_only=True)) == len(rows)
    assert [c.value for c in book["未能读取"][2]] == ["@坏.pdf", "damaged", "打不开"]


def test_english_and_nothing_found(tmp_path: Path) -> None:
    record = {**to_record(noticed(TEXT.encode(), "a.txt")), "findings": []}
    assert write_findings([record], RULES.cards, tmp_path / "f.xlsx", "en") == 0
    book = load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["findings", "statistics"]
    assert book["findings"]["A1"].value == "file"
