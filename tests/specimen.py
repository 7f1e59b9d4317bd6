"""Little books to try the press on, written into a folder of the test."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from textwrap import dedent

from bindery import concordance, contents, indexing, manuscript, references
from bindery.book import Book, Chapter, EditedBook, Part
from bindery.errata import Query, Unprintable
from bindery.manuscript import Sheet
from bindery.markup import mark_up

TOML = 'title = "Specimen"\n'

NOT_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
"""A safe drawing, the smallest picture there is."""


def write_book(folder: Path, files: Mapping[str, str | bytes], toml: str | None = TOML) -> Path:
    """A book folder with these files by path, and `book.toml` unless it is None."""
    folder.mkdir(parents=True, exist_ok=True)
    if toml is not None:
        _write(folder / "book.toml", toml)
    for name, content in files.items():
        _write(folder / name, content)
    return folder


def edited(folder: Path) -> EditedBook:
    """The book in a folder, edited; AssertionError when there are errors in it."""
    book, queries = _edit(folder)
    assert not [query for query in queries if query.severity == "error"], queries
    return book


def queries_of(folder: Path) -> list[Query]:
    """Everything that the rooms up to the index have to say about the book in a folder."""
    try:
        return _edit(folder)[1]
    except Unprintable as stop:
        return list(stop.queries)


def chapter_of(text: str, path: str = "essays/a.md", language: str = "en") -> Chapter:
    """A Markdown text marked up, below the title “Title” when it has none of its own."""
    return _marked_up(text, path, language)[0]


def said_of(text: str, path: str = "essays/a.md", language: str = "en") -> list[str]:
    """The queries about a Markdown text: “line code severity”, in order."""
    found = _marked_up(text, path, language)[1]
    return [f"{query.place.line} {query.code} {query.severity}" for query in found]


def said(queries: list[Query] | tuple[Query, ...]) -> list[str]:
    """Queries as “place code severity”, in order."""
    return [f"{query.place} {query.code} {query.severity}" for query in queries]


def queries_about(text: str, path: str = "essays/a.md", language: str = "en") -> list[Query]:
    """The queries about a Markdown text."""
    return _marked_up(text, path, language)[1]


def dedented(text: str) -> str:
    """A text written indented between three quotation marks, as it stands in a file."""
    return dedent(text).lstrip("\n")


def _marked_up(text: str, path: str, language: str) -> tuple[Chapter, list[Query]]:
    titled = text.lstrip().startswith(("# ", "---")) or "\n====" in text
    body = text if titled else f"# Title\n\n{text}"
    part = Part(path.split("/", maxsplit=1)[0])
    chapter, queries = mark_up(Sheet(path, Path(path).stem, part, body, ""), language)
    return chapter, list(queries)


def _edit(folder: Path) -> tuple[EditedBook, list[Query]]:
    gathered, queries = manuscript.gather(folder)
    found = list(queries)
    words = concordance.draw_up(gathered.vocabulary)
    chapters = []
    for sheet in gathered.sheets:
        chapter, said_here = mark_up(sheet, gathered.metadata.language)
        chapter, said_of_words = concordance.mark(chapter, words)
        chapters.append(chapter)
        found += [*said_here, *said_of_words]
    book = Book(gathered.metadata, tuple(chapters))
    resolved, said_there = references.resolve(book, partial(manuscript.fetch_picture, folder))
    return EditedBook(
        gathered.metadata,
        resolved.chapters,
        resolved.pictures,
        contents.draw_up(resolved.chapters),
        indexing.gather(resolved.chapters, gathered.vocabulary, gathered.metadata.language),
    ), [*found, *said_there]


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
