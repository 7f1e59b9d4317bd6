"""Where on the sheet everything stands, in points from its upper left corner as CSS has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bindery import barcode
from bindery.barcode import Symbol
from bindery.paper import Box, CoverSheet
from bindery.printers import BarcodeMaker, Printer
from bindery.wrap.lettering import Blurb, Face, SpineLine, fit_blurb, fit_spine

FRAME = (360.0, 576.0)
"""Size of the frame on the screen edition's cover, as `cover.css` draws it, in points."""
AROUND = 18.0
"""What that cover has around its frame."""
INSIDE = 1.0
"""Points by which the frame keeps inside of the safe area."""
COLUMN_MARGIN = 0.15
"""Margins at both sides of the description, as a part of the back's width."""
HEAD = 0.115
"""Margin above it, as a part of the back's height."""
APART = 24.0
"""Points between description and barcode, and between barcode and publisher."""
SPINE_END = 0.03
"""What stays clear at head and foot of the spine besides the safe area, as a part of it."""
DIGIT, ADVANCE = 0.698, 0.6
"""Height of a digit of the barcode's face, and width of every letter, in ems (IBM Plex Mono)."""
AIRY = 0.96
"""How much of its place a digit fills."""
LOW = 0.026
"""Ems by which digits stand too low in a line as high as they are."""
RIM = Fraction(3, 2)
"""Points of white above and below the barcode, at least."""
HEADLINE = "ISBN {}-{}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle for CSS."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SetLabel:
    """Digits of the barcode, as they are set."""

    text: str
    area: Area
    size: float


@dataclass(frozen=True, slots=True)
class Wrap:
    """All that the template needs to know."""

    sheet: Area
    front: Area
    """The front before it is scaled."""
    scale: float
    art: str
    """Path of the picture on the front; empty for the cover's own design."""
    art_area: Area
    """The front with its bleed."""
    column: Area
    blurb: Blurb
    publisher: Area
    spine: Area
    """A line as long as the spine's text may be and as high as the spine is wide, which is to
    be turned about its middle."""
    spine_line: SpineLine | None
    barcode: Area | None
    symbol: Area | None
    bars: str
    """Data of an SVG path; empty without a barcode."""
    labels: Sequence[SetLabel]


def symbol_for(printer: Printer, sheet: CoverSheet, isbn: str | None, price: str) -> Symbol | None:
    """The barcode that the cover brings; None where it has no ISBN, or the printer adds it.

    The number above it and the price beside it are there if they have room at a legal size.
    """
    spot, maker = sheet.barcode, printer.cover.barcode.maker.value
    if not isbn or spot is None or maker is BarcodeMaker.PRINTER:
        return None
    inner = spot.inset(Fraction(0), RIM, Fraction(0), RIM)
    for has_price, has_headline in ((bool(price), True), (bool(price), False)):
        scale = barcode.fit(inner, price=has_price, headline=has_headline)
        if scale is not None:
            headline = HEADLINE.format(isbn[:3], isbn[3:]) if has_headline else ""
            return barcode.draw(isbn, price, scale, headline)
    scale = barcode.fit(spot)
    return None if scale is None else barcode.draw(isbn, scale=scale)


def place_all(
    sheet: CoverSheet,
    face: Face,
    title: str,
    authors: str,
    paragraphs: Sequence[str],
    symbol: Symbol | None,
    art: str,
) -> Wrap:
    """The sheet's layout for a book of that title and description, set in that face."""
    column, publisher = _back(sheet)
    spine, line = _spine(sheet, face, title, authors)
    scale, front = _front(sheet)
    where = None if symbol is None else _symbol_box(sheet, symbol)
    blurb = fit_blurb(face, paragraphs, column.width, column.height)
    reads_leftwards = sheet.front.left < sheet.back.left
    left = column.left + (column.width - blurb.width if reads_leftwards else 0)
    return Wrap(
        sheet=_area(sheet, sheet.media),
        front=front,
        scale=scale,
        art=art,
        art_area=_area(sheet, _with_bleed(sheet)),
        column=replace(column, left=left, width=blurb.width),
        blurb=blurb,
        publisher=publisher,
        spine=spine,
        spine_line=line,
        barcode=_area(sheet, sheet.barcode) if sheet.barcode else None,
        symbol=_area(sheet, where) if where else None,
        bars=barcode.as_path(symbol) if symbol else "",
        labels=_labels(sheet, symbol, where) if symbol and where else (),
    )


