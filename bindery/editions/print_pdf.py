"""The interior of a printed book: the set pages as one printer takes them, in black ink.

From the same set pages as the screen's PDF, but without the cover; in reading order from a
recto, with blank pages at the end where the printer wants them; away from the spine as far as
its gutter asks for that many pages, and never scaled.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from bindery.errata import Place, Query, Severity
from bindery.house_style import direction
from bindery.imposition.fonts import share_fonts
from bindery.imposition.pages import lay_pages
from bindery.metadata import Metadata
from bindery.pagination import SetBook
from bindery.paper import said
from bindery.plates import laying
from bindery.plates.ink_boxes import ink_boxes
from bindery.plates.laying import lay_on_sheets, measure
from bindery.plates.proofs import differing
from bindery.plates.remarks import Remark
from bindery.plates.separation import separate
from bindery.plates.standards import PROFILE, Imprint, write
from bindery.printers import Certainty, Printer, Stock

__all__ = ["PROFILE", "Interior", "interior", "without_cover"]

STYLES = "styles/print.css"
MOST_NAMED = 6
"""Pages that a query names; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Interior:
    """The finished interior for one printer."""

    data: bytes = field(repr=False)
    set_pages: int
    """How many pages there were before blank ones were added."""
    laid: laying.Interior
    """Where its pages lie on their sheets."""
    queries: tuple[Query, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, those added at the end too; the spine depends on it."""
        return len(self.laid.pages)


def interior(
    book: SetBook,
    programs: Mapping[str, bytes],
    metadata: Metadata,
    printer: Printer,
    stock: Stock,
    published: datetime.datetime,
    *,
    profile: bytes,
    generator: str,
    sources: Mapping[str, str] | None = None,
    bleeds: bool | None = None,
) -> Interior:
    """The interior of a book for a printer; the same book makes the same bytes.

    `programs` has the bytes of every font file by its SHA-256, `profile` is the ICC profile
    of the output intent (`PROFILE` among the styles), and `sources` has the author's file of
    every galley by its name.  `bleeds` says whether pages get a bleed; None leaves it to the
    pages, some of which may reach over their edges.

    Codes of its queries: `press-look`, `page-size`, `page-bleed`, `press-margin`, `press-ink`.
    """
    inner = without_cover(book)
    right_to_left = direction(metadata.language) == "rtl"
    with pikepdf.new() as pdf:
        whole = printer.interior.whole_fonts.value
        share_fonts(pdf, lay_pages(pdf, inner), programs, whole=whole)
        asking = _Asking(inner, printer, sources or {})
        queries = [*asking.about_sizes(pdf), *asking.about_ink(stock)]
        remarks = separate(pdf)
        drawn = _plain(pdf)
        queries += asking.about_looks(_unlike(inner, programs, drawn, remarks))
        measured = measure(pdf, ink_boxes(drawn), printer, right_to_left=right_to_left)
        laid = lay_on_sheets(pdf, measured, printer, right_to_left=right_to_left, bleeds=bleeds)
        queries += asking.about_margins(laid)
        kind, version = printer.interior.kind.value, printer.interior.version.value
        imprint = _imprint(metadata, published, generator)
        data = write(pdf, kind, imprint, profile, version)
    return Interior(data, len(measured), laid, tuple(queries))


def without_cover(book: SetBook) -> SetBook:
    """The book from its first numbered page on, which is a recto."""
    leaves = book.pagination.leaves
    first = next((n for n, leaf in enumerate(leaves) if leaf.folio is not None), len(leaves))
    return replace(book, pagination=replace(book.pagination, leaves=leaves[first:]))


def _plain(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, static_id=True)
    return out.getvalue()


def _imprint(metadata: Metadata, published: datetime.datetime, generator: str) -> Imprint:
    title = f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title
    authors = [who.name for who in metadata.having_role("author", "editor", "compiler")]
    return Imprint(title, ", ".join(authors), published, generator)


def _unlike(
    book: SetBook,
    programs: Mapping[str, bytes],
    drawn: bytes,
    remarks: Sequence[frozenset[Remark]],
) -> Iterator[tuple[int, Remark]]:
    """Pages, counted from 0, that do not look as before, and why."""
    for place, found in enumerate(remarks):
        for remark in sorted(found):
            if not remark.is_faithful:
                yield place, remark
    doubtful = [place for place, found in enumerate(remarks) if Remark.FLATTENED in found]
    if doubtful:
        with pikepdf.new() as pdf:
            share_fonts(pdf, lay_pages(pdf, book), programs)
            before = _plain(pdf)
        for place in differing(before, drawn, doubtful):
            yield place, Remark.FLATTENED


def _moved(laid: laying.Interior) -> str:
    """“11.5 pt from the spine and 3.5 pt down”."""
    down = "down" if laid.drop > 0 else "up"
    ways = ((laid.shift, "from the spine"), (abs(laid.drop), down))
    return " and ".join(f"{float(length):.1f} pt {way}" for length, way in ways if length)


class _Asking:
    """Draws up the queries about an interior."""

    def __init__(self, book: SetBook, printer: Printer, sources: Mapping[str, str]) -> None:
        self._leaves = book.pagination.leaves
        self._printer = printer
        self._sources = sources

    def about_sizes(self, pdf: pikepdf.Pdf) -> Iterator[Query]:
        """A page that is not cut like the first."""
        cuts = [tuple(map(str, page.trimbox)) for page in pdf.pages]
        other = [place for place, cut in enumerate(cuts) if cut != cuts[0]]
        if other:
            message = f"{self._pages(other)} of another size than the first page of the book."
            hint = "Give every page the same size in @page of the stylesheet."
            yield self._query("page-size", message, hint, other)

    def about_ink(self, stock: Stock) -> Iterator[Query]:
        """A stock for colours, which are not made here."""
        if stock.colour:
            message = f"The interior is printed in black, and “{stock.title}” is paid for colours."
            hint = "Choose a stock in black ink."
            place = Place("book.toml")
            yield Query("press-ink", message, hint, place, Severity.WARNING)

    def about_looks(self, unlike: Iterable[tuple[int, Remark]]) -> Iterator[Query]:
        """Pages that would not be printed as they are seen."""
        places: dict[Remark, list[int]] = {}
        for place, remark in unlike:
            places.setdefault(remark, []).append(place)
        for remark, found in places.items():
            message = f"{self._pages(found)} not printed as seen on the screen: {remark.value}."
            hint = "Use opaque colours and pictures there, in the styles or in the drawing."
            yield self._query("press-look", message, hint, found)

    def about_margins(self, laid: laying.Interior) -> Iterator[Query]:
        """Pages that do not keep the printer's margins, and those that bleed."""
        rules = self._printer.margins
        outer = rules.outside_with_bleed if laid.bleeds else rules.outside
        for short in laid.shortages:
            ruled = rules.gutter if short.edge == "inside" else outer
            wanted = said(getattr(laid.margins, short.edge))
            message = (
                f"{self._pages(short.pages)} too near to the {short.edge} edge: "
                f"{self._printer.title} wants {wanted} clear there, and "
                f"{float(short.by):.1f} pt are missing"
            )
            moved = f" although all pages moved {_moved(laid)}" if laid.shift or laid.drop else ""
            hint = f"Widen that margin in @page of the stylesheet. Source: {ruled.pedigree}."
            sure = ruled.certainty is not Certainty.UNCONFIRMED and not ruled.advice
            severity = Severity.ERROR if sure else Severity.WARNING
            yield self._query("press-margin", f"{message}{moved}.", hint, short.pages, severity)
        if laid.too_short:
            bleed = self._printer.bleed.edges
            message = f"{self._pages(laid.too_short)} printed up to the edge, but not over it."
            wanted = said(max(bleed.value.top, bleed.value.outside))
            hint = f"Give its @page a bleed of {wanted}. Source: {bleed.pedigree}."
            yield self._query("page-bleed", message, hint, laid.too_short, Severity.WARNING)

    def _query(
        self,
        code: str,
        message: str,
        hint: str,
        places: Sequence[int],
        severity: Severity = Severity.ERROR,
    ) -> Query:
        galleys = {self._leaves[place].galley for place in places}
        file = self._sources.get(galleys.pop(), STYLES) if len(galleys) == 1 else STYLES
        return Query(code, message, hint, Place(file), severity)

    def _pages(self, places: Sequence[int]) -> str:
        """“Page xii is”, “Pages 3 and 9 are”, by their numbers in the book."""
        named = [str(self._leaves[place].folio) for place in places[:MOST_NAMED]]
        if len(places) == 1:
            return f"Page {named[0]} is"
        if len(places) > MOST_NAMED:
            return f"Pages {', '.join(named)} and {len(places) - MOST_NAMED} more are"
        return f"Pages {', '.join(named[:-1])} and {named[-1]} are"
