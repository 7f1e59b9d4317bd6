"""What follows from a printer's rules for one book: stock, spine, gutter, pages and cover.

Functions that need what nobody knows, such as the thickness of a paper, raise `Unprintable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindery.errata import Place, Query, Severity, Unprintable, nearest
from bindery.paper import (
    CoverSheet,
    Edges,
    PageBoxes,
    Points,
    Side,
    Trim,
    cover_sheet,
    page_boxes,
)
from bindery.printers.printer import Printer, Stock
from bindery.printers.rulings import Certainty, Ruled

BOOK = Place("book.toml")


def stock_for(printer: Printer, wish: str, pages: int, place: Place = BOOK) -> Stock:
    """The stock that somebody wishes for: its key, its paper (`cream`), or nothing.

    A paper is taken in black ink unless the wish is a whole key.  Of several stocks the first
    that holds the pages is taken, else the first.  `Unprintable` when there is no such stock.
    """
    plain = "-".join(wish.lower().split())
    exact = [stock for stock in printer.stocks if stock.key == plain]
    alike = [s for s in printer.stocks if not s.colour and plain in ("", s.paper)]
    found = exact or alike
    if not found:
        near = nearest(plain, [stock.key for stock in printer.stocks])
        known = ", ".join(stock.key for stock in printer.stocks)
        message = f"{printer.title} has no stock “{wish}”."
        hint = f"Did you mean “{near}”?" if near else f"It has: {known}."
        raise Unprintable([Query("unknown-stock", message, hint, place)])
    holding = (stock for stock in found if pages in stock.pages.value)
    return next(holding, found[0])


def trim_of(printer: Printer, trim: Trim) -> Trim:
    """The printer's own trim of which another is a rounding, else that trim itself."""
    return next((own for own in printer.trims.value if own.is_near(trim)), trim)


def gutter(printer: Printer, pages: int) -> Points:
    """The least inside margin of a book of so many pages, in points."""
    rows = printer.margins.gutter.value
    holding = (row for row in rows if row.most_pages is None or pages <= row.most_pages)
    return next(holding, rows[-1]).inside


def margins(printer: Printer, pages: int, *, bleeds: bool) -> Edges:
    """What must stay clear on a page of a book of so many pages, from where it is cut."""
    rules = printer.margins
    outside = rules.outside_with_bleed.value if bleeds else rules.outside.value
    return Edges(outside, outside, gutter(printer, pages), outside)


def page(
    printer: Printer,
    trim: Trim,
    pages: int,
    side: Side,
    *,
    bleeds: bool = False,
    right_to_left: bool = False,
) -> PageBoxes:
    """The boxes of a page in a book of so many pages, in a file with bleed or without."""
    bleed = printer.bleed.edges.value if bleeds else Edges()
    clear = margins(printer, pages, bleeds=bleeds)
    own = trim_of(printer, trim)
    return page_boxes(own, side, bleed, clear, right_to_left=right_to_left)


def spine_width(printer: Printer, stock: Stock, pages: int, place: Place = BOOK) -> Points:
    """Width of the spine in points; `Unprintable` when the paper's thickness is not known."""
    if stock.spine.value is None:
        message = f"How thick the stock “{stock.key}” of {printer.title} is, nobody has published."
        known = ", ".join(s.key for s in printer.stocks if s.spine.value is not None)
        hint = f"Choose one of {known}, or take the width from the printer's cover template."
        raise Unprintable([Query("unknown-spine", message, hint, place)])
    return stock.spine.value.width(pages)


def spine_clearance(printer: Printer, spine: Points, pages: int) -> Points | None:
    """What stays clear between text and each fold; None when no text may be on the spine."""
    rules = printer.cover.spine_text
    if pages < rules.fewest_pages.value:
        return None
    rows = rules.clearances.value
    return next((clear for least, clear in reversed(rows) if spine >= least), rows[0][1])


