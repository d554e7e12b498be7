"""Which files a call means: folders looked through, in a fixed order, with what was left out and why."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from extractor.errors import ReadError
from extractor.schema import Failure
from extractor.text import file_name

STATE = "run.sqlite"
"""The file that marks a folder as one of results: such folders are not looked through."""
_LEFT_BEHIND = {"thumbs.db", "desktop.ini"}


class Job(Struct, frozen=True):
    """One file. ``name``: its path as it is shown and stored, whatever bytes the file system holds.

    A file in an archive brings its ``content`` with it, or why it cannot be had; its ``path`` goes through the archive.
    """

    path: Path
    name: str
    content: bytes | ReadError | None = None

    @property
    def packed(self) -> bool:
        """Whether the file lies in an archive, and nothing can be written beside it."""
        return self.content is not None

    @property
    def size(self) -> int:
        """The bytes it brings with it."""
        return len(self.content) if isinstance(self.content, bytes) else 0

    def read(self, most: int = -1) -> bytes:
        """Its bytes, up to ``most``. ``OSError``, or ``ReadError`` for one in an archive."""
        if isinstance(self.content, ReadError):
            raise self.content
        if self.content is not None:
            return self.content
        with self.path.open("rb") as file:
            return file.read(most)

    def sha256(self) -> str | None:
        """The hash of its bytes; None when they cannot be had."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        if self.content is not None:
            return None
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None


class Inputs(Struct, frozen=True):
    """The files to read, what can not even be looked at, and what was left out (path, reason)."""

    jobs: tuple[Job, ...]
    failures: tuple[Failure, ...]
    left_out: tuple[tuple[str, str], ...]


def find_inputs(paths: Iterable[str | Path], results: Path | None = None) -> Inputs:
    """Files as named, folders recursively, sorted; each file once, by its own name where a link leads to it too.

    Left out of folders: hidden files, Word's lock files (``~$…``), folders of results (``results``, or with a
    ``run.sqlite``), and symbolic links that lead out of the folder. A path that is missing, and a folder without
    files, are failures.
    """
    jobs: dict[Path, Job] = {}
    failures: list[Failure] = []
    left_out: list[tuple[str, str]] = []
    for given in map(Path, paths):
        try:
            is_folder = stat.S_ISDIR(given.stat().st_mode)
        except OSError as error:
            failures.append(_failure(given, error))
            continue
        if not is_folder:
            _take(jobs, given)
            continue
        before = len(failures)
        found = False
        for path in _files(given, results, failures, left_out):
            found = True
            _take(jobs, path)
        if not found and len(failures) == before:
            failures.append(Failure(shown(given), "no-notices", "文件夹里没有可读的文件"))
    return Inputs(tuple(jobs.values()), tuple(failures), tuple(left_out))


def _take(jobs: dict[Path, Job], path: Path) -> None:
    place = path.resolve()
    known = jobs.get(place)
    if known is not None and known.path.is_symlink() and not path.is_symlink():
        del jobs[place]
    jobs.setdefault(place, Job(path, shown(path)))


def _files(
    folder: Path, results: Path | None, failures: list[Failure], left_out: list[tuple[str, str]]
) -> Iterator[Path]:
    """The regular files under a folder."""
    home = folder.resolve()
    own = results.resolve() if results else None

    def complain(error: OSError) -> None:
        failures.append(_failure(Path(error.filename or folder), error))

    for where, folders, names in os.walk(folder, onerror=complain):
        here = Path(where)
        kept = []
        for name in sorted(folders):
            inner = here / name
            if (
                name.startswith(".")
                or (own is not None and inner.resolve() == own)
                or (inner / STATE).is_file()
            ):
                continue
            if inner.is_symlink():
                left_out.append((shown(inner), "是指向别处的文件夹链接，没有跟随"))
                continue
            kept.append(name)
        folders[:] = kept
        if here == folder and ((here / STATE).is_file() or here.resolve() == own):
            folders.clear()
            left_out.append((shown(here), "是结果文件夹，里面的文件不当作通知"))
            continue
        for name in sorted(names):
            path = here / name
            if name.startswith((".", "~$")) or name.lower() in _LEFT_BEHIND:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                left_out.append((shown(path), "是指向文件夹之外的链接，没有跟随"))
            elif path.is_file() or path.is_symlink():
                yield path


def shown(path: Path) -> str:
    """The path as text: names in GBK (from archives packed on old Windows systems) are decoded as such."""
    return file_name(os.fsencode(path))


_REASONS: tuple[tuple[type[OSError], str, str], ...] = (
    (FileNotFoundError, "not-found", "没有这个文件或文件夹"),
    (PermissionError, "no-permission", "没有读取权限"),
    (IsADirectoryError, "unreadable", "是文件夹"),
)


def why(error: OSError) -> tuple[str, str]:
    """Reason and message of a file that cannot be opened."""
    for kind, reason, message in _REASONS:
        if isinstance(error, kind):
            return reason, message
    return "unreadable", f"无法读取（{error.strerror or error}）"


def _failure(path: Path, error: OSError) -> Failure:
    reason, message = why(error)
    return Failure(shown(path), reason, message)
