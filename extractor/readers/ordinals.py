"""How Word writes the number of a list level (ECMA-376 part 1, 17.18.59 ST_NumberFormat), for the formats notices use."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def ordinal(number: int, style: str) -> str:
    """``number`` as Word prints it in the number format ``style``; an unknown style counts in decimal."""
    if style in ("none", "bullet"):
        return ""
    return _STYLES.get(style, str)(number)


def _counting(
    number: int, digits: str = _DIGITS, zero: str = "零", units: str = "十百千", bare_ten: bool = True
) -> str:
    """一百零一: with units; ``bare_ten``: 10–19 without the leading 一."""
    if number == 0:
        return digits[0]
    if not 0 < number < 10_000:
        return str(number)
    out, gap = "", False
    for position, char in enumerate(reversed(str(number))):
        digit = int(char)
        if digit == 0:
            gap = bool(out)
            continue
        if gap:
            out = zero + out
            gap = False
        out = digits[digit] + (units[position - 1] if position else "") + out
    if bare_ten and 10 <= number < 20:
        out = out[1:]
    return out


def _japanese(number: int) -> str:
    """百一, 千百: no zero, and no 一 before a unit."""
    out = _counting(number, zero="")
    return out if out.isdigit() else out.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(c)] for c in str(number))


def _letters(number: int) -> str:
    """a … z, aa … zz: Word repeats the letter."""
    if number < 1:
        return ""
    turns, index = divmod(number - 1, 26)
    return chr(97 + index) * min(turns + 1, 30)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    out = ""
    for size, letters in _ROMAN:
        turns, number = divmod(number, size)
        out += letters * turns
    return out


def _row(first: int, last: int, start: str) -> Callable[[int], str]:
    """Signs that stand in one row of Unicode for ``first`` to ``last``; decimal beyond them."""
    return lambda number: chr(ord(start) + number - first) if first <= number <= last else str(number)


def _circle(number: int) -> str:
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    if 36 <= number <= 50:
        return chr(0x32B1 + number - 36)
    return "⓪" if number == 0 else _row(1, 20, "①")(number)


def _wide(number: int) -> str:
    return str(number).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _english(number: int) -> str:
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _english,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "koreanDigital2": _digital,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: _counting(number, _LEGAL, units="拾佰仟", bare_ten=False),
    "ideographLegalTraditional": lambda number: _counting(
        number, _LEGAL_TRADITIONAL, units="拾佰仟", bare_ten=False
    ),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedParen": _row(1, 20, "⑴"),
    "decimalEnclosedFullstop": _row(1, 20, "⒈"),
    "ideographEnclosedCircle": _row(1, 10, "㊀"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
}
