"""``notice check``: the findings of notices, where they are, why, and what to do."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from extractor.cli import fix, known
from extractor.cli.deliver import WHOLE, Annotator, Delivery, opened
from extractor.cli.parser import Say, configuring, paths, reading, selecting
from extractor.cli.session import style, tell, tell_left_out, without_settings, work

if TYPE_CHECKING:
    from extractor.batch import Job, Outcome, Work

_LEVELS = ("error", "warning", "info")


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "check",
        say("检查通知，指出差错和前后矛盾", "flag what is wrong or contradicts itself"),
        say(
            "退出码：0 没有达到失败级别的问题；1 有；2 有文件读不了或用法不对（2 优先）。",
            "exit code: 0 nothing at the failing level; 1 something; 2 a file could not be read, or wrong usage (wins over 1)",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    paths(command, say)
    shape = command.add_argument_group(say("输出", "output"))
    shape.add_argument(
        "--format",
        choices=("text", "json", "sarif", "html", "xlsx"),
        default="text",
        help=say(
            "text 给人看（默认）；json 每份文件一行；sarif 供代码托管和编辑器；html 可打印的报告；xlsx 问题清单",
            "text for people (default); json: one line a file; sarif for code hosts and editors; html: a report to print; "
            "xlsx: a list",
        ),
    )
    shape.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help=say(
            "写到文件，不写到屏幕；--fix 和多份 html 时可以是文件夹",
            "write to this file; with --fix and for several html reports it may be a folder",
        ),
    )
    shape.add_argument(
        "--annotate",
        type=Path,
        metavar="DIR",
        help=say(
            "把问题写回文稿：Word 加批注，PDF 加高亮和附注，其他出 html 报告，存到 DIR",
            "put the findings into copies in DIR: comments in Word, highlights and notes in PDF, else an html report",
        ),
    )
    shape.add_argument(
        "--fail-on",
        choices=_LEVELS,
        help=say(
            "从哪一级起算失败（退出码 1），默认 error",
            "the lowest level that fails (exit code 1), error by default",
        ),
    )
    shape.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=say(
            "颜色；auto 只在终端上，并遵从 NO_COLOR",
            "colours; auto: only on a terminal, and NO_COLOR is respected",
        ),
    )
    shape.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help=say("只显示达到失败级别的问题", "show only what reaches the failing level"),
    )
    shape.add_argument(
        "--statistics",
        action="store_true",
        help=say("最后按检查代码列出次数", "end with the number of findings by code"),
    )
    _beside(command, say)
    fix.options(command, say)
    selecting(command, say)
    configuring(command, say)
    known.options(command, say)
    reading(command, say)


def _beside(command: argparse.ArgumentParser, say: Say) -> None:
    """The documents a draft is held against."""
    group = command.add_argument_group(say("对照", "against other documents"))
    group.add_argument(
        "--reference",
        type=Path,
        metavar="FILE",
        help=say(
            "上级的通知（任何可读格式）：主题、时间、期限、布置的任务、标题和文号是否对得上（R 类检查）",
            "the superior's notice, in any readable format: theme, window, deadlines, tasks, title and number (checks R)",
        ),
    )
    group.add_argument(
        "--previous",
        type=Path,
        metavar="FILE",
        help=say(
            "上年的通知（任何可读格式）：年份、主题、届次、联系人等有没有照抄下来（L 类检查）",
            "last year's notice, in any readable format: years, themes, ordinals, contacts copied forward (checks L)",
        ),
    )


def run(chosen: argparse.Namespace) -> int:
    """Check every file; the exit code."""
    from extractor.batch import expected, find_inputs, mapper_for, unpacked

    mending = fix.asked(chosen)
    task = work(chosen)
    sieve = known.Sieve(chosen, task)
    inputs = find_inputs(chosen.paths)
    tell_left_out(inputs)
    jobs = without_settings(inputs.jobs, task, sieve.path)
    if mending or chosen.annotate:
        jobs = fix.without_copies(jobs, chosen.paths)
    report = _Report(chosen, task, sieve)
    number, each = expected(jobs), unpacked(jobs, task.settings)
    if mending:
        fixer = fix.Fixer(chosen, task, number)
        for job in each:
            report.show(job, *fixer(job))
    else:
        for job, outcome in mapper_for(number, chosen.workers)(each, task):
            report.show(job, outcome)
    for failure in inputs.failures:
        report.show(None, failure)
    return report.close()


class _Report:
    """Shows outcomes as they come and counts them. Not a value: it writes."""

    def __init__(self, chosen: argparse.Namespace, task: "Work", sieve: known.Sieve) -> None:
        cards = task.rulebook().cards
        self._sieve = sieve
        self._chosen = chosen
        self._cards = cards
        self._counts = dict.fromkeys(_LEVELS, 0)
        self._codes: Counter[tuple[str, str]] = Counter()
        self._failing = _LEVELS[: _LEVELS.index(chosen.fail_on) + 1]
        self._files = self._clean = self._failed = 0
        self._delivery = Delivery(chosen, cards) if chosen.format in WHOLE else None
        self._annotator = Annotator(chosen.annotate, cards, task.settings) if chosen.annotate else None
        elsewhere = chosen.fix or chosen.diff or self._delivery is not None
        self._out = opened(None if elsewhere else chosen.output)
        self._style = style(chosen)
        if self._out is not sys.stdout:
            self._style = replace(self._style, color=False)

    def show(self, job: "Job | None", outcome: "Outcome", told: Sequence[str] = ()) -> None:
        """One outcome, and what else there is to tell of it."""
        from extractor.render import json
        from extractor.schema import Failure

        self._files += 1
        outcome = self._sieve(job, outcome)
        if self._delivery is not None:
            self._delivery.add(job, outcome)
        if isinstance(outcome, Failure):
            self._failed += tell([outcome])
            if self._chosen.format == "json":
                self._print(json.line(json.failure(outcome)))
            return
        for finding in outcome["findings"]:
            self._counts[finding["severity"]] += 1
            self._codes[finding["code"], finding["severity"]] += 1
        self._clean += not outcome["findings"]
        if not self._chosen.diff:
            self._findings(outcome)
        if (
            self._annotator is not None
            and job is not None
            and (written := self._annotator.write(job, outcome))
        ):
            told = [*told, f"annotated: {written}" if self._chosen.lang == "en" else f"批注写到 {written}"]
        if told and (self._chosen.format == "text" or self._chosen.diff):
            self._print("\n".join(told) + "\n")
        self._out.flush()

    def _findings(self, record: Mapping[str, Any]) -> None:
        from extractor.render import json
        from extractor.render.terminal import file_findings

        if self._chosen.format == "json":
            self._print(json.line(json.findings(record)))
        elif self._chosen.format == "text":
            shown = _graver(record, self._failing) if self._chosen.quiet else record
            if text := file_findings(shown, self._cards, self._style):
                self._print(text)

    def _print(self, text: str) -> None:
        print(text, file=self._out)

    def close(self) -> int:
        """The summary; the exit code."""
        from extractor.render.terminal import check_summary, statistics

        if self._delivery is not None:
            self._delivery.close()
        if self._chosen.format == "text" and self._files > self._failed and not self._chosen.diff:
            if self._chosen.statistics and self._codes:
                self._print("\n".join(statistics(self._codes, self._cards, self._style)) + "\n")
            self._print(check_summary(self._files, self._clean, self._failed, self._counts, self._style))
        if (line := self._sieve.close()) and self._chosen.format == "text":
            self._print(line)
        if self._out is not sys.stdout:
            self._out.close()
        return 2 if self._failed else int(any(self._counts[level] for level in self._failing))


def _graver(record: Mapping[str, Any], levels: Sequence[str]) -> dict[str, Any]:
    """The record with its findings of these levels only, and without the reader's remarks."""
    findings = [finding for finding in record["findings"] if finding["severity"] in levels]
    return {**record, "findings": findings, "warnings": []}
