"""``python -m fuzz.run [READER…] [--count N] [--seed S]``: mutated files against the readers, in a watched child process.

A failure is anything but a result or a ``ReadError``: another exception, a crash, more than ``--seconds`` for one file, more
memory than ``--memory``. The file that did it is kept in outputs/fuzz/ and its number is printed: the same seed makes it again.
"""

import argparse
import queue
import random
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

from extractor.errors import ReadError
from fuzz.mutations import mutate
from fuzz.targets import TARGETS

_KEPT = Path("outputs/fuzz")


class TooSlow(Exception):
    """One file took longer than its limit."""


def made(seeds: tuple[bytes, ...], seed: int, number: int) -> bytes:
    """The broken file with this number."""
    chance = random.Random(f"{seed}/{number}")
    raw = mutate(chance.choice(seeds), chance)
    while chance.random() < 0.2:
        raw = mutate(raw, chance)
    return raw


def child(reader: str, seed: int, first: int, count: int, seconds: float, memory: int) -> None:
    """Try files one after the other; tell the parent the number of each before it is tried."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    def too_slow(_signal: int, _frame: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, too_slow)
    target = TARGETS[reader]()
    for number in range(first, first + count):
        print(number, flush=True)
        raw = made(target.seeds, seed, number)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            target.read(raw)
            print("+", flush=True)
        except ReadError:
            pass
        except BaseException as error:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if isinstance(error, KeyboardInterrupt):
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(
                f"! {number} {type(error).__name__}: {str(error)[:200]} ({Path(where.filename).name}:{where.lineno})",
                flush=True,
            )
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    print("done", flush=True)


def fuzz(reader: str, seed: int, count: int, seconds: float, memory: int) -> tuple[int, list[str]]:
    """How many files could be read in spite of all, and the failures. A child that dies is followed by another."""
    failures: list[str] = []
    sound = 0
    number = -1
    while number + 1 < count:
        first = number + 1
        command = [
            sys.executable,
            "-m",
            "fuzz.run",
            reader,
            "--child",
            "--first",
            str(first),
            "--count",
            str(count - first),
        ]
        command += ["--seed", str(seed), "--seconds", str(seconds), "--memory", str(memory)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
        line = "started"
        while line not in ("done", "end"):
            try:
                line = lines.get(timeout=4 * seconds + 20)
            except queue.Empty:
                failures.append(f"{reader} {number} hangs")
                process.kill()
                break
            if line.isdigit():
                number = int(line)
            elif line == "+":
                sound += 1
            elif line.startswith("! "):
                failures.append(f"{reader} {line[2:]}")
        process.wait()
        if line == "done":
            break
        if line == "end":
            failures.append(f"{reader} {number} the process ended with {process.returncode}")
        if number < first:
            break  # it cannot even start
    return sound, failures


def _listen(process: "subprocess.Popen[str]", lines: "queue.Queue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line.strip())
    lines.put("end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", default=[], metavar="READER", help=", ".join(TARGETS))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--memory", type=int, default=3_000_000_000, help="bytes of address space")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--child", action="store_true")
    given = parser.parse_args()
    if given.child:
        child(given.readers[0], given.seed, given.first, given.count, given.seconds, given.memory)
        return 0
    worst = 0
    for reader in given.readers or TARGETS:
        begun = time.monotonic()
        sound, failures = fuzz(reader, given.seed, given.count, given.seconds, given.memory)
        refused, took = given.count - sound - len(failures), time.monotonic() - begun
        print(
            f"{reader:8} {given.count} files: {sound} read, {refused} refused, {len(failures)} failures, {took:.0f} s",
            flush=True,
        )
        for failure in failures[:20]:
            print("  " + failure)
            number = int(failure.split()[1])
            _KEPT.mkdir(parents=True, exist_ok=True)
            (_KEPT / f"{reader}-{given.seed}-{number}").write_bytes(
                made(TARGETS[reader]().seeds, given.seed, number)
            )
        worst = max(worst, bool(failures))
    return worst


if __name__ == "__main__":
    sys.exit(main())
