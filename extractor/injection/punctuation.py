"""Marks that stand in pairs, of two widths, doubled, missing (P01 P02 P03 P09 P10 P11)."""

import itertools
import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.scene import Scene
from extractor.model import Line, Span

_HAN = "[一-龥]"


def _prose(scene: Scene) -> Iterator[Span]:
    """Paragraphs and headed items of running text."""
    for line in scene.body:
        words = scene.quote(line.span)
        if len(words) > 15 and "\t" not in words and re.search(r"[。；]\s*$", words):
            yield scene.trimmed(line.span)


def _found(scene: Scene, pattern: str) -> Iterator[re.Match[str]]:
    for span in _prose(scene):
        yield from scene.matches(pattern, span)


def _pairs(scene: Scene, opening: str, closing: str, *, first: bool) -> Iterator[Damage]:
    """One mark of a pair that opens and closes in one line, gone."""
    pattern = f"{opening}[^{opening}{closing}\n“”《》（）]{{2,40}}{closing}"
    for match in _found(scene, pattern):
        if re.match(r"[（(][一二三四五六七八九十\d]+[）)]", match.group()):
            continue
        at = match.start() if first else match.end() - 1
        yield Damage((Edit(at, at + 1, ""),), (), (Span(*match.span()),), ("A07", "T03", "U08", "P02"))


def closing_quote_lost(scene: Scene) -> Iterator[Damage]:
    yield from _pairs(scene, "“", "”", first=False)


def opening_quote_lost(scene: Scene) -> Iterator[Damage]:
    yield from _pairs(scene, "“", "”", first=True)


def title_mark_lost(scene: Scene) -> Iterator[Damage]:
    yield from _pairs(scene, "《", "》", first=True)
    yield from _pairs(scene, "《", "》", first=False)


def bracket_lost(scene: Scene) -> Iterator[Damage]:
    yield from _pairs(scene, "（", "）", first=True)
    yield from _pairs(scene, "（", "）", first=False)


def pair_said(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "大力弘扬⟦“敬业奉献、友善互助⟧的社会风尚。",
        "对照⟦《志愿服务条例⟧规定，规范服务行为。",
        "设置咨询台⟦（含便民服务点⟧，方便群众办事。",
        "各单位要⟦落实责任》⟧，确保实效。",
        "办好⟦便民服务点）⟧，方便群众办事。",
    )


def _half(scene: Scene, mark: str, half: str) -> Iterator[Damage]:
    for match in _found(scene, f"(?<={_HAN}){mark}(?={_HAN})"):
        yield swap(Span(*match.span()), half, follows=("N10", "D01", "C01", "U05", "U08", "P10", "D15"))


def comma_half(scene: Scene) -> Iterator[Damage]:
    yield from _half(scene, "，", ",")


def semicolon_half(scene: Scene) -> Iterator[Damage]:
    yield from _half(scene, "；", ";")


def colon_half(scene: Scene) -> Iterator[Damage]:
    yield from _half(scene, "：", ":")


def brackets_half(scene: Scene) -> Iterator[Damage]:
    for match in _found(scene, r"（[^（）\n]{2,30}）"):
        words = match.group()[1:-1]
        if re.search(_HAN, words) and not re.fullmatch("[一二三四五六七八九十]+", words):
            yield swap(Span(*match.span()), f"({words})", follows=("D02",))


def one_bracket_half(scene: Scene) -> Iterator[Damage]:
    for match in _found(scene, r"（[^（）\n]{2,30}）"):
        words = match.group()[1:-1]
        if re.search(_HAN, words) and not re.fullmatch("[一二三四五六七八九十]+", words):
            yield Damage((Edit(match.start(), match.start() + 1, "("),), (), (Span(*match.span()),), ("P01",))
            yield Damage((Edit(match.end() - 1, match.end(), ")"),), (), (Span(*match.span()),), ("P01",))


def half_said(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "各单位要高度⟦重视,加强⟧配合。",
        "设便民服务点⟦(含咨询台)⟧两处。",
        "明确任务⟦分工;细化⟧措施。",
        "你准备⟦好了吗?让⟧我们一起行动。",
        "便民服务⟦（含咨询)⟧持续开展。",
    )


def pause_between(scene: Scene) -> Iterator[Damage]:
    """、 put between two quotations or two titles that stand side by side."""
    for match in _found(scene, r"(?<=[”》])(?=[“《])"):
        yield put(match.start(), "、")


def pause_said(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "广泛宣传⟦《志愿服务条例》、《慈善法》⟧等法律法规。",
        "开展⟦“敬老月”、“爱心家园”⟧等品牌活动。",
        "打造⟦“微课堂”、“云展厅”、“周末大讲堂”⟧品牌。",
    )


def organs_run_together(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "认真贯彻⟦党中央、国务院省委、省政府⟧决策部署。",
        "落实⟦省委、省政府市委、市政府⟧工作要求。",
        "按照⟦市委、市政府县委、县政府⟧统一安排。",
        "按照⟦国务院省委⟧要求，抓好落实。",
    )


def list_run_together(scene: Scene) -> Iterator[Damage]:
    """、 lost between two bodies of a labelled list."""
    for match in scene.matches(r"单位：[^\n。；]+"):
        for pause in scene.matches("(?<=[局委])、(?=[省市区县州][一-龥]{2,8}[局委])", Span(*match.span())):
            yield Damage(
                (Edit(*pause.span(), ""),),
                (),
                (Span(pause.start() - 3, pause.end() + 3),),
                ("U03", "U08", "U04"),
            )


