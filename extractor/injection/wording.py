"""Words: mistyped, written twice, said twice, confused, out of place (W01–W07)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.injection.damage import Damage, Ways, put, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span
from extractor.patterns import lazy

_FILLED = {"截止": "4月", "大约": "500人", "超过": "200人", "进行": "业务培训", "共计有": "12场", "普及": "市民安全", "提高": "服务", "提升": "应急",
           "加强": "宣传", "改善": "服务", "增强": "服务"}  # fmt: skip


def _entries(scene: Scene, code: str) -> Iterator[tuple[str, str]]:
    """The wrong and the right words of a card's list; … filled with words that may stand there."""
    card = scene.rules.cards.get(code)
    rows: list[Mapping[str, Any]] = list(card.params.get("phrases", ())) if card else []
    for row in rows:
        find = str(row["find"])
        head = find.split("…", maxsplit=1)[0]
        yield find.replace("…", _FILLED.get(head, "有关工作")), str(row.get("right", ""))


def _exchanged(scene: Scene, code: str) -> Iterator[Damage]:
    """The right words of the notice typed wrongly."""
    for wrong, right in _entries(scene, code):
        for match in scene.matches(re.escape(right)) if right else ():
            inside = scene.zone(match.start()) in ("body", "plan") and not scene.titled(match.start())
            theme = scene.parts.get("theme")
            if inside and wrong not in right:
                misquoted = ("T02",) if theme and theme.overlaps(Span(*match.span())) else ()
                yield swap(Span(*match.span()), wrong, follows=("U04", "U03", "A05", *misquoted))


def _inserted(scene: Scene, code: str) -> Iterator[Damage]:
    """A sentence with the wrong words."""
    for wrong, _ in _entries(scene, code):
        core = wrong.rstrip("，")
        yield from said(
            scene,
            f"各单位要结合实际，⟦{core}⟧{'，' if wrong.endswith('，') else ''}有关事项另行安排。",
            f"同时，⟦{core}⟧{'，' if wrong.endswith('，') else '的'}情况要及时反馈。",
            follows=("D15", "T11", "W02"),
        )


def typo_for_word(scene: Scene) -> Iterator[Damage]:
    yield from _exchanged(scene, "W01")


def typo_said(scene: Scene) -> Iterator[Damage]:
    yield from _inserted(scene, "W01")


# Common slips that are put in whatever a card lists: the card's words alone would only measure its own list.
_SLIPS = (
    ("部署", "布署"), ("安装", "按装"), ("座谈会", "坐谈会"), ("防范", "防犯"), ("贯彻落实", "贯切落实"), ("领导小组", "领导小姐"), ("因地制宜", "因地治宜"),
    ("通知如下", "通知入下"), ("责任到人", "责任到入"), ("优惠券", "优惠卷"), ("签订", "签定"), ("艰苦奋斗", "坚苦奋斗"),
)  # fmt: skip


def common_slip(scene: Scene) -> Iterator[Damage]:
    for right, wrong in _SLIPS:
        for match in scene.matches(right):
            if scene.zone(match.start()) in ("body", "plan") and not scene.titled(match.start()):
                yield swap(Span(*match.span()), wrong, follows=("U04", "U03"))


_PAIR_WORDS = lazy(
    r"活动|宣传|工作|组织|开展|加强|落实|群众|单位|社区|企业|学校|安全|教育|知识|服务|检查|要求|总结|报送|推进|提高|实施|认真|积极"
)


def word_twice(scene: Scene) -> Iterator[Damage]:
    """进行进行"""
    for span in scene.paragraphs:
        for match in scene.matches(_PAIR_WORDS.pattern, span):
            if not scene.titled(match.start()) and match.group() not in ("宣传", "学习"):
                yield swap(Span(*match.span()), match.group() * 2, follows=("U04", "U03", "W04"))


