"""The opening of an essay: a dropped initial, and its first words in small capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from bindery.markup.tree import make

OPENING = re.compile(r"\s*([“‘«„\"'(\[]*\w)((?:\S*\s+){0,3}\S+)?")
"""The initial, and the words set in small capitals after it: four at most."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text, before the first child of an element or after the element."""

    element: HtmlElement
    is_tail: bool
    text: str


def dress_opening(tree: HtmlElement) -> None:
    """Give the first paragraph its initial and its first words small capitals.

    Words that the index points to are words as all others; anything else in the line, such as
    emphasis or a note, ends the opening.
    """
    first = next(iter(tree), None)
    if first is None or first.tag != "p":
        return
    pieces = list(_pieces(first))
    found = OPENING.match("".join(piece.text for piece in pieces))
    if not found or not found[1][-1].isalpha():
        return
    initial, last = found.end(1), found.start(2) + len((found[2] or "").rstrip(",;:."))
    places, place = [], 0
    for piece in pieces:
        places.append(place)
        place += len(piece.text)
    for piece, begins in reversed(list(zip(pieces, places, strict=True))):
        _cut(piece, initial - begins, last - begins, "opening")
        if begins <= found.start(1) < begins + len(piece.text):
            _cut(piece, found.start(1) - begins, initial - begins, "initial")
            _strip(piece)
    first.set("class", " ".join(filter(None, [first.get("class"), "opened"])))


def _pieces(element: HtmlElement) -> Iterator[_Piece]:
    """The text of a paragraph up to its first element that is no mark of the index."""
    yield _Piece(element, False, element.text or "")
    for child in element:
        if child.get("class") != "index-mark":
            return
        yield from _pieces(child)
        if any(below.get("class") != "index-mark" for below in child.iterdescendants()):
            return
        yield _Piece(child, True, child.tail or "")


def _cut(piece: _Piece, start: int, end: int, name: str) -> None:
    """Put a part of a piece of text into an element; what is left of it stays before that."""
    text = (piece.element.tail if piece.is_tail else piece.element.text) or ""
    start, end = max(start, 0), max(min(end, len(text)), 0)
    words = text[start:end].strip()
    if not words:
        return
    start += text[start:end].index(words)
    end = start + len(words)
    span = make("span", {"class": name}, words)
    span.tail = text[end:]
    if piece.is_tail:
        piece.element.tail = text[:start]
        parent = piece.element.getparent()
        if parent is not None:
            parent.insert(parent.index(piece.element) + 1, span)
            return
    piece.element.text = text[:start]
    piece.element.insert(0, span)


def _strip(piece: _Piece) -> None:
    """Leave no space before the initial."""
    if piece.is_tail:
        piece.element.tail = None
    else:
        piece.element.text = None
