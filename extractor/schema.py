"""The tables: one row type a table (field order is column order), the notice that holds them, and a failure.

The record of a notice (``to_record``) is the output contract other tools read: change it only by adding.
"""

from dataclasses import dataclass, field, fields
from typing import Any

from extractor.model import Document, Finding, Manuscript, Mention, Place, Span


@dataclass(frozen=True, slots=True)
class Source:
    path: str
    sha256: str
    format: str
    pages: int | None
    chars: int
    encoding: str | None
    ocr: bool


@dataclass(frozen=True, slots=True)
class Region:
    """``code``: GB/T 2260. ``level``: nation province prefecture county town."""

    name: str | None = None
    code: str | None = None
    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Mentions with their years, roles and full names settled, and what was decided for the whole notice.

    ``year_from`` names the evidence (title, issue_date, doc_number, period, ordinal, lead, dates); ``year_conflicts``
    are other years the same kinds of evidence give. ``period``: ISO days of the campaign, null where open.
    """

    mentions: tuple[Mention, ...]
    region: Region = Region()
    campaign: str | None = None
    year: int | None = None
    year_from: str = ""
    year_conflicts: tuple[tuple[str, int], ...] = ()
    period: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class SectionRow:
    number: str
    heading: str
    canonical: str
    zone: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class ItemRow:
    section: str
    marker: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class ActivityDate:
    """When an activity takes place: the words, ISO days (null where open), the time of day."""

    raw: str
    start: str | None
    end: str | None
    time: str | None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    title: str
    kind: str
    dates: tuple[ActivityDate, ...]
    lead_units: tuple[str, ...]
    support_units: tuple[str, ...]
    location: str | None
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateRow:
    """``start``/``end``: ISO days. See ``DateValue`` for status and year_from."""

    raw: str
    start: str | None
    end: str | None
    time: str | None
    precision: str
    role: str
    year_from: str
    status: str
    span: Span
    form: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    full_name: str | None
    roles: tuple[str, ...]
    spans: tuple[Span, ...]
    group: bool = False
    aliases: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ContactRow:
    kind: str
    raw: str
    value: str
    purpose: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CitationRow:
    title: str
    doc_number: str | None
    span: Span
    kind: str = "document"
    relation: str = ""
    count: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    title: str
    present: bool
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Fields:
    """The single values of a notice. ``spans`` leads each value back to its words, by field name."""

    title: str | None = None
    plan_title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    seal_note: str | None = None
    addressees: str | None = None
    region: Region = Region()
    campaign: str | None = None
    year: int | None = None
    issue_date: str | None = None
    print_date: str | None = None
    disclosure: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    theme: str | None = None
    report_deadline: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tables:
    fields: Fields
    sections: tuple[SectionRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    dates: tuple[DateRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    citations: tuple[CitationRow, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything known of one document."""

    notice_id: str
    source: Source
    manuscript: Manuscript
    tables: Tables
    findings: tuple[Finding, ...] = ()

    @property
    def document(self) -> Document:
        return self.manuscript.document


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: one row of the failure table. ``reason``: see ``extractor.errors``."""

    path: str
    reason: str
    message: str
    sha256: str | None = None
    format: str | None = None


TABLES: dict[str, type] = {
    "sections": SectionRow,
    "items": ItemRow,
    "activities": ActivityRow,
    "dates": DateRow,
    "units": UnitRow,
    "contacts": ContactRow,
    "citations": CitationRow,
    "attachments": AttachmentRow,
    "findings": Finding,
}


def to_record(notice: Notice) -> dict[str, Any]:
    """The JSON object of a notice: plain dicts, lists, strings, numbers, None."""
    values = notice.tables.fields
    document = notice.document
    region = {f.name: getattr(values.region, f.name) for f in fields(values.region)}
    record: dict[str, Any] = {
        "notice_id": notice.notice_id,
        "source": {f.name: getattr(notice.source, f.name) for f in fields(notice.source)},
        "title": values.title,
        "plan_title": values.plan_title,
        "doc_number": values.doc_number,
        "issuers": list(values.issuers),
        "seal_note": values.seal_note,
        "addressees": values.addressees,
        "region": region,
        "campaign": values.campaign,
        "year": values.year,
        "issue_date": values.issue_date,
        "print_date": values.print_date,
        "disclosure": values.disclosure,
        "period": {"start": values.period_start, "end": values.period_end},
        "theme": values.theme,
        "report_deadline": values.report_deadline,
    }
    tables = notice.tables
    for name in TABLES:
        rows = notice.findings if name == "findings" else getattr(tables, name)
        record[name] = [plain(row, document) for row in rows]
    record["spans"] = {name: plain(span, document) for name, span in values.spans.items()}
    record["warnings"] = list(document.warnings)
    record["text"] = document.text
    return record


def plain(value: Any, document: Document) -> Any:
    """A row, span or tuple as JSON values; a span gains its page and box."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Span):
        place: Place = document.place(value.start)
        box = document.box(value)
        return {
            "start": value.start,
            "end": value.end,
            "page": place.page,
            "box": [box.x0, box.top, box.x1, box.bottom] if box else None,
        }
    if isinstance(value, tuple | list):
        return [plain(item, document) for item in value]
    if isinstance(value, dict):
        return {key: plain(item, document) for key, item in value.items()}
    return {f.name: plain(getattr(value, f.name), document) for f in fields(value)}
