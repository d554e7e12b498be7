"""Time expressions: ours, JioNLP, Recognizers-Text and dateparser over the sentences of tests/cases/time_expressions.yaml.

usage: python benchmarks/time_expressions.py [-v]

The peers run in .venv-bench (see benchmarks/requirements.txt); without it only ours is measured. Every system gets each
sentence with its reference date, and is scored by the same rules, meant to be fair to those that mark other edges:

- A span is right when it is the expected words; 自 从 于 至 截至 in front and 前 之前 止 起 以来 内 份, a weekday or （含） behind may
  be there or not, and several spans side by side may make up a list or a range.
- Its days are right, whatever its edges, when first and last day are those expected; a deadline may begin at any day, 起 and 以来 may stay open, 初 and 底
  may be longer or shorter, 24时 may be the next day, and of several readings offered one has to be right. Clock times are not
  compared.
- Days left open: of impossible and unfilled dates (4月31日, 20xx年xx月), those given no day.
- Spurious: a span with a day or a clock time where none is expected. Lengths (三个月) and recurrences are never spurious.

The sentences are the project's own, after the habits of the genre; no peer was tuned to them, ours was.
"""

import contextlib
import json
import re
import subprocess
import sys
import time
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
CASES = CHECKOUT / "tests" / "cases" / "time_expressions.yaml"
PEERS = CHECKOUT / ".venv-bench" / "bin" / "python"
ROUNDS = 3

# What a system says of one sentence: begin, end, pairs of first and last day (None: open), and whether it names a day or an
# hour at all (a length or a recurrence does not).
Reading = tuple[int, int, list[tuple[str | None, str | None]], bool]


def cases() -> list[dict[str, Any]]:
    """The sentences with their reference dates and what is expected, all as strings and lists."""
    import yaml

    made = []
    for group in yaml.safe_load(CASES.read_text(encoding="utf-8"))["groups"]:
        for case in group["cases"]:
            expected = []
            for raw, start, end, *rest in case["dates"]:
                more = rest[0] if rest else {}
                expected.append(
                    [
                        str(raw),
                        start and str(start),
                        end and str(end),
                        more.get("time"),
                        more.get("status", "ok"),
                    ]
                )
            period = [str(day) for day in case.get("period", ())] or [None, None]
            made.append(
                {
                    "text": case["text"],
                    "ref": str(case.get("ref", group["ref"])),
                    "period": period,
                    "expected": expected,
                }
            )
    return made


# -- the systems: each a function that reads one sentence


def ours() -> Callable[[str, str, list[str | None]], list[Reading]]:
    from extractor.entities import dates
    from extractor.model import DateParts, Document, Manuscript, Outline
    from extractor.resolve import calendar
    from extractor.rulebook import load_rulebook
    from extractor.text import read

    rulebook = load_rulebook()
    outline = Outline(())
    lengths = ("duration", "floating", "weekday")

    def find(text: str, ref: str, period: list[str | None]) -> list[Reading]:
        manuscript = Manuscript(Document("", "txt", text, (), ""), read(text, rulebook.forms), outline)
        found: list[Reading] = []
        for mention in dates.find(manuscript, rulebook):
            parts = mention.value
            assert isinstance(parts, DateParts)
            value = calendar.value(parts, int(ref[:4]), "reference", (period[0], period[1]), ref)
            days = [(value.start, value.end)]
            named = parts.anchor not in lengths or value.end is not None
            found.append((mention.span.start, mention.span.end, days, named))
        return found

    return find


def jionlp() -> Callable[[str, str, list[str | None]], list[Reading]]:
    import jionlp as jio

    def day(value: Any) -> str | None:
        match = re.match(r"(\d{4}-\d\d-\d\d)", str(value))
        return match.group(1) if match else None

    def find(text: str, ref: str, period: list[str | None]) -> list[Reading]:
        del period
        year, month, number = (int(piece) for piece in ref.split("-"))
        found: list[Reading] = []
        base = {"year": year, "month": month, "day": number}
        for hit in jio.ner.extract_time(text, time_base=base) or ():
            named = hit["type"] in ("time_point", "time_span")
            times = hit["detail"].get("time") if named else None
            pairs = (
                [(day(times[0]), day(times[1]))]
                if isinstance(times, list) and len(times) == 2
                else [(None, None)]
            )
            found.append((hit["offset"][0], hit["offset"][1], pairs, named))
        return found

    return find


