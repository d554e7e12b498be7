"""A draft given back with its findings in it: comments in Word files, highlights in PDFs, for the rest the report page."""

from collections.abc import Mapping
from datetime import datetime

from extractor.errors import Vanished
from extractor.readers import read_document
from extractor.render.remarks import Record
from extractor.rulebook.cards import Card
from extractor.settings import Settings


def annotate(
    raw: bytes,
    record: Record,
    cards: Mapping[str, Card],
    settings: Settings,
    when: datetime | None = None,
) -> tuple[str, bytes]:
    """The ending of the file's name (``.docx``, ``.pdf`` or ``.html``) and what to write into it.

    ``raw``: the bytes the record was made of; ``Vanished`` when they are others now. Other ``ReadError`` kinds: see the
    readers. ``UsageError``: a PDF nothing can be added to.
    """
    source = record["source"]
    kind = source["format"]
    if kind not in ("docx", "pdf"):
        from extractor.render.html import page

        return ".html", page(record, cards, settings.lang).encode()
    document = read_document(raw, source["path"], settings)
    if document.sha256 != source["sha256"] or document.text != record["text"]:
        raise Vanished("文件在检查之后改动过，没有写批注")
    if kind == "docx":
        from extractor.render.docx import annotate_docx

        made = annotate_docx(
            raw, document, record, cards, lang=settings.lang, when=when, limits=settings.limits
        )
        return ".docx", made
    from extractor.render.pdf import annotate_pdf

    return ".pdf", annotate_pdf(raw, document, record, cards, lang=settings.lang)
