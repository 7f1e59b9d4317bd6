"""The dispatch: many books handed to workers here or on a cluster, and put in place one by one.

Workers write nothing but their own temporary folders.  Every book goes into a folder of its
own, named after its files, as soon as it is finished; what is told at the end is in the order
in which the books were given.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bindery.catalogue import Fate, Order, Outcome, print_catalogue, take_order
from bindery.delivery import deliver
from bindery.desk import command_line
from bindery.desk.display import Display, as_data
from bindery.desk.hands import processors
from bindery.desk.workforce import cluster, processes
from bindery.errata import Place, Query, Severity, Unprintable

WriteLog = Callable[[str], Path]
"""Writes what we need to find a mistake of ours, and says where."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one book goes."""

    folder: Path
    """A folder that no other book of this run has."""
    queries: tuple[Query, ...] = ()
    """What is to be said of the place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of one book until the end."""

    outcome: Outcome
    """Without its files."""
    folder: Path
    files: tuple[dict[str, Any], ...] = ()
    """Path, size and SHA-256 of every finished file."""


class Counter(Display):
    """Tells of many books."""

    @contextmanager
    def books(self, total: int) -> Iterator[Callable[[Outcome], None]]:
        """Something to tell every outcome to: a line for each, and a bar on a terminal."""
        if self.quiet or self.as_json:
            yield lambda _outcome: None
            return
        columns = (TextColumn("Publishing"), BarColumn(24), MofNCompleteColumn())
        plain = not self._talk.is_terminal
        with Progress(*columns, console=self._talk, transient=True, disable=plain) as progress:
            task = progress.add_task("", total=total)
            told = 0

            def hear(outcome: Outcome) -> None:
                nonlocal told
                told += 1
                self._talk.print(Text(f"{told} of {total}: {outcome.name}: {outcome.fate}"))
                progress.update(task, completed=told)

            yield hear


def dispatch(
    options: argparse.Namespace, display: Display, now: datetime.datetime, write_log: WriteLog
) -> Fate | None:
    """Publish all books that are named; the worst that befell one, None when interrupted."""
    started = time.perf_counter()
    counter = Counter(display.quiet, display.as_json)
    shelves: list[Shelf] = []
    ended: dict[int, Entry] = {}
    total = len(options.books)
    if options.scheduler:
        workers = cluster(options.scheduler, options.jobs)
    else:
        workers = processes(min(options.jobs or processors(), total))
    try:
        with (
            workers as workforce,
            counter.books(total) as hear,
            closing(print_catalogue(_orders(options, now, shelves), workforce)) as outcomes,
        ):
            for number, outcome in outcomes:
                with undisturbed():
                    ended[number] = _put_in_place(outcome, shelves[number])
                hear(ended[number].outcome)
    except KeyboardInterrupt:
        done = sum(entry.outcome.fate is Fate.PUBLISHED for entry in ended.values())
        counter.complain(f"Interrupted; {done} of {total} books published, each one whole.")
        return None
    entries = [ended[number] for number in sorted(ended)]
    _tell(entries, counter, write_log, time.perf_counter() - started)
    return _worst(entries)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until a book is in its place."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


def _worst(entries: Sequence[Entry]) -> Fate:
    return max((entry.outcome.fate for entry in entries), key=list(Fate).index)


def _orders(
    options: argparse.Namespace, now: datetime.datetime, shelves: list[Shelf]
) -> Iterator[Order | Outcome]:
    """Every book as an order, or its outcome at once; each gets its shelf as its turn comes."""
    taken: set[str] = set()
    editions, wanted = command_line.wanted(options)
    for book in options.books:
        order: Order | Outcome
        try:
            order = take_order(book, editions, now, wanted)
        except Unprintable as mistakes:
            order = Outcome(str(book), Fate.REFUSED, queries=mistakes.queries)
        except OSError as trouble:
            order = Outcome(str(book), Fate.FAILED, message=f"This machine says: {trouble}.")
        except Exception as mistake:
            message = f"This is a mistake of Bindery's ({type(mistake).__name__})."
            details = traceback.format_exc()
            order = Outcome(str(book), Fate.FAILED, message=message, details=details)
        shelves.append(_shelf(order.slug, options.out, taken))
        yield order


