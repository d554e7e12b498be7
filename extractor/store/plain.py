"""JSON lines and CSV."""

import csv
from pathlib import Path
from typing import Any, TextIO

from msgspec.structs import asdict

from extractor.render.json import line
from extractor.schema import Failure
from extractor.store.cells import cell, inert
from extractor.store.columns import Entry, table_columns


class JsonLines:
    """``records.jsonl``: every record whole, one a line; ``failures.jsonl``."""

    def __init__(self, folder: Path) -> None:
        self._records = _text(folder / "records.jsonl")
        self._failures = _text(folder / "failures.jsonl")

    def add(self, entry: Entry) -> None:
        if isinstance(entry.outcome, Failure):
            self._failures.write(line(asdict(entry.outcome)) + "\n")
        else:
            self._records.write(line(entry.outcome) + "\n")

    def close(self) -> None:
        self._records.close()
        self._failures.close()


class Csv:
    """One ``.csv`` a table, UTF-8 with the mark Excel looks for; no cell is a formula."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: _text(folder / f"{name}.csv", "utf-8-sig") for name in table_columns()}
        self._writers = {name: csv.writer(file) for name, file in self._files.items()}
        for name, columns in table_columns().items():
            self._writers[name].writerow([column.name for column in columns])

    def add(self, entry: Entry) -> None:
        for name, rows in entry.rows.items():
            self._writers[name].writerows([_safe(value) for value in row] for row in rows)

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def _safe(value: Any) -> Any:
    made = cell(value)
    return inert(made) if isinstance(made, str) else made


def _text(path: Path, encoding: str = "utf-8") -> TextIO:
    # backslashreplace: half a surrogate pair becomes \udXXX, which is valid inside a JSON string.
    return path.open("w", encoding=encoding, errors="backslashreplace", newline="")
