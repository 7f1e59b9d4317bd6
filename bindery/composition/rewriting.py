"""Make the lines of a paragraph elements of the tree, so that they cannot be broken elsewhere.

Every line is a `span` of its own, and between two of them stands a line feed, which ends the
line where white space is `pre-line`.  (A `br` would do so too, but beside a float the engine
would take all lines for one, and set them below it.)  Elements that cross the end of a line
are repeated in the next; an id stays where the element begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from bindery.composition.lines import Line, Way
from bindery.composition.paragraphs import HYPHEN, Paragraph

LINE_FEED = "\n"


@dataclass(frozen=True, slots=True, eq=False)
class Rewritten:
    """A line as an element."""

    element: Element
    line: Line
    clones: tuple[tuple[Element, Element | None, Element], ...]
    """Elements in it, outer ones first: the new one, the one that it is a part of, its parent.

    A hyphen is an element, and part of none, where its font has no glyph for it alone: so it
    can be told from the hyphens of the text in what is drawn.
    """


@dataclass(frozen=True, slots=True)
class Run:
    """Where in its element a paragraph stands."""

    after: Element | None
    """The child after which it begins, such as an initial; None when it begins the element."""
    children: tuple[Element, ...]
    """The element's own children in it."""


def rewrite(paragraph: Paragraph, way: Way) -> tuple[Rewritten, ...]:
    """Put lines in the place of a paragraph's text; its element is changed."""
    holder, run = paragraph.element, paragraph.first
    seen: set[Element] = set()
    lines = [_line(paragraph, line, seen) for line in way.lines]
    for child in run.children:
        holder.remove(child)
    if run.after is None:
        holder.text, place = None, 0
    else:
        run.after.tail, place = None, list(holder).index(run.after) + 1
    for number, line in enumerate(lines):
        line.element.tail = LINE_FEED if number < len(lines) - 1 else None
        holder.insert(place + number, line.element)
    return tuple(lines)


def _line(paragraph: Paragraph, line: Line, seen: set[Element]) -> Rewritten:
    """The element of a line; `seen` are elements that have begun before."""
    root = Element("span", {"class": "line"})
    clones: list[tuple[Element, Element | None, Element]] = []
    opened: list[tuple[Element | None, Element]] = [(None, root)]
    parts = list(paragraph.between(line.start, line.end))
    for number, (piece, text) in enumerate(parts):
        depth = 0
        while (
            depth < len(piece.trail)
            and depth + 1 < len(opened)
            and opened[depth + 1][0] is piece.trail[depth]
        ):
            depth += 1
        del opened[depth + 1 :]
        for source in piece.trail[depth:]:
            parent = opened[-1][1]
            clone = SubElement(parent, source.tag, _attributes(source, source in seen))
            seen.add(source)
            clones.append((clone, source, parent))
            opened.append((source, clone))
        holder = opened[-1][1]
        if piece.whole is not None:
            piece.whole.tail = None
            if not piece.is_note and piece.whole.text:
                piece.whole.text = piece.whole.text.strip()  # Its spaces are pieces of their own.
            holder.append(piece.whole)
        else:
            _write(holder, text)
        if number == len(parts) - 1 and line.has_hyphen:
            if piece.type.face.shares_hyphen:
                mark = SubElement(holder, "span", {"class": "hyphen"})
                mark.text = HYPHEN
                clones.append((mark, None, holder))
            else:
                _write(holder, HYPHEN)
    return Rewritten(root, line, tuple(clones))


def _attributes(source: Element, has_begun: bool) -> dict[str, str]:
    kept = dict(source.attrib)
    if has_begun:
        kept.pop("id", None)
    return kept


def _write(holder: Element, text: str) -> None:
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + text
    else:
        holder.text = (holder.text or "") + text
