"""Who sets the type: here or in other processes, in order, and never in silence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from subprocess import run

import pytest

from bindery.composing import WORTH_LOADING, Composing, Press, begin
from bindery.desk.hands import hands
from bindery.set_pages import Copy
from tests.conftest import ROOT

HERE = {**os.environ, "PYTHONPATH": str(ROOT)}
FILES = {"print.css": b"@page { size: 200pt 100pt; margin: 20pt } p { margin: 0 }"}
Warm = Callable[[Mapping[str, bytes]], None]


class Counted:
    """The desk's hands, and how often they were asked for."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, start: Warm, files: Mapping[str, bytes]) -> Executor:
        self.made += 1
        return hands(start, files)


def copies(count: int, characters: int) -> list[Copy]:
    """So many copies with so much HTML together; each has its own number of pages."""
    padding = f"<!--{'x' * (characters // count)}-->"
    return [
        Copy(f"c{n}", f"<p>{padding}" + f"<p style='break-after: page' id='p{n}'>x" * (n % 4 + 1))
        for n in range(count)
    ]


def nobody(_name: str) -> None:
    """A progress that nobody hears."""


@pytest.mark.parametrize("characters", [100, 2 * WORTH_LOADING])
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
    assert asked.made == (characters > WORTH_LOADING)


def test_here_and_elsewhere_the_pages_are_the_same():
    work = copies(6, 2 * WORTH_LOADING)
    with Composing(FILES, Press(), nobody) as alone:
        wanted = list(alone.typeset(work))
    with Composing(FILES, Press(hands=hands), nobody) as together:
        assert list(together.typeset(work)) == wanted


LITTLE = f"""
import os, sys
from bindery.composing import Composing, Press
from bindery.desk.hands import hands
from bindery.set_pages import Copy

if __name__ == "__main__":
    with Composing({FILES}, Press(hands=hands), lambda _: None) as composing:
        composing.expect(1, "en")
        found = composing.typeset([Copy("a", "<p id=a>x"), Copy("b", "<p id=b>y")])
    print([page.anchors[0][0].name for page in found], "bindery.setting" in sys.modules)
"""


def test_little_that_was_expected_is_set_by_a_worker_alone(tmp_path: Path):
    """The process that called, which has other things to do, does not load the engine for it."""
    script = tmp_path / "little.py"
    script.write_text(LITTLE)
    done = run([sys.executable, script], cwd=ROOT, env=HERE, capture_output=True, check=False)
    assert (done.stdout.decode(), done.stderr.decode()) == ("['a', 'b'] False\n", "")


def test_workers_load_what_they_need_and_no_more():
    with hands(begin, FILES) as executor:
        loaded = executor.submit(eval, "sorted(__import__('sys').modules)").result()
    assert "bindery.setting" in loaded
    rooms = {name.split(".")[1] for name in loaded if name.startswith("bindery.")}
    assert not rooms & {"desk", "production", "editions", "markup"}


SEARCHES = f"""
import ctypes.util, sys
find, started = ctypes.util.find_library, []
sys.addaudithook(lambda event, _: started.append(event) if event == "subprocess.Popen" else None)
from bindery import composing
composing.warm({FILES})
print(started, ctypes.util.find_library is find)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="libraries have other names elsewhere")
def test_no_compiler_is_asked_where_the_libraries_are():
    done = run(
        [sys.executable, "-c", SEARCHES], cwd=ROOT, env=HERE, capture_output=True, check=True
    )
    assert done.stdout.decode() == "[] True\n"


def test_no_process_is_started_when_nothing_is_to_be_set():
    asked = Counted()
    with Composing(FILES, Press(hands=asked), nobody) as composing:
        assert list(composing.typeset([])) == []
        composing.expect(0, "en")
    assert asked.made == 0
    assert multiprocessing.active_children() == []


def test_no_process_is_left_behind():
    with Composing(FILES, Press(hands=hands), nobody) as composing:
        composing.expect(2 * WORTH_LOADING, "en")
        composing.typeset(copies(3, 100))
        assert multiprocessing.active_children()
    assert multiprocessing.active_children() == []


def test_workers_that_were_dismissed_are_gone_and_what_follows_is_set_here():
    asked = Counted()
    with Composing(FILES, Press(hands=asked), nobody) as composing:
        composing.expect(1, "en")
        wanted = composing.typeset(copies(2, 100))
        composing.dismiss()
        assert composing.typeset(copies(2, 100)) == wanted
    assert asked.made == 1
    assert multiprocessing.active_children() == []


def fail_after_expecting(composing: Composing) -> None:
    composing.expect(2 * WORTH_LOADING, "en")
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
    deep = Copy("deep", "<div>" * 3000 + "x" * 2 * WORTH_LOADING)
    work = [deep, *copies(4, 100)]
    with (
        pytest.raises(RecursionError),
        Composing(FILES, Press(hands=hands), nobody) as composing,
    ):
        composing.typeset(work)
    assert multiprocessing.active_children() == []
