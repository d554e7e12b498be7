"""The evaluation itself: full marks for what is right, a drop in the right place for every damage."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented_gold import FILE, TEXT, annotation, head
from perfect_records import perfect_head, perfect_record

from extractor.errors import UsageError
from extractor.evaluate import (
    Scores,
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

Record = dict[str, Any]


def judged(record: Record, gold: Record | None = None) -> Scores:
    return score_gold({FILE: record}, [{"text": TEXT, **(gold or annotation())}])


def judged_head(record: Record, gold: Record | None = None) -> Scores:
    return score_heads({"001.txt": record}, [gold or head()])


def damaged(scores: Scores) -> set[str]:
    """The metrics that are not perfect."""
    return {
        name for name, one in scores.metrics.items() if one.figure != (0.0 if one.kind == "count" else 1.0)
    }


def at(words: str, nth: int = 1) -> dict[str, int]:
    offset = -1
    for _ in range(nth):
        offset = TEXT.index(words, offset + 1)
    return {"start": offset, "end": offset + len(words)}


def finding(words: str, severity: str = "error", *related: str) -> Record:
    others = [{"quote": other, "span": at(other)} for other in related]
    return {"code": "X", "severity": severity, "quote": words, "span": at(words), "related": others}


def test_perfect_record_has_full_marks_everywhere() -> None:
    scores = judged(perfect_record(annotation(), TEXT))
    assert damaged(scores) == set()
    assert scores.misses == ()
    assert len(scores.metrics) >= 40


def test_absent_record_is_wrong_everywhere() -> None:
    scores = score_gold({}, [{**annotation(), "text": TEXT}])
    assert scores.absent == (FILE,)
    perfect = {name for name in scores.metrics if name not in damaged(scores)}
    assert perfect == {"seal_note", "dates_extra", "false_alarms", "verified_flagged"}


def _set(*path: str | int, to: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        place: Any = record
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


def _drop(table: str, index: int) -> Callable[[Record], None]:
    return lambda record: record[table].pop(index)


def _add(table: str, row: Record) -> Callable[[Record], None]:
    return lambda record: record[table].append(row)


DAMAGES: dict[str, tuple[Callable[[Record], None], set[str]]] = {
    "title": (_set("title", to="关于印发方案的通知"), {"title"}),
    "title null": (_set("title", to=None), {"title"}),
    "plan title": (_set("plan_title", to=None), {"plan_title"}),
    "number": (_set("doc_number", to="清平办〔2031〕2号"), {"doc_number"}),
    "issuer too many": (_set("issuers", to=["清河区平安生产办公室", "区教育局"]), {"issuer"}),
    "header is no issuer": (_set("issuers", to=["云溪市清河区平安生产办公室"]), {"issuer"}),
    "addressees with colon": (_set("addressees", to="区平安委各成员单位，各乡镇："), {"addressees"}),
    "seal where none": (_set("seal_note", to="代章"), {"seal_note"}),
    "disclosure": (_set("disclosure", to=None), {"disclosure"}),
    "region code": (_set("region", "code", to="990103"), {"region", "region_code"}),
    "region name": (_set("region", "name", to="清河区"), {"region", "region_name"}),
    "region city": (_set("region", "city", to=None), {"region"}),
    "region level": (_set("region", "level", to="prefecture"), {"region"}),
    "year": (_set("year", to=2030), {"campaign_year"}),
    "year as text": (_set("year", to="2031"), {"campaign_year"}),
    "issue date": (_set("issue_date", to="2031-05-21"), {"issue_date"}),
    "print date": (_set("print_date", to=None), {"print_date"}),
    "period start": (_set("period", "start", to="2031-06-03"), {"period"}),
    "period end": (_set("period", "end", to=None), {"period"}),
    "theme cut": (_set("theme", to="人人讲平安"), {"theme"}),
    "theme with stop": (_set("theme", to="人人讲平安，处处有安心。"), {"theme"}),
    "deadline repaired": (_set("report_deadline", to="2031-07-05"), {"report_deadline"}),
    "deadline null": (_set("report_deadline", to=None), {"report_deadline"}),
    "section lost": (_drop("sections", 0), {"sections"}),
    "section kind": (_set("sections", 3, "canonical", to="宣传重点"), {"sections"}),
    "section other kind": (_set("sections", 3, "canonical", to="其他"), {"sections"}),
    "section heading": (_set("sections", 0, "heading", to="指导思想"), {"sections"}),
    "section too short": (_set("sections", 1, "span", to=at("2031年6月1日\n")), {"sections"}),
    "section too long": (
        lambda r: r["sections"][2]["span"].update(end=at("### （一）")["end"]),
        {"sections"},
    ),
    "section invented": (
        _add("sections", {"heading": "附件", "canonical": "工作要求", "span": at("附件：")}),
        {"sections"},
    ),
    "item lost": (_drop("items", 1), {"items"}),
    "item section": (_set("items", 0, "section", to="工作要求"), {"items"}),
    "item marker": (_set("items", 0, "marker", to="(一)"), {"items"}),
    "item title": (_set("items", 2, "title", to=None), {"items"}),
    "item place": (_set("items", 3, "span", to=at("请于2030年")), {"items"}),
    "item invented": (
        _add("items", {"section": "活动安排", "marker": "1.", "title": "工地", "span": at("工地")}),
        {"items"},
    ),
    "date lost": (_drop("dates", 1), {"dates_found", "dates_value", "dates_role", "dates"}),
    "date value": (_set("dates", 2, "start", to="2031-05-02"), {"dates_value"}),
    "date repaired": (_set("dates", 9, "end", to="2031-07-05"), {"dates_value"}),
    "date time lost": (_set("dates", 7, "time", to=None), {"dates_value"}),
    "date time wrong": (_set("dates", 7, "time", to="21:00"), {"dates_value"}),
    "date role": (_set("dates", 8, "role", to="relative"), {"dates_role"}),
    "date extra": (
        _add("dates", {"raw": "5550123", "start": "5550-12-03", "role": "other", "span": at("5550123")}),
        {"dates_extra", "dates"},
    ),
    "date split": (_add("dates", {"raw": "30日", "start": None, "span": at("30日")}), {"dates"}),
    "unit lost": (_drop("units", 3), {"units", "unit_roles"}),
    "unit with full name lost": (_drop("units", 4), {"units", "unit_roles", "unit_full_names"}),
    "unit twice": (_add("units", {"name": "区平安办", "roles": []}), {"units"}),
    "unit invented": (_add("units", {"name": "通知", "roles": []}), {"units"}),
    "unit role lost": (_set("units", 0, "roles", to=["issuer", "lead"]), {"unit_roles"}),
    "unit role invented": (_set("units", 4, "roles", to=["support", "lead"]), {"unit_roles"}),
    "unit full name": (_set("units", 2, "full_name", to="各乡镇人民政府"), {"unit_full_names"}),
    "person lost": (_drop("contacts", 0), {"contacts"}),
    "phone cut": (_set("contacts", 1, "raw", to="555012"), {"contacts", "phones_normalised"}),
    "phone value": (_set("contacts", 1, "value", to="5550123"), {"phones_normalised"}),
    "email": (_set("contacts", 2, "value", to="pa@example"), {"contacts"}),
    "fax invented": (_add("contacts", {"kind": "fax", "raw": "20310520", "value": ""}), {"contacts"}),
    "place lost": (_drop("contacts", 3), {"contact_places"}),
    "citation lost": (_drop("citations", 0), {"citations", "citation_numbers"}),
    "citation number lost": (_set("citations", 1, "doc_number", to=None), {"citation_numbers"}),
    "citation number invented": (
        _set("citations", 2, "doc_number", to="云平办〔2031〕2号"),
        {"citation_numbers"},
    ),
    "citation invented": (_add("citations", {"title": "清河日报", "doc_number": None}), {"citations"}),
    "attachment lost": (_drop("attachments", 0), {"attachments"}),
    "attachment presence": (_set("attachments", 0, "present", to=True), {"attachments"}),
    "activity lost": (
        _drop("activities", 0),
        {
            "activities",
            "activity_dates",
            "activity_lead_units",
            "activity_support_units",
            "activity_location",
        },
    ),
    "activity invented": (_add("activities", {"title": "加强领导"}), {"activities"}),
    "activity title": (
        _set("activities", 1, "title", to="隐患排查"),
        {"activities", "activity_dates", "activity_lead_units", "activity_location"},
    ),
    "activity date lost": (_set("activities", 1, "dates", to=[]), {"activity_dates"}),
    "activity date wrong": (_set("activities", 0, "dates", to=["2031-06-04"]), {"activity_dates"}),
    "activity lead": (_set("activities", 0, "lead_units", to=["清河区平安办"]), {"activity_lead_units"}),
    "activity support": (_set("activities", 0, "support_units", to=["区消防队"]), {"activity_support_units"}),
    "activity place": (_set("activities", 0, "location", to="广场"), {"activity_location"}),
    "activity place invented": (_set("activities", 1, "location", to="工地"), {"activity_location"}),
    "error unseen": (_drop("findings", 0), {"found_error", "flagged_error"}),
    "error whispered": (_set("findings", 0, "severity", to="info"), {"flagged_error"}),
    "warning unseen": (_drop("findings", 1), {"found_warning", "flagged_warning"}),
    "info unseen": (_drop("findings", 2), {"found_info"}),
    "false alarm": (_add("findings", finding("清河广场", "warning")), {"false_alarms"}),
    "bait taken": (_add("findings", finding("2030—2034年")), {"false_alarms", "verified_flagged"}),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_seen_where_it_is(name: str) -> None:
    change, metrics = DAMAGES[name]
    record = perfect_record(annotation(), TEXT)
    change(record)
    scores = judged(record)
    assert damaged(scores) == metrics
    assert scores.misses
    assert {miss.file for miss in scores.misses} == {FILE}
    assert {miss.metric for miss in scores.misses} <= metrics


def test_every_metric_can_be_damaged_by_one_field() -> None:
    named = {metric for _, metrics in DAMAGES.values() for metric in metrics}
    assert named == set(judged(perfect_record(annotation(), TEXT)).metrics)


HARMLESS: dict[str, Callable[[Record], None]] = {
    "title variant": _set("title", to=annotation()["title_variants"][0]),
    "title broken over lines": _set("title", to="关于印发《清河区 2031年\n“平安月”活动方案》的通知"),
    "heading without Markdown": _set("sections", 3, "heading", to="四、具体活动"),
    "other kinds of sections": _add(
        "sections", {"heading": "附件", "canonical": "其他", "span": at("附件：")}
    ),
    "end in the contact lines": lambda r: r["sections"][4]["span"].update(end=at("清河路9号")["end"]),
    "anniversary with its words": lambda r: r["dates"][3].update(span=at("平安条例施行10周年")),
    "anniversary left open": lambda r: r["dates"][3].update(start=None, end=None),
    "deadline repeats its day": _set("dates", 9, "start", to="2030-07-05"),
    "year as days": lambda r: r["dates"][1].update(start="2031-01-01", end="2031-12-31"),
    "relative left open": lambda r: r["dates"][8].update(start=None, end=None),
    "clock time on one day": lambda r: r["dates"][7].update(end="2031-06-03"),
    "extended dates left out": lambda r: (r["dates"].pop(5), r["dates"].pop(0)),
    "unit by its alias": _set("units", 0, "name", to="区平安办"),
    "unit only mentioned": lambda r: r["units"].pop(),
    "full name where none is certain": _set("units", 3, "full_name", to="云溪市清河区消防救援大队"),
    "item from its first word": _set("items", 0, "span", to=at("举办启动仪式。\n\n6月3日")),
    "citation twice": lambda r: r["citations"].append({"title": r["citations"][0]["title"]}),
    "event inside an activity": _add("activities", {"title": "工地排查"}),
    "activity dates as words": lambda r: [
        r["activities"][0].update(dates=["6月3日上午9:00"], span=at(TEXT)),
        r["activities"][1].update(dates=["平安月期间"], span=at(TEXT)),
    ],
    "activity dates as ISO": lambda r: [
        r["activities"][0].update(dates=["2031-06-03"]),
        r["activities"][1].update(dates=["2031-06-01/2031-06-30"]),
    ],
    "whispered remark": _add("findings", finding("清河广场", "info")),
    "the other side is flagged": _add("findings", finding("2031年5月20日", "error")),
    "the annotated side is named": _add("findings", finding("清河广场", "error", "2030年7月5日前")),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_accepted_readings_keep_full_marks(name: str) -> None:
    record = perfect_record(annotation(), TEXT)
    before = copy.deepcopy(record)
    HARMLESS[name](record)
    assert record != before
    assert judged(record).misses == ()


def test_header_counts_only_where_it_is_annotated_as_an_issuer_of_its_own() -> None:
    gold = annotation()
    gold["units"].append(
        {"name": gold["header_issuer"], "full_name": None, "roles": ["issuer"], "aliases": []}
    )
    record = perfect_record(gold, TEXT)
    record["issuers"] = [gold["header_issuer"]]
    assert judged(record, gold).misses == ()


def test_finding_on_a_whole_paragraph_hits_nothing() -> None:
    record = perfect_record(annotation(), TEXT)
    record["findings"] = [finding(TEXT[at("## 二")["start"] : at("联系人")["end"]])]
    scores = judged(record)
    assert {"found_error", "false_alarms"} <= damaged(scores)


def test_related_side_alone_on_the_other_words_excuses_no_alarm() -> None:
    record = perfect_record(annotation(), TEXT)
    record["findings"].append(finding("清河广场", "error", "2031年5月20日"))
    assert damaged(judged(record)) == {"false_alarms"}


def test_one_finding_may_cover_several_annotations() -> None:
    gold = annotation()
    gold["inconsistencies"].append({**gold["inconsistencies"][0], "id": "again", "severity": "warning"})
    record = perfect_record(gold, TEXT)
    record["findings"].pop()
    assert judged(record, gold).misses == ()


def test_places_survive_a_reader_that_drops_and_rewraps() -> None:
    record = perfect_record(annotation(), TEXT)
    cuts = [at("—2—\n\n"), at("## 清河"), at("清河区平安生产办公室\n2031年5月20日")]
    kept = [i for i in range(len(TEXT)) if not any(c["start"] <= i < c["start"] + 3 for c in cuts[:2])]
    text = "".join(TEXT[i] for i in kept).replace("。在清河", "。在 清河")
    moved = {offset: index for index, offset in enumerate(kept)}

    def shift(span: dict[str, int]) -> dict[str, int]:
        start = next(moved[i] for i in range(span["start"], len(TEXT)) if i in moved)
        end = next(moved[i] for i in range(span["end"] - 1, -1, -1) if i in moved)
        return {"start": start, "end": end + 1}

    for table in ("sections", "items", "dates", "findings"):
        for row in record[table]:
            row["span"] = shift(row["span"])
            for other in row.get("related", ()):
                other["span"] = shift(other["span"])
    record["text"] = text
    assert judged(record).misses == ()


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


HEAD_DAMAGES: dict[str, tuple[Callable[[Record], None], set[str]]] = {
    "title": (_set("title", to=None), {"title"}),
    "issuer": (_set("issuers", to=["清河區平安辦"]), {"issuer"}),
    "addressees": (_set("addressees", to="各乡镇,各学校"), {"addressees"}),
    "region": (_set("region", "name", to="云溪市"), {"region"}),
    "region null": (_set("region", "name", to=None), {"region"}),
    "year": (_set("year", to=None), {"year"}),
    "period": (_set("period", "end", to=None), {"period"}),
    "theme": (_set("theme", to="人人讲平安"), {"theme"}),
    "issue date invented": (_set("issue_date", to="2031-05-01"), {"issue_date"}),
    "section lost": (_drop("sections", 1), {"sections", "labels"}),
    "section invented": (_add("sections", {"heading": "三、其他", "canonical": "其他"}), {"sections"}),
    "label": (_set("sections", 0, "canonical", to="活动主题"), {"labels"}),
    "alarm": (_add("findings", finding("清河广场")), {"alarms"}),
}
HEAD_HARMLESS: dict[str, Callable[[Record], None]] = {
    "width": _set("addressees", to="各乡镇（街道），各学校"),
    "simplified": _set("theme", to="人人讲平安处处有安心"),
    "literal": _set("theme", to="人人講平@@安 處處有安心"),
    "issuers one by one": _set("issuers", to=["清河區教育局", "清河區平安辦"]),
    "region with its parents": _set("region", "name", to="云溪市清河区"),
    "region by its lowest part": _set(
        "region", to={"name": "云溪市清河", "city": "云溪市", "county": "清河"}
    ),
    "clean heading": _set("sections", 0, "heading", to="一、 活动时间"),
    "schedule": _set("sections", 1, "canonical", to="活动安排"),
    "other accepted kind": _set("sections", 1, "canonical", to="工作要求"),
    "deeper section": _add("sections", {"heading": "（一）启动", "canonical": "其他", "level": 2}),
    "section without heading": _add("sections", {"heading": None, "canonical": "其他", "level": 1}),
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


def test_impossible_deadline_must_stay_open_and_a_relative_one_may_resolve() -> None:
    gold = annotation()
    gold["deadlines"][0].update(raw="6月31日前", stated_end=None, likely_end="2031-06-30")
    record = perfect_record(gold, TEXT)
    assert judged(record, gold).misses == ()
    record["report_deadline"] = "2031-06-30"
    assert damaged(judged(record, gold)) == {"report_deadline"}
    gold["deadlines"][0]["raw"] = "平安月期间"
    assert judged(record, gold).misses == ()


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
    assert gold.kind == "notices"
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
