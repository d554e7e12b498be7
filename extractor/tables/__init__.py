"""From resolved mentions to the tables of a notice."""

from extractor.model import DateValue, Manuscript
from extractor.rulebook import Rulebook
from extractor.schema import DateRow, ItemRow, Resolved, SectionRow, Tables
from extractor.tables.activities import activity_rows
from extractor.tables.fields import notice_fields
from extractor.tables.rows import attachment_rows, citation_rows, contact_rows, unit_rows
from extractor.text import fold


def tabulate(manuscript: Manuscript, resolved: Resolved, rulebook: Rulebook) -> Tables:
    """Every table of one notice; rows in text order."""
    dates = date_rows(manuscript, resolved)
    return Tables(
        fields=notice_fields(manuscript, resolved, rulebook),
        sections=tuple(
            SectionRow(s.number, s.heading, s.canonical, s.zone, s.level, s.span)
            for s in manuscript.outline.sections
        ),
        items=item_rows(manuscript),
        activities=activity_rows(manuscript, resolved, rulebook),
        dates=dates,
        units=unit_rows(resolved, rulebook),
        contacts=contact_rows(manuscript, resolved, rulebook),
        citations=citation_rows(resolved),
        attachments=attachment_rows(resolved),
    )


def item_rows(manuscript: Manuscript) -> tuple[ItemRow, ...]:
    """One row an item that stands directly under its section: the highest level the section has."""
    outline = manuscript.outline
    owners = [outline.section_at(item.span.start) for item in outline.items]
    highest: dict[int, int] = {}
    for item, owner in zip(outline.items, owners, strict=True):
        place = owner.span.start if owner else -1
        highest[place] = min(item.level, highest.get(place, item.level))
    return tuple(
        ItemRow(item.section, item.marker, item.title, item.span)
        for item, owner in zip(outline.items, owners, strict=True)
        if item.level == highest[owner.span.start if owner else -1]
    )


def date_rows(manuscript: Manuscript, resolved: Resolved) -> tuple[DateRow, ...]:
    """One row a date expression, its words as printed without blanks."""
    rows = []
    for mention in resolved.of("date"):
        made = mention.value
        if not isinstance(made, DateValue):
            continue
        rows.append(
            DateRow(
                raw=fold(manuscript.quote(mention.span)),
                start=made.start,
                end=made.end,
                time=made.time,
                precision=made.precision,
                role=mention.role,
                year_from=made.year_from,
                status=made.status,
                span=mention.span,
                form=made.parts.form,
                confidence=mention.confidence,
            )
        )
    return tuple(rows)
