"""Frozen values with slots: what ``@dataclass(frozen=True, slots=True)`` makes, only cheaper to define and to make.

A start defines a hundred and fifty of these classes, a document makes thousands of values. ``dataclass`` compiles six methods
for each class and sets each attribute of a value by its name; here one method is compiled, which sets them by their slots.
The classes are dataclasses still: ``fields``, ``replace``, ``asdict`` and pattern matching work.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter, ge, gt, le, lt
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(made: type[T], /) -> type[T]: ...


@overload
def frozen(*, order: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[T] | None = None, /, *, order: bool = False, eq: bool = True) -> Any:
    """Make a class a frozen dataclass with slots. ``order``: compared as tuples; ``eq=False``: equal only to itself."""
    if made is None:
        return lambda made: _frozen(made, order, eq)
    return _frozen(made, order, eq)


def _frozen(plain: type[T], order: bool, eq: bool) -> type[T]:
    plain.__doc__ = plain.__doc__ or plain.__name__  # else dataclass works out a signature to put there
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    given: dict[str, Any] = {
        "__init__": _init(made),
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    if eq:
        names = [one.name for one in fields(made) if one.compare]
        key: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()
        given["__eq__"], given["__hash__"] = _equality(key)
        if order:
            for name, compare in (("__lt__", lt), ("__le__", le), ("__gt__", gt), ("__ge__", ge)):
                given[name] = _order(key, compare)
    made.__dataclass_params__.frozen = True  # so that what is made from the class by inheriting may be frozen too
    for name, method in given.items():
        if name not in plain.__dict__:  # what a class says itself holds
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _init(made: Any) -> Any:
    """``__init__`` with the fields as parameters, each set by its slot."""
    space: dict[str, Any] = {"_FACTORY": MISSING}
    head, body = ["self"], []
    for number, one in enumerate(fields(made)):
        if not one.init:
            continue  # left to __post_init__
        space[f"_set{number}"] = getattr(made, one.name).__set__
        put = one.name
        if one.default is not MISSING:
            space[f"_given{number}"] = one.default
            head.append(f"{one.name}=_given{number}")
        elif one.default_factory is not MISSING:
            space[f"_make{number}"] = one.default_factory
            head.append(f"{one.name}=_FACTORY")
            put = f"_make{number}() if {one.name} is _FACTORY else {one.name}"
        else:
            head.append(one.name)
        body.append(f" _set{number}(self, {put})")
    if hasattr(made, "__post_init__"):
        body.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(head)}):\n" + ("\n".join(body) or " pass"), space)
    space["__init__"].__qualname__ = f"{made.__qualname__}.__init__"
    return space["__init__"]


def _equality(key: Callable[[Any], Any]) -> tuple[Any, Any]:
    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(key(self))

    return __eq__, __hash__


def _order(key: Callable[[Any], Any], compare: Callable[[Any, Any], bool]) -> Any:
    def ordered(self: Any, other: object) -> Any:
        return compare(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented

    return ordered


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__qualname__}")


def _repr(self: Any) -> str:
    told = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({told})"


def _state(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, one in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, one)
