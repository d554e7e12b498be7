"""Scans: recognised, put in order, the seal read through; slow, so few."""

import builtins
import io
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from benchmarks import scans
from extractor.errors import Damaged, MissingPart, NoText, TooLarge
from extractor.readers import ocr
from extractor.readers.image import read_image
from extractor.readers.pdf import read_pdf
from extractor.readers.strips import Strip, spread
from extractor.settings import Limits, Settings
from extractor.text import fold
from tests.made_pdf import HIGH, WIDE, Page, Setting, make_pdf, notice_pdf

pytest.importorskip("rapidocr", reason="the ocr extra is not installed")
pytest.importorskip("onnxruntime", reason="the ocr extra is not installed")

NOTICE = [
    ("关于开展节水宣传周活动的通知", "title"),
    ("各乡镇人民政府，县直有关部门：", "flush"),
    (
        "为增强全社会节水意识，根据上级部署，现就开展节水宣传周活动有关事项通知如下，请结合实际认真组织落实。",
        "body",
    ),
    ("一、活动时间", "body"),
    ("2024年5月11日至17日。", "body"),
    ("青禾县水务局", "right"),
    ("2024年4月28日", "right"),
]


def pictured(raw: bytes, dots: int = 120) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(raw)[0].render(scale=dots / 72).to_pil().convert("RGB")


def png(picture: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, options.pop("format", "PNG"), **options)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def page() -> Any:
    return pictured(notice_pdf(NOTICE))


def words(text: str) -> list[str]:
    return [fold(line) for line in text.split("\n")]


def test_a_clean_scan_reads_like_its_source(page: Any) -> None:
    document = read_image(png(page, dpi=(120, 120)), "scan.png", Settings())
    assert words(document.text) == [fold(text) for text, _ in NOTICE]
    assert (document.ocr, document.pages, document.format) == (True, 1, "image")
    place = document.text.index("2024年5月")
    box = document.place(place).box
    assert box is not None
    assert abs(box.x0 - 111) < 8
    assert 230 < box.top < 260
    for piece in document.runs:
        assert all(0 <= b.x0 <= b.x1 <= WIDE + 2 and 0 <= b.top <= b.bottom <= HIGH + 2 for b in piece.boxes)


def test_a_slanting_scan(page: Any) -> None:
    document = read_image(png(page.rotate(1.2, fillcolor="white")), "scan.png", Settings())
    assert words(document.text) == [fold(text) for text, _ in NOTICE]


def test_a_scan_lying_on_its_side(page: Any) -> None:
    document = read_image(png(page.rotate(90, expand=True)), "scan.png", Settings())
    assert words(document.text) == [fold(text) for text, _ in NOTICE]
    box = document.place(0).box
    assert box is not None
    assert box.bottom - box.top > 10  # the title runs up the page


def test_a_seal_over_the_signature_is_read_through_and_marked(page: Any) -> None:
    from PIL import Image, ImageDraw

    stamped = page.copy()
    seal = Image.new("RGB", stamped.size, "white")
    pen = ImageDraw.Draw(seal)
    x, y = stamped.width * 0.76, stamped.height * 0.42
    pen.ellipse((x - 96, y - 96, x + 96, y + 96), outline=(215, 40, 40), width=10)
    star = [(x - 50, y - 20), (x + 50, y - 20), (x - 30, y + 45), (x, y - 60), (x + 30, y + 45)]
    pen.polygon(star, fill=(215, 40, 40))
    from PIL import ImageChops

    stamped = ImageChops.multiply(stamped, seal)
    document = read_image(png(stamped), "scan.png", Settings())
    lines = words(document.text)
    assert lines[-2:] == ["青禾县水务局", "2024年4月28日"]
    doubted = "".join(document.quote(m.span) for m in document.marks if m.kind == "uncertain")
    assert "4月28日" in fold(doubted)


def test_pdf_of_pictures_and_mixed_pdf(page: Any) -> None:
    def draw(paper: Page) -> None:
        paper.paragraph("第一页是文字，说明第二页是扫描的通知。")
        paper.canvas.showPage()
        paper.canvas.drawInlineImage(page, 0, 0, WIDE, HIGH)

    raw = make_pdf(draw, Setting(page_numbers=False))
    document = read_pdf(raw, "mixed.pdf", Settings())
    assert words(document.text) == [
        "第一页是文字，说明第二页是扫描的通知。",
        *(fold(text) for text, _ in NOTICE),
    ]
    assert document.ocr
    assert document.place(len(document.text) - 1).page == 2
    never = read_pdf(raw, "mixed.pdf", Settings(ocr="never"))
    assert never.text == "第一页是文字，说明第二页是扫描的通知。"
    assert "第 2 页" in never.warnings[0]
    only = make_pdf(
        lambda paper: paper.canvas.drawInlineImage(page, 0, 0, WIDE, HIGH), Setting(page_numbers=False)
    )
    with pytest.raises(NoText):
        read_pdf(only, "scan.pdf", Settings(ocr="never"))


