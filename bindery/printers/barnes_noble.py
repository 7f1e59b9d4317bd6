"""Barnes & Noble Press, paperback."""

from __future__ import annotations

from fractions import Fraction

from bindery.paper import SpinePerPage, inches
from bindery.printers import house
from bindery.printers.printer import (
    Barcode,
    BarcodeMaker,
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
    SpineText,
    Stock,
)
from bindery.printers.rulings import reported, unconfirmed
from bindery.printers.sources import A1B, BN_GUIDE, HOUSE, REGISTRY

NO_KINDS = "A black interior has grey alone, and a cover is seen in RGB by the profile it names."

WHITE = Stock(
    key="white-black",
    title="black ink, 50# white paper",
    paper="white",
    colour=False,
    pages=reported(PageRange(18, 800), REGISTRY, "The guide of 2014 has 40–800."),
    spine=reported(
        SpinePerPage(inches(Fraction(1, 460)), inches(Fraction(10, 460)), inches("0.01")),
        REGISTRY,
        "(Pages + 10) / 460 in, to the nearest hundredth; published for 6x9.",
    ),
)


def _file(colours: tuple[Colour, ...], name: str) -> FileRules:
    return FileRules(
        kind=reported(PdfKind.A1B, REGISTRY),
        version=reported("1.4", A1B, "As PDF/A-1b has it."),
        output_intent=unconfirmed("sRGB", HOUSE, "PDF/A-1b names one where colours need it."),
        colours=unconfirmed(colours, HOUSE, NO_KINDS),
        ink_limit=house.INK_LIMIT,
        file_name=unconfirmed(name, HOUSE, "No rule about file names is known."),
        most_bytes=house.ANY_LENGTH,
        whole_fonts=house.SUBSETS,
    )


PRINTER = Printer(
    key="bn",
    title="Barnes & Noble Press",
    trims=reported(
        house.trims_called("6x9 5x8 5.5x8.5 7x10 7.5x9.25 8x10 8.5x8.5"),
        BN_GUIDE,
        "Of all but 6x9, which the registry of 2026 has, only the guide of 2014 speaks.",
    ),
    custom_trims=unconfirmed(None, HOUSE, "Others are not known of."),
    stocks=(WHITE,),
    margins=Margins(gutter=house.GUTTER, outside=house.OUTSIDE, outside_with_bleed=house.OUTSIDE),
    bleed=Bleed(edges=house.BLEED, whole_file=house.WHOLE_FILE),
    page_count=PageCount(multiple=house.EVEN, last_blank=house.MAY_BE_FULL),
    interior=_file((Colour.GREY,), "{slug}-interior.pdf"),
    colour_interior=unconfirmed((Colour.RGB, Colour.GREY), HOUSE, NO_KINDS),
    cover=CoverRules(
        bleed=house.COVER_BLEED,
        safe=house.COVER_SAFE,
        spine_text=SpineText(
            fewest_pages=reported(51, REGISTRY, "No text on the spine at 50 pages or fewer."),
            clearances=house.CLEARANCE,
        ),
        barcode=Barcode(
            spot=house.SPOT,
            maker=reported(BarcodeMaker.PRINTER, REGISTRY, "It is laid over the cover."),
            mandatory=reported(False, REGISTRY, "The printer brings it."),
        ),
    ),
    cover_file=_file((Colour.RGB, Colour.GREY), "{slug}-cover.pdf"),
    drawing=house.DRAWING,
    forbidden=(
        *(
            reported(thing, A1B, "PDF/A-1b has none.")
            for thing in (
                Forbidden.TRANSPARENCY,
                Forbidden.LAYERS,
                Forbidden.ENCRYPTION,
                Forbidden.UNEMBEDDED_FONTS,
            )
        ),
        *(unconfirmed(thing, HOUSE, house.NOWHERE) for thing in house.USUALLY_FORBIDDEN),
    ),
    form=house.FORM,
    remarks=(
        reported(
            "The cover may be uploaded as one sheet, or as two files of front and back.", REGISTRY
        ),
    ),
)
