"""What a text says of its region: the divisions it names and the area codes of its telephones."""

import re
from collections import Counter
from collections.abc import Sequence

from extractor.model import ContactValue, Manuscript, Mention
from extractor.patterns import lazy
from extractor.resolve.division_names import leading
from extractor.rulebook import Rulebook
from extractor.rulebook.divisions import Division, Divisions

ENDINGS = lazy(r"[省市区县州旗盟](?![场值容民])")
_AREA = lazy(r"(?<!\d)(0(?:10|2\d|[3-9]\d{2}))(?:[-)）－—\s]|(?=\d{7,8}(?!\d)))")
_ELSEWHERE = lazy(r"^(?:、[一-鿿]{2,8}?[省市区县州])*(?:等地?)?的?[一-鿿]{0,6}(?:经验|做法|模式|先进)")
_VISITED = lazy(r"(?:学习|借鉴|赴|考察|来自)[一-鿿、]{0,6}$")
_GOVERNS = lazy(
    r"(?:县|区|市)?委|人民政府|政府|[一-鿿]{2,12}?(?:局|办公室|领导小组|委员会|的?(?:部署|安排|要求|统一))"
)


def part(manuscript: Manuscript, name: str) -> str:
    span = manuscript.outline.parts.get(name)
    return manuscript.read(span).replace("\n", "") if span else ""


def first(text: str, rulebook: Rulebook) -> list[Division] | None:
    """The first division a title names, with the ones printed directly before it."""
    if not text:
        return None
    divisions = rulebook.divisions
    bare = re.sub(r"^(?:关于)?(?:印发|转发|开展|举办|做好|组织开展)?《?(?:\d{4}年(?:度)?)?", "", text)
    chain, _ = leading(bare, divisions)
    if chain:
        return chain
    for match in ENDINGS.finditer(text):
        name = divisions.ending_at(text, match.end())
        if name and not misread(text, match.end() - len(name), match.end(), name, rulebook):
            start = match.end() - len(name)
            above = divisions.ending_at(text, start)
            if above:
                chain, _ = leading(text[start - len(above) : match.end()], divisions)
                return chain or None
            return [divisions.by_name[name][0]]
    return None


def hints(manuscript: Manuscript, mentions: Sequence[Mention], divisions: Divisions) -> Counter[str]:
    """Codes of provinces and prefectures that the text speaks of: by name and by telephone area code."""
    counted: Counter[str] = Counter()
    chars = manuscript.reading.chars
    for match in ENDINGS.finditer(chars):
        name = divisions.ending_at(chars, match.end())
        if not name:
            continue
        for one in divisions.by_name[name]:
            if one.level in ("province", "prefecture"):
                counted[one.code] += 2 if len(divisions.by_name[name]) == 1 else 1
    for area in areas(manuscript, mentions):
        for one in divisions.by_area.get(area, ()):
            counted[one.code] += 3
    return counted


def spoken_of(manuscript: Manuscript, rulebook: Rulebook, levels: Sequence[str]) -> dict[str, bool]:
    """Names of divisions of ``levels`` in the text → whether one of their bodies is named. Not those others learn from."""
    chars, divisions = manuscript.reading.chars, rulebook.divisions
    found: dict[str, bool] = {}
    for match in ENDINGS.finditer(chars):
        end = match.end()
        name = divisions.ending_at(chars, end)
        start = end - len(name)
        if (
            not name
            or divisions.by_name[name][0].level not in levels
            or manuscript.outline.zone_at(manuscript.reading.origin[start]) == "web"
            or misread(chars, start, end, name, rulebook)
            or _ELSEWHERE.match(chars[end : end + 16])
            or _VISITED.search(chars[max(start - 12, 0) : start])
        ):
            continue
        found[name] = found.get(name, False) or bool(_GOVERNS.match(chars, end))
    return found


def areas(manuscript: Manuscript, mentions: Sequence[Mention]) -> set[str]:
    """Telephone area codes of the contacts."""
    numbers = {one.value.value for one in mentions if isinstance(one.value, ContactValue)} | {
        manuscript.document.text
    }
    return {area for number in numbers for area in _AREA.findall(number)}


def misread(chars: str, start: int, end: int, name: str, rulebook: Rulebook) -> bool:
    """Whether the characters of a division's name are other words: 示|范县, 会同|县教育局, 上|城区."""
    if rulebook.units.cut.fullmatch(name[:-1]):
        return True
    before = chars[start - 1 : start]
    if len(name) == 2 and name[1] == "区":  # 城区, 郊区, 矿区 are words unless their city stands in front
        return before not in ("市", "州", "盟")
    if len(name) == 2 and "一" <= before <= "鿿" and before not in "省市州盟在由于、和与及到赴向区":
        return True
    return chars[end : end + 1] in "长级域" and name[-1] in "区市县" and chars[end : end + 1] == "域"
