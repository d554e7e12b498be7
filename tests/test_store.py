"""Tables on disk: the same values in every format, nothing a spreadsheet would run, all or nothing."""

import csv
import errno
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from made_notices import CLEAN, WRONG
from msgspec.structs import fields

from extractor import store
from extractor.batch import Job, Work
from extractor.schema import TABLES, Failure
from extractor.settings import Settings
from extractor.store import FORMATS, StoreError, write
from extractor.store.columns import table_columns

ALL = tuple(FORMATS)
FAILURE = Failure("坏.pdf", "damaged", "内容不完整", "0" * 64, "pdf")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("in")
    made = []
    for name, text in (("对.txt", CLEAN), ("错.txt", WRONG)):
        (folder / name).write_text(text, encoding="utf-8")
        record = Work(Settings(select=("D01",)))(Job(folder / name, name))
        assert isinstance(record, dict)
        made.append(record)
    return made


@pytest.fixture(scope="module")
def written(records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write(folder, ALL, [*records, FAILURE])
    return folder


def of_csv(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def of_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / f"{table}.parquet").to_pylist())


def of_sheet(folder: Path, table: str) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(folder / "notices.xlsx")[table].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def of_duckdb(folder: Path, table: str) -> list[dict[str, Any]]:
    with duckdb.connect(str(folder / "notices.duckdb"), read_only=True) as base:
        cursor = base.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_columns_are_the_fields_of_the_schema() -> None:
    columns = {table: [column.name for column in made] for table, made in table_columns().items()}
    assert list(columns) == ["notices", *TABLES, "failures"]
    assert all(names[0] == "notice_id" for table, names in columns.items() if table != "failures")
    assert columns["failures"] == [field.name for field in fields(Failure)]
    assert columns["sections"] == [
        *(
            "notice_id",
            "number",
            "heading",
            "canonical",
            "zone",
            "level",
            "span_start",
            "span_end",
            "span_page",
        ),
    ]
    assert {"title", "issuers", "region_code", "period_start", "theme", "sha256", "path"} <= set(
        columns["notices"]
    )
    for table, row_type in TABLES.items():
        for field in fields(row_type):
            assert any(name == field.name or name.startswith(f"{field.name}_") for name in columns[table])
    for names in columns.values():
        assert len(names) == len(set(names))


