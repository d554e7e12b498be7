"""Where a line that swallowed its neighbours is cut: title, 文号, addressees and signature run into the body.

Web copies and document libraries lose line feeds. A blank is often left of one (``parted``); where nothing is, only the
order of a letter's parts (GB/T 9704 7.2-7.3) tells them apart.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from extractor.patterns import lazy
from extractor.sections.letter import ADDRESSED, DATE, GENRE, HAN_MONTH, NUMBER, ORGAN, SERIAL, SLOGAN
from extractor.sections.poured import FURNITURE, POURED, front, titles

_SHORT = 60  # a shorter line holds no body besides its title
_LONGEST_TITLE = 100
_TITLE_BEGINS = lazy(r"关于|(?:\d{4}|[xX×]{2,4})年|[一-鿿]{2,12}[省市县区镇局校]")
_PAGE = lazy(r"^\d{1,2}[、.]")
_GENRE_END = r"(?:通知|方案|计划(?!单列|生育)|意见|办法|公告|倡议书|策划[书案]?|安排)"
_GENRE = lazy(rf"{_GENRE_END}(?:（[^（）]{{1,8}}）)?")
_LEAD = lazy(
    r"(?:为(?!期|主|了?解)[^，。]{4,}|根据|按照|遵照|依据|今年|近年|当前|一、|第[一1]章|(?:\d{4}|[xX×]{2,4})年[^，。]{0,12}[是日]|现将|经[^，。]{2,12}(?:同意|研究)|《[^《》]{4,60}》(?:已|业))"
)
_PROSE = lazy(
    r"^(?:各|根据|按照|遵照|依据|为|现将|经|近日|日前|今年|接|结合|落实|贯彻|请|并|以|在|\d{4}年\d{1,2}月\d)"
)
_NOT_END = lazy(
    r"^(?:精神|要求|文件|部署|规定|中|的|和|与|及|、|，|。|；|：|》|”|）|如下|印发|发|里|内|已|等|书)"
)
_NAMED = lazy(
    r"(?:关于|(?:\d{4}|[xX×]{2,4})年|第[^，。]{1,4}[届个次]).{4,}(?:的通知|(?:活动|实施|工作|宣传)(?:总体|实施|工作|活动)*方案)$"
)
_NUMBER_HERE = lazy(rf"（?{NUMBER}）?")
_ADDRESSED_HERE = lazy(r"(?!附件|联系)[^。；！？：]{2,400}?：")
_ADDRESSED_BEHIND = lazy(
    r"(?<=[。！？；])各[^。；！？：]{8,400}(?:单位|部门|政府|办|局|委|会|院|校|企业|公司|办事处|机构|科室)："
)
_GROUPS_HERE = lazy(
    r"(?:[一-鿿]{0,4}各[^。；！？：，、]{0,16}(?:单位|部门|支部|总支|学院|学校|政府|企业|处室|科室|乡镇|街道|社区|办事处|协会|机构)[，、。]?){1,12}"
    r"(?=为[^，。]{4}|根据|按照|今年|现将|近年)"
)
"""Addressees whose colon is lost."""
_ADDED = 12  # characters a title has more than its repetition: a year
_SITE = 40  # or, glued to it, the name of a site
_BODIES = 120  # characters of the bodies a page's headline leaves out
_NAME = 12  # characters of a name between a headline and its repetition
_NUMBERED = lazy(
    rf"^(?:篇[一1]：)?(?P<title>[^，。；：！？]{{4,60}}{_GENRE_END}(?:范文)?)(?P<mark>（?篇?[一二1]）?|[（【]?第[一二三四五六七八九十\d]{{1,3}}篇[）】]?)?$"
)
_MARKS = lazy(r"[，。；！？：]")
_TITLE_ALONE = rf"[^，。；！？：]{{6,90}}{GENRE}$"
_LETTERHEAD_GLUED = lazy(rf"^[^，。；！？：《》“”关]{{3,40}}?{ORGAN}文件(?={NUMBER}|{_TITLE_ALONE})")
_NUMBER_GLUED = lazy(rf"（?{NUMBER}）?(?={_TITLE_ALONE})")
_ANNOUNCED = lazy(rf"^[^，。；：]{{2,50}}?{ORGAN}(?:令|公告|通告)(?=（?(?:{SERIAL}|第\d{{1,4}}号)）?$)")
_NUMBER_DATED = lazy(rf"^（?{NUMBER}(?={DATE}）?$)")
_BYLINE = lazy(
    rf"^(?P<organ>[^，。；：（）《》“”]{{3,30}}?{ORGAN})（(?:{DATE}|{HAN_MONTH})）(?=[^，。：；]|$)"
)
_BYLINE_DAY = lazy(rf"^（(?:{DATE}|{HAN_MONTH})）(?=[^，。：；])")
_VERBED = lazy(r"[要应须请将把对]|必须")
_SENTENCE = lazy(r"[，。；]")
_FURNITURE = lazy(
    rf"(?:(?:发布|更新|上传)?(?:时间|日期)：?)?{DATE}(?:\d{{1,2}}：\d{{2}}(?:：\d{{2}})?)?|\d{{1,2}}：\d{{2}}(?:：\d{{2}})?|"
    r"(?:发布者?|发布(?:单位|机构|时间|日期)|来源|信息来源|作者|编辑|浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|字体|字号)：.{0,30}|"
    r"(?:(?:文章|语音|全文|新闻)?(?:播报|朗读)|网站首页|首页|当前位置|打印|关闭|收藏)"
)
_CRUMBS = lazy(r"首页|[>»]")
_RECORD_LABEL = lazy(r"(?:日期|文号|字号|机构|单位|索引号|分类|有效性)[：]?$")
_GENRE_LAST = lazy(rf"{GENRE}$")
_TITLE = 8  # characters of the shortest title
_BRACKETED = lazy(rf"^(?P<before>[^【】，。；]{{0,30}})(?P<title>【[^【】，。；：]{{4,80}}{GENRE}】)(?=.|$)")
_COUNTER = lazy(r"^(?:浏览|点击|阅读|访问)(?:次数|量|数)?：?\d{1,8}次?(?=各)")
_RECORDED = lazy(r"【[^【】]{2,8}】[^【】]*【[^【】]{2,8}】")
_FRAME = 300  # characters of a page's record between a title and its repetition
_COLLECTION = lazy(
    r"(?P<title>[^，。；：！？]{8,60}?)[（【](?:[一-鿿]{0,4}(?:\d{1,3}|[一二三四五六七八九十]{1,3})篇)[）】]"
)
_MODEL = lazy(r"（?篇?[一1]|【?第一篇|（一）|为|根据|一、")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))
_SIGNED = lazy(
    rf"(?<=[。！”）\da-z])(?P<organ>[^，。；：！？（）《》“”\d\n]{{3,60}}?{ORGAN})(?P<date>{DATE})(?=$|附件|附：|抄送|主题词|（|[^，。；：]{{4,60}}(?:方案|一览表|统计表|名单))"
)


def head_cuts(text: str, parted: Callable[[int], bool], whole: bool) -> list[int]:
    """Where title, 文号 and addressees end inside one of a text's first lines; empty for a line that is one thing.

    ``parted``: whether a printed blank stands before an offset. ``whole``: the line holds sections too (a text without line breaks).
    """
    poured = len(text) > POURED
    cuts = _blanks(text, parted) or ([] if poured else _lead(text)) or _alone(text)
    if cuts:
        return cuts
    before, end = _title(text, parted, whole)
    at = before[-1]
    if end is None:
        said = front(text) if poured else []
        at = said[-1] if said else at
        number = _NUMBER_HERE.match(text, at)
        at = number.end() if number else at
        return sorted(_addressed(text, at, parted, bool(number or said))) or _lead(text)
    cuts = [*before, end]
    _behind_title(text, cuts, poured)
    number = _NUMBER_HERE.match(text, cuts[-1])
    if number:
        cuts.append(number.end())
        page = FURNITURE.match(text, cuts[-1]) if poured else None
        if page:
            cuts.append(page.end())
    return sorted({*cuts, *_addressed(text, cuts[-1], parted, True)} - {0, len(text)})


def _alone(text: str) -> list[int]:
    """Where a title in brackets, a byline or one of several model texts' titles ends that stands alone in front of a line."""
    if "】" in text and (bracketed := _BRACKETED.match(text)):
        return [cut for cut in bracketed.span("title") if 0 < cut < len(text)]
    if day := _BYLINE_DAY.match(text):
        return [day.end()]
    if byline := _BYLINE.match(text):
        return [cut for cut in (byline.end("organ"), byline.end()) if cut < len(text)]
    numbered = _NUMBERED.match(text)  # 篇一：…方案, …通知1
    return sorted({numbered.start("title"), numbered.end("title")} - {0, len(text)}) if numbered else []


