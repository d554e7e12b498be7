"""What must hold for every value of every notice: spans lead to the words, words to the file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings
from extractor.text import fold

CHECKOUT = Path(__file__).resolve().parents[1]
NOTICES = sorted((CHECKOUT / "corpus" / "notices").glob("*.txt"))
SHARED = sorted((CHECKOUT.parent / "shared" / "notices").glob("*.txt")) + sorted(
    (CHECKOUT.parent / "shared" / "heads").glob("*.txt")
)
QUOTED = {"dates": "raw", "sections": "heading", "items": "marker", "contacts": "raw", "findings": "quote"}


def notice(raw: bytes, name: str, rulebook: Rulebook) -> Notice:
    made = process(raw, name, rulebook, Settings())
    assert isinstance(made, Notice), made
    return made


def words(record: dict[str, Any], span: dict[str, Any]) -> str:
    return str(record["text"][span["start"] : span["end"]])


def check(record: dict[str, Any]) -> None:
    """Every table's values are the words their spans cover."""
    for table, field in QUOTED.items():
        for row in record[table]:
            _row_is_its_words(record, table, row[field], words(record, row["span"]))
    for finding in record["findings"]:
        for other in finding["related"]:
            assert words(record, other["span"]) == other["quote"]
    for row in record["units"]:
        names = {fold(name).strip("（）()") for name in (row["name"], *row["aliases"])}
        for span in row["spans"]:
            assert fold(words(record, span)).strip("（）()") in names, row
    for row in record["citations"]:
        assert fold(row["title"]) in fold(words(record, row["span"])), row
    for field in ("title", "plan_title", "doc_number", "addressees", "disclosure", "theme", "seal_note"):
        if record[field] is not None:
            assert fold(words(record, record["spans"][field])) == fold(record[field]), field
    _activities_are_words(record)


def _row_is_its_words(record: dict[str, Any], table: str, value: str, quote: str) -> None:
    if table in ("sections", "items"):
        assert fold(value) in fold(record["text"])
    elif table == "findings":
        assert quote == value
    else:
        assert fold(quote) == fold(value), (table, value, quote)


def _activities_are_words(record: dict[str, Any]) -> None:
    text = fold(record["text"])
    for row in record["activities"]:
        assert fold(row["location"] or "") in text
        assert all(fold(unit) in text for unit in (*row["lead_units"], *row["support_units"]))


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_corpus_values_are_their_words(path: Path, rulebook: Rulebook) -> None:
    check(to_record(notice(path.read_bytes(), path.name, rulebook)))


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_real_values_are_their_words(path: Path, rulebook: Rulebook) -> None:
    check(to_record(notice(path.read_bytes(), path.name, rulebook)))


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_every_character_leads_back_to_the_file(path: Path, rulebook: Rulebook) -> None:
    raw = path.read_bytes()
    document = notice(raw, path.name, rulebook).document
    rows = raw.decode(document.encoding or "utf-8").splitlines()
    for offset, char in enumerate(document.text):
        if char == "\n":
            continue
        place = document.place(offset)
        assert rows[place.line - 1][place.column - 1] == char


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["关于", "通知", "各单位：", "一、", "（一）", "4月", "31日", "2023年", "《", "》", "“", "”", "前报送", "附件：", "1.", "\n", " ", "局",
             "活动时间", "活动主题", "联系人：", "0571-55500123", "印发", "。", "，", "至", "—", "第3个", "周年", "市", "责任单位："]
        ),
        st.text(max_size=4),
    ),
    max_size=60,
)  # fmt: skip


@given(pieces=_PIECES)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_line(pieces: list[str], rulebook: Rulebook) -> None:
    """Whatever the text, the pipeline gives a notice or a failure, and its values are their words."""
    made = process("".join(pieces).encode("utf-8", "surrogatepass"), "x.txt", rulebook, Settings())
    if isinstance(made, Notice):
        check(to_record(made))
