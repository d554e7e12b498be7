"""The region a notice speaks for, and the divisions its text names.

A name that several divisions share (鼓楼区) is resolved by a higher division named in the text or by the telephone area
code; where neither decides, the code stays open.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from extractor.model import Manuscript, Mention, UnitName
from extractor.patterns import lazy
from extractor.resolve.division_names import leading
from extractor.resolve.region_evidence import ENDINGS, areas, first, hints, part, spoken_of
from extractor.resolve.region_text import Voice, from_frame, from_text, listen, named_town, printed_before
from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Division, Divisions
from extractor.schema import Region
from extractor.text import canonical

_CENTRAL = lazy(r"^(?:国家|国务院|中国|全国|中央|中共中央|最高人民|中华|共青团中央|新华)")
_NATIONAL = lazy(r"^各(?:全国|省、?自治区|省（区、市）|省、市、自治区)")
_TOWN = lazy(
    r"^((?:[一-鿿]{2,12}[市县区旗])?)([一-鿿]{1,6}?(?:镇|乡|街道|苏木))(?:人民政府|政府|办事处|党委|党工委|委员会|人大|纪委|安|食|党政)"
)
_TOWN_TITLE = lazy(
    r"^(?:关于)?(?:印发|(?:组织)?开展|做好|举办)?+[《“]?(?:\d{4}年)?((?![乡镇街各全本我城])[一-鿿]{2,4}?(?:镇|乡|街道))(?![长级村区情域亲镇])"
)
_TOWN_OF_YEAR = lazy(r"^((?![乡镇街各全本我])[一-鿿]{2,3}(?:镇|乡|街道))(?=(?:19|20)\d\d年)")
_SEVERAL = lazy(r"各[一-鿿（）、]{0,6}?[县区市旗]")
_NATIONWIDE = lazy(r"(?:决定|定于|拟于)[^，。；]{0,14}在全国[^，。；]{0,16}(?:开展|举办|组织)")
_PROVINCES = lazy(
    r"(?:(?:^|[，。；：\n])|请)各省(?:级[一-鿿]{2,12}?(?:部门|单位|机构)|（区、市）|、自治区、直辖市)[^，。；\n]{0,24}?(?<![重主需只])(?:要|应|须|务必)(?!求)",
    re.M,
)
_UNKNOWN = lazy(
    r"(?P<name>(?![本全我各该])[一-鿿]{2,6}?(?:自治[县旗]|县|旗|(?<![新开园景社校矿城郊库林牧地辖片理范验假税作能业聚])区))(?P<rest>[一-鿿]{2,})$"
)
_ABBREVIATED = lazy(r"^([一-鿿])")
_ABOVE = ("province", "prefecture")


def notice_region(manuscript: Manuscript, rulebook: Rulebook, mentions: Iterable[Mention]) -> Region:
    """The region the notice is of, from its issuer, title, addressees and what it calls itself."""
    found = list(mentions)
    divisions = rulebook.divisions
    issuers = _issuers(found, rulebook)
    title = part(manuscript, "title")
    addressees = part(manuscript, "addressees")
    voice = listen(manuscript, found)
    named = _named(issuers, divisions)
    if named and voice.contradicts(named[-1], issuers):
        named = None
    if named is None and (
        any(_CENTRAL.match(name) or _is_central(name, rulebook) for name in issuers)
        or _NATIONAL.match(addressees)
    ):
        return Region(name="全国", level="nation")
    town = next((match.group(2) for name in issuers if (match := _TOWN.match(name))), None)
    if town is None and named is None:
        titles = (title, part(manuscript, "plan_title"))
        own = voice.wanted == "town" or any(name.startswith(("镇", "乡")) for name in issuers)
        pattern = _TOWN_TITLE if own else _TOWN_OF_YEAR
        town = next((match.group(1) for words in titles if (match := pattern.match(words))), None)
        if town is None and own:
            town = named_town(manuscript)
    if town is not None:
        return _town(town, named, manuscript, found, rulebook)
    above = named or []
    if (unknown := _unknown(issuers, rulebook)) and (
        not above or above[-1].level in ("province", "prefecture")
    ):
        parent = above[-1] if above else _parent(manuscript, found, rulebook)
        return _below(unknown, "county", parent, divisions)
    if named is None:
        named = first(title, rulebook) or first(part(manuscript, "plan_title"), rulebook)
    if named is None:
        named = _from_number(manuscript, voice.levels, divisions)
    if named is None:
        named = _above(addressees, first(addressees, rulebook), divisions)
    if (
        named is None
        and re.match(r"(?:关于)?(?:举办|开展)?(?:\d{4}年)?(?:[“\"])?(?:全国|中国)", title)
        and not issuers
        and not voice.levels.keys() - {"国"}
        and not voice.bare
        and not voice.school
    ) or (named is None and _NATIONWIDE.search(manuscript.reading.chars)):
        return Region(name="全国", level="nation")
    if named is None:
        named = from_text(manuscript, found, voice, rulebook) or from_frame(manuscript, voice, rulebook)
    if named is None and _commands_provinces(manuscript.reading.chars, voice):
        return Region(name="全国", level="nation")
    if named is None:
        return Region()
    return _region(named, lambda: hints(manuscript, found, divisions), divisions)


def _commands_provinces(chars: str, voice: Voice) -> bool:
    """Whether a text that speaks for no place of its own tells every province what to do."""
    return "各省" in chars and not voice.word and not voice.bare and _PROVINCES.search(chars) is not None


def _above(addressees: str, named: list[Division] | None, divisions: Divisions) -> list[Division] | None:
    """What an address list names; a county among 各县… is one of those addressed: the notice is of the city above it."""
    if not named or named[-1].level != "county" or not _SEVERAL.search(addressees):
        return named
    above = {divisions.lineage(one)[:-1][-1:] for one in divisions.find(named[-1].name)}
    return list(above.pop()) or None if len(above) == 1 else None


def _unknown(issuers: Sequence[str], rulebook: Rulebook) -> str | None:
    """A county that no table knows, from the first issuer that begins with one: 某某县|教育局."""
    stems = rulebook.units.stem_begins
    for name in issuers:
        match = _UNKNOWN.match(name[leading(name, rulebook.divisions)[1] :])
        if match and (
            match["rest"][:2] in stems or match["rest"].startswith(("人民", "政府", "委", "总工会", "第"))
        ):
            return match["name"]
    return None


def _below(name: str, level: str, parent: Division | None, divisions: Divisions) -> Region:
    """The region of a county or town without a code, below what is known above it."""
    line = divisions.lineage(parent) if parent is not None else ()
    province = next((one.name for one in line if one.level == "province"), None)
    city = next((one.name for one in line if one.level == "prefecture"), None)
    county = name if level == "county" else None
    return Region(f"{city}{name}" if city and county else name, None, level, province, city, county)


def _town(
    town: str,
    named: Sequence[Division] | None,
    manuscript: Manuscript,
    mentions: Sequence[Mention],
    rulebook: Rulebook,
) -> Region:
    """A town with its county: the one its name begins with, the title's, or the one the text speaks of. Else with what
    is known above it."""
    divisions = rulebook.divisions
    chain = list(named or ())
    if not chain or chain[-1].level not in ("county", "zone"):
        title = first(part(manuscript, "title"), rulebook) or ()
        county = (
            [one for one in title if one.level in ("county", "zone")]
            or printed_before(town, manuscript, divisions)
            or _county(manuscript, rulebook)
        )
        inside = (
            not chain or any(divisions.within(one, chain[-1]) for one in divisions.find(county[-1].name))
            if county
            else False
        )
        chain = [*chain, *county] if inside else chain
    if chain and chain[-1].level in ("county", "zone"):
        region = _region(chain, lambda: hints(manuscript, mentions, divisions), divisions)
        if not _contradicted(region, manuscript, mentions, divisions):
            return Region(
                f"{region.name}{town}", region.code, "town", region.province, region.city, region.county
            )
        chain = []
    return _below(town, "town", chain[-1] if chain else _parent(manuscript, mentions, rulebook), divisions)


def _county(manuscript: Manuscript, rulebook: Rulebook) -> list[Division]:
    """The one county the text speaks of, of several the one whose bodies it names; nothing where that leaves a choice."""
    names = spoken_of(manuscript, rulebook, ("county", "zone"))
    chosen = list(names) if len(names) == 1 else [name for name, governs in names.items() if governs]
    return [rulebook.divisions.by_name[chosen[0]][0]] if len(chosen) == 1 else []


def _parent(manuscript: Manuscript, mentions: Sequence[Mention], rulebook: Rulebook) -> Division | None:
    """The prefecture (else the province) that area codes or, without one, the names in the text leave no doubt about."""
    divisions = rulebook.divisions
    options = {
        one
        for area in areas(manuscript, mentions)
        for one in divisions.by_area.get(area, ())
        if one.level in _ABOVE
    }
    if not options:
        for level in ("prefecture", "province"):
            names = spoken_of(manuscript, rulebook, (level,))
            options = {divisions.by_name[name][0] for name in names}
            if options:
                break
    if len(options) == 1:
        return next(iter(options))
    provinces = {divisions.lineage(one)[0] for one in options}
    return next(iter(provinces)) if len(provinces) == 1 else None


def _contradicted(
    region: Region, manuscript: Manuscript, mentions: Sequence[Mention], divisions: Divisions
) -> bool:
    """Whether every area code of the contacts belongs to another place."""
    division = divisions.by_code.get(region.code or "")
    called = areas(manuscript, mentions)
    own = divisions.area_of(division) if division is not None else ""
    return bool(called and own) and own not in called


def _issuers(mentions: Sequence[Mention], rulebook: Rulebook) -> list[str]:
    """Names of the issuers, those of the signature first, the page's frame last."""
    order = {"signature": 0, "title": 1, "letterhead": 2, "preamble": 3, "colophon": 4}
    units = [
        (one.role == "seal", order.get(one.basis, 5), canonical(one.value.name, rulebook.forms))
        for one in mentions
        if one.role in ("issuer", "seal") and isinstance(one.value, UnitName)
    ]
    names = [name for _, _, name in sorted(units, key=lambda unit: unit[:2])]
    return list(dict.fromkeys(re.sub(r"^(?:中共|共青团|\d{4}年)", "", name) for name in names))