def _title(text: str, parted: Callable[[int], bool], whole: bool) -> tuple[list[int], int | None]:
    """Where the things in front of a line's title end (at least 0, its beginning), and where the title does, None without one."""
    page = _PAGE.match(text)
    begin = page.end() if page else 0
    slogan = SLOGAN.match(text, begin)
    if slogan and ("-" in slogan.group() or _TITLE_BEGINS.match(text, slogan.end())):
        begin = slogan.end()
    end = _title_end(text, begin, parted, whole)
    if len(text) <= POURED:
        return [begin], end
    before = front(text)
    behind = _title_end(text, before[-1], parted, whole) if before else None
    if behind is not None:
        return before, behind
    deeper = _deeper(text, parted) if end is None else None
    return ([deeper[0]], deeper[1]) if deeper else ([begin], end)


def _behind_title(text: str, cuts: list[int], poured: bool) -> None:
    """Add to ``cuts``, which end with a title's bounds, where its repetitions and the page's things behind it end."""
    begin, at = cuts[-2:]
    while again := _again(text, begin, at):
        begin, at = at, at + again
        cuts.append(at)
    title = text[begin:at]
    again = text.find(title, at, at + _FRAME)
    if again > 0 and "【" in text[at:again]:  # the page's record stands between
        cuts += [again, again + len(title)]
        return
    if not poured:
        return
    page = FURNITURE.match(text, at)
    if page:
        at = page.end()
        cuts.append(at)
        number = _NUMBER_HERE.match(text, at)
        if number and title in text[number.end() : number.end() + len(title) + _BODIES]:
            at = number.end()
            cuts.append(at)
    again = text.find(title, at, at + len(title) + (_BODIES if page else _NAME))
    if again >= 0 and not _MARKS.search(
        text, at, again
    ):  # the page's headline has the bodies left out, or an author below it
        cuts += [again + len(title)] if page else [again, again + len(title)]


