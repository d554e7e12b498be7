"""Execute notebooks/compare_regions.ipynb on the tables of `make run` and keep its outputs, the same each time.

usage: python scripts/make_notebook.py [TABLES]

TABLES: the folder of tables, outputs/corpus by default. Only outputs change; the cells are edited in the notebook itself.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

CHECKOUT = Path(__file__).resolve().parents[1]
NOTEBOOK = CHECKOUT / "notebooks" / "compare_regions.ipynb"


def execute(tables: Path, notebook: Path = NOTEBOOK) -> nbformat.NotebookNode:
    """The notebook with the outputs that ``tables`` give. Raises ``CellExecutionError`` where a cell fails."""
    book = nbformat.read(notebook, as_version=4)
    os.environ["NOTICE_TABLES"] = str(tables.resolve())
    try:
        NotebookClient(
            book,
            timeout=300,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(notebook.parent)}},
        ).execute()
    finally:
        del os.environ["NOTICE_TABLES"]
    # What differs from machine to machine says nothing about the notices.
    book.metadata = nbformat.from_dict(
        {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    )
    for cell in book.cells:
        cell.metadata = nbformat.from_dict({})
    return book


if __name__ == "__main__":
    made = execute(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "outputs" / "corpus")
    nbformat.write(made, NOTEBOOK)
    print(NOTEBOOK.relative_to(CHECKOUT))
