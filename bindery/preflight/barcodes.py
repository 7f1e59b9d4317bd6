"""The barcode, read from the cover as it is drawn: its digits, its size, and the room around it.

zxing-cpp is what reads it: it is told nothing of what it should find, as a shop's scanner is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from bindery.paper import millimetres
from bindery.preflight.facts import Box, Page, Use
from bindery.preflight.findings import Finding, against_standard
from bindery.preflight.proofs import BELOW_WHITE, picture

RESOLUTION = 300
"""Dots an inch at which the cover is drawn for the reader."""
POINT = RESOLUTION / 72
"""Dots in a point."""
MODULES = 95
"""Bars and gaps of an EAN-13 in its unit, which is called X (ISO/IEC 15420)."""
NOMINAL = float(millimetres("0.33"))
"""X at 100 %, in points."""
SMALLEST, LARGEST = 0.8, 2.0
"""The sizes that scanners in shops are made for."""
HEIGHT = float(millimetres("22.85"))
"""Of the bars at 100 %, in points."""
CROPPED = 0.7
"""Bars less high than this part of what belongs to their width are hard to scan."""
QUIET = (11, 7)
"""Units that stay white at the left and at the right."""
ROUNDING = 0.015
"""A size may differ by so much: edges are found to a dot."""
BLACK = 60
"""Up to this grey (of 255) something may be a bar."""
ABOVE_BLACK = [0] * BLACK + [255] * (256 - BLACK)
STANDARD = "ISO/IEC 15420 and the ISBN Users' Manual"
ADD_ON = zxingcpp.EanAddOnSymbol
EAN13 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.EAN13])


@dataclass(frozen=True, slots=True)
class Reading:
    """A barcode that was read."""

    digits: str
    """Thirteen."""
    add_on: str
    """The five digits of a price; or nothing."""
    bars: Box
    """Around its bars, in points from the lower left corner of the page."""
    quiet: bool
    """Whether what must stay white on its sides is."""

    @property
    def size(self) -> float:
        """1 at 100 %."""
        return (self.bars[2] - self.bars[0]) / MODULES / NOMINAL

    @property
    def height(self) -> float:
        """Of its bars, as a part of what belongs to its width."""
        return (self.bars[3] - self.bars[1]) / (HEIGHT * self.size)


def read_barcodes(cover: bytes) -> tuple[Reading, ...]:
    """Every EAN-13 that a scanner finds on the first page of a PDF."""
    drawn = picture(cover, RESOLUTION)
    add_ons = {found.text[:13]: found.text[13:] for found in _scan(drawn, ADD_ON.Require)}
    return tuple(_reading(drawn, found, add_ons) for found in _scan(drawn, ADD_ON.Ignore))


def _scan(drawn: Image.Image, add_on: zxingcpp.EanAddOnSymbol) -> list[zxingcpp.Barcode]:
    """As it is, or else with all but black taken for white: then it lacked a quiet zone."""
    for picture_of in (drawn, drawn.point(ABOVE_BLACK)):
        found = zxingcpp.read_barcodes(picture_of, formats=EAN13, ean_add_on_symbol=add_on)
        if found:
            break
    return found


def _reading(drawn: Image.Image, found: zxingcpp.Barcode, add_ons: Mapping[str, str]) -> Reading:
    where = found.position
    points = (where.top_left, where.top_right, where.bottom_left, where.bottom_right)
    left, right = min(point.x for point in points), max(point.x for point in points) + 1
    top, bottom = min(point.y for point in points), max(point.y for point in points) + 1
    unit = (right - left) / MODULES
    middle = ((3 * top + bottom) // 4, (top + 3 * bottom) // 4)
    left_room = (round(left - QUIET[0] * unit) + 1, middle[0], left - 1, middle[1])
    right_room = (right + 1, middle[0], round(right + QUIET[1] * unit) - 1, middle[1])
    quiet = all(_is_white(drawn, room) for room in (left_room, right_room))
    height = drawn.height
    bars = (left / POINT, (height - bottom) / POINT, right / POINT, (height - top) / POINT)
    return Reading(found.text, add_ons.get(found.text, ""), bars, quiet)


def _is_white(drawn: Image.Image, room: tuple[int, int, int, int]) -> bool:
    inside = room[0] >= 0 and room[2] <= drawn.width
    return inside and drawn.crop(room).point(BELOW_WHITE).getbbox() is None


def examine_barcode(reading: Reading, page: Page) -> Iterator[Finding]:
    """Whether a barcode can be scanned in any shop; not, whether it is the right one."""
    size, millimetre = f"{100 * reading.size:.0f} %", f"{reading.size * 0.33:.3f} mm"
    if not SMALLEST - ROUNDING <= reading.size <= LARGEST + ROUNDING:
        what = f"The barcode has {size} of its nominal size (X = {millimetre})."
        limit = f"{100 * SMALLEST:.0f} % to {100 * LARGEST:.0f} %"
        yield _against("barcode-size", what, limit, "Draw it larger or smaller.")
    if reading.height < CROPPED:
        what = f"The bars have {100 * reading.height:.0f} % of the height that is theirs."
        limit, to_do = f"{100 * CROPPED:.0f} % at least", "Draw its bars higher."
        yield _against("barcode-height", what, limit, to_do)
    if not reading.quiet:
        what = "Something stands beside the barcode, or it is not on white."
        limit = f"white for {QUIET[0]} units at its left and {QUIET[1]} at its right"
        yield _against("barcode-quiet", what, limit, "Leave more white around it.")
    yield from _ink(reading, page)


def _ink(reading: Reading, page: Page) -> Iterator[Finding]:
    """Bars are black ink alone: two inks that do not meet exactly would blur them."""
    painted = [
        paint
        for paint in page.paints
        if paint.use is not Use.TEXT and paint.box and _meet(paint.box, reading.bars)
    ]
    bars = [
        paint
        for paint in painted
        if paint.box and paint.ink != 0 and not _around(paint.box, reading)
    ]
    others = [str(paint.space) for paint in bars if not (paint.inks and not any(paint.inks[:3]))]
    drawn = [str(each.space) for each in page.pictures if _meet(each.box, reading.bars)]
    drawn = [space for space in drawn if space not in ("DeviceGray", "Stencil")]
    pale = [paint for paint in bars if paint.inks and paint.inks[3] < 1]
    if others or drawn or pale:
        mixed = ", ".join(dict.fromkeys(others + drawn)) or "grey"
        what = f"The barcode is not in black ink alone ({mixed})."
        yield _against("barcode-ink", what, "100 % K", "Draw its bars in black alone.")


def _meet(box: Box, bars: Box) -> bool:
    across = box[0] < bars[2] and bars[0] < box[2]
    return across and box[1] < bars[3] and bars[1] < box[3]


def _around(box: Box, reading: Reading) -> bool:
    """Whether an area is what the barcode stands on: the cover's colour, not its bars."""
    room = QUIET[1] * NOMINAL * reading.size
    return box[0] < reading.bars[0] - room and box[2] > reading.bars[2] + room


def _against(code: str, what: str, limit: str, to_do: str) -> Finding:
    return against_standard(code, 1, what, limit, to_do, STANDARD)
