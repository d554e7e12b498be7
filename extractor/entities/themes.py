"""The theme of a campaign: from its own section or item, and from prose (主题为“…”, 以“…”为主题, 围绕“…”主题).

Role ``campaign``: the notice's own theme, the surest first by confidence; role ``activity``: the theme of a lecture, a class
meeting, an essay contest inside it. Placeholders (xxxx) are no theme. 主题活动, 主题教育, 主题党日 … say nothing about one.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.model import Item, Line, Manuscript, Mention, Section, Span, TextValue
from extractor.patterns import lazy
from extractor.rulebook import Rulebook

_OF_A_PLAN = frozenset({"指导思想", "总体要求", "工作要求", "组织领导"})  # an attached plan's own sections
THEME, SCHEDULE = "活动主题", "活动安排"

_Q = r"(?:“(?P<q{0}>[^“”\n]{{2,80}}(?:“[^“”\n]{{1,24}}”[^“”\n]{{0,60}})?)”|\"(?P<d{0}>[^\"\n]{{2,80}})\"|‘(?P<s{0}>[^‘’\n]{{2,80}})’)"
_OF = r"(?:活动|宣传|年度|本年度|本次|今年|此次|本届|总|大|的)*"
# Behind 主题.
_QUOTED = lazy(
    r"(?:口号|内容|标语)?(?:初步|拟)?(?:确定|定|设定)?(?:为|是|系|即|仍为|仍是|继续为|沿用|仍沿用|：|-{1,2})?(?:：\n?|。|，)?"
    + _Q.format(0)
)
_MORE = lazy(r"(?:[、，；]|和|及|以及|暨)?" + _Q.format(0))
_PLAIN = lazy(
    r"(?:口号)?(?:拟|初步)?(?:确定|定|设定)?(?:(?:为|是|系|沿用)：?|：\n?|-{1,2}(?=[一-鿿]))(?P<plain>(?![一-鿿]{0,8}主题：)(?!引领|主线|导向|核心|中心|载体|抓手|契机|内容|重点|指导|什么|依托)"
    r"[^。；：“”\n]{3,110})"
)
# A quotation that is never closed ends with its line or sentence.
_UNCLOSED = lazy(r"(?:为|是|：)：?\n?[“\"](?P<plain>[^“”\"。；\n]{4,60})(?![^。；\n])")
# Before 主题.
_MADE = lazy(rf"以(?:.{{0,8}}(?=[“\"‘]))?{_Q.format(0)}(?:为|作为){_OF}$")
_ROUND = lazy(
    r"(?:围绕|紧扣|突出|聚焦|按照|根据|立足|结合|体现|契合|把握|对照|扣紧)(?:着|了|好|宣传周|宣传月|活动|今年)?[^，。；“”\n]{0,10}"
    rf"{_Q.format(0)}(?:这一|这个|的|为|作为|年度?|宣传周|宣传月|活动周|活动月|宣传日|本次|活动|宣传|、)*$"
)
_MADE_PLAIN = lazy(rf"以(?P<plain>[^以，。；：“”\n][^以。；：“”\n]{{3,60}})为{_OF}$")
_ROUND_PLAIN = lazy(r"(?:围绕|紧扣)(?P<plain>[^，。；：“”\n]{4,40}?)(?:这一|的|为)$")
_OTHER_WORDS = lazy(
    rf"以{_Q.format(0)}为(?:重点策划内容|重点宣传内容|主要策划内容|宣传口号|活动口号|总主题|主旨)"
)

_NO_THEME = lazy(
    r"活动(?!.{0,4}(?:为|是|：))|教育|党日|团日|日(?!主题)|队日|团课|党课|班会|班队会|队会|宣传|宣讲|论坛|展|征文|演讲|晚会|讲座|培训|公园|词|分类|公交|"
    r"列车|曲|歌|馆|鲜明|突出|实践|创作|创建|沙龙|摄影|作品|文艺|报道|网站|采访|直播|游园|巡"
)
_SUB = lazy(
    r"(?:征文|演讲|比赛|竞赛|大赛|讲座|培训班?|班会|论坛|展览|沙龙|课程|党课|党日|队会|晚会|直播|作品|研讨会|座谈会|报告会|宣讲|课)(?:活动)?的?(?:年度)?$"
)
_SUB_BEHIND = lazy(
    r"[”\"’]?的[^，。；“”]{0,14}(?:活动|讲座|培训|征文|演讲|比赛|竞赛|论坛|沙龙|班会|展|晚会|会|课)"
)
_OWN = lazy(r"宣传周|宣传月|活动周|活动月|安全月|质量月|宣传日|本届|今年|年度|本次活动|\d{4}年")
_ROUNDED = "围绕“…”主题"
_WHOLE = (
    "活动主题",
    "宣传主题",
    "这一主题",
    "年度主题",
)  # 聚焦“…”活动主题: what the notice calls the campaign's
_WORLD = lazy(
    r"(?:联合国|世界卫生组织|世卫组织|国际[一-鿿]{2,12}(?:组织|联盟|联合会|理事会))[^，。；]{0,30}$|(?:全球|国际|世界)(?:宣传|活动|年度)?$"
)
"""Words before 主题 that say whose it is: a world organisation's, beside which the country or the place has its own."""
_PAST = lazy(r"去年|上年|往年|历年|历届|上届|曾经|前年")
_DAY = lazy(r"(?:世界|国际|全国|国家|全民|中国)?[^，。；、“”]{0,12}日$")
_BLANKED = lazy(
    r"^[xX×*＊_＿…·.\-—○〇□■Oo\s]+$|[xX×*]{2,}|…{2,}|_{2,}|^(?:待定|另行通知|另定|略|无|同上|详见.*|见附件.*)$"
)
_PROVISIONAL = lazy(r"（(?:暂定|拟|待定|暂拟|初定|以[^）]*为准|[^）]*暂定[^）]*)）")
_ITEM_TITLE = lazy(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、])?(?:活动|宣传|本届|本次|今年|年度|总)?(?:活动|宣传)?主题(?:及口号|口号)?"
    r"(?P<end>[^，。：；“”\n]{0,3}[。：\n])"
)
_PROSE_CUT = lazy(
    r"，(?=(?:旨在|通过|各|请|现|由|于|时间|活动|要|并|同时|为期|从|将|让(?:广大|更多|全体|每)|在|集中|进一步|结合|开展|围绕|具体|主要|其中|突出|努力|积极推动|以此|不断|向))"
    r"|(?:[一二三四五六七八九十]{1,3}、)?(?:指导思想|总体要求|活动目的|活动宗旨|组织领导|组织机构|活动对象|活动时间|活动地点|活动内容|活动安排|宣传重点|工作要求)(?:：|$)"
)
_PROSE = lazy(r"^(?:通过|根据|按照|为了?|各|要|结合|请|本次|此次|今年|活动|在|由|认真|组织|开展)|主题")
_DEMANDS = lazy(r"各项(?:活动|工作)|[要应须](?:围绕|紧扣|以)|为重点")
_BEHIND_QUOTE = frozenset('。，；、：（和及与“"‘')
_DATED = lazy(r"\d{1,2}月|\d{4}年|[上中下]旬")
_TRIM = ' \t\n\u3000“”"‘’「」『』。，；;,.！!、：:'


