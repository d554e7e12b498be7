"""The examples of cards, tried: what a card says it flags is flagged, what it says passes passes."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from extractor.checks import KINDS, Case, deck
from extractor.checks.engine import run
from extractor.errors import NoticeError
from extractor.model import Finding
from extractor.pipeline import companion
from extractor.rulebook import Rulebook
from extractor.rulebook.cards import Card, Example
from extractor.settings import Settings


class Broken(Struct, frozen=True):
    """An example that does not do what its card says. ``line``: where it stands in the card's file."""

    card: Card
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.card.path}:{self.line}：{self.card.code} {self.reason}"


def example_case(example: Example, rulebook: Rulebook) -> Case:
    """An example as a case, with the documents it is held against (``superior.txt``, ``previous.txt``)."""

    def read(text: str, name: str) -> Case | None:
        return companion(text.encode(), name, rulebook, Settings()) if text else None

    own = read(example.text, "example.txt")
    assert own is not None
    return replace(
        own,
        superior=read(example.superior, "superior.txt"),
        previous=read(example.previous, "previous.txt"),
    )


def findings(example: Example, card: Card, rulebook: Rulebook) -> list[Finding]:
    """What the card finds in the example. ``NoticeError`` kinds for a text or a card that cannot be used."""
    found = run(example_case(example, rulebook), deck(rulebook.cards), KINDS, Settings(select=(card.code,)))
    return [finding for finding in found if finding.code == card.code]


def broken(cards: Iterable[Card], rulebook: Rulebook) -> Iterator[Broken]:
    """The examples that fail, card by card."""
    for card in cards:
        for flagged, examples in ((True, card.flags), (False, card.passes)):
            for example in examples:
                try:
                    found = findings(example, card, rulebook)
                except NoticeError as error:
                    yield Broken(card, example.line, str(error))
                    continue
                if reason := _reason(found, example, flagged):
                    yield Broken(card, example.line, reason)


def _reason(found: list[Finding], example: Example, flagged: bool) -> str:
    quotes = "、".join(f"“{one.quote}”" for one in found)
    if not flagged:
        return f"应当不报，却报在{quotes}" if found else ""
    if not found:
        return "应当报的没有报"
    wanted = "".join(example.quote.split())
    plain = ["".join(one.quote.split()) for one in found]
    if any(not wanted or wanted in one or one in wanted for one in plain):
        return ""
    return f"应当报在“{example.quote}”，却报在{quotes}"
