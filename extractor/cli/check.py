"""``notice check``: the findings of notices, where they are, why, and what to do."""

import argparse
import sys
from collections.abc import Mapping
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
    selecting(command, say)
    reading(command, say)


def run(chosen: argparse.Namespace) -> int:
    """Check every file; the exit code."""
    from extractor.batch import find_inputs, mapper_for, rulebook
    from extractor.render import json
    from extractor.render.terminal import check_summary, file_findings
    from extractor.schema import Failure

    task = work(chosen)
    inputs = find_inputs(chosen.paths)
    tell_left_out(inputs)
    look = style(chosen)
    cards = rulebook().cards
    counts = dict.fromkeys(_LEVELS, 0)
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
        clean += not outcome["findings"]
        if chosen.format == "json":
            print(json.line(json.findings(outcome)))
        elif text := file_findings(outcome, cards, look):
            print(text)

    for _, outcome in mapper_for(len(inputs.jobs), chosen.workers)(inputs.jobs, task):
        show(outcome)
        sys.stdout.flush()
    for failure in inputs.failures:
        show(failure)
    files = len(inputs.jobs) + len(inputs.failures)
    if chosen.format == "text" and files > failed:
        print(check_summary(files, clean, failed, counts, look))
    return 2 if failed else int(_fails(counts, chosen.fail_on))


def _fails(counts: Mapping[str, Any], level: str) -> bool:
    return any(counts[name] for name in _LEVELS[: _LEVELS.index(level) + 1])