def _area(sheet: CoverSheet, box: Box) -> Area:
    top = sheet.media.top - box.top
    return Area(float(box.left), float(top), float(box.width), float(box.height))


def _front(sheet: CoverSheet) -> tuple[float, Area]:
    """The cover's own design, so large that its frame just fits into the safe area."""
    safe = _area(sheet, sheet.front_safe)
    width, height = safe.width - 2 * INSIDE, safe.height - 2 * INSIDE
    scale = min(width / FRAME[0], height / FRAME[1])
    left, top = (edge + INSIDE - AROUND * scale for edge in (safe.left, safe.top))
    area = Area(left, top, width / scale + 2 * AROUND, height / scale + 2 * AROUND)
    return scale, area


def _with_bleed(sheet: CoverSheet) -> Box:
    """The front with the bleed at its three free edges."""
    front, media = sheet.front, sheet.media
    left = media.left if front.left == sheet.trim.left else front.left
    right = media.right if front.right == sheet.trim.right else front.right
    return Box(left, media.bottom, right, media.top)


def _back(sheet: CoverSheet) -> tuple[Area, Area]:
    """The column for the description, and the place for the publisher beside the barcode."""
    back, safe = _area(sheet, sheet.back), _area(sheet, sheet.back_safe)
    left = max(back.left + COLUMN_MARGIN * back.width, safe.left)
    right = min(back.left + back.width * (1 - COLUMN_MARGIN), safe.left + safe.width)
    top, foot = max(back.top + HEAD * back.height, safe.top), safe.top + safe.height
    if sheet.barcode is None:
        line = Area(left, foot - APART, right - left, APART)
        return Area(left, top, right - left, foot - 2 * APART - top), line
    spot = _area(sheet, sheet.barcode)
    foot = min(spot.top + spot.height, foot)
    beside = (left, spot.left - APART / 2)
    if spot.left + spot.width / 2 < back.left + back.width / 2:
        beside = (spot.left + spot.width + APART / 2, right)
    line = Area(beside[0], spot.top, max(beside[1] - beside[0], 0), foot - spot.top)
    return Area(left, top, right - left, spot.top - APART - top), line


def _spine(
    sheet: CoverSheet, face: Face, title: str, authors: str
) -> tuple[Area, SpineLine | None]:
    ridge = _area(sheet, sheet.spine)
    room = _area(sheet, sheet.spine_text) if sheet.spine_text else ridge
    length = room.height * (1 - 2 * SPINE_END)
    middle, centre = ridge.left + ridge.width / 2, ridge.top + ridge.height / 2
    turned = Area(middle - length / 2, centre - ridge.width / 2, length, ridge.width)
    if sheet.spine_text is None:
        return turned, None
    return turned, fit_spine(face, title, authors, (length, room.width), ridge.width)


def _symbol_box(sheet: CoverSheet, symbol: Symbol) -> Box:
    """The barcode in the middle of its area."""
    spot = sheet.barcode or symbol.area
    left = spot.left + (spot.width - symbol.area.width) / 2
    bottom = spot.bottom + (spot.height - symbol.area.height) / 2
    return Box(left, bottom, left + symbol.area.width, bottom + symbol.area.height)


def _labels(sheet: CoverSheet, symbol: Symbol, where: Box) -> tuple[SetLabel, ...]:
    start = symbol.bars[0].left
    bars = (start, start + barcode.WIDTH * symbol.module)
    labels = []
    for label in symbol.labels:
        left, right = label.box.left, label.box.right
        if len(label.text) > 1:
            left, right = bars
        bottom, top = where.bottom + label.box.bottom, where.bottom + label.box.top
        area = _area(sheet, Box(where.left + left, bottom, where.left + right, top))
        wide = area.width * (AIRY if len(label.text) == 1 else 1)
        size = min(area.height / DIGIT, wide / (ADVANCE * len(label.text)))
        labels.append(SetLabel(label.text, replace(area, top=area.top - LOW * size), size))
    return tuple(labels)
