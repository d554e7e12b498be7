"""Floors: figures a dataset must not fall below. Metrics that count faults have ceilings instead."""

from collections.abc import Mapping

from extractor.evaluate.ledger import Miss, Scores

MARGIN = 0.005  # a figure this far above its floor is a reason to raise the floor


def broken(scores: Scores, floors: Mapping[str, float]) -> dict[str, tuple[float, float, tuple[Miss, ...]]]:
    """Metric → figure, floor and the misses behind it, for every figure on the wrong side of its floor.

    ``floors``: by the names of ``Scores.figures``. A floor for a metric that is not there is a ``KeyError``: a renamed
    metric must not pass unseen.
    """
    figures, counts = scores.figures(), scores.counts()
    found = {}
    for metric, floor in floors.items():
        figure = figures[metric]
        if figure > floor if metric in counts else figure < floor:
            base = metric.split(".", maxsplit=1)[0]
            found[metric] = (figure, floor, tuple(miss for miss in scores.misses if miss.metric == base))
    return found


def raisable(scores: Scores, floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Metric → figure and floor, where the run is better than its floor asks."""
    figures, counts = scores.figures(), scores.counts()
    return {
        metric: (figures[metric], floor)
        for metric, floor in floors.items()
        if (figures[metric] < floor if metric in counts else figures[metric] >= floor + MARGIN)
    }
