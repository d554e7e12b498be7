"""Contacts: invented lines in, contacts out; what must not be one stands beside them."""

from typing import Any

import pytest
from drafts import cases, draft, grid, rulebook

from extractor.entities.contacts import find
from extractor.model import ContactValue, Manuscript, Mention
from extractor.text import with_area


def found(manuscript: Manuscript) -> list[tuple[Mention, ContactValue]]:
    mentions = sorted(find(manuscript, rulebook()), key=lambda mention: mention.span)
    return [(mention, mention.value) for mention in mentions if isinstance(mention.value, ContactValue)]


@pytest.mark.parametrize("case", cases("contacts"), ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    manuscript = draft(case["text"])
    values = [[value.kind, value.value] for _, value in found(manuscript)]
    assert sorted(values) == sorted(case["expect"])


@pytest.mark.parametrize("case", cases("contacts"), ids=lambda case: case["text"][:24])
def test_spans_hold_the_printed_words(case: dict[str, Any]) -> None:
    manuscript = draft(case["text"])
    for mention, value in found(manuscript):
        printed = manuscript.quote(mention.span)
        assert printed == printed.strip()
        if value.kind in ("person", "address"):
            assert "".join(printed.split()) == value.value
        if value.kind == "phone":
            assert set(value.value) - set("-转") <= set(printed) | set(manuscript.document.text)


def test_columns_of_a_table() -> None:
    manuscript = grid(
        [["单位", "联系人", "联系电话"], ["东山镇", "陆小曼", "62345678"], ["西湖街道", "", "0571-62345679"]]
    )
    values = [(value.kind, value.value) for _, value in found(manuscript)]
    assert values == [("person", "陆小曼"), ("phone", "62345678"), ("phone", "0571-62345679")]


def test_purpose() -> None:
    manuscript = draft("活动总结报送至邮箱：a1@163.com。咨询电话：62345678。联系人：周正。投诉热线：12345。")
    purposes = {value.value: value.purpose for _, value in found(manuscript)}
    assert purposes == {"a1@163.com": "报送", "62345678": "咨询", "周正": "联系", "12345": "热线"}


@pytest.mark.parametrize(
    ("number", "area", "whole"),
    [
        ("63210009", "0871", "0871-63210009"),
        ("4665001", "0393", "0393-4665001"),
        ("81066221转803", "023", "023-81066221转803"),
        ("0571-62345678", "0871", "0571-62345678"),
        ("13800001234", "0871", "13800001234"),
        ("12315", "0871", "12315"),
        ("63210009", None, "63210009"),
    ],
)
def test_with_area(number: str, area: str | None, whole: str) -> None:
    assert with_area(number, area) == whole
