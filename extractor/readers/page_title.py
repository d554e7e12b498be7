"""The names of a page and of the notice on it."""

import re
from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.readers.shown import Shown
from extractor.text import fold

_DOCUMENT = lazy(
    r"(?:通知|方案|意见|公告|通告|办法|决定|函|批复|答复|报告|公示|计划|要点|细则|规定|通报|纪要|倡议书)(?:[（(][^）)]*[）)])?$"
)
_RUBRIC = lazy(
    r"(?:公告|公示|文件|公开|动态|专栏|栏目|政策|法规|信息|新闻|资讯|要闻|网|平台|门户|中心|首页)$"
)
_BETWEEN = lazy(r"\s*(?:[_|｜]|(?<!\d)-{1,2}|-{1,2}(?!\d)|—{1,2}|\s[-–]\s)\s*")


def is_document(name: str) -> bool:
    """Whether words end as the title of a notice does."""
    return _DOCUMENT.search(name) is not None


def missing_title(page_title: str, lines: Sequence[Shown]) -> str:
    """The title to print above the lines: the page's, when it names a document and the lines do not have it; else empty.

    >>> missing_title("某县教育局 通知公告 关于放假的通知", [])
    '关于放假的通知'
    """
    bare = re.sub(r"[（(][^（）()]*\d{4}[^（）()]*号[）)]$|(?:\.{2,}|…+)$", "", page_title.strip())
    words = bare.split()
    # 站名 栏目 标题: what stands before a rubric belongs to the site; bodies that issue together are no rubrics.
    rubric = next((i for i in range(len(words) - 2, -1, -1) if _RUBRIC.search(words[i])), -1)
    bare = " ".join(words[rubric + 1 :])
    if len(fold(bare)) < 9 or not is_document(fold(bare)):
        return ""
    wanted = _letters(bare)
    if wanted in _letters("".join(line.text for line in lines[:40])):
        return ""
    top = [fold(line.text) for line in lines[:15]]
    for first in range(len(top)):
        for last in range(first + 1, min(first + 4, len(top) + 1)):
            printed = _letters("".join(top[first:last]))
            if len(printed) >= 9 and printed in wanted and is_document(top[last - 1]):
                return ""
    return bare


def _letters(text: str) -> str:
    """Without white space, signs and quotes, which a site's database changes."""
    return "".join(c for c in text if c.isalnum())


def bare_title(written: str) -> str:
    """A page's ``<title>`` without the names of site and column behind it."""
    title = " ".join(written[:1000].split())
    end = len(title)
    for cut in reversed(list(_BETWEEN.finditer(title))):
        last = fold(title[cut.end() : end])
        # A part that is a document's name stays: …2024-2025学年…的通知
        if (len(last) >= 9 and is_document(last)) or len(fold(title[: cut.start()])) < 6:
            break
        end = cut.start()
    return title[:end].rstrip()
