"""What a file is, told from its content; the name only helps to choose between formats that look alike."""

import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import IO

from extractor.errors import Damaged, ReadError, TooLarge, UnknownFormat
from extractor.patterns import lazy
from extractor.readers.package import ZIP_ERRORS, directory_size

# Formats nobody reads notices from, by their first bytes, so that the message can say what was seen.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"\xca\xfe\xba\xbe", "程序文件"),
    (b"Rar!\x1a\x07", "RAR 压缩包，请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包，请先解压"),
    (b"\xfd7zXZ\x00", "xz 压缩文件，请先解压"),
    (b"(\xb5/\xfd", "zstd 压缩文件，请先解压"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
    (b"PAR1", "Parquet 数据"),
    (b"ID3", "音频"),
    (b"OggS", "音频"),
    (b"fLaC", "音频"),
    (b"\x1aE\xdf\xa3", "视频"),
    (b"\x00\x00\x01\x00", "图标"),
    (b"wOFF", "字体"),
    (b"wOF2", "字体"),
    (b"OTTO", "字体"),
    (b"\x00\x01\x00\x00\x00", "字体"),
)
ARCHIVES = frozenset(("zip", "tar", "gzip", "bzip2"))
"""Formats that hold documents."""
# The directory of a zip of 100 000 files with long names, bytes.
_DIRECTORY = 30_000_000
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHOLE_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"<(?:div|p|br|table|tr|td|span|font|center|h[1-6]|ul|ol|li|a|img|meta|link|script|style|section|article|title)"
    rb"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_EXPECTED = lazy("[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument|<pkg:package")
_BLANK_BYTES = b" \t\r\n\x0b\x0c\x00"
_BLANKS = "\ufeff\u200b \t\r\n\x0b\x0c\x00\u3000\xa0"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b")) + b"\x7f"


def sniff(raw: bytes) -> str:
    """The key of the ``READERS`` table for these bytes, or ``zip``, ``tar``, ``gzip``, ``bzip2`` for an archive.

    Raises ``UnknownFormat`` (saying what was seen) or ``Damaged`` (a zip whose directory is gone).
    """
    head = raw[:1024]
    if b"%PDF-" in head and not _holds_pdf(raw):
        return "pdf"
    for magic, kind in _KINDS:
        if head.startswith(magic):
            return kind(raw) if callable(kind) else kind
    if head.lstrip(_BLANK_BYTES + b"\xef\xbb\xbf").startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"BM") and _bitmap(raw):
        return "image"
    if raw[257:262] == b"ustar":
        return "tar"
    if head[4:8] == b"ftyp":
        raise UnknownFormat("不支持的格式：看起来是视频或 HEIC 图片")
    for magic, what in _OTHERS:
        if head.startswith(magic) and not _mostly_text(raw):
            raise UnknownFormat(f"不支持的格式：看起来是{what}")
    if _WORD_XML.search(head):
        return "wordxml"
    if _is_html(raw):
        return "html"
    if _mostly_text(raw):
        return "txt"
    seen = raw[:8].hex(" ")
    raise UnknownFormat(f"认不出的格式：不是文本，也不是 PDF、Word、OFD、网页或图片（开头字节 {seen}）")


def archive_kind(file: IO[bytes]) -> str | None:
    """Whether an open file is an archive of documents: ``zip``, ``tar``, ``gzip``, ``bzip2``; None if not.

    Word and OFD files, zips themselves, are none. The file must be seekable and is left at its beginning.
    """
    head = file.read(1024)
    kind: str | None = None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with suppress(ReadError):  # the reader will say what it is
            kind = _kind_of_zip(file)
    elif head.startswith(b"\x1f\x8b"):
        kind = "gzip"
    elif head.startswith(b"BZh91AY&SY"):
        kind = "bzip2"
    elif head[257:262] == b"ustar":
        kind = "tar"
    file.seek(0)
    return kind if kind in ARCHIVES else None


def is_blank(raw: bytes) -> bool:
    """Whether the bytes hold nothing but white space in any of the encodings a text comes in."""
    if len(raw) > 100_000:
        return False
    bare = raw.strip(_BLANK_BYTES)
    if not bare:
        return True
    if 0x20 < bare[0] < 0x7F:
        return False
    if bare.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not raw.decode("utf-16", "ignore").strip()
    if bare[:64].decode("utf-8", "ignore").strip(_BLANKS):
        return False
    return not bare.decode("utf-8", "replace").strip(_BLANKS)


def _holds_pdf(raw: bytes) -> bool:
    """Whether the PDF at the beginning is the first member of an archive that does not compress it."""
    return archive_kind(BytesIO(raw)) is not None


