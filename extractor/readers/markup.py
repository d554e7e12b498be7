"""XML as the Office formats hold it, parsed without entities, without the network and within limits.

lxml has no types of its own; an element is ``Any`` here and its text is turned into ``str`` where it is taken.
"""

import re
from functools import lru_cache
from typing import Any

from extractor.errors import Damaged, Unsafe

Element = Any
"""An ``lxml.etree._Element``."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse_xml(raw: bytes, what: str) -> Element:
    """The root element of one XML part; ``what`` names the part in messages.

    Raises ``Unsafe`` when the part declares entities, ``Damaged`` when it is not well-formed or nested without end.
    """
    from lxml import etree

    narrow = raw.replace(b"\x00", b"") if raw[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<") else raw
    if b"<!DOCTYPE" in narrow[:65_536] and _ENTITY.search(narrow):
        raise Unsafe(f"{what} 里定义了 XML 实体，出于安全不予打开")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(f"{what} 不是完整的 XML：{_first_words(error)}") from error
    if root is None:
        raise Damaged(f"{what} 是空的")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; empty for a node that is no element, and for none."""
    tag = None if element is None else element.tag
    return _bare(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _first_words(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:80]
