"""A run into a folder: resumable, one outcome at a time, the tables at the end."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from extractor.batch.archives import unpacked
from extractor.batch.engine import Mapper
from extractor.batch.inputs import Inputs, Job
from extractor.batch.state import RunState, fingerprint
from extractor.batch.work import Outcome, Work
from extractor.schema import Failure
from extractor.store import write


class Report(Struct, frozen=True):
    """What a run into a folder came to. ``reused``: outcomes taken from an earlier run."""

    read: int
    failures: tuple[Failure, ...]
    reused: int
    findings: dict[str, int]
    rows: dict[str, int]
    files: tuple[Path, ...]


def run_to_folder(
    inputs: Inputs,
    folder: Path,
    formats: Sequence[str],
    mapper: Mapper,
    work: Work,
    *,
    again: bool = False,
    progress: Callable[[Outcome], None] | None = None,
) -> Report:
    """Read every file of ``inputs`` and write the tables of them all into ``folder``.

    Outcomes are kept in ``folder/run.sqlite`` one by one, so that an interrupted run goes on where it stopped; a file
    that has not changed, under rules and settings that have not, is not read again unless ``again``. The files of an
    archive are each a file of the run. ``progress`` is called for each file. ``StoreError`` when the folder cannot be
    written.
    """
    print_of_all = fingerprint(work)
    state = RunState(folder)
    failed: list[Failure] = []
    findings: Counter[str] = Counter()
    tally = Counter[str]()

    def take(outcome: Outcome) -> None:
        if isinstance(outcome, Failure):
            failed.append(outcome)
        else:
            tally["read"] += 1
            findings.update(finding["severity"] for finding in outcome["findings"])
        if progress is not None:
            progress(outcome)

    order: dict[str, int] = {}

    def due() -> Iterator[Job]:
        for job in unpacked(inputs.jobs, work.settings):
            order[job.name] = len(order)
            known = None if again else state.known(job, print_of_all)
            if known is None:
                yield job
            else:
                tally["reused"] += 1
                take(known)

    try:
        # Closed at once when interrupted, so that the workers are gone before this process is.
        with closing(mapper(due(), work)) as outcomes:
            for job, outcome in outcomes:
                state.put(job, print_of_all, outcome)
                take(outcome)

        def everything() -> Iterator[Outcome]:
            yield from state.outcomes(order)
            yield from inputs.failures

        rows, files = write(folder, formats, everything())
    finally:
        state.close()
    failed.sort(key=lambda failure: order.get(failure.path, len(order)))
    return Report(tally["read"], (*failed, *inputs.failures), tally["reused"], dict(findings), rows, files)
