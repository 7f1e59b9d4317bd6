"""All pages of an interior on the sheets of one printer.

How many pages there are decides how wide the gutter is, and the gutter how far pages move.
Since moving a page adds none, that is settled at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pikepdf

from bindery.paper import Box, Edges, PageBoxes, Points, Side, Trim, page_boxes, side_of
from bindery.plates.fitting import Measured, Shortage, drop_for, shift_for, shortages, stops_short
from bindery.plates.sheets import add_blanks, clear, lay, media_of, missing_pages, trim_of
from bindery.printers import Printer, margins
from bindery.printers import trim_of as own_trim


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page as it lies on the printer's sheet."""

    boxes: PageBoxes
    right: Points
    """How far it was moved to the right on its leaf, in points; less than 0 to the left."""
    down: Points
    """How far it was moved down; less than 0 is up."""


@dataclass(frozen=True, slots=True)
class Interior:
    """Where everything came to lie."""

    trim: Trim
    pages: tuple[LaidPage, ...]
    """Every page, those added at the end too."""
    margins: Edges
    """What the printer wants to stay clear, the gutter for so many pages among it."""
    shift: Points
    """How far pages were moved away from the spine."""
    drop: Points
    """How far they were moved down."""
    bleeds: bool
    """Whether the pages have a bleed around the trim."""
    bleeding: tuple[int, ...]
    """Pages whose ink reaches over an edge, counted from 0; they were not moved."""
    too_short: tuple[int, ...]
    """Those of them that show a white edge where the leaf is cut a little too large."""
    shortages: tuple[Shortage, ...]


def measure(
    pdf: pikepdf.Pdf, inks: Sequence[Box | None], printer: Printer, *, right_to_left: bool
) -> tuple[Measured, ...]:
    """Every page as it came, in the coordinates of its boxes; all are cut like the first.

    `inks` are from the lower left corner of each page (`ink_boxes`).
    """
    first = trim_of(pdf.pages[0])
    trim = own_trim(printer, Trim(first.width, first.height))
    found = []
    for place, (page, ink) in enumerate(zip(pdf.pages, inks, strict=True), start=1):
        media = media_of(page)
        corner = (media.left, media.bottom, -media.left, -media.bottom)
        binds_left = (side_of(place) is Side.RECTO) is not right_to_left
        cut = _in_the_middle(trim_of(page), trim)
        found.append(Measured(cut, ink and ink.inset(*corner), binds_left))
    return tuple(found)


def lay_on_sheets(
    pdf: pikepdf.Pdf,
    measured: Sequence[Measured],
    printer: Printer,
    *,
    right_to_left: bool,
    bleeds: bool | None,
) -> Interior:
    """Add the blank pages that the printer wants, and lay every page on its sheet.

    `bleeds` says whether pages get a bleed; None leaves it to them.
    """
    _add_blanks(pdf, measured, printer)
    count = len(pdf.pages)
    bleeding = tuple(place for place, page in enumerate(measured) if page.bleeds)
    bled = bool(bleeding) if bleeds is None else bleeds
    wanted = margins(printer, count, bleeds=bled)
    shift, drop = shift_for(measured, wanted.inside), drop_for(measured, wanted)
    trim = Trim(measured[0].trim.width, measured[0].trim.height)
    pages = []
    for place, page in enumerate(pdf.pages):
        has_bleed = bled and (printer.bleed.whole_file.value or place in bleeding)
        edges = printer.bleed.edges.value if has_bleed else Edges()
        side = side_of(place + 1)
        boxes = page_boxes(trim, side, edges, wanted, right_to_left=right_to_left)
        binds_left = (side is Side.RECTO) is not right_to_left
        right, down = (shift if binds_left else -shift, drop)
        if place in bleeding:
            right = down = Fraction(0)
        lay(pdf, page, boxes, right, down)
        pages.append(LaidPage(boxes, right, down))
    short = tuple(shortages(measured, shift, drop, wanted))
    ending = tuple(n for n in bleeding if stops_short(measured[n], printer.bleed.edges.value))
    return Interior(trim, tuple(pages), wanted, shift, drop, bled, bleeding, ending, short)


def _add_blanks(pdf: pikepdf.Pdf, measured: Sequence[Measured], printer: Printer) -> None:
    """Empty the pages on which nothing is seen, and add those that the printer wants."""
    for page, found in zip(pdf.pages, measured, strict=True):
        if found.ink is None:
            clear(pdf, page)
    multiple, ends_blank = printer.page_count.multiple.value, printer.page_count.last_blank.value
    last_is_blank = measured[-1].ink is None
    add_blanks(pdf, missing_pages(len(measured), last_is_blank, multiple, ends_blank))


def _in_the_middle(cut: Box, trim: Trim) -> Box:
    """The box where a page is cut, in the printer's own rounding of its size."""
    wide, high = (trim.width - cut.width) / 2, (trim.height - cut.height) / 2
    return cut.inset(-wide, -high, -wide, -high)
