"""The rulebook as plain data, kept between runs, so that its hundred files are parsed once and not at every start.

``plain`` leaves what Python's bytecode format knows (strings, numbers, tuples, dictionaries … of them) as it is, and writes
everything else as a list that begins with a name: a value of ours and its fields, a pattern and its flags. ``made`` leads
back; what is no list has nothing inside that needs it. What is kept is named by the bytes of every rules file and by
these modules, so that it is never older than either.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from re import UNICODE, Pattern
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from extractor import kept, text
from extractor.patterns import Lazy, lazy
from extractor.rulebook import activities, campaigns, cards, facts, renames, sections, typography, units
from extractor.rulebook.cards import Cards
from extractor.rulebook.divisions import Division, Divisions, gather

_VALUES: dict[str, type[Any]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in (activities, campaigns, cards, facts, renames, sections, typography, units, text)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Struct) and value.__module__ == module.__name__
}
_NAMES = {value: name for name, value in _VALUES.items()}


def name(folder: Path, cards: Sequence[Path] = (), campaigns: Sequence[Path] = ()) -> str:
    """What the rulebook kept for these folders depends on, as one line. ``OSError`` where a file cannot be read."""
    import hashlib

    told = hashlib.sha256()
    for kind, where in (
        ("rules", folder),
        *(("cards", one) for one in cards),
        *(("packs", one) for one in campaigns),
    ):
        told.update(f"\0{kind} ".encode() + os.fsencode(where))
        for path, raw in _files(os.fspath(where)):
            told.update(b"\0" + os.fsencode(path) + f"\0{len(raw)}\0".encode() + raw)
    for module in (*os.scandir(Path(__file__).parent), Path(text.__file__)):
        if module.name.endswith(".py"):
            told.update(f"\0{module.name} {module.stat().st_size} {module.stat().st_mtime_ns}".encode())
    return f"rules {told.hexdigest()}"


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    """Every file below ``folder`` with its bytes, in a fixed order. Without pathlib and buffers: this is every start."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.is_file():
            number = os.open(entry.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                size = os.fstat(number).st_size
                yield entry.path, os.read(number, size + 1)
            finally:
                os.close(number)


def recall(path: Path, name: str) -> dict[str, Any] | None:
    """The parts of the rulebook kept under ``name``, or None."""
    told = kept.recall(path, name)
    try:
        return {key: made(value) for key, value in told.items()} if isinstance(told, dict) else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def keep(path: Path, name: str, parts: Mapping[str, Any]) -> None:
    """Keep the parts under ``name``."""
    try:
        told = {key: plain(value) for key, value in parts.items()}
    except TypeError:  # a new kind of value: read from the files until it is told here
        return
    kept.keep(path, name, told)


def plain(value: Any) -> Any:
    """``value`` as data of Python's bytecode format. ``TypeError`` for what has no place in a rulebook."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Divisions):
        return ["divisions", [tuple(one) for one in value.rows]]
    if isinstance(value, Cards):
        return ["cards", {code: plain(card) for code, card in value.items()}]
    if type(value) in _NAMES:
        return [_NAMES[type(value)], *map(plain, astuple(value))]
    if isinstance(value, Pattern | Lazy):
        return ["pattern", value.pattern, int(value.flags) & ~int(UNICODE)]
    if isinstance(value, date):
        return ["date", value.toordinal()]
    if isinstance(value, list):
        return ["list", *map(plain, value)]
    if isinstance(value, tuple | frozenset):
        items = [plain(item) for item in value]
        bare = not any(isinstance(item, list) for item in items)
        return type(value)(items) if bare else [type(value).__name__, *items]
    if isinstance(value, dict | MappingProxyType):
        pairs = {key: plain(item) for key, item in value.items()}
        bare = isinstance(value, dict) and not any(isinstance(item, list) for item in pairs.values())
        return pairs if bare else ["dict" if isinstance(value, dict) else "proxy", pairs]
    raise TypeError(f"no rule holds a {type(value).__name__}")


def made(told: Any) -> Any:
    """The value ``plain`` told."""
    if type(told) is not list:
        return told
    return _MAKE[told[0]](told)


def _make_value(told: list[Any]) -> Any:
    return _VALUES[told[0]](*[_MAKE[one[0]](one) if type(one) is list else one for one in told[1:]])


def _make_dict(told: list[Any]) -> dict[Any, Any]:
    return {key: _MAKE[one[0]](one) if type(one) is list else one for key, one in told[1].items()}


_MAKE: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(_VALUES, _make_value),
    "cards": lambda told: Cards(_make_dict(["dict", told[1]])),
    "divisions": lambda told: gather(map(Division._make, told[1])),
    "pattern": lambda told: lazy(told[1], told[2]),
    "date": lambda told: date.fromordinal(told[1]),
    "list": lambda told: [made(one) for one in told[1:]],
    "tuple": lambda told: tuple([made(one) for one in told[1:]]),
    "frozenset": lambda told: frozenset([made(one) for one in told[1:]]),
    "dict": _make_dict,
    "proxy": lambda told: MappingProxyType(_make_dict(told)),
}
