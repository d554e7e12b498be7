"""The one straight line from a file's bytes to a notice. Only this module knows the order."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.checks import ALONE, Case, Companions, check
from extractor.entities import EXTRACTORS
from extractor.errors import NoticeError, ReadError, WaiverError
from extractor.language import propose, take, weigh
from extractor.model import Document, Finding, Manuscript, Mention, Span
from extractor.readers import read_document
from extractor.resolve import resolve
from extractor.rulebook import Rulebook
from extractor.schema import Failure, Notice, PartRow, Resolved, Source
from extractor.sections import segment
from extractor.settings import Settings
from extractor.tables import tabulate
from extractor.text import read


class Examined(Struct, frozen=True):
    """A document with all that is found in it. ``proposals``: what a language pipeline thinks stands there too."""

    case: Case
    resolved: Resolved
    proposals: tuple[Mention, ...]


def process(
    raw: bytes, name: str, rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> Notice | Failure:
    """A file's bytes → its notice, or the reason why not. Never raises for what a document holds.

    ``companions``: the documents it is held against, each made by ``companion``.
    """
    try:
        return process_all([(raw, name)], rulebook, settings, companions)[0]
    except WaiverError as error:
        return Failure(path=name, reason=error.reason, message=str(error))


def process_all(
    files: Sequence[tuple[bytes, str]], rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> list[Notice | Failure]:
    """Several files' bytes and names → what ``process`` makes of each; all stay in memory.

    Stage by stage: what a stage needs of code and rules is at hand for all of them, which makes short notices a third
    faster. ``WaiverError`` when a file's waiver is wrong: ``process`` tells whose.
    """
    read = [_read(raw, name, settings) for raw, name in files]
    documents = [one for one in read if isinstance(one, Document)]
    notices = iter(analyse_all(documents, rulebook, settings, companions))
    return [one if isinstance(one, Failure) else next(notices) for one in read]


def _read(raw: bytes, name: str, settings: Settings) -> Document | Failure:
    try:
        return read_document(raw, name, settings)
    except ReadError as error:
        return Failure(path=name, reason=error.reason, message=str(error))


def analyse(
    document: Document, rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> Notice:
    """A document → its notice. ``WaiverError`` for a waiver that names no check."""
    return analyse_all([document], rulebook, settings, companions)[0]


def analyse_all(
    documents: Sequence[Document], rulebook: Rulebook, settings: Settings, companions: Companions = ALONE
) -> list[Notice]:
    """Documents → notices: segment, find, resolve, tabulate, check; with ``settings.ner`` a pipeline's proposals too."""
    examined = _examine(documents, rulebook, settings.ner, companions)
    found = check([one.case for one in examined], settings)
    return [
        _notice(document, one, findings)
        for document, one, findings in zip(documents, examined, found, strict=True)
    ]


def _notice(document: Document, examined: Examined, findings: tuple[Finding, ...]) -> Notice:
    case = examined.case
    manuscript, tables, rulebook = case.manuscript, case.tables, case.rulebook
    if examined.proposals:  # what a pipeline only guesses is shown, and no check is made on it
        tables = tabulate(manuscript, weigh(examined.resolved, examined.proposals), rulebook)
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
    return _examine([document], rulebook, None, ALONE)[0].case


def _examine(
    documents: Sequence[Document], rulebook: Rulebook, ner: str | None, companions: Companions
) -> list[Examined]:
    """What the rules find in each document, with what a pipeline proposes in cue contexts, and all it proposes."""
    manuscripts = [outline(document, rulebook) for document in documents]
    found: list[list[Mention]] = [[] for _ in manuscripts]
    for find in EXTRACTORS.values():
        for manuscript, mentions in zip(manuscripts, found, strict=True):
            mentions += find(manuscript, rulebook)
    proposed = [propose(manuscript, ner, rulebook) if ner else () for manuscript in manuscripts]
    settled = [
        resolve(manuscript, take(manuscript, tuple(mentions), proposals, rulebook), rulebook)
        for manuscript, mentions, proposals in zip(manuscripts, found, proposed, strict=True)
    ]
    tables = [
        tabulate(manuscript, resolved, rulebook)
        for manuscript, resolved in zip(manuscripts, settled, strict=True)
    ]
    return [
        Examined(
            Case(manuscript, resolved.mentions, rows, rulebook, companions.superior, companions.previous),
            resolved,
            proposals,
        )
        for manuscript, resolved, rows, proposals in zip(manuscripts, settled, tables, proposed, strict=True)
    ]


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
    begin, end = len(manuscript.document.text), len(document.text)
    if begin < end:
        behind = document.part(Span(begin, end))
        further = segment(behind, read(behind.text, rulebook.forms), rulebook).further
        for start, stop in pairwise((0, *further, end - begin)):
            length = len(behind.text[start:stop].rstrip())
            others.append(("notice", Span(begin + start, begin + start + length)))
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


__all__ = [
    "Companions",
    "NoticeError",
    "analyse",
    "analyse_all",
    "companion",
    "examine",
    "outline",
    "process",
    "process_all",
]
