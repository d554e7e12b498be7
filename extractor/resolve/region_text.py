"""What running text says of the region a notice speaks for: 我市, 全县, the bodies that act in it, the places it names."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from extractor.model import Manuscript, Mention, UnitName
from extractor.patterns import lazy
from extractor.resolve.division_names import leading
from extractor.resolve.region_evidence import ENDINGS, misread
from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Division, Divisions

_SELF = lazy(r"(?:我|全|本)([国省市州盟区县旗镇乡])(?!际|内|外|家)")
_BARE = lazy(r"^([省市州盟区县旗镇乡])(?![场区民])[一-鿿]")
_SCHOOL = lazy(
    r"(?:我|本)(?:校|院)|全(?:校|院)(?:师生|教|各|范围)|全校|来校|校内|院属|各(?:系部|二级(?:学院|党组织|单位|部门)|学院|党总支)|师生员工|全体师生"
)
_SCHOOLS = lazy(r"大学|学院|学校|[中小]学|幼儿园")
_STATUTE = lazy(r"《[^《》]{2,60}(?:条例|规定|办法|法|细则)》")
_SLOGAN = lazy(
    r"(?:法治|平安|健康|美丽|幸福|文明|信用|质量|创新|活力)([一-鿿]{2,4}?)(?=建设|[作做](?:出)?贡献|[作做]出|[增添]|[”\"、，。])"
)
_TOWN_NAMED = lazy(
    r"(?:^|[^一-鿿])(?P<name>(?![乡镇街各全本我])[一-鿿]{2,3}(?:镇|乡|街道))(?=(?:19|20)\d\d年|科协|党委|人民政府|政府|办事处|[一-鿿]{0,4}领导小组)",
    re.M,
)
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
_RANK = ("nation", "province", "prefecture", "county", "town")


class Voice(Struct, frozen=True, dict=True):
    """As what a text speaks. ``chars``: its reading; ``names``: of the bodies that act in it. It is listened to when asked:
    most issuers name their region.
    """

    chars: str
    names: tuple[str, ...]

    @cached_property
    def levels(self) -> Counter[str]:
        """我市, 全县 … by their last character."""
        return Counter(match.group(1) for match in _SELF.finditer(self.chars))

    @cached_property
    def bare(self) -> Counter[str]:
        """Bodies like 区教育局, by their first character."""
        return Counter(match.group(1) for name in self.names if (match := _BARE.match(name)))

    @cached_property
    def school(self) -> bool:
        """Whether it speaks as a school, whose place is no region it speaks for."""
        return _SCHOOL.search(self.chars) is not None

    @property
    def word(self) -> str:
        """The level word the text uses most of itself, empty when it uses none."""
        return next((word for word, _ in self.levels.most_common() if word != "国"), "")

    @property
    def highest(self) -> int:
        """The rank of the level most of the bodies without a place name are of (市教育局), 0 where there are none."""
        return _RANK.index(_LEVELS[self.bare.most_common(1)[0][0]]) if self.bare else 0

    @property
    def wanted(self) -> str | None:
        """The level the text speaks at."""
        return _LEVELS.get(self.word)

    def fits(self, division: Division, word: str = "") -> bool:
        """Whether a division is of the level spoken at; a city may be a prefecture or a county."""
        word = word or self.word
        return division.level == _LEVELS[word] or (
            word == "市" and division.name.endswith("市") and division.level != "province"
        )

    def contradicts(self, division: Division, issuers: Sequence[str]) -> bool:
        """Whether the place in a school's name is another than the one its notice speaks for (全省)."""
        return (
            bool(issuers)
            and bool(_SCHOOLS.search(issuers[0]))
            and self.wanted in ("province", "prefecture")
            and not self.school
            and not self.fits(division)
        )


def listen(manuscript: Manuscript, mentions: Sequence[Mention]) -> Voice:
    """The voice of a text."""
    names = [
        one.value.name for one in mentions if isinstance(one.value, UnitName) and one.role != "mentioned"
    ]
    return Voice(manuscript.reading.chars, tuple(names))


def from_text(
    manuscript: Manuscript, mentions: Sequence[Mention], voice: Voice, rulebook: Rulebook
) -> list[Division] | None:
    """The division the body names most, of the level the notice speaks at; a short name in a slogan (平安某地) at last.

    A division above that level is the superior's: it does not say where the notice is from.
    """
    divisions = rulebook.divisions
    word = voice.word
    counts = _counted(manuscript, rulebook)
    if not word and (highest := voice.highest):  # whose bodies are 市教育局 speaks for no province
        counts = Counter(
            {n: k for n, k in counts.items() if _RANK.index(_level(divisions.by_name[n][0])) >= highest}
        )
    if (
        not word and voice.school
    ):  # a school cites its city and its province; it lies in the one, it speaks for neither
        counts = Counter({n: k for n, k in counts.items() if divisions.by_name[n][0].level != "province"})
    fitting = [
        name
        for name, _ in counts.most_common()
        if not word or any(voice.fits(one) for one in divisions.by_name[name])
    ]
    if fitting and (word or len(counts) == 1):
        return [divisions.by_name[fitting[0]][0]]
    if acting := _acting(mentions, voice, counts, divisions):
        return [acting]
    for name in counts:  # one division that holds every other one named
        top = divisions.by_name[name][0]
        if (
            _RANK.index(voice.wanted or "town") > _RANK.index(top.level if top.level in _RANK else "county")
            and word
        ):
            continue
        if all(any(divisions.within(one, top) for one in divisions.by_name[other]) for other in counts):
            return [top]
    for match in _SLOGAN.finditer(manuscript.reading.chars):
        options = divisions.by_short.get(match.group(1), ())
        if options:
            return [options[0]]
    if voice.wanted == "province":
        return _province(manuscript.reading.chars, divisions)
    return None