def _zip_kind(raw: bytes) -> str:
    return _kind_of_zip(BytesIO(raw))


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        if directory_size(file) > _DIRECTORY:
            raise TooLarge("压缩包的目录大得不合常理，没有打开")
        with zipfile.ZipFile(file) as package:
            names = {
                info.filename.replace("\\", "/").lstrip("/").lower() for info in package.infolist()[:5000]
            }
    except ZIP_ERRORS as error:
        raise Damaged("压缩结构损坏或不完整（Word、OFD 等都是压缩包），无法打开") from error
    if any(n.startswith("word/") for n in names) and "[content_types].xml" in names:
        return "docx"
    if any(n.rsplit("/", 1)[-1] == "ofd.xml" for n in names):
        return "ofd"
    if "[content_types].xml" in names:
        what = "Excel 表格" if any(n.startswith("xl/") for n in names) else "PowerPoint 或其他 Office 文件"
        raise UnknownFormat(f"不支持的格式：看起来是{what}")
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    if "mimetype" in names and any(n.startswith("meta-inf/container") for n in names):
        raise UnknownFormat("不支持的格式：看起来是 EPUB 电子书")
    return "zip"


def _ole_kind(raw: bytes) -> str:
    """A compound file by the names of its streams (UTF-16 in its directory)."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in raw

    if has("EncryptedPackage"):
        return "locked"
    if has("WordDocument") or has("WpsDocument"):
        return "doc"
    if has("Workbook") or has("PowerPoint Document"):
        raise UnknownFormat("不支持的格式：看起来是旧版 Excel 或 PowerPoint 文件")
    raise UnknownFormat("不支持的格式：是旧版 Office 复合文件，但里面没有 Word 正文")


def _riff_kind(raw: bytes) -> str:
    if raw[8:12] == b"WEBP":
        return "image"
    raise UnknownFormat("不支持的格式：看起来是音频或视频")


_KINDS: tuple[tuple[bytes, str | Callable[[bytes], str]], ...] = (
    (b"PK\x03\x04", _zip_kind),
    (b"PK\x05\x06", _zip_kind),
    (OLE2, _ole_kind),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"RIFF", _riff_kind),
    (b"\x1f\x8b", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
)


def _bitmap(raw: bytes) -> bool:
    return len(raw) > 26 and int.from_bytes(raw[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def _narrow(raw: bytes, length: int) -> bytes:
    """The beginning as ASCII-compatible bytes (UTF-16 becomes UTF-8)."""
    head = raw[:length]
    if head.startswith(b"\xff\xfe") or head[1:20:2] == bytes(len(head[1:20:2])):
        return head.decode("utf-16-le", "ignore").encode("utf-8", "ignore")
    if head.startswith(b"\xfe\xff") or head[0:20:2] == bytes(len(head[0:20:2])):
        return head.decode("utf-16-be", "ignore").encode("utf-8", "ignore")
    return head


def _is_html(raw: bytes) -> bool:
    head = _narrow(raw, 65_536)
    if b"<" not in head or head.count(b"\x00") * 50 > len(head):
        return False
    bare = head.lstrip(b" \t\r\n\xef\xbb\xbf\x00")
    first = _WHOLE_PAGE.search(bare[:4096])
    if first and (bare.startswith(b"<") or first.start() < 200):
        return True
    tags = len(_TAG.findall(bare[:65_536]))
    if bare.startswith(b"<") and tags >= 2:
        return True
    # A fragment: text full of tags. A Markdown file with a few <br> or one table stays text.
    return tags >= 8 and tags * 400 > len(bare)


def _mostly_text(raw: bytes) -> bool:
    """Whether the bytes read as text: hardly any control characters once UTF-16 is undone."""
    sample = _narrow(raw, 65_536)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 20 > len(sample):
        return _bare_utf16(raw)
    try:
        sample[: max(len(sample) - 4, 0)].decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 8:
            return True
    lost = min(_replaced(sample, "gb18030"), _replaced(sample, "big5"), _replaced(sample, "utf-8"))
    return lost * 10 < len(sample) or _bare_utf16(raw)


def _bare_utf16(raw: bytes) -> bool:
    """UTF-16 without its mark: nearly every unit is a Chinese character, a Chinese sign or ASCII."""
    sample = raw[:8192]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if text and len(_EXPECTED.findall(text)) > 0.95 * len(text):
            return True
    return False


def _replaced(sample: bytes, encoding: str) -> int:
    return sample.decode(encoding, "replace").count("\ufffd")
