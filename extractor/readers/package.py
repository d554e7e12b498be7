"""A zip package (DOCX, OFD, ODT) opened within limits: number of members, size when unpacked, ratio, safe names."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import IO

from extractor.errors import Damaged, Encrypted, TooLarge
from extractor.settings import Limits

_CHUNK = 1 << 20
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, IndexError, KeyError, OverflowError,
    struct.error,
)  # fmt: skip
"""What ``zipfile`` raises for broken directories and members."""


class Package:
    """The members of a zip by name. Counts what it unpacks, so that a bomb stops at the limit, not at the end."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._limits = limits
        self._packed = len(raw)
        self._spent = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except ZIP_ERRORS as error:
            raise Damaged("压缩结构损坏或不完整，无法打开") from error
        infos = self._zip.infolist()
        if len(infos) > limits.members:
            raise TooLarge(f"压缩包里有 {len(infos)} 个部件，超过上限 {limits.members}")
        self._infos = {clean(info.filename): info for info in infos if info.filename and not info.is_dir()}
        self._folded = {name.lower(): name for name in self._infos}

    @property
    def names(self) -> tuple[str, ...]:
        """Names with forward slashes and without a leading one, in the order of the package."""
        return tuple(self._infos)

    def find(self, name: str) -> str | None:
        """The member called ``name``, whatever its slashes and its case; None if there is none."""
        wanted = clean(name)
        return wanted if wanted in self._infos else self._folded.get(wanted.lower())

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises ``KeyError`` if absent, ``TooLarge``, ``Encrypted`` or ``Damaged``."""
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        info = self._infos[found]
        if info.flag_bits & 1:
            raise Encrypted("文件有密码，请先去掉密码")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while piece := member.read(_CHUNK):
                    size += len(piece)
                    self._spent += len(piece)
                    self._guard(info, size)
                    pieces.append(piece)
        except ZIP_ERRORS as error:
            raise Damaged(f"部件 {found[:60]} 损坏，无法解压") from error
        except RuntimeError as error:
            raise Encrypted("文件有密码，请先去掉密码") from error
        return b"".join(pieces)

    def _guard(self, info: zipfile.ZipInfo, size: int) -> None:
        if self._spent > self._limits.expanded_bytes:
            raise TooLarge(f"解压后超过 {self._limits.expanded_bytes // 1_000_000} MB，停止读取")
        packed = max(info.compress_size, 1)
        if size > 10_000_000 and size > packed * self._limits.expansion_ratio:
            raise TooLarge(f"解压比例超过 {self._limits.expansion_ratio} 倍，像是压缩炸弹，停止读取")


def clean(name: str) -> str:
    """A member's name with forward slashes, without a leading one and without empty or dot steps."""
    return "/".join(step for step in name.replace("\\", "/").split("/") if step not in ("", "."))


def directory_size(file: IO[bytes]) -> int:
    """The size of a zip's directory in bytes, as its end says: what it lists is held in memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 42))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        return 0
    listed = int.from_bytes(tail[end + 12 : end + 16], "little")
    locator = tail[max(end - 20, 0) : end]
    if locator.startswith(b"PK\x06\x07"):
        file.seek(min(int.from_bytes(locator[8:16], "little"), size))
        listed = int.from_bytes(file.read(56)[40:48], "little")
    return min(listed, size)
