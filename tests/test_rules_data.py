"""The data under rules/ checked as data: keys, codes, dates and confidences, without the code that reads them."""

import re
import time
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).resolve().parents[1] / "rules"
CAMPAIGNS = sorted((RULES / "campaigns").glob("*.yaml"))
CONFIDENCES = {"V", "V*", "M"}
ROLES = {"issuer", "addressee", "lead", "support", "organiser", "report_to", "member", "seal", "mentioned"}
LEVELS = {"province", "prefecture", "county", "zone"}
COLUMNS = ("code", "name", "level", "parent", "short", "abbr", "area", "until")
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
PACK_KEYS = {
    "id", "name", "aliases", "window", "month", "days", "ordinals", "themes", "other_themes", "slogans", "severity", "sources",
}  # fmt: skip
FACTS = (
    "anniversaries",
    "ordinals",
    "party_meetings",
    "two_sessions",
    "plans",
    "stale_phrases",
    "known_docs",
)


def read(name: str) -> Any:
    return yaml.safe_load((RULES / name).read_text(encoding="utf-8"))


def rows() -> list[dict[str, str]]:
    lines = (RULES / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines if not line.startswith("#")]


def facts_of(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below ``value`` that states something: it has a confidence or ought to have one."""
    stating = {"text", "base", "bases", "date", "number", "open", "first", "words", "start"}
    if isinstance(value, dict):
        if stating & set(value):
            yield where, value
        for key, below in value.items():
            yield from facts_of(below, f"{where}.{key}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from facts_of(below, f"{where}[{place}]")


@pytest.fixture(scope="module")
def divisions() -> list[dict[str, str]]:
    return rows()


@pytest.fixture(scope="module")
def units() -> dict[str, Any]:
    data: dict[str, Any] = read("units.yaml")
    return data


@pytest.fixture(scope="module")
def packs() -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in CAMPAIGNS}


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    data: dict[str, Any] = read("facts.yaml")
    return data


# --- divisions ---------------------------------------------------------------------------------------------------------


def test_codes_are_unique_among_names_in_force(divisions: list[dict[str, str]]) -> None:
    counted = Counter(row["code"] for row in divisions if not row["until"])
    assert [code for code, times in counted.items() if times > 1] == []
    assert len(counted) > 3200
    ended = Counter((row["code"], row["name"]) for row in divisions if row["until"])
    assert [key for key, times in ended.items() if times > 1] == []


def test_every_row_is_well_formed(divisions: list[dict[str, str]]) -> None:
    for row in divisions:
        assert re.fullmatch(r"\d{6}", row["code"]), row
        assert row["level"] in LEVELS, row
        assert re.fullmatch(r"(0\d{2,3})?", row["area"]), row
        assert re.fullmatch(r"(20\d\d)?", row["until"]), row
        assert all(len(short) >= 2 for short in row["short"].split("|") if short), row
        assert bool(row["abbr"]) == (row["level"] == "province"), row


def test_parents_exist_and_are_of_the_level_above(divisions: list[dict[str, str]]) -> None:
    level = {row["code"]: row["level"] for row in divisions if not row["until"]}
    for row in divisions:
        if row["level"] == "province":
            assert row["parent"] == ""
        elif row["level"] == "prefecture":
            assert level[row["parent"]] == "province", row
        else:
            assert level[row["parent"]] in {"province", "prefecture"}, row
            assert row["until"] or row["parent"][:2] == row["code"][:2] or row["code"] == "660000", row


def test_ended_names_stand_behind_the_names_in_force(divisions: list[dict[str, str]]) -> None:
    ended = [bool(row["until"]) for row in divisions]
    assert ended == sorted(ended)
    by_code: dict[str, str] = {}
    for row in divisions:
        by_code.setdefault(row["code"], row["name"])
    assert by_code["500110"] == "綦江区"  # the code was 万盛区's until 2011


@pytest.mark.parametrize(
    ("code", "name", "level", "parent", "short"),
    [
        ("500153", "荣昌区", "county", "500000", {"荣昌"}),
        ("622900", "临夏回族自治州", "prefecture", "620000", {"临夏州", "临夏"}),
        ("622901", "临夏市", "county", "622900", {"临夏"}),
        ("622926", "东乡族自治县", "county", "622900", {"东乡县", "东乡"}),
        ("419001", "济源市", "county", "410000", {"济源"}),
        ("429004", "仙桃市", "county", "420000", {"仙桃"}),
        ("659001", "石河子市", "county", "650000", {"石河子"}),
        ("150000", "内蒙古自治区", "province", "", {"内蒙古", "内蒙"}),
        ("450000", "广西壮族自治区", "province", "", {"广西"}),
        ("650000", "新疆维吾尔自治区", "province", "", {"新疆"}),
        ("632500", "海南藏族自治州", "prefecture", "630000", {"海南州"}),
        ("421022", "公安县", "county", "421000", set()),
        ("410926", "范县", "county", "410900", set()),
        ("441900", "东莞市", "prefecture", "440000", {"东莞"}),
    ],
)
def test_known_divisions(
    divisions: list[dict[str, str]], code: str, name: str, level: str, parent: str, short: set[str]
) -> None:
    row = next(row for row in divisions if row["code"] == code)
    assert (row["name"], row["level"], row["parent"]) == (name, level, parent)
    assert {word for word in row["short"].split("|") if word} == short


@pytest.mark.parametrize(
    ("code", "area"),
    [("530100", "0871"), ("500000", "023"), ("110000", "010"), ("410900", "0393"), ("622900", "0930")],
)
def test_known_area_codes(divisions: list[dict[str, str]], code: str, area: str) -> None:
    assert next(row["area"] for row in divisions if row["code"] == code) == area


@pytest.mark.parametrize(
    ("name", "until"), [("崇文区", "2010"), ("宣武区", "2010"), ("荣昌县", "2015"), ("襄樊市", "2010")]
)
def test_names_that_ended(divisions: list[dict[str, str]], name: str, until: str) -> None:
    assert [row["until"] for row in divisions if row["name"] == name] == [until]


def test_province_letters_are_unique(divisions: list[dict[str, str]]) -> None:
    letters = [letter for row in divisions for letter in row["abbr"].split("|") if letter]
    assert all(len(letter) == 1 for letter in letters)
    assert len(letters) == len(set(letters))
    assert {"鲁", "渝", "粤", "豫", "陇"} <= set(letters)


def test_divisions_split_quickly() -> None:
    best = 1.0
    for _ in range(5):
        begun = time.perf_counter()
        text = (RULES / "divisions.tsv").read_text(encoding="utf-8")
        table = [line.split("\t") for line in text.splitlines() if line[0] != "#"]
        best = min(best, time.perf_counter() - begun)
        assert len(table) > 3200
    assert best < 0.015


# --- units -------------------------------------------------------------------------------------------------------------


def test_stems_are_many_and_each_means_one_thing(units: dict[str, Any]) -> None:
    stems = [stem for full, shorts in units["departments"].items() for stem in {full, *shorts}]
    stems += [*units["uncertain"], *(short for one in units["by_level"] for short in one["short"])]
    assert len(units["departments"]) >= 150
    assert [stem for stem, times in Counter(stems).items() if times > 1] == []


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("市场监管局", "市场监督管理局"),
        ("发改委", "发展和改革委员会"),
        ("教委", "教育委员会"),
        ("科技局", "科学技术局"),
        ("文化旅游委", "文化和旅游发展委员会"),
        ("卫健委", "卫生健康委员会"),
        ("城管局", "城市管理局"),
        ("检察院", "人民检察院"),
        ("科协", "科学技术协会"),
        ("经济信息委", "经济和信息化委员会"),
        ("政府", "人民政府"),
    ],
)
def test_known_stems(units: dict[str, Any], short: str, full: str) -> None:
    assert short in units["departments"][full]


def test_stems_that_vary_have_no_certain_name(units: dict[str, Any]) -> None:
    certain = {stem for full, shorts in units["departments"].items() for stem in (full, *shorts)}
    assert {"教体局", "文旅局"} <= set(units["uncertain"])
    assert not certain & set(units["uncertain"])


def test_words_are_not_heads(units: dict[str, Any]) -> None:
    heads = [head for words in units["heads"].values() for head in words]
    assert [head for head, times in Counter(heads).items() if times > 1] == []
    for word in units["not_heads"]:
        assert word not in heads
        assert any(word.endswith(head) for head in heads), (
            f"{word}: ends with no head, so it can refuse nothing"
        )
    known = {stem for full, shorts in units["departments"].items() for stem in (full, *shorts)}
    assert not known & set(units["not_heads"])
    assert {"结局", "格局", "布局", "社会", "机会", "座谈会", "发布会", "培训会", "全部", "内部"} <= set(
        units["not_heads"]
    )


def test_one_character_heads_are_marked_ambiguous(units: dict[str, Any]) -> None:
    heads = {head for words in units["heads"].values() for head in words}
    assert {head for head in heads if len(head) == 1} <= set(units["ambiguous_heads"])
    assert set(units["ambiguous_heads"]) <= heads


def test_templates_have_their_places(units: dict[str, Any]) -> None:
    forms = [short for one in units["templates"] for short in one["short"]]
    assert [form for form, times in Counter(forms).items() if times > 1] == []
    for one in units["templates"]:
        assert "{region}" in one["full"]
        assert all(short.count("{r}") == 1 for short in one["short"])
    party = next(one for one in units["templates"] if "{r}委宣传部" in one["short"])
    assert party["full"].format(region="重庆市荣昌区") == "中共重庆市荣昌区委宣传部"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("各镇街", True),
        ("各镇人民政府", True),
        ("各街道办事处", True),
        ("各县（市、区）", True),
        ("各县（区）市场监督管理局", True),
        ("各有关单位", True),
        ("有关单位", True),
        ("区政府有关部门", True),
        ("安委会各成员单位", True),
        ("机关各科室", True),
        ("区市场监管局", False),
        ("某某有限公司", False),
        ("人民医院", False),
        ("社会各界", False),
    ],
)
def test_groups(units: dict[str, Any], text: str, group: bool) -> None:
    assert any(re.fullmatch(one["pattern"], text) for one in units["groups"]) is group


def test_roles_are_those_of_the_contract(units: dict[str, Any]) -> None:
    cues = units["role_cues"]
    used = set(cues["labels"]) | {one["role"] for one in cues["verbs"]} | set(cues["zone_roles"].values())
    used |= {one[side] for one in cues["pairs"] for side in ("left", "right")}
    assert used <= ROLES
    labels = [label for words in cues["labels"].values() for label in words]
    assert [label for label, times in Counter(labels).items() if times > 1] == []
    assert "责任单位" in cues["labels"]["lead"]
    assert "配合单位" in cues["labels"]["support"]
    assert "成员单位" in cues["labels"]["member"]


def test_renames_have_dates_and_sources() -> None:
    data = read("renames.yaml")
    for one in data["renames"]:
        assert one["conf"] in CONFIDENCES
        assert one["source"]
        assert isinstance(one["from"], date)
        assert one.get("from_local", one["from"]) >= one["from"]
    forms = [form for one in data["renames"] for form in one["old"]]
    assert [form for form, times in Counter(forms).items() if times > 1] == []


def test_the_stems_of_a_line_are_known_departments(units: dict[str, Any]) -> None:
    known = set(units["departments"]) | {
        form for one in units["by_level"] for level, form in one.items() if level != "short"
    }
    stems = {stem for one in read("renames.yaml")["renames"] for stem in one.get("full", ())}
    assert stems <= known


def test_zones_lie_in_known_divisions(units: dict[str, Any], divisions: list[dict[str, str]]) -> None:
    codes = {row["code"] for row in divisions if not row["until"]}
    assert set(units["zones"].values()) <= codes


# --- campaigns ---------------------------------------------------------------------------------------------------------


def test_packs_have_the_known_keys_and_their_file_name(packs: dict[str, dict[str, Any]]) -> None:
    assert len(packs) >= 14
    for stem, pack in packs.items():
        assert pack["id"] == stem
        assert set(pack) <= PACK_KEYS
        assert {"id", "name", "aliases", "themes"} <= set(pack)


def test_no_name_is_in_two_packs(packs: dict[str, dict[str, Any]]) -> None:
    names = [name for pack in packs.values() for name in (pack["name"], *pack["aliases"])]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert not [name for name in names if re.search(r"[“”\"'\s]", name)]


@pytest.mark.parametrize(
    "text",
    [
        "消防日常检查",
        "知识产权日常监管",
        "环境日益改善",
        "禁毒日常工作",
        "增长3.15个百分点",
        "科普日常化",
        "低碳日常生活",
        "薪水周结",
    ],
)
def test_names_are_not_found_in_everyday_words(packs: dict[str, dict[str, Any]], text: str) -> None:
    folded = text.replace(".", "·")
    assert [
        name for pack in packs.values() for name in (pack["name"], *pack["aliases"]) if name in folded
    ] == []


def test_every_fact_states_its_confidence(packs: dict[str, dict[str, Any]], facts: dict[str, Any]) -> None:
    seen = 0
    for name, data in {**packs, **{key: facts[key] for key in FACTS}}.items():
        for where, fact in facts_of(data, name):
            assert fact.get("conf") in CONFIDENCES, where
            assert fact.get("window_conf", "V") in CONFIDENCES, where
            seen += 1
        if month := (data.get("month") if isinstance(data, dict) else None):
            assert month["conf"] in CONFIDENCES
            assert 1 <= month["number"] <= 12
    assert seen > 200


def test_dates_of_packs_are_days_of_the_calendar(packs: dict[str, dict[str, Any]]) -> None:
    for name, pack in packs.items():
        for year, theme in pack["themes"].items():
            assert 1990 <= year <= 2100, name
            ends = [theme[key] for key in ("start", "end") if key in theme]
            assert all(MONTH_DAY.fullmatch(day) for day in ends), (name, year)
            for day in ends:
                month, number = map(int, day.split("-"))
                assert number <= monthrange(year, month)[1], (name, year)
            assert ends == sorted(ends), (name, year)
        days = [day["date"] for day in pack.get("days", ())]
        days += [pack["window"][key] for key in ("start", "end")] if "window" in pack else []
        assert all(MONTH_DAY.fullmatch(day) for day in days), name


@pytest.mark.parametrize(
    ("pack", "phrase", "year", "number"),
    [
        ("ip-week", "世界知识产权日", 2023, 23),
        ("ip-week", "世界知识产权日", 2011, 11),
        ("safety-month", "安全生产月", 2025, 24),
        ("quality-month", "质量月", 2022, 45),
        ("cyber-week", "国家网络安全宣传周", 2025, 12),
        ("disaster-day", "防灾减灾日", 2025, 17),
        ("constitution-week", "国家宪法日", 2025, 12),
        ("constitution-week", "宪法宣传周", 2025, 8),
        ("putonghua-week", "全国推广普通话宣传周", 2023, 26),
    ],
)
def test_ordinals(packs: dict[str, dict[str, Any]], pack: str, phrase: str, year: int, number: int) -> None:
    entry = next(one for one in packs[pack]["ordinals"] if one["phrase"] == phrase)
    assert year - entry["base"] == number


def test_ordinals_agree_with_the_first_year(packs: dict[str, dict[str, Any]]) -> None:
    for pack in packs.values():
        bases = {one["phrase"]: one["base"] for one in pack.get("ordinals", ())}
        for day in pack.get("days", ()):
            if "first_year" in day and day["name"] in bases:
                assert bases[day["name"]] == day["first_year"] - 1


@pytest.mark.parametrize(
    ("pack", "year", "text"),
    [
        ("ip-week", 2023, "加强知识产权法治保障 有力支持全面创新"),
        ("ip-week", 2024, "知识产权转化运用促进高质量发展"),
        ("safety-month", 2023, "人人讲安全、个个会应急"),
        ("disaster-day", 2023, "防范灾害风险 护航高质量发展"),
    ],
)
def test_known_themes(packs: dict[str, dict[str, Any]], pack: str, year: int, text: str) -> None:
    assert packs[pack]["themes"][year] == packs[pack]["themes"][year] | {"text": text, "conf": "V"}


def test_wipo_themes_are_not_themes_of_the_week(packs: dict[str, dict[str, Any]]) -> None:
    week = {theme["text"] for theme in packs["ip-week"]["themes"].values()}
    wipo = {theme["text"] for theme in packs["ip-week"]["other_themes"]["wipo"].values()}
    assert len(wipo) >= 10
    assert not week & wipo


# --- facts and calendar ------------------------------------------------------------------------------------------------


def test_meetings_open_before_they_close_and_follow_one_another(facts: dict[str, Any]) -> None:
    meetings = list(facts["party_meetings"].values())
    assert all(one["open"] <= one["close"] for one in meetings)
    opened = [one["open"] for one in meetings]
    assert opened == sorted(opened)


def test_two_sessions_are_of_their_year(facts: dict[str, Any]) -> None:
    for year, one in facts["two_sessions"].items():
        for first, last in (one["npc"], one["cppcc"]):
            assert first.year == last.year == year
            assert first < last
        assert one["cppcc"][0] < one["npc"][0]


@pytest.mark.parametrize(
    ("key", "year", "number"),
    [("改革开放", 2023, 45), ("新中国成立", 2024, 75), ("专利法", 2010, 25), ("一带一路", 2023, 10)],
)
def test_anniversaries(facts: dict[str, Any], key: str, year: int, number: int) -> None:
    entry = next(one for one in facts["anniversaries"] if key in one["keys"])
    assert number in {year - base for base in entry["bases"]}


@pytest.mark.parametrize(
    ("name", "year", "number"),
    [("地球日", 2019, 50), ("助残日", 2023, 33), ("教师节", 2020, 36), ("城市节约用水宣传周", 2012, 21), ("国防教育日", 2015, 15)],
)  # fmt: skip
def test_ordinals_of_days_without_a_campaign(
    facts: dict[str, Any], name: str, year: int, number: int
) -> None:
    entry = next(one for one in facts["ordinals"] if any(key.endswith(name) for key in one["names"]))
    assert year - entry["base"] == number


def test_no_campaign_counts_a_day_that_the_facts_count(
    packs: dict[str, dict[str, Any]], facts: dict[str, Any]
) -> None:
    counted = {one["phrase"] for pack in packs.values() for one in pack.get("ordinals", ())}
    assert not [name for one in facts["ordinals"] for name in one["names"] if name in counted]


def test_keys_of_facts_are_unique(facts: dict[str, Any]) -> None:
    keys = [key for one in facts["anniversaries"] for key in one["keys"]]
    keys += [name for one in facts["ordinals"] for name in one["names"]]
    keys += [f"plan {name}" for one in facts["plans"] for name in one["names"]]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_numbers_of_documents_are_written_as_required(facts: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"[一-鿿]+〔\d{4}〕\d+号", one["number"]) for one in facts["known_docs"])


def test_plans_begin_before_they_end(facts: dict[str, Any]) -> None:
    for one in facts["plans"]:
        assert None in {one["first"], one["last"]} or one["first"] < one["last"]


def test_calendar_words() -> None:
    calendar = read("calendar.yaml")
    assert calendar["month_parts"]["上旬"] == [1, 10]
    assert calendar["month_parts"]["下旬"] == [21, -1]
    assert set(calendar["approximate"]) <= set(calendar["month_parts"]) | set(calendar["year_parts"])
    assert all(one["half"] in {"am", "pm", "any"} for one in calendar["time_of_day"].values())
    assert set(calendar["weekdays"].values()) == set(range(1, 8))
    assert calendar["quarters"]["第二季度"] == [4, 6]
    holidays = calendar["holidays"]
    assert all(("date" in one) != ("dates" in one) for one in holidays.values())
    assert holidays["春节"]["dates"][2023] == "01-22"
    assert holidays["端午节"]["dates"][2023] == "06-22"
    assert holidays["清明节"]["dates"][2024] == "04-04"
    words = [word for name, one in holidays.items() for word in (name, *one.get("words", ()))]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert set(calendar["not_holidays"]) <= set(words)


# --- all files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yaml")), ids=lambda path: path.name)
def test_file_parses_and_holds_no_addresses_of_services(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert not re.search(r"https?://(?!(?:www\.)?example\.)|npmjs|pypi|registry\.|localhost", text)
    assert str(RULES.parents[1]) not in text
