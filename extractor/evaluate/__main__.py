"""``python -m extractor.evaluate RECORDS.jsonl GOLD [--json FILE] [--previous FILE] [--lang zh|en] [--fields A,B] [--brief]``."""

import argparse
import json
import sys
from pathlib import Path

from extractor.errors import NoticeError
from extractor.evaluate import read_records, run


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m extractor.evaluate", description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", type=Path, help="save the scores here")
    parser.add_argument("--previous", type=Path, help="scores saved by an earlier run")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--fields", default="", help="only metrics that begin so: sections,dates")
    parser.add_argument("--brief", action="store_true", help="no list of misses")
    options = parser.parse_args(argv)
    try:
        previous = json.loads(options.previous.read_text(encoding="utf-8")) if options.previous else None
        report, values = run(
            options.gold,
            read_records(options.records),
            lang=options.lang,
            fields=[name for name in options.fields.split(",") if name],
            previous=previous,
            misses=not options.brief,
        )
        if options.json:
            options.json.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (NoticeError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.write(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
