"""From the shell to the answer: `notice check one.docx` against `python -c "import docx"`, and `notice --help`.

usage: python benchmarks/cold_start.py [ROUNDS]

A new process each time; the commands take turns. What a shell and a person wait for, files in the system's cache. Bytecode
is kept, as it is after any installation (the first, uncounted round writes it where that is forbidden by the environment).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from text_path import table

DRAFT = """青禾县节约用水办公室关于开展2031年节约用水宣传周活动的通知
各乡镇人民政府，县直各有关单位：
现将2031年节约用水宣传周活动有关事项通知如下。
一、活动时间
2031年5月11日至17日
二、活动主题
惜水护水，从我做起
三、工作要求
请各单位于2030年5月25日前将活动总结报县节约用水办公室。
青禾县节约用水办公室
2031年4月22日"""


def draft(folder: Path) -> Path:
    """The DOCX to check: one of the corpus, else one made here."""
    ready = sorted((CHECKOUT / "corpus" / "formats").glob("*.docx"))
    if ready:
        return ready[0]
    import docx

    document = docx.Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    path = folder / "one.docx"
    document.save(str(path))
    return path


def timed(command: Sequence[str | Path]) -> float:
    """Milliseconds from start to end; a wrong exit code ends the benchmark."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    taken = (time.perf_counter() - start) * 1000
    if done.returncode not in {0, 1}:
        sys.exit(f"{command}: {done.stderr.decode(errors='replace')}")
    return taken


def main(rounds: int) -> None:
    """Measure and print."""
    notice = Path(sys.executable).with_name("notice")
    with tempfile.TemporaryDirectory() as folder:
        one = draft(Path(folder))
        commands: dict[str, list[str | Path]] = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "notice --help": [notice, "--help"],
            'python -c "import docx"': [sys.executable, "-c", "import docx"],
            "notice check one.docx": [notice, "check", one],
        }
        for command in commands.values():
            timed(command)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(timed(command))
    print(f"{one.name}, {rounds} rounds in turns")
    table(list(taken.items()), "ms")
    pairs = zip(taken["notice check one.docx"], taken['python -c "import docx"'], strict=True)
    ratios = [ours / theirs for ours, theirs in pairs]
    table([("notice check / import docx", ratios)], "times")
    print(f"allowed: 3.00; median {median(ratios):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
