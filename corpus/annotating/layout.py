"""Layout of the finished text: blanks in dates, hard-wrapped lines, page numbers, joined lines, CRLF. Only insertions and
dropped line ends, so that the map from old to new offsets is exact."""

import re
from dataclasses import dataclass

from corpus.annotating.marks import ROLES, Mark, Source, fold


@dataclass(frozen=True, slots=True)
class Laid:
    """The laid-out text, and for every offset of the unlaid text the one in it."""

    text: str
    where: tuple[int, ...]

    def printed(self, mark: Mark) -> str:
        """The words of a mark as they stand in the file, line breaks and blanks included."""
        return self.text[self.where[mark.start] : self.where[mark.end - 1] + 1]

    def words(self, mark: Mark) -> str:
        return fold(self.printed(mark))

    def line(self, offset: int) -> int:
        """1-based line of an offset in the laid-out text."""
        return self.text.count("\n", 0, offset) + 1

    def line_of(self, quote: str) -> int:
        """1-based line where the first occurrence of a quotation begins; blanks and line breaks do not count."""
        at = fold(self.text).find(fold(quote))
        if at < 0:
            raise ValueError(f"not in the text: {quote}")
        return self.line([i for i, char in enumerate(self.text) if not char.isspace()][at])


def layout(source: Source) -> Laid:
    """The text as the file has it."""
    text, meta = source.text, source.meta
    inserts: dict[int, str] = {}
    if "space" in meta:
        space_dates(source, inserts)
    if "wrap" in meta:
        wrap_lines(source, int(meta["wrap"]), int(meta.get("gap", "0")), int(meta.get("page", "0")), inserts)
    if "crlf" in meta:
        inserts |= {at: inserts.get(at, "") + "\r" for at, char in enumerate(text) if char == "\n"}
    out: list[str] = []
    where: list[int] = []
    size = 0
    for at, char in enumerate(text):
        gap = inserts.get(at, "")
        where.append(size + len(gap))
        if char == "\n" and any(a <= at < b for a, b in source.joins):
            continue
        out.append(gap + char)
        size += len(gap) + 1
    where.append(size)
    return Laid("".join(out), tuple(where))


def space_dates(source: Source, inserts: dict[int, str]) -> None:
    """A blank on both sides of the numbers of a date, as justified PDF text gives it."""
    text = source.text
    for mark in source.marks:
        if mark.tag in ROLES or mark.tag == "sp":
            for at in range(mark.start + 1, mark.end):
                if text[at - 1].isdigit() != text[at].isdigit() and text[at] not in "—-:：":
                    inserts[at] = " "
    for found in re.finditer(r"(?<!\d)\d{4}年", text):
        inserts.setdefault(found.start() + 4, " ")


def wrap_lines(source: Source, width: int, gap: int, page: int, inserts: dict[int, str]) -> None:
    """Break long lines every `width` characters, as text taken from a PDF has them; a page number every `page` lines.

    Never a page number inside a mark, never a break inside a mailbox, a telephone or a 文号."""
    text, at, count, number = source.text, 0, 0, 1
    whole = [(m.start, m.end) for m in source.marks if m.tag in ("mail", "tel", "docno")]
    for line in text.split("\n"):
        for nth, cut in enumerate(_cuts(line, at, width, whole)):
            pos = at + cut
            count += bool(line.strip())
            inside = any(mark.start < pos < mark.end for mark in source.marks)
            if page and count >= page and nth and not inside:
                inserts[pos] = "\n" + "\n" * gap + f"—{number}—\n" + "\n" * gap
                number, count = number + 1, 0
            elif nth:
                inserts[pos] = "\n" * (1 + gap)
        if gap and line.strip() and at:
            inserts.setdefault(at, "\n" * gap)
        at += len(line) + 1


def _cuts(line: str, start: int, width: int, whole: list[tuple[int, int]]) -> list[int]:
    """Where a line is broken: stops hang, and the half-open spans of `whole` (in the text) stay in one piece."""
    cuts = [0]
    while len(line) - cuts[-1] > width:
        cut = cuts[-1] + width
        while cut < len(line) and (
            line[cut] in "，。；：、）”》！？" or any(a < start + cut < b for a, b in whole)
        ):
            cut += 1
        if cut == len(line):
            break
        cuts.append(cut)
    return cuts
