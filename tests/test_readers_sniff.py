"""What a file is, told from its content."""

import io
import struct
import zipfile

import pytest

from extractor.errors import Damaged, EmptyFile, TooLarge, UnknownFormat
from extractor.readers import read_document
from extractor.readers.sniff import OLE2, is_blank, sniff
from extractor.settings import Limits, Settings

NOTICE = "关于开展二〇二四年青禾县节水宣传周活动的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n"


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name in names:
            bundle.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (NOTICE.encode(), "txt"),
        (b"\xef\xbb\xbf" + NOTICE.encode(), "txt"),
        (NOTICE.encode("gb18030"), "txt"),
        (NOTICE.replace("开", "開").encode("big5", "ignore"), "txt"),
        (NOTICE.encode("utf-16"), "txt"),
        (NOTICE.encode("utf-16-le"), "txt"),
        ("一、\x00二、正文很长很长很长很长很长".encode(), "txt"),
        (("# 标题\n\n| 时间 | 活动 |\n|---|---|\n| 4月20日<br>上午 | 启动 |\n" + NOTICE).encode(), "txt"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        (("<html>" + NOTICE + "</html>").encode("utf-16"), "html"),
        (("<p>" + NOTICE + "</p><p>x</p>").encode("gb18030"), "html"),
        (("第一段<br>" * 12).encode(), "html"),
        (b"junk before\n%PDF-1.4\n", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "docx"),
        (package("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (package("a/ofd.xml"), "ofd"),
        (package("通知.txt"), "zip"),
        (OLE2 + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE2 + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (b"II*\x00....", "image"),
        (b"\x1f\x8b\x08....", "gzip"),
    ],
)
def test_content_decides(raw: bytes, kind: str) -> None:
    assert sniff(raw) == kind


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (package("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (b"MZ" + struct.pack("<200H", *range(200)), "程序"),
        (b"Rar!\x1a\x07\x00" + b"\x01\x02" * 50, "RAR"),
        (bytes(range(256)) * 8, "认不出"),
        (OLE2 + b"\x00" * 900 + "Workbook".encode("utf-16-le"), "Excel"),
    ],
)
def test_other_formats_are_named(raw: bytes, seen: str) -> None:
    with pytest.raises(UnknownFormat, match=seen):
        sniff(raw)


def test_a_text_that_begins_like_a_program_stays_text() -> None:
    assert sniff(("MZ 号文件\n" + NOTICE).encode()) == "txt"


def test_a_cut_zip_is_damaged() -> None:
    with pytest.raises(Damaged):
        sniff(package("[Content_Types].xml", "word/document.xml")[:60])


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 9]
)
def test_blank_files(raw: bytes) -> None:
    assert is_blank(raw)
    with pytest.raises(EmptyFile):
        read_document(raw, "a.txt", Settings())


def test_size_limit() -> None:
    with pytest.raises(TooLarge):
        read_document(b"x" * 101, "a.txt", Settings(limits=Limits(file_bytes=100)))
