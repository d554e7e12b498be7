"""``notice eval``: scores of the extraction and the checks on annotated notices."""

import argparse
from pathlib import Path

from extractor.cli.parser import Say, reading
from extractor.cli.session import tell, work
from extractor.errors import UsageError


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "eval",
        say("用标注过的通知给提取和检查打分", "score extraction and checks on annotated notices"),
        say(
            "标注：一个文件夹，里面是每份通知一个 JSON，或 gold.jsonl、gold.csv；通知本身在旁边的 notices 里或同一文件夹里。",
            "GOLD: a folder with one JSON a notice, or with gold.jsonl or gold.csv; the notices lie in ../notices or beside it",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    command.add_argument_group(say("参数", "arguments")).add_argument(
        "gold", metavar="GOLD", help=say("标注所在的文件夹或文件", "annotations: folder or file")
    )
    shape = command.add_argument_group(say("输出", "output"))
    shape.add_argument(
        "--save",
        metavar="FILE",
        help=say("把分数存成 JSON，供以后比较", "save the scores as JSON, to compare later"),
    )
    shape.add_argument(
        "--against",
        metavar="FILE",
        help=say(
            "与以前存的分数比较，列出新对上的和新错的", "compare with saved scores: what was gained and lost"
        ),
    )
    shape.add_argument(
        "--fields",
        default="",
        metavar="FIELDS",
        help=say("只列这些指标（开头即可，逗号分隔）", "only metrics that begin so, parted by commas"),
    )
    shape.add_argument("--brief", action="store_true", help=say("不逐条列出没对上的", "no list of misses"))
    reading(command, say)


def run(chosen: argparse.Namespace) -> int:
    """Read the annotated notices, score them, print the report."""
    import json

    from extractor import evaluate
    from extractor.batch import Job, mapper_for
    from extractor.schema import Failure

    previous = None
    if chosen.against:
        try:
            previous = json.loads(Path(chosen.against).read_text(encoding="utf-8"))
            assert isinstance(previous, dict)
        except (OSError, ValueError, AssertionError) as error:
            raise UsageError(f"{chosen.against}：读不出以前存的分数（{error}）") from error
    task = work(chosen)
    gold = Path(chosen.gold)
    notices = evaluate.load_gold(gold).paths()
    jobs = [Job(path, name) for name, path in notices.items()]
    if not jobs:
        raise UsageError(f"{gold}：标注旁边找不到通知本身")
    records = {}
    failed = 0
    for job, outcome in mapper_for(len(jobs), chosen.workers)(jobs, task):
        if isinstance(outcome, Failure):
            failed += tell([outcome])
        else:
            records[job.name] = outcome
    report, values = evaluate.run(
        gold,
        records,
        lang=chosen.lang,
        fields=[name.strip() for name in chosen.fields.split(",") if name.strip()],
        previous=previous,
        misses=not chosen.brief,
    )
    print(report, end="")
    if chosen.save:
        Path(chosen.save).write_text(
            json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 2 if failed else 0
