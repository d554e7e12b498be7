"""``notice check --fix`` and ``--diff``: drafts mended in copies, or the difference shown."""

import argparse
import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli import complain
from extractor.cli.deliver import unused
from extractor.cli.parser import Say
from extractor.errors import NoticeError, ReadError, UsageError

if TYPE_CHECKING:
    from extractor.batch import Job, Outcome, Work
    from extractor.fixes import Mended

_FEW = 10  # fixes that were not made, told one by one


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of mending."""
    group = command.add_argument_group(say("改正", "fixing"))
    group.add_argument(
        "--fix",
        action="store_true",
        help=say(
            "改正有把握的问题，写到 名称.fixed.扩展名（或 -o），不动原件；可改 txt 和 docx",
            "apply the safe fixes to NAME.fixed.EXT (or -o), never to the original; txt and docx",
        ),
    )
    group.add_argument(
        "--suggested",
        action="store_true",
        help=say(
            "连同需要核对的建议一起改（与 --fix 或 --diff 合用）",
            "the suggested fixes too (with --fix or --diff)",
        ),
    )
    group.add_argument(
        "--track",
        action="store_true",
        help=say("在 Word 文件里记成修订（与 --fix 合用）", "as tracked changes in Word files (with --fix)"),
    )
    group.add_argument(
        "--diff",
        action="store_true",
        help=say("只显示会改哪些地方，不写文件", "only show what would change, write nothing"),
    )


def asked(chosen: argparse.Namespace) -> bool:
    """Whether drafts are to be mended or their differences shown. ``UsageError`` for options that do not go together."""
    if not (chosen.fix or chosen.diff):
        for name in ("suggested", "track"):
            if getattr(chosen, name):
                raise UsageError(f"--{name} 要与 --fix 或 --diff 合用")
        return False
    if chosen.format not in ("text", "json"):
        raise UsageError(f"--fix 和 --diff 不能与 --format {chosen.format} 合用")
    return True


def without_copies(jobs: Sequence["Job"], given: Sequence[str]) -> tuple["Job", ...]:
    """The files without the copies earlier runs made (``NAME.fixed.EXT``, ``NAME.annotated.EXT``), unless named themselves."""
    named = {Path(path).resolve() for path in given}
    kept = []
    for job in jobs:
        if job.path.stem.endswith((".fixed", ".annotated")) and job.path.resolve() not in named:
            complain(f"{job.name}：是改过或批注过的副本，没有再处理")
        else:
            kept.append(job)
    return tuple(kept)


class Fixer:
    """Mends one draft after the other. Not a value: it writes files."""

    def __init__(self, chosen: argparse.Namespace, task: "Work", files: int) -> None:
        self._chosen = chosen
        self._task = task
        self._when = datetime.now()
        self._names: set[str] = set()
        if files > 1 and chosen.output is not None and not chosen.output.is_dir():
            if chosen.output.exists() or chosen.output.suffix:
                raise UsageError("改正多份文件时，-o 要写文件夹")
            chosen.output.mkdir(parents=True)

    def __call__(self, job: "Job") -> tuple["Outcome", list[str]]:
        """The outcome after mending (before it, for ``--diff``) and what to tell of it, line by line."""
        from extractor.batch.inputs import why
        from extractor.batch.work import internal
        from extractor.fixes import mend
        from extractor.schema import Failure, to_record

        try:
            raw = job.read(self._task.settings.limits.file_bytes + 1)
        except ReadError as error:
            return Failure(job.name, error.reason, str(error)), []
        except OSError as error:
            return Failure(job.name, *why(error)), []
        try:
            if job.packed and self._chosen.output is None and not self._chosen.diff:
                raise UsageError("在压缩包里，改正后的稿子要用 -o 写明放到哪个文件夹")
            made = mend(
                raw,
                job.name,
                self._task.rulebook(),
                self._task.settings_for(job.path),
                companions=self._task.companions(),
                suggested=self._chosen.suggested,
                track=self._chosen.track,
                when=self._when,
            )
            if isinstance(made, Failure):
                return made, []
            told = self._told(job, made)
            return to_record(made.before if self._chosen.diff else made.after), told
        except NoticeError as error:
            message = str(error).removeprefix(f"{job.name}：")
            return Failure(job.name, "not-fixable", message, hashlib.sha256(raw).hexdigest()), []
        # As in a batch: a defect of ours in one draft must not stop the others.
        except Exception as error:  # noqa: BLE001 - told as what it is
            return internal(job, error), []

    def _told(self, job: "Job", made: "Mended") -> list[str]:
        """Write or show what came of it."""
        from extractor.fixes import difference, fixed_path, write

        english = self._chosen.lang == "en"
        target = fixed_path(job.path, self._chosen.output)
        if (
            self._chosen.output is not None and self._chosen.output.is_dir()
        ):  # drafts of several folders share a name
            target = target.with_name(unused(job.path, f".fixed{job.path.suffix}", self._names))
        for left in made.left[:_FEW]:
            complain(f"{job.name}：{left.finding.code} “{left.finding.quote[:40]}”没有改：{left.reason}")
        if len(made.left) > _FEW:
            complain(f"{job.name}：还有 {len(made.left) - _FEW} 处没有改")
        if self._chosen.diff:
            return difference(made.before.document, made.after.document, job.name, str(target)).splitlines()
        if not made.changed:
            return ["nothing to fix" if english else "没有可以改正的问题"]
        write(target, made.raw)
        counted = len(made.applied)
        return [f"{counted} fixed: {target}" if english else f"改正 {counted} 处，写到 {target}"]
