"""Bodies: named in two ways, of another level, renamed long ago (U01 U02 U04 U06 U07)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span
from extractor.patterns import lazy

_WORDS = lazy(
    r"安全|生产|监督|食品|工作|领导|知识|产权|科学|技术|教育|体育|消防|救援|发展|改革|旅游|文化|广电|减灾|卫生|健康|网络|综合|执法|水利|商务|应急|信息化"
)


_OWN = lazy(r"^(?:.{2,8}?(?:自治州|自治县|自治区|新区)|.{2,6}?[省市县区州旗镇](?!场))")


def _organ(scene: Scene) -> Span | None:
    """The one issuer in the signature, where the title names it too."""
    signature, title = scene.parts.get("signature"), scene.parts.get("title")
    if signature is None or title is None or len(scene.fields.issuers) != 1:
        return None
    name = scene.fields.issuers[0]
    at = scene.text.find(name, signature.start, signature.end)
    return Span(at, at + len(name)) if at >= 0 and scene.quote(title).startswith(name) else None


def _altered(name: str) -> Iterator[str]:
    """The name with one of its words gone or one too many."""
    region = _OWN.match(name)
    start = region.end() if region else 0
    for match in _WORDS.finditer(name, start):
        rest = name[: match.start()] + name[match.end() :]
        if len(rest) - start > 2 and not name.endswith(rest):
            yield rest
    for head in ("领导小组", "委员会", "联席会议"):
        if head in name[start:] and f"工作{head}" not in name:
            yield name.replace(head, f"工作{head}", 1)
    if name.endswith("教育局"):
        yield name.removesuffix("局") + "体育局"


def _elsewhere(name: str) -> Iterator[str]:
    """The name of the same body of another region."""
    region = _OWN.match(name)
    if region and len(name) > region.end() + 2:
        for other in ("青河", "临江", "东平"):
            yield f"{other}{region.group()[-1]}{name[region.end() :]}"


def signature_reworded(scene: Scene) -> Iterator[Damage]:
    organ = _organ(scene)
    if organ:
        yield from (swap(organ, name) for name in _altered(scene.quote(organ)))


def signature_of_another_region(scene: Scene) -> Iterator[Damage]:
    organ = _organ(scene)
    if organ:
        yield from (swap(organ, name, follows=("U02",)) for name in _elsewhere(scene.quote(organ)))


def signed_by_its_office(scene: Scene) -> Iterator[Damage]:
    """The office, or a division, of the body that the title names."""
    organ = _organ(scene)
    lent = re.search(r"代章|经[^，。]{2,20}(?:同意|批准)", scene.text)
    if organ and not lent and not scene.quote(organ).endswith(("办公室", "办公厅", "秘书处")):
        for part in ("办公室", "综合科", "人事教育处"):
            yield put(organ.end, part)


def title_reworded(scene: Scene) -> Iterator[Damage]:
    organ, title = _organ(scene), scene.parts.get("title")
    if organ and title:
        span = Span(title.start, title.start + len(organ))
        yield from (swap(span, name, follows=("U04",)) for name in _altered(scene.quote(organ)))


def letterhead_reworded(scene: Scene) -> Iterator[Damage]:
    """A letterhead put on a notice without one, its name differing by a word."""
    organ = _organ(scene)
    number = scene.parts.get("doc_number")
    if organ and number and number.start == 0 and not scene.parts.get("letterhead"):
        for name in _altered(scene.quote(organ)):
            yield put(0, f"⟦{name}⟧文件\n", follows=("F06", "U04"))


def colophon_reworded(scene: Scene) -> Iterator[Damage]:
    """A colophon put below a notice without one, its name differing by a word."""
    organ = _organ(scene)
    day = scene.parts.get("issue_date")
    if organ and day and not scene.parts.get("colophon") and scene.text[day.start].isdigit():
        for name in _altered(scene.quote(organ)):
            office = name if name.endswith("办公室") else f"{name}办公室"
            yield put(
                len(scene.text.rstrip()),
                f"\n\n⟦{office}⟧　　　　{scene.quote(day)}印发",
                follows=("U04", "F04"),
            )


def _own(scene: Scene) -> str:
    name = scene.fields.region.name or ""
    return name[-1:] if name[-1:] in "省市县区州旗" and not name.endswith(("自治区", "地区", "新区")) else ""


def _levels(scene: Scene, others: str) -> Iterator[Damage]:
    own = _own(scene)
    places = scene.prose
    if not own or len(places) < 2:
        return
    for other in others:
        if other != own:
            for offset in places[1:]:
                right = Edit(places[0], places[0], f"充分展示我{own}工作成效。", quiet=True)
                yield Damage((right, Edit(offset, offset, f"持续宣传⟦我{other}⟧的经验做法和典型人物。")))
                yield Damage((right, Edit(offset, offset, f"为⟦我{other}⟧经济社会发展营造良好氛围。")))


def level_above(scene: Scene) -> Iterator[Damage]:
    """我市 or 我省 in a county's notice that says 我县 elsewhere."""
    above = {"县": "市省州", "区": "市省", "旗": "市", "市": "省", "州": "省", "省": ""}
    yield from _levels(scene, above.get(_own(scene), ""))


def level_below(scene: Scene) -> Iterator[Damage]:
    below = {"市": "县区", "州": "县", "省": "市县", "县": "区", "区": "县", "旗": "县"}
    yield from _levels(scene, below.get(_own(scene), ""))


def _prefix(scene: Scene) -> str:
    """The short region word of the notice's own level."""
    return _own(scene) or {"prefecture": "市", "county": "县", "province": "省"}.get(
        scene.fields.region.level or "", ""
    )


