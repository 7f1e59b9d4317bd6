"""The processes that set type: as many as there are processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor


def hands(begin: Callable[[Mapping[str, bytes]], None], files: Mapping[str, bytes]) -> Executor:
    """An executor with a process for each other processor: this process sets type as well.

    What its workers are given must come from rooms below the desk, or each would load the desk.
    """
    return ProcessPoolExecutor(
        max_workers=max(1, processors() - 1),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
        initargs=(files,),
    )


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
