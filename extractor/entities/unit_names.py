"""Short names of bodies and the full names they stand for, in the region of the notice.

``区市场监管局`` in a notice of 甲市乙区 is ``甲市乙区市场监督管理局``. Where the full name varies from place to place
the answer is None: nothing is better than a wrong name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Division, Divisions
from extractor.schema import Region

_LEVEL_WORD = re.compile(r"(?:全|本|我)?(自治区|兵团|街道|地区|[省市州盟区县旗镇乡])")
_ZONE = re.compile(r"[一-鿿]{0,10}?(?:开发区|高新区|经开区|新区|园区|示范区|保税区|综保区)")
_SECOND = re.compile(r"^(.{4,}?)（([^（）]{4,})）$")
_NOTED = re.compile(r"^(.{3,})（[^（）]{1,8}）$")
_ANCHOR = re.compile(r"联席会议?|领导小组|组委会|组织委员会|指挥部")
_JOINT = re.compile(r"联席会(?!议)")
_EACH = re.compile(r"各(?:（[^（）]*）|、|[省州盟县区旗乡镇]|市(?!场)|街道|地区)+")
_GROUPISH = re.compile("各|有关|相关|成员|部门|单位|媒体|^全|学校|企业|机构|[直级驻属]|其他|其它")
_YEARED = re.compile(r"^\d{4}年(?:度)?")
_FULL_HEAD = re.compile(
    r"(?:办公室|委员会|管理局|监督局|人民政府|领导小组|联席会议|指挥部|中心|总队|支队|大队|中队|学院|大学|学校|中学|小学|医院|卫生院|研究院|研究所|协会|学会|联合会|促进会|"
    r"商会|基金会|图书馆|博物馆|文化馆|科技馆|档案馆|电视台|报社|公司|工作站|指导站|服务站|总站|海关|银行|支行|分行|派出所|司法所)$"
)
_TOWN_BODY = re.compile(r"(?!各)([一-鿿]{1,6}?(?:镇|乡|街道))(?:人民政府|政府|办事处|党委|[一-鿿]{2,12}办公室|中心学校|卫生院)$")
_PLACES = re.compile(r"[省市区县州旗（）]")
_MEMBERS = re.compile(r"^(?:[省市州区县旗](?:直|级)?)?(?:各|有关|相关)*成员单位$")


@dataclass(frozen=True, slots=True)
class _Where:
    """A region to put in front of a stem: its text and its level (province, prefecture, county, town)."""

    text: str
    level: str


def expand(
    name: str, region: Region, rulebook: Rulebook, on: date | None = None, known: Sequence[str] = ()
) -> str | None:
    """The full name of a body named ``name`` in a notice of ``region``, without the province; None if not certain.

    ``name``: as read (see ``text.canonical``). ``known``: the other names of the notice, its own issuers first; they
    complete names that only repeat a tail (领导小组办公室). ``on``: the notice's day; renamed bodies keep the name of
    their time, so it only serves bodies that did not exist yet.
    """
    name = _JOINT.sub("联席会议", name)
    if _LOOSE.search(name):
        return None
    second = _SECOND.match(name)
    if second and _known(second.group(2), rulebook):
        main = expand(second.group(1), region, rulebook, on, known)
        other = expand(second.group(2), region, rulebook, on, known)
        return f"{main}（{other}）" if main and other else None
    if (full := _central(name, region, rulebook)) is not None:
        return full
    if (full := _tail(name, region, rulebook, on, known)) is not None:
        return full
    group = _group(name, region, rulebook)
    if group is not None:
        return group or None
    year = _YEARED.match(name)
    if year:
        return name if re.search(r"[市区县州省]", name) and _FULL_HEAD.search(name) or name.endswith("组委会") else None
    return _body(name, region, rulebook)


_LOOSE = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)(?:个)?(?:部门|单位)$|[，。]")


def _known(name: str, rulebook: Rulebook) -> bool:
    units = rulebook.units
    return any(name[-n:] in units.cores for n in units.core_lengths if 2 < n <= len(name))


def _central(name: str, region: Region, rulebook: Rulebook) -> str | None:
    units = rulebook.units
    if name not in units.central:
        return None
    local = name in units.departments or name in units.uncertain or name in units.by_level
    return units.central[name] if not local or region.level == "nation" else None


def _tail(name: str, region: Region, rulebook: Rulebook, on: date | None, known: Sequence[str]) -> str | None:
    """``name`` completed from a longer name of the notice that holds its first word: 组委会|办公室, 联席会议|各成员单位."""
    match = _ANCHOR.match(name)
    if match is None:
        return None
    anchor = match.group()
    whole = (_JOINT.sub("联席会议", one) for one in known)
    starts = {one[: one.index(anchor)] for one in whole if one.find(anchor) > 0}
    fulls = {expand(start + name, region, rulebook, on) for start in starts}
    fulls.discard(None)
    return fulls.pop() if len(fulls) == 1 else None


def _group(name: str, region: Region, rulebook: Rulebook) -> str | None:
    """The full name of a collective addressee; "" when it is one without a full name, None when it is no group."""
    found = None
    if not _GROUPISH.search(name):
        return None
    for group in rulebook.units.groups:
        match = group.pattern.fullmatch(name) or group.pattern.fullmatch(re.sub(r"^(?:全?[省市州盟区县旗])(?=各)", "", name))
        if match:
            found = (group, match)
            break
    if found is None:
        return None
    group, match = found
    own = _own(region, rulebook.divisions)
    if own is None:
        return ""
    if group.full is None:
        word = _LEVEL_WORD.match(name)
        if word is None or not name.startswith("各", word.end()):
            return ""
        above = _above(word.group(1), region, rulebook.divisions)
        return own.text + name[word.end() :] if above is not None and above.text == own.text else ""
    if "{direct}" in group.full:
        word = _LEVEL_WORD.match(name)
        if word is None or (above := _above(word.group(1), region, rulebook.divisions)) is None or above.text != own.text:
            return ""
        return own.text + name[word.end() :]
    lead = _lead(name, region, rulebook)
    if lead is not None and not match.group().startswith("各") and group.id not in ("government-departments", "region-wide"):
        where, rest = lead
        return where.text + _stems(rest, where.level, rulebook) if where else ""
    text = re.sub(r"^(?:全|本|我)[省市州盟区县旗镇乡]", "", match.group())
    tail = match.groupdict().get("tail", "")
    geo = _EACH.match(text)
    if geo and group.id.endswith("-bodies"):
        text = geo.group() + _stems(text[geo.end() :], "county", rulebook)
    return group.full.replace("{region}", own.text).replace("{text}", text).replace("{tail}", tail)


def _body(name: str, region: Region, rulebook: Rulebook) -> str | None:
    """The full name of one body: its region written out, its stem replaced by the official one."""
    units = rulebook.units
    for before in ("中共", "共青团", "团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社"):
        if not name.startswith(before):
            continue
        lead = _lead(name[len(before) :], region, rulebook)
        if lead is None or lead[0] is None:
            continue
        where, rest = lead
        if before == "中共" and rest.startswith("委"):
            return _party(where, rest, rulebook)
        for template in units.templates:
            if template.before == before and rest in (template.after, template.after + "员会") and not template.uncertain:
                return template.full.replace("{region}", where.text)
    lead = _lead(name, region, rulebook)
    if lead is None and (town := _TOWN_BODY.match(name)):
        own = _own(region, rulebook.divisions)
        named = region.level == "town" and region.name is not None and region.name.endswith(town.group(1))
        if own is not None and (own.level == "county" or named):
            return (own.text if not named else own.text.removesuffix(town.group(1))) + _stems(name, "town", rulebook)
        return None
    if lead is None:
        return name if _FULL_HEAD.search(name) and len(name) > 8 and _names_place(name, rulebook.divisions) else None
    where, rest = lead
    if where is None or not rest or rest[0] in "局厅院" and rest not in units.departments:
        return None
    if _short_lead(name, rulebook.divisions) and rest not in units.departments and rest not in units.by_level:
        # A place's short name inside a proper name (某地商标指导站, 某地制药有限公司) is not the region of a stem.
        return name if name.endswith(("公司", "大学", "学院", "银行")) or _ZONE.match(rest) and _FULL_HEAD.search(rest) else None
    if re.search(r"(?:高新|经开|开发|保税|园)区管委会$", rest):
        return None
    for template in units.templates:
        if template.before == "" and template.after == rest:
            return None if template.uncertain else template.full.replace("{region}", where.text)
    if rest.startswith("委") and len(rest) > 1 and not rest.startswith("委员会"):
        return _party(where, rest, rulebook)
    if rest in units.uncertain:
        return None
    stem = _stems(rest, where.level, rulebook)
    if stem != rest or _begins_known(rest, rulebook) or rest in units.departments or any(rest in forms.values() for forms in units.by_level.values()):
        return where.text + stem
    if re.match(r"[一-鿿]{1,5}(?:镇|乡|街道)(?:人民政府|办事处)$", rest) or _FULL_HEAD.search(rest) and len(rest) > 3:
        return where.text + rest
    if rest.endswith(("局", "厅")) and len(rest) > 5:
        return where.text + rest
    if rest.endswith(("院", "所", "站", "馆", "队", "社")) and len(rest) > 4 and not _LEVEL_WORD.match(name):
        return where.text + rest
    return None


def _party(where: _Where, rest: str, rulebook: Rulebook) -> str | None:
    """A party body: 中共|region|委宣传部."""
    for template in rulebook.units.templates:
        if template.before == "" and template.after == rest:
            return None if template.uncertain else template.full.replace("{region}", where.text)
    return f"中共{where.text}{rest}" if re.search(r"(?:部|委员会|办公室|党校|局|小组)$", rest) else None


def _stems(rest: str, level: str, rulebook: Rulebook) -> str:
    """``rest`` with the known stem it begins with (or is) in its official form: 市场监管局知识产权科."""
    units = rulebook.units
    for length in units.core_lengths:
        head, tail = rest[:length], rest[length:]
        if len(head) < length or tail and not re.match(r"各|[一-鿿]{2}", tail):
            continue
        if head in units.by_level and not tail:
            return units.by_level[head].get(level, head)
        if head in units.departments and (head not in units.uncertain):
            return units.departments[head] + tail
    return rest


def _begins_known(rest: str, rulebook: Rulebook) -> bool:
    """Whether a stem is an office inside a body of known name: 知识产权局|协调科."""
    units = rulebook.units
    return any(rest[:n] in units.departments and len(rest) - n >= 2 for n in units.core_lengths) and bool(
        re.search(r"(?:科|处|股|室|中心|队|所|站|院|支部|党组|党委|办公室)$", rest)
    )


def _lead(name: str, region: Region, rulebook: Rulebook) -> tuple[_Where | None, str] | None:
    """The region a name begins with and the stem behind it; (None, stem) for a region word the notice cannot place."""
    divisions = rulebook.divisions
    chain, at = leading(name, divisions)
    if chain:
        named = resolve(chain[-1], divisions, region, name[:at])
        text = name[:at]
        if named is not None:
            text = name[:at] if len(chain) > 1 and chain[0].level == "province" else full_prefix(named, divisions)
        return _Where(text, chain[-1].level), name[at:]
    match = _LEVEL_WORD.match(name)
    if match is None or match.end() == len(name):
        return None
    return _above(match.group(1), region, divisions), name[match.end() :]


def _short_lead(name: str, divisions: Divisions) -> bool:
    """Whether the last division a name begins with is only its short form (某地|商标指导站)."""
    chain, at = leading(name, divisions)
    return bool(chain) and not name[:at].endswith(chain[-1].name) and name[at - 1] not in "省市区县州旗盟"


def leading(name: str, divisions: Divisions) -> tuple[list[Division], int]:
    """The divisions a name begins with, outermost first, and where they end (甲省|乙市|…)."""
    chain: list[Division] = []
    at = 0
    while len(chain) < 3:
        found = divisions.beginning_at(name, at)
        if not found:
            lengths = divisions.begins.get(name[at : at + 2], ())
            short = (n for n in lengths if name[at : at + n] in divisions.by_short and _cuts_well(name, at + n))
            found = next(short, 0)
        if not found:
            break
        options = divisions.find(name[at : at + found])
        if chain:
            inside = [one for one in options if divisions.within(one, chain[-1])]
            if not inside:
                break
            options = tuple(inside)
        chain.append(options[0])
        at += found
        if name.startswith(("自治州", "自治县", "自治旗", "自治区"), at):
            at += 3
    return chain, at


def _cuts_well(name: str, at: int) -> bool:
    """Whether a short name may end here: not before the rest of a longer place name (临夏|州, 重庆|市)."""
    return at < len(name) and (name[at] not in "省市区县州旗盟镇乡街" or name.startswith("市场", at))


def resolve(division: Division, divisions: Divisions, region: Region, printed: str = "") -> Division | None:
    """The division of this name that fits the notice's region, None where several could be meant."""
    options = divisions.find(division.name)
    if len(options) == 1:
        return options[0]
    current = [one for one in options if one.until is None] or list(options)
    above = [name for name in (region.city, region.province) if name]
    for name in above:
        inside = [one for one in current if any(up.name == name for up in divisions.lineage(one))]
        if len(inside) == 1:
            return inside[0]
    if region.code:
        exact = [one for one in current if one.code == region.code]
        if exact:
            return exact[0]
    return current[0] if len(current) == 1 else None


