"""From the manuscript to the edited book, with every query that can be asked before it is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from bindery import concordance, contents, indexing, looks, manuscript, references
from bindery.book import Book, Chapter, EditedBook, Picture
from bindery.concordance import Concordance
from bindery.errata import Place, Query
from bindery.house_style import HouseStyle, read_house_style
from bindery.indexing.checking import check
from bindery.manuscript import Manuscript, Sheet, fetch_picture
from bindery.markup import mark_up
from bindery.metadata import FILE, Metadata, line_of_key
from bindery.print_orders import (
    NOTHING_ELSE,
    PrintOrder,
    Wanted,
    look_called,
    order_prints,
    places_in,
)
from bindery.standing_type import StandingType, key
from bindery.typefaces import Typefaces, glyph_queries, read_typefaces
from bindery.vocabulary import FILE as VOCABULARY
from bindery.vocabulary import Vocabulary

MARKED_UP = TypeAdapter(tuple[Chapter, tuple[Query, ...]])
COMMAND_LINE = Place("--look")
OTHERS = (".svg", ".gif", ".webp", ".avif", ".heic", ".tif", ".tiff", ".pdf", ".psd")
"""Endings of pictures that are not printed on covers."""

Progress = Callable[[str, str], None]
"""Hears the name of a stage and of what it works on; the latter is empty when it begins."""


def silent(_stage: str, _detail: str) -> None:
    """A progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A manuscript that was read, in the look that is wanted, with its orders."""

    manuscript: Manuscript
    house: HouseStyle
    orders: tuple[PrintOrder, ...]
    books: Mapping[str, Metadata]
    """What the book says of itself in each order, by the folder of the order."""
    art: Picture | None
    """The picture for the front of printed covers."""
    art_place: Place
    """Where it is named."""
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A manuscript that is ready for the press, with all that was found about it."""

    book: EditedBook
    vocabulary: Vocabulary
    manuscript: Manuscript
    house: HouseStyle
    typefaces: Typefaces
    queries: tuple[Query, ...]


def read(folder: Path, wanted: Wanted) -> Desk:
    """The manuscript in a folder, what is asked of it, and every query about both.

    `Unprintable` when the book has no look of the name that is wanted.
    """
    found, queries = manuscript.gather(folder)
    toml = folder / FILE
    text = toml.read_text("utf-8-sig", errors="replace") if toml.is_file() else ""
    places = places_in(text, line_of_key)
    look = look_called(found.metadata, wanted.look, COMMAND_LINE)
    orders, about = order_prints(found.metadata, places, wanted.printers, look)
    place = places("print", "cover")
    art, more = _art(found, place)
    books = {order.folder: order.book(found.metadata) for order in orders}
    metadata = found.metadata.looking(look)
    house = looks.dress(read_house_style(folder), metadata.look)
    found = replace(found, metadata=metadata)
    orders = orders if wanted.prints else ()
    queries = (*queries, *about, *more)
    return Desk(found, house, orders, books, art if orders else None, place, queries)


def _art(found: Manuscript, place: Place) -> tuple[Picture | None, tuple[Query, ...]]:
    """The picture that is given for the cover, or what is wrong with it."""
    path = found.metadata.print.cover
    can_be = path and not path.lower().endswith(OTHERS)
    art = fetch_picture(found.folder, path) if can_be else None
    if not path or art is not None:
        return art, ()
    message = f"There is no picture {path} in the book folder."
    hint = "Correct the path of cover; it is counted from the book folder."
    if path.lower().endswith(OTHERS):
        message, hint = f"The cover {path} is neither PNG nor JPEG.", "Save it as one of these."
        return None, (Query("cover-art", message, hint, place),)
    return None, (Query("missing-image", message, hint, place),)


def edit(folder: Path, progress: Progress = silent, kept: StandingType | None = None) -> Copy:
    """The edited book in a folder, with every query about it, errors too."""
    progress("reading", "")
    return edited(read(folder, NOTHING_ELSE), progress, kept)


def edited(desk: Desk, progress: Progress, kept: StandingType | None) -> Copy:
    """Mark up every sheet, look for the words of the vocabulary, bring the chapters together."""
    found, queries = desk.manuscript, desk.queries
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
    typefaces = read_typefaces(desk.house.styles)
    queries += about + glyph_queries(book, found, typefaces)
    return Copy(book, vocabulary, found, desk.house, typefaces, _in_order(queries, found))


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


def unknown_text(found: Manuscript, kept: StandingType | None) -> int:
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
