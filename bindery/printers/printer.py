"""What a printer is: the parts of which each printer's module is a list.

Lengths are points (`bindery.paper.Points`), and every number is `Ruled`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bindery.paper import BarcodeSpot, Edges, Points, SpineRule, Trim
from bindery.printers.rulings import Ruled


class PdfKind(StrEnum):
    """The kind of PDF that a printer takes."""

    PLAIN = "plain"
    X1A = "PDF/X-1a:2001"
    A1B = "PDF/A-1b"


class Colour(StrEnum):
    """A colour space that may stand in a file."""

    GREY = "grey"
    """DeviceGray, or K alone."""
    CMYK = "CMYK"
    RGB = "RGB"


class Forbidden(StrEnum):
    """A thing for which a file is refused, or printed wrong."""

    MARKS = "crop or printer's marks"
    SPREADS = "two pages as one"
    ENCRYPTION = "encryption or a password"
    UNEMBEDDED_FONTS = "fonts that are not embedded"
    TRANSPARENCY = "transparency"
    LAYERS = "layers"
    BOOKMARKS = "bookmarks"
    ANNOTATIONS = "links, comments and other annotations"
    INVISIBLE = "invisible objects"
    PLACEHOLDERS = "placeholder text or metadata"
    SPOT_COLOURS = "spot colours"
    REGISTRATION_BLACK = "registration black"
    PROFILED_OBJECTS = "objects with an ICC profile of their own"


class BarcodeMaker(StrEnum):
    """Who puts the barcode onto the back cover."""

    PRINTER = "the printer"
    PUBLISHER = "the publisher"
    EITHER = "the publisher, or the printer where the area is left free"


@dataclass(frozen=True, slots=True)
class PageRange:
    """How many pages a block may have."""

    least: int
    most: int | None
    """None when the greatest number is not known."""

    def __contains__(self, pages: int) -> bool:
        return self.least <= pages and (self.most is None or pages <= self.most)

    def __str__(self) -> str:
        return f"{self.least} or more" if self.most is None else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class TrimRange:
    """Trims of the customer's own, from the least to the greatest sides."""

    least: Trim | None
    """None, as for the greatest, when the printer cuts other trims within unknown limits."""
    most: Trim | None

    def __contains__(self, trim: Trim) -> bool:
        if self.least is None or self.most is None:
            return True
        wide = self.least.width <= trim.width <= self.most.width
        return wide and self.least.height <= trim.height <= self.most.height


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most pages of some trims, where they are fewer than those of the stock."""

    trims: tuple[Trim, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Stock:
    """A paper and the ink that is printed on it."""

    key: str
    """Such as `cream-black`: the paper, then the ink."""
    title: str
    """As the printer calls it."""
    paper: str
    """`white`, `cream` or `groundwood`; `coated` for paper with a sheen."""
    colour: bool
    """Whether the interior is printed in colour."""
    pages: Ruled[PageRange]
    spine: Ruled[SpineRule | None]
    """None when nobody but the printer's own cover template knows."""
    ceilings: Ruled[tuple[Ceiling, ...]] | None = None
    trims: Ruled[tuple[Trim, ...]] | None = None
    """The trims in which it comes; None for all that the printer has."""


@dataclass(frozen=True, slots=True)
class GutterRow:
    """The least inside margin up to a number of pages."""

    most_pages: int | None
    """None for any number."""
    inside: Points


@dataclass(frozen=True, slots=True)
class Margins:
    """What must stay clear on a page, measured from where it is cut."""

    gutter: Ruled[tuple[GutterRow, ...]]
    """Inside margins by page count, from few pages to many."""
    outside: Ruled[Points]
    """At head, foot and fore-edge of a file without bleed."""
    outside_with_bleed: Ruled[Points]
    """The same in a file with bleed."""


@dataclass(frozen=True, slots=True)
class Bleed:
    """How far a picture reaches over the edge where the page is cut."""

    edges: Ruled[Edges]
    """What is added to a page that bleeds."""
    whole_file: Ruled[bool]
    """Whether every page has the bleed as soon as one needs it."""


@dataclass(frozen=True, slots=True)
class SpineText:
    """When, and how near to the folds, text may stand on the spine."""

    fewest_pages: Ruled[int]
    clearances: Ruled[tuple[tuple[Points, Points], ...]]
    """Pairs from narrow spines to wide ones: a least width of the spine, and what stays clear
    between text and each fold from that width on."""


