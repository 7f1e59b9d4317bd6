"""One book, from manuscript to checked editions: every stage in order, on one page.

1. Gather the manuscript, mark up every chapter, resolve what they say of each other.
2. Ask all queries of these stages at once; a single error stops the press here.
3. Set and number the pages, write them once, take a picture of the cover.
4. Make the editions, in memory.
5. Deliver: every file is written under a temporary name and put in place whole.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from bindery import __version__, concordance, contents, indexing, manuscript, references
from bindery.book import Book, Chapter, EditedBook
from bindery.composing import Composing, Press
from bindery.concordance import Concordance
from bindery.delivery import deliver, sums
from bindery.editions import ALWAYS, EDITIONS
from bindery.errata import Query, Unprintable, errors_in
from bindery.house_style import HouseStyle, read_house_style
from bindery.imposition import Words, impose
from bindery.indexing.checking import check
from bindery.ledger import key_of_printing, last_printing, write_down
from bindery.manuscript import Manuscript, Sheet, fetch_picture
from bindery.markup import mark_up
from bindery.pagination import SetBook, Typesetter, paginate, paginate_cover
from bindery.proofreading import proofread
from bindery.standing_type import StandingType, fingerprint, keep_standing, key
from bindery.typefaces import Typefaces, glyph_queries, read_typefaces
from bindery.vocabulary import FILE as VOCABULARY
from bindery.vocabulary import Vocabulary
from bindery.workshop import Artifact, Workshop

MARKED_UP = TypeAdapter(tuple[Chapter, tuple[Query, ...]])
ALONE = Press()
"""Sets everything in this process, and keeps nothing."""
SHEET = "print.css"
"""The stylesheet of the paged book."""

Progress = Callable[[str, str], None]
"""Hears the name of a stage and of what it works on; the latter is empty when it begins."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of publishing a book."""

    artifacts: tuple[Artifact, ...]
    queries: tuple[Query, ...]
    """Warnings only: with an error there is no report but `Unprintable`."""
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Copy:
    """A manuscript that is ready for the press, with all that was found about it."""

    book: EditedBook
    vocabulary: Vocabulary
    manuscript: Manuscript
    house: HouseStyle
    typefaces: Typefaces
    queries: tuple[Query, ...]


def silent(_stage: str, _detail: str) -> None:
    """A progress that nobody hears."""


def edit(folder: Path, progress: Progress = silent, kept: StandingType | None = None) -> Copy:
    """The edited book in a folder, with every query about it, errors too."""
    progress("reading", "")
    found, queries = manuscript.gather(folder)
    return _edit(found, queries, read_house_style(folder), progress, kept)


def publish(
    folder: Path,
    destination: Path,
    published: datetime.datetime | None = None,
    editions: Iterable[str] = tuple(EDITIONS),
    progress: Progress = silent,
    press: Press = ALONE,
) -> Report:
    """Publish a book folder into a destination folder.

    `published` is the moment that the files bear; None for now, or the moment of the last
    printing when nothing has changed since.  Raises `Unprintable` with every query when one of
    them is an error; the destination is then as it was before.
    """
    started = time.perf_counter()
    editions = tuple(editions)
    progress("reading", "")
    found, queries = manuscript.gather(folder)
    house = read_house_style(folder)
    kept = StandingType(press.cache) if press.cache is not None else None
    moment = published.isoformat() if published is not None else ""
    name = key_of_printing(found, house, editions, moment)
    if kept is not None and (last := last_printing(kept, name, folder, destination)):
        entry, files = last
        artifacts = tuple(Artifact(path, kind, files[path]) for path, kind, _ in entry.files)
        return Report(artifacts, entry.queries, entry.pages, time.perf_counter() - started)
    with Composing(house.files_of(SHEET), press, partial(progress, "setting")) as composing:
        composing.expect(_unknown_text(found, kept), found.metadata.language)
        copy = _edit(found, queries, house, progress, kept)
        now = published or datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        artifacts, queries, pages = _print(copy, now, editions, composing, progress, kept)
    progress("delivering", "")
    deliver(artifacts, destination)
    if kept is not None:
        made = [(artifact.path, artifact.media_type, artifact.data) for artifact in artifacts]
        write_down(kept, name, now, made, copy.book.pictures, queries, pages)
        kept.sweep()
    return Report(artifacts, queries, pages, time.perf_counter() - started)


def _print(
    copy: Copy,
    published: datetime.datetime,
    editions: tuple[str, ...],
    composing: Composing,
    progress: Progress,
    kept: StandingType | None,
) -> tuple[tuple[Artifact, ...], tuple[Query, ...], int]:
    """All files, all queries, and how many pages; `Unprintable` when there are errors."""
    if errors_in(copy.queries):
        raise Unprintable(copy.queries)
    progress("setting", "")
    paged = any(EDITIONS[name].needs_pages(copy.book) for name in editions)
    set_book = _set(copy, paged, composing, kept)
    composing.dismiss()
    progress("imposing", "")
    workshop, about = _impose(copy, set_book, published)
    workshop, more = _make(copy.book, workshop, editions, progress)
    queries = copy.queries + about + more
    if errors_in(queries):
        raise Unprintable(queries)
    artifacts = (*workshop.finished, sums(workshop.finished))
    return artifacts, queries, workshop.set_book.pagination.count


