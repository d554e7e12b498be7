"""Themes and counted days: another year's, one word off, one too many (T01 T02 T03 T08 T09)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.campaigns import Observance, bare
from extractor.text import chinese, numeral

_IP_DAY = "世界知识产权日"
_PAST = lazy(r"去年|上年|往年|历年|历届|回顾|曾")


# -- the N-th day


def _counted(scene: Scene, ip: bool) -> Iterator[tuple[Observance, Span, int]]:
    """Counted days of the notice that are right: the observance, the figures, the number."""
    for row in scene.tables.dates:
        match = re.search(r"第\s*(\d+|[一二三四五六七八九十百]+)\s*[个届次]", scene.quote(row.span))
        if row.form != "ordinal" or match is None or scene.titled(row.span.start):
            continue
        observance = scene.rules.campaigns.observance(scene.quote(row.span)[match.end() :].strip("“”"))
        number = numeral(match[1])
        if observance is None or observance.base is None or number is None or observance.confidence == "M":
            continue
        if (observance.name == _IP_DAY) == ip and number + observance.base == scene.year:
            yield observance, Span(row.span.start + match.start(1), row.span.start + match.end(1)), number


def _moved(scene: Scene, ip: bool, step: int) -> Iterator[Damage]:
    for _, figures, number in _counted(scene, ip):
        if number + step > 0:
            arabic = scene.quote(figures).isdigit()
            yield swap(figures, str(number + step) if arabic else chinese(number + step))


def _observances(scene: Scene, ip: bool) -> Iterator[Observance]:
    for observance in scene.rules.campaigns.observances:
        if (observance.name == _IP_DAY) == ip and len(observance.name) > 3:
            yield observance


def _ordinal_said(scene: Scene, ip: bool, step: int, han: bool) -> Iterator[Damage]:
    """A sentence that counts a day wrongly."""
    if scene.year is None:
        return
    for observance in _observances(scene, ip):
        number = scene.year - observance.base + step if observance.base is not None else 0
        if number < 2 or observance.confidence == "M" or number > 98:
            continue
        words = chinese(number) if han else str(number)
        yield from said(
            scene,
            f"今年是⟦第{words}个{observance.name}⟧，各单位要集中开展一次宣传。",
            f"在⟦第{words}个{observance.name}⟧到来之际，各单位要张贴海报、悬挂横幅。",
        )


def ip_one_less(scene: Scene) -> Iterator[Damage]:
    yield from _moved(scene, True, -1)


def ip_one_more(scene: Scene) -> Iterator[Damage]:
    yield from _moved(scene, True, 1)


def ip_said(scene: Scene) -> Iterator[Damage]:
    yield from _ordinal_said(scene, True, -1, False)


def ip_said_in_han(scene: Scene) -> Iterator[Damage]:
    yield from _ordinal_said(scene, True, 1, True)


def _another_day(scene: Scene, ip: bool) -> Iterator[Damage]:
    """A day beside the name of the observance that is not its day."""
    for observance in _observances(scene, ip):
        if observance.day and observance.day_confidence != "M":
            month, day = (int(part) for part in observance.day.split("-"))
            other = day - 1 if day > 1 else day + 1
            yield from said(
                scene,
                f"⟦{month}月{other}日{observance.name}⟧当天，各单位要集中宣传。",
                f"⟦{observance.name}（{month}月{other}日）⟧前后，各单位要集中宣传。",
                follows=("D11", "D04", "D12", "D10"),
            )


def ip_another_day(scene: Scene) -> Iterator[Damage]:
    yield from _another_day(scene, True)


def one_less(scene: Scene) -> Iterator[Damage]:
    yield from _moved(scene, False, -1)


def one_more(scene: Scene) -> Iterator[Damage]:
    yield from _moved(scene, False, 1)


def count_said(scene: Scene) -> Iterator[Damage]:
    yield from _ordinal_said(scene, False, -1, False)


def count_said_in_han(scene: Scene) -> Iterator[Damage]:
    yield from _ordinal_said(scene, False, 2, True)


def another_day(scene: Scene) -> Iterator[Damage]:
    yield from _another_day(scene, False)


# -- the theme


def _stated(scene: Scene) -> Span | None:
    """Where the official theme stands, when the notice states it and none of its own beside it."""
    span = scene.parts.get("theme")
    return span if span and scene.official and "分主题" not in scene.text else None


def theme_of_another_year(scene: Scene) -> Iterator[Damage]:
    """The theme section of another year's plan. Repetitions of the right theme then contradict it."""
    span = _stated(scene)
    if span and scene.campaign:
        for theme in scene.campaign.themes.values():
            if scene.official and theme.key not in (scene.official.key, scene.official.head):
                yield swap(span, theme.text, follows=("T03",))


