"""Sections: missing, empty (N06 N10)."""

import itertools
import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, swap
from extractor.injection.items import _sections
from extractor.injection.scene import Scene, renumbered
from extractor.model import Span
from extractor.rulebook.campaigns import bare


def _removed(scene: Scene, kind: str) -> Iterator[Damage]:
    """A section taken out, the later ones counted anew."""
    sections = _sections(scene)
    title = scene.parts.get("plan_title") or scene.parts.get("title")
    lines = {line.span.start: line for line in scene.body}
    if not _a_plan(scene):
        return
    for index, section in enumerate(sections[:-1]):
        head = section.heading_span
        after = sections[index + 1].heading_span
        if section.kinds != (kind,) or head is None or after is None or title is None or not section.number:
            continue
        if len(sections) < 4 or section.zone != sections[index + 1].zone:
            continue
        edits = [Edit(head.start, after.start, "")]
        for later in sections[index + 1 :]:
            line = lines.get(later.heading_span.start) if later.heading_span else None
            if line is None or not line.marker or later.zone != section.zone:
                break
            words = renumbered(line.marker, line.number - 1)
            if words == line.marker:
                break  # Roman figures
            edits.append(Edit(line.span.start, line.span.start + len(line.marker), words, quiet=True))
        else:
            yield Damage(tuple(edits), (), (title,), ("D10", "D11", "D05", "T02"))


def _a_plan(scene: Scene) -> bool:
    """A known campaign's plan with at least three of its four usual sections."""
    kinds = {kind for section in _sections(scene) for kind in section.kinds}
    return scene.campaign is not None and len(kinds & {"活动时间", "活动主题", "活动安排", "工作要求"}) >= 3


def without_theme(scene: Scene) -> Iterator[Damage]:
    theme = bare(scene.fields.theme or "")
    if theme and bare(scene.text).count(theme) == 1 and scene.text.count("主题") == 1:
        yield from _removed(scene, "活动主题")


def without_time(scene: Scene) -> Iterator[Damage]:
    """No word left that states the days of the campaign."""
    periods = [row for row in scene.tables.dates if row.role == "campaign_period"]
    others = [span for span in scene.ranges() if span.row.role not in ("campaign_period", "activity")]
    if len(periods) == 1 and not others and not re.search(r"[上中下]旬|活动期间|宣传[周月]时间", scene.text):
        yield from _removed(scene, "活动时间")


def without_requirements(scene: Scene) -> Iterator[Damage]:
    """The last section, with all that it asks, taken out."""
    sections = _sections(scene)
    title = scene.parts.get("plan_title") or scene.parts.get("title")
    last = sections[-1] if sections else None
    if (
        _a_plan(scene)
        and last
        and last.heading_span
        and title
        and last.kinds == ("工作要求",)
        and len(sections) > 3
    ):
        end = scene.trimmed(last.span).end
        start = last.heading_span.start - 1
        yield Damage((Edit(start, end, ""),), (), (title,), ("C01", "U03"))


def time_promised(scene: Scene) -> Iterator[Damage]:
    """时间安排和活动内容 over a section without any day."""
    for section in _sections(scene):
        head = section.heading_span
        if head and section.kinds == ("活动安排",) and len(section.span) > 30:
            inside = [row for row in scene.tables.dates if section.span.covers(row.span)]
            line = scene.notice.manuscript.outline.line_at(head.start)
            if not inside and line and line.marker:
                yield swap(Span(head.start + len(line.marker), head.end), "时间安排和活动内容")


def times_taken_out(scene: Scene) -> Iterator[Damage]:
    """时间安排和活动内容 over items whose days were taken out."""
    for section in _sections(scene):
        head = section.heading_span
        line = scene.notice.manuscript.outline.line_at(head.start) if head else None
        if head is None or line is None or not line.marker or section.kinds != ("活动安排",):
            continue
        rows = [row for row in scene.tables.dates if section.span.covers(row.span)]
        if (
            rows
            and all(row.form in ("day", "range") for row in rows)
            and "时间" not in scene.quote(section.span)
        ):
            edits = [Edit(head.start + len(line.marker), head.end, "时间安排和活动内容")]
            for row in rows:
                end = row.span.end + (scene.text[row.span.end : row.span.end + 1] == "，")
                edits.append(Edit(row.span.start, end, "", quiet=True))
            yield Damage(tuple(edits), (), (), ("N10",))


def section_emptied(scene: Scene) -> Iterator[Damage]:
    """A heading right above the next."""
    sections = _sections(scene)
    for section, after in itertools.pairwise(sections):
        head, below = section.heading_span, after.heading_span
        titled = head is not None and len(head) < 20 and "。" not in scene.quote(head)
        short = titled and section.number and after.number
        if (
            head
            and below
            and short
            and section.zone == after.zone
            and len(section.span)
            and section.canonical != "其他"
        ):
            end = scene.trimmed(section.span).end
            start = scene.trimmed(head).end
            yield Damage((Edit(start, end, ""),), (), (head,), ("N06", "T02", "D11", "A05"))


def section_put_in(scene: Scene) -> Iterator[Damage]:
    """A further heading with nothing below it, the later ones counted anew."""
    sections = _sections(scene)
    lines = {line.span.start: line for line in scene.body}
    if len(sections) > 2 and not any("组织领导" in section.kinds for section in sections):
        edits = []
        for section in sections[1:]:
            line = lines.get(section.heading_span.start) if section.heading_span else None
            if line is None or not line.marker or section.zone != sections[1].zone:
                return
            if renumbered(line.marker, line.number + 1) == line.marker:
                return  # Roman figures
            edits.append((line, renumbered(line.marker, line.number + 1)))
        first = edits[0][0]
        yield Damage(
            (
                Edit(first.span.start, first.span.start, f"{first.marker}⟦组织领导⟧\n"),
                *(
                    Edit(line.span.start, line.span.start + len(line.marker), words, quiet=True)
                    for line, words in edits
                ),
            )
        )


def label_left_empty(scene: Scene) -> Iterator[Damage]:
    """联系电话： with nothing behind it at the end of the notice."""
    end = scene.last_of_body
    if end:
        for label in ("联系电话：", "联系人：", "电子邮箱："):
            yield put(end, f"\n⟦{label}⟧")


def label_emptied(scene: Scene) -> Iterator[Damage]:
    """责任单位： whose units were taken out."""
    for line in scene.body:
        words = scene.quote(line.span)
        match = re.match(r"\s*(?:责任单位|牵头单位|配合单位|时间|活动时间|地点|活动地点)：", words)
        if match and line.index + 1 < len(scene.lines) and "单位：" not in words[match.end() :]:
            below = scene.lines[line.index + 1]
            if below.level or re.match(r"\s*[^，。：]{2,8}：", scene.quote(below.span)):
                start = line.span.start + match.end()
                end = scene.trimmed(line.span).end
                yield Damage(
                    (Edit(start, end, ""),), (), (Span(line.span.start, start),), ("U05", "D10", "D11")
                )


WAYS: Ways = {
    "N06": {
        "without_theme": without_theme,
        "without_time": without_time,
        "without_requirements": without_requirements,
        "time_promised": time_promised,
        "times_taken_out": times_taken_out,
    },
    "N10": {
        "section_emptied": section_emptied,
        "section_put_in": section_put_in,
        "label_left_empty": label_left_empty,
        "label_emptied": label_emptied,
    },
}