def _named(names: Sequence[str], divisions: Divisions) -> list[Division] | None:
    """The divisions the first issuer that has any begins with."""
    best: list[Division] | None = None
    for name in names:
        chain, _ = leading(name, divisions)
        if chain and (best is None or (len(chain) > len(best) and chain[-1].name == best[-1].name)):
            best = chain
        elif best is None and (
            inside := next(
                (n for m in ENDINGS.finditer(name) if (n := divisions.ending_at(name, m.end()))), ""
            )
        ):
            best = [divisions.by_name[inside][0]]
    return best


def _is_central(name: str, rulebook: Rulebook) -> bool:
    """Whether a central body has this name, or its general office, or one of its departments: 水利部办公厅, 水利部节约用水司."""
    units = rulebook.units
    names = [name.removesuffix("办公厅")]
    if name.endswith("司"):
        names += [name[:i] for i in range(3, len(name) - 2)]
    return any(one in units.central and one not in units.departments for one in names)


def _from_number(manuscript: Manuscript, levels: Counter[str], divisions: Divisions) -> list[Division] | None:
    """A province by the first character of the 文号 (粤, 川), only where the notice speaks as a province."""
    number = part(manuscript, "doc_number")
    if (
        number
        and number[0] in divisions.by_abbr
        and (
            levels.get("省")
            or re.match(r"各(?:市(?![场直级属局政])|地级|设区)", part(manuscript, "addressees"))
        )
    ):
        return [divisions.by_abbr[number[0]]]
    return None


