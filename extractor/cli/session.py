"""What the commands that read files share: settings made from options, complaints about files, how to write."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli import complain
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch import Inputs, Sources, Work
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
    sources = Sources(cards=configuration.cards, campaigns=configuration.campaigns)
    configuration.check(rulebook(sources).cards)
    return configuration, sources


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
