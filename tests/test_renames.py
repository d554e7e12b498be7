"""Bodies that were renamed: the full name of their time, and one entity for all their names."""

from datetime import date
from pathlib import Path

import pytest
from drafts import rulebook

from extractor.errors import RuleError
from extractor.pipeline import process
from extractor.resolve.unit_names import expand
from extractor.rulebook.renames import load_renames
from extractor.schema import Notice, Region
from extractor.settings import Settings

COUNTY = Region("九江市德安县", "360426", "county", "江西省", "九江市", "德安县")


@pytest.mark.parametrize(
    ("name", "day", "full"),
    [
        ("县消防大队", "2017-11-01", "德安县公安消防大队"),
        ("县消防大队", "2021-11-01", "德安县消防救援大队"),
        ("县消防大队", "2019-05-01", None),  # handed over, not yet renamed everywhere
        ("县消防救援大队", "2019-12-31", "德安县消防救援大队"),
        ("县工商局", "2016-04-01", "德安县工商行政管理局"),
        ("县安监局", "2016-04-01", "德安县安全生产监督管理局"),
        ("县环保局", "2016-04-01", "德安县环境保护局"),
        ("县市场监管局", "2016-04-01", "德安县市场监督管理局"),
        ("县市场监管局", "2024-04-01", "德安县市场监督管理局"),
    ],
)
def test_a_short_name_takes_the_full_name_of_its_time(name: str, day: str, full: str | None) -> None:
    assert expand(name, COUNTY, rulebook(), date.fromisoformat(day)) == full


def test_the_name_a_notice_spells_out_is_meant_by_its_short_form() -> None:
    known = ("德安县市场和质量监督管理局", "县市场监管局")
    assert expand("县市场监管局", COUNTY, rulebook(), date(2017, 4, 1), known) == known[0]
    later = expand("县市场监管局", COUNTY, rulebook(), date(2020, 4, 1), known)
    assert later == "德安县市场监督管理局"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("德安县工商行政管理局", "德安县市场监督管理局"),
        ("德安县质量技术监督局", "德安县市场和质量监督管理局"),
        ("德安县安全生产监督管理局", "德安县应急管理局"),
        ("九江市国土资源局", "九江市自然资源局"),
        ("江西省环境保护厅", "江西省生态环境厅"),
        ("德安县卫生和计划生育委员会", "德安县卫生健康委员会"),
        ("德安县农业局", "德安县农业农村局"),
        ("德安县文化广电新闻出版局", "德安县文化和旅游局"),
        ("德安县公安消防大队", "德安县消防救援大队"),
        ("德安县扶贫开发办公室", "德安县乡村振兴局"),
    ],
)
def test_predecessor_and_successor_are_one_entity(before: str, after: str) -> None:
    entity = rulebook().renames.entity
    assert entity(before) == entity(after) != before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("德安县工商行政管理局", "都昌县市场监督管理局"),
        ("德安县市场监督管理局", "德安县应急管理局"),
        ("德安县知识产权局", "德安县市场监督管理局"),  # many go on by themselves
        ("江西省药品监督管理局", "江西省市场监督管理局"),
        ("德安县司法局", "德安县法制办公室"),
        ("德安县农业机械局", "德安县农业农村局"),
        ("工商行政管理局", "市场监督管理局"),  # nobody's
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    entity = rulebook().renames.entity
    assert entity(one) != entity(other)


def test_the_rows_of_two_years_meet() -> None:
    text = "德安县{0}关于开展{1}年宣传周活动的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n一、活动时间\n{1}年4月20日至26日。\n德安县{0}\n{1}年4月2日\n"
    found = []
    for body, year in (("工商行政管理局", 2015), ("市场监督管理局", 2021)):
        made = process(text.format(body, year).encode(), "x.txt", rulebook(), Settings())
        assert isinstance(made, Notice)
        (issuer,) = [row for row in made.tables.units if "issuer" in row.roles]
        assert issuer.full_name == f"德安县{body}"
        found.append(issuer.entity)
    assert found == ["德安县市场监管", "德安县市场监管"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  - {old: [甲局], new: 乙局, from: 2018-13-01, conf: V, source: 某文}", "not a day"),
        ("  - {old: [甲局], new: 乙局, from: 2018-03-21, conf: X, source: 某文}", "no such confidence"),
        ("  - {old: [甲局], new: 乙局, from: 2018-03-21, conf: V}", "'source' is missing"),
        ("  - {old: [甲局], new: 乙局, from: 2018-03-21, conf: V, source: 某文, line: 乙}", "full and now"),
        ("  - {old: [甲局], new: 乙局, from: 2018-03-21, conf: V, source: 某文, link: 乙}", "unknown key"),
    ],
)
def test_a_slip_in_the_file_is_told(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "renames.yaml").write_text(f"renames:\n{line}\ndated: []\n", encoding="utf-8")
    with pytest.raises(RuleError, match=told) as caught:
        load_renames(tmp_path)
    assert "renames.yaml:2" in str(caught.value)
