"""Dates from text to calendar days: cases/dates.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.entities import dates
from extractor.model import Manuscript
from extractor.readers.txt import read_txt
from extractor.resolve import resolve
from extractor.rulebook import Rulebook
from extractor.schema import DateRow
from extractor.sections import segment
from extractor.settings import Settings
from extractor.tables import date_rows
from extractor.text import fold, read

_FILE = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8"))


def rows(text: str, rulebook: Rulebook) -> tuple[DateRow, ...]:
    """The date rows of the last line of a notice whose title names the year of the case file."""
    notice = f"关于开展{_FILE['year']}年某项活动的通知\n各有关单位：\n{text}"
    document = read_txt(notice.encode(), "case.txt", Settings())
    reading = read(document.text, rulebook.forms)
    manuscript = Manuscript(document, reading, segment(document, reading, rulebook))
    found = resolve(manuscript, tuple(dates.find(manuscript, rulebook)), rulebook)
    start = document.text.index("各有关单位")
    return tuple(row for row in date_rows(manuscript, found) if row.span.start > start)


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize("case", _FILE["cases"], ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any], rulebook: Rulebook, request: pytest.FixtureRequest) -> None:
    if case.get("known_gap"):
        request.applymarker(pytest.mark.xfail(strict=True, reason="known gap, named in the case file"))
    found = rows(case["text"], rulebook)
    assert [row.raw for row in found] == [fold(expected[0]) for expected in case["dates"]]
    for row, expected in zip(found, case["dates"], strict=True):
        assert (row.start, row.end) == (_plain(expected[1]), _plain(expected[2])), row
        for name, value in (expected[3] if len(expected) > 3 else {}).items():
            assert getattr(row, name) == value, (name, row)


def test_a_bare_date_takes_the_document_year_not_that_of_a_wrong_neighbour(rulebook: Rulebook) -> None:
    found = rows("请于2022年5月8日前报名，4月24日参加培训。", rulebook)
    assert [(row.start or row.end, row.year_from) for row in found] == [
        ("2022-05-08", "explicit"),
        ("2023-04-24", "title"),
    ]


def test_without_any_year_a_date_stays_open(rulebook: Rulebook) -> None:
    document = read_txt("各单位：\n请于4月24日参加培训。".encode(), "case.txt", Settings())
    reading = read(document.text, rulebook.forms)
    manuscript = Manuscript(document, reading, segment(document, reading, rulebook))
    row = date_rows(manuscript, resolve(manuscript, tuple(dates.find(manuscript, rulebook)), rulebook))[0]
    assert (row.start, row.end, row.year_from) == (None, None, "none")


def test_dateparser_reads_bare_dates_wrongly_which_is_why_it_does_not_find_them() -> None:
    """Pins the trap of DESIGN §5: silently wrong, so it may only confirm complete dates."""
    from datetime import datetime

    import dateparser

    base = {"RELATIVE_BASE": datetime(2023, 4, 1)}
    wrong = {"10月30日": (10, 30), "4月26日前": (4, 26)}
    for text, right in wrong.items():
        parsed = dateparser.parse(text, languages=["zh"], settings=base)  # type: ignore[arg-type]
        assert parsed is None or (parsed.month, parsed.day) != right
    complete = dateparser.parse("2023年4月18日", languages=["zh"])
    assert complete is not None
    assert complete.date().isoformat() == "2023-04-18"
