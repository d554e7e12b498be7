"""Every sentence of cases/time_expressions.yaml: what is found, its days, its time, its status; and nothing in the negatives."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.entities import dates
from extractor.model import DateParts, Document, Manuscript, Outline
from extractor.resolve import calendar
from extractor.rulebook import Rulebook
from extractor.text import fold, read

_FILE = Path(__file__).parent / "cases" / "time_expressions.yaml"


def _cases() -> Iterator[Any]:
    for group in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["groups"]:
        for case in group["cases"]:
            yield pytest.param({"ref": group["ref"], **case}, id=f"{group['name']}: {case['text'][:20]!r}")


CASES = tuple(_cases())


def found(case: dict[str, Any], rulebook: Rulebook) -> list[tuple[Any, ...]]:
    """(raw, start, end, time, status) of every date of the sentence, read against its reference date."""
    text, ref = case["text"], case["ref"]
    document = Document("case", "txt", text, (), "")
    manuscript = Manuscript(document, read(text, rulebook.forms), Outline(()))
    period = tuple(str(day) for day in case.get("period", ())) or (None, None)
    rows = []
    for mention in dates.find(manuscript, rulebook):
        assert isinstance(mention.value, DateParts)
        made = calendar.value(mention.value, ref.year, "reference", period, ref.isoformat())
        rows.append((fold(document.quote(mention.span)), made.start, made.end, made.time, made.status))
    return rows


@pytest.mark.parametrize("case", CASES)
def test_sentence(case: dict[str, Any], rulebook: Rulebook) -> None:
    expected = []
    for raw, start, end, *rest in case["dates"]:
        more = rest[0] if rest else {}
        days = [None if day is None else str(day) for day in (start, end)]
        expected.append((fold(str(raw)), *days, more.get("time"), more.get("status", "ok")))
    assert found(case, rulebook) == expected


_PIECES = st.sampled_from(
    (
        *"年月日周期间束结后内第季度五以来旬上中下：点时-/.·0123456789一二三四五十廿〇○Ox×_*即起至到前底初末每本今明去农历正腊（） \n\t",
        *"星期 工作日 之日起 2023年 4月 20日 上午 9:00 — 宣传周 〔2023〕12号 周年".split(),
    )
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_heap_of_date_words_is_read_in_order(rulebook: Rulebook, text: str) -> None:
    """No words break the finder or the calendar; spans follow one another; every day given exists."""
    document = Document("case", "txt", text, (), "")
    manuscript = Manuscript(document, read(text, rulebook.forms), Outline(()))
    end = 0
    for mention in dates.find(manuscript, rulebook):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        assert isinstance(mention.value, DateParts)
        made = calendar.value(mention.value, 2023, "title", ("2023-04-20", "2023-04-26"), "2023-04-03")
        for day in (made.start, made.end):
            assert day is None or date.fromisoformat(day).isoformat() == day


def test_the_set_is_as_large_as_it_says() -> None:
    cases = [param.values[0] for param in CASES]
    assert len(cases) >= 300
    assert sum(not case["dates"] for case in cases) >= 80
    assert len({case["text"] for case in cases}) == len(cases)
    assert {case["ref"].year for case in cases} >= set(range(2008, 2026))
