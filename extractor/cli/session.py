"""What the commands that read files share: settings made from options, complaints about files, how to write."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractor.cli import complain
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch import Inputs, Work
    from extractor.render.terminal import Style
    from extractor.schema import Failure


def work(options: argparse.Namespace) -> "Work":
    """The work as the options say. ``RuleError`` or ``UsageError`` before any document is touched."""
    from datetime import date

    from extractor.batch import Work, rulebook
    from extractor.settings import Settings

    rules = rulebook()
    settings = Settings(
        today=date.today(),
        ocr=getattr(options, "ocr", "auto"),
        lang=options.lang,
        profile=getattr(options, "profile", "draft"),
        select=getattr(options, "select", ()),
        ignore=getattr(options, "ignore", ()),
        ner=getattr(options, "ner", None),
    )
    for code in (*settings.select, *settings.ignore):
        if not any(known.startswith(code) for known in rules.cards):
            raise UsageError(f"没有代码为 {code} 的检查（notice rules 列出全部）")
    if settings.ner is not None:
        from extractor.language import load

        load(settings.ner)
    return Work(settings)


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
