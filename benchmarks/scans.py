"""Scans against the text they print: how much of the record comes through the recogniser.

usage: python benchmarks/scans.py [--dots 150,200,300] [--all] [--misses] [TEXT SCAN]…

Without files: the PDFs of corpus/formats and some notices of corpus/notices set by the tests' typesetter (``--all``: every one),
each turned into a PDF of pictures, clean and rough (a little askew, grainy, blurred, JPEG), if the PDF itself reads like the text.
With files: pairs of a text and its scan, with the share of the text's values kept and the share both hold of the larger one.

Figures are shares of the text's record that is the scan's too: ``fields``: the single values; ``rows``: whole rows of the tables;
``values``: the cells of those rows; ``findings``: what the checks report, in its words. Characters that print alike count as alike (blanks, full and half width).
"""

import argparse
import io
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from extractor.pipeline import process
from extractor.readers import read_document
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings
from extractor.text import canonical

NOTICES = CHECKOUT / "corpus" / "notices"
FORMATS = CHECKOUT / "corpus" / "formats"
TABLES = ("sections", "items", "activities", "dates", "units", "contacts", "citations", "attachments")
SINGLE = (
    "title plan_title doc_number issuers seal_note addressees region campaign year issue_date print_date disclosure period "
    "theme report_deadline"
).split()
NOT_VALUES = ("span", "spans", "confidence", "count")
ROUGH = "rough"
#: Notices of several kinds, for the usual run: (text, with the typesetter of the tests).
USUAL = (
    "consumer-day-2019-zigong disaster-day-2018-kangding energy-week-2023-jiayuguan fire-month-2023-sanmenxia "
    "ip-week-2024-qingpu quality-month-2024-anshun safety-month-2014-ankang security-day-2022-lincang water-week-2024-sichuan"
).split()

Values = Counter[str]


def plain(value: Any) -> Any:
    """A value as print shows it: without places, text in one form."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key not in NOT_VALUES}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return canonical(value) if isinstance(value, str) else value


def values(record: Mapping[str, Any]) -> dict[str, Values]:
    """The record as bags of values: ``fields``, ``rows``, ``values``, ``findings``."""

    def shown(*parts: Any) -> str:
        return json.dumps(parts, ensure_ascii=False)

    rows = [(table, plain(row)) for table in TABLES for row in record[table]]
    return {
        "fields": Counter(shown(name, plain(record[name])) for name in SINGLE),
        "rows": Counter(shown(table, row) for table, row in rows),
        "findings": Counter(shown(one["code"], plain(one["message"])) for one in record["findings"]),
        "values": Counter(shown(table, name, cell) for table, row in rows for name, cell in row.items()),
    }


def shares(text: Mapping[str, Any], scan: Mapping[str, Any]) -> dict[str, float]:
    """For each bag the share both hold, of the larger one: a lost value counts and so does an invented one."""
    ours, theirs = values(text), values(scan)
    return {
        name: (ours[name] & theirs[name]).total() / size
        if (size := max(ours[name].total(), theirs[name].total()))
        else 1.0
        for name in ours
    }


def kept(text: Mapping[str, Any], scan: Mapping[str, Any]) -> dict[str, float]:
    """For each bag the share of the text's values that the scan holds too, whatever else its paper shows."""
    ours, theirs = values(text), values(scan)
    return {name: (ours[name] & theirs[name]).total() / max(ours[name].total(), 1) for name in ours}


def misses(text: Mapping[str, Any], scan: Mapping[str, Any]) -> Iterator[str]:
    """What only one of both holds, field by field and row by row."""
    ours, theirs = values(text), values(scan)
    for name in ("fields", "rows", "findings"):
        yield from (f"- {value}" for value in (ours[name] - theirs[name]).elements())
        yield from (f"+ {value}" for value in (theirs[name] - ours[name]).elements())


