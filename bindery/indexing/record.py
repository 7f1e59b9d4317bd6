"""The record of an index: what `index.json` says, for search, for machines, and for `index diff`.

It has every entry with all its places: chapter, paragraph, page of the printed book, and the
words that stand there.  Anchors are counted anew at every publishing; the words are what two
editions have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bindery.book import Chapter, EditedBook
from bindery.errata import Place, Query, Unprintable
from bindery.index import CrossReference, IndexEntry, Locus, Stands
from bindery.indexing.locators import Folio
from bindery.indexing.surroundings import Surroundings, surroundings
from bindery.markup.tree import parse, plain
from bindery.vocabulary import Kind, Settings

FILE = "index.json"
FORMAT = 1
"""Grows whenever a record could be misread by an older Bindery."""


@dataclass(frozen=True, slots=True)
class RecordedLocus:
    """A place that an entry points to."""

    chapter: str
    """Slug of the chapter."""
    paragraph: int
    """Counted from 1 in the chapter; 0 for its title."""
    anchor: str
    page: str | None
    """The page as printed, roman or arabic; None when no pages were set."""
    end_page: str | None
    """The last page of a marked discussion; None for a single place."""
    principal: bool
    stands: Stands
    note: int
    words: str
    """The words around it."""


@dataclass(frozen=True, slots=True)
class RecordedReference:
    """A target of *see* or *see also*."""

    path: tuple[str, ...]
    generic: bool


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """An entry; sub-entries follow the one that they belong to."""

    path: tuple[str, ...]
    """Heading and sub-headings as printed."""
    themes: tuple[str, ...]
    kind: Kind
    see: tuple[RecordedReference, ...]
    see_also: tuple[RecordedReference, ...]
    loci: tuple[RecordedLocus, ...]


@dataclass(frozen=True, slots=True)
class RecordedWeight:
    """How much of a theme stands in a chapter."""

    chapter: str
    places: int
    whole: bool


@dataclass(frozen=True, slots=True)
class RecordedTheme:
    """A theme, in the editor's order."""

    id: str
    title: str
    note: str
    essays: tuple[RecordedWeight, ...]


@dataclass(frozen=True, slots=True)
class RecordedChapter:
    """A chapter that entries may point to."""

    slug: str
    title: str
    number: int
    """Counted from 1 among the essays; 0 for all others."""


@dataclass(frozen=True, slots=True)
class Record:
    """An index as it was published."""

    format: int
    title: str
    language: str
    settings: Settings
    chapters: tuple[RecordedChapter, ...]
    themes: tuple[RecordedTheme, ...]
    entries: tuple[RecordedEntry, ...]

    @property
    def has_pages(self) -> bool:
        """Whether the pages were set when it was written."""
        return any(locus.page is not None for entry in self.entries for locus in entry.loci)


@dataclass(frozen=True, slots=True)
class _Head:
    """What tells a record from any other JSON."""

    format: int
    entries: list[Any] = field(default_factory=list)


def draw_record(book: EditedBook, folios: Mapping[str, Folio]) -> Record:
    """The record of a book's index; `folios` has the page of every anchor, if any were set."""
    around = {chapter.slug: surroundings(chapter) for chapter in book.chapters}
    listed = book.index.listings[0].entries if book.index.listings else ()
    return Record(
        FORMAT,
        book.metadata.title,
        book.metadata.language,
        book.index.settings,
        tuple(map(_chapter, book.chapters)),
        tuple(
            RecordedTheme(
                theme.theme,
                theme.title,
                theme.note,
                tuple(RecordedWeight(e.chapter, e.places, e.whole) for e in theme.essays),
            )
            for theme in book.index.themes
        ),
        tuple(_entries(listed, (), around, folios)),
    )


def written(record: Record) -> bytes:
    """A record as JSON, for people too: indented, and with a line feed at the end."""
    return TypeAdapter(Record).dump_json(record, indent=1) + b"\n"


def read_record(path: Path) -> Record:
    """The record in a file, in an output folder, or in the output of a book folder.

    Raises `Unprintable` when there is none, or when the file is something else.
    """
    file = _file(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        message = f"There is no {FILE} in {path}." if path.is_dir() else f"There is no file {path}."
        hint = f"Publish the book; {FILE} lies in its output folder when it has an index."
        raise Unprintable([Query("no-record", message, hint, Place(str(path)))]) from None
    place = Place(str(file))
    hint = f"Give an {FILE} that Bindery has written, or the folder in which it lies."
    try:
        head = TypeAdapter(_Head).validate_json(data)
        if head.format > FORMAT:
            message = "This record was written by a newer Bindery."
            newer = Query("newer-record", message, "Compare it with that Bindery.", place)
            raise Unprintable([newer])
        return TypeAdapter(Record).validate_json(data)
    except ValidationError as mistake:
        first = mistake.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        message = f"This is no record of an index: {where}: {first['msg']}."
        raise Unprintable([Query("bad-record", message, hint, place)]) from None


def _file(path: Path) -> Path:
    """The record that a path means."""
    if not path.is_dir():
        return path
    inside = path / FILE
    beside = path / "output" / FILE
    return beside if beside.is_file() and not inside.is_file() else inside


def _chapter(chapter: Chapter) -> RecordedChapter:
    return RecordedChapter(chapter.slug, plain(parse(chapter.title)), chapter.number)


def _entries(
    entries: Iterable[IndexEntry],
    above: tuple[str, ...],
    around: Mapping[str, Surroundings],
    folios: Mapping[str, Folio],
) -> Iterator[RecordedEntry]:
    for entry in entries:
        path = (*above, entry.heading)
        yield RecordedEntry(
            path,
            entry.themes,
            entry.kind,
            tuple(map(_reference, entry.see)),
            tuple(map(_reference, entry.see_also)),
            tuple(_locus(locus, around, folios) for locus in entry.loci),
        )
        yield from _entries(entry.entries, path, around, folios)


def _reference(reference: CrossReference) -> RecordedReference:
    return RecordedReference(reference.heading, not reference.target)


def _locus(
    locus: Locus, around: Mapping[str, Surroundings], folios: Mapping[str, Folio]
) -> RecordedLocus:
    here = around[locus.chapter]
    place = here.places.get(locus.anchor)
    page, end_page = folios.get(locus.anchor), folios.get(locus.end)
    return RecordedLocus(
        locus.chapter,
        place.paragraph if place is not None else 0,
        locus.anchor,
        str(page) if page is not None else None,
        str(end_page) if locus.end and end_page is not None else None,
        locus.principal,
        locus.stands,
        locus.note,
        here.words(locus.anchor),
    )
