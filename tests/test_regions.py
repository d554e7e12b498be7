"""The region of a notice and the divisions its text names."""

from typing import Any

import pytest
from drafts import cases, draft, rulebook

from extractor.entities import units
from extractor.model import Manuscript
from extractor.resolve.regions import notice_region
from extractor.schema import Region


def notice(case: dict[str, Any]) -> Manuscript:
    addressees = case.get("addressees", "各有关单位：")
    body = case.get("body", "现将有关事项通知如下。")
    signed = f"\n{case['sign']}\n2023年4月3日\n" if "sign" in case else ""
    return draft(
        f"{case['title']}\n\n{addressees}\n\n{body}\n\n一、活动时间\n\n4月20日。\n\n二、工作要求\n\n注重实效。\n{signed}"
    )


def region(manuscript: Manuscript) -> Region:
    return notice_region(manuscript, rulebook(), list(units.find(manuscript, rulebook())))


@pytest.mark.parametrize("case", cases("regions"), ids=lambda case: case["title"] + case.get("body", "")[:12])
def test_region(case: dict[str, Any]) -> None:
    found = region(notice(case))
    assert [found.name, found.code, found.level] == case["expect"]
    if "above" in case:
        assert [found.province, found.city, found.county] == case["above"]


def test_all_levels_are_named() -> None:
    found = region(notice({"title": "淄博市临淄区教育局关于开展宣传周活动的通知"}))
    assert (found.province, found.city, found.county) == ("山东省", "淄博市", "临淄区")
    found = region(notice({"title": "重庆市荣昌区教育委员会关于开展宣传周活动的通知"}))
    assert (found.province, found.city, found.county) == ("重庆市", None, "荣昌区")


def test_a_town_keeps_its_county() -> None:
    found = region(notice({"title": "武义县泉溪镇人民政府关于开展宣传周活动的通知"}))
    assert (found.level, found.county, found.code) == ("town", "武义县", "330723")
