"""Archives: walked within limits, tricks refused."""

import bz2
import gzip
import io
import stat
import tarfile
import zipfile

import pytest

from extractor.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnknownFormat, Unsafe
from extractor.readers import read_document
from extractor.readers.archive import expand
from extractor.settings import Limits, Settings
from tests.made_docx import make_docx, para

NOTICE = "关于开展节水宣传周活动的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n".encode()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], extra: tarfile.TarInfo | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as package:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
        if extra is not None:
            package.addfile(extra)
    return buffer.getvalue()


def walk(raw: bytes, **limits: int) -> dict[str, bytes | ReadError]:
    return dict(expand(raw, "包", Settings(limits=Limits(**limits))))


FILES = {"甲/一.txt": NOTICE, "二.docx": make_docx([para("正文")]), "__MACOSX/._x": b"x", ".DS_Store": b"x"}


@pytest.mark.parametrize(
    "raw", [zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), bz2.compress(tarred(FILES))]
)
def test_members_come_with_their_names_and_litter_stays_out(raw: bytes) -> None:
    found = walk(raw)
    assert {name.split("/", 1)[1].removeprefix("包/"): content for name, content in found.items()} == {
        "甲/一.txt": FILES["甲/一.txt"], "二.docx": FILES["二.docx"],
    }  # fmt: skip


def test_archives_in_archives_to_the_limit() -> None:
    raw = NOTICE
    for level in range(3):
        raw = zipped({f"{level}.txt" if level == 0 else f"{level}.zip": raw})
    assert list(walk(raw)) == ["包/2.zip/1.zip/0.txt"]
    with pytest.raises(TooLarge):
        walk(zipped({"3.zip": raw}))


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
    with pytest.raises(Unsafe):
        walk(zipped({"1.txt": NOTICE, name: NOTICE}))
    with pytest.raises(Unsafe):
        walk(tarred({"1.txt": NOTICE, name: NOTICE}))


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


def test_bombs_stop_at_the_limit() -> None:
    bomb = b"\x00" * 30_000_000
    for raw in (zipped({"a.txt": bomb}), gzip.compress(bomb), bz2.compress(bomb)):
        with pytest.raises(TooLarge, match="炸弹"):
            walk(raw)
        with pytest.raises(TooLarge, match="MB"):
            walk(raw, expanded_bytes=5_000_000)
    many = zipped({f"{n}.txt": b"x" for n in range(30)})
    with pytest.raises(TooLarge):
        walk(many, members=20)
    spread = zipped({f"{n}.txt": bytes(4_000_000) for n in range(5)})
    with pytest.raises(TooLarge, match="MB"):
        walk(spread, expanded_bytes=10_000_000)


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


@pytest.mark.parametrize("raw", [gzip.compress(NOTICE * 9)[:40], bz2.compress(NOTICE * 9)[:60]])
def test_cut_archives(raw: bytes) -> None:
    with pytest.raises(Damaged):
        walk(raw)
