"""Sections, items and activities of the gold, as marked."""

import re
from dataclasses import dataclass
from typing import Any

from corpus.annotating.layout import Laid
from corpus.annotating.marks import Block, Mark, Source, fold

Row = dict[str, Any]
#: the kinds the reference schema knows; others (总体要求, 组织领导) become `other` and keep their name beside it
CANON = frozenset(
    (
        "指导思想",
        "活动时间",
        "活动主题",
        "宣传重点",
        "活动安排",
        "工作要求",
        "preamble",
        "attachment",
        "other",
    )
)
MARKERS = (
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"[一二三四五六七八九十]+是"),
    re.compile(r"[（(]\d+[）)]"),
    re.compile(r"\d+\.\d+(?=\s)"),
    re.compile(r"\d+[.．、](?!\d)"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]"),
)


@dataclass(frozen=True, slots=True)
class Outline:
    """`sections`, `items`, `activities` in the line-based shape of the reference schema; `exact` in the true shape where
    that one cannot say it (heading and body on one line, a text without line breaks), else None."""

    sections: list[Row]
    items: list[Row]
    activities: list[Row]
    events: list[Row]
    exact: dict[str, list[Row]] | None


def outline(source: Source, laid: Laid, dates: list[Row]) -> Outline:
    at_offset = {date["offset"]: date for date in dates}
    sections: list[Row] = []
    exact: list[Row] = []
    items: list[Row] = []
    activities: list[Row] = []
    for block in source.blocks:
        section = _section(block, source, laid)
        sections.append(section)
        exact.append(_exact(section, block, source, laid))
        if block.head or "items" in block.options:
            for item, marks in _items(block, source, laid):
                items.append({"section": section["canonical"], **item})
                if block.canonical == "活动安排":
                    activities.append(
                        _activity(item["marker"], item["title"], marks, source, laid, at_offset)
                    )
        section.pop("inline", None)
    events = []
    for mark in source.named("ev"):
        inside = [other for other in source.within(mark.start, mark.end) if other is not mark]
        before = [x["canonical"] for x in sections if x["body_start"] < laid.where[mark.end]]
        event = _activity(None, _title(inside, laid), inside, source, laid, at_offset)
        events.append({"section": before[-1] if before else None, **event})
    shape = {"sections": exact, "items": items, "activities": activities}
    for start, end in source.joins:
        sections = _joined(sections, exact, laid, (laid.where[start], laid.where[end]))
        items, activities = [], []
    return Outline(sections, items, activities, events, shape if exact != sections else None)


def _section(block: Block, source: Source, laid: Laid) -> Row:
    body = source.text[block.body[0] : block.body[1]]
    start = laid.where[block.body[0] + len(body) - len(body.lstrip())]
    end = laid.where[block.body[0] + len(body.rstrip()) - 1] + 1
    first, last = laid.line(start), laid.line(end - 1)
    words = fold("\n".join(laid.text.split("\n")[first - 1 : last]))
    heading = laid.printed(Mark("", {}, *block.head)).strip() if block.head else None
    clean = re.sub(r"[#*]+", "", heading).strip() if heading else None
    number = re.match(r"([一二三四五六七八九十]+)、", clean) if clean else None
    section: Row = {
        "heading": heading,
        "heading_text": clean,
        "number": number[1] if number else None,
        "canonical": block.canonical if block.canonical in CANON else "other",
        "part": block.part,
        "heading_line": laid.line(laid.where[block.head[0]]) if block.head else None,
        **_edges(words),
        "first_line": first,
        "last_line": last,
        "body_start": start,
        "body_end": end,
    }
    if block.canonical not in CANON:
        section["canonical_contract"] = block.canonical
    return section | {key: block.options[key] for key in ("alt", "number_printed") if key in block.options}


