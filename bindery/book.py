"""What a book is: chapters in front, body and back matter; first as written, then as edited.

All values are frozen and hold plain text or well-formed XHTML fragments, so that they can
be compared, kept and sent to another process.  Page numbers never enter here: an index
holds anchors, and each edition knows for itself on which page an anchor falls.

Every id in a book is unique in the whole book: `chapter-slug` or `chapter-slug--name`.
A link inside the book is written as `#id`; editions of many files put the file before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bindery.errata import Place
from bindery.index import Index, Stands
from bindery.metadata import Metadata


class Part(StrEnum):
    """Where in the book a chapter stands."""

    FRONT = "front"
    BODY = "essays"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading inside a chapter."""

    id: str
    level: int
    """2 for a section, 3 for a section of a section, and so on."""
    title: str
    """XHTML fragment, without notes and marks."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    id: str
    number: int
    """Counted from 1 in each chapter."""
    paragraphs: tuple[str, ...]
    """One XHTML fragment of running text for each paragraph."""
    call_id: str
    """Id of the place in the text that calls the note first."""
    place: Place


class Extent(StrEnum):
    """How much of the text a mark means."""

    POINT = "point"
    """The words behind it."""
    OPENS = "opens"
    """Everything from here to the mark that closes."""
    CLOSES = "closes"
    NOT_HERE = "not here"
    """Nothing: the next words are no place for this entry, whatever a pattern finds."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text that the index points to, marked by an author or found by a pattern."""

    id: str
    entry: tuple[str, ...]
    """Heading and sub-headings, such as ("alliances", "forms of")."""
    place: Place
    extent: Extent = Extent.POINT
    principal: bool = False
    """Whether it is the main discussion."""
    stands: Stands = Stands.TEXT
    note: int = 0
    """Number of the note that it stands in."""
    found: bool = False
    """Whether a pattern of the vocabulary found it, and no author marked it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or a picture's address, as its author wrote it."""

    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manuscript, marked up."""

    slug: str
    """The file's name as an id, unique in the book."""
    file: str
    """Path of the file relative to the book folder."""
    part: Part
    role: str
    """What kind of chapter it is: essay, preface, colophon …"""
    title: str
    """XHTML fragment."""
    subtitle: str
    """XHTML fragment; empty when there is none."""
    authors: tuple[str, ...]
    """Authors of this chapter alone; empty when they are the book's."""
    running: str
    """Plain text for the running head."""
    summary: str
    """Plain text; empty when there is none."""
    language: str
    epigraph: str
    """XHTML fragment of blocks; empty when there is none."""
    xhtml: str
    """XHTML fragment of blocks: the text, without title and notes."""
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Reference, ...] = ()
    pictures: tuple[Reference, ...] = ()
    ids: tuple[str, ...] = ()
    """Every id in the text that can be linked to."""
    number: int = 0
    """Counted from 1 among the essays; 0 for all others."""
    themes: tuple[Reference, ...] = ()
    """Ids of the themes under which the whole chapter stands, as its front matter says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the book."""

    path: str
    """Path relative to the book folder, which is also its address in the XHTML."""
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Book:
    """The book as written: every chapter marked up, nothing yet resolved between them."""

    metadata: Metadata
    chapters: tuple[Chapter, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents, with the lines below it."""

    id: str
    title: str
    subtitle: str
    summary: str
    number: int
    """Number of the essay; 0 when it has none."""
    part: Part
    lines: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedBook:
    """The book as edited: numbered, resolved, with contents and index drawn up."""

    metadata: Metadata
    chapters: tuple[Chapter, ...]
    pictures: tuple[Picture, ...]
    contents: tuple[ContentsLine, ...]
    index: Index

    def chapter_of(self, anchor: str) -> Chapter:
        """The chapter in which an id stands; KeyError when there is none."""
        slug = anchor.split("--", 1)[0]
        for chapter in self.chapters:
            if chapter.slug == slug:
                return chapter
        raise KeyError(anchor)
