"""Facts that hold for every campaign: anniversaries, meetings, plans, renames of the moment (rules/facts.yaml).

``confidence``: V stated in a cited source, V* stated but a detail unconfirmed, M not confirmed. It caps the severity
of what leans on the fact (V error, V* warning, M info).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An event by the words that name it. N周年 falls in a base + N; a law has two bases (adopted, in force)."""

    keys: tuple[str, ...]
    bases: tuple[int, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A congress or plenary session: its 精神 cannot be cited before ``open``."""

    name: str
    open: date
    close: date
    confidence: str


@dataclass(frozen=True, slots=True)
class Session:
    """The two sessions of one year: the day the National People's Congress closed."""

    year: int
    close: date
    confidence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan or outline with the years it covers."""

    names: tuple[str, ...]
    first: int
    last: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Words that went out of use on a day."""

    words: tuple[str, ...]
    since: date
    better: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Known:
    """A public document whose number a citation may be given."""

    title: str
    number: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Facts:
    anniversaries: tuple[Anniversary, ...] = ()
    meetings: Mapping[str, Meeting] | None = None
    sessions: Mapping[int, Session] | None = None
    plans: tuple[Plan, ...] = ()
    stale: tuple[Stale, ...] = ()
    documents: tuple[Known, ...] = ()

    def nearest_anniversary(self, before: str) -> tuple[Anniversary, int] | None:
        """The event named last in ``before``, with where its name begins; of two at one end the longer name."""
        best: tuple[int, int, Anniversary] | None = None
        for entry in self.anniversaries:
            for key in entry.keys:
                at = before.rfind(key)
                if at >= 0 and (best is None or (at + len(key), len(key)) > (best[0], len(before) - best[1])):
                    if best is None or (at + len(key), -at) > (best[0], -best[1]):
                        best = (at + len(key), at, entry)
        return (best[2], best[1]) if best else None
