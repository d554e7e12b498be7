"""Heads and pages: full marks for accepted readings, a drop in the right place for every damage."""

from collections.abc import Callable
from pathlib import Path

import pytest
from damage import Record, add, damaged, drop, finding, judged_head, put
from invented_gold import head
from perfect_records import perfect_head

from extractor.evaluate import run, score_heads

HEAD_DAMAGES: dict[str, tuple[Callable[[Record], None], set[str]]] = {
    "title": (put("title", to=None), {"title"}),
    "issuer": (put("issuers", to=["清河區平安辦"]), {"issuer"}),
    "addressees": (put("addressees", to="各乡镇,各学校"), {"addressees"}),
    "region": (put("region", "name", to="云溪市"), {"region"}),
    "region null": (put("region", "name", to=None), {"region"}),
    "year": (put("year", to=None), {"year"}),
    "period": (put("period", "end", to=None), {"period"}),
    "theme": (put("theme", to="人人讲平安"), {"theme"}),
    "issue date invented": (put("issue_date", to="2031-05-01"), {"issue_date"}),
    "section lost": (drop("sections", 1), {"sections", "labels"}),
    "section invented": (add("sections", {"heading": "三、其他", "canonical": "其他"}), {"sections"}),
    "label": (put("sections", 0, "canonical", to="活动主题"), {"labels"}),
    "alarm": (add("findings", finding("清河广场")), {"alarms"}),
}
HEAD_HARMLESS: dict[str, Callable[[Record], None]] = {
    "width": put("addressees", to="各乡镇（街道），各学校"),
    "simplified": put("theme", to="人人讲平安处处有安心"),
    "literal": put("theme", to="人人講平@@安 處處有安心"),
    "issuers one by one": put("issuers", to=["清河區教育局", "清河區平安辦"]),
    "region with its parents": put("region", "name", to="云溪市清河区"),
    "region by its lowest part": put("region", to={"name": "云溪市清河", "city": "云溪市", "county": "清河"}),
    "clean heading": put("sections", 0, "heading", to="一、 活动时间"),
    "schedule": put("sections", 1, "canonical", to="活动安排"),
    "other accepted kind": put("sections", 1, "canonical", to="工作要求"),
    "deeper section": add("sections", {"heading": "（一）启动", "canonical": "其他", "level": 2}),
    "section without heading": add("sections", {"heading": None, "canonical": "其他", "level": 1}),
}


def test_perfect_head_has_full_marks() -> None:
    scores = judged_head(perfect_head(head()))
    assert damaged(scores) == set()
    assert {metric for _, metrics in HEAD_DAMAGES.values() for metric in metrics} == set(scores.metrics)


@pytest.mark.parametrize("name", HEAD_DAMAGES)
def test_damage_to_a_head_is_seen_where_it_is(name: str) -> None:
    change, metrics = HEAD_DAMAGES[name]
    record = perfect_head(head())
    change(record)
    scores = judged_head(record)
    assert damaged(scores) == metrics
    assert {miss.metric for miss in scores.misses} <= metrics


@pytest.mark.parametrize("name", HEAD_HARMLESS)
def test_accepted_readings_of_a_head(name: str) -> None:
    record = perfect_head(head())
    HEAD_HARMLESS[name](record)
    assert judged_head(record).misses == ()


def test_null_of_a_head_must_be_null() -> None:
    gold = {
        **head(),
        **dict.fromkeys(
            ("title", "issuer", "addressees", "region", "year", "theme", "period_start", "period_end")
        ),
        "literal": {},
        "simplified": {},
    }
    assert judged_head(perfect_head(gold), gold).misses == ()
    wrong = {"title", "issuer", "addressees", "region", "year", "theme", "period"}
    assert damaged(judged_head(perfect_head(head()), gold)) == wrong


def test_missing_head_is_wrong_even_where_gold_is_null() -> None:
    assert "issue_date" in damaged(score_heads({}, [head()]))


def test_pages_are_judged_by_title_issuer_and_number(tmp_path: Path) -> None:
    row = "1.html,关于平安月的批复,云溪市政府、清河军分区,云府〔2031〕3号"
    (tmp_path / "gold.csv").write_text(f"file,title,issuer,doc_number\n{row}\n", encoding="utf-8")
    record = {
        "title": "关于平安月的批复",
        "issuers": ["云溪市政府", "清河军分区"],
        "doc_number": "云府〔2031〕3号",
    }
    assert run(tmp_path, {"1.html": record})[1]["misses"] == []
    for name in record:
        _, values = run(tmp_path, {"1.html": {**record, name: None}})
        assert {miss["metric"] for miss in values["misses"]} == {name.removesuffix("s")}
    _, values = run(tmp_path, {"1.html": {**record, "findings": [finding("清河广场")]}})
    assert values["figures"]["alarms"] == 1
