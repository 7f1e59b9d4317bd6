"""Any other printer: the strictest rules known of those that we know."""

from __future__ import annotations

from bindery.paper import SpinePerPage, inches, trim_called
from bindery.printers import house
from bindery.printers.printer import (
    Bleed,
    Colour,
    CoverRules,
    FileRules,
    Forbidden,
    Margins,
    PageCount,
    PageRange,
    PdfKind,
    Printer,
    Stock,
    TrimRange,
)
from bindery.printers.rulings import Ruled, unconfirmed
from bindery.printers.sources import HOUSE

ASK = "Ask your printer for the true one."
SPINE_NOTE = "As KDP's paper of this kind; it depends on the paper. Ask your printer."


def _stock(key: str, title: str, paper: str, inches_per_page: str) -> Stock:
    return Stock(
        key=key,
        title=title,
        paper=paper,
        colour=False,
        pages=unconfirmed(PageRange(32, 776), HOUSE, f"What all others bind. {ASK}"),
        spine=unconfirmed(SpinePerPage(inches(inches_per_page)), HOUSE, SPINE_NOTE),
    )


def _file(colours: tuple[Colour, ...], name: Ruled[str]) -> FileRules:
    return FileRules(
        kind=unconfirmed(PdfKind.PLAIN, HOUSE, "A plain PDF is taken by most."),
        version=house.ANY_VERSION,
        output_intent=house.NO_INTENT,
        colours=unconfirmed(colours, HOUSE, ASK),
        ink_limit=house.INK_LIMIT,
        file_name=name,
        most_bytes=house.ANY_LENGTH,
        whole_fonts=house.SUBSETS,
    )


PRINTER = Printer(
    key="generic",
    title="Any printer",
    trims=unconfirmed(
        house.trims_called("5x8 5.5x8.5 6x9 A5 7x10 8x10 8.5x11 A4"), HOUSE, f"Common ones. {ASK}"
    ),
    custom_trims=unconfirmed(
        TrimRange(trim_called("4x6"), trim_called("8.5x11.69")), HOUSE, f"As KDP's. {ASK}"
    ),
    stocks=(
        _stock("white-black", "black ink, white paper", "white", "0.002252"),
        _stock("cream-black", "black ink, cream paper", "cream", "0.0025"),
    ),
    margins=Margins(gutter=house.GUTTER, outside=house.OUTSIDE, outside_with_bleed=house.OUTSIDE),
    bleed=Bleed(edges=house.BLEED, whole_file=house.WHOLE_FILE),
    page_count=PageCount(multiple=house.EVEN, last_blank=house.MAY_BE_FULL),
    interior=_file((Colour.GREY,), house.INTERIOR_NAME),
    colour_interior=unconfirmed((Colour.RGB, Colour.CMYK, Colour.GREY), HOUSE, ASK),
    cover=CoverRules(
        bleed=house.COVER_BLEED,
        safe=house.COVER_SAFE,
        spine_text=house.SPINE_TEXT,
        barcode=house.BARCODE,
    ),
    cover_file=_file((Colour.RGB, Colour.CMYK, Colour.GREY), house.COVER_NAME),
    drawing=house.DRAWING,
    forbidden=tuple(
        unconfirmed(thing, HOUSE, house.NOWHERE)
        for thing in (
            *house.USUALLY_FORBIDDEN,
            Forbidden.ENCRYPTION,
            Forbidden.UNEMBEDDED_FONTS,
            Forbidden.TRANSPARENCY,
            Forbidden.LAYERS,
        )
    ),
    form=house.FORM,
)