_PARAGRAPH = 40  # characters of the shortest paragraph beside a slogan that stands alone
_SLOGAN = lazy(
    r"(?![^\n]*(?:[各请]|安排|活动|工作|要求|内容|时间|地点|单位|通知|方案|附件|如下|关于|宣传|开展|组织|报送|公章|盖章|同志|领导))"
    r"[“\"]?[一-鿿·、，]{9,34}(?<![局委办厅部会院府室社处站的和与、，])[”\"]?[。！]?"
)


class _Found(Struct, frozen=True):
    """A theme's bounds in the reading, how sure, whose."""

    start: int
    end: int
    confidence: float
    role: str = "campaign"
    basis: str = ""


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Every statement of a theme, each place once."""
    chars = manuscript.reading.chars
    prose = list(_prose(manuscript))
    found = [*_sections(manuscript, prose), *_items(manuscript), *prose]
    if not any(theme.role == "campaign" for theme in found):
        found += _alone(manuscript)
    taken: list[tuple[int, int]] = []
    for theme in sorted(found, key=lambda one: -one.confidence):
        start, end = _trim(chars, theme.start, theme.end)
        if (
            end - start < 3
            or _BLANKED.search(chars[start:end])
            or any(a < end and start < b for a, b in taken)
        ):
            continue
        taken.append((start, end))
        span = manuscript.reading.span(start, end)
        yield Mention(
            "theme", span, TextValue(_words(manuscript, span)), theme.role, theme.confidence, theme.basis
        )


def _words(manuscript: Manuscript, span: Span) -> str:
    """The theme as printed: one blank where it has blanks, a slogan on two lines joined by one."""
    return " ".join(manuscript.quote(span).split())


def _trim(chars: str, start: int, end: int) -> tuple[int, int]:
    """Without outer quotes, final punctuation, （暂定）."""
    note = _PROVISIONAL.search(chars, start, end)
    if note and not chars[note.end() : end].strip(_TRIM):
        end = note.start()
    if chars[start:end].startswith("《") and chars[start:end].endswith("》"):
        start, end = start + 1, end - 1
    while start < end and chars[start] in _TRIM and not _opens_inside(chars, start, end):
        start += 1
    while end > start and chars[end - 1] in _TRIM and not _closes_inside(chars, start, end):
        end -= 1
    return start, end


def _closes_inside(chars: str, start: int, end: int) -> bool:
    """Whether the last character closes a quotation that began inside the theme."""
    return chars[end - 1] in "”’" and chars.count("“", start, end) + chars.count("‘", start, end) > 0


def _opens_inside(chars: str, start: int, end: int) -> bool:
    """Whether the first character opens a quotation that closes inside the theme, with words behind it: “甲乙”丙丁."""
    closer = {"“": "”", "‘": "’"}.get(chars[start])
    close = chars.find(closer, start, end) if closer else -1
    return close >= 0 and bool(chars[close + 1 : end].strip(_TRIM)) and chars[close + 1] not in _TRIM


def _quoted(match: re.Match[str]) -> tuple[int, int]:
    return next(match.span(name) for name in ("q0", "d0", "s0") if match[name])


def _prose(manuscript: Manuscript) -> Iterator[_Found]:
    """Themes stated in sentences, wherever they stand."""
    chars = manuscript.reading.chars
    place = chars.find("主题")
    while place >= 0:
        yield from _at(manuscript, chars, place)
        place = chars.find("主题", place + 2)
    for match in _OTHER_WORDS.finditer(chars):
        start, end = _quoted(match)
        if manuscript.outline.zone_at(manuscript.reading.origin[start]) != "web":
            yield _weigh(manuscript, _Found(start, end, 0.8, basis="以…为重点策划内容"), match.start())


def _at(manuscript: Manuscript, chars: str, place: int) -> Iterator[_Found]:
    """The theme stated round one 主题 of the text, if any."""
    behind = place + 2
    if manuscript.outline.zone_at(manuscript.reading.origin[place]) == "web":
        return
    line = chars.rfind("\n", max(place - 110, 0), place) + 1
    before = chars[max(line, place - 110) : place]
    shift = place - len(before)
    for pattern, confidence, basis in (
        (_MADE, 0.92, "以“…”为主题"),
        (_ROUND, 0.85, _ROUNDED),
        (_MADE_PLAIN, 0.75, "以…为主题"),
        (_ROUND_PLAIN, 0.7, "围绕…主题"),
    ):
        match = pattern.search(before)
        if match and not (pattern is _ROUND_PLAIN and _OWN.search(match["plain"])):  # 围绕本届宣传周的主题：…
            start, end = match.span("plain") if "plain" in match.re.groupindex else _quoted(match)
            if _SUB_BEHIND.match(chars, behind):
                confidence -= 0.1
            yield _weigh(
                manuscript, _Found(shift + start, shift + end, confidence, basis=basis), shift + match.start()
            )
            return
    match = _QUOTED.match(chars, behind)
    if match:
        confidence = 0.95
        while match:
            start, end = _quoted(match)
            yield _weigh(manuscript, _Found(start, end, confidence, basis="主题为“…”"), place)
            confidence -= 0.2
            match = _MORE.match(chars, match.end())
        return
    plain = _PLAIN.match(chars, behind) or _UNCLOSED.match(chars, behind)
    if plain and not before.endswith(("以", "按", "等")) and not _NO_THEME.match(chars, behind):
        start, end = plain.span("plain")
        if chars.startswith("主题：", end - 2):
            return  # its line end is lost: it runs into the label of the next one
        cut = _PROSE_CUT.search(chars, start, end)
        yield _weigh(manuscript, _Found(start, cut.start() if cut else end, 0.85, basis="主题为…"), place)


def _weigh(manuscript: Manuscript, found: _Found, place: int) -> _Found:
    """Whose theme it is, by where it is stated and what the words before it are about."""
    chars, offset = manuscript.reading.chars, manuscript.reading.origin[place]
    clause = chars[max(place - 40, 0) : place]
    clause = clause[max(clause.rfind(sign) for sign in "。；，\n") + 1 :]
    section = manuscript.outline.section_at(offset)
    confidence, role = found.confidence, "campaign"
    if _PAST.search(clause):
        return _Found(found.start, found.end, 0.1, "activity", found.basis)
    if section and THEME in section.kinds:
        confidence = min(0.98, confidence + 0.04)
    elif (
        _SUB.search(clause)
        or (section and section.canonical == SCHEDULE)
        or (
            manuscript.outline.zone_at(offset) == "attachment"
            and (section is None or section.canonical not in _OF_A_PLAN)
        )
    ):
        own = (found.basis == _ROUNDED and chars.startswith(_WHOLE, found.end + 1)) or (
            _OWN.search(clause + chars[found.end + 1 : found.end + 12].split("，")[0])
            and not _SUB.search(clause)
        )
        role, confidence = ("campaign", 0.6) if own else ("activity", min(confidence, 0.4))
    elif section and section.canonical not in ("指导思想", "总体要求", "活动时间", "其他"):
        confidence *= 0.7
    if _WORLD.search(clause):
        confidence *= 0.8
    if role == "campaign" and not (section and THEME in section.kinds) and _another_day(manuscript, clause):
        confidence *= 0.55
    return _Found(found.start, found.end, round(confidence, 2), role, found.basis)


def _another_day(manuscript: Manuscript, clause: str) -> bool:
    """世界某某日的主题 in a notice about a week or month: another observance's theme."""
    head = manuscript.outline.parts.get("title") or manuscript.outline.parts.get("plan_title")
    title = manuscript.read(head) if head else ""
    day = _DAY.search(re.sub(r"(?:的|活动|年度|宣传)+$", "", clause))
    return bool(day and re.search(r"[周月]", title) and day[0][-4:] not in title)


