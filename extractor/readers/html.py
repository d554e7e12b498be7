"""Web pages: the notice without its page, lines and tables as shown, attachment links, the page's date apart.

Nothing is fetched and nothing is run. The date a page was published is no date of the notice: it goes to ``metadata``.
"""

import re
from collections.abc import Iterator

from extractor.errors import NoText
from extractor.model import Document
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.html_walk import CONTROLS, SPACE, Walker
from extractor.readers.html_write import write
from extractor.readers.markup import Element
from extractor.readers.page_title import bare_title, is_document
from extractor.readers.shown import DATE, OUTER, Shown
from extractor.readers.txt import decode
from extractor.readers.webpage import clean_tree, notice_parts
from extractor.settings import Settings
from extractor.text import fold

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_PAGE_DATE = lazy(
    rf"(?:发布|公开|上网|更新|录入|添加|发稿|发表|上传|信息)(?:时间|日期|日|于)\s*[:：]?\s*{DATE}|(?:时间|日期)[:：]\s*{DATE}\s*\d\d?:\d\d"
)
# In figures, with a time of day, or behind 时间 or 日期 alone; (2024年5月6日) there is the notice's own, a range no date at all.
_UNDER_TITLE = lazy(
    r"(?<![\d（(〔至到])(?<!文日期：)(20\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[0-2]?\d)(?!\d))(?!\s*[-—~～至到])"
    rf"|(?<![\d（(〔至到：])(?=20\d\d年){DATE}(?=\s*\d\d?:\d\d)|(?<![文成制效])(?:时间|日期)[:：]\s*{DATE}"
)
_META_DATE = frozenset(
    (
        "pubdate",
        "publishdate",
        "publish_date",
        "publishtime",
        "datepublished",
        "article:published_time",
        "og:published_time",
        "dc.date",
        "firstpublishedtime",
    )
)


def read_html(raw: bytes, name: str, settings: Settings) -> Document:
    """A web page (or Word's HTML) as a document. Raises ``NoText``, ``TooLarge``."""
    from lxml import etree

    text, encoding = _decode(raw)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.translate(CONTROLS).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoText("网页里没有可读的文字") from error
    if root is None:
        raise NoText("网页里没有可读的文字")
    body = root.find("body")
    body = root if body is None else body
    title = _page_title(root)
    found = dict(_head_date(root))
    if root.find(".//frameset") is not None:
        raise NoText("网页只是一个框架（frameset），正文在它引用的另一个网页里")
    clean_tree(root)
    whole = SPACE.sub(" ", "".join(body.itertext()))
    if title:
        found["page_title"] = title
    walker = Walker()
    for part in notice_parts(body, title):
        walker.part(part)
    builder = TextBuilder()
    lines = walker.lines
    if not lines and (lines := _without_tags(text)):
        builder.warn("网页结构不合规范，按纯文字读取")
    facts = write(builder, lines, title)
    if not builder.length:
        raise NoText("网页里没有可读的文字")
    for label, value in facts:
        found.setdefault(label, _iso(value) if label == "page_date" else value)
    if "page_date" not in found:
        names = (line.text for line in lines if len(fold(line.text)) >= 9)
        first = next((name for name in names if is_document(fold(name))), "")
        if (
            date := found.get("page:发布日期")
            or found.get("page:公开日期")
            or _page_date(whole, (title, first))
        ):
            found["page_date"] = _iso(date)
    return builder.build(name, "html", raw, encoding=encoding, metadata=tuple(sorted(found.items())))


def _decode(raw: bytes) -> tuple[str, str]:
    """The page's text: byte-order mark, then a valid declared encoding, then as for plain text."""
    if not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = _CHARSET.search(raw[:8192])
        if declared:
            charset = declared.group(1).decode("ascii").lower()
            charset = "gb18030" if charset in ("gb2312", "gbk", "gb_2312-80", "hz-gb-2312") else charset
            try:
                return raw.decode(charset), charset
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(raw)


_UNSEEN = lazy(r"<(script|style|head|title)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
_BREAK = lazy(r"<(?:br|/?(?:p|div|li|tr|td|table|h[1-6]|ul|ol|body|section))\b[^<>]*>|[\r\n]+", re.IGNORECASE)
_ANY_TAG = lazy(r"<[^<>]*>")


def _without_tags(text: str) -> list[Shown]:
    """The lines of a page the parser gave up on (nested without end): its text between block tags."""
    from html import unescape

    bare = (
        unescape(_ANY_TAG.sub("", line)) for line in _BREAK.split(_UNSEEN.sub("", text.replace("\x00", "")))
    )
    return [Shown(line, number) for number, line in enumerate((x for x in bare if x.strip(OUTER)), 1)]


def _page_title(root: Element) -> str:
    """The title in the page's head: what the site says the article is called, else ``<title>`` without the site's names."""
    said = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    title = root.find("head/title")
    shown = bare_title("".join(title.itertext())) if title is not None else ""
    names = [
        " ".join(name.split()) for name in (said.get("articletitle", ""), shown, said.get("og:title", ""))
    ]
    documents = (name for name in names if len(name) >= 9 and is_document(fold(name)))
    return next(documents, next(filter(None, names), ""))


def _head_date(root: Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        label = (meta.get("name") or meta.get("property") or "").lower()
        content = (meta.get("content") or "").strip()
        if label in _META_DATE and re.match(r"\d{4}", content):
            yield "page_date", _iso(content[:10])
            return


def _page_date(whole: str, titles: tuple[str, ...]) -> str:
    """When the page was put up: by its label, else the date in figures a few words behind the title."""
    if match := _PAGE_DATE.search(whole):
        return next((day for day in match.groups() if day), "")
    places = [index for index, char in enumerate(whole) if not char.isspace()]
    text = "".join(whole.split())
    for title in ("".join(title.split()) for title in titles):
        at = text.rfind(title) if len(title) >= 8 else -1
        if at < 0 or at + len(title) >= len(places):
            continue
        start = places[at + len(title)]
        if match := _UNDER_TITLE.search(whole, start, start + 60):
            return next((day for day in match.groups() if day), "")
    return ""


def _iso(written: str) -> str:
    """``2024年4月6日`` and ``20240406`` → ``2024-04-06``; anything else as it is."""
    numbers = re.findall(r"\d+", written)
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    return (
        f"{numbers[0]}-{int(numbers[1]):02d}-{int(numbers[2]):02d}" if len(numbers) >= 3 else written.strip()
    )
