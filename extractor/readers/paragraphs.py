"""Which printed lines make one paragraph: shared by every reader whose file has lines rather than paragraphs."""

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.patterns import lazy

PAGE_NUMBER = lazy(
    r"^[—－\-–―─━·•．.\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/，,]?\s*共\s*\d+\s*页)?[—－\-–―─━·•．.\s]*$"
)
PAGE_BEGINS = frozenset("—－-–―─━·•．.第")
_LIST_NUMBER = lazy(r"\s*\d+[.．]\s*")
_BARE_NUMBER = lazy(r"^\s*\d{1,3}\s*$")
_ENDS = frozenset("。；：！？…;:!?")
_GOES_ON = frozenset("，、,")
_NEVER_FIRST = frozenset("，、。；）》”：")
_CLOSERS = "”’）)》〉】〕』」"
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("〔", "〕"), ("「", "」"), ("〈", "〉"))
_CLOSING = lazy("[" + "".join(closer for _, closer in _PAIRS) + "]")
_BEGINS = lazy(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]+[章节条部]|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|"
    r"\d{1,2}\s*[、.．](?!\d)|\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]是|"
    r"\d{1,2}[ \u3000]+(?![日月年号时点分个名条人份次届])[一-鿿]\S{2,}[ \u3000]+\S+[ \u3000]+\S|"  # a row of a table without lines
    r"附\s*件|附\s*[：:]|抄\s*送|联\s*系\s*(?:人|电\s*话|方\s*式)|特此(?:通知|函告|公告)|"
    r"[#>*|]|[-*+]\s)"
)
_NOTE = lazy(r"^\s*附\s*件?\s*\d{0,2}\s*[：:.]")
_MARKS = lazy(r"[，。；：、！？,;:\d]")
_BLOCK_BEGINS = frozenset(
    "一二三四五六七八九十第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳附抄联特#>*|-+〇○零OoＯ"
)  # of _BEGINS, _DATE_LINE
_LABEL = lazy(r"^\s*(?:[一-鿿]\s*){2,8}[：:]")
_CUT_DATE = lazy(r"(?:\d{4}\s*年|\d{1,2}\s*月)\s*$")
_DATE_REST = lazy(r"^\s*\d{1,2}\s*[月日]")
_DATE_LINE = lazy(r"^\s*[\d二〇○零OoＯ]{4}\s*[年.、/-].{0,14}[日号\d]\s*(?:印发)?\s*(?:[（(].*)?$")
_BRACKETED = lazy(r"^\s*[（(].*[）)]\s*$")
_GENRES = "通知 方案 意见 公告 通告 办法 计划 决定 文件 报告 通报 答复 批复 的函 复函 启事 细则 规定".split()
_TITLE_END = lazy("(?:" + "|".join(word[0] + r"\s*" + word[1] for word in _GENRES) + r")[》”]?\s*$")
_TITLE_ENDS = frozenset("》”").union(word[-1] for word in _GENRES)
_TITLE_BEGIN = lazy(r"^\s*(?:关于|印发|转发)")
_FURNITURE = lazy(
    r"(?:次|数|數|\[\]|访问|点击|浏览|瀏覽)[:：]?\s*\d*\s*次?\s*$|\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)\s*(?:\(\d+\))?\s*\|?$|\d{1,2}:\d{2}(?::\d{2})?\s*$",
    re.I,
)
# A page's line on where a text is from and when it was put up, one of its record, and one that ends in a mailbox, do not go on.
_PAGE_LINE = lazy(
    r"(?:发布|發布|上传|更新|公开|生成|成文)(?:时间|時間|日期)\s*[:：]|(?:来源|來源|索\s*引\s*号|浏览次数|点击数|访问量)\s*[:：]|"
    r"(?:发布机构|主题分类|公开(?:目录|方式|范围)|效力状态)\s*[:：]|【(?:字体|打印|关闭|下载)|[A-Za-z0-9]@[A-Za-z0-9.\-]+$"
)
_PHONE_ENDS = lazy(r"(?:电\s*话|電\s*話|手机|传真|热线)[^，。；]*[:：][^，。；一-鿿]*\d{3}\s*$")
# A heading on a line of its own, however long; a sentence begins with other words, and is cut off in front of others.
_HEADING = lazy(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])\s*(?![请各要应须凡对为由将自从本我经根按\d])[^，。；：！？,;:]+$"
)
_CUT_OFF = lazy(r"^\s*[的和与及或等中上下之是了]")
_RULED = lazy(r"(?:[-—–―─━_=*]{6,}|[★☆])\s*$")
_RULE_ENDS = frozenset("-—–―─━_=*★☆")
_REMARK_ENDS = lazy(
    r"[。；！？]\s*[（(][^（()）]{2,60}[）)]\s*$"
)  # a finished sentence with a remark behind it
_SITE_ENDS = lazy(
    r"[_|｜—-]\s*[^\s，。；：、]{2,20}(?:网站?|门户|频道|平台|文库|政府|公开)\s*$"
)  # a page's name behind its headline
_HAN = lazy("[一-鿿]")
_SPACED = lazy(r"^\s*(?:[一-鿿][ \u3000]+){3,}[一-鿿]\s*$")
_FURNITURE_ENDS = frozenset("次数數问击览覽")  # what _FURNITURE finds ends so, or in no Chinese character
_NUMBER_LINE = lazy(r"[〔﹝\[【（(]\s*\d{4}\s*[〕﹞\]】）)]\s*第?\s*\d+\s*[号號]\s*$")
SIGNERS = tuple("局 委 办 厅 部 会 院 府 室 社 团 处 站 中心 公司 学校 大学 小组 组织 总队 支队 大队".split())
"""How the names of bodies end that sign."""


