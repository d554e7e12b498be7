"""The one straight line from a file's bytes to a notice. Only this module knows the order."""

from msgspec.structs import replace

from extractor.checks import ALONE, Case, Companions, check
from extractor.entities import EXTRACTORS
from extractor.errors import NoticeError, ReadError, WaiverError
from extractor.language import propose, take, weigh
from extractor.model import Document, Manuscript, Mention, Span
from extractor.readers import read_document
from extractor.resolve import resolve
from extractor.rulebook import Rulebook
from extractor.schema import Failure, Notice, PartRow, Resolved, Source
from extractor.sections import segment
from extractor.settings import Settings
from extractor.tables import tabulate
from extractor.text import read


def process(
    raw: bytes, name: str, rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> Notice | Failure:
    """A file's bytes → its notice, or the reason why not. Never raises for what a document holds.

    ``companions``: the documents it is held against, each made by ``companion``.
    """
    try:
        document = read_document(raw, name, settings)
        return analyse(document, rulebook, settings, companions)
    except (ReadError, WaiverError) as error:
        return Failure(path=name, reason=error.reason, message=str(error))


def analyse(
    document: Document, rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> Notice:
    """A document → its notice: segment, find, resolve, tabulate, check; with ``settings.ner`` a pipeline's proposals too."""
    manuscript, resolved, proposals = _found(document, rulebook, settings.ner)
    tables = tabulate(manuscript, resolved, rulebook)
    findings = check(manuscript, resolved.mentions, tables, rulebook, settings, companions)
    if proposals:  # what a pipeline only guesses is shown, and no check is made on it
        tables = tabulate(manuscript, weigh(resolved, proposals), rulebook)
    others = _others(document, manuscript, rulebook)
    if others:
        tables = replace(tables, parts=tuple(_part(document, kind, span, rulebook) for kind, span in others))
        manuscript = replace(manuscript, document=_warned(document, others))
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


def companion(raw: bytes, name: str, rulebook: Rulebook, settings: Settings) -> Case:
    """A file another notice is held against. Raises ``ReadError`` kinds."""
    return examine(read_document(raw, name, settings), rulebook)


def examine(document: Document, rulebook: Rulebook) -> Case:
    """A document → everything the checks look at."""
    manuscript, resolved, _ = _found(document, rulebook, None)
    return Case(manuscript, resolved.mentions, tabulate(manuscript, resolved, rulebook), rulebook)


def _found(
    document: Document, rulebook: Rulebook, ner: str | None
) -> tuple[Manuscript, Resolved, tuple[Mention, ...]]:
    """What the rules find, with what a pipeline proposes in cue contexts, and all it proposes."""
    manuscript = outline(document, rulebook)
    mentions = tuple(mention for find in EXTRACTORS.values() for mention in find(manuscript, rulebook))
    proposals = propose(manuscript, ner, rulebook) if ner else ()
    return (
        manuscript,
        resolve(manuscript, take(manuscript, mentions, proposals, rulebook), rulebook),
        proposals,
    )


def outline(document: Document, rulebook: Rulebook) -> Manuscript:
    """A document with its reading and its outline. Of a file that holds several notices only the first one's text."""
    reading = read(document.text, rulebook.forms)
    made = segment(document, reading, rulebook)
    if not made.further:
        return Manuscript(document, reading, made)
    return outline(document.until(made.further[0]), rulebook)


def _others(document: Document, manuscript: Manuscript, rulebook: Rulebook) -> list[tuple[str, Span]]:
    """Kind and span of every letter of a file but the first: those inside it, then those behind it."""
    others = [(letter.kind, letter.span) for letter in manuscript.outline.letters]
    begin = len(manuscript.document.text)
    while begin < len(document.text):
        rest = outline(document.part(Span(begin, len(document.text))), rulebook)
        others.append(("notice", Span(begin, begin + len(rest.document.text.rstrip()))))
        begin += len(rest.document.text)
    return others


def _warned(document: Document, others: list[tuple[str, Span]]) -> Document:
    """The document with a warning where it holds notices nobody looked into."""
    count = sum(kind == "notice" for kind, _ in others)
    if not count:
        return document
    told = f"文件中另有{count}份文件，只列出标题、文号、发文机关和成文日期（parts），未提取其他内容，未检查"
    return replace(document, warnings=(*document.warnings, told))


def _part(document: Document, kind: str, span: Span, rulebook: Rulebook) -> PartRow:
    """What a letter below the first one says of itself."""
    said = examine(document.part(span), rulebook).fields
    return PartRow(kind, said.title, said.doc_number, said.issuers, said.addressees, said.issue_date, span)


__all__ = ["Companions", "NoticeError", "analyse", "companion", "examine", "outline", "process"]
