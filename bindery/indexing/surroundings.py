"""Where in its chapter every id stands: in which paragraph, and between which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from bindery.book import Chapter
from bindery.markup.punctuation import BLOCKS
from bindery.markup.tree import HEADINGS, PARAGRAPHS, parse, plain

BEFORE, AFTER = 40, 80
"""Characters of context on both sides of an id, cut between words."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is around an id."""

    paragraph: int
    """Number of its paragraph in the chapter, counted from 1; 0 for the title."""
    block: int
    """Which block of the chapter's text it stands in, counted from 0."""
    offset: int
    """Characters before it in the block."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around all ids of a chapter."""

    places: Mapping[str, Place]
    """By id; the chapter's slug is its title."""
    paragraphs: int
    """How many paragraphs the chapter has."""
    blocks: tuple[str, ...]
    """Plain text of the title, and of everything that begins on a line of its own; notes and
    what stands before the text come last."""

    def words(self, name: str) -> str:
        """The words around an id, with single spaces; empty when there is no such id."""
        place = self.places.get(name)
        if place is None:
            return ""
        text = self.blocks[place.block]
        before, after = text[: place.offset], text[place.offset :]
        if len(before) > BEFORE:
            before = before[-BEFORE:].partition(" ")[2]
        if len(after) > AFTER:
            after = after[:AFTER].rpartition(" ")[0] or after[:AFTER]
        return " ".join(f"{before}{after}".split())


def surroundings(chapter: Chapter) -> Surroundings:
    """What is around every id of a chapter.

    A paragraph in a list's item is no other; a heading is counted with the paragraph below it,
    pictures and tables with the one above, and a note with the one that calls it first.
    """
    walk = _Walk([[plain(parse(chapter.title))]])
    walk.read(chapter.xhtml)
    count = walk.paragraphs
    for note in chapter.notes:
        call = walk.places.get(note.call_id)
        paragraph = call.paragraph if call else 1
        walk.open_block()
        walk.places.setdefault(note.id, Place(paragraph, len(walk.pieces) - 1, 0))
        for fragment in note.paragraphs:
            walk.read(fragment, paragraph)
    for opening in (chapter.subtitle, chapter.epigraph):
        walk.pieces.append([plain(parse(opening))])
    places = {
        name: Place(min(place.paragraph, max(count, 1)), place.block, place.offset)
        for name, place in walk.places.items()
    }
    blocks = tuple("".join(pieces) for pieces in walk.pieces)
    return Surroundings({chapter.slug: Place(0, 0, 0), **places}, count, blocks)


@dataclass(slots=True)
class _Walk:
    """How far a chapter was read."""

    pieces: list[list[str]]
    """The text so far, block by block."""
    length: int = 0
    """Characters in the last block."""
    paragraphs: int = 0
    inside: int = 0
    """How many paragraphs are open, one in another."""
    heading: int = 0
    """Whether a heading is open."""
    places: dict[str, Place] = field(default_factory=dict)

    def read(self, fragment: str, paragraph: int = 0) -> None:
        """Read an XHTML fragment; all of it belongs to one paragraph when its number is given."""
        self.open_block()
        for event, element in etree.iterwalk(parse(fragment), ("start", "end")):
            step = 1 if event == "start" else -1
            if element.tag in BLOCKS:
                self.open_block()
            if element.tag in PARAGRAPHS and not paragraph:
                self.paragraphs += step > 0 and not self.inside
                self.inside += step
            self.heading += step * (element.tag in HEADINGS)
            if step > 0 and (name := element.get("id")):
                number = paragraph or max(self.paragraphs + self.heading, 1)
                self.places.setdefault(name, Place(number, len(self.pieces) - 1, self.length))
            text = element.text if step > 0 else element.tail
            if text:
                self.pieces[-1].append(text)
                self.length += len(text)

    def open_block(self) -> None:
        """Let what follows begin on a line of its own."""
        self.pieces.append([])
        self.length = 0
