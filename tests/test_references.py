"""Citations and attachments: invented notices in, documents out."""

from typing import Any

import pytest
from drafts import cases, draft, rulebook
from msgspec.structs import replace

from extractor.entities.references import find
from extractor.model import CitationValue, Link, Manuscript, Mention, Span, TextValue

NOTICE = """关于报送材料的通知
各县文化局：
请报送材料。
附件：文化周活动项目表
海州市文化局
2021年5月6日
{rest}"""


def found(manuscript: Manuscript, kind: str) -> list[Mention]:
    return sorted(
        (m for m in find(manuscript, rulebook()) if m.kind == kind), key=lambda mention: mention.span
    )


def attachments(manuscript: Manuscript) -> list[list[str]]:
    return [
        [m.value.text, m.value.detail]
        for m in found(manuscript, "attachment")
        if isinstance(m.value, TextValue)
    ]


@pytest.mark.parametrize("case", cases("references"), ids=lambda case: case["text"][-24:].replace("\n", " "))
def test_case(case: dict[str, Any]) -> None:
    manuscript = draft(case["text"])
    values = [
        [m.value.title, m.value.doc_number, m.value.kind, m.value.relation]
        for m in found(manuscript, "citation")
        if isinstance(m.value, CitationValue)
    ]
    assert values == case["citations"]
    assert attachments(manuscript) == case.get("attachments", [])


@pytest.mark.parametrize("case", cases("references"), ids=lambda case: case["text"][-24:].replace("\n", " "))
def test_spans_hold_the_printed_words(case: dict[str, Any]) -> None:
    manuscript = draft(case["text"])
    for mention in find(manuscript, rulebook()):
        printed = "".join(manuscript.quote(mention.span).split())
        if isinstance(mention.value, CitationValue) and mention.value.title:
            assert printed == f"《{mention.value.title}》"
        elif isinstance(mention.value, TextValue):
            assert printed == mention.value.text


def test_a_link_carries_the_attachment() -> None:
    text = NOTICE.format(rest="点此查看：文化周活动项目表")
    manuscript = draft(
        text, format="html", links=(Link(Span(text.index("点此"), len(text)), "files/1.docx"),)
    )
    assert attachments(manuscript) == [["文化周活动项目表", "present"]]


def test_a_web_page_may_keep_it_elsewhere() -> None:
    manuscript = draft(NOTICE.format(rest=""), format="html")
    assert attachments(manuscript) == [["文化周活动项目表", "unknown"]]
    text = replace(manuscript.document, format="pdf")
    assert attachments(replace(manuscript, document=text)) == [["文化周活动项目表", "absent"]]


def test_headings_of_the_attached_pages() -> None:
    manuscript = draft(NOTICE.format(rest="附件：\n2021年西山区文化周活动\n领导小组成员单位\n组长：某某"))
    headings = [
        m.value.text for m in found(manuscript, "attachment_heading") if isinstance(m.value, TextValue)
    ]
    assert headings == ["2021年西山区文化周活动领导小组成员单位"]
    assert attachments(manuscript) == [["文化周活动项目表", "present"]]


def test_an_attachment_no_note_names() -> None:
    manuscript = draft(
        "六、有关要求\n1、加强领导。\n2、认真总结。\n联系人：周正\n附件2：\n第七届文化周活动一览表\n序号 内容 时间"
    )
    mentions = found(manuscript, "attachment")
    assert [(m.role, m.value) for m in mentions] == [
        ("unlisted", TextValue("第七届文化周活动一览表", "present"))
    ]
