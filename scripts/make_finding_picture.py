"""Make docs/finding.svg: what `notice check` really prints about a notice of the corpus, in its colours.

usage: python scripts/make_finding_picture.py [NOTICE]

Each stretch of text is put at its own column, so that the marks stand under their words whatever font the reader has (the
SVG export of rich counts a Chinese character as one column). No font is fetched.
"""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from extractor.render.columns import width

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURE = CHECKOUT / "docs" / "finding.svg"
NOTICE = CHECKOUT / "corpus" / "notices" / "quality-month-2025-liaoyuan.txt"
COLUMNS, CELL, LINE, SIZE, EDGE = 102, 8.4, 20, 14, 16
FONTS = "'Sarasa Mono SC','Noto Sans Mono CJK SC','Microsoft YaHei Mono','DejaVu Sans Mono',Menlo,Consolas,monospace"
COLOURS = {"31": "#ff616e", "33": "#f0a45d", "36": "#4cd1e0", "32": "#8cc265"}
TEXT, FAINT, GROUND = "#dcdfe4", "#8b919e", "#1e2026"
_SIGN = re.compile(r"\x1b\[([\d;]*)m")
# Narrow and wide characters apart: their widths are set separately.
_STRETCH = re.compile(r"[\u0000-\u2e7f]+|[^\u0000-\u2e7f]+")


def stretches(line: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The coloured stretches of one line: first column, text, ANSI signs in force."""
    column, signs = 0, ()
    for place, part in enumerate(_SIGN.split(line)):
        if place % 2:
            signs = () if part in {"", "0"} else tuple(part.split(";"))
            continue
        for text in _STRETCH.findall(part):
            yield column, text, signs
            column += width(text)


def element(row: int, column: int, text: str, signs: tuple[str, ...]) -> str:
    """One stretch as SVG, exactly as wide as its columns."""
    if not text.strip():
        return ""
    kept = text.lstrip()
    column += width(text) - width(kept)
    kept = kept.rstrip()
    fill = next((COLOURS[sign] for sign in signs if sign in COLOURS), FAINT if "2" in signs else TEXT)
    weight = ' font-weight="bold"' if "1" in signs else ""
    x, y = EDGE + column * CELL, EDGE + 26 + row * LINE
    length = f'textLength="{width(kept) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x:.1f}" y="{y}" fill="{fill}"{weight} {length} xml:space="preserve">{html.escape(kept)}</text>'


def picture(notice: Path = NOTICE) -> str:
    """The terminal's output as SVG."""
    command = [sys.executable, "-m", "extractor", "check", notice.name, "--color", "always"]
    done = subprocess.run(command, cwd=notice.parent, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        sys.exit(done.stderr)
    lines = [f"$ notice check {notice.name}", "", *done.stdout.rstrip().splitlines()]
    wide, high = EDGE * 2 + COLUMNS * CELL, EDGE * 2 + 16 + len(lines) * LINE
    body = [element(row, *one) for row, line in enumerate(lines) for one in stretches(line)]
    size = f'viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" font-size="{SIZE}">'
    title = f"<title>notice check {notice.name}</title>"
    ground = f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>'
    return "\n".join([head, title, ground, *(one for one in body if one), "</svg>\n"])


if __name__ == "__main__":
    PICTURE.write_text(picture(Path(sys.argv[1]) if len(sys.argv) > 1 else NOTICE), encoding="utf-8")
    print(PICTURE.relative_to(CHECKOUT))