def meeting_cut_short(scene: Scene) -> Iterator[Damage]:
    """联席会 beside 联席会议."""
    if "联席会" not in scene.text and len(scene.prose) > 1:
        first, *more = scene.prose
        right = Edit(first, first, "重大事项提请工作联席会议研究。", quiet=True)
        for offset in more:
            yield Damage((right, Edit(offset, offset, "各成员单位要定期向⟦联席会⟧办公室报告进展。")))
            yield Damage((right, Edit(offset, offset, "工作⟦联席会⟧要加强统筹协调。")))


def station_renamed(scene: Scene) -> Iterator[Damage]:
    """A service station under two names."""
    city, county = scene.fields.region.city, scene.fields.region.county
    plain = city and county and len(county) > 2 and "自治" not in city + county
    if city and county and plain and len(scene.prose) > 1:
        first, *more = scene.prose
        right = Edit(first, first, f"依托{city}商标品牌（{county}）指导站开展咨询服务。", quiet=True)
        words = f"⟦{city[:-1]}商标品牌{county[:-1]}指导站⟧牵头开展上门服务。"
        yield from (Damage((right, Edit(offset, offset, words)), (), (), ("U02",)) for offset in more)


def region_word_dropped(scene: Scene) -> Iterator[Damage]:
    """A bureau once with and once without its region word."""
    for row in scene.tables.units:
        if (
            row.group
            or not re.match(r"[省市区县州旗](?!场)", row.name)
            or len(row.name) < 4
            or "issuer" in row.roles
        ):
            continue
        places = [
            span
            for span in row.spans
            if scene.quote(span) == row.name and scene.zone(span.start) in ("body", "plan")
        ]
        for span in places if len(places) > 1 else ():
            if scene.text[span.start - 1] in "。，：；\n":
                yield Damage(
                    (Edit(span.start, span.start + 1, ""),),
                    (),
                    (Span(span.start + 1, span.end),),
                    ("U03", "P09"),
                )


_FORMER = (
    "工商局",
    "质监局",
    "食药监局",
    "卫生计生委",
    "卫计局",
    "农业局",
    "文化局",
    "旅游局",
    "环保局",
    "国土资源局",
    "法制办",
)


def _reformed(scene: Scene) -> bool:
    return scene.issue is not None and scene.issue.isoformat() >= "2019-04-01" and bool(_prefix(scene))


def former_name_said(scene: Scene) -> Iterator[Damage]:
    if _reformed(scene):
        for name in _FORMER:
            yield from said(
                scene,
                f"由⟦{_prefix(scene)}{name}⟧负责督促落实。",
                f"{_prefix(scene)}教育局、⟦{_prefix(scene)}{name}⟧要密切配合，形成合力。",
                follows=("U03", "U04", "N07"),
            )


def former_name_listed(scene: Scene) -> Iterator[Damage]:
    """A former name at the end of a list of responsible bodies."""
    if not _reformed(scene):
        return
    for match in scene.matches(r"单位：[^\n。；：]*?[局委](?=[。；\n])"):
        for name in _FORMER:
            yield put(match.end(), f"、⟦{_prefix(scene)}{name}⟧", follows=("U03", "U04"))
    for slot in scene.slots("活动安排"):
        for name in _FORMER[:5]:
            yield put(
                slot.offset,
                f"\n{slot.marker}集中咨询。设立咨询台。\n责任单位：⟦{_prefix(scene)}{name}⟧",
                follows=("U03", "U05"),
            )


def former_name_addressed(scene: Scene) -> Iterator[Damage]:
    """A former name among the addressees."""
    span = scene.parts.get("addressees")
    if span and _reformed(scene):
        end = span.end - scene.quote(span).endswith(("：", ":"))
        for name in _FORMER:
            yield put(end, f"，⟦{_prefix(scene)}{name}⟧")


def region_char_doubled(scene: Scene) -> Iterator[Damage]:
    """靖边县县文化广场"""
    region = scene.fields.region
    for name in {region.county, region.city, region.province} - {None}:
        if name and name[-1] in "县区州省":
            for match in scene.matches(re.escape(name)):
                follows = scene.text[match.end() : match.end() + 1]
                if (
                    scene.zone(match.start()) in ("body", "plan")
                    and follows not in "级直委政乡域长人城情志场府属外道内会划间块位"
                ):
                    yield Damage(
                        (Edit(match.end(), match.end(), name[-1]),),
                        (),
                        (Span(*match.span()),),
                        ("A07", "A02", "D02"),
                    )


def region_doubled_said(scene: Scene) -> Iterator[Damage]:
    for name in ("临江县", "东平区", "青河省"):
        yield from said(
            scene,
            f"借鉴⟦{name}{name[-1]}⟧各街道的经验做法。",
            f"学习⟦{name}{name[-1]}⟧文化馆的经验，丰富群众文化生活。",
            follows=("U02",),
        )


WAYS: Ways = {
    "U01": {
        "signature_reworded": signature_reworded,
        "signature_of_another_region": signature_of_another_region,
        "signed_by_its_office": signed_by_its_office,
        "title_reworded": title_reworded,
        "letterhead_reworded": letterhead_reworded,
        "colophon_reworded": colophon_reworded,
    },
    "U02": {"level_above": level_above, "level_below": level_below},
    "U04": {
        "meeting_cut_short": meeting_cut_short,
        "station_renamed": station_renamed,
        "region_word_dropped": region_word_dropped,
    },
    "U06": {
        "former_name_said": former_name_said,
        "former_name_listed": former_name_listed,
        "former_name_addressed": former_name_addressed,
    },
    "U07": {"region_char_doubled": region_char_doubled, "region_doubled_said": region_doubled_said},
}
