"""The PDF for the screen: cover, linked and tagged pages, bookmarks, page labels."""

from __future__ import annotations

from bindery.book import EditedBook
from bindery.imposition import impose
from bindery.typefaces import foreign_queries
from bindery.workshop import Artifact, Made, Workshop

NAME = "screen"


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`<slug>.pdf`."""
    words = workshop.house.words(book.metadata.language)
    data = impose(workshop.printed.data, workshop.pagination, words["page"], words["cover"])
    queries = foreign_queries(workshop.printed.families, workshop.typefaces, book)
    path = f"{book.metadata.file_stem}.pdf"
    return Made((Artifact(path, "application/pdf", data),), queries)
