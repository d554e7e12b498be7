"""``notice rules``: the manual of the checks, and a trial of the office's own."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractor.cli import complain
from extractor.cli.parser import Say, configuring
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.rulebook import Rulebook
    from extractor.rulebook.cards import Card


def about(say: Say) -> tuple[str, str, str]:
    """Name, one line, more."""
    return (
        "rules",
        say("列出全部检查，或说明其中一项", "list the checks, or explain one"),
        say(
            "不带参数时列出全部（* 可直接改正，+ 有建议）；给代码时说明这一项：查什么、依据、什么情况不报、例子；给字母（如 D）时"
            "列出这一类；给别的词时在检查里查找。",
            "Without an argument, all of them (* safe to fix, + with a suggestion); with a code, what it finds, why, what it "
            "leaves alone, examples; with a letter (as D) all of that kind; other words are searched for.",
        ),
    )


def options(command: argparse.ArgumentParser, say: Say) -> None:
    """The options of this command."""
    command.add_argument_group(say("参数", "arguments")).add_argument(
        "code",
        nargs="*",
        metavar="CODE",
        help=say(
            "检查代码（如 D01）、类别字母，或要查找的词", "codes (as D01), a letter, or words to search for"
        ),
    )
    shape = command.add_argument_group(say("输出", "output"))
    shape.add_argument(
        "--examples", action="store_true", help=say("例子全部列出", "show every example, not only the first")
    )
    shape.add_argument(
        "--profile",
        choices=("draft", "archive", "compare"),
        help=say("只列这一种用途要做的检查", "only the checks made with this profile"),
    )
    shape.add_argument(
        "--try",
        dest="trial",
        action="store_true",
        help=say(
            "把检查卡里的例子试跑一遍：该报的报了没有（自己写的检查先这样试）",
            "run the examples of the cards: does each flag what it says (for checks of your own)",
        ),
    )
    configuring(command, say)


def run(chosen: argparse.Namespace) -> int:
    """Print the manual. ``UsageError`` where nothing fits."""
    from extractor.batch import rulebook
    from extractor.checks.manual import index, manual
    from extractor.cli.session import configured

    configuration, sources = configured(chosen)
    rules = rulebook(sources)
    cards = {code: card for code, card in rules.cards.items() if chosen.profile in (None, *card.profiles)}
    codes = [word.upper() for word in chosen.code]
    found = _wanted(cards, chosen.code)
    if chosen.trial:
        own = [] if configuration is None else [str(folder) for folder in sources.cards]
        return _try(found, own if not codes else [], rules)
    if codes and all(code in cards for code in codes):
        print("\n".join(manual(card, chosen.lang, chosen.examples) for card in found.values()), end="")
    else:
        print(index(found, chosen.lang), end="")
    return 0


def _wanted(cards: "Mapping[str, Card]", words: list[str]) -> "dict[str, Card]":
    """The cards asked for: codes, kinds of checks by their letters, else those the words are found in."""
    from extractor.checks.manual import search

    codes = [word.upper() for word in words]
    if not codes:
        return dict(cards)
    if all(code in cards for code in codes):
        return {code: cards[code] for code in codes}
    kinds = {card.code.rstrip("0123456789") for card in cards.values()}
    if all(code in kinds for code in codes):
        return {name: card for name, card in cards.items() if name.rstrip("0123456789") in codes}
    found = {card.code: card for card in search(cards, " ".join(words))}
    if not found:
        raise UsageError(f"没有代码是“{' '.join(words)}”或含有这些词的检查（notice rules 列出全部）")
    return found


def _try(found: "Mapping[str, Card]", own: list[str], rules: "Rulebook") -> int:
    """Run the examples: those of the office's own cards when it has some and no other were asked for."""
    from extractor.cli.session import near
    from extractor.evaluate.examples import broken

    cards = [card for card in found.values() if not own or card.path.startswith(tuple(own))]
    failed = 0
    for one in broken(cards, rules):
        failed += 1
        complain(near(str(one)))
    examples = sum(len(card.flags) + len(card.passes) for card in cards)
    print(
        f"{len(cards)} 项检查，{examples} 个例子，{failed} 个不对"
        if failed
        else f"{len(cards)} 项检查，{examples} 个例子，都对"
    )
    return 1 if failed else 0
