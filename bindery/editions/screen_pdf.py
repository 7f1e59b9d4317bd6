"""The PDF for the screen: cover, linked and tagged pages, bookmarks, page labels."""

from __future__ import annotations

from bindery.book import EditedBook
from bindery.workshop import Artifact, Made, Workshop

NAME = "screen"


def needs_pages(_book: EditedBook, /) -> bool:
    """Always: it is made of them."""
    return True


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`<slug>.pdf`."""
    path = f"{book.metadata.file_stem}.pdf"
    return Made((Artifact(path, "application/pdf", workshop.screen),))
