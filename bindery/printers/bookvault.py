"""BookVault, paperback."""

from __future__ import annotations

from bindery.paper import Edges, SpinePerPage, millimetres
from bindery.printers import house
from bindery.printers.printer import (
    Bleed,
    Colour,
    CoverRules,
    Drawing,
    FileRules,
    Forbidden,
    GutterRow,
    Margins,
    PageCount,
    PageRange,
    PdfKind,
    Printer,
    Stock,
    TrimRange,
)
from bindery.printers.rulings import Ruled, reported, unconfirmed
from bindery.printers.sources import BOOKVAULT_GUIDE, HOUSE, X1A

LEAST_SPINE = millimetres("1.3")
LEAST_PAGES = 24

WHITE = Stock(
    key="white-black",
    title="black ink, white paper",
    paper="white",
    colour=False,
    pages=reported(PageRange(LEAST_PAGES, None), BOOKVAULT_GUIDE, "The most is not known."),
    spine=unconfirmed(
        SpinePerPage(LEAST_SPINE / LEAST_PAGES),
        HOUSE,
        "The guide says only that 24 pages are 1.3 mm; this is in proportion. Compare it with "
        "the printer's own figure before you order.",
    ),
)


def _file(colours: tuple[Colour, ...], name: Ruled[str]) -> FileRules:
    return FileRules(
        kind=reported(PdfKind.X1A, BOOKVAULT_GUIDE, "PDF/X-3:2002 is taken as well."),
        version=reported("1.3", X1A, "As PDF/X-1a:2001 has it."),
        output_intent=unconfirmed("FOGRA39", HOUSE, "PDF/X-1a names one; any will do."),
        colours=reported(colours, BOOKVAULT_GUIDE),
        ink_limit=house.INK_LIMIT,
        file_name=name,
        most_bytes=house.ANY_LENGTH,
        whole_fonts=house.SUBSETS,
    )


PRINTER = Printer(
    key="bookvault",
    title="BookVault",
    trims=unconfirmed(
        house.trims_called("5x8 5.5x8.5 6x9 A5"), HOUSE, "No list is known; these are common."
    ),
    custom_trims=reported(TrimRange(None, None), BOOKVAULT_GUIDE, "Within unknown limits."),
    stocks=(WHITE,),
    margins=Margins(
        gutter=reported((GutterRow(None, millimetres(20)),), BOOKVAULT_GUIDE),
        outside=reported(millimetres(3), BOOKVAULT_GUIDE, "Or more."),
        outside_with_bleed=reported(millimetres(3), BOOKVAULT_GUIDE, "Or more."),
    ),
    bleed=Bleed(
        edges=reported(
            Edges.all_round(millimetres(3)), BOOKVAULT_GUIDE, "Whether inside too is not said."
        ),
        whole_file=house.WHOLE_FILE,
    ),
    page_count=PageCount(multiple=house.EVEN, last_blank=house.MAY_BE_FULL),
    interior=_file((Colour.GREY,), house.INTERIOR_NAME),
    colour_interior=reported((Colour.CMYK, Colour.GREY), BOOKVAULT_GUIDE),
    cover=CoverRules(
        bleed=reported(millimetres(3), BOOKVAULT_GUIDE),
        safe=house.COVER_SAFE,
        spine_text=house.SPINE_TEXT,
        barcode=house.BARCODE,
    ),
    cover_file=_file((Colour.CMYK, Colour.GREY), house.COVER_NAME),
    drawing=Drawing(
        image_ppi=reported(300, BOOKVAULT_GUIDE),
        refused_ppi=house.REFUSED_PPI,
        line_art_ppi=house.LINE_ART_PPI,
        most_ppi=house.MOST_PPI,
        thinnest_rule=house.THINNEST_RULE,
        lightest_tint=house.ANY_TINT,
        black_text_below=house.NO_TEXT_RULE,
        rich_black=house.NO_RICH_BLACK,
    ),
    forbidden=(
        reported(Forbidden.MARKS, BOOKVAULT_GUIDE),
        *(
            reported(thing, X1A, "PDF/X-1a has none.")
            for thing in (*house.NOT_IN_X1A, Forbidden.ENCRYPTION, Forbidden.UNEMBEDDED_FONTS)
        ),
        unconfirmed(Forbidden.SPREADS, HOUSE, house.NOWHERE),
    ),
    form=house.FORM,
)