_SLIPS = (
    ("建设", "发展"), ("安全", "平安"), ("促进", "推进"), ("推动", "带动"), ("保护", "维护"), ("加强", "强化"), ("共同", "共筑"),
    ("共建", "共创"), ("全面", "全力"), ("人人", "大家"), ("科技", "科学"), ("消费", "消费者"), ("质量", "品质"), ("创新", "革新"),
    ("生活", "生命"), ("用好", "用活"), ("提升", "提高"), ("防灾", "防汛"), ("网络", "网信"), ("宪法", "法律"), ("文明", "文化"),
    ("严格", "从严"), ("普及", "推广"), ("筑牢", "守牢"), ("节能", "节约"), ("预防", "防范"), ("诚信", "守信"), ("规范", "标准"),
)  # fmt: skip


def word_exchanged(scene: Scene) -> Iterator[Damage]:
    """One word of the theme exchanged for a like one."""
    span = _stated(scene)
    if span:
        for right, wrong in _SLIPS:
            at = scene.text.find(right, span.start, span.end)
            if at >= 0:
                yield Damage((Edit(at, at + len(right), wrong),), (), (), ("T03",))


def word_dropped(scene: Scene) -> Iterator[Damage]:
    """Two characters of the theme left out."""
    span = _stated(scene)
    if span and len(bare(scene.quote(span))) > 10:
        words = scene.quote(span)
        for match in re.finditer(r"[一-龥]{2}", words):
            if match.start() > 1 and match.end() < len(words) - 2:
                at = span.start + match.start()
                yield Damage((Edit(at, at + 2, ""),), (), (span,), ("T03", "W02"))


def half_dropped(scene: Scene) -> Iterator[Damage]:
    """The second half of a theme of two halves left out."""
    span = _stated(scene)
    if span:
        words = scene.quote(span)
        match = re.search(r"[ 　，、]+", words)
        # what stands before a dash may stand alone
        if match and match.start() > 4 and len(words) - match.end() > 4 and "—" not in words:
            at = span.start + match.start()
            yield Damage((Edit(at, span.end, ""),), (), (Span(span.start, at),), ("T03",))


def second_theme(scene: Scene) -> Iterator[Damage]:
    """Further down the theme is quoted with other words."""
    span = _stated(scene)
    if span is None:
        return
    theme = re.sub(r"\s+", "，", scene.quote(span).strip("。"))
    for right, wrong in _SLIPS:
        if right in theme:
            slipped = theme.replace(right, wrong, 1)
            for offset in scene.prose:
                if offset > span.end:
                    yield put(offset, f"各单位要开展以“⟦{slipped}⟧”为主题的宣讲活动。")
                    yield put(offset, f"要围绕“⟦{slipped}⟧”这一主题，办好专栏专题。")


def _old_themes(scene: Scene) -> Iterator[str]:
    if scene.campaign and scene.official:
        for theme in scene.campaign.themes.values():
            apart = theme.key not in scene.official.key and scene.official.head not in theme.key
            if theme.year != scene.year and len(theme.key) >= 8 and theme.confidence != "M" and apart:
                yield theme.text


def _after_theme(scene: Scene, *templates: str) -> Iterator[Damage]:
    for text in _old_themes(scene):
        joined = re.sub(r"[\s　]+", "", text)
        for template in templates:
            words = template.replace("%s", f"⟦{joined}⟧").replace("%t", f"⟦{text}⟧")
            yield from said(scene, words, follows=("T02", "T04"))


