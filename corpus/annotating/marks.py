"""The marked form of a notice: `key: value` lines, a line `---`, the notice with marks in braces, `---`, tables."""

import re
from dataclasses import dataclass, field
from pathlib import Path

#: mark -> role of a date
ROLES = {
    "p": "campaign_period",
    "dl": "deadline",
    "is": "issue_date",
    "pr": "print_date",
    "ac": "activity",
    "pk": "pickup",
    "ps": "policy_span",
    "ym": "year_mention",
    "re": "relative",
    "ot": "other",
}
_OPEN = -1  # the end of a section or of a joined stretch that is still being read
_OPENING = re.compile(r"\{([a-z/]+)(?:\[([^\]]*)\])?:")


def fold(text: str) -> str:
    return re.sub(r"\s+", "", text)


def listed(units: str) -> list[str]:
    """The units of a list; the 、 inside 各县（市、区） does not part them."""
    return re.split(r"、(?![^（(]*[）)])", units)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `tag`, its options, and the half-open span of its text (characters of the unlaid text)."""

    tag: str
    options: dict[str, str]
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """One section under construction: `head` and `body` are half-open spans of the unlaid text."""

    canonical: str
    part: str
    options: dict[str, str]
    head: tuple[int, int] | None
    body: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Source:
    """A marked file taken apart."""

    meta: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, list[str]]] = field(default_factory=list)
    text: str = ""  # without marks, before layout
    marks: list[Mark] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)  # stretches printed without line ends

    def named(self, tag: str) -> list[Mark]:
        return [mark for mark in self.marks if mark.tag == tag]

    def within(self, start: int, end: int) -> list[Mark]:
        return [mark for mark in self.marks if start <= mark.start and mark.end <= end]

    def bodies(self, words: str) -> list[str]:
        """The bodies a mark names: a list is parted, a body of the `u:` lines (各中小学、幼儿园) is not."""
        known = {name for cells in self.rows("u", 5) for name in (cells[0], *cells[3].split("、"))}
        return [words] if words in known else listed(words)

    def rows(self, key: str, width: int) -> list[list[str]]:
        """The cells of the table lines of that key, filled up with empty ones."""
        return [(cells + [""] * width)[:width] for name, cells in self.tables if name == key]


def options_of(spec: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in spec.split(",") if part)
    return {key.strip(): value.strip() or "1" for key, _, value in pairs}


def unmark(body: str, marks: list[Mark], base: int) -> str:
    """Text without braces; the marks found are added with spans shifted by `base`."""
    out: list[str] = []
    stack: list[tuple[str, dict[str, str], int]] = []
    at = 0
    while at < len(body):
        if body[at] == "{":
            found = _OPENING.match(body, at)
            if found is None:
                raise ValueError(f"bad mark: {body[at : at + 20]!r}")
            stack.append((found[1], options_of(found[2] or ""), len(out)))
            at = found.end()
        elif body[at] == "}":
            tag, options, start = stack.pop()
            marks.append(Mark(tag, options, base + start, base + len(out)))
            at += 1
        else:
            out.append(body[at])
            at += 1
    if stack:
        raise ValueError(f"mark left open: {stack}")
    return "".join(out)


def read_source(path: Path) -> Source:
    """Take a marked file apart. Raises ValueError at a mark or a % line that cannot be understood."""
    source = Source()
    head, body, tail = re.split(r"^---$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    for line in head.strip().splitlines():
        key, _, value = line.partition(":")
        source.meta[key.strip()] = value.strip()
    for line in filter(str.strip, tail.splitlines()):
        key, _, value = line.partition(":")
        source.tables.append((key.strip(), [cell.strip() for cell in value.split("|")]))
    if source.meta.get("half"):
        body = half_width(body)
    part, pending = "notice", None
    for line in body.strip("\n").split("\n"):
        if line.startswith("%"):
            words = line[1:].split()
            if words[0] == "part":
                part = words[1]
            else:
                pending = _command(source, words, part)
            continue
        start, plain = len(source.text), unmark(line, source.marks, len(source.text))
        if pending is not None and plain.strip():
            pending.head = (start, start + len(plain))
            pending.body = (start if "inline" in pending.options else start + len(plain) + 1, _OPEN)
            source.blocks.append(pending)
            pending = None
        source.text += plain + "\n"
    _close(source)
    source.marks.sort(key=lambda mark: (mark.start, -mark.end))
    return source


def _command(source: Source, words: list[str], part: str) -> Block | None:
    """Obey a % line. A heading block waits for its heading line and is returned."""
    if words[0] == "join":
        source.joins.append((len(source.text), _OPEN))
        return None
    if words[0] == "endjoin":
        source.joins[-1] = (source.joins[-1][0], len(source.text) - 1)
        return None
    if words[0] not in ("h", "s", "x"):
        raise ValueError(f"unknown line: %{' '.join(words)}")
    _close(source)
    options = options_of(",".join(words[2:]))
    if words[0] == "h":
        return Block(words[1], options.pop("part", part), options, None)
    if words[0] == "s":
        source.blocks.append(
            Block(words[1], options.pop("part", part), options, None, (len(source.text), _OPEN))
        )
    return None


def _close(source: Source) -> None:
    if source.blocks and source.blocks[-1].body[1] == _OPEN:
        source.blocks[-1].body = (source.blocks[-1].body[0], len(source.text))


def half_width(body: str) -> str:
    """Comma, semicolon, colon and brackets in half width, except on the addressee line (a full-width colon)."""
    table = str.maketrans("，；：（）", ",;:()")
    return "\n".join(x if x.startswith("%") or "{addr" in x else x.translate(table) for x in body.split("\n"))
