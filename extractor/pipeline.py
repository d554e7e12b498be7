"""The one straight line from a file's bytes to a notice. Only this module knows the order."""

from extractor.checks import check
from extractor.entities import EXTRACTORS
from extractor.errors import NoticeError, ReadError
from extractor.model import Document, Manuscript
from extractor.readers import read_document
from extractor.resolve import resolve
from extractor.rulebook import Rulebook
from extractor.schema import Failure, Notice, Source
from extractor.sections import segment
from extractor.settings import Settings
from extractor.tables import tabulate
from extractor.text import read


def process(raw: bytes, name: str, rulebook: Rulebook, settings: Settings) -> Notice | Failure:
    """A file's bytes → its notice, or the reason why not. Never raises for what a document holds."""
    try:
        document = read_document(raw, name, settings)
    except ReadError as error:
        return Failure(path=name, reason=error.reason, message=str(error))
    return analyse(document, rulebook, settings)


def analyse(document: Document, rulebook: Rulebook, settings: Settings) -> Notice:
    """A document → its notice: segment, find, resolve, tabulate, check."""
    manuscript = outline(document, rulebook)
    mentions = tuple(mention for find in EXTRACTORS.values() for mention in find(manuscript, rulebook))
    resolved = resolve(manuscript, mentions, rulebook)
    tables = tabulate(manuscript, resolved, rulebook)
    findings = check(manuscript, resolved.mentions, tables, rulebook, settings)
    source = Source(
        path=document.name,
        sha256=document.sha256,
        format=document.format,
        pages=document.pages,
        chars=len(document.text),
        encoding=document.encoding,
        ocr=document.ocr,
    )
    return Notice(document.sha256[:16], source, manuscript, tables, findings)


def outline(document: Document, rulebook: Rulebook) -> Manuscript:
    """A document with its reading and its outline."""
    reading = read(document.text, rulebook.forms)
    return Manuscript(document, reading, segment(document, reading, rulebook))


__all__ = ["NoticeError", "analyse", "outline", "process"]