def scanned(pdf: bytes, dots: int, rough: bool = False, seed: int = 0) -> bytes:
    """A PDF of pictures of the pages. ``dots`` an inch; ``rough``: askew by up to half a degree, grainy, blurred, as JPEG."""
    import numpy
    import pypdfium2
    from PIL import Image, ImageFilter

    chance = random.Random(seed)
    pictures = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dots / 72).to_pil().convert("RGB")
        if rough:
            picture = picture.rotate(chance.uniform(-0.5, 0.5), Image.Resampling.BICUBIC, fillcolor="white")
            picture = picture.filter(ImageFilter.GaussianBlur(0.3 * dots / 100))
            grain = numpy.random.default_rng(seed).normal(0, 14, (picture.height, picture.width, 1))
            picture = Image.fromarray(
                numpy.clip(numpy.asarray(picture) * 0.94 + 6 + grain, 0, 255).astype("uint8")
            )
        pictures.append(picture)
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "PDF", resolution=dots, save_all=True, append_images=pictures[1:], quality=70 if rough else 95
    )
    return buffer.getvalue()


def typeset(raw: bytes, name: str) -> bytes:
    """A notice as the tests' typesetter sets it, its lines joined first where they were wrapped by hand."""
    from scripts.make_corpus_formats import classify
    from tests.made_pdf import notice_pdf

    places = {"letterhead": "title", "docno": "centre", "title": "title", "right": "right"}
    places |= {"addressee": "flush", "colophon": "flush"}
    text = read_document(raw, name, Settings()).text
    return notice_pdf([(line.text, places.get(line.kind, "body")) for line in classify(text)])


def sources(every: bool) -> Iterator[tuple[str, bytes, bytes]]:
    """Name, text and PDF of the notices."""
    for path in sorted(FORMATS.glob("*.pdf")):
        yield path.stem, (NOTICES / f"{path.stem}.txt").read_bytes(), path.read_bytes()
    for name in sorted(path.stem for path in NOTICES.glob("*.txt")) if every else USUAL:
        raw = (NOTICES / f"{name}.txt").read_bytes()
        if not (FORMATS / f"{name}.pdf").exists():
            yield name, raw, typeset(raw, f"{name}.txt")


class Reader:
    """Files to records, with the rules read once."""

    def __init__(self) -> None:
        self.rules: Rulebook = load_rulebook()

    def record(self, raw: bytes, name: str) -> dict[str, Any]:
        notice = process(raw, name, self.rules, Settings())
        if not isinstance(notice, Notice):
            raise SystemExit(f"{name}: {notice.message}")
        return to_record(notice)


def main() -> None:
    parser = argparse.ArgumentParser(usage=(__doc__ or "").split("\n")[2].removeprefix("usage: "))
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--dots", default="200")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    reader = Reader()
    total: dict[str, list[dict[str, float]]] = {}

    def report(name: str, kind: str, text: Mapping[str, Any], raw: bytes) -> dict[str, float]:
        begun = time.perf_counter()
        scan = reader.record(raw, f"{name}-{kind}.pdf")
        found = shares(text, scan)
        total.setdefault(kind, []).append(found)
        shown = "  ".join(f"{key} {share:6.1%}" for key, share in found.items())
        print(f"{name:36} {kind:9} {shown}  {time.perf_counter() - begun:5.1f} s", flush=True)
        for miss in misses(text, scan) if chosen.misses else ():
            print("   ", miss)
        return found

    if chosen.files:
        for text_path, scan_path in zip(chosen.files[::2], chosen.files[1::2], strict=True):
            text = reader.record(text_path.read_bytes(), text_path.name)
            scan = reader.record(scan_path.read_bytes(), scan_path.name)
            for measure in (kept, shares):
                shown = "  ".join(f"{key} {share:6.1%}" for key, share in measure(text, scan).items())
                print(f"{scan_path.stem:36} {measure.__name__:9} {shown}")
            for miss in misses(text, scan) if chosen.misses else ():
                print("   ", miss)
        return
    for seed, (name, raw, pdf) in enumerate(sources(chosen.all)):
        text = reader.record(raw, f"{name}.txt")
        itself = report(name, "pdf", text, pdf)
        if itself["rows"] < 1.0:
            continue  # what the PDF itself does not show the same is not the recogniser's loss
        for dots in map(int, chosen.dots.split(",")):
            report(name, str(dots), text, scanned(pdf, dots))
        report(name, ROUGH, text, scanned(pdf, 200, rough=True, seed=seed))
    for kind, found in total.items():
        means = "  ".join(
            f"{key} {sum(one[key] for one in found) / len(found):6.1%}"
            for key in ("fields", "rows", "values", "findings")
        )
        print(f"{'mean':36} {kind:9} {means}  {len(found)} notices")


if __name__ == "__main__":
    main()
