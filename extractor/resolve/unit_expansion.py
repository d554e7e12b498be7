"""Short names of bodies and the full names they stand for, in the region of the notice.

``区市场监管局`` in a notice of 甲市乙区 is ``甲市乙区市场监督管理局``. Where the full name varies from place to place
the answer is None: nothing is better than a wrong name.
"""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from extractor.patterns import lazy
from extractor.resolve.division_names import (
    LEVEL_WORD,
    Where,
    full_prefix,
    leading,
    own_region,
    region_of,
    resolve,
)
from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Divisions
from extractor.rulebook.units import LEVELS
from extractor.schema import Region

_ZONE = lazy(r"[一-鿿]{0,10}?(?:开发区|高新区|经开区|新区|园区|示范区|保税区|综保区)")
_SECOND = lazy(r"^(.{4,}?)（([^（）]{4,})）$")
ANCHOR = lazy(r"联席会议?|领导小组|组委会|组织委员会|指挥部")
_ANCHORS = ("联席会", "领导小组", "组委会", "组织委员会", "指挥部")  # what ANCHOR begins with
JOINT = lazy(r"联席会(?!议)")
_EACH = lazy(r"各(?:（[^（）]*）|、|[省州盟县区旗乡镇]|市(?!场)|街道|地区)+")
_GROUPISH = lazy("各|有关|相关|成员|部门|单位|媒体|^全|学校|企业|机构|[直级驻属]|其他|其它")
_OWN_WORD = lazy(r"^(?:全?[省市州盟区县旗])(?=各)")
_INSIDE = lazy(r"各|[一-鿿]{2}")
_OFFICE = lazy(r"(?:科|处|股|室|中心|队|所|站|院|支部|党组|党委|办公室)$")
_YEARED = lazy(r"^\d{4}年(?:度)?")
_FULL_HEAD = lazy(
    r"(?:办公室|委员会|管理局|监督局|人民政府|领导小组|联席会议|指挥部|中心|总队|支队|大队|中队|学院|大学|学校|中学|小学|医院|卫生院|研究院|研究所|协会|学会|联合会|促进会|"
    r"商会|基金会|图书馆|博物馆|文化馆|科技馆|档案馆|电视台|报社|公司|工作站|指导站|服务站|总站|海关|银行|支行|分行|派出所|司法所)$"
)
_BEFORE = ("中共", "共青团", "团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社")
_ZONE_OFFICE = lazy(r"(?:高新|经开|开发|保税|园)区管委会$")
_TOWN_BODY = lazy(
    r"(?!各)([一-鿿]{1,6}?(?:镇|乡|街道))(?:人民政府|政府|办事处|党委|[一-鿿]{2,12}办公室|中心学校|卫生院)$"
)
_ALL_OF = lazy(r"^(?:全|本|我)[省市州盟区县旗镇乡]")


def expand(
    name: str, region: Region, rulebook: Rulebook, on: date | None = None, known: Sequence[str] = ()
) -> str | None:
    """The full name of a body named ``name`` in a notice of ``region``, without the province; None if not certain.

    ``name``: as read (see ``text.canonical``). ``known``: the other names of the notice, its own issuers first; they
    complete names that only repeat a tail (领导小组办公室). ``on``: the notice's day; a short form takes the full name
    of its time (消防大队).
    """
    full = _expanded(name, region, rulebook, on, known)
    if on is None or full is None or not name.endswith(rulebook.renames.dated_ends):
        return full
    for form in rulebook.renames.dated:
        if name.endswith(form.short) and full.endswith(form.now):
            stem = form.full(on, known)
            return None if stem is None else full.removesuffix(form.now) + stem
    return full


def _expanded(
    name: str, region: Region, rulebook: Rulebook, on: date | None, known: Sequence[str]
) -> str | None:
    """The full name as it is today; see ``expand``."""
    if "联席会" in name:
        name = JOINT.sub("联席会议", name)
    if _LOOSE.search(name):
        return None
    second = _SECOND.match(name) if name.endswith("）") else None
    if second and is_known(second.group(2), rulebook):
        main = expand(second.group(1), region, rulebook, on, known)
        other = expand(second.group(2), region, rulebook, on, known)
        return f"{main}（{other}）" if main and other else None
    if (full := _central(name, region, rulebook)) is not None:
        return full
    if name.startswith(_ANCHORS):
        return _tail(name, region, rulebook, on, known)
    group = _group(name, region, rulebook)
    if group is not None:
        return group or None
    if name[:1].isdecimal() and _YEARED.match(name):
        return (
            name
            if (re.search(r"[市区县州省]", name) and _FULL_HEAD.search(name)) or name.endswith("组委会")
            else None
        )
    return _body(name, region, rulebook)