def _exact(section: Row, block: Block, source: Source, laid: Laid) -> Row:
    """The section with its heading cut off a line they share."""
    if "inline" not in block.options or not block.head:
        return dict(section)
    cut = source.text.index(block.options["inline"], block.head[0]) + len(block.options["inline"])
    heading = source.text[block.head[0] : cut].strip().rstrip("。：:，. ")
    clean = re.sub(r"[#*]+", "", heading).strip()
    start = laid.where[cut]
    section |= {"heading_text": clean, "body_start": start}
    return section | {"heading": heading, **_edges(fold(laid.text[start : section["body_end"]]))}


def _edges(words: str) -> Row:
    return {"starts_with": words[:12], "ends_with": words[-12:], "body_chars_folded": len(words)}


def _items(block: Block, source: Source, laid: Laid) -> list[tuple[Row, list[Mark]]]:
    """The items of the first marker style met in the section, each with the marks inside it."""
    start, end = block.body
    style: re.Pattern[str] | None = None
    starts: list[tuple[int, str]] = []
    for found in re.finditer(r"^[ \t　#*]*(.+)$", source.text[start:end], flags=re.M):
        for pattern in (style,) if style else MARKERS:
            if marker := pattern.match(found[1]):
                style = pattern
                starts.append((start + found.start(1), marker[0]))
                break
    rows = []
    for nth, (at, label) in enumerate(starts):
        marks = source.within(at, starts[nth + 1][0] if nth + 1 < len(starts) else end)
        after = re.sub(r"[#*]+", "", fold(laid.text[laid.where[at + len(label)] :].split("\n")[0]))
        row = {"marker": label, "title": _title(marks, laid), "line": laid.line(laid.where[at])}
        rows.append((row | {"starts_with": after[:12]}, marks))
    return rows


def _title(marks: list[Mark], laid: Laid) -> str | None:
    return next((laid.words(mark) for mark in marks if mark.tag == "t"), None)


def _activity(
    label: str | None, title: str | None, marks: list[Mark], source: Source, laid: Laid, dates: dict[int, Row]
) -> Row:
    """What the marks of one item or one table row say of an activity."""
    places = [mark for mark in marks if mark.tag.startswith("loc")]
    found = [dates[laid.where[mark.start]] for mark in marks if mark.tag == "ac"]
    row: Row = {"marker": label, "title": title, "dates": [_activity_date(date) for date in found]}
    for tag, key in (("lead", "lead_units"), ("sup", "support_units")):
        names = [name for mark in marks if mark.tag == tag for name in source.bodies(laid.words(mark))]
        row[key] = list(dict.fromkeys(names))
    row["location"] = laid.words(places[0]) if places else None
    return row | ({"location_kind": places[0].tag.partition("/")[2] or "venue"} if places else {})


def _activity_date(date: Row) -> Row:
    start, end = date.get("resolved_start") or date["start"], date.get("resolved_end") or date["end"]
    time = start[11:] or None if start else None
    if time and end and len(end) > 10:
        time += "-" + end[11:]
    last = end or start
    return {"start": start and start[:10], "end": last and last[:10], "time": time, "raw": date["raw"]}


def _joined(sections: list[Row], exact: list[Row], laid: Laid, span: tuple[int, int]) -> list[Row]:
    """One section for a stretch printed without line breaks; `exact` gets its edges from the offsets."""
    low, high = span
    line = laid.line(low)
    words = fold(laid.text.split("\n")[line - 1])
    whole: Row = {
        "heading": None, "heading_text": None, "number": None, "canonical": "other", "part": "plan",
        "heading_line": None, **_edges(words), "first_line": line, "last_line": line,
        "body_start": low, "body_end": high,
    }  # fmt: skip
    for row in exact:
        if low <= row["body_start"] < high:
            row |= _edges(fold(laid.text[row["body_start"] : row["body_end"]]))
    before = [row for row in sections if row["body_start"] < low]
    return [*before, whole, *(row for row in sections if row["body_start"] >= high)]