def _edit(
    found: Manuscript,
    queries: tuple[Query, ...],
    house: HouseStyle,
    progress: Progress,
    kept: StandingType | None,
) -> Copy:
    """Mark up every sheet, look for the words of the vocabulary, bring the chapters together."""
    language, vocabulary = found.metadata.language, found.vocabulary
    words = concordance.draw_up(vocabulary)
    chapters = []
    for sheet in found.sheets:
        progress("reading", sheet.path)
        chapter, about = _marked_up(sheet, language, words, kept)
        chapters.append(chapter)
        queries += about
    fetch = partial(fetch_picture, found.folder)
    resolved, about = references.resolve(Book(found.metadata, tuple(chapters)), fetch)
    index = indexing.gather(resolved.chapters, vocabulary, language)
    about += check(resolved.chapters, vocabulary, index, language, words)
    book = EditedBook(
        metadata=found.metadata,
        chapters=resolved.chapters,
        pictures=resolved.pictures,
        contents=contents.draw_up(resolved.chapters),
        index=index,
    )
    typefaces = read_typefaces(house.styles)
    queries += about + glyph_queries(book, found, typefaces)
    return Copy(book, vocabulary, found, house, typefaces, _in_order(queries, found))


def _marked_up(
    sheet: Sheet, language: str, words: Concordance, kept: StandingType | None
) -> tuple[Chapter, tuple[Query, ...]]:
    """A sheet marked up and its index words found, now or at an earlier printing.

    Both are kept, so that a new pattern in `index.toml` has no Markdown read again.
    """
    name = _chapter_key(sheet, language)
    if not words:
        return _once(kept, name, lambda: mark_up(sheet, language))

    def marked() -> tuple[Chapter, tuple[Query, ...]]:
        chapter, queries = _once(kept, name, lambda: mark_up(sheet, language))
        chapter, more = concordance.mark(chapter, words)
        return chapter, queries + more

    return _once(kept, key("marked", name, words.fingerprint), marked)


def _once(
    kept: StandingType | None, name: str, make: Callable[[], tuple[Chapter, tuple[Query, ...]]]
) -> tuple[Chapter, tuple[Query, ...]]:
    """A chapter as it is kept, or else made now."""
    entry = kept.get(name) if kept is not None else None
    if entry is not None:
        return MARKED_UP.validate_json(entry)
    made = make()
    if kept is not None:
        kept.put(name, MARKED_UP.dump_json(made))
    return made


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


def _set(copy: Copy, paged: bool, composing: Composing, kept: StandingType | None) -> SetBook:
    """The pages of the book, set now or standing."""
    typeset: Typesetter = composing.typeset
    if kept is not None:
        styles = fingerprint(copy.house.files_of(SHEET))
        typeset = keep_standing(kept, styles, composing.typeset)
    if not paged:
        return paginate_cover(copy.book, copy.house, typeset)
    pictures = {picture.path: picture.data for picture in copy.book.pictures}
    return paginate(copy.book, copy.house, pictures, typeset)


def _impose(
    copy: Copy, set_book: SetBook, published: datetime.datetime
) -> tuple[Workshop, tuple[Query, ...]]:
    """What the editions need, the imposed pages among it; and queries."""
    files = copy.house.files_of(SHEET)
    programs = {hashlib.sha256(data).hexdigest(): data for data in files.values()}
    for pages in set_book.all_pages():
        programs |= pages.programs
    metadata = copy.book.metadata
    words = copy.house.words(metadata.language)
    said = Words(page=words["page"], cover=words["cover"])
    generator = f"Bindery {__version__}"
    screen = impose(set_book, programs, metadata, said, published, generator)
    workshop = Workshop(copy.house, copy.typefaces, published, set_book, screen)
    return workshop, proofread(copy.book, set_book, copy.typefaces)


def _unknown_text(found: Manuscript, kept: StandingType | None) -> int:
    """Characters in sheets that were never marked up: about as much has to be set."""
    language = found.metadata.language
    known = (kept.has(_chapter_key(s, language)) if kept else False for s in found.sheets)
    return sum(len(s.text) for s, has in zip(found.sheets, known, strict=True) if not has)


def _chapter_key(sheet: Sheet, language: str) -> str:
    return key("chapter", sheet.path, sheet.slug, sheet.part, sheet.fingerprint, language)


def _in_order(queries: tuple[Query, ...], found: Manuscript) -> tuple[Query, ...]:
    """Queries in the order of the book's files, and of the lines in each."""
    paths = (VOCABULARY, *(sheet.path for sheet in found.sheets))
    files = {path: number for number, path in enumerate(paths, start=1)}

    def key(query: Query) -> tuple[int, int]:
        return files.get(query.place.file, 0), query.place.line or 0

    return tuple(sorted(dict.fromkeys(queries), key=key))
