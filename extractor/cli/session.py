"""What the commands that read files share: settings made from options, complaints about files, how to write."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli import complain
from extractor.errors import RuleError, UsageError

if TYPE_CHECKING:
    from extractor.batch import Inputs, Job, Sources, Work
    from extractor.configuration import Configuration
    from extractor.render.terminal import Style
    from extractor.schema import Failure


def configured(options: argparse.Namespace) -> "tuple[Configuration | None, Sources]":
    """The ``notice.toml`` that holds, and where the rules come from with it.

    ``ConfigurationError`` or ``RuleError`` with file and line for whatever is wrong in it, or in the cards it names.
    """
    from extractor.batch import Sources, rulebook
    from extractor.configuration import find_configuration, load_configuration

    path = getattr(options, "config", None)
    # A command without these options (eval) does the same wherever it is called.
    if path is None and not getattr(options, "no_config", True):
        path = find_configuration(Path.cwd())
    if path is None:
        return None, Sources()
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    configuration = load_configuration(path)
    # Absolute, since what is read is kept for this process by these names.
    sources = Sources(
        cards=tuple(folder.absolute() for folder in configuration.cards),
        campaigns=tuple(folder.absolute() for folder in configuration.campaigns),
    )
    try:
        configuration.check(rulebook(sources).cards)
    except RuleError as error:
        raise RuleError(near(str(error))) from error
    return configuration, sources


def near(message: str) -> str:
    """A message about a file below the working directory, which is shown from there."""
    return message.replace(f"{Path.cwd()}{os.sep}", "")


def work(options: argparse.Namespace) -> "Work":
    """The work as the options and ``notice.toml`` say. Completes ``profile`` and ``fail_on`` of the options.

    ``RuleError``, ``ConfigurationError`` or ``UsageError`` before any document is touched.
    """
    from datetime import date

    from extractor.batch import Work, rulebook
    from extractor.configuration import Choice
    from extractor.settings import Settings

    configuration, sources = configured(options)
    cards = rulebook(sources).cards
    said = Choice(
        getattr(options, "select", ()), getattr(options, "ignore", ()), getattr(options, "profile", None)
    )
    for code in (*said.select, *said.ignore):
        if not any(known.startswith(code) for known in cards):
            raise UsageError(f"没有代码为 {code} 的检查（notice rules 列出全部）")
    settings = Settings(
        today=date.today(),
        ocr=getattr(options, "ocr", "auto"),
        lang=options.lang,
        ner=getattr(options, "ner", None),
    )
    made = Work(
        settings,
        sources,
        configuration,
        said,
        getattr(options, "reference", None),
        getattr(options, "previous", None),
    )
    made.companions()
    general = configuration.choice if configuration else Choice()
    options.profile = said.profile or general.profile or settings.profile
    options.fail_on = (
        getattr(options, "fail_on", None) or (configuration and configuration.fail_on) or "error"
    )
    if settings.ner is not None:
        from extractor.language import load

        load(settings.ner)
    return made


def without_settings(jobs: "Sequence[Job]", task: "Work", *more: Path | None) -> "tuple[Job, ...]":
    """The files without those that say how to check (``notice.toml``, own cards and packs, ``more``): they are no notices."""
    own = {path.resolve() for path in more if path is not None}
    folders = [folder.resolve() for folder in (*task.sources.cards, *task.sources.campaigns)]
    if task.configuration is not None:
        own.add(task.configuration.path.resolve())
    return tuple(
        job
        for job in jobs
        if (path := job.path.resolve()) not in own and not any(path.is_relative_to(f) for f in folders)
    )


def tell_left_out(inputs: "Inputs") -> None:
    """What was left out of folders though it looked like a file to read."""
    for path, reason in inputs.left_out:
        complain(f"{path}：{reason}")


def tell(failures: Iterable["Failure"]) -> int:
    """One line for each file that could not be read; how many."""
    told = [f"{failure.path}：{failure.message}" for failure in failures]
    for line in told:
        complain(line)
    return len(told)


def style(options: argparse.Namespace) -> "Style":
    """Colours and width for standard output."""
    import shutil

    from extractor.render.terminal import Style

    terminal = sys.stdout.isatty()
    choice = getattr(options, "color", "auto")
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    color = choice == "always" or (choice == "auto" and terminal and not plain)
    columns = min(shutil.get_terminal_size((100, 24)).columns, 140) if terminal else 100
    return Style(color, max(columns, 40), options.lang)
