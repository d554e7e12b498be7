"""What is fuzzed: for each reader its sound files (made here, invented words) and the call; and what must hold after it."""

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from extractor.errors import ReadError
from extractor.model import Document
from extractor.settings import Limits, Settings

SETTINGS = Settings(
    ocr="never",
    limits=Limits(
        file_bytes=20_000_000,
        expanded_bytes=60_000_000,
        members=500,
        pages=60,
        characters=400_000,
        pixels=4_000_000,
        seconds=10.0,
    ),
)
NOTICE = """青禾县水务局文件
青水〔2024〕9号

# 关于开展2024年节水宣传周活动的通知

各乡镇人民政府，县直有关部门：
　　为增强全社会节水意识，根据《青禾县节水行动方案（2023—2025年）》，现就有关事项通知
如下：
一、活动时间
2024年5月11日至17日。
— 1 —
二、活动安排
| 时间 | 活动 |
|---|---|
| 5月11日 | 启动@@仪式 |
（一）现场咨询。联系人：李工，电话：0000-1234567。
附件：节水宣传周活动统计表
青禾县水务局
2024年4月28日
"""


class Target(Struct, frozen=True):
    """``read`` takes the bytes of a broken file; it may only return or raise ``ReadError``."""

    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]


def _txt() -> Target:
    from extractor.readers.txt import read_txt

    seeds = tuple(NOTICE.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"))
    return Target(seeds, lambda raw: checked(read_txt(raw, "x.txt", SETTINGS)))


def _html() -> Target:
    from extractor.readers.html import read_html

    lines = [line for line in NOTICE.split("\n") if line]
    table = "<table><tr><th colspan=2>安排</th></tr><tr><td rowspan=2>五月</td><td>启动</td></tr><tr><td>总结</td></tr></table>"
    page = (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>通知_站</title></head><body><div class=nav><a href=/>首页</a></div>"
        f"<div id=zoom><h1>通知</h1>{''.join(f'<p>{line}</p>' for line in lines)}{table}<a href=a.doc>附件.doc</a></div></body></html>"
    )
    return Target(
        (page.encode(), page.replace("<p>", "<br>").encode("gb18030")),
        lambda raw: checked(read_html(raw, "x.html", SETTINGS)),
    )


def _docx() -> Target:
    from extractor.readers.docx import read_docx
    from tests.made_docx import abstract, make_docx, num, para, run, style
    from tests.numbering_cases import OUTLINE

    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(para('时间'))}{cell.format(para('地点'))}</w:tr><w:tr>{cell.format(para('一'))}{cell.format(para('二'))}</w:tr></w:tbl>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = [
        *(para(line, (1, index % 5)) for index, line in enumerate(NOTICE.split("\n"))),
        table,
        para(
            inside=field
            + run("2024")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:ins w:id="1">'
            + run("插")
            + "</w:ins>"
        ),
        para("项", style="H"),
    ]
    raw = make_docx(
        body,
        numbering=abstract(0, *OUTLINE)
        + num(1, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'),
        styles=style(
            "H", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>', base="H"
        ),
        headers=[para("青禾县水务局文件")],
        section='<w:headerReference w:type="default" r:id="rHeader1"/>',
    )
    return Target((raw,), lambda raw: checked(read_docx(raw, "x.docx", SETTINGS)))


def _pdf() -> Target:
    from extractor.readers.pdf import read_pdf
    from tests.made_pdf import notice_pdf

    lines = [(line, "body") for line in NOTICE.split("\n") if line]
    plain = notice_pdf(lines * 3)
    return Target((plain, _in_the_open()), lambda raw: checked(read_pdf(raw, "x.pdf", SETTINGS)))


def _in_the_open() -> bytes:
    """A small PDF with its content uncompressed, so that changes reach the drawing commands."""
    content = b"BT /F1 16 Tf 79 700 Td (notice 2024-04-28) Tj 0 -28 Td <00410042> Tj ET 79 600 m 400 600 l S 79 560 400 40 re S"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 0/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>endobj\n"
        b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"5 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )


def _rtf() -> Target:
    from extractor.readers.rtf import read_rtf

    lines = "".join(
        "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in line) + "\\par\n"
        for line in NOTICE.split("\n")
    )
    fonts = "{\\fonttbl{\\f0\\fcharset134 x;}{\\f1 y;}}"
    table = "\\trowd\\intbl A\\cell B\\cell\\row\\trowd\\intbl C\\par D\\cell E\\cell\\row\\pard "
    number = "{\\listtext\\f0\\'d2\\'bb\\'a1\\'a2\\tab}x\\line y{\\v z}{\\*\\shpinst{\\sp q}{\\shptxt w\\par}}\\par "
    raw = f"{{\\rtf1\\ansi\\ansicpg936\\uc1{fonts}{lines}{table}{number}}}".encode("ascii")
    return Target((raw,), lambda raw: checked(read_rtf(raw, "x.rtf", SETTINGS)))


def _ofd() -> Target:
    from extractor.readers.ofd import read_ofd
    from tests.made_ofd import notice_ofd

    raw = notice_ofd([(line, "body") for line in NOTICE.split("\n") if line])
    return Target((raw,), lambda raw: checked(read_ofd(raw, "x.ofd", SETTINGS)))


def _archive() -> Target:
    from extractor.readers.archive import expand
    from extractor.readers.sniff import archive_kind
    from tests.made_docx import make_docx, para

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a/通知.txt", NOTICE)
        package.writestr("b.docx", make_docx([para("正文")]))
        package.writestr("c.txt.gz", gzip.compress(NOTICE.encode()))
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w") as folder:
        for number in range(3):
            info = tarfile.TarInfo(f"./a/{number}.txt")
            info.size = len(NOTICE.encode())
            folder.addfile(info, io.BytesIO(NOTICE.encode()))
    seeds = (
        buffer.getvalue(),
        gzip.compress(buffer.getvalue()),
        tape.getvalue(),
        gzip.compress(tape.getvalue()),
    )

    def read(raw: bytes) -> object:
        file = io.BytesIO(raw)
        members = list(expand(file, "x", SETTINGS)) if archive_kind(file) else []
        for _, content in members:  # what cannot be had is handed back, not raised
            if isinstance(content, ReadError):
                raise content
        return len(members)

    return Target(seeds, read)


def _image() -> Target:
    """Opening pictures; the recogniser itself is not asked (seconds a page), it is handed what was opened."""
    from PIL import Image

    from extractor.readers.image import _frames

    picture = Image.linear_gradient("L").resize((60, 80)).convert("RGB")
    seeds = []
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"):
        buffer = io.BytesIO()
        picture.save(buffer, kind)
        seeds.append(buffer.getvalue())
    return Target(tuple(seeds), lambda raw: sum(frame.width for frame in _frames(raw, SETTINGS.limits)))


def _doc() -> Target:
    """Word's binary files through antiword, LibreOffice hidden: seconds a file are too long for thousands."""
    from unittest.mock import patch

    from extractor.readers import legacy

    def without_office(raw: bytes) -> object:
        with patch.object(legacy, "find_soffice", lambda: None):
            return checked(legacy.read_doc(raw, "x.doc", SETTINGS))

    seeds = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"\xec\xa5\xc1\x00"
        + bytes(4000)
        + "WordDocument".encode("utf-16-le")
    ]
    folder = os.environ.get("FUZZ_DOC")
    if folder:
        seeds += [entry.read_bytes() for entry in sorted(__import__("pathlib").Path(folder).glob("*.doc"))]
    return Target(tuple(seeds), without_office)


