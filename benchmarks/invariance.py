"""What the records of one notice differ in from format to format, and how well paragraphs come back from pages.

usage: python benchmarks/invariance.py [-v]

Every notice of corpus/ is set in each format (``tests/invariance.py``) and read; the files of corpus/formats, and of ../shared
where it lies beside the checkout, are read as they are. Counted are values and rows of the record that are not those of the
text: explained ones (with the reasons below the table) and others, which ``-v`` lists. Paragraphs are compared where the
characters are the same.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from extractor.readers.programs import find_soffice
from extractor.text import fold
from tests.invariance import (
    EXPLAINED,
    MADE,
    Difference,
    boundaries,
    differences,
    lines_of,
    made,
    record,
    suits,
    through_office,
    unexplained,
)

Row = tuple[str, str, str, dict[str, Any], dict[str, Any]]
"""Where from, format, name of the notice, the record of its text, that of the other format."""


def of_corpus() -> Iterator[Row]:
    for path in sorted((CHECKOUT / "corpus/notices").glob("*.txt")):
        text, lines = record(path.read_bytes(), path.name), lines_of(path)
        gold = json.loads((CHECKOUT / f"corpus/gold/{path.stem}.json").read_text(encoding="utf-8"))
        for kind in MADE:
            if suits(gold, kind, lines):
                yield "made of corpus", kind, path.stem, text, record(made(lines, kind), f"x.{kind}")


def of_files(folder: Path, texts: Path) -> Iterator[Row]:
    where = str(
        folder.relative_to(CHECKOUT.parent / "shared" if folder.parent.name == "shared" else CHECKOUT)
    )
    for path in sorted(folder.iterdir()):
        if "-scan" not in path.stem:
            text = record((texts / f"{path.stem}.txt").read_bytes(), "x.txt")
            yield where, path.suffix[1:], path.stem, text, record(path.read_bytes(), path.name)


def through_word() -> Iterator[Row]:
    if find_soffice() is None:
        return
    paths = sorted((CHECKOUT / "corpus/formats").glob("*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        old = through_office(Path(folder), {path.stem: path.read_bytes() for path in paths})
    for name, raw in old.items():
        text = record((CHECKOUT / f"corpus/notices/{name}.txt").read_bytes(), "x.txt")
        yield "corpus/formats", "doc", name, text, record(raw, "x.doc")


def rows() -> Iterator[Row]:
    yield from of_corpus()
    yield from of_files(CHECKOUT / "corpus/formats", CHECKOUT / "corpus/notices")
    yield from through_word()
    shared = CHECKOUT.parent / "shared"
    if shared.is_dir():
        for row in of_files(shared / "formats", shared / "notices"):
            yield ("../shared/formats", *row[1:])


def main() -> None:
    counts: dict[tuple[str, str], Counter[str]] = {}
    left: list[tuple[str, str, str, Difference]] = []
    for where, kind, name, text, other in rows():
        found = differences(text, other)
        rest = unexplained(kind, found)
        count = counts.setdefault((where, kind), Counter())
        same = fold(text["text"]) == fold(other["text"])  # else places cannot be compared
        ends, others = (boundaries(one["text"].split("\n") if same else ()) for one in (text, other))
        count.update(
            notices=1, explained=len(found) - len(rest), other=len(rest), notices_other=bool(rest),
            ends=len(ends), given=len(others), hit=len(ends & others),
        )  # fmt: skip
        left += [(where, kind, name, one) for one in rest]
    print(
        f"{'files':18} {'format':6} {'notices':>7} {'explained':>9} {'other':>6} {'in':>4}   paragraphs: recall precision"
    )
    for (where, kind), count in counts.items():
        print(
            f"{where:18} {kind:6} {count['notices']:7} {count['explained']:9} {count['other']:6} {count['notices_other']:4}"
            f"   {count['hit'] / (count['ends'] or 1):18.3f} {count['hit'] / (count['given'] or 1):9.3f}"
        )
    for kind in ("pdf", "html"):
        print(
            f"\nexplained, {kind}:" + "".join(f"\n  {code}  {why}" for code, why in EXPLAINED[kind].items())
        )
    if "-v" in sys.argv[1:]:
        for where, kind, name, one in left:
            print(f"{where} {name}.{kind}: {one.field} {one.sign} {one.value}")


if __name__ == "__main__":
    main()
