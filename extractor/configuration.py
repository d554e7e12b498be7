"""``notice.toml``: how one office checks its notices. Read strictly: what is not understood is refused with its line.

    version = 1
    ignore = ["P08"]                   # codes or their beginnings; also: select
    profile = "draft"                  # draft archive compare
    fail-on = "warning"                # error warning info
    cards = ["our-checks"]             # folders of own cards, beside those that come with the program
    campaigns = ["our-campaigns"]      # folders of own campaign packs
    baseline = "notice-baseline.json"

    [severity]
    D12 = "info"                       # error warning info off

    [paths."issued/**"]                # for files under issued/: select ignore profile severity
    profile = "archive"

Paths are relative to the folder of the file. Precedence: defaults < file < its ``paths``, in their order < options.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.errors import ConfigurationError
from extractor.patterns import lazy
from extractor.settings import Settings

NAME = "notice.toml"
VERSION = 1
PROFILES = ("draft", "archive", "compare")
LEVELS = ("error", "warning", "info")
_SWITCHES = (*LEVELS, "off")
_KEYS = (
    "version",
    "select",
    "ignore",
    "profile",
    "fail-on",
    "severity",
    "cards",
    "campaigns",
    "baseline",
    "paths",
)
_PATH_KEYS = ("select", "ignore", "profile", "severity")


class Choice(Struct, frozen=True):
    """What a file, one of its ``paths`` or the options say; empty or None where they say nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    severity: Mapping[str, str] = field(default_factory=dict)


NOTHING_SAID = Choice()


class Configuration(Struct, frozen=True):
    """A file as read. ``paths``: (glob, choice) in the order of the file. ``said``: (codes, line) still to be looked up."""

    path: Path
    choice: Choice = NOTHING_SAID
    fail_on: str | None = None
    cards: tuple[Path, ...] = ()
    campaigns: tuple[Path, ...] = ()
    baseline: Path | None = None
    paths: tuple[tuple[str, Choice], ...] = ()
    said: tuple[tuple[str, int], ...] = ()

    def check(self, known: Collection[str]) -> None:
        """``ConfigurationError`` for a code, or the beginning of one, that no check has."""
        for code, line in self.said:
            if not any(one.startswith(code) for one in known):
                raise ConfigurationError(
                    f"{self.path}:{line}：没有代码为 {code} 的检查（notice rules 列出全部）"
                )

    def choices(self, path: Path | None) -> Iterator[Choice]:
        """What the file says of one notice, the general first."""
        yield self.choice
        if path is None:
            return
        place, home = path.resolve(), self.path.parent.resolve()
        name = place.relative_to(home) if place.is_relative_to(home) else place
        for glob, choice in self.paths:
            if _pattern(glob).fullmatch(name.as_posix()):
                yield choice


def settled(
    base: Settings,
    known: Collection[str],
    configuration: Configuration | None,
    options: Choice,
    path: Path | None = None,
) -> Settings:
    """The settings for one notice. ``known``: the codes there are; ``ignore`` of ``paths`` adds to that of the file."""
    made = base
    for choice in configuration.choices(path) if configuration else ():
        made = replace(
            made,
            select=choice.select or made.select,
            ignore=tuple(dict.fromkeys((*made.ignore, *choice.ignore))),
            profile=choice.profile or made.profile,
            severity={**made.severity, **_spread(choice.severity, known)},
        )
    return replace(
        made,
        select=options.select or made.select,
        ignore=options.ignore or made.ignore,
        profile=options.profile or made.profile,
        severity={**made.severity, **_spread(options.severity, known)},
    )


