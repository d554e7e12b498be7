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


def test_files_a_page_links_to_where_no_note_lists_them() -> None:
    offered = {
        "附件1：报名表.docx": "/f/1.docx",
        "评分标准.pdf": "down.jsp?id=2",
        "点击下载": "/f/3.doc",
        "上一篇": "/x.html",
    }
    letter = (
        "关于举办歌咏比赛的通知\n各乡镇：\n定于5月4日举办歌咏比赛，请组织参加。\n海州市文化局\n2021年5月6日\n"
    )

    def titles(text: str) -> list[tuple[str | None, str]]:
        links = tuple(Link(Span(at := text.rindex(name), at + len(name)), to) for name, to in offered.items())
        plain = draft(text)
        manuscript = replace(plain, document=replace(plain.document, links=links))
        return [
            (m.role, m.value.text) for m in found(manuscript, "attachment") if isinstance(m.value, TextValue)
        ]

    bare = letter + "\n".join(offered)
    assert [pair for pair in titles(bare) if pair[0] == "linked"] == [
        ("linked", "报名表"),
        ("linked", "评分标准"),
    ]
    noted = letter.replace("海州", "附件：报名表\n海州") + "\n".join(offered)
    assert [title for _, title in titles(noted)] == ["报名表"]
