"""Findings and notices for a person at a terminal: what is wrong, where, against what, why, and what to do.

Works on records (``extractor.schema.to_record``), so that stored ones can be shown as well. Plain ANSI signs; nothing
is imported that a cold ``notice check`` would have to wait for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from extractor.render.columns import harmless, head, pad, tail, width, wrap
from extractor.rulebook.cards import Card

Record = Mapping[str, Any]

SEVERITIES = ("error", "warning", "info")
_SIGNS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "other": "36",
    "dim": "2",
    "bold": "1",
    "good": "32",
}
_WORDS = {
    "zh": {
        "error": "错误", "warning": "警告", "info": "提示", "page": "第{page}页", "line": "第{line}行第{column}列",
        "paragraph": "第{line}段第{column}字", "suggestion": "建议", "compare": "对照", "noted": "（{note}）", "why": "依据", "replace": "改为“{text}”",
        "delete": "删去这几个字", "note": "注意", "none": "未发现问题", "clean": "{n} 份未发现问题",
        "files": "共 {n} 份文件", "failed": "{n} 份未能读取", "alike": "{code} 还有 {n} 处同样的提示", "and": "，", "then": "；", "colon": "：",
    },
    "en": {
        "error": "error", "warning": "warning", "info": "info", "page": "page {page}", "line": "line {line}:{column}",
        "paragraph": "paragraph {line}:{column}", "suggestion": "fix", "compare": "against", "noted": " ({note})", "why": "why", "replace": "write “{text}”",
        "delete": "delete these words", "note": "note", "none": "nothing found", "clean": "{n} without findings",
        "files": "files: {n}", "failed": "{n} not read", "alike": "{code} {n} more of the same", "and": ", ", "then": "; ", "colon": ": ",
    },
}  # fmt: skip
# Where a "line" of the source map is a paragraph of the file.
_PARAGRAPHS = {"docx", "html", "odt"}
_GUTTER = 5
# Information of one kind is shown so many times in a file; of the others only the places are told.
_ALIKE = 2
# Columns of another file's words that are quoted.
_QUOTED = 80


class Style(Struct, frozen=True):
    """How to write: ANSI colours or not, columns of the terminal, language (zh or en)."""

    color: bool = False
    columns: int = 100
    lang: str = "zh"

    def paint(self, text: str, sign: str) -> str:
        return f"\x1b[{_SIGNS[sign]}m{text}\x1b[0m" if self.color and text else text

    def word(self, key: str, **values: Any) -> str:
        return _WORDS[self.lang][key].format(**values)


def count(findings: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many findings of each severity."""
    return {severity: sum(f["severity"] == severity for f in findings) for severity in SEVERITIES}


def counted(counts: Mapping[str, int], style: Style, zeros: bool = True) -> str:
    """``错误 2，警告 1，提示 0``, each in its colour where there are any; without ``zeros`` only those."""
    parts = (
        style.paint(f"{style.word(name)} {counts[name]}", name if counts[name] else "dim")
        for name in SEVERITIES
        if zeros or counts[name]
    )
    return style.word("and").join(parts)


def file_findings(record: Record, cards: Mapping[str, Card], style: Style) -> str:
    """The findings of one notice under its path, the gravest first; empty when there are neither findings nor warnings.

    ``cards`` give each code its Chinese name and the clause or practice behind it, told once for each code.
    """
    findings = record["findings"]
    warnings = record.get("warnings") or ()
    if not findings and not warnings:
        return ""
    path = harmless(record["source"]["path"])
    lines = [
        style.paint(path, "bold") + (f"  {counted(count(findings), style, zeros=False)}" if findings else "")
    ]
    lines += [
        style.paint(f"{style.word('note')}{style.word('colon')}{harmless(text)}", "dim") for text in warnings
    ]
    shown: Counter[str] = Counter()
    alike: dict[str, list[Mapping[str, Any]]] = {}
    # The gravest first; the sort is stable, so each kind stays in the order of the text.
    for finding in sorted(findings, key=lambda one: SEVERITIES.index(one["severity"])):
        code = finding["code"]
        if finding["severity"] == "info" and shown[code] == _ALIKE:
            alike.setdefault(code, []).append(finding)
            continue
        lines += ["", *finding_lines(record, finding, cards.get(code), style, not shown[code])]
        shown[code] += 1
    for code, others in alike.items():
        where = style.word("and").join(place(other, record, style) for other in others)
        lines += ["", *_told(style.word("alike", code=code, n=len(others)), where, style, margin=0)]
    return "\n".join(lines) + "\n"


def finding_lines(
    record: Record, finding: Mapping[str, Any], card: Card | None, style: Style, explain: bool = True
) -> list[str]:
    """One finding: severity, code, name and place; the words in their line; the other side; reason, suggestion, clause."""
    severity = finding["severity"]
    name = card.title if card and style.lang == "zh" else finding["name"]
    head_line = f"{style.paint(style.word(severity), severity)} {style.paint(finding['code'], 'bold')} {name}"
    lines = [f"{head_line}  {style.paint(place(finding, record, style), 'dim')}"]
    lines += _quoted(record, finding, "^", severity, "", style)
    for other in finding["related"]:
        note = harmless(other.get("note") or "")
        if other.get("page") and other["page"] != finding["page"]:
            note = style.word("and").join(
                part for part in (note, style.word("page", page=other["page"])) if part
            )
        lines += _quoted(record, other, "-", "other", note, style)
    lines += _told("", finding["message"], style)
    for other in finding.get("elsewhere") or ():
        lines += _told(style.word("compare"), _elsewhere(other, style), style)
    advice = finding.get("suggestion") or _replacement(finding.get("fix"), style)
    if advice:
        lines += _told(style.word("suggestion"), advice, style)
    if card and card.why and explain:
        lines += _told(style.word("why"), card.why, style, dim=True)
    return lines


