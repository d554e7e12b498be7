"""Archives of notices: zip, tar, gzip, bzip2, also one in the other, opened in memory within limits and never on disk.

A name that climbs out of its folder is refused: such an archive was made to harm. Links and devices inside are not followed.
"""

import bz2
import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from msgspec import Struct

from extractor.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnknownFormat, Unsafe
from extractor.model import Document
from extractor.patterns import lazy
from extractor.readers.package import ZIP_ERRORS
from extractor.readers.sniff import is_blank, sniff
from extractor.settings import Limits, Settings
from extractor.text import CJK

ARCHIVES = frozenset(("zip", "tar", "gzip", "bzip2"))
_CHUNK = 1 << 20
_LITTER = lazy(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DRIVE = lazy(r"^[A-Za-z]:")


class _Budget(Struct):
    """What is left to unpack of one archive and all those inside it."""

    limits: Limits
    bytes: int = 0
    members: int = 0

    def member(self) -> None:
        self.members += 1
        if self.members > self.limits.members:
            raise TooLarge(f"压缩包里的文件超过上限 {self.limits.members} 个")

    def take(self, size: int, packed: int, more: int) -> None:
        """Count ``more`` bytes of a member that has ``size`` so far and took ``packed`` in the archive."""
        self.bytes += more
        if self.bytes > self.limits.expanded_bytes:
            raise TooLarge(f"解压后超过 {self.limits.expanded_bytes // 1_000_000} MB，停止读取")
        if size > 10_000_000 and size > max(packed, 1) * self.limits.expansion_ratio:
            raise TooLarge(f"解压比例超过 {self.limits.expansion_ratio} 倍，像是压缩炸弹，停止读取")


def expand(raw: bytes, name: str, settings: Settings) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files of an archive with their names (``archive.zip/folder/file``), or why one of them cannot be had.

    Raises ``Unsafe``, ``TooLarge``, ``Encrypted`` or ``Damaged`` when the archive as a whole is refused.
    """
    yield from _expand(raw, name, _Budget(settings.limits), 1)


def read_archive(raw: bytes, name: str, settings: Settings) -> Document:
    """The one document of an archive. Raises ``UnknownFormat`` when it holds several: those are for ``expand``."""
    from extractor.readers import read_document

    found: list[tuple[str, bytes]] = []
    refused: ReadError | None = None
    for inner, content in expand(raw, name, settings):
        if isinstance(content, ReadError):
            refused = refused or content
        else:
            found.append((inner, content))
    if len(found) > 1:
        raise UnknownFormat(f"压缩包里有 {len(found)} 份文件，请解压后按文件夹读取")
    if not found:
        raise refused or NoText("压缩包是空的")
    return read_document(found[0][1], found[0][0], settings)


def _expand(raw: bytes, name: str, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes | ReadError]]:
    if depth > budget.limits.depth:
        raise TooLarge(f"压缩包套压缩包超过 {budget.limits.depth} 层")
    kind = sniff(raw)
    if kind == "zip":
        members = _zip(raw, budget)
    elif kind == "tar":
        members = _tar(raw, budget)
    else:
        bare = re.sub(
            r"\.(?:gz|bz2|tgz|tbz2?)$",
            lambda m: ".tar" if m.group().startswith(".t") else "",
            name.rsplit("/", 1)[-1],
        )
        members = iter([(bare or "file", _single(raw, kind, budget))])
    for inner, content in members:
        shown = f"{name}/{inner}"
        if isinstance(content, ReadError) or is_blank(content):
            yield shown, content
            continue
        try:
            nested = sniff(content) in ARCHIVES
        except ReadError:
            nested = False  # the reader will say what it is
        if nested:
            yield from _expand(content, shown, budget, depth + 1)
        else:
            yield shown, content


def _checked(name: str) -> str | None:
    """A member's name with forward slashes; None for litter. Raises ``Unsafe`` for a name that leaves the archive."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/") or "\x00" in plain:
        raise Unsafe(f"压缩包里有越出目录的路径（{plain[:60]}），出于安全不予打开")
    return None if not plain or plain.endswith("/") or _LITTER.search(plain) else plain


def _zip(raw: bytes, budget: _Budget) -> Iterator[tuple[str, bytes | ReadError]]:
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except ZIP_ERRORS as error:
        raise Damaged("压缩包损坏或不完整，无法打开") from error
    infos = package.infolist()
    if len(infos) > budget.limits.members:
        raise TooLarge(f"压缩包里的文件超过上限 {budget.limits.members} 个")
    names = [(_checked(_zip_name(info)), info) for info in infos]
    for name, info in names:
        if name is None or info.is_dir():
            continue
        budget.member()
        if stat.S_ISLNK(info.external_attr >> 16):
            yield name, Unsafe("压缩包里是一个链接，没有跟随")
        elif info.flag_bits & 1:
            yield name, Encrypted("压缩包有密码，请先解压")
        else:
            try:
                with package.open(info) as member:
                    yield name, _drain(member, info.compress_size, budget)
            except TooLarge:
                raise
            except (*ZIP_ERRORS, RuntimeError):
                yield name, Damaged("压缩包里的这份文件损坏，无法解压")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name; one without the UTF-8 flag was most likely written in GBK by a Chinese Windows."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            name = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Two characters of GBK may happen to be UTF-8 too, but then of some far alphabet.
        if encoding == "gb18030" or CJK.search(name):
            return name
    return info.filename


def _drain(member: IO[bytes], packed: int, budget: _Budget) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := member.read(_CHUNK):
        size += len(piece)
        budget.take(size, packed, len(piece))
        pieces.append(piece)
    return b"".join(pieces)


def _tar(raw: bytes, budget: _Budget) -> Iterator[tuple[str, bytes | ReadError]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as package:
            for info in package:
                budget.member()
                name = _checked(info.name)
                if name is None or info.isdir():
                    continue
                if not info.isreg():
                    yield name, Unsafe("压缩包里是链接或设备，没有跟随")
                    continue
                member = package.extractfile(info)
                if member is not None:
                    with member:
                        yield name, _drain(member, info.size, budget)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise Damaged("压缩包损坏或不完整，无法打开") from error


def _single(raw: bytes, kind: str, budget: _Budget) -> bytes:
    """What gzip or bzip2 packs, piece by piece."""
    out: list[bytes] = []
    size = 0
    data = raw
    try:
        while data:
            unpacker = zlib.decompressobj(wbits=31) if kind == "gzip" else bz2.BZ2Decompressor()
            while not unpacker.eof:
                piece = unpacker.decompress(data, _CHUNK)
                data = unpacker.unconsumed_tail if isinstance(unpacker, _Inflater) else b""
                size += len(piece)
                budget.take(size, len(raw), len(piece))
                out.append(piece)
                if not piece and not data and not unpacker.eof:
                    raise Damaged("压缩包不完整")
            data = unpacker.unused_data
            if data and not data.startswith((b"\x1f\x8b", b"BZh")):
                break  # padding after the last stream
    except (zlib.error, OSError, ValueError, EOFError) as error:
        raise Damaged("压缩包损坏或不完整，无法解压") from error
    return b"".join(out)


_Inflater = type(zlib.decompressobj())