def full_prefix(division: Division, divisions: Divisions) -> str:
    """The region as a body's full name begins with it: districts with their city, everything else by itself."""
    chain = divisions.lineage(division)
    if division.level == "county" and len(chain) > 1 and (division.name.endswith("区") or chain[-2].level == "province" and chain[-2].name.endswith("市")):
        return chain[-2].name + division.name if chain[-2].level == "prefecture" or chain[-2].name.endswith("市") else division.name
    return division.name


def _own(region: Region, divisions: Divisions) -> _Where | None:
    """The notice's own region."""
    if region.level in (None, "nation") or region.name is None:
        return None
    division = divisions.by_code.get(region.code or "")
    if division is None or region.level == "town":
        return _Where(region.name, region.level or "county")
    return _Where(full_prefix(division, divisions), division.level)


def _above(word: str, region: Region, divisions: Divisions) -> _Where | None:
    """The region a bare region word means in a notice of ``region``: 市 in a district's notice is the city above."""
    division = divisions.by_code.get(region.code or "")
    chain = divisions.lineage(division) if division is not None else ()
    if word in ("省", "自治区"):
        return next((_Where(one.name, "province") for one in chain if one.level == "province" and one.name.endswith(word)), None)
    if word in ("镇", "乡", "街道"):
        return _Where(region.name, "town") if region.level == "town" and region.name else None
    if not chain:
        ends = region.name is not None and region.name.endswith(word)
        return _Where(region.name, region.level or "county") if ends and region.name else None
    for one in reversed(chain):
        if one.name.endswith(word) and (one.level != "province" or word == "市" or len(chain) == 1):
            return _Where(full_prefix(one, divisions), "prefecture" if one.level == "province" and len(chain) > 1 else one.level)
    return None


