"""Other people's Markdown becomes a book folder that needs no editing before it is published.

1. The source is looked through: which texts are the book, and what it says of itself.
2. Each text is edited: encoding, front matter, listings, index marks, notes, ids, headings.
3. Each gets its path in the book; then its pictures and its links are addressed anew.
4. All is written beside the destination, read again as Bindery reads any book, and moved
   into place whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bindery.acquisitions.delivery import (
    beside,
    book_toml,
    check_destination,
    move_into_place,
    write_files,
)
from bindery.acquisitions.editing import Draft, edit, shortened_notes, with_paths
from bindery.acquisitions.forwarding import forward_links, forward_pictures
from bindery.acquisitions.index_toml import index_toml
from bindery.acquisitions.inventory import Inventory, take_inventory
from bindery.acquisitions.pictures import Pictures
from bindery.acquisitions.summary import SUMMARY
from bindery.book import Book, Chapter, Part
from bindery.errata import Place, Query, Unprintable, errors_in
from bindery.manuscript import fetch_picture, gather
from bindery.markup import mark_up
from bindery.markup.tree import parse, plain
from bindery.metadata import FILE
from bindery.references import resolve
from bindery.vocabulary import FILE as INDEX

__all__ = ["Acquired", "Essay", "acquire"]


@dataclass(frozen=True, slots=True)
class Essay:
    """A chapter that was taken in."""

    title: str
    """Plain text."""
    file: str
    """Path in the book folder, with forward slashes."""
    words: int


@dataclass(frozen=True, slots=True)
class Acquired:
    """What came of an import."""

    folder: Path
    essays: tuple[Essay, ...]
    """Every chapter, in the order of the book."""
    queries: tuple[Query, ...]
    """What was changed or needs a look; files are named as in the source."""


def acquire(source: Path, destination: Path, *, force: bool = False) -> Acquired:
    """Make a book folder of a file, of a folder with texts, or of one with a `SUMMARY.md`.

    Of a single file, its folder is read for the pictures in it.  Raises `Unprintable` when
    there is no essay, or when the book cannot be put where it should go; then nothing is
    written.  With `force`, files of the same name are written over, and no others.
    """
    if not source.exists():
        hint = "Give the path of a Markdown file, or of a folder with such files."
        query = Query("no-source", f"There is no {source}.", hint, Place(str(source)))
        raise Unprintable([query])
    is_summary = source.name.casefold() == SUMMARY.casefold() and source.is_file()
    check_destination(source.parent if is_summary else source, destination, force)
    try:
        inventory, queries = take_inventory(source)
        drafts, pictures, said = _edited(inventory)
        vocabulary, remarked = index_toml(drafts, inventory.shelf)
    except OSError as mistake:
        message = f"{mistake.filename or source} cannot be read: {mistake.strerror}."
        hint = "See whether you may read it."
        raise Unprintable([Query("cannot-read", message, hint, Place(str(source)))]) from mistake
    queries += [*said, *remarked]
    if not any(draft.part is Part.BODY for draft in drafts):
        hint = "Give a folder that holds Markdown files (.md, .markdown or .txt)."
        query = Query("no-essays", f"There is no essay in {source}.", hint, Place(str(source)))
        raise Unprintable([query, *queries])
    files = {**_files(inventory, drafts), **pictures.data}
    with beside(destination) as folder:
        write_files(folder, files | ({INDEX: vocabulary} if vocabulary else {}))
        chapters, errors = _proof(folder)
        queries += move_into_place(folder, destination)
    names = {draft.path: draft.file for draft in drafts}
    queries += [
        replace(query, place=Place(names.get(query.place.file, query.place.file)))
        for query in errors
    ]
    return Acquired(destination, tuple(map(_essay, chapters)), tuple(queries))


def _edited(inventory: Inventory) -> tuple[list[Draft], Pictures, list[Query]]:
    """All texts ready to be written, their pictures, and queries."""
    queries: list[Query] = []
    drafts = []
    language = inventory.particulars.language or "en"
    for number, found in enumerate(inventory.chapters, start=1):
        draft, said = edit(inventory.shelf, found, number)
        drafts.append(draft)
        queries += said
    pictures = Pictures(inventory.shelf)
    placed = []
    for draft in with_paths(drafts):
        fresh, said = forward_pictures(draft, pictures, inventory.base)
        queries += said
        placed.append(fresh)
    final = []
    for draft in forward_links(placed, inventory.shelf, inventory.base, language, queries):
        fresh, said = shortened_notes(draft, language)
        queries += said
        final.append(fresh)
    return final, pictures, queries


def _files(inventory: Inventory, drafts: Iterable[Draft]) -> dict[str, bytes]:
    """The texts and `book.toml`, by their paths in the book folder."""
    drafts = list(drafts)
    order = {part: [draft.path for draft in drafts if draft.part is part] for part in Part}
    particulars = inventory.particulars
    if not particulars.title:
        particulars = replace(particulars, title=drafts[0].title)
    files = {draft.path: draft.written.encode() for draft in drafts}
    return {**files, FILE: book_toml(particulars, order)}


def _proof(folder: Path) -> tuple[list[Chapter], list[Query]]:
    """The chapters as Bindery reads them, and the errors that it still finds."""
    manuscript, queries = gather(folder)
    found = list(queries)
    chapters = []
    for sheet in manuscript.sheets:
        chapter, said = mark_up(sheet, manuscript.metadata.language)
        chapters.append(chapter)
        found += said
    book = Book(manuscript.metadata, tuple(chapters))
    _, said = resolve(book, lambda path: fetch_picture(folder, path))
    return chapters, list(errors_in([*found, *said]))


def _essay(chapter: Chapter) -> Essay:
    title = plain(parse(chapter.title))
    subtitle = plain(parse(chapter.subtitle))
    words = len(parse(chapter.xhtml).text_content().split())
    return Essay(f"{title}: {subtitle}" if subtitle else title, chapter.file, words)
