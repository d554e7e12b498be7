"""Names of groups of bodies: 各县（市、区）, 有关部门, 司法、版权等相关部门."""

from extractor.entities.unit_prefixes import OPEN, Name, Words, prefix
from extractor.patterns import lazy

_DIRECT = "[级直属](?=[各相有部单机主媒])"  # behind a region, 局, 校, 院
_GOVERNED = "(?:人民)?政府(?=各|有关|相关|直属|部门|机构)"  # behind a region
# Every branch begins with its literal, so that the engine skips by a character set.
_GROUP = lazy(
    r"各|有关|相关|部分|全[省市州盟区县旗镇乡]|成员单位|主流媒体|市区主流|中央驻[省市州盟区县旗镇乡]|驻[省市州盟区县旗镇乡]|"
    r"辖区(?=各|有关|相关)|所属(?=各|有关)|"
    + "|".join(f"{c}(?:{_DIRECT}|{_GOVERNED})" for c in "省市州盟区县旗")
    + "|"
    + "|".join(c + _DIRECT for c in "镇乡局校院")
)
_LISTED = lazy(r"等(?:有关|相关|各|多个)?(?:职能|主管|行政)?(?:部门|单位)")
_STEMS = lazy(r"(?:[省市县区州旗]{1,3}(?:（[一-鿿、]{1,6}）)?)?[一-鿿]{2,9}(?:、[一-鿿]{2,10})*$")
_QUALIFIED = lazy("有关|相关")


def find_groups(chars: str, words: Words, start: int, end: int) -> list[Name]:
    """Names of groups of bodies: the longest pattern at each place that can begin one."""
    found: list[Name] = []
    reach = start
    for match in _GROUP.finditer(chars, start, end):
        begin = match.start()
        if begin < reach:
            continue
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
        first = chars[begin : match.end()].partition("等")[0].partition("、")[0]
        if (
            words.head(first, len(first), 0)
            or len(first) < 2
            or any(name.start < match.end() - 4 and begin < name.end for name in found)
        ):
            continue
        found = [name for name in found if name.end <= begin or name.start >= match.end()]
        found.append(Name(begin, match.end(), "group", group=True, strength=OPEN))
        found.sort(key=lambda name: name.start)
    return found


def group_end(chars: str, words: Words, begin: int, end: int) -> int:
    """Where the group that begins here ends, 0 if none does."""
    each = words.units.each_group.match(chars, begin, end)
    if each is None or not each.lastindex:
        return 0
    for text in sorted({*each.groups("")} - {""}, key=len, reverse=True):
        rest = _QUALIFIED.sub("", text[2:]) if "关" in text else text[2:]
        if not words.units.stops.search(rest):
            return begin + len(text)
    return 0
