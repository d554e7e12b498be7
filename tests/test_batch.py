"""Many files: found in order, each at its own risk, kept at once, resumed."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from made_archives import tarred, zipped
from made_docx import make_docx, para
from made_notices import CLEAN, WRONG, fill
from msgspec.structs import replace

from extractor.batch import Job, Outcome, Work, expected, find_inputs, in_process, mapper_for, pool, unpacked
from extractor.batch.inputs import shown
from extractor.batch.run import Report, run_to_folder
from extractor.errors import UsageError
from extractor.model import Manuscript
from extractor.schema import Failure, Resolved
from extractor.settings import Limits, Settings

WORK = Work(Settings())


def names(inputs: object) -> list[str]:
    return [Path(job.name).name for job in inputs.jobs]  # type: ignore[attr-defined]


# -- which files


def test_folders_are_looked_through_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        ".hidden.txt",
        ".git/x.txt",
        "~$open.docx",
        "Thumbs.db",
        "c.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(CLEAN, encoding="utf-8")
    inputs = find_inputs([tmp_path, tmp_path / "c.txt"])
    assert [Path(job.name).relative_to(tmp_path).as_posix() for job in inputs.jobs] == [
        "b.txt",
        "c.txt",
        "a/1.txt",
        "a/2.txt",
    ]
    assert (inputs.failures, inputs.left_out) == ((), ())


def test_results_are_no_notices(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    out = tmp_path / "out"
    run_to_folder(find_inputs([tmp_path], out), out, ["csv"], in_process, WORK)
    assert names(find_inputs([tmp_path], out)) == ["0000.txt"]
    assert names(find_inputs([tmp_path])) == ["0000.txt"], "told by its run.sqlite"
    assert find_inputs([out]).jobs == ()


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    fill(outside, 1)
    inside = tmp_path / "inside"
    fill(inside, 1)
    (inside / "file.txt").symlink_to(outside / "0000.txt")
    (inside / "again.txt").symlink_to(inside / "0000.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    inputs = find_inputs([inside])
    assert names(inputs) == ["0000.txt"]
    assert sorted(Path(path).name for path, _ in inputs.left_out) == ["file.txt", "folder", "loop"]
    assert names(find_inputs([inside / "file.txt"])) == ["file.txt"], "named by the user, followed"


def test_a_file_goes_by_its_own_name_not_by_that_of_a_link(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    (tmp_path / "0000-link.txt").symlink_to(tmp_path / "0002.txt")
    (tmp_path / "z-link.txt").symlink_to(tmp_path / "0001.txt")
    assert names(find_inputs([tmp_path])) == ["0000.txt", "0001.txt", "0002.txt"]
    assert names(find_inputs([tmp_path / "z-link.txt", tmp_path / "0001.txt"])) == ["0001.txt"]
    (tmp_path / "0002.txt").rename(tmp_path / ".0002.txt")
    (tmp_path / "0000-link.txt").unlink()
    (tmp_path / "0000-link.txt").symlink_to(tmp_path / ".0002.txt")
    assert names(find_inputs([tmp_path])) == ["0000-link.txt", "0000.txt", "0001.txt"]


def test_what_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    inputs = find_inputs([tmp_path / "absent", tmp_path / "empty"])
    assert [failure.reason for failure in inputs.failures] == ["not-found", "no-notices"]
    (job,) = find_inputs([tmp_path]).jobs or [None]
    assert job is None or WORK(job).reason == "not-found"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name", ["通知.txt", "关于开展活动的通知.docx", "a/re\u0301sume\u0301.txt", "Příloha.txt"]
)
def test_names_in_other_encodings_are_shown(name: str) -> None:
    assert shown(Path(name)) == name
    try:
        gbk = name.encode("gbk")
    except UnicodeEncodeError:
        return
    assert shown(Path(os.fsdecode(gbk))) == name


# -- one file


def test_outcomes_of_one_file(tmp_path: Path) -> None:
    (good,) = fill(tmp_path, 1)
    (tmp_path / "empty.txt").write_bytes(b"")
    record = WORK(Job(good, "x"))
    assert isinstance(record, dict)
    assert record["theme"] == "惜水护水，从我做起"
    empty = WORK(Job(tmp_path / "empty.txt", "e"))
    assert isinstance(empty, Failure)
    assert (empty.reason, empty.path, len(empty.sha256 or "")) == ("empty", "e", 64)
    missing = WORK(Job(tmp_path / "no", "n"))
    assert isinstance(missing, Failure)
    assert missing.reason == "not-found"
    small = Work(Settings(limits=Limits(file_bytes=10)))(Job(good, "x"))
    assert isinstance(small, Failure)
    assert small.reason == "too-large"


def test_a_defect_of_ours_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.batch import work

    def broken(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(work, "process", broken)
    (path,) = fill(tmp_path, 1)
    outcome = WORK(Job(path, "x"))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "internal"
    assert "KeyError: 'oops'，test_batch.py:" in outcome.message


def test_a_defect_of_ours_costs_one_file_of_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import pipeline

    whole = pipeline.resolve

    def broken(manuscript: Manuscript, *rest: Any) -> Resolved:
        if "0003" in manuscript.document.name:
            raise KeyError("oops")
        return whole(manuscript, *rest)

    jobs = find_inputs(fill(tmp_path, 9)).jobs
    told = [job.name for job in jobs if "0003" in job.name]
    sound = WORK.all(jobs)
    monkeypatch.setattr(pipeline, "resolve", broken)
    outcomes = WORK.all(jobs)
    assert [job.name for job, one in zip(jobs, outcomes, strict=True) if isinstance(one, Failure)] == told
    assert [one for one in outcomes if not isinstance(one, Failure)] == [
        one for job, one in zip(jobs, sound, strict=True) if job.name not in told
    ]


def test_a_block_gives_what_its_files_give(tmp_path: Path) -> None:
    paths = fill(tmp_path, 5)
    paths[1].write_bytes(b"")
    paths[3].write_text("qa:ignore Q99\n" + paths[3].read_text(encoding="utf-8"), encoding="utf-8")
    jobs = (*find_inputs(paths).jobs, Job(tmp_path / "gone.txt", "gone.txt"))
    outcomes = WORK.all(jobs)
    assert outcomes == [WORK(job) for job in jobs]
    assert [one.reason for one in outcomes if isinstance(one, Failure)] == ["empty", "waiver", "not-found"]


# -- many files


class Trouble(Work, frozen=True):
    """Work that comes to grief over files with telling names."""

    def all(self, jobs: Sequence[Job]) -> list[Outcome]:
        names = {job.path.stem for job in jobs}
        if "crash" in names:
            os.kill(os.getpid(), signal.SIGKILL)
        if "slow" in names:
            time.sleep(60)
        if "greedy" in names:
            return [{"size": len(bytearray(6 << 30))}]
        return Work.all(self, jobs)


TROUBLE = Trouble(Settings(limits=replace(Limits(), seconds=2.0)))


def test_pool_gives_what_one_process_gives(tmp_path: Path) -> None:
    jobs = find_inputs(fill(tmp_path, 9)).jobs
    assert list(pool(2)(jobs, WORK)) == list(in_process(jobs, WORK))


def test_small_files_are_taken_together_and_big_ones_alone(tmp_path: Path) -> None:
    paths = fill(tmp_path, 22)
    paths[2].write_text(CLEAN + " " * 500_000, encoding="utf-8")
    taken: list[int] = []

    class Counted(Work, frozen=True):
        def all(self, jobs: Sequence[Job]) -> list[Outcome]:
            taken.append(len(jobs))
            return Work.all(self, jobs)

    jobs = find_inputs(paths).jobs
    assert [job for job, _ in in_process(jobs, Counted(Settings()))] == list(jobs)
    assert taken == [2, 1, 16, 3]


@pytest.mark.slow
def test_a_bad_file_costs_only_itself(tmp_path: Path) -> None:
    paths = fill(tmp_path, 70)
    for place, name in ((3, "crash"), (20, "slow"), (40, "greedy")):
        paths[place] = paths[place].rename(tmp_path / f"{name}.txt")
    jobs = find_inputs(paths).jobs
    outcomes = list(pool(2)(jobs, TROUBLE))
    assert [job for job, _ in outcomes] == list(jobs)
    failed = {job.path.stem: outcome.reason for job, outcome in outcomes if isinstance(outcome, Failure)}
    assert failed == {"crash": "crashed", "slow": "timeout", "greedy": "too-large"}


def test_mapper_by_size() -> None:
    assert mapper_for(3) is in_process
    assert mapper_for(1000, 1) is in_process
    assert mapper_for(3, 2) is not in_process


# -- into a folder


def tables(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.glob("*.*"))
        if path.suffix in {".csv", ".jsonl"}
    }


def run(folder: Path, out: Path, again: bool = False) -> Report:
    return run_to_folder(find_inputs([folder], out), out, ["jsonl", "csv"], in_process, WORK, again=again)


def test_second_run_reads_only_what_changed(tmp_path: Path) -> None:
    paths = fill(tmp_path / "in", 6)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    out = tmp_path / "out"
    first = run(tmp_path / "in", out)
    assert (first.read, len(first.failures), first.reused) == (6, 1, 0)
    assert first.findings["error"] == 2
    before = tables(out)
    second = run(tmp_path / "in", out)
    assert (second.read, len(second.failures), second.reused) == (6, 1, 7)
    assert second.findings == first.findings
    assert tables(out) == before
    paths[0].write_text(WRONG, encoding="utf-8")
    third = run(tmp_path / "in", out)
    assert (third.reused, third.findings["error"]) == (6, 3)
    assert run(tmp_path / "in", out, again=True).reused == 0
    paths[1].unlink()
    assert run(tmp_path / "in", out).read == 5
    assert (tmp_path / "in/0001.txt").as_posix() not in (out / "notices.csv").read_text(encoding="utf-8-sig")


def test_other_settings_read_again(tmp_path: Path) -> None:
    fill(tmp_path / "in", 3)
    out = tmp_path / "out"
    run(tmp_path / "in", out)
    inputs = find_inputs([tmp_path / "in"])
    other = Work(Settings(ignore=("D01",)))
    report = run_to_folder(inputs, out, ["csv"], in_process, other)
    assert (report.reused, report.findings.get("error", 0)) == (0, 0)


def test_interrupted_run_goes_on(tmp_path: Path) -> None:
    fill(tmp_path / "in", 6)
    out = tmp_path / "out"
    inputs = find_inputs([tmp_path / "in"])
    seen = 0

    def stop(outcome: Outcome) -> None:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_to_folder(inputs, out, ["csv"], in_process, WORK, progress=stop)
    assert not list(out.glob("*.csv"))
    assert run(tmp_path / "in", out).reused == 4


def test_two_runs_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    from extractor.batch.state import RunState

    state = RunState(tmp_path)
    with pytest.raises(UsageError, match="另一个"):
        RunState(tmp_path)
    state.close()
    RunState(tmp_path).close()


# -- archives


def in_archives(tmp_path: Path) -> Path:
    """A folder of eight notices: two loose, a zip with three (one in a zip) and two that cannot be read, a tgz, a gz."""
    folder = tmp_path / "in"
    paths = fill(folder, 8)
    with zipfile.ZipFile(folder / "b.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.write(paths[0], "甲/1.txt")
        package.writestr("甲/bomb.txt", bytes(30_000_000))
        package.writestr("../climbs.txt", CLEAN)
        package.writestr("甲/2.docx", make_docx([para(text) for text in CLEAN.split("\n")]))
        package.writestr("inner.zip", zipped({"3.txt": paths[1].read_bytes()}))
    with tarfile.open(folder / "c.tgz", "w:gz") as package:
        for place in (2, 3):
            package.add(paths[place], f"./{place}.txt")
    (folder / "d.txt.gz").write_bytes(gzip.compress(paths[4].read_bytes()))
    for path in paths[:6]:
        path.unlink()
    return folder


MEMBERS = [
    "0006.txt",
    "0007.txt",
    "b.zip/甲/1.txt",
    "b.zip/甲/bomb.txt",
    "b.zip/../climbs.txt",
    "b.zip/甲/2.docx",
    "b.zip/inner.zip/3.txt",
    "c.tgz/2.txt",
    "c.tgz/3.txt",
    "d.txt.gz/d.txt",
]


def test_files_in_archives_are_jobs_of_their_own(tmp_path: Path) -> None:
    folder = in_archives(tmp_path)
    found = find_inputs([folder]).jobs
    jobs = list(unpacked(found, WORK.settings))
    assert [job.name for job in jobs] == [f"{shown(folder)}/{name}" for name in MEMBERS]
    assert [job.path for job in jobs] == [folder / name for name in MEMBERS]
    assert [job.packed for job in jobs] == [False] * 2 + [True] * 8
    assert expected(found) >= len(found)
    assert expected([Job(folder / "b.zip", "b")]) == 5


def test_files_in_archives_have_outcomes_and_failures_of_their_own(tmp_path: Path) -> None:
    folder = in_archives(tmp_path)
    out = tmp_path / "out"
    report = run(folder, out)
    assert (report.read, report.reused) == (8, 0)
    failed = {failure.path.removeprefix(f"{shown(folder)}/"): failure.reason for failure in report.failures}
    assert failed == {"b.zip/甲/bomb.txt": "too-large", "b.zip/../climbs.txt": "unsafe"}
    records = [json.loads(line) for line in (out / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    read = [name for name in MEMBERS if name not in failed]
    assert [record["source"]["path"] for record in records] == [f"{shown(folder)}/{name}" for name in read]
    assert [record["source"]["format"] for record in records] == [
        "docx" if name.endswith("docx") else "txt" for name in read
    ]
    assert len({record["notice_id"] for record in records}) == 8
    before = tables(out)
    again = run(folder, out)
    assert (again.read, again.reused) == (8, 8)
    assert tables(out) == before


def test_only_what_changed_in_an_archive_is_read_again(tmp_path: Path) -> None:
    texts = {f"{place}.txt": CLEAN.replace("青禾", f"青禾{place}").encode() for place in range(5)}
    (tmp_path / "in").mkdir()
    archive = tmp_path / "in/a.zip"
    archive.write_bytes(zipped(texts))
    run(tmp_path / "in", tmp_path / "out")
    archive.write_bytes(zipped({**texts, "1.txt": WRONG.encode(), "5.txt": CLEAN.encode()}))
    report = run(tmp_path / "in", tmp_path / "out")
    assert (report.read, report.reused) == (6, 4)


def test_an_archive_that_breaks_off_costs_what_is_behind(tmp_path: Path) -> None:
    packed = tarred({f"{place}.txt": CLEAN.replace("青禾", f"青禾{place}").encode() for place in range(5)})
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.tar").write_bytes(packed[: packed.index(b"3.txt") + 600])
    (tmp_path / "in/b.zip").write_bytes(zipped({"1.txt": CLEAN.encode()})[:100])
    (tmp_path / "in/c.zip").write_bytes(zipped({}))
    report = run(tmp_path / "in", tmp_path / "out")
    assert report.read == 3
    assert {Path(failure.path).name: failure.reason for failure in report.failures} == {
        "a.tar": "damaged",
        "b.zip": "damaged",
        "c.zip": "no-text",
    }


def test_pool_holds_little_of_an_archive_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.batch import engine

    monkeypatch.setattr(engine, "_HELD", 10_000)
    monkeypatch.setattr(engine, "_BLOCK_BYTES", 5_000)
    page = CLEAN.encode() + b" " * 4_000
    (tmp_path / "a.zip").write_bytes(zipped({f"{place}.txt": page for place in range(12)}))
    taken = 0

    def counted() -> Iterator[Job]:
        nonlocal taken
        for job in unpacked([Job(tmp_path / "a.zip", "a.zip")], WORK.settings):
            taken += 1
            yield job

    ahead = [taken - place for place, _ in enumerate(pool(2)(counted(), WORK))]
    assert len(ahead) == 12
    assert max(ahead) <= 4


def rows_in(state: Path) -> int:
    try:
        with sqlite3.connect(f"file:{state}?mode=ro", uri=True) as base:
            return int(base.execute("SELECT count(*) FROM outcomes").fetchone()[0])
    except sqlite3.Error:
        return 0


def children(pid: int) -> set[int]:
    """All processes below one, by /proc."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            for child in map(int, task.read_text().split()):
                found.add(child)
                waiting.append(child)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT])