def _region(chain: Sequence[Division], ask: Callable[[], Counter[str]], divisions: Divisions) -> Region:
    """The region of the last division of a printed chain; several of one name are told apart by the hints."""
    last = chain[-1]
    options = [one for one in divisions.find(last.name) if one.until is None] or list(
        divisions.find(last.name)
    )
    if len(options) < 2 and last not in options:
        options = [last]
    for above in chain[:-1]:
        inside = [one for one in options if any(up.name == above.name for up in divisions.lineage(one))]
        options = inside or options
    if len(options) > 1:
        by_level = [one for one in options if one.level == last.level]
        options = by_level or options
    if len(options) > 1:
        counted = ask()
        scores = {one.code: sum(counted[up.code] for up in divisions.lineage(one)[:-1]) for one in options}
        best = max(scores.values())
        top = [one for one in options if scores[one.code] == best]
        if best == 0 or len(top) > 1:
            return Region(name=last.name, level=last.level if last.level != "zone" else "county")
        options = top
    return made(options[0], divisions)


def made(division: Division, divisions: Divisions) -> Region:
    """The region of one division: printed without its province, except where it lies directly under one."""
    line = divisions.lineage(division)
    province = line[0].name if line[0].level == "province" else None
    city = next((one.name for one in line if one.level == "prefecture"), None)
    county = next((one.name for one in line if one.level in ("county", "zone")), None)
    level = "county" if division.level == "zone" else division.level
    return Region(divisions.printed(division), division.code, level, province, city, county)
