"""Who sets the type: here or in other processes, in order, and never in silence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool

import pytest

from bindery.composing import WORTH_HANDS, Composing, Press
from bindery.desk.hands import hands
from bindery.set_pages import Copy

FILES = {"print.css": b"@page { size: 200pt 100pt; margin: 20pt } p { margin: 0 }"}
Warm = Callable[[Mapping[str, bytes]], None]


class Counted:
    """The desk's hands, and how often they were asked for."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, warm: Warm, files: Mapping[str, bytes]) -> Executor:
        self.made += 1
        return hands(warm, files)


def copies(count: int, characters: int) -> list[Copy]:
    """So many copies with so much HTML together; each has its own number of pages."""
    padding = f"<!--{'x' * (characters // count)}-->"
    return [
        Copy(f"c{n}", f"<p>{padding}" + f"<p style='break-after: page' id='p{n}'>x" * (n % 4 + 1))
        for n in range(count)
    ]


def nobody(_name: str) -> None:
    """A progress that nobody hears."""


@pytest.mark.parametrize("characters", [100, 2 * WORTH_HANDS])
def test_results_come_in_the_order_of_the_copies(characters: int):
    asked, heard = Counted(), list[str]()
    with Composing(FILES, Press(hands=asked), heard.append) as composing:
        work = copies(12, characters)
        found = composing.typeset(work)
        again = composing.typeset(work[::-1])
    assert [pages.count for pages in found] == [1, 2, 3, 4] * 3
    assert [pages.anchors[0][0].name for pages in found] == [f"p{n}" for n in range(12)]
    assert again == found[::-1]
    assert heard == [f"c{n}" for n in [*range(12), *range(11, -1, -1)]]
    assert asked.made == (characters > WORTH_HANDS)


def test_here_and_elsewhere_the_pages_are_the_same():
    work = copies(6, 2 * WORTH_HANDS)
    with Composing(FILES, Press(), nobody) as alone:
        wanted = list(alone.typeset(work))
    with Composing(FILES, Press(hands=hands), nobody) as together:
        assert list(together.typeset(work)) == wanted


def test_no_process_is_started_when_nothing_is_to_be_set():
    asked = Counted()
    with Composing(FILES, Press(hands=asked), nobody) as composing:
        assert list(composing.typeset([])) == []
        composing.expect(0)
    assert asked.made == 0
    assert multiprocessing.active_children() == []


def test_no_process_is_left_behind():
    with Composing(FILES, Press(hands=hands), nobody) as composing:
        composing.expect(2 * WORTH_HANDS)
        composing.typeset(copies(3, 100))
        assert multiprocessing.active_children()
    assert multiprocessing.active_children() == []


def fail_after_expecting(composing: Composing) -> None:
    composing.expect(2 * WORTH_HANDS)
    raise ValueError("x")


def test_no_process_is_left_behind_by_a_mistake():
    composing = Composing(FILES, Press(hands=hands), nobody)
    with pytest.raises(ValueError, match="x"), composing:
        fail_after_expecting(composing)
    assert multiprocessing.active_children() == []


def kill_a_worker(delay: float) -> None:
    """Kill the first worker some time after it has started."""
    while not multiprocessing.active_children():
        time.sleep(0.01)
    time.sleep(delay)
    for worker in multiprocessing.active_children():
        if worker.pid:
            os.kill(worker.pid, signal.SIGKILL)


@pytest.mark.parametrize("delay", [0, 1.5])
def test_a_worker_that_dies_is_told_and_nothing_hangs(delay: float):
    """While it loads the engine, and while it works."""
    words = "Salt is older than any word for it. " * 400
    long = [Copy(f"c{n}", f"<p>{words}" * 6) for n in range(6)]
    killer = threading.Thread(target=kill_a_worker, args=(delay,))
    killer.start()
    started = time.monotonic()
    with (
        pytest.raises(BrokenProcessPool, match="terminated abruptly"),
        Composing(FILES, Press(hands=hands), nobody) as composing,
    ):
        composing.typeset(long)
    killer.join()
    assert time.monotonic() - started < 60
    assert multiprocessing.active_children() == []


def test_mistakes_of_a_worker_reach_the_caller():
    """A text nested deeper than Python goes."""
    deep = Copy("deep", "<div>" * 3000 + "x" * 2 * WORTH_HANDS)
    work = [deep, *copies(4, 100)]
    with (
        pytest.raises(RecursionError),
        Composing(FILES, Press(hands=hands), nobody) as composing,
    ):
        composing.typeset(work)
    assert multiprocessing.active_children() == []
