"""Looks: the house style as `[look]`, or a look by name, asks for it.

A look is nothing but rules added to the end of the paged book's stylesheet, where its page,
type and leading are told again; all else there follows from them.  A stylesheet of the book's
own keeps whatever lengths it names by itself.

Margins grow from inner over top and outer to foot, as the canon of the medieval page has them
(reconstructed by Van de Graaf and Tschichold), but are narrower, as in a paperback: inner to
outer is 13 : 18 and top to foot 37 : 52, both about 1 : √2, where the canon has 1 : 2.  The
measure takes 79 of 110 parts of the width, the text 33 x 14.5 of 612 parts of the height.  For
5.5 x 8.5 in and 11 pt that makes the margins of `print.css` exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from bindery.house_style import HouseStyle
from bindery.metadata import Look
from bindery.paper import Points, Trim, inches, trim_called

SHEET = "print.css"
PARTS = "looks/"
"""Folder of the stylesheets that only some looks add."""
FACES = {"serif": "fonts/EBGaramond-Regular.ttf", "sans": "fonts/SourceSans3-Regular.ttf"}
"""The upright face of each kind of type, by its path in the styles."""
LETTERS = {"serif": Fraction("0.375"), "sans": Fraction("0.413")}
"""Ems that a letter of English text takes, spaces counted: our book, measured."""

TRIM = trim_called("5.5x8.5")
SIZE, LEADING = Fraction(11), Fraction("14.5")
"""The page and type of the house, as `print.css` has them; a look changes their proportions
as little as it can."""
LARGE = 16
"""Points from which a text is large print (RNIB: 16 to 22 pt)."""
STEP = Fraction(1, 4)
"""Leadings are multiples of this, in points."""
FEWEST, MOST = 45, 75
"""Letters that a line should have (Bringhurst, The Elements of Typographic Style, 2.1.2)."""
ACROSS = inches("1.4")
"""Both side margins together, at least: BookVault wants 20 mm in the gutter and IngramSpark
half an inch outside, and letters hang over the measure a little."""
CLEAR = inches("0.4")
"""What the running head keeps from the upper edge, at least; interiors are moved down where a
printer wants more, for the foot has it."""
HEAD, CAPITALS = Fraction(77, 58), Fraction("0.32")
"""From the middle of the running head to the text in lines, and half the height of its
capitals in ems of the text, as `print.css` sets it."""
NARROWEST = Fraction("11.5")
"""Ems of its own type that a column of the index needs."""
INDEX, GAPS = Fraction("9.5") / 11, (0, Fraction("0.064"), Fraction("0.044"), Fraction("0.04"))
"""Size of that type as a part of the text's, and the gap between two, three or four columns
as a part of the measure."""
LARGE_INDEX = Fraction("0.875")
FRAME, AROUND = (inches(5), inches(8)), inches("0.25")
"""The frame on the house's cover, and what is around it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page and its type, in points."""

    trim: Trim
    size: Points
    leading: Points
    lines: int
    inner: Points
    top: Points
    outer: Points
    foot: Points

    @property
    def measure(self) -> Points:
        """Length of a line."""
        return self.trim.width - self.inner - self.outer


def lay_out(look: Look) -> Layout:
    """The page of a look, by the proportions of the house's own.

    1. The measure is widened or narrowed to hold `FEWEST` to `MOST` letters, as far as the side
       margins stay `ACROSS` together.  They share what is left as 13 : 18.
    2. The text has as many whole lines as come nearest to its part of the height, and fewer
       where the running head would come nearer to the edge than `CLEAR`.  Top and foot share
       what is left as 37 : 52.
    """
    trim = trim_called(look.trim) if look.trim else TRIM
    size = SIZE if look.size is None else Fraction(str(look.size))
    leading = _nearest(size * LEADING / SIZE, STEP)
    letter = LETTERS[look.typeface] * size
    measure = min(max(trim.width * Fraction(79, 110), FEWEST * letter), MOST * letter)
    aside = trim.width - min(measure, trim.width - ACROSS)
    lines = _nearest(trim.height * 33 * LEADING / TRIM.height / leading, Fraction(1))
    least = CLEAR + HEAD * leading + CAPITALS * size
    count = max(1, min(int(lines), int((trim.height - least * Fraction(89, 37)) / leading)))
    over = trim.height - count * leading
    inner, top = aside * Fraction(13, 31), over * Fraction(37, 89)
    return Layout(trim, size, leading, count, inner, top, aside - inner, over - top)


