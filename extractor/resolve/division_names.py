"""Divisions inside the names of bodies: the ones a name begins with, and what a bare region word means."""

from msgspec import Struct

from extractor.patterns import lazy
from extractor.rulebook.divisions import Division, Divisions
from extractor.schema import Region

LEVEL_WORD = lazy(r"(?:全|本|我)?(自治区|兵团|街道|地区|市(?!场)|区(?!域)|县(?!域)|[省州盟旗镇乡])")


class Where(Struct, frozen=True):
    """A region to put in front of a stem: its text and its level (province, prefecture, county, town)."""

    text: str
    level: str


def leading(name: str, divisions: Divisions) -> tuple[list[Division], int]:
    """The divisions a name begins with, outermost first, and where they end (甲省|乙市|…)."""
    chain: list[Division] = []
    at = 0
    while len(chain) < 3 and (lengths := divisions.begins.get(name[at : at + 2])):
        found = divisions.beginning_at(name, at)
        if not found:
            short = (
                n for n in lengths if name[at : at + n] in divisions.by_short and _cuts_well(name, at + n)
            )
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
    """Whether a short name may end here: not before the rest of a longer place name (江州|县, 海城|市) or of a road's."""
    if name.startswith("路", at) or (name[at : at + 1] in "东西南北中" and name.startswith("路", at + 1)):
        return False
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
    if (
        division.level == "county"
        and len(chain) > 1
        and (
            division.name.endswith("区") or (chain[-2].level == "province" and chain[-2].name.endswith("市"))
        )
    ):
        return (
            chain[-2].name + division.name
            if chain[-2].level == "prefecture" or chain[-2].name.endswith("市")
            else division.name
        )
    return division.name


def own_region(region: Region, divisions: Divisions) -> Where | None:
    """The notice's own region."""
    if region.level in (None, "nation") or region.name is None:
        return None
    division = divisions.by_code.get(region.code or "")
    if division is None and region.level == "county" and region.county and region.county[-1] in "县旗市":
        return Where(region.county, "county")
    if division is not None and region.level == "town":
        town = region.name.removeprefix(divisions.printed(division))
        return Where(full_prefix(division, divisions) + town, "town")
    if division is None:
        return Where(region.name, region.level or "county")
    return Where(full_prefix(division, divisions), division.level)


def region_of(word: str, region: Region, divisions: Divisions) -> Where | None:
    """The region a bare region word means in a notice of ``region``: 市 in a district's notice is the city above."""
    division = divisions.by_code.get(region.code or "")
    chain = divisions.lineage(division) if division is not None else ()
    if word in ("省", "自治区"):
        return next(
            (
                Where(one.name, "province")
                for one in chain
                if one.level == "province" and one.name.endswith(word)
            ),
            None,
        )
    if word in ("镇", "乡", "街道"):
        return own_region(region, divisions) if region.level == "town" else None
    if not chain and region.county:  # a county no table knows, and what is known above it
        if region.county.endswith(word):
            return own_region(region, divisions)
        return Where(region.city, "prefecture") if region.city and region.city.endswith(word) else None
    if not chain:
        ends = region.name is not None and region.name.endswith(word)
        return Where(region.name, region.level or "county") if ends and region.name else None
    for one in reversed(chain):
        if one.name.endswith(word) and (one.level != "province" or word == "市" or len(chain) == 1):
            return Where(
                full_prefix(one, divisions),
                "prefecture" if one.level == "province" and len(chain) > 1 else one.level,
            )
    return None
