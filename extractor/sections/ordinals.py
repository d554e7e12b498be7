"""The ordinals that number headings and items (GB/T 9704 7.3.3: 一、 （一） 1. （1）), as they stand in a reading."""

from collections.abc import Callable

from msgspec import Struct

from extractor.patterns import lazy
from extractor.text import numeral

_FEWEST_PARTS = 3
_HAN = "一二三四五六七八九十"
_ORDINAL = lazy(
    rf"(?P<l1>第?[{_HAN}]{{1,3}}[、.．，](?![\d{_HAN}]+[、，]))"
    rf"|(?P<chapter>第[{_HAN}]{{1,3}}[章节部篇](?:分)?[、：]?)"
    rf"|(?P<l2>（[{_HAN}]{{1,3}}）[、.]?)"
    rf"|(?P<is>[{_HAN}]{{1,2}}是(?:要)?)"
    r"|(?P<l32>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?=[^\d.%·，,、月日年元万亿度米-]))"
    r"|(?P<l3>\d{1,2}(?:[.．](?!\d)|、(?!\d{1,2}(?:月(?!\d{1,2}日)|[日、]))))"
    r"|(?P<l4>（\d{1,2}）[、.]?|\d{1,2}）)"
    r"|(?P<l5>[①-⑳⑴-⒇])"
    r"|(?P<roman>(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|I{1,3}|IV|VI{0,3}|IX|X)[、.．])"
)
_LEVELS = {"l1": 1, "chapter": 1, "roman": 1, "l2": 2, "is": 6, "l32": 4, "l3": 3, "l4": 4, "l5": 5}
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NUMBER = lazy(rf"[{_HAN}]+|\d+")
# It begins with its first sign, so that the engine skips; what stands before that is asked then.
_INLINE = lazy(rf"(?P<n>[{_HAN}](?<![{_HAN}第、（].)[{_HAN}]{{0,2}})、(?=[^{_HAN}、])")
_PART = lazy(
    rf"第(?P<part>[{_HAN}]{{1,3}})(?:部分|章|节)|(?<![\d.])(?P<digit>\d{{1,2}})(?:[.．](?!\d)|、(?!\d))|(?P<roman>[{_ROMAN}]|I{{1,3}}|IV|VI{{0,3}})[、.．]"
)
_MARK = lazy(rf"、(?<=[{_HAN}]、)")
_LETTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2474 + i): i + 1 for i in range(20)}
_BEGINS = frozenset(f"第{_HAN}（{_ROMAN}IVX") | _CIRCLED.keys()  # and digits


class Ordinal(Struct, frozen=True):
    """An ordinal as read: its level (1–5, 6 for 一是), its number, its length in characters."""

    text: str
    level: int
    number: int


def ordinal(line: str) -> Ordinal | None:
    """The ordinal a line begins with."""
    match = _ORDINAL.match(line) if line[0] in _BEGINS or line[0].isdecimal() else None
    if not match:
        return None
    kind = match.lastgroup or ""
    text = match.group()
    if kind == "roman":
        number = _ROMAN.index(text[0]) + 1 if text[0] in _ROMAN else _LETTERS.index(text[:-1]) + 1
    elif kind == "l32":
        number = int(text.rsplit(".", 1)[-1])
    elif text[0] in _CIRCLED:
        number = _CIRCLED[text[0]]
    else:
        digits = _NUMBER.search(text)
        number = (numeral(digits.group()) or 0) if digits else 0
    return Ordinal(text, _LEVELS[kind], number)


def holds_ordinals(line: str) -> bool:
    """Whether 一、 may stand inside a line, not only where it begins: most lines hold none."""
    return _MARK.search(line, 2) is not None


def inline_ordinals(line: str, is_name: Callable[[str], bool]) -> list[int]:
    """Where 一、二、三、 run on inside one line (a plan without line breaks): their offsets, or nothing.

    A run begins with 一、 after a sentence end or the line's beginning and goes on in order, or begins anew (an enclosed
    plan); an ordinal out of order counts when a section's name follows it (``is_name``), so that a slip in numbering
    does not hide a section.
    """
    found: list[int] = []
    if "一、" not in line:
        return found
    expected = 1
    for match in _INLINE.finditer(line):
        number = numeral(match.group("n")) or 0
        named = is_name(line[match.end() :])
        before = line[match.start() - 1] if match.start() else ""
        placed = not before or before in "。：；！？”）.)" or named or _follows_title(line, match.start())
        if before.isdecimal() and not named:
            continue
        begins = number == 1 and placed and len(found) != 1
        if begins or (found and (number == expected or (named and placed and abs(number - expected) <= 1))):
            found.append(match.start())
            expected = number + 1
    return found if len(found) >= 2 else []


def named_ordinals(line: str, is_name: Callable[[str], bool]) -> list[int]:
    """Where 一、二、 run on inside a short line: only ordinals in order with a section's name behind each."""
    marks = list(_INLINE.finditer(line))
    numbers = [numeral(match.group("n")) or 0 for match in marks]
    in_order = len(marks) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(marks)))
    return [m.start() for m in marks] if in_order and all(is_name(line[m.end() :]) for m in marks) else []


def part_ordinals(line: str, is_name: Callable[[str], bool]) -> list[int]:
    """Where 1. 2. 3. (第一部分, I.) number the sections of a text in one line that has no 一、: a section's name behind each."""
    best: list[int] = []
    for kind in ("digit", "part", "roman"):
        found: list[int] = []
        for match in _PART.finditer(line):
            mark = ordinal(line[match.start() :]) if match[kind] else None
            if mark and mark.number == len(found) + 1 and is_name(line[match.end() :]):
                found.append(match.start())
        best = max(best, found, key=len)
    return best if len(best) >= _FEWEST_PARTS else []


def glued_ordinal(line: str, after: Callable[[], int], is_name: Callable[[str], bool]) -> int | None:
    """Where the next section's heading (``after`` + 1) is glued to the line before it (…信息服务中心四、主要活动内容)."""
    for match in _INLINE.finditer(line, 1):
        if (
            line[match.start() - 1] not in "照按见由将在对"
            and is_name(line[match.end() :])
            and numeral(match.group("n")) == after() + 1
        ):
            return match.start()
    return None


def _follows_title(line: str, offset: int) -> bool:
    return line[:offset].endswith(("如下", "方案", "通知"))
