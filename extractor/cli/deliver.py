"""Where ``notice check`` puts what it found: logs, pages, workbooks, annotated copies."""

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from extractor.cli import complain
from extractor.errors import NoticeError, ReadError, UsageError

if TYPE_CHECKING:
    from extractor.batch import Job, Outcome
    from extractor.rulebook.cards import Card
    from extractor.settings import Settings

WHOLE = ("sarif", "html", "xlsx")
"""Formats that are written when every file has been checked."""


class Delivery:
    """Collects outcomes for a format that is written at the end. Not a value: it grows."""

    def __init__(self, chosen: argparse.Namespace, cards: Mapping[str, "Card"]) -> None:
        self._format: str = chosen.format
        self._output: Path | None = chosen.output
        self._lang: str = chosen.lang
        self._profile: str = chosen.profile
        self._cards = cards
        # With the path and, for a log, the bytes of a plain text; not the job, which may hold a file of an archive.
        self._found: list[tuple[Path | None, Outcome, bytes | None]] = []
        if self._format == "xlsx" and self._output is None:
            raise UsageError("--format xlsx 要用 -o 写明文件名")
        if self._output is not None and self._format != "html" and self._output.is_dir():
            raise UsageError(f"-o {self._output} 是文件夹，要写明文件名")

    def add(self, job: "Job | None", outcome: "Outcome") -> None:
        plain = _plain(job, outcome) if self._format == "sarif" else None
        self._found.append((job.path if job is not None else None, outcome, plain))

    def close(self) -> None:
        """Write everything."""
        if self._format == "sarif":
            self._sarif()
        elif self._format == "xlsx" and self._output is not None:
            from extractor.render.sheet import write_findings

            self._output.parent.mkdir(parents=True, exist_ok=True)
            write_findings((outcome for _, outcome, _ in self._found), self._cards, self._output, self._lang)
        elif self._format == "html":
            self._pages()

    def _sarif(self) -> None:
        import json

        from extractor.cli.parser import version
        from extractor.render.sarif import log

        entries = ((outcome, plain) for _, outcome, plain in self._found)
        made = log(entries, self._cards, version=version(), profile=self._profile, lang=self._lang)
        self._write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")

    def _pages(self) -> None:
        from extractor.fixes import write
        from extractor.render.html import page

        records = [
            (path, outcome)
            for path, outcome, _ in self._found
            if path is not None and isinstance(outcome, dict)
        ]
        if len(records) > 1 and (self._output is None or not _folder(self._output)):
            raise UsageError("--format html 检查多份文件时，要用 -o 写明文件夹")
        names: set[str] = set()
        for path, record in records:
            made = page(record, self._cards, self._lang)
            if self._output is not None and _folder(self._output):
                write(self._output / unused(path, ".html", names), made.encode())
            else:
                self._write(made)

    def _write(self, text: str) -> None:
        if self._output is None:
            sys.stdout.write(text)
        else:
            from extractor.fixes import write

            write(self._output, text.encode())


def _folder(path: Path) -> bool:
    """Whether an output is meant as a folder: it is one, or its name has no ending."""
    return path.is_dir() or (not path.exists() and not path.suffix)


def _plain(job: "Job | None", outcome: "Outcome") -> bytes | None:
    """The bytes of a plain text file, whose places a log can name exactly."""
    if job is None or not isinstance(outcome, dict) or outcome["source"]["format"] != "txt":
        return None
    try:
        return job.read()
    except (ReadError, OSError):
        return None


def unused(path: Path, ending: str, names: set[str]) -> str:
    """The file's name with another ending, numbered when two files of a run share it."""
    name, number = f"{path.stem}{ending}", 1
    while name.lower() in names:
        number += 1
        name = f"{path.stem}-{number}{ending}"
    names.add(name.lower())
    return name


class Annotator:
    """Writes ``NAME.annotated.EXT`` into a folder for every draft with findings."""

    def __init__(self, folder: Path, cards: Mapping[str, "Card"], settings: "Settings") -> None:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"--annotate {folder} 不是文件夹")
        self._folder = folder
        self._cards = cards
        self._settings = settings
        self._names: set[str] = set()
        self._when = datetime.now()

    def write(self, job: "Job", record: Mapping[str, Any]) -> Path | None:
        """The copy written, None when there is nothing to say of the draft or it cannot be written (which is told)."""
        if not record["findings"]:
            return None
        from extractor.fixes import write
        from extractor.render.annotate import annotate

        try:
            ending, made = annotate(job.read(), record, self._cards, self._settings, self._when)
            target = self._folder / unused(job.path, f".annotated{ending}", self._names)
            write(target, made)
        except (NoticeError, OSError) as error:
            complain(f"{job.name}：没有写出批注（{error}）")
            return None
        return target


def opened(output: Path | None) -> TextIO:
    """Standard output, or the file the findings go to."""
    if output is None:
        return sys.stdout
    if output.is_dir():
        raise UsageError(f"-o {output} 是文件夹，要写明文件名")
    output.parent.mkdir(parents=True, exist_ok=True)
    return output.open("w", encoding="utf-8", errors="backslashreplace")
