"""One workbook, one sheet a table."""

from datetime import datetime
from pathlib import Path
from typing import Any

from extractor.store.cells import cell
from extractor.store.columns import Entry, Row, table_columns

# The format's own limits: rows of a sheet, UTF-16 units of a cell.
_ROWS = 1_048_576
_CHARACTERS = 32_767
# Columns are as wide as their first rows need, within these bounds (in digits' widths).
_SAMPLE = 200
_NARROW, _WIDE = 8, 60


class Workbook:
    """``notices.xlsx``: header frozen and filterable, text as text (never a formula, a number or a link)."""

    def __init__(self, folder: Path) -> None:
        import xlsxwriter

        # constant_memory: rows go to disk as they come. Every text is written with write_string, whatever it looks like.
        self._book = xlsxwriter.Workbook(str(folder / "notices.xlsx"), {"constant_memory": True})
        # A fixed day instead of the clock: the same tables give the same file.
        self._book.set_properties({"created": datetime(2000, 1, 1)})
        self._bold = self._book.add_format({"bold": True})
        self._sheets: dict[str, tuple[Any, int]] = {}
        self._parts: dict[str, int] = {}
        self._widths: dict[str, list[int]] = {}
        for name in table_columns():
            self._sheets[name] = (self._sheet(name, name), 1)

    def _sheet(self, table: str, title: str) -> Any:
        sheet = self._book.add_worksheet(title)
        columns = table_columns()[table]
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, self._bold)
        self._widths[title] = [len(column.name) + 2 for column in columns]
        return sheet

    def add(self, entry: Entry) -> None:
        for name, rows in entry.rows.items():
            for row in rows:
                self._write(name, row)

    def _write(self, table: str, row: Row) -> None:
        sheet, number = self._sheets[table]
        if number == _ROWS:
            self._finish(sheet, number)
            self._parts[table] = self._parts.get(table, 1) + 1
            sheet, number = self._sheet(table, f"{table}_{self._parts[table]}"), 1
        widths = self._widths[sheet.name]
        for place, value in enumerate(row):
            made = cell(value)
            if isinstance(made, str) and made:
                made = _cut(made)
                sheet.write_string(number, place, made)
                if number < _SAMPLE:
                    widths[place] = max(widths[place], _width(made))
            elif isinstance(made, bool):
                sheet.write_boolean(number, place, made)
            elif isinstance(made, int | float):
                sheet.write_number(number, place, made)
        self._sheets[table] = (sheet, number + 1)

    def _finish(self, sheet: Any, rows: int) -> None:
        widths = self._widths[sheet.name]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width, _NARROW), _WIDE))
        sheet.autofilter(0, 0, max(rows - 1, 0), len(widths) - 1)

    def close(self) -> None:
        for sheet, rows in self._sheets.values():
            self._finish(sheet, rows)
        self._book.close()


def _width(text: str) -> int:
    first = text[: _WIDE + 1]
    return sum(2 if char > "\u2e7f" else 1 for char in first) + 1


def _cut(text: str) -> str:
    """At most what a cell holds, … at the end of what was cut."""
    if len(text) * 2 <= _CHARACTERS or len(text.encode("utf-16-le")) // 2 <= _CHARACTERS:
        return text
    return text.encode("utf-16-le")[: 2 * (_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
