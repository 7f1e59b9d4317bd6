"""IngramSpark and Lightning Source, perfect-bound paperback."""

from __future__ import annotations

from fractions import Fraction

from bindery.paper import BarcodeSpot, Edges, SpineTable, inches
from bindery.printers import house
from bindery.printers.printer import (
    Barcode,
    BarcodeMaker,
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
    SpineText,
    Stock,
    TrimRange,
)
from bindery.printers.rulings import official, reported, unconfirmed
from bindery.printers.sources import (
    HOUSE,
    INGRAM_BLOG,
    INGRAM_GUIDE,
    INGRAM_HELP,
    INGRAM_PROFILES_HELP,
    KERNSETZER,
    LIGHTNING_HELP,
    REGISTRY,
    X1A,
)

CALCULATOR = "Values of the spine calculator; no formula is published."
NO_CALIPER = "The thickness of this paper is not published; the cover template has it."


def _table(rows: str) -> SpineTable:
    """A table of spine widths in inches, written as "18 0.037, 48 0.0992"."""
    pairs = (row.split() for row in rows.split(","))
    return SpineTable(tuple((int(pages), inches(width)) for pages, width in pairs))


WHITE = Stock(
    key="white-black",
    title="black ink, 50# white paper",
    paper="white",
    colour=False,
    pages=reported(PageRange(18, 1200), REGISTRY),
    spine=reported(
        _table(
            "18 0.037, 48 0.0992, 100 0.207, 200 0.4065, 300 0.606, 500 1.005, 1200 2.412",
        ),
        REGISTRY,
        CALCULATOR,
    ),
)
CREAM = Stock(
    key="cream-black",
    title="black ink, 50# crème paper",
    paper="cream",
    colour=False,
    pages=reported(PageRange(18, 1050), REGISTRY),
    spine=reported(
        _table("18 0.043, 48 0.1151, 100 0.240, 200 0.4585, 300 0.677, 388 0.8693"),
        REGISTRY,
        f"{CALCULATOR} Above 388 pages the last slope goes on.",
    ),
    trims=reported(
        house.trims_called("5x8 5.5x8.5 6x9 6.14x9.21 7x10 7.5x9.25 8x8 8x10"), REGISTRY
    ),
)
GROUNDWOOD = Stock(
    key="groundwood-black",
    title="black ink, 38# groundwood paper",
    paper="groundwood",
    colour=False,
    pages=reported(PageRange(18, 900), KERNSETZER),
    spine=unconfirmed(None, HOUSE, NO_CALIPER),
)
HEAVY_WHITE = Stock(
    key="heavy-white-black",
    title="black ink, 70# white paper",
    paper="heavy-white",
    colour=False,
    pages=reported(PageRange(18, 900), KERNSETZER),
    spine=unconfirmed(None, HOUSE, NO_CALIPER),
)

INTENT = unconfirmed("FOGRA39", HOUSE, "PDF/X-1a names a printing condition; any will do.")


def _file(colours: tuple[Colour, ...], name: str) -> FileRules:
    return FileRules(
        kind=reported(PdfKind.X1A, INGRAM_GUIDE, "PDF/X-3:2002 is taken as well."),
        version=reported("1.3", INGRAM_GUIDE, "As PDF/X-1a:2001 has it."),
        output_intent=INTENT,
        colours=reported(colours, INGRAM_GUIDE),
        ink_limit=reported(240, INGRAM_GUIDE),
        file_name=reported(name, INGRAM_GUIDE),
        most_bytes=house.ANY_LENGTH,
        whole_fonts=house.SUBSETS,
    )


