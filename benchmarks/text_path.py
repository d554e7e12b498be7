"""Extract and check of texts against jieba.lcut of the same texts, as a ratio; and each notice's share by stage.

usage: python benchmarks/text_path.py [ROUNDS]

The texts are ../shared/notices where that folder lies beside the checkout, else corpus/notices. Both sides are warm (rules
read as the command reads them, dictionary loaded) and take turns, so that a busy moment of the machine falls on both. Then where the time goes, stage
by stage, of these texts and of the project's own: those differ from one another, so that nothing kept from a text helps.
"""

import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared" / "notices"
OWN = CHECKOUT / "corpus" / "notices"
FOLDER = SHARED if SHARED.is_dir() else OWN


def timed(action: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def table(rows: list[tuple[str, list[float]]], unit: str) -> None:
    """Smallest, middle and largest of each row, aligned."""
    names = max(len(name) for name, _ in rows)
    print(f"{'':{names}}  {'min':>8}  {'median':>8}  {'max':>8}  {unit}")
    for name, values in rows:
        print(f"{name:{names}}  {min(values):8.2f}  {median(values):8.2f}  {max(values):8.2f}")


def stages(rounds: int, folder: Path) -> None:
    """Print the milliseconds of processor time a notice of a folder takes, by stage."""
    from extractor.checks import check
    from extractor.entities import EXTRACTORS
    from extractor.pipeline import outline
    from extractor.readers import read_document
    from extractor.resolve import resolve
    from extractor.rulebook import load_rulebook
    from extractor.settings import Settings
    from extractor.tables import tabulate

    rulebook, settings = load_rulebook(), Settings()
    raws = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]

    def once() -> dict[str, float]:
        spent: dict[str, float] = defaultdict(float)

        def clocked(stage: str, action: Callable[..., Any], *given: object) -> Any:
            start = time.process_time()
            made = action(*given)
            made = tuple(made) if isinstance(made, Iterator) else made
            spent[stage] += (time.process_time() - start) * 1000 / len(raws)
            return made

        for name, raw in raws:
            document = clocked("reading", read_document, raw, name, settings)
            manuscript = clocked("sections", outline, document, rulebook)
            found = [clocked(kind, find, manuscript, rulebook) for kind, find in EXTRACTORS.items()]
            resolved = clocked("resolve", resolve, manuscript, tuple(chain.from_iterable(found)), rulebook)
            tables = clocked("tables", tabulate, manuscript, resolved, rulebook)
            clocked("checks", check, manuscript, resolved.mentions, tables, rulebook, settings)
        return spent

    once()  # to warm up
    measured = [once() for _ in range(rounds)]
    extraction = [sum(spent.values()) - spent["checks"] for spent in measured]
    print(f"\nwhere the time goes: {len(raws)} texts of {_shown(folder)}, {rounds} rounds")
    table(
        [
            *((stage, [spent[stage] for spent in measured]) for stage in measured[0]),
            ("extraction: all but checks", extraction),
        ],
        "ms a notice",
    )
    ratios = [spent["checks"] / all_else for spent, all_else in zip(measured, extraction, strict=True)]
    table([("checks / extraction", ratios)], "times")


def _shown(folder: Path) -> Path:
    return folder.relative_to(CHECKOUT.parent if folder == SHARED else CHECKOUT)


def main(rounds: int) -> None:
    """Measure and print."""
    import jieba

    from extractor.batch.work import rulebook as rules
    from extractor.pipeline import process
    from extractor.schema import Notice
    from extractor.settings import Settings

    jieba.setLogLevel(logging.WARNING)
    rulebook, settings = rules(), Settings()
    raws = [(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.txt"))]

    def ours() -> list[object]:
        return [process(raw, name, rulebook, settings) for name, raw in raws]

    texts = [notice.document.text for notice in ours() if isinstance(notice, Notice)]

    def theirs() -> list[object]:
        return [jieba.lcut(text) for text in texts]

    theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    characters = sum(map(len, texts))
    print(
        f"{len(texts)} of {len(raws)} texts of {_shown(FOLDER)}, {characters} characters, {rounds} rounds in turns"
    )
    table([("extract + check", [a for a, _ in pairs]), ("jieba.lcut", [b for _, b in pairs])], "ms")
    table([("extract + check / jieba.lcut", [a / b for a, b in pairs])], "times")
    print(
        f"{characters / median([a for a, _ in pairs]) / 1000:.2f} million characters a second, on one processor"
    )
    for folder in dict.fromkeys((FOLDER, OWN)):
        stages(rounds, folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
