"""The table of a run: recall by check and by way, what was missed, what came up beside."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from extractor.injection.measure import LOUD, Trial


class Tally(Struct, frozen=True):
    """Trials of one check or one way: how many, how many found, how many of them at error or warning."""

    trials: int
    found: int
    loud: int
    notices: int

    @property
    def recall(self) -> float | None:
        return self.found / self.trials if self.trials else None


def tally(trials: Iterable[Trial]) -> Tally:
    rows = list(trials)
    return Tally(
        len(rows),
        sum(trial.found for trial in rows),
        sum(trial.by is not None and trial.by[1] in LOUD for trial in rows),
        len({trial.notice for trial in rows}),
    )


def by_code(trials: Iterable[Trial], codes: Sequence[str]) -> dict[str, Tally]:
    """The tally of each of the codes, also of those never tried."""
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.code].append(trial)
    return {code: tally(groups[code]) for code in codes}


def by_way(trials: Iterable[Trial]) -> dict[tuple[str, str], Tally]:
    groups: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.code, trial.way].append(trial)
    return {key: tally(rows) for key, rows in groups.items()}


def table(trials: Sequence[Trial], codes: Sequence[str], *, ways: bool = True) -> str:
    """One row a check, under it one a way. ``loud``: found at error or warning."""
    lines = [f"{'check':<6}{'way':<26}{'notices':>8}{'trials':>8}{'found':>7}{'recall':>8}{'loud':>7}"]
    parts = by_way(trials)
    for code, total in by_code(trials, codes).items():
        lines.append(_row(code, "", total))
        if ways:
            lines += [_row("", way, part) for (own, way), part in parts.items() if own == code]
    lines.append(_row("all", "", tally(trials)))
    return "\n".join(lines) + "\n"


def _row(code: str, way: str, part: Tally) -> str:
    recall = "–" if part.recall is None else f"{part.recall:.3f}"
    return f"{code:<6}{way:<26}{part.notices:>8}{part.trials:>8}{part.found:>7}{recall:>8}{part.loud:>7}"


def misses(trials: Iterable[Trial]) -> str:
    """What was not found, with the damage and what was told of its place instead."""
    lines = []
    for trial in trials:
        if not trial.found:
            told = ", ".join(f"{code} “{quote}”" for code, quote in trial.told) or "nothing"
            lines.append(f"missed  {trial.code} {trial.way}  {trial.notice}  {trial.damage}  told: {told}")
    return "\n".join(lines) + ("\n" if lines else "")


def collateral(trials: Iterable[Trial]) -> str:
    """Errors and warnings the damage does not explain."""
    lines = []
    for trial in trials:
        for where, rows in (("elsewhere", trial.elsewhere), ("beside", trial.beside)):
            lines += [
                f"{where:<9} {trial.code} {trial.way}  {trial.notice}  {trial.damage}  → {code} “{quote}”"
                for code, quote in rows
            ]
    return "\n".join(lines) + ("\n" if lines else "")
