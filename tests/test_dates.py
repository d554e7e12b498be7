"""Dates from text to calendar days: cases/dates.yaml."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.entities import dates
from extractor.model import Manuscript
from extractor.readers.txt import read_txt
from extractor.resolve import calendar, lunar, resolve
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
def test_case(case: dict[str, Any], rulebook: Rulebook) -> None:
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
    import dateparser

    base = {"RELATIVE_BASE": datetime(2023, 4, 1)}
    wrong = {"10月30日": (10, 30), "4月26日前": (4, 26)}
    for text, right in wrong.items():
        parsed = dateparser.parse(text, languages=["zh"], settings=base)  # type: ignore[arg-type]
        assert parsed is None or (parsed.month, parsed.day) != right
        assert calendar.confirmed(text) is None
    complete = dateparser.parse("2023年4月18日", languages=["zh"])
    assert complete is not None
    assert complete.date().isoformat() == "2023-04-18"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年4月18日", "2023-04-18"),
        ("2023 年 4 月 18 日 09:30", "2023-04-18"),
        ("2023-04-18", "2023-04-18"),
        ("2023/4/18", "2023-04-18"),
        ("2023.4.18", "2023-04-18"),
        ("2023-04-18T08:00:00+08:00", "2023-04-18"),
        ("Tue, 18 Apr 2023 08:00:00 GMT", "2023-04-18"),
        ("April 18, 2023", "2023-04-18"),
        ("2023年4月", None),
        ("2023", None),
        ("2023年2月29日", None),
        ("2023年4月31日", None),
        ("4月20日", None),
        ("10月30日", None),
        ("4月26日前", None),
        ("4月26日至2023年", None),
        ("2023年4月20日至26日", None),
        ("某政办发〔2023〕12号", None),
        ("", None),
    ],
)
def test_only_complete_dates_are_confirmed(text: str, day: str | None) -> None:
    assert calendar.confirmed(text) == day


def test_dateparser_agrees_with_every_complete_date_of_the_sentences() -> None:
    complete = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}([-/.])\d{1,2}\1\d{1,2}", re.A)
    file = Path(__file__).parent / "cases" / "time_expressions.yaml"
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    dates_found = [date for group in groups for case in group["cases"] for date in case["dates"]]
    checked = [(str(raw), start) for raw, start, *_ in dates_found if complete.fullmatch(str(raw))]
    assert len(checked) > 15
    for raw, start in checked:
        assert calendar.confirmed(raw) == (start and str(start)), raw


def test_lunar_days_are_those_of_the_holiday_table() -> None:
    """The table of lunar years against the dates rules/calendar.yaml gives the lunar holidays, year by year."""
    rules = Path(__file__).parents[1] / "rules" / "calendar.yaml"
    holidays = yaml.safe_load(rules.read_text(encoding="utf-8"))["holidays"]
    lunar_days = {
        "春节": (1, 1),
        "元宵节": (1, 15),
        "端午节": (5, 5),
        "七夕节": (7, 7),
        "中秋节": (8, 15),
        "重阳节": (9, 9),
    }
    for name, (month, day) in lunar_days.items():
        for year, printed in holidays[name]["dates"].items():
            found = lunar.common(year, month, day)
            assert found is not None
            assert found.isoformat() == f"{year}-{printed}", (name, year)


def test_lunar_months_that_do_not_exist() -> None:
    assert lunar.common(2023, 2, 1, leap=True) == date(2023, 3, 22)
    assert lunar.common(2024, 2, 1, leap=True) is None
    assert lunar.common(2023, 1, 30) is None
    assert lunar.common(1999, 1, 1) is None
    assert lunar.common(2051, 1, 1) is None


def test_a_page_s_own_date_gives_no_year(rulebook: Rulebook) -> None:
    text = "某局节水宣传活动方案\n\n2024-11-26\n\n为做好节水宣传，制定本方案。\n一、活动时间\n20xx年5月25日至6月10日\n二、活动内容\n5月28日广场咨询。"
    document = read_txt(text.encode(), "case.txt", Settings())
    reading = read(document.text, rulebook.forms)
    manuscript = Manuscript(document, reading, segment(document, reading, rulebook))
    found = resolve(manuscript, tuple(dates.find(manuscript, rulebook)), rulebook)
    assert found.year is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("各单位：\n今年4月22日是第48个“世界地球日”，现将有关事项通知如下。", 2017),
        ("各单位：\n世界地球日始于1970年。今年是第48个世界地球日，现通知如下。", 2017),
        ("各单位：\n今年是第48个世界地球日，去年第四十七个世界地球日收效良好。", None),
        ("各单位：\n这一天是我国第一个全国低碳日，现通知如下。", None),
        ("各单位：\n今年是第48个世界地球日。\n活动时间：20xx年4月22日。", None),
        ("各单位：\n今年是第48个护林节，现通知如下。", None),
        ("2019年护林宣传方案\n今年是第48个世界地球日，开展“2017年护林宣传周”活动。", 2017),
        ("2019年护林宣传方案\n今年是第48个世界地球日，2019年5月9日前报送2017年总结。", 2019),
        ("2019年护林宣传方案\n今年是第48个世界地球日，现将方案公布如下。", 2019),
    ],
)
def test_the_number_of_a_day_gives_the_year(text: str, year: int | None, rulebook: Rulebook) -> None:
    document = read_txt(text.encode(), "case.txt", Settings())
    reading = read(document.text, rulebook.forms)
    manuscript = Manuscript(document, reading, segment(document, reading, rulebook))
    assert resolve(manuscript, tuple(dates.find(manuscript, rulebook)), rulebook).year == year
