"""A print job: the printer, paper and trim that finished files are examined for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bindery import printers
from bindery.paper import CoverSheet, PageBoxes, Points, Trim, said, side_of
from bindery.printers import Colour, FileRules, Forbidden, PdfKind, Printer, Ruled, Stock

Allowed = Ruled[tuple[Colour, ...]]
"""The colours that may stand in a file, and who says so."""
TOLERANCE = 0.25
"""Points by which a box may differ from what is wanted: numbers in files are rounded."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a book's files were made for."""

    printer: Printer
    stock: Stock
    trim: Trim
    bleeds: bool = False
    """Whether the interior is a file with bleed."""
    right_to_left: bool = False
    isbn: str = ""
    """Thirteen digits; hyphens do not matter; empty for a book without one."""
    spine: Points | None = None
    """Width of the spine by the printer's own template; None to go by its rule."""

    @property
    def digits(self) -> str:
        """The ISBN without hyphens."""
        return "".join(sign for sign in self.isbn if sign.isdigit())

    @property
    def interior_colours(self) -> Allowed:
        """The colours that may stand in the interior on this stock."""
        return self.printer.colour_interior if self.stock.colour else self.printer.interior.colours

    def page(self, number: int, pages: int) -> PageBoxes:
        """The boxes that a page must have, by its number and how many there are."""
        return printers.page(
            self.printer,
            self.trim,
            pages,
            side_of(number),
            bleeds=self.bleeds,
            right_to_left=self.right_to_left,
        )

    def cover(self, pages: int) -> CoverSheet:
        """The cover for an interior of so many pages; `Unprintable` when no spine is known."""
        return printers.cover(
            self.printer,
            self.stock,
            self.trim,
            pages,
            spine=self.spine,
            right_to_left=self.right_to_left,
        )

    def against(self, thing: Forbidden, rules: FileRules) -> Ruled[Any] | None:
        """The rule that forbids a thing in a file; None when nobody minds it.

        Transparency, layers and the like are forbidden by PDF/X-1a and PDF/A-1 as such.
        """
        rule = self.printer.forbids(thing)
        if rule is not None:
            return rule
        return None if rules.kind.value is PdfKind.PLAIN else rules.kind


def length(points: float | Fraction) -> str:
    """A length for people: 0.25 in (6.35 mm)."""
    return said(Fraction(points).limit_denominator(1000))
