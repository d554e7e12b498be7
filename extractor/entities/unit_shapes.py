"""Where the names of bodies begin and end in read text.

A name is found from its head noun (局, 委员会, 办公室 …) and read to the left: a known stem (rules/units.yaml), then the
region words and division names before it; a stem nobody knows reaches back to a word that no name contains. Names of
groups (各县（市、区）, 有关部门) have patterns of their own.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.rulebook.divisions import Divisions
from extractor.rulebook.units import Units

# Characters a name is made of: Han, and short brackets inside it: 各县（市、区）…局, 教育厅（委、局）.
_RUN = re.compile(
    r"(?:[一-鿿·]|（(?:[省市县区旗州盟镇乡街道村社农牧地级自治团场、或及]{1,12}|[厅委局办部处、或]{1,8}|[一-鿿]{2,8}[省市县区州旗盟镇])）(?=[一-鿿，。、：；\n]))+"
)
_GROUP = re.compile(
    r"各|有关|相关|部分|全[省市州盟区县旗镇乡]|[省市州盟区县旗镇乡局校院](?:级|直|属)(?=[各相有部单机主媒])|成员单位|主流媒体|市区主流|"
    r"(?:中央)?驻[省市州盟区县旗镇乡]|辖区(?=各|有关|相关)|所属(?=各|有关)|[省市州盟区县旗](?:人民)?政府(?=各|有关|相关|直属|部门|机构)"
)
_LISTED = re.compile(r"等(?:有关|相关|各|多个)?(?:职能|主管|行政)?(?:部门|单位)")
_STEMS = re.compile(r"(?:[省市县区州旗]{1,3}(?:（[一-鿿、]{1,6}）)?)?[一-鿿]{2,9}(?:、[一-鿿]{2,10})*$")
_CENTRAL = re.compile(r"国家|中国|全国|中央|中华|中共|国务院")
_ZONE_AT = re.compile(r"[一-鿿]{0,6}?(?:高新|经开|开发|新|示范|工业园|产业园|保税|综保|集聚)区|师市")
_BRANCH = ("支行", "分行", "分公司", "支公司", "调查队", "税务局", "分局", "海关")
_QUALIFIED = re.compile("有关|相关")
_VERB = re.compile(r"组织|指导|协调|邀请|安排|动员|发动|支持|特邀")
_LEAD = re.compile(r"(?:[与及在向给和]|对(?!外))")
_LEVEL_AT = re.compile(r"(?:自治区|街道|地区|兵团|[省市州盟区县旗镇乡])(?![场值容场民域界级际直属内外情委政人长])")
_INNER = frozenset({"inner", "office", "service", "committee", "body", "health", "education"})
_OWN = frozenset({"government", "justice", "party", "group", "department", "committee"})
_PLACES = frozenset({"service", "zone", "education", "health", "enterprise", "media"})
# A name right behind one of these is a place or a target, not a body that acts.
_AT = re.compile(r"(?:在|到|赴|走进|进|于|深入|位于|前往)$")
_NUMBERED = re.compile(r"[发字函办]?[〔\[]")  # part of a 文号
_STRONG, _KNOWN, _OPEN = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name in read text, half-open. ``strength``: 3 with its region or central, 2 a known stem, 1 an open stem."""

    start: int
    end: int
    kind: str = ""
    group: bool = False
    strength: int = _STRONG


