"""With NOTICE_STRICT=1 a skip for a missing part fails; any other skip stays a skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROBES = {
    "test_part.py": 'import pytest\n\ndef test_part():\n    pytest.skip("missing part: antiword")\n',
    "test_fixture.py": (
        "import pytest\n\n@pytest.fixture\ndef word():\n"
        '    pytest.skip("missing part: soffice")\n\ndef test_fixture(word):\n    pass\n'
    ),
    "test_module.py": 'import pytest\n\npytest.importorskip("no_such_module_anywhere")\n',
    "test_shared.py": "def test_shared(shared):\n    pass\n",
    "test_other.py": 'import pytest\n\ndef test_other():\n    pytest.skip("only on another system")\n',
}


@pytest.mark.parametrize(
    ("strict", "failed", "skipped"),
    [
        ("1", {"test_part.py", "test_fixture.py", "test_module.py"}, {"test_shared.py", "test_other.py"}),
        ("0", set(), set(PROBES)),
    ],
)
def test_skips(tmp_path: Path, checkout: Path, strict: str, failed: set[str], skipped: set[str]) -> None:
    # tmp_path/project has no folder `shared` beside it
    tests = tmp_path / "project" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(checkout / "tests" / "conftest.py", tests)
    (tmp_path / "project" / "pytest.ini").write_text("[pytest]\n")
    for name, text in PROBES.items():
        (tests / name).write_text(text)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-ra",
            "-p",
            "no:cacheprovider",
            "--continue-on-collection-errors",
            "tests",
        ],
        cwd=tests.parent,
        env={**os.environ, "NOTICE_STRICT": strict, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.partition("short test summary info")[2].splitlines()
    assert named(lines, "FAILED", "ERROR") == failed, run.stdout
    assert named(lines, "SKIPPED") == skipped, run.stdout
    assert run.returncode == (1 if failed else 0), run.stdout


def named(lines: list[str], *outcomes: str) -> set[str]:
    """The probes that the summary gives one of these outcomes."""
    return {probe for probe in PROBES for line in lines if probe in line and line.startswith(outcomes)}
