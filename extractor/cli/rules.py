"""``notice rules``: the manual of the checks."""

import argparse

from extractor.cli.parser import Say


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "rules",
        say("列出全部检查，或说明其中一项", "list the checks, or explain one"),
        say("不带代码时列出全部检查。", "Without a code, all of them."),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    command.add_argument_group(say("参数", "arguments")).add_argument(
        "code", nargs="?", metavar="CODE", help=say("检查代码，如 D01", "a code, as D01")
    )


def run(chosen: argparse.Namespace) -> int:
    """Print the manual. ``UsageError`` for an unknown code."""
    from extractor.checks.manual import listing, page

    from extractor.batch import rulebook
    from extractor.errors import UsageError

    cards = rulebook().cards
    if chosen.code is None:
        print(listing(cards, chosen.lang))
        return 0
    card = cards.get(chosen.code.strip().upper())
    if card is None:
        raise UsageError(f"没有代码为 {chosen.code} 的检查（notice rules 列出全部）")
    print(page(card, chosen.lang))
    return 0
