"""Dashes, look-alike characters, day names and blanks (P04–P08)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.punctuation import _HAN, _found
from extractor.injection.scene import Scene, worded
from extractor.model import Span


def _dashed(scene: Scene, dash: str) -> Iterator[Damage]:
    for span in scene.ranges():
        words = scene.text[span.first.start : span.last.end]
        if scene.zone(span.span.start) in ("body", "plan") and words.count("\n") == 0:
            yield Damage((Edit(span.dash.start, span.dash.end, dash),), (), (), ("D04", "D11"))


def hyphen_between_days(scene: Scene) -> Iterator[Damage]:
    yield from _dashed(scene, "-")
    yield from _dashed(scene, "－")


def double_dash_between_days(scene: Scene) -> Iterator[Damage]:
    yield from _dashed(scene, "——")


def hyphen_between_years(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "落实《青河市志愿服务规划（⟦2021-2025年⟧）》部署。",
        "总结⟦2018年-2020年⟧的做法。",
        "落实《青河市志愿服务规划（⟦2021－2025年⟧）》部署。",
        "分析⟦2019——2021年⟧的变化。",
    )


def hyphen_between_hours(scene: Scene) -> Iterator[Damage]:
    if scene.window:
        day = worded(scene.window[0], False)
        yield from said(
            scene,
            f"{day}⟦9:00-11:30⟧，在广场设咨询台。",
            f"{day}⟦上午9:00－11:00⟧，在广场设咨询台。",
            follows=("D12", "D11", "D04"),
        )


def _from(scene: Scene, word: str, dash: str) -> Iterator[Damage]:
    for span in scene.ranges("campaign_period", "activity"):
        before = scene.text[span.span.start - 1]
        if scene.zone(span.span.start) in ("body", "plan") and before in "，。：\n；":
            start = span.span.start
            yield Damage(
                (Edit(start, start, word), Edit(span.dash.start, span.dash.end, dash)),
                (),
                (),
                ("D04", "D11", "P04"),
            )


def from_with_dash(scene: Scene) -> Iterator[Damage]:
    yield from _from(scene, "从", "—")


def since_with_dash(scene: Scene) -> Iterator[Damage]:
    yield from _from(scene, "自", "—")


def from_with_wave(scene: Scene) -> Iterator[Damage]:
    yield from _from(scene, "从", "～")


def colon_lookalike(scene: Scene) -> Iterator[Damage]:
    """︰ in a time of day."""
    for match in scene.matches(r"(?<=\d):(?=\d\d)"):
        if scene.zone(match.start()) in ("body", "plan"):
            yield swap(Span(*match.span()), "︰")
    if scene.window:
        day = worded(scene.window[0], False)
        yield from said(scene, f"{day}⟦上午9︰00⟧，在广场设咨询台。", follows=("D12", "D11", "D04"))


def wide_figures(scene: Scene) -> Iterator[Damage]:
    """Full-width figures in a date."""
    for day in scene.days():
        if scene.zone(day.span.start) in ("body", "plan"):
            words = scene.quote(day.number)
            wide = "".join(chr(ord(figure) + 0xFEE0) for figure in words)
            yield swap(day.number, wide)


def letter_in_year(scene: Scene) -> Iterator[Damage]:
    """2O23年"""
    for match in scene.matches(r"20(?=[12]\d年)"):
        if scene.zone(match.start()) in ("body", "plan", "signature"):
            yield Damage(
                (Edit(match.start() + 1, match.end(), "O"),),
                (),
                (),
                ("F04", "F03", "D03", "D02", "A07", "A02"),
            )


def letter_for_one(scene: Scene) -> Iterator[Damage]:
    """l5日 for 15日"""
    for day in scene.days("activity", "deadline"):
        if re.match(r"1\d", scene.quote(day.number)):
            start = day.number.start
            yield Damage((Edit(start, start + 1, "l"),), (), (), ("C01", "D07", "D06"))


def radical(scene: Scene) -> Iterator[Damage]:
    """⽇ (a radical's code point) for 日 and its like."""
    for char, other in (
        ("日", "⽇"),
        ("月", "⽉"),
        ("人", "⼈"),
        ("大", "⼤"),
        ("工", "⼯"),
        ("力", "⼒"),
        ("文", "⽂"),
        ("生", "⽣"),
    ):
        for match in _found(scene, char):
            if not scene.titled(match.start()):
                yield swap(Span(*match.span()), other)


def dot_said(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "围绕⟦4.26⟧世界知识产权日开展宣传。",
        "结合⟦12.4⟧国家宪法日开展宣传。",
        "抓住⟦5.12⟧全国防灾减灾日等时间节点。",
        "利用“⟦3.15⟧”国际消费者权益日开展宣传。",
        "利用⟦4．15⟧全民国家安全教育日开展宣传。",
        follows=("T01", "T08"),
    )


def dot_for_middle_dot(scene: Scene) -> Iterator[Damage]:
    for match in scene.matches(r"(?<=\d)·(?=\d)"):
        if scene.zone(match.start()) in ("body", "plan"):
            yield swap(Span(*match.span()), ".")
            yield swap(Span(*match.span()), "．")


def blank_round_figures(scene: Scene) -> Iterator[Damage]:
    for match in _found(scene, r"(?<=[一-龥，。])(?=\d{1,4}[年月日人个家场])"):
        start = scene.text.rfind("\n", 0, match.start()) + 1
        if not re.search(
            r"[ \u3000]", scene.text[start : match.start()]
        ):  # told once a paragraph, at its first blank
            yield put(match.start(), " ")


def blank_between_words(scene: Scene) -> Iterator[Damage]:
    for span in scene.paragraphs:
        for match in scene.matches(f"(?<={_HAN}{{4}})(?={_HAN}{{4}})", span):
            blank = re.search(r"[ \u3000]", scene.text[span.start : match.start()])
            if match.start() - span.start > 6 and not blank and not scene.titled(match.start()):
                yield put(match.start(), " ")
                yield put(match.start(), "　")
                break


WAYS: Ways = {
    "P04": {
        "hyphen_between_days": hyphen_between_days,
        "double_dash_between_days": double_dash_between_days,
        "hyphen_between_years": hyphen_between_years,
        "hyphen_between_hours": hyphen_between_hours,
    },
    "P05": {
        "from_with_dash": from_with_dash,
        "since_with_dash": since_with_dash,
        "from_with_wave": from_with_wave,
    },
    "P06": {
        "colon_lookalike": colon_lookalike,
        "wide_figures": wide_figures,
        "letter_in_year": letter_in_year,
        "letter_for_one": letter_for_one,
        "radical": radical,
    },
    "P07": {"dot_said": dot_said, "dot_for_middle_dot": dot_for_middle_dot},
    "P08": {"blank_round_figures": blank_round_figures, "blank_between_words": blank_between_words},
}
