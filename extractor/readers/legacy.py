"""Other word-processor files: DOC and WPS (Word's binary format), ODT, Word's XML of 2003.

antiword reads a DOC in milliseconds but leaves automatic numbers out; LibreOffice knows everything and takes seconds. So
antiword comes first, and LibreOffice where the file has numbered lists, where antiword refuses, and for the other formats.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from extractor.errors import Damaged, Encrypted, MissingPart
from extractor.model import Document, Span
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.docx import read_docx
from extractor.readers.markup import Element, local
from extractor.readers.programs import antiword, find_antiword, find_soffice, to_docx
from extractor.readers.sniff import sniff
from extractor.settings import Settings
from extractor.text import fold

_OUTER = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u3000\u200b\ufeff"
_DOCTYPE = lazy(r"<!DOCTYPE[^>]*>")


def read_doc(raw: bytes, name: str, settings: Settings) -> Document:
    """A DOC or WPS file. Raises ``Encrypted``, ``Damaged``, ``MissingPart``, ``TimedOut``."""
    _refuse_encrypted(raw)
    found = antiword(raw, settings.limits.seconds)
    book = _book(found[0]) if found else None
    if found is not None and book is not None:
        numbered = any(local(element) == "orderedlist" for element in book.iter())
        if not numbered or find_soffice() is None:
            document = _from_book(book, found[1], raw, name)
            if document.text.strip():
                return document
    if find_soffice() is None:
        if find_antiword() is None:
            raise MissingPart("读取 .doc 需要 antiword 或 LibreOffice（soffice），本机都没有安装")
        raise Damaged("antiword 读不了这个 .doc；安装 LibreOffice（soffice）后可以再试")
    return _through_office(raw, name, ".doc", "doc", settings)


def read_odt(raw: bytes, name: str, settings: Settings) -> Document:
    """An OpenDocument text, through LibreOffice."""
    return _through_office(raw, name, ".odt", "odt", settings)


def read_word_xml(raw: bytes, name: str, settings: Settings) -> Document:
    """Word's XML of 2003 or a flat OPC file, through LibreOffice."""
    return _through_office(raw, name, ".xml", "doc", settings)


def _through_office(raw: bytes, name: str, suffix: str, format_: str, settings: Settings) -> Document:
    """Convert to DOCX and read that; the digest stays that of the file itself."""
    made = to_docx(raw, suffix, settings.limits.seconds)
    if sniff(made) != "docx":
        raise Damaged("文件损坏，LibreOffice 打不开")
    document = read_docx(made, name, settings)
    own = TextBuilder().build(name, format_, raw)
    return replace(document, format=format_, sha256=own.sha256)


def _refuse_encrypted(raw: bytes) -> None:
    """Word's own flag of encryption, in the file information block at the head of the WordDocument stream.

    [MS-DOC] 2.5.2: wIdent 0xA5EC, then at offset 10 the bits; 0x0100 is fEncrypted. The stream begins on a sector.
    """
    for start in range(512, min(len(raw), 4_000_000), 512):
        if raw[start : start + 2] == b"\xec\xa5":
            flags = int.from_bytes(raw[start + 10 : start + 12], "little")
            if flags & 0x0100:
                raise Encrypted("文件有密码，请先去掉密码")
            return


def _book(text: str) -> Element | None:
    """antiword's DocBook as a tree; its document type, which names a remote file, is cut off unread."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    bare = _DOCTYPE.sub("", text, count=1)
    root: Element | None = etree.fromstring(bare.encode("utf-8", "replace"), parser)
    return root


def _from_book(book: Element, printed: str, raw: bytes, name: str) -> Document:
    """Paragraphs and tables from the tree; the line breaks inside a paragraph from the plain lines."""
    builder = TextBuilder()
    lines = _Lines(printed)
    number = 0
    table_count = 0
    for block in _blocks(book):
        if local(block) == "informaltable":
            table_count += 1
            number = _table(builder, block, table_count, number)
            continue
        number += 1
        column = 1
        for line in lines.of(_words(block)):
            text = line.strip(_OUTER)
            if text:
                if builder.length:
                    builder.separate()
                builder.add(text, line=number, column=column + line.index(text))
            column += len(line) + 1
    if any(local(element) == "orderedlist" for element in book.iter()):
        builder.warn("文件里有自动编号，没有安装 LibreOffice，编号没有读出")
    return builder.build(name, "doc", raw)


def _blocks(element: Element) -> Iterator[Element]:
    for child in element:
        kind = local(child)
        if kind == "informaltable":
            yield child
        elif kind == "para":
            tables = [e for e in child.iter() if local(e) == "informaltable"]
            if tables:
                yield from tables
            else:
                yield child
        elif kind not in ("bookinfo", "title", "footnote"):
            yield from _blocks(child)


def _words(element: Element) -> str:
    """The text of a paragraph; notes inside it are left out."""
    out = [element.text or ""]
    for child in element:
        if local(child) not in ("footnote", "informaltable"):
            out.append(_words(child))
        out.append(child.tail or "")
    return "".join(out).replace("\n", "")


class _Lines:
    """antiword's plain lines, matched to its paragraphs one after the other."""

    def __init__(self, printed: str) -> None:
        self._lines = [line for line in printed.split("\n") if line.strip()]
        self._next = 0

    def of(self, paragraph: str) -> list[str]:
        """The lines a paragraph is printed on, or itself when they cannot be told."""
        wanted = fold(paragraph)
        if not wanted:
            return []
        for first in range(self._next, min(self._next + 40, len(self._lines))):
            together = ""
            for last in range(first, min(first + 60, len(self._lines))):
                together += fold(self._lines[last])
                if not wanted.startswith(together):
                    break
                if together == wanted:
                    self._next = last + 1
                    return self._lines[first : last + 1]
        return [paragraph]


def _table(builder: TextBuilder, table: Element, count: int, number: int) -> int:
    rows: list[list[Span]] = []
    for row in (element for element in table.iter() if local(element) == "row"):
        if builder.length:
            builder.separate()
        cells: list[Span] = []
        for entry in (child for child in row if local(child) == "entry"):
            if cells:
                builder.separate("\t")
            start = builder.length
            part = f"table{count}/{len(rows) + 1}/{len(cells) + 1}"
            for line in "".join(entry.itertext()).split("\n"):
                if line.strip(_OUTER):
                    number += 1
                    if builder.length > start:
                        builder.separate()
                    builder.add(line.strip(_OUTER), line=number, part=part)
            cells.append(Span(start, builder.length))
        rows.append(cells)
    builder.table(rows)
    return number
