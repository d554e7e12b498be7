"""One notice in several formats gives one record: the notices of corpus/ set in each format, and what their records differ in.

Used by tests/test_invariance.py and benchmarks/invariance.py.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extractor.pipeline import process
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import TABLES, Notice, to_record
from extractor.settings import Settings
from extractor.text import fold
from tests.made_ofd import notice_ofd
from tests.made_pdf import Setting, notice_pdf

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "scripts"))

import make_corpus_formats as corpus_formats

MADE = ("docx", "html", "pdf", "ofd")
"""Formats every notice of corpus/ is set in."""
EXPLAINED: dict[str, dict[str, str]] = {
    "pdf": {
        "P08": "blanks are read off the distances of characters, as wide as they please: none is called stray",
        "N09": "the text's Markdown signs are no longer in the file that was made",
        "F09": "the text's page numbers are no longer in the file that was made",
    },
    "docx": {"N09": "as for pdf", "F09": "as for pdf"},
    "html": {
        "N09": "as for pdf",
        "F09": "as for pdf",
        "F01": "a page shows the number of the notice beside it, or not at all: its absence is no fault",
        "F06": "a page shows no colophon",
        "A01": "a page links its attachments: only a hint",
    },
}
EXPLAINED["ofd"] = EXPLAINED["pdf"]
"""Format → code of a check → why its findings need not be those of the text. Everything else must agree."""

# Of a row: where its words stand. What they are is compared instead.
_PLACES = {"line", "column", "page", "box", "start_line", "end_line"}


class Difference(NamedTuple):
    """A value of a record that the other format does not give, or gives beside: ``field``, ``-`` or ``+``, the value."""

    field: str
    sign: str
    value: str


def record(raw: bytes, name: str) -> dict[str, Any]:
    """The record of a file; AssertionError when it cannot be read."""
    notice = process(raw, name, _rules(), Settings(ocr="never"))
    assert isinstance(notice, Notice), notice
    return to_record(notice)


@cache
def _rules() -> Rulebook:
    return load_rulebook()


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """What two records of the same notice do not have in common, places left out and blanks folded."""
    mine, theirs = Counter(_values(one)), Counter(_values(other))
    return sorted(
        Difference(field, sign, value)
        for sign, rest in (("-", mine - theirs), ("+", theirs - mine))
        for field, value in rest.elements()
    )


def _values(made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    text = made["text"]
    for field, value in made.items():
        if field in ("notice_id", "source", "spans", "text", "warnings"):
            continue
        for row in value if field in TABLES else (value,):
            yield field, json.dumps(_words(row, text), ensure_ascii=False, sort_keys=True)


def _words(value: Any, text: str) -> Any:
    """A value with each span replaced by the words it covers."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, list):
        return [_words(one, text) for one in value]
    if isinstance(value, dict):
        if "start" in value and "end" in value and isinstance(value["start"], int):
            return fold(text[value["start"] : value["end"]])
        return {key: _words(one, text) for key, one in value.items() if key not in _PLACES}
    return value


def unexplained(kind: str, found: Iterable[Difference]) -> list[Difference]:
    """The differences that ``EXPLAINED`` does not name."""
    codes = {f'"code": "{code}"' for code in EXPLAINED.get(kind, {})}
    return [
        one for one in found if not (one.field == "findings" and any(code in one.value for code in codes))
    ]


def suits(gold: Mapping[str, Any], kind: str, lines: Sequence[corpus_formats.Line]) -> bool:
    """Whether a notice can be set in a format: not the lines of a web page about itself, nor tables where they are blanks."""
    web = any("web" in trait for trait in gold.get("traits", ()))
    table = any(line.kind == "row" for line in lines)
    return not (web and kind != "docx") and not (table and kind in ("pdf", "ofd"))


def boundaries(paragraphs: Iterable[str]) -> set[int]:
    """Where paragraphs end, in characters that are no blanks; the end of the text left out."""
    places, length = [], 0
    for paragraph in paragraphs:
        if bare := fold(paragraph):
            length += len(bare)
            places.append(length)
    return set(places[:-1])


def through_office(folder: Path, raws: Mapping[str, bytes], kind: str = "doc") -> dict[str, bytes]:
    """Word files by name, converted by LibreOffice; empty when it does not run."""
    source, target = folder / "docx", folder / kind
    source.mkdir()
    for name, raw in raws.items():
        (source / f"{name}.docx").write_bytes(raw)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir",
         str(target), *map(str, sorted(source.iterdir()))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {path.stem: path.read_bytes() for path in sorted(target.glob(f"*.{kind}"))}


def lines_of(path: Path) -> tuple[corpus_formats.Line, ...]:
    """The paragraphs of a text file as the reader gives them, each with its kind."""
    return corpus_formats.classify(record(path.read_bytes(), path.name)["text"])


def made(lines: tuple[corpus_formats.Line, ...], kind: str, setting: Setting | None = None) -> bytes:
    """A notice set in a format of ``MADE``. Tables are tables in DOCX and HTML; elsewhere there are none, see ``suits``."""
    if kind == "docx":
        return corpus_formats.make_docx(lines, automatic=False)
    if kind == "html":
        return corpus_formats.make_html(lines)
    places = [(line.text, PLACES.get(line.kind, "body")) for line in lines]
    return (notice_pdf if kind == "pdf" else notice_ofd)(places, setting)


PLACES = {
    "letterhead": "centre",
    "docno": "centre",
    "title": "title",
    "addressee": "flush",
    "right": "right",
    "colophon": "flush",
}
