"""The processes that set type: as many as there are processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor


def hands(warm: Callable[[Mapping[str, bytes]], None], files: Mapping[str, bytes]) -> Executor:
    """An executor with a process for each other processor: this process sets type as well."""
    return ProcessPoolExecutor(
        max_workers=max(1, processors() - 1),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(warm, files),
    )


def _begin(warm: Callable[[Mapping[str, bytes]], None], files: Mapping[str, bytes]) -> None:
    """Make a worker ready.  Ctrl-C is for the desk, which then ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare_collecting()
    warm(files)


def spare_collecting() -> None:
    """Look for unreachable cycles rarely: layout makes many objects that all stay alive."""
    gc.set_threshold(100_000, 50, 100)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
