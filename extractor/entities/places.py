"""Where an activity takes place: 地点：…, 在某地举办, 到某地开展, 聚焦商场、超市等环节, 线上."""

import re

from extractor.patterns import lazy
from extractor.rulebook.activities import ActivityRules

_LABEL = lazy(
    r"(?P<when>时间(?:、|和|及|与))?(?:活动|举办|培训|会议|集中|宣传|演练|启动仪式|仪式|主会场)?(?:地点|场所)(?:设在|定在|：|为|是|在)"
    r"(?P<place>[^。；\n\t]{2,60})"
)
_LABEL_WORD = lazy(r"(?:地点|场所)(?:设|定|：|为|是|在)")  # what every _LABEL holds
_NEXT_LABEL = lazy(
    r"[，、]?[^，、：。；]{2,8}：|，(?=(?:时间|由|参加|责任|主办|承办|联系|请|组织|开展|举行|各))|（(?:责任|牵头|主办|承办|时间)"
)
_DATE = lazy(
    r"^[\d年月日号至到~\-—、，上下午晚时点分：（）星期周一二三四五六日天]*\d[\d年月日号至到~\-—、上下午晚时点分：（）星期周一二三四五六日天]*[，、；]?"
)
_AT = lazy(
    r"在(?<![存现正实内]在)(?P<place>(?!于|地|此|全国两会|线(?!下)|这|上述|前期|每|规定|本|做好|职|校期|编|岗|一[所家个]|单位)[^，。；：“”\n]{2,48})"
)
_BY = lazy(
    r"(?:于|赴|到|来到|走进|深入|进入)(?P<place>(?!\d|[一二三两几][所家个]|一线)[^，。；：“”\n]{2,30})"
)
_USING = lazy(
    r"利用(?P<place>[^，。；：“”\n、]{2,12}(?:、[^，。；：“”\n、]{2,12}){1,8}?等?)(?=，|。|开展|进行|普及|发放|设立|悬挂)"
)
_DATED = lazy(r"^(?:\d|[一二三四五六七八九十]+月|宣传周|宣传月|活动|近日|即日|本周|下周|今|明|同)")
_LOOSE = lazy(
    r"^(?:企业|社区|学校|园区|农村|乡镇|街道|机关|基层|校园|乡村|农户|现场|一线|市场|群众|生产.*一线|群众.*|.*群众|家庭|.*企业)$"
)
_HELPERS = lazy(
    r"(?:集中|统一|组织|联合|共同|分别|同步|隆重|轮流|现场|积极|广泛|深入|全面|具体|重点|主要|定期|顺利|正式)+$"
)


def place(chars: str, start: int, end: int, rules: ActivityRules) -> tuple[int, int] | None:
    """The bounds in the reading of the first and best place between ``start`` and ``end``; None when there is none.

    A labelled place wins, then a venue (在 …), then places inspected or used as lists, then the net.
    """
    label = _LABEL.search(chars, start, end) if _LABEL_WORD.search(chars, start, end) else None
    if label:
        found = _labelled(chars, label)
        if found:
            return found
    for match in _AT.finditer(chars, start, end):
        length = _venue(match["place"], rules, True)
        if length:
            return match.start("place"), match.start("place") + length
    for match in _BY.finditer(chars, start, end):
        length = 0 if _DATED.match(match["place"]) else _venue(match["place"], rules, False)
        named = match["place"][:length]
        if (
            length
            and (match[0][0] in "到于来" or not _LOOSE.match(named))
            and not _abstract(match[0][0], named)
        ):
            return match.start("place"), match.start("place") + length
    return _inspected(chars, start, end, rules)


def _labelled(chars: str, label: re.Match[str]) -> tuple[int, int] | None:
    start, end = label.span("place")
    if label["when"]:
        date = _DATE.match(chars, start, end) or _DATE.match(chars[start:end])
        start += (
            len(_DATE.sub("", chars[start:end])) and (end - start - len(_DATE.sub("", chars[start:end])))
            if date
            else 0
        )
    stop = _NEXT_LABEL.search(chars, start, end)
    end = stop.start() if stop else end
    while end > start and chars[end - 1] in "，、；。（ ":
        end -= 1
    blank = re.fullmatch(r"[xX×*＊_…待定另行通知]+", chars[start:end])
    return (start, end) if end - start >= 2 and not blank else None


def _venue(stretch: str, rules: ActivityRules, free: bool) -> int:
    """Characters of ``stretch`` (what follows 在) that are a place: up to the first verb where the place is a fit one.

    ``free``: before a strong verb any stretch will do that is not refused.
    """
    ends = [(m.start(), True) for m in rules.strong.finditer(stretch)]
    ends += [(m.start(), False) for pattern in (rules.weak, rules.cut) for m in pattern.finditer(stretch)]
    if "（" in stretch:
        ends.append((stretch.index("（"), False))
    for end, strong in sorted(ends):
        named = stretch[:end]
        short = len(_HELPERS.sub("", named))
        named = named[:short]
        if len(named) < 2 or named.count("（") != named.count("）"):
            continue
        if rules.refused.search(named) or _DATED.match(named):
            if strong:
                return 0
            continue
        if rules.venue.search(named) or (
            free and strong and len(named) <= 24 and not re.search(r"[的了将以把被]|工作|活动|宣传", named)
        ):
            return len(named)
    return 0


def _abstract(verb: str, named: str) -> bool:
    """深入社区、走进企业 and the like say how, not where."""
    return verb in "深走进" and len(named) <= 4


def _inspected(chars: str, start: int, end: int, rules: ActivityRules) -> tuple[int, int] | None:
    """Places used or inspected as a list, else the net."""
    using = _USING.search(chars, start, end)
    if using and rules.venue.search(using["place"].split("、")[0]):
        return using.span("place")
    listed = rules.listed.search(chars, start, end)
    if listed:
        return listed.span("place")
    online = rules.online.search(chars, start, end)
    return online.span() if online else None
