"""Regular expressions that cost nothing until they are used, and little when an earlier run has compiled them.

There are some seven hundred; a document needs half of them, and compiling one takes longer than most searches ever will.
So ``lazy`` compiles at the first use, and the command keeps what compiling gave (the engine's code, a list of numbers)
in the user's cache folder, as Python keeps the bytecode of modules. The code is a function of the pattern, its flags and
the engine's version alone, which name it. Where the engine is not the one this was written for, ``re.compile`` does it all.
"""

import re
import sys
from pathlib import Path
from typing import Any, cast

from extractor import kept

_METHODS = (
    "search",
    "match",
    "fullmatch",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "groups",
    "groupindex",
)
_MOST = 8000  # patterns kept; with more of them, those of rules long gone, the file begins anew

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the engine makes a pattern of: flags, code (32-bit numbers), number of groups, their names by both ways."""


class Lazy:
    """Stands for a compiled pattern: its methods are set, on itself, by whoever asks for the first of them."""

    __slots__ = ("pattern", "flags", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        made = _codes.compiled(self.pattern, self.flags)
        for one in _METHODS:
            setattr(self, one, getattr(made, one))
        return getattr(made, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(pattern, flags)``, put off to the first use. An error in the pattern shows only then."""
    return cast("re.Pattern[str]", Lazy(pattern, int(flags)))


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(pattern, flags)`` at once: for patterns of rules, whose errors are to be told with their line."""
    return _codes.compiled(pattern, int(flags))


class _Codes:
    """The codes known in this process. A memo: it changes how fast patterns come, never what they are."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int], Code] = {}
        self.file: Path | None = None
        self.more = False

    def compiled(self, pattern: str, flags: int) -> re.Pattern[str]:
        code = self.known.get((pattern, flags))
        if code is None and self.file is not None:
            code = _code(pattern, flags)
            if code is not None:
                self.known[pattern, flags] = code
                self.more = True
        made = None if code is None else _made(pattern, code)
        return re.compile(pattern, flags) if made is None else made


_codes = _Codes()


def recall(folder: Path | None) -> None:
    """Take the codes kept in ``folder`` by an earlier run; those compiled from now on are for ``keep``."""
    if folder is None or _codes.file is not None:
        return
    _codes.file = folder / f"patterns-{sys.implementation.cache_tag}"
    _codes.known.update(kept.recall(_codes.file, _name()) or {})


def keep() -> None:
    """Keep the codes where they were recalled from, if there are new ones."""
    if _codes.file is not None and _codes.more:
        _codes.more = False
        kept.keep(_codes.file, _name(), _codes.known if len(_codes.known) <= _MOST else {})


def _name() -> str:
    return f"patterns {sys.version_info[:3]} {sys.byteorder} {getattr(sre(), 'MAGIC', None)}"


def sre() -> Any:
    """The engine, where it is the one whose code is known here (CPython from 3.11 on)."""
    try:
        import _sre  # type: ignore[import-not-found]  # no public module has stubs for it

        return _sre if _sre.CODESIZE == 4 else None
    except (ImportError, AttributeError):
        return None


def _code(pattern: str, flags: int) -> Code | None:
    """The engine's code of a pattern, by the steps of ``re.compile``; None where those are not known here."""
    try:
        from array import array
        from re import _compiler, _parser  # type: ignore[attr-defined]  # the modules re itself is made of

        parsed = _parser.parse(pattern, flags)
        code = _compiler._code(parsed, flags)  # noqa: SLF001 - as re.compile calls it
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        return (
            int(flags | state.flags), array("I", code).tobytes(), state.groups - 1, dict(state.groupdict), tuple(names)
        )  # fmt: skip
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None


def _made(pattern: str, code: Code) -> re.Pattern[str] | None:
    """The pattern of this code; the engine checks the code first. None where it refuses."""
    engine = sre()
    if engine is None:
        return None
    flags, numbers, groups, by_name, names = code
    try:
        made: re.Pattern[str] = engine.compile(
            pattern, flags, memoryview(numbers).cast("I").tolist(), groups, by_name, names
        )
    except (RuntimeError, TypeError, ValueError, OverflowError):
        return None
    return made
