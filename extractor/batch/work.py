"""What is done with one file, in this process or in a worker: bytes → record or failure, whatever happens."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from extractor.batch.inputs import Job, why
from extractor.pipeline import process
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import Failure, to_record
from extractor.settings import Settings

Outcome = dict[str, Any] | Failure
"""The record of a notice (``to_record``), or why there is none."""


@cache
def rulebook(folder: Path | None = None) -> Rulebook:
    """The rules, read once in each process. ``RuleError`` when they are wrong."""
    return load_rulebook(folder)


@dataclass(frozen=True, slots=True)
class Work:
    """The work on one file, as a value that can be sent to a worker. ``rules``: their folder (None: our own)."""

    settings: Settings
    rules: Path | None = None

    def __call__(self, job: Job) -> Outcome:
        """The outcome for one file. Raises nothing but what ends the program."""
        try:
            with job.path.open("rb") as file:
                # One byte more than allowed: enough to be refused, and /dev/zero ends too.
                raw = file.read(self.settings.limits.file_bytes + 1)
        except OSError as error:
            return Failure(job.name, *why(error))
        try:
            outcome = process(raw, job.name, rulebook(self.rules), self.settings)
            if not isinstance(outcome, Failure):
                return to_record(outcome)
        except (MemoryError, RecursionError):
            outcome = Failure(job.name, "too-large", "内容太大或嵌套太深，内存不够")
        # A fault of ours in one notice must not stop the others; it is told as what it is.
        except Exception as error:  # noqa: BLE001
            outcome = internal(job, error)
        return replace(outcome, sha256=outcome.sha256 or hashlib.sha256(raw).hexdigest())


def internal(job: Job, error: BaseException) -> Failure:
    """A defect of this program that one document brought to light."""
    import traceback

    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    frames = traceback.extract_tb(error.__traceback__)
    where = f"，{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Failure(job.name, "internal", f"程序处理这份文件时出错，请报告（{what}{where}）")
