"""The findings of many notices as a workbook: a list to filter and to tick off, files not read, how many of each check."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from extractor.render.remarks import Record, Remark, remarks
from extractor.render.terminal import SEVERITIES, Style
from extractor.rulebook.cards import Card
from extractor.schema import Failure

# The format's own limits: rows of a sheet, UTF-16 units of a cell.
_ROWS = 1_048_576
_CHARACTERS = 32_767
_COLUMNS = {
    "zh": ("文件", "序号", "级别", "代码", "检查", "位置", "原文", "问题", "建议", "改为", "对照", "依据", "处理情况"),
    "en": ("file", "no.", "severity", "code", "check", "place", "words", "problem", "suggestion", "rewrite", "compare", "reason", "done"),
}  # fmt: skip
_WIDTHS = (28, 5, 7, 7, 20, 16, 30, 44, 32, 20, 34, 40, 12)
_SHEETS = {"zh": ("问题", "统计", "未能读取"), "en": ("findings", "statistics", "not read")}
_FAILED = {"zh": ("文件", "原因", "说明"), "en": ("file", "reason", "message")}
_COUNTED = {
    "zh": ("代码", "检查", "级别", "处数", "文件数"),
    "en": ("code", "check", "severity", "findings", "files"),
}
_COLOURS = {"error": "#FBDADD", "warning": "#FFEDC2", "info": "#DBEEFB"}


def write_findings(
    outcomes: Iterable[Record | Failure], cards: Mapping[str, Card], path: Path, lang: str = "zh"
) -> int:
    """Write the workbook to ``path``; how many findings. Text is written as text, never as a formula or a link."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    # A fixed day instead of the clock: the same findings give the same file.
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = _Sheet(book, _SHEETS[lang][0], _COLUMNS[lang], _WIDTHS)
    failed: list[Failure] = []
    counts: Counter[tuple[str, str]] = Counter()
    files: dict[tuple[str, str], set[str]] = {}
    titles: dict[str, str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failed.append(outcome)
            continue
        name = outcome["source"]["path"]
        for remark in remarks(outcome, cards, lang):
            key = (remark.code, remark.severity)
            counts[key] += 1
            files.setdefault(key, set()).add(name)
            titles[remark.code] = remark.title
            sheet.add(_row(name, remark), remark.severity)
    sheet.close()
    style = Style(lang=lang)
    tally = _Sheet(book, _SHEETS[lang][1], _COUNTED[lang], (8, 28, 8, 8, 8))
    for (code, severity), number in sorted(
        counts.items(), key=lambda item: (SEVERITIES.index(item[0][1]), -item[1], item[0])
    ):
        tally.add((code, titles[code], style.word(severity), number, len(files[code, severity])), severity)
    tally.close()
    if failed:
        lost = _Sheet(book, _SHEETS[lang][2], _FAILED[lang], (40, 16, 60))
        for failure in failed:
            lost.add((failure.path, failure.reason, failure.message))
        lost.close()
    book.close()
    return counts.total()


def _row(name: str, remark: Remark) -> tuple[str | int, ...]:
    others = "\n".join(
        f"{other.where} “{other.quote}”{f'（{other.note}）' if other.note else ''}" for other in remark.others
    )
    return (
        name, remark.number, remark.label, remark.code, remark.title, remark.where, remark.quote, remark.message,
        remark.advice, remark.rewrite or "", others, remark.why, "",
    )  # fmt: skip


class _Sheet:
    """One sheet: bold header that stays in view, filter, wrapped cells, the row's severity as its colour."""

    def __init__(self, book: Any, name: str, columns: tuple[str, ...], widths: tuple[int, ...]) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns = columns
        self._next = 1
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._marked = {
            severity: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour, "border": 1, "border_color": "#D8D4CC"})
            for severity, colour in _COLOURS.items()
        }  # fmt: skip
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            self._sheet.write_string(0, place, column, bold)
            self._sheet.set_column(place, place, width)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def add(self, row: tuple[str | int, ...], severity: str = "") -> None:
        """Add a row; what does not fit into the sheet any more is left out (a million findings are no list)."""
        if self._next >= _ROWS:
            return
        for place, value in enumerate(row):
            form = self._marked[severity] if severity and place in (2, 3) else self._plain
            if isinstance(value, int):
                self._sheet.write_number(self._next, place, value, form)
            else:
                self._sheet.write_string(self._next, place, value[: _CHARACTERS // 2], form)
        self._next += 1

    def close(self) -> None:
        self._sheet.autofilter(0, 0, max(self._next - 1, 0), len(self._columns) - 1)
