"""The only YAML reader: strict access to a rules file, with file and line in every complaint."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from extractor.errors import RuleError
from extractor.patterns import lazy

if TYPE_CHECKING:  # a start that finds the rules kept has no use for the parser
    import yaml

T = TypeVar("T")
_MISSING = object()


class Entry:
    """A mapping of a rules file. Every key is taken once; ``done`` refuses what is left over."""

    def __init__(self, path: Path, node: "yaml.MappingNode") -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        self._taken: set[str] = set()
        for key, value in node.value:
            word = str(key.value)
            if word in self._nodes:
                self.fail(f"key {word!r} stands twice", key)
            self._nodes[word] = value

    def fail(self, message: str, node: "yaml.Node | None" = None) -> NoReturn:
        """Raise ``RuleError`` for this entry, at the node's line if one is given."""
        line = node.start_mark.line + 1 if node is not None else self.line
        raise RuleError(f"{self.path}:{line}: {message}")

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def keys(self) -> tuple[str, ...]:
        return tuple(self._nodes)

    def line_of(self, key: str) -> int:
        return self._nodes[key].start_mark.line + 1

    def take(self, key: str, kind: type[T], default: T | object = _MISSING) -> T:
        """The plain value of ``key``; ``RuleError`` when it is absent without a default or of another type."""
        node = self._node(key, default)
        if node is None:
            return default  # type: ignore[return-value]  # as the caller typed it
        value = _plain(node)
        if kind is float and isinstance(value, int):
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail(f"{key!r} must be {kind.__name__}, not {type(value).__name__}", node)
        return value

    def _node(self, key: str, default: object) -> "yaml.Node | None":
        """The node of ``key``, now taken; None when absent; ``RuleError`` when absent without a default."""
        self._taken.add(key)
        if key not in self._nodes and default is _MISSING:
            self.fail(f"key {key!r} is missing")
        return self._nodes.get(key)

    def words(self, key: str, default: tuple[str, ...] | object = _MISSING) -> tuple[str, ...]:
        """A list of strings as a tuple (a single string counts as one)."""
        node = self._node(key, default)
        if node is None:
            return default  # type: ignore[return-value]  # as the caller typed it
        value = _plain(node)
        if isinstance(value, str | int | float):
            return (str(value),)
        if not isinstance(value, list) or any(isinstance(item, dict | list) for item in value):
            self.fail(f"{key!r} must be a list of words", node)
        return tuple(str(item) for item in value)

    def entry(self, key: str) -> "Entry":
        """The nested mapping under ``key``."""
        import yaml

        self._taken.add(key)
        node = self._nodes.get(key)
        if not isinstance(node, yaml.MappingNode):
            self.fail(f"{key!r} must be a mapping", node)
        return Entry(self.path, node)

    def entries(self, key: str, default: tuple[()] | object = _MISSING) -> tuple["Entry", ...]:
        """The list of mappings under ``key``."""
        import yaml

        self._taken.add(key)
        node = self._nodes.get(key)
        if node is None and default is not _MISSING:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f"{key!r} must be a list of mappings", node)
        made = []
        for item in node.value:
            if not isinstance(item, yaml.MappingNode):
                self.fail(f"{key!r} must be a list of mappings", item)
            made.append(Entry(self.path, item))
        return tuple(made)

    def mapping(self, key: str, default: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A free mapping (its keys are data, not schema) as plain values; ``RuleError`` when absent without default."""
        import yaml

        self._taken.add(key)
        node = self._nodes.get(key)
        if node is None and default is not None:
            return dict(default)
        if node is None:
            self.fail(f"key {key!r} is missing")
        if not isinstance(node, yaml.MappingNode):
            self.fail(f"{key!r} must be a mapping", node)
        return {str(k): v for k, v in _plain(node).items()}

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key with its plain value: for files whose keys are data."""
        self._taken.update(self._nodes)
        for key, node in self._nodes.items():
            yield key, _plain(node)

    def children(self) -> Iterator[tuple[str, "Entry"]]:
        """Every key with its nested mapping: for files whose keys are data."""
        for key in self._nodes:
            yield key, self.entry(key)

    def done(self) -> None:
        """Refuse keys nobody took."""
        left = [key for key in self._nodes if key not in self._taken]
        if left:
            self.fail(f"unknown key {left[0]!r}", self._nodes[left[0]])


def load(path: Path) -> Entry:
    """The top mapping of a rules file. ``RuleError`` for unreadable, malformed or non-mapping content."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=loader)
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RuleError(f"{path}:{line}: not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(node, yaml.MappingNode):
        raise RuleError(f"{path}:1: must be a mapping")
    return Entry(path, node)


_INTEGER = lazy(r"[-+]?(?:0|[1-9]\d*)")


def _plain(node: "yaml.Node") -> Any:
    """The Python value of a node (dates stay strings: a rules file never means a datetime)."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        tag = node.tag.rsplit(":", 1)[-1]
        if tag == "int":  # YAML 1.1 also reads 24:00, 0x1f and 1_000 as numbers: in rules they are words
            return int(node.value) if _INTEGER.fullmatch(node.value) else node.value
        if tag == "float":
            return float(node.value) if ":" not in node.value else node.value
        if tag == "bool":
            return node.value.lower() in ("true", "yes", "on")
        if tag == "null":
            return None
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    assert isinstance(node, yaml.MappingNode)
    return {_plain(key): _plain(value) for key, value in node.value}
