"""OFD, the layout format of Chinese administration (GB/T 33190-2016): a zip of XML, read with its positions.

Parts are found by name whatever their slashes, case and folder: several makers write paths of their own.
"""

import posixpath
from collections.abc import Iterator

from extractor.errors import Damaged, Encrypted, NoText, TooLarge
from extractor.model import Document
from extractor.readers.builder import TextBuilder
from extractor.readers.glyphs import upright
from extractor.readers.markup import Element, local, parse_xml
from extractor.readers.ofd_page import collect, page_area, rectangle, start_page, times
from extractor.readers.package import Package
from extractor.readers.paged import Page, page_of, readable, write_pages
from extractor.settings import Settings

_ASIDE = frozenset(("Watermark", "Highlight"))  # annotations whose words are no part of the text


def read_ofd(raw: bytes, name: str, settings: Settings) -> Document:
    """An OFD file as a document. Raises ``Damaged``, ``Encrypted``, ``NoText``, ``TooLarge``, ``Unsafe``."""
    package = Package(raw, settings.limits)
    entry = package.find("OFD.xml") or next((n for n in package.names if n.lower().endswith("ofd.xml")), None)
    if entry is None:
        raise Damaged("OFD 文件里没有入口（OFD.xml）")
    root = parse_xml(package.read(entry), entry)
    pages: list[Page] = []
    silent: list[int] = []
    count = 0
    for body in (element for element in root.iter() if local(element) == "DocBody"):
        for page in _Book(package, _child_text(body, "DocRoot"), settings).pages(count):
            count += 1
            if isinstance(page, int):
                silent.append(count)
            else:
                pages.append(page)
    if count == 0:
        if any("encrypt" in n.lower() for n in package.names):
            raise Encrypted("OFD 文件已加密，无法读取")
        raise Damaged("OFD 文件里没有页面")
    if not any(page.lines or page.tables for page in pages):
        raise NoText("OFD 里没有文字（多半是扫描件）")
    builder = TextBuilder()
    write_pages(builder, pages)
    if silent:
        builder.warn(f"有 {len(silent)} 页没有文字，可能是扫描页")
    return builder.build(name, "ofd", raw, pages=count, metadata=_metadata(root))


def _metadata(root: Element) -> tuple[tuple[str, str], ...]:
    names = {"Title": "title", "Author": "creator", "CreationDate": "created", "ModDate": "modified"}
    found = {
        names[local(child)]: child.text.strip()
        for info in root.iter()
        if local(info) == "DocInfo"
        for child in info
        if local(child) in names and child.text and child.text.strip()
    }
    return tuple(found.items())


def _child_text(parent: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in parent if local(child) == name), "")


class _Book:
    """One document of the file: its pages, templates, shared units and annotations."""

    def __init__(self, package: Package, where: str, settings: Settings) -> None:
        self._package = package
        self._limit = settings.limits.pages
        found = self._locate(where, "")
        if found is None:
            raise Damaged(f"OFD 文件里缺少 {where or 'Document.xml'}")
        self._folder = posixpath.dirname(found)
        self._root = parse_xml(package.read(found), found)
        self._area = page_area(self._root, ("PageArea",))
        self._templates = {
            element.get("ID") or "": part
            for element in self._root.iter()
            if local(element) == "TemplatePage" and (part := self._part(element.get("BaseLoc"))) is not None
        }
        self._units = self._shared_units()
        self._notes = self._annotations()

    def _locate(self, where: str | None, folder: str) -> str | None:
        """A part by the path written for it: from its folder, from the root, or wherever a part ends that way."""
        if not where:
            return None
        where = where.replace("\\", "/").strip()
        tries = [posixpath.normpath(posixpath.join(folder, where))] if not where.startswith("/") else []
        for name in (*tries, posixpath.normpath(where.lstrip("/"))):
            if (found := self._package.find(name)) is not None:
                return found
        tail = "/" + where.lstrip("./").lower()
        return next((name for name in self._package.names if ("/" + name.lower()).endswith(tail)), None)

    def _part(self, where: str | None, folder: str | None = None) -> Element | None:
        found = self._locate(where, self._folder if folder is None else folder)
        return None if found is None else parse_xml(self._package.read(found), found)

    def _shared_units(self) -> dict[str, Element]:
        units: dict[str, Element] = {}
        for element in self._root.iter():
            if local(element) in ("PublicRes", "DocumentRes") and element.text:
                part = self._part(element.text.strip())
                for unit in part.iter() if part is not None else ():
                    if local(unit) in ("CompositeGraphicUnit", "CompositeGraphicsUnit"):
                        units[unit.get("ID") or ""] = unit
        return units

    def _annotations(self) -> dict[str, list[Element]]:
        """Page ID → its annotation parts."""
        notes: dict[str, list[Element]] = {}
        where = next((e.text for e in self._root.iter() if local(e) == "Annotations" and e.text), None)
        found = self._locate(where.strip() if where else None, self._folder)
        if found is None:
            return notes
        folder = posixpath.dirname(found)
        for page in parse_xml(self._package.read(found), found).iter():
            if local(page) == "Page":
                part = self._part(_child_text(page, "FileLoc"), folder)
                if part is not None:
                    notes.setdefault(page.get("PageID") or "", []).append(part)
        return notes

    def pages(self, before: int) -> Iterator[Page | int]:
        """The pages in order; the number of a page that has no words. ``before``: pages of earlier documents."""
        listed = [e for e in self._root.iter() if local(e) == "Page" and local(e.getparent()) == "Pages"]
        if before + len(listed) > self._limit:
            raise TooLarge(f"OFD 有 {before + len(listed)} 页，超过上限 {self._limit} 页")
        for index, entry in enumerate(listed, before + 1):
            root = self._part(entry.get("BaseLoc"))
            page = None if root is None else self._page(root, entry.get("ID") or "", index)
            yield index if page is None else page

    def _page(self, root: Element, page_id: str, number: int) -> Page | None:
        glyphs, outer = start_page(page_area(root) or self._area)
        used = list(root.iter("{*}Template"))
        behind = [e for e in used if e.get("ZOrder") != "Foreground"]
        for template in (*behind, None, *(e for e in used if e.get("ZOrder") == "Foreground")):
            if template is None:
                collect(root, glyphs, outer, self._units)
            elif (part := self._templates.get(template.get("TemplateID") or "")) is not None:
                collect(part, glyphs, outer, self._units)
        for part in self._notes.get(page_id, ()):
            for note in part.iter():
                if (
                    local(note) == "Annot"
                    and note.get("Type") not in _ASIDE
                    and note.get("Visible") != "false"
                ):
                    for look in (child for child in note if local(child) == "Appearance"):
                        x, y, _, _ = rectangle(look.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
                        collect(look, glyphs, times((1, 0, 0, 1, x, y), outer), self._units)
        found = upright(glyphs.characters())
        if not readable(found.text):
            return None
        return page_of(number, found, None if found.origin is not None else glyphs.drawing())
