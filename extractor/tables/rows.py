"""Rows of the list tables: units, contacts, citations, attachments."""

from msgspec.structs import replace

from extractor.model import CitationValue, ContactValue, Manuscript, Mention, TextValue, UnitName
from extractor.rulebook import Rulebook
from extractor.schema import AttachmentRow, CitationRow, ContactRow, Resolved, UnitRow
from extractor.text import with_area

_ROLES = ("issuer", "addressee", "lead", "support", "organiser", "report_to", "member", "seal", "mentioned")


def unit_rows(resolved: Resolved, rulebook: Rulebook) -> tuple[UnitRow, ...]:
    """One row a body: every surface form of it, with all its roles and places, named by its first full form."""
    groups: dict[str, tuple[list[Mention], list[UnitName]]] = {}
    for mention in resolved.mentions:
        unit = mention.value
        if mention.kind == "unit" and isinstance(unit, UnitName):
            mentions, units = groups.setdefault(unit.key or unit.name, ([], []))
            mentions.append(mention)
            units.append(unit)
    rows = []
    for mentions, units in groups.values():
        names = list(dict.fromkeys([unit.name for unit in units]))
        roles = {m.role for m in mentions if m.role}
        if len(roles) > 1:
            roles.discard("mentioned")
        fulls = [unit.full_name for unit in units if unit.full_name]
        full = fulls[0] if fulls else None
        rows.append(
            UnitRow(
                name=names[0],
                full_name=full,
                roles=tuple([role for role in _ROLES if role in roles]),
                spans=tuple(dict.fromkeys([m.span for m in mentions])),
                group=any(unit.group for unit in units),
                aliases=tuple(names[1:]),
                confidence=max([m.confidence for m in mentions]),
                entity=rulebook.renames.entity(full) if full else None,
            )
        )
    return tuple(rows)


def contact_rows(manuscript: Manuscript, resolved: Resolved, rulebook: Rulebook) -> tuple[ContactRow, ...]:
    """One row a person, number, mailbox or address; local numbers gain the region's area code."""
    area = rulebook.area_code(resolved.region.code)
    rows = []
    for mention in resolved.mentions:
        if mention.kind != "contact" or not isinstance(mention.value, ContactValue):
            continue
        made = mention.value
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
    numbers: dict[str, str] = {}
    for mention in resolved.mentions:
        if (
            mention.kind == "citation"
            and isinstance(mention.value, CitationValue)
            and mention.value.doc_number
        ):
            numbers.setdefault(mention.value.title, mention.value.doc_number)
    for mention in resolved.mentions:
        if mention.kind != "citation" or not isinstance(mention.value, CitationValue):
            continue
        made = mention.value
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
        for m in resolved.mentions
        if m.kind == "attachment" and m.role != "unlisted" and isinstance(m.value, TextValue)
    )
