"""Values and places, reports, comparison of runs, and reading gold from disk."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from damage import judged
from invented_gold import FILE, TEXT, annotation
from perfect_records import perfect_head, perfect_record

from extractor.errors import UsageError
from extractor.evaluate import (
    compare_runs,
    load_gold,
    render,
    render_change,
    run,
    score_gold,
    score_heads,
)
from extractor.evaluate.align import Alignment
from extractor.evaluate.values import accepted, activity_days, clocks, days, value_right


def test_alignment_gives_no_place_to_foreign_text() -> None:
    alignment = Alignment("第一行文字。第二行文字。", "第一行文字。——9——第二行文字。")
    assert alignment.interval(0, 6) == (0, 6)
    assert alignment.interval(6, 11) is None
    assert alignment.interval(5, 12) == (5, 7)
    assert alignment.interval(0, 0) is None


def test_words_are_looked_for_from_their_line_on() -> None:
    alignment = Alignment("平安月\n四月\n平安月\n", "")
    assert alignment.at_line("平安月", 1) == (0, 3)
    assert alignment.at_line("平安月", 2) == (5, 8)
    assert alignment.at_line("平安月", None) == (0, 3)
    assert alignment.at_line("没有", 1) is None


def test_days_expand_years_and_months() -> None:
    assert days("2023", "2023") == ("2023-01-01", "2023-12-31")
    assert days("2024-02", "2024-02") == ("2024-02-01", "2024-02-29")
    assert days("2023-04-24T09:00", None) == ("2023-04-24", None)
    assert days(None, "") == (None, None)
    assert clocks("2023-04-19T14:00", "9:30-11：05") == {"14:00", "09:30", "11:05"}


def test_only_the_stated_and_the_resolved_form_are_accepted() -> None:
    relative = {"start": None, "end": None, "resolved_start": "2022-04-27", "resolved_end": "2022-05-03"}
    assert accepted(relative) == {(None, None), ("2022-04-27", "2022-05-03")}
    assert accepted({"start": "2022", "end": "2022"}) == {("2022-01-01", "2022-12-31")}
    assert not value_right({"start": "2022", "end": "2022"}, {"start": "2022-01-01", "end": "2022-01-01"})


def test_activity_words_are_resolved_inside_the_activity_first() -> None:
    rows = [
        {"raw": "4月2日", "start": "2031-04-02", "end": "2031-04-02", "span": {"start": 5, "end": 9}},
        {"raw": "4月 2日", "start": "2032-04-02", "end": "2032-04-02", "span": {"start": 50, "end": 55}},
    ]
    inside = {"span": {"start": 40, "end": 90}}
    assert activity_days("4月2日", inside, {"dates": rows}) == ("2032-04-02", "2032-04-02")
    assert activity_days("每天", inside, {"dates": rows}) == ("每天", None)
    assert activity_days("2031-04-02/2031-04-05", {}, {}) == ("2031-04-02", "2031-04-05")
    assert activity_days("2031-04-02/", {}, {}) == ("2031-04-02", None)
    assert activity_days({"start": "2031-04-02", "end": None}, {}, {}) == ("2031-04-02", None)
    assert activity_days({"start": "2031-04-02T09:00", "end": None}, {}, {}) == ("2031-04-02", "2031-04-02")


def test_confusions_and_report_name_what_was_taken_for_what() -> None:
    record = perfect_record(annotation(), TEXT)
    record["dates"][9]["role"] = "activity"
    record["sections"][3]["canonical"] = "宣传重点"
    scores = judged(record)
    assert scores.confusion["dates_role"]["deadline"] == {"activity": 1}
    assert scores.confusion["sections"]["活动安排"] == {"宣传重点": 1}
    chinese, english = render(scores, "zh"), render(scores, "en")
    assert "日期作用" in chinese
    assert "deadline -> activity  1" in chinese
    assert f"{FILE}: expected 2030年7月5日前" in english
    assert "misses" not in render(scores, "en", misses=False)


def test_scores_narrow_to_some_fields() -> None:
    record = perfect_record(annotation(), TEXT)
    record["dates"][9]["role"] = "activity"
    record["theme"] = None
    scores = judged(record).narrowed(["dates"])
    assert set(scores.metrics) == {"dates", "dates_found", "dates_value", "dates_role", "dates_extra"}
    assert [miss.metric for miss in scores.misses] == ["dates_role"]
    assert set(scores.confusion) == {"dates_role"}


def test_runs_are_compared_by_figure_and_by_value() -> None:
    good = perfect_record(annotation(), TEXT)
    bad = copy.deepcopy(good)
    bad["theme"] = None
    before, after = judged(bad).to_dict(), judged(good).to_dict()
    json.dumps(before)
    change = compare_runs(before, after)
    assert change.figures == (("theme", 0.0, 1.0),)
    assert [miss.metric for miss in change.gains] == ["theme"]
    assert change.losses == ()
    assert [miss.metric for miss in compare_runs(after, before).losses] == ["theme"]
    assert "gained: 1" in render_change(change, "en")
    assert not compare_runs(after, after)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A folder of gold beside its notices, and a records file that is right but for the theme."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / FILE).write_bytes(TEXT.encode())
    (tmp_path / "gold" / "invented.json").write_text(
        json.dumps(annotation(), ensure_ascii=False), encoding="utf-8"
    )
    record = perfect_record(annotation(), TEXT)
    record["theme"] = "平安"
    (tmp_path / "records.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path


def test_run_reads_gold_beside_its_notices(dataset: Path) -> None:
    gold = load_gold(dataset / "gold")
    assert (gold.kind, gold.name) == ("notices", dataset.name)
    assert gold.paths() == {FILE: dataset / "notices" / FILE}
    assert gold.entries[0]["text"] == TEXT
    record = perfect_record(annotation(), TEXT)
    report, values = run(dataset / "gold", {"invented-scan.pdf": record}, lang="en")
    assert "no misses" in report
    assert values["figures"]["sections.f1"] == 1.0
    again, _ = run(dataset / "gold", {FILE: record}, lang="en", previous=values)
    assert "same as the last run" in again


def test_command_prints_the_misses_and_saves_the_scores(dataset: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "extractor.evaluate",
        "records.jsonl",
        "gold",
        "--lang",
        "en",
        "--json",
        "s.json",
    ]
    done = subprocess.run(command, cwd=dataset, capture_output=True, text=True, check=True)
    assert "expected 人人讲平安，处处有安心 | got 平安" in done.stdout
    assert json.loads((dataset / "s.json").read_text(encoding="utf-8"))["figures"]["theme"] == 0.0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gold.jsonl", "{}\n", "gold.jsonl:1"),
        ("a.json", "{", "a.json"),
        ("a.json", "[]", "a.json"),
        ("a.json", '{"file": "x"}', "sections"),
        ("readme.txt", "", "没有标注"),
    ],
)
def test_what_is_no_gold_is_named(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        load_gold(tmp_path)
    with pytest.raises(UsageError):
        load_gold(tmp_path / "nothing")


def test_corpus_gold_gives_full_marks_to_itself(checkout: Path) -> None:
    gold = load_gold(checkout / "corpus" / "gold")
    records = {entry["file"]: perfect_record(dict(entry), entry["text"]) for entry in gold.entries}
    assert score_gold(records, gold.entries).misses == ()


def test_shared_gold_gives_full_marks_to_itself(shared: Path) -> None:
    gold = load_gold(shared / "gold")
    records = {entry["file"]: perfect_record(dict(entry), entry["text"]) for entry in gold.entries}
    assert score_gold(records, gold.entries).misses == ()
    heads = load_gold(shared / "heads")
    assert score_heads({e["file"]: perfect_head(dict(e)) for e in heads.entries}, heads.entries).misses == ()
