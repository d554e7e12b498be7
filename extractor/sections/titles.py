"""A notice's title: over several lines, with the issuing bodies above it."""

from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.letter import DATE_ONLY, GENRE, NUMBER_LINE, ORGAN, ORGAN_LINE, TITLE_END

_CUT_LINE = 12  # a title cut in two leaves more on its first line than a page's rubric has
_BEGUN = lazy(r"关于|印发《?|转发|批转")
_FOREIGN = lazy(r"[A-Za-z]{2,}")
_PIECE = 12  # characters of a title's piece that is but a few words
_MOST_PIECES = 12
_SHORTEST = 10
_PIECE_ENDS = lazy(r"[，；：。]$")
_YEAR = lazy(r"^(?:19|20)\d\d年?")
_GENRE_ALONE = lazy(r"^(?:工作|活动|实施|总体)*(?:方案|通知|计划)$")
_TAIL_OF_TITLE = lazy(r"^(?:方案$|通知$|计划$|活动|实施|工作|宣传|主题|系列|的|总体|具体)")
_NUMBERED = lazy(r"^(?:[\[【（]|\d{4}[-/.]\d|附件|[一二三四五六七八九十]+、|\d+[.、](?!\d))")
_BRACKETED = lazy(rf"^【(?P<title>[^【】]{{4,}}{GENRE})】$")
_TAGGED = lazy(rf"^(?:【[一-鿿]{{2,8}}】|\[[一-鿿]{{2,8}}\]){{1,2}}(?P<title>[^【】]{{6,}}{GENRE})$")
_SENTENCE = lazy(r"[。；！？]|如下")
_HANDS_ON = lazy(
    rf"^(?!.*(?:现|请|已|附件)[^《]{{0,4}}《)[^，。；：《》]{{0,40}}(?:转发|批转)《[^，。；]+{GENRE}》$"
)
_HANDED_LINES = 5
_SIGNS = lazy(r"[，。；：！？>»]")
_BODY_FIRST = lazy(rf"^(?:中共)?[一-鿿]{{2,12}}[省市区县州旗盟镇乡][一-鿿]{{0,20}}{ORGAN}[一-鿿]{{2,24}}$")
_BODY = lazy(rf"^(?:中共)?[一-鿿]{{2,12}}[省市县区州旗盟镇乡][一-鿿]{{0,20}}{ORGAN}$")
_BEGINS = lazy(r"(?:关于|印发|转发)")
_OTHER = lazy(r"[，。；：〔]|\[\d{4}\]|^(?!.*关于).*文件$")


def is_title(line: str) -> bool:
    """Whether a line is a title by itself, perhaps in the brackets a page sets round it (【关于…的通知】)."""
    bare = unbracketed(line)
    return (
        6 <= len(bare) <= 130
        and bool(TITLE_END.search(bare))
        and not _NUMBERED.match(bare)
        and not _SENTENCE.search(bare)
    )


def unbracketed(line: str) -> str:
    """A line without the brackets that hold all of it or a tag in front (【通知】关于…), where it reads as a letter's title."""
    if line[0] not in "【[":
        return line
    match = _BRACKETED.match(line) or _TAGGED.match(line)
    return match["title"] if match else line


def ends_title(lines: Sequence[str], i: int) -> bool:
    """Whether line ``i`` is a title or its last line: the genre alone (工作方案) under a line of words, or a piece of one."""
    if is_title(lines[i]):
        return True
    if lines[i].endswith("》"):  # 转发《关于…的通知》
        tops = (j for j in range(max(i - _HANDED_LINES, 0), i + 1) if not _NUMBERED.match(lines[j]))
        return any(_HANDS_ON.match("".join(lines[j : i + 1])) for j in tops)
    if len(lines[i]) > _PIECE or not TITLE_END.search(lines[i]):
        return False
    above = lines[i - 1] if i else ""
    if _GENRE_ALONE.match(lines[i]) and 8 <= len(above) <= 60 and not _SIGNS.search(above):
        return True
    return _broken_start(lines, i, ()) < i


def _broken_start(lines: Sequence[str], end: int, web: Sequence[bool]) -> int:
    """The first line of a title that a link or a printed page broke into pieces, ``end`` where it is in one piece.

    It begins with 关于 or the like, or with the year, where every line is but a few words.
    """
    first = end
    few = len(lines[end]) <= _PIECE
    for start in range(end - 1, max(end - _MOST_PIECES, -1), -1):
        line = lines[start]
        furniture = bool(web) and web[start]
        if _stops_title(line, furniture) or _PIECE_ENDS.search(line) or _NUMBERED.match(line):
            break
        few = few and len(line) <= _PIECE
        joined = "".join(lines[start : end + 1])
        if len(joined) < _SHORTEST or joined.count("《") != joined.count("》"):
            continue
        if _BEGUN.search(line):
            return start
        if few and _YEAR.match(line):
            first = start
    return first


def title_start(lines: Sequence[str], end: int, web: Sequence[bool]) -> int:
    """Go up from a title's last line through its earlier lines and the issuing bodies above them."""
    start = end
    if not _BEGUN.search(lines[end]):
        start = _broken_start(lines, end, web)
    while start and end - start < 5 and not _stops_title(lines[start - 1], web[start - 1]):
        joined = "".join(lines[start : end + 1])
        above = lines[start - 1]
        if joined in above:
            break  # a page's headline, the title with a word more
        opened = joined.count("》") > joined.count("《") or joined.count("”") > joined.count("“")
        cut_begun = above.endswith("关于") and not joined.startswith("关于")
        begun = _BEGUN.search(joined) and not cut_begun
        cut = (
            not begun
            and len(above) >= _CUT_LINE
            and not ORGAN_LINE.match(above)
            and not _FOREIGN.search(above)
        )
        if opened or cut or (not begun and (_BEGUN.search(above) or _TAIL_OF_TITLE.match(joined))):
            start -= 1
        else:
            break
    if not _BEGUN.search("".join(lines[start : end + 1])):
        return start
    top = start
    while (
        top
        and start - top < 10
        and not _stops_title(lines[top - 1], web[top - 1])
        and 2 <= len(lines[top - 1]) <= 40
    ):
        top -= 1
    while top < start and not any(
        ORGAN_LINE.match(lines[i]) or _BODY_FIRST.match(lines[i]) for i in range(top, start)
    ):
        top += 1
    first = lines[start]
    cut_name = ORGAN_LINE.match(first.split("关于")[0])  # its beginning may stand on the line above
    begins = _BEGINS.match(first) or cut_name
    above = lines[start - 1] if start else ""
    bodies = ORGAN_LINE.match(above) or (cut_name and _BODY_FIRST.match(above))
    if top < start and begins and bodies:
        return top
    name = _BEGINS.split(first)[0]
    broken = name and above and not _stops_title(above, web[start - 1]) and not ORGAN_LINE.match(above)
    return start - 1 if broken and not _BODY.match(name) and _BODY.match(above + name) else start


def _stops_title(line: str, web: bool) -> bool:
    """Whether a line above a title is something else: furniture, number, date, letterhead, sentence, another title."""
    return (
        web
        or len(line) > 60
        or bool(
            _OTHER.search(line) or TITLE_END.search(line) or NUMBER_LINE.match(line) or DATE_ONLY.match(line)
        )
    )
