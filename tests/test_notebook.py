"""The notebook runs on freshly written tables, and is kept with outputs that say nothing of the machine they came from."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

NAME = "compare_regions.ipynb"


@pytest.fixture(scope="module")
def kept(checkout: Path) -> nbformat.NotebookNode:
    return nbformat.read(checkout / "notebooks" / NAME, as_version=4)


def outputs(book: nbformat.NotebookNode) -> list[tuple[str, str, str]]:
    """Cell, kind and text of every output."""
    found = []
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                found.append((cell.id, "text/plain", output.text))
            else:
                found += [(cell.id, kind, str(text)) for kind, text in output.get("data", {}).items()]
    return found


def test_kept_outputs(kept: nbformat.NotebookNode) -> None:
    nbformat.validate(kept)
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in code), "run scripts/make_notebook.py"
    assert not any(output.output_type == "error" for cell in code for output in cell.outputs)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    charts = [text for _, kind, text in outputs(kept) if kind == "image/svg+xml"]
    assert len(charts) >= 4
    assert any("全国知识产权宣传周" in chart for chart in charts)


def test_kept_outputs_are_of_no_machine(kept: nbformat.NotebookNode, checkout: Path) -> None:
    for cell, _, text in outputs(kept):
        told = text.replace("http://www.w3.org/", "")
        assert not any(
            word in told for word in ("http:", "https:", str(checkout), "/home/", "/tmp/", "<script")
        ), cell


@pytest.mark.slow
def test_runs_on_fresh_tables(
    checkout: Path, kept: nbformat.NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", "extractor", "extract", "corpus/notices", "-o", str(tmp_path / "tables")]
    done = subprocess.run(
        [*command, "--format", "parquet"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    monkeypatch.syspath_prepend(str(checkout / "scripts"))
    from make_notebook import execute

    fresh = execute(tmp_path / "tables")
    assert [cell.source for cell in fresh.cells] == [cell.source for cell in kept.cells]
    assert {(cell, kind) for cell, kind, _ in outputs(fresh)} == {
        (cell, kind) for cell, kind, _ in outputs(kept)
    }
    assert not (checkout / "notebooks" / ".ipynb_checkpoints").exists()
    (said,) = [text for cell, _, text in outputs(fresh) if cell == "once"]
    assert f"{len(list((checkout / 'corpus/notices').glob('*.txt')))} 份文件" in said
