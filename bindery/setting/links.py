"""Put links into pages that were set without any: annotations, and their tags.

Where a link's text was drawn is known glyph by glyph.  Its glyphs become marked content of
their own, owned by a `Link` element that also holds the annotation (ISO 32000-1, 14.8.4.4.2);
what stands before and after them stays with the element that had it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pydyf

from bindery.setting.drawn import POINTS, Glyph, Piece
from bindery.signs import Link

ABOVE, BELOW = 0.8, 0.25
"""How far a link reaches above and below the baseline, in sizes of its font."""
NUMBER = re.compile(rb"[-+]?[0-9.]+(?:e[-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """Glyphs of a piece that are in the same link, or in none."""

    target: str
    glyphs: tuple[Glyph, ...]


def put_in(pdf: pydyf.PDF, pieces: Iterable[Piece], links: tuple[Link, ...]) -> None:
    """Put links into a tagged document; `pieces` are all of its text in reading order."""
    writer = _Writer(pdf)
    for piece, parts in _divided(pieces, links):
        writer.write(piece, parts)
    writer.finish()


def _divided(
    pieces: Iterable[Piece], links: tuple[Link, ...]
) -> Iterator[tuple[Piece, list[Part]]]:
    """The pieces that hold a link, each with its parts."""
    place = current = 0
    for piece in pieces:
        targets: list[str] = []
        for glyph in piece.glyphs:
            while current < len(links) and links[current].end <= place:
                current += 1
            here = current < len(links) and links[current].start <= place < links[current].end
            # What is not seen stays with what was before it; a link never ends in a space.
            ahead = "" if glyph.seen or not targets else targets[-1]
            targets.append((links[current].target if here else "") if glyph.seen else ahead)
            place += len(glyph.seen)
        first = next((n for n, glyph in enumerate(piece.glyphs) if glyph.code), 0)
        targets[:first] = targets[first : first + 1] * first  # Its font is chosen inside of it.
        if any(targets):
            yield piece, _parts(piece.glyphs, targets)


def _parts(glyphs: tuple[Glyph, ...], targets: list[str]) -> list[Part]:
    parts = []
    pairs = zip(targets, glyphs, strict=True)
    for target, group in groupby(pairs, key=lambda pair: pair[0]):
        parts.append(Part(target, tuple(glyph for _, glyph in group)))
    return parts


class _Writer:
    """Changes contents, structure tree and pages of one document."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._objects: dict[bytes, Any] = {thing.reference: thing for thing in pdf.objects}
        self._pages = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
        ]
        root = self._objects[pdf.catalog["StructTreeRoot"]]
        self._numbers = self._objects[root["ParentTree"]]["Nums"]
        self._changes: dict[int, list[tuple[int, int, list[Any]]]] = {}

    def write(self, piece: Piece, parts: list[Part]) -> None:
        """Divide the marked content of a piece into its parts."""
        owners = self._numbers[2 * piece.page + 1]
        (first_mark,) = (kid for kid in piece.element["K"] if isinstance(kid, int))
        content: list[Any] = [*piece.before]
        elements: list[bytes] = []
        for part in parts:
            mark = first_mark if not elements else len(owners)
            element = piece.element if not elements else self._element_after(piece)
            element["K"] = pydyf.Array([mark])
            tag = "/Span"
            if part.target:
                tag = element["S"] = "/Link"
                element["K"].append(self._annotation(piece, part, element))
            content += [tag, pydyf.Dictionary({"MCID": mark}), b"BDC", *_shown(part), b"EMC"]
            if elements:
                owners.append(element.reference)
            elements.append(element.reference)
        content.append(b"ET")
        kids = self._objects[piece.element["P"]]["K"]
        at = kids.index(piece.element.reference)
        kids[at : at + 1] = elements
        self._changes.setdefault(piece.page, []).append((piece.first, piece.last, content))

    def finish(self) -> None:
        """Write the changed contents, from the last to the first, so that places stay right."""
        for page, changes in self._changes.items():
            stream = self._objects[self._pages[page]["Contents"]].stream
            for first, last, content in sorted(changes, key=lambda change: -change[0]):
                stream[first : last + 1] = content

    def _element_after(self, piece: Piece) -> Any:
        keys = ("Pg", "P")
        element = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/Span", **{key: piece.element[key] for key in keys}}
        )
        self._add(element)
        return element

    def _annotation(self, piece: Piece, part: Part, element: Any) -> pydyf.Dictionary:
        """The annotation of a link on its page; the reference to it that its element holds."""
        page = self._pages[piece.page]
        drawn = [glyph for glyph in part.glyphs if glyph.seen]
        height = float(page["MediaBox"][3])
        left, right = drawn[0].left * POINTS, drawn[-1].right * POINTS
        foot = height - (piece.baseline + BELOW * piece.size) * POINTS
        head = height - (piece.baseline - ABOVE * piece.size) * POINTS
        annotation = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array([round(n, 3) for n in (left, foot, right, head)]),
                "BS": pydyf.Dictionary({"W": 0}),
                "Dest": pydyf.String(part.target),
                "StructParent": self._next_number(),
            }
        )
        self._add(annotation)
        page.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        self._numbers.extend([annotation["StructParent"], element.reference])
        entry = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page.reference}
        return pydyf.Dictionary(entry)

    def _next_number(self) -> int:
        """The next free key of the parent tree; pages have the first ones."""
        return max(int(self._numbers[-2]) + 1, len(self._pages))

    def _add(self, thing: Any) -> None:
        self._pdf.add_object(thing)
        self._objects[thing.reference] = thing


def _shown(part: Part) -> Iterator[bytes]:
    """The operators that show a part: arrays of glyphs, and what stands between them."""
    array: list[bytes] = []
    for glyph in part.glyphs:
        if glyph.code:
            array.append(b"<" + glyph.code + b">")
        elif NUMBER.fullmatch(glyph.operator):
            array.append(glyph.operator)
        else:
            if array:
                yield b"[" + b"".join(array) + b"] TJ"
            array = []
            yield glyph.operator
    if array:
        yield b"[" + b"".join(array) + b"] TJ"
