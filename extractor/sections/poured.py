"""A letter or a whole page poured into one line: what stands in front of its title, and where it is signed."""

from collections.abc import Callable, Iterator

from extractor.patterns import lazy
from extractor.sections.letter import DATE, NUMBER, ORGAN

POURED = 160
"""A longer line holds more than one part of a letter."""
_REACH = 600  # characters from a line's beginning to its title's end at most
_RUBRIC = (
    r"(?:[一-鿿]{0,8}?(?:正文|内容页?|详情)|[一-鿿]{0,6}?(?:公告|通知|公示|公文|文件|公开|动态|信息|要闻)+)"
)
_CRUMBS = (
    r"(?:(?:您的?)?(?:当前|现在|所在)?的?(?:位置|页面)：?|(?:网站)?首页)"
    rf"[^。；，：！？]{{0,40}}?[>»](?:[^。；，：！？]{{0,20}}[>»])*{_RUBRIC}(?!的)"
)
_NAMES = r"(?:正文|(?:通知|公示|政务|校园)公告|公告(?:通知|公示)|公示公告|(?:动态|校园|新闻)新闻|(?:新闻|工作|部门)动态|(?:政策|通知)文件|文件通知|政府信息公开|信息公开|公众号|(?:[一-鿿]{1,8}网站?)?首页|有效性?：?有效|有效|标题：?)"
_BUTTON = (
    rf"[|]+|{_NAMES}(?!的)|篇[一1]：|【[^【】]{{1,8}}】|"
    r"[\[【（]?(?:(?:文章|语音|全文|新闻)?(?:播报|朗读)|无障碍(?:阅读|浏览)?|长者(?:模式|版)|简体|繁体|打印(?:本页)?|关闭(?:窗口)?|"
    r"收藏|字[体号]：?(?:[大中小]|默认)*)[\]】）]?[|]?"
)
_DAY = rf"(?:(?:发布|更新|上传|发稿|录入|加入|创建)(?:时间|日期)?：?|(?:时间|日期)：?)?{DATE}(?:\d{{1,2}}：\d{{2}}(?:：\d{{2}})?)?"
_COUNT = r"(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?(?:：(?:\[\]|\d{0,8})|\d{1,8})次?"
_LABEL = r"(?:发布者?|发布(?:单位|机构|机关|部门)|(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|供稿)："
_SAID = (
    rf"{_LABEL}[^。；，：]{{0,16}}?"
    rf"(?=发布|更新|上传|来源|作者|编辑|浏览|点击|阅读|访问|字[体号]|时间|日期|关于|各|{DATE}|[\[【])"
)
_PATH = lazy(_CRUMBS)
_PATH_REACH = 200
FURNITURE = lazy(rf"(?:{_CRUMBS}|{_BUTTON}|{_DAY}|{_COUNT}|{_SAID})+")
"""A run of what a page prints round a text; it ends where the text's own words begin."""
_LETTERHEAD = lazy(
    rf"[^，。；：《》“”关0-9]{{3,60}}?{ORGAN}文件(?={NUMBER}|[^，。；：]{{0,60}}(?:关于|转发)|[^，。；：！？]{{6,90}}的通知)"
)
_NUMBER = lazy(rf"（?{NUMBER}）?(?!文|通知|精神|等|的|、|，|。|《)")

_ABOUT = lazy(r"关于|转发|印发《")
_RUBRIC_FIRST = lazy(rf"{_NAMES}+")
_WORDS = lazy(r"[一-鿿、]{1,80}$")
_DATE = lazy(DATE)
_HEAD = 400  # characters in which a letter names who sends it
_ORGANS = 200  # characters of the longest chain of bodies that sign
_SHORTEST = 3
_NAMED = (
    6  # a body that the head names in so many characters signs wherever its name stands before a closing date
)
_GOVERNS = "由向报至在送给与和及从经于是为到对"
_FINISHED = lazy(r"[。！”）；\da-zA-Z表案单排册书]$")
_SEAL = lazy(r"（[^（）]{2,30}代章）$")
_ORGAN_LAST = lazy(rf"{ORGAN}$")
_SIGNED = lazy(
    rf"(?:^|(?<=[。！”）；\da-z表案单排册书]))(?P<organ>[^，。；：！？（）《》“”\da-z表单]{{3,180}}?{ORGAN})$"
)
_ENCLOSED = (
    r"(?![前后起至到~上下晚早在由将对以的）]|-[^\d]|举[办行]|召开|组织|开展|印发|发[布出]|正式|开始|启动|成立|附件)"
    r"[^，。；：！？]{4,70}?(?:方案|通知|计划|要点|意见|办法|安排|预案|倡议书|一览表|统计表|汇总表|安排表|分工表|登记表|申请表|报名表|回执|名单|口号|标语)"
)
_NAMED_PLAN = lazy(r"《(?P<plan>[^《》]{8,60}?(?:方案|计划|要点|意见|办法|预案|安排))》")
_COPIES = 120  # characters of the copies a letter lists under its signature
_TITLE = lazy(_ENCLOSED)
_ALONE = lazy(r"。$|附件：?[^。；]{4,58}[表案单册书知见法]$")
_BEHIND = lazy(
    rf"$|附件|附：|抄送|抄报|主题词|（|[-#*]{{2}}|-?\d{{1,3}}-|[\[【|]|(?:上|下)一[篇条]|打印|关闭|分享|扫一扫|责任编辑|编辑：|来源：|相关|{_ENCLOSED}"
    rf"|[^，。；：！？]{{3,40}}{DATE}印"
)
_NEXT = lazy(rf"（[^（）]{{2,40}}）|[-#*]{{2,}}|-?\d{{1,3}}-|附件\d{{0,2}}[：.、]?(?={_ENCLOSED})")
"""What stands between a signature and the title of what is enclosed, each on a line of its own once."""


