"""Administrative divisions with their GB/T 2260 codes (rules/divisions.tsv, made by scripts/make_divisions.py)."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from extractor.errors import RuleError

LEVELS = ("province", "prefecture", "county", "zone")


class Division(NamedTuple):
    """One division. ``until``: the year its name ended, None for a name in force. See the header of the file.

    A tuple with names: there are thousands, made anew at every start.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    short: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    area: str = ""
    until: int | None = None


class Divisions(Struct, frozen=True, dict=True):
    """Look-ups by code, full name, short name, province abbreviation and telephone area code. Names are not unique."""

    rows: tuple[Division, ...]
    by_code: dict[str, Division]
    by_name: dict[str, tuple[Division, ...]]
    by_short: dict[str, tuple[Division, ...]]
    by_abbr: dict[str, Division]
    by_area: dict[str, tuple[Division, ...]]
    endings: frozenset[str]
    """Last characters of full names."""
    ends: dict[str, tuple[int, ...]]
    """Last two characters of full names → the lengths such names have, longest first."""
    begins: dict[str, tuple[int, ...]]
    """First two characters of a full or short name → the lengths such names have, longest first."""

    def find(self, name: str) -> tuple[Division, ...]:
        """Every division of this full name, else of this short name."""
        return self.by_name.get(name) or self.by_short.get(name, ())

    def lineage(self, division: Division) -> tuple[Division, ...]:
        """Province, prefecture, county … down to the division itself."""
        line = self._lines.get(division)
        if line is None:
            chain = [division]
            while (
                chain[0].parent
                and (above := self.by_code.get(chain[0].parent)) is not None
                and len(chain) < 4
            ):
                chain.insert(0, above)
            line = self._lines[division] = tuple(chain)
        return line

    @cached_property
    def _lines(self) -> dict[Division, tuple[Division, ...]]:
        """The lineages asked for so far."""
        return {}

    def within(self, division: Division, above: Division) -> bool:
        """Whether ``division`` lies in ``above`` (or is it)."""
        return any(one.code == above.code for one in self.lineage(division))

    def printed(self, division: Division) -> str:
        """The name as notices print it: a county behind the division above it, everything else by itself."""
        above = self.by_code.get(division.parent)
        return (
            above.name + division.name
            if above is not None and division.level in ("county", "zone")
            else division.name
        )

    def area_of(self, division: Division) -> str:
        """The telephone area code that holds in the division, empty where unknown."""
        return next((one.area for one in reversed(self.lineage(division)) if one.area), "")

    def beginning_at(self, chars: str, start: int = 0) -> int:
        """Length of the longest full name that begins at ``start``, 0 if none."""
        for length in self.begins.get(chars[start : start + 2], ()):
            if chars[start : start + length] in self.by_name:
                return length
        return 0

    def ending_at(self, chars: str, end: int, start: int = 0) -> str:
        """The longest full name that ends at ``end`` in ``chars``, not reaching before ``start``; empty if none."""
        if end - start < 2:
            return ""
        for length in self.ends.get(chars[end - 2 : end], ()):
            if end - length >= start and chars[end - length : end] in self.by_name:
                return chars[end - length : end]
        return ""


def load_divisions(folder: Path) -> Divisions:
    """Read ``divisions.tsv``. ``RuleError`` names the line that is malformed."""
    path = folder / "divisions.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from error
    return gather(
        _division(path, number, line) for number, line in enumerate(lines, 1) if line and line[0] != "#"
    )


def _division(path: Path, number: int, line: str) -> Division:
    cells = line.split("\t")
    if len(cells) != 8:
        raise RuleError(f"{path}:{number}: eight columns expected, {len(cells)} found")
    code, name, level, parent, short, abbr, area, until = cells
    if level not in LEVELS or not code or not name or (until and not until.isdigit()):
        raise RuleError(f"{path}:{number}: not a division: {line!r}")
    return Division(
        code,
        name,
        level,
        parent,
        tuple(short.split("|")) if short else (),
        tuple(abbr.split("|")) if abbr else (),
        area,
        int(until) if until else None,
    )


def gather(divisions: Iterable[Division]) -> Divisions:
    """The look-ups over ``divisions``; earlier ones come first where a name or code stands twice."""
    rows = tuple(divisions)
    by_code = {one.code: one for one in reversed(rows)}
    by_name: dict[str, tuple[Division, ...]] = {}
    by_short: dict[str, tuple[Division, ...]] = {}
    by_abbr: dict[str, Division] = {}
    by_area: dict[str, tuple[Division, ...]] = {}
    for one in rows:
        _, name, _, _, short, abbr, area, _ = one
        by_name[name] = (*by_name[name], one) if name in by_name else (one,)
        for word in short:
            by_short[word] = (*by_short[word], one) if word in by_short else (one,)
        for letter in abbr:
            by_abbr.setdefault(letter, one)
        if area:
            by_area[area] = (*by_area.get(area, ()), one)
    return Divisions(
        rows,
        by_code,
        by_name,
        by_short,
        by_abbr,
        by_area,
        frozenset(name[-1] for name in by_name),
        lengths(by_name, slice(-2, None)),
        lengths((*by_name, *by_short), slice(2)),
    )


def lengths(words: Iterable[str], key: slice) -> dict[str, tuple[int, ...]]:
    """A part of every word (its first or last characters) → the lengths of the words that have it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[key], set()).add(len(word))
    return {part: tuple(sorted(known, reverse=True)) for part, known in found.items()}
