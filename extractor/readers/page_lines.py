"""What a page's shown lines say about the page itself: where the reader is, when it was put up, who runs the site.

None of it is the notice. Dates and sources are handed back as facts.
"""

import re
from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.page_record import NUMBERED, only_in_record, without_record
from extractor.readers.page_title import is_document
from extractor.readers.shown import DATE, OUTER, Fact, Shown
from extractor.text import fold

# A line of the page about itself: when it was put up, by whom, how often it was read, how to print it.
# Of a longer label (活动时间, 经费来源, 优秀作者) the last word says nothing about the page.
_ABOUT = lazy(
    r"(?:(?P<sure>发[布表](?:机构|单位|人|者|于)|浏览(?:次数|量|数)?|点击(?:次数|量|数|率)?|阅读(?:次数|量|数)?|访问(?:次数|量)|"
    r"字体(?:大小)?|字号|分享(?:到)?|当前位置|您?(?:现在|当前|目前)?(?:所在)?的?位置|上一[篇条页](?:文章)?|下一[篇条页](?:文章)?|热门标签|"
    r"(?<![一-鿿])(?:(?:信息|文章|稿件)来源|稿源|(?:责任|网站)编辑|责编|撰稿|供稿|信息员|(?:文章|信息)?录入|[初复终]审|"
    r"(?:发布|发表|公开|更新|成文|发文|生成|上网|添加|录入|发稿|上传|创建|信息)(?:时间|日期)))"
    r"|(?<![一-鿿])(?:(?:文件|新闻|内容)?来源|(?:文字|信息)?(?:编辑|审核)|(?:文章)?作者|时间|日期|标签))"
    r"\s*[】]?\s*(?:[:：\[【（(]|(?=\d{4}[-/.年]))"
    r"|^[【\[]?(?P<tool>打印(?:本页|此文)?|关闭(?:窗口|本页)?|扫一扫.{0,20}|保护视力色|视力保护色|语音播报|我要纠错|返回(?:顶部)?|收藏)[】\]]?"
    r"(?:\s|[|｜【\[]|$)"
)
_SHORT_FACT = lazy(rf"^(?:时间|日期)\s*[:：]\s*{DATE}")
_BARE_DATE = lazy(r"^[\[【]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\]】]?$")
_ISSUED = lazy(rf"(?P<label>(?:成文|发文|制发)日期)\s*[:：]\s*(?P<date>{DATE})")
_DATED = lazy(rf"^{DATE}\s*(?:\d{{1,2}}:\d{{2}}|[|｜])")
_TOOL = r"(?:[大中小]|字[号体]大?小?[:：]?|我要(?:打印|纠错|分享)|(?:打印|关闭|分享|收藏|返回|默认|下载)(?:本页|此页|此文|窗口|本站|顶部)?|发表评论|加入收藏|告诉好友|推荐|纠错)"
_TOOLS = lazy(rf"^[\[【(（\s]*{_TOOL}(?:[\s|｜/、\]】\[【)）(（]*{_TOOL})+[\s\]】)）]*$")
_PAGER = lazy(r"^共\s*\d+\s*页(?:[\s\d]|第\s*\d+\s*页|[上下首尾末]一?页)*$")
_CRUMBS = lazy(r"^(?:网站|本站|返回)?首\s*页\s*(?:[|｜>＞»→·/]|-{1,2}>?)")
_FOOT = lazy(
    r"^版权所有|版权所有\s*[:：©]|©|(?:^|\W)copyright\b|all rights? reserved|ICP备|公网安备|网站标识码|^[^，。]{0,6}备案(?:号|序号|编号)[:：]|"
    r"^(?:免责声明|版权声明|版权提示|温馨提示)[:：].*(?:本站|本网|转载|网络)|位访客|powered by|网站地图",
    re.IGNORECASE,
)
_GOES_ON = lazy(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|附件|第[一二三四五六七八九十]+[条章])"
)
_ABOVE_FOOT = lazy(
    r"^(?:网站)?(?:主办|承办|协办|主管|制作|维护|运维|运行|建设|运行维护|承建|技术支持)(?:单位|方)?[:：]|^[^，。；：]{4,24}(?:主办|承办|制作|维护)(?:\s|$|电话)"
    r"|^(?:[^，。；：]{2,8}导航|联系我们|关于我们|网站声明|友情链接)"
)
_BANNER = lazy(
    r"^欢迎(?:访问|光临|您)|今天是|星期[一二三四五六日天]|^.{2,24}(?:门户网|网站|信息网|政务网|公众网|[局厅办府室委院学会司]网)$|^(?:网站|返回)?首页$|^(?:简体|繁體|登录|注册|无障碍|长者)"
)
_HAN = lazy(r"[一-鿿]")
_SIGNED = lazy(r"(?:\d|[一二三四五六七八九十])日[）)]?$")
_COMMENTS = lazy(r"^[【\[]?(?:网友评论|最新评论|发表评论)")
_OTHERS = lazy(
    r"^[【\[]?(?:网友评论|最新评论|发表评论|评论区?|相关(?:文件|阅读|链接|新闻|推荐|文章|解读|信息|政策|报道|内容|文档|资料)|政策解读|延伸阅读|热门(?:推荐|文章|新闻)|"
    r"推荐(?:阅读|文章)|猜你喜欢|最新(?:文章|资讯)|大家都在看)[】\]]?[:：]?$"
)
_LEADS_ON = lazy(r"^相关(?:文件|阅读|链接|新闻|推荐|文章|解读|信息|政策|报道|内容|文档|资料)[:：]")
_FILE = lazy(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar)(?:$|[?#])", re.IGNORECASE)
_ADDRESS = lazy(r"^(?:地址|邮编|邮政编码|电话|联系电话|传真|网址)[:：]")


def without_page_lines(builder: TextBuilder, lines: Sequence[Shown]) -> tuple[list[Shown], list[Fact]]:
    """The lines of the notice, and what the others say."""
    kept, facts = without_record(builder, _once(builder, lines))
    kept, about = _without_about(builder, kept)
    kept = _without_foot(builder, _without_others(builder, _without_banner(builder, kept)))
    kept = _without_second_title(builder, kept)
    facts += about
    return [*only_in_record(kept, facts), *kept], facts


def _once(builder: TextBuilder, lines: Sequence[Shown]) -> Sequence[Shown]:
    """A page that holds its article twice (for screens and for telephones) is read once."""
    texts = [fold(line.text) for line in lines]
    for half in range(5, len(texts) // 2 + 1):
        if texts[half] == texts[0] and texts[half : 2 * half] == texts[:half]:
            builder.mark("page_number", 0, 0, lines[half].text.strip(OUTER), lines[half].number)
            return [*lines[:half], *lines[2 * half :]]
    return lines


def _without_about(builder: TextBuilder, lines: Sequence[Shown]) -> tuple[list[Shown], list[Fact]]:
    """Take out lines like 发布时间：… 来源：… 浏览次数：… at the head and the foot of the text."""
    kept: list[Shown] = []
    found: list[Fact] = []
    begun = signed = False
    for index, line in enumerate(lines):
        near = index < 15 or index >= len(lines) - 12
        bare = line.text.strip(OUTER)
        if near and line.cell is None and _is_about(bare, index < 15, begun and not signed, line):
            builder.mark("page_number", 0, 0, bare, line.number)
            found += [Fact(issued["label"], issued["date"], line) for issued in _ISSUED.finditer(bare)]
            if date := re.search(DATE, _ISSUED.sub("", bare)):
                found.append(Fact("page_date", date.group(1), line))
            if source := re.search(r"来源\s*[:：]\s*([^\s|｜\[【]+)", bare):
                found.append(Fact("page_source", source.group(1), line))
            if number := NUMBERED.search(bare):
                found.append(Fact("文号", number["number"], line))
        else:
            kept.append(line)
            begun = begun or "。" in bare or (len(bare) > 4 and bare[-1:] in "：:")
            signed = signed or (begun and len(bare) < 60 and _SIGNED.search(fold(bare)) is not None)
    return kept, found


def _is_about(bare: str, above: bool, begun: bool, line: Shown) -> bool:
    """Whether a line at the head (``above``) or the foot is about the page; ``begun``: between the letter's first words and its
    signature, where only what is surely the page's goes.
    """
    if len(fold(bare)) > 130 or "。" in bare:
        return False
    if line.links and _LEADS_ON.match(bare) and not any(_FILE.search(target) for _, _, target in line.links):
        return True
    if _TOOLS.match(bare) or _PAGER.match(bare) or _CRUMBS.match(bare) or (above and _BARE_DATE.match(bare)):
        return True
    matches = list(_ABOUT.finditer(bare))
    if not matches:
        return False
    sure = any(match["sure"] or match["tool"] for match in matches)
    if _SHORT_FACT.match(bare):
        return not begun and (len(matches) > 1 or len(bare) < 24)
    if re.match(r"(?:时间|日期)\s*[:：]", bare):
        return sure and not begun
    if re.match(r"[（(]?(?:作者|审核|编辑|撰稿|供稿)\s*[:：]", bare):
        return (
            (len(matches) > 1 and not begun)
            or (not above and bare[-1] not in "：:")
            or (len(bare) < 16 and not begun)
        )
    boxed = bare[0] in "【[（(" and bare[-1] in "】]）)"
    if begun and above and not sure and not boxed:
        return False
    leads = not _HAN.search(bare[: matches[0].start()])
    return leads or (len(matches) > 1 and sure) or (sure and _DATED.match(bare) is not None)


def _without_banner(builder: TextBuilder, lines: list[Shown]) -> list[Shown]:
    """Take out what stands above the title and greets or leads on: the site's name, links, the day of the visit."""
    title = next(
        (
            i
            for i, line in enumerate(lines[:20])
            if len(fold(line.text)) >= 9 and is_document(fold(line.text))
        ),
        0,
    )
    name = fold(lines[title].text) if lines else ""
    kept: list[Shown] = []
    for line in lines[:title]:
        bare = fold(line.text)
        linked = sum(end - start for start, end, _ in line.links) >= 0.8 * len(line.text)
        own = line.level > 0 and name.startswith(bare)
        if line.cell is None and (linked or own or _BANNER.search(bare)):
            builder.mark("page_number", 0, 0, line.text.strip(OUTER), line.number)
        else:
            kept.append(line)
    return kept + lines[title:]


def _without_foot(builder: TextBuilder, lines: list[Shown]) -> list[Shown]:
    """Cut off the page's foot: from its first sure line on, with the lines just above that say who runs the site."""
    first = max(len(lines) // 2, len(lines) - 14)
    start = next((i for i in range(first, len(lines)) if _is_foot(lines, i)), _owner_lines(lines))
    while (
        first < start < len(lines)
        and lines[start - 1].cell is None
        and _ABOVE_FOOT.search(lines[start - 1].text.strip(OUTER))
    ):
        start -= 1
    for line in lines[start:]:
        builder.mark("page_number", 0, 0, line.text.strip(OUTER), line.number)
    return lines[:start]


def _is_foot(lines: Sequence[Shown], index: int) -> bool:
    """Whether a line says who owns the site, with nothing of a notice behind it."""
    bare = lines[index].text.strip(OUTER)
    return (
        lines[index].cell is None
        and len(bare) < 200
        and _FOOT.search(bare) is not None
        and not any(_GOES_ON.match(line.text.strip(OUTER)) for line in lines[index:])
    )


def _without_others(builder: TextBuilder, lines: list[Shown]) -> list[Shown]:
    """Cut off what stands behind a rubric such as 相关阅读 or 网友评论 in the second half, files to fetch excepted."""
    for index in range(len(lines) // 2, len(lines)):
        if lines[index].cell is None and _OTHERS.match(fold(lines[index].text)):
            break
    else:
        return lines
    rest = lines[index + 1 :]
    if not _COMMENTS.match(fold(lines[index].text)) and any(_is_prose(line) for line in rest):
        return lines
    files = [line for line in rest if any(_FILE.search(target) for _, _, target in line.links)]
    for line in lines[index:]:
        if line not in files:
            builder.mark("page_number", 0, 0, line.text.strip(OUTER), line.number)
    return [*lines[:index], *files]


def _is_prose(line: Shown) -> bool:
    return not line.links and (line.cell is not None or "。" in line.text or len(line.text) > 60)


def _owner_lines(lines: Sequence[Shown]) -> int:
    """Where the lines begin that say who runs the site and where it is; the number of lines where none do."""
    start = len(lines)
    while start > max(len(lines) - 5, 1) and lines[start - 1].cell is None:
        bare = lines[start - 1].text.strip(OUTER)
        if not (_ABOVE_FOOT.search(bare) or _ADDRESS.search(bare)):
            break
        start -= 1
    if start == len(lines):
        return start
    run = [line.text.strip(OUTER) for line in lines[start:]]
    both = any(_ABOVE_FOOT.search(bare) for bare in run) and any(_ADDRESS.search(bare) for bare in run)
    signed = _SIGNED.search(fold(lines[start - 1].text)) is not None
    return start if both and signed else len(lines)


def _without_second_title(builder: TextBuilder, lines: list[Shown]) -> list[Shown]:
    """A page's headline that the notice below repeats is left out."""
    if len(lines) < 3 or lines[0].cell is not None:
        return lines
    head = fold(lines[0].text)
    is_title = lines[0].level > 0 or is_document(head)
    if (
        is_title
        and len(head) >= 8
        and head in fold("".join(line.text for line in lines[1:12] if line.cell is None))
    ):
        builder.mark("page_number", 0, 0, lines[0].text.strip(OUTER), lines[0].number)
        return lines[1:]
    return lines
