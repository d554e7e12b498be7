"""The tables: one row type a table (field order is column order), the notice that holds them, and a failure.

The record of a notice (``to_record``) is the output contract other tools read: change it only by adding.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from extractor.model import Document, Finding, Manuscript, Mention, Place, Span


class Source(Struct, frozen=True):
    path: str
    sha256: str
    format: str
    pages: int | None
    chars: int
    encoding: str | None
    ocr: bool


class Region(Struct, frozen=True):
    """``code``: GB/T 2260. ``level``: nation province prefecture county town."""

    name: str | None = None
    code: str | None = None
    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


class Resolved(Struct, frozen=True, dict=True):
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

    def of(self, kind: str) -> Sequence[Mention]:
        """The mentions of this kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.kind, []).append(mention)
        return found


class SectionRow(Struct, frozen=True):
    number: str
    heading: str
    canonical: str
    zone: str
    level: int
    span: Span


class ItemRow(Struct, frozen=True):
    section: str
    marker: str
    title: str
    span: Span


class ActivityDate(Struct, frozen=True):
    """When an activity takes place: the words, ISO days (null where open), the time of day."""

    raw: str
    start: str | None
    end: str | None
    time: str | None


class ActivityRow(Struct, frozen=True):
    title: str
    kind: str
    dates: tuple[ActivityDate, ...]
    lead_units: tuple[str, ...]
    support_units: tuple[str, ...]
    location: str | None
    span: Span
    confidence: float = 1.0


class DateRow(Struct, frozen=True):
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


class UnitRow(Struct, frozen=True):
    """``entity``: the same for a body and its predecessors and successors (rules/renames.yaml), so that years can be compared;
    null where the full name is not certain."""

    name: str
    full_name: str | None
    roles: tuple[str, ...]
    spans: tuple[Span, ...]
    group: bool = False
    aliases: tuple[str, ...] = ()
    confidence: float = 1.0
    entity: str | None = None


class ContactRow(Struct, frozen=True):
    kind: str
    raw: str
    value: str
    purpose: str
    span: Span
    confidence: float = 1.0


class CitationRow(Struct, frozen=True):
    title: str
    doc_number: str | None
    span: Span
    kind: str = "document"
    relation: str = ""
    count: int = 1
    confidence: float = 1.0


class AttachmentRow(Struct, frozen=True):
    title: str
    present: bool
    span: Span
    confidence: float = 1.0


class PartRow(Struct, frozen=True):
    """A letter of the file below the first one, and what it says of itself. The other tables are the first letter's.

    ``kind``: forwarded (the first hands it on), enclosed (its attachment), notice (it only shares the file). What stands in
    a forwarded or enclosed letter is in the tables too, in the zones ``plan`` and ``attachment``; another notice is not.
    """

    kind: str
    title: str | None
    doc_number: str | None
    issuers: tuple[str, ...]
    addressees: str | None
    issue_date: str | None
    span: Span


class Fields(Struct, frozen=True):
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


class Tables(Struct, frozen=True):
    fields: Fields
    sections: tuple[SectionRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    dates: tuple[DateRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    citations: tuple[CitationRow, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()
    parts: tuple[PartRow, ...] = ()


class Notice(Struct, frozen=True):
    """Everything known of one document."""

    notice_id: str
    source: Source
    manuscript: Manuscript
    tables: Tables
    findings: tuple[Finding, ...] = ()

    @property
    def document(self) -> Document:
        return self.manuscript.document


class Failure(Struct, frozen=True):
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
    "parts": PartRow,
    "findings": Finding,
}


def to_record(notice: Notice) -> dict[str, Any]:
    """The JSON object of a notice: plain dicts, lists, strings, numbers, None."""
    values = notice.tables.fields
    document = notice.document
    region = asdict(values.region)
    record: dict[str, Any] = {
        "notice_id": notice.notice_id,
        "source": asdict(notice.source),
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


_PLAIN = (str, int, float)


def plain(value: Any, document: Document) -> Any:
    """A row, span or tuple as JSON values; a span gains its page and box."""
    if value is None or isinstance(value, _PLAIN):
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
    return {name: plain(item, document) for name, item in asdict(value).items()}
