"""What a run has already done, in ``run.sqlite`` of its folder: every outcome at once, so that a kill loses none of them."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import asdict, replace

from extractor.batch.inputs import STATE, Job
from extractor.batch.work import Outcome, Work
from extractor.errors import UsageError
from extractor.render.json import line
from extractor.schema import Failure
from extractor.store import StoreError, reason

_SCHEMA = """
CREATE TABLE IF NOT EXISTS outcomes (
  name TEXT PRIMARY KEY, sha256 TEXT, fingerprint TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID
"""
# Failures that may be different next time though the file is the same.
_PASSING = {"missing-part", "vanished", "crashed", "internal", "no-permission", "not-found", "unreadable"}


class RunState:
    """The outcomes by file name, each with the file's hash and the fingerprint of rules and settings it came from."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder)
            # Journal and synchronisation: safe against a killed process at one write for each outcome.
            self._base = sqlite3.connect(folder / STATE, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.execute(_SCHEMA)
        except OSError as error:
            raise StoreError(f"{folder}：{reason(error)}") from error
        except sqlite3.Error as error:
            raise StoreError(f"{folder / STATE}：不能写入运行记录（{error}）") from error

    def known(self, job: Job, fingerprint: str) -> Outcome | None:
        """The stored outcome, if the file and all that decides about it are what they were."""
        row = self._base.execute(
            "SELECT sha256, kind, body FROM outcomes WHERE name = ? AND fingerprint = ?",
            (job.name, fingerprint),
        ).fetchone()
        if row is None or row[0] is None or row[0] != job.sha256():
            return None
        outcome = _unpacked(row[1], row[2])
        return None if isinstance(outcome, Failure) and outcome.reason in _PASSING else outcome

    def put(self, job: Job, fingerprint: str, outcome: Outcome) -> None:
        """Keep an outcome; from here on it survives whatever happens to this process."""
        failed = isinstance(outcome, Failure)
        sha256 = outcome.sha256 if isinstance(outcome, Failure) else outcome["source"]["sha256"]
        text = line(asdict(outcome) if isinstance(outcome, Failure) else outcome)
        body = zlib.compress(text.encode("utf-8", "backslashreplace"), 1)
        try:
            self._base.execute(
                "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?)",
                (job.name, sha256, fingerprint, "failure" if failed else "record", body),
            )
        except sqlite3.Error as error:
            raise StoreError(f"{STATE}：{_plain(error)}") from error

    def outcomes(self, names: Iterable[str]) -> Iterator[Outcome]:
        """The stored outcomes of these files, in their order."""
        for name in names:
            row = self._base.execute("SELECT kind, body FROM outcomes WHERE name = ?", (name,)).fetchone()
            if row is not None:
                yield _unpacked(*row)

    def close(self) -> None:
        self._base.close()
        self._lock.close()


class _Lock:
    """Holds a folder for one run; freed by the system when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w")
        try:
            import fcntl
        except ImportError:  # not on Windows
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise UsageError(f"{path.parent}：另一个 notice 正在往这里写，请等它结束") from error

    def close(self) -> None:
        self._file.close()


def _locked(folder: Path) -> _Lock:
    return _Lock(folder / ".run.lock")


def _plain(error: sqlite3.Error) -> str:
    return "磁盘已满，写不下" if "full" in str(error) else f"不能写入运行记录（{error}）"


def _unpacked(kind: str, body: bytes) -> Outcome:
    values = json.loads(zlib.decompress(body))
    return Failure(**values) if kind == "failure" else values


def fingerprint(work: Work) -> str:
    """A hash of all that decides about an outcome besides the file: code, rules, settings (but not the day)."""
    decides = replace(work, settings=replace(work.settings, today=None))
    digest = hashlib.sha256(repr(decides).encode("utf-8", "surrogatepass"))
    code = Path(__file__).resolve().parents[1]
    digest.update(_contents(code, "*.py"))
    for folder in (work.rulebook().folder, *work.sources.cards, *work.sources.campaigns):
        digest.update(_contents(folder, "*"))
    for path in (work.superior, work.previous):
        digest.update(path.read_bytes() if path else b"")
    return digest.hexdigest()


def _contents(folder: Path, glob: str) -> bytes:
    """A hash of the files of a folder, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob(glob) if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()