_TITLE_LINES = 4
_SHORTEST = 20  # where nothing is wrapped by hand, no shorter line goes on
_LAST_WORD = 8  # a heading that goes on leaves no more for the next line
_WIDEST = 63  # no text is wrapped by hand at more characters
_EMPHASIS = lazy(r"(?<!\*)\*\*(?!\*)|(?<!_)__(?!_)|(?<!\S)\*(?=[^\s*])|(?<=[^\s*])\*(?!\S)")


class PrintedLine(Struct, frozen=True):
    """One line of the file: ``text`` without the line end, its line number (from 1), its width in characters.

    ``words`` is the text as a person reads it, Markdown emphasis and the blanks behind it gone: what the decision to join
    looks at.
    """

    text: str
    number: int
    width: int
    words: str
    skip: int = 0
    goes_on: bool = False

    @staticmethod
    def of(
        text: str, number: int, skip: int = 0, goes_on: bool = False, clean: str | None = None
    ) -> "PrintedLine":
        """The line with its width counted without blanks. ``skip``: characters at its beginning that are no text.

        ``goes_on``: the line continues the one before, whatever it looks like. ``clean``: the text without spam.
        """
        words = text if clean is None else clean
        words = _EMPHASIS.sub("", words) if "*" in words or "_" in words else words
        return PrintedLine(text, number, len("".join(words.split())), words.rstrip(), skip, goes_on)


def is_page_number(line: str, gap_before: bool, gap_after: bool) -> bool:
    """Whether a line is only a page number (GB/T 9704 7.5: ``— 5 —``); a bare number needs blank lines around it."""
    if _BARE_NUMBER.match(line):
        return gap_before and gap_after
    return (
        bool(PAGE_NUMBER.match(line)) and any(c.isdigit() for c in line) and not _LIST_NUMBER.fullmatch(line)
    )


_LIBRARY_PAGE = lazy(r"^\s*(\d{1,3})、\s*(?=\S|$)")
_LIBRARY_WIDTH = 100


def library_pages(rows: Sequence[str]) -> dict[int, int]:
    """Rows that a document library begins with its page number (``2、…`` in the middle of a sentence).

    Row index → length of the number. Such rows hold a whole page each, count 1、2、3、 and break sentences.
    """
    wide = [row for row in rows if len(row) > _LIBRARY_WIDTH]
    if not any(row.lstrip().startswith("1") for row in wide):
        return {}
    pages: dict[int, int] = {}
    broken = False
    before = ""
    for index, row in enumerate(rows):
        bare = row.lstrip()
        if not bare:
            continue
        match = _LIBRARY_PAGE.match(row) if bare[0].isdecimal() else None
        if match and int(match.group(1)) == len(pages) + 1 and (pages or len(row) > _LIBRARY_WIDTH):
            if pages and before.rstrip().rstrip(_CLOSERS)[-1:] not in _ENDS:
                broken = True
            pages[index] = match.end()
        elif pages and len(row) < _LIBRARY_WIDTH // 2:
            return {}
        before = row
    return pages if broken and len(pages) > 1 else {}


def wrap_width(lines: Sequence[PrintedLine]) -> int:
    """The width in characters at which the file's lines were wrapped by hand, or 0 when they were not.

    A wrapped text has most of its unfinished lines within a few characters of one width.
    """
    widths = [line.width for line in lines if line.width > 12]
    unfinished = [line.width for line in lines if line.width > 12 and line.words[-1] not in _ENDS]
    if len(unfinished) < 6 or len(unfinished) < 0.4 * len(widths):
        return 0
    longest = sorted(widths)[int(len(widths) * 0.97)]
    if longest > _WIDEST + 4:
        return 0
    common = [0] * (_WIDEST + 1)  # how many lines have each width
    for width in unfinished:
        if width <= _WIDEST:
            common[width] += 1
    best = max(range(12, _WIDEST + 1), key=lambda w: sum(common[w - 3 : w + 1]))
    near = sum(common[best - 4 : best + 1])
    return best if near >= 0.55 * len(unfinished) and longest <= best + 4 else 0


