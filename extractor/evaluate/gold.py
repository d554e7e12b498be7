"""Annotated notices: where they lie, how they are read, and which record belongs to which."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from msgspec import Struct

from extractor.errors import UsageError

Annotation: TypeAlias = Mapping[str, Any]


class Gold(Struct, frozen=True):
    """A dataset. ``kind``: notices (one JSON file each, whole notices), heads (one line each in gold.jsonl) or pages
    (one row each in gold.csv: title, issuer, doc_number).

    Every entry carries the key ``text``: the notice as the offsets of the annotation count it, or None.
    """

    name: str
    kind: str
    entries: tuple[Annotation, ...]
    folder: Path

    def paths(self) -> dict[str, Path]:
        """Annotated file name → the notice itself, for those that are there."""
        found = {}
        for entry in self.entries:
            path = _notice_path(self.folder, entry["file"])
            if path:
                found[entry["file"]] = path
        return found


def load_gold(path: Path, only: Collection[str] | None = None) -> Gold:
    """The dataset at ``path``: a folder of gold JSON files, a folder with gold.jsonl or gold.csv, or that file.

    ``only`` keeps the named files. Raises ``UsageError`` naming the file (and line) that is not gold.
    """
    if not path.exists():
        raise UsageError(f"{path}：没有这个路径（no such gold）")
    lines = path / "gold.jsonl" if path.is_dir() else path
    if lines.is_file() and lines.suffix == ".jsonl":
        kind, folder = "heads", lines.parent
        entries = [_entry(row, f"{lines}:{number}", "file") for number, row in _rows(lines)]
    elif path.suffix == ".csv" or (path / "gold.csv").is_file():
        kind, table = "pages", path if path.is_file() else path / "gold.csv"
        folder, entries = table.parent, _pages(table)
    elif path.is_dir():
        kind, folder = "notices", path
        files = sorted(p for p in path.glob("*.json") if not p.name.startswith("."))
        entries = [_entry(p.read_text(encoding="utf-8"), str(p), "file", "sections", "dates") for p in files]
    else:
        kind, folder = "notices", path.parent
        entries = [_entry(path.read_text(encoding="utf-8"), str(path), "file", "sections", "dates")]
    kept = [entry for entry in entries if only is None or entry["file"] in only]
    if not kept:
        raise UsageError(f"{path}：没有标注（no annotations here）")
    filled = tuple({**entry, "text": _text(folder, entry["file"])} for entry in kept)
    name = folder.parent.name if folder.name == "gold" else folder.name
    return Gold(name, kind, filled, folder)


def _rows(path: Path) -> list[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _pages(table: Path) -> list[dict[str, Any]]:
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if rows and not {"file", "title", "issuer", "doc_number"} <= set(rows[0]):
        raise UsageError(f"{table}：要有 file,title,issuer,doc_number 四列（not a gold table）")
    return [{key: value or None for key, value in row.items()} for row in rows]


def _entry(content: str, where: str, *keys: str) -> dict[str, Any]:
    try:
        entry = json.loads(content)
    except ValueError as error:
        raise UsageError(f"{where}：不是 JSON（{error}）") from error
    absent = [key for key in keys if not isinstance(entry, dict) or key not in entry]
    if absent:
        raise UsageError(f"{where}：标注缺少 {'、'.join(absent)}（not a gold annotation）")
    assert isinstance(entry, dict)
    # The line-based schema cannot say headings inside a line; where an annotation also has the exact rows, they count.
    exact: dict[str, Any] = entry.get("exact", {})
    return entry | exact


def _notice_path(folder: Path, file: str) -> Path | None:
    for place in (folder.parent / "notices", folder, folder.parent):
        if (place / file).is_file():
            return place / file
    return None


def _text(folder: Path, file: str) -> str | None:
    """The text the annotation's offsets count in: the .txt of that name, line ends untouched."""
    path = _notice_path(folder, str(PurePath(file).with_suffix(".txt")))
    if path is None:
        return None
    raw = path.read_bytes()
    for encoding in ("utf-8", "gb18030", "utf-16"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def record_of(records: Mapping[str, Annotation], file: str) -> Annotation | None:
    """The record of an annotated file: by its name, else by its stem, so that the same notice in another format
    (``x.docx``, ``x-scan.pdf`` for ``x.txt``) is judged by the same gold."""
    by_name = {PurePath(name).name: record for name, record in records.items()}
    if file in by_name:
        return by_name[file]
    stem = PurePath(file).stem
    same = sorted(name for name in by_name if PurePath(name).stem == stem)
    near = sorted(name for name in by_name if PurePath(name).stem.startswith(f"{stem}-"))
    return by_name[(same or near)[0]] if same or near else None


def matched(
    records: Mapping[str, Annotation], gold: Sequence[Annotation]
) -> tuple[list[tuple[Annotation, Annotation]], list[str]]:
    """Each annotated notice with its record (empty where there is none), and the files without a record."""
    found = [(entry, record_of(records, entry["file"])) for entry in gold]
    absent = [entry["file"] for entry, record in found if record is None]
    return [(entry, record or {}) for entry, record in found], absent


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """Records of a JSON-lines file (one a line) or a JSON list, by the file name of their source."""
    content = path.read_text(encoding="utf-8")
    rows: Sequence[Any]
    if content.lstrip().startswith("["):
        rows = json.loads(content)
    else:
        rows = [json.loads(line) for line in content.splitlines() if line.strip()]
    records: dict[str, dict[str, Any]] = {}
    for row in rows:
        source = row.get("source") or {}
        name = PurePath(source.get("path") or row.get("file") or row.get("notice_id") or "").name
        if name:
            records[name] = row
    return records