def _names_place(name: str, divisions: Divisions) -> bool:
    return bool(leading(name, divisions)[0]) or name.startswith(("国家", "中国", "全国", "中共", "中央"))


def canonical_key(name: str, region: Region, rulebook: Rulebook, known: Sequence[str] = ()) -> str:
    """One key for every surface form of a body: its full name, else its name without what varies."""
    full = expand(name, region, rulebook, None, known)
    if full is not None:
        return re.sub(r"[（）、，]|各(?=成员单位)", "", full)
    plain = _JOINT.sub("联席会议", re.sub(r"[（）、，]|各(?=成员单位)|^(?:全|本|我)(?=[省市州区县])", "", name))
    return _stems(plain, region.level or "county", rulebook)


def cluster(names: Iterable[str], region: Region, rulebook: Rulebook) -> dict[str, str]:
    """Every name of a notice → the key of the body it stands for. ``names`` in the order found, issuers' included."""
    order = list(dict.fromkeys(names))
    keys = {name: canonical_key(name, region, rulebook, order) for name in order}
    members = [name for name in order if name.endswith("成员单位") and not _MEMBERS.match(name)]
    governed = [name for name in order if re.match(r"[省市州区县旗镇乡](?:人民)?政府|[省市州区县旗镇乡](?:直|级)", name)]
    counts = Counter(keys.values())
    for name in order:
        if _MEMBERS.match(name) and len({keys[one] for one in members}) == 1:
            keys[name] = keys[members[0]]
            continue
        if (town := _TOWNS.fullmatch(name)) is not None:
            governments = {keys[one] for one in order if one.startswith("各") and re.sub(r"[（）、]", "", one).removeprefix(town_key(town.group())) in ("人民政府", "政府", "人民政府街道办事处")}
            if len(governments) == 1:
                keys[name] = governments.pop()
            continue
        if counts[keys[name]] == 1 and (spelt := _spelt_out(name, order, keys, region, rulebook)) is not None:
            keys[name] = spelt
            continue
        tail = re.sub(r"^各", "", name)
        if tail in ("有关部门", "有关单位", "相关部门", "相关单位", "部门", "单位"):
            owners = {keys[one] for one in governed if one.endswith(tail)}
        else:
            owners = _owners(name, tail, order, keys, region, rulebook)
        if len(owners) == 1 and keys[name] not in owners:
            keys[name] = owners.pop()
    plain: dict[str, str] = {}
    for name in order:
        if re.search(r"[省市区县（）]", name) and not _known(name, rulebook) or not _LEVEL_WORD.match(name):
            bare = _PLACES.sub("", keys[name])
            if len(bare) > 7:
                keys[name] = plain.setdefault(bare, keys[name])
    return keys


