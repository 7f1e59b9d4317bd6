"""The lines of a paragraph once their ends are chosen: how each is fitted to its measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from bindery.composition.breaking import Measures, Node, Weights, best_nodes, path
from bindery.composition.breaks import HYPHENS, Breaks, breaks
from bindery.composition.paragraphs import Paragraph

SIZES = 0.0025
"""Type is larger or smaller in steps of so much of its size, so that lines share styles."""
SPACINGS = 0.02
"""Spaces are narrower in steps of so many pixels."""
TO_SPARE = 0.06
"""Pixels by which a tight line is set shorter: the engine would not justify a longer one.

Where letters are spaced, the engine counts half a space more.
"""
SHORTEST = 2.2
"""A last line must be so many indents long, so that white is left under the next one's."""
SHORTEST_EMS = 3.0
"""And so many ems."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, from one place of the text to another."""

    start: int
    end: int
    has_hyphen: bool
    """Whether a hyphen is added at its end."""
    ends_with_hyphen: bool
    """Whether a hyphen stands at its end, added or of the text."""
    ratio: float
    """0 for the font's own spaces, 1 for spaces that are wider by `Weights.stretch`."""
    is_last: bool
    notes: int
    """How many notes are called in it."""
    width: float
    """Pixels from its left to its right edge, with what stands out of the measure."""
    scale: float
    """The size of its type, of the paragraph's."""
    word_spacing: float
    """Pixels, 0 or less; what is missing the engine adds."""
    left: float
    """Pixels by which it stands out to the left."""
    right: float
    """Pixels by which it stands out to the right."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to break a paragraph."""

    demerits: float
    lines: tuple[Line, ...]


def justified_ways(paragraph: Paragraph, weights: Weights) -> Mapping[int, Way]:
    """The best way for each number of lines of a paragraph that is spread over the measure."""
    table = breaks(paragraph)
    type_ = paragraph.pieces[0].type
    shortest = max(SHORTEST * paragraph.indent, SHORTEST_EMS * type_.size)
    measures = Measures(
        paragraph.room, type_.width(" "), paragraph.rules.expansion, shortest, paragraph.lead[1]
    )
    found = best_nodes(table, measures, weights)
    return {lines: way_of(paragraph, table, end) for lines, end in found.items()}


def way_of(paragraph: Paragraph, table: Breaks, end: Node) -> Way:
    """The way that ends in a node."""
    lines = tuple(_line(paragraph, table, *nodes) for nodes in path(end))
    return Way(end.demerits, lines)


def _line(paragraph: Paragraph, table: Breaks, first: Node, last: Node) -> Line:
    a, b = first.breaks, last.breaks
    is_last = b == len(table.kinds) - 1
    natural, gaps = table.ends[b] - table.starts[a], table.spaces[b] - table.passed[a]
    start, end = table.since[a], table.until[b]
    left, right = table.left[a], 0.0 if is_last else table.right[b]
    width = paragraph.room(first.line) + left + right
    parts = paragraph.between(start, end)
    scale, spacing = 1.0, 0.0
    if not paragraph.rules.ragged:
        if natural > width or not is_last:
            scale = _scale(natural, width, gaps, paragraph.rules.expansion)
        spare = TO_SPARE + max(piece.type.letter_spacing for piece, _ in parts) / 2
        spacing = _spacing(natural * scale, width - spare, gaps) if gaps else 0.0
    text = paragraph.text
    return Line(
        start,
        end,
        has_hyphen=table.kinds[b] in HYPHENS,
        ends_with_hyphen=table.kinds[b] in HYPHENS or text[end - 1] in "-\u2010",
        ratio=last.ratio,
        is_last=is_last,
        notes=sum(piece.is_note for piece, _ in parts),
        width=width,
        scale=scale,
        word_spacing=spacing,
        left=left,
        right=right,
    )


def _scale(natural: float, width: float, gaps: int, expansion: float) -> float:
    """The size of a line's type, within the expansion, in steps.

    What is left over the spaces take up; where there are none the line must not be too long.
    """
    wanted = (width - natural) / natural
    steps = round(wanted / SIZES) if wanted > 0 and gaps else floor(wanted / SIZES)
    most = floor(expansion / SIZES + 0.001)
    return 1 + SIZES * max(-most, min(most, steps))


def _spacing(natural: float, width: float, gaps: int) -> float:
    """How much narrower the spaces of a line are that is too wide; the engine only widens."""
    over = natural - width
    return floor(-over / gaps / SPACINGS) * SPACINGS if over > 0 else 0.0
