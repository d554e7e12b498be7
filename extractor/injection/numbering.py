"""Ordinals: lost, jumping, of two widths, of two styles, with the wrong mark (N01–N05)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.injection.damage import Damage, Edit, Ways, put
from extractor.injection.scene import Scene, renumbered
from extractor.model import Line, Span

_HAN = "一二三四五六七八九十"
_PROSE = 6  # the level of 一是, 二是


def _numbered(scene: Scene, level: int) -> list[list[Line]]:
    """Runs of lines of one level that count 1, 2, 3 … under one heading."""
    runs: list[list[Line]] = []
    for line in scene.body:
        if line.level == level and line.number:
            if line.number == 1:
                runs.append([line])
            elif runs and line.number == len(runs[-1]) + 1 and line.zone == runs[-1][0].zone:
                runs[-1].append(line)
            else:
                runs.append([])
        elif 0 < line.level < level and runs:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _marker(scene: Scene, line: Line) -> Span:
    """The ordinal as printed, blanks in front left out."""
    printed = scene.quote(line.span)
    start = line.span.start + len(printed) - len(printed.lstrip())
    rest = line.marker
    end = start
    for char in scene.text[start : line.span.end]:
        if not rest:
            break
        end += 1
        if not char.isspace():
            rest = rest[1:]
    return Span(start, end)


def _number(scene: Scene, line: Line) -> Span | None:
    marker = _marker(scene, line)
    match = re.search(rf"[{_HAN}]+|\d+", scene.quote(marker))
    return Span(marker.start + match.start(), marker.start + match.end()) if match else None


def _named(scene: Scene) -> Iterator[Line]:
    """First-level headings of the section lexicon that stand alone on their line between two numbered ones."""
    sections = [s for s in scene.notice.manuscript.outline.sections if s.heading_span and s.number]
    lines = {line.span.start: line for line in scene.body if line.level}
    for before, section, after in zip(sections, sections[1:], sections[2:], strict=False):
        line = lines.get(section.heading_span.start) if section.heading_span else None
        if line and before.zone == section.zone == after.zone:
            words = scene.text[_marker(scene, line).end : line.span.end].strip()
            if len(words) <= 12 and scene.rules.sections.exact(words):
                yield line


def heading_stripped(scene: Scene) -> Iterator[Damage]:
    """A heading loses its ordinal: 宣传重点 between 三、 and 五、."""
    for line in _named(scene):
        marker = _marker(scene, line)
        yield Damage((Edit(marker.start, marker.end, ""),), (), (Span(marker.end, line.span.end),))


def heading_indented(scene: Scene) -> Iterator[Damage]:
    """The ordinal gave way to two blanks."""
    for line in _named(scene):
        marker = _marker(scene, line)
        yield Damage((Edit(marker.start, marker.end, "　　"),), (), (Span(marker.end, line.span.end),))


def heading_put_between(scene: Scene) -> Iterator[Damage]:
    """A heading without ordinal put between two numbered ones that count on."""
    held = {section.canonical for section in scene.notice.manuscript.outline.sections}
    if "宣传重点" in held:
        return
    for run in _numbered(scene, 1):
        for line in run[1:]:
            at = line.span.start
            yield put(at, "⟦宣传重点⟧\n宣传法律法规和惠民政策，普及安全、健康、文明的生活方式。\n")


# -- gaps


def _renumber(scene: Scene, level: int, step: int) -> Iterator[Damage]:
    for run in _numbered(scene, level):
        for before, line in pairwise(run):
            if line is run[-1] and step < 0 and len(run) < 3:
                continue
            number, value = _number(scene, line), line.number + step
            if number and value > 0 and value != line.number and value != before.number - 1 + 2 * (step == 0):
                words = re.search(rf"[{_HAN}]+|\d+", renumbered(line.marker, value))
                if words:
                    follows = ("N01", "N04")
                    yield Damage((Edit(number.start, number.end, words.group()),), (), (), follows)


def section_skipped(scene: Scene) -> Iterator[Damage]:
    """三、 typed as 四、."""
    yield from _renumber(scene, 1, 1)


def section_repeated(scene: Scene) -> Iterator[Damage]:
    yield from _renumber(scene, 1, -1)


def item_skipped(scene: Scene) -> Iterator[Damage]:
    for level in (2, 3):
        yield from _renumber(scene, level, 1)


def item_repeated(scene: Scene) -> Iterator[Damage]:
    for level in (2, 3):
        yield from _renumber(scene, level, -1)


def _without_item(scene: Scene, first: bool) -> Iterator[Damage]:
    for level in (2, 3):
        for run in _numbered(scene, level):
            for line, after in pairwise(run[:2] if first else run[1:]):
                item = scene.notice.manuscript.outline.item_at(_marker(scene, line).start)
                if item and abs(scene.trimmed(item.span).end + 1 - after.span.start) <= 3:
                    cut = Edit(line.span.start, after.span.start, "")
                    yield Damage((cut,), (), (_marker(scene, after),), ("U03", "N06"))


def item_removed(scene: Scene) -> Iterator[Damage]:
    """An item taken out of the middle without counting anew."""
    yield from _without_item(scene, False)


def first_item_removed(scene: Scene) -> Iterator[Damage]:
    """The first item taken out: the list begins with （二）."""
    yield from _without_item(scene, True)


# -- widths


def _brackets(scene: Scene) -> list[Line]:
    found = []
    for run in [*_numbered(scene, 2), *_numbered(scene, 4)]:
        words = [scene.quote(_marker(scene, line)) for line in run]
        if all(re.fullmatch(rf"（[{_HAN}\d]+）", word) for word in words):
            found += run
    return found


def open_half(scene: Scene) -> Iterator[Damage]:
    """(四）"""
    for line in _brackets(scene):
        marker = _marker(scene, line)
        yield Damage((Edit(marker.start, marker.start + 1, "("),))


def close_half(scene: Scene) -> Iterator[Damage]:
    """（四)"""
    for line in _brackets(scene):
        marker = _marker(scene, line)
        yield Damage((Edit(marker.end - 1, marker.end, ")"),))


def both_half(scene: Scene) -> Iterator[Damage]:
    """(四) among siblings with full-width brackets."""
    lines = _brackets(scene)
    for line in lines if len(lines) > 3 else ():
        marker = _marker(scene, line)
        yield Damage((Edit(marker.start, marker.end, f"({scene.quote(marker)[1:-1]})"),))


# -- styles


def point_for_pause(scene: Scene) -> Iterator[Damage]:
    """三． among 一、 二、: the style of the level, and a wrong mark."""
    for run in _numbered(scene, 1):
        for line in run[1:]:
            marker = _marker(scene, line)
            if scene.quote(marker).endswith("、"):
                for mark in ".．":
                    yield Damage((Edit(marker.end - 1, marker.end, mark),), ("N04", "N05"))


def arabic_above_han(scene: Scene) -> Iterator[Damage]:
    """The first level counted 1. 2. 3. and （一）below it."""
    runs = [run for run in _numbered(scene, 1) if all(line.marker[0] in _HAN for line in run)]
    if len(runs) != 1 or not _numbered(scene, 2) or _numbered(scene, 3):
        return
    if len(runs[0]) != sum(line.level == 1 for line in scene.body):
        return  # a number is missing: only half of the level would be counted anew
    edits = []
    for line in runs[0]:
        marker = _marker(scene, line)
        edits.append(Edit(marker.start, marker.end, f"{line.number}.", quiet=True))
    places = tuple(_marker(scene, line) for line in scene.body if line.level == 2)
    yield Damage(tuple(edits), (), places)


def item_in_arabic(scene: Scene) -> Iterator[Damage]:
    """3. among （一） （二） （四）: a style of its own, and a gap."""
    for run in _numbered(scene, 2):
        for line in run[1:-1]:
            marker = _marker(scene, line)
            if scene.quote(marker).startswith("（"):
                after = run[line.number]
                yield Damage(
                    (Edit(marker.start, marker.end, f"{line.number}."),),
                    ("N04", "N02"),
                    (_marker(scene, after),),
                )


# -- marks behind


def pause_behind_brackets(scene: Scene) -> Iterator[Damage]:
    """（一）、"""
    for line in _brackets(scene):
        yield put(_marker(scene, line).end, "、")


def point_behind_brackets(scene: Scene) -> Iterator[Damage]:
    """（一）．"""
    for line in _brackets(scene):
        yield put(_marker(scene, line).end, "．")


def pause_behind_arabic(scene: Scene) -> Iterator[Damage]:
    """1、 among 1. 2."""
    for run in _numbered(scene, 3):
        for line in run:
            marker = _marker(scene, line)
            if re.fullmatch(r"\d+[.．]", scene.quote(marker)):
                yield Damage((Edit(marker.end - 1, marker.end, "、"),))


def arabic_list_with_pause(scene: Scene) -> Iterator[Damage]:
    """A list 1、 2、 put below a paragraph."""
    if not _numbered(scene, 3):
        for offset in scene.prose:
            yield put(
                offset,
                "具体步骤如下。\n⟦1、⟧组织学习。各单位集中学习一次。\n⟦2、⟧开展自查。各单位对照清单逐项自查。",
            )


def first_with_pause(scene: Scene) -> Iterator[Damage]:
    """第一、 for 第一，"""
    for offset in scene.prose:
        yield put(
            offset, "要做到以下几点。\n⟦第一、⟧压实责任，明确专人负责。\n⟦第二、⟧搞好衔接，注意方式方法。"
        )


def circled_with_pause(scene: Scene) -> Iterator[Damage]:
    """①、"""
    for offset in scene.prose:
        yield put(
            offset,
            "具体步骤如下。\n⟦①、⟧组织学习。各单位集中学习一次。\n⟦②、⟧开展自查。各单位对照清单逐项自查。",
        )


WAYS: Ways = {
    "N01": {
        "heading_stripped": heading_stripped,
        "heading_indented": heading_indented,
        "heading_put_between": heading_put_between,
    },
    "N02": {
        "section_skipped": section_skipped,
        "section_repeated": section_repeated,
        "item_skipped": item_skipped,
        "item_repeated": item_repeated,
        "item_removed": item_removed,
        "first_item_removed": first_item_removed,
    },
    "N03": {"open_half": open_half, "close_half": close_half, "both_half": both_half},
    "N04": {
        "point_for_pause": point_for_pause,
        "arabic_above_han": arabic_above_han,
        "item_in_arabic": item_in_arabic,
    },
    "N05": {
        "pause_behind_brackets": pause_behind_brackets,
        "point_behind_brackets": point_behind_brackets,
        "pause_behind_arabic": pause_behind_arabic,
        "arabic_list_with_pause": arabic_list_with_pause,
        "first_with_pause": first_with_pause,
        "circled_with_pause": circled_with_pause,
    },
}
