"""Plain text and Markdown: decoding, page numbers and markup left out, hard-wrapped lines joined."""

from itertools import accumulate

from extractor.errors import EmptyFile, NoText
from extractor.model import Document
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.junk import find_junk
from extractor.readers.paragraphs import PAGE_BEGINS, PrintedLine, is_page_number, join, library_pages
from extractor.readers.waivers import may_hold, waiver_of
from extractor.settings import Settings

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Rules, and what a wrong decoding leaves of a blank line (?).
_RULE = lazy(
    r"^\s*[?？]{1,3}\s*$|^\s*(?:[-*_=]\s*){3,}$|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$|^\s*(?:```|~~~)"
)
_FURNITURE_BEGINS = PAGE_BEGINS | frozenset("-*_=|:`~?？")  # and digits
# A picture; ** that begins a line, or ends one behind a sign: emphasis over several lines.
_MARKUP = lazy(
    r"^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?|(?<!\\)`|!\[[^\]\n]*\]\([^)\n]*\)|^\s*\*\*(?=[^\s*])|(?<=[。；：！？”》）)])\*\*\s*$"
)
# **bold**, but neither ****@163.com nor 张**、李**, which mask.
_STARS = lazy(r"(?<![*\d])(\*\*)(?=[^\s*、，。；：）)@.])[^*\n]*[^\s*](\*\*)(?!\*)")
# __bold__: as in CommonMark it opens and closes at the edge of words; ____ (a blank to fill in) and 年__月__日 are no mark-up.
_BOLD = lazy(r"(?<!\w)(__)(?=[^\W_])[^\n]*?[^\s_](__)(?!\w)")
_SIGNS = lazy(r"[#*>_`!]")
_HEADING = lazy(r"^\s{0,3}(#{1,6})\s")


def read_txt(raw: bytes, name: str, settings: Settings) -> Document:
    """A text file as a document: one line of text a paragraph. Raises ``EmptyFile`` or ``NoText``."""
    text, encoding = decode(raw)
    if not text.strip():
        raise EmptyFile(f"{name}：文件是空的")
    if text.count("\ufffd") + text.count("\x00") > 0.2 * len(text):
        raise NoText(f"{name}：文字无法解码")
    builder = TextBuilder()
    add_lines(builder, text)
    if not builder.length:
        raise NoText(f"{name}：没有可读的文字")
    return builder.build(name, "txt", raw, encoding=encoding)


def add_lines(builder: TextBuilder, text: str, page: int | None = None) -> None:
    """Add the paragraphs of ``text`` to ``builder`` with the line and column each character has in the file."""
    junk = {i for start, end in find_junk(text) for i in range(start, end)}
    printed = text.split("\n")
    rows, waived = _parted(printed) if may_hold(text) else (printed, {})
    starts = list(accumulate((len(row) + 1 for row in printed), initial=0)) if junk else []
    bare = [row.strip() for row in rows]
    pages = library_pages(rows)
    kept: list[PrintedLine] = []
    dropped = [(number, "waiver", note) for number, note in waived.items() if not rows[number - 1].strip()]
    for index, row in enumerate(rows):
        words = bare[index]
        if not words:
            continue
        first = words[0]
        if first in _FURNITURE_BEGINS or first.isdecimal():
            before = index == 0 or not bare[index - 1]
            after = index + 1 == len(rows) or not bare[index + 1]
            numbered = is_page_number(words, before, after)
            if numbered or _RULE.match(row):
                dropped.append((index + 1, "page_number" if numbered else "markup", words))
                continue
        skip = pages.get(index, 0)
        if skip:
            dropped.append((index + 1, "page_number", row[:skip].strip()))
        clean = _without(row, starts[index], junk) if junk else row
        kept.append(PrintedLine.of(row, index + 1, skip, skip > 0 and index > min(pages), clean))
    signed = bool(junk) or _SIGNS.search(text) is not None
    waiting = iter(sorted(dropped))
    pending = next(waiting, None)
    for paragraph in join(kept):
        if builder.length:
            builder.separate()
        for line in paragraph:
            while pending and pending[0] < line.number:
                builder.mark(pending[1], builder.length, builder.length, pending[2], pending[0])
                pending = next(waiting, None)
            if line.skip or (signed and (junk or _SIGNS.search(line.text))):
                begin = starts[line.number - 1] if junk else 0
                _add_line(builder, line, begin, junk, page, first=line is paragraph[0])
            else:
                _add_plain(builder, line, page)
            if line.number in waived:
                builder.mark("waiver", builder.length, builder.length, waived[line.number], line.number)
    while pending:
        builder.mark(pending[1], builder.length, builder.length, pending[2], pending[0])
        pending = next(waiting, None)


