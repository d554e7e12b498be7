"""Extract and check of texts against jieba.lcut of the same texts, as a ratio; and each notice's share by stage.

usage: python benchmarks/text_path.py [ROUNDS]

The texts are ../shared/notices where that folder lies beside the checkout, else corpus/notices. Both sides are warm (rules
read, dictionary loaded) and take turns, so that a busy moment of the machine falls on both.
"""

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared" / "notices"
FOLDER = SHARED if SHARED.is_dir() else CHECKOUT / "corpus" / "notices"


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


def main(rounds: int) -> None:
    """Measure and print."""
    import jieba

    from extractor.pipeline import process
    from extractor.rulebook import load_rulebook
    from extractor.schema import Notice
    from extractor.settings import Settings

    jieba.setLogLevel(logging.WARNING)
    rulebook, settings = load_rulebook(), Settings()
    raws = [(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.txt"))]

    def ours() -> list[object]:
        return [process(raw, name, rulebook, settings) for name, raw in raws]

    texts = [notice.document.text for notice in ours() if isinstance(notice, Notice)]

    def theirs() -> list[object]:
        return [jieba.lcut(text) for text in texts]

    theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    characters = sum(map(len, texts))
    where = FOLDER.relative_to(CHECKOUT.parent if FOLDER == SHARED else CHECKOUT)
    print(f"{len(texts)} of {len(raws)} texts of {where}, {characters} characters, {rounds} rounds in turns")
    table([("extract + check", [a for a, _ in pairs]), ("jieba.lcut", [b for _, b in pairs])], "ms")
    table([("extract + check / jieba.lcut", [a / b for a, b in pairs])], "times")
    print(
        f"{characters / median([a for a, _ in pairs]) / 1000:.2f} million characters a second, on one processor"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
