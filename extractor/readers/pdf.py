"""PDF: pdfium's characters → lines → paragraphs, page furniture left out, ruled tables as tables.

Every character keeps its box. A page whose text runs sideways is read as if it were turned.
"""

from collections.abc import Sequence
from typing import Any

from extractor.errors import Damaged, Encrypted, NoText, TooLarge
from extractor.model import Document
from extractor.readers.builder import TextBuilder
from extractor.readers.glyphs import upright
from extractor.readers.paged import Page, page_of, readable, write_pages
from extractor.readers.pdf_page import characters, drawing
from extractor.settings import Settings


def read_pdf(raw: bytes, name: str, settings: Settings) -> Document:
    """A PDF as a document. Raises ``Encrypted``, ``Damaged``, ``TooLarge``, ``NoText`` (a scan, a font without a map)."""
    pdf = open_pdf(raw, settings)
    try:
        return _read(pdf, raw, name, settings)
    finally:
        pdf.close()


def open_pdf(raw: bytes, settings: Settings) -> Any:
    """The file as a ``pypdfium2.PdfDocument``, within the limit of pages."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise Encrypted("PDF 有密码，请先去掉密码") from error
        raise Damaged("PDF 损坏或不完整，无法打开") from error
    if count == 0:
        raise Damaged("PDF 里没有页面")
    if count > settings.limits.pages:
        pdf.close()
        raise TooLarge(f"PDF 有 {count} 页，超过上限 {settings.limits.pages} 页")
    return pdf


def _read(pdf: Any, raw: bytes, name: str, settings: Settings) -> Document:
    pages: list[Page] = []
    silent: list[int] = []
    lost: list[int] = []
    total = 0
    for index in range(len(pdf)):
        page = _page(pdf, index)
        if page is None:
            lost.append(index + 1)
            continue
        total += len(page.found.text)
        if total > settings.limits.characters:
            raise TooLarge(f"PDF 的文字超过上限 {settings.limits.characters} 个")
        if not readable(page.found.text):
            silent.append(index + 1)
            continue
        pages.append(page)
    if not pages:
        if lost and not silent:
            raise Damaged("PDF 的页面都已损坏，无法读取")
        raise NoText("PDF 里没有可读的文字（多半是扫描件，或字体缺少编码表）")
    builder = TextBuilder()
    write_pages(builder, pages)
    for what, numbers in (("没有可读的文字，可能是扫描页", silent), ("已损坏，没有读取", lost)):
        if numbers:
            builder.warn(f"第 {_listed(numbers)} 页{what}")
    return builder.build(name, "pdf", raw, pages=len(pdf), metadata=_metadata(pdf))


def _page(pdf: Any, index: int) -> Page | None:
    import pypdfium2

    try:
        page = pdf[index]
        found = upright(characters(page))
        drawn = None if found.origin is not None else drawing(page)
    except pypdfium2.PdfiumError:
        return None
    return page_of(index + 1, found, drawn)


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(str(n) for n in numbers[:8])
    return shown + (f" 等 {len(numbers)} " if len(numbers) > 8 else "")


def _metadata(pdf: Any) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = pdf.get_metadata_dict(skip_empty=True)
    names = (("Title", "title"), ("Author", "creator"), ("CreationDate", "created"), ("ModDate", "modified"))
    return tuple((name, found[key]) for key, name in names if key in found)
