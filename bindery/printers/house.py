"""What Bindery does where a printer's own rule is not known: the strictest that is known of any.

Each of these is `unconfirmed`, and its note says so in every report.
"""

from __future__ import annotations

from fractions import Fraction

from bindery.paper import BarcodeSpot, Edges, Points, Trim, inches, trim_called
from bindery.printers.printer import (
    Barcode,
    BarcodeMaker,
    Drawing,
    Forbidden,
    FormField,
    GutterRow,
    SpineText,
)
from bindery.printers.rulings import Ruled, unconfirmed
from bindery.printers.sources import HOUSE

UNKNOWN = "The printer's own rule is not known"

GUTTER = unconfirmed(
    (
        GutterRow(300, inches("0.5")),
        GutterRow(500, inches("0.625")),
        GutterRow(700, inches("0.75")),
        GutterRow(None, inches("0.875")),
    ),
    HOUSE,
    f"{UNKNOWN}; this is KDP's table, and half an inch at least.",
)
OUTSIDE = unconfirmed(inches("0.5"), HOUSE, f"{UNKNOWN}; half an inch is enough for all others.")
BLEED = unconfirmed(
    Edges.not_inside(inches("0.125")),
    HOUSE,
    f"{UNKNOWN}; an eighth of an inch, and none where the leaf is bound, is what most take.",
)
WHOLE_FILE = unconfirmed(True, HOUSE, f"{UNKNOWN}; pages of one size are taken everywhere.")
COVER_BLEED = unconfirmed(inches("0.125"), HOUSE, f"{UNKNOWN}; most others take this.")
COVER_SAFE = unconfirmed(inches("0.25"), HOUSE, f"{UNKNOWN}; twice the bleed.")
EVEN = unconfirmed(2, HOUSE, f"{UNKNOWN}; a leaf has two pages.")
MAY_BE_FULL = unconfirmed(False, HOUSE, "No rule about the last page is known.")
INK_LIMIT = unconfirmed(240, HOUSE, f"{UNKNOWN}; IngramSpark's limit is the strictest.")
ANY_VERSION = unconfirmed(None, HOUSE, "No rule about the version of PDF is known.")
NO_INTENT = unconfirmed(None, HOUSE, "A plain PDF names no printing condition.")
ANY_LENGTH = unconfirmed(None, HOUSE, "The largest file is not known.")
SUBSETS = unconfirmed(False, HOUSE, "No rule about whole fonts is known.")
INTERIOR_NAME = unconfirmed("{slug}-interior.pdf", HOUSE, "No rule about file names is known.")
COVER_NAME = unconfirmed("{slug}-cover.pdf", HOUSE, "No rule about file names is known.")

SPOT = unconfirmed(
    BarcodeSpot(inches("2"), inches("1.2"), inches("0.25"), inches("0.25")),
    HOUSE,
    f"{UNKNOWN}; KDP and Lulu's distribution ask for 2 × 1.2 in, IngramSpark for less.",
)
BARCODE = Barcode(
    spot=SPOT,
    maker=unconfirmed(BarcodeMaker.PUBLISHER, HOUSE, f"{UNKNOWN}; so the cover brings it."),
    mandatory=unconfirmed(False, HOUSE, "Whether it must be there is not known."),
)
CLEARANCE: Ruled[tuple[tuple[Points, Points], ...]] = unconfirmed(
    ((Fraction(0), inches("0.0625")),), HOUSE, f"{UNKNOWN}; a sixteenth of an inch is usual."
)
SPINE_TEXT = SpineText(
    fewest_pages=unconfirmed(100, HOUSE, f"{UNKNOWN}; Lulu's distribution is the strictest."),
    clearances=CLEARANCE,
)
IMAGE_PPI = unconfirmed(300, HOUSE, f"{UNKNOWN}; all others ask for this.")
REFUSED_PPI = unconfirmed(200, HOUSE, "Below this, pictures are seen to be coarse.")
LINE_ART_PPI = unconfirmed(600, HOUSE, f"{UNKNOWN}; IngramSpark asks for this.")
MOST_PPI = unconfirmed(600, HOUSE, f"{UNKNOWN}; more is not seen on paper.")
THINNEST_RULE = unconfirmed(Fraction(1, 4), HOUSE, f"{UNKNOWN}; what is thinner may vanish.")
ANY_TINT = unconfirmed(None, HOUSE, "No rule about light tints is known.")
NO_TEXT_RULE = unconfirmed(None, HOUSE, "No rule about the ink of text is known.")
NO_RICH_BLACK = unconfirmed(None, HOUSE, "No mixture for large black areas is known.")

NOT_IN_X1A = (
    Forbidden.TRANSPARENCY,
    Forbidden.LAYERS,
    Forbidden.ANNOTATIONS,
)
"""What a file for PDF/X-1a:2001 must not have, whoever prints it."""

NOWHERE = "No rule of this printer is known, and no printer wants it."
USUALLY_FORBIDDEN = (Forbidden.MARKS, Forbidden.SPREADS, Forbidden.ANNOTATIONS)

DRAWING = Drawing(
    image_ppi=IMAGE_PPI,
    refused_ppi=REFUSED_PPI,
    line_art_ppi=LINE_ART_PPI,
    most_ppi=MOST_PPI,
    thinnest_rule=THINNEST_RULE,
    lightest_tint=ANY_TINT,
    black_text_below=NO_TEXT_RULE,
    rich_black=NO_RICH_BLACK,
)

FORM = (
    FormField("Language", "language"),
    FormField("Book title", "title"),
    FormField("Subtitle", "subtitle"),
    FormField("Author and contributors", "contributors"),
    FormField("Description", "description"),
    FormField("Categories", "subjects"),
    FormField("Keywords", "keywords"),
    FormField("Publication date", "date"),
    FormField("Publisher or imprint", "publisher"),
    FormField("ISBN", "isbn"),
    FormField("Ink and paper", "stock"),
    FormField("Trim size", "trim"),
    FormField("Bleed", "bleed"),
    FormField("Page count", "pages"),
    FormField("Spine width", "spine"),
    FormField("Interior file", "interior"),
    FormField("Cover file", "cover"),
    FormField("Barcode on the cover", "barcode"),
)
"""What every printer asks for, in the order in which most of them do."""


def trims_called(names: str) -> tuple[Trim, ...]:
    """Trims by their names with spaces between, such as "5x8 6x9"."""
    return tuple(trim_called(name) for name in names.split())
