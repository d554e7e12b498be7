"""Documents a notice cites (《…》, 文号) and the attachments it names."""

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.entities.attachments import find_attachments
from extractor.model import CitationValue, Manuscript, Mention
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.text import fold

_MARK = lazy(r"[《》\n]")
_FILE = lazy(r"\.(?:docx?|xlsx?|pdf|wps|pptx?|txt)》")
_LONGEST = 160  # read characters of a title; the longest real ones (转发…的通知 of several bodies) stay below
_STOPS = lazy(r"[。；]|\n(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、]|附件)")

_YEAR_NUMBER = lazy(
    r"[〔\[（【〈<{〖令](?:(?<!令)(?:19|20)\d\d年?[〕\]）】〉>}〗]第?\d{1,5}号"
    r"|(?<=令)(?:（?(?:19|20)\d\d）?年?)?第[\d〇零一二三四五六七八九十百]{1,5}号)"
)
_LETTERS = lazy(r"[一-鿿A-Za-z]{1,14}$")
# Words that stand before a 文号 and do not belong to its 机关代字.
_LEADING = lazy(
    r".*(?:根据|按照|依据|依照|遵照|参照|对照|转发|贯彻|落实|执行|印发|下发|以及|的|和|与|及|将|照|了|以|见|由|据|按|对|文件|通知|简称|号|年)"
)
_AFTER = lazy(r"（(?:以下(?:简|统)?称[^，；）]{0,24}[，；])?")

_ABBREVIATED = lazy(r"(?:以下|下文)?(?:简|统|并)?称[^，。；）《]{0,8}(?:《[^》]{1,12}》[、和]?)*$")
_SHORT = lazy(
    r"^(?:省|市|县|区|州|国家|全国|总体)?(?:纲要|规划|通知|方案|意见|办法|条例|决定|计划|细则|要点|规定|标准|指南|公约|实施方案|实施意见|指导意见|"
    r"工作方案|活动方案|行动方案|行动计划|工作要点|若干措施|措施|目录|章程|协议|合同|报告|批复|公告|手册)$"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("standard", lazy(r"^(?:GB|DB|T/|ISO|HJ|NY|SB|YY|WS)[/ ]?T?[\d ]|标准$|GB/T|(?:设计|技术|施工|验收|工程|操作|检测|测试|作业)[^，]{0,6}(?:规范|规程)$")),
    ("law", lazy(r"(?<!办)(?<!方)(?<!做)法(?:（[^）]*）)?$|条例(?:（[^）]*）)?$|^(?:宪法|中华人民共和国宪法)|法典$|公约$|议定书$|刑法修正案")),
    ("newspaper", lazy(r"(?:日|晚|早|晨|时|周|商|青年|法制|法治|科技|工人|农民|教育|消费者?|卫生|健康|安全生产|知识产权|电视|导|快)报$")),
    ("publication", lazy(r"(?:手册|读本|画册|专刊|杂志|期刊|汇编|丛书|宣传册|折页|白皮书|蓝皮书|案例集|绘本|教材|选编|年鉴|宣传片|微电影|公开信|倡议书|指引|问答|知识百问)$")),
)  # fmt: skip
_STANDARD_AFTER = lazy(r"^》(?:等)?(?:[^，。；]{0,4})?(?:国家|行业|地方|团体|企业|推荐性|强制性)标准")
_FILM_AFTER = lazy(
    r"^》(?:等)?(?:电视|警示|安全|教育|宣传)*(?:专题片|宣传片|影片|电影|教育片|纪录片|一书|杂志|栏目|节目|读本)"
)
_PUBLISHED_BEFORE = lazy(r"(?:编印|编写|编辑|出版|发放|印制|播放|拍摄|在|通过)(?:了|出)?$")

_CUES = (
    ("转发", lazy(r"转发|批转")),
    ("印发", lazy(r"印发|制定|制订|发布|出台|编印|编制|颁布|下发")),
    ("依据", lazy(r"根据|按照|依据|依照|遵照|参照|按(?=《)|据(?=《)|要求")),
    ("贯彻", lazy(r"贯彻|落实|学习|紧扣|实施|执行|宣传|围绕|结合|聚焦|对照|推进")),
)
_GIVEN = lazy(r"^》(?:[^。；《]{0,40})?(转发|印发)(?:给你们|给你|给)")
_JOINS = lazy(r"）?(?:文件?)?(?:精神)?[，：、]?")
_DOCUMENT = lazy(r"(?:通知|方案|意见|规划|纲要|办法|规定|决定|细则|要点|计划)(?:（[^）]*）)?$")
_BASED = lazy(r"(?:根据|按照|依据|遵照)[^，《]{0,24}(?:贯彻|落实|实施|开展|宣传)?[^，《]{0,10}$")
_SIGN = lazy(r"[^一-鿿A-Za-z\d]")
_QUOTED = lazy(r"《[^》]*》")
_OWN_PLAN = lazy(r"(?:印发|下发|发布)(?:《([^》]+)》|([^《》]{4,60}?)的通知)")


class _Title(Struct, frozen=True):
    """A 《…》 in the reading: from its opening to behind its closing mark."""

    start: int
    end: int


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Citations, one for each place, then attachments. The notice's own 文号 is none."""
    yield from _citations(manuscript)
    yield from find_attachments(manuscript)


