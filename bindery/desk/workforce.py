"""Who prints a catalogue: processes of this machine, or the workers of a Dask cluster.

Dask is not needed for anything else, and is imported only when a scheduler is named.
"""

from __future__ import annotations

import logging
import multiprocessing
import shlex
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bindery.catalogue import Order, Outcome, Workforce, carry_out
from bindery.composing import spare_collecting

CONNECTING = "10s"
"""How long to wait for a scheduler."""


class NoCluster(Exception):
    """No cluster can be used with what was typed or is installed; the message says why."""


@contextmanager
def processes(count: int) -> Iterator[Workforce]:
    """So many processes of this machine; their temporary folders go with them, even killed."""
    with tempfile.TemporaryDirectory(prefix="bindery-", ignore_cleanup_errors=True) as room:
        yield Workforce(partial(_pool, count, room), lambda: count)


@contextmanager
def cluster(address: str, most: int | None) -> Iterator[Workforce]:
    """The workers of the cluster whose scheduler has this address, or some of them."""
    client = _client(address)
    from distributed import KilledWorker  # noqa: PLC0415

    @contextmanager
    def gather() -> Iterator[Executor]:
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)

    def count() -> int:
        try:
            present = len(client.nthreads()) if client.status == "running" else 0
        except OSError:
            return 0
        return present if most is None else min(most, present)

    try:
        # Dask has given a book to several workers before it says that they were killed.
        yield Workforce(gather, count, carry_out_there, deaths=(KilledWorker,), retries=1)
    finally:
        client.close()


def carry_out_there(order: Order) -> Outcome:
    """Print a book on a Dask worker, in the folder that is cleared after it, even when killed."""
    from distributed import get_worker  # noqa: PLC0415

    return carry_out(order, Path(get_worker().local_directory))


def _client(address: str) -> Any:
    """A connection to a scheduler."""
    try:
        import distributed  # noqa: PLC0415
    except ModuleNotFoundError:
        command = f"{shlex.quote(sys.executable)} -m pip install distributed"
        raise NoCluster(
            f"--scheduler needs Dask, which is not installed. Install it with: {command}"
        ) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
    dask: Any = distributed
    try:
        # Told of a wrong address, a Client would take long to close.
        scheme, _ = dask.comm.parse_address(address)
        dask.comm.registry.get_backend(scheme)
        dask.comm.get_address_host_port(address)
        return dask.Client(address, timeout=CONNECTING, set_as_default=False)
    except ValueError as mistake:
        raise NoCluster(f"“{address}” is no address of a scheduler: {mistake}.") from None
    except OSError:
        raise OSError(f"there is no Dask scheduler at {address}") from None


@contextmanager
def _pool(count: int, room: str) -> Iterator[Executor]:
    """A pool of processes, which are ended at once when the run is broken off."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (room,))
    try:
        yield pool
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(room: str) -> None:
    """Make a worker ready.  Ctrl-C is for the desk, which then ends its workers."""
    tempfile.tempdir = room
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare_collecting()
