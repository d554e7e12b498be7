"""Tables on disk: jsonl csv xlsx parquet duckdb. Add a format: one class and one line in ``FORMATS``."""

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from extractor.errors import NoticeError
from extractor.schema import Failure
from extractor.store.columnar import Duck, Parquet
from extractor.store.columns import Entry, Record, entry, table_columns
from extractor.store.plain import Csv, JsonLines
from extractor.store.sheets import Workbook


class StoreError(NoticeError):
    """The tables cannot be written: disk full, no permission, not a folder."""


class Writer(Protocol):
    """One format being written into a folder. Rows come a notice at a time."""

    def add(self, entry: Entry) -> None: ...

    def close(self) -> None: ...


FORMATS: dict[str, Callable[[Path], Writer]] = {
    "jsonl": JsonLines,
    "csv": Csv,
    "xlsx": Workbook,
    "parquet": Parquet,
    "duckdb": Duck,
}
"""Format name → its writer, made with the folder to write into."""

_STAGING = ".tables-"


def write(
    folder: Path, formats: Sequence[str], outcomes: Iterable[Record | Failure]
) -> tuple[dict[str, int], tuple[Path, ...]]:
    """Write the tables of ``outcomes`` (records, or failures) in one pass; rows by table, and the files written.

    Everything is first written beside its place and moved there at the end: whoever looks sees the old files or the new
    ones, whole. ``StoreError`` when that cannot be done; what was there before stays.
    """
    counts = dict.fromkeys(table_columns(), 0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_STAGING}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    except OSError as error:
        raise StoreError(f"{folder}：{reason(error)}") from error
    try:
        writers = [FORMATS[name](staging) for name in dict.fromkeys(formats)]
        for outcome in outcomes:
            made = entry(outcome)
            for name, rows in made.rows.items():
                counts[name] += len(rows)
            for writer in writers:
                writer.add(made)
        for writer in writers:
            writer.close()
        made_files = sorted(path.name for path in staging.iterdir())
        for name in made_files:
            (staging / name).replace(folder / name)
    except NoticeError:
        raise
    except Exception as error:
        if (cause := _disk(error)) is None:
            raise
        raise StoreError(f"{folder}：{reason(cause)}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return counts, tuple(folder / name for name in made_files)


def _disk(error: BaseException | None) -> OSError | None:
    """The operating system's complaint behind an error of a writing library."""
    while error is not None:
        if isinstance(error, OSError):
            return error
        if "No space left" in str(error):
            return OSError(errno.ENOSPC, str(error))
        error = error.__cause__ or error.__context__
    return None


_REASONS = {
    errno.ENOSPC: "磁盘已满，写不下",
    errno.EDQUOT: "超出磁盘配额，写不下",
    errno.EFBIG: "文件太大，写不下",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "是只读的，不能写入",
    errno.EEXIST: "已有同名文件，不是文件夹",
    errno.ENOTDIR: "不是文件夹",
}


def reason(error: OSError) -> str:
    """The operating system's complaint about writing, in plain words."""
    return _REASONS.get(error.errno or 0) or f"不能写入（{error.strerror or error}）"


__all__ = ["FORMATS", "StoreError", "Writer", "reason", "write"]
