"""What every test may ask for, and which skips count as failures."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from extractor.rulebook import Rulebook, load_rulebook

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"

# With NOTICE_STRICT=1 (see .ci/run) these skips fail: the machine was meant to have everything. Reference data beside the
# checkout is nobody's duty to have; a test that wants it takes the fixture `shared`, whose skip stays a skip.
STRICT = os.environ.get("NOTICE_STRICT") == "1"
MISSING = ("missing part", "could not import")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("reference data absent: no folder ../shared beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the checkout."""
    return CHECKOUT


@pytest.fixture
def notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a sound notice, one with faults and an empty file."""
    # Not at the top: test_strict.py runs this file where nothing else is.
    from made_notices import CLEAN, WRONG

    monkeypatch.chdir(tmp_path)
    (tmp_path / "对.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "错.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    return tmp_path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_missing(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_missing(report)
    return report


def _fail_if_missing(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A skip for want of a part becomes a failure. Write it as ``pytest.skip("missing part: antiword")``."""
    if not STRICT or not report.skipped or not isinstance(report.longrepr, tuple):
        return
    reason = report.longrepr[2].removeprefix("Skipped: ")
    if reason.startswith(MISSING):
        report.outcome = "failed"
        report.longrepr = f"NOTICE_STRICT=1, and this test cannot do its work: {reason}"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rules of the checkout, read once."""
    return load_rulebook()
