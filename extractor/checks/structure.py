"""Numbering: headings without an ordinal, gaps and repeats, brackets of different width (GB/T 9704 7.3.3)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.checks.printed import joined, printed_lines
from extractor.model import Line, Section, Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.text import chinese, numeral

_TERMINAL = "。；，、"


def _marker_shown(line: Line, number: int) -> str:
    """The ordinal another number would have in the style of this line's: 四、 for 五、, （4） for （5）."""
    written = chinese(number) if re.search(r"[一二三四五六七八九十]", line.marker) else str(number)
    return re.sub(r"[一二三四五六七八九十]+|\d+", written, line.marker, count=1)


def heading_sequence(case: Case, card: Card) -> Iterator[Fault]:
    """Ordinals of one level under one heading that jump, repeat or go back."""
    for zone, group in groupby(case.headings, key=lambda line: line.zone):
        del zone
        last: dict[tuple[int, bool], Line] = {}
        ever: dict[tuple[int, bool], int] = {}
        lines = list(group)
        for index, line in enumerate(lines):
            key = _run(line)
            if not key[1]:
                for lower in [other for other in last if other[0] > line.level]:
                    del last[lower]
            before = last.get(key)
            expected = (
                before.number + 1 if before else ever.get(key, 0) + 1
            )  # 1. under （一）, 2. under （二）
            last[key], ever[key] = line, line.number
            if line.number == expected:
                continue
            after = next((other for other in lines[index + 1 :] if other.level <= line.level), None)
            fault = _step(case, before, line, after)
            if fault:
                yield fault


def _run(line: Line) -> tuple[int, bool]:
    """What counts together: lines of one level; 第一、 第二、 count apart from 一、 二、 and head nothing."""
    return line.level, line.marker.startswith("第") and line.marker.endswith(("、", "，"))


def _step(case: Case, before: Line | None, line: Line, after: Line | None) -> Fault | None:
    expected = before.number + 1 if before else 1
    if line.number == expected:
        return None
    if before is not None and line.number == 1 and not _typed_again(before, line, after):
        return None  # a run begins anew
    start = before.start if before else 0
    if before is None:
        # A run that begins at 二 has lost its 一; anything later is the rest of a cut text or another way of counting.
        parent = _parent(case, line)
        if line.number != 2 or not (parent or _begins_here(case, line)):
            return None
        start = parent.start if parent else 0
    elif _style(before.marker) != _style(line.marker):
        return None
    missing = [_marker_shown(line, number) for number in range(expected, line.number)]
    if missing and any(_shows(case, marker, start, line.start) for marker in missing):
        return None
    span = case.span(line.start, min(line.start + _shown_length(case, line), line.end))
    others = (
        (
            Other(
                case.span(before.start, min(before.start + _shown_length(case, before), before.end)),
                "前一序号",
            ),
        )
        if before
        else ()
    )
    values = {
        "marker": line.marker,
        "before": before.marker if before else "",
        "expected": _marker_shown(line, expected),
        "missing": "".join(missing),
    }
    root = f"gap:{line.start}"
    if line.number > expected:
        return Fault(span, values, others, variant="" if before else "first", root=root)
    return Fault(
        span,
        values,
        others,
        variant="repeat" if before and line.number == before.number else "back",
        root=root,
    )


def _style(marker: str) -> tuple[bool, bool]:
    return bool(re.search(r"[一二三四五六七八九十]", marker)), "（" in marker


def _typed_again(before: Line, line: Line, after: Line | None) -> bool:
    """一、 一、 三、: the second is no new run."""
    return before.number == 1 and after is not None and after.number == 3 and _run(after) == _run(line)


_ANNOUNCED = lazy(r"(?:以下|如下|下列)[^。；，]{0,12}：$")


def _parent(case: Case, line: Line) -> Line | None:
    """What a list stands under: the heading of a higher level right above a line, a heading without its ordinal,
    or words that announce a list (开展以下活动：)."""
    above = case.outline.lines[line.index - 1] if line.index else None
    if above is None or above.zone != line.zone:
        return None
    if 0 < above.level < line.level:
        return None if _run(above)[1] else above
    if above.level:
        return None
    named = any(s.heading_span and s.heading_span.start == above.span.start for s in case.outline.sections)
    return above if named or _ANNOUNCED.search(case.words(above)) else None


def _begins_here(case: Case, line: Line) -> bool:
    """Whether the text before a first ordinal is whole: the notice's own head stands there."""
    above = [other for other in case.outline.lines[: line.index] if other.zone == line.zone and other.level]
    return bool(case.part("title")) and (line.level == 1 or (line.level == 2 and not above))


def _shows(case: Case, marker: str, a: int, b: int) -> bool:
    """Whether a missing ordinal stands inside a line between two headings (a text that lost its line breaks)."""
    bare = marker.rstrip("、.．")
    for match in re.finditer(re.escape(bare) + r"[、.．，]?", case.chars[a:b]):
        before = case.chars[a + match.start() - 1] if a + match.start() else ""
        if before in "\n。；：！？”）" or "（" in bare:
            return True
    return False


def _shown_length(case: Case, line: Line) -> int:
    """A heading's length for a quote: up to its first stop, 24 characters at most."""
    words = case.words(line)
    stop = re.search(r"[。；：，]", words[len(line.marker) :])
    return min(len(line.marker) + stop.start() if stop else len(words), 24)


