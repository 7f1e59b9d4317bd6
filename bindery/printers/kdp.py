"""Amazon KDP, paperback."""

from __future__ import annotations

from fractions import Fraction

from bindery.paper import BarcodeSpot, Edges, SpinePerPage, SpineRule, inches, trim_called
from bindery.printers import house
from bindery.printers.printer import (
    Barcode,
    BarcodeMaker,
    Bleed,
    Ceiling,
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
from bindery.printers.rulings import Ruled, official, reported, third_party, unconfirmed
from bindery.printers.sources import BOOKBOLT, BOOKSELF, HOUSE, KDP_COVER, KDP_GUIDES, kdp_help

PDF_HELP = kdp_help("G201857950")
FILES_HELP = kdp_help("GYEKAVKMSE23PFTM")

LANDSCAPE = house.trims_called("8.25x6 8.25x8.25")
SQUARE_AND_LETTER = house.trims_called("8.5x8.5 8.5x11")
A4 = house.trims_called("8.27x11.69")


def _spine(inches_per_page: str) -> Ruled[SpineRule | None]:
    note = "Nothing is added for the cover."
    return reported(SpinePerPage(inches(inches_per_page)), KDP_COVER, note)


def _ceilings(landscape: int, square: int, a4: int) -> tuple[Ceiling, ...]:
    caps = ((LANDSCAPE, landscape), (SQUARE_AND_LETTER, square), (A4, a4))
    return tuple(Ceiling(trims, most) for trims, most in caps)


WHITE = Stock(
    key="white-black",
    title="black ink, white paper",
    paper="white",
    colour=False,
    pages=reported(PageRange(24, 828), BOOKSELF),
    spine=_spine("0.002252"),
    ceilings=third_party(_ceilings(800, 590, 780), BOOKBOLT),
)
CREAM = Stock(
    key="cream-black",
    title="black ink, cream paper",
    paper="cream",
    colour=False,
    pages=reported(PageRange(24, 776), BOOKSELF),
    spine=_spine("0.0025"),
    ceilings=third_party(_ceilings(750, 550, 730), BOOKBOLT),
)
GROUNDWOOD = Stock(
    key="groundwood-black",
    title="black ink, groundwood paper",
    paper="groundwood",
    colour=False,
    pages=reported(PageRange(24, 812), BOOKSELF),
    spine=_spine("0.00235"),
    ceilings=unconfirmed(
        _ceilings(750, 550, 730), HOUSE, "Not known for groundwood; cream's are the lowest."
    ),
)
STANDARD_COLOUR = Stock(
    key="white-colour",
    title="standard colour ink, white paper",
    paper="white",
    colour=True,
    pages=reported(PageRange(72, 600), BOOKSELF),
    spine=_spine("0.002252"),
    ceilings=unconfirmed(
        _ceilings(600, 590, 590), HOUSE, "Not known for this ink; those of premium colour."
    ),
)
PREMIUM_COLOUR = Stock(
    key="white-premium-colour",
    title="premium colour ink, white paper",
    paper="white",
    colour=True,
    pages=reported(PageRange(24, 828), BOOKSELF),
    spine=_spine("0.002347"),
    ceilings=third_party(_ceilings(800, 590, 590), BOOKBOLT),
)

INTERIOR = FileRules(
    kind=official(PdfKind.PLAIN, PDF_HELP, "PDF/X is not asked for."),
    version=house.ANY_VERSION,
    output_intent=house.NO_INTENT,
    colours=reported((Colour.GREY,), BOOKSELF),
    ink_limit=house.INK_LIMIT,
    file_name=house.INTERIOR_NAME,
    most_bytes=official(650_000_000, PDF_HELP, "650 MB."),
    whole_fonts=official(
        True, PDF_HELP, "“Fully embedded, rather than … subsets” is recommended.", advice=True
    ),
)
COVER_FILE = FileRules(
    kind=official(PdfKind.PLAIN, PDF_HELP, "PDF/X is not asked for."),
    version=house.ANY_VERSION,
    output_intent=house.NO_INTENT,
    colours=reported((Colour.RGB, Colour.CMYK, Colour.GREY), BOOKSELF, "CMYK is recommended."),
    ink_limit=house.INK_LIMIT,
    file_name=house.COVER_NAME,
    most_bytes=official(650_000_000, PDF_HELP, "650 MB."),
    whole_fonts=INTERIOR.whole_fonts,
)

PRINTER = Printer(
    key="kdp",
    title="Amazon KDP",
    trims=reported(
        house.trims_called(
            "5x8 5.06x7.81 5.25x8 5.5x8.5 6x9 6.14x9.21 6.69x9.61 7x10 7.44x9.69 7.5x9.25 "
            "8x10 8.25x6 8.25x8.25 8.5x8.5 8.5x11 8.27x11.69"
        ),
        BOOKSELF,
    ),
    custom_trims=reported(TrimRange(trim_called("4x6"), trim_called("8.5x11.69")), BOOKSELF),
    stocks=(WHITE, CREAM, GROUNDWOOD, STANDARD_COLOUR, PREMIUM_COLOUR),
    margins=Margins(
        gutter=reported(
            (
                GutterRow(150, inches("0.375")),
                GutterRow(300, inches("0.5")),
                GutterRow(500, inches("0.625")),
                GutterRow(700, inches("0.75")),
                GutterRow(None, inches("0.875")),
            ),
            BOOKSELF,
        ),
        outside=reported(inches("0.25"), BOOKSELF),
        outside_with_bleed=reported(inches("0.375"), BOOKSELF),
    ),
    bleed=Bleed(
        edges=reported(Edges.not_inside(inches("0.125")), BOOKSELF),
        whole_file=reported(True, BOOKSELF, "One page that bleeds makes it a file with bleed."),
    ),
    page_count=PageCount(
        multiple=third_party(2, KDP_GUIDES, "An odd count gets a blank page at its end."),
        last_blank=house.MAY_BE_FULL,
    ),
    interior=INTERIOR,
    colour_interior=reported((Colour.RGB, Colour.CMYK, Colour.GREY), BOOKSELF),
    cover=CoverRules(
        bleed=reported(inches("0.125"), BOOKSELF),
        safe=reported(inches("0.25"), BOOKSELF, "Others measure an eighth from the trim."),
        spine_text=SpineText(
            fewest_pages=reported(80, BOOKSELF, "“More than 79”; some sources say 79."),
            clearances=reported(((Fraction(0), inches("0.0625")),), BOOKSELF),
        ),
        barcode=Barcode(
            spot=third_party(
                BarcodeSpot(inches("2"), inches("1.2"), inches("0.25"), inches("0.25")),
                KDP_GUIDES,
            ),
            maker=third_party(BarcodeMaker.EITHER, KDP_GUIDES),
            mandatory=third_party(False, KDP_GUIDES, "KDP prints one where the cover has none."),
        ),
    ),
    cover_file=COVER_FILE,
    drawing=Drawing(
        image_ppi=official(300, FILES_HELP),
        refused_ppi=house.REFUSED_PPI,
        line_art_ppi=house.LINE_ART_PPI,
        most_ppi=house.MOST_PPI,
        thinnest_rule=house.THINNEST_RULE,
        lightest_tint=reported(10, BOOKSELF),
        black_text_below=house.NO_TEXT_RULE,
        rich_black=house.NO_RICH_BLACK,
    ),
    forbidden=tuple(
        official(thing, FILES_HELP)
        for thing in (
            Forbidden.MARKS,
            Forbidden.SPREADS,
            Forbidden.ENCRYPTION,
            Forbidden.UNEMBEDDED_FONTS,
            Forbidden.TRANSPARENCY,
            Forbidden.LAYERS,
            Forbidden.BOOKMARKS,
            Forbidden.ANNOTATIONS,
            Forbidden.INVISIBLE,
            Forbidden.PLACEHOLDERS,
        )
    ),
    form=house.FORM,
)
