"""Highlights in PDFs: over the very characters, however the page lies; text and pages stay."""

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from made_pdf import Page, Setting, make_pdf
from marked_draft import LINES, RULES, noticed

from extractor.model import Box
from extractor.render.annotate import annotate
from extractor.render.pdf import annotate_pdf
from extractor.schema import Notice, to_record
from extractor.settings import Settings

Rect = tuple[float, float, float, float]


def draft(rotation: int = 0, crop: tuple[float, ...] | None = None, lines: tuple[str, ...] = LINES) -> bytes:
    def draw(page: Page) -> None:
        for line in lines:
            page.paragraph(line)
        page.canvas.setPageRotation(rotation)
        if crop is not None:
            page.canvas.setCropBox(crop)

    return make_pdf(draw, Setting(page_numbers=False))


def marked(raw: bytes) -> tuple[Notice, bytes]:
    notice = noticed(raw, "稿.pdf")
    return notice, annotate_pdf(raw, notice.document, to_record(notice), RULES.cards)


def annotations(raw: bytes) -> list[tuple[int, int, str, str, list[Rect]]]:
    """Page, kind, contents, name and rectangles (page's own coordinates) of every annotation."""
    found = []
    pdf = pypdfium2.PdfDocument(raw)
    for number in range(len(pdf)):
        page = pdf[number]
        for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            one = pdfium.FPDFPage_GetAnnot(page.raw, index)
            quads = []
            for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(one)):
                quad = pdfium.FS_QUADPOINTSF()
                pdfium.FPDFAnnot_GetAttachmentPoints(one, at, ctypes.byref(quad))
                quads.append((quad.x3, quad.y3, quad.x2, quad.y2))
            found.append(
                (
                    number + 1,
                    pdfium.FPDFAnnot_GetSubtype(one),
                    value(one, "Contents"),
                    value(one, "NM"),
                    quads,
                )
            )
            assert pdfium.FPDFAnnot_HasKey(one, b"AP"), "an appearance is written for readers that make none"
            assert value(one, "T") == "notice"
            pdfium.FPDFPage_CloseAnnot(one)
    pdf.close()
    return found


def value(annotation: Any, key: str) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, key.encode(), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def words_under(raw: bytes, page: int, rect: Rect) -> str:
    """What pdfium itself finds inside a rectangle: independent of the reader's boxes."""
    pdf = pypdfium2.PdfDocument(raw)
    left, low, right, high = rect
    text = pdf[page - 1].get_textpage().get_text_bounded(left + 0.5, low + 0.5, right - 0.5, high - 0.5)
    pdf.close()
    return "".join(str(text).split())


CROP = (30.0, 20.0, 570.0, 820.0)


@pytest.mark.parametrize("rotation", [0, 90, 270])
@pytest.mark.parametrize("crop", [None, CROP])
def test_the_words_are_under_the_highlights(rotation: int, crop: tuple[float, ...] | None) -> None:
    raw = draft(rotation, crop)
    notice, made = marked(raw)
    found = {
        name: (page, quads)
        for page, kind, _, name, quads in annotations(made)
        if kind == pdfium.FPDF_ANNOT_HIGHLIGHT
    }
    assert len(found) == len(notice.findings) >= 10
    for number, finding in enumerate(notice.findings, 1):
        page, quads = found[f"notice-{number}"]
        under = "".join(words_under(raw, page, quad) for quad in quads)
        assert under == "".join(finding.quote.split()), (finding.code, quads)


def test_each_note_says_message_suggestion_and_reason() -> None:
    notice, made = marked(draft())
    notes = {name: text for _, _, text, name, _ in annotations(made)}
    for number, finding in enumerate(notice.findings, 1):
        lines = notes[f"notice-{number}"].split("\n")
        assert lines[0].startswith(f"{number} ")
        assert finding.code in lines[0]
        assert finding.message in lines
        assert f"依据：{RULES.cards[finding.code].why}" in lines