def dress(house: HouseStyle, look: Look) -> HouseStyle:
    """The house style with what the look asks for; the same when it asks for nothing."""
    parts = [house.style(f"{PARTS}{name}.css") for name in _parts(look)]
    own = "\n".join(_rules(look))
    if not parts and not own:
        return house
    sheet = "\n".join([house.style(SHEET), *parts, own])
    styles = {**house.styles, SHEET: sheet.encode()}
    breadth = _letters(lay_out(look), look.typeface) / _letters(lay_out(Look()), "serif")
    return replace(house, styles=styles, breadth=float(breadth))


def text_face(look: Look) -> str:
    """The upright face of a look's text, by its path in the styles."""
    return FACES[look.typeface]


def most_columns(look: Look, wanted: int) -> int:
    """How many of the columns that an index should have there is room for: one at least.

    A page as wide as the house's has room for as many as are wanted.
    """
    layout, house = lay_out(look), lay_out(Look())
    size = layout.size * (LARGE_INDEX if layout.size >= LARGE else INDEX)
    for count in range(wanted, 1, -1):
        usual = _column(house.measure, count) / (house.size * INDEX)
        if _column(layout.measure, count) / size >= min(NARROWEST, usual):
            return count
    return 1


def _letters(layout: Layout, typeface: str) -> Fraction:
    """Letters in a line of text."""
    return layout.measure / (LETTERS[typeface] * layout.size)


def _column(measure: Points, count: int) -> Points:
    gap = GAPS[min(count, len(GAPS)) - 1]
    return measure * (1 - gap * (count - 1)) / count


def _parts(look: Look) -> Iterator[str]:
    """Names of the stylesheets in `looks/` that belong to a look."""
    if look.typeface == "sans":
        yield "sans"
    if look.size is not None and look.size >= LARGE:
        yield "large-print"
    if look.alignment == "ragged":
        yield "ragged"


def _rules(look: Look) -> Iterator[str]:
    """Rules with a look's numbers."""
    layout, house = lay_out(look), lay_out(Look())
    if layout != house:
        yield _page(layout)
    if layout.size != house.size:
        yield f"html {{ font-size: {_up(layout.size)}; line-height: {_up(layout.leading)} }}"
    if layout.trim != house.trim:
        yield _cover(layout.trim)
    if look.composition != "total-fit":
        yield f"html {{ --composition: {look.composition} }}"


def _page(layout: Layout) -> str:
    """Page and margins, rounded so that the last line has room."""
    width, height = _up(layout.trim.width), _up(layout.trim.height)
    margins = {name: _down(getattr(layout, name)) for name in ("inner", "top", "outer", "foot")}
    said = " ".join(f"--{name}: {length};" for name, length in margins.items())
    page = f"--page-width: {width}; --page-height: {height}; --lines: {layout.lines};"
    return f"html {{ {page} {said} }}"


def _cover(trim: Trim) -> str:
    """The cover's own design, so large that its frame just fits the trim."""
    width, height = trim.width - 2 * AROUND, trim.height - 2 * AROUND
    scale = min(width / FRAME[0], height / FRAME[1])
    across, down = (_up(side / scale) for side in (trim.width, trim.height))
    return (
        f".kind-cover .cover {{ position: absolute; left: 0; top: 0; width: {across}; "
        f"height: {down}; transform-origin: 0 0; transform: scale({float(scale):.5f}) }}"
    )


def _nearest(number: Fraction, step: Fraction) -> Fraction:
    return round(number / step) * step


def _up(length: Points) -> str:
    return f"{math.ceil(length * 1000) / 1000:.7g}pt"


def _down(length: Points) -> str:
    return f"{math.floor(length * 100) / 100:.7g}pt"
