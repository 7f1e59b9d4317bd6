"""Finishing: print files for every printer that is asked for, and the report on pages and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bindery import looks
from bindery.book import EditedBook, Picture
from bindery.composing import Composing
from bindery.delivery import sums
from bindery.errata import Query, Unprintable, errors_in
from bindery.evenness import PageQuality, past_limits
from bindery.house_style import HouseStyle
from bindery.metadata import Metadata
from bindery.pagination import SetBook, Typesetter
from bindery.print_orders import PrintOrder
from bindery.production.editing import Copy, Desk
from bindery.production.judging import quality_of
from bindery.production.presswork import (
    GENERATOR,
    Presswork,
    impose_pages,
    programs_of,
    set_pages,
    styles_of,
    typesetter,
)
from bindery.proofreading import proofread
from bindery.report import report
from bindery.uploads import Prepared, Setting, prepare
from bindery.workshop import Artifact, Workshop


@dataclass(frozen=True, slots=True)
class Printed:
    """What came off the press."""

    artifacts: tuple[Artifact, ...]
    queries: tuple[Query, ...]
    pages: int
    pictures: tuple[Picture, ...]
    """Every picture that was used."""


def finish(
    copy: Copy,
    desk: Desk,
    workshop: Workshop,
    typeset: Typesetter,
    queries: tuple[Query, ...],
    work: Presswork,
) -> Printed:
    """All files, with the folders of all printers and the report; and all queries.

    `Unprintable` when there are errors among them.
    """
    plain = [o for o in desk.orders if desk.books[o.folder] == copy.book.metadata]
    setting = _setting(copy.book, copy.house, workshop.set_book, typeset, desk)
    prepared = [_prepare(order, setting, work) for order in plain]
    other = [order for order in desk.orders if order not in plain]
    prepared += _print_otherwise(copy, desk, other, work)
    queries += tuple(query for each in prepared for query in each.queries)
    if errors_in(queries):
        raise Unprintable(queries)
    folders = [file for each in prepared for file in each.artifacts]
    files = (*workshop.finished, *folders, *_report(copy, workshop, prepared, work))
    pictures = (*copy.book.pictures, *filter(None, [desk.art]))
    count = workshop.set_book.pagination.count
    return Printed((*files, sums(files)), tuple(dict.fromkeys(queries)), count, pictures)


def _report(
    copy: Copy, workshop: Workshop, prepared: Sequence[Prepared], work: Presswork
) -> tuple[Artifact, ...]:
    """What is to be said of pages and print files; nothing of a book that has neither."""
    uploads = tuple(each.upload for each in prepared)
    paged = len(workshop.set_book.standing) > 1  # Otherwise it is the cover alone.
    if not paged and not uploads:
        return ()
    quality = quality_of(copy.book, workshop, work.kept) if paged else None
    metadata = copy.book.metadata
    return report(metadata.title, uploads, quality, metadata.quality, copy.house)


def judge_pages(
    copy: Copy, composing: Composing, work: Presswork
) -> tuple[PageQuality, tuple[Query, ...]]:
    """The quality of a book's pages, and all queries, those past the book's limits among them."""
    if errors_in(copy.queries):
        raise Unprintable(copy.queries)
    work.progress("setting", "")
    typeset = typesetter(composing, copy.house, work.kept)
    set_book = set_pages(copy.book, copy.house, typeset, paged=True)
    composing.dismiss()
    work.progress("imposing", "")
    workshop, about = impose_pages(copy, set_book, work.published)
    quality = quality_of(copy.book, workshop, work.kept)
    past = past_limits(quality.whole, copy.book.metadata.quality, quality.places)
    return quality, copy.queries + about + past


def _print_otherwise(
    copy: Copy, desk: Desk, orders: Iterable[PrintOrder], work: Presswork
) -> list[Prepared]:
    """Print files of the same book in other looks, or with other numbers on its imprint."""
    books: dict[str, tuple[Metadata, list[PrintOrder]]] = {}
    for order in orders:
        metadata = desk.books[order.folder]
        books.setdefault(repr(metadata), (metadata, []))[1].append(order)
    prepared = []
    for metadata, alike in books.values():
        book = replace(copy.book, metadata=metadata)
        house = looks.dress(copy.house, metadata.look)
        hear = partial(work.progress, "setting")
        with Composing(styles_of(house), work.press, hear) as composing:
            typeset = typesetter(composing, house, work.kept)
            set_book = set_pages(book, house, typeset, paged=True)
            composing.dismiss()
            setting = _setting(book, house, set_book, typeset, desk)
            found = proofread(book, set_book, copy.typefaces)
            for order in alike:
                upload = _prepare(order, setting, work)
                prepared.append(replace(upload, queries=(*found, *upload.queries)))
    return prepared


def _prepare(order: PrintOrder, setting: Setting, work: Presswork) -> Prepared:
    work.progress("preparing", order.folder)
    return prepare(order, setting, work.published, GENERATOR)


def _setting(
    book: EditedBook, house: HouseStyle, pages: SetBook, typeset: Typesetter, desk: Desk
) -> Setting:
    art = desk.art.data if desk.art is not None else None
    return Setting(book, house, pages, programs_of(house, pages), typeset, art, desk.art_place)
