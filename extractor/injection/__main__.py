"""``python -m extractor.injection NOTICE_DIR [--codes D01,A] [--seed N] [--each N] [--every] [--misses] [--collateral]``."""

import argparse
import sys
from pathlib import Path

from extractor.errors import NoticeError
from extractor.injection import WAYS, chosen
from extractor.injection.measure import false_alarms, load_scenes, trials
from extractor.injection.report import collateral, misses, table
from extractor.rulebook import load_rulebook


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m extractor.injection",
        description="Puts the defect of every check into clean notices and counts which are found.",
    )
    parser.add_argument("notices", type=Path, help="a folder of .txt notices")
    parser.add_argument("--codes", default="", help="only these checks, or those that begin so: D01,T")
    parser.add_argument("--seed", type=int, default=0, help="draws the places (default 0)")
    parser.add_argument("--each", type=int, default=1, help="places for each way and notice (default 1)")
    parser.add_argument("--every", action="store_true", help="notices with known defects too")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    parser.add_argument(
        "--collateral", action="store_true", help="list errors and warnings that came up beside"
    )
    options = parser.parse_args(argv)
    try:
        ways = chosen([code for code in options.codes.split(",") if code])
        scenes = load_scenes(options.notices, load_rulebook(), every=options.every)
    except NoticeError as error:
        print(error, file=sys.stderr)
        return 2
    done = list(trials(scenes, ways, seed=options.seed, each=options.each))
    codes = [code for code in WAYS if any(way.code == code for way in ways)]
    sys.stdout.write(table(done, codes))
    if options.misses:
        sys.stdout.write(misses(done))
    if options.collateral:
        sys.stdout.write(collateral(done))
    for name, finding in false_alarms(scenes):
        print(f"alarm   {name}  {finding.code} {finding.severity} “{finding.quote}”")
    return 0


if __name__ == "__main__":
    sys.exit(main())
