"""A paragraph as it is given to be composed: text in pieces, and the lines that it is to fill.

All lengths are CSS pixels.  Places are counted in characters of the paragraph's whole text, in
which spaces stand alone and every element that is kept whole, such as the call of a note, is
one character (`WHOLE`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from bindery.composition.faces import Type

WHOLE = "\ufffc"
"""Stands for an element that is kept whole (Unicode's object replacement character)."""
SOFT_HYPHEN = "\u00ad"
HYPHEN = "\u2010"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind, or an element that is kept whole."""

    text: str
    trail: tuple[Element, ...]
    """The elements around it, from the paragraph's own child inwards."""
    type: Type
    whole: Element | None = None
    width: float = 0.0
    """Of an element that is kept whole."""
    is_note: bool = False
    """Whether it is the call of a note."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How freely lines may be set."""

    expansion: float = 0.015
    """By how much of its size type may be larger or smaller in a line."""
    protrusion: float = 1.0
    """How much of what `edges` allows stands out of the measure; 0 for nothing."""
    ragged: bool = False
    """Whether the lines end where they end, and are not spread over the measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A run of text that fills lines by itself."""

    number: int
    """Place in its galley, from 0."""
    element: Element
    """The block that it stands in; a block may hold several, with other blocks between."""
    pieces: tuple[Piece, ...]
    measure: float
    indent: float = 0.0
    """Of the first line; negative when it hangs."""
    insets: tuple[float, ...] = ()
    """How far each of the first lines begins to the right of the others, beside an initial."""
    initial: str = ""
    """What stands beside them, which is no part of the text; with the space after it."""
    lead: tuple[float, int] = (0.0, 0)
    """Width of what the engine puts before the first line, such as a note's number; its spaces."""
    line_height: float = 0.0
    is_note: bool = False
    """Whether it stands in the foot of the page."""
    rules: Rules = field(default_factory=Rules)
    first: Any = None
    """Where in its element it begins; only `rewriting` reads it."""
    _text: str = field(init=False, default="")
    _starts: tuple[int, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        starts, place = [], 0
        for piece in self.pieces:
            starts.append(place)
            place += len(piece.text)
        object.__setattr__(self, "_text", "".join(piece.text for piece in self.pieces))
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def room(self, line: int) -> float:
        """The width that a line has, counted from 0."""
        inset = self.insets[line] if line < len(self.insets) else 0.0
        first = self.indent + self.lead[0] if line == 0 else 0.0
        return self.measure - inset - first

    def piece_at(self, place: int) -> Piece:
        """The piece that has the character at a place."""
        return self.pieces[bisect_right(self._starts, place) - 1]

    def between(self, start: int, end: int) -> Sequence[tuple[Piece, str]]:
        """The pieces from one place to another, each with what of its text is there."""
        at = bisect_right(self._starts, start) - 1
        found = []
        while at < len(self.pieces) and self._starts[at] < end:
            piece, begins = self.pieces[at], self._starts[at]
            found.append((piece, piece.text[max(0, start - begins) : end - begins]))
            at += 1
        return found

    def width(self, start: int, end: int, hyphen: str = "") -> float:
        """The width of a part of the text, with a hyphen after it."""
        if start >= end:
            return 0.0
        parts = self.between(start, end)
        width = sum(_width(piece, text) for piece, text in parts[:-1])
        piece, text = parts[-1]
        if hyphen and (piece.whole is not None or piece.type.face.shares_hyphen):
            return width + _width(piece, text) + piece.type.width(hyphen)
        return width + _width(piece, text + hyphen)


def _width(piece: Piece, text: str) -> float:
    return piece.width if piece.whole is not None else piece.type.width(text)