def _sections(manuscript: Manuscript, prose: list[_Found]) -> Iterator[_Found]:
    """The bodies of sections headed 活动主题, and of combined ones (活动主题和时间)."""
    reading = manuscript.reading
    for section in manuscript.outline.sections:
        if THEME not in section.kinds:
            continue
        start, end = reading.index(section.span.start), reading.index(section.span.end)
        if any(start <= theme.start < end for theme in prose):
            continue
        mixed = tuple(kind for kind in section.kinds if kind not in (THEME, "活动时间"))
        if start < end and not mixed:
            yield from _stated(manuscript, start, end, len(section.kinds) > 1)
        elif section.heading_span and start >= end:
            yield from _in_heading(manuscript, section)


def _in_heading(manuscript: Manuscript, section: Section) -> Iterator[_Found]:
    """活动主题“…” all in the heading."""
    assert section.heading_span is not None
    start = manuscript.reading.index(section.heading_span.start)
    end = manuscript.reading.index(section.heading_span.end)
    place = manuscript.reading.chars.find("主题", start, end)
    if place >= 0 and end - place > 6:
        yield _Found(place + 2, end, 0.7, basis="标题")


def _items(manuscript: Manuscript) -> Iterator[_Found]:
    """Items titled 主题: （二）主题。…"""
    chars, reading = manuscript.reading.chars, manuscript.reading
    for item in manuscript.outline.items:
        start = reading.index(item.span.start)
        if chars.find("主题", start, start + 14) < 0:
            continue
        title = _ITEM_TITLE.match(chars, start)
        if title and not _NO_THEME.match(title["end"]):
            yield from _item(manuscript, item, title.end())


