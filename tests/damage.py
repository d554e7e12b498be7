"""Damaging records one value at a time, and judging them against the invented gold."""

from collections.abc import Callable
from typing import Any

from invented_gold import FILE, TEXT, annotation, head

from extractor.evaluate import Scores, score_gold, score_heads

Record = dict[str, Any]


def judged(record: Record, gold: Record | None = None) -> Scores:
    return score_gold({FILE: record}, [{"text": TEXT, **(gold or annotation())}])


def judged_head(record: Record, gold: Record | None = None) -> Scores:
    return score_heads({"001.txt": record}, [gold or head()])


def damaged(scores: Scores) -> set[str]:
    """The metrics that are not perfect."""
    return {
        name for name, one in scores.metrics.items() if one.figure != (0.0 if one.kind == "count" else 1.0)
    }


def at(words: str, nth: int = 1) -> dict[str, int]:
    offset = -1
    for _ in range(nth):
        offset = TEXT.index(words, offset + 1)
    return {"start": offset, "end": offset + len(words)}


def finding(words: str, severity: str = "error", *related: str) -> Record:
    others = [{"quote": other, "span": at(other)} for other in related]
    return {"code": "X", "severity": severity, "quote": words, "span": at(words), "related": others}


def put(*path: str | int, to: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        place: Any = record
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


def drop(table: str, index: int) -> Callable[[Record], None]:
    return lambda record: record[table].pop(index)


def add(table: str, row: Record) -> Callable[[Record], None]:
    return lambda record: record[table].append(row)