@dataclass(frozen=True, slots=True)
class Words:
    """The two rule books the shapes need."""

    units: Units
    divisions: Divisions

    def core(self, chars: str, end: int, left: int) -> int:
        """Length of the longest known stem that ends at ``end`` and begins at ``left`` or later; 0 if none."""
        room = end - left
        for length in self.units.core_lengths:
            if length <= room and length > 1 and chars[end - length : end] in self.units.cores:
                return length
        return 0

    def central(self, name: str) -> bool:
        """Whether a stem names a central body and could be no local one (市场监管总局, 国家知识产权局)."""
        return name in self.units.central and name not in self.units.departments and name not in self.units.uncertain

    def head(self, chars: str, end: int, left: int) -> str:
        """The longest head noun that ends at ``end``."""
        room = end - left
        for length in self.units.head_lengths:
            if length <= room and chars[end - length : end] in self.units.heads:
                return chars[end - length : end]
        return ""


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
    runs = [match.span() for match in _RUN.finditer(chars, start, end)]
    if breaks:
        runs = _broken(runs, breaks)
    starts = [run[0] for run in runs]
    groups = _groups(chars, words, start, end)
    taken = [group.start for group in groups]
    found: list[Name] = []
    done = [one[0] for one in busy]
    for match in words.units.head.finditer(chars, start, end):
        stop = match.end()
        if busy and (at := bisect_right(done, stop - 1) - 1) >= 0 and busy[at][1] >= stop:
            continue
        at = bisect_right(taken, stop - 1) - 1
        if at >= 0 and groups[at].end >= stop:
            continue
        index = bisect_right(starts, stop - 1) - 1
        if index < 0 or runs[index][1] < stop:
            continue
        left = runs[index][0]
        if at >= 0 and left < groups[at].end:
            length = words.core(chars, stop, left)
            if length and stop - length < groups[at].end - 1:  # 县直机关|工委 is one body, no group
                groups[at] = Name(groups[at].start, groups[at].start)
            else:
                left = groups[at].end
        name = _name(chars, words, found, left, stop)
        if name is None:
            continue
        while found and found[-1].start >= name.start:
            found.pop()
        if found and found[-1].end == name.start and found[-1].strength == _STRONG and chars.endswith(_BRANCH, 0, stop):
            name = replace(found.pop(), end=stop)  # 中国…银行|某市中心支行, 国家统计局|某县调查队
        found.append(name)
    return _merge(chars, words, found, groups)


def _broken(runs: list[tuple[int, int]], breaks: Sequence[int]) -> list[tuple[int, int]]:
    """``runs`` cut at ``breaks``."""
    made: list[tuple[int, int]] = []
    at = 0
    for start, end in runs:
        while at < len(breaks) and breaks[at] <= start:
            at += 1
        while at < len(breaks) and breaks[at] < end:
            made.append((start, breaks[at]))
            start = breaks[at]
            at += 1
        made.append((start, end))
    return made


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
    if not length and not inner and any(chars[stop - n : stop] in words.units.not_heads for n in range(max(len(head), 2), 7)):
        return None
    if words.units.not_acting.match(chars, stop) or _NUMBERED.match(chars, stop):
        if before is not None and before.end == stop - len(head):
            found.pop()  # …委员会办公室主任: the person's office is no body that acts, nor is its beginning
        return None
    core = stop - length if length else stop - len(head)
    if before is not None and core <= before.start:
        before = found[-2] if len(found) > 1 and found[-2].end > left else None
    edge = before.end if before is not None else left
    if before is not None and before.start < core < before.end:
        return replace(before, end=stop, kind=kind)
    if before is not None and before.end == core and before.kind == "zone" and length:
        return Name(before.start, stop, kind, strength=_STRONG)
    if length:
        begin, region = prefix(chars, words, core, edge)
        if region or words.central(chars[core:stop]):
            return Name(begin, stop, kind, strength=_STRONG)
    elif head in ("委", "局", "院", "中心") and (begin_region := prefix(chars, words, stop - len(head), edge))[1]:
        if head == "委" or stop - len(head) - begin_region[0] <= 1:
            return Name(begin_region[0], stop, kind, strength=_STRONG)
    if before is not None and _extends(chars, words, before, core, kind, bool(length)):
        return replace(before, end=stop, kind=kind)
    return _open(chars, words, edge, core, stop, head, kind, bool(length))


