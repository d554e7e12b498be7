"""Archives of notices: zip, tar, gzip, bzip2, also one in the other: walked member by member within limits, never on disk.

A member that cannot be had costs only itself: a link, a name that climbs out of its folder, a bomb, a broken one. Only
one member is held at a time, with the archives it is in.
"""

import bz2
import gzip
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Self

from msgspec import Struct

from extractor.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnknownFormat, Unsafe
from extractor.model import Document
from extractor.patterns import lazy
from extractor.readers.package import ZIP_ERRORS
from extractor.readers.sniff import archive_kind
from extractor.settings import Limits, Settings
from extractor.text import file_name

Member = tuple[str, bytes | ReadError]
"""A member's name and its bytes, or why it cannot be had."""

_CHUNK = 1 << 20
# What a member, and a compressed tar as a whole, may unpack to before the ratio counts: blank pages compress well too.
_MEMBER, _STREAM = 10_000_000, 1_000_000_000
# Between the members of a tar stand headers with long names; more than this is no header.
_HEADERS = 64_000_000
_LITTER = lazy(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DRIVE = lazy(r"^[A-Za-z]:")
_CONTROL = lazy("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class _Spent(TooLarge):
    """The archive as a whole is too large: nothing more of it is read."""


def _too_large(limits: Limits) -> TooLarge:
    return TooLarge(f"解压后超过 {limits.file_bytes // 1_000_000} MB，没有读取")


class _Budget(Struct):
    """What is left to unpack of one archive and all those inside it."""

    limits: Limits
    bytes: int = 0
    members: int = 0

    def member(self, more: int = 1) -> None:
        """Count members."""
        self.members += more
        if self.members > self.limits.archive_members:
            raise _Spent(f"压缩包里的文件超过上限 {self.limits.archive_members} 个，停止读取")

    def take(self, size: int, packed: int, more: int) -> None:
        """Count ``more`` bytes of a member that has ``size`` so far and took ``packed`` in the archive."""
        self.bytes += more
        if self.bytes > self.limits.archive_bytes:
            raise _Spent(f"压缩包解压后超过 {self.limits.archive_bytes // 1_000_000} MB，停止读取")
        if size > self.limits.file_bytes:
            raise _too_large(self.limits)
        if size > _MEMBER and size > max(packed, 1) * self.limits.expansion_ratio:
            raise TooLarge(f"解压比例超过 {self.limits.expansion_ratio} 倍，像是压缩炸弹，没有读取")


def expand(file: IO[bytes], name: str, settings: Settings) -> Iterator[Member]:
    """The files of an archive with their names (``archive.zip/folder/file``), each as soon as it is unpacked.

    ``file`` must be seekable. Names are each given once. What ends the reading of the archive itself (damage, a limit)
    comes last, under the archive's own name; so it does when the archive is empty.
    """
    given: set[str] = set()
    try:
        for shown, content in _expand(file, name, _Budget(settings.limits), 1):
            once, number = shown, 1
            while once in given:
                number += 1
                path = PurePosixPath(shown)
                once = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
            given.add(once)
            yield once, content
    except ReadError as error:
        yield name, error


def read_archive(raw: bytes, name: str, settings: Settings) -> Document:
    """The one document of an archive. Raises ``UnknownFormat`` when it holds several: those are for ``expand``."""
    from extractor.readers import read_document

    found: tuple[str, bytes] | None = None
    number = 0
    refused: ReadError | None = None
    for inner, content in expand(BytesIO(raw), name, settings):
        if isinstance(content, ReadError):
            refused = refused or content
        else:
            number += 1
            found = found or (inner, content)
    if number > 1:
        raise UnknownFormat(f"压缩包里有 {number} 份文件，这里只能读一份，请指明其中一份")
    if found is None:
        raise refused or NoText("压缩包是空的")
    return read_document(found[1], found[0], settings)


def _expand(file: IO[bytes], name: str, budget: _Budget, depth: int) -> Iterator[Member]:
    if depth > budget.limits.depth:
        raise TooLarge(f"压缩包套压缩包超过 {budget.limits.depth} 层")
    kind = archive_kind(file)
    empty = True
    for inner, content in _members(file, kind, name, budget):
        empty = False
        shown = f"{name}/{inner}"
        if isinstance(content, ReadError) or archive_kind(nested := BytesIO(content)) is None:
            yield shown, content
            continue
        try:
            yield from _expand(nested, shown, budget, depth + 1)
        except _Spent:
            raise
        except ReadError as error:
            yield shown, error
    if empty:
        raise NoText("压缩包是空的")


def _members(file: IO[bytes], kind: str | None, name: str, budget: _Budget) -> Iterator[Member]:
    if kind == "zip":
        return _zip(file, budget)
    if kind == "tar":
        return _tar(file, file, budget)
    if kind in ("gzip", "bzip2"):
        return _compressed(file, kind, name, budget)
    raise UnknownFormat("不是压缩包")


def _named(name: str) -> str | Unsafe | None:
    """A member's name with forward slashes; None for litter, ``Unsafe`` for a name that leaves the archive."""
    plain = _CONTROL.sub("\ufffd", name.replace("\\", "/"))
    steps = [step for step in plain.split("/") if step not in ("", ".")]
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in steps or "\x00" in name:
        return Unsafe(f"压缩包里有越出目录的路径（{plain[:60]}），出于安全没有读取")
    plain = "/".join(steps)
    return None if not plain or _LITTER.search(plain) else plain


def _zip(file: IO[bytes], budget: _Budget) -> Iterator[Member]:
    try:
        package = zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        raise Damaged("压缩包损坏或不完整，无法打开") from error
    infos = package.infolist()
    budget.member(len(infos))
    for info in infos:
        written = _zip_name(info)
        name = _named(written)
        if name is None or info.is_dir():
            continue
        if isinstance(name, Unsafe):
            yield _CONTROL.sub("\ufffd", written), name
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield name, Unsafe("压缩包里是一个链接，没有跟随")
        elif info.flag_bits & 1:
            yield name, Encrypted("压缩包有密码，请先解压")
        else:
            yield name, _unzipped(package, info, budget)


def _unzipped(package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | ReadError:
    try:
        with package.open(info) as member:
            return _drain(member, info.compress_size, budget)
    except _Spent:
        raise
    except TooLarge as error:
        return error
    except (*ZIP_ERRORS, RuntimeError):
        return Damaged("压缩包里的这份文件损坏，无法解压")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name; one without the UTF-8 flag was most likely written in GBK by a Chinese Windows."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return file_name(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _drain(member: IO[bytes], packed: int, budget: _Budget) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := member.read(_CHUNK):
        size += len(piece)
        budget.take(size, packed, len(piece))
        pieces.append(piece)
    return b"".join(pieces)


_NO_HEADER: tuple[type[tarfile.HeaderError], ...] = (
    tarfile.InvalidHeaderError,  # type: ignore[attr-defined]
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
)


class _Strict(tarfile.TarInfo):
    """A header that is none is told; ``tarfile`` takes it for the end of the archive, and the rest would be lost unseen."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile_)
        except _NO_HEADER as error:
            raise Damaged("压缩包损坏，后面的文件读不出来") from error


class _Stream:
    """What a tar is read from: ``stream``, unpacked from ``file``. Ends what unpacks without end."""

    def __init__(self, stream: IO[bytes], file: IO[bytes], limits: Limits) -> None:
        self._stream = stream
        self._file = file
        self._limits = limits
        self._size = 0
        self.until = _HEADERS

    def read(self, size: int) -> bytes:
        """As a file's. ``_Spent`` when a limit is passed."""
        piece = self._stream.read(size)
        self._size += len(piece)
        self.until -= len(piece)
        if self._size > 2 * self._limits.archive_bytes:
            raise _Spent(f"压缩包解压后超过 {self._limits.archive_bytes // 1_000_000} MB，停止读取")
        if self._size > _STREAM and self._size > self._file.tell() * self._limits.expansion_ratio:
            raise _Spent(f"解压比例超过 {self._limits.expansion_ratio} 倍，像是压缩炸弹，停止读取")
        if self.until < 0:
            raise _Spent("压缩包的目录大得不合常理，停止读取")
        return piece


def _tar(stream: IO[bytes], file: IO[bytes], budget: _Budget) -> Iterator[Member]:
    source = _Stream(stream, file, budget.limits)
    try:
        # mypy: only ``read`` is called of what a tar is streamed from.
        with tarfile.open(fileobj=source, mode="r|", tarinfo=_Strict) as package:  # type: ignore[call-overload]
            for info in package:
                source.until = info.size + _HEADERS
                package.members = []  # else kept for random access
                if info.isdir():
                    continue
                written = file_name(info.name.encode("utf-8", "surrogateescape"))
                name = _named(written)
                if name is None:
                    continue
                budget.member()
                if isinstance(name, Unsafe):
                    yield _CONTROL.sub("\ufffd", written), name
                elif not info.isreg():
                    yield name, Unsafe("压缩包里是链接或设备，没有跟随")
                else:
                    yield name, _untarred(package, info, budget)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise Damaged("压缩包损坏或不完整，后面的文件读不出来") from error


def _untarred(package: tarfile.TarFile, info: tarfile.TarInfo, budget: _Budget) -> bytes | ReadError:
    if info.size > budget.limits.file_bytes:
        return _too_large(budget.limits)
    member = package.extractfile(info)
    if member is None:
        return Damaged("压缩包里的这份文件损坏，无法解压")
    with member:
        return _drain(member, info.size, budget)


def _compressed(file: IO[bytes], kind: str, name: str, budget: _Budget) -> Iterator[Member]:
    """What gzip or bzip2 packs: the members of a tar, or one file."""
    stream: IO[bytes] = gzip.GzipFile(fileobj=file) if kind == "gzip" else bz2.BZ2File(file)  # type: ignore[assignment]
    try:
        start = stream.read(512)
        stream.seek(0)
    except (EOFError, OSError, zlib.error, ValueError):
        start = b""  # told below
    if start[257:262] == b"ustar":
        yield from _tar(stream, file, budget)
        return
    budget.member()
    file.seek(0)
    bare = re.sub(r"\.(?:gz|bz2|tgz|tbz2?)$", "", name.rsplit("/", 1)[-1])
    raw = file.read(budget.limits.file_bytes + 1)
    if len(raw) > budget.limits.file_bytes:
        yield bare or "file", _too_large(budget.limits)
    else:
        yield bare or "file", _single(raw, kind, budget)


def _single(raw: bytes, kind: str, budget: _Budget) -> bytes | ReadError:
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
                    return Damaged("压缩包不完整")
            data = unpacker.unused_data
            if data and not data.startswith((b"\x1f\x8b", b"BZh")):
                break  # padding after the last stream
    except _Spent:
        raise
    except TooLarge as error:
        return error
    except (zlib.error, OSError, ValueError, EOFError):
        return Damaged("压缩包损坏或不完整，无法解压")
    return b"".join(out)


_Inflater = type(zlib.decompressobj())