def _item(manuscript: Manuscript, item: Item, start: int) -> Iterator[_Found]:
    for theme in _stated(manuscript, start, manuscript.reading.index(item.span.end), False):
        yield _Found(theme.start, theme.end, theme.confidence - 0.01, basis="条目")
        return


def _stated(manuscript: Manuscript, start: int, end: int, dated: bool) -> Iterator[_Found]:
    """The theme a body states in its first words; one item each where it lists several. ``dated``: dates stand there too."""
    chars = manuscript.reading.chars
    lines = [line for line in manuscript.outline.lines if line.start < end and line.end > start]
    confidence = 0.97
    for index, line in enumerate(lines):
        begin, stop = max(line.start, start), min(line.end, end)
        marked = line.marker and begin == line.start
        begin += len(line.marker) if marked else 0
        text = chars[begin:stop]
        if not text or (dated and _DATED.search(text)):
            continue
        if text[0] in '“"‘':
            close = re.compile(_Q.format(0)).match(chars, begin, stop)
            if close and (close.end() == stop or chars[close.end()] in _BEHIND_QUOTE):
                begin, stop = _quoted(close)
                yield _Found(begin, stop, confidence, basis="章节")
                if not marked:
                    return
                confidence -= 0.15
                continue
        period = chars.find("。", begin, stop)
        sentence = period if period >= 0 else stop
        second = lines[index + 1] if index + 1 < len(lines) else None
        if second and len(lines) == 2 and _two_lines(chars, text, second):
            yield _Found(begin, second.end, 0.9, basis="章节")
            return
        inner = re.compile(r"(?:围绕|紧扣|突出|以|聚焦|唱响|弘扬|坚持)[^“”，。]{0,12}" + _Q.format(0)).match(
            chars, begin, sentence
        )
        if inner:
            begin, sentence = _quoted(inner)
            yield _Found(begin, sentence, 0.75, basis="章节")
            return
        if _DEMANDS.search(chars, begin, sentence):
            return
        if sentence - begin <= 120 and not _PROSE.search(chars[begin:sentence]):
            yield _Found(begin, sentence, confidence if sentence - begin <= 60 else 0.85, basis="章节")
        elif sentence - begin <= 60 and "主题" not in chars[begin:sentence]:
            yield _Found(begin, sentence, 0.6, basis="章节")
        if not marked:
            return
        confidence -= 0.15


def _alone(manuscript: Manuscript) -> Iterator[_Found]:
    """The slogan on a line by itself above the first item, where a web page lost every heading of a plan."""
    outline, chars = manuscript.outline, manuscript.reading.chars
    if any(section.heading for section in outline.sections):
        return
    lines = [line for line in outline.lines if line.zone in ("body", "plan")]
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if before.marker or line.marker:
            return
        text = chars[line.start : line.end]
        quoted = text[0] in '“"'
        stands = (
            quoted or before.end - before.start > _PARAGRAPH or _DATED.search(chars, before.start, before.end)
        )
        if stands and _SLOGAN.fullmatch(text) and (after.marker or after.end - after.start > _PARAGRAPH):
            yield _Found(line.start, line.end, 0.5, basis="独行")
            return


def _two_lines(chars: str, first: str, second: Line) -> bool:
    """A slogan set on two short lines without any punctuation."""
    if second.marker:
        return False
    below = chars[second.start : second.end].rstrip("。")
    return len(first) <= 18 and len(below) <= 18 and not re.search(r"[，。；：（）\d]", first + below)