def cover(
    printer: Printer,
    stock: Stock,
    trim: Trim,
    pages: int,
    *,
    spine: Points | None = None,
    right_to_left: bool = False,
) -> CoverSheet:
    """The geometry of the cover for a block of so many pages.

    A spine width that was taken from the printer's own template goes before the rule.
    `Unprintable` when there is neither.
    """
    width = spine_width(printer, stock, pages) if spine is None else spine
    rules = printer.cover
    return cover_sheet(
        trim_of(printer, trim),
        width,
        bleed=rules.bleed.value,
        safe=rules.safe.value,
        clearance=spine_clearance(printer, width, pages),
        barcode=rules.barcode.spot.value,
        right_to_left=right_to_left,
    )


def check_fits(
    printer: Printer, stock: Stock, trim: Trim, pages: int, place: Place = BOOK
) -> tuple[Query, ...]:
    """Every query about a book of that trim and so many pages, on that stock.

    Codes: `unknown-trim`, `unlisted-trim` (a warning), `too-few-pages`, `too-many-pages`,
    `page-multiple`, `unknown-spine`.
    """
    return (
        *_trim_queries(printer, stock, trim, place),
        *_page_queries(printer, stock, trim, pages, place),
    )


def most_pages(stock: Stock, trim: Trim) -> int | None:
    """The most pages of a stock in a trim; None when no limit is known."""
    most = stock.pages.value.most
    ceilings = stock.ceilings.value if stock.ceilings else ()
    caps = [c.most for c in ceilings if any(own.is_near(trim) for own in c.trims)]
    return min([*caps, most]) if most is not None else min(caps, default=None)


def _severity(ruled: Ruled[Any]) -> Severity:
    """A safe default that nobody confirmed is no reason to refuse a book."""
    is_sure = ruled.certainty is not Certainty.UNCONFIRMED
    return Severity.ERROR if is_sure else Severity.WARNING


def _trim_queries(printer: Printer, stock: Stock, trim: Trim, place: Place) -> Iterator[Query]:
    ruled = stock.trims or printer.trims
    if any(own.is_near(trim) for own in ruled.value):
        return
    listed = ", ".join(own.name for own in ruled.value)
    message = f"{printer.title} does not list the trim {trim} for {stock.title}"
    custom = printer.custom_trims.value
    if custom is None or trim not in custom:
        hint = f"Choose one of {listed}. Source: {ruled.pedigree}."
        yield Query("unknown-trim", f"{message}.", hint, place, _severity(ruled))
    elif custom.least is None:
        hint = f"It cuts others: ask, or choose one of {listed}. Source: {ruled.pedigree}."
        yield Query("unlisted-trim", f"{message}.", hint, place, Severity.WARNING)


def _page_queries(
    printer: Printer, stock: Stock, trim: Trim, pages: int, place: Place
) -> Iterator[Query]:
    allowed, most = stock.pages, most_pages(stock, trim)
    said = f"{printer.title} binds {{}} pages of {stock.title} in {trim}, and the book has {pages}."
    if pages < allowed.value.least:
        message = said.format(f"at least {allowed.value.least}")
        hint = f"Add to the book, or choose a smaller trim. Source: {allowed.pedigree}."
        yield Query("too-few-pages", message, hint, place, _severity(allowed))
    if most is not None and pages > most:
        ruled = stock.ceilings if stock.ceilings and most != allowed.value.most else allowed
        hint = "Choose a larger trim or another paper, or divide the book."
        hint = f"{hint} Source: {ruled.pedigree}."
        message = said.format(f"at most {most}")
        yield Query("too-many-pages", message, hint, place, _severity(ruled))
    multiple = printer.page_count.multiple
    if pages % multiple.value:
        message = f"{printer.title} wants a multiple of {multiple.value} pages, not {pages}."
        hint = f"Add blank pages at the end. Source: {multiple.pedigree}."
        yield Query("page-multiple", message, hint, place)
    if stock.spine.value is None:
        try:
            spine_width(printer, stock, pages, place)
        except Unprintable as unknown:
            yield from unknown.queries
