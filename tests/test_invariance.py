"""The same notice gives the same record from every format; paragraphs come back from pages as they were set."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from extractor.readers import read_document
from extractor.readers.programs import find_soffice
from extractor.settings import Settings
from extractor.text import fold
from tests.invariance import (
    CHECKOUT,
    EXPLAINED,
    MADE,
    Difference,
    boundaries,
    differences,
    lines_of,
    made,
    record,
    suits,
    through_office,
    unexplained,
)
from tests.made_pdf import Setting

NOTICES = CHECKOUT / "corpus/notices"
FORMATS = CHECKOUT / "corpus/formats"
PATHS = sorted(NOTICES.glob("*.txt"))
TEXTS = sorted({path.stem for path in FORMATS.iterdir()})
SETTINGS = {
    "usual": Setting(),
    "small": Setting(size=12, leading=20, left=90, right=510),
    "narrow": Setting(size=14, leading=26, left=120, right=470),
}


def of_text(path: Path) -> dict[str, Any]:
    return record(path.read_bytes(), path.name)


def gold(path: Path) -> dict[str, Any]:
    made_of: dict[str, Any] = json.loads(
        (CHECKOUT / f"corpus/gold/{path.stem}.json").read_text(encoding="utf-8")
    )
    return made_of


@pytest.mark.slow
@pytest.mark.parametrize("kind", MADE)
def test_every_notice_of_the_corpus_in_every_format(kind: str) -> None:
    found: list[tuple[str, Difference]] = []
    compared = 0
    for path in PATHS:
        lines = lines_of(path)
        if suits(gold(path), kind, lines):
            compared += 1
            other = record(made(lines, kind), f"x.{kind}")
            found += [(path.stem, one) for one in unexplained(kind, differences(of_text(path), other))]
    assert compared >= len(PATHS) - 4
    assert found == []


@pytest.mark.parametrize("name", TEXTS)
def test_the_formats_of_the_corpus(name: str) -> None:
    text = of_text(NOTICES / f"{name}.txt")
    for kind in ("docx", "html", "pdf"):
        other = record((FORMATS / f"{name}.{kind}").read_bytes(), f"x.{kind}")
        assert unexplained(kind, differences(text, other)) == [], kind


@pytest.mark.slow
@pytest.mark.skipif(find_soffice() is None, reason="missing part: LibreOffice")
def test_word_files_of_the_corpus_as_old_word_files(tmp_path: Path) -> None:
    old = through_office(tmp_path, {name: (FORMATS / f"{name}.docx").read_bytes() for name in TEXTS})
    assert sorted(old) == TEXTS
    for name, raw in old.items():
        assert differences(of_text(NOTICES / f"{name}.txt"), record(raw, "x.doc")) == [], name


def test_the_reference_notices_in_every_format(shared: Path) -> None:
    """Where a file holds the words of the Word file, it gives the same record; where it lacks some, only those."""
    words: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted((shared / "formats").iterdir()):
        if "-scan" not in path.stem:
            words.setdefault(path.stem, {})[path.suffix[1:]] = record(path.read_bytes(), path.name)
    assert len(words) >= 2
    for stem, by_kind in words.items():
        word = by_kind.pop("docx")
        by_kind["txt"] = of_text(shared / "notices" / f"{stem}.txt")
        for kind, other in by_kind.items():
            if fold(other["text"]) == fold(word["text"]):
                assert unexplained(kind, differences(word, other)) == [], (stem, kind)
            single = [one for one in differences(word, other) if one.field not in LISTS]
            assert single == [], (stem, kind)
        # What a finding quotes around a sign may begin a character later: a blank counts as one where the page shows it.
        rest = differences(by_kind["pdf"], by_kind["ofd"])
        assert all(one.field == "findings" for one in rest), stem
        assert codes(rest, "-") == codes(rest, "+"), stem


def codes(found: Iterable[Difference], sign: str) -> list[str]:
    return sorted(json.loads(one.value)["code"] for one in found if one.sign == sign)


LISTS = ("sections", "items", "activities", "dates", "units", "findings")


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("kind", ["pdf", "ofd"])
def test_paragraphs_of_the_corpus_come_back_from_pages(kind: str, name: str) -> None:
    """Recall of paragraph boundaries at least 0.97, precision at least 0.95, over all notices without a table."""
    hit = wanted = given = 0
    for path in PATHS:
        lines = lines_of(path)
        if suits(gold(path), kind, lines):
            document = read_document(made(lines, kind, SETTINGS[name]), "x", Settings())
            assert fold(document.text) == fold("".join(line.text for line in lines)), path.stem
            expected, found = boundaries(line.text for line in lines), boundaries(document.text.split("\n"))
            hit, wanted, given = hit + len(expected & found), wanted + len(expected), given + len(found)
    assert hit / wanted >= 0.97
    assert hit / given >= 0.95


@pytest.mark.parametrize("name", TEXTS)
def test_paragraphs_of_each_pdf_of_the_corpus(name: str) -> None:
    document = read_document((FORMATS / f"{name}.pdf").read_bytes(), "x", Settings())
    source = of_text(NOTICES / f"{name}.txt")["text"]
    assert fold(document.text) == fold(source)
    expected, found = boundaries(source.split("\n")), boundaries(document.text.split("\n"))
    assert len(expected & found) / len(expected) >= 0.97
    assert len(expected & found) / len(found) >= 0.95


def test_differences_are_seen() -> None:
    """The comparison itself: values, rows and the words of rows count, places and blanks do not."""
    text = "一、活动时间\n4月20日 至26日"
    row = {"raw": "4月20日 至26日", "span": {"start": 7, "end": 16, "page": 1, "box": None}}
    one = {"title": "通 知", "dates": [row], "findings": [], "text": text, "source": {"format": "txt"}}
    same = {**one, "title": "通知", "text": "序" + text, "source": {"format": "pdf"}}
    same["dates"] = [
        {"raw": "4月20日至26日", "span": {"start": 8, "end": 17, "page": 2, "box": [0, 0, 1, 1]}}
    ]
    assert differences(one, same) == []
    assert [d[:2] for d in differences(one, {**same, "title": "公告"})] == [("title", "+"), ("title", "-")]
    assert [d[:2] for d in differences(one, {**same, "text": "另" * 20})] == [("dates", "+"), ("dates", "-")]
    assert [d[:2] for d in differences(one, {**same, "dates": []})] == [("dates", "-")]
    finding = {"code": "P08", "quote": "一", "span": {"start": 0, "end": 1}}
    found = differences({**one, "findings": [finding]}, one)
    assert unexplained("txt", found) == found
    assert unexplained("pdf", found) == []
    assert all(why for codes in EXPLAINED.values() for why in codes.values())