def heading_number_missing(case: Case, card: Card) -> Iterator[Fault]:
    """A section title that stands between numbered ones without an ordinal of its own."""
    sections = [section for section in case.outline.sections if section.heading_span]
    if any(section.number and not section.number.startswith("第") for section in sections):
        sections = [
            section for section in sections if not section.number.startswith("第")
        ]  # these count apart
    for index, section in enumerate(sections):
        if section.number or not section.heading or section.zone not in ("body", "plan"):
            continue
        words = case.read(section.heading_span) if section.heading_span else ""
        if len(words) > card.params["longest"] or words.endswith("：") or words[-1:] in _TERMINAL:
            continue
        before = _numbered(reversed(sections[:index]), section.zone)
        after = _numbered(iter(sections[index + 1 :]), section.zone)
        if before is None or after is None:
            continue
        between = sections[sections.index(before) + 1 : sections.index(after)]
        yield _unnumbered(case, between, between.index(section), before, after)
    yield from _swallowed(case, card)


def _swallowed(case: Case, card: Card) -> Iterator[Fault]:
    """A section's name on a printed line of its own, between two ordinals, that the outline has not taken for a heading.

    It was joined to the line before it, or is too short to be one without its ordinal.
    """
    known = {section.heading_span.start for section in case.outline.sections if section.heading_span}
    numbered = [line for line in case.headings if line.level == 1]
    several = joined(case)
    for before, after in pairwise(numbered):
        gap = after.number - before.number
        if before.zone != after.zone or gap not in (1, 2):
            continue
        for line in case.outline.lines[before.index : after.index]:
            whole = gap == 2 and line is not before and line.span.start not in known
            if not whole and line.index not in several:
                continue
            for span in list(printed_lines(case, line.span))[0 if whole else 1 :]:
                words = case.read(span)
                named = len(words) <= card.params["longest"] and case.rulebook.sections.exact(words)
                if named and (gap == 2 or len(words) >= 4):
                    ordinal = _marker_shown(before, before.number + 1)
                    values = {
                        "heading": words,
                        "before": before.marker,
                        "after": after.marker,
                        "ordinal": ordinal,
                    }
                    others = (
                        Other(case.span(before.start, before.end), "前一标题"),
                        Other(case.span(after.start, after.end), "后一标题"),
                    )
                    if gap == 2:
                        change = Change(Span(span.start, span.start), ordinal, False)
                        yield Fault(span, values, others, change=change, root=f"gap:{after.start}")
                    else:
                        yield Fault(span, values, others, variant="unplaced")


def _numbered(sections: Iterator[Section], zone: str) -> Section | None:
    return next((section for section in sections if section.number and section.zone == zone), None)


def _unnumbered(case: Case, between: Sequence[Section], index: int, before: Section, after: Section) -> Fault:
    """One of the headings without an ordinal that stand between two with one. The gap has the last one's root."""
    section = between[index]
    assert section.heading_span
    assert before.heading_span
    assert after.heading_span
    low, high = _value(before), _value(after)
    others = (Other(before.heading_span, "前一标题"), Other(after.heading_span, "后一标题"))
    values = {"heading": case.read(section.heading_span), "before": before.number, "after": after.number}
    after_line = case.outline.line_at(after.heading_span.start)
    root = f"gap:{after_line.start}" if after_line and index == len(between) - 1 else ""
    if low is None or high is None or high - low - 1 != len(between):
        gap = low is not None and high is not None and high - low > 1
        return Fault(
            section.heading_span,
            {**values, "ordinal": ""},
            others,
            variant="" if gap else "unplaced",
            root=root if gap else "",
        )
    number = low + 1 + index
    line = case.outline.line_at(before.heading_span.start)
    ordinal = _marker_shown(line, number) if line else chinese(number) + "、"
    start = section.heading_span.start
    change = Change(Span(start, start), ordinal)
    return Fault(section.heading_span, {**values, "ordinal": ordinal}, others, change=change, root=root)


def _value(section: Section) -> int | None:
    digits = re.search(r"[一二三四五六七八九十]+|\d+", section.number)
    return numeral(digits.group()) if digits else None


def marker_width(case: Case, card: Card) -> Iterator[Fault]:
    """An ordinal whose two brackets differ in width, or that differs from its siblings."""
    if "(" not in case.text and ")" not in case.text:
        return
    marked = [line for line in case.headings if line.marker.startswith("（") and "）" in line.marker]
    shapes = {line.index: _brackets(case, line) for line in marked}
    count = Counter(shapes.values())
    full, half = count["（）"], count["()"]
    for line in marked:
        shape = shapes[line.index]
        mixed = shape in ("(）", "（)")
        odd = (shape == "()" and full >= 2 and full > half) or (shape == "（）" and half >= 2 and half > full)
        if not mixed and not odd:
            continue
        length = line.marker.index("）") + 1
        span = case.span(line.start, line.start + length)
        wide = not (half > full)
        inner = line.marker[1 : length - 1]
        better = f"（{inner}）" if wide else f"({inner})"
        sibling = next((other for other in marked if shapes[other.index] == ("（）" if wide else "()")), None)
        others = (
            (Other(case.span(sibling.start, sibling.start + sibling.marker.index("）") + 1), "同级写法"),)
            if sibling
            else ()
        )
        yield Fault(span, {"better": better}, others, change=Change(span, better))


def _brackets(case: Case, line: Line) -> str:
    """The two brackets of an ordinal as printed."""
    close = line.start + line.marker.index("）")
    return case.text[case.origin[line.start]] + case.text[case.origin[close]]


KINDS: dict[str, Kind] = {
    "heading_sequence": Kind(heading_sequence),
    "heading_number_missing": Kind(heading_number_missing, {"longest": 12}),
    "marker_width": Kind(marker_width),
}
