"""The region a body's name begins with: divisions, bare region words (区|教育局), zones, towns no table knows."""

from msgspec import Struct

from extractor.patterns import lazy
from extractor.rulebook.divisions import Divisions
from extractor.rulebook.units import Units

_CENTRAL = "国家|中国|全国|中央|中华|中共|国务院"
CENTRAL = lazy(_CENTRAL)
_ANCHOR = lazy(
    rf"(?:自治区|街道|地区|兵团|[省市州盟区县旗镇乡])(?![场值容场民域界级际直属内外情委政人长])|{_CENTRAL}"
    r"|[一-鿿]{0,6}?(?:高新|经开|开发|新|示范|工业园|产业园|保税|综保|集聚)区|师市"
)
STRONG, KNOWN, OPEN = 3, 2, 1


class Name(Struct, frozen=True):
    """A name in read text, half-open. ``strength``: 3 with its region or central, 2 a known stem, 1 an open stem.

    ``listed``: a member of a list of bodies that a verb or 等部门 closes.
    """

    start: int
    end: int
    kind: str = ""
    group: bool = False
    strength: int = STRONG
    listed: bool = False


class Words(Struct, frozen=True):
    """The two rule books the shapes need."""

    units: Units
    divisions: Divisions

    def core(self, chars: str, end: int, left: int) -> int:
        """Length of the longest known stem that ends at ``end`` and begins at ``left`` or later; 0 if none."""
        for length in self.units.core_ends.get(chars[end - 2 : end], ()):
            if length <= end - left and chars[end - length : end] in self.units.cores:
                return length
        return 0

    def central(self, name: str) -> bool:
        """Whether a stem names a central body and could be no local one (市场监管总局, 国家知识产权局)."""
        return (
            name in self.units.central
            and name not in self.units.departments
            and name not in self.units.uncertain
        )

    def head(self, chars: str, end: int, left: int) -> str:
        """The longest head noun that ends at ``end``."""
        for length in self.units.head_ends.get(chars[end - 2 : end], ()):
            if length <= end - left and chars[end - length : end] in self.units.heads:
                return chars[end - length : end]
        last = chars[end - 1 : end]
        return last if end > left and last in self.units.heads else ""


def anchored(chars: str, words: Words, begin: int, stop: int) -> bool:
    """Whether a name may begin here: with a division, a region word, or 国家, 全国, 中国 …"""
    if begin >= stop:
        return False
    if _ANCHOR.match(chars, begin, stop):
        return True
    length = words.divisions.beginning_at(chars, begin)
    return 0 < length <= stop - begin


def prefix(chars: str, words: Words, core: int, left: int) -> tuple[int, bool]:
    """Where the region before a stem begins, and whether there is one: 某市某区|…, 区|…, 中共…市|委宣传部."""
    units, divisions = words.units, words.divisions
    begin, region = core, False
    while begin > left:
        last = chars[begin - 1]
        name = divisions.ending_at(chars, begin, left) if last in divisions.endings else ""
        if name and not units.cut.fullmatch(name[:-1]):  # 会同县: a county, but nearly always 会同|县…
            begin, region = begin - len(name), True
            continue
        if chars[begin - 2 : begin] in units.zone_ends and (zone := _zone(chars, words, begin, left)):
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
        # a short name (某某|法院) only where nothing else stands before it
        if not 2 <= begin - left <= 4 or chars[left:begin] not in divisions.by_short:
            break
        begin, region = left, True
    last = chars[begin - 1 : begin] if begin > left else ""
    if last == "共" and chars[begin - 2] == "中":
        return begin - 2, True
    if last == "团" and chars[begin - 3 : begin] == "共青团":
        return begin - 3, True
    if last == "全" or (last == "团" and chars[core] == "委"):
        return begin - 1, True
    return begin, region


def _zone(chars: str, words: Words, end: int, left: int) -> int:
    """Length of a named zone (高新区, 开发区 … with its place) that ends here."""
    for length in words.units.zone_ends.get(chars[end - 2 : end], ()):
        if end - length >= left and chars[end - length : end] in words.units.zones:
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
