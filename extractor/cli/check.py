"""``notice check``: the findings of notices, where they are, why, and what to do."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from extractor.cli.parser import Say, paths, reading, selecting
from extractor.cli.session import style, tell, tell_left_out, work

if TYPE_CHECKING:
    from extractor.batch import Outcome

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
        choices=("text", "json"),
        default="text",
        help=say(
            "text 给人看（默认）；json 每份文件一行", "text for people (default); json: one line a file"
        ),
    )
    shape.add_argument(
        "--fail-on",
        choices=_LEVELS,
        default="error",
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
    selecting(command, say)
    reading(command, say)


def run(chosen: argparse.Namespace) -> int:
    """Check every file; the exit code."""
    from extractor.batch import find_inputs, mapper_for, rulebook
    from extractor.render import json
    from extractor.render.terminal import check_summary, file_findings, statistics
    from extractor.schema import Failure

    task = work(chosen)
    inputs = find_inputs(chosen.paths)
    tell_left_out(inputs)
    look = style(chosen)
    cards = rulebook().cards
    counts = dict.fromkeys(_LEVELS, 0)
    codes: Counter[tuple[str, str]] = Counter()
    failing = _LEVELS[: _LEVELS.index(chosen.fail_on) + 1]
    clean = failed = 0

    def show(outcome: "Outcome") -> None:
        nonlocal clean, failed
        if isinstance(outcome, Failure):
            failed += tell([outcome])
            if chosen.format == "json":
                print(json.line(json.failure(outcome)))
            return
        for finding in outcome["findings"]:
            counts[finding["severity"]] += 1
            codes[finding["code"], finding["severity"]] += 1
        clean += not outcome["findings"]
        if chosen.format == "json":
            print(json.line(json.findings(outcome)))
        elif text := file_findings(_graver(outcome, failing) if chosen.quiet else outcome, cards, look):
            print(text)

    for _, outcome in mapper_for(len(inputs.jobs), chosen.workers)(inputs.jobs, task):
        show(outcome)
        sys.stdout.flush()
    for failure in inputs.failures:
        show(failure)
    files = len(inputs.jobs) + len(inputs.failures)
    if chosen.format == "text" and files > failed:
        if chosen.statistics and codes:
            print("\n".join(statistics(codes, cards, look)) + "\n")
        print(check_summary(files, clean, failed, counts, look))
    return 2 if failed else int(any(counts[level] for level in failing))


def _graver(record: Mapping[str, Any], levels: Sequence[str]) -> dict[str, Any]:
    """The record with its findings of these levels only, and without the reader's remarks."""
    findings = [finding for finding in record["findings"] if finding["severity"] in levels]
    return {**record, "findings": findings, "warnings": []}
