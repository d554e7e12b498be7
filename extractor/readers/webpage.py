"""Which part of a web page is the notice: navigation, share buttons, related links and footers are left aside.

The page is weighed by its sentences outside links; from the body down, the child that holds nearly all the weight is entered.
What stands beside that way is kept only where it is plainly part of a notice: its title, its number, its attachments.
"""

import itertools
import re
from collections.abc import Iterator

from extractor.patterns import lazy
from extractor.readers.markup import Element, local
from extractor.text import fold

_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "select",
     "option", "button", "input", "textarea", "head", "nav", "footer", "map", "applet", "math")
)  # fmt: skip
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
     "td", "tfoot", "th", "thead", "tr", "ul", "caption", "details", "summary", "figcaption", "dir", "menu", "listing")
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
    r"friend\w*|dqwz|xgwd|xgxx|xgyd|weizhi|fenxiang|prev|next)(?:$|[-_ ])",
    re.IGNORECASE,
)
_TITLE_NAME = lazy(r"(?:^|[-_ ])(?:\w*title\w*|tit|bt|biaoti|headline|h1)(?:$|[-_ ])", re.IGNORECASE)
_NUMBER = lazy(r"^\S{1,14}[〔﹝\[【（(]\d{4}[〕﹞\]】）)]第?\d{1,4}号$")
_FILE = lazy(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|jpe?g|png|txt)(?:$|[?#])", re.IGNORECASE)
_SIGNS = lazy(r"[，。；：、]")
_WORDS = lazy(r"[一-鿿\d]")
_SITE = lazy(r"\s*(?:[_|｜]|-{1,2}|—{1,2}|\s[-–]\s)\s*[^_|｜]*$")


def clean_tree(root: Element) -> None:
    """Take out what no reader of the page sees: scripts, hidden elements, form controls, navigation elements."""
    gone = [
        element
        for element in root.iter()
        if local(element) in _DROPPED or _is_hidden(element) or (not isinstance(element.tag, str))
    ]
    for element in gone:
        parent = element.getparent()
        if parent is not None:
            _drop(parent, element)


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
    )


def notice_parts(body: Element, page_title: str) -> list[Element]:
    """The elements that hold the notice, in the order of the page."""
    weights = _weigh(body)
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
    for outer, inner in itertools.pairwise(way):
        for child in outer:
            if child is not inner and isinstance(child.tag, str):
                for part in _worth_keeping(child, weights, wanted):
                    kept[part] = None
    kept[node] = None
    order = {element: index for index, element in enumerate(body.iter())}
    return sorted(kept, key=lambda element: order.get(element, 0))


def _weigh(body: Element) -> dict[Element, float]:
    """For each element the weight of the sentences in it, those in links and in named furniture left out."""
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
        here = linked or local(element) == "a" or is_furniture(element)
        own = "" if here else (element.text or "") + "".join(child.tail or "" for child in element)
        weights[element] = weights.get(element, 0.0) + _weight(own)
        stack.append((element, linked, True))
        stack.extend((child, here, False) for child in reversed(element))
    return weights


def _weight(text: str) -> float:
    return len(_WORDS.findall(text)) + 8.0 * len(_SIGNS.findall(text)) if text.strip() else 0.0


def _own_words(node: Element) -> int:
    """Words that stand directly in an element, not in a child."""
    return len(_WORDS.findall((node.text or "") + "".join(child.tail or "" for child in node)))


def is_furniture(element: Element) -> bool:
    """Whether the page's maker named the element as navigation, sharing or the like."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _FURNITURE.search(names) is not None


def _worth_keeping(element: Element, weights: dict[Element, float], page_title: str) -> Iterator[Element]:
    """The parts of an element beside the notice that belong to it: title, number, attachments."""
    if is_furniture(element) and weights.get(element, 0.0) < 40:
        return
    text = fold("".join(element.itertext()))
    if not text or len(text) > 4000:
        return
    if len(text) < 120 and _is_title(element, text, page_title):
        yield element
        return
    if _NUMBER.match(text) or _is_attachment(element, text):
        yield element
        return
    for child in element:
        if isinstance(child.tag, str):
            yield from _worth_keeping(child, weights, page_title)


def _is_title(element: Element, text: str, page_title: str) -> bool:
    if len(text) < 6 or local(element) in ("a", "li", "ul"):
        return False
    if local(element) in ("h1", "h2"):
        return True
    named = _TITLE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
    return (named or len(text) > 12) and (
        text == page_title or (len(text) > 10 and page_title.startswith(text))
    )


def _is_attachment(element: Element, text: str) -> bool:
    links = [a.get("href") or "" for a in element.iter("a")]
    files = sum(_FILE.search(link) is not None for link in links)
    return files > 0 and files >= 0.5 * len(links) and (text.startswith("附件") or files == len(links))


def bare_title(written: str) -> str:
    """A page's ``<title>`` without the names of site and column behind it."""
    title = " ".join(written.split())
    while True:
        shorter = _SITE.sub("", title)
        if shorter == title or len(fold(shorter)) < 6:
            return title
        title = shorter
