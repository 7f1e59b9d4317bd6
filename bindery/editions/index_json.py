"""The index as data: `index.json`, for search and for `index diff`.

It is made beside whichever editions are asked for, and so `--only` does not know it: it is a
record of what was published, and an output folder whose record is of another printing would
mislead.  It names pages when the editions of this printing have any.
"""

from __future__ import annotations

from bindery.book import EditedBook
from bindery.indexing.record import FILE, draw_record, written
from bindery.workshop import Artifact, Made, Workshop

NAME = "index"


def needs_pages(_book: EditedBook, /) -> bool:
    """Never: it names pages when there are any."""
    return False


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`index.json`; nothing when the book has no index."""
    if not book.index:
        return Made(())
    record = draw_record(book, workshop.set_book.pagination.folios)
    return Made((Artifact(FILE, "application/json", written(record)),))
