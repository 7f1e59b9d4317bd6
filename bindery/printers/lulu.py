"""Lulu, perfect-bound paperback."""

from __future__ import annotations

from fractions import Fraction

from bindery.paper import BarcodeSpot, Edges, SpinePerPage, inches
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
)
from bindery.printers.rulings import Ruled, official, reported
from bindery.printers.sources import LULU_DISTRIBUTION, LULU_REVIEW, LULU_SPINE, lulu_help

PAGES = reported(PageRange(32, 800), LULU_REVIEW)
SPINE = official(
    SpinePerPage(inches(Fraction(1, 444)), inches("0.06")), LULU_SPINE, "Pages / 444 + 0.06 in."
)
SAFETY = inches("0.5")
"""The margin to which what the gutter needs is added."""
COLOUR_HELP = lulu_help("64000255590")


def _stock(key: str, title: str, paper: str, *, colour: bool) -> Stock:
    return Stock(key, title, paper, colour, PAGES, SPINE)


def _file(colours: Ruled[tuple[Colour, ...]], name: Ruled[str]) -> FileRules:
    return FileRules(
        kind=reported(PdfKind.PLAIN, LULU_REVIEW, "PDF/X is not asked for."),
        version=house.ANY_VERSION,
        output_intent=house.NO_INTENT,
        colours=colours,
        ink_limit=reported(270, LULU_REVIEW),
        file_name=name,
        most_bytes=house.ANY_LENGTH,
        whole_fonts=house.SUBSETS,
    )


PRINTER = Printer(
    key="lulu",
    title="Lulu",
    trims=reported(
        house.trims_called(
            "4.25x6.875 5x8 5.5x8.5 5.83x8.27 6.14x9.21 6x9 6.63x10.25 7x10 7.44x9.68 7.5x7.5 "
            "8.27x11.69 8.5x8.5 8.5x11 9x7 11x8.5 11.69x8.27"
        ),
        LULU_REVIEW,
    ),
    custom_trims=reported(None, LULU_REVIEW),
    stocks=(
        _stock("white-black", "black ink, 60# white paper", "white", colour=False),
        _stock("cream-black", "black ink, 60# cream paper", "cream", colour=False),
        _stock("coated-black", "premium black ink, 80# white coated paper", "coated", colour=False),
        _stock("white-colour", "standard colour ink, 60# white paper", "white", colour=True),
        _stock(
            "coated-premium-colour",
            "premium colour ink, 80# white coated paper",
            "coated",
            colour=True,
        ),
    ),
    margins=Margins(
        gutter=reported(
            (
                GutterRow(60, SAFETY),
                GutterRow(150, SAFETY + inches("0.125")),
                GutterRow(400, SAFETY + inches("0.5")),
                GutterRow(600, SAFETY + inches("0.625")),
                GutterRow(None, SAFETY + inches("0.75")),
            ),
            LULU_REVIEW,
            "The table's addition to a margin of half an inch; 0.2 in is the least of all.",
            advice=True,
        ),
        outside=official(SAFETY, lulu_help("64000255583")),
        outside_with_bleed=official(SAFETY, lulu_help("64000255583")),
    ),
    bleed=Bleed(
        edges=reported(
            Edges.all_round(inches("0.125")), LULU_REVIEW, "Without it a white bleed is added."
        ),
        whole_file=house.WHOLE_FILE,
    ),
    page_count=PageCount(multiple=house.EVEN, last_blank=house.MAY_BE_FULL),
    interior=_file(
        official((Colour.GREY,), COLOUR_HELP, "For a black interior."), house.INTERIOR_NAME
    ),
    colour_interior=official((Colour.RGB, Colour.GREY), COLOUR_HELP, "sRGB is preferred."),
    cover=CoverRules(
        bleed=reported(inches("0.125"), LULU_REVIEW),
        safe=reported(inches("0.5"), LULU_REVIEW),
        spine_text=SpineText(
            fewest_pages=reported(
                81, LULU_REVIEW, "None at 80 pages or fewer; for distribution none below 100."
            ),
            clearances=reported(
                ((Fraction(0), inches("0.0625")), (inches("0.35"), inches("0.125"))),
                LULU_REVIEW,
                "0.125 in is asked for; distribution allows 0.0625 in, which a spine thinner "
                "than 0.35 in gets here, for nothing would fit otherwise.",
                advice=True,
            ),
        ),
        barcode=Barcode(
            spot=reported(
                BarcodeSpot(inches("2"), inches("1.2"), inches("0.25"), inches("0.25")),
                LULU_DISTRIBUTION,
                "For distribution; Lulu's own template has an area of its own.",
            ),
            maker=reported(BarcodeMaker.PUBLISHER, LULU_DISTRIBUTION),
            mandatory=reported(False, LULU_DISTRIBUTION, "Only for distribution, with an ISBN."),
        ),
    ),
    cover_file=_file(
        official((Colour.RGB, Colour.CMYK, Colour.GREY), COLOUR_HELP, "sRGB is preferred."),
        house.COVER_NAME,
    ),
    drawing=Drawing(
        image_ppi=official(300, lulu_help("64000255519")),
        refused_ppi=house.REFUSED_PPI,
        line_art_ppi=house.LINE_ART_PPI,
        most_ppi=official(600, lulu_help("64000255519")),
        thinnest_rule=house.THINNEST_RULE,
        lightest_tint=reported(20, LULU_REVIEW),
        black_text_below=house.NO_TEXT_RULE,
        rich_black=house.NO_RICH_BLACK,
    ),
    forbidden=tuple(
        reported(thing, LULU_REVIEW)
        for thing in (
            Forbidden.MARKS,
            Forbidden.SPREADS,
            Forbidden.ENCRYPTION,
            Forbidden.UNEMBEDDED_FONTS,
            Forbidden.TRANSPARENCY,
            Forbidden.LAYERS,
        )
    ),
    form=house.FORM,
    remarks=(
        reported(
            "Global Distribution wants a cover of its own, with another width of spine, and the "
            "ISBN printed in the interior.",
            LULU_DISTRIBUTION,
        ),
    ),
)
