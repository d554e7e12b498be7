"""One key for every surface form of a body in a notice; ``expand`` gives its full name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from extractor.patterns import lazy
from extractor.resolve.division_names import LEVEL_WORD, leading, own_region, region_of
from extractor.resolve.unit_expansion import ANCHOR, JOINT, expand, is_known, official
from extractor.rulebook import Rulebook
from extractor.schema import Region

__all__ = ["canonical_key", "cluster", "expand"]

_PLACES = lazy(r"[省市区县州旗（）]")
_MEMBERS = lazy(r"^(?:[省市州区县旗](?:直|级)?)?(?:各|有关|相关)*成员单位$")
_TOWNS = lazy(r"各(?:乡镇|镇|乡|镇乡|乡、镇|乡（镇）|镇（乡）)")
_SIGNS = lazy(r"[（）、]")
_GOVERNED = lazy(r"[省市州区县旗镇乡](?:人民)?政府|[省市州区县旗镇乡](?:直|级)")
_BARE_BODY = lazy(r"[省市州盟区县旗](?:局|厅|委|院)")
_KEYED = lazy(r"[（）、，]|各(?=成员单位)")
_UNSAID = lazy(r"^(?:全|本|我)(?=[省市州区县])")
_ENDS = {"办": "办公室", "委": "委员会", "会": "会", "局": "局"}


def canonical_key(name: str, region: Region, rulebook: Rulebook, known: Sequence[str] = ()) -> str:
    """One key for every surface form of a body: its full name, else its name without what varies."""
    return _key(name, expand(name, region, rulebook, None, known), region, rulebook)


def _key(name: str, full: str | None, region: Region, rulebook: Rulebook) -> str:
    if full is not None:
        return _KEYED.sub("", full)
    plain = JOINT.sub("联席会议", _KEYED.sub("", _UNSAID.sub("", name)))
    return official(plain, region.level or "county", rulebook)


class _Notice(Struct, frozen=True):
    """The names of one notice with their keys (changed while bodies are joined), and its own region."""

    order: list[str]
    keys: dict[str, str]
    own: str
    region: Region
    rulebook: Rulebook

    def is_own(self, key: str) -> bool:
        return bool(self.own) and key.startswith((self.own, "中共" + self.own))


def cluster(
    names: Iterable[str], region: Region, rulebook: Rulebook, fulls: Mapping[str, str | None] | None = None
) -> dict[str, str]:
    """Every name of a notice → the key of the body it stands for. ``names`` in the order found, issuers' included.

    ``fulls``: what ``expand`` made of each name with the others, where that is known already.
    """
    order = list(dict.fromkeys(names))
    if fulls is None:
        fulls = {name: expand(name, region, rulebook, None, order) for name in order}
    keys = {name: _key(name, fulls[name], region, rulebook) for name in order}
    where = own_region(region, rulebook.divisions)
    notice = _Notice(order, keys, where.text if where else "", region, rulebook)
    members = {keys[name] for name in order if name.endswith("成员单位") and not _MEMBERS.match(name)}
    counts = Counter(keys.values())
    for name in order:
        if name.endswith("成员单位") and _MEMBERS.match(name):
            owners = members
        elif name[0] == "各" and (town := _TOWNS.fullmatch(name)) is not None:
            owners = _governments(notice, town.group())
        elif counts[keys[name]] == 1 and (spelt := _spelt_out(notice, name)):
            owners = spelt
        else:
            owners = _owners(notice, name)
        if len(owners) == 1:
            keys[name] = next(iter(owners))
    _join_variants(notice)
    return keys


def _join_variants(notice: _Notice) -> None:
    """Names that differ only by 市, 区 or brackets (某市商标（某区）指导站, 某商标某指导站) share the first one's key."""
    plain: dict[str, str] = {}
    for name in notice.order:
        bare = _PLACES.sub("", notice.keys[name]) if len(notice.keys[name]) > 7 else ""
        if len(bare) > 7 and (not LEVEL_WORD.match(name) or not is_known(name, notice.rulebook)):
            notice.keys[name] = plain.setdefault(bare, notice.keys[name])


def _governments(notice: _Notice, towns: str) -> set[str]:
    """Keys of the towns' governments that a bare 各乡镇 means."""
    bare = _SIGNS.sub("", towns)
    return {
        notice.keys[one]
        for one in notice.order
        if one.startswith("各")
        and _SIGNS.sub("", one).removeprefix(bare) in ("人民政府", "政府", "人民政府街道办事处")
    }


def _spelt_out(notice: _Notice, name: str) -> set[str]:
    """The keys of the longer names that a short one abbreviates: 县安办 for …县安全生产委员会办公室."""
    match = LEVEL_WORD.match(name)
    stem = name[match.end() :] if match else ""
    if match is None or not 2 <= len(stem) <= 5 or stem[-1] not in _ENDS:
        return set()
    if stem[-1] == "局" and stem in notice.rulebook.units.departments:
        return set()
    above = region_of(match.group(1), notice.region, notice.rulebook.divisions)
    if above is None or above.text != notice.own:
        return set()
    return {
        notice.keys[one]
        for one in notice.order
        if len(one) > len(name) + 2
        and one[0] != "各"
        and one.endswith(_ENDS[stem[-1]])
        and _within(stem, one)
        and notice.is_own(notice.keys[one])
    }


def _owners(notice: _Notice, name: str) -> set[str]:
    """Keys of the longer names that a bare name could be the end of; the notice's own region first."""
    order, keys = notice.order, notice.keys
    tail = name.removeprefix("各")
    if tail in ("有关部门", "有关单位", "相关部门", "相关单位", "部门", "单位"):
        return {keys[one] for one in order if one.endswith(tail) and _GOVERNED.match(one)}
    if len(name) == 2 and _BARE_BODY.fullmatch(name):
        own = (keys[one] for one in order if one != name and "各" not in one and len(one) > 4)
        return {key for key in own if key.endswith(name[-1]) and notice.is_own(key)}
    level = LEVEL_WORD.match(name)
    if (level is not None and level.end() < len(name)) or len(tail) < 2 or name.startswith("各"):
        return set()
    if leading(name, notice.rulebook.divisions)[0]:
        return set()
    if ANCHOR.search(name) and len(name) > 7:
        longer = (one for one in order if len(one) > len(name) and one[-3:] == name[-3:])
        if alike := {keys[one] for one in longer if _within(name, one)}:
            return alike
    stem = official(tail, notice.region.level or "county", notice.rulebook)
    tails = (stem, tail)
    ends = {
        key
        for one, key in keys.items()
        if key.endswith(tails) and len(key) > len(stem) and one != name and not one.startswith("各县")
    }
    return {key for key in ends if notice.is_own(key)} or ends


def _within(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in their order."""
    rest = iter(long)
    return all(letter in rest for letter in short)
