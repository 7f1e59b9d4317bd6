"""How thick a block of paper is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from bindery.paper.measures import Points, rounded


@dataclass(frozen=True, slots=True)
class SpinePerPage:
    """So much for every page (a side of a leaf), and something for the cover."""

    per_page: Points
    constant: Points = Fraction(0)
    step: Points | None = None
    """The width is rounded to a multiple of this; None when it is not rounded."""

    def width(self, pages: int) -> Points:
        """Width of the spine in points."""
        exact = pages * self.per_page + self.constant
        return exact if self.step is None else rounded(exact, self.step)


@dataclass(frozen=True, slots=True)
class SpineTable:
    """Widths at some page counts; between two rows the width grows evenly."""

    rows: tuple[tuple[int, Points], ...]
    """Page counts, growing, with the width in points; two rows at least."""

    def width(self, pages: int) -> Points:
        """Width of the spine in points; beyond either end the nearest slope goes on."""
        spans = list(pairwise(self.rows))
        (low, thin), (high, thick) = next(
            (span for span in spans if pages <= span[1][0]), spans[-1]
        )
        return thin + (thick - thin) * Fraction(pages - low, high - low)


SpineRule: TypeAlias = SpinePerPage | SpineTable
