"""Rows of the list tables: units, contacts, citations, attachments."""

from msgspec.structs import replace

from extractor.model import CitationValue, ContactValue, Manuscript, Mention, Span, TextValue, UnitName
from extractor.rulebook import Rulebook
from extractor.schema import AttachmentRow, CitationRow, ContactRow, Resolved, UnitRow
from extractor.text import with_area

_ROLES = ("issuer", "addressee", "lead", "support", "organiser", "report_to", "member", "seal", "mentioned")


def unit_rows(resolved: Resolved, rulebook: Rulebook) -> tuple[UnitRow, ...]:
    """One row a body: every surface form of it, with all its roles and places, named by its first full form."""
    groups: dict[str, list[tuple[Mention, UnitName]]] = {}
    for mention in resolved.of("unit"):
        unit = mention.value
        if isinstance(unit, UnitName):
            groups.setdefault(unit.key or unit.name, []).append((mention, unit))
    return tuple([_unit_row(group, rulebook) for group in groups.values()])


def _unit_row(group: list[tuple[Mention, UnitName]], rulebook: Rulebook) -> UnitRow:
    """The row of one body from its mentions, in order."""
    names: dict[str, None] = {}
    spans: dict[Span, None] = {}
    roles: set[str] = set()
    full: str | None = None
    several, confidence = False, 0.0
    for mention, unit in group:
        names[unit.name] = None
        spans[mention.span] = None
        if mention.role:
            roles.add(mention.role)
        full = full or unit.full_name or None
        several = several or unit.group
        confidence = max(confidence, mention.confidence)
    if len(roles) > 1:
        roles.discard("mentioned")
    name, *aliases = names
    return UnitRow(
        name=name,
        full_name=full,
        roles=tuple([role for role in _ROLES if role in roles]),
        spans=tuple(spans),
        group=several,
        aliases=tuple(aliases),
        confidence=confidence,
        entity=rulebook.renames.entity(full) if full else None,
    )


def contact_rows(manuscript: Manuscript, resolved: Resolved, rulebook: Rulebook) -> tuple[ContactRow, ...]:
    """One row a person, number, mailbox or address; local numbers gain the region's area code."""
    area = rulebook.area_code(resolved.region.code)
    rows = []
    for mention in resolved.of("contact"):
        made = mention.value
        if not isinstance(made, ContactValue):
            continue
        value = with_area(made.value, area) if made.kind in ("phone", "fax") else made.value
        rows.append(
            ContactRow(
                made.kind,
                manuscript.quote(mention.span),
                value,
                made.purpose,
                mention.span,
                mention.confidence,
            )
        )
    return tuple(rows)


def citation_rows(resolved: Resolved) -> tuple[CitationRow, ...]:
    """One row a cited document (by title and 文号), at its first place, with its count."""
    rows: dict[tuple[str, str | None], CitationRow] = {}
    cited = [(m, m.value) for m in resolved.of("citation") if isinstance(m.value, CitationValue)]
    numbers: dict[str, str] = {}
    for _, made in cited:
        if made.doc_number:
            numbers.setdefault(made.title, made.doc_number)
    for mention, made in cited:
        if not made.title:
            continue  # a bare 文号 names no document
        number = made.doc_number or numbers.get(made.title)
        key = (made.title, number)
        old = rows.get(key)
        count = old.count + 1 if old else 1
        first = old or CitationRow(
            made.title, number, mention.span, made.kind, made.relation, 0, mention.confidence
        )
        rows[key] = replace(first, relation=first.relation or made.relation, count=count)
    return tuple(rows.values())


def attachment_rows(resolved: Resolved) -> tuple[AttachmentRow, ...]:
    return tuple(
        AttachmentRow(m.value.text, m.value.detail == "present", m.span, m.confidence)
        for m in resolved.of("attachment")
        if m.role != "unlisted" and isinstance(m.value, TextValue)
    )
