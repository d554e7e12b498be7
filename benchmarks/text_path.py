"""Extract and check of texts against jieba.lcut of the same texts, as a ratio; and each notice's share by stage.

usage: python benchmarks/text_path.py [ROUNDS]

The texts are ../shared/notices where that folder lies beside the checkout, else corpus/notices. They are taken as the command
takes files, blocks of them stage by stage, and text by text as well. Both sides are warm (rules read as the command reads
them, dictionary loaded) and take turns, so that a busy moment of the machine falls on both. Then where the time goes, stage
by stage, of these texts and of the project's own: those differ from one another, so that nothing kept from a text helps.
"""

import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
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


def blocks(folder: Path) -> list[list[tuple[bytes, str]]]:
    """The texts of a folder with their names, as many together as the command takes."""
    from extractor.batch.engine import TOGETHER

    files = [(path.read_bytes(), path.name) for path in sorted(folder.glob("*.txt"))]
    return [files[i : i + TOGETHER] for i in range(0, len(files), TOGETHER)]


def stages(rounds: int, folder: Path) -> None:
    """Print the milliseconds of processor time a notice of a folder takes, by stage."""
    from extractor.batch.work import rulebook as rules
    from extractor.checks import Case, check
    from extractor.entities import EXTRACTORS
    from extractor.pipeline import outline
    from extractor.readers import read_document
    from extractor.resolve import resolve
    from extractor.settings import Settings
    from extractor.tables import tabulate

    rulebook, settings = rules(), Settings()
    taken = blocks(folder)
    count = sum(map(len, taken))

    def once() -> dict[str, float]:
        spent: dict[str, float] = defaultdict(float)

        def clocked(stage: str, action: Callable[..., Any], *columns: Iterable[object]) -> list[Any]:
            """What the action makes of each row."""
            start = time.process_time()
            made = [action(*row) for row in zip(*columns, strict=True)]
            made = [tuple(one) if isinstance(one, Iterator) else one for one in made]
            spent[stage] += (time.process_time() - start) * 1000 / count
            return made

        for block in taken:
            documents = clocked("reading", lambda file: read_document(*file, settings), block)
            scripts = clocked("sections", lambda document: outline(document, rulebook), documents)
            found = [
                clocked(kind, lambda script, find=find: find(script, rulebook), scripts)
                for kind, find in EXTRACTORS.items()
            ]
            mentions = [tuple(chain.from_iterable(kinds)) for kinds in zip(*found, strict=True)]
            resolved = clocked(
                "resolve", lambda script, these: resolve(script, these, rulebook), scripts, mentions
            )
            tables = clocked("tables", lambda script, one: tabulate(script, one, rulebook), scripts, resolved)
            cases = [
                Case(script, one.mentions, rows, rulebook)
                for script, one, rows in zip(scripts, resolved, tables, strict=True)
            ]
            clocked("checks", check, [cases], [settings])
        return spent

    once()  # to warm up
    measured = [once() for _ in range(rounds)]
    extraction = [sum(spent.values()) - spent["checks"] for spent in measured]
    print(f"\nwhere the time goes: {count} texts of {_shown(folder)}, {rounds} rounds")
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
    from extractor.pipeline import process, process_all
    from extractor.schema import Notice
    from extractor.settings import Settings

    jieba.setLogLevel(logging.WARNING)
    rulebook, settings = rules(), Settings()
    taken = blocks(FOLDER)

    def ours() -> list[object]:
        return [notice for block in taken for notice in process_all(block, rulebook, settings)]

    def single() -> list[object]:
        return [process(raw, name, rulebook, settings) for block in taken for raw, name in block]

    texts = [notice.document.text for notice in ours() if isinstance(notice, Notice)]

    def theirs() -> list[object]:
        return [jieba.lcut(text) for text in texts]

    single(), theirs()
    turns = [(timed(ours), timed(theirs), timed(single)) for _ in range(rounds)]
    characters = sum(map(len, texts))
    print(f"{len(texts)} texts of {_shown(FOLDER)}, {characters} characters, {rounds} rounds in turns")
    table(
        [
            ("extract + check, as the command does", [a for a, _, _ in turns]),
            ("extract + check, text by text", [c for _, _, c in turns]),
            ("jieba.lcut", [b for _, b, _ in turns]),
        ],
        "ms",
    )
    table(
        [
            ("as the command does / jieba.lcut", [a / b for a, b, _ in turns]),
            ("text by text / jieba.lcut", [c / b for _, b, c in turns]),
        ],
        "times",
    )
    print(
        f"{characters / median([a for a, _, _ in turns]) / 1000:.2f} million characters a second, on one processor"
    )
    for folder in dict.fromkeys((FOLDER, OWN)):
        stages(rounds, folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
