"""Bring README.md and docs/ up to date: the output of the commands they show, docs/commands.md, docs/checks.md,
docs/finding.svg.

usage: python scripts/make_docs.py

A block shown is preceded by a comment with its command; what follows in the next fenced block is replaced by its output:
    <!-- $ notice rules D01 | head -5 -->
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import make_checks_page
import make_commands
import make_finding_picture

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/使用说明.md", "docs/own-checks.md")
_BLOCK = re.compile(r"(<!-- \$ (?P<command>.+?) -->\n```\w*\n).*?(```\n)", re.DOTALL)


def shown(command: str) -> str:
    """What a shell at the top of the checkout prints for the command; ends the program where it fails."""
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in {0, 1, 141} or done.stderr:
        sys.exit(f"{command}: {done.stderr or done.returncode}")
    return f"$ {command}\n{done.stdout.rstrip()}\n"


def refreshed(page: str) -> str:
    """The page with every shown command's output as it is now."""
    return _BLOCK.sub(lambda block: block[1] + shown(block["command"]) + block[3], page)


if __name__ == "__main__":
    for name in PAGES:
        path = CHECKOUT / name
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
        print(name)
    make_checks_page.PAGE.write_text(make_checks_page.page(), encoding="utf-8")
    make_commands.COMMANDS.write_text(make_commands.commands(), encoding="utf-8")
    make_finding_picture.PICTURE.write_text(make_finding_picture.picture(), encoding="utf-8")
