"""Word's automatic numbers (一、（一）1.①), which the file keeps as counters and not as text.

ECMA-376 part 1, 17.9: a paragraph names a list (``w:num``) and a level, itself or through its style; the list points to an
abstract definition whose levels say how a number is written, where it starts and what makes it start again.
"""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.patterns import lazy
from extractor.readers.markup import Element
from extractor.readers.ordinals import ordinal
from extractor.readers.wordml import MC, W, first_child, number, switched_on, value

_PLACE = lazy(r"%([1-9])")
_LEVELS = 9


class Level(Struct, frozen=True):
    """One level of a list: number format, text with ``%1`` … ``%9``, first value."""

    style: str = "decimal"
    text: str = ""
    start: int = 0
    restart: int | None = None  # 0: never; n: when a level up to n (from 1) was used; None: any level above
    legal: bool = False  # numbers of the levels above in decimal
    paragraph_style: str | None = None
    suffix: str = "tab"


class _List(Struct, frozen=True):
    abstract: str
    overrides: dict[int, Level]
    starts: dict[int, int]


class Style(Struct, frozen=True):
    """What a style says about numbers, hiding and outline; None where it says nothing."""

    base: str | None
    list_id: str | None
    level: int | None
    hidden: bool | None
    outline: int | None


class Styles(Struct, frozen=True):
    """The styles of a document by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def chain(self, style_id: str | None) -> tuple[tuple[str, Style], ...]:
        """The style and those it is based on, nearest first; the default paragraph style when none is named."""
        found: list[tuple[str, Style]] = []
        seen: set[str] = set()
        current = style_id or self.default
        while current and current not in seen and current in self.by_id:
            seen.add(current)
            found.append((current, self.by_id[current]))
            current = self.by_id[current].base
        return tuple(found)


def read_styles(root: Element | None) -> Styles:
    """``word/styles.xml`` → the part of it this reader needs."""
    if root is None:
        return Styles()
    by_id: dict[str, Style] = {}
    default: str | None = None
    for style in root.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        paragraph = first_child(style, "pPr")
        list_id, level = _list_of(paragraph)
        outline = None if paragraph is None else value(paragraph, "outlineLvl")
        by_id[name] = Style(
            base=value(style, "basedOn"),
            list_id=list_id,
            level=level,
            hidden=switched_on(first_child(style, "rPr"), "vanish"),
            outline=None if outline is None else number(outline, 9),
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default = name
    return Styles(by_id, default)


class Numbering:
    """Counts through one document. Not a value: ``label`` must be asked once for each paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._style_links: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            self._abstract[name] = {}
            for level in abstract.iterfind(f"{W}lvl"):
                self._abstract[name][number(level.get(f"{W}ilvl"), 0)] = _level(level)
            if link := value(abstract, "numStyleLink"):
                self._links[name] = link
            if link := value(abstract, "styleLink"):
                self._style_links[link] = name
        for item in root.iterfind(f"{W}num"):
            overrides: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in item.iterfind(f"{W}lvlOverride"):
                index = number(override.get(f"{W}ilvl"), 0)
                level = override.find(f"{W}lvl")
                if level is not None:
                    overrides[index] = _level(level)
                start = value(override, "startOverride")
                if start is not None:
                    starts[index] = number(start, 1)
            self._lists[item.get(f"{W}numId") or ""] = _List(
                value(item, "abstractNumId") or "", overrides, starts
            )

    def label(self, properties: Element | None) -> tuple[str, str] | None:
        """Number and what follows it (``tab``, ``space``, ``nothing``) for the paragraph with this ``w:pPr``, or None."""
        where = self._where(properties)
        if where is None:
            return None
        list_id, index = where
        used = self._lists.get(list_id)
        if used is None:
            return None
        abstract = self._resolve(used.abstract)
        levels = self._abstract.get(abstract, {}) | used.overrides
        level = levels.get(index)
        if level is None:
            return None
        counters = self._count(abstract, list_id, index, used, levels)
        if level.style == "bullet":
            return None

        def written(match: re.Match[str]) -> str:
            above = int(match.group(1)) - 1
            if above > index:
                return ""
            other = levels.get(above, Level())
            current = counters.get(above, used.starts.get(above, other.start))
            style = "decimal" if level.legal and other.style != "none" else other.style
            return ordinal(current, style)

        text = _PLACE.sub(written, level.text)
        return (text, level.suffix) if text else None

    def _count(
        self, abstract: str, list_id: str, index: int, used: _List, levels: dict[int, Level]
    ) -> dict[int, int]:
        """Step the counter of ``index``. Lists of one abstract definition share their counters."""
        counters = self._counters.setdefault(abstract, {})
        level = levels[index]
        for above in range(index):
            if above not in counters and above in levels:
                counters[above] = used.starts.get(above, levels[above].start)
                self._begun.add((list_id, above))
        first_use = (list_id, index) not in self._begun
        self._begun.add((list_id, index))
        if first_use and index in used.starts:
            counters[index] = used.starts[index]
        elif index in counters:
            counters[index] += 1
        else:
            counters[index] = used.starts.get(index, level.start)
        for below in list(counters):
            if below <= index:
                continue
            restart = levels.get(below, Level()).restart
            if restart is None or index < restart:
                del counters[below]
        return counters

    def _where(self, properties: Element | None) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, completed by its style's."""
        own_list, own_level = _list_of(properties)
        if own_list == "0":
            return None
        style_id = None if properties is None else value(properties, "pStyle")
        style_list: str | None = None
        style_level: int | None = None
        for name, style in self._styles.chain(style_id):
            if style_level is None:
                style_level = style.level
            if style.list_id is not None:
                style_list = style.list_id
                linked = self._level_of_style(style_list, name)
                if linked is not None and style.level is None:
                    style_level = linked
                break
        if own_list is None and style_list in (None, "0"):
            return None
        list_id = own_list or style_list or ""
        level = own_level
        if level is None:
            level = style_level if own_list is None or own_list == style_list else 0
        return list_id, min(max(level or 0, 0), _LEVELS - 1)

    def _level_of_style(self, list_id: str, style_id: str) -> int | None:
        used = self._lists.get(list_id)
        if used is None:
            return None
        for index, level in self._abstract.get(self._resolve(used.abstract), {}).items():
            if level.paragraph_style == style_id:
                return index
        return None

    def _resolve(self, abstract: str) -> str:
        """Follow ``numStyleLink`` to the definition that holds the levels."""
        seen: set[str] = set()
        while abstract in self._links and abstract not in seen:
            seen.add(abstract)
            link = self._links[abstract]
            if link in self._style_links:
                return self._style_links[link]
            style = self._styles.by_id.get(link)
            used = self._lists.get(style.list_id) if style and style.list_id else None
            if used is None:
                break
            abstract = used.abstract
        return abstract


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """numId and ilvl of a ``w:pPr``; None where absent."""
    found = first_child(properties, "numPr")
    if found is None:
        return None, None
    level = value(found, "ilvl")
    return value(found, "numId"), None if level is None else number(level, 0)


def _level(element: Element) -> Level:
    style = value(element, "numFmt")
    if style is None:
        fallback = element.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
        style = "decimal" if fallback is None else fallback.get(f"{W}val", "decimal")
    restart = value(element, "lvlRestart")
    level = Level(
        style=style,
        text=value(element, "lvlText") or "",
        start=number(value(element, "start"), 0),
        restart=None if restart is None else number(restart, 0),
        legal=bool(switched_on(element, "isLgl")),
        paragraph_style=value(element, "pStyle"),
        suffix=value(element, "suff") or "tab",
    )
    return replace(level, start=max(level.start, 0))