def _addressed(text: str, at: int, parted: Callable[[int], bool], behind: bool) -> set[int]:
    """The bounds of the addressees from ``at`` on; ``behind``: whether title or 文号 end there."""
    match = _ADDRESSED_HERE.match(text, at) if behind else None
    if match is None or not ADDRESSED.match(match.group()):
        match = (
            _ADDRESSED_BEHIND.search(text, at) or _addressed_first(text, parted)
            if len(text) > _SHORT
            else None
        )
    if match is None and behind and len(text) > POURED:
        match = _GROUPS_HERE.match(text, at)
    return {match.start(), match.end()} - {0, len(text)} if match else set()


def _addressed_first(text: str, parted: Callable[[int], bool]) -> re.Match[str] | None:
    """Addressees that begin a line which goes on with the text."""
    match = _ADDRESSED_HERE.match(text)
    if match is None or match.end() == len(text) or not ADDRESSED.match(match.group()):
        return None
    named = "各" in match.group() and not _VERBED.search(match.group())
    return match if named and (parted(match.end()) or _LEAD.match(text, match.end())) else None


def _blanks(text: str, parted: Callable[[int], bool]) -> list[int]:
    """The blanks in front of the body, where a page's furniture stands between them: 标题 2020-01-02 来源：… 各单位：."""
    pieces: list[tuple[int, bool]] = []  # where each begins, and whether it is furniture
    begin, parts = 0, False
    for at in range(1, min(len(text), _FRAME)):
        if not parted(at):
            continue
        piece = text[begin:at]
        if _RECORD_LABEL.search(piece):
            return []
        addressed = piece.endswith("：") and ADDRESSED.match(piece)
        if _SENTENCE.search(piece) and not addressed:
            break
        if at - begin > 1:
            pieces.append((begin, _FURNITURE.fullmatch(piece) is not None))
            parts = parts or bool(addressed or (len(piece) >= _TITLE and _GENRE_LAST.search(piece)))
            begin = at
    pieces.append((begin, _FURNITURE.fullmatch(text, begin) is not None))
    if not parts or not any(furniture for _, furniture in pieces):
        return []
    # Furniture stays together: a day of its own would be read as the day of issue.
    return [at for (_, before), (at, furniture) in pairwise(pieces) if not (before and furniture)]


