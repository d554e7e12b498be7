"""Traditional characters and the simplified ones they are matched as (rules/traditional.tsv)."""

from pathlib import Path

from extractor.errors import RuleError


def load_characters(folder: Path) -> dict[int, str]:
    """A table for ``str.translate``: one character to one character."""
    path = folder / "traditional.tsv"
    table: dict[int, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        traditional, _, simplified = line.partition("\t")
        if len(traditional) != 1 or len(simplified) != 1:
            raise RuleError(f"{path}:{number}: one character, a tab, one character expected")
        table[ord(traditional)] = simplified
    return table