def _citations(manuscript: Manuscript) -> Iterator[Mention]:
    chars = manuscript.reading.chars
    titles = [
        t
        for t in _titles(chars)
        if _zone(manuscript, t.start) != "web" and not _FILE.search(chars, t.start, t.end)
    ]
    numbers = list(_numbers(manuscript))
    plans = _own_plans(manuscript, titles)
    used: set[int] = set()
    short: set[str] = set()
    for title in titles:
        number = _number_of(chars, title, numbers)
        if number:
            used.add(number[0])
        words = chars[title.start + 1 : title.end - 1].replace("\n", "")
        kind = _kind(chars, title, words, plans, short)
        if kind == "abbreviation":
            short.add(words)
        span = manuscript.reading.span(title.start, title.end)
        inner = manuscript.reading.span(title.start + 1, title.end - 1)
        value = CitationValue(
            title=fold(manuscript.quote(inner)),
            doc_number=fold(manuscript.quote(manuscript.reading.span(*number))) if number else None,
            kind=kind,
            relation="" if kind in ("abbreviation", "newspaper", "publication") else _relation(chars, title),
        )
        yield Mention("citation", span, value, confidence=0.99)
    for start, end in numbers:
        if start in used or any(title.start < start < title.end for title in titles):
            continue
        span = manuscript.reading.span(start, end)
        value = CitationValue(
            "", fold(manuscript.quote(span)), "document", _relation(chars, _Title(start, end))
        )
        yield Mention("citation", span, value, "number_only", 0.8)


def _titles(chars: str) -> Iterator[_Title]:
    """Outermost 《…》, also over line feeds and with 《》 inside; one that is never closed is passed over."""
    start = chars.find("《")
    while start >= 0:
        end = _closing(chars, start)
        if end > start + 1 and not _STOPS.search(chars, start, end):
            yield _Title(start, end + 1)
            start = end
        start = chars.find("《", start + 1)


def _closing(chars: str, start: int) -> int:
    """Where the 》 of the 《 at ``start`` stands, at most two line feeds away; -1 where it is never closed."""
    depth, feeds = 1, 0
    for mark in _MARK.finditer(chars, start + 1, start + _LONGEST + 1):
        if mark[0] == "\n":
            feeds += 1
            if feeds > 2:
                return -1
        else:
            depth += 1 if mark[0] == "《" else -1
        if depth == 0:
            return mark.start()
    return -1


def _zone(manuscript: Manuscript, place: int) -> str:
    return manuscript.outline.zone_at(manuscript.reading.origin[place])


def _numbers(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """Where 文号 of other documents stand in the reading."""
    chars = manuscript.reading.chars
    own = manuscript.outline.parts.get("doc_number")
    mine = _bare(manuscript.read(own)) if own else ""
    for match in _YEAR_NUMBER.finditer(chars):
        head = _LETTERS.search(chars[max(match.start() - 14, 0) : match.start()])
        letters = head[0] if head else ""
        leading = _LEADING.match(letters)
        letters = letters[leading.end() :] if leading else letters
        if not letters:
            continue
        start = match.start() - len(letters)
        zone = _zone(manuscript, start)
        if zone in ("web", "letterhead", "doc_number", "title", "colophon"):
            continue
        if mine and _bare(chars[start : match.end()]) == mine:
            continue
        yield start, match.end()


def _bare(number: str) -> str:
    return _SIGN.sub("", number)


def _number_of(chars: str, title: _Title, numbers: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The 文号 in the bracket right behind the title, or right before it."""
    bracket = _AFTER.match(chars, title.end)
    for start, end in numbers:
        if bracket and start == bracket.end():
            return start, end
        if end <= title.start <= end + 6 and _JOINS.fullmatch(chars, end, title.start):
            return start, end
    return None


def _own_plans(manuscript: Manuscript, titles: list[_Title]) -> set[str]:
    """Titles of the plan the notice itself hands over: the enclosed plan's, and 《X》 in 关于印发《X》的通知."""
    plans: set[str] = set()
    plan = manuscript.outline.parts.get("plan_title")
    if plan:
        plans.add(_bare(manuscript.read(plan)))
    head = manuscript.outline.parts.get("title")
    if head:
        words = manuscript.read(head).replace("\n", "")
        for match in _OWN_PLAN.finditer(words):
            plans.add(_bare(match[1] or match[2]))
    for title in titles:
        given = _GIVEN.match(manuscript.reading.chars[title.end - 1 : title.end + 60])
        if (
            given
            and given[1] == "印发"
            and "的通知" not in manuscript.reading.chars[title.start : title.end + 3]
        ):
            plans.add(_bare(manuscript.reading.chars[title.start : title.end]))
    return plans


def _kind(chars: str, title: _Title, words: str, plans: set[str], short: set[str]) -> str:
    before = chars[max(title.start - 30, 0) : title.start]
    if words in short or _SHORT.match(words) or (len(words) <= 12 and _ABBREVIATED.search(before)):
        return "abbreviation"
    if plans and _bare(words) in plans:
        return "own_plan"
    if _STANDARD_AFTER.match(chars[title.end - 1 : title.end + 12]):
        return "standard"
    if _FILM_AFTER.match(chars[title.end - 1 : title.end + 12]):
        return "publication"
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    if _PUBLISHED_BEFORE.search(before) and not _DOCUMENT.search(words):
        return "publication"
    return "document"


def _relation(chars: str, title: _Title) -> str:
    """What the notice does with the document: the nearest cue before it in the same clause, or 转发给/印发给 behind it."""
    given = _GIVEN.match(chars[title.end - 1 : title.end + 60])
    if given:
        return given[1]
    begin = max(chars.rfind(sign, max(title.start - 90, 0), title.start) for sign in "。；\n")
    clause = chars[max(begin + 1, title.start - 90) : title.start]
    if "《" in clause:
        clause = _QUOTED.sub(lambda m: "《" * len(m[0]), clause)
    best, place = "", -1
    for name, pattern in _CUES:
        for match in pattern.finditer(clause):
            if match.start() > place:
                best, place = name, match.start()
    if best == "贯彻" and _BASED.search(clause):
        return "依据"
    return best
