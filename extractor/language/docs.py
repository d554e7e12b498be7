"""A notice as a spaCy Doc: entities in ``doc.ents``, every table's rows as spans, and DocBins for training.

The Doc is cut into characters (``blank("zh")``), so that every span of the record is a span of the Doc. A span's ``label_`` is
what the row is (a date's role, a unit's role, a contact's kind, a section's canonical kind …), its ``kb_id_`` the value
(ISO days, full name, number), its ``id_`` the row (``dates/3``). The record itself, without its text, is in
``doc.user_data["notice"]``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import NoticeError
from extractor.schema import TABLES, Notice, to_record

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

Record = Mapping[str, Any]
Row = Mapping[str, Any]

# Entity labels are OntoNotes' where it has one, so that rules, zh_core_web_* and pipelines trained on an export agree.
_ENTITY = {"dates": "DATE", "units": "ORG"}
_CONTACTS = {"person": "PERSON", "email": "EMAIL", "address": "LOC"}
_LABEL: dict[str, Callable[[Row], str]] = {
    "dates": lambda row: row["role"],
    "units": lambda row: "+".join(row["roles"]),
    "contacts": lambda row: row["kind"],
    "sections": lambda row: row["canonical"],
    "items": lambda row: row["section"],
    "activities": lambda row: row["kind"],
    "citations": lambda row: row.get("relation") or row.get("kind", ""),
    "attachments": lambda row: "present" if row["present"] else "absent",
    "parts": lambda row: row["kind"],
    "findings": lambda row: row["code"],
}
_VALUE: dict[str, Callable[[Row], str]] = {
    "dates": lambda row: _days(row["start"], row["end"], row["time"]),
    "units": lambda row: row["full_name"] or row["name"],
    "contacts": lambda row: row["value"],
    "sections": lambda row: row["heading"] or "",
    "items": lambda row: row["title"] or "",
    "activities": lambda row: row["title"] or "",
    "citations": lambda row: " ".join(filter(None, (row["title"], row["doc_number"]))),
    "attachments": lambda row: row["title"] or "",
    "parts": lambda row: row["title"] or "",
    "findings": lambda row: row["severity"],
}


def to_spacy(notice: Notice | Record, nlp: "Language | None" = None) -> "Doc":
    """A notice, or its record (``to_record``, a line of ``notice extract --json``), as a Doc over its text.

    ``doc.ents``: ORG PERSON DATE PHONE EMAIL LOC LAW WORK_OF_ART, the longer of two that overlap. ``doc.spans``: one group a
    table of the record (dates units contacts sections items activities citations attachments parts findings) and ``fields``
    (title, issue_date …). Rows without words (an empty section) have no span. ``nlp`` gives vocabulary and tokenizer,
    ``spacy.blank("zh")`` by default; with one that cuts words, a span grows to whole tokens.
    """
    import spacy
    from spacy.tokens import Span as Tokens
    from spacy.util import filter_spans

    record = to_record(notice) if isinstance(notice, Notice) else notice
    nlp = nlp or spacy.blank("zh")
    text: str = record["text"]
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    doc = nlp.make_doc(text)
    entities: list[Tokens] = []
    for table in TABLES:
        spans: list[Tokens] = []
        for at, row in enumerate(record.get(table) or ()):
            label, entity, value, name = (
                _LABEL[table](row),
                _entity(table, row),
                _VALUE[table](row),
                f"{table}/{at}",
            )
            for place in _places(row):
                span = _span(doc, place, label, value, name)
                if span is not None:
                    spans.append(span)
                if span is not None and entity:
                    entities.append(Tokens(doc, span.start, span.end, entity, kb_id=value, span_id=name))
        doc.spans[table] = spans
    doc.spans["fields"] = [
        span
        for name, place in (record.get("spans") or {}).items()
        if (span := _span(doc, place, name, _field(record, name), name))
    ]
    doc.ents = filter_spans(entities)
    doc.user_data["notice"] = {key: value for key, value in record.items() if key != "text"}
    return doc


def to_docbin(notices: Iterable[Notice | Record], path: Path, nlp: "Language | None" = None) -> int:
    """Write one Doc a notice to ``path`` (``spacy train`` wants the ending ``.spacy``); how many.

    The file appears whole or not at all. ``NoticeError`` when it cannot be written, or when there is no notice.
    """
    import spacy
    from spacy.tokens import DocBin

    nlp = nlp or spacy.blank("zh")
    made = DocBin(store_user_data=True)
    for notice in notices:
        made.add(to_spacy(notice, nlp))
    if not len(made):
        raise NoticeError(f"{path}：没有通知可写")
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(made.to_bytes())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise NoticeError(f"{path}：写不了（{error.strerror or error}）") from error
    return len(made)


def _places(row: Row) -> Iterator[Row]:
    yield from row.get("spans") or ([row["span"]] if row.get("span") else [])


def _span(doc: "Doc", place: Row, label: str, value: str, row: str) -> "Span | None":
    """The Doc's span of a record's span; None where it has no words. Blanks round it belong to other tokens and are left off."""
    start, end = place["start"], place["end"]
    text = doc.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if start >= end:
        return None
    return doc.char_span(start, end, label=label, kb_id=value, span_id=row, alignment_mode="expand")


def _entity(table: str, row: Row) -> str:
    """The entity label of a row; empty for rows that are no entities."""
    if table == "contacts":
        return _CONTACTS.get(row["kind"], "PHONE")
    if table == "citations":
        return "LAW" if row.get("kind") == "law" else "WORK_OF_ART"
    return _ENTITY.get(table, "")


def _days(start: str | None, end: str | None, time: str | None = None) -> str:
    """``2023-04-20``, ``2023-04-20/2023-04-26``, ``/2023-05-10`` where the start is open; empty for no value."""
    days = start or "" if start == end else f"{start or ''}/{end or ''}"
    return f"{days}T{time}" if time else days


def _field(record: Record, name: str) -> str:
    """A field's value as words."""
    value = record.get(name)
    if name == "period" and isinstance(value, Mapping):
        return _days(value["start"], value["end"])
    return "、".join(value) if isinstance(value, list) else str(value or "")