def from_frame(manuscript: Manuscript, voice: Voice, rulebook: Rulebook) -> list[Division] | None:
    """The one division of the level the text speaks at (我县) that the page round it names: 来源：某县司法局."""
    if voice.wanted not in ("prefecture", "county"):
        return None
    chars, divisions = manuscript.reading.chars, rulebook.divisions
    found: set[str] = set()
    for line in manuscript.outline.lines:
        if line.zone == "web":
            for match in ENDINGS.finditer(chars, line.start, line.end):
                name = divisions.ending_at(chars, match.end())
                start = match.end() - len(name)
                if (
                    name
                    and name.endswith(voice.word)
                    and start >= line.start
                    and not misread(chars, start, match.end(), name, rulebook)
                ):
                    found |= {name} if any(voice.fits(one) for one in divisions.by_name[name]) else set()
    return [divisions.by_name[found.pop()][0]] if len(found) == 1 else None


def _counted(manuscript: Manuscript, rulebook: Rulebook) -> Counter[str]:
    """How often the text names each division by its full name, outside the page's frame and the titles of statutes."""
    counts: Counter[str] = Counter()
    chars = manuscript.reading.chars
    statutes = [match.span() for match in _STATUTE.finditer(chars)]
    for match in ENDINGS.finditer(chars):
        name = rulebook.divisions.ending_at(chars, match.end()) or _shortened(
            chars, match.end(), rulebook.divisions
        )
        if not name or any(a < match.start() < b for a, b in statutes):
            continue
        line = manuscript.outline.line_at(manuscript.reading.origin[match.start()])
        if not (line and line.zone == "web") and not misread(
            chars, match.end() - len(name), match.end(), name, rulebook
        ):
            counts[name] += 1
    return counts


def _level(division: Division) -> str:
    """The level of a division as a notice speaks of it: a zone is like a county."""
    return division.level if division.level in _RANK else "county"


def _shortened(chars: str, end: int, divisions: Divisions) -> str:
    """The full name of the autonomous division whose short name with its kind ends at ``end`` (某州 for 某某族自治州)."""
    for length in (3, 4):
        options = divisions.by_short.get(chars[max(end - length, 0) : end], ())
        if len(options) == 1 and "自治" in options[0].name:
            return options[0].name
    return ""


def named_town(manuscript: Manuscript) -> str | None:
    """The one town that the text names with a year or with a body of a town's own."""
    found = {match["name"] for match in _TOWN_NAMED.finditer(manuscript.reading.chars)}
    return found.pop() if len(found) == 1 else None


def _acting(
    mentions: Sequence[Mention], voice: Voice, counts: Counter[str], divisions: Divisions
) -> Division | None:
    """The division by whose short name bodies in the text begin (甲县: 甲县|交警大队 as 甲交警大队), if it is one alone."""
    word = voice.word or next(iter(voice.bare), "")
    if word not in _LEVELS or _LEVELS[word] not in ("prefecture", "county"):
        return None
    found: set[Division] = set()
    above = [one for name in counts for one in divisions.by_name[name]]
    for one in mentions:
        if isinstance(one.value, UnitName):
            chain, _ = leading(one.value.name, divisions)
            if chain and chain[-1].name not in counts:
                options = [
                    other
                    for other in divisions.find(chain[-1].name)
                    if voice.fits(other, word) and other.until is None
                ]
                inside = [other for other in options if any(divisions.within(other, up) for up in above)]
                found |= set(inside or options)
    return found.pop() if len(found) == 1 else None


def _province(chars: str, divisions: Divisions) -> list[Division] | None:
    """The one province a text names, by its short name, that speaks as a province (我省)."""
    found = {
        one.code: one
        for one in divisions.rows
        if one.level == "province" and one.until is None and any(short in chars for short in one.short)
    }
    return list(found.values()) if len(found) == 1 else None


def printed_before(town: str, manuscript: Manuscript, divisions: Divisions) -> list[Division]:
    """The county printed before a town's name anywhere, in the page's frame too: 甲县乙镇."""
    chars = manuscript.reading.chars
    names = (divisions.ending_at(chars, match.start()) for match in re.finditer(re.escape(town), chars))
    return [divisions.by_name[name][0] for name in names if name][:1]
