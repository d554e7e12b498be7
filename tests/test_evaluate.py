"""The evaluation itself: full marks for what is right, a drop in the right place for every damage."""

import copy
from collections.abc import Callable

import pytest
from damage import Record, add, at, damaged, drop, finding, judged, put
from invented_gold import FILE, TEXT, annotation
from perfect_records import perfect_record

from extractor.evaluate import (
    score_gold,
)


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


DAMAGES: dict[str, tuple[Callable[[Record], None], set[str]]] = {
    "title": (put("title", to="关于印发方案的通知"), {"title"}),
    "title null": (put("title", to=None), {"title"}),
    "plan title": (put("plan_title", to=None), {"plan_title"}),
    "number": (put("doc_number", to="清平办〔2031〕2号"), {"doc_number"}),
    "issuer too many": (put("issuers", to=["清河区平安生产办公室", "区教育局"]), {"issuer"}),
    "header is no issuer": (put("issuers", to=["云溪市清河区平安生产办公室"]), {"issuer"}),
    "addressees with colon": (put("addressees", to="区平安委各成员单位，各乡镇："), {"addressees"}),
    "seal where none": (put("seal_note", to="代章"), {"seal_note"}),
    "disclosure": (put("disclosure", to=None), {"disclosure"}),
    "region code": (put("region", "code", to="990103"), {"region", "region_code"}),
    "region name": (put("region", "name", to="清河区"), {"region", "region_name"}),
    "region city": (put("region", "city", to=None), {"region"}),
    "region level": (put("region", "level", to="prefecture"), {"region"}),
    "year": (put("year", to=2030), {"campaign_year"}),
    "year as text": (put("year", to="2031"), {"campaign_year"}),
    "issue date": (put("issue_date", to="2031-05-21"), {"issue_date"}),
    "print date": (put("print_date", to=None), {"print_date"}),
    "period start": (put("period", "start", to="2031-06-03"), {"period"}),
    "period end": (put("period", "end", to=None), {"period"}),
    "theme cut": (put("theme", to="人人讲平安"), {"theme"}),
    "theme with stop": (put("theme", to="人人讲平安，处处有安心。"), {"theme"}),
    "deadline repaired": (put("report_deadline", to="2031-07-05"), {"report_deadline"}),
    "deadline null": (put("report_deadline", to=None), {"report_deadline"}),
    "section lost": (drop("sections", 0), {"sections"}),
    "section kind": (put("sections", 3, "canonical", to="宣传重点"), {"sections"}),
    "section other kind": (put("sections", 3, "canonical", to="其他"), {"sections"}),
    "section heading": (put("sections", 0, "heading", to="指导思想"), {"sections"}),
    "section too short": (put("sections", 1, "span", to=at("2031年6月1日\n")), {"sections"}),
    "section too long": (
        lambda r: r["sections"][2]["span"].update(end=at("### （一）")["end"]),
        {"sections"},
    ),
    "section invented": (
        add("sections", {"heading": "附件", "canonical": "工作要求", "span": at("附件：")}),
        {"sections"},
    ),
    "item lost": (drop("items", 1), {"items"}),
    "item section": (put("items", 0, "section", to="工作要求"), {"items"}),
    "item marker": (put("items", 0, "marker", to="(一)"), {"items"}),
    "item title": (put("items", 2, "title", to=None), {"items"}),
    "item place": (put("items", 3, "span", to=at("请于2030年")), {"items"}),
    "item invented": (
        add("items", {"section": "活动安排", "marker": "1.", "title": "工地", "span": at("工地")}),
        {"items"},
    ),
    "date lost": (drop("dates", 1), {"dates_found", "dates_value", "dates_role", "dates"}),
    "date value": (put("dates", 2, "start", to="2031-05-02"), {"dates_value"}),
    "date repaired": (put("dates", 9, "end", to="2031-07-05"), {"dates_value"}),
    "date time lost": (put("dates", 7, "time", to=None), {"dates_value"}),
    "date time wrong": (put("dates", 7, "time", to="21:00"), {"dates_value"}),
    "date role": (put("dates", 8, "role", to="relative"), {"dates_role"}),
    "date extra": (
        add("dates", {"raw": "5550123", "start": "5550-12-03", "role": "other", "span": at("5550123")}),
        {"dates_extra", "dates"},
    ),
    "date split": (add("dates", {"raw": "30日", "start": None, "span": at("30日")}), {"dates"}),
    "unit lost": (drop("units", 3), {"units", "unit_roles"}),
    "unit with full name lost": (drop("units", 4), {"units", "unit_roles", "unit_full_names"}),
    "unit twice": (add("units", {"name": "区平安办", "roles": []}), {"units"}),
    "unit invented": (add("units", {"name": "通知", "roles": []}), {"units"}),
    "unit role lost": (put("units", 0, "roles", to=["issuer", "lead"]), {"unit_roles"}),
    "unit role invented": (put("units", 4, "roles", to=["support", "lead"]), {"unit_roles"}),
    "unit full name": (put("units", 2, "full_name", to="各乡镇人民政府"), {"unit_full_names"}),
    "person lost": (drop("contacts", 0), {"contacts"}),
    "phone cut": (put("contacts", 1, "raw", to="555012"), {"contacts", "phones_normalised"}),
    "phone value": (put("contacts", 1, "value", to="5550123"), {"phones_normalised"}),
    "email": (put("contacts", 2, "value", to="pa@example"), {"contacts"}),
    "fax invented": (add("contacts", {"kind": "fax", "raw": "20310520", "value": ""}), {"contacts"}),
    "place lost": (drop("contacts", 3), {"contact_places"}),
    "citation lost": (drop("citations", 0), {"citations", "citation_numbers"}),
    "citation number lost": (put("citations", 1, "doc_number", to=None), {"citation_numbers"}),
    "citation number invented": (
        put("citations", 2, "doc_number", to="云平办〔2031〕2号"),
        {"citation_numbers"},
    ),
    "citation invented": (add("citations", {"title": "清河日报", "doc_number": None}), {"citations"}),
    "attachment lost": (drop("attachments", 0), {"attachments"}),
    "attachment presence": (put("attachments", 0, "present", to=True), {"attachments"}),
    "activity lost": (
        drop("activities", 0),
        {
            "activities",
            "activity_dates",
            "activity_lead_units",
            "activity_support_units",
            "activity_location",
        },
    ),
    "activity invented": (add("activities", {"title": "加强领导"}), {"activities"}),
    "activity title": (
        put("activities", 1, "title", to="隐患排查"),
        {"activities", "activity_dates", "activity_lead_units", "activity_location"},
    ),
    "activity date lost": (put("activities", 1, "dates", to=[]), {"activity_dates"}),
    "activity date wrong": (put("activities", 0, "dates", to=["2031-06-04"]), {"activity_dates"}),
    "activity lead": (put("activities", 0, "lead_units", to=["清河区平安办"]), {"activity_lead_units"}),
    "activity support": (put("activities", 0, "support_units", to=["区消防队"]), {"activity_support_units"}),
    "activity place": (put("activities", 0, "location", to="广场"), {"activity_location"}),
    "activity place invented": (put("activities", 1, "location", to="工地"), {"activity_location"}),
    "error unseen": (drop("findings", 0), {"found_error", "flagged_error"}),
    "error whispered": (put("findings", 0, "severity", to="info"), {"flagged_error"}),
    "warning unseen": (drop("findings", 1), {"found_warning", "flagged_warning"}),
    "info unseen": (drop("findings", 2), {"found_info"}),
    "false alarm": (add("findings", finding("清河广场", "warning")), {"false_alarms"}),
    "bait taken": (add("findings", finding("2030—2034年")), {"false_alarms", "verified_flagged"}),
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
    "title variant": put("title", to=annotation()["title_variants"][0]),
    "title broken over lines": put("title", to="关于印发《清河区 2031年\n“平安月”活动方案》的通知"),
    "heading without Markdown": put("sections", 3, "heading", to="四、具体活动"),
    "other kinds of sections": add(
        "sections", {"heading": "附件", "canonical": "其他", "span": at("附件：")}
    ),
    "end in the contact lines": lambda r: r["sections"][4]["span"].update(end=at("清河路9号")["end"]),
    "anniversary with its words": lambda r: r["dates"][3].update(span=at("平安条例施行10周年")),
    "anniversary left open": lambda r: r["dates"][3].update(start=None, end=None),
    "deadline repeats its day": put("dates", 9, "start", to="2030-07-05"),
    "year as days": lambda r: r["dates"][1].update(start="2031-01-01", end="2031-12-31"),
    "relative left open": lambda r: r["dates"][8].update(start=None, end=None),
    "clock time on one day": lambda r: r["dates"][7].update(end="2031-06-03"),
    "extended dates left out": lambda r: (r["dates"].pop(5), r["dates"].pop(0)),
    "unit by its alias": put("units", 0, "name", to="区平安办"),
    "unit only mentioned": lambda r: r["units"].pop(),
    "full name where none is certain": put("units", 3, "full_name", to="云溪市清河区消防救援大队"),
    "item from its first word": put("items", 0, "span", to=at("举办启动仪式。\n\n6月3日")),
    "citation twice": lambda r: r["citations"].append({"title": r["citations"][0]["title"]}),
    "event inside an activity": add("activities", {"title": "工地排查"}),
    "activity dates as words": lambda r: [
        r["activities"][0].update(dates=["6月3日上午9:00"], span=at(TEXT)),
        r["activities"][1].update(dates=["平安月期间"], span=at(TEXT)),
    ],
    "activity dates as ISO": lambda r: [
        r["activities"][0].update(dates=["2031-06-03"]),
        r["activities"][1].update(dates=["2031-06-01/2031-06-30"]),
    ],
    "whispered remark": add("findings", finding("清河广场", "info")),
    "the other side is flagged": add("findings", finding("2031年5月20日", "error")),
    "the annotated side is named": add("findings", finding("清河广场", "error", "2030年7月5日前")),
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


@pytest.mark.parametrize(
    ("quote", "hit"),
    [
        ("2030年7月5日前", True),
        ("请于2030年7月5日前将总结报", True),
        ("2030年7月5", True),
        ("2030年", False),
        ("5日前", False),
        ("请于2030年7月5日前将总结报区平安办。" + "联系人" * 20, False),
        ("", False),
    ],
)
def test_words_without_a_place_must_be_nearly_the_same(quote: str, hit: bool) -> None:
    record = perfect_record(annotation(), TEXT)
    record["findings"][0] = {"severity": "error", "quote": quote, "span": {"start": 0, "end": 0}}
    assert damaged(judged(record)) == (set() if hit else {"found_error", "flagged_error", "false_alarms"})


@pytest.mark.parametrize(("quote", "hit"), [("四个字儿", True), ("三个字", False)])
def test_short_words_elsewhere_prove_nothing(quote: str, hit: bool) -> None:
    gold = annotation()
    gold["inconsistencies"] = [{"severity": "error", "id": "x", "raw": quote, "also": [], "line": 1}]
    record = perfect_record(annotation(), TEXT)
    record["findings"] = [{"severity": "error", "quote": quote, "span": {"start": 0, "end": 0}}]
    assert ("found_error" not in damaged(judged(record, gold))) is hit


def test_long_quote_around_long_words_is_a_hit() -> None:
    paragraph = TEXT[at("请于2030年")["start"] : at("联系人")["end"] + 30]
    gold = annotation()
    gold["inconsistencies"][0]["raw"] = "请于2030年7月5日前将总结报区平安办。"
    record = perfect_record(gold, TEXT)
    record["findings"][0] = finding(paragraph)
    assert len("".join(paragraph.split())) < 60
    assert judged(record, gold).misses == ()


@pytest.mark.parametrize(
    ("code", "city", "right"),
    [
        ("500199", "市辖区", True),
        ("500199", "某省", True),
        ("500199", "别市", False),
        ("990102", "某省", False),
    ],
)
def test_district_of_a_municipality_may_name_it_as_its_city(code: str, city: str, right: bool) -> None:
    gold = annotation()
    gold["region"].update(gb2260_code=code, city=None)
    record = perfect_record(gold, TEXT)
    assert judged(record, gold).misses == ()
    record["region"]["city"] = city
    assert ("region" not in damaged(judged(record, gold))) is right


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


def test_impossible_deadline_must_stay_open_and_a_relative_one_may_resolve() -> None:
    gold = annotation()
    gold["deadlines"][0].update(raw="6月31日前", stated_end=None, likely_end="2031-06-30")
    record = perfect_record(gold, TEXT)
    assert judged(record, gold).misses == ()
    record["report_deadline"] = "2031-06-30"
    assert damaged(judged(record, gold)) == {"report_deadline"}
    gold["deadlines"][0]["raw"] = "平安月期间"
    assert judged(record, gold).misses == ()