def new_list_run_together(scene: Scene) -> Iterator[Damage]:
    region = scene.fields.region.name or ""
    prefix = region[-1:] if region[-1:] in "省市区县州" else "市"
    for slot in scene.slots("活动安排"):
        for words in (
            f"责任单位：{prefix}教育局、⟦{prefix}民政局{prefix}司法局⟧、{prefix}公安局。",
            f"配合单位：⟦{prefix}财政局{prefix}水利局⟧、{prefix}农业农村局。",
            f"责任单位：{prefix}公安局、⟦{prefix}卫生健康委{prefix}商务局⟧。",
        ):
            yield put(
                slot.offset,
                f"\n{slot.marker}邻里互助行动。组织志愿者上门走访。\n{words}",
                follows=("U03", "U05"),
            )


def _before_heading(scene: Scene) -> Iterator[tuple[Line, Span]]:
    """Paragraphs that end in 。 right above a heading."""
    lines = scene.body
    for line, after in itertools.pairwise(lines):
        span = scene.trimmed(line.span)
        words = scene.quote(span)
        labelled = re.match(r"[^，。：]{2,12}：|联系|电话", words)
        running = (
            words.endswith("。")
            and words[-2] not in "”》"
            and len(span) > 26
            and line.level == 0
            and "，" in words
        )
        if running and after.level and not labelled:
            yield line, span


def stop_lost(scene: Scene) -> Iterator[Damage]:
    for _, span in _before_heading(scene):
        yield Damage(
            (Edit(span.end - 1, span.end, ""),), (), (Span(span.end - 6, span.end - 1),), ("N01", "N02")
        )


def paragraph_without_stop(scene: Scene) -> Iterator[Damage]:
    """A further paragraph above a heading, without its last mark."""
    lines = scene.body
    for line, after in itertools.pairwise(lines):
        if after.level == 1 and scene.prosaic(line):
            words = "各单位要加强沟通衔接，认真抓好任务落实，⟦确保活动取得实效⟧"
            yield put(scene.trimmed(line.span).end, f"\n{words}", follows=("N01", "N02"))


def separator_differs(scene: Scene) -> Iterator[Damage]:
    """；between owner and supporters everywhere, 。 once."""
    found = list(
        scene.matches(r"(?:责任|牵头|主办)单位：[^\n：。；]+(?P<mark>[。；，])(?:配合|协办|参与)单位：")
    )
    marks = {match["mark"] for match in found}
    if len(found) >= 3 and len(marks) == 1:
        for match in found:
            for mark in "。；，":
                if mark not in marks:
                    yield swap(Span(*match.span("mark")), mark, follows=("U08",))


def _doubled(scene: Scene, mark: str, words: str) -> Iterator[Damage]:
    for match in _found(scene, f"(?<={_HAN}){mark}"):
        if re.search(
            r"(?:^|[。；\n])[\s　]*(?:第?[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]是)$",
            scene.text[: match.start()][-12:],
        ):
            continue  # the mark of an ordinal
        yield swap(Span(*match.span()), words)


def comma_twice(scene: Scene) -> Iterator[Damage]:
    yield from _doubled(scene, "，", "，，")
    yield from _doubled(scene, "、", "、、")


def stop_twice(scene: Scene) -> Iterator[Damage]:
    yield from _doubled(scene, "。", "。。")
    yield from _doubled(scene, "；", "；；")


def two_marks(scene: Scene) -> Iterator[Damage]:
    yield from _doubled(scene, "，", "、，")
    yield from _doubled(scene, "。", "，。")
    yield from _doubled(scene, "。", "；。")
    yield from _doubled(scene, "、", "，、")


def straight_quotes(scene: Scene) -> Iterator[Damage]:
    for match in _found(scene, r"“[^“”\n]{2,30}”"):
        yield swap(Span(*match.span()), f'"{match.group()[1:-1]}"', follows=("P01", "A07", "T02"))


def quotes_reversed(scene: Scene) -> Iterator[Damage]:
    """”…“ and “…“."""
    for match in _found(scene, r"“[^“”\n]{2,30}”"):
        words = match.group()[1:-1]
        yield swap(Span(*match.span()), f"”{words}“", "P11", "P01")
        yield swap(Span(*match.span()), f"“{words}“", "P11", "P01")


WAYS: Ways = {
    "P01": {
        "closing_quote_lost": closing_quote_lost,
        "opening_quote_lost": opening_quote_lost,
        "title_mark_lost": title_mark_lost,
        "bracket_lost": bracket_lost,
        "pair_said": pair_said,
    },
    "P02": {
        "comma_half": comma_half,
        "semicolon_half": semicolon_half,
        "colon_half": colon_half,
        "brackets_half": brackets_half,
        "one_bracket_half": one_bracket_half,
        "half_said": half_said,
    },
    "P03": {"pause_between": pause_between, "pause_said": pause_said},
    "P09": {
        "organs_run_together": organs_run_together,
        "list_run_together": list_run_together,
        "new_list_run_together": new_list_run_together,
    },
    "P10": {
        "stop_lost": stop_lost,
        "paragraph_without_stop": paragraph_without_stop,
        "separator_differs": separator_differs,
    },
    "P11": {
        "comma_twice": comma_twice,
        "stop_twice": stop_twice,
        "two_marks": two_marks,
        "straight_quotes": straight_quotes,
        "quotes_reversed": quotes_reversed,
    },
}
