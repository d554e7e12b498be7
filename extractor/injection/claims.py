"""Meetings, anniversaries, plans and counts (T04–T07, T10–T13)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from extractor.injection.damage import Damage, Ways, put, said, swap
from extractor.injection.scene import Scene
from extractor.model import Span
from extractor.text import chinese, numeral

# -- meetings


def _to_come(scene: Scene) -> Iterator[str]:
    """Meetings that opened after the day of issue."""
    if scene.issue:
        for meeting in scene.rules.facts.meetings.values():
            if meeting.open > scene.issue and meeting.confidence == "V":
                yield meeting.name


def congress_to_come(scene: Scene) -> Iterator[Damage]:
    for name in _to_come(scene):
        if name.endswith("大"):
            yield from said(
                scene, f"各单位要深入贯彻⟦党的{name}⟧精神。", f"学习宣传⟦党的{name}⟧报告，丰富宣传内容。"
            )


def plenum_to_come(scene: Scene) -> Iterator[Damage]:
    for name in _to_come(scene):
        if name.endswith("全会"):
            yield from said(
                scene, f"各单位要全面贯彻党的⟦{name}⟧精神。", f"认真落实⟦{name}⟧决定，把各项工作做实做细。"
            )


def plenum_in_a_row(scene: Scene) -> Iterator[Damage]:
    """二中、三中全会 of which the last is still to come."""
    numbers = "一二三四五六七"
    for name in _to_come(scene):
        match = re.fullmatch(r"(.+届)([二三四五六七])中全会", name)
        if match:
            before = numbers[numbers.index(match[2]) - 1]
            yield from said(scene, f"全面贯彻党的⟦{match[1]}{before}中、{match[2]}中全会⟧精神。")


def older_plenum_only(scene: Scene) -> Iterator[Damage]:
    """全面贯彻 stops at a plenary session although a newer one is over."""
    if scene.issue is None:
        return
    past = [m for m in scene.rules.facts.meetings.values() if m.close <= scene.issue - timedelta(days=31)]
    newest = max(past, key=lambda meeting: meeting.close, default=None)
    match = re.fullmatch(r"(.+届)([二三四五六七])中全会", newest.name) if newest else None
    if match is None or re.search("中全会|历次全会", scene.text):
        return
    congress = match[1].replace("届", "大")
    numbers = "一二三四五六七"
    for before in numbers[: numbers.index(match[2])]:
        older = f"{match[1]}{before}中全会"
        yield from said(
            scene,
            f"全面贯彻党的{congress}和⟦{older}⟧精神，认真履行职责。",
            f"要全面贯彻落实党的{congress}、⟦{older}⟧精神。",
        )


def older_plenum_of_two(scene: Scene) -> Iterator[Damage]:
    """A row of plenary sessions that lacks the newest."""
    if scene.issue is None:
        return
    past = [m for m in scene.rules.facts.meetings.values() if m.close <= scene.issue - timedelta(days=31)]
    newest = max(past, key=lambda meeting: meeting.close, default=None)
    match = re.fullmatch(r"(.+届)([四五六七])中全会", newest.name) if newest else None
    if match and not re.search("中全会|历次全会", scene.text):
        yield from said(scene, f"全面贯彻党的⟦{match[1]}二中、三中全会⟧精神，认真履行职责。")


# -- sessions


def sessions_of_last_year(scene: Scene) -> Iterator[Damage]:
    own = scene.rules.facts.sessions.get(scene.issue.year) if scene.issue else None
    if scene.issue and own and scene.issue > own.close and own.confidence == "V":
        year = scene.issue.year - 1
        yield from said(
            scene, f"深入贯彻⟦{year}年全国两会精神⟧。", f"认真学习⟦{year}年两会精神⟧，推动任务落地。"
        )


def sessions_to_come(scene: Scene) -> Iterator[Damage]:
    if scene.issue and scene.rules.facts.sessions.get(scene.issue.year + 1):
        year = scene.issue.year + 1
        yield from said(scene, f"深入贯彻⟦{year}年全国两会精神⟧。", f"认真学习⟦{year}年全国“两会”精神⟧。")


# -- anniversaries


def _wrong_anniversary(scene: Scene, step: int, han: bool) -> Iterator[Damage]:
    if scene.year is None:
        return
    for entry in scene.rules.facts.anniversaries:
        number = scene.year - entry.bases[0] + step
        if entry.confidence == "M" or not 2 <= number <= 98 or number + entry.bases[-1] == scene.year:
            continue
        words = chinese(number) if han else str(number)
        for key in entry.keys[:2]:
            yield from said(scene, f"今年是⟦{key}{words}周年⟧。", f"结合⟦{key}{words}周年⟧，办好主题展览。")


def one_year_less(scene: Scene) -> Iterator[Damage]:
    yield from _wrong_anniversary(scene, -1, False)


def one_year_more(scene: Scene) -> Iterator[Damage]:
    yield from _wrong_anniversary(scene, 1, True)


def anniversary_changed(scene: Scene) -> Iterator[Damage]:
    """A right anniversary of the notice, one off."""
    for match in scene.matches(r"(\d{1,3}|[一二三四五六七八九十]{1,3})\s*周年"):
        found = scene.rules.facts.nearest_anniversary(scene.text[max(match.start() - 14, 0) : match.start()])
        number = numeral(match[1])
        if found is None or number is None or found[0].confidence == "M" or scene.titled(match.start()):
            continue
        if any(number + base == scene.year for base in found[0].bases):
            words = str(number - 1) if match[1].isdigit() else chinese(number - 1)
            yield swap(Span(*match.span(1)), words)


# -- plans


def five_years_wrong(scene: Scene) -> Iterator[Damage]:
    """The years printed with a five-year plan, one off."""
    for plan in scene.rules.facts.plans:
        name = next((name for name in plan.names if re.fullmatch(r"十.五", name)), None)
        if name and plan.first and plan.last and plan.confidence == "V":
            yield from said(
                scene,
                f"紧扣《全国“{name}”应急体系规划（⟦{plan.first - 1}—{plan.last}年⟧）》要求，抓好落实。",
                f"对照《“{name}”文化发展规划（⟦{plan.first}—{plan.last + 1}年⟧）》，补齐短板。",
                follows=("A05",),
            )


def outline_wrong(scene: Scene) -> Iterator[Damage]:
    """The years printed with an outline, one off."""
    for plan in scene.rules.facts.plans:
        for name in plan.names:
            if plan.first and plan.last and plan.confidence == "V" and re.search(r"(?:纲要|规划)$", name):
                yield from said(
                    scene,
                    f"落实《{name}（⟦{plan.first - 1}—{plan.last}年⟧）》各项部署。",
                    f"落实《{name}（⟦{plan.first}—{plan.last - 5}年⟧）》各项部署。",
                )


def plan_over(scene: Scene) -> Iterator[Damage]:
    """A five-year plan that was over years ago, carried out."""
    for plan in scene.rules.facts.plans:
        name = next((name for name in plan.names if re.fullmatch(r"十.五", name)), None)
        if name and plan.last and scene.year and plan.last + 1 < scene.year and plan.confidence == "V":
            yield from said(
                scene, f"⟦深入实施“{name}”规划⟧，补短板强弱项。", f"各单位要⟦全面落实“{name}”规划⟧任务。"
            )


# -- words out of use, counts


def stale_words(scene: Scene) -> Iterator[Damage]:
    for stale in scene.rules.facts.stale:
        if scene.issue and stale.since <= scene.issue:
            for word in stale.words:
                yield from said(scene, f"各单位要落实⟦{word}⟧有关要求，确保活动安全有序。")


def epidemic_rules(scene: Scene) -> Iterator[Damage]:
    if scene.year and scene.year >= 2023 and scene.issue and scene.issue.isoformat() > "2023-01-08":
        yield from said(
            scene,
            "在做好⟦常态化疫情防控⟧的前提下，控制参加人数。",
            "参加人员须佩戴口罩，查验⟦健康码⟧。",
            "要严格落实⟦疫情防控⟧措施，错峰组织。",
        )


def one_entry_short(scene: Scene) -> Iterator[Damage]:
    """五进 with four of them."""
    places = ["进机关", "进企业", "进学校", "进社区", "进农村", "进家庭", "进公园"]
    for count in (5, 6, 7):
        listed = "、".join(places[: count - 1])
        yield from said(
            scene,
            f"深入开展宣传⟦“{chinese(count)}进”⟧活动，{listed}。",
            f"组织⟦“{chinese(count)}进”⟧活动：{listed}。",
        )


def one_entry_over(scene: Scene) -> Iterator[Damage]:
    yield from said(scene, "扎实推进普法⟦“五进”⟧：进机关、进企业、进学校、进社区、进农村、进家庭。")


def total_wrong(scene: Scene) -> Iterator[Damage]:
    yield from said(
        scene,
        "活动由以下单位承办：文化馆、图书馆、博物馆、美术馆⟦共5家⟧单位。",
        "组织三支队伍（文艺轻骑兵、科普服务队、法律服务队、医疗服务队⟦共3个⟧）下基层。",
    )


def points_wrong(scene: Scene) -> Iterator[Damage]:
    """以下三个方面 over two numbered points."""
    for slot in scene.slots():
        marker = slot.marker
        if not marker.startswith("（"):
            continue
        yield put(
            slot.offset,
            f"\n{marker}把握重点。宣传要突出⟦以下三个方面：⟧\n1.宣传法律法规。讲清权利和义务。\n2.宣传惠民政策。讲清条件和程序。",
        )


def points_over(scene: Scene) -> Iterator[Damage]:
    for slot in scene.slots():
        if slot.marker.startswith("（"):
            yield put(
                slot.offset,
                f"\n{slot.marker}把握步骤。活动按⟦以下2项⟧步骤进行。\n1.动员部署。开好动员会。\n2.集中宣传。发放资料。\n3.总结提高。梳理经验。",
            )


# -- a title and its text


_PAIRS = (
    ("先进集体和先进个人", "先进集体和先进工作者", "开展{0}评选"),
    ("优秀作品和优秀组织单位", "优秀作品和优秀组织者", "评选{0}"),
    ("典型案例和典型人物", "典型案例和典型事迹", "发布{0}"),
)


def pair_differs(scene: Scene) -> Iterator[Damage]:
    """A和B in the title of an item, A和C in its text."""
    for slot in scene.slots("活动安排"):
        for title, text, frame in _PAIRS:
            heading = frame.format(title)
            yield put(slot.offset, f"\n{slot.marker}⟦{heading}⟧。组织⟦{text}⟧评选，营造比学赶超的氛围。")


def pair_differs_later(scene: Scene) -> Iterator[Damage]:
    """The same with the text on a line of its own."""
    for slot in scene.slots("活动安排"):
        for title, text, frame in _PAIRS:
            heading = frame.format(title)
            yield put(
                slot.offset, f"\n{slot.marker}⟦{heading}⟧\n面向基层开展⟦{text}⟧评选，经单位推荐后公示。"
            )


WAYS: Ways = {
    "T04": {
        "congress_to_come": congress_to_come,
        "plenum_to_come": plenum_to_come,
        "plenum_in_a_row": plenum_in_a_row,
    },
    "T05": {
        "one_year_less": one_year_less,
        "one_year_more": one_year_more,
        "anniversary_changed": anniversary_changed,
    },
    "T06": {"five_years_wrong": five_years_wrong, "outline_wrong": outline_wrong, "plan_over": plan_over},
    "T07": {"sessions_of_last_year": sessions_of_last_year, "sessions_to_come": sessions_to_come},
    "T10": {"older_plenum_only": older_plenum_only, "older_plenum_of_two": older_plenum_of_two},
    "T11": {"stale_words": stale_words, "epidemic_rules": epidemic_rules},
    "T12": {
        "one_entry_short": one_entry_short,
        "one_entry_over": one_entry_over,
        "total_wrong": total_wrong,
        "points_wrong": points_wrong,
        "points_over": points_over,
    },
    "T13": {"pair_differs": pair_differs, "pair_differs_later": pair_differs_later},
}
