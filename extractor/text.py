"""Reading characters: one-to-one normalisation, folding, Chinese numerals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from extractor.model import Reading
from extractor.patterns import lazy

BLANKS = " \t\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\x00\x1c\x1d\x1e\x1f\x85"

_FEW = 40


class Forms(Struct, frozen=True):
    """Characters that are read as others, one to one: ``table`` for ``str.translate``, ``any`` finds one of them."""

    table: dict[int, str]
    any: re.Pattern[str]

    def found(self, text: str) -> frozenset[str]:
        """The characters of the text that are read as others: of the thousands in the table a text has but a few."""
        return frozenset([char for char in set(self.any.findall(text)) if ord(char) in self.table])

    def of(self, text: str) -> str:
        """``text`` with every character in its one form."""
        return self.put(text, self.found(text))

    def put(self, text: str, found: frozenset[str]) -> str:
        """``text`` with the characters that were found in it in their one form."""
        if not found:
            return text
        into = {char: self.table[ord(char)] for char in found}
        # One may stand for another that stands for a third.
        if len(found) > _FEW or not found.isdisjoint(into.values()):
            return text.translate(self.table)
        for char, other in into.items():
            text = text.replace(char, other)
        return text


def forms(table: dict[int, str]) -> Forms:
    """The forms of a table for ``str.translate``."""
    return Forms(table, lazy(one_of(map(chr, table))))


def one_of(chars: Iterable[str]) -> str:
    """A pattern that finds every one of these characters.

    It also finds all beyond the 65,536th: the engine holds those against each one it looks for, hundreds a character.
    """
    few = re.escape("".join(sorted(char for char in chars if ord(char) < 0x10000)))
    return f"[{few}\U00010000-\U0010ffff]"


def places(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, in order."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds every one of these words, of several in one place the longest.

    Words that begin alike share their beginning: so the engine tries few branches at a character.
    """
    return "|".join(f"{first}(?:{rests})" for first, rests in _by_first(words))


def each_of(words: Iterable[str]) -> str:
    """A pattern that finds these words wherever one begins, inside another too, of several in one place the longest.

    A match is the word's first character, the last of its groups that took part the rest.
    """
    return "|".join(f"{first}(?=({rests}))" for first, rests in _by_first(words))


def any_pattern(patterns: Iterable[str]) -> str:
    """What ``any_of`` is for words, for words with conditions around them (进(?!步)); any other pattern stands apart."""
    plain: list[str] = []
    apart: list[str] = []
    for one in patterns:
        fit = one[0].isalnum() and one[1:2] not in _REPEATS and "|" not in one
        (plain if fit else apart).append(one)
    grouped = (f"{first}(?:{rests})" for first, rests in _by_first(plain, str))
    return "|".join([*(f"(?:{one})" for one in sorted(apart, key=len, reverse=True)), *grouped])


_REPEATS = frozenset("?*+{")


def _by_first(words: Iterable[str], made: Callable[[str], str] = re.escape) -> Iterator[tuple[str, str]]:
    """Patterns of the words' first characters and of what may follow each, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(made(word[1:]))
    for first, rests in found.items():
        yield re.escape(first), "|".join(rests)


_ONE: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
_ONE |= {code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_ONE |= {ord(a): b for a, b in zip("(),:;!?", "（），：；！？", strict=True)}
_ONE |= {ord(c): "：" for c in "︰∶꞉﹕"}
_ONE |= {ord(c): "，" for c in "﹐､"}
_ONE |= {ord(c): "-" for c in "－–—―─━﹣−‐‑‒﹘⸺"}
_ONE |= {ord(c): "~" for c in "～〜∼˜"}
_ONE |= {ord(c): "·" for c in "・‧•∙⋅･"}
_ONE |= {
    0x39F: "O",
    0x3BF: "o",
    0x41E: "O",
    0x43E: "o",
}  # Greek and Cyrillic letters typed for a zero: 二О二三年
_ONE |= {ord(a): b for a, b in zip("﹝﹞「」『』＂．＠＋％／﹙﹚", '〔〕“”‘’".@+%/（）', strict=True)}
FORMS = forms(_ONE)
"""One form of every digit, letter, bracket, dash and quote."""

_READ = lazy(f"[^{re.escape(BLANKS)}]+")
_USUAL = 16_384  # characters; longer texts are rare
_WHITE = lazy(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\x00]+")

_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "Ｏ": 0, "O": 0, "o": 0, "0": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}

CJK = lazy(r"[㐀-鿿豈-﫿]")

# GBK bytes that happen to be UTF-8 (通知 is such a word) give accents that stand on no letter.
_STRAY_ACCENT = lazy("(?<![^\\W\\d_])[\u0300-\u036f\u0590-\u05cf]")


def read(text: str, forms: Forms = FORMS) -> Reading:
    """The reading of ``text``: blanks gone, one form of every digit, bracket, dash and quote.

    ``forms``: the characters that are read as others, one to one (``Rulebook.forms`` adds traditional characters).
    """
    others = forms.found(text)
    read_as = forms.put(text, others)
    pieces = [match.span() for match in _READ.finditer(read_as)]
    chars = "".join([read_as[start:end] for start, end in pieces])
    offsets = _offsets() if len(text) <= _USUAL else range(len(text))
    origin: list[int] = []
    for start, end in pieces:
        origin += offsets[start:end]
    return Reading(chars, tuple(origin), others)


@cache
def _offsets() -> Sequence[int]:
    """0, 1, 2 …: made once, for the offsets of every usual text are among them."""
    return tuple(range(_USUAL))


def fold(text: str) -> str:
    """``text`` without any white space, characters as printed."""
    # Of the characters that print, only the blank is white space.
    return text if text.isprintable() and " " not in text else _WHITE.sub("", text)


def canonical(text: str, forms: Forms = FORMS) -> str:
    """``text`` as a reading shows it, for comparing words: blanks and line feeds gone."""
    return fold(forms.of(text))


@lru_cache(maxsize=2048)
def numeral(written: str) -> int | None:
    """The number written in Arabic digits or Chinese numerals (``23``, ``二十三``, ``二〇二三``, ``二十``), or None."""
    if written.isdigit() and written.isascii():
        return int(written)
    written = written.replace("廿", "二十").replace("卅", "三十")
    if not written:
        return None
    if not any(c in _UNITS for c in written):
        digits = [_NUMERALS.get(c, int(c) if c.isdigit() else None) for c in written]
        if any(d is None for d in digits):
            return None
        value = 0
        for digit in digits:
            assert digit is not None
            value = value * 10 + digit
        return value
    total, digit_value = 0, None
    for c in written:
        if c in _UNITS:
            total += (1 if digit_value is None else digit_value) * _UNITS[c]
            digit_value = None
        elif c in _NUMERALS:
            digit_value = _NUMERALS[c]
        elif c.isdigit():
            digit_value = int(c)
        else:
            return None
    return total + (digit_value or 0)


def chinese(number: int) -> str:
    """1–99 as the ordinals of headings are written: 一, 十一, 二十三."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


_LOCAL = lazy(r"[2-9]\d{6,7}(?:转\d+)?")


def with_area(number: str, area: str | None) -> str:
    """A local number (7–8 digits, with or without an extension) with its area code: ``0871-63219519``; others as they are."""
    if area and _LOCAL.fullmatch(number):
        return f"{area}-{number}"
    return number


def file_name(written: bytes) -> str:
    """The name of a file from its bytes: UTF-8, or GBK as old Windows systems and the archives they pack have it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            name = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8" or not _STRAY_ACCENT.search(name):
            return name
    return written.decode("utf-8", "backslashreplace")
