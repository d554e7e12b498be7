"""Make corpus/notices/ and corpus/gold/ from corpus/marked/.

usage: python -m corpus.annotating [ID ...]     (from the checkout; all when no id is given)
       python -m corpus.annotating --table      the table of notices of corpus/README.md, from the gold

Exit status 1 when a file cannot be understood.
"""

import json
import sys
from pathlib import Path

from corpus.annotating.record import build

CORPUS = Path(__file__).parent.parent


def table() -> None:
    """One row a notice: id, campaign, region, year, traits, codes of the defects (errors and warnings)."""
    print("| id | campaign | region | year | traits | defects |\n|---|---|---|---|---|---|")
    for path in sorted((CORPUS / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        codes = [fault["code"] for fault in gold["inconsistencies"] if fault["severity"] != "info"]
        traits = "; ".join(x for x in gold["traits"] if x != "clean" and not x.startswith("defects"))
        region = (
            gold["region"]["province"] + (gold["region"]["city"] or "") + (gold["region"]["county"] or "")
        )
        row = (path.stem, gold["campaign"], region, gold["campaign_year"], traits, " ".join(codes) or "—")
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def main(wanted: list[str]) -> int:
    if "--table" in wanted:
        table()
        return 0
    status = 0
    for path in sorted((CORPUS / "marked").glob("*.txt")):
        if wanted and path.stem not in wanted:
            continue
        try:
            text, gold = build(path)
        except (ValueError, LookupError) as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            status = 1
            continue
        (CORPUS / "notices" / path.name).write_text(text, encoding="utf-8", newline="")
        shown = json.dumps(gold, ensure_ascii=False, indent=1)
        (CORPUS / "gold" / f"{path.stem}.json").write_text(shown + "\n", encoding="utf-8", newline="\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