def particle_twice(scene: Scene) -> Iterator[Damage]:
    """的的"""
    for span in scene.paragraphs:
        for match in scene.matches(r"(?<=[一-龥])[的和与在对为及把](?=[一-龥])", span):
            around = scene.text[match.start() - 1 : match.end() + 1]
            whole = re.search(
                r"的确|[总共饱]和|和[谐平睦]|参与|与[会时]|[现存正内所实]在|在[建校岗线职]|[应针核相]对|对[象应策待照接话比等面抗方立外内口联碰]|[成作因行认]为|为[主期了何民人]|及[时早格]|[以普涉]及|把[握关手]",
                around,
            )
            if not whole and not scene.titled(match.start()):
                yield swap(Span(*match.span()), match.group() * 2, follows=("U04", "U03"))


def phrase_twice(scene: Scene) -> Iterator[Damage]:
    """A phrase of four characters, typed twice."""
    for span in scene.paragraphs:
        for match in scene.matches(r"(?<=[，。；])[一-龥]{4}(?=[，。；、])", span):
            if len(set(match.group())) == 4:
                yield swap(Span(*match.span()), match.group() * 2)


def double_said(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "各单位要⟦认真认真⟧组织，确保活动有序。",
        "加大⟦力度力度⟧，营造良好氛围。",
        "做好群众⟦的的⟧服务工作。",
        "通过多种⟦形式形式⟧宣传惠民政策。",
        "要⟦对对⟧重点场所加强巡查。",
        "进一步提高⟦人民群众人民群众⟧的满意度。",
    )


def echoed_verb(scene: Scene) -> Iterator[Damage]:
    """为加快建设…建设营造"""
    yield from said(
        scene,
        "⟦为加快建设文明城市建设营造⟧良好氛围。",
        "⟦为推进实施乡村振兴战略实施提供⟧有力支撑。",
        "⟦为深入开展志愿服务活动开展奠定⟧坚实基础。",
        "⟦为提升基层治理能力提升注入⟧新动力。",
    )


def pleonasm(scene: Scene) -> Iterator[Damage]:
    yield from _inserted(scene, "W03")


def _campaign(scene: Scene) -> Iterator[tuple[re.Match[str], str]]:
    """The campaign's name in the running text, in a notice that names it three times or more; with its kind."""
    match = re.search(
        r"(宣传教育周|宣传周|活动周|宣传月|活动月|周|月)$", scene.campaign.name if scene.campaign else ""
    )
    if match is None or scene.campaign is None:
        return
    stem = re.sub(r"^(?:全国|国家|中国|国际)", "", scene.campaign.name[: match.start()])
    found = list(scene.matches(rf"{re.escape(stem)}{match[1]}"))
    for one in found if len(found) >= 3 and len(stem) > 1 else ():
        if scene.zone(one.start()) in ("body", "plan") and not scene.titled(one.start()):
            yield one, match[1]


_OTHER_KINDS = {"宣传周": ("活动周", "周", "宣传月"), "活动周": ("宣传周", "周"), "宣传月": ("活动月", "月", "宣传周"), "月": ("活动月", "宣传月"), "周": ("宣传周", "活动周")}  # fmt: skip


def campaign_renamed(scene: Scene) -> Iterator[Damage]:
    """One mention of the campaign under another name."""
    for match, kind in _campaign(scene):
        for other in _OTHER_KINDS.get(kind, ()):
            start = match.end() - len(kind)
            plan = scene.parts.get("plan_title")
            codes = ("W04", "A07") if plan and plan.start <= start < plan.end else ()
            yield swap(Span(start, match.end()), other, *codes, follows=("D11", "A07", "A02"))


def campaign_said(scene: Scene) -> Iterator[Damage]:
    """A sentence that calls the campaign by another name."""
    name = scene.campaign.name if scene.campaign else ""
    match = re.search(r"(宣传周|活动周|宣传月|月)$", name)
    if match is None:
        return
    stem = re.sub(r"^(?:全国|国家|中国|国际)", "", name[: match.start()])
    usual = len(list(scene.matches(rf"{re.escape(stem)}”?{match[1]}")))
    if usual >= 2 and len(stem) > 1:
        for other in _OTHER_KINDS.get(match[1], ()):
            yield from said(scene, f"各单位要及时报送⟦{stem}{other}⟧信息。", f"办好⟦{stem}{other}⟧各项活动。")


