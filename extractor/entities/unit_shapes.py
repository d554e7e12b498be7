"""Where the names of bodies begin and end in read text.

A name is found from its head noun (局, 委员会, 办公室 …) and read to the left: a known stem (rules/units.yaml), then the
region words and division names before it; a stem nobody knows reaches back to a word that no name contains.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.entities.unit_groups import find_groups
from extractor.entities.unit_prefixes import CENTRAL, KNOWN, OPEN, STRONG, Name, Words, anchored, prefix
from extractor.patterns import lazy

# Characters a name is made of: Han, and short brackets inside it: 各县（市、区）…局, 教育厅（委、局）.
_HAN = lazy(r"[一-鿿·]+")
_BRACKET = (
    r"（(?:[一-鿿]{2,4}）(?=[一-鿿]{0,8}公司)|(?:[省市县区旗州盟镇乡街道村社农牧地级自治团场、或及]{1,12}|[厅委局办部处、或]{1,8}"
    r"|[一-鿿]{2,8}[省市县区旗州盟镇])）(?=[一-鿿，。、：；\n]))"
)
_SHORT_BRACKET = lazy(_BRACKET)
_RUN = lazy(rf"(?:[一-鿿·]+|{_BRACKET})+")
_INSIDE = 14  # characters of the longest such bracket
_REACH = 40  # characters in which nearly every name has its beginning
_FAR = 600  # characters: farther back no name reaches, however few signs a text has
_BRANCH = ("支行", "分行", "分公司", "支公司", "调查队", "税务局", "分局", "海关")
_JOINT = lazy("[和与]")
_LONG = lazy(
    r"(?:[一-鿿]{2,8}[和与])?[一-鿿]{0,6}(?:管理|行政|监督|综合|规划|资源|建设|发展|卫生|安全)[和与]?"
)
_BORDERS = frozenset("，。；：\n、①②③④⑤⑥⑦⑧⑨⑩")
_VERB = lazy(r"组织|指导|协调|协同|邀请|安排|动员|发动|支持|特邀")
_LEAD = lazy(r"(?:[与及在向给和]|对(?!外))")
_INNER = frozenset({"inner", "office", "service", "committee", "body"})
_OWN = frozenset({"government", "justice", "party", "group", "department", "committee"})
_PLACES = frozenset({"service", "zone", "education", "health", "enterprise", "media"})
# A name right behind one of these is a place or a target, not a body that acts.
_AT = lazy(r"(?:在|到|赴|走进|进|于|深入|位于|前往)$")
_VARIANTS = lazy(r"（[厅委局办部、]{1,6}）")
_REGION = lazy("[省市区县州旗盟]")


def find_names(
    chars: str,
    words: Words,
    start: int = 0,
    end: int | None = None,
    breaks: Sequence[int] = (),
    busy: Sequence[tuple[int, int]] = (),
) -> list[Name]:
    """Every name of a body or group of bodies in ``chars[start:end]``, in order, none overlapping another.

    ``breaks``: places no name reaches over although no sign stands there (a table's cells). ``busy``: stretches, in
    order, that hold names already known.
    """
    end = len(chars) if end is None else end
    groups = find_groups(chars, words, start, end)
    taken = [group.start for group in groups]
    found: list[Name] = []
    done = [one[0] for one in busy]
    for match in words.units.head.finditer(chars, start, end):
        stop = match.end()
        if found and stop <= found[-1].end:
            continue
        inside = bisect_left(done, stop) - 1
        if inside >= 0 and busy[inside][1] >= stop:
            continue
        at = bisect_left(taken, stop) - 1  # the last group that begins before the head's end
        if at >= 0 and groups[at].end >= stop:
            continue
        left = _run(chars, start, stop, end)
        if breaks and (cut := bisect_left(breaks, stop)):
            left = max(left, breaks[cut - 1])
        if at >= 0 and left < groups[at].end:
            length = words.core(chars, stop, left)
            if length and stop - length < groups[at].end - 1:  # 县直机关|工委 is one body, no group
                groups[at] = Name(groups[at].start, groups[at].start)
            else:
                left = groups[at].end
        name = _name(chars, words, found, left, stop)
        if name is None:
            continue
        if chars.startswith("（", stop) and (variants := _VARIANTS.match(chars, stop)):
            name = replace(name, end=variants.end())
        while found and found[-1].start >= name.start:
            found.pop()
        if (
            found
            and found[-1].end == name.start
            and found[-1].strength == STRONG
            and chars.endswith(_BRANCH, 0, stop)
        ):
            name = replace(found.pop(), end=stop)  # 中国…银行|某市中心支行, 国家统计局|某县调查队
        found.append(name)
    return _merge(chars, words, found, groups)


def filling_names(chars: str, words: Words, start: int, end: int) -> list[Name]:
    """The names in ``chars[start:end]`` if they begin with it and leave out its last character at most; else none."""
    tail = max(end - 2, start)  # a name ends with its head noun, a bracket or as a group
    ends = "）" in chars[tail:end] or words.units.head.search(chars, tail, end)
    if not ends and not find_groups(chars, words, start, end):
        return []
    names = find_names(chars, words, start, end)
    return names if names and names[0].start == start and names[-1].end >= end - 1 else []


def _run(chars: str, start: int, stop: int, end: int) -> int:
    """Where the characters begin that a name ending at ``stop`` can be made of."""
    reach = max(start, stop - _REACH)
    found = _HAN.match(chars[reach:stop][::-1])
    left = stop - found.end() if found else stop
    if left == start:
        return left
    if left > reach:
        sign = chars[left - 1]
        if sign not in "（）、":
            return left
        opened = chars.rfind("（", max(start, left - _INSIDE), left)
        if sign != "）" and (opened < 0 or not _SHORT_BRACKET.match(chars, opened, end)):
            return left
    start = max(start, stop - _FAR)
    first = max(chars.rfind(sign, start, left) for sign in "，。；：\n") + 1
    runs = (match.span() for match in _RUN.finditer(chars, max(first, start), min(end, stop + _REACH)))
    return next((begin for begin, over in runs if over >= stop), stop)


def _name(chars: str, words: Words, found: list[Name], left: int, stop: int) -> Name | None:
    """The name whose head noun ends at ``stop``, not reaching before ``left``; None when it is no body."""
    head = words.head(chars, stop, left)
    if not head:
        return None
    kind = words.units.heads[head]
    length = words.core(chars, stop, left)
    if length > 2 and chars[stop - length] in "镇乡":
        length -= 1  # 镇人民政府 is a stem of its own, but the town's name belongs in front of 镇
    before = found[-1] if found and found[-1].end > left else None
    inner = kind == "inner" and before is not None and stop - before.end <= 8
    others = () if length or inner else words.units.not_head_ends.get(chars[stop - 2 : stop], ())
    if others and any(len(head) <= n and chars[stop - n : stop] in words.units.not_heads for n in others):
        return None
    if words.units.not_acting.match(chars, stop):
        if before is not None and before.end >= stop - len(head):
            found.pop()  # …委员会办公室主任: the person's office is no body that acts, nor is its beginning
        return None
    core = stop - length if length else stop - len(head)
    if before is not None and core <= before.start:
        before = found[-2] if len(found) > 1 and found[-2].end > left else None
    edge = before.end if before is not None else left
    if before is not None and before.start < core < before.end:
        return replace(before, end=stop, kind=kind)
    if before is not None and before.end == core and before.kind == "zone" and length:
        return Name(before.start, stop, kind, strength=STRONG)
    if length:
        begin, region = prefix(chars, words, core, edge)
        if region or words.central(chars[core:stop]):
            return Name(begin, stop, kind, strength=STRONG)
    elif head in ("委", "局", "院", "中心"):
        begin, region = prefix(chars, words, stop - len(head), edge)
        if region and (head == "委" or stop - len(head) - begin <= 1):
            return Name(begin, stop, kind, strength=STRONG)
    branch = before is not None and head in _BRANCH and before.strength == STRONG and core - before.end <= 8
    if before is not None and (branch or _extends(chars, words, before, core, kind, bool(length))):
        return replace(before, end=stop, kind=kind)
    return _open(chars, words, edge, core, stop, head, kind, bool(length))


def _extends(chars: str, words: Words, before: Name, core: int, kind: str, known: bool) -> bool:
    """Whether a head belongs to the body named just before it: 市教育局思政科, …联席会议领导小组办公室."""
    between = chars[before.end : core]
    if known and kind in _OWN and not between:
        return False
    if len(between) > 20 or "（" in between or words.units.stops.search(between):
        return False
    if between and words.units.soft.search(between) and kind not in ("committee", "office", "inner"):
        return False
    return kind in _INNER or (kind in ("education", "health") and not between)


def _open(
    chars: str, words: Words, edge: int, core: int, stop: int, head: str, kind: str, known: bool
) -> Name | None:
    """A name without region directly before its stem."""
    hard = words.units.cut.match(chars[edge:core])
    floor = edge + (hard.end() if hard else 0)
    starts = [floor, *(floor + m.end() for m in words.units.soft.finditer(chars[floor:core]))]
    inside = None
    for begin in reversed(starts):
        if anchored(chars, words, begin, core if known else stop - 1):
            return Name(begin, stop, kind, strength=STRONG)
    if known and kind == "department" and _LONG.fullmatch(chars, floor, core):
        begins = floor == 0 or chars[floor - 1] in _BORDERS
        if begins and not words.units.soft.search(_JOINT.sub("", chars[floor:core])):
            return Name(floor, stop, kind, strength=KNOWN)  # 城市管理和行政|执法局 is one body
    if known and core in starts:
        return Name(core, stop, kind, strength=KNOWN)
    if not known or (kind in _INNER and kind != "office"):
        inside = _division_inside(chars, words, floor, core)
    if inside is not None and not CENTRAL.match(chars, floor):
        return Name(inside, stop, kind, strength=STRONG)
    if (
        known
        and 0 < core - floor <= 5
        and chars[floor - 1 : floor] in ("", "、")
        and not words.units.soft.search(chars, floor, core)
    ):
        return Name(floor, stop, kind, strength=OPEN)
    if known:
        return Name(
            core, stop, kind, strength=KNOWN if core - edge > 0 or len(chars[core:stop]) > 3 else OPEN
        )
    if head in words.units.ambiguous and len(head) == 1:
        # In a list between two 、 a short unknown name is still a body; in a sentence it is more often a word.
        listed = chars[edge - 1 : edge] == "、" and chars[stop : stop + 1] == "、" and floor == edge
        unknown = (
            head in "局委部厅" and 2 < stop - edge <= 12 and not words.units.soft.search(chars, edge, core)
        )
        return Name(edge, stop, kind, strength=OPEN) if listed and unknown else None
    verbs = [match.end() for match in _VERB.finditer(chars, floor, core)]
    begin = verbs[-1] if verbs else floor
    while lead := _LEAD.match(chars, begin, core):
        begin = lead.end()
    if not 2 < stop - begin <= 40 or ("（" in chars[begin:stop] and not chars[begin:stop].count("）")):
        return None
    lengths = words.divisions.begins.get(chars[begin : begin + 2], ())
    placed = any(chars[begin : begin + n] in words.divisions.by_short for n in lengths)
    return Name(begin, stop, kind, strength=KNOWN if placed else OPEN)


def _division_inside(chars: str, words: Words, floor: int, core: int) -> int | None:
    """Where the leftmost division name between ``floor`` and ``core`` begins."""
    for match in _REGION.finditer(chars, floor, core):
        end = match.end()
        name = words.divisions.ending_at(chars, end, floor)
        if name:
            return prefix(chars, words, end - len(name), floor)[0]
    return None


def _merge(chars: str, words: Words, names: list[Name], groups: list[Name]) -> list[Name]:
    """Names and groups in one list; a group right behind a body is the body's own (…联席会议|各成员单位)."""
    if not groups and len(names) < 2:
        return names
    merged: list[Name] = []
    for name in sorted(
        [*names, *(group for group in groups if group.end > group.start)],
        key=lambda name: (name.start, -name.end),
    ):
        last = merged[-1] if merged else None
        if last is not None and name.start < last.end:
            if name.end > last.end and name.group and not last.group:
                merged[-1] = replace(name, start=last.start, strength=last.strength)
            continue
        if last is not None and name.group and last.end == name.start and not last.group:
            merged[-1] = replace(last, end=name.end, kind="group", group=True)
            continue
        merged.append(name)
    return merged


def is_place(chars: str, name: Name) -> bool:
    """Whether the name only says where something takes place."""
    return name.kind in _PLACES and bool(_AT.search(chars, max(name.start - 3, 0), name.start))


def acts_rarely(name: Name) -> bool:
    """Firms, schools, hospitals, media: bodies only where a label or a verb says so."""
    return name.kind in _PLACES
