"""The wrap: the cover of a printed book as one sheet, from back over spine to front.

1. `panels` says where everything stands: the printer's geometry, and text that fits (`lettering`).
2. The template `wrap.html.j2` is set as any galley is; the front is the screen edition's cover, or
   a picture that is given (`art`).
3. `colours` writes the sheet again in what the printer takes, with no more ink (`inks`) than it
   can bear, and `plates.standards` makes it the kind of file that is wanted.
4. `preview` shows where the sheet is cut and folded.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array

from bindery.book import EditedBook
from bindery.errata import Place, Query, Severity
from bindery.folios import number
from bindery.galleys import Galley, Numbering, Opens, shared_values
from bindery.house_style import HouseStyle, direction
from bindery.imposition.fonts import share_fonts
from bindery.imposition.pages import lay_pages
from bindery.looks import text_face
from bindery.pagination import SetBook, Typesetter
from bindery.paper import CoverSheet, Points, Trim
from bindery.plates.standards import PROFILE, SCREEN_PROFILE, Imprint, write
from bindery.printers import Colour, PdfKind, Printer, Stock, cover
from bindery.set_pages import Copy, SetPages
from bindery.wrap import panels
from bindery.wrap.art import Art, read_art
from bindery.wrap.colours import Recolouring
from bindery.wrap.inks import Press
from bindery.wrap.lettering import Face
from bindery.wrap.preview import preview

NAME = "wrap"
TEMPLATE = "wrap.html.j2"
BOOK = Place("book.toml")
PRICE = re.compile(r"[0-9]{5}")
ART = "wrap-art.png"
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Wrap:
    """The finished cover for one printer."""

    data: bytes = field(repr=False)
    """A PDF of one page."""
    preview: bytes = field(repr=False)
    """A PNG with trim, folds and safe areas drawn over it."""
    sheet: CoverSheet
    has_spine_text: bool
    has_barcode: bool
    inks: tuple[tuple[float, ...], ...]
    """Every colour that is painted, in grey, RGB or CMYK, from 0 to 1; without pictures."""
    queries: tuple[Query, ...]


def draw_wrap(
    book: EditedBook,
    house: HouseStyle,
    typeset: Typesetter,
    printer: Printer,
    stock: Stock,
    trim: Trim,
    pages: int,
    published: datetime.datetime,
    *,
    generator: str,
    price: str = "",
    art: bytes | None = None,
    art_place: Place = BOOK,
    spine: Points | None = None,
) -> Wrap:
    """The cover of a book whose interior has so many pages; the same book makes the same bytes.

    `price` is five digits beside the barcode, `art` a picture in PNG or JPEG for the front that
    is named at `art_place`, and `spine` its width by the printer's own template.  `Unprintable`
    when nobody knows how thick the paper is.

    Codes of its queries: `cover-art`, `cover-art-resolution`, `cover-price`,
    `long-description`, `spine-too-narrow`, `cover-style`.
    """
    right_to_left = direction(book.metadata.language) == "rtl"
    sheet = cover(printer, stock, trim, pages, spine=spine, right_to_left=right_to_left)
    given = Art(b"", ()) if art is None else read_art(art, sheet, printer, art_place)
    pictures = {ART: given.data} if given.data else {}
    legal = price if PRICE.fullmatch(price) else ""
    layout = _laid_out(book, house, printer, sheet, legal, next(iter(pictures), ""))
    more = {"wrap": layout, "kind": NAME, "opens": Opens.RECTO.value, "numbered": False}
    html = house.render(TEMPLATE, **{**shared_values(book, house), **more})
    (set_pages,) = typeset([Copy(NAME, html, pictures, tagged=False)])
    imprint = _imprint(book, published, generator)
    data, inks = _pressed(set_pages, house.styles, sheet, printer, imprint)
    asked = (*given.queries, *_about_price(price), *_about_text(layout, sheet, printer))
    has_spine_text, has_barcode = layout.spine_line is not None, bool(layout.bars)
    asked = (*asked, *_about_setting(set_pages))
    return Wrap(data, preview(data, sheet), sheet, has_spine_text, has_barcode, inks, asked)


def _laid_out(
    book: EditedBook, house: HouseStyle, printer: Printer, sheet: CoverSheet, price: str, art: str
) -> panels.Wrap:
    metadata = book.metadata
    symbol = panels.symbol_for(printer, sheet, metadata.identifiers.isbn_print, price)
    names, words = _names(book), metadata.paragraphs
    face = Face(house.styles[text_face(metadata.look)])
    return panels.place_all(sheet, face, metadata.title, names, words, symbol, art)


def _names(book: EditedBook) -> str:
    return ", ".join(who.name for who in book.metadata.having_role("author", "editor", "compiler"))


def _imprint(book: EditedBook, published: datetime.datetime, generator: str) -> Imprint:
    title, subtitle = book.metadata.title, book.metadata.subtitle
    whole = f"{title}: {subtitle}" if subtitle else title
    return Imprint(whole, _names(book), published, generator)


def _pressed(
    pages: SetPages,
    styles: Mapping[str, bytes],
    sheet: CoverSheet,
    printer: Printer,
    imprint: Imprint,
) -> tuple[bytes, tuple[tuple[float, ...], ...]]:
    """The sheet as a file for the printer, and the colours in it."""
    galley = Galley(NAME, TEMPLATE, {}, Opens.RECTO, Numbering.NONE, False)
    programs = {hashlib.sha256(data).hexdigest(): data for data in styles.values()}
    rules, standing = printer.cover_file, {NAME: pages}
    book = SetBook(number((galley,), standing), standing, {})
    press = None
    if Colour.RGB not in rules.colours.value:
        press = Press(styles[PROFILE], rules.ink_limit.value)
    with pikepdf.new() as pdf:
        programs |= pages.programs
        share_fonts(pdf, lay_pages(pdf, book), programs, whole=rules.whole_fonts.value)
        del pdf.pages[1:]
        recolouring = Recolouring(pdf, press)
        recolouring.page(pdf.pages[0])
        _box(pdf.pages[0], sheet)
        is_screen = press is None and rules.kind.value is PdfKind.A1B
        profile = styles[SCREEN_PROFILE if is_screen else PROFILE]
        data = write(pdf, rules.kind.value, imprint, profile, rules.version.value)
    return data, tuple(sorted(recolouring.fills))


def _box(page: pikepdf.Page, sheet: CoverSheet) -> None:
    for key in set(page.obj.keys()) - {"/Type", "/Parent", "/Contents", "/Resources"}:
        del page.obj[key]
    media, trim = (
        [round(edge, DIGITS) for edge in box.as_floats()] for box in (sheet.media, sheet.trim)
    )
    page.obj.MediaBox, page.obj.BleedBox, page.obj.TrimBox = Array(media), Array(media), Array(trim)


def _about_price(price: str) -> Iterator[Query]:
    if price and not PRICE.fullmatch(price):
        hint = "Write a digit for the currency and four for the price, such as 52495 for $24.95."
        yield Query("cover-price", f"“{price}” is not five digits.", hint, BOOK)


def _about_text(layout: panels.Wrap, sheet: CoverSheet, printer: Printer) -> Iterator[Query]:
    if layout.blurb.left_out:
        there = len(layout.blurb.paragraphs)
        whole = there + layout.blurb.left_out
        paragraphs = "paragraph has" if there == 1 else "paragraphs have"
        message = f"{printer.title}: {there} {paragraphs} room on the back, of {whole}."
        hint = "Shorten the description; it is read in a shop."
        yield Query("long-description", message, hint, BOOK, Severity.WARNING)
    if layout.spine_line is None and sheet.spine_text is not None:
        message = f"{printer.title}: the title has no room on the spine at a size to be read."
        hint = "The spine stays without text; a thicker paper or more pages would make it wider."
        yield Query("spine-too-narrow", message, hint, BOOK, Severity.WARNING)


def _about_setting(pages: SetPages) -> Iterator[Query]:
    for complaint in pages.complaints:
        hint = "Correct the style, or remove your copy of it to use the house's."
        place = Place("styles/wrap.css")
        yield Query("cover-style", f"{complaint}.", hint, place, Severity.WARNING)
    if pages.count != 1:
        message = f"The cover takes {pages.count} pages; only the first is used."
        hint = "Place everything on it absolutely, as the house's template does."
        yield Query("cover-style", message, hint, Place("templates/wrap.html.j2"))