_LOOSE = lazy(r"[等，。](?:(?<!等)|(?:\d+|[一二三四五六七八九十]+)(?:个)?(?:部门|单位)$)")


def is_known(name: str, rulebook: Rulebook) -> bool:
    units = rulebook.units
    lengths = units.core_ends.get(name[-2:], ())
    return any(name[-n:] in units.cores for n in lengths if 2 < n <= len(name))


def _central(name: str, region: Region, rulebook: Rulebook) -> str | None:
    units = rulebook.units
    if name not in units.central:
        return None
    local = name in units.departments or name in units.uncertain or name in units.by_level
    return units.central[name] if not local or region.level == "nation" else None


def _tail(name: str, region: Region, rulebook: Rulebook, on: date | None, known: Sequence[str]) -> str | None:
    """``name`` completed from a longer name of the notice that holds its first word: 组委会|办公室, 联席会议|各成员单位."""
    match = ANCHOR.match(name)
    assert match is not None
    anchor = match.group()
    whole = (JOINT.sub("联席会议", one) for one in known)
    starts = {one[: one.index(anchor)] for one in whole if one.find(anchor) > 0}
    placed = {one for one in starts if LEVEL_WORD.match(one) or leading(one, rulebook.divisions)[0]}
    starts = placed or starts
    fulls = {expand(start + name, region, rulebook, on) for start in starts}
    fulls.discard(None)
    return fulls.pop() if len(fulls) == 1 else None


def _group(name: str, region: Region, rulebook: Rulebook) -> str | None:
    """The full name of a collective addressee; "" when it is one without a full name, None when it is no group."""
    if not _GROUPISH.search(name):
        return None
    bare = _OWN_WORD.sub("", name)
    anyone = rulebook.units.any_group
    forms = (name,) if bare == name else (name, bare)
    hits = [hit for one in forms if (hit := anyone.fullmatch(one))]
    if not hits:
        return None
    number = min(int((hit.lastgroup or "")[1:]) for hit in hits)
    group = rulebook.units.groups[number]
    match = group.pattern.fullmatch(name) or group.pattern.fullmatch(bare)
    assert match is not None
    own = own_region(region, rulebook.divisions)
    if own is None:
        return ""
    if group.full is None:
        word = LEVEL_WORD.match(name)
        if word is None or not name.startswith("各", word.end()):
            return ""
        above = region_of(word.group(1), region, rulebook.divisions)
        return own.text + name[word.end() :] if above is not None and above.text == own.text else ""
    if "{direct}" in group.full:
        word = LEVEL_WORD.match(name)
        if (
            word is None
            or (above := region_of(word.group(1), region, rulebook.divisions)) is None
            or above.text != own.text
        ):
            return ""
        return own.text + name[word.end() :]
    lead = _lead(name, region, rulebook)
    if (
        lead is not None
        and not match.group().startswith("各")
        and group.id not in ("government-departments", "region-wide")
    ):
        where = lead.where
        return where.text + official(lead.rest, where.level, rulebook) if where else ""
    text = _ALL_OF.sub("", match.group())
    tail = match.groupdict().get("tail", "")
    geo = _EACH.match(text)
    if geo and group.id.endswith("-bodies"):
        text = geo.group() + official(text[geo.end() :], "county", rulebook)
    return group.full.replace("{region}", own.text).replace("{text}", text).replace("{tail}", tail)


def _body(name: str, region: Region, rulebook: Rulebook) -> str | None:
    """The full name of one body: its region written out, its stem replaced by the official one."""
    if (full := _inner_region(name, region, rulebook)) is not None:
        return full
    lead = _lead(name, region, rulebook)
    if lead is None:
        if (town := _TOWN_BODY.match(name)) is not None:
            return _of_town(name, town.group(1), region, rulebook)
        whole = _FULL_HEAD.search(name) and len(name) > 8 and _names_place(name, rulebook.divisions)
        return name if whole else None
    where, rest = lead.where, lead.rest
    units = rulebook.units
    if where is None or not rest or (rest[0] in "局厅院" and rest not in units.departments):
        return None
    if lead.short and rest not in units.departments and rest not in units.by_level:
        # A place's short name inside a proper name (某地商标指导站, 某地制药有限公司) is not the region of a stem.
        proper = name.endswith(("公司", "大学", "学院", "银行")) or (
            _ZONE.match(rest) and _FULL_HEAD.search(rest)
        )
        return name if proper else None
    if rest in units.uncertain or _ZONE_OFFICE.search(rest):
        return None
    if ("", rest) in units.templates:
        return _party(where, rest, rulebook)
    if rest.startswith("委") and len(rest) > 1 and not rest.startswith("委员会"):
        return _party(where, rest, rulebook)
    stem = official(rest, where.level, rulebook)
    known = rest in units.departments or rest in units.level_forms
    if stem != rest or known or _begins_known(rest, rulebook) or _spelt_in_full(name, rest):
        return where.text + stem
    return None