@dataclass(frozen=True, slots=True)
class Barcode:
    """The barcode on the back cover."""

    spot: Ruled[BarcodeSpot]
    """The white area that belongs to it."""
    maker: Ruled[BarcodeMaker]
    mandatory: Ruled[bool]


@dataclass(frozen=True, slots=True)
class CoverRules:
    """What holds for the cover's sheet."""

    bleed: Ruled[Points]
    """At each of its four edges."""
    safe: Ruled[Points]
    """What stays clear inside of where it is cut."""
    spine_text: SpineText
    barcode: Barcode


@dataclass(frozen=True, slots=True)
class FileRules:
    """What a PDF must be, that of the interior or that of the cover."""

    kind: Ruled[PdfKind]
    version: Ruled[str | None]
    """The PDF version that the header must name; None for any."""
    output_intent: Ruled[str | None]
    """Identifier of the printing condition, such as FOGRA39; None where none is wanted."""
    colours: Ruled[tuple[Colour, ...]]
    """What may stand in it, the printer's preference first."""
    ink_limit: Ruled[int]
    """Most ink in one place, in per cent (400 is all four in full)."""
    file_name: Ruled[str]
    """A template with `{isbn}` or `{slug}`."""
    most_bytes: Ruled[int | None]
    whole_fonts: Ruled[bool]
    """Whether fonts shall be embedded whole rather than as subsets."""

    def name_of(self, slug: str, isbn: str | None) -> str:
        """The file's name; a book without an ISBN is called by its slug."""
        return self.file_name.value.format(slug=slug, isbn=isbn or slug)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How fine pictures, lines and tints may be."""

    image_ppi: Ruled[int]
    """Least resolution of a picture as placed."""
    refused_ppi: Ruled[int]
    """Below this a picture is an error rather than a warning."""
    line_art_ppi: Ruled[int]
    """Least resolution of pictures of black and white alone."""
    most_ppi: Ruled[int]
    """What is finer makes the file larger and prints no better."""
    thinnest_rule: Ruled[Points]
    lightest_tint: Ruled[int | None]
    """In per cent of black; a lighter grey may vanish."""
    black_text_below: Ruled[Points | None]
    """Text smaller than this is black ink alone; None when no such rule is known."""
    rich_black: Ruled[tuple[int, int, int, int] | None]
    """The mixture for large black areas, in per cent of C, M, Y and K."""


@dataclass(frozen=True, slots=True)
class PageCount:
    """How the pages must come out."""

    multiple: Ruled[int]
    last_blank: Ruled[bool]
    """Whether the last page must be empty."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form in which the book is set up, for the checklist."""

    label: str
    key: str
    """What belongs into it; one of `FORM_KEYS`."""


FORM_KEYS = frozenset(
    {
        *("title", "subtitle", "contributors", "publisher", "language", "description"),
        *("subjects", "keywords", "isbn", "trim", "stock", "pages", "bleed", "date"),
        *("interior", "cover", "spine", "barcode", "rights"),
    }
)


@dataclass(frozen=True, slots=True)
class Printer:
    """A service that prints and binds single copies: perfect-bound paperbacks here."""

    key: str
    """What it is called in `book.toml` and on the command line, such as `kdp`."""
    title: str
    trims: Ruled[tuple[Trim, ...]]
    custom_trims: Ruled[TrimRange | None]
    """Other trims that it cuts; None when it does not, or nobody knows."""
    stocks: tuple[Stock, ...]
    """The first is used when the book does not say otherwise."""
    margins: Margins
    bleed: Bleed
    page_count: PageCount
    interior: FileRules
    """Its colours are those of a black interior."""
    colour_interior: Ruled[tuple[Colour, ...]]
    """What may stand in an interior that is printed in colour, its preference first."""
    cover: CoverRules
    cover_file: FileRules
    drawing: Drawing
    forbidden: tuple[Ruled[Forbidden], ...]
    form: tuple[FormField, ...]
    remarks: tuple[Ruled[str], ...] = ()
    """What no number says, for the checklist."""

    def forbids(self, thing: Forbidden) -> Ruled[Forbidden] | None:
        """The ruling against a thing; None when none is known."""
        return next((ruled for ruled in self.forbidden if ruled.value is thing), None)