def _lead(text: str) -> list[int]:
    """Where letterhead, 文号 or a page's counter end that stand in front of what is the whole rest of a line."""
    if text.endswith(("号", "号）")) and (announced := _ANNOUNCED.match(text)):
        return [announced.end()]
    cuts: list[int] = []
    begin = 0
    for pattern in (_COUNTER, _LETTERHEAD_GLUED, _NUMBER_GLUED, _NUMBER_DATED):
        match = pattern.match(text[begin:])
        if match:
            begin += match.end()
            cuts.append(begin)
    return cuts


def _title_end(text: str, begin: int, parted: Callable[[int], bool], whole: bool) -> int | None:
    """Where a title that begins the line ends, None where the line begins with no title or is all title."""
    for match in _GENRE.finditer(text, begin, begin + _LONGEST_TITLE):
        end = match.end()
        title, rest = text[begin:end], text[end : end + 500]
        if _MARKS.search(title) or _PROSE.match(title) or not rest:
            return None
        if len(title) < _TITLE or any(title.count(a) != title.count(b) for a, b in _PAIRS):
            continue
        if len(text) > POURED:
            if _CRUMBS.search(title):
                return None
            if rest.startswith("范文"):
                return end + len("范文")
            if FURNITURE.match(rest) or _BYLINE.match(rest):
                return end
        if _NOT_END.match(rest):
            continue
        if _NUMBER_HERE.match(rest) or _RECORDED.match(rest):
            return end
        if len(text) < _SHORT:
            continue
        addressed = _ADDRESSED_HERE.match(rest)
        if (
            (addressed and ADDRESSED.match(addressed.group()))
            or _LEAD.match(rest)
            or _again(text, begin, end)
            or parted(end)
            or (whole and _NAMED.search(title))
        ):
            return end
    return None


def _deeper(text: str, parted: Callable[[int], bool]) -> tuple[int, int] | None:
    """A title that stands behind other things, told by what follows it: 文号, addressees, what a page prints, or itself again."""
    for begin in titles(text, parted):
        for match in _GENRE.finditer(text, begin + _TITLE, begin + _LONGEST_TITLE):
            end = match.end()
            title, rest = text[begin:end], text[end : end + 500]
            if _MARKS.search(title):
                break
            if any(title.count(a) != title.count(b) for a, b in _PAIRS):
                continue
            addressed = _ADDRESSED_HERE.match(rest)
            if (
                _NUMBER_HERE.match(rest)
                or FURNITURE.match(rest)
                or text.startswith(title, end)
                or (addressed and not _NOT_END.match(rest) and ADDRESSED.match(addressed.group()))
            ):
                held = text[begin - 1 : begin] == "【" and text[end : end + 1] == "】"
                return begin - held, end + held
    return _collected(text)


def _collected(text: str) -> tuple[int, int] | None:
    """The first title of a page of model texts, which repeats the page's headline (…方案（通用5篇））."""
    for match in _COLLECTION.finditer(text, 0, _LONGEST_TITLE):
        begin = match.start("title")
        while len(match["title"]) - (begin - match.start("title")) >= _TITLE:
            title = text[begin : match.end("title")]
            again = text.find(title, match.end(), match.end() + _FRAME)
            if again > 0 and _MODEL.match(text, again + len(title)):
                return again, again + len(title)
            begin += 1
    return None


def _again(text: str, begin: int, end: int) -> int:
    """The length of the title behind a title, 0 when it is not there: a library prints it twice, or with a year added."""
    title = text[begin:end]
    most = _SITE if len(text) > POURED and "关于" in title else _ADDED
    return next(
        (len(title) - k for k in range(min(most, len(title) - 8) + 1) if text.startswith(title[k:], end)), 0
    )


def may_be_signed(text: str) -> bool:
    """Whether a line is long enough to hold a sentence and a signature, and has the signs of a day."""
    return len(text) >= _SHORT and ("月" in text or "." in text or "/" in text or "-" in text)


def signature_cuts(text: str, parted: Callable[[int], bool]) -> list[int]:
    """Where organ and date of a signature begin and end behind the last sentence of a line, and what follows it begins."""
    for match in _SIGNED.finditer(text):
        if text[match.start() - 1] in "。！”）" or parted(match.start()):
            return sorted({match.start(), match.end()} - {0, len(text)})
    return []
