"""From the edited book to finished files: type is set, imposed, made into editions and uploads."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bindery import __version__, looks
from bindery.book import EditedBook, Picture
from bindery.composing import Composing, Press
from bindery.delivery import sums
from bindery.editions import ALWAYS, EDITIONS
from bindery.errata import Query, Unprintable, errors_in
from bindery.evenness import PageQuality, past_limits
from bindery.house_style import HouseStyle
from bindery.imposition import Words, impose
from bindery.metadata import Metadata
from bindery.pagination import SetBook, Typesetter, paginate, paginate_cover
from bindery.print_orders import PrintOrder
from bindery.production.editing import Copy, Desk, Progress
from bindery.production.judging import quality_of
from bindery.proofreading import proofread
from bindery.report import report
from bindery.standing_type import StandingType, fingerprint, keep_standing
from bindery.uploads import Prepared, Setting, prepare
from bindery.workshop import Artifact, Workshop

SHEETS = ("print.css", "wrap.css")
"""The stylesheets of what is set in type: the paged book, and covers of printed ones."""
GENERATOR = f"Bindery {__version__}"


@dataclass(frozen=True, slots=True)
class Presswork:
    """How a run prints: with which hands, what it keeps, and what moment files bear."""

    press: Press
    kept: StandingType | None
    progress: Progress
    published: datetime.datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """What came off the press."""

    artifacts: tuple[Artifact, ...]
    queries: tuple[Query, ...]
    pages: int
    pictures: tuple[Picture, ...]
    """Every picture that was used."""


def styles_of(house: HouseStyle) -> dict[str, bytes]:
    """Every file that a typesetter may need."""
    return {name: data for sheet in SHEETS for name, data in house.files_of(sheet).items()}


def print_book(
    copy: Copy, desk: Desk, editions: tuple[str, ...], composing: Composing, work: Presswork
) -> Printed:
    """All files, all queries, and how many pages; `Unprintable` when there are errors."""
    if errors_in(copy.queries):
        raise Unprintable(copy.queries)
    work.progress("setting", "")
    paged = any(EDITIONS[name].needs_pages(copy.book) for name in editions)
    typeset = _typesetter(composing, copy.house, work.kept)
    plain = [o for o in desk.orders if desk.books[o.folder] == copy.book.metadata]
    paged = paged or bool(plain)
    set_book = _set(copy.book, copy.house, typeset, paged)
    composing.dismiss()
    work.progress("imposing", "")
    workshop, about = _impose(copy, set_book, work.published)
    workshop, more = _make(copy.book, workshop, editions, work.progress)
    queries = copy.queries + about + more
    setting = _setting(copy.book, copy.house, set_book, typeset, desk)
    prepared = [_prepare(order, setting, work) for order in plain]
    other = [order for order in desk.orders if order not in plain]
    prepared += _print_otherwise(copy, desk, other, work)
    queries += tuple(query for upload in prepared for query in upload.queries)
    if errors_in(queries):
        raise Unprintable(queries)
    files = (*workshop.finished, *(file for upload in prepared for file in upload.artifacts))
    files = (*files, *_report(copy, workshop, prepared, paged, work))
    artifacts = (*files, sums(files))
    pictures = (*copy.book.pictures, *filter(None, [desk.art]))
    count = set_book.pagination.count
    return Printed(artifacts, tuple(dict.fromkeys(queries)), count, pictures)


def _report(
    copy: Copy, workshop: Workshop, prepared: Sequence[Prepared], paged: bool, work: Presswork
) -> tuple[Artifact, ...]:
    """What is to be said of pages and print files; nothing of a book that has neither."""
    uploads = tuple(each.upload for each in prepared)
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
    typeset = _typesetter(composing, copy.house, work.kept)
    set_book = _set(copy.book, copy.house, typeset, paged=True)
    composing.dismiss()
    work.progress("imposing", "")
    workshop, about = _impose(copy, set_book, work.published)
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
            typeset = _typesetter(composing, house, work.kept)
            set_book = _set(book, house, typeset, paged=True)
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
    return Setting(book, house, pages, _programs(house, pages), typeset, art, desk.art_place)


def _programs(house: HouseStyle, set_book: SetBook) -> dict[str, bytes]:
    """The bytes of every font file that may stand in a book, by its SHA-256."""
    programs = {hashlib.sha256(data).hexdigest(): data for data in styles_of(house).values()}
    for pages in set_book.all_pages():
        programs |= pages.programs
    return programs


def _make(
    book: EditedBook, workshop: Workshop, editions: Iterable[str], progress: Progress
) -> tuple[Workshop, tuple[Query, ...]]:
    """Make the editions one after the other, each with what those before it have made."""
    progress("making", "")
    queries: tuple[Query, ...] = ()
    wanted = [edition for name, edition in EDITIONS.items() if name in set(editions)]
    for edition in (*wanted, *ALWAYS):
        progress("making", edition.NAME)
        made = edition.make(book, workshop)
        workshop = replace(workshop, finished=(*workshop.finished, *made.artifacts))
        queries += made.queries
    return workshop, queries


def _typesetter(composing: Composing, house: HouseStyle, kept: StandingType | None) -> Typesetter:
    """Sets what does not stand already."""
    if kept is None:
        return composing.typeset
    return keep_standing(kept, fingerprint(styles_of(house)), composing.typeset)


def _set(book: EditedBook, house: HouseStyle, typeset: Typesetter, paged: bool) -> SetBook:
    """The pages of the book, or its cover alone."""
    if not paged:
        return paginate_cover(book, house, typeset)
    pictures: Mapping[str, bytes] = {picture.path: picture.data for picture in book.pictures}
    return paginate(book, house, pictures, typeset)


def _impose(
    copy: Copy, set_book: SetBook, published: datetime.datetime
) -> tuple[Workshop, tuple[Query, ...]]:
    """What the editions need, the imposed pages among it; and queries."""
    metadata = copy.book.metadata
    words = copy.house.words(metadata.language)
    said = Words(page=words["page"], cover=words["cover"])
    programs = _programs(copy.house, set_book)
    screen = impose(set_book, programs, metadata, said, published, GENERATOR)
    workshop = Workshop(copy.house, copy.typefaces, published, set_book, screen)
    return workshop, proofread(copy.book, set_book, copy.typefaces)
