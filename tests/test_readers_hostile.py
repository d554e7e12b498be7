"""Files made to break us, or broken on the way: a clear reason in the error tree, nothing else."""

import io
import time
import zipfile

import pytest

from extractor.errors import Damaged, EmptyFile, Encrypted, NoText, ReadError, TooLarge, UnknownFormat, Unsafe
from extractor.readers import READERS, read_document
from extractor.settings import Limits, Settings
from fuzz.run import made
from fuzz.targets import NOTICE, SETTINGS, TARGETS, checked
from tests.made_docx import make_docx, para, run
from tests.made_ofd import make_ofd, notice_ofd, page_xml, text_object
from tests.made_pdf import notice_pdf

LINES = [(line, "body") for line in NOTICE.split("\n") if line]


@pytest.mark.parametrize("reader", [name for name in TARGETS if name != "doc"])
def test_mutated_files(reader: str) -> None:
    """A fixed share of ``python -m fuzz.run``: only a document or a ``ReadError`` comes back."""
    target = TARGETS[reader]()
    outcomes = {"read": 0, "refused": 0}
    for number in range(250):
        try:
            target.read(made(target.seeds, 20240428, number))
        except ReadError:
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
    assert outcomes["read"] > 5
    assert outcomes["refused"] > 0


@pytest.mark.parametrize("reader", list(TARGETS))
def test_the_sound_files_themselves_are_read(reader: str) -> None:
    target = TARGETS[reader]()
    for seed in target.seeds if reader not in ("doc", "any") else ():
        target.read(seed)


SOUND = {
    "txt": NOTICE.encode("gb18030"),
    "html": f"<html><body><p>{NOTICE}</p></body></html>".encode(),
    "docx": make_docx([para(text) for text, _ in LINES]),
    "pdf": notice_pdf(LINES),
    "ofd": notice_ofd(LINES),
}