def _any() -> Target:
    """Any bytes through the front door, as a batch hands them over."""
    from extractor.readers import read_document

    seeds = tuple(seed for make in (_txt, _html, _docx, _pdf, _ofd, _archive) for seed in make().seeds)
    return Target(seeds, lambda raw: checked(read_document(raw, "x", SETTINGS)))


TARGETS: dict[str, Callable[[], Target]] = {
    "txt": _txt,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "rtf": _rtf,
    "ofd": _ofd,
    "archive": _archive,
    "image": _image,
    "doc": _doc,
    "any": _any,
}


def checked(document: Document) -> Document:
    """What must hold for every document, however broken its file."""
    text, last = document.text, 0
    assert "\r" not in text
    for run in document.runs:
        assert last <= run.start < run.end <= len(text)
        assert run.line >= 1
        assert run.column >= 1
        assert not run.boxes or len(run.boxes) == run.end - run.start
        last = run.end
    spans: list[Any] = [mark.span for mark in document.marks] + [link.span for link in document.links]
    spans += [cell for table in document.tables for row in table.rows for cell in row]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(0 <= offset <= len(text) for offset, _ in document.headings)
    text.encode("utf-8")  # no lone surrogates
    return document


__all__ = ["NOTICE", "TARGETS", "ReadError", "Target", "checked"]
