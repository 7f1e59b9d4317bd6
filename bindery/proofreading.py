"""What only set pages show: lost notes, fonts of the machine, complaints of the engine."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.book import EditedBook
from bindery.errata import Place, Query, Severity
from bindery.folios import Pagination
from bindery.pagination import LEFT_TO_ENGINE, SetBook
from bindery.set_pages import NOT_COMPOSED
from bindery.typefaces import Typefaces, foreign_queries

STYLES = "styles/print.css"


def proofread(book: EditedBook, set_book: SetBook, typefaces: Typefaces) -> tuple[Query, ...]:
    """Every query about the pages of a book."""
    families = {font.family for pages in set_book.all_pages() for font in pages.fonts}
    return (
        *_lost_notes(book, set_book.pagination),
        *foreign_queries(frozenset(families), typefaces, book),
        *_complaints(book, set_book),
        *_not_composed(book, set_book),
        *_loose_columns(set_book),
    )


def _lost_notes(book: EditedBook, pagination: Pagination) -> tuple[Query, ...]:
    """An error for each note whose end found no place on any page."""
    hint = "Shorten the note, or move it into the text."
    message = "This footnote is too long for the foot of a page, and its end was lost."
    return tuple(
        Query("lost-note", message, hint, note.place)
        for chapter in book.chapters
        for note in chapter.notes
        if chapter.slug in pagination.pages
        if f"{note.id}--end" not in pagination.pages
    )


def _loose_columns(set_book: SetBook) -> tuple[Query, ...]:
    """A warning when the index could not be made up."""
    if not any(LEFT_TO_ENGINE in pages.complaints for pages in set_book.standing.values()):
        return ()
    message = "The index has no “(continued)” lines, and headings may stand alone in its columns."
    hint = "Its styles add words, turn its text or make columns of another width; change that."
    return (Query("loose-columns", message, hint, Place(STYLES), Severity.WARNING),)


def _not_composed(book: EditedBook, set_book: SetBook) -> Iterator[Query]:
    """A warning for each paragraph whose lines the engine laid out otherwise than planned."""
    files = {chapter.slug: chapter.file for chapter in book.chapters}
    hint = "Its lines are the engine's own. Nothing is lost; look at its spaces."
    for name, pages in set_book.standing.items():
        for words in pages.complaints:
            if words.startswith(NOT_COMPOSED):
                told = words.removeprefix(NOT_COMPOSED)
                message = f"This paragraph could not be set as a whole: {told}."
                place = Place(files.get(name, STYLES))
                yield Query("composition", message, hint, place, Severity.WARNING)


def _complaints(book: EditedBook, set_book: SetBook) -> tuple[Query, ...]:
    """What WeasyPrint was not content with, as warnings about the file or the styles."""
    files = {chapter.slug: chapter.file for chapter in book.chapters}
    heard: dict[str, str] = {}
    for name, pages in set_book.standing.items():
        for words in pages.complaints:
            if words == LEFT_TO_ENGINE or words.startswith(NOT_COMPOSED):
                continue
            heard[words] = STYLES if words in heard else files.get(name, STYLES)
    hint = "Correct the style, the template or the picture that it speaks of."
    return tuple(
        Query(
            "typesetting",
            f"WeasyPrint says: {words.rstrip('.')}.",
            hint,
            Place(file),
            Severity.WARNING,
        )
        for words, file in heard.items()
    )
