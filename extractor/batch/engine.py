"""Ways to map the work over many files. Each is a ``Mapper``: outcomes come in the order of the jobs."""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

from extractor.batch.inputs import Job
from extractor.batch.work import Outcome, Work, internal
from extractor.schema import Failure

Mapper = Callable[[Iterable[Job], Work], Generator[tuple[Job, Outcome], None, None]]

TOGETHER = 16
"""Files taken together at most."""
# ... and so many bytes: a big file is slow and stands alone.
_BLOCK_BYTES = 400_000
# Blocks handed out ahead of the one whose outcome is due, for each worker: a slow file does not stop the others.
_AHEAD = 8
# Bytes of files in archives that are held for the workers: one more file is handed out above that.
_HELD = 64_000_000
# Address space of a worker, bytes. The OCR engine alone reserves more than 1 GB.
_MEMORY = 4 << 30


def in_process(jobs: Iterable[Job], work: Work) -> Generator[tuple[Job, Outcome], None, None]:
    """One block after the other, here. No time limit: whoever waits can interrupt."""
    for block in _blocks(jobs):
        yield from zip(block, work.all(block), strict=True)


def _blocks(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    """The jobs in their order, those of small files together."""
    block: list[Job] = []
    held = 0
    for job in jobs:
        size = _size(job)
        if block and (len(block) >= TOGETHER or held + size > _BLOCK_BYTES):
            yield tuple(block)
            block, held = [], 0
        block.append(job)
        held += size
    if block:
        yield tuple(block)


def _size(job: Job) -> int:
    """The bytes of a file, 0 where that cannot be told."""
    if job.packed:
        return job.size
    try:
        return job.path.stat().st_size
    except OSError:
        return 0


def pool(workers: int) -> Mapper:
    """``workers`` processes, one task a block of files, with a time limit and a memory limit each.

    A file that crashes its worker or keeps it too long costs only itself: the files of its block are read again one by
    one, and its outcome is a failure.
    """

    def mapped(jobs: Iterable[Job], work: Work) -> Generator[tuple[Job, Outcome], None, None]:
        import multiprocessing

        from pebble import ProcessPool

        seconds = work.settings.limits.seconds
        # Workers come from a clean server process: forking one that runs threads, as the pool does, may hang.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            # Loaded once, by the server; a worker that has to be replaced is ready at once.
            context.set_forkserver_preload(["extractor.batch.work"])
        processes = ProcessPool(max_workers=workers, initializer=_start, initargs=(work,), context=context)

        def task(block: tuple[Job, ...]) -> Any:
            return processes.schedule(work.all, args=(block,), timeout=seconds)

        waiting: deque[tuple[tuple[Job, ...], Any]] = deque()
        held = 0
        done = False
        try:
            for block in _blocks(jobs):
                waiting.append((block, task(block)))
                held += sum(job.size for job in block)
                while len(waiting) >= workers * _AHEAD or (held > _HELD and waiting):
                    held -= sum(job.size for job in waiting[0][0])
                    yield from _outcomes(*waiting.popleft(), task, seconds)
            while waiting:
                yield from _outcomes(*waiting.popleft(), task, seconds)
            done = True
        finally:
            # An interrupted run does not wait for what is still being read.
            end: Callable[[], None] = processes.close if done else processes.stop
            end()
            processes.join()

    return mapped


def _start(work: Work) -> None:
    """A worker's beginning: Ctrl-C is the parent's to handle, memory is limited, the rules are read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The workers are what runs at once: libraries that would each take all processors for themselves get one.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        import resource
    except ImportError:  # not on Windows
        pass
    else:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if most < 0 else min(_MEMORY, most), most))
    work.rulebook()


def _outcomes(
    block: tuple[Job, ...], future: Any, task: Callable[[tuple[Job, ...]], Any], seconds: float
) -> Iterator[tuple[Job, Outcome]]:
    """The outcomes of a block; when it fails, of each of its files by itself."""
    from concurrent.futures import TimeoutError as TookTooLong

    from pebble import ProcessExpired

    try:
        outcomes = future.result()
    except Exception as failed:  # noqa: BLE001 - told as a failure of the file, if there is but one
        error = failed
    else:
        yield from zip(block, outcomes, strict=True)
        return
    if len(block) > 1:
        alone = [((job,), task((job,))) for job in block]
        for one in alone:
            yield from _outcomes(*one, task, seconds)
        return
    (job,) = block
    if isinstance(error, TookTooLong):
        yield job, Failure(job.name, "timeout", f"处理超过 {seconds:g} 秒，已停止")
    elif isinstance(error, ProcessExpired):
        told = f"读取程序意外终止（退出码 {error.exitcode}），其他文件不受影响"
        yield job, Failure(job.name, "crashed", told)
    elif isinstance(error, MemoryError):
        yield job, Failure(job.name, "too-large", "内存不够，已停止")
    else:
        yield job, internal(job, error)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# From so many files on, a pool of workers pays for its start.
_MANY = 16


def mapper_for(files: int, workers: int | None = None) -> Mapper:
    """How to map over so many files: here, or with as many workers as asked for (None: what pays)."""
    if workers is None:
        workers = min(processors(), files // (_MANY // 2)) if files >= _MANY else 1
    return pool(workers) if workers > 1 else in_process