def test_killed_run_loses_nothing_written(tmp_path: Path, with_signal: signal.Signals, packed: bool) -> None:
    paths = fill(tmp_path / "in", 1000)
    if packed:
        with tarfile.open(tmp_path / "in/notices.tgz", "w:gz") as package:
            for path in paths:
                package.add(path, path.name)
                path.unlink()
    out, whole = tmp_path / "out", tmp_path / "whole"
    command = [
        sys.executable,
        "-m",
        "extractor",
        "extract",
        "in",
        "--format",
        "jsonl,csv",
        "--workers",
        "2",
        "-o",
    ]
    victim = subprocess.Popen(
        [*command, "out"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while rows_in(out / "run.sqlite") < 30 and time.monotonic() < deadline and victim.poll() is None:
        time.sleep(0.01)
    below = children(victim.pid)
    assert below, "no workers"
    victim.send_signal(with_signal)
    _, complaints = victim.communicate(timeout=30)
    kept = rows_in(out / "run.sqlite")
    assert 30 <= kept < 1000
    assert not list(out.glob("*.csv"))
    if with_signal == signal.SIGINT:
        assert victim.returncode == 130
        assert "已中断" in complaints
        assert "Traceback" not in complaints
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in below):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in below), "workers left behind"
    done = subprocess.run([*command, "out"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"其中 {kept} 份沿用上次结果" in done.stdout
    subprocess.run([*command, "whole"], cwd=tmp_path, capture_output=True, check=True)
    assert tables(out) == tables(whole)
    assert (
        len([json.loads(line) for line in (out / "records.jsonl").read_text(encoding="utf-8").splitlines()])
        == 1000
    )
