"""Recall of every check on defects put into sound notices, and false alarms on the notices as they are.

usage: python benchmarks/injection.py [--seed N] [--each N] [--ways] [--misses] [--collateral]

The clean notices of corpus/ are damaged in every way extractor.injection knows; beside the checkout, ../shared/notices too
(real notices with faults of their own: only what the damage brings about is counted). A check passes with 0.98.
"""

import argparse
import sys
from pathlib import Path

from extractor.injection import WAYS, chosen, false_alarms, load_scenes, trials
from extractor.injection.report import by_code, collateral, misses, table
from extractor.rulebook import load_rulebook
from extractor.rulebook.cards import Cards

CHECKOUT = Path(__file__).resolve().parents[1]
TARGET = 0.98


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", type=int, default=1, help="places for each way and notice")
    parser.add_argument("--ways", action="store_true", help="a row for every way too")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--collateral", action="store_true")
    options = parser.parse_args()
    rules = load_rulebook()
    report_untried(rules.cards)
    for folder, every in ((CHECKOUT / "corpus/notices", False), (CHECKOUT.parent / "shared/notices", True)):
        if not folder.is_dir():
            print(f"{folder.parent.name}/{folder.name} is not there: not measured")
            continue
        scenes = load_scenes(folder, rules, every=every)
        done = list(trials(scenes, chosen(), seed=options.seed, each=options.each))
        print(f"== {folder.parent.name}/{folder.name}: {len(scenes)} notices, {len(chosen())} ways")
        sys.stdout.write(table(done, list(WAYS), ways=options.ways))
        short = [f"{code} {part.recall:.3f}" for code, part in by_code(done, list(WAYS)).items()
                 if part.recall is not None and part.recall < TARGET]  # fmt: skip
        print(f"below {TARGET}: {', '.join(short) or 'none'}")
        stray = sum(len(trial.elsewhere) for trial in done)
        beside = sum(len(trial.beside) for trial in done)
        print(f"errors and warnings the damage does not explain: {stray} elsewhere, {beside} on it")
        if not every:
            alarms = false_alarms(scenes)
            print(f"false alarms on the undamaged notices: {len(alarms)}")
            for name, finding in alarms:
                print(f"  {name}  {finding.code} {finding.severity} “{finding.quote}”")
        if options.misses:
            sys.stdout.write(misses(done))
        if options.collateral:
            sys.stdout.write(collateral(done))
    return 0


def report_untried(cards: Cards) -> None:
    """Checks no way is written for: those that need a second document, or look at the settings."""
    untried = [code for code in cards if code not in WAYS]
    print(
        f"no injection (they compare with another document or with waivers): {', '.join(untried) or 'none'}"
    )


if __name__ == "__main__":
    sys.exit(main())