def test_the_other_side_is_underlined() -> None:
    raw = draft()
    notice, made = marked(raw)
    number = next(n for n, f in enumerate(notice.findings, 1) if f.code == "D01")
    lines = [
        a
        for a in annotations(made)
        if a[1] == pdfium.FPDF_ANNOT_UNDERLINE and a[2].startswith(f"↔ {number} D01")
    ]
    assert len(lines) == len(notice.findings[number - 1].related) >= 1
    assert "二〇二三年三月八日" in [words_under(raw, line[0], line[4][0]) for line in lines]


def test_words_over_two_lines_have_a_rectangle_each_and_pages_their_own_mark() -> None:
    long = "请各单位于2022年5月10日前将活动总结、照片、统计表和意见建议一并报送市林业局，" * 3
    raw = draft(
        lines=(*LINES[:3], long, *("活动由各县（区）林业局组织实施，市林业局督促检查。",) * 28, *LINES[11:13])
    )
    notice = noticed(raw, "稿.pdf")
    record = to_record(notice)
    text = notice.document.text
    start, end = text.index(long[:4]), text.index(long[:4]) + len(long)
    across = (text.index("各县（区）林业局组织"), len(text) - 3)
    record["findings"] = [
        {
            "code": "X01", "name": "made-up", "severity": "info", "message": "不对", "quote": text[a:b],
            "span": {"start": a, "end": b, "page": 1, "box": None}, "line": 1, "column": 1, "page": 1, "related": [],
            "fix": None, "suggestion": "",
        }
        for a, b in ((start, end), across)
    ]  # fmt: skip
    found = annotations(annotate_pdf(raw, notice.document, record, RULES.cards))
    first = [a for a in found if a[3] == "notice-1"]
    assert len(first) == 1
    assert 3 <= len(first[0][4]) <= 5
    assert "".join(words_under(raw, 1, quad) for quad in first[0][4]) == long
    assert [a[0] for a in found if a[3] == "notice-2"] == [1, 2]


def test_a_finding_without_a_box_is_a_note_on_its_page() -> None:
    notice = noticed(draft(), "稿.pdf")
    from msgspec.structs import replace

    bare = replace(notice.document, runs=tuple(replace(run, boxes=()) for run in notice.document.runs))
    found = annotations(annotate_pdf(draft(), bare, to_record(notice), RULES.cards))
    assert len(found) == len(notice.findings)
    assert {kind for _, kind, _, _, _ in found} == {pdfium.FPDF_ANNOT_TEXT}


def test_text_and_pages_stay_and_marks_there_already_too() -> None:
    raw = draft()
    notice, made = marked(raw)
    again = noticed(made, "稿.pdf")
    assert again.document.text == notice.document.text
    assert again.document.pages == notice.document.pages
    twice = marked(made)[1]
    assert len(annotations(twice)) == 2 * len(annotations(made))


def test_the_highlight_is_seen_and_the_words_stay_readable() -> None:
    raw = draft()
    notice, made = marked(raw)
    finding = next(f for f in notice.findings if f.code == "F04")
    box = notice.document.box(finding.span)
    assert isinstance(box, Box)
    before, after = (pixels(data, box) for data in (raw, made))
    assert sum(before) / len(before) > sum(after) / len(after), "the paper is coloured"
    assert min(after) <= min(before) + 10, "the words are as dark as before"


def pixels(raw: bytes, box: Box) -> list[int]:
    """Green of the pixels of a box on the first page."""
    pdf = pypdfium2.PdfDocument(raw)
    image = pdf[0].render(scale=2).to_pil().convert("RGB")
    pdf.close()
    part = image.crop((int(box.x0 * 2), int(box.top * 2), int(box.x1 * 2), int(box.bottom * 2)))
    return list(part.getchannel("G").tobytes())


def test_without_findings_the_file_is_the_same() -> None:
    raw = draft()
    notice = noticed(raw, "稿.pdf")
    assert annotate_pdf(raw, notice.document, {**to_record(notice), "findings": []}, RULES.cards) is raw


def test_the_right_shape_for_each_format() -> None:
    raw = draft()
    assert annotate(raw, to_record(noticed(raw, "稿.pdf")), RULES.cards, Settings())[0] == ".pdf"
    text = "\n".join(LINES).encode()
    ending, made = annotate(text, to_record(noticed(text, "稿.txt")), RULES.cards, Settings())
    assert ending == ".html"
    assert made.startswith(b"<!DOCTYPE html>")
