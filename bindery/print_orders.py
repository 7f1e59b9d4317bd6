"""Print orders: which printers make the book, of what paper, in which of its looks.

`[print]` of `book.toml` says it for all, `[print.kdp]` for one, and the command line goes
before both.  What is ordered is checked before anything is set in type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bindery.errata import Place, Query, Unprintable, nearest
from bindery.metadata import FILE, Metadata, points_of, slugify
from bindery.paper import Points
from bindery.printers import PRINTERS, Printer, find, stock_for

Places = Callable[..., Place]
"""The place of a key in `book.toml`, by the names of its tables and its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made, beyond the editions: print files, and a look."""

    printers: tuple[str, ...] = ()
    """Printers by their names; empty for those of `book.toml`."""
    look: str = ""
    """Name of a look; `[look]` when empty."""
    prints: bool = True
    """Whether print files are made at all."""


NOTHING_ELSE = Wanted()


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A book for one printer."""

    printer: Printer
    stock: str
    """A wish: a paper, a whole stock, or nothing."""
    look: str
    """Name of a look; `[look]` when empty."""
    price: str
    """Five digits, or nothing."""
    isbn: str | None
    """Thirteen digits where the printer, or the look, has one of its own."""
    spine: Points | None
    """Width by the printer's own template."""
    spine_place: Place
    """Where that is given."""
    trim_place: Place
    """Where the size of its pages is given."""
    place: Place
    """Where it is ordered."""

    @property
    def folder(self) -> str:
        """Name of the folder of its files, such as `kdp` or `kdp-large-print`."""
        return f"{self.printer.key}-{self.look}" if self.look else self.printer.key

    def book(self, metadata: Metadata) -> Metadata:
        """What the book says of itself in this order: its look, and its ISBN."""
        return metadata.looking(self.look).numbered(self.isbn)


def places_in(text: str, line_of: Callable[[str, tuple[str, ...]], int | None]) -> Places:
    """Where keys stand in the text of a `book.toml`."""
    return lambda *names: Place(FILE, line_of(text, names))


def look_called(metadata: Metadata, name: str, place: Place) -> str:
    """The name of a look of the book; `Unprintable` when it has none that is called so."""
    if not name or name in metadata.looks:
        return name
    near = nearest(name, metadata.looks)
    known = (
        ", ".join(metadata.looks)
        or f"none; describe it in [looks.{slugify(name) or 'large-print'}]"
    )
    hint = f"Did you mean “{near}”?" if near else f"The book has: {known}."
    raise Unprintable([Query("unknown-look", f"There is no look “{name}”.", hint, place)])


def order_prints(
    metadata: Metadata, places: Places, printers: tuple[str, ...] = (), look: str = ""
) -> tuple[tuple[PrintOrder, ...], tuple[Query, ...]]:
    """The orders of a book, with every query about them.

    `printers` and `look` go before what `book.toml` says.  A printer that is named twice has
    one order.  Codes: `unknown-printer`, `unknown-look`, `unknown-stock`.
    """
    wanted = printers or metadata.print.printers
    orders: dict[str, PrintOrder] = {}
    queries: list[Query] = [*_about_jobs(metadata, places)]
    for name in wanted:
        try:
            printer = find(name, places("print", "printers"))
            orders[printer.key] = _order(metadata, printer, look, places)
        except Unprintable as unknown:
            queries += unknown.queries
    return tuple(orders.values()), tuple(dict.fromkeys(queries))


def _order(metadata: Metadata, printer: Printer, look: str, places: Places) -> PrintOrder:
    """What a printer is to make; its number and its spine are those of its own look alone."""
    job = metadata.print.job(printer.key)
    place = _place(metadata, printer.key, "stock", places)
    stock_for(printer, job.stock, 0, place)
    named = look or job.look
    is_own = named == job.look
    return PrintOrder(
        printer=printer,
        stock=job.stock,
        look=look_called(metadata, named, _place(metadata, printer.key, "look", places)),
        price=job.price,
        isbn=job.isbn if is_own else None,
        spine=points_of(job.spine) if job.spine and is_own else None,
        spine_place=places("print", printer.key, "spine"),
        trim_place=_place_of_trim(metadata, named, places),
        place=place,
    )


def _place_of_trim(metadata: Metadata, look: str, places: Places) -> Place:
    """Where a look says its trim, or else `[look]`."""
    named = metadata.looks.get(look)
    is_own = named is not None and named.trim
    return places("looks", look, "trim") if is_own else places("look", "trim")


def _about_jobs(metadata: Metadata, places: Places) -> Iterator[Query]:
    """Looks and papers that nobody has, also of printers that are not asked today."""
    for key, printer in PRINTERS.items():
        job = getattr(metadata.print, key)
        look = job.look or metadata.print.look
        stock, place = job.stock, places("print", key, "stock")
        checks: list[Callable[[], object]] = [
            partial(look_called, metadata, look, _place(metadata, key, "look", places)),
            *([partial(stock_for, printer, stock, 0, place)] if stock else []),
        ]
        for check in checks:
            try:
                check()
            except Unprintable as unknown:
                yield from unknown.queries


def _place(metadata: Metadata, key: str, name: str, places: Places) -> Place:
    """Where something is said of a printer: in its own table, or in that for all."""
    is_own = bool(getattr(getattr(metadata.print, key), name))
    return places("print", key, name) if is_own else places("print", name)
