"""From a document's reading to its outline: lines with ordinals, zones, first-level sections, items."""

from bisect import bisect_left

from msgspec.structs import replace

from extractor.model import Document, Item, Letter, Line, Outline, Reading, Section, Span
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.rulebook.sections import SectionRules
from extractor.sections.frame import Frame
from extractor.sections.headings import heading_length, title_length
from extractor.sections.letter import (
    CLOSING,
    CONTACT,
    NUMBER_LINE,
    ORDINAL_NUMBER,
    RECORD_DATE,
    RECORD_NUMBER,
)
from extractor.sections.letters import COUNTED
from extractor.sections.ordinals import Ordinal, ordinal
from extractor.sections.pieces import pieces
from extractor.sections.titles import unbracketed
from extractor.sections.zones import frame
from extractor.text import fold

_WIDE_GAP = lazy(r"[ \u3000\t]{2,}(?=[一-鿿])")
_LEAD_LINES = 3
_ASKED = lazy(r"(?:如下|以下)(?:几点|几项|工作)?(?:具体)?(?:要求|意见)|(?:要求|意见)如下")


class _Lines:
    """The pieces of a reading between line feeds (and inside lines without breaks) with their ordinals."""

    def __init__(self, reading: Reading, rules: SectionRules) -> None:
        self.reading = reading
        self.bounds, self.inline = pieces(reading, rules)
        self.texts = [reading.chars[start:end] for start, end in self.bounds]
        self.ordinals: list[Ordinal | None] = [ordinal(text) for text in self.texts]
        self.spans = [reading.span(start, end) for start, end in self.bounds]
        """The printed spans of the pieces."""

    def part(self, index: int, begin: int, length: int) -> Span:
        """The printed span of ``length`` read characters of a piece from ``begin`` on."""
        start = self.bounds[index][0] + begin
        if length <= 0:
            at = self.reading.origin[start] if start < len(self.reading.origin) else 0
            return Span(at, at)
        return self.reading.span(start, start + length)


def segment(document: Document, reading: Reading, rulebook: Rulebook) -> Outline:
    """The outline of a document. Tables' rows are lines like others; a notice without headings has no sections."""
    rules = rulebook.sections
    lines = _Lines(reading, rules)
    if not lines.texts:
        return Outline(())
    first = next(
        (
            i
            for i, o in enumerate(lines.ordinals)
            if o and o.level in (1, 2) and not COUNTED.match(lines.texts[i])
        ),
        len(lines.texts),
    )
    found = frame(lines.texts, first)
    heads = _headings(document, lines, found, rules)
    made = tuple(
        Line(
            index=i,
            span=span,
            start=start,
            end=end,
            zone=zone,
            marker=o.text if o else "",
            level=o.level if o else 0,
            number=o.number if o else 0,
        )
        for i, (span, (start, end), zone, o) in enumerate(
            zip(lines.spans, lines.bounds, found.zones, lines.ordinals, strict=True)
        )
    )
    sections = _sections(document, lines, found, heads, rules)
    items = _items(document, lines, found, heads, sections)
    sections, items = _by_content(reading, sections, items, rules)
    letters = tuple(
        Letter(kind, Span(lines.spans[first].start, lines.spans[last].end))
        for kind, first, last in found.letters
    )
    return Outline(
        made,
        sections,
        items,
        _parts(document, lines, found),
        letters,
        tuple(lines.spans[i].start for i in found.further),
        found.report,
    )


def _headings(
    document: Document, lines: _Lines, found: Frame, rules: SectionRules
) -> dict[int, tuple[int, int]]:
    """Line index → (level-1 ordinal length, heading length after it). A lone ordinal takes its name from the next line."""
    numbered: dict[int, tuple[int, int]] = {}
    level = _first_level(lines, found, rules)
    for i, (text, mark) in enumerate(zip(lines.texts, lines.ordinals, strict=True)):
        if found.zones[i] not in ("body", "plan", "attachment"):
            continue
        if mark and mark.level == level:
            content = text[len(mark.text) :]
            length = heading_length(
                content, rules, _printed_break(document, lines, i, len(mark.text)), i in lines.inline
            )
            if length:
                numbered[i] = (len(mark.text), length)
    named = [
        i
        for i, text in enumerate(lines.texts)
        if i not in numbered
        and not lines.ordinals[i]
        and 4 <= len(text.rstrip("：")) <= 12
        and found.zones[i] in ("body", "plan")
        and rules.exact(text.rstrip("："))
        and not text.endswith("。")
    ]
    if len(numbered) >= 2 or len(named) >= 3:
        for i in named:
            if not lines.texts[i].endswith("：") or not numbered:
                numbered[i] = (0, len(lines.texts[i].rstrip("：")))
    return dict(sorted(numbered.items()))