def test_every_format_holds_the_same(written: Path, records: list[dict[str, Any]]) -> None:
    for table, columns in table_columns().items():
        parquet = of_parquet(written, table)
        assert of_duckdb(written, table) == parquet
        texts, cells = of_csv(written, table), of_sheet(written, table)
        assert len(texts) == len(cells) == len(parquet)
        for text, cell, row in zip(texts, cells, parquet, strict=True):
            assert list(text) == list(cell) == list(row) == [column.name for column in columns]
            for column in columns:
                value = row[column.name]
                if column.kind in {"text", "int", "bool"}:
                    assert text[column.name] == ("" if value is None else str(value))
                    assert cell[column.name] == (value if value != "" else None)
    lines = (written / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == records
    assert json.loads((written / "failures.jsonl").read_text(encoding="utf-8"))["reason"] == "damaged"


def test_values_are_those_of_the_record(written: Path, records: list[dict[str, Any]]) -> None:
    for table in TABLES:
        rows = [row for record in records for row in record[table]]
        stored = of_parquet(written, table)
        assert len(stored) == len(rows)
        for row, made in zip(rows, stored, strict=True):
            if "span" in row:
                assert (made["span_start"], made["span_end"]) == (row["span"]["start"], row["span"]["end"])
            for name, value in row.items():
                if value is None or isinstance(value, str | int | float):
                    assert made.get(name, value) == value
    (first, second) = of_parquet(written, "notices")
    assert first["period_start"] == "2031-05-11"
    assert first["theme"] == "惜水护水，从我做起"
    assert first["issuers"] == records[0]["issuers"]
    assert [first["path"], second["path"]] == ["对.txt", "错.txt"]
    (finding,) = of_parquet(written, "findings")
    assert finding["code"] == "D01"
    assert finding["related"][0]["quote"] in WRONG
    assert "2031年4月22日" in of_csv(written, "findings")[0]["related"]
    assert of_parquet(written, "failures")[0]["message"] == "内容不完整"


def test_excel_opens_the_csv(written: Path) -> None:
    assert (written / "notices.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_sheets_are_made_to_be_read(written: Path) -> None:
    book = openpyxl.load_workbook(written / "notices.xlsx")
    assert book.sheetnames == list(table_columns())
    sheet = book["notices"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    title = [cell.value for cell in sheet[1]].index("title")
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(title + 1)].width > 30


EVIL = [
    "=1+1",
    "+86 1",
    "-1",
    "@x",
    "＝1",
    "\t=1",
    "a\x00b\x0bc",
    "x" * 40_000,
    "\ud83d 半",
    "国" * 40_000,
    "二\u2028行",
]


def test_nothing_is_run_and_nothing_breaks(records: list[dict[str, Any]], tmp_path: Path) -> None:
    record = deepcopy(records[0])
    row = record["contacts"][0]
    record["contacts"] = [{**row, "value": value} for value in EVIL]
    write(tmp_path, ALL, [record])
    texts = [row["value"] for row in of_csv(tmp_path, "contacts")]
    assert len(texts) == len(EVIL)
    assert not any(text.startswith(tuple("=+-@＝\t")) for text in texts)
    assert texts[0] == "'=1+1"
    assert "\x00" not in texts[6]
    cells = openpyxl.load_workbook(tmp_path / "notices.xlsx")["contacts"]
    column = [cell.value for cell in cells[1]].index("value")
    values = [row[column] for row in cells.iter_rows(min_row=2)]
    assert {cell.data_type for cell in values} == {"s"}
    assert values[0].value == "=1+1"
    assert all(len(cell.value) <= 32_767 for cell in values)
    assert values[7].value.endswith("…")
    stored = [row["value"] for row in of_parquet(tmp_path, "contacts")]
    assert stored[0] == "=1+1"
    assert stored[7] == "x" * 40_000
    (line,) = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [row["value"] for row in json.loads(line)["contacts"]] == EVIL


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet", "xlsx"])
def test_same_rows_same_bytes(records: list[dict[str, Any]], tmp_path: Path, format: str) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, [format], [*records, FAILURE])
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert one
    assert one == two


def test_more_rows_than_a_sheet_holds(
    records: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.store.sheets._ROWS", 5)
    record = {**records[0], "contacts": records[0]["contacts"][:1] * 10}
    write(tmp_path, ["xlsx"], [record])
    book = openpyxl.load_workbook(tmp_path / "notices.xlsx")
    assert [book[name].max_row - 1 for name in ("contacts", "contacts_2", "contacts_3")] == [4, 4, 2]


def test_many_rows_go_into_groups(
    records: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.store.columnar._GROUP", 4)
    write(tmp_path, ["parquet"], records * 5)
    assert pq.ParquetFile(tmp_path / "notices.parquet").num_row_groups == 3
    assert len(of_parquet(tmp_path, "notices")) == 10


class Full:
    """A format whose disk is full from the second row on."""

    def __init__(self, folder: Path) -> None:
        (folder / "full.txt").write_text("half")
        self.left = 1

    def add(self, _: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None: ...


def test_full_disk_leaves_what_was_there(
    records: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ["csv"], records[:1])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setitem(store.FORMATS, "full", Full)
    with pytest.raises(StoreError, match="磁盘已满"):
        write(tmp_path, ["csv", "full"], records)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_defects_are_not_taken_for_a_full_disk(records: list[dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write(tmp_path, ["csv"], [{"notice_id": "x"}])
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(StoreError):
        write(tmp_path / "x", ["csv"], [])


def test_leftovers_of_a_killed_run_go(records: list[dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / ".tables-old").mkdir()
    (tmp_path / ".tables-old" / "notices.csv").write_text("half")
    write(tmp_path, ["csv"], records)
    assert not list(tmp_path.glob(".tables-*"))


def test_no_rows_still_have_their_headers(tmp_path: Path) -> None:
    write(tmp_path, ALL, [])
    for table, columns in table_columns().items():
        assert (tmp_path / f"{table}.csv").read_text(encoding="utf-8-sig").split() == [
            ",".join(column.name for column in columns)
        ]
        assert of_parquet(tmp_path, table) == []