def front(text: str) -> list[int]:
    """Where the things in front of a title end, each behind the one before; empty where the line begins with the title."""
    crumbs = _PATH.search(text, 0, _PATH_REACH) if "位置：" in text[:_PATH_REACH] else None
    at = crumbs.end() if crumbs else 0
    cuts = [at] if at else []
    for pattern in (FURNITURE, _LETTERHEAD, FURNITURE, _NUMBER, FURNITURE):
        match = pattern.match(text, at, _REACH)
        if match and match.end() > at:
            at = match.end()
            cuts.append(at)
    return cuts


def titles(text: str, parted: Callable[[int], bool]) -> Iterator[int]:
    """Where titles may begin deeper in a line, behind what a page says first: at 关于, or at the bodies in front of it."""
    for about in _ABOUT.finditer(text, 1, _REACH):
        at = begin = about.start()
        words = _WORDS.search(text, max(0, at - _ORGANS), at)
        first = words.start() if words else at
        if name := _RUBRIC_FIRST.match(text, first, at):
            first = name.end()
        for i in range(at - 2, first - 1, -1):  # back over the bodies that blanks part
            if (parted(i) or i == first) and _ORGAN_LAST.search(text, i, begin):
                begin = i
        yield begin


def signature_cuts(text: str, parted: Callable[[int], bool]) -> list[int]:
    """Where the first signature of a poured letter begins, each of its bodies, its date, and what follows; the last is its end."""
    for date in _DATE.finditer(text, _SHORTEST):
        if not _BEHIND.match(text, date.end()):
            continue
        seal = _SEAL.search(text, max(0, date.start() - 40), date.start())
        end = seal.start() if seal else date.start()
        begin = _signer(text, end, parted)
        if (
            begin is None
            and _ALONE.search(text, max(0, date.start() - 60), date.start())
            and _leads_on(text, date.end())
        ):
            return [date.start(), date.end()]
        if begin is None:
            continue
        cuts = {begin, *_bodies(text, begin, end, parted), date.start(), date.end()}
        return sorted({*cuts, seal.start()} if seal else cuts)
    return []


def behind(text: str, at: int) -> list[int]:
    """Where notes, a page's number and 附件1 end that stand between a signature and what is enclosed, after ``at``, the signature's end.

    A plan that the letter has named in 《》 may also stand behind the bodies that get copies.
    """
    cuts = [at]
    while match := _NEXT.match(text, cuts[-1]):
        cuts.append(match.end())
    for match in _NAMED_PLAN.finditer(text, 0, at):
        found = text.find(match["plan"], cuts[-1], cuts[-1] + _COPIES + len(match["plan"]))
        if found > cuts[-1] and text[found - 1] != "《":
            return [*cuts, found]
    return cuts


def _leads_on(text: str, at: int) -> bool:
    """Whether a letter surely ended before ``at``: nothing follows but its enclosures, and those it has named."""
    enclosed = _TITLE.match(text, at)
    return text[enclosed.start() : enclosed.end()] in text[:at] if enclosed else bool(_BEHIND.match(text, at))


def _signer(text: str, end: int, parted: Callable[[int], bool]) -> int | None:
    """Where the bodies begin that sign right before ``end``: those the letter's head names, else what stands behind a sentence."""
    begin = max(0, end - _ORGANS)
    if not _ORGAN_LAST.search(text, begin, end):
        return None
    top = text[: min(_HEAD, begin)]
    named = end - _SHORTEST
    if text[named:end] in top:
        while named > begin and text[named - 1 : end] in top:
            named -= 1
        if _FINISHED.search(text, begin, named) or parted(named):
            return named
    if match := _SIGNED.search(text, begin, end):
        return match.start("organ")
    return named if end - named >= _NAMED and text[named - 1] not in _GOVERNS else None


def _bodies(text: str, begin: int, end: int, parted: Callable[[int], bool]) -> list[int]:
    """Where the second and later bodies of a chain begin: behind a blank, with 中共, or with the first one's place again."""
    place = text[begin : begin + 2]
    return [
        at
        for at in range(begin + _SHORTEST, end - _SHORTEST)
        if (parted(at) or text.startswith((place, "中共", "共青团"), at))
        and _ORGAN_LAST.search(text, begin, at)
        and not text.endswith("共青团", begin, at)
    ]
