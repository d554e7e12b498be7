"""Whether a spaCy pipeline of our own would beat the rules: trained on corpus/, tried on campaigns it has not seen.

usage: python scripts/measure_ner.py [EPOCHS] [FOLDER]

Trains a character-wise named entity recogniser on the annotations of corpus/ without the held-back campaigns
(corpus/split.json), then scores the rules alone and the rules with the pipeline's proposals (``--ner``) on the held-back
notices and, where it lies beside the checkout, on ../shared/gold. FOLDER keeps the pipeline. Takes some minutes.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor.evaluate import Scores, load_gold, score
from extractor.evaluate.align import plain
from extractor.evaluate.gold import Gold
from extractor.language import propose
from extractor.model import Manuscript, Mention, UnitName
from extractor.pipeline import process
from extractor.rulebook import Rulebook, load_rulebook
from extractor.schema import Notice, to_record
from extractor.settings import Settings
from extractor.text import canonical

CHECKOUT = Path(__file__).resolve().parents[1]
CORPUS = CHECKOUT / "corpus" / "gold"
SHARED = CHECKOUT.parent / "shared" / "gold"
METRICS = ("units", "unit_roles", "contacts", "dates")
Entry = Mapping[str, Any]
Triple = tuple[int, int, str]


def annotated(entry: Entry, manuscript: Manuscript, rulebook: Rulebook) -> list[Triple]:
    """Entities of a notice in the reading: every place of its bodies and persons, its places, and its dates as annotated."""
    names = {
        name: "ORG"
        for unit in entry["units"]
        for name in (unit["name"], *unit.get("aliases", ()), unit.get("full_name") or "")
    }
    names |= dict.fromkeys(entry.get("units_mentioned_only", ()), "ORG")
    names |= dict.fromkeys(entry["contacts"]["persons"], "PERSON")
    names |= {one["location"]: "LOC" for one in entry.get("activities", ()) if one.get("location")}
    names |= {date["raw"]: "DATE" for date in entry["dates"]}
    chars = manuscript.reading.chars
    found: list[Triple] = []
    for name, label in names.items():
        read = canonical(name, rulebook.forms)
        at = chars.find(read) if len(read) > 1 else -1
        while at >= 0:
            found.append((at, at + len(read), label))
            at = chars.find(read, at + 1)
    return longest(found)


def longest(found: list[Triple]) -> list[Triple]:
    """Of overlapping entities the longer one."""
    kept: list[Triple] = []
    for one in sorted(found, key=lambda triple: (triple[0] - triple[1], triple)):
        if all(one[1] <= a or b <= one[0] for a, b, _ in kept):
            kept.append(one)
    return sorted(kept)


def paragraphs(chars: str, found: list[Triple]) -> Iterator[tuple[str, list[Triple]]]:
    """Each line of a reading with its entities, offsets from the line's beginning."""
    start = 0
    for line in chars.split("\n"):
        end = start + len(line)
        inside = [(a - start, b - start, label) for a, b, label in found if start <= a and b <= end]
        if line:
            yield line, inside
        start = end + 1


