"""Comments in Word files: on the exact words, everywhere, with nothing else changed."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from made_docx import make_docx, para, run
from marked_draft import (
    RULES,
    SETTINGS,
    dressed,
    members,
    noticed,
    paragraph,
    table,
    text_box,
    word_draft,
    xml,
)

from extractor.errors import Vanished
from extractor.model import Span
from extractor.readers.wordml import W
from extractor.render.annotate import annotate
from extractor.render.docx import annotate_docx
from extractor.schema import to_record


def commented(raw: bytes, lang: str = "zh") -> bytes:
    notice = noticed(raw)
    return annotate_docx(raw, notice.document, to_record(notice), RULES.cards, lang=lang)


def on(raw: bytes, quote: str, count: int = 1) -> bytes:
    """The file with a made-up finding on every place the words stand."""
    notice = noticed(raw)
    record = to_record(notice)
    record["findings"] = []
    at = -1
    for _ in range(count):
        at = notice.document.text.index(quote, at + 1)
        place = notice.document.place(at)
        record["findings"].append(
            {
                "code": "X01", "name": "made-up", "severity": "error", "message": f"“{quote}”不对", "quote": quote,
                "span": {"start": at, "end": at + len(quote), "page": None, "box": None}, "line": place.line,
                "column": place.column, "page": None, "related": [], "fix": None, "suggestion": "",
            }
        )  # fmt: skip
    return annotate_docx(raw, notice.document, record, RULES.cards)


def anchored(raw: bytes) -> list[tuple[str, list[str]]]:
    """For each comment, in the order of their numbers: the words of the body between its marks, and its paragraphs."""
    said = {
        comment.get(f"{W}id"): ["".join(t.text for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")]
        for comment in xml(raw, "word/comments.xml")
    }
    words: dict[str, str] = {}
    open_: set[str] = set()
    referred: list[str] = []
    for node in xml(raw).iter():
        if node.tag == f"{W}commentRangeStart":
            open_.add(node.get(f"{W}id"))
            words[node.get(f"{W}id")] = ""
        elif node.tag == f"{W}commentRangeEnd":
            open_.remove(node.get(f"{W}id"))
        elif node.tag == f"{W}commentReference":
            assert node.get(f"{W}id") not in open_, "the reference stands behind the range"
            referred.append(node.get(f"{W}id"))
        elif node.tag in (f"{W}t", f"{W}delText"):
            for number in open_:
                words[number] += node.text or ""
    assert not open_
    assert sorted(referred) == sorted(said) == sorted(words)
    return [(words[number], said[number]) for number in sorted(said, key=int)]


def test_text_runs_and_formatting_stay() -> None:
    raw = word_draft()
    made = commented(raw)
    before, after = noticed(raw).document, noticed(made).document
    assert after.text == before.text
    assert after.runs == before.runs
    assert dressed(made) == dressed(raw)
    old, new = members(raw), members(made)
    assert set(new) - set(old) == {"word/comments.xml"}
    untouched = set(old) - {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert all(new[name] == old[name] for name in untouched)


def test_one_comment_a_finding_with_reason_and_suggestion() -> None:
    raw = word_draft()
    findings = noticed(raw).findings
    found = anchored(commented(raw))
    assert len(found) == len(findings) >= 15
    for finding, (_, lines) in zip(findings, found, strict=True):
        card = RULES.cards[finding.code]
        assert lines[0].endswith(f"{finding.code} {card.title}")
        assert " ".join(finding.message.split()) in lines
        assert f"依据：{card.why}" in lines
        if finding.suggestion:
            assert f"建议：{finding.suggestion}" in lines
    deadline = next(lines for _, lines in found if " D01 " in lines[0])
    assert any(line.startswith("对照：") and "二〇二三年三月八日" in line for line in deadline)
    comments = list(xml(commented(raw), "word/comments.xml"))
    assert {c.get(f"{W}author") for c in comments} == {"notice"}
    assert all(c.get(f"{W}initials") for c in comments)


def test_anchored_on_the_exact_words() -> None:
    raw = word_draft()
    document = noticed(raw).document
    for finding, (words, lines) in zip(noticed(raw).findings, anchored(commented(raw)), strict=True):
        part = document.place(finding.span.start).part
        if part == "body" or part.startswith("table"):
            assert words == finding.quote
        elif part == "header1":
            assert words == "青林发[2023]第12号"
            assert lines[1] == "页眉中“青河市林业局文件”："
        elif part == "footnote1":
            assert words == ""
            assert lines[1].startswith("脚注中“")
        else:
            assert part == "textbox1"
            assert words == "温馨提示：报名请扫码,自行办理。"
            assert lines[1].startswith("文本框中“")


def test_bold_words_in_the_middle_are_split_off_and_stay_bold() -> None:
    raw = make_docx([paragraph("甲乙丙", "丁戊己", "庚辛")])
    made = on(raw, "丙丁")
    assert anchored(made)[0][0] == "丙丁"
    assert dressed(made) == dressed(raw)


def test_several_on_the_same_words_stand_in_order() -> None:
    raw = make_docx([paragraph("甲乙丙丁")])
    notice = noticed(raw)
    record = to_record(notice)
    made_up = {
        "name": "made-up", "severity": "info", "message": "不对", "line": 1, "column": 1, "page": None, "related": [],
        "fix": None, "suggestion": "",
    }  # fmt: skip
    record["findings"] = [
        {**made_up, "code": f"X0{n}", "quote": "乙丙", "span": {"start": 1, "end": end}}
        for n, end in ((1, 3), (2, 3), (3, 2))
    ]
    made = annotate_docx(raw, notice.document, record, RULES.cards)
    assert [words for words, _ in anchored(made)] == ["乙丙", "乙丙", "乙"]
    starts = [e.get(f"{W}id") for e in xml(made).iter(f"{W}commentRangeStart")]
    ends = [e.get(f"{W}id") for e in xml(made).iter(f"{W}commentReference")]
    assert starts == ["0", "1", "2"]
    assert ends == ["2", "0", "1"]


def test_an_automatic_number_is_commented_at_the_beginning_of_its_paragraph() -> None:
    made = on(word_draft(), "二、")
    assert anchored(made)[0][0] == "活动安排"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<w:ins w:id='1' w:author='甲'>" + run("新增文字") + "</w:ins>" + run("旧文"), "文字旧"),
        ("<w:hyperlink w:anchor='x'>" + run("链接文字") + "</w:hyperlink>" + run("后面"), "链接"),
        (run("左") + "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "乙"),
        ("<w:sdt><w:sdtContent>" + run("内容控件里") + "</w:sdtContent></w:sdt>", "控件"),
        ("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>" + run("后"), "字"),
        (run("前") + "<w:del w:id='2' w:author='甲'><w:r><w:delText>删去</w:delText></w:r></w:del>" + run("后文"), "前后"),
    ],
)  # fmt: skip
def test_structures_inside_a_paragraph(inside: str, words: str) -> None:
    raw = make_docx([para("第一段"), para(inside=inside)])
    made = on(raw, words)
    found = anchored(made)[0][0]
    assert words[0] in found
    assert words[-1] in found
    assert noticed(made).document.text == noticed(raw).document.text
    assert dressed(made) == dressed(raw)


def test_words_over_two_cells_are_marked_in_the_first() -> None:
    raw = make_docx([paragraph("前"), table(("甲乙", "丙丁"), ("戊", "己"))])
    assert anchored(on(raw, "乙\t丙"))[0][0] == "乙"


def test_words_over_two_paragraphs() -> None:
    raw = make_docx([paragraph("甲乙"), paragraph("丙丁")])
    assert anchored(on(raw, "乙\n丙"))[0][0] == "乙丙"


def test_text_boxes_of_header_and_body_are_told_apart() -> None:
    raw = make_docx(
        [paragraph("正文一"), text_box("正文框里的话")],
        headers=[paragraph("青河市林业局文件") + text_box("页眉框里的话")],
        section='<w:headerReference w:type="default" r:id="rHeader1"/>',
    )
    assert anchored(on(raw, "页眉框"))[0] == (
        "正文一",
        ["错误 X01 made-up", "文本框中“页眉框”：", "“页眉框”不对"],
    )
    assert anchored(on(raw, "正文框"))[0][0] == "正文框里的话"


def test_comments_already_there_stay() -> None:
    raw = word_draft()
    once = commented(raw)
    twice = commented(once)
    first, both = anchored(once), anchored(twice)
    assert both[: len(first)] == first
    assert len(both) == 2 * len(first)
    names = list(members(twice))
    assert names.count("word/comments.xml") == 1
    assert len(names) == len(members(once))


def test_strict_documents_stay_strict() -> None:
    usual = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members(make_docx([paragraph("甲乙丙丁")])).items():
            for old, new in usual.items():
                data = data.replace(old, new)
            package.writestr(name, data)
    made = on(buffer.getvalue(), "乙丙")
    written = members(made)
    for part in ("word/document.xml", "word/comments.xml"):
        assert b"purl.oclc.org/ooxml/wordprocessingml" in written[part]
        assert b"schemas.openxmlformats.org/wordprocessingml" not in written[part]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in written["word/_rels/document.xml.rels"]
    )
    assert noticed(made).document.text == "甲乙丙丁"


def test_time_and_language() -> None:
    raw = word_draft()
    notice = noticed(raw)
    when = datetime(2023, 3, 2, 9, 30)
    made = annotate_docx(raw, notice.document, to_record(notice), RULES.cards, lang="en", when=when)
    comment = xml(made, "word/comments.xml")[0]
    assert comment.get(f"{W}date") == "2023-03-02T09:30:00Z"
    assert "Reason: " in "".join(comment.itertext())
    assert xml(commented(raw), "word/comments.xml")[0].get(f"{W}date") is None


def test_without_findings_the_file_is_the_same() -> None:
    raw = word_draft()
    notice = noticed(raw)
    record = {**to_record(notice), "findings": []}
    assert annotate_docx(raw, notice.document, record, RULES.cards) is raw


def test_a_file_changed_since_is_refused() -> None:
    record = to_record(noticed(word_draft()))
    with pytest.raises(Vanished):
        annotate(make_docx([paragraph("别的")]), record, RULES.cards, SETTINGS)


def test_every_character_is_found_again() -> None:
    from extractor.render.word.package import WordPackage
    from extractor.render.word.places import Places

    raw = word_draft()
    document = noticed(raw).document
    places = Places(WordPackage(raw, SETTINGS.limits), document)
    lost = []
    for offset, char in enumerate(document.text):
        one: Any = places.run(offset)
        if one is not None and not one.synthetic and places.character(offset) is None:
            lost.append((offset, char))
    assert not lost
    assert places.real(Span(0, 0)) == (0, 0)


@pytest.mark.slow
def test_libreoffice_opens_it_with_every_comment(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("missing part: soffice")
    raw = word_draft()
    (tmp_path / "draft.docx").write_bytes(commented(raw))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(tmp_path / "draft.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    written = (tmp_path / "draft.fodt").read_text(encoding="utf-8")
    assert written.count("<office:annotation ") == len(noticed(raw).findings)
