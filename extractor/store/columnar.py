"""Parquet, one file a table, and a DuckDB file loaded from it. Lists stay lists."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.store.cells import fit
from extractor.store.columns import Column, Entry, Row, table_columns

# Rows of a row group. Fixed, so that the same rows give the same bytes.
_GROUP = 8_192


class Parquet:
    """``<table>.parquet``, zstd; byte for byte the same for the same rows."""

    def __init__(self, folder: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa = pa
        self._schemas = {
            name: pa.schema([(column.name, self._type(column)) for column in columns])
            for name, columns in table_columns().items()
        }
        self._writers = {
            name: pq.ParquetWriter(str(folder / f"{name}.parquet"), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self._waiting: dict[str, list[Row]] = {name: [] for name in self._schemas}

    def _type(self, column: Column) -> Any:
        pa = self._pa
        scalars = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
        if column.kind in scalars:
            return scalars[column.kind]
        if column.kind == "structs":
            return pa.list_(pa.struct([(inner.name, self._type(inner)) for inner in column.inner]))
        return pa.list_(scalars[column.kind.removesuffix("s")])

    def add(self, entry: Entry) -> None:
        for name, rows in entry.rows.items():
            waiting = self._waiting[name]
            waiting.extend(rows)
            while len(waiting) >= _GROUP:
                self._write(name, waiting[:_GROUP])
                del waiting[:_GROUP]

    def _write(self, name: str, rows: Sequence[Row]) -> None:
        schema = self._schemas[name]
        arrays = [
            self._pa.array([_storable(row[place]) for row in rows], type=field.type)
            for place, field in enumerate(schema)
        ]
        self._writers[name].write_table(
            self._pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP
        )

    def close(self) -> None:
        for name, writer in self._writers.items():
            if self._waiting[name]:
                self._write(name, self._waiting[name])
            writer.close()


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return value


class Duck:
    """``notices.duckdb``: the tables, ready to be asked in SQL. Loaded from Parquet files that are then removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = folder / "duckdb-parts"
        self._parts.mkdir()
        self._parquet = Parquet(self._parts)

    def add(self, entry: Entry) -> None:
        self._parquet.add(entry)

    def close(self) -> None:
        import duckdb

        self._parquet.close()
        # No extension is ever fetched: reading Parquet is built in.
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(str(self._folder / "notices.duckdb"), config=settings) as connection:
            for name in table_columns():
                source = str(self._parts / f"{name}.parquet").replace("'", "''")
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{source}')")
        shutil.rmtree(self._parts)
