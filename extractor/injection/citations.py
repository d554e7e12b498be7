"""Documents cited: short titles, numbers, titles in titles (A05 A06 A08 A09)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span


def short_without_long(scene: Scene) -> Iterator[Damage]:
    for word in ("规划", "纲要", "条例", "办法", "意见"):
        if f"{word}》" not in scene.text and word not in (scene.fields.title or ""):
            yield from said(scene, f"持续宣传⟦《{word}》⟧落实情况。", f"认真学习⟦《{word}》⟧，领会精神实质。")


def short_for_two(scene: Scene) -> Iterator[Damage]:
    """A short title that could stand for two documents."""
    for word in ("规划", "纲要", "意见"):
        if f"{word}》" not in scene.text and word not in (scene.fields.title or ""):
            yield from said(
                scene,
                f"落实《全国城乡绿化{word}（2022—2030年）》和《青河市城乡绿化{word}》，持续宣传⟦《{word}》⟧落实情况。",
            )


def short_for_one(scene: Scene) -> Iterator[Damage]:
    for word in ("规划", "条例", "办法"):
        if f"{word}》" not in scene.text and word not in (scene.fields.title or ""):
            yield from said(scene, f"对照《青河市城乡绿化{word}》要求，抓好⟦《{word}》⟧贯彻落实。")


def _cited(scene: Scene, *forms: str) -> Iterator[Damage]:
    if scene.year:
        for form in forms:
            number = form.format(y=scene.year - 1, s=str(scene.year - 1)[2:], n=scene.year + 2)
            yield from said(
                scene,
                f"根据《关于加强城乡绿化工作的通知》（⟦{number}⟧）要求，统筹推进。",
                f"落实《青河市便民服务行动方案》（⟦{number}⟧）部署，明确任务分工。",
                codes=("A06",),
                follows=("P01",),
            )


def brackets_wrong(scene: Scene) -> Iterator[Damage]:
    yield from _cited(
        scene,
        "青政办发[{y}]12号",
        "青绿发【{y}】7号",
        "青市监发({y})31号",
        "青教函（{y}）5号",
        "青民发［{y}］9号",
        "青教法[{y}]4号",
        "青党组［{y}］6号",
        "青公明电【{y}】15号",
        "青司通[{y}]8号",
        "青农传（{y}）2号",
        "青卫秘({y})40号",
    )


def year_short(scene: Scene) -> Iterator[Damage]:
    yield from _cited(scene, "青政办发〔{s}〕12号", "青绿函〔{s}〕7号", "青教体[{s}]7号")


def padded(scene: Scene) -> Iterator[Damage]:
    yield from _cited(scene, "青政办发〔{y}〕012号", "青绿发〔{y}〕07号")


def with_nth(scene: Scene) -> Iterator[Damage]:
    yield from _cited(scene, "青政办发〔{y}〕第12号", "青绿发〔{y}〕第7号")


def of_a_year_to_come(scene: Scene) -> Iterator[Damage]:
    yield from _cited(scene, "青政办发〔{n}〕12号", "青绿发〔{n}〕7号")


def own_citation_spoilt(scene: Scene) -> Iterator[Damage]:
    """A number the notice cites, with other brackets."""
    for row in scene.tables.citations:
        if row.doc_number:
            for match in scene.matches(r"〔(\d{4})〕(?=\d+号)"):
                own = scene.parts.get("doc_number")
                if not (own and own.start <= match.start() < own.end):
                    yield swap(Span(*match.span()), f"[{match[1]}]", follows=("P01",))


def without_number(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "根据⟦《关于加强城乡绿化工作的通知》⟧要求，统筹推进。",
        "按照⟦《青河市便民服务行动方案》⟧部署，明确任务分工。",
        "依据⟦《关于深化志愿服务工作的意见》⟧精神，发动群众参与。",
    )


def number_taken_out(scene: Scene) -> Iterator[Damage]:
    for row in scene.tables.citations:
        if row.doc_number and row.relation in ("依据", "贯彻") and row.kind == "document":
            match = re.compile(r"\s*[（(][^（）()]*〔\d{4}〕\d+号[）)]").match(scene.text, row.span.end + 1)
            if match:
                yield Damage((Edit(*match.span(), ""),), (), (row.span,))


def vaguely(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "⟦根据上级通知精神⟧，统筹推进。",
        "⟦按照全省有关文件要求⟧，明确任务分工。",
        "⟦根据市委有关会议精神⟧，抓好落实。",
    )


def title_in_title(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "根据⟦《关于印发《城乡绿化方案》的通知》⟧（青绿发〔2010〕3号）要求，统筹推进。",
        "学习⟦《青河市贯彻《志愿服务条例》实施办法》⟧，发动群众参与。",
    )


def own_title_nested(scene: Scene) -> Iterator[Damage]:
    """A title of the notice cited whole, its inner marks left double."""
    for match in scene.matches(r"《[^《》\n]{4,40}》"):
        if scene.zone(match.start()) in ("body", "plan"):
            yield swap(
                Span(*match.span()), f"《关于印发{match.group()}的通知》", follows=("A07", "A08", "P11")
            )


WAYS: Ways = {
    "A05": {
        "short_without_long": short_without_long,
        "short_for_two": short_for_two,
        "short_for_one": short_for_one,
    },
    "A06": {
        "brackets_wrong": brackets_wrong,
        "year_short": year_short,
        "padded": padded,
        "with_nth": with_nth,
        "of_a_year_to_come": of_a_year_to_come,
        "own_citation_spoilt": own_citation_spoilt,
    },
    "A08": {"without_number": without_number, "number_taken_out": number_taken_out, "vaguely": vaguely},
    "A09": {"title_in_title": title_in_title, "own_title_nested": own_title_nested},
}
