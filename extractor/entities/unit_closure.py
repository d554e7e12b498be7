"""Lists of bodies made whole: what stands between known bodies of one list, up to the verb, is a body too.

区应急局、甲镇、丙消防协办: nobody knows 甲镇 or 丙消防 as bodies, but the list and its verb make them some.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extractor.entities.unit_prefixes import KNOWN, Name, Words
from extractor.patterns import lazy

_ITEMS = r"([一-鿿·（）]{2,40}+、\n?[一-鿿·（）]{2,40}+(?:、\n?[一-鿿·（）]{2,40}+)*)"
_FIRST = lazy(_ITEMS)
_LIST = lazy(rf"[^一-鿿·（）]{_ITEMS}")  # not with a lookbehind: it is the sign that lets the engine skip
_PARTS = lazy(r"、\n?")
_AND = lazy(r"以及|[和及与]")
_BEFORE = lazy(r"由|会同|联合|协同|邀请|商")
_OTHERS = r"等(?:\d{1,3}|[一二三四五六七八九十]{1,3})?(?:个|家)?(?:有关|相关|成员|多个)?(?:职能)?(?:部门|单位|媒体|机构)"
_VERBS = "主办|承办|协办|联办|举办|牵头|配合|参加|参与|协助|负责|支持|录制|指导|决定"
_CUE = lazy(
    rf"(?:{_OTHERS}|等?(?:有关|相关)?(?:部门|单位)?(?:要|应|将|拟|分别|联合|共同|负责|执行|具体|积极)*(?:{_VERBS})|要|应当|须)"
)
# What every list of bodies holds, most other lists do not: a piece of a cue, or the 由 before its first member.
_HINT = lazy(rf"{_OTHERS}|{_VERBS}|要|应当|须|由|商")
_LEADS = frozenset("由商")  # what needs no verb behind the list
_BORDERS = frozenset("，。；：！？\n（）》”,;:")
_PERSONS = lazy(
    r"领导|代表|人员|专家|群众|学生|学员|师生|教师|家长|志愿|员工|职工|居民|村民|市民|干部|同志|律师|记者|企业家|负责人|嘉宾|书记|主任|委员$|[局市县区镇乡科校院会]长$"
)
_THINGS = lazy(r"活动|宣传|工作|资料|方式|形式|展板|横幅|讲座|知识|手册|法律|条例|安全$|生产$|服务$")
_MEDIA = lazy(r"等[^，。；]{0,4}媒体")
_WORDS = frozenset({"education", "health", "enterprise", "zone"})  # kinds whose bare head nouns are words
_FEW = 2


class _Member(Struct):
    start: int
    end: int
    name: Name | None = None


def closed(
    chars: str,
    words: Words,
    names: Sequence[Name],
    shut: Callable[[int, int], bool],
) -> list[Name]:
    """``names`` with the unknown members of their lists; every member of such a list is marked ``listed``.

    ``shut``: whether a stretch is no prose (a part of the letter, a list behind a label, a title).
    """
    made = {name.start: name for name in names}
    starts = [name.start for name in names]
    at = 0
    while match := _LIST.search(chars, at) if at else _FIRST.match(chars) or _LIST.search(chars):
        start, at = match.span(1)
        if _HINT.search(chars, start, at) is None:
            continue
        nearby = names[bisect_left(starts, start) : bisect_left(starts, at)]
        inside = [name for name in nearby if name.end <= at]
        members = _members(chars, start, at, inside)
        if len(members) < 2:
            continue
        at = members[-1].end  # behind the verb another list may stand
        if shut(members[0].start, at) or not _bodies(chars, words, members):
            continue
        for one in members:
            if one.name is None:
                for name in inside:
                    if one.start < name.end and name.start < one.end:
                        made.pop(name.start, None)
            head = words.head(chars, one.end, one.start)
            kind = words.units.heads.get(head, "")
            name = one.name or Name(one.start, one.end, kind, strength=KNOWN)
            made[name.start] = replace(name, listed=True)
    return [made[start] for start in sorted(made)]


def refused(text: str, words: Words) -> bool:
    """Whether a word ends as a body does and is none: 展览会, 门户网站."""
    lengths = words.units.not_head_ends.get(text[-2:], ())
    return any(text[-length:] in words.units.not_heads for length in lengths)


def is_strange(text: str) -> bool:
    """Whether a name without a head noun is a person, a thing or a group, so that no list makes it a body."""
    return bool(len(text) < 3 or text[0] in "各全本其" or _PERSONS.search(text) or _THINGS.search(text))


def _members(chars: str, start: int, end: int, names: Sequence[Name]) -> list[_Member]:
    """The members of a list that a verb or 等部门 closes, or 由 opens; none when nothing does."""
    first = chars.index("、", start)
    begin = _begin(chars, start, first, names)
    led = begin > 0 and chars[begin - 1] in _LEADS
    cue = _CUE.search(chars, first, end) if begin >= 0 else None
    if begin < 0 or not (cue or led):
        return []
    bounds = [at for gap in _PARTS.finditer(chars, first, end) for at in gap.span()]
    parts = list(zip(bounds[1::2], [*bounds[2::2], end], strict=True))
    if cue is not None:
        behind = (i for i, part in enumerate(parts) if part[1] > cue.start())
        closes = (i for i in behind if _CUE.search(chars, parts[i][0] + 2, parts[i][1]))
        parts = parts[: next(closes, len(parts)) + 1]
    members = [_Member(begin, first), *(_Member(*part) for part in parts[:-1])]
    begins = {name.start: name for name in names}
    at, tail = parts[-1]
    closing = False
    while not closing:
        name = begins.get(at)
        cue = _CUE.search(chars, name.end if name else at + 2, tail)
        joint = _AND.search(chars, name.end if name else at + 2, min(tail, cue.start() if cue else tail))
        stop = joint.start() if joint else cue.start() if cue else tail
        if name is not None and name.end <= stop:
            stop = name.end
        closing = cue is not None and cue.start() == stop
        members.append(_Member(at, stop))
        if closing or joint is None or joint.start() != stop:
            break
        at = joint.end()
    if not closing and not led:
        return []
    for one in members:
        name = begins.get(one.start)
        one.name = name if name is not None and name.end == one.end else None
    return members


def _begin(chars: str, start: int, end: int, names: Sequence[Name]) -> int:
    """Where the first member of a list begins, which ends at ``end``; -1 when nothing tells."""
    for name in reversed(names):
        if name.end == end:
            return name.start
    leads = list(_BEFORE.finditer(chars, start, end))
    if leads:
        return leads[-1].end()
    return start if start == 0 or chars[start - 1] in _BORDERS else -1


def _bodies(chars: str, words: Words, members: Sequence[_Member]) -> bool:
    """Whether enough members are known for the others to be bodies: one for those that end as bodies do, else half."""
    media = _MEDIA.match(chars, members[-1].end) is not None
    units = words.units
    strange = known = 0
    for one in members:
        if one.name is not None and (one.name.strength >= KNOWN or one.name.group):
            known += 1
            continue
        text = chars[one.start : one.end]
        head = words.head(chars, one.end, one.start)
        if not 2 <= len(text) <= 14 or units.stops.search(text) or text in units.not_heads:
            return False
        # A member that is only a head noun (学校, 医院, 企业) is a word, and its list is no list of bodies.
        if text in units.ambiguous or text in units.generic or (head == text and units.heads[head] in _WORDS):
            return False
        if head and not refused(text, words):
            continue
        if is_strange(text):
            return False
        strange += 1
    if strange:
        return known >= (1 if media else max(_FEW, strange))
    return known > 0 or len(members) > _FEW
