"""What the checks look up: every term, entry and mark by the path under which it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bindery.book import Chapter, Extent, Mark, Part
from bindery.errata import Place, Query, Severity
from bindery.index import Index, IndexEntry, Locus
from bindery.indexing.checking.likeness import words_in
from bindery.indexing.drafts import printing
from bindery.indexing.surroundings import Surroundings, surroundings
from bindery.vocabulary import FILE, Reference, Term, Vocabulary

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")

Path = tuple[str, ...]
"""Heading and sub-headings as they are printed."""
Spot = tuple[str, int]
"""A chapter's slug, and the number of a paragraph in it."""


@dataclass(frozen=True, slots=True)
class Register:
    """The vocabulary, the index and the chapters, ready to be compared."""

    chapters: tuple[Chapter, ...]
    vocabulary: Vocabulary
    index: Index
    language: str
    printed: Callable[[Iterable[str]], Path]
    """Gives a path as the index prints it."""
    terms: Mapping[Path, Term]
    """Terms of the vocabulary, in its order."""
    entries: Mapping[Path, IndexEntry]
    """Entries of the index, in its order."""
    marks: Mapping[Path, Mark]
    """The first mark by an author's hand for each entry that has one."""
    folded: Mapping[Path, Path]
    """Paths of the vocabulary with those above them, by what they are in small letters."""
    places: Mapping[Path, Place]
    """Where each entry is declared: in the vocabulary, or where it is marked first."""
    paragraphs: Mapping[str, int]
    """Number of the paragraph in which every place of the index stands; 0 for titles."""
    words: frozenset[str]
    """Every word of the text, as `words_in` has it."""

    def meant(self, path: Path) -> Path:
        """The entry that a path names: the same, or one of the vocabulary but for its capitals."""
        if path in self.entries or path in self.terms:
            return path
        for length in range(len(path), 0, -1):
            known = self.folded.get(in_small_letters(path[:length]))
            if known is not None:
                return (*known, *path[length:])
        return path

    def place(self, path: Path) -> Place:
        """Where an entry is declared."""
        return self.places.get(path, Place(FILE))

    def spots(self, loci: Iterable[Locus]) -> set[Spot]:
        """The paragraphs in which places stand, with all those between the ends of a range."""
        found: set[Spot] = set()
        for locus in loci:
            first = self.paragraphs.get(locus.anchor, 0)
            last = max(first, self.paragraphs.get(locus.end, first))
            found |= {(locus.chapter, number) for number in range(first, last + 1)}
        return found

    def spots_of(self, path: Path) -> set[Spot]:
        """The paragraphs of an entry and of all its sub-entries."""
        entry = self.entries.get(path)
        if entry is None:
            return set()
        return self.spots(locus for each in entry.walk() for locus in each.loci)

    def leads(self, path: Path) -> bool:
        """Whether an entry or one of its sub-entries has a locator."""
        entry = self.entries.get(path)
        return entry is not None and any(each.loci for each in entry.walk())

    def references(self, term: Term, kind: str) -> Iterator[tuple[Path, Reference]]:
        """The targets of a term's *see* or *see also* that name an entry, as printed."""
        for reference in term.see if kind == "see" else term.see_also:
            if not reference.generic:
                yield self.meant(self.printed(reference.path)), reference


def draw_register(
    chapters: tuple[Chapter, ...], vocabulary: Vocabulary, index: Index, language: str
) -> Register:
    """Look everything up once."""
    printed = printing(language)
    terms: dict[Path, Term] = {}
    for term in vocabulary.terms:
        terms.setdefault(printed(term.path), term)
    marks: dict[Path, Mark] = {}
    for mark in (mark for chapter in chapters for mark in chapter.marks):
        if not mark.found and mark.extent is not Extent.NOT_HERE:
            marks.setdefault(printed(mark.entry), mark)
    around = {chapter.slug: surroundings(chapter) for chapter in chapters}
    words = {word for each in around.values() for word in words_of(each)}
    return Register(
        chapters=chapters,
        vocabulary=vocabulary,
        index=index,
        printed=printed,
        language=language,
        terms=terms,
        entries=dict(_paths(index.listings[0].entries)) if index.listings else {},
        marks=marks,
        folded=_folded(terms),
        places=_places(terms, marks),
        paragraphs={n: place.paragraph for a in around.values() for n, place in a.places.items()},
        words=frozenset(plain for word in words for plain in words_in(word)),
    )


def _folded(terms: Iterable[Path]) -> dict[Path, Path]:
    """Paths of the vocabulary with all above them, by what they are in small letters."""
    folded: dict[Path, Path] = {}
    for path in terms:
        for length in range(1, len(path) + 1):
            folded.setdefault(in_small_letters(path[:length]), path[:length])
    return folded


def _places(terms: Mapping[Path, Term], marks: Mapping[Path, Mark]) -> dict[Path, Place]:
    """Where each entry is declared; one that is not stands where the first below it does."""
    places = {path: term.place for path, term in terms.items()}
    for path, mark in marks.items():
        places.setdefault(path, mark.place)
    for path, place in list(places.items()):
        for length in range(1, len(path)):
            places.setdefault(path[:length], place)
    return places


def words_of(around: Surroundings) -> list[str]:
    """Every word of a chapter with its notes, in small letters."""
    return WORD.findall("\n".join(around.blocks).casefold())


def body(chapters: Iterable[Chapter]) -> list[Chapter]:
    """The essays alone."""
    return [chapter for chapter in chapters if chapter.part is Part.BODY]


def in_small_letters(path: Path) -> Path:
    """A path without regard to case."""
    return tuple(heading.casefold() for heading in path)


def named(path: Path) -> str:
    """An entry as a query names it."""
    return f"“{' > '.join(path)}”"


def warning(code: str, message: str, hint: str, place: Place) -> Query:
    """A query that does not stop publishing."""
    return Query(code, message, hint, place, Severity.WARNING)


def _paths(entries: Iterable[IndexEntry], above: Path = ()) -> Iterator[tuple[Path, IndexEntry]]:
    for entry in entries:
        path = (*above, entry.heading)
        yield path, entry
        yield from _paths(entry.entries, path)