def recognizers() -> Callable[[str, str, list[str | None]], list[Reading]]:
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_text import Culture

    model = DateTimeRecognizer(Culture.Chinese).get_datetime_model()

    def pairs(values: list[dict[str, str]]) -> Iterator[tuple[str | None, str | None]]:
        for value in values:
            if "start" in value or "end" in value:
                start, end = (value.get(key, "")[:10] or None for key in ("start", "end"))
                yield start, end
                with contextlib.suppress(ValueError, TypeError):
                    last = date.fromisoformat(str(end))
                    yield (
                        start,
                        (last - timedelta(days=1)).isoformat(),
                    )  # the end may be the day after the last,
                    if last.day == 1:  # or the first day of the last month or year
                        yield start, last.replace(day=monthrange(last.year, last.month)[1]).isoformat()
                        yield start, last.replace(month=12, day=31).isoformat()
            elif re.match(r"\d{4}-\d\d-\d\d", value.get("value", "")):
                yield value["value"][:10], value["value"][:10]
            else:
                yield None, None

    def find(text: str, ref: str, period: list[str | None]) -> list[Reading]:
        del period
        found: list[Reading] = []
        for hit in model.parse(text, datetime.fromisoformat(ref)):
            values = (hit.resolution or {}).get("values") or []
            named = hit.type_name.rpartition(".")[2] not in ("duration", "set")
            found.append((hit.start, hit.end + 1, list(pairs(values)) if named else [(None, None)], named))
        return found

    return find


def dateparser() -> Callable[[str, str, list[str | None]], list[Reading]]:
    from dateparser.search import search_dates

    def find(text: str, ref: str, period: list[str | None]) -> list[Reading]:
        del period
        found: list[Reading] = []
        at = 0
        settings = {"RELATIVE_BASE": datetime.fromisoformat(ref)}
        for words, when in search_dates(text, languages=["zh"], settings=settings) or ():
            begin = text.find(words, at)
            if begin < 0:
                continue
            at = begin + len(words)
            found.append((begin, at, [(when.date().isoformat(), when.date().isoformat())], True))
        return found

    return find


SYSTEMS: dict[str, Callable[[], Callable[[str, str, list[str | None]], list[Reading]]]] = {
    "ours": ours,
    "JioNLP": jionlp,
    "Recognizers-Text": recognizers,
    "dateparser": dateparser,
}


