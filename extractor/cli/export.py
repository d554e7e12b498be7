"""``notice export``: notices for other tools; a spaCy DocBin for training."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.cli.parser import Say, paths, reading
from extractor.cli.session import tell, tell_left_out, work
from extractor.errors import UsageError


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "export",
        say("把通知交给其他工具：spaCy 的训练数据", "hand notices to other tools: training data for spaCy"),
        say(
            "每份通知一个 Doc：ents 里是单位、人名、日期、电话等，spans 里是每张表的每一行。\n"
            "退出码：0 全部写入；2 有文件读不了（其他照常写入）或用法不对。",
            "One Doc a notice: ents holds bodies, persons, dates, numbers; spans every row of every table.\n"
            "exit code: 0 all written; 2 a file could not be read (the others are written), or wrong usage",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    paths(command, say)
    command.add_argument_group(say("输出", "output")).add_argument(
        "--spacy",
        metavar="FILE.spacy",
        required=True,
        type=docbin,
        help=say(
            "spaCy 的 DocBin 文件，供 spacy train 使用", "a DocBin file of spaCy, as spacy train reads it"
        ),
    )
    reading(command, say)


def docbin(text: str) -> Path:
    """A file name ``spacy train`` accepts."""
    path = Path(text)
    if path.suffix != ".spacy" or path.is_dir():
        raise argparse.ArgumentTypeError(
            f"“{text}”要是以 .spacy 结尾的文件名（a file name ending in .spacy）"
        )
    return path


def run(chosen: argparse.Namespace) -> int:
    """Read every file, write one Doc each; the exit code."""
    from extractor.batch import expected, find_inputs, mapper_for, unpacked
    from extractor.language import to_docbin
    from extractor.schema import Failure

    task = work(chosen)
    inputs = find_inputs(chosen.paths)
    tell_left_out(inputs)
    failed = tell(inputs.failures)
    if not inputs.jobs:
        raise UsageError("没有可以读的文件")

    def records() -> Iterator[dict[str, Any]]:
        nonlocal failed
        jobs = unpacked(inputs.jobs, task.settings)
        for _, outcome in mapper_for(expected(inputs.jobs), chosen.workers)(jobs, task):
            if isinstance(outcome, Failure):
                failed += tell([outcome])
            else:
                yield outcome

    written = to_docbin(records(), chosen.spacy)
    print(
        f"{written} notices written to {chosen.spacy}"
        if chosen.lang == "en"
        else f"{written} 份通知写到 {chosen.spacy}"
    )
    return 2 if failed else 0
