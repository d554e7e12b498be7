"""One draft as a page: its text with the faults marked and numbered, and beside it what is wrong and what to do.

Self-contained: no script, no picture, no address is loaded, and the page forbids itself to. Prints in black and white too:
each severity has its own underline, each finding its number. Everything that comes from a document is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor.render.columns import harmless
from extractor.render.remarks import Record, Remark, remarks, tally
from extractor.render.terminal import SEVERITIES, Style
from extractor.rulebook.cards import Card

_WORDS = {
    "zh": {
        "title": "文稿检查报告", "text": "正文", "list": "问题", "none": "未发现问题。", "advice": "建议", "why": "依据",
        "other": "对照", "file": "文件", "format": "格式", "chars": "字数", "pages": "页数", "note": "注意", "goto": "看原文",
        "safe": "可直接改正", "legend": "图例", "count": "{n} 处问题", "caveat": "检查结果供核稿参考，改动以发文机关审定为准。",
    },
    "en": {
        "title": "Check of a draft", "text": "Text", "list": "Findings", "none": "Nothing found.", "advice": "Suggestion",
        "why": "Reason", "other": "Compare", "file": "File", "format": "Format", "chars": "Characters", "pages": "Pages",
        "note": "Note", "goto": "show in text", "safe": "safe to fix", "legend": "Legend", "count": "{n} findings",
        "caveat": "Findings are for the editor's consideration; the issuing body decides.",
    },
}  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(record: Record, cards: Mapping[str, Card], lang: str = "zh") -> str:
    """The report of one notice (``extractor.schema.to_record``) as a complete HTML document. ``lang``: zh or en."""
    said, style = _WORDS[lang], Style(lang=lang)
    found = remarks(record, cards, lang)
    name = harmless(record["source"]["path"])
    css = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(said['title'])} · {escape(Path(name).name)}</title>\n<style>\n{css}</style>\n</head>\n<body>",
        _top(record, found, said, style),
        '<main>\n<article lang="zh-CN">',
        *_body(record, found),
        "</article>",
        f"<aside>\n<h2>{said['list']}</h2>",
        *(_entry(remark, said) for remark in found),
        "" if found else f'<p class="none">{said["none"]}</p>',
        f'<p class="caveat">{said["caveat"]}</p>\n</aside>\n</main>\n</body>\n</html>\n',
    ]
    return "\n".join(part for part in parts if part)


def _top(record: Record, found: Sequence[Remark], said: Mapping[str, str], style: Style) -> str:
    source = record["source"]
    facts = [
        (said["file"], source["path"]),
        (said["format"], source["format"]),
        (said["chars"], source["chars"]),
    ]
    facts += [(said["pages"], source["pages"])] if source.get("pages") else []
    told = "".join(
        f"<div><dt>{label}</dt><dd>{escape(harmless(str(value)))}</dd></div>" for label, value in facts
    )
    counts = "".join(
        f'<span class="key {name}"><b>{style.word(name)}</b> {number}</span>'
        for name, number in tally(found).items()
    )
    notes = "".join(
        f'<p class="note"><b>{said["note"]}</b> {escape(harmless(text))}</p>'
        for text in record.get("warnings") or ()
    )
    title = escape(harmless(record["title"] or Path(source["path"]).name))
    return (
        f'<header>\n<p class="kind">{said["title"]}</p>\n<h1 lang="zh-CN">{title}</h1>\n<dl>{told}</dl>\n'
        f'<p class="counts">{said["count"].format(n=len(found))} {counts}</p>\n{notes}</header>'
    )


def _entry(remark: Remark, said: Mapping[str, str]) -> str:
    """One finding in the list: what, where, why, what to do; its number leads to the words."""
    number, goto = remark.number, said["goto"]
    heading = f'<a class="n" href="#w{number}" title="{goto}">{number}</a> <span class="label">{remark.label}</span>'
    words = f" · <q>{escape(_short(remark.quote))}</q>" if remark.quote else ""
    lines = [
        f'<section class="{remark.severity}" id="f{number}">',
        f"<h3>{heading} {escape(remark.title)} <small>{escape(remark.code)}</small></h3>",
        f'<p class="where"><a href="#w{number}">{escape(remark.where)}</a>{words}</p>',
        f"<p>{escape(remark.message)}</p>",
    ]
    if remark.advice:
        safe = f' <small class="safe">{said["safe"]}</small>' if remark.safe else ""
        lines.append(f'<p class="advice"><b>{said["advice"]}</b> {escape(remark.advice)}{safe}</p>')
    for index, other in enumerate(remark.others, 1):
        note = f" {escape(other.note)}" if other.note else ""
        where = escape(other.where)
        if other.start is not None:
            where = f'<a href="#o{remark.number}-{index}">{where}</a>'
        lines.append(
            f'<p class="other"><b>{said["other"]}</b> {where} <q>{escape(_short(other.quote))}</q>{note}</p>'
        )
    if remark.why:
        lines.append(f'<p class="why"><b>{said["why"]}</b> {escape(remark.why)}</p>')
    return "\n".join([*lines, "</section>"])


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most] + "…"


class _Marked(Struct, frozen=True):
    """A stretch of the text to mark: a finding's own words (``own``) or the other side of finding ``number``."""

    start: int
    end: int
    number: int
    index: int
    severity: str
    label: str

    @property
    def own(self) -> bool:
        return self.index == 0