_TOWNS = re.compile(r"各(?:乡镇|镇|乡|镇乡|乡、镇|乡（镇）|镇（乡）)")


def town_key(name: str) -> str:
    return re.sub(r"[（）、]", "", name)


def _spelt_out(
    name: str, order: Sequence[str], keys: dict[str, str], region: Region, rulebook: Rulebook
) -> str | None:
    """The key of the one longer name that a short one abbreviates: 县安办 for …县安全生产委员会办公室."""
    match = _LEVEL_WORD.match(name)
    stem = name[match.end() :] if match else ""
    if not 3 <= len(stem) <= 5 or stem[-1] not in "办委会局":
        return None
    above = _above(match.group(1), region, rulebook.divisions) if match else None
    own = _own(region, rulebook.divisions)
    if above is None or own is None or above.text != own.text:
        return None
    ends = {"办": "办公室", "委": "委员会", "会": "会", "局": "局"}[stem[-1]]
    alike = {
        keys[one]
        for one in order
        if len(one) > len(name) + 2 and one[0] != "各" and one.endswith(ends) and _within(stem, one) and _own_level(keys[one], region, rulebook)
    }
    return alike.pop() if len(alike) == 1 else None


def _owners(
    name: str, tail: str, order: Sequence[str], keys: dict[str, str], region: Region, rulebook: Rulebook
) -> set[str]:
    """Keys of the longer names that a bare name could be the end of; the notice's own region first."""
    if _LEVEL_WORD.match(name) and re.fullmatch(r"[省市州盟区县旗](?:局|厅|委|院)", name):
        return {keys[one] for one in order if one != name and "各" not in one and keys[one].endswith(name[-1]) and _own_level(keys[one], region, rulebook) and len(one) > 4}
    if _LEVEL_WORD.match(name) and _LEVEL_WORD.match(name).end() < len(name) and not name.startswith("市场") or len(tail) < 2:  # type: ignore[union-attr]
        return set()
    if leading(name, rulebook.divisions)[0] or name.startswith("各"):
        return set()
    if _ANCHOR.search(name) and len(name) > 7:
        alike = {keys[one] for one in order if one != name and one[-3:] == name[-3:] and len(one) > len(name) and _within(name, one)}
        if alike:
            return alike
    stem = _stems(tail, region.level or "county", rulebook)
    ends = {keys[one] for one in order if one != name and len(keys[one]) > len(stem) and keys[one].endswith((stem, tail)) and not one.startswith("各县")}
    own = {key for key in ends if _own_level(key, region, rulebook)}
    return own or ends


def _within(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in their order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _own_level(key: str, region: Region, rulebook: Rulebook) -> bool:
    own = _own(region, rulebook.divisions)
    return own is not None and (key.startswith((own.text, "中共" + own.text)))
