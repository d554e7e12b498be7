"""The shape of the house, as far as import-linter (pyproject.toml) does not say it: what each module may know and how big it gets."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "extractor"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "rules" not in path.relative_to(PACKAGE).parts[:1])
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]

# The only importers of a library that one part of the house hides from the others (module prefixes).
ONLY_IN = {
    "yaml": ("rulebook",),
    "dask": ("cluster.py",),
    "distributed": ("cluster.py",),
    "fastapi": ("web", "cli.py"),
    "uvicorn": ("web", "cli.py"),
    "duckdb": ("store", "compare"),
    "pebble": ("batch", "cli.py"),
    "pdfplumber": ("readers",),
    "pypdfium2": ("readers", "render"),
    "rapidocr": ("readers",),
    "spacy": ("language",),
    "trafilatura": ("readers",),
}
# Cheap enough to load with the module that uses them; every other library is imported by the function that needs it.
LIGHT = {"msgspec", "yaml"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
# Where the import's name is not the distribution's.
DISTRIBUTIONS = {
    "charset_normalizer": "charset-normalizer",
    "chinese_calendar": "chinesecalendar",
    "cv2": "opencv-python-headless",
    "docx": "python-docx",
    "multipart": "python-multipart",
    "PIL": "pillow",
    "yaml": "PyYAML",
}
FACES = ("cli", "web", "__main__.py")
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
LONGEST = 400


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def walk_statements(path: Path) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.stmt))


def imported(node: ast.stmt) -> set[str]:
    """The top-level packages an import statement names."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()


def at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when the module is loaded, without those for type checkers only."""
    for node in body:
        yield node
        if isinstance(node, ast.If):
            if "TYPE_CHECKING" not in ast.unparse(node.test):
                yield from at_import(node.body)
            yield from at_import(node.orelse)
        elif isinstance(node, ast.Try):
            for part in (
                node.body,
                node.orelse,
                node.finalbody,
                *(handler.body for handler in node.handlers),
            ):
                yield from at_import(part)
        elif isinstance(node, ast.With | ast.ClassDef):
            yield from at_import(node.body)


def heavy(tree: ast.Module) -> set[str]:
    found = {name for node in at_import(tree.body) for name in imported(node)}
    return found - set(sys.stdlib_module_names) - LIGHT - {"extractor"}


def clocks(tree: ast.Module) -> set[str]:
    """Reads of the clock: ``date.today()``, ``datetime.now()``, ``time.time()``; intervals (perf_counter, monotonic) are none."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        ast.unparse(call)
        for call in calls
        if isinstance(call, ast.Attribute)
        and call.attr in CLOCKS
        and ast.unparse(call.value).rpartition(".")[2] in {"date", "datetime", "time"}
    }


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_loads_nothing_heavy(path: Path) -> None:
    assert not heavy(parsed(path)), "import it in the function that needs it"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    used = {
        library for node in ast.walk(parsed(path)) if isinstance(node, ast.stmt) for library in imported(node)
    }
    assert not {library for library in used & set(ONLY_IN) if not name.startswith(ONLY_IN[library])}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_clock_below_the_faces(path: Path) -> None:
    if not path.relative_to(PACKAGE).as_posix().startswith(FACES):
        assert not clocks(parsed(path)), "`today` is an argument"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_small_rooms_with_names(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST, "look for the wall that is missing"
    assert not set(path.relative_to(PACKAGE).with_suffix("").parts) & VAGUE


def test_the_rules_above_see_what_they_forbid() -> None:
    assert heavy(ast.parse("try:\n    import pandas.api\nexcept ImportError:\n    pandas = None")) == {
        "pandas"
    }
    assert (
        heavy(ast.parse("import re\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas"))
        == set()
    )
    assert heavy(ast.parse("def f():\n    import pandas")) == set()
    assert clocks(ast.parse("import datetime\nx = datetime.date.today()")) == {"datetime.date.today"}
    assert clocks(ast.parse("import time\nx = time.perf_counter()")) == set()


def test_every_import_is_asked_for() -> None:
    """Each library imported is a dependency or belongs to an extra: an installed package misses nothing."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = {
        re.split(r"[<>=!~;\[ ]", requirement)[0].lower()
        for requirement in [
            *project["dependencies"],
            *(r for name in extras if name != "dev" for r in extras[name]),
        ]
    }
    used = {name for path in MODULES for node in walk_statements(path) for name in imported(node)}
    outside = used - set(sys.stdlib_module_names) - {"extractor"}
    assert {name for name in outside if DISTRIBUTIONS.get(name, name).lower() not in asked} == set()


def test_help_answers_at_once() -> None:
    """``notice --help`` loads nothing but the standard library and our own light modules."""
    code = (
        "import sys\nfrom extractor.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "outside = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(*sorted(n for n in outside if getattr(sys.modules.get(n), '__file__', None)), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stderr.split())
    heavies = {
        "spacy",
        "pandas",
        "jieba",
        "duckdb",
        "pdfplumber",
        "pypdfium2",
        "docx",
        "dateparser",
        "pyarrow",
        "yaml",
        "rich",
        "lxml",
    }
    assert not loaded & heavies
