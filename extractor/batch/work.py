"""What is done with one file, in this process or in a worker: bytes → record or failure, whatever happens."""

import gc
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from extractor import kept, patterns
from extractor.batch.inputs import Job, why
from extractor.checks import KINDS, Case, Companions, deck
from extractor.checks.engine import OFF, selected
from extractor.configuration import NOTHING_SAID, Choice, Configuration, settled
from extractor.errors import ReadError, RuleError, UsageError
from extractor.pipeline import companion, process, process_all
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import Failure, Notice, to_record
from extractor.settings import Settings

Outcome = dict[str, Any] | Failure
"""The record of a notice (``to_record``), or why there is none."""


class Sources(Struct, frozen=True):
    """Where the rules come from: their folder (None: our own), and folders of further cards and campaign packs."""

    rules: Path | None = None
    cards: tuple[Path, ...] = ()
    campaigns: tuple[Path, ...] = ()


OURS = Sources()


def rulebook(sources: Sources = OURS) -> Rulebook:
    """The rules, read once in each process. ``RuleError`` when they are wrong, a card no kind can run included."""
    return _rulebook(sources)


@cache
def _rulebook(sources: Sources) -> Rulebook:
    shelf = kept.folder()
    patterns.recall(shelf)
    made = load_rulebook(sources.rules, sources.cards, sources.campaigns, shelf)
    deck(made.cards)
    gc.freeze()  # the rules stay as long as the process: the collector need not go over them at every notice
    return made


@cache
def _companion(path: Path, sources: Sources, ocr: str) -> Case:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}：{why(error)[1]}") from error
    try:
        return companion(raw, str(path), rulebook(sources), Settings(ocr=ocr))
    except ReadError as error:
        raise UsageError(f"{path}：{str(error).removeprefix(f'{path}：')}") from error


class Work(Struct, frozen=True):
    """The work on one file, as a value that can be sent to a worker.

    ``configuration``: the ``notice.toml`` that holds, ``options`` what the call says beside it. ``superior``, ``previous``:
    the files every notice is held against.
    """

    settings: Settings
    sources: Sources = OURS
    configuration: Configuration | None = None
    options: Choice = NOTHING_SAID
    superior: Path | None = None
    previous: Path | None = None

    def rulebook(self) -> Rulebook:
        """The rules of this work. ``RuleError``."""
        return rulebook(self.sources)

    def companions(self) -> Companions:
        """The documents notices are held against, read once in each process. ``UsageError`` when one cannot be read."""
        return Companions(
            *(
                _companion(path, self.sources, self.settings.ocr) if path else None
                for path in (self.superior, self.previous)
            )
        )

    def settings_for(self, path: Path) -> Settings:
        """The settings for one file."""
        if self.configuration is None and self.options == NOTHING_SAID:
            return self.settings
        return settled(self.settings, self.rulebook().cards, self.configuration, self.options, path)

    def checks_for(self, path: Path) -> frozenset[str]:
        """The codes of the checks made in one file."""
        settings, companions = self.settings_for(path), self.companions()
        return frozenset(
            card.code
            for card in selected(self.rulebook().cards.values(), settings)
            if settings.severity.get(card.code) != OFF
            and not ((other := KINDS[card.kind].against) and getattr(companions, other) is None)
        )

    def process(self, raw: bytes, job: Job) -> Notice | Failure:
        """The notice of a file's bytes, with its findings, or why there is none."""
        return process(raw, job.name, self.rulebook(), self.settings_for(job.path), self.companions())

    def __call__(self, job: Job) -> Outcome:
        """The outcome for one file. Raises nothing but what ends the program."""
        raw = self._bytes(job)
        if isinstance(raw, Failure):
            return raw
        try:
            return _outcome(self.process(raw, job), raw)
        except (MemoryError, RecursionError):
            failure = Failure(job.name, "too-large", "内容太大或嵌套太深，内存不够")
        except RuleError as error:
            failure = Failure(job.name, "rules", str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours in one notice must not stop the others
            failure = internal(job, error)
        return _hashed(failure, raw)

    def all(self, jobs: Sequence[Job]) -> list[Outcome]:
        """The outcomes for several files, made stage by stage, which is faster; one by one where that fails."""
        settings = self.settings_for(jobs[0].path)
        if len(jobs) == 1 or any(self.settings_for(job.path) != settings for job in jobs):
            return [self(job) for job in jobs]
        raws = [self._bytes(job) for job in jobs]
        files = [(raw, job.name) for raw, job in zip(raws, jobs, strict=True) if not isinstance(raw, Failure)]
        try:
            made = iter(process_all(files, self.rulebook(), settings, self.companions()))
            outcomes = [raw if isinstance(raw, Failure) else _outcome(next(made), raw) for raw in raws]
        except Exception:  # noqa: BLE001 - whose it was, and what is told of it, shows when each is read by itself
            outcomes = [self(job) for job in jobs]
        return outcomes

    def _bytes(self, job: Job) -> bytes | Failure:
        try:
            # One byte more than allowed: enough to be refused, and /dev/zero ends too.
            return job.read(self.settings.limits.file_bytes + 1)
        except ReadError as error:
            return Failure(job.name, error.reason, str(error))
        except OSError as error:
            return Failure(job.name, *why(error))


def _outcome(made: Notice | Failure, raw: bytes) -> Outcome:
    return _hashed(made, raw) if isinstance(made, Failure) else to_record(made)


def _hashed(failure: Failure, raw: bytes) -> Failure:
    return replace(failure, sha256=failure.sha256 or hashlib.sha256(raw).hexdigest())


def internal(job: Job, error: BaseException) -> Failure:
    """A defect of this program that one document brought to light."""
    import traceback

    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    frames = traceback.extract_tb(error.__traceback__)
    where = f"，{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Failure(job.name, "internal", f"程序处理这份文件时出错，请报告（{what}{where}）")
