"""One key for every surface form of a body in a notice; ``expand`` gives its full name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.entities.division_names import LEVEL_WORD, leading, own_region, region_of
from extractor.entities.unit_expansion import ANCHOR, JOINT, expand, is_known, official
from extractor.rulebook import Rulebook
from extractor.schema import Region

__all__ = ["canonical_key", "cluster", "expand"]

_PLACES = re.compile(r"[省市区县州旗（）]")
_MEMBERS = re.compile(r"^(?:[省市州区县旗](?:直|级)?)?(?:各|有关|相关)*成员单位$")
_TOWNS = re.compile(r"各(?:乡镇|镇|乡|镇乡|乡、镇|乡（镇）|镇（乡）)")


def canonical_key(name: str, region: Region, rulebook: Rulebook, known: Sequence[str] = ()) -> str:
    """One key for every surface form of a body: its full name, else its name without what varies."""
    full = expand(name, region, rulebook, None, known)
    if full is not None:
        return re.sub(r"[（）、，]|各(?=成员单位)", "", full)
    plain = JOINT.sub(
        "联席会议", re.sub(r"[（）、，]|各(?=成员单位)|^(?:全|本|我)(?=[省市州区县])", "", name)
    )
    return official(plain, region.level or "county", rulebook)


def cluster(names: Iterable[str], region: Region, rulebook: Rulebook) -> dict[str, str]:
    """Every name of a notice → the key of the body it stands for. ``names`` in the order found, issuers' included."""
    order = list(dict.fromkeys(names))
    keys = {name: canonical_key(name, region, rulebook, order) for name in order}
    members = [name for name in order if name.endswith("成员单位") and not _MEMBERS.match(name)]
    governed = [
        name
        for name in order
        if re.match(r"[省市州区县旗镇乡](?:人民)?政府|[省市州区县旗镇乡](?:直|级)", name)
    ]
    counts = Counter(keys.values())
    for name in order:
        if _MEMBERS.match(name) and len({keys[one] for one in members}) == 1:
            keys[name] = keys[members[0]]
            continue
        if (town := _TOWNS.fullmatch(name)) is not None:
            governments = {
                keys[one]
                for one in order
                if one.startswith("各")
                and re.sub(r"[（）、]", "", one).removeprefix(town_key(town.group()))
                in ("人民政府", "政府", "人民政府街道办事处")
            }
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
        if (re.search(r"[省市区县（）]", name) and not is_known(name, rulebook)) or not LEVEL_WORD.match(
            name
        ):
            bare = _PLACES.sub("", keys[name])
            if len(bare) > 7:
                keys[name] = plain.setdefault(bare, keys[name])
    return keys


def town_key(name: str) -> str:
    return re.sub(r"[（）、]", "", name)


def _spelt_out(
    name: str, order: Sequence[str], keys: dict[str, str], region: Region, rulebook: Rulebook
) -> str | None:
    """The key of the one longer name that a short one abbreviates: 县安办 for …县安全生产委员会办公室."""
    match = LEVEL_WORD.match(name)
    stem = name[match.end() :] if match else ""
    if not 2 <= len(stem) <= 5 or stem[-1] not in "办委会局":
        return None
    above = region_of(match.group(1), region, rulebook.divisions) if match else None
    own = own_region(region, rulebook.divisions)
    if above is None or own is None or above.text != own.text:
        return None
    ends = {"办": "办公室", "委": "委员会", "会": "会", "局": "局"}[stem[-1]]
    alike = {
        keys[one]
        for one in order
        if len(one) > len(name) + 2
        and one[0] != "各"
        and one.endswith(ends)
        and _within(stem, one)
        and _own_level(keys[one], region, rulebook)
    }
    return alike.pop() if len(alike) == 1 else None


def _owners(
    name: str, tail: str, order: Sequence[str], keys: dict[str, str], region: Region, rulebook: Rulebook
) -> set[str]:
    """Keys of the longer names that a bare name could be the end of; the notice's own region first."""
    if LEVEL_WORD.match(name) and re.fullmatch(r"[省市州盟区县旗](?:局|厅|委|院)", name):
        return {
            keys[one]
            for one in order
            if one != name
            and "各" not in one
            and keys[one].endswith(name[-1])
            and _own_level(keys[one], region, rulebook)
            and len(one) > 4
        }
    level = LEVEL_WORD.match(name)
    if (level is not None and level.end() < len(name)) or len(tail) < 2:
        return set()
    if leading(name, rulebook.divisions)[0] or name.startswith("各"):
        return set()
    if ANCHOR.search(name) and len(name) > 7:
        alike = {
            keys[one]
            for one in order
            if one != name and one[-3:] == name[-3:] and len(one) > len(name) and _within(name, one)
        }
        if alike:
            return alike
    stem = official(tail, region.level or "county", rulebook)
    ends = {
        keys[one]
        for one in order
        if one != name
        and len(keys[one]) > len(stem)
        and keys[one].endswith((stem, tail))
        and not one.startswith("各县")
    }
    own = {key for key in ends if _own_level(key, region, rulebook)}
    return own or ends


def _within(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in their order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _own_level(key: str, region: Region, rulebook: Rulebook) -> bool:
    own = own_region(region, rulebook.divisions)
    return own is not None and (key.startswith((own.text, "中共" + own.text)))
