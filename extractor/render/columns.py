"""Text on a terminal: how many columns it takes, cut, wrapped and made harmless. A Chinese character takes two."""

import unicodedata

from extractor.patterns import lazy

# Control characters (escape sequences among them) and signs that turn the direction of writing: never sent to a terminal.
_BLANKS = lazy(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_HARMFUL = lazy(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A line does not begin with these, nor end with those.
_CLOSING = frozenset("，。、；：！？）〕》」』】”’…—,.;:!?)]}%")
_OPENING = frozenset("（〔《「『【“‘([{")
_WORD = lazy(r"[!-~]+|[^!-~]")


def harmless(text: str) -> str:
    """The text in one line, one character for one: line breaks and tabs as blanks, control characters as ``·``."""
    return _HARMFUL.sub("·", _BLANKS.sub(" ", text))


def width(text: str) -> int:
    """Columns the text takes: 2 for wide and full-width characters, 0 for combining and invisible ones, else 1."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def pad(text: str, columns: int) -> str:
    """The text filled up with blanks to ``columns``."""
    return text + " " * max(columns - width(text), 0)


def head(text: str, columns: int) -> str:
    """As much of the beginning as fits into ``columns``."""
    left = columns
    for index, char in enumerate(text):
        left -= _width(char)
        if left < 0:
            return text[:index]
    return text


def tail(text: str, columns: int) -> str:
    """As much of the end as fits into ``columns``."""
    return head(text[::-1], columns)[::-1]


def shorten(text: str, columns: int) -> str:
    """The text, its end replaced by … where it does not fit."""
    return text if width(text) <= columns else head(text, columns - 1) + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``: broken between Chinese characters or at blanks, never before closing punctuation."""
    lines: list[str] = []
    line = ""
    for piece in _WORD.findall(text):
        if width(line) + width(piece) > columns and line.strip() and piece[0] not in _CLOSING:
            kept = line.rstrip()
            carried = ""
            while len(kept) > 1 and kept[-1] in _OPENING:
                carried, kept = kept[-1] + carried, kept[:-1]
            lines.append(kept)
            line = carried
        if not line and piece.isspace():
            continue
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines or [""]
