"""A chapter as runs of text: what flows in one block, without breaks, notes and code.

Words are looked for in a run as a reader sees them, across emphasis and links; each run knows
where its text stands in the tree, and to which paragraph and section of the chapter it belongs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml.html import HtmlElement

from bindery.book import Chapter
from bindery.index import Stands
from bindery.markup.punctuation import BLOCKS, CODE, OPAQUE
from bindery.markup.tree import HEADINGS, PARAGRAPHS, parse

WHOLE = (*PARAGRAPHS, *HEADINGS, "caption", "dt", "figcaption", "figure", "table")
"""Blocks that are one place for the index, whatever blocks stand in them."""
STANDS = {"figure": Stands.FIGURE, "table": Stands.TABLE}
TITLE = -1
"""Section of title and subtitle; their unit is 0."""
TEXT = 2
"""Number of the text's tree in a reading, behind title and subtitle; the notes follow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a run's text: what an element begins with, or what follows it."""

    element: HtmlElement
    name: str
    """“text” or “tail”; empty when the text is not the element's own."""
    start: int
    """Offset in the run."""
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Text that flows in one block."""

    text: str
    pieces: tuple[Piece, ...]
    marks: tuple[tuple[str, int, int], ...] = ()
    """Author's marks in it: id, and the offsets of the words that each encloses."""
    tree: int = 0
    """Number of its tree in the reading."""
    unit: int = 0
    """Runs of the same paragraph, table, figure, heading or note have the same number."""
    paragraph: int = 0
    """Number of the paragraph of which it is a part; 0 for headings, tables, notes …"""
    section: int = 0
    stands: Stands = Stands.TEXT
    note: int = 0
    """Number of the note that it stands in."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All runs of a chapter in order: title, subtitle, text, notes."""

    runs: tuple[Run, ...]
    trees: tuple[HtmlElement, ...]
    """Title, subtitle, text, then each paragraph of each note."""
    paragraphs: int
    """How many paragraphs the text has."""


def read(chapter: Chapter) -> Reading:
    """The runs of a chapter; epigraphs and code are not read."""
    fragments = [chapter.title, chapter.subtitle, chapter.xhtml]
    fragments += [text for note in chapter.notes for text in note.paragraphs]
    trees = tuple(map(parse, fragments))
    titles = [replace(run, tree=n) for n in (0, 1) for run in _Reader().read(trees[n])]
    runs = [replace(run, section=TITLE, unit=0) for run in titles]
    reader = _Reader()
    runs += [replace(run, tree=TEXT) for run in reader.read(trees[TEXT])]
    number = TEXT
    for note in chapter.notes:
        of_note: dict[str, Any] = {
            "unit": reader.unit + note.number,
            "paragraph": 0,
            "section": reader.calls.get(note.call_id, 0),
            "stands": Stands.NOTE,
            "note": note.number,
        }
        for _ in note.paragraphs:
            number += 1
            runs += [replace(r, tree=number, **of_note) for r in _Reader().read(trees[number])]
    return Reading(tuple(runs), trees, reader.count)


@dataclass(slots=True)
class _Reader:
    """Goes through a tree from its first word to its last."""

    runs: list[Run] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    length: int = 0
    count: int = 0
    """Paragraphs so far."""
    depth: int = 0
    """Paragraphs that are open."""
    whole: int = 0
    """Blocks that are one place, and are open."""
    unit: int = 1
    section: int = 0
    stands: list[Stands] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)
    """Section of each note's call."""

    def read(self, tree: HtmlElement) -> list[Run]:
        self._block(tree)
        return self.runs

    def _within(self, element: HtmlElement) -> None:
        """Read what an element holds."""
        self._add(element, "text", element.text)
        for child in element:
            self._read(child)
            self._add(child, "tail", child.tail)

    def _read(self, element: HtmlElement) -> None:
        tag = element.tag
        classes = (element.get("class") or "").split()
        if not isinstance(tag, str):
            return
        if tag == "a" and "noteref" in classes:
            self.calls[element.get("id") or ""] = self.section
        elif tag in BLOCKS or tag == "pre":
            self._block(element)
        elif tag == "br":
            self._add(element, "", " ")
        elif tag in CODE or tag in ("hr", "img") or _is_address(element):
            self._add(element, "", OPAQUE)
        else:
            start = self.length
            self._within(element)
            if "index-mark" in classes:
                self.marks.append((element.get("id") or "", start, self.length))

    def _block(self, element: HtmlElement) -> None:
        """Read a block: what stands around it does not flow into it."""
        tag = str(element.tag)
        self._close()
        counted, whole = tag in PARAGRAPHS, tag in WHOLE
        self.unit += not self.whole
        self.count += counted and not self.depth
        self.section += tag in HEADINGS
        self.depth += counted
        self.whole += whole
        if tag in STANDS:
            self.stands.append(STANDS[tag])
        if tag != "pre":
            self._within(element)
        self._close()
        if tag in STANDS:
            self.stands.pop()
        self.whole -= whole
        self.depth -= counted
        self.unit += not self.whole

    def _add(self, element: HtmlElement, name: str, text: str | None) -> None:
        if text:
            self.pieces.append(Piece(element, name, self.length, self.length + len(text)))
            self.texts.append(text)
            self.length += len(text)

    def _close(self) -> None:
        """End the run that is being read."""
        text = "".join(self.texts)
        if self.marks or text.strip():
            self.runs.append(
                Run(
                    text,
                    tuple(self.pieces),
                    tuple(self.marks),
                    unit=self.unit,
                    paragraph=self.count if self.depth else 0,
                    section=self.section,
                    stands=self.stands[-1] if self.stands else Stands.TEXT,
                )
            )
        self.texts, self.pieces, self.marks, self.length = [], [], [], 0


def _is_address(element: HtmlElement) -> bool:
    """Whether an element is a link that shows nothing but its own address."""
    return element.tag == "a" and not len(element) and element.text == element.get("href")
