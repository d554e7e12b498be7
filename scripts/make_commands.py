"""Make docs/commands.md from the parser of the command line.

usage: python scripts/make_commands.py
"""

import argparse
import os
from pathlib import Path

from extractor.cli.parser import build

COMMANDS = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# Commands

Every command and option, as `notice COMMAND --help` shows them (Chinese without `--lang en`). Made by
`scripts/make_commands.py`; a test compares.
"""


def commands() -> str:
    """The page: the help of ``notice`` and of each command, 100 columns wide."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "102"  # argparse leaves two columns free
    try:
        parser = build("en")
        parts = [HEAD, _part("notice", parser.format_help())]
        for action in parser._actions:  # noqa: SLF001 - argparse has no other way to its commands
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
                parts += [_part(f"notice {name}", one.format_help()) for name, one in action.choices.items()]
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return "\n".join(parts)


def _part(name: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.rstrip().splitlines())
    return f"## {name}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    COMMANDS.parent.mkdir(exist_ok=True)
    COMMANDS.write_text(commands(), encoding="utf-8")
    print(f"{COMMANDS.relative_to(Path.cwd()) if COMMANDS.is_relative_to(Path.cwd()) else COMMANDS}")