def _extends(chars: str, words: Words, before: Name, core: int, kind: str, known: bool) -> bool:
    """Whether a head belongs to the body named just before it: 市教育局思政科, …联席会议领导小组办公室."""
    between = chars[before.end : core]
    if known and kind in _OWN and not between:
        return False
    if len(between) > 20 or "（" in between or words.units.cut.match(between):
        return False
    if between and words.units.soft.search(between) and kind not in ("committee", "office", "inner"):
        return False
    return kind in _INNER or bool(between) or not known


def _open(chars: str, words: Words, edge: int, core: int, stop: int, head: str, kind: str, known: bool) -> Name | None:
    """A name without region directly before its stem."""
    hard = words.units.cut.match(chars[edge:core])
    floor = edge + (hard.end() if hard else 0)
    starts = [floor, *(floor + m.end() for m in words.units.soft.finditer(chars[floor:core]))]
    inside = None
    for begin in reversed(starts):
        if anchored(chars, words, begin, core if known else stop - 1):
            return Name(begin, stop, kind, strength=_STRONG)
    if known and core in starts:
        return Name(core, stop, kind, strength=_KNOWN)
    if not known or kind in _INNER and kind != "office":
        inside = _division_inside(chars, words, floor, core)
    if inside is not None and not _CENTRAL.match(chars, floor):
        return Name(inside, stop, kind, strength=_STRONG)
    if known and 0 < core - floor <= 5 and chars[floor - 1 : floor] in "、" and not words.units.soft.search(chars, floor, core):
        return Name(floor, stop, kind, strength=_OPEN)
    if known:
        return Name(core, stop, kind, strength=_KNOWN if core - edge > 0 or len(chars[core:stop]) > 3 else _OPEN)
    if head in words.units.ambiguous and len(head) == 1:
        return None
    verbs = [match.end() for match in _VERB.finditer(chars, floor, core)]
    begin = verbs[-1] if verbs else floor
    while lead := _LEAD.match(chars, begin, core):
        begin = lead.end()
    if not 2 < stop - begin <= 40 or "（" in chars[begin:stop] and not chars[begin:stop].count("）"):
        return None
    return Name(begin, stop, kind, strength=_OPEN)


def _division_inside(chars: str, words: Words, floor: int, core: int) -> int | None:
    """Where the leftmost division name between ``floor`` and ``core`` begins."""
    for match in re.finditer(r"[省市区县州旗盟]", chars[floor:core]):
        end = floor + match.end()
        name = words.divisions.ending_at(chars, end, floor)
        if name:
            return prefix(chars, words, end - len(name), floor)[0]
    return None


def anchored(chars: str, words: Words, begin: int, stop: int) -> bool:
    """Whether a name may begin here: with a division, a region word, or 国家, 全国, 中国 …"""
    if begin >= stop:
        return False
    if _LEVEL_AT.match(chars, begin, stop) or _CENTRAL.match(chars, begin, stop) or _ZONE_AT.match(chars, begin, stop):
        return True
    length = words.divisions.beginning_at(chars, begin)
    return 0 < length <= stop - begin


def prefix(chars: str, words: Words, core: int, left: int) -> tuple[int, bool]:
    """Where the region before a stem begins, and whether there is one: 昆明市五华区|…, 区|…, 中共…市|委宣传部."""
    units, divisions = words.units, words.divisions
    begin, region = core, False
    while begin > left:
        last = chars[begin - 1]
        name = divisions.ending_at(chars, begin, left) if last in divisions.endings else ""
        if name and not units.cut.fullmatch(name[:-1]):  # 会同县: a county, but nearly always 会同|县…
            begin, region = begin - len(name), True
            continue
        zone = _zone(chars, words, begin, left) if last in units.zone_ends else 0
        if zone:
            begin, region = begin - zone, True
            continue
        if region:
            break
        word = 1 if last in units.region_words else 2 if chars[begin - 2 : begin] in units.region_words else 0
        if last == "区" and chars[begin - 3 : begin] == "自治区":
            word = 3
        if word and begin - word >= left:
            begin, region = _unknown_place(chars, words, begin - word, begin, left), True
            continue
        short = _short(chars, words, begin, left)
        if not short:
            break
        begin, region = begin - short, True
    last = chars[begin - 1 : begin] if begin > left else ""
    if last == "共" and chars[begin - 2] == "中":
        return begin - 2, True
    if last == "团" and chars[begin - 3 : begin] == "共青团":
        return begin - 3, True
    if last == "全" or last == "团" and chars[core] == "委":
        return begin - 1, True
    return begin, region


