"""Scores of records against annotated notices: figures per field, every miss by name, gains and losses, floors."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from extractor.evaluate.floors import broken, raisable
from extractor.evaluate.gold import Gold, load_gold, read_records
from extractor.evaluate.heads import score_heads, score_pages
from extractor.evaluate.ledger import Miss, Score, Scores
from extractor.evaluate.notices import score_gold
from extractor.evaluate.report import Change, compare_runs, render, render_change

__all__ = [
    "Change",
    "Gold",
    "Miss",
    "Score",
    "Scores",
    "broken",
    "compare_runs",
    "load_gold",
    "raisable",
    "read_records",
    "render",
    "render_change",
    "run",
    "score",
    "score_gold",
    "score_heads",
    "score_pages",
]


def score(gold: Gold, records: Mapping[str, Mapping[str, Any]]) -> Scores:
    """The scores of ``records`` (by file name) on a dataset of any kind."""
    return _JUDGES[gold.kind](records, gold.entries, gold.name)


_JUDGES = {"notices": score_gold, "heads": score_heads, "pages": score_pages}


def run(
    gold_path: Path,
    records: Mapping[str, Mapping[str, Any]],
    *,
    lang: str = "zh",
    only: Collection[str] | None = None,
    fields: Collection[str] = (),
    previous: Mapping[str, Any] | None = None,
    misses: bool = True,
) -> tuple[str, dict[str, Any]]:
    """The report and the scores as JSON values.

    ``records``: JSON records of the contract, by file name, each with ``text``. ``only``: score these annotated files.
    ``fields``: report only metrics whose names begin so (the JSON values always hold all). ``previous``: the scores of
    an earlier run, for gains and losses. Raises ``UsageError`` when there is no gold.
    """
    scores = score(load_gold(gold_path, only), records)
    report = render(scores.narrowed(fields) if fields else scores, lang, misses)
    values = scores.to_dict()
    if previous is not None:
        report += "\n" + render_change(compare_runs(previous, values), lang)
    return report, values