PRINTER = Printer(
    key="ingramspark",
    title="IngramSpark",
    trims=reported(
        house.trims_called(
            "5x8 5.5x8.5 6x9 6.14x9.21 7x10 7.5x9.25 8x8 8x10 8.5x8.5 8.5x11 11x8.5"
        ),
        REGISTRY,
    ),
    custom_trims=reported(TrimRange(None, None), REGISTRY, "Within limits that are not known."),
    stocks=(WHITE, CREAM, GROUNDWOOD, HEAVY_WHITE),
    margins=Margins(
        gutter=unconfirmed(
            (GutterRow(None, inches("0.5")),),
            HOUSE,
            "No table by page count is known; half an inch is recommended on all sides.",
        ),
        outside=official(
            inches("0.5"), INGRAM_HELP, "The trim may be out by 1/16 in.", advice=True
        ),
        outside_with_bleed=official(inches("0.5"), INGRAM_HELP, advice=True),
    ),
    bleed=Bleed(
        edges=reported(Edges.not_inside(inches("0.125")), KERNSETZER),
        whole_file=house.WHOLE_FILE,
    ),
    page_count=PageCount(
        multiple=reported(2, KERNSETZER, "The count is stored even."),
        last_blank=official(True, LIGHTNING_HELP, "A barcode is printed on it."),
    ),
    interior=_file((Colour.GREY,), "{isbn}_txt.pdf"),
    colour_interior=reported((Colour.CMYK, Colour.GREY), INGRAM_GUIDE),
    cover=CoverRules(
        bleed=reported(inches("0.125"), INGRAM_GUIDE),
        safe=official(inches("0.25"), INGRAM_HELP),
        spine_text=SpineText(
            fewest_pages=reported(48, INGRAM_GUIDE),
            clearances=reported(
                ((Fraction(0), inches("0.03125")), (inches("0.35"), inches("0.0625"))),
                INGRAM_GUIDE,
            ),
        ),
        barcode=Barcode(
            spot=reported(
                BarcodeSpot(inches("1.75"), inches("1"), inches("0.25"), inches("0.25")),
                INGRAM_GUIDE,
                "The size; the place is that of the safe area.",
            ),
            maker=reported(BarcodeMaker.PUBLISHER, INGRAM_GUIDE, "100 % K on white."),
            mandatory=reported(True, INGRAM_GUIDE),
        ),
    ),
    cover_file=_file((Colour.CMYK, Colour.GREY), "{isbn}_cvr.pdf"),
    drawing=Drawing(
        image_ppi=reported(300, INGRAM_GUIDE),
        refused_ppi=reported(72, INGRAM_GUIDE, "May be refused."),
        line_art_ppi=reported(600, INGRAM_GUIDE),
        most_ppi=house.MOST_PPI,
        thinnest_rule=reported(Fraction(1, 8), INGRAM_GUIDE),
        lightest_tint=house.ANY_TINT,
        black_text_below=reported(Fraction(24), INGRAM_GUIDE, "Up to 24 pt, 100 % K alone."),
        rich_black=reported((60, 40, 40, 100), INGRAM_GUIDE),
    ),
    forbidden=(
        official(Forbidden.MARKS, INGRAM_BLOG),
        official(Forbidden.SPREADS, INGRAM_BLOG),
        reported(Forbidden.ENCRYPTION, INGRAM_GUIDE),
        reported(Forbidden.UNEMBEDDED_FONTS, INGRAM_GUIDE, "The base fonts of PDF as well."),
        reported(Forbidden.SPOT_COLOURS, INGRAM_GUIDE),
        reported(Forbidden.REGISTRATION_BLACK, INGRAM_GUIDE),
        official(
            Forbidden.PROFILED_OBJECTS, INGRAM_PROFILES_HELP, "They make black text print grey."
        ),
        *(reported(thing, X1A, "PDF/X-1a has none.") for thing in house.NOT_IN_X1A),
    ),
    form=house.FORM,
    remarks=(
        official(
            "Trims up to 6.14 × 9.21 in are printed in sheets of 6 pages, those from "
            "6.69 × 9.61 in in sheets of 4; more blank pages may be added at the end.",
            LIGHTNING_HELP,
        ),
        reported(
            "Compare the spine with the cover template, which is sent by e-mail and needs the "
            "ISBN, the page count, the trim and the binding.",
            INGRAM_GUIDE,
        ),
    ),
)