def train(notices: list[tuple[str, list[Triple]]], epochs: int, folder: Path) -> None:
    """A pipeline of one recogniser, trained from nothing, written to ``folder``."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(7)
    nlp = spacy.blank("zh")
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 6,
            "embed_size": 4000,
            "window_size": 2,
            "maxout_pieces": 3,
            "subword_features": False,
        },
    }
    nlp.add_pipe("ner", config={"model": model})
    examples = []
    for text, found in notices:
        doc = nlp.make_doc(text)
        examples.append(Example.from_dict(doc, {"entities": found}))
    optimizer = nlp.initialize(lambda: examples)
    for epoch in range(epochs):
        random.Random(epoch).shuffle(examples)
        losses: dict[str, float] = {}
        for at in range(0, len(examples), 24):
            nlp.update(examples[at : at + 24], sgd=optimizer, losses=losses, drop=0.25)
        print(f"  epoch {epoch + 1}: loss {losses['ner']:.0f}", file=sys.stderr, flush=True)
    nlp.to_disk(folder)


def notice_of(gold: Gold, file: str, rulebook: Rulebook, settings: Settings) -> Notice:
    made = process(gold.paths()[file].read_bytes(), file, rulebook, settings)
    assert isinstance(made, Notice), made
    return made


def entities(mentions: tuple[Mention, ...], manuscript: Manuscript) -> set[Triple]:
    """Proposals as (start, end, label) of the reading."""
    labels = {"unit": "ORG", "contact": "PERSON", "region": "LOC", "date": "DATE"}
    index = manuscript.reading.index
    return {(index(m.span.start), index(m.span.end), labels[m.kind]) for m in mentions}


def tried(gold: Gold, folder: Path, rulebook: Rulebook) -> None:
    """Print the pipeline's own figures, then those of the rules without and with it."""
    counts: Counter[tuple[str, str]] = Counter()
    missed = found_again = 0
    alone, joined, firm = {}, {}, {}
    for entry in gold.entries:
        file = entry["file"]
        rules = notice_of(gold, file, rulebook, Settings())
        both = notice_of(gold, file, rulebook, Settings(ner=str(folder)))
        alone[file], joined[file] = to_record(rules), to_record(both)
        firm[file] = {**joined[file]}
        for table in ("units", "contacts", "dates"):
            old = [row["span"] if "span" in row else row["spans"][0] for row in alone[file][table]]
            firm[file][table] = [
                row
                for row in joined[file][table]
                if row["confidence"] >= 0.5 or (row["span"] if "span" in row else row["spans"][0]) in old
            ]
        proposals = propose(rules.manuscript, str(folder), rulebook)
        wanted = set(annotated(entry, rules.manuscript, rulebook))
        given = entities(proposals, rules.manuscript)
        for label in ("ORG", "PERSON", "LOC", "DATE"):
            w, g = ({one for one in side if one[2] == label} for side in (wanted, given))
            counts[label, "hit"] += len(w & g)
            counts[label, "gold"] += len(w)
            counts[label, "given"] += len(g)
        proposed = {plain(m.value.name) for m in proposals if isinstance(m.value, UnitName)}
        known = {plain(row["name"]) for row in alone[file]["units"]}
        for unit in entry["units"]:
            names = {plain(unit["name"]), *map(plain, unit.get("aliases", ()))}
            if not names & known:
                missed += 1
                found_again += bool(names & proposed)
    print(f"\n{gold.name}: {len(gold.entries)} notices")
    for label in ("ORG", "PERSON", "LOC", "DATE"):
        hit, total, given_ = (counts[label, key] for key in ("hit", "gold", "given"))
        p, r = hit / max(given_, 1), hit / max(total, 1)
        print(
            f"  pipeline alone  {label:7} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}  of {total}"
        )
    print(f"  bodies the rules miss: {missed}, of them proposed by the pipeline: {found_again}")
    ways = (("rules", alone), ("rules + pipeline, taken in cues", firm), ("rules + pipeline, all", joined))
    for name, records in ways:
        scores = score(gold, records)
        print(f"  {name:32}", "  ".join(f"{m} {figure(scores, m)}" for m in METRICS))


def figure(scores: Scores, metric: str) -> str:
    """P, R and F1 of one metric."""
    one = scores.metrics[metric]
    return f"{one.precision:.3f}/{one.recall:.3f}/{one.f1:.3f}"


def main(epochs: int, folder: Path | None) -> None:
    """Train, try, print."""
    rulebook = load_rulebook()
    split = json.loads((CORPUS.parent / "split.json").read_text(encoding="utf-8"))
    held = {f"{name}.txt" for name in split["held_back"]}
    everything = load_gold(CORPUS)
    seen = [entry for entry in everything.entries if entry["file"] not in held]
    lines: list[tuple[str, list[Triple]]] = []
    for entry in seen:
        manuscript = notice_of(everything, entry["file"], rulebook, Settings()).manuscript
        lines += paragraphs(manuscript.reading.chars, annotated(entry, manuscript, rulebook))
    print(
        f"{len(seen)} notices, {len(lines)} paragraphs, {sum(len(inside) for _, inside in lines)} entities, {epochs} epochs"
    )
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch) / "own"
        if not (folder and folder.is_dir()):
            train(lines, epochs, place)
        tried(load_gold(CORPUS, held), place, rulebook)
        if SHARED.is_dir():
            tried(load_gold(SHARED), place, rulebook)
        else:
            print("../shared/gold is not there: not tried on real notices")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