def place(finding: Mapping[str, Any], record: Record, style: Style) -> str:
    """``第2页第12行第30列``; paragraphs where the file has no lines."""
    key = "paragraph" if record["source"]["format"] in _PARAGRAPHS else "line"
    page = style.word("page", page=finding["page"]) if finding.get("page") else ""
    joint = " " if style.lang == "en" and page else ""
    return page + joint + style.word(key, line=finding["line"], column=finding["column"])


def _elsewhere(other: Mapping[str, Any], style: Style) -> str:
    """The other side in another file: its name, its line there, its words, what it is."""
    path = other["path"]
    key = "line" if other.get("page") or path.lower().endswith((".txt", ".md")) else "paragraph"
    page = style.word("page", page=other["page"]) if other.get("page") else ""
    where = style.word(key, line=other["line"], column=other["column"])
    words = " ".join(other["quote"].split())
    note = style.word("noted", note=other["note"]) if other.get("note") else ""
    return f"{path} {page}{where} “{words if width(words) <= _QUOTED else head(words, _QUOTED) + '…'}”{note}"


def _replacement(fix: Mapping[str, Any] | None, style: Style) -> str:
    if not fix:
        return ""
    return style.word("replace", text=fix["text"]) if fix["text"] else style.word("delete")


def _told(label: str, text: str, style: Style, dim: bool = False, margin: int = _GUTTER + 3) -> list[str]:
    """A label and its text, wrapped, ``margin`` columns from the left."""
    lead = f"{label}{style.word('colon')}" if label else ""
    lines = wrap(lead + harmless(text), max(style.columns - margin, 20))
    return [" " * margin + (style.paint(line, "dim") if dim else line) for line in lines]


def _quoted(
    record: Record, finding: Mapping[str, Any], sign: str, colour: str, note: str, style: Style
) -> list[str]:
    """The line the words stand in, its number in the gutter, and a line of signs under exactly these words."""
    before, words, after = _line_of(record["text"], finding["span"]["start"], finding["span"]["end"])
    room = max(style.columns - _GUTTER - 3, 20)
    before, words, after = _cropped(before, words, after, room)
    bar = style.paint("│", "dim")
    number = style.paint(str(finding["line"]).rjust(_GUTTER), "dim")
    under = " " * width(before) + style.paint(sign * max(width(words), 1), colour)
    remark = f" {note}" if note else ""
    if remark and width(before) + width(words) + width(remark) > room:
        return [
            f"{number} {bar} {before}{style.paint(words, colour)}{after}",
            f"{' ' * _GUTTER} {bar} {under}",
            *(f"{' ' * _GUTTER} {bar} {line}" for line in wrap(note, room)),
        ]
    return [
        f"{number} {bar} {before}{style.paint(words, colour)}{after}",
        f"{' ' * _GUTTER} {bar} {under}{remark}",
    ]


def _line_of(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The line round ``text[start:end]`` in three parts; words that go on in the next line are cut at its end."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    stop = min(end, last)
    before, after = text[first:start].lstrip(), text[stop:last].rstrip()
    if stop < end:
        after = "…"
    return harmless(before), harmless(text[start:stop]), harmless(after)


def _cropped(before: str, words: str, after: str, room: int) -> tuple[str, str, str]:
    """A long line cut on both sides so that its words show, … where something is left out."""
    if width(before) + width(words) + width(after) <= room:
        return before, words, after
    words = words if width(words) <= room - 2 else head(words, room - 3) + "…"
    spare = max(room - width(words), 0)
    left = min(width(before), max(spare // 2, spare - width(after)))
    if width(before) > left:
        before = "…" + tail(before, max(left - 1, 0)) if left else ""
    right = spare - width(before)
    if width(after) > right:
        after = head(after, max(right - 1, 0)) + "…" if right else ""
    return before, words, after


def statistics(codes: Mapping[tuple[str, str], int], cards: Mapping[str, Card], style: Style) -> list[str]:
    """``12  D01  错误  报送期限年份错误`` for each (code, severity), the most frequent first."""
    order = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    digits = max((len(str(number)) for number in codes.values()), default=0)
    names = {
        code: cards[code].title if style.lang == "zh" else cards[code].name
        for code, _ in codes
        if code in cards
    }
    label = max((width(style.word(severity)) for _, severity in codes), default=0)
    return [
        f"{number:>{digits}}  {code}  {style.paint(pad(style.word(severity), label), severity)}  {names.get(code, '')}"
        for (code, severity), number in order
    ]


def check_summary(files: int, clean: int, failed: int, counts: Mapping[str, int], style: Style) -> str:
    """The last line of a check: files, findings by severity, files without any, files that could not be read."""
    if files == 1 and clean == 1 and not failed:
        return style.paint(style.word("none"), "good")
    parts = [counted(counts, style)] if files > failed else []
    if clean:
        parts.append(style.paint(style.word("clean", n=clean), "good"))
    if failed:
        parts.append(style.paint(style.word("failed", n=failed), "error"))
    return style.word("files", n=files) + style.word("colon") + style.word("then").join(parts)


def columns_of(rows: Sequence[tuple[str, str]], style: Style, indent: int = 2) -> list[str]:
    """Labels and values in two aligned columns, values wrapped under themselves."""
    label = max((width(name) for name, _ in rows), default=0)
    room = max(style.columns - indent - label - 2, 20)
    lines = []
    for name, value in rows:
        first, *rest = wrap(harmless(value), room)
        lines.append(" " * indent + style.paint(pad(name, label), "dim") + "  " + first)
        lines += [" " * (indent + label + 2) + line for line in rest]
    return lines
