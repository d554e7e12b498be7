"""The parts of an Office package and how they refer to one another (ECMA-376 part 2)."""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from extractor.readers.markup import Element, parse_xml
from extractor.readers.package import Package, clean
from extractor.readers.wordml import transitional

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(Struct, frozen=True):
    """``kind``: the last word of the relation's type. ``target``: a part's name, or an address outside."""

    id: str
    kind: str
    target: str
    outside: bool


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """What a part (``""``: the package itself) refers to."""
    folder, _, base = part.rpartition("/")
    root = read_part(package, f"{folder}/_rels/{base}.rels")
    return () if root is None else tuple(_relations(root, folder))


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for item in root.iterfind(_RELATION):
        target = item.get("Target") or ""
        outside = item.get("TargetMode") == "External"
        if not outside:
            target = clean(
                target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        yield Relation(item.get("Id") or "", (item.get("Type") or "").rsplit("/", 1)[-1], target, outside)


def read_part(package: Package, name: str) -> Element | None:
    """The root element of a part, None when the package has no such part."""
    found = package.find(name)
    return None if found is None else parse_xml(transitional(package.read(found)), found)


def metadata(package: Package) -> tuple[tuple[str, str], ...]:
    """Title, author and times of ``docProps/core.xml``, as far as given."""
    root = read_part(package, "docProps/core.xml")
    if root is None:
        return ()
    found = {str(child.tag).rsplit("}", 1)[-1]: (child.text or "").strip() for child in root}
    return tuple(
        (name, found[name]) for name in ("title", "creator", "created", "modified") if found.get(name)
    )
