"""Frozen values do what dataclasses with frozen and slots do."""

import copy
import importlib
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

import extractor
from extractor.frozen import frozen
from extractor.model import Span


@frozen
class Ours:
    """As a value of ours."""

    a: int
    b: str = "x"
    c: tuple[int, ...] = ()
    d: dict[str, int] = field(default_factory=dict, compare=False)

    def twice(self) -> int:
        return 2 * self.a


@dataclass(frozen=True, slots=True)
class Theirs:
    """As the library makes it."""

    a: int
    b: str = "x"
    c: tuple[int, ...] = ()
    d: dict[str, int] = field(default_factory=dict, compare=False)

    def twice(self) -> int:
        return 2 * self.a


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "y"), {"d": {"k": 1}}),
    ((), {"c": (2,), "a": 3}),
]


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_made_compared_shown_and_copied_alike(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*given, **named), Theirs(*given, **named)
    assert asdict(ours) == asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours == Ours(*given, **named)
    assert hash(ours) == hash(Ours(*given, **named))
    assert ours != replace(ours, a=9)
    assert ours == replace(ours, d={"other": 1})
    assert ours != theirs
    for again in (pickle.loads(pickle.dumps(ours)), copy.copy(ours), copy.deepcopy(ours)):
        assert again == ours
        assert again.d == ours.d
    assert ours.twice() == theirs.twice()


@pytest.mark.parametrize("wrong", [((), {}), ((1, 2, 3, 4, 5), {}), ((1,), {"a": 1}), ((1,), {"z": 1})])
def test_wrong_calls_are_refused_alike(wrong: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*wrong[0], **wrong[1])


def test_nothing_can_be_changed() -> None:
    ours = Ours(1)
    for name in ("a", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(ours, name, 2)
    with pytest.raises(FrozenInstanceError):
        del ours.a  # type: ignore[misc]
    assert not hasattr(ours, "__dict__")
    assert Ours(1).d is not Ours(1).d, "a default made for one value belongs to it alone"


def test_matched_by_place_and_name() -> None:
    match Ours(1, "y"):
        case Ours(a, b=name):
            assert (a, name) == (1, "y")
        case _:
            pytest.fail("not matched")


def test_values_equal_only_to_themselves() -> None:
    @frozen(eq=False)
    class Alone:
        """One of its kind."""

        a: int

    one = Alone(1)
    assert one == one  # noqa: PLR0124
    assert one != Alone(1)
    assert len({one, Alone(1), one}) == 2


def test_values_in_order() -> None:
    @frozen(order=True)
    class Pair:
        """Compared as a tuple."""

        a: int
        b: int

    assert sorted([Pair(2, 1), Pair(1, 2), Pair(1, 1)]) == [Pair(1, 1), Pair(1, 2), Pair(2, 1)]
    assert Pair(1, 1) <= Pair(1, 1) < Pair(1, 2)
    assert Pair(1, 2) > Pair(1, 1) >= Pair(1, 1)
    with pytest.raises(TypeError):
        assert Pair(1, 1) < (1, 2)  # type: ignore[operator]


def test_spans_in_order() -> None:
    spans = [Span(a, b) for a in range(3) for b in range(3)]
    for one in spans:
        for other in spans:
            mine, theirs = (one.start, one.end), (other.start, other.end)
            assert (one < other, one <= other) == (mine < theirs, mine <= theirs)
            assert (one > other, one >= other) == (mine > theirs, mine >= theirs)
            assert (one == other) == (mine == theirs)
    assert len({*spans, *(Span(one.start, one.end) for one in spans)}) == 9
    assert Span(0, 1) != (0, 1)


def test_classes_that_inherit() -> None:
    @dataclass(frozen=True, slots=True)
    class More(Ours):
        """With a field of its own."""

        e: int = 5

    assert More(1, e=6).e == 6
    assert More(1, "y").twice() == 2
    with pytest.raises(FrozenInstanceError):
        More(1).e = 2  # type: ignore[misc]


def test_what_is_worked_out_from_the_rest() -> None:
    @frozen
    class Sum:
        """Two numbers and their sum."""

        a: int
        b: int
        both: int = field(init=False, repr=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "both", self.a + self.b)

    assert Sum(1, 2).both == 3
    assert "both" not in repr(Sum(1, 2))


def test_every_value_of_ours_can_be_told_by_its_fields() -> None:
    """Values are dataclasses: tables, records and sheets are made from their fields."""
    found = set()
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if not module.name.endswith("__main__"):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and is_dataclass(one) and hasattr(one, "__slots__"):
                    found.add(one)
                    names = [each.name for each in fields(one)]
                    assert list(one.__match_args__) == [each.name for each in fields(one) if each.init]
                    assert set(names) <= set(one.__slots__)
    assert len(found) > 100
