"""Every value's box on its page, against the numbers of tests/cases/boxes.yaml, which were looked at on the printed pages.

``python -m tests.test_boxes`` prints the file anew: draw the boxes on the pages before believing it.
"""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.pipeline import process
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings
from tests.made_ofd import notice_ofd

CASES = Path(__file__).parent / "cases" / "boxes.yaml"
PRINTED = Path(__file__).parents[1] / "corpus" / "formats" / "ip-week-2019-jixi.pdf"
TABLES = ("activities", "dates", "units", "contacts", "citations", "attachments")
LETTER = [
    ("青禾县节约用水办公室文件", "title"),
    ("青节水〔2031〕6号", "centre"),
    ("关于印发《青禾县2031年节约用水宣传周活动方案》的通知", "title"),
    ("各乡镇人民政府，县直有关部门：", "flush"),
    (
        "现将《青禾县2031年节约用水宣传周活动方案》印发给你们。请于2031年5月25日前将活动总结报县节约用水办公室，联系人：林晓岚，电话：0999-5550123，邮箱：jieshui@qinghe.example.gov.cn。",
        "body",
    ),
    ("附件：活动统计表", "body"),
    ("青禾县节约用水办公室", "right"),
    ("2031年4月22日", "right"),
    ("青禾县2031年节约用水宣传周活动方案", "title"),
    ("一、活动时间", "body"),
    ("2031年5月11日至17日", "body"),
    ("二、活动主题", "body"),
    ("惜水护水，从我做起", "body"),
    ("三、活动安排", "body"),
    (
        "（一）启动仪式。5月11日上午9:00，在县人民广场举行启动仪式，发放节水倡议书。",
        "body",
    ),
    ("责任单位：县水利局。配合单位：县教育局、县融媒体中心。", "body"),
    ("（二）节水进校园。5月14日，组织学生参观第二自来水厂。", "body"),
    ("责任单位：县教育局。", "body"),
]


def values(record: dict[str, Any]) -> Iterator[tuple[str, list[float]]]:
    """Every value's name with its words, and its page and box."""
    spans = [(name, span) for name, span in record["spans"].items()]
    for table in TABLES:
        for row in record[table]:
            spans.extend((table, span) for span in row.get("spans") or [row["span"]])
    for name, span in spans:
        words = "".join(record["text"][span["start"] : span["end"]].split())[:12]
        yield f"{name}: {words}", [span["page"], *(round(side, 1) for side in span["box"])]


def record_of(raw: bytes, name: str, rulebook: Rulebook) -> dict[str, Any]:
    notice = process(raw, name, rulebook, Settings())
    assert isinstance(notice, Notice)
    return to_record(notice)


def scan_of(pdf: bytes, dots: int = 200) -> bytes:
    """A PDF of the pages' pictures."""
    import pypdfium2

    first, *rest = (
        page.render(scale=dots / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)
    )
    buffer = io.BytesIO()
    first.save(buffer, "PDF", resolution=dots, save_all=True, append_images=rest)
    return buffer.getvalue()


@cache
def golden(kind: str) -> dict[str, list[list[float]]]:
    """Name and words of a value → where it is printed, once for each time."""
    cases: dict[str, dict[str, list[list[float]]]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return cases[kind]


def grouped(record: dict[str, Any]) -> dict[str, list[list[float]]]:
    found: dict[str, list[list[float]]] = {}
    for name, place in values(record):
        found.setdefault(name, []).append(place)
    return found


def held_against(record: dict[str, Any], kind: str, tolerance: float) -> None:
    found = grouped(record)
    assert found.keys() == golden(kind).keys()
    far = [
        (name, place, expected)
        for name, places in golden(kind).items()
        for place, expected in zip(found[name], places, strict=True)
        if place[0] != expected[0]
        or max(abs(a - b) for a, b in zip(place, expected, strict=True)) > tolerance
    ]
    assert not far


def test_boxes_of_a_pdf(rulebook: Rulebook) -> None:
    held_against(record_of(PRINTED.read_bytes(), "notice.pdf", rulebook), "pdf", 0.6)


def test_boxes_of_an_ofd(rulebook: Rulebook) -> None:
    held_against(record_of(notice_ofd(LETTER), "notice.ofd", rulebook), "ofd", 0.6)


@pytest.mark.slow
def test_boxes_of_a_scan(rulebook: Rulebook) -> None:
    """As in the PDF it is a picture of; to 4.5 points: the places of characters are the recogniser's guess."""
    pytest.importorskip("rapidocr", reason="the ocr extra is not installed")
    record = record_of(scan_of(PRINTED.read_bytes()), "scan.pdf", rulebook)
    assert record["source"]["ocr"]
    held_against(record, "pdf", 4.5)


def test_a_box_in_the_wrong_place_is_seen(rulebook: Rulebook) -> None:
    record = record_of(notice_ofd(LETTER), "notice.ofd", rulebook)
    record["spans"]["theme"]["box"][0] += 1.0
    with pytest.raises(AssertionError):
        held_against(record, "ofd", 0.6)


def _print() -> None:
    rules = load_rulebook()
    print(
        "# page, x0, top, x1, bottom in points of every value; made by python -m tests.test_boxes, looked at by people"
    )
    for kind, raw in (("pdf", PRINTED.read_bytes()), ("ofd", notice_ofd(LETTER))):
        print(f"{kind}:")
        for name, places in grouped(record_of(raw, f"notice.{kind}", rules)).items():
            print(f'  "{name}": {places}')


if __name__ == "__main__":
    _print()
