"""From the edited book to finished files: type is set, imposed, and made into editions."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bindery import __version__
from bindery.book import EditedBook
from bindery.composing import Composing, Press
from bindery.editions import ALWAYS, EDITIONS
from bindery.errata import Query, Unprintable, errors_in
from bindery.house_style import HouseStyle
from bindery.imposition import Words, impose
from bindery.pagination import SetBook, Typesetter, paginate, paginate_cover
from bindery.production.editing import Copy, Desk, Progress
from bindery.proofreading import proofread
from bindery.standing_type import StandingType, fingerprint, keep_standing
from bindery.workshop import Workshop

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


def styles_of(house: HouseStyle) -> dict[str, bytes]:
    """Every file that a typesetter may need."""
    return {name: data for sheet in SHEETS for name, data in house.files_of(sheet).items()}


def print_book(
    copy: Copy, desk: Desk, editions: tuple[str, ...], composing: Composing, work: Presswork
) -> tuple[Workshop, Typesetter, tuple[Query, ...]]:
    """The editions, who sets what else is wanted, and all queries so far.

    `Unprintable` when there are errors before type is set.
    """
    if errors_in(copy.queries):
        raise Unprintable(copy.queries)
    work.progress("setting", "")
    paged = any(EDITIONS[name].needs_pages(copy.book) for name in editions)
    paged = paged or any(desk.books[o.folder] == copy.book.metadata for o in desk.orders)
    typeset = typesetter(composing, copy.house, work.kept)
    set_book = set_pages(copy.book, copy.house, typeset, paged)
    composing.dismiss()
    work.progress("imposing", "")
    workshop, about = impose_pages(copy, set_book, work.published)
    workshop, more = _make(copy.book, workshop, editions, work.progress)
    return workshop, typeset, copy.queries + about + more


def programs_of(house: HouseStyle, set_book: SetBook) -> dict[str, bytes]:
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


def typesetter(composing: Composing, house: HouseStyle, kept: StandingType | None) -> Typesetter:
    """Sets what does not stand already."""
    if kept is None:
        return composing.typeset
    return keep_standing(kept, fingerprint(styles_of(house)), composing.typeset)


def set_pages(book: EditedBook, house: HouseStyle, typeset: Typesetter, paged: bool) -> SetBook:
    """The pages of the book, or its cover alone."""
    if not paged:
        return paginate_cover(book, house, typeset)
    pictures: Mapping[str, bytes] = {picture.path: picture.data for picture in book.pictures}
    return paginate(book, house, pictures, typeset)


def impose_pages(
    copy: Copy, set_book: SetBook, published: datetime.datetime
) -> tuple[Workshop, tuple[Query, ...]]:
    """What the editions need, the imposed pages among it; and queries."""
    metadata = copy.book.metadata
    words = copy.house.words(metadata.language)
    said = Words(page=words["page"], cover=words["cover"])
    programs = programs_of(copy.house, set_book)
    screen = impose(set_book, programs, metadata, said, published, GENERATOR)
    workshop = Workshop(copy.house, copy.typefaces, published, set_book, screen)
    return workshop, proofread(copy.book, set_book, copy.typefaces)
