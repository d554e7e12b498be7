"""PDF: pdfium's characters → lines → paragraphs, page furniture left out, ruled tables as tables.

Every character keeps its box. A page whose text runs sideways is read as if it were turned.
"""

import math
from collections.abc import Sequence
from typing import Any

from extractor.errors import Damaged, Encrypted, MissingPart, NoText, TooLarge
from extractor.model import Document
from extractor.readers.builder import TextBuilder
from extractor.readers.glyphs import upright
from extractor.readers.paged import Page, page_of, readable, write_pages
from extractor.readers.pdf_page import characters, drawing
from extractor.settings import Settings

_DOTS = 200  # an inch: what the recogniser reads best for its time
_PICTURE = 25_000_000  # pixels


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
    missing: MissingPart | None = None
    total = seen = 0
    for index in range(len(pdf)):
        page: Page | None = None
        try:
            page, looks_scanned = _page(pdf, index)
            if settings.ocr == "always" or (looks_scanned and settings.ocr == "auto"):
                page = _recognised(pdf, index, settings)
                seen += page is not None
        except MissingPart as error:
            missing = error
        except _pdfium_error():
            lost.append(index + 1)
            continue
        if page is None or not readable(page.found.text):
            if looks_scanned:
                silent.append(index + 1)
            continue
        total += len(page.found.text)
        if total > settings.limits.characters:
            raise TooLarge(f"PDF 的文字超过上限 {settings.limits.characters} 个")
        pages.append(page)
    if not pages:
        if missing is not None:
            raise missing
        if lost and not silent:
            raise Damaged("PDF 的页面都已损坏，无法读取")
        raise NoText("PDF 里没有可读的文字（多半是扫描件，或字体缺少编码表）")
    builder = TextBuilder()
    write_pages(builder, pages)
    why = "没有可读的文字，可能是扫描页" + ("；没有安装 OCR 组件，未作识别" if missing else "")
    for what, numbers in ((why, silent), ("已损坏，没有读取", lost)):
        if numbers:
            builder.warn(f"第 {_listed(numbers)} 页{what}")
    return builder.build(name, "pdf", raw, pages=len(pdf), ocr=seen > 0, metadata=_metadata(pdf))


def _pdfium_error() -> type[Exception]:
    import pypdfium2

    error: type[Exception] = pypdfium2.PdfiumError
    return error


def _page(pdf: Any, index: int) -> tuple[Page, bool]:
    """A page by its characters, and whether it is a picture, an outline or a code without a map instead of text."""
    page = pdf[index]
    found = upright(characters(page))
    drawn = drawing(page)
    words = len(found.text) - sum(map(found.text.count, " \r\n\u3000"))
    if words == 0:
        scanned = drawn.image_share > 0.05 or drawn.objects > 40
    elif words < 40:
        scanned = drawn.image_share > 0.7 or not readable(found.text)  # a stamp or a number on a picture
    else:
        scanned = not readable(found.text)
    return page_of(index + 1, found, None if found.origin is not None else drawn), scanned


def _recognised(pdf: Any, index: int, settings: Settings) -> Page | None:
    """A page by its picture; None when nothing is recognised."""
    from extractor.readers import ocr

    ocr.require()
    page = pdf[index]
    wide, tall = page.get_size()
    room = min(settings.limits.pixels, _PICTURE)
    scale = min(_DOTS / 72, math.sqrt(room / max(wide * tall, 1.0)))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    read = ocr.recognise(picture, wide, tall)
    if not read.found.text:
        return None
    return page_of(index + 1, read.found, read.drawn, read.doubts)


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(str(n) for n in numbers[:8])
    return shown + (f" 等 {len(numbers)} " if len(numbers) > 8 else "")


def _metadata(pdf: Any) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = pdf.get_metadata_dict(skip_empty=True)
    names = (("Title", "title"), ("Author", "creator"), ("CreationDate", "created"), ("ModDate", "modified"))
    return tuple((name, found[key]) for key, name in names if key in found)