def _without(row: str, start: int, junk: set[int]) -> str:
    """A row that begins at ``start`` as a person reads it: spam left out."""
    return "".join(char for i, char in enumerate(row, start) if i not in junk)


def _parted(rows: list[str]) -> tuple[list[str], dict[int, str]]:
    """The rows without the waivers at their ends, and those by line number. A wrapped paragraph goes on behind a waiver."""
    kept, waived = list(rows), {}
    for index, row in enumerate(rows):
        if parted := waiver_of(row):
            kept[index], waived[index + 1] = parted
    return kept, waived


def _add_plain(builder: TextBuilder, line: PrintedLine, page: int | None) -> None:
    """Add one line without its outer blanks."""
    begun = line.text.lstrip()
    builder.add(begun.rstrip(), line=line.number, column=len(line.text) - len(begun) + 1, page=page)


def _add_line(
    builder: TextBuilder, line: PrintedLine, offset: int, junk: set[int], page: int | None, first: bool
) -> None:
    """Add one line without its outer blanks, its Markdown signs and its spam."""
    text = line.text
    heading = _HEADING.match(text)
    if heading and first:
        builder.heading(builder.length, len(heading.group(1)))
    signs = [match.span() for match in _MARKUP.finditer(text)]
    signs += [
        match.span(group) for bold in (_BOLD, _STARS) for match in bold.finditer(text) for group in (1, 2)
    ]
    if not (signs or junk or line.skip):
        _add_plain(builder, line, page)
        return
    out = set(range(line.skip)) | {i for start, end in signs for i in range(start, end)}
    marked = len(out) > line.skip
    out |= {i - offset for i in junk if offset <= i < offset + len(text)} if junk else set()
    begin = next((i for i, c in enumerate(text) if not c.isspace() and i not in out), len(text))
    end = next(
        (i for i in range(len(text), begin, -1) if not text[i - 1].isspace() and i - 1 not in out), begin
    )
    if marked:
        builder.mark(
            "markup", builder.length, builder.length, "".join(text[i] for i in sorted(out)), line.number
        )
    for i in [*sorted(i for i in out if begin <= i < end), end]:
        builder.add(text[begin:i], line=line.number, column=begin + 1, page=page)
        if i < end and offset + i in junk:
            builder.mark("junk", builder.length, builder.length, text[i], line.number)
        begin = i + 1


def decode(raw: bytes) -> tuple[str, str]:
    """The text of ``raw`` and its encoding: a byte-order mark, UTF-8, GB18030, then what charset-normalizer says."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n"), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8" and (text := _mostly_utf8(raw)):
                return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
            continue
        if encoding == "gb18030" and not _looks_chinese(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    for encoding in ("big5", "utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_chinese(text):
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is not None:
        return str(best).replace("\r\n", "\n").replace("\r", "\n"), best.encoding
    return raw.decode("gb18030", errors="replace").replace("\r\n", "\n").replace("\r", "\n"), "gb18030"


def _mostly_utf8(raw: bytes) -> str:
    """``raw`` as UTF-8 with its few broken bytes (a file cut off in the midst of a character) replaced; else empty."""
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    wide = sum(c > "\u2e7f" for c in text) - broken
    return text if broken > 0 and wide >= 50 * broken and broken < 20 else ""


_COMMON = lazy(r"[的一是在和有工作活关于时间动年月日各單位单位開开展通知，。、：]")


def _looks_chinese(text: str) -> bool:
    """Whether the decoded text has the common characters Chinese cannot do without."""
    letters = sum(not c.isspace() for c in text)
    return letters > 0 and len(_COMMON.findall(text)) >= 0.04 * letters
