"""Fixes in a plain text file: only the characters concerned change; encoding, line ends and layout stay."""

from collections.abc import Sequence
from datetime import datetime

from extractor.fixes.edits import Change, Edit, Refused, is_paragraph
from extractor.model import Document
from extractor.patterns import lazy
from extractor.render.source import SourceText

_LINE = lazy(r"[^\r\n]*(?:\r\n|\r|\n)?")


def fix_plain(
    raw: bytes, document: Document, edits: Sequence[Edit], track: bool = False, when: datetime | None = None
) -> bytes:
    """The file with the edits made. ``Refused`` when a character is not where it was read, or cannot be encoded."""
    source = SourceText(raw, document)
    text = source.text
    if source.encoded(text) != raw:
        raise Refused("文件里有无法还原的字节，不能改写；请先另存为 UTF-8")
    steps: list[tuple[int, int, str]] = []
    for edit in edits:
        for change in edit.changes:
            steps += _steps(source, document, change)
    for start, end, new in sorted(steps, reverse=True):
        text = text[:start] + new + text[end:]
    try:
        return source.encoded(text)
    except UnicodeEncodeError as error:
        raise Refused(
            f"“{error.object[error.start : error.end]}”不能用文件的编码（{source.encoding}）表示"
        ) from error


def _steps(source: SourceText, document: Document, change: Change) -> list[tuple[int, int, str]]:
    """A change as replacements in the file's text, from the last to the first."""
    old = document.text[change.start : change.end]
    if is_paragraph(document, change):
        return [(*_lines(source, document, change), "")]
    if "\n" in old:
        raise Refused("改动跨段，请手工修改")
    if not old:
        at = source.stretch(change.start, change.start).start
        return [(at, at, change.text)]
    places = [_place(source, document, offset) for offset in range(change.start, change.end)]
    return [(at, at + 1, change.text if index == 0 else "") for index, at in enumerate(places)]


def _place(source: SourceText, document: Document, offset: int) -> int:
    at = source.offset(offset)
    if source.text[at : at + 1] != document.text[offset]:
        raise Refused("这几个字与读取时不同，没有改动")
    return at


def _lines(source: SourceText, document: Document, change: Change) -> tuple[int, int]:
    """The lines of the file that hold a paragraph which is left out as a whole."""
    first = _place(source, document, change.start)
    last = _place(source, document, change.end - 2)
    start = max(source.text.rfind("\n", 0, first), source.text.rfind("\r", 0, first)) + 1
    line = _LINE.match(source.text, last)
    end = line.end() if line else last + 1
    left_out = source.text[start:first] + source.text[last + 1 : end]
    if left_out.strip():
        raise Refused("这一段与别的文字同在一行，请手工删去")
    return start, end