def run(name: str, given: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    """What a system reads in every sentence, and its characters a second (the fastest of the rounds)."""
    with contextlib.redirect_stdout(sys.stderr):
        find = SYSTEMS[name]()
        readings: list[list[Reading]] = []
        failed = 0
        for case in given:
            try:
                readings.append(find(case["text"], case["ref"], case["period"]))
            except Exception:  # noqa: BLE001 -- a sentence a system breaks on counts as read without result
                readings.append([])
                failed += 1
        best = 0.0
        for _ in range(rounds):
            start = time.perf_counter()
            for case in given:
                with contextlib.suppress(Exception):
                    find(case["text"], case["ref"], case["period"])
            best = max(best, sum(len(case["text"]) for case in given) / (time.perf_counter() - start))
    return {"readings": readings, "failed": failed, "speed": best}


# -- the score

_FRONT = re.compile(r"[\s自从于至到在定截止时间：:，,、。（(“\"]+")
_BACK = re.compile(
    r"(?:[\s，,。；;：:、）)”\"]|[（(]?含(?:当日|当天|本日)?[）)]|下班|之前|以前|之后|以后|以来|之内|以内|至今|为止|截止|开始|期间|[前后止起始内份间]|[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)+$"
)
_JOIN = re.compile(
    r"[\s、，,和及与至到起开始结束—–−\-－―~～（()）]*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?[\s至到—–−\-~～]*"
)


_WEEK_OF_MONTH = re.compile(r"第.周$")  # counted in more than one way: days are not compared
_OPEN = ("起", "以来", "来", "以后", "后", "始", "至今")


def core(text: str, begin: int, end: int) -> tuple[int, int]:
    """The edges of a span without the words that may be there or not."""
    words = text[begin:end]
    back = _BACK.search(words)
    if back and back.start():
        words = words[: back.start()]
    front = _FRONT.match(words)
    if front and front.end() < len(words):
        begin += front.end()
        words = words[front.end() :]
    return begin, begin + len(words)


def place(text: str, raw: str, at: int) -> tuple[int, int]:
    """Where the expected words (without blanks) stand in the text, from ``at`` on."""
    match = re.compile(r"\s*".join(map(re.escape, raw))).search(text, at)
    assert match, (text, raw)
    return match.span()


def days_right(
    expected: list[Any], pairs: list[tuple[str | None, str | None]], after: str, before: str
) -> bool:
    """Whether one of the readings gives the expected days."""
    start, end = expected[1], expected[2]
    for first, last in pairs:
        if start is None and (last == end or (last is None and first == end)):
            return True
        if end is None and first == start:
            return True
        if start is not None and first == start and (last == end or after.startswith(_OPEN)):
            return True
        if "初" in expected[0] and first == start and str(last)[:7] == str(end)[:7]:
            return True
        if re.search("[底末]", expected[0]) and last == end and (start == end or end[5:7] == "12"):
            return True
        if "24时" in expected[0] and last == (date.fromisoformat(end) + timedelta(days=1)).isoformat():
            return True
        if start == end and last == end and before.endswith(("截至", "截止", "截止到", "至", "到")):
            return True
    return False


def score(given: list[dict[str, Any]], result: dict[str, Any]) -> dict[str, Any]:
    """Counts over all sentences, and the sentences that went wrong."""
    made: dict[str, Any] = dict.fromkeys(
        (
            "spans",
            "of",
            "days",
            "of_days",
            "open",
            "of_open",
            "extra",
            "false",
            "false_in",
            "negatives",
            "whole",
        ),
        0,
    )
    wrong = made["wrong"] = []
    for case, found in zip(given, result["readings"], strict=True):
        text, at, faults = case["text"], 0, 0
        wanted = []
        for row in case["expected"]:
            begin, end = place(text, row[0], at)
            at = end
            wanted.append((row, begin, end, core(text, begin, end)))
        for row, begin, end, edges in wanted:
            inside = sorted(hit for hit in found if hit[0] < end and begin < hit[1])
            pairs, right = _matched(text, inside, edges)
            decided = (row[1] is not None or row[2] is not None) and not _WEEK_OF_MONTH.search(row[0])
            made["of"] += 1
            made["spans"] += right
            fault = not right
            if decided:
                made["of_days"] += 1
                around = text[end : end + 3], text[max(0, begin - 3) : begin]
                good = any(
                    days_right(row, offered, *around) for offered in (pairs, *(hit[2] for hit in inside))
                )
                made["days"] += good
                fault = fault or not good
            elif row[4] != "ok" and row[1] is None and row[2] is None:
                made["of_open"] += 1
                good = not any(first or last for hit in inside for first, last in hit[2])
                made["open"] += good
                fault = fault or not good
            faults += fault
        spurious = [
            hit
            for hit in found
            if hit[3] and not any(hit[0] < end and begin < hit[1] for _, begin, end, _ in wanted)
        ]
        made["extra"] += len(spurious) if wanted else 0
        made["negatives"] += not wanted
        made["false"] += 0 if wanted else len(spurious)
        made["false_in"] += bool(spurious) and not wanted
        made["whole"] += not faults and not spurious
        if faults or spurious:
            wrong.append((text, [(text[a:b], pairs) for a, b, pairs, _ in found]))
    return made


def _matched(
    text: str, inside: list[Reading], edges: tuple[int, int]
) -> tuple[list[tuple[str | None, str | None]], bool]:
    """The readings' days and whether their spans, alone or side by side, are the expected words."""
    for hit in inside:
        if core(text, hit[0], hit[1]) == edges:
            return hit[2], True
    if len(inside) < 2 or (core(text, *inside[0][:2])[0], core(text, *inside[-1][:2])[1]) != edges:
        return [], False
    for one, other in pairwise(inside):
        if one[1] > other[0] or not _JOIN.fullmatch(
            text[core(text, *one[:2])[1] : core(text, *other[:2])[0]]
        ):
            return [], False
    return [(first[0], last[1]) for first in inside[0][2] for last in inside[-1][2]], True


def share(count: int, of: int) -> str:
    return f"{count:4d} of {of:3d} {100 * count / of if of else 0:5.1f}%"


def main(verbose: bool) -> None:
    """Runs every system and prints one table."""
    given = cases()
    results = {"ours": run("ours", given, ROUNDS)}
    for name in [name for name in SYSTEMS if name != "ours"] if PEERS.exists() else []:
        call = [str(PEERS), __file__, "--peer", name]
        done = subprocess.run(call, input=json.dumps(given), capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: not measured ({done.stderr.strip().splitlines()[-1:]})")
        else:
            results[name] = json.loads(done.stdout)
    scores = {name: score(given, result) for name, result in results.items()}
    characters = sum(len(case["text"]) for case in given)
    negatives = scores["ours"]["negatives"]
    print(
        f"{len(given)} sentences ({negatives} without any time expression), {characters} characters, each with its reference date"
    )
    head = (
        "",
        "spans right",
        "days right",
        "left open",
        "spurious*",
        "spurious in negatives",
        "whole sentences",
        "chars/s",
        "x JioNLP",
    )
    rows = [head]
    base = results.get("JioNLP", {}).get("speed")
    for name, made in scores.items():
        speed = results[name]["speed"]
        rows.append(
            (
                name, share(made["spans"], made["of"]), share(made["days"], made["of_days"]), f"{made['open']} of {made['of_open']}",
                str(made["extra"]), f"{made['false']} in {made['false_in']} sentences", share(made["whole"], len(given)),
                f"{speed:,.0f}", f"{speed / base:.1f}" if base else "",
            )
        )  # fmt: skip
    widths = [max(len(row[k]) for row in rows) for k in range(len(head))]
    for row in rows:
        print(
            "  ".join(
                cell.ljust(width) if k == 0 else cell.rjust(width)
                for k, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )
    print(
        "* beside the expected expressions, in sentences that have some; left open: impossible or unfilled dates given no day"
    )
    for name, result in results.items():
        if result["failed"]:
            print(f"{name} broke on {result['failed']} sentences, counted as read without result")
    if len(results) == 1:
        print(
            "The peers are not installed: python3 -m venv .venv-bench && .venv-bench/bin/pip install -r benchmarks/requirements.txt"
        )
    if verbose:
        for name, made in scores.items():
            for text, found in made["wrong"]:
                print(name, repr(text), found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        print(json.dumps(run(sys.argv[2], json.load(sys.stdin), ROUNDS)))
    else:
        main("-v" in sys.argv[1:])