def _shelf(slug: str, out: Path, taken: set[str]) -> Shelf:
    """A folder of its own for a book, with a warning when its name was taken."""
    if not slug:
        return Shelf(out)
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    taken.add(name)
    if name == slug:
        return Shelf(out / name)
    message = f"Another book of this run is called {slug} as well, so this one is in {name}."
    hint = 'Give one of them another slug = "…".'
    query = Query("same-slug", message, hint, Place("book.toml"), Severity.WARNING)
    return Shelf(out / name, (query,))


def _put_in_place(outcome: Outcome, shelf: Shelf) -> Entry:
    """Deliver the files of a book, if there are any."""
    if outcome.fate is not Fate.PUBLISHED:
        return Entry(outcome, shelf.folder)
    told = replace(outcome, artifacts=(), queries=(*shelf.queries, *outcome.queries))
    try:
        deliver(outcome.artifacts, shelf.folder)
    except OSError as trouble:
        message = f"This machine says: {trouble}."
        return Entry(replace(told, fate=Fate.FAILED, message=message), shelf.folder)
    files = tuple(
        {
            "path": str(shelf.folder / artifact.path),
            "bytes": len(artifact.data),
            "sha256": hashlib.sha256(artifact.data).hexdigest(),
        }
        for artifact in outcome.artifacts
    )
    return Entry(told, shelf.folder, files)


def _tell(entries: Sequence[Entry], counter: Counter, write_log: WriteLog, seconds: float) -> None:
    """The summary: every book in the order given, with all that was found about it."""
    books = []
    for entry in entries:
        outcome = entry.outcome
        words = _in_words(entry)
        log = write_log(outcome.details) if outcome.details else None
        if log is not None:
            words += f" Please send us the file {log}."
        if outcome.fate is Fate.PUBLISHED:
            counter.say(words)
        else:
            counter.complain(words)
        counter.queries([_of_book(query, outcome.name) for query in outcome.queries])
        books.append(_as_data(entry, log))
    told = {"outcome": _worst(entries).value, "books": books, "seconds": round(seconds, 3)}
    counter.data(told)
    fates = [entry.outcome.fate for entry in entries]
    counts = ", ".join(f"{fates.count(fate)} {fate}" for fate in Fate if fate in fates)
    counter.say(f"Of {len(entries)}: {counts}, in {seconds:.1f} s.")


def _in_words(entry: Entry) -> str:
    """One book's line in the summary."""
    outcome = entry.outcome
    if outcome.fate is Fate.REFUSED:
        return f"{outcome.name}: refused; nothing was changed."
    if outcome.fate is Fate.FAILED:
        return f"{outcome.name}: failed. {outcome.message}"
    again = f", at try {outcome.tries}" if outcome.tries > 1 else ""
    pages = "1 page" if outcome.pages == 1 else f"{outcome.pages:,} pages"
    return f"{outcome.name}: {entry.folder}, {pages} in {outcome.seconds:.1f} s{again}."


def _of_book(query: Query, name: str) -> Query:
    """A query with the path of its file from where the books were named."""
    file = query.place.file
    path = file if file == name else (Path(name) / file).as_posix()
    return replace(query, place=Place(path, query.place.line))


def _as_data(entry: Entry, log: Path | None) -> dict[str, Any]:
    """One book for machines."""
    outcome = entry.outcome
    told: dict[str, Any] = {
        "book": outcome.name,
        "outcome": outcome.fate.value,
        "tries": outcome.tries,
        "queries": [as_data(query) for query in outcome.queries],
    }
    if outcome.fate is Fate.PUBLISHED:
        told |= {"artifacts": list(entry.files), "pages": outcome.pages}
        told |= {"seconds": round(outcome.seconds, 3)}
    if outcome.message:
        told["message"] = outcome.message
    if log is not None:
        told["log"] = str(log)
    return told
