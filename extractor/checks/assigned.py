"""What the superior body asks of this level: its deadlines and its tasks against those of the notice."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from extractor.checks.beside import in_line, sentences, title_span
from extractor.checks.case import Case, Dated
from extractor.checks.contacts import asked
from extractor.checks.dates import shown
from extractor.checks.fault import Fault, Kind, There
from extractor.checks.reference import fitting
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

# What is to be handed in.
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("方案", lazy(r"(?:活动|实施|工作|宣传)?(?:方案|计划)(?!落实|执行|要求)")),
    ("名单", lazy(r"联络员|联系人|名单|报名|回执|人员信息")),
    ("报表", lazy(r"统计表|报表|数据|台账|情况表|汇总表")),
    ("作品", lazy(r"作品|案例|推荐|线索|题目|征文|视频")),
    ("总结", lazy(r"总结|小结|成效|照片|图片|工作情况|活动情况|开展情况")),
)
_NAMED = lazy(r"^(?P<place>.+?[省市州盟区县旗])(?P<body>.{2,})$")


class _Due(Struct, frozen=True):
    """Something to hand in by a day. ``subjects``: what (empty: not told); ``told``: the words about it."""

    subjects: frozenset[str]
    day: date
    dated: Dated
    told: str


def _dues(case: Case) -> list[_Due]:
    """Everything to be handed in, by the clause each deadline stands in."""
    found = [(dated, a, b) for dated, a, b in asked(case) if dated.row.status == "ok" and dated.last]
    made = []
    for dated, a, b in found:
        near = [other for other, start, _ in found if start == a and other is not dated]
        first = max((other.b for other in near if other.b <= dated.a), default=a)
        last = min((other.a for other in near if other.a >= dated.b), default=b)
        before, behind = case.chars[first : dated.a], case.chars[dated.b : last]
        subjects = _subjects(behind) or _subjects(before)
        assert dated.last is not None
        made.append(_Due(subjects, dated.last, dated, before + behind))
    return sorted(made, key=lambda due: due.day)


def _subjects(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _SUBJECTS if pattern.search(words))


def deadline(case: Case, card: Card) -> Iterator[Fault]:
    """The notice's own deadline for something has to lie before the superior's for the same thing."""
    superior = fitting(case)
    if superior is None:
        return
    dues = _dues(superior)
    told: set[str] = set()
    for due in _dues(case):
        # Of several deadlines for one thing the first is the one to hand it in from below.
        subjects = due.subjects - told
        told |= due.subjects
        if due.subjects and not subjects:
            continue
        limit = next((one for one in dues if one.subjects & subjects or not (one.subjects or subjects)), None)
        if limit is None or due.day < limit.day:
            continue
        direct = any(name in due.told for name in _short_names(superior))
        if due.day == limit.day and direct:
            continue
        what = "、".join(name for name, _ in _SUBJECTS if name in subjects & limit.subjects)
        values = {"own": shown(due.day), "theirs": shown(limit.day), "what": what or "材料"}
        other = (There(superior, limit.dated.span, "上级的期限"),)
        yield Fault(due.dated.span, values, there=other, variant="same" if due.day == limit.day else "")


def _short_names(superior: Case) -> set[str]:
    """How a lower body calls the superior: 青河省林业局, 省林业局, 省局."""
    names: set[str] = set()
    for issuer in superior.fields.issuers:
        match = _NAMED.match(issuer)
        names.add(issuer)
        if match:
            sign = match["place"][-1]
            names |= {sign + match["body"], sign + match["body"][-1]}
    return names


# 各… up to the word that makes it an order. The group says whom it is for.
_ORDER = lazy(
    r"各(?P<group>[^，。；：！？\n“”《》]{1,36}?)(?:(?<!主)要(?!求|点|素|闻)|应当?(?!急|用|对)|须|需(?!求)|请|务必|负责|于(?=(?:20\d\d年)?\d)|每)"
)
_PREFECTURES = lazy(r"^(?:地级|设区)?[市州盟](?![县区]|、县|（县)|^地市|^市州|^设区")
_TOWNS = lazy(r"^(?:乡镇|镇街|镇|乡|街道|村|社区|学校|企业)")
_ADDRESSED = (
    ("county", lazy(r"各(?:乡|镇|街道)")),
    ("prefecture", lazy(r"各(?:县|区|旗)")),
    ("province", lazy(r"各(?:地级|设区)?(?:市|州|盟)(?![县区])")),
)
_REPORT = lazy(
    r"(?:将|把)(?P<a>[^，。；]{2,40}?)(?:以[^，。；]{1,12}形式)?(?:一并|及时|统一|汇总后?)?(?:报送?|上报|提交|反馈|发送|报至|寄送)"
    r"|(?:报送|上报|提交|反馈|填报|推荐|选送)(?:\d+|[一二两三四五六七八九十]+)?+(?:[部件名个份篇项条]|以上)*+(?!参加|参与|至|到|给|省|市|县)(?P<b>[^，。；（）]{2,30})"
)
_DEED = lazy(
    r"(?:举办|举行|召开|开展|制定|制作|印制|确定|明确|指定|成立|设立|设置|张贴|悬挂|播放|刊播|刊登|发放|发布|开设|建立|参加|评选|征集|走访|公布|组织(?!领导|实施|保障|协调|推动))"
    r"(?:好|了|一次|一场|不少于)?(?P<c>[^，。；、]{3,24})"
)
# Words every notice is full of: what is left names the task.
_FILLERS = lazy(
    r"(?:于|在)?(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?(?:之?前|底前|期间)?|\d+[名个场次份条篇件]?|"
    r"(?:以上|不少于|至少|一|两|三|多)[名个场次份条篇件项]|"
    r"活动|工作|有关|相关|本地区?|本单位|本部门|本辖区|本系统|实际|情况|结合|认真|积极|及时|广泛|深入|全面|切实|扎实|进一步|"
    r"宣传[周月日]|形式|多样|丰富多彩|特色|各类|各项|具体|内容|开展|组织|主题|系列|一批|部署|要求|落实|电子版|纸质版|盖章|扫描件|"
    r"[我本]?[省市县区州](?:局|厅|委|级)?|及|和|与|等|的|并|做好|抓好|各"
)
_PARTED = lazy(r"[、]|以?及(?!时)|和(?!谐)")
_SIGNS = lazy(r"[“”《》（）：]")


def _level(case: Case) -> str | None:
    """The level of the body that issues a notice: by those it addresses, else by its region."""
    addressed = case.fields.addressees or ""
    for level, pattern in _ADDRESSED:
        if pattern.search(addressed):
            return level
    return case.fields.region.level


class _Task(Struct, frozen=True):
    words: str
    a: int
    b: int
    report: bool


def _tasks(case: Case, superior: Case) -> Iterator[_Task]:
    """What the superior orders bodies of this level to do, each with its sentence."""
    level = _level(case)
    deadlines = [dated.a for dated, _, _ in asked(superior)]
    for a, b in sentences(superior, "body", "plan"):
        order = _ORDER.search(superior.chars, a, b)
        due = any(a <= at < b for at in deadlines)
        if order is None and not due:
            continue
        if (
            order
            and level == "county"
            and (_PREFECTURES.match(order["group"]) or _TOWNS.match(order["group"]))
        ):
            continue
        if order and level == "prefecture" and _TOWNS.match(order["group"]):
            continue
        start = order.end() if order else a
        for clause in re.finditer(r"[^，]+", superior.chars[start:b]):
            match = _REPORT.search(clause.group())
            if match:
                yield _Task(match["a"] or match["b"], a, b, True)
            elif order and (deed := _DEED.search(clause.group())):
                yield _Task(deed["c"], a, b, False)


def _bigrams(words: str) -> set[str]:
    pieces = [piece for piece in _FILLERS.sub(" ", _SIGNS.sub(" ", words)).split() if len(piece) > 1]
    return {piece[i : i + 2] for piece in pieces for i in range(len(piece) - 1)}


def tasks(case: Case, card: Card) -> Iterator[Fault]:
    """Tasks of the superior the notice says nothing about: what is to be handed in, then what else is to be done."""
    superior = fitting(case)
    if superior is None:
        return
    forgotten: dict[bool, dict[str, Span]] = {True: {}, False: {}}
    for task in _tasks(case, superior):
        for part in _PARTED.split(task.words):
            wanted = _bigrams(part)
            # A noun of two characters names what is to be handed in, but no other task.
            if len(wanted) < (1 if task.report else 2):
                continue
            there = sum(pair in case.chars for pair in wanted)
            if there < card.params["mentioned"] * len(wanted):
                forgotten[task.report].setdefault(in_line(part), superior.span(task.a, task.b))
    for report, found in forgotten.items():
        if not found:
            continue
        values = {"tasks": "；".join(found), "count": len(found)}
        others = tuple(
            There(superior, span, "、".join(name for name, where in found.items() if where == span))
            for span in dict.fromkeys(found.values())
        )
        yield Fault(title_span(case), values, there=others, variant="" if report else "other")


KINDS: dict[str, Kind] = {
    "superior_deadline": Kind(deadline, against="superior"),
    "superior_tasks": Kind(tasks, {"mentioned": 0.5}, against="superior"),
}