def _first_level(lines: _Lines, found: Frame, rules: SectionRules) -> int:
    """The ordinal level that numbers the sections: 一、 nearly always, else the one whose lines carry section names."""
    counts: dict[int, int] = {}
    for i, (text, mark) in enumerate(zip(lines.texts, lines.ordinals, strict=True)):
        if mark and found.zones[i] in ("body", "plan"):
            if mark.level == 1:
                return 1
            content = text[len(mark.text) :]
            named = rules.leading(content) or rules.exact(content.rstrip("。："))
            if named or (i in lines.inline and rules.beginning(content)):
                counts[mark.level] = counts.get(mark.level, 0) + 1
    best = max(counts, key=lambda level: counts[level], default=1)
    return best if counts.get(best, 0) >= 2 else 1


def _printed_break(document: Document, lines: _Lines, index: int, skip: int) -> int | None:
    """Read characters between a line's ordinal and the first blank after it in the printed line."""
    start, end = lines.bounds[index]
    origin = lines.reading.origin
    for i in range(start + skip + 2, min(end, start + skip + 24)):
        if origin[i] - origin[i - 1] > 1 and document.text[origin[i - 1] + 1].isspace():
            return i - start - skip
    return None


def _sections(
    document: Document, lines: _Lines, found: Frame, heads: dict[int, tuple[int, int]], rules: SectionRules
) -> tuple[Section, ...]:
    made: list[Section] = []
    indices = list(heads)
    asked = bool(indices) and any(map(_asks, lines.texts[found.body : indices[0]]))
    for position, i in enumerate(indices):
        skip, length = heads[i]
        stop = indices[position + 1] if position + 1 < len(indices) else len(lines.texts)
        last = _last_line(lines, found, i, stop)
        mark = lines.ordinals[i] if skip else None
        heading_span = lines.part(i, 0, skip + length)
        content = lines.texts[i][skip : skip + length]
        begin = lines.bounds[i][0] + skip + length
        while begin < lines.bounds[i][1] and lines.reading.chars[begin] == "：":
            begin += 1
        body = Span(heading_span.end, heading_span.end)
        if begin < lines.bounds[i][1]:
            body = Span(lines.reading.origin[begin], lines.spans[last].end)
        elif last > i:
            body = Span(lines.spans[i + 1].start, lines.spans[last].end)
        kinds = rules.kinds(content)
        if asked and found.zones[i] == "body" and not rules.named(content.rstrip("。：")):
            kinds = ("工作要求",)
        made.append(
            Section(
                number=mark.text.rstrip("、.．，：") if mark else "",
                heading=document.quote(heading_span),
                canonical=kinds[0],
                zone=found.zones[i],
                level=1,
                span=body,
                heading_span=heading_span,
                kinds=kinds,
            )
        )
    return tuple(made)


def _asks(text: str) -> bool:
    """Whether a line announces requirements: 现将有关要求通知如下."""
    return ("如下" in text or "以下" in text) and _ASKED.search(text) is not None


def _last_line(lines: _Lines, found: Frame, first: int, stop: int) -> int:
    """The last line of a section: before the next heading or another zone, without closing and contact lines."""
    last = first
    while last + 1 < stop and found.zones[last + 1] == found.zones[first]:
        last += 1
    end = last
    while end > first and (CLOSING.match(lines.texts[end]) or CONTACT.match(lines.texts[end])):
        end -= 1
    return end