def _spread(severity: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Severities by code: a beginning stands for all of its kind, the longer one wins."""
    made: dict[str, str] = {}
    for start in sorted(severity, key=len):
        made |= {code: severity[start] for code in known if code.startswith(start)}
    return made


def find_configuration(start: Path) -> Path | None:
    """The nearest ``notice.toml`` from a folder upwards."""
    for folder in (start.resolve(), *start.resolve().parents):
        path = folder / NAME
        if path.is_file():
            return path
    return None


def load_configuration(path: Path) -> Configuration:
    """Read a file. ``ConfigurationError`` with file and line for anything that is not as it should be."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path}：不能读取（{getattr(error, 'strerror', None) or error}）"
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise ConfigurationError(f"{path}:{line}：不是合规的 TOML（{error}）") from error
    return _File(path, text).configuration(values)


class _File:
    """One file while it is read: its values, and the lines they stand on."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.rows = text.split("\n")
        self.lines = dict(_places(self.rows))
        self.said: list[tuple[str, int]] = []

    def configuration(self, values: Mapping[str, Any]) -> Configuration:
        version = values.get("version", VERSION)
        if version != VERSION or isinstance(version, bool):
            self.fail(("version",), f"这是第 {version} 版的设置文件，本程序只认得第 {VERSION} 版")
        self.known((), values, _KEYS)
        paths = values.get("paths", {})
        if not isinstance(paths, dict) or not all(isinstance(one, dict) for one in paths.values()):
            self.fail(("paths",), '要写成 [paths."文件夹/**"] 这样的表')
        for glob, one in paths.items():
            self.known(("paths", glob), one, _PATH_KEYS)
        baseline = values.get("baseline")
        if baseline is not None and not isinstance(baseline, str):
            self.fail(("baseline",), "要写文件名")
        return Configuration(
            path=self.path,
            choice=self.choice((), values),
            fail_on=self.one_of(("fail-on",), values, LEVELS),
            cards=self.folders("cards", values),
            campaigns=self.folders("campaigns", values),
            baseline=self.path.parent / baseline if baseline else None,
            paths=tuple((glob, self.choice(("paths", glob), one)) for glob, one in paths.items()),
            said=tuple(self.said),
        )

    def choice(self, where: tuple[str, ...], values: Mapping[str, Any]) -> Choice:
        severity = values.get("severity", {})
        if not isinstance(severity, dict):
            self.fail((*where, "severity"), 'severity 要写成表，如 D12 = "info"')
        switched = {}
        for code in severity:
            place = (*where, "severity", code)
            switched[self.code(code, self.line(place))] = self.one_of(place, severity, _SWITCHES) or ""
        return Choice(
            self.codes((*where, "select"), values),
            self.codes((*where, "ignore"), values),
            self.one_of((*where, "profile"), values, PROFILES),
            switched,
        )

    def known(self, where: tuple[str, ...], values: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in values:
            if key not in keys:
                self.fail((*where, key), f"不认识的键“{key}”（可以写 {'、'.join(keys)}）")

    def one_of(
        self, where: tuple[str, ...], values: Mapping[str, Any], allowed: tuple[str, ...]
    ) -> str | None:
        value = values.get(where[-1])
        if value is not None and (not isinstance(value, str) or value not in allowed):
            self.fail(where, f"{where[-1]} 不能是 {value}，可以是 {'、'.join(allowed)}")
        return value

    def words(self, where: tuple[str, ...], values: Mapping[str, Any]) -> list[tuple[str, int]]:
        """A word or a list of words, each with its line."""
        value = values.get(where[-1], [])
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
            self.fail(where, f'{where[-1]} 要写成 ["……"] 这样的列表')
        return [(one.strip(), self.line(where, one)) for one in found]

    def codes(self, where: tuple[str, ...], values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(self.code(word, line) for word, line in self.words(where, values))

    def code(self, written: str, line: int) -> str:
        self.said.append((written.upper(), line))
        return written.upper()

    def folders(self, key: str, values: Mapping[str, Any]) -> tuple[Path, ...]:
        made = []
        for word, line in self.words((key,), values):
            folder = self.path.parent / word
            if not folder.is_dir():
                raise ConfigurationError(f"{self.path}:{line}：没有文件夹 {word}")
            made.append(folder)
        return tuple(made)

    def line(self, where: tuple[str, ...], word: str = "") -> int:
        """The line of a key, or of a word of its value; of the nearest key round it for one inside ``{ }``."""
        known = where
        while known and known not in self.lines:
            known = known[:-1]
        first = self.lines.get(known, 1)
        if word:
            after = min((line for line in self.lines.values() if line > first), default=len(self.rows) + 1)
            for line in range(first, max(after, first + 1)):
                if word in self.rows[line - 1]:
                    return line
        return first

    def fail(self, where: tuple[str, ...], message: str) -> NoReturn:
        raise ConfigurationError(f"{self.path}:{self.line(where)}：{message}")


_HEADER = lazy(r"\s*\[\[?(?P<name>[^\[\]]+|[^\[\]]*\"[^\"]*\"[^\[\]]*)\]\]?\s*(?:#.*)?")
_KEY = lazy(r"\s*(?P<name>(?:\"[^\"]*\"|'[^']*'|[\w\-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w\-]+))*)\s*=")


def _places(rows: list[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every key of a TOML file that is known to be well formed, with the number of its line."""
    table: tuple[str, ...] = ()
    open_brackets = 0
    for number, row in enumerate(rows, 1):
        if not open_brackets and (header := _HEADER.fullmatch(row)):
            table = _parts(header["name"])
            yield table, number
            continue
        key = _KEY.match(row) if not open_brackets else None
        if key:
            yield (*table, *_parts(key["name"])), number
        value = re.sub(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*", "", row[key.end() :] if key else row)
        open_brackets += value.count("[") + value.count("{") - value.count("]") - value.count("}")


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a dotted key, as the TOML reader understands them."""
    import tomllib

    value: Any = tomllib.loads(f"{name} = 0")
    parts = []
    while isinstance(value, dict):
        (part, value), *_ = value.items()
        parts.append(part)
    return tuple(parts)


def _pattern(glob: str) -> re.Pattern[str]:
    """``**`` any folders, ``*`` and ``?`` inside one name; without ``/`` a name in any folder."""
    wanted = glob if "/" in glob else f"**/{glob}"
    made = ""
    for piece in re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", wanted.removeprefix("./").removeprefix("/")):
        made += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
    return re.compile(made)