def _zone(chars: str, words: Words, end: int, left: int) -> int:
    """Length of a named zone (高新区, 开发区 … with its place) that ends here."""
    for length in range(12, 3, -1):
        if end - length >= left and chars[end - length : end] in words.units.zones:
            return length
    return 0


def _short(chars: str, words: Words, end: int, left: int) -> int:
    """Length of a division's short name that ends here (荣昌|法院), only where nothing else stands before it."""
    for length in (4, 3, 2):
        if end - length == left and chars[end - length : end] in words.divisions.by_short:
            return length
    return 0


def _unknown_place(chars: str, words: Words, word: int, end: int, left: int) -> int:
    """Where a place that no table knows begins (towns, zones, invented counties) before its region word at ``word``.

    A bare region word begins the name itself (区|市场监管局).
    """
    before = chars[left:word]
    if not before or word == end:
        return word
    hard = words.units.cut.match(before)
    rest = before[hard.end() :] if hard else before
    soft = [m.end() for m in words.units.soft.finditer(rest)]
    rest = rest[soft[-1] :] if soft else rest
    town = chars[word:end] in ("镇", "乡", "街道")
    zone = rest.endswith(("高新", "经开", "开发", "新", "示范", "保税", "产业园", "园", "集聚", "试验"))
    if not rest or len(rest) > (8 if zone else 5 if town else 3):
        return word
    if town or zone or (not hard and not soft and (left == 0 or chars[left - 1] in "、，：（\n；《")):
        return word - len(rest)
    return word


def _groups(chars: str, words: Words, start: int, end: int) -> list[Name]:
    """Names of groups of bodies: the longest pattern at each place that can begin one."""
    found: list[Name] = []
    reach = start
    for match in _GROUP.finditer(chars, start, end):
        if match.start() < reach:
            continue
        begin = match.start()
        stop = group_end(chars, words, begin, end)
        if stop:
            begin = prefix(chars, words, begin, max(reach, begin - 12))[0]
            found.append(Name(begin, stop, "group", group=True))
            reach = stop
    for match in _LISTED.finditer(chars, start, end):
        stems = _STEMS.search(chars[max(match.start() - 40, start) : match.start()])
        if stems is None:
            continue
        begin = match.start() - len(stems.group())
        hard = words.units.cut.match(stems.group())
        begin += hard.end() if hard else 0
        first = re.split("[、等]", chars[begin : match.end()])[0]
        if words.head(first, len(first), 0) or len(first) < 2 or any(name.start < match.end() - 4 and begin < name.end for name in found):
            continue
        found = [name for name in found if name.end <= begin or name.start >= match.end()]
        found.append(Name(begin, match.end(), "group", group=True, strength=_OPEN))
    return sorted(found, key=lambda name: name.start)


def group_end(chars: str, words: Words, begin: int, end: int) -> int:
    """Where the group that begins here ends, 0 if none does."""
    best = 0
    for group in words.units.groups:
        match = group.pattern.match(chars, begin, end)
        if match and match.end() > best:
            inner = match.group()[2:]
            if words.units.cut.match(_QUALIFIED.sub("", inner)):
                continue
            best = match.end()
    return best


def _merge(chars: str, words: Words, names: list[Name], groups: list[Name]) -> list[Name]:
    """Names and groups in one list; a group right behind a body is the body's own (…联席会议|各成员单位)."""
    merged: list[Name] = []
    for name in sorted([*names, *(group for group in groups if group.end > group.start)], key=lambda name: (name.start, -name.end)):
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
