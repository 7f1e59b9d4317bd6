"""The boxes of a page: what is printed, where it is cut, and where text is safe."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bindery.paper.shapes import Box, Edges
from bindery.paper.trims import Trim


class Side(StrEnum):
    """Which side of a leaf a page is."""

    RECTO = "recto"
    VERSO = "verso"


def side_of(place: int) -> Side:
    """The side of a page by its place in the file, counted from 1: the first is a recto."""
    return Side.RECTO if place % 2 else Side.VERSO


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """The boxes of a page, in points from the lower left corner of what is printed."""

    side: Side
    media: Box
    """The page with its bleed; MediaBox and BleedBox in the PDF."""
    trim: Box
    """Where the leaf is cut; TrimBox in the PDF."""
    live: Box
    """Outside of it text may be cut off, or vanish in the gutter."""


def page_boxes(
    trim: Trim, side: Side, bleed: Edges, margins: Edges, *, right_to_left: bool = False
) -> PageBoxes:
    """The boxes of a page of that trim, with its bleed and the margins that must stay clear.

    A recto is bound at its left, and a verso at its right; in a book that is read from right
    to left it is the other way round.
    """
    width = bleed.inside + trim.width + bleed.outside
    height = bleed.bottom + trim.height + bleed.top
    media = Box(Fraction(0), Fraction(0), width, height)
    cut = media.inset(bleed.inside, bleed.bottom, bleed.outside, bleed.top)
    live = cut.inset(margins.inside, margins.bottom, margins.outside, margins.top)
    if (side is Side.RECTO) is right_to_left:
        cut, live = cut.mirrored(width), live.mirrored(width)
    return PageBoxes(side, media, cut, live)
