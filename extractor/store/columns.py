"""The columns of every table, made from the row types of ``extractor.schema``: field order is column order.

A ``Span`` becomes ``…_start``, ``…_end``, ``…_page``; a nested value (region, fix) becomes columns with its name in front;
tuples stay lists. ``notice_id`` comes first everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from extractor.model import Span
from extractor.schema import TABLES, Failure, Fields, Source

Record = Mapping[str, Any]
Row = tuple[Any, ...]


class Column(Struct, frozen=True):
    """``kind``: text int float bool, or texts ints floats bools for lists of them, or structs (``inner`` says of what).

    ``path``: the keys that lead to the value in a record's row.
    """

    name: str
    path: tuple[str, ...]
    kind: str
    inner: tuple["Column", ...] = ()

    def value(self, row: Mapping[str, Any]) -> Any:
        """The column's value of a row of the record; None where a nested value is absent."""
        found: Any = row
        for position, key in enumerate(self.path):
            if isinstance(found, list):
                rest = Column(self.name, self.path[position:], self.kind)
                return [rest.value(item) for item in found]
            if found is None:
                return None
            found = found[key]
        if self.kind == "structs":
            return [{column.name: column.value(item) for column in self.inner} for item in found]
        return found


_SCALARS = {str: "text", int: "int", float: "float", bool: "bool"}
_SPAN = (("start", "int"), ("end", "int"), ("page", "int"))
_ID = Column("notice_id", ("notice_id",), "text")
# Where the record nests a single value differently from ``Fields``.
_MOVED = {"period_start": ("period", "start"), "period_end": ("period", "end")}


@cache
def table_columns() -> dict[str, tuple[Column, ...]]:
    """Table name → columns: notices first, the lists of the contract, failures last."""
    source = tuple(Column(c.name, ("source", *c.path), c.kind) for c in _columns(Source))
    single = tuple(
        Column(c.name, _MOVED.get(c.name, c.path), c.kind) for c in _columns(Fields) if c.name != "spans"
    )
    tables = {"notices": (_ID, *source, *single, Column("warnings", ("warnings",), "texts"))}
    for name, row_type in TABLES.items():
        tables[name] = (_ID, *_columns(row_type))
    tables["failures"] = _columns(Failure)
    return tables


class Entry(Struct, frozen=True):
    """What came of one file: its record or its failure, and the rows it adds to each table."""

    outcome: Record | Failure
    rows: Mapping[str, Sequence[Row]]


def entry(outcome: Record | Failure) -> Entry:
    """The outcome with its rows."""
    if isinstance(outcome, Failure):
        columns = table_columns()["failures"]
        return Entry(outcome, {"failures": [tuple(getattr(outcome, column.name) for column in columns)]})
    return Entry(outcome, _rows(outcome))


def _rows(record: Record) -> dict[str, list[Row]]:
    made: dict[str, list[Row]] = {}
    for table, columns in table_columns().items():
        if table == "failures":
            continue
        own = columns[1:]
        items = [record] if table == "notices" else record[table]
        made[table] = [(record["notice_id"], *(column.value(item) for column in own)) for item in items]
    return made


def _columns(row_type: type[Struct]) -> tuple[Column, ...]:
    hints = get_type_hints(row_type)
    return tuple(column for name in row_type.__struct_fields__ for column in _of(name, hints[name]))


def _of(name: str, hint: Any) -> Iterator[Column]:
    """The columns of one field."""
    hint, many = _bare(hint)
    plural = "s" if many else ""
    if hint is Span:
        for part, kind in _SPAN:
            yield Column(f"{name}_{part}", (name, part), kind + plural)
    elif isinstance(hint, type) and issubclass(hint, Struct):
        if many:
            yield Column(name, (name,), "structs", _columns(hint))
        else:
            for column in _columns(hint):
                yield Column(f"{name}_{column.name}", (name, *column.path), column.kind)
    elif hint in _SCALARS:
        yield Column(name, (name,), _SCALARS[hint] + plural)
    elif get_origin(hint) is not dict:  # a mapping is no column
        raise TypeError(f"no column for {name}: {hint}")


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without ``| None`` and ``tuple[…, ...]``, and whether it was a tuple; a Literal is its values' type."""
    many = False
    while True:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            (hint,) = (argument for argument in arguments if argument is not NoneType)
        elif origin is tuple:
            hint, many = arguments[0], True
        elif origin is Literal:
            hint = type(arguments[0])
        else:
            return hint, many
