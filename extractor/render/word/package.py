"""A Word package opened to be changed: its parts as XML, and the package written again with the changed ones."""

import io
import posixpath
import zipfile
from collections.abc import Callable

from extractor.errors import Damaged
from extractor.readers.markup import Element, parse_xml
from extractor.readers.opc import Relation, relations
from extractor.readers.package import Package, clean
from extractor.readers.wordml import transitional
from extractor.settings import Limits

_PR = "http://schemas.openxmlformats.org/package/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
# What reading a strict document replaced, put back when its parts are written.
_STRICT = (
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/math", b"http://purl.oclc.org/ooxml/officeDocument/math"),
)  # fmt: skip


class WordPackage:
    """Not a value: parts are parsed when asked for, changed in place, and written by ``save``."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._raw = raw
        self._package = Package(raw, limits)
        self._roots: dict[str, Element] = {}
        self._changed: set[str] = set()
        self.main = next(
            (r.target for r in relations(self._package, "") if r.kind == "officeDocument"),
            "word/document.xml",
        )
        found = self._package.find(self.main)
        if found is None:
            raise Damaged("Word 文件里没有正文（word/document.xml）")
        self.main = found
        self.strict = b"purl.oclc.org/ooxml" in self._package.read(found)[:65_536]

    def root(self, name: str) -> Element | None:
        """The root element of a part (None: no such part); the same one every time."""
        found = self._package.find(name)
        if found is None:
            return self._roots.get(clean(name))
        if found not in self._roots:
            self._roots[found] = parse_xml(transitional(self._package.read(found)), found)
        return self._roots[found]

    def document(self) -> Element:
        return self.root(self.main)

    def related(self) -> tuple[Relation, ...]:
        """What the main part refers to."""
        return relations(self._package, self.main)

    def first(self, kind: str) -> str | None:
        """The name of the first part of a kind the main part refers to (``footnotes``, ``comments`` …)."""
        return next((r.target for r in self.related() if r.kind == kind and not r.outside), None)

    def touch(self, name: str) -> None:
        """Say that a part was changed."""
        self._changed.add(self._package.find(name) or clean(name))

    def add(self, kind: str, content_type: str, root: Callable[[], Element]) -> Element:
        """The part of a kind the main part refers to, made when there is none, marked as changed."""
        there = self.first(kind)
        if there is not None and (element := self.root(there)) is not None:
            self.touch(there)
            return element
        folder = posixpath.dirname(self.main)
        name = _free(f"{folder}/{kind}" if folder else kind, self._package)
        self._roots[name] = root()
        self._changed.add(name)
        self._relate(kind, name)
        self._declare(name, content_type)
        return self._roots[name]

    def _relate(self, kind: str, target: str) -> None:
        folder, base = posixpath.split(self.main)
        name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        root = self.root(name)
        if root is None:
            root = _element(f"{{{_PR}}}Relationships", _PR)
            self._roots[clean(name)] = root
        taken = {item.get("Id") for item in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rNotice{n}" not in taken)
        item = _child(root, f"{{{_PR}}}Relationship")
        item.set("Id", f"rNotice{number}")
        item.set("Type", (_STRICT_OFFICE if self.strict else _OFFICE) + kind)
        item.set("Target", posixpath.relpath(target, folder) if folder else target)
        self.touch(name)

    def _declare(self, name: str, content_type: str) -> None:
        root = self.root(_TYPES)
        if root is None:
            raise Damaged("Word 文件缺少 [Content_Types].xml")
        item = _child(root, f"{{{_CT}}}Override")
        item.set("PartName", f"/{name}")
        item.set("ContentType", content_type)
        self.touch(_TYPES)

    def save(self) -> bytes:
        """The package with the changed parts; every other member as it was, in the same order."""
        buffer = io.BytesIO()
        written: set[str] = set()
        with (
            zipfile.ZipFile(io.BytesIO(self._raw)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                name = clean(info.filename)
                if info.is_dir() or name in written:
                    continue
                written.add(name)
                data = self._serialised(name) if name in self._changed else self._package.read(name)
                member = zipfile.ZipInfo(name, info.date_time)
                member.compress_type = (
                    zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
                )
                member.external_attr = info.external_attr
                new.writestr(member, data)
            for name in sorted(self._changed - written):
                member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                member.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(member, self._serialised(name))
        return buffer.getvalue()

    def _serialised(self, name: str) -> bytes:
        from lxml import etree

        made: bytes = etree.tostring(
            self._roots[name], xml_declaration=True, encoding="UTF-8", standalone=True
        )
        if self.strict:
            for usual, strict in _STRICT:
                made = made.replace(usual, strict)
        return made


def _free(stem: str, package: Package) -> str:
    if package.find(f"{stem}.xml") is None:
        return f"{stem}.xml"
    return next(name for n in range(2, 10_000) if package.find(name := f"{stem}{n}.xml") is None)


def _element(tag: str, namespace: str) -> Element:
    from lxml import etree

    return etree.Element(tag, nsmap={None: namespace})


def _child(parent: Element, tag: str) -> Element:
    from lxml import etree

    return etree.SubElement(parent, tag)
