"""Who sets the type: this process, or several at once.

Galleys do not depend on each other, and so any executor of `concurrent.futures` may set them.
It is made only when there is something to set: a run that finds all its type standing starts
no process and does not load the engine.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from bindery.set_pages import Copy, SetPages

Hands = Callable[[Callable[[Mapping[str, bytes]], None], Mapping[str, bytes]], Executor]
"""Makes an executor whose workers each first call a function with the files of the styles."""
WORTH_HANDS = 120_000
"""Characters of HTML, about two seconds of setting; starting a process takes one."""
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
        self._is_warm = False

    def __enter__(self) -> Composing:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def expect(self, characters: int) -> None:
        """Let workers start already, if so much text is worth them: they take a while."""
        if self._executor is None and self._press.hands and characters > WORTH_HANDS:
            self._executor = self._press.hands(warm, self._files)
            self._executor.submit(ready)

    def typeset(self, copies: Sequence[Copy]) -> Sequence[SetPages]:
        """The pages of all copies, in their order."""
        if not copies:
            return []
        self.expect(sum(len(copy.html) for copy in copies))
        if not self._is_warm:
            warm(self._files)
            self._is_warm = True
        if self._executor is None:
            return [self._told(copy, compose(copy)) for copy in copies]
        # Others begin with the longest, and this process, meanwhile, with the shortest.  Nothing
        # is handed out and cancelled: CPython 3.11 hangs if a worker then dies.
        order = deque(sorted(range(len(copies)), key=lambda n: -len(copies[n].html)))
        handed: dict[int, Future[SetPages]] = {}
        own: dict[int, SetPages] = {}
        while order:
            if sum(not work.done() for work in handed.values()) < HANDED:
                place = order.popleft()
                handed[place] = self._executor.submit(compose, copies[place])
            else:
                place = order.pop()
                own[place] = compose(copies[place])
        pages = (own[n] if n in own else handed[n].result() for n in range(len(copies)))
        return [self._told(copy, found) for copy, found in zip(copies, pages, strict=True)]

    def _told(self, copy: Copy, pages: SetPages) -> SetPages:
        self._progress(copy.name)
        return pages


# The engine takes most of a second to load.  These functions load it where they are called, so
# that a run without work does not, and a worker does while this process still reads.


def warm(files: Mapping[str, bytes]) -> None:
    """Make the composing room of the process that calls it ready."""
    from bindery import setting  # noqa: PLC0415

    setting.warm(files)


def compose(copy: Copy) -> SetPages:
    """Set a copy in the composing room of the process that calls it."""
    from bindery import setting  # noqa: PLC0415

    return setting.compose(copy)


def ready() -> None:
    """Nothing: a task for a worker that is to start before there is work."""