def _marks(found: Sequence[Remark]) -> list[_Marked]:
    made = []
    for r in found:
        made.append(_Marked(r.start, r.end, r.number, 0, r.severity, r.label))
        for index, other in enumerate(r.others, 1):
            if other.start is not None and other.end is not None:
                made.append(_Marked(other.start, other.end, r.number, index, r.severity, r.label))
    return sorted(made, key=lambda m: (m.start, m.number, m.index))


def _body(record: Record, found: Sequence[Remark]) -> Iterator[str]:
    """The paragraphs and tables of the text."""
    text, marked = record["text"], _marks(found)
    places = _Places(record)
    position, rows = 0, list[str]()
    first = 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        while first < len(marked) and marked[first].end < start and marked[first].start < start:
            first += 1
        here = [m for m in marked[first:] if m.start <= end and (m.end > start or m.start >= start)]
        if "\t" in line:
            rows.append(_row(text, start, end, here))
            continue
        if rows:
            yield _table(rows)
            rows = []
        yield f"<p{places.kind(start)}>{_words(text, start, end, here)}</p>"
    if rows:
        yield _table(rows)


def _table(rows: Sequence[str]) -> str:
    return '<div class="table"><table>\n' + "\n".join(rows) + "\n</table></div>"


def _row(text: str, start: int, end: int, marked: Sequence[_Marked]) -> str:
    cells = []
    for cell in text[start:end].split("\t"):
        stop = start + len(cell)
        here = [m for m in marked if m.start <= stop and (m.end > start or m.start >= start)]
        cells.append(f"<td>{_words(text, start, stop, here)}</td>")
        start = stop + 1
    return "<tr>" + "".join(cells) + "</tr>"


def _words(text: str, start: int, end: int, marked: Sequence[_Marked]) -> str:
    """``text[start:end]`` with marks: cut wherever one begins or ends, each piece in one ``mark`` of the gravest."""
    cuts = {start, end}
    for m in marked:
        cuts |= {min(max(m.start, start), end), min(max(m.end, start), end)}
    edges = sorted(cuts)
    made = []
    for a, b in zip(edges, [*edges[1:], end], strict=True):
        made += [_number(m) for m in marked if m.start == a]
        if a == b:
            continue
        over = [m for m in marked if m.start < b and m.end > a]
        piece = escape(harmless(text[a:b]))
        made.append(f'<mark class="{_classes(over)}">{piece}</mark>' if over else piece)
    return "".join(made)


def _number(marked: _Marked) -> str:
    """The number in front of the words, which leads to the finding in the list."""
    if marked.own:
        return (
            f'<a class="n {marked.severity}" id="w{marked.number}" href="#f{marked.number}" '
            f'title="{marked.label}">{marked.number}</a>'
        )
    return f'<a class="n other" id="o{marked.number}-{marked.index}" href="#f{marked.number}">↔{marked.number}</a>'


def _classes(over: Sequence[_Marked]) -> str:
    own = [m.severity for m in over if m.own]
    return min(own, key=SEVERITIES.index) if own else "other"


# Where parts of a letter stand on the page (GB/T 9704-2012, 7.3).
_SET = {
    "title": "title", "plan_title": "title", "doc_number": "middle", "letterhead": "middle", "issue_date": "right",
    "seal_note": "right", "addressees": "flush",
}  # fmt: skip


class _Places:
    """How a paragraph is set: the title in the middle, signature and date on the right, addressees without indent."""

    def __init__(self, record: Record) -> None:
        self._spans: list[tuple[int, int, str]] = []
        for name, span in (record.get("spans") or {}).items():
            if name in _SET and isinstance(span, Mapping):
                self._spans.append((span["start"], span["end"], _SET[name]))
        self._headings = _headings(record)

    def kind(self, start: int) -> str:
        """The class attribute of the paragraph that begins at ``start``."""
        for a, b, kind in self._spans:
            if a <= start < b:
                return f' class="{kind}"'
        return ' class="head"' if start in self._headings else ""


def _headings(record: Record) -> set[int]:
    """Where the lines of first-level headings begin."""
    text: str = record["text"]
    found = set()
    for section in record["sections"]:
        row: Mapping[str, Any] = section
        if row["heading"]:
            line = text.rfind("\n", 0, max(row["span"]["start"] - 1, 0)) + 1
            found.add(line)
    return found