def join(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Group printed lines (blank ones and page numbers already gone) into paragraphs."""
    wrapped_at = wrap_width(lines)
    groups: list[list[PrintedLine]] = []
    for line in lines:
        if groups and (line.goes_on or _continues(groups[-1], line, wrapped_at)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: list[PrintedLine], line: PrintedLine, wrapped_at: int) -> bool:
    """Whether ``line`` goes on with the paragraph that ``group`` has so far."""
    certain = _by_its_marks(group, line, wrapped_at)
    if certain is not None:
        return certain
    width = group[-1].width
    if not wrapped_at and width < _SHORTEST:
        return False
    labelled = "：" in line.words or ":" in line.words
    if labelled and _LABEL.match(line.words) and not (wrapped_at and width >= wrapped_at - 4):
        return False
    return _by_wrap(group, line, wrapped_at) if wrapped_at else _by_length(group, line)


def _by_its_marks(group: list[PrintedLine], line: PrintedLine, wrapped_at: int) -> bool | None:
    """What the ends of both lines say: a sentence that ended, a block that begins, a mark no line can begin with."""
    last, words = group[-1].words, line.words.lstrip()
    if "\t" in last or "\t" in words:
        return False  # cells of a table
    if len(group) < _TITLE_LINES and "》" in words and _open_title("".join(one.words for one in group)):
        return True
    if last.rstrip(_CLOSERS)[-1:] in _ENDS and not (
        _may_close(group, line, wrapped_at) and _open_pair(group)
    ):
        return False
    end, first = last[-1:], words[:1]
    if end in ("年", "月") and _CUT_DATE.search(last) and _DATE_REST.match(line.words):
        return True
    begins = first in _BLOCK_BEGINS or first.isdecimal()
    if (begins and (_DATE_LINE.match(words) or _BEGINS.match(words))) or last.lstrip().startswith(("|", "#")):
        return False
    if _SPACED.match(words):
        return False
    if end in _GOES_ON:
        return True
    if end and (end in _FURNITURE_ENDS or not "一" <= end <= "鿿") and _FURNITURE.search(last):
        return False
    full = wrapped_at > 0 and group[-1].width >= wrapped_at - 4
    if not full and last.endswith(("）", ")")) and _REMARK_ENDS.search(last):
        return False
    if (":" in last or "：" in last or "【" in last or "@" in last) and _PAGE_LINE.search(last):
        return False
    if end in _RULE_ENDS and _RULED.search(last):
        return False
    return True if first in _NEVER_FIRST else None


def _by_wrap(group: list[PrintedLine], line: PrintedLine, wrapped_at: int) -> bool:
    """In a text wrapped by hand a full line goes on."""
    last, width = group[-1].words, group[-1].width
    if width < wrapped_at - 2 and last[-1:] in _TITLE_ENDS and _TITLE_END.search(last):
        return False
    if width < wrapped_at and _TITLE_BEGIN.match(line.words):
        return False
    return width >= wrapped_at - 4 or (_open_pair(group) and width >= wrapped_at - 9)


def _by_length(group: list[PrintedLine], line: PrintedLine) -> bool:
    """In a text that is not wrapped only a long unfinished line (cut at a page's end) goes on."""
    last, width = group[-1].words, group[-1].width
    closed = (
        (last[-1:] in _TITLE_ENDS and _TITLE_END.search(last))
        or (last[-1:] in ("号", "號") and _NUMBER_LINE.search(last))
        or _SITE_ENDS.search(last)
        or not _HAN.search(last)  # a number of a page's record
        or _DATE_LINE.match(last)
        or _BRACKETED.match(last)
        or (last[-1:].isdecimal() and _PHONE_ENDS.search(last))
    )
    if closed or _TITLE_BEGIN.match(line.words):
        return _open_pair(group)
    if (
        len(group) == 1
        and line.width > _LAST_WORD
        and _HEADING.match(last)
        and not _CUT_OFF.match(line.words)
    ):
        return _open_pair(group)
    if last[-2:] == line.words.lstrip()[:2] and _HAN.match(last[-1]):
        return False  # a sentence that takes up the last word of a heading, or of one without its 。
    parted = "，" in last or "、" in last
    if _NOTE.match(group[0].words) and _signs(line):
        return False  # the body signs right below the list of attachments
    if last.endswith(SIGNERS) and width < 36 and not parted:
        return False
    return width >= 24 and (len(group) > 1 or width >= 30 or parted)


def _signs(line: PrintedLine) -> bool:
    """Whether a line can be a signing body: short, without marks, with the ending of one."""
    words = line.words.rstrip()
    return words.endswith(SIGNERS) and line.width < 36 and not _MARKS.search(words)


def _open_title(text: str) -> bool:
    """Whether a 《 of the paragraph waits for its 》."""
    return text.count("《") > text.count("》")


def _open_pair(group: list[PrintedLine]) -> bool:
    """Whether a bracket, quote or book-title mark opened in the paragraph is still open."""
    text = group[0].words if len(group) == 1 else "".join([line.words for line in group])
    begun = [pair for pair in _PAIRS if pair[0] in text]
    return bool(begun) and any(text.count(opener) > text.count(closer) for opener, closer in begun)


def _may_close(group: list[PrintedLine], line: PrintedLine, wrapped_at: int) -> bool:
    """Whether what the paragraph opened may be closed behind its sentence end: by this line, or later in wrapped text.

    Else the closing mark was forgotten, and signature or heading below would be swallowed.
    """
    if wrapped_at > 0 and group[-1].width >= wrapped_at - 4:
        return True
    return _CLOSING.search(line.words) is not None
