"""The region a notice speaks for, and the divisions its text names.

A name that several divisions share (鼓楼区) is resolved by a higher division named in the text or by the telephone area
code; where neither decides, the code stays open.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from extractor.model import ContactValue, Manuscript, Mention, UnitName
from extractor.patterns import lazy
from extractor.resolve.division_names import leading
from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Division, Divisions
from extractor.schema import Region
from extractor.text import canonical

_ENDINGS = lazy(r"[省市区县州旗盟](?![场值容民])")
_SELF = lazy(r"(?:我|全|本)([国省市州盟区县旗镇乡])(?!际|内外|家)")
_CENTRAL = lazy(r"^(?:国家|国务院|中国|全国|中央|中共中央|最高人民|中华|共青团中央|新华)")
_NATIONAL = lazy(r"^各(?:全国|省、?自治区|省（区、市）|省、市、自治区)")
_AREA = lazy(r"(?<!\d)(0(?:10|2\d|[3-9]\d{2}))(?:[-)）－—\s]|(?=\d{7,8}(?!\d)))")
_TOWN = lazy(
    r"^((?:[一-鿿]{2,12}[市县区旗])?)([一-鿿]{1,6}?(?:镇|乡|街道|苏木))(?:人民政府|办事处|党委|安|食|党政)"
)
_ABBREVIATED = lazy(r"^([一-鿿])")
_LEVELS = {
    "国": "nation",
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
}


def notice_region(manuscript: Manuscript, rulebook: Rulebook, mentions: Iterable[Mention]) -> Region:
    """The region the notice is of, from its issuer, title, addressees and what it calls itself."""
    found = list(mentions)
    divisions = rulebook.divisions
    issuers = _issuers(found, rulebook)
    title = _part(manuscript, "title")
    addressees = _part(manuscript, "addressees")
    levels = Counter(match.group(1) for match in _SELF.finditer(manuscript.reading.chars))
    named = _named(issuers, divisions)
    if named is None and (
        any(_CENTRAL.match(name) or _is_central(name, rulebook) for name in issuers)
        or _NATIONAL.match(addressees)
    ):
        return Region(name="全国", level="nation")
    town = next((match for name in issuers if (match := _TOWN.match(name)) and not named), None)
    if named is None:
        named = _first(title, rulebook) or _first(_part(manuscript, "plan_title"), rulebook)
    if named is None:
        named = _from_number(manuscript, levels, divisions)
    if named is None:
        named = _first(addressees, rulebook)
    if (
        named is None
        and re.match(r"(?:关于)?(?:举办|开展)?(?:\d{4}年)?(?:[“\"])?(?:全国|中国)", title)
        and not issuers
        and not levels.keys() - {"国"}
    ):
        return Region(name="全国", level="nation")
    if named is None:
        named = _from_text(manuscript, found, levels, rulebook)
    if named is None:
        if town is not None:
            return _town(town.group(2), _hints(manuscript, found, divisions), divisions)
        return Region()
    region = _region(named, lambda: _hints(manuscript, found, divisions), divisions)
    if town is None:
        town = next((match for name in issuers if (match := _TOWN.match(name))), None)
    if town is not None and region.level == "county":
        return Region(
            f"{region.name}{town.group(2)}", region.code, "town", region.province, region.city, region.county
        )
    return region


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


def _part(manuscript: Manuscript, name: str) -> str:
    span = manuscript.outline.parts.get(name)
    return manuscript.read(span).replace("\n", "") if span else ""


def _named(names: Sequence[str], divisions: Divisions) -> list[Division] | None:
    """The divisions the first issuer that has any begins with."""
    best: list[Division] | None = None
    for name in names:
        chain, _ = leading(name, divisions)
        if chain and (best is None or (len(chain) > len(best) and chain[-1].name == best[-1].name)):
            best = chain
        elif best is None and (
            inside := next(
                (n for m in _ENDINGS.finditer(name) if (n := divisions.ending_at(name, m.end()))), ""
            )
        ):
            best = [divisions.by_name[inside][0]]
    return best


def _is_central(name: str, rulebook: Rulebook) -> bool:
    return name in rulebook.units.central and name not in rulebook.units.departments


def _first(text: str, rulebook: Rulebook) -> list[Division] | None:
    """The first division a title names, with the ones printed directly before it."""
    if not text:
        return None
    divisions = rulebook.divisions
    bare = re.sub(r"^(?:关于)?(?:印发|转发|开展|举办|做好|组织开展)?《?(?:\d{4}年(?:度)?)?", "", text)
    chain, _ = leading(bare, divisions)
    if chain:
        return chain
    for match in _ENDINGS.finditer(text):
        name = divisions.ending_at(text, match.end())
        if name and not _misread(text, match.end() - len(name), match.end(), name, rulebook):
            start = match.end() - len(name)
            above = divisions.ending_at(text, start)
            if above:
                chain, _ = leading(text[start - len(above) : match.end()], divisions)
                return chain or None
            return [divisions.by_name[name][0]]
    return None


def _hints(manuscript: Manuscript, mentions: Sequence[Mention], divisions: Divisions) -> Counter[str]:
    """Codes of provinces and prefectures that the text speaks of: by name and by telephone area code."""
    hints: Counter[str] = Counter()
    chars = manuscript.reading.chars
    for match in _ENDINGS.finditer(chars):
        name = divisions.ending_at(chars, match.end())
        if not name:
            continue
        for one in divisions.by_name[name]:
            if one.level in ("province", "prefecture"):
                hints[one.code] += 2 if len(divisions.by_name[name]) == 1 else 1
    numbers = {one.value.value for one in mentions if isinstance(one.value, ContactValue)} | {
        manuscript.document.text
    }
    for number in numbers:
        for area in set(_AREA.findall(number)):
            for one in divisions.by_area.get(area, ()):
                hints[one.code] += 3
    return hints


def _from_text(
    manuscript: Manuscript, mentions: Sequence[Mention], levels: Counter[str], rulebook: Rulebook
) -> list[Division] | None:
    """The division the body names most, of the level the notice speaks at; a short name in a slogan (平安某地) at last."""
    divisions = rulebook.divisions
    wanted = next((_LEVELS[word] for word, _ in levels.most_common() if word != "国"), None)
    counts: Counter[str] = Counter()
    chars = manuscript.reading.chars
    for match in _ENDINGS.finditer(chars):
        name = divisions.ending_at(chars, match.end())
        line = manuscript.outline.line_at(manuscript.reading.origin[match.start()])
        if (
            name
            and not (line and line.zone == "web")
            and not _misread(chars, match.end() - len(name), match.end(), name, rulebook)
        ):
            counts[name] += 1
    fitting = [
        name
        for name, _ in counts.most_common()
        if wanted is None or any(one.level == wanted for one in divisions.by_name[name])
    ]
    if fitting and (wanted is not None or len(counts) == 1):
        return [divisions.by_name[fitting[0]][0]]
    for name in counts:  # one division that holds every other one named
        top = divisions.by_name[name][0]
        if all(any(divisions.within(one, top) for one in divisions.by_name[other]) for other in counts):
            return [top]
    for match in re.finditer(
        r"(?:法治|平安|健康|美丽|幸福|文明|信用|质量|创新|活力)([一-鿿]{2,4}?)(?=建设|[”\"、，。])", chars
    ):
        options = divisions.by_short.get(match.group(1), ())
        if options:
            return [options[0]]
    return None


def _from_number(manuscript: Manuscript, levels: Counter[str], divisions: Divisions) -> list[Division] | None:
    """A province by the first character of the 文号 (粤, 川), only where the notice speaks as a province."""
    number = _part(manuscript, "doc_number")
    if (
        number
        and number[0] in divisions.by_abbr
        and (levels.get("省") or re.match(r"各(?:市|地级|设区)", _part(manuscript, "addressees")))
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
        hints = ask()
        scores = {one.code: sum(hints[up.code] for up in divisions.lineage(one)[:-1]) for one in options}
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


def _town(name: str, hints: Counter[str], divisions: Divisions) -> Region:
    """A town whose county the notice does not name; its prefecture if the area code tells."""
    known = [
        divisions.by_code[code]
        for code, _ in hints.most_common(1)
        if divisions.by_code[code].level == "prefecture"
    ]
    if not known:
        return Region(name=name, level="town")
    line = divisions.lineage(known[0])
    return Region(name, None, "town", line[0].name, known[0].name, None)


def _misread(chars: str, start: int, end: int, name: str, rulebook: Rulebook) -> bool:
    """Whether the characters of a division's name are other words: 示|范县, 会同|县教育局, 上|城区."""
    if rulebook.units.cut.fullmatch(name[:-1]):
        return True
    before = chars[start - 1 : start]
    if len(name) == 2 and name[1] == "区":  # 城区, 郊区, 矿区 are words unless their city stands in front
        return before not in ("市", "州", "盟")
    if len(name) == 2 and "一" <= before <= "鿿" and before not in "省市州盟在由于、和与及到赴向区":
        return True
    return chars[end : end + 1] in "长级域" and name[-1] in "区市县" and chars[end : end + 1] == "域"
