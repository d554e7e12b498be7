"""Archives: walked within limits, tricks refused."""

import bz2
import gzip
import io
import stat
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest

from extractor.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnknownFormat, Unsafe
from extractor.readers import read_document
from extractor.readers.archive import expand
from extractor.readers.sniff import archive_kind, sniff
from extractor.settings import Limits, Settings
from tests.made_archives import tarred, zipped
from tests.made_docx import make_docx, para

NOTICE = "关于开展节水宣传周活动的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n".encode()


def walk(raw: bytes, **limits: int) -> dict[str, bytes | ReadError]:
    return dict(expand(io.BytesIO(raw), "包", Settings(limits=Limits(**limits))))


FILES = {"甲/一.txt": NOTICE, "二.docx": make_docx([para("正文")]), "__MACOSX/._x": b"x", ".DS_Store": b"x"}


@pytest.mark.parametrize(
    "raw", [zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), bz2.compress(tarred(FILES))]
)
def test_members_come_with_their_names_and_litter_stays_out(raw: bytes) -> None:
    found = walk(raw)
    assert found == {"包/甲/一.txt": FILES["甲/一.txt"], "包/二.docx": FILES["二.docx"]}


def test_office_files_are_no_archives() -> None:
    book = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    ofd = zipped({"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"})
    word = make_docx([para("正文")])
    assert [archive_kind(io.BytesIO(raw)) for raw in (book, ofd, word, zipped(FILES))] == [
        None,
        None,
        None,
        "zip",
    ]
    inside = {"表.xlsx": book, "版式.ofd": ofd, "文稿.docx": word}
    assert walk(zipped(inside)) == {f"包/{name}": raw for name, raw in inside.items()}


def test_a_tar_of_a_folder_here() -> None:
    assert walk(tarred({"./": b"", "./甲/一.txt": NOTICE, "./.DS_Store": b"x"})) == {"包/甲/一.txt": NOTICE}


def test_an_archive_that_begins_with_a_pdf_is_no_pdf() -> None:
    pdf = (Path(__file__).parent.parent / "corpus/formats/ip-week-2019-jixi.pdf").read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("1.pdf", pdf)
        package.writestr("2.txt", NOTICE)
    for raw, kind in ((buffer.getvalue(), "zip"), (tarred({"1.pdf": pdf, "2.txt": NOTICE}), "tar")):
        assert sniff(raw) == kind
        assert walk(raw) == {"包/1.pdf": pdf, "包/2.txt": NOTICE}
    assert sniff(pdf) == "pdf"
    assert sniff(b"PK\x03\x04 junk before it\n" + pdf) == "pdf"


def test_members_of_one_name_are_each_given() -> None:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as package:
        warnings.simplefilter("ignore")
        for number in range(3):
            package.writestr("a/1.txt", NOTICE + b"%d" % number)
    assert list(walk(buffer.getvalue()).items()) == [
        ("包/a/1.txt", NOTICE + b"0"),
        ("包/a/1 (2).txt", NOTICE + b"1"),
        ("包/a/1 (3).txt", NOTICE + b"2"),
    ]


def test_archives_in_archives_to_the_limit() -> None:
    raw = NOTICE
    for level in range(3):
        raw = zipped({f"{level}.txt" if level == 0 else f"{level}.zip": raw})
    assert list(walk(raw)) == ["包/2.zip/1.zip/0.txt"]
    deeper = walk(zipped({"3.zip": raw, "4.txt": NOTICE}))
    assert isinstance(deeper["包/3.zip/2.zip/1.zip"], TooLarge)
    assert deeper["包/4.txt"] == NOTICE


def test_one_document_is_read_several_are_not() -> None:
    document = read_document(gzip.compress(NOTICE), "通知.txt.gz", Settings())
    assert document.text.startswith("关于开展")
    assert document.name == "通知.txt.gz/通知.txt"
    with pytest.raises(UnknownFormat, match="2 份"):
        read_document(zipped({"1.txt": NOTICE, "2.txt": NOTICE}), "a.zip", Settings())
    with pytest.raises(NoText):
        read_document(zipped({}), "a.zip", Settings())


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:\\x.txt", "..\\x.txt"])
def test_path_tricks(name: str) -> None:
    for raw in (
        zipped({"1.txt": NOTICE, name: NOTICE, "2.txt": NOTICE}),
        tarred({"1.txt": NOTICE, name: NOTICE, "2.txt": NOTICE}),
    ):
        found = walk(raw)
        assert [type(content) for content in found.values()] == [bytes, Unsafe, bytes]
        assert found["包/1.txt"] == found["包/2.txt"] == NOTICE


def test_control_characters_of_names_are_not_shown() -> None:
    assert list(walk(zipped({"a\x1b[2Jb\n.txt": NOTICE}))) == ["包/a\ufffd[2Jb\ufffd.txt"]


