"""The processes that a series is made in when its user brings none: started anew, and gone when the run is."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from docgen.series.run import Here


def all_cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes_of(count: int) -> Iterator[Executor]:
    """An executor of so many processes; of one, this process does the work itself.

    The processes are started as Windows starts them, on every system, and at once: they load what they need while the
    rows are read. When the run is broken off they finish the documents that they are at, and nothing more.
    """
    if count <= 1:
        yield Here()
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
    try:
        for _ in range(count):
            pool.submit(_ready)
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ready() -> None:
    """Nothing: a process that can be told to do it has loaded this package."""


def _begin() -> None:
    """Leave Ctrl+C to the process that started this one, and go when that one is killed.

    What a document leaves behind is few objects; looking for garbage every moment would be a fifth of the work.
    """
    gc.set_threshold(100_000, 50, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
