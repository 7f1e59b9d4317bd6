"""Rectangles on paper, and distances from the edges of a leaf."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bindery.paper.measures import Points

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, as PDF has it: the origin at the lower left, y growing upwards."""

    left: Points
    bottom: Points
    right: Points
    top: Points

    @property
    def width(self) -> Points:
        """From left to right; negative when nothing is left of the box."""
        return self.right - self.left

    @property
    def height(self) -> Points:
        """From foot to head; negative when nothing is left of the box."""
        return self.top - self.bottom

    @property
    def is_empty(self) -> bool:
        """Whether nothing can stand in it."""
        return self.width <= 0 or self.height <= 0

    def inset(self, left: Points, bottom: Points, right: Points, top: Points) -> Box:
        """The box less a strip along each of its sides."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)

    def holds(self, other: Box) -> bool:
        """Whether another box lies in this one; edges may touch."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )

    def mirrored(self, width: Points) -> Box:
        """The box on a sheet of that width, seen in a mirror that stands beside it."""
        return Box(width - self.right, self.bottom, width - self.left, self.top)

    def as_floats(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top, as a PDF writes a rectangle."""
        return float(self.left), float(self.bottom), float(self.right), float(self.top)


@dataclass(frozen=True, slots=True)
class Edges:
    """Distances at the four edges of a leaf, in points; inside is where it is bound."""

    top: Points = NONE
    bottom: Points = NONE
    inside: Points = NONE
    outside: Points = NONE

    @classmethod
    def all_round(cls, length: Points) -> Edges:
        """The same distance at every edge."""
        return cls(length, length, length, length)

    @classmethod
    def not_inside(cls, length: Points) -> Edges:
        """The same distance at every edge but that where the leaf is bound."""
        return cls(length, length, NONE, length)