def old_theme_as_theme(scene: Scene) -> Iterator[Damage]:
    """以…为主题 with another year's theme."""
    yield from _after_theme(
        scene,
        "在产业园区开展以%s为主题的宣传活动。",
        "举办以“%s”为主题的讲座。",
        "各单位要围绕“%t”主题办好宣传栏。",
    )


def old_theme_named(scene: Scene) -> Iterator[Damage]:
    """本次活动的主题是 …"""
    yield from _after_theme(scene, "本次活动的主题是“%t”。", "讲座主题为“%s”，请各单位组织参加。")


def old_theme_on_banners(scene: Scene) -> Iterator[Damage]:
    yield from _after_theme(scene, "统一悬挂宣传标语：%t。", "横幅统一使用宣传口号“%s”，各单位不得更改。")


def repetition_of_another_year(scene: Scene) -> Iterator[Damage]:
    """A repetition of the theme further down that was not changed from another year's."""
    own = scene.parts.get("theme")
    if own is None or scene.official is None:
        return
    pattern = r"[\s　，、]*".join(re.escape(char) for char in scene.official.key)
    for match in scene.matches(pattern):
        if match.start() > own.end and not scene.titled(match.start()):
            for text in _old_themes(scene):
                yield swap(Span(*match.span()), text)


def theme_of_another_body(scene: Scene) -> Iterator[Damage]:
    """The theme the world organisation gives its day in place of the week's."""
    yield from _other_bodies(scene, whole=True)


def head_of_another_bodys(scene: Scene) -> Iterator[Damage]:
    """The same, its first part only."""
    yield from _other_bodies(scene, whole=False)


def other_theme_said(scene: Scene) -> Iterator[Damage]:
    """Running text that takes the day's theme for the week's."""
    known = scene.campaign.other_themes.values() if scene.campaign else ()
    for themes in known:
        for theme in themes.values():
            if len(theme.key) >= 7:
                yield from said(
                    scene,
                    f"各单位要以“⟦{theme.text}⟧”为主题布置展板。",
                    f"紧扣“⟦{theme.text}⟧”主题开展宣讲。",
                    follows=("T02", "T03"),
                )


def _other_bodies(scene: Scene, *, whole: bool) -> Iterator[Damage]:
    span = scene.parts.get("theme")
    if span is None or scene.campaign is None or _PAST.search(scene.quote(span)):
        return
    for themes in scene.campaign.other_themes.values():
        for theme in themes.values():
            words = theme.text if whole else re.split("[：:—]", theme.text)[0]
            if len(bare(words)) >= 7 and (whole or words != theme.text):
                yield (
                    swap(span, words, "T09", "T02", follows=("T03", "P11"))
                    if theme.confidence == "M"
                    else swap(span, words, follows=("T02", "T03", "P11"))
                )


WAYS: Ways = {
    "T01": {
        "ip_one_less": ip_one_less,
        "ip_one_more": ip_one_more,
        "ip_said": ip_said,
        "ip_said_in_han": ip_said_in_han,
        "ip_another_day": ip_another_day,
    },
    "T02": {
        "theme_of_another_year": theme_of_another_year,
        "word_exchanged": word_exchanged,
        "word_dropped": word_dropped,
        "half_dropped": half_dropped,
        "second_theme": second_theme,
    },
    "T03": {
        "old_theme_as_theme": old_theme_as_theme,
        "old_theme_named": old_theme_named,
        "old_theme_on_banners": old_theme_on_banners,
        "repetition_of_another_year": repetition_of_another_year,
    },
    "T08": {
        "one_less": one_less,
        "one_more": one_more,
        "count_said": count_said,
        "count_said_in_han": count_said_in_han,
        "another_day": another_day,
    },
    "T09": {
        "theme_of_another_body": theme_of_another_body,
        "head_of_another_bodys": head_of_another_bodys,
        "other_theme_said": other_theme_said,
    },
}
