"""One book, from manuscript to checked editions: every stage in order, on one page.

1. Read the manuscript and what is asked of it; mark up every chapter, resolve what they say of
   each other (`editing`).
2. Ask all queries of these stages at once; a single error stops the press here.
3. Set and number the pages, write them once, make the editions (`presswork`).
4. Make the print files of every printer that is asked for, examined, and the report (`finishing`).
5. Deliver: every file is written under a temporary name and put in place whole.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bindery.composing import Composing, Press
from bindery.delivery import deliver
from bindery.editions import EDITIONS
from bindery.errata import Place, Query, Unprintable
from bindery.ledger import key_of_printing, last_moment, last_printing, write_down
from bindery.metadata import FILE
from bindery.print_orders import NOTHING_ELSE, Wanted
from bindery.production.editing import (
    Copy,
    Desk,
    Progress,
    edit,
    edited,
    read,
    silent,
    unknown_text,
)
from bindery.production.presswork import (
    SHEETS,
    Presswork,
    print_book,
    styles_of,
)
from bindery.standing_type import StandingType
from bindery.workshop import Artifact

if TYPE_CHECKING:
    from bindery.evenness import PageQuality
    from bindery.production.finishing import Printed

__all__ = [
    "ALONE",
    "SHEETS",
    "Copy",
    "Progress",
    "Report",
    "Wanted",
    "edit",
    "judge",
    "publish",
    "silent",
    "styles_of",
]

ALONE = Press()
"""Sets everything in this process, and keeps nothing."""
NO_PRINTER = Query(
    "no-printer",
    "Files for printers alone are asked for, and no printer is named.",
    'Name one with --printer, or write [print] with printers = ["kdp"].',
    Place(FILE),
)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of publishing a book."""

    artifacts: tuple[Artifact, ...]
    queries: tuple[Query, ...]
    """Warnings only: with an error there is no report but `Unprintable`."""
    pages: int
    seconds: float


def publish(
    folder: Path,
    destination: Path,
    published: datetime.datetime | None = None,
    editions: Iterable[str] = tuple(EDITIONS),
    progress: Progress = silent,
    press: Press = ALONE,
    wanted: Wanted = NOTHING_ELSE,
) -> Report:
    """Publish a book folder into a destination folder.

    `published` is the moment that the files bear; None for now, or the moment at which the book
    was first printed as it is, whatever was made of it then.  Raises `Unprintable` with every
    query when one of them is an error; the destination is then as it was before.
    """
    started = time.perf_counter()
    editions = tuple(editions)
    progress("reading", "")
    desk = read(folder, wanted)
    if not editions and not desk.orders:
        raise Unprintable([*desk.queries, NO_PRINTER])
    kept = StandingType(press.cache) if press.cache is not None else None
    moment = published.isoformat() if published else ""
    asked = (sorted(editions), [order.folder for order in desk.orders], wanted.look)
    name = key_of_printing(desk.manuscript, desk.house, asked, moment)
    if kept is not None and (last := last_printing(kept, name, folder, destination)):
        entry, files = last
        artifacts = tuple(Artifact(path, kind, files[path]) for path, kind, _ in entry.files)
        return Report(artifacts, entry.queries, entry.pages, time.perf_counter() - started)
    now = published or _moment(desk, folder, kept)
    work = Presswork(press, kept, progress, now)
    printed = _print(desk, editions, work)
    progress("delivering", "")
    deliver(printed.artifacts, destination)
    if kept is not None:
        _write_down(kept, name, now, printed)
        if published is None:
            _write_down(kept, _key_of_book(desk), now, replace(printed, artifacts=()))
        kept.sweep()
    return Report(printed.artifacts, printed.queries, printed.pages, time.perf_counter() - started)


def _moment(desk: Desk, folder: Path, kept: StandingType | None) -> datetime.datetime:
    """When the book was first printed as it is; now, if it never was."""
    known = last_moment(kept, _key_of_book(desk), folder) if kept is not None else None
    return known or datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _write_down(kept: StandingType, name: str, now: datetime.datetime, printed: Printed) -> None:
    made = [(file.path, file.media_type, file.data) for file in printed.artifacts]
    write_down(kept, name, now, made, printed.pictures, printed.queries, printed.pages)


def _key_of_book(desk: Desk) -> str:
    return key_of_printing(desk.manuscript, desk.house, (), "")


def judge(
    folder: Path, progress: Progress = silent, press: Press = ALONE
) -> tuple[PageQuality, tuple[Query, ...]]:
    """The quality of a book's pages, and every query about it; nothing is written.

    What is past a limit of the book is an error among the queries.
    """
    from bindery.production.finishing import judge_pages  # noqa: PLC0415

    progress("reading", "")
    desk = read(folder, NOTHING_ELSE)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    work = Presswork(press, None, progress, now)
    with Composing(styles_of(desk.house), press, partial(progress, "setting")) as composing:
        composing.expect(unknown_text(desk.manuscript, None), desk.manuscript.metadata.language)
        return judge_pages(edited(desk, progress, None), composing, work)


def _print(desk: Desk, editions: tuple[str, ...], work: Presswork) -> Printed:
    """Edit and print; workers load the engine while this process still reads."""
    styles, hear = styles_of(desk.house), partial(work.progress, "setting")
    with Composing(styles, work.press, hear) as composing:
        text = unknown_text(desk.manuscript, work.kept)
        composing.expect(text, desk.manuscript.metadata.language)
        copy = edited(desk, work.progress, work.kept)
        workshop, typeset, queries = print_book(copy, desk, editions, composing, work)
        # What judges and prepares is not loaded by a run that finds everything as it was.
        from bindery.production.finishing import finish  # noqa: PLC0415

        return finish(copy, desk, workshop, typeset, queries, work)
