"""The report page: the whole text, every finding marked and linked, nothing a document holds becomes markup."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marked_draft import RULES, TEXT, noticed, word_draft

from extractor.render.html import page
from extractor.schema import to_record


class Page(HTMLParser):
    """What a browser would see: tags, ids, links, words of the article, the classes the words are marked with."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.article = ""
        self.marked: list[tuple[str, str]] = []
        self.seen = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append((tag, found))
        if tag not in ("meta", "br"):
            self.open.append(tag + "." + found.get("class", ""))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].split(".")[0] == tag
        self.open.pop()
        if "article." in self.open and tag in ("p", "tr"):
            self.article += "\n"
        elif "article." in self.open and tag == "td":
            self.article += "\t"

    def handle_data(self, data: str) -> None:
        if "article." in self.open and not any(o.startswith("a.") for o in self.open) and data.strip("\n"):
            self.article += data
        self.seen += data
        if self.open and self.open[-1].startswith("mark."):
            self.marked.append((data, self.open[-1].partition(".")[2]))


def record_of(text: str, *findings: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": {"path": "稿.txt", "format": "txt", "chars": len(text), "pages": None},
        "title": None, "text": text, "findings": list(findings), "warnings": [], "sections": [], "spans": {},
    }  # fmt: skip


def finding(start: int, end: int, text: str, **values: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": "X01", "name": "made-up", "severity": "error", "message": "不对", "quote": text[start:end],
        "span": {"start": start, "end": end}, "line": 1, "column": 1, "page": None, "related": [], "fix": None,
        "suggestion": "",
    }  # fmt: skip
    return made | values


def test_every_finding_is_marked_numbered_and_linked() -> None:
    notice = noticed(TEXT.encode(), "稿.txt")
    seen = Page(page(to_record(notice), RULES.cards))
    assert len(set(seen.ids)) == len(seen.ids)
    assert all(link[1:] in seen.ids for link in seen.links)
    for number, one in enumerate(notice.findings, 1):
        assert f"w{number}" in seen.ids
        assert f"f{number}" in seen.ids
        for index in range(1, len(one.related) + 1):
            assert f"o{number}-{index}" in seen.ids
        card = RULES.cards[one.code]
        assert card.title in seen.seen
        assert card.why in seen.seen
        assert one.message in seen.seen


def test_the_whole_text_stands_there() -> None:
    seen = Page(page(to_record(noticed(TEXT.encode(), "稿.txt")), RULES.cards))
    assert [line for line in seen.article.split("\n") if line] == TEXT.strip().split("\n")


def test_words_are_marked_in_the_colour_of_the_gravest() -> None:
    text = "甲乙丙丁戊己"
    findings = [
        finding(0, 4, text, severity="info"),
        finding(2, 5, text),
        finding(5, 6, text, severity="warning"),
    ]
    findings[0]["related"] = [
        {
            "quote": "己",
            "span": {"start": 5, "end": 6},
            "line": 1,
            "column": 6,
            "page": None,
            "note": "另一处",
        }
    ]
    seen = Page(page(record_of(text, *findings), {}))
    assert seen.marked == [("甲乙", "info"), ("丙丁", "error"), ("戊", "error"), ("己", "warning")]
    assert "另一处" in seen.seen


def test_an_insertion_and_words_over_two_paragraphs() -> None:
    text = "甲乙\n丙丁"
    seen = Page(page(record_of(text, finding(1, 1, text), finding(1, 4, text), finding(5, 5, text)), {}))
    assert {"w1", "w2", "w3"} <= set(seen.ids)
    assert [words for words, _ in seen.marked] == ["乙", "丙"]


def test_tables_are_tables() -> None:
    seen = Page(page(to_record(noticed(word_draft())), RULES.cards))
    rows = [line for line in seen.article.split("\n") if "\t" in line]
    assert next(row.rstrip("\t").split("\t") for row in rows) == ["时间", "活动", "责任单位"]
    assert ("、、", "warning") in seen.marked or any("、、" in words for words, _ in seen.marked)


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">&lt;b&gt;\x00\x1b[31m\u202e“"'


def test_hostile_text_is_only_text() -> None:
    record = record_of(
        HOSTILE, finding(0, 8, HOSTILE, message=HOSTILE, suggestion=HOSTILE, name=HOSTILE, code='"><u>')
    )
    record["source"]["path"] = '"><script>x</script>.txt'
    record["title"] = record["warnings"] = None
    record |= {"title": HOSTILE, "warnings": [HOSTILE]}
    made = page(record, {})
    seen = Page(made)
    assert not {tag for tag, _ in seen.tags} & {
        "script",
        "img",
        "u",
        "b ",
        "iframe",
        "link",
        "object",
        "form",
    }
    assert not any(key.startswith("on") or key == "src" for _, attributes in seen.tags for key in attributes)
    assert "\x1b" not in made
    assert "\u202e" not in made
    assert "\x00" not in made
    assert "<script>alert(1)</script>" in seen.article


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
@example("the end of a line\n", 17, 18)
@example("two\n\nparagraphs", 3, 8)
def test_any_text_any_place(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    text = text.replace("\r", " ")
    seen = Page(page(record_of(text, finding(start, end, text)), {}))
    assert "w1" in seen.ids
    assert not seen.open


def test_loads_nothing_from_anywhere() -> None:
    made = page(to_record(noticed(TEXT.encode(), "稿.txt")), RULES.cards)
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|<script|https?://", made)
    assert "default-src 'none'" in made


@pytest.mark.parametrize(("lang", "words"), [("zh", "文稿检查报告"), ("en", "Check of a draft")])
def test_languages(lang: str, words: str) -> None:
    made = page(to_record(noticed(TEXT.encode(), "稿.txt")), RULES.cards, lang)
    assert words in made
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in made


def test_without_findings_it_says_so() -> None:
    assert "未发现问题" in Page(page(record_of("甲"), {})).seen


def test_the_other_side_in_another_file_is_told_without_a_link() -> None:
    there = {
        "path": "<上级>.docx",
        "quote": "6月1日前",
        "line": 7,
        "column": 3,
        "page": None,
        "note": "上级的期限",
    }
    seen = Page(page(record_of("甲乙", finding(0, 1, "甲乙", elsewhere=[there])), {}))
    assert "<上级>.docx 第7段第3字" in seen.seen
    assert "上级的期限" in seen.seen
    assert all(link[1:] in seen.ids for link in seen.links)
