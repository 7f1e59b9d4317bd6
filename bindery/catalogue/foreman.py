"""The foreman: gives orders to workers, and tries again, elsewhere, what a dying worker dropped.

Orders are taken one by one as workers become free, so that only a few are in memory.  When a
worker dies, nobody can say for sure which of the books under way was too much for it: each of
them is tried again by itself, so that none fails for its neighbour.  An executor that is broken
is replaced by a new one, and what was done stays done.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from bindery.catalogue.carrying_out import carry_out
from bindery.catalogue.orders import Fate, Order, Outcome

RETRIES = 2
"""How often a book is tried again after its worker died."""
PATIENCE = 60.0
"""Seconds to wait for a worker when there is none."""

Job = Callable[[Order], Outcome]
Numbered = tuple[int, Order]


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who prints, and how it is seen that somebody died."""

    gather: Callable[[], AbstractContextManager[Executor]]
    """Makes an executor; called again when one is broken."""
    count: Callable[[], int]
    """How many books can be under way at once, now."""
    job: Job = carry_out
    """What a worker does with an order; it must be known by name where the worker stands."""
    deaths: tuple[type[BaseException], ...] = ()
    """Exceptions that stand for a dead worker, besides those of broken executors."""
    retries: int = RETRIES
    """How often a book is tried again; fewer when the executor has tried by itself."""
    patience: float = PATIENCE
    """Seconds to wait for a worker when there is none."""


def print_catalogue(
    orders: Iterable[Order | Outcome], workforce: Workforce
) -> Generator[tuple[int, Outcome], None, None]:
    """The outcome of every order, as they come, with its number in the order given.

    An order that could not be taken is in its place as its outcome.
    """
    waiting = iter(enumerate(orders))
    dropped: list[Numbered] = []
    is_over = False
    while not is_over:
        with workforce.gather() as executor:
            shift = _Shift(executor, workforce, waiting, dropped)
            yield from shift.outcomes()
            is_over = not shift.is_broken
    yield from _one_by_one(dropped, workforce)


class _Shift:
    """The time from the making of an executor until all is done, or the executor broken."""

    def __init__(
        self,
        executor: Executor,
        workforce: Workforce,
        waiting: Iterator[tuple[int, Order | Outcome]],
        dropped: list[Numbered],
    ) -> None:
        self.is_broken = False
        self._is_deserted = False
        self._executor = executor
        self._workforce = workforce
        self._waiting = waiting
        self._dropped = dropped
        self._under_way: dict[Future[Outcome], Numbered] = {}

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """Outcomes as they come; dropped orders go where the others are."""
        yield from self._hand_out()
        while self._under_way:
            for future in _ended(self._under_way, self._workforce):
                yield from self._take_in(future)
            yield from self._hand_out()

    def _hand_out(self) -> Iterator[tuple[int, Outcome]]:
        """Give every free worker an order."""
        while not self.is_broken and len(self._under_way) < max(1, self._workforce.count()):
            following = next(self._waiting, None)
            if following is None:
                return
            number, order = following
            if isinstance(order, Outcome):
                yield number, order
            elif self._is_deserted:
                yield number, _failed(order, CancelledError())
            else:
                future = _begun(self._executor, self._workforce, order)
                self._under_way[future] = (number, order)

    def _take_in(self, future: Future[Outcome]) -> Iterator[tuple[int, Outcome]]:
        """See what came of an order."""
        number, order = self._under_way.pop(future)
        trouble = _trouble(future)
        if trouble is None:
            yield number, future.result()
        elif _is_death(trouble, self._workforce):
            self._dropped.append((number, order))
            self.is_broken = self.is_broken or isinstance(trouble, BrokenExecutor)
        else:
            self._is_deserted = self._is_deserted or isinstance(trouble, CancelledError)
            yield number, _failed(order, trouble)


def _one_by_one(dropped: list[Numbered], workforce: Workforce) -> Iterator[tuple[int, Outcome]]:
    """Print each book by itself, as often as it may be tried again."""
    waiting = deque((number, order, 2) for number, order in dropped)
    most = workforce.retries + 1
    while waiting:
        with workforce.gather() as executor:
            is_broken = False
            while waiting and not is_broken:
                number, order, tries = waiting.popleft()
                future = _begun(executor, workforce, order)
                _ended([future], workforce)
                trouble = _trouble(future)
                is_broken = isinstance(trouble, BrokenExecutor)
                if trouble is None:
                    yield number, replace(future.result(), tries=tries)
                elif not _is_death(trouble, workforce):
                    yield number, replace(_failed(order, trouble), tries=tries)
                elif tries < most:
                    waiting.appendleft((number, order, tries + 1))
                else:
                    yield number, _given_up(order, tries)


def _begun(executor: Executor, workforce: Workforce, order: Order) -> Future[Outcome]:
    """An order given to a worker; one that has failed already when the executor is broken."""
    try:
        return executor.submit(workforce.job, order)
    except BrokenExecutor as trouble:
        future: Future[Outcome] = Future()
        future.set_exception(trouble)
        return future


def _ended(under_way: Iterable[Future[Outcome]], workforce: Workforce) -> Iterable[Future[Outcome]]:
    """The first that have ended; when there is nobody to end any, all are given up."""
    while True:
        done, rest = wait_for(under_way, workforce.patience, FIRST_COMPLETED)
        if not done and workforce.count() == 0:
            for future in rest:
                future.cancel()
            return rest
        if done:
            return done


def _trouble(future: Future[Outcome]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _is_death(trouble: BaseException, workforce: Workforce) -> bool:
    return isinstance(trouble, (BrokenExecutor, *workforce.deaths))


def _given_up(order: Order, tries: int) -> Outcome:
    """The outcome of an order that no worker survived."""
    message = "Every worker that printed it died. See whether they have enough memory."
    return Outcome(order.name, Fate.FAILED, order.slug, message=message, tries=tries)


def _failed(order: Order, trouble: BaseException) -> Outcome:
    """The outcome of an order that met with something else than mistakes of its author."""
    details = ""
    if isinstance(trouble, CancelledError):
        message = "There is no worker left, or the scheduler is gone."
    elif isinstance(trouble, OSError):
        message = f"The worker's machine says: {trouble}."
    elif isinstance(trouble, ModuleNotFoundError):
        message = f"{trouble} where the worker stands. Install Bindery on every worker."
    else:
        message = f"This is a mistake of Bindery's ({type(trouble).__name__})."
        details = "".join(traceback.format_exception(trouble))
    return Outcome(order.name, Fate.FAILED, order.slug, message=message, details=details)
