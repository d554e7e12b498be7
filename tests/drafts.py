"""Invented texts as manuscripts, and the cases of tests/cases/*.yaml."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractor.model import Document, Link, Manuscript, Run, Span, Table
from extractor.rulebook import Rulebook, load_rulebook
from extractor.sections import segment
from extractor.text import read


@cache
def rulebook() -> Rulebook:
    return load_rulebook()


def draft(
    text: str, *, format: str = "txt", tables: tuple[Table, ...] = (), links: tuple[Link, ...] = ()
) -> Manuscript:
    """A text as the text reader would hand it over: paragraphs parted by line feeds."""
    document = Document(
        name="draft",
        format=format,
        text=text,
        runs=(Run(0, len(text), 1, 1),),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        tables=tables,
        links=links,
    )
    reading = read(text, rulebook().forms)
    return Manuscript(document, reading, segment(document, reading, rulebook()))


def grid(rows: list[list[str]], before: str = "", after: str = "") -> Manuscript:
    """A text with one table in it, cells parted by tabs as readers do."""
    text = before
    spans = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            text += "\t" if place else ""
            cells.append(Span(len(text), len(text) + len(cell)))
            text += cell
        text += "\n"
        spans.append(tuple(cells))
    table = Table(Span(spans[0][0].start, spans[-1][-1].end), tuple(spans))
    return draft(text + after, tables=(table,))


def cases(name: str) -> list[Any]:
    """The cases of tests/cases/``name``.yaml."""
    path = Path(__file__).parent / "cases" / f"{name}.yaml"
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))
