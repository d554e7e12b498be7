"""Whether a confidence means what it says: rows of the tables by confidence against the share that is right.

usage: python benchmarks/calibration.py [GOLD]

GOLD: a folder of annotated notices, corpus/gold by default. A date counts as right with the right days (and, by itself, the
right role), a body with its name (and with exactly its roles), a person, number or mailbox with its value. Rows that the
annotation is silent on (extended dates, bodies only mentioned) are not judged. The expected calibration error is the mean
distance between confidence and share right, bins weighted by their rows.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

from extractor.evaluate import load_gold
from extractor.evaluate.align import Alignment, overlap, plain
from extractor.evaluate.values import value_right
from extractor.model import Mention, Span
from extractor.pipeline import process
from extractor.rulebook import load_rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings

CHECKOUT = Path(__file__).resolve().parents[1]
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.001)


@dataclass(frozen=True, slots=True)
class Judged:
    """One value: its notice, its table (``dates value`` …), how sure it was said to be, from what, and whether it is right."""

    file: str
    table: str
    confidence: float
    basis: str
    right: bool


def dates(entry: Mapping[str, Any], record: Mapping[str, Any], alignment: Alignment) -> Iterator[Judged]:
    """Every row that is a core date of the annotation, or none at all."""
    golds = [
        (one, alignment.seed_interval(one["offset"], one["offset"] + len(one["raw_in_file"])))
        for one in entry["dates"]
    ]
    for row in record["dates"]:
        place = alignment.interval(row["span"]["start"], row["span"]["end"])
        near = [(overlap(place, other), one) for one, other in golds] if place else []
        nothing: tuple[int, Mapping[str, Any]] = (0, {})
        shared, gold = max(near, key=lambda pair: pair[0], default=nothing)
        if shared and gold["tier"] != "core":
            continue
        source = row["year_from"] if row["status"] == "ok" else row["status"]
        basis = f"{source}, {row['form']}"
        yield Judged(
            entry["file"], "dates value", row["confidence"], basis, bool(shared) and value_right(gold, row)
        )
        yield Judged(
            entry["file"],
            "dates role",
            row["confidence"],
            row["role"],
            bool(shared) and row["role"] == gold["role"],
        )


def units(entry: Mapping[str, Any], record: Mapping[str, Any], bases: Mapping[Span, str]) -> Iterator[Judged]:
    """Every row whose body the annotation does not leave out as only mentioned."""
    neutral = {plain(name) for name in entry.get("units_mentioned_only", ())}
    golds = [
        ({plain(name) for name in (one["name"], *one.get("aliases", ()))}, set(one["roles"]))
        for one in entry["units"]
    ]
    taken: set[int] = set()
    for row in record["units"]:
        name = plain(row["name"])
        index = next((at for at, (names, _) in enumerate(golds) if name in names and at not in taken), None)
        if index is None and name in neutral:
            continue
        if index is not None:
            taken.add(index)  # a second row for one body is wrong
        basis = bases.get(Span(row["spans"][0]["start"], row["spans"][0]["end"]), "")
        roles = golds[index][1] if index is not None else None
        yield Judged(entry["file"], "units name", row["confidence"], basis, roles is not None)
        yield Judged(entry["file"], "units roles", row["confidence"], basis, roles == set(row["roles"]))


def contacts(entry: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Judged]:
    """Persons, numbers, mailboxes and places."""
    gold = entry["contacts"]
    right = {
        "person": {plain(name) for name in gold["persons"]},
        "phone": {plain(phone["raw"]) for phone in gold["phones"]},
        "email": {plain(mail["raw"]) for mail in gold["emails"]},
        "address": {plain(place) for place in gold.get("postal_or_place", ())},
    }
    kinds = {"mobile": "phone", "fax": "phone"}
    for row in record["contacts"]:
        kind = kinds.get(row["kind"], row["kind"])
        value = row["value"] if kind in ("person", "email") else row["raw"]
        yield Judged(entry["file"], "contacts", row["confidence"], kind, plain(value) in right.get(kind, ()))


def judged(folder: Path) -> Iterator[Judged]:
    """Every value of every annotated notice."""
    from extractor.entities import EXTRACTORS

    rulebook = load_rulebook()
    gold = load_gold(folder)
    for entry in gold.entries:
        path = gold.paths().get(entry["file"])
        if path is None or entry["text"] is None:
            continue
        notice = process(path.read_bytes(), entry["file"], rulebook, Settings())
        if not isinstance(notice, Notice):
            continue
        record = to_record(notice)
        found: list[Mention] = [m for find in EXTRACTORS.values() for m in find(notice.manuscript, rulebook)]
        bases = {m.span: m.basis for m in found if m.kind == "unit"}
        yield from dates(entry, record, Alignment(entry["text"], record["text"]))
        yield from units(entry, record, bases)
        yield from contacts(entry, record)


def error(values: list[Judged]) -> float:
    """The expected calibration error over the bins."""
    total = 0.0
    for low, high in pairwise(EDGES):
        inside = [one for one in values if low <= one.confidence < high]
        total += abs(sum(one.confidence for one in inside) - sum(one.right for one in inside))
    return total / len(values)


def show(values: list[Judged]) -> None:
    """Bins of one table, and what bases say something else than they should."""
    print(f"{'  confidence':16}{'rows':>6}{'mean':>8}{'right':>8}")
    for low, high in pairwise(EDGES):
        inside = [one for one in values if low <= one.confidence < high]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            share = sum(one.right for one in inside) / len(inside)
            print(f"  {low:.2f} – {min(high, 1):.2f}   {len(inside):6}{mean:8.3f}{share:8.3f}")
    groups: defaultdict[tuple[str, float], list[bool]] = defaultdict(list)
    for one in values:
        groups[one.basis, one.confidence].append(one.right)
    off = []
    for (basis, confidence), rights in groups.items():
        low, high = interval(sum(rights), len(rights))
        if not low <= confidence <= high:
            off.append((-len(rights), basis, confidence, sum(rights), (sum(rights) + 1) / (len(rights) + 2)))
    for rows, basis, confidence, right, honest in sorted(off):
        print(
            f"    {basis or '—':24} says {confidence:.2f}, {right} of {-rows} right: {honest:.2f} would be honest"
        )


def interval(right: int, rows: int) -> tuple[float, float]:
    """Wilson's interval, 90 %, of a share: what so few rows can tell."""
    z = 1.645
    share = right / rows
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    reach = z * sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows)) / (1 + z * z / rows)
    return middle - reach, middle + reach + 1e-9


def main(folder: Path) -> None:
    """Judge, print."""
    tables: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged(folder):
        tables[one.table].append(one)
    split = folder.parent / "split.json"
    names = json.loads(split.read_text(encoding="utf-8"))["held_back"] if split.is_file() else ()
    held = {f"{name}.txt" for name in names}
    print(f"confidence against share right, {folder.parent.name}/{folder.name}")
    for name, values in tables.items():
        print(f"\n{name}: {summary(values)}")
        unseen = [one for one in values if one.file in held]
        if unseen:
            print(f"  held back: {summary(unseen)}")
        show(values)


def summary(values: list[Judged]) -> str:
    """How many, how often right, how far off."""
    right = sum(one.right for one in values) / len(values)
    return f"{len(values)} rows, {right:.3f} right, expected calibration error {error(values):.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "corpus" / "gold")
