"""Which part of a web page is the notice: navigation, share buttons, related links and footers are left aside.

The page is weighed by its sentences outside links; from the body down, the child that holds nearly all the weight is entered.
What stands beside that way is kept only where it is plainly part of a notice: its title, its number, its attachments.
"""

import itertools
import re
from collections.abc import Iterator

from extractor.patterns import lazy
from extractor.readers.markup import Element, local
from extractor.readers.page_record import is_record
from extractor.readers.page_title import is_document
from extractor.text import fold

_DROPPED = frozenset(
    ("script", "style", "noscript", "noframes", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "select",
     "option", "button", "input", "textarea", "head", "nav", "map", "applet", "math")
)  # fmt: skip
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
     "footer", "nav", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "details", "summary", "figcaption", "dir", "menu", "listing")
)  # fmt: skip
_ENTERED = frozenset(
    ("article", "body", "center", "div", "dd", "dl", "fieldset", "form", "html", "main", "section", "table", "tbody", "td", "tr",
     "blockquote", "header", "li", "ul", "font", "span")
)  # fmt: skip
_HIDDEN = lazy(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE
)
_FURNITURE = lazy(
    r"(?:^|[-_ ])(?:nav\w*|menu\w*|foot(?:er)?\w*|copyright|bread\w*|crumbs?|side(?:bar)?|aside|related?|relevant|"
    r"share\w*|bdshare\w*|toolbar|search\w*|login|banner|qr\w*|ewm|pager|comment\w*|hot\w*|rank\w*|recommend\w*|"
    r"friend\w*|toc\w*|catalog\w*|dqwz|xgwd|xgxx|xgyd|weizhi|fenxiang|prev|next)(?:$|[-_ ])",
    re.IGNORECASE,
)
_TITLE_NAME = lazy(r"(?:^|[-_ ])(?:\w*title\w*|tit|bt|biaoti|headline|h1)(?:$|[-_ ])", re.IGNORECASE)
_DAY = r"(?:\d{4}年\d{1,2}月\d{1,2}日|二[〇○零０Oo].{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_PART = lazy(
    r"^\S{1,18}[〔﹝\[【（(]\d{4}年?[〕﹞\]】）)]第?\d{1,5}号$|^(?:(?!位置|首页|发布|时间|来源|搜索|[>＞|]).){0,150}"
    r"(?:政府|单位|部门|[局委办厅会院校室处]|公司|学校|机构|人员|中心)[：:]$|(?:发文字号|文号|文件编号)[:：]\S{5}|^附件?(?:\d{1,2}|[一二三四五])?[：:]\S"
)
_SIGNED = lazy(rf"^(?:(?!发布|更新|时间|日期|来源|发表|今天).)*{_DAY}$")
_SIGNED_END = lazy(rf"{_DAY}[^。]{{0,60}}$")
_LETTER = lazy(
    r"现将|现就|现印发|如下[:：。]|印发给|转发给|特此|贯彻(?:落实|执行)|遵照执行|组织实施|(?:^|[。；：])(?:[一二三]、|（[一二]）)|第[一二]条|联系人[:：]"
)
_SITE_WORDS = lazy(
    r"^版权所有|版权所有\s*[:：©]|©|copyright|ICP备|公网安备|网站标识码|(?:免责声明|版权提示)[:：]|(?:主办|承办)单位：.{2,30}(?:承办|备案|标识码)|"
    r"(?:本站|本网站?)(?:所有|部分|内容|文档)|如有侵权|转载请注明",
    re.IGNORECASE,
)
_SITE_NAME = lazy(r"(?:网|网站|平台|门户|政府|[局厅委办院]|学校|大学|公司|中心|频道|专栏)$")
_CRUMBS = lazy(r"位置|首页|[>＞»]")
_FETCHED = lazy(r"down(?:load|file)?(?:[./?_]|attach)|attach|fileid=|wbfileid|/affix/", re.IGNORECASE)
_FILE = lazy(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|jpe?g|png|txt)(?:$|[?#])", re.IGNORECASE)
_SIGNS = lazy(r"[，。；：、]")
_WORDS = lazy(r"[一-鿿\d]")


def clean_tree(root: Element) -> None:
    """Take out what no reader of the page sees: scripts, hidden elements, form controls, navigation elements.

    What holds most of the page's words is seen, whatever its style says: a script shows it once it is loaded.
    """
    gone = [
        element
        for element in root.iter()
        if local(element) in _DROPPED or not isinstance(element.tag, str) or _is_foot(element)
    ]
    _drop_all(gone)
    hidden = [element for element in root.iter() if _is_hidden(element)]
    if hidden:
        sizes = _sizes(root)
        _drop_all([element for element in hidden if sizes[element] <= 0.5 * sizes[root]])


def _sizes(root: Element) -> dict[Element, int]:
    """For each element how many characters stand in it, white space left out."""
    sizes: dict[Element, int] = {}
    for element in reversed(list(root.iter())):
        own = len(fold(element.text or ""))
        sizes[element] = own + sum(sizes[child] + len(fold(child.tail or "")) for child in element)
    return sizes


def _drop_all(elements: list[Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            _drop(parent, element)


def _is_foot(element: Element) -> bool:
    """Whether an element is the page's ``footer``; one inside an article may hold the signature."""
    return local(element) == "footer" and next(element.iterancestors("article"), None) is None


def _drop(parent: Element, element: Element) -> None:
    """Remove an element and keep the text that follows it."""
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_hidden(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or (style is not None and _HIDDEN.search(style) is not None)
        or (element.get("aria-hidden") == "true" and local(element) not in ("body", "html"))
        or "jammer"
        in (element.get("class") or "").split()  # what Discuz strews between lines against copying
    )


def notice_parts(body: Element, page_title: str) -> list[Element]:
    """The elements that hold the notice, in the order of the page."""
    named = [element for element in body.iter() if is_furniture(element)]
    plain = _weigh(body, frozenset(named)) if named else {}
    large = frozenset(element for element in named if plain.get(element, 0.0) >= 0.5 * plain[body])
    weights = plain if len(large) == len(named) and named else _weigh(body, large)
    total = weights.get(body, 0.0)
    if total <= 0:
        return [body]
    kept: dict[Element, None] = {}
    node = body
    way: list[Element] = [body]
    while True:
        inner = max(
            (c for c in node if isinstance(c.tag, str)), key=lambda c: weights.get(c, 0.0), default=None
        )
        if inner is None or local(inner) not in _ENTERED or weights.get(inner, 0.0) < 0.8 * weights[node]:
            break
        if _own_words(node) > 20:
            break
        node = inner
        way.append(node)
    wanted = fold(page_title)
    signed = _SIGNED_END.search(fold("".join(node.itertext()))) is not None
    for outer, inner in itertools.pairwise(way):
        before = True
        for child in outer:
            if child is inner:
                before = False
            elif isinstance(child.tag, str):
                for part in _worth_keeping(child, weights, wanted, before, signed):
                    kept[part] = None
    kept[node] = None
    order = {element: index for index, element in enumerate(body.iter())}
    return sorted(kept, key=lambda element: order.get(element, 0))


def _weigh(body: Element, large: frozenset[Element]) -> dict[Element, float]:
    """For each element the weight of the sentences in it, those in links, teasers and named furniture left out.

    What is ``large`` is no furniture, whatever its name.
    """
    weights: dict[Element, float] = {}
    stack: list[tuple[Element, bool, bool]] = [(body, False, False)]
    while stack:
        element, linked, done = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if done:
            parent = element.getparent()
            if parent is not None:
                weights[parent] = weights.get(parent, 0.0) + weights.get(element, 0.0)
            continue
        here = (
            linked
            or local(element) == "a"
            or (element not in large and is_furniture(element))
            or _is_teaser(element)
        )
        own = "" if here else (element.text or "") + "".join(child.tail or "" for child in element)
        weights[element] = weights.get(element, 0.0) + _weight(own)
        stack.append((element, linked, True))
        stack.extend((child, here, False) for child in reversed(element))
    return weights


def _weight(text: str) -> float:
    if not text.strip() or _SITE_WORDS.search(text):
        return 0.0
    return len(_WORDS.findall(text)) + 8.0 * len(_SIGNS.findall(text))


def _is_teaser(element: Element) -> bool:
    """Whether a list item leads to another article: it begins with a link to a page, with or without a summary."""
    if local(element) not in ("li", "dd", "dl"):
        return False
    link = next(element.iter("a"), None)
    if link is None or is_file(link.get("href") or "") or is_file("".join(link.itertext())):
        return False
    name = fold("".join(link.itertext()))
    at = fold("".join(element.itertext())).find(name)
    return len(name) >= 6 and 0 <= at <= 12


def _own_words(node: Element) -> int:
    """Words that stand directly in an element, not in a child."""
    return len(_WORDS.findall((node.text or "") + "".join(child.tail or "" for child in node)))


def is_furniture(element: Element) -> bool:
    """Whether the page's maker named the element as navigation, sharing or the like."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _FURNITURE.search(names) is not None


def is_file(name: str) -> bool:
    """Whether a name or an address is that of a file to fetch."""
    return _FILE.search(name) is not None


def belongs(text: str) -> bool:
    """Whether words (folded) beside the body are part of a letter: its 文号, addressees, 附件说明, signature with its date."""
    return (
        len(text) < 200
        and (_PART.search(text) is not None or _SIGNED.search(text) is not None)
        and _SITE_WORDS.search(text) is None
    )


def _worth_keeping(
    element: Element, weights: dict[Element, float], page_title: str, before: bool, signed: bool
) -> Iterator[Element]:
    """The parts of an element beside (``before`` or behind) the notice that belong to it: title, number, a letter, attachments.

    A date there signs only a notice that is not ``signed``, and only behind it.
    """
    if is_furniture(element) and weights.get(element, 0.0) < 40:
        return
    text = fold("".join(element.itertext()))
    if not text or _is_teaser(element):
        return
    if len(text) < 120 and _is_title(element, text, page_title, before):
        yield element
        return
    if (
        len(text) < 80
        and _SIGNED.search(text)
        and (before or signed)
        and not (before and text.startswith(("（", "(")))
    ):
        return
    if (
        belongs(text)
        or _is_attachment(element, text)
        or _is_letter(element, text, weights)
        or is_record(text)
    ):
        yield element
        return
    if len(text) > 20_000:
        return
    for child in element:
        if isinstance(child.tag, str):
            yield from _worth_keeping(child, weights, page_title, before, signed)


def _is_title(element: Element, text: str, page_title: str, before: bool) -> bool:
    if len(text) < 6 or local(element) in ("a", "li", "ul") or _SITE_WORDS.search(text):
        return False
    linked = sum(len(fold("".join(a.itertext()))) for a in element.iter("a"))
    document = before and len(text) >= 9 and is_document(text) and not linked and not _CRUMBS.search(text)
    if local(element) in ("h1", "h2"):
        return document or text in page_title or (len(text) >= 10 and not _SITE_NAME.search(text))
    named = _TITLE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
    return document or (
        (named or len(text) > 12) and (text == page_title or (len(text) > 10 and page_title.startswith(text)))
    )


def _is_letter(element: Element, text: str, weights: dict[Element, float]) -> bool:
    """Whether an element beside the heaviest one holds sentences of a notice (the letter before its plan), no links to others."""
    if weights.get(element, 0.0) < 60 or "。" not in text or _LETTER.search(text) is None:
        return False
    links = [a for a in element.iter("a") if not is_file(a.get("href") or "")]
    return (
        sum(len(fold("".join(a.itertext()))) for a in links) < 0.15 * len(text)
        and _SITE_WORDS.search(text) is None
    )


def _is_attachment(element: Element, text: str) -> bool:
    links = list(element.iter("a"))
    files = sum(
        is_file(link.get("href") or "")
        or is_file(fold("".join(link.itertext())))
        or _FETCHED.search(link.get("href") or "") is not None
        for link in links
    )
    return (
        files > 0
        and files >= 0.5 * len(links)
        and len(text) < 2000
        and (text.startswith(("附件", "相关附件", "附：")) or files == len(links))
    )
