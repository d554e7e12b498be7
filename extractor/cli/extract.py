"""``notice extract``: notices → tables, JSON records or a readable summary."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.cli import complain
from extractor.cli.parser import Say, configuring, paths, reading, selecting
from extractor.cli.session import style, tell, tell_left_out, without_settings, work
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch import Inputs, Outcome, Work
    from extractor.batch.run import Report

_FORMATS = ("jsonl", "csv", "xlsx", "parquet", "duckdb")
_DEFAULT = ("jsonl", "csv")
# Files that could not be read are told one by one up to this many; the others stand in the failure table.
_TOLD = 20
# So many written files of one kind are named.
_NAMED = 3


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "extract",
        say("把通知读成表格", "read notices into tables"),
        say(
            "不带 -o 时显示每份通知的摘要；带 -o 时把全部表格写进文件夹，中断后再运行同一命令即接着做。\n"
            "退出码：0 全部读完；2 有文件读不了或用法不对（其他文件照常处理）。",
            "Without -o a summary of each notice; with -o all tables go into the folder, and the same command given again "
            "goes on with an interrupted run.\n"
            "exit code: 0 all read; 2 a file could not be read (the others are done), or wrong usage",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    paths(command, say)
    shape = command.add_argument_group(say("输出", "output"))
    shape.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help=say("把表格写到这个文件夹", "write the tables into this folder"),
    )
    shape.add_argument(
        "--format",
        type=formats,
        metavar="FORMATS",
        help=say(
            "与 -o 同用，逗号分隔：jsonl,csv,xlsx,parquet,duckdb；默认 jsonl,csv",
            "with -o, parted by commas: jsonl,csv,xlsx,parquet,duckdb; jsonl,csv by default",
        ),
    )
    shape.add_argument(
        "--json",
        action="store_true",
        help=say("每份通知一行 JSON，写到标准输出", "one JSON record a line on standard output"),
    )
    shape.add_argument(
        "--again",
        action="store_true",
        help=say("与 -o 同用：没有变化的文件也重新读", "with -o: read files again that have not changed"),
    )
    selecting(command, say)
    configuring(command, say)
    reading(command, say)
    command.add_argument_group(say("运行", "engine")).add_argument(
        "--engine",
        choices=("local",),
        default="local",
        help=say("在哪里运行，目前只有本机", "where to run; this machine for now"),
    )


def formats(text: str) -> tuple[str, ...]:
    """Names of formats parted by commas."""
    names = tuple(
        dict.fromkeys(name.strip().lower() for name in text.replace("，", ",").split(",") if name.strip())
    )
    wrong = [name for name in names if name not in _FORMATS]
    if wrong or not names:
        raise argparse.ArgumentTypeError(
            f"没有“{wrong[0] if wrong else text}”这种格式，可以是 {','.join(_FORMATS)}（no such format）"
        )
    return names


def run(chosen: argparse.Namespace) -> int:
    """Read every file; the exit code."""
    from extractor.batch import find_inputs

    if chosen.output is None and (chosen.format or chosen.again):
        raise UsageError(f"{'--format' if chosen.format else '--again'} 要与 -o 文件夹 一起用")
    if chosen.output is not None and chosen.json:
        raise UsageError("--json 写到标准输出，不能与 -o 同时用")
    task = work(chosen)
    inputs = find_inputs(chosen.paths, Path(chosen.output) if chosen.output is not None else None)
    inputs = replace(inputs, jobs=without_settings(inputs.jobs, task))
    tell_left_out(inputs)
    if chosen.output is None:
        return _to_screen(chosen, inputs, task)
    return _to_folder(chosen, inputs, task)


def _to_screen(chosen: argparse.Namespace, inputs: "Inputs", task: "Work") -> int:
    from extractor.batch import expected, mapper_for, unpacked
    from extractor.render.json import line
    from extractor.render.summary import summary
    from extractor.schema import Failure

    failed = 0
    look = style(chosen)
    jobs = unpacked(inputs.jobs, task.settings)
    for _, outcome in mapper_for(expected(inputs.jobs), chosen.workers)(jobs, task):
        if isinstance(outcome, Failure):
            failed += tell([outcome])
        else:
            print(line(outcome) if chosen.json else summary(outcome, look))
            sys.stdout.flush()
    failed += tell(inputs.failures)
    return 2 if failed else 0


def _to_folder(chosen: argparse.Namespace, inputs: "Inputs", task: "Work") -> int:
    from extractor.batch import expected, mapper_for
    from extractor.batch.run import run_to_folder

    if not inputs.jobs:
        tell(inputs.failures)
        return 2
    folder = Path(chosen.output)
    total = expected(inputs.jobs)
    done, end = _progress(total, chosen.lang)
    mapper = mapper_for(total, chosen.workers)
    finished = 0

    def count(outcome: "Outcome") -> None:
        nonlocal finished
        finished += 1
        done(outcome)

    try:
        report = run_to_folder(
            inputs, folder, chosen.format or _DEFAULT, mapper, task, again=chosen.again, progress=count
        )
    except KeyboardInterrupt:
        end()
        complain(f"已中断：{finished}/{max(finished, total)} 份的结果已保存，再运行同一命令即接着做")
        raise
    finally:
        end()
    tell(report.failures[:_TOLD])
    if len(report.failures) > _TOLD:
        complain(f"还有 {len(report.failures) - _TOLD} 份没有读成，全部列在 {folder} 的 failures 表里")
    _tell_report(report, folder, chosen)
    return 2 if report.failures else 0


def _tell_report(report: "Report", folder: Path, chosen: argparse.Namespace) -> None:
    """What was read and what was written where."""
    from extractor.batch.inputs import shown
    from extractor.render.columns import pad, width
    from extractor.render.terminal import SEVERITIES, counted

    english = chosen.lang == "en"
    look = style(chosen)
    total = report.read + len(report.failures)
    counts = {severity: report.findings.get(severity, 0) for severity in SEVERITIES}
    parts = [
        f"{report.read} of {total} files read" if english else f"{total} 份文件，读成 {report.read} 份",
        f"{len(report.failures)} not" if english else f"未读成 {len(report.failures)} 份",
    ]
    if report.reused:
        parts.append(
            f"{report.reused} unchanged since the last run"
            if english
            else f"其中 {report.reused} 份沿用上次结果"
        )
    print((", " if english else "，").join(parts) + ("; " if english else "；") + counted(counts, look))
    rows = {name: number for name, number in report.rows.items() if number}
    names = max((width(name) for name in rows), default=0)
    for name, number in rows.items():
        print(f"  {pad(name, names)}  {number:>7}")
    print(f"Written to {shown(folder)}:" if english else f"写到 {shown(folder)}：")
    print("  " + (", " if english else "，").join(_kinds(report.files, english)))


def _kinds(files: Sequence[Path], english: bool) -> list[str]:
    """The files by name, those of one kind that are many by their number."""
    by_kind: dict[str, list[str]] = {}
    for path in files:
        by_kind.setdefault(path.suffix, []).append(path.name)
    told = []
    for suffix, names in by_kind.items():
        told += (
            names
            if len(names) <= _NAMED
            else [f"{len(names)} {suffix}" if english else f"{len(names)} 个 {suffix}"]
        )
    return told


def _progress(total: int, lang: str) -> tuple[Callable[["Outcome"], None], Callable[[], None]]:
    """A bar on standard error when somebody looks: what to call for each outcome, and at the end."""
    if not sys.stderr.isatty() or total < 2:
        return lambda _: None, lambda: None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", style="red"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("reading" if lang == "en" else "正在读取", total=total, failed="")
    bar.start()
    failed = finished = 0

    def step(outcome: "Outcome") -> None:
        nonlocal failed, finished
        finished += 1
        if not isinstance(outcome, dict):
            failed += 1
        words = f"{failed} not read" if lang == "en" else f"{failed} 份未读成"
        # An archive may hold more than was expected.
        bar.update(task, advance=1, total=max(finished, total), failed=words if failed else "")

    return step, bar.stop