@pytest.mark.parametrize("kind", SOUND)
@pytest.mark.parametrize("share", range(0, 100, 7))
def test_truncated(kind: str, share: int) -> None:
    raw = SOUND[kind]
    told = ""
    try:
        checked(read_document(raw[: len(raw) * share // 100], f"x.{kind}", SETTINGS))
    except ReadError as error:
        told = str(error)
    assert len(told) < 120


@pytest.mark.parametrize("kind", SOUND)
@pytest.mark.parametrize("name", ["x.doc", "x.pdf", "x.txt", "x.html", "x", "通知.xls"])
def test_the_extension_does_not_matter(kind: str, name: str) -> None:
    document = read_document(SOUND[kind], name, SETTINGS)
    assert document.format == kind
    assert document.name == name


def test_every_reader_refuses_what_is_not_its_own() -> None:
    for kind, reader in READERS.items():
        if kind in ("txt", "html", "odt", "wordxml", "doc"):
            continue  # text is text; the others would ask LibreOffice
        for raw in (b"", b"\x00" * 100, b"\xff" * 100, NOTICE.encode()):
            with pytest.raises(ReadError):
                reader(raw, "x", SETTINGS)


def test_nul_bytes_and_lone_surrogates() -> None:
    assert checked(read_document(NOTICE.replace("宣传", "宣\x00传").encode(), "x.txt", SETTINGS))
    page = f"<p>{NOTICE}&#xD800;&#0;&#x1;</p>".encode() + b"\x00<p>\xed\xa0\x80</p>"
    assert checked(read_document(page, "x.html", SETTINGS))
    assert checked(
        read_document(NOTICE.encode("utf-16") + b"\x00\xd8" + "完".encode("utf-16-le"), "x", SETTINGS)
    )


def test_deep_nesting() -> None:
    inside = para("底")
    for _ in range(60):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc><w:tc>{para('旁')}</w:tc></w:tr></w:tbl>{para()}"
    with pytest.raises((TooLarge, Damaged)):
        read_document(make_docx([inside]), "x.docx", SETTINGS)
    runs = run("深")
    for _ in range(3000):
        runs = f"<w:ins>{runs}</w:ins>"
    with pytest.raises((TooLarge, Damaged)):
        read_document(make_docx([para(inside=runs)]), "x.docx", SETTINGS)
    block = text_object(20, 20, "深", 5)
    for _ in range(150):
        block = f"<ofd:PageBlock>{block}</ofd:PageBlock>"
    assert read_document(make_ofd([page_xml(block)]), "x.ofd", SETTINGS).text == "深"
    with pytest.raises(TooLarge):
        read_document(b"{\\rtf1" + b"{" * 100_000, "x.rtf", SETTINGS)


def test_a_table_of_a_million_columns() -> None:
    wide = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{para("甲")}</w:tc><w:tc>{para("乙")}</w:tc></w:tr></w:tbl>'
    assert len(read_document(make_docx([wide]), "x.docx", SETTINGS).text) < 500
    page = f"<p>{NOTICE}</p><table><tr><td colspan=999999999 rowspan=999999999>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert len(read_document(page.encode(), "x.html", SETTINGS).text) < 3000


def test_entities_that_grow() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(8)
    )
    xml = bomb + "]><w>&i;</w>"
    for member, other in (("word/document.xml", "[Content_Types].xml"), ("OFD.xml", "x")):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr(member, xml)
            package.writestr(other, "x")
        with pytest.raises(Unsafe):
            read_document(buffer.getvalue(), "x", SETTINGS)


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def no(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a socket")

    monkeypatch.setattr(socket, "socket", no)
    monkeypatch.setattr(socket, "create_connection", no)
    page = (
        '<!DOCTYPE html SYSTEM "http://example.org/x.dtd"><html><head><link rel=stylesheet href="http://example.org/a.css"><base '
        f'href="http://example.org/"></head><body><img src="http://example.org/a.png"><p>{NOTICE}</p></body></html>'
    )
    read_document(page.encode(), "x.html", SETTINGS)
    for raw in SOUND.values():
        read_document(raw, "x", SETTINGS)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", EmptyFile),
        ("　\n".encode(), EmptyFile),
        (b"\x7fELF" + bytes(range(256)), UnknownFormat),
        (b"PK\x03\x04" + b"\x00" * 50, Damaged),
        (b"%PDF-1.7\n" + b"\x00" * 50, Damaged),
        (make_docx([]), NoText),
        (make_docx([para("　")]), NoText),
        (b"<html></html>", NoText),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            Encrypted,
        ),
    ],
)
def test_each_has_its_reason(raw: bytes, error: type[ReadError]) -> None:
    with pytest.raises(error) as caught:
        read_document(raw, "x", SETTINGS)
    assert caught.value.reason != "unreadable"


def test_limits() -> None:
    with pytest.raises(TooLarge):
        read_document(NOTICE.encode(), "x", Settings(limits=Limits(characters=50)))
    with pytest.raises(TooLarge):
        read_document(SOUND["docx"], "x", Settings(limits=Limits(members=2)))
    with pytest.raises(TooLarge):
        read_document(SOUND["docx"], "x", Settings(limits=Limits(expanded_bytes=300)))


@pytest.mark.parametrize(
    "page",
    [
        "<title>" + "甲-" * 20_000 + "</title><p>关于开展活动的通知</p>",
        "<p>关于开展活动的通知</p><ol>" + "<li>事项</li>" * 10_000 + "</ol>",
        "<p>关于开展活动的通知</p>" + "<div style='display:none'>" * 200 + "字" * 100_000 + "</div>" * 200,
        "<p>" + "索引号：" * 30_000 + "</p><p>关于开展活动的通知</p>",
        "<p>" + "字@@" * 30_000 + "</p>",
    ],
)
def test_pages_of_much_the_same_take_no_longer_than_others(page: str) -> None:
    began = time.process_time()
    read_document(f"<html>{page}</html>".encode(), "x.html", Settings())
    assert time.process_time() - began < 10
