"""How far pages have to be moved, and whether they then keep all margins.

Pages are never scaled.  All rectos move by the same distance, and all versos by as much the
other way, so that the lines of a spread stay level with each other and with the page behind.  For
the same reason all pages alike move down from a head that is too high, as far as the foot has
room, or up from a foot that is too low.  A page whose pictures run over its edge stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bindery.paper import Box, Edges, Points

STEP = Fraction(1, 2)
"""Pages move by multiples of half a point; nobody measures ink more finely."""
EDGES = ("inside", "outside", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Measured:
    """A page as it came: where it is cut, and where it has ink."""

    trim: Box
    ink: Box | None
    """In the same coordinates as the trim; None for a blank page."""
    binds_left: bool

    @property
    def clear(self) -> Edges | None:
        """How much is clear at every edge, less than 0 beyond it; None for a blank page."""
        if self.ink is None:
            return None
        left, right = self.ink.left - self.trim.left, self.trim.right - self.ink.right
        inside, outside = (left, right) if self.binds_left else (right, left)
        top, bottom = self.trim.top - self.ink.top, self.ink.bottom - self.trim.bottom
        return Edges(top=top, bottom=bottom, inside=inside, outside=outside)

    @property
    def bleeds(self) -> bool:
        """Whether its ink reaches an edge."""
        clear = self.clear
        return clear is not None and min(getattr(clear, edge) for edge in EDGES) <= 0


@dataclass(frozen=True, slots=True)
class Shortage:
    """A margin that some pages do not keep."""

    edge: str
    """“inside”, “outside”, “top” or “bottom”."""
    by: Points
    """How much is missing on the worst of them."""
    pages: tuple[int, ...]
    """Which pages, counted from 0, the worst first."""


def stops_short(page: Measured, bleed: Edges) -> bool:
    """Whether ink that reaches an edge of the page ends before that of its bleed."""
    clear = page.clear
    return clear is not None and any(
        STEP - getattr(bleed, edge) < getattr(clear, edge) <= 0 for edge in EDGES
    )


def shift_for(pages: Iterable[Measured], gutter: Points) -> Points:
    """How far pages move away from the spine to keep the gutter clear, in points."""
    clear = [page.clear.inside for page in pages if page.clear is not None and not page.bleeds]
    missing = max((gutter - inside for inside in clear), default=Fraction(0))
    return max(-(-missing // STEP) * STEP, Fraction(0))


def drop_for(pages: Iterable[Measured], margins: Edges) -> Points:
    """How far pages move down to keep head and foot clear, in points; less than 0 is up."""
    clear = [page.clear for page in pages if page.clear is not None and not page.bleeds]
    head = max((margins.top - edges.top for edges in clear), default=Fraction(0))
    foot = max((margins.bottom - edges.bottom for edges in clear), default=Fraction(0))
    if head > 0:
        return min(-(-head // STEP), max(-foot // STEP, 0)) * STEP
    if foot > 0:
        return -min(-(-foot // STEP), max(-head // STEP, 0)) * STEP
    return Fraction(0)


def shortages(
    pages: Sequence[Measured], shift: Points, drop: Points, margins: Edges
) -> Iterator[Shortage]:
    """The margins that pages do not keep once they have been moved from the spine, and down."""
    moved = Edges(inside=shift, outside=-shift, top=drop, bottom=-drop)
    for edge in EDGES:
        missing = {
            place: getattr(margins, edge) - getattr(page.clear, edge) - getattr(moved, edge)
            for place, page in enumerate(pages)
            if page.clear is not None and not page.bleeds
        }
        short = {place: by for place, by in missing.items() if by > 0}
        if short:
            worst = sorted(short, key=lambda place: (-short[place], place))
            yield Shortage(edge, short[worst[0]], tuple(worst))
