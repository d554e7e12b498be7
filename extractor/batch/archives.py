"""Archives among the files of a run: every file in one becomes a job of its own, named through the archive.

Archives are walked in this process, one member at a time: what a worker gets is one file, as ever, and no member is
written to disk.
"""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from extractor.batch.inputs import Job
from extractor.settings import Settings

# Endings that make a file worth opening to see how many files it may hold. What it is, only its content says.
_ENDINGS = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".tbz2")
# What a notice takes in a tar, about, for a guess at their number.
_NOTICE = 50_000


def unpacked(jobs: Iterable[Job], settings: Settings) -> Iterator[Job]:
    """The files, those of archives in their place. An archive that cannot be walked to its end is a job that fails."""
    for job in jobs:
        file = _archive(job.path)
        if file is None:
            yield job
            continue
        from extractor.readers.archive import expand

        with file:
            for name, content in expand(file, job.name, settings):
                inner = name.removeprefix(job.name).lstrip("/")
                yield Job(job.path / inner if inner else job.path, name, content)


def expected(jobs: Iterable[Job]) -> int:
    """About how many files there are with those in archives: exact but for tars, whose number shows only at their end."""
    return sum(_expected(job.path) for job in jobs)


def _expected(path: Path) -> int:
    if not path.name.lower().endswith(_ENDINGS):
        return 1
    file = _archive(path)
    if file is None:
        return 1
    import zipfile

    with file:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as package:
                return max(sum(not info.is_dir() for info in package.infolist()), 1)
        return max(path.stat().st_size // _NOTICE, 1)


def _archive(path: Path) -> IO[bytes] | None:
    """The opened archive; None for all else, and for what cannot be opened: the work on it tells why."""
    from extractor.readers.sniff import archive_kind

    try:
        # A pipe is left alone: what is read of it is gone.
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        file = path.open("rb")
    except OSError:
        return None
    try:
        if archive_kind(file) is not None:
            return file
    except OSError:
        pass
    file.close()
    return None
