"""Roles of bodies in prose, from the words before and behind them and from the section they stand in."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from extractor.entities.unit_prefixes import Name, Words
from extractor.patterns import lazy
from extractor.rulebook.units import PairCue

_GLUE = lazy(r"(?:、\n?|和|与|及|以及|或|，(?=各|有关|相关))$")
# Words for bodies in general, between the named ones of a list: 各村、学校、企事业单位、县禁毒委各成员单位.
_GENERAL = lazy(r"、(?:(?:学校|企业|企事业单位|事业单位|医院|社区|机关|团体|社会组织|村居?)、)+")
_CLAUSE = lazy(r"[。；！？\n]")
SENTENCE = lazy(r"[。；\n]")
_CITED = lazy(r"《|关于|(?:的|有关|统一|工作|总体|最新)*(?:要求|部署|安排|通知|文件|意见|精神|规定)")
_APPROVED = ("经", "报请", "在")  # 报经, 已经, 业经
_APPROVES = lazy(
    r"(?:主要|分管|有关)?(?:领导|负责同志)?(?:研究)?(?:同意|批准|审定|审议通过|领导下|统一领导下|指导下|支持下|的?领导下|的?指导下|的?支持下)"
)
_REPORTED = lazy(
    r"(?:报送至|报送给|报送到|报送|上报至|上报|报至|报到|报给|报回|送至|送交|送达|送|提交至|提交给|提交|反馈至|反馈给|反馈|寄至|寄送至|寄送|寄往|寄到|发送至|发送给|发送到|发至|发到|"
    r"汇总至|交至|交到|交|传至|传真至|电邮至|邮寄至|传给|备案至|(?<![日晚周时学汇呈通预填申举海简板简])报|(?:报|送|寄|传|发|邮|交)[^，。；\n]{0,6}(?:至|到|给))$"
)
_REPORTED_ENDS = frozenset("至给到回交达送馈寄往发报传")  # last characters of what _REPORTED finds
_TOLD = lazy(r"(?:报送|报告|上报|提交|反馈|备案|汇报)")
_ISSUED = lazy(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:部门|单位)|联合|共同)*(?:转发|印发|下发|发布|制定|出台)"
)
_DECIDES = lazy(
    r"(?![^，。；\n]{0,12}(?:连续|曾经?|已经?|先后|每年)[^，。；\n]{0,16}(?:开展|举办|组织|印发)|[^，。；\n]{0,6}?(?:印发|下发|转发|发布|出台)[了过])(?:决定|定于|计划|拟|将|现)?(?:于|在)?[^。；\n]{0,40}?(?:组织开展|决定开展|共同开展|联合开展|开展|举办|组织|制[定订]|印发|主办|会同|联合|决定|共同举办)"
)
_BACK = lazy(r"^[省市州区县旗镇](?:直|级)?(?!政府)|有关|相关|各")
_DEPARTMENTS = lazy(
    r"(?:[省市州区县旗镇乡]?(?:人民)?政府|[省市州区县旗镇乡局])?(?:直|级|属)?(?:部门|单位)(?:、?(?:和)?单位)?"
)
_TOWNS = lazy(r"[乡镇街道、（）]+")
_EVIDENT = lazy(r"[^，。；\n]{0,4}(?:牵头|设在)")  # verbs that need no clause to begin
DUTY = frozenset({"工作要求", "组织领导", "总体要求"})
TALK = frozenset({"宣传重点", "指导思想", "活动主题"})


class Place(Struct, frozen=True):
    """Where a list of bodies stands: canonical section, whether before the first section, whether the issuer is known."""

    canonical: str
    preamble: bool
    issued: bool


def chains(chars: str, words: Words, names: Sequence[Name]) -> list[list[Name]]:
    """Names that stand in one list (A、B和C, A（B）, 甲局、乙市、丙市某局)."""
    made: list[list[Name]] = []
    for name in names:
        if made:
            between = chars[made[-1][-1].end : name.start]
            bracketed = between == "（" and chars.startswith("）", name.end)
            if bracketed or _links(between, words):
                made[-1].append(name)
                continue
        made.append([name])
    return made


def _links(between: str, words: Words) -> bool:
    """Whether what stands between two names makes one list of them."""
    if len(between) <= 3 and (_GLUE.match(between) or between == "）、"):
        return True
    if not (between.startswith("、") and between.endswith("、")):
        return False
    shared = 4 < len(between) < 18 and words.divisions.ending_at(between, len(between) - 1)
    return bool(shared or _GENERAL.fullmatch(between))


def elided(chars: str, words: Words, name: Name) -> tuple[int, int]:
    """Where a region stands that shares this name's head noun (甲市、|乙市某局): its start and end, else the name's start."""
    end = name.start - 1
    if end < 0 or chars[end] != "、" or name.group or not words.divisions.beginning_at(chars, name.start):
        return name.start, name.start
    division = words.divisions.ending_at(chars, end, max(end - 12, 0))
    if not division:
        return name.start, name.start
    start = end - len(division)
    return start - len(words.divisions.ending_at(chars, start, max(start - 12, 0))), end


def role_of(chars: str, words: Words, chain: Sequence[Name], place: Place) -> tuple[str, str]:
    """(role, basis) of every body of a list in prose; ("", "") when nothing gives one."""
    start, end = elided(chars, words, chain[0])[0], chain[-1].end
    if chars[end : end + 1] == "）" and len(chain) > 1:
        end += 1
    left = chars[max(start - 16, 0) : start]
    left = _CLAUSE.split(left)[-1]
    begins = start == 0 or chars[start - 1] == "\n"
    if begins and chars.startswith("：", end) and chars[end + 1 : end + 2] in ("", "\n"):
        return "addressee", "repeated"
    if left.endswith(_APPROVED) and _APPROVES.match(chars, end):
        return "mentioned", "approval"
    last = left[-1:]
    if last in _REPORTED_ENDS and _REPORTED.search(left) and not left.endswith("转报"):
        return "report_to", "reported"
    if last == "向" and _TOLD.match(chars, end):
        return "report_to", "reported"
    units = words.units
    subject = units.subject.search(chars, max(start - 12, 0), start) is not None
    filled = units.filler.match(chars, end)
    places = {end, filled.end(1), filled.end()} if filled else {end}
    numbers = set(units.verb_ends.get(last, ()))
    for at in places:
        numbers.update(units.verb_begins.get(chars[at : at + 1], ()))
    for cue in [units.verbs[number] for number in sorted(numbers)]:
        if cue.before and not left.endswith(cue.before):
            continue
        if cue.after and not any(chars.startswith(cue.after, at) for at in places):
            continue
        if not cue.before and not subject and not _EVIDENT.match(chars, end):
            continue
        return cue.role, "cue"
    if last == "由":
        return "lead", "由"
    return _subject_role(chars, words, start, end, left, place) if subject else ("", "")


def _subject_role(chars: str, words: Words, start: int, end: int, left: str, place: Place) -> tuple[str, str]:
    """What the subject of a clause does, and what its section makes of it."""
    following = chars[end : end + 1]
    if _CITED.match(chars, end) or (following in "》”" and following):
        return "", ""
    if not left and start and chars[start - 1] not in "，。；：！？\n":
        return "", ""
    if (does := words.units.predicate.match(chars, end)) and does.lastindex:
        return words.units.predicate_roles[does.lastindex - 1], "predicate"
    if (
        not following
        or following in "、。；：\n）的0123456789"
        or (left.endswith(("、", "：")) and following == "，")
    ):
        return "", ""
    asked = left.endswith("请")
    if place.canonical in DUTY or asked:
        return "asked" if asked else "duty", "duty"
    if place.canonical in TALK:
        return "", ""
    if place.preamble and place.issued and _ISSUED.match(chars, end):
        return "", ""
    if place.preamble:
        return ("decides", "preamble") if _DECIDES.match(chars, end) else ("", "")
    return "lead", "subject"


def duty_role(text: str, asked: bool, addressed: tuple[str, ...], issuers: Iterable[str]) -> str:
    """The role of a body that a requirement names: an addressee is addressed again, the issuer leads, another organises."""
    if any(one.endswith(text) for one in issuers):
        return "lead"
    if points_back(text, addressed):
        return "addressee"
    return "" if asked else "organiser"


def points_back(text: str, addressed: tuple[str, ...]) -> bool:
    """Whether a name repeats one of the bodies addressed: 各成员单位, 办事处."""
    bare = _bare(text)
    if bare in ("部门", "单位"):
        return any(_DEPARTMENTS.fullmatch(_bare(one)) for one in addressed)
    towns = _TOWNS.fullmatch(bare)
    return any(
        _bare(one).endswith(bare)
        or text == one
        or (towns and _bare(one).startswith(bare) and "人民政府" in one)
        for one in addressed
    )


def _bare(text: str) -> str:
    return _BACK.sub("", text)


def pair(chars: str, cues: Sequence[PairCue], left_end: int, right_start: int, last: int) -> PairCue | None:
    """The cue whose verb is all that stands between two bodies; what it needs stands in the sentence of ``last``."""
    between = chars[left_end:right_start]
    if not 0 < len(between) <= 8:
        return None
    for cue in cues:
        if cue.verb.fullmatch(between):
            stop = SENTENCE.search(chars, last) if cue.needs else None
            if cue.needs is None or cue.needs.search(
                chars, right_start, stop.start() if stop else len(chars)
            ):
                return cue
    return None
