"""DOC, WPS, ODT: through antiword and LibreOffice, with a clear word when they are missing; RTF beside them."""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from extractor.errors import Damaged, Encrypted, MissingPart, TimedOut
from extractor.readers import legacy, programs, read_document
from extractor.readers.legacy import read_doc, read_odt
from extractor.readers.sniff import OLE2, sniff
from extractor.settings import Limits, Settings
from tests.made_docx import abstract, make_docx, num, para
from tests.numbering_cases import OUTLINE

needs_soffice = pytest.mark.skipif(programs.find_soffice() is None, reason="LibreOffice is not installed")
LONG = "为增强全社会节水意识，根据上级部署，现就开展节水宣传周活动有关事项通知如下，请认真组织落实。" * 8

BOOK = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.1.2//EN"
	"http://www.oasis-open.org/docbook/xml/4.1.2/docbookx.dtd">
<book><bookinfo><date>x</date></bookinfo><chapter><title/>
<para>
关于开展节水宣传的通知
</para>
<para>
青禾县水务局2024年3月15日
</para>
<para><informaltable><tgroup cols='2'><tbody><row><entry>
时间
</entry><entry>
启动
总结
</entry></row></tbody></tgroup></informaltable></para>
<para>有注<footnote><para>注文</para></footnote>的话</para>
{}</chapter></book>"""
PLAIN = "\n关于开展节水宣传的通知\n青禾县水务局\n2024年3月15日\n\n|时间  |启动  |\n|      |总结  |\n\n有注[1]的话\n"


def fake_doc() -> bytes:
    return OLE2 + b"\x00" * 504 + b"\xec\xa5\xc1\x00" + b"\x00" * 508 + "WordDocument".encode("utf-16-le")


def test_antiwords_book_gives_paragraphs_breaks_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "antiword", lambda *_: (BOOK.format(""), PLAIN))
    document = read_doc(fake_doc(), "a.doc", Settings())
    assert document.text == "关于开展节水宣传的通知\n青禾县水务局\n2024年3月15日\n时间\t启动\n总结\n有注的话"
    assert [[document.quote(c) for c in row] for row in document.tables[0].rows] == [["时间", "启动\n总结"]]
    assert document.place(document.text.index("2024")).line == 2  # the soft break stays in the paragraph
    assert document.format == "doc"


def test_lists_without_libreoffice_are_read_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    book = BOOK.format("<orderedlist><listitem><para>活动时间</para></listitem></orderedlist>")
    monkeypatch.setattr(legacy, "antiword", lambda *_: (book, PLAIN))
    monkeypatch.setattr(legacy, "find_soffice", lambda: None)
    document = read_doc(fake_doc(), "a.doc", Settings())
    assert "活动时间" in document.text
    assert "自动编号" in document.warnings[0]


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPart, match=r"antiword.*LibreOffice"):
        read_doc(fake_doc(), "a.doc", Settings())
    with pytest.raises(MissingPart, match="LibreOffice"):
        read_document(b'<?mso-application progid="Word.Document"?><w:wordDocument/>', "a.xml", Settings())


def test_an_encrypted_doc() -> None:
    raw = bytearray(fake_doc())
    raw[512 + 11] = 0x01
    with pytest.raises(Encrypted):
        read_doc(bytes(raw), "a.doc", Settings())


def script(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text("#!/bin/sh\n" + body, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_program_that_hangs_is_stopped_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script(tmp_path, "soffice", f"sleep 60 & echo $! > {tmp_path}/child; wait\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(TimedOut):
        read_odt(b"PK", "a.odt", Settings(limits=Limits(seconds=1.0)))
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_program_that_writes_nothing_means_damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script(tmp_path, "soffice", "exit 0\n")
    script(tmp_path, "antiword", "exit 1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Damaged):
        read_odt(b"PK", "a.odt", Settings())
    with pytest.raises(Damaged):
        read_doc(fake_doc(), "a.doc", Settings())


@needs_soffice
def test_real_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    numbering = abstract(0, *OUTLINE) + num(1, 0)
    source = make_docx(
        [para("节水宣传通知"), para(LONG), para("活动时间", (1, 0)), para("启动", (1, 1))],
        numbering=numbering,
    )
    plain = make_docx([para("节水宣传通知"), para(LONG)])
    (tmp_path / "lists.docx").write_bytes(source)
    (tmp_path / "plain.docx").write_bytes(plain)
    for kind in ("doc", "rtf", "odt"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind, "--outdir",
             str(tmp_path), str(tmp_path / "lists.docx"), str(tmp_path / "plain.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    for kind in ("doc", "rtf", "odt"):
        raw = (tmp_path / f"lists.{kind}").read_bytes()
        assert sniff(raw) == kind
        document = read_document(raw, f"misnamed.pdf.{kind}", Settings())
        assert document.text == f"节水宣传通知\n{LONG}\n一、活动时间\n（一）启动"
        assert document.format == kind
    for kind in ("doc", "rtf", "odt"):
        document = read_document((tmp_path / f"plain.{kind}").read_bytes(), "a", Settings())
        assert document.text == f"节水宣传通知\n{LONG}"
    assert not list(own.iterdir())  # every call cleans up after itself


def test_html_named_doc_is_read_as_html() -> None:
    page = f"<html xmlns:w='urn:schemas-microsoft-com:office:word'><body><p class=MsoNormal>节水宣传通知</p><p>{LONG}</p></body></html>"
    document = read_document(page.encode("gb18030"), "通知.doc", Settings())
    assert (document.format, document.text) == ("html", f"节水宣传通知\n{LONG}")


def test_antiword_is_asked_only_for_what_it_can_read() -> None:
    if shutil.which("antiword") is None:
        pytest.skip("missing part: antiword")
    assert programs.antiword(b"{\\rtf1 x}", 10) is None
