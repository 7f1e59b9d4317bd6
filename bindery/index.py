"""The index as a value: themes, entries with all they point to, and the A–Z of them all.

An index holds anchors, never pages; each edition prints them in its own way.  `indexing`
makes it of the vocabulary and of the marks in the chapters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bindery.vocabulary import Kind, Settings


class Stands(StrEnum):
    """What holds the place that a locator points to; its number is printed accordingly."""

    TEXT = "text"
    NOTE = "note"
    """A note: 45n3."""
    FIGURE = "figure"
    """A picture or its caption; in italics."""
    TABLE = "table"
    """A table or its caption; in italics."""


@dataclass(frozen=True, slots=True)
class Locus:
    """One place that an entry points to."""

    anchor: str
    """Id of the place, or of where a discussion begins; a chapter's slug for its title."""
    end: str = ""
    """Id of where a marked discussion ends; empty for a single place."""
    principal: bool = False
    """Whether it is the main discussion of its subject; printed in bold."""
    stands: Stands = Stands.TEXT
    note: int = 0
    """Number of the note that it stands in."""

    @property
    def chapter(self) -> str:
        """Slug of the chapter in which it stands."""
        return self.anchor.split("--", 1)[0]


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Where a reader should look instead (*see*) or as well (*see also*)."""

    heading: tuple[str, ...]
    """The target as printed: heading, then sub-headings (“see cats, under house pets”)."""
    target: str = ""
    """Id of the target's entry; empty for a generic reference such as “names of ministries”."""

    @property
    def lead(self) -> str:
        """What is printed first: “cats” of the path “house pets > cats”."""
        return self.heading[-1]

    @property
    def under(self) -> str:
        """Where it is found, for a sub-entry: “house pets”, printed after “under” as in Chicago."""
        return ": ".join(self.heading[:-1])


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A heading of the index with the places that it points to."""

    id: str
    heading: str
    """Plain text."""
    loci: tuple[Locus, ...] = ()
    """In the order of the book, each place once."""
    entries: tuple[IndexEntry, ...] = ()
    """Sub-entries, in order."""
    see: tuple[CrossReference, ...] = ()
    see_also: tuple[CrossReference, ...] = ()
    kind: Kind = Kind.THEME
    themes: tuple[str, ...] = ()
    """Ids of its themes."""

    def walk(self) -> Iterator[IndexEntry]:
        """The entry and all those below it."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries that begin with the same letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of a theme stands in one chapter."""

    chapter: str
    """Slug of the chapter."""
    places: int
    """How many places of the theme's entries are in it, each once."""
    whole: bool = False
    """Whether its author put the whole chapter under the theme (`themes:` in its front matter)."""


@dataclass(frozen=True, slots=True)
class IndexTheme:
    """A theme with its essays and its entries."""

    id: str
    """Id in the book, such as `index--theme-defence`."""
    theme: str
    """Id in the vocabulary, such as `defence`."""
    title: str
    note: str
    essays: tuple[Weight, ...]
    """Chapters that treat it, the weightiest first."""
    entries: tuple[IndexEntry, ...]
    """Its entries in order, with ids of their own."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One alphabetical index: of all entries, or of one kind such as names."""

    kind: Kind | None
    """None for the A–Z of all entries."""
    groups: tuple[IndexGroup, ...]

    @property
    def entries(self) -> tuple[IndexEntry, ...]:
        """All entries, without their letters."""
        return tuple(entry for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that stands in a book's index; false when there is nothing."""

    settings: Settings = field(default_factory=Settings)
    themes: tuple[IndexTheme, ...] = ()
    """In the editor's order; empty when the book has no vocabulary."""
    listings: tuple[Listing, ...] = ()
    """The A–Z of all entries first, then those of single kinds."""

    def __bool__(self) -> bool:
        return any(listing.groups for listing in self.listings)
