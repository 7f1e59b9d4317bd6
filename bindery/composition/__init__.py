"""Paragraphs set as a whole: where their lines end, and how each line is fitted to its measure.

The engine breaks lines one after another, and never looks back.  Here all lines of a paragraph
are chosen together, by the demerits of the whole (`breaking`), from words measured with the
very fonts (`faces`); type grows or shrinks a little in a line, and light marks stand out of
its edges (`edges`).  `rewriting` makes the lines elements, so that the engine has nothing left
to decide inside of a paragraph.

This room knows no engine: what a paragraph is, and how its text is styled, it is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from bindery.composition.breaking import WEIGHTS, Weights
from bindery.composition.faces import Face, Type
from bindery.composition.lines import Line, Way, justified_ways
from bindery.composition.paragraphs import HYPHEN, SOFT_HYPHEN, WHOLE, Paragraph, Piece, Rules
from bindery.composition.rags import ragged_ways

__all__ = [
    "HYPHEN",
    "SOFT_HYPHEN",
    "WEIGHTS",
    "WHOLE",
    "Face",
    "Line",
    "Paragraph",
    "Piece",
    "Rules",
    "Type",
    "Way",
    "Weights",
    "best",
    "ways",
]


def ways(paragraph: Paragraph, weights: Weights = WEIGHTS) -> Mapping[int, Way]:
    """The best way for each number of lines that a paragraph may have.

    None when it cannot be set: a word is wider than the measure and cannot be divided, or the
    lines would not reach below the initial beside them.
    """
    if not paragraph.text.strip():
        return {}
    ragged = paragraph.rules.ragged
    found = ragged_ways(paragraph) if ragged else justified_ways(paragraph, weights)
    return {lines: way for lines, way in found.items() if lines > len(paragraph.insets)}


def best(found: Mapping[int, Way]) -> int:
    """The number of lines that has the least demerits."""
    return min(found, key=lambda lines: (found[lines].demerits, lines))