def _inner_region(name: str, region: Region, rulebook: Rulebook) -> str | None:
    """The full name of a body whose region stands inside its name: 团|区|委, 中共|某市|委宣传部."""
    if not name.startswith(_BEFORE):
        return None
    for before in _BEFORE:
        if not name.startswith(before):
            continue
        lead = _lead(name[len(before) :], region, rulebook)
        if lead is None or lead.where is None:
            continue
        where, rest = lead.where, lead.rest
        if before == "中共" and rest.startswith("委"):
            return _party(where, rest, rulebook)
        template = rulebook.units.templates.get((before, rest.replace("委员会", "委")))
        if template is not None and not template.uncertain:
            return template.full.replace("{region}", where.text)
    return None


def _of_town(name: str, town: str, region: Region, rulebook: Rulebook) -> str | None:
    """A town's body behind the county's name."""
    own = own_region(region, rulebook.divisions)
    named = region.level == "town" and region.name is not None and region.name.endswith(town)
    if own is None or not (own.level == "county" or named):
        return None
    return (own.text.removesuffix(town) if named else own.text) + official(name, "town", rulebook)


def _spelt_in_full(name: str, rest: str) -> bool:
    """Whether a stem nobody knows looks unabbreviated by its head and length."""
    if _FULL_HEAD.search(rest):
        return len(rest) > 3
    if rest.endswith(("部门", "单位")):
        return True
    if rest.endswith(("局", "厅", "办事处")):
        return len(rest) > 5
    return (
        rest.endswith(("院", "所", "站", "馆", "队", "社")) and len(rest) > 4 and not LEVEL_WORD.match(name)
    )


def _party(where: Where, rest: str, rulebook: Rulebook) -> str | None:
    """A party body: 中共|region|委宣传部."""
    template = rulebook.units.templates.get(("", rest))
    if template is not None:
        return None if template.uncertain else template.full.replace("{region}", where.text)
    return f"中共{where.text}{rest}" if re.search(r"(?:部|委员会|办公室|党校|局|小组)$", rest) else None


def official(rest: str, level: str, rulebook: Rulebook) -> str:
    """``rest`` with the known stem it begins with (or is) in its official form: 市场监管局知识产权科."""
    units = rulebook.units
    if level in LEVELS and rest in units.by_level:
        return units.by_level[rest][level]
    for length in units.stem_begins.get(rest[:2], ()):
        if length > len(rest):
            continue
        head, tail = rest[:length], rest[length:]
        if head in units.departments and head not in units.uncertain and (not tail or _INSIDE.match(tail)):
            return units.departments[head] + tail
    return rest


def _begins_known(rest: str, rulebook: Rulebook) -> bool:
    """Whether a stem is an office inside a body of known name: 知识产权局|协调科."""
    units = rulebook.units
    if not _OFFICE.search(rest):
        return False
    lengths = units.stem_begins.get(rest[:2], ())
    return any(rest[:n] in units.departments and len(rest) - n >= 2 for n in lengths)


class _Lead(Struct, frozen=True):
    """The region a name begins with and the stem behind it; no ``where`` for a region word the notice cannot place.

    ``short``: the last division is printed in its short form only (某地|商标指导站).
    """

    where: Where | None
    rest: str
    short: bool = False


def _lead(name: str, region: Region, rulebook: Rulebook) -> _Lead | None:
    """The region a name begins with, None for a name that begins with none."""
    divisions = rulebook.divisions
    chain, at = leading(name, divisions)
    if chain:
        named = resolve(chain[-1], divisions, region, name[:at])
        text = name[:at]
        if named is not None:
            text = (
                name[:at]
                if len(chain) > 1 and chain[0].level == "province"
                else full_prefix(named, divisions)
            )
        short = not name[:at].endswith(chain[-1].name) and name[at - 1] not in "省市区县州旗盟"
        return _Lead(Where(text, chain[-1].level), name[at:], short)
    match = LEVEL_WORD.match(name)
    if match is None or match.end() == len(name):
        return None
    return _Lead(region_of(match.group(1), region, divisions), name[match.end() :])


def _names_place(name: str, divisions: Divisions) -> bool:
    return bool(leading(name, divisions)[0]) or name.startswith(("国家", "中国", "全国", "中共", "中央"))
