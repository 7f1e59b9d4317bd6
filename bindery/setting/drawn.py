"""Read back what WeasyPrint drew: every piece of text in reading order, glyph by glyph.

A tagged page's content is divided into marked pieces (one for each piece of a line), and the
structure tree has them in reading order.  Reading them before the PDF is written costs little,
and tells exactly where every letter stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from bindery.set_pages import SetLine
from bindery.signs import seen

POINTS = 0.75
"""Points in a CSS pixel."""
MATRICES = 2
"""On every page: one turns it upside down, one makes points of pixels."""
SHOWN = re.compile(rb"<([0-9a-f]*)>|([-+]?[0-9.]+(?:e[-+]?\d+)?)")
"""Glyphs, or how far to move back, in an array that TJ shows."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph where it was drawn; or, without any letters, something that moves what follows."""

    code: bytes
    """Four hexadecimal digits; empty for what is no glyph."""
    seen: str
    """The letters that it stands for, without spaces."""
    left: float
    right: float
    """Pixels from the left edge of the page."""
    operator: bytes = b""
    """What is no glyph, as it stands in the content: a number of the array, or an operator."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that was drawn at once."""

    page: int
    element: Any
    """Its element in the structure tree."""
    first: int
    last: int
    """Where in the page's content its marked content begins and ends."""
    before: tuple[Any, ...]
    """Operators up to the text's matrix."""
    baseline: float
    """Pixels from the head of the page."""
    size: float
    """Of its first font, in pixels."""
    glyphs: tuple[Glyph, ...]

    @property
    def seen(self) -> str:
        """What is seen of its text."""
        return "".join(glyph.seen for glyph in self.glyphs)


class UnreadableError(Exception):
    """The content is not drawn as it is expected to be."""


def read_pieces(pdf: pydyf.PDF, fonts: Mapping[str, Any]) -> list[Piece]:
    """All pieces of text of a tagged document, in reading order; pictures and spaces are left out.

    `fonts` are WeasyPrint's, by the names that the content calls them.
    """
    objects = {thing.reference: thing for thing in pdf.objects}
    pages = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
    ]
    numbers = {page.reference: number for number, page in enumerate(pages)}
    streams = [objects[page["Contents"]].stream for page in pages]
    marked = [_marked(stream) for stream in streams]
    found = []
    for element, mark in _in_reading_order(objects, pdf.catalog["StructTreeRoot"]):
        page = numbers[element["Pg"]]
        first, last = marked[page][mark]
        content = streams[page][first : last + 1]
        if b"BT" in content and content[content.index(b"BT") + 1] != b"ET":
            found.append(_piece(page, element, first, content, fonts))
    return found


def _in_reading_order(objects: Mapping[bytes, Any], root: bytes) -> Iterator[tuple[Any, int]]:
    waiting = [(objects[root], kid) for kid in reversed(objects[root]["K"])]
    while waiting:
        element, kid = waiting.pop()
        if isinstance(kid, int):
            yield element, kid
        elif (below := objects.get(kid)) is not None and below.get("Type") == "/StructElem":
            waiting += [(below, each) for each in reversed(below["K"])]


def _marked(stream: list[Any]) -> dict[int, tuple[int, int]]:
    """By its number, from where to where a piece of marked content reaches; none are nested.

    Text that a style turns or scales has another matrix than its page, and cannot be read.
    """
    found = {}
    opened: list[tuple[int, int]] = []
    matrices, saved = 0, []
    for place, operator in enumerate(stream):
        if operator in (b"BDC", b"BMC"):
            properties = stream[place - 1] if operator == b"BDC" else None
            mark = properties["MCID"] if isinstance(properties, dict) else -1
            opened.append((mark, place - 2))
        elif operator == b"EMC":
            mark, first = opened.pop()
            if mark >= 0:
                found[mark] = (first, place)
        elif operator == b"q":
            saved.append(matrices)
        elif operator == b"Q":
            matrices = saved.pop()
        elif operator == b"BT" and matrices != MATRICES:
            raise UnreadableError("text that is turned or scaled")
        elif isinstance(operator, bytes) and operator.endswith(b" cm"):
            matrices += 1
    return found


def _piece(
    page: int, element: Any, first: int, content: list[Any], fonts: Mapping[str, Any]
) -> Piece:
    """A piece such as: /Span {MCID} BDC, colours, BT, a matrix Tm, fonts Tf, arrays TJ, ET, EMC."""
    begins, ends = content.index(b"BT"), content.index(b"ET")
    matrix = content[begins + 1].split()
    if matrix[-1] != b"Tm" or matrix[:4] != [b"1", b"0", b"0", b"-1"] or ends != len(content) - 2:
        raise UnreadableError("text that is turned, or drawn twice")
    x, baseline = float(matrix[4]), float(matrix[5])
    glyphs: list[Glyph] = []
    font, size, first_size = None, 0.0, 0.0
    for operator in content[begins + 2 : ends]:
        if operator.endswith(b" Tf"):
            name, height, _ = operator.split()
            font, size = fonts[name[1:].decode()], float(height)
            first_size = first_size or size
        if operator.endswith(b" TJ") and font is not None:
            glyphs += _shown(operator, font, size, x)
            x = glyphs[-1].right if glyphs else x
        else:
            glyphs.append(Glyph(b"", "", x, x, operator))
    before = tuple(content[3 : begins + 2])
    last = first + len(content) - 1
    return Piece(page, element, first, last, before, baseline, first_size, tuple(glyphs))


def _shown(operator: bytes, font: Any, size: float, x: float) -> Iterator[Glyph]:
    for codes, number in SHOWN.findall(operator[: operator.rindex(b"]")]):
        if number:
            moved = x - float(number) * size / 1000
            yield Glyph(b"", "", x, moved, number)
            x = moved
        for at in range(0, len(codes), 4):
            code = codes[at : at + 4]
            glyph = int(code, 16)
            right = x + font.widths[glyph] * size / 1000
            yield Glyph(code, seen(font.to_unicode.get(glyph, "")), x, right)
            x = right


def lines_of(
    pieces: Iterable[Piece], passages: Sequence[tuple[int, int]]
) -> tuple[tuple[SetLine, ...], ...]:
    """The lines of every passage, which is a block: from where to where in the seen text."""
    found: list[list[SetLine]] = [[] for _ in passages]
    place = current = 0
    for piece in pieces:
        length = len(piece.seen)
        while current < len(passages) and passages[current][1] <= place:
            current += 1
        if length and current < len(passages) and passages[current][0] <= place:
            line = SetLine(piece.page, piece.baseline * POINTS, place - passages[current][0])
            last = found[current][-1] if found[current] else None
            if last is None or (last.page, last.baseline) != (line.page, line.baseline):
                found[current].append(line)
        place += length
    return tuple(map(tuple, found))