def test_without_the_extra_the_message_says_what_to_install(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith(("rapidocr", "onnxruntime")):
            raise ImportError(name)
        return real(name, *rest)

    ocr._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    try:
        with pytest.raises(MissingPart, match=r"\[ocr\]"):
            read_image(png(page), "scan.png", Settings())
        only = make_pdf(
            lambda paper: paper.canvas.drawInlineImage(page, 0, 0, WIDE, HIGH), Setting(page_numbers=False)
        )
        with pytest.raises(MissingPart, match=r"\[ocr\]"):
            read_pdf(only, "scan.pdf", Settings())
    finally:
        ocr._engine.cache_clear()


def test_bad_pictures(page: Any) -> None:
    raw = png(page)
    with pytest.raises(Damaged):
        read_image(raw[: len(raw) // 2], "cut.png", Settings())
    with pytest.raises(Damaged):
        read_image(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(200), "x.png", Settings())
    with pytest.raises(TooLarge):
        read_image(raw, "big.png", Settings(limits=Limits(pixels=1000)))
    with pytest.raises(NoText, match="never"):
        read_image(raw, "scan.png", Settings(ocr="never"))


def test_an_empty_picture() -> None:
    from PIL import Image

    with pytest.raises(NoText):
        read_image(png(Image.new("RGB", (600, 800), "white")), "blank.png", Settings())


def test_all_pages_of_a_tiff(page: Any) -> None:
    second = pictured(notice_pdf([("第二页接着说工作要求。", "body")]))
    raw = png(page, format="TIFF", save_all=True, append_images=[second])
    document = read_image(raw, "scan.tif", Settings())
    assert document.pages == 2
    assert document.text.endswith("第二页接着说工作要求。")


def test_words_are_spread_over_their_line() -> None:
    strip = Strip(((100.0, 100.0), (300.0, 100.0), (300.0, 120.0), (100.0, 120.0)), "2021一2025年", 0.99)
    text, level, raw, doubts = spread([strip], 0.5, 0.5, 0.0)
    assert "".join(text) == "2021一2025年"
    assert (raw[0][0], raw[-1][2]) == (50.0, 150.0)
    assert level[0][:1] == raw[0][:1]
    assert not doubts


def test_what_is_mended_is_marked(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ocr._read

    def narrow(picture: Any) -> list[Strip]:
        return [replace(strip, text=strip.text.replace("：", ":")) for strip in real(picture)]

    monkeypatch.setattr(ocr, "_read", narrow)
    document = read_image(png(page, dpi=(120, 120)), "scan.png", Settings())
    assert words(document.text) == [fold(text) for text, _ in NOTICE]
    assert [(m.note, document.quote(m.span)) for m in document.marks if m.kind == "repaired"] == [(":", "：")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "dots", "rough"),
    [("science-week-2024-tongren", 200, False), ("safety-month-2024-yulin", 150, True)],
)
def test_a_scan_gives_the_record_of_its_text(name: str, dots: int, rough: bool) -> None:
    reader = scans.Reader()
    text = reader.record((scans.NOTICES / f"{name}.txt").read_bytes(), f"{name}.txt")
    raw = scans.scanned((scans.FORMATS / f"{name}.pdf").read_bytes(), dots, rough, seed=3)
    same = scans.shares(text, reader.record(raw, f"{name}-scan.pdf"))
    assert same["fields"] == 1.0
    assert min(same["rows"], same["values"]) >= 0.97, "\n".join(
        scans.misses(text, reader.record(raw, f"{name}-scan.pdf"))
    )


@pytest.mark.slow
def test_the_real_scan_keeps_the_values_of_its_text(shared: Path) -> None:
    (raw,) = (shared / "formats").glob("*-scan.pdf")
    reader = scans.Reader()
    source = shared / "notices" / f"{raw.stem.removesuffix('-scan')}.txt"
    scan = reader.record(raw.read_bytes(), raw.name)
    kept = scans.kept(reader.record(source.read_bytes(), source.name), scan)
    assert kept["fields"] == 1.0
    assert min(kept["rows"], kept["values"]) >= 0.97
    docx = raw.with_name(f"{raw.stem.removesuffix('-scan')}.docx")  # with the table that the text leaves out
    assert min(scans.shares(reader.record(docx.read_bytes(), docx.name), scan).values()) >= 0.9