def campaign_week(scene: Scene) -> Iterator[Damage]:
    """活动周期间 where the text says 宣传周 throughout."""
    if (
        scene.campaign
        and scene.campaign.name.endswith("宣传周")
        and scene.text.count("宣传周") > 2
        and "活动周" not in scene.text
    ):
        yield from said(
            scene, "⟦活动周⟧期间，各单位要悬挂标语。", "⟦活动周⟧结束后，要认真总结经验。", follows=("D15",)
        )


def set_phrase(scene: Scene) -> Iterator[Damage]:
    """Variants of the set phrases a user's card lists."""
    card = scene.rules.cards.get("W05")
    for group in card.params.get("groups", ()) if card else ():
        for variant in list(group)[1:]:
            yield from said(scene, f"认真学习⟦{variant}⟧，推动工作落实。", f"深入领会⟦{variant}⟧精神。")


def set_phrase_beside(scene: Scene) -> Iterator[Damage]:
    """A variant beside the usual form."""
    card = scene.rules.cards.get("W05")
    for group in card.params.get("groups", ()) if card else ():
        usual, *variants = [str(words) for words in group]
        for variant in variants:
            yield from said(scene, f"学习{usual}，贯彻⟦{variant}⟧。")


def confused_word(scene: Scene) -> Iterator[Damage]:
    yield from _exchanged(scene, "W06")


def confused_said(scene: Scene) -> Iterator[Damage]:
    yield from _inserted(scene, "W06")


_FRAMES = (
    ("开展", "弘扬时代新风", "主题", "宣讲"), ("营造", "“崇德向善”", "核心", "文化氛围"), ("举办", "普及急救知识", "主题", "培训班"),
    ("组织", "“邻里守望”", "主题", "志愿服务"), ("打造", "便民利民", "宗旨", "服务品牌"), ("形成", "“共建共享”", "理念", "治理格局"),
)  # fmt: skip


def without_yi(scene: Scene) -> Iterator[Damage]:
    """开展…为主题的 without 以."""
    for verb, what, noun, act in _FRAMES:
        yield from said(scene, f"各单位要⟦{verb}{what}为{noun}的⟧{act}。")


def yi_taken_out(scene: Scene) -> Iterator[Damage]:
    """以 of 以…为主题的 taken out."""
    pattern = r"(?:开展|举办|组织|营造|打造|形成)以(?=[^，。；\n以]{2,30}为(?:主题|核心|理念|重点|内容|主线|宗旨)的)"
    for match in scene.matches(pattern):
        if scene.zone(match.start()) in ("body", "plan"):
            yield swap(Span(match.end() - 1, match.end()), "")


def wrong_object(scene: Scene) -> Iterator[Damage]:
    """Verbs with objects they do not take."""
    for wrong, _ in _entries(scene, "W07"):
        for offset in scene.prose:
            yield put(offset, f"要通过多种形式，⟦{wrong}⟧，务求实效。")


WAYS: Ways = {
    "W01": {"typo_for_word": typo_for_word, "typo_said": typo_said, "common_slip": common_slip},
    "W02": {
        "word_twice": word_twice,
        "particle_twice": particle_twice,
        "phrase_twice": phrase_twice,
        "double_said": double_said,
    },
    "W03": {"echoed_verb": echoed_verb, "pleonasm": pleonasm},
    "W04": {
        "campaign_renamed": campaign_renamed,
        "campaign_said": campaign_said,
        "campaign_week": campaign_week,
    },
    "W05": {"set_phrase": set_phrase, "set_phrase_beside": set_phrase_beside},
    "W06": {"confused_word": confused_word, "confused_said": confused_said},
    "W07": {"without_yi": without_yi, "yi_taken_out": yi_taken_out, "wrong_object": wrong_object},
}