def _items(
    document: Document,
    lines: _Lines,
    found: Frame,
    heads: dict[int, tuple[int, int]],
    sections: tuple[Section, ...],
) -> tuple[Item, ...]:
    """Numbered items with their titles, inside sections and in notices that have only items."""
    made: list[Item] = []
    owner = {section.heading_span.start: section for section in sections if section.heading_span}
    current: Section | None = None
    count = len(lines.texts)
    asked = any(map(_asks, lines.texts[found.body : found.body + _LEAD_LINES]))
    alone = "" if sections else "工作要求" if asked else "活动安排"
    for i in range(count):
        if i in heads:
            current = owner[lines.spans[i].start]
            continue
        mark = lines.ordinals[i]
        if not mark or found.zones[i] not in ("body", "plan", "attachment"):
            continue
        start = lines.spans[i].start
        inside = current if current is not None and start < current.span.end else None
        last = i
        while last + 1 < count and last + 1 not in heads and found.zones[last + 1] == found.zones[i]:
            following = lines.ordinals[last + 1]
            if following and following.level <= mark.level:
                break
            if inside is not None and lines.spans[last + 1].start >= inside.span.end:
                break
            last += 1
        if inside is None:
            while last > i and (CLOSING.match(lines.texts[last]) or CONTACT.match(lines.texts[last])):
                last -= 1
        content = lines.texts[i][len(mark.text) :]
        length = 0 if mark.level == 6 else title_length(content, last == i)
        title_span = lines.part(i, len(mark.text), length) if length else None
        made.append(
            Item(
                section=inside.canonical if inside else alone,
                marker=document.quote(lines.part(i, 0, len(mark.text))),
                title=fold(document.quote(title_span)) if title_span else "",
                span=Span(start, lines.spans[last].end),
                level=mark.level,
                number=mark.number,
                title_span=title_span,
                zone=found.zones[i],
            )
        )
    return tuple(made)


def _by_content(
    reading: Reading, sections: tuple[Section, ...], items: tuple[Item, ...], rules: SectionRules
) -> tuple[tuple[Section, ...], tuple[Item, ...]]:
    """Sections and items, a section of the kind its items are of where they are not what its heading says."""
    made = []
    starts = [item.span.start for item in items]
    for section in sections:
        begin, end = section.span.start, section.span.end
        here = items[bisect_left(starts, begin) : bisect_left(starts, end)] if len(section.kinds) == 1 else ()
        inside = [item for item in here if item.span.end <= end]
        top = min((item.level for item in inside), default=0)
        words = [_without_marker(reading.of(item.span), item.marker) for item in inside if item.level == top]
        kind = rules.contents.kind(section.canonical, words)
        if kind != section.canonical:
            items = tuple(replace(item, section=kind) if item in inside else item for item in items)
            section = replace(section, canonical=kind, kinds=(kind,))
        made.append(section)
    return tuple(made), items


def _without_marker(words: str, marker: str) -> str:
    return words[len("".join(marker.split())) :]


def _parts(document: Document, lines: _Lines, found: Frame) -> dict[str, Span]:
    """The spans of the letter's parts, in printed characters."""
    parts: dict[str, Span] = {}
    ranges = {
        "letterhead": found.letterhead,
        "title": found.title,
        "plan_title": found.plan_title,
        "attachment_note": found.attachment_note,
        "colophon": found.colophon,
        "signature": found.signature,
    }
    for name, bounds in ranges.items():
        if bounds:
            parts[name] = Span(lines.spans[bounds[0]].start, lines.spans[bounds[1]].end)
    single = {
        "addressees": found.addressees,
        "issue_date": found.issue_date,
        "seal_note": found.seal_note,
        "note": found.note,
    }
    for name, index in single.items():
        if index is not None:
            parts[name] = lines.spans[index]
    if found.issue_date is not None and found.zones[found.issue_date] == "web":
        match = RECORD_DATE.search(lines.texts[found.issue_date])
        if match:
            parts["issue_date"] = lines.part(found.issue_date, match.start("date"), len(match["date"]))
    if found.title and found.title[0] == found.title[1]:
        text = lines.texts[found.title[0]]
        bare = unbracketed(text)
        if bare != text:
            parts["title"] = lines.part(found.title[0], text.index(bare), len(bare))
    if found.doc_number is not None:
        text = lines.texts[found.doc_number]
        match = NUMBER_LINE.match(text) or RECORD_NUMBER.search(text) or ORDINAL_NUMBER.match(text)
        if match:
            span = lines.part(found.doc_number, match.start("number"), len(match.group("number")))
            parts["doc_number"] = _behind_blanks(document, span)
    return parts


def _behind_blanks(document: Document, span: Span) -> Span:
    """The part of a 文号 behind the last wide gap of its line (等级：特急　　某政发〔2024〕5号)."""
    gap = max((m.end() for m in _WIDE_GAP.finditer(document.quote(span))), default=0)
    return Span(span.start + gap, span.end)
