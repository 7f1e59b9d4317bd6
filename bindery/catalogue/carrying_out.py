"""What a worker does with an order: unpack it, publish it, hand the files back, clear the table.

It works in a temporary folder and leaves nothing there but the type that stands for the next
book of the same worker, as many books share their styles.  A worker prints one book at a time,
in its own process, however many threads it has.
"""

from __future__ import annotations

import atexit
import platform
import shutil
import tempfile
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

from bindery.catalogue.orders import Fate, Order, Outcome, press_here
from bindery.composing import Press
from bindery.errata import Place, Query, Severity, Unprintable
from bindery.production import Report, publish, silent

_TABLE = threading.Lock()
"""Held while a book is printed: what hears WeasyPrint's complaints is one for the process."""


def carry_out(order: Order, room: Path | None = None) -> Outcome:
    """Print the book; `room` is where temporary folders go, if not where they always do."""
    with _TABLE, tempfile.TemporaryDirectory(prefix="bindery-", dir=room) as table:
        folder = _unpack(order, Path(table, "book"))
        try:
            report = _publish(order, folder, Path(table, "finished"), _kept(room))
        except Unprintable as mistakes:
            queries = _as_ordered(mistakes.queries, folder, order)
            return Outcome(order.name, Fate.REFUSED, order.slug, queries=queries)
        return Outcome(
            name=order.name,
            fate=Fate.PUBLISHED,
            slug=order.slug,
            artifacts=report.artifacts,
            queries=(*_as_ordered(report.queries, folder, order), *_other_press(order)),
            pages=report.pages,
            seconds=report.seconds,
        )


def _unpack(order: Order, table: Path) -> Path:
    """The book folder as the customer has it, here."""
    folder = table / order.title
    folder.mkdir(parents=True)
    for name, data in order.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _publish(order: Order, folder: Path, finished: Path, kept: Path) -> Report:
    press = Press(cache=kept)
    moment, wanted = order.published, order.wanted
    return publish(folder, finished, moment, order.editions, silent, press, wanted)


@cache
def _kept(room: Path | None) -> Path:
    """The folder of this process's standing type, which goes when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="bindery-type-", dir=room))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _as_ordered(queries: tuple[Query, ...], folder: Path, order: Order) -> tuple[Query, ...]:
    """Queries that speak of the customer's folder, and not of the worker's."""

    def told(query: Query) -> Query:
        file = query.place.file.removeprefix(f"{folder}/")
        message = query.message.replace(str(folder), order.name)
        hint = query.hint.replace(str(folder), order.name)
        return replace(query, message=message, hint=hint, place=Place(file, query.place.line))

    return tuple(told(query) for query in queries)


def _other_press(order: Order) -> tuple[Query, ...]:
    """A warning when this machine prints with something else than the customer's would."""
    if order.press == press_here():
        return ()
    message = (
        f"The worker {platform.node()} has another version of Bindery, WeasyPrint or Pango than "
        "this machine, and its pages may come out differently."
    )
    hint = "Install the same versions on every worker."
    return (Query("other-press", message, hint, Place("book.toml"), Severity.WARNING),)
