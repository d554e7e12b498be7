"""``notice rules``: the manual of the checks."""

import argparse

from extractor.cli.parser import Say


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "rules",
        say("列出全部检查，或说明其中一项", "list the checks, or explain one"),
        say(
            "不带参数时列出全部；给代码时说明这一项：查什么、依据、什么情况不报、例子；给别的词时在检查里查找。",
            "Without an argument, all of them; with a code, what it finds, why, what it leaves alone, examples; other words "
            "are searched for.",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    command.add_argument_group(say("参数", "arguments")).add_argument(
        "code",
        nargs="*",
        metavar="CODE",
        help=say("检查代码（如 D01），或要查找的词", "codes (as D01), or words to search for"),
    )


def run(chosen: argparse.Namespace) -> int:
    """Print the manual. ``UsageError`` where nothing fits."""
    from extractor.batch import rulebook
    from extractor.checks.manual import index, manual, search
    from extractor.errors import UsageError

    cards = rulebook().cards
    codes = [word.upper() for word in chosen.code]
    if not codes:
        print(index(cards, chosen.lang), end="")
    elif all(code in cards for code in codes):
        print("\n".join(manual(cards[code], chosen.lang) for code in codes), end="")
    else:
        found = search(cards, " ".join(chosen.code))
        if not found:
            raise UsageError(
                f"没有代码是“{' '.join(chosen.code)}”或含有这些词的检查（notice rules 列出全部）"
            )
        print(index({card.code: card for card in found}, chosen.lang), end="")
    return 0
