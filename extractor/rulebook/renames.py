"""Bodies that were renamed or merged, and short names that meant another body at another time (rules/renames.yaml)."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from extractor.rulebook.divisions import lengths
from extractor.rulebook.source import Entry, load


class Rename(Struct, frozen=True):
    """A body that was renamed: ``old`` stems, their successor, and the date (ISO) the reform took effect locally.

    ``not_match``: longer words an old stem stands in without being the old name. ``confidence``: V, V* or M.
    """

    old: tuple[str, ...]
    new: str
    since: str
    confidence: str = "M"
    not_match: tuple[str, ...] = ()
    warn: bool = True
    source: str = ""


class Dated(Struct, frozen=True):
    """A short form whose full name is ``then`` before ``until``, ``now`` from ``since`` on (ISO days), open between.

    ``spelt``: other full names before ``until``.
    """

    short: str
    now: str
    then: str
    until: str
    since: str
    spelt: tuple[str, ...]

    def full(self, on: date, known: Sequence[str]) -> str | None:
        """The stem the short form stood for on a day in a notice that names ``known``; None where that is open."""
        day = on.isoformat()
        if day >= self.since:
            return self.now
        for name in self.spelt:
            if any(one.endswith(name) for one in known):
                return name
        return (self.then or self.now) if day < self.until else None


class Renames(Struct, frozen=True):
    """``lines``: official stem → the line it belongs to; ``ends``: last two characters of those → their lengths."""

    rows: tuple[Rename, ...]
    lines: dict[str, str]
    ends: dict[str, tuple[int, ...]]
    dated: tuple[Dated, ...]
    dated_ends: tuple[str, ...]
    """The short forms of ``dated``."""

    def entity(self, full: str) -> str:
        """One name for a body and for what it was called before or after: its region and its line, else ``full``."""
        for length in self.ends.get(full[-2:], ()):
            line = self.lines.get(full[-length:])
            if line and len(full) > length:
                return full[:-length] + line
        return full


def load_renames(folder: Path) -> Renames:
    """Read ``renames.yaml``. ``RuleError`` names file and line of what is wrong."""
    top = load(folder / "renames.yaml")
    lines: dict[str, str] = {}
    rows = []
    for one in top.entries("renames"):
        rows.append(_rename(one))
        line = one.take("line", str, "")
        stems = (*one.words("full", ()), *one.words("now", ()))
        if bool(line) != bool(stems):
            one.fail("line stands with full and now")
        for stem in stems:
            if lines.setdefault(stem, line) != line:
                one.fail(f"{stem!r} stands in the lines {lines[stem]} and {line}")
        one.done()
    dated = tuple(_dated(top.entries("dated")))
    top.done()
    ends = tuple(one.short for one in dated)
    return Renames(tuple(rows), lines, lengths(lines, slice(-2, None)), dated, ends)


def _rename(one: Entry) -> Rename:
    since = one.take("from_local", str, "") or one.take("from", str)
    for day in (since, one.take("from", str)):
        _day(one, day)
    confidence = one.take("conf", str)
    if confidence not in ("V", "V*", "M"):
        one.fail(f"no such confidence: {confidence}")
    one.take("note", str, "")
    return Rename(
        one.words("old"),
        one.take("new", str),
        since,
        confidence,
        one.words("not_match", ()),
        one.take("warn", bool, True),
        one.take("source", str),
    )


def _dated(entries: Iterable[Entry]) -> Iterable[Dated]:
    for one in entries:
        until, since = one.take("until", str), one.take("since", str)
        if not _day(one, until) <= _day(one, since):
            one.fail("until stands behind since")
        one.take("source", str)
        yield Dated(
            one.take("short", str),
            one.take("now", str),
            one.take("then", str, ""),
            until,
            since,
            one.words("spelt", ()),
        )
        one.done()


def _day(one: Entry, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        one.fail(f"not a day: {text!r}")
