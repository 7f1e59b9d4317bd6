"""Printers on demand: what each of them takes, and what follows from it for a book.

A printer is a list of numbers, and each has its source, the date when it was last looked at,
and how sure it is (`Ruled`).  The lists are Python, a module a printer, since an editor then
sees a wrong name or unit at once, a source is written once and used by name, and there is no
second language whose reader might be wrong.  To change a number, change it and its source.

Nothing is invented: where a printer's own rule is not known, `house` has the strictest of any
other, as `unconfirmed`, with a note that says so.
"""

from __future__ import annotations

from bindery.errata import Place, Query, Unprintable, nearest
from bindery.printers import barnes_noble, bookvault, generic, ingramspark, kdp, lulu
from bindery.printers.ordering import (
    BOOK,
    check_fits,
    cover,
    gutter,
    margins,
    most_pages,
    page,
    spine_clearance,
    spine_width,
    stock_for,
    trim_of,
)
from bindery.printers.printer import (
    Barcode,
    BarcodeMaker,
    Colour,
    FileRules,
    Forbidden,
    FormField,
    PageRange,
    PdfKind,
    Printer,
    Stock,
)
from bindery.printers.rulings import Certainty, Ruled, Source

__all__ = [
    "PRINTERS",
    "Barcode",
    "BarcodeMaker",
    "Certainty",
    "Colour",
    "FileRules",
    "Forbidden",
    "FormField",
    "PageRange",
    "PdfKind",
    "Printer",
    "Ruled",
    "Source",
    "Stock",
    "check_fits",
    "cover",
    "find",
    "gutter",
    "margins",
    "most_pages",
    "page",
    "spine_clearance",
    "spine_width",
    "stock_for",
    "trim_of",
]

PRINTERS: dict[str, Printer] = {
    printer.key: printer
    for printer in (
        kdp.PRINTER,
        ingramspark.PRINTER,
        lulu.PRINTER,
        barnes_noble.PRINTER,
        bookvault.PRINTER,
        generic.PRINTER,
    )
}
"""Every printer by its key, in the order in which they are listed."""


def find(name: str, place: Place = BOOK) -> Printer:
    """The printer of a key or title, in capitals or not; `Unprintable` when there is none."""
    names = {word: each for each in PRINTERS.values() for word in (each.key, each.title.casefold())}
    plain = name.strip().casefold()
    if plain in names:
        return names[plain]
    near = nearest(plain, names)
    known = f"Known: {', '.join(PRINTERS)}."
    hint = f"Did you mean “{names[near].key}”?" if near else known
    message = f"There is no printer “{name}”."
    raise Unprintable([Query("unknown-printer", message, hint, place)])
