"""Evidence: what was read and what was found in it, as frozen values.

Offsets are characters, half-open, into ``Document.text``. Lines, columns and pages count from 1. Boxes are in points,
origin at the top left of the page. No I/O, no regular expressions, no rules here.
"""

from extractor.model.document import Box, Document, Link, Mark, Place, Reading, Run, Span, Table
from extractor.model.finding import Elsewhere, Finding, Fix, Related, Severity
from extractor.model.mention import (
    ActivityValue,
    CitationValue,
    ContactValue,
    DateParts,
    DateValue,
    Mention,
    TextValue,
    UnitName,
    Value,
)
from extractor.model.outline import Item, Letter, Line, Manuscript, Outline, Section

__all__ = [
    "ActivityValue",
    "Box",
    "CitationValue",
    "ContactValue",
    "DateParts",
    "DateValue",
    "Document",
    "Elsewhere",
    "Finding",
    "Fix",
    "Item",
    "Letter",
    "Line",
    "Link",
    "Manuscript",
    "Mark",
    "Mention",
    "Outline",
    "Place",
    "Reading",
    "Related",
    "Run",
    "Section",
    "Severity",
    "Span",
    "Table",
    "TextValue",
    "UnitName",
    "Value",
]