def test_links_are_not_followed() -> None:
    link = tarfile.TarInfo("链接.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    found = walk(tarred({"1.txt": NOTICE}, link))
    assert isinstance(found["包/链接.txt"], Unsafe)
    assert found["包/1.txt"] == NOTICE
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/hostname")
    assert isinstance(walk(buffer.getvalue())["包/link.txt"], Unsafe)


def test_bombs_cost_themselves_only() -> None:
    bomb = b"\x00" * 30_000_000
    found = walk(zipped({"a.txt": bomb, "b.txt": NOTICE}))
    assert isinstance(found["包/a.txt"], TooLarge)
    assert "炸弹" in str(found["包/a.txt"])
    assert found["包/b.txt"] == NOTICE
    for raw in (gzip.compress(bomb), bz2.compress(bomb)):
        (refused,) = walk(raw).values()
        assert "炸弹" in str(refused)
    for raw in (
        zipped({"a.txt": bomb, "b.txt": NOTICE}),
        gzip.compress(tarred({"a.txt": bomb, "b.txt": NOTICE})),
    ):
        found = walk(raw, file_bytes=5_000_000)
        assert "MB" in str(found["包/a.txt"])
        assert found["包/b.txt"] == NOTICE


def test_an_archive_stops_at_its_limits_and_says_so_last() -> None:
    many = {f"{n}.txt": b"x" for n in range(30)}
    refused = walk(zipped(many), archive_members=20)
    assert list(refused) == ["包"], "a zip says beforehand how many it holds"
    assert isinstance(refused["包"], TooLarge)
    assert list(walk(tarred(many), archive_members=20)) == [f"包/{n}.txt" for n in range(20)] + ["包"]
    spread = zipped({f"{n}.txt": bytes(4_000_000) for n in range(5)})
    found = walk(spread, archive_bytes=10_000_000)
    assert list(found) == ["包/0.txt", "包/1.txt", "包"]
    assert isinstance(found["包"], TooLarge)
    inner = walk(zipped({"1.zip": spread, "2.txt": NOTICE}), archive_bytes=10_000_000)
    assert list(inner) == ["包/1.zip/0.txt", "包/1.zip/1.txt", "包"]


def test_a_tar_that_unpacks_without_end_is_stopped() -> None:
    raw = gzip.compress(tarred({"1.txt": NOTICE, "a.txt": bytes(30_000_000), "2.txt": NOTICE}), 9)
    found = walk(raw, file_bytes=1_000_000, archive_bytes=10_000_000)
    assert list(found) == ["包/1.txt", "包/a.txt", "包"]
    assert isinstance(found["包"], TooLarge)


def test_a_directory_of_a_million_entries_is_not_loaded() -> None:
    one = zipped({"a": b""})
    entry = one[one.index(b"PK\x01\x02") : one.index(b"PK\x05\x06")]
    directory = entry * (40_000_000 // len(entry))
    size = len(directory).to_bytes(4, "little")
    raw = one[: one.index(b"PK\x01\x02")] + directory + b"PK\x05\x06" + bytes(8) + size + one[-6:]
    with pytest.raises(TooLarge, match="目录"):
        read_document(raw, "a.zip", Settings())


def test_empty_archives_are_told() -> None:
    assert isinstance(walk(zipped({}))["包"], NoText)
    found = walk(zipped({"1.zip": zipped({".DS_Store": b"x"}), "2.txt": NOTICE}))
    assert isinstance(found["包/1.zip"], NoText)
    assert found["包/2.txt"] == NOTICE


def test_a_broken_tar_is_not_taken_for_its_end() -> None:
    raw = bytearray(tarred({"1.txt": NOTICE, "2.txt": NOTICE, "3.txt": NOTICE}))
    raw[1024:1100] = b"\xff" * 76
    for packed in (bytes(raw), gzip.compress(bytes(raw)), tarred({"1.txt": NOTICE, "2.txt": NOTICE})[:1300]):
        found = walk(packed)
        assert found["包/1.txt"] == NOTICE
        assert isinstance(found["包"], Damaged)


def test_a_bomb_inside_a_word_file() -> None:
    raw = zipped({"[Content_Types].xml": b"x", "word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    with pytest.raises(TooLarge):
        read_document(raw, "a.docx", Settings())


def test_damaged_and_encrypted_members_cost_themselves_only() -> None:
    raw = bytearray(zipped({"1.txt": NOTICE * 50, "2.txt": NOTICE}))
    raw[60:90] = bytes(30)
    found = walk(bytes(raw))
    assert isinstance(found["包/1.txt"], Damaged)
    assert found["包/2.txt"] == NOTICE
    locked = bytearray(zipped({"1.txt": NOTICE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert isinstance(walk(bytes(locked))["包/1.txt"], Encrypted)


def test_names_written_by_a_chinese_windows() -> None:
    raw = zipped({"AAAA.txt": NOTICE}).replace(b"AAAA", "通知".encode("gbk"))
    assert list(walk(raw)) == ["包/通知.txt"]
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", encoding="gbk", format=tarfile.GNU_FORMAT) as package:
        info = tarfile.TarInfo("通知.txt")
        info.size = len(NOTICE)
        package.addfile(info, io.BytesIO(NOTICE))
    assert list(walk(buffer.getvalue())) == ["包/通知.txt"]


@pytest.mark.parametrize("raw", [gzip.compress(NOTICE * 9)[:40], bz2.compress(NOTICE * 9)[:60]])
def test_cut_archives(raw: bytes) -> None:
    (refused,) = walk(raw).values()
    assert isinstance(refused, Damaged)
