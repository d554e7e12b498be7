"""Counting: what was expected, what was given, what was right, and every miss by name."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace


class Score(Struct, frozen=True):
    """One metric. ``kind``: ratio (right of expected), match (precision, recall, F1) or count (``found``; best is 0)."""

    kind: str
    right: int = 0
    expected: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        total = self.expected + self.found
        return 2 * self.right / total if total else 1.0

    @property
    def figure(self) -> float:
        """The one number of the metric: share right, F1, or the count."""
        return {"ratio": self.recall, "match": self.f1}.get(self.kind, float(self.found))


class Miss(Struct, frozen=True):
    """One value that is not as the gold has it. An empty ``got`` was not found, an empty ``expected`` is too much."""

    file: str
    metric: str
    expected: str
    got: str


class Scores(Struct, frozen=True):
    """All metrics of one run over one dataset. ``confusion``: table → expected → got → times."""

    dataset: str
    files: tuple[str, ...]
    absent: tuple[str, ...]
    metrics: Mapping[str, Score]
    misses: tuple[Miss, ...]
    confusion: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)

    def figures(self) -> dict[str, float]:
        """Flat metric → number, with ``.precision`` ``.recall`` ``.f1`` for matches: what floors are set on."""
        flat: dict[str, float] = {}
        for name, score in self.metrics.items():
            if score.kind == "match":
                flat[f"{name}.precision"] = score.precision
                flat[f"{name}.recall"] = score.recall
                flat[f"{name}.f1"] = score.f1
            else:
                flat[name] = score.figure
        return flat

    def narrowed(self, fields: Collection[str]) -> "Scores":
        """Only the metrics whose names begin with one of ``fields`` (``dates`` keeps dates_role), and their misses."""
        names = tuple(fields)
        return replace(
            self,
            metrics={name: one for name, one in self.metrics.items() if name.startswith(names)},
            misses=tuple(miss for miss in self.misses if miss.metric.startswith(names)),
            confusion={table: rows for table, rows in self.confusion.items() if table.startswith(names)},
        )

    def counts(self) -> frozenset[str]:
        """The metrics that are counts: smaller is better."""
        return frozenset(name for name, score in self.metrics.items() if score.kind == "count")

    def to_dict(self) -> dict[str, Any]:
        """JSON values; ``compare_runs`` reads two of them."""
        return {
            "dataset": self.dataset,
            "files": list(self.files),
            "absent": list(self.absent),
            "metrics": {name: asdict(score) for name, score in self.metrics.items()},
            "figures": {name: round(value, 4) for name, value in self.figures().items()},
            "misses": [asdict(miss) for miss in self.misses],
            "confusion": {
                table: {expected: dict(got) for expected, got in rows.items()}
                for table, rows in self.confusion.items()
            },
        }


def shown(value: Any) -> str:
    """A value as a miss shows it."""
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return " · ".join(shown(item) for item in items) or "[]"
    return str(value)


class Ledger:
    """Collects counts while one run is scored; ``close`` freezes them. A metric exists once it was mentioned."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._sums: dict[str, list[int]] = {}
        self._misses: list[Miss] = []
        self._confusion: dict[str, dict[str, Counter[str]]] = {}

    def _add(self, metric: str, kind: str, right: int, expected: int, found: int) -> None:
        if self._kinds.setdefault(metric, kind) != kind:
            raise ValueError(f"{metric} is counted as {self._kinds[metric]} and as {kind}")
        sums = self._sums.setdefault(metric, [0, 0, 0])
        for index, value in enumerate((right, expected, found)):
            sums[index] += value

    def miss(self, file: str, metric: str, expected: Any, got: Any) -> None:
        self._misses.append(Miss(file, metric, shown(expected), shown(got)))

    def ratio(
        self, metric: str, file: str, right: bool, expected: Any, got: Any, *, listed: bool = True
    ) -> None:
        """One value right or wrong. ``listed=False``: the cause is already listed under another metric."""
        self._add(metric, "ratio", int(right), 1, 1)
        if not right and listed:
            self.miss(file, metric, expected, got)

    def mention(self, metric: str, kind: str) -> None:
        """Keep a metric in the table although nothing was there to be counted."""
        self._add(metric, kind, 0, 0, 0)

    def match(
        self,
        metric: str,
        file: str,
        expected: Sequence[Hashable],
        found: Sequence[Hashable],
        *,
        listed: bool = True,
    ) -> None:
        """Two bags of keys; equal ones pair off once."""
        wanted, given = Counter(expected), Counter(found)
        self._add(metric, "match", (wanted & given).total(), len(expected), len(found))
        if listed:
            for key in (wanted - given).elements():
                self.miss(file, metric, key, "")
            for key in (given - wanted).elements():
                self.miss(file, metric, "", key)

    def paired(self, metric: str, right: int, expected: int, found: int) -> None:
        """A match whose pairs were made, and whose misses were listed, by the caller."""
        self._add(metric, "match", right, expected, found)

    def count(self, metric: str, file: str, items: Iterable[Any]) -> None:
        """Things there should be none of."""
        listed = list(items)
        self._add(metric, "count", 0, 0, len(listed))
        for item in listed:
            self.miss(file, metric, "", item)

    def confuse(self, table: str, expected: str, got: str) -> None:
        self._confusion.setdefault(table, {}).setdefault(expected, Counter())[got] += 1

    def close(self, dataset: str, files: Sequence[str], absent: Sequence[str]) -> Scores:
        metrics = {name: Score(self._kinds[name], *sums) for name, sums in self._sums.items()}
        confusion = {
            table: {expected: dict(got) for expected, got in rows.items()}
            for table, rows in self._confusion.items()
        }
        return Scores(dataset, tuple(files), tuple(absent), metrics, tuple(self._misses), confusion)
