"""``--baseline`` and ``--write-baseline``: findings an office lives with are kept in a file and not told again."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cli.parser import Say
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.baseline import Baseline, Found
    from extractor.batch import Job, Outcome, Work


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of the baseline."""
    group = command.add_argument_group(say("基线", "baseline"))
    group.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help=say(
            "这个 JSON 文件里记下的旧问题不再报，只报新的（也可写在 notice.toml 里）",
            "leave out the findings this JSON file knows (may stand in notice.toml too)",
        ),
    )
    group.add_argument(
        "--write-baseline",
        action="store_true",
        help=say(
            "把这次发现的问题都记进基线文件，以后不再报",
            "write what is found now into the baseline, so that it is not told again",
        ),
    )


def _read(path: Path, writing: bool) -> "Baseline":
    from extractor.baseline import Baseline, load_baseline

    return Baseline(path.parent, {}) if writing and not path.exists() else load_baseline(path)


class Sieve:
    """Takes the known findings out of outcomes, or collects them for a new baseline. Not a value: it counts."""

    def __init__(self, chosen: argparse.Namespace, task: "Work") -> None:
        configured = task.configuration.baseline if task.configuration else None
        self.path: Path | None = chosen.baseline or configured
        self._writing: bool = chosen.write_baseline
        self._task = task
        self._checked: list[tuple[Path, list[Found], frozenset[str]]] = []
        self._known = self._gone = 0
        self._english = chosen.lang == "en"
        if self._writing and self.path is None:
            raise UsageError("--write-baseline 要用 --baseline 写明文件（或写在 notice.toml 里）")
        self._baseline = _read(self.path, self._writing) if self.path else None

    def __call__(self, job: "Job | None", outcome: "Outcome") -> "Outcome":
        """The outcome without its known findings."""
        if self._baseline is None or job is None or not isinstance(outcome, dict):
            return outcome
        made = self._task.checks_for(job.path)
        findings: list[dict[str, Any]] = outcome["findings"]
        if self._writing:
            self._checked.append((job.path, list(findings), made))
            return {**outcome, "findings": []}
        fresh, known, gone = self._baseline.sift(job.path, findings, made)
        self._known += known
        self._gone += gone
        return {**outcome, "findings": fresh}

    def close(self) -> str:
        """Write the baseline when that was asked for; a line about it, empty when there is nothing to say."""
        if self._baseline is None or self.path is None:
            return ""
        if self._writing:
            from extractor.baseline import dumped
            from extractor.fixes import write

            write(self.path, dumped(self._baseline.with_findings(self._checked)).encode())
            number = sum(len(findings) for _, findings, _ in self._checked)
            return (
                f"baseline written to {self.path}: {number} findings"
                if self._english
                else f"基线写到 {self.path}：记下 {number} 处问题"
            )
        if not self._known and not self._gone:
            return ""
        if self._english:
            return f"in the baseline and not told again: {self._known}; no longer there: {self._gone}"
        return f"基线里已有、没有再报的 {self._known} 处；已不再出现的 {self._gone} 处"
