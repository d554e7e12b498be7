"""Where the finder stands in one reading: what it has found so far, and small steps backwards over numbers."""

from extractor.entities import date_grammar as g
from extractor.model import DateParts, Reading
from extractor.patterns import lazy
from extractor.text import numeral

Found = tuple[int, int, DateParts]
"""First and last offset (exclusive) in the reading, and what the words say."""

_REACH = 120  # characters between a month and a lone day that takes it
_SENTENCE = 40
_KEEPS = ("", "year", "next_year", "nth", "nth_week")  # anchors whose month the next lone day takes
_STOPS = lazy(r"[。；！？\n]")


class Scan:
    """One pass from left to right. ``low``: no date may begin before it. ``month``, ``year``, ``day``, ``at``: the last
    date with a month, which lone days (17日至20日) and clock times take, and where it ended. ``counting``: a 第一天 was
    found, and 第二天 may follow."""

    __slots__ = (
        "at",
        "chars",
        "counting",
        "day",
        "low",
        "month",
        "origin",
        "ranged",
        "shift",
        "text",
        "year",
    )

    def __init__(self, reading: Reading, text: str) -> None:
        self.chars, self.origin, self.text = reading.chars, reading.origin, text
        self.low = 0
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.shift: int | None = None
        self.at = 0
        self.counting = False
        self.ranged: tuple[DateParts, int] | None = None

    def accept(self, found: Found) -> None:
        """Goes on behind ``found`` and keeps its month for what follows."""
        _, end, parts = found
        self.low = end
        if parts.month and parts.form in ("day", "range", "month", "vague") and parts.anchor in _KEEPS:
            self.month = parts.end_month or parts.month
            self.year = parts.end_year or parts.year
            self.day = parts.end_day or parts.day if parts.form in ("day", "range") else None
            self.shift = parts.shift if parts.anchor == "year" else None
            self.at = end
        if parts.form == "range" and parts.month and not parts.days and parts.anchor == "":
            self.ranged = parts, end

    def range_above(self, start: int) -> DateParts | None:
        """The last range of days in the paragraph of ``start``."""
        if self.ranged is None or "\n" in self.chars[self.ranged[1] : start]:
            return None
        return self.ranged[0]

    def near(self, start: int) -> bool:
        """Whether a lone day at ``start`` is close enough to take the last month."""
        return self.month is not None and start - self.at <= _REACH

    def same_sentence(self, start: int) -> bool:
        """Whether the last date with a month stands in the sentence of ``start``."""
        return (
            self.month is not None
            and start - self.at <= _SENTENCE
            and not _STOPS.search(self.chars, self.at, start)
        )

    def gap(self, index: int) -> bool:
        """Whether blanks are printed before ``chars[index]``."""
        return index > 0 and self.origin[index] - self.origin[index - 1] > 1

    def wide_gap(self, index: int) -> bool:
        """Whether a cell ends before ``chars[index]``."""
        return self.gap(index) and "\t" in self.text[self.origin[index - 1] + 1 : self.origin[index]]

    def digits(self, end: int, most: int = 6) -> int:
        """Where the digits that end at ``end`` begin; a table cell's edge parts numbers."""
        start = end
        while start > self.low and end - start < most and self.chars[start - 1] in g.DIGITS:
            start -= 1
            if self.wide_gap(start):
                break
        return start

    def two_digits(self, end: int, most: int) -> int | None:
        """Where a number of at most two digits and at most ``most`` begins; a number printed before it is left out
        (``3 9月5日`` reads 39月5日). None where the digits are part of something longer."""
        start = self.digits(end)
        if end - start > 2 or (end - start == 2 and int(self.chars[start:end]) > most):
            cuts = [k for k in range(max(start + 1, end - 2), end) if self.gap(k)]
            if cuts:
                return cuts[0]
        return start if end - start <= 2 else None

    def numerals(self, end: int) -> int:
        """Where the Chinese numerals that end at ``end`` begin."""
        start = end
        while start > self.low and self.chars[start - 1] in "一二三四五六七八九十廿卅":
            start -= 1
        return start

    def before(self, start: int) -> str:
        """The character before ``start``; a line feed at the beginning."""
        return self.chars[start - 1] if start else "\n"


def number(text: str | None) -> int | None:
    """A number in digits or Chinese numerals; 元 (of 元月) is 1."""
    return None if not text else 1 if text == "元" else numeral(text)


def year_number(text: str | None) -> int | None:
    """2023, 二〇二三, 二〇—三 (a line typed for 一), 23 (of this century)."""
    if not text:
        return None
    value = numeral(text.replace("-", "一").replace("○", "〇"))
    return value + 2000 if value is not None and value < 100 else value


def clock(first: str | None, last: str | None = None) -> str | None:
    """``09:00`` or ``14:00-17:00`` from what is written; a part of the day without an hour stays a word."""
    if not first:
        return last and clock(last)
    clocks = []
    half = ""
    for word, digits, spoken, minutes, seconds, said in g.CLOCK_PIECE.findall(
        first + ("-" + last if last else "")
    ):
        half = word or half
        hour = int(digits) if digits else (number(spoken) or 0)
        if hour < 12 and (half in g.AFTERNOON or (half == "中午" and hour < 11)):
            hour += 12
        minute = minutes or ("30" if said == "半" else str(number(said) or 0))
        clocks.append(f"{hour:02d}:{int(minute):02d}" + (f":{seconds}" if seconds else ""))
    return "-".join(clocks) if clocks else first


def deadline(chars: str, end: int) -> tuple[int, bool]:
    """Behind 前, 之前, 止 where they follow."""
    if chars[end : end + 1] in ("（", "下", "之", "以", "前", "止", "截", "为"):
        m = g.TAIL.match(chars, end)
        if m:
            return m.end(), True
    return end, False
