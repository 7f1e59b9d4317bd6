"""Who sets the type: this process, or several at once.

Galleys do not depend on each other, and so any executor of `concurrent.futures` may set them.
It is made only when there is something to set: a run that finds all its type standing starts
no process and does not load the engine.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from bindery.set_pages import Copy, SetPages

Hands = Callable[[Callable[[Mapping[str, bytes]], None], Mapping[str, bytes]], Executor]
"""Makes an executor whose workers each first call a function with the files of the styles."""
WORTH_LOADING = 30_000
"""Characters of HTML that take as long to set as the engine takes to load: half a second."""
HANDED = (os.cpu_count() or 1) + 1
"""Copies that are with the workers at a time: one for each, and the next ones."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a run may use."""

    hands: Hands | None = None
    """Makes the executor that sets galleys; without it this process sets them."""
    cache: Path | None = None
    """Folder of the standing type; nothing is kept without it."""


class Composing:
    """A typesetter for one book, and what it has to close afterwards."""

    def __init__(
        self, files: Mapping[str, bytes], press: Press, progress: Callable[[str], None]
    ) -> None:
        self._files = files
        self._press = press
        self._progress = progress
        self._executor: Executor | None = None
        self._leaving: Thread | None = None
        self._is_warm = False

    def __enter__(self) -> Composing:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        if self._leaving is not None:
            self._leaving.join()

    def expect(self, characters: int, language: str) -> None:
        """Let workers load the engine while this process still reads: so much is to be set."""
        if self._executor is None and self._press.hands and characters:
            self._executor = self._press.hands(begin, self._files)
            for _ in range(max(1, min(HANDED - 2, characters // WORTH_LOADING))):
                self._executor.submit(rehearse, language)

    def dismiss(self) -> None:
        """Let the workers go, with their memory, while this process has other things to do."""
        if self._executor is not None:
            self._leaving = Thread(target=self._executor.shutdown)
            self._leaving.start()
            self._executor = None

    def typeset(self, copies: Sequence[Copy]) -> Sequence[SetPages]:
        """The pages of all copies, in their order."""
        characters = sum(len(copy.html) for copy in copies)
        if self._executor is None and self._press.hands and characters > WORTH_LOADING:
            self._executor = self._press.hands(begin, self._files)
        if self._executor is None:
            return [self._told(copy, self._compose(copy)) for copy in copies]
        # Others begin with the longest, and this process, meanwhile, with the shortest.  Nothing
        # is handed out and cancelled: CPython 3.11 hangs if a worker then dies.
        order = deque(sorted(range(len(copies)), key=lambda n: -len(copies[n].html)))
        handed: dict[int, Future[SetPages]] = {}
        own: dict[int, SetPages] = {}
        while order:
            busy = sum(not work.done() for work in handed.values())
            if self._is_for_others(sum(len(copies[n].html) for n in order), len(order), busy):
                place = order.popleft()
                handed[place] = self._executor.submit(compose, copies[place])
            else:
                place = order.pop()
                own[place] = self._compose(copies[place])
        pages = (own[n] if n in own else handed[n].result() for n in range(len(copies)))
        return [self._told(copy, found) for copy, found in zip(copies, pages, strict=True)]

    def _is_for_others(self, characters: int, copies: int, busy: int) -> bool:
        """Whether the next of so many copies is handed out, while so many are at work.

        The last one stays here if nobody is idle; but if this process would have to load the
        engine for what is left, that must be worth it.
        """
        if not self._is_warm and characters <= WORTH_LOADING:
            return True
        return busy < HANDED and (copies > 1 or not busy)

    def _compose(self, copy: Copy) -> SetPages:
        if not self._is_warm:
            warm(self._files)
            self._is_warm = True
        return compose(copy)

    def _told(self, copy: Copy, pages: SetPages) -> SetPages:
        self._progress(copy.name)
        return pages


# The engine takes most of a second to load.  These functions load it where they are called, so
# that a run without work does not, and a worker does while this process still reads.


def begin(files: Mapping[str, bytes]) -> None:
    """Make a process ready that sets type for another one, which alone hears of Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare_collecting()
    warm(files)


def spare_collecting() -> None:
    """Look for unreachable cycles rarely: layout makes many objects that all stay alive."""
    gc.set_threshold(100_000, 50, 100)


def warm(files: Mapping[str, bytes]) -> None:
    """Make the composing room of the process that calls it ready."""
    with _by_file_name():
        from bindery import setting  # noqa: PLC0415

    setting.warm(files)


def compose(copy: Copy) -> SetPages:
    """Set a copy in the composing room of the process that calls it."""
    from bindery import setting  # noqa: PLC0415

    return setting.compose(copy)


def rehearse(language: str) -> None:
    """Set a few words for nothing: fonts and hyphens are loaded when they are first wanted."""
    words = "An extraordinarily, incomprehensibly long paragraph. " * 4
    compose(Copy("rehearsal", f'<html lang="{language}"><p>{words}<p><em>{words}</em>'))


SHARED_LIBRARIES = (
    *("libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1"),
    "libpangoft2-1.0.so.0",
)
"""What WeasyPrint 70 loads on Linux, by the names of the files."""


@contextmanager
def _by_file_name() -> Iterator[None]:
    """Let libraries be loaded by the names of their files alone, where that suffices.

    WeasyPrint 70 asks for each of them under its name on Windows first.  Where there is none,
    Python's `find_library` starts a compiler to look for it, sixteen times: 0.3 s.
    """
    find = ctypes.util.find_library
    if _are_here(SHARED_LIBRARIES):
        ctypes.util.find_library = _not_looked_for
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _are_here(libraries: Sequence[str]) -> bool:
    try:
        return sys.platform == "linux" and all(ctypes.CDLL(name) for name in libraries)
    except OSError:
        return False


def _not_looked_for(name: str) -> str | None:  # noqa: ARG001
    return None
