"""The barcode of an ISBN: EAN-13, with the five digits of a price beside it if there are any.

A symbol is a value: bars and digits as rectangles in points, from its lower left corner, with
its quiet zones.  It is drawn by whoever needs it, as a path of SVG or as operators of PDF;
the digits are set in the book's own type.

Dimensions are those of GS1's General Specifications, 5.2 (ISO/IEC 15420): a module is 0.33 mm
wide, and the whole 37.29 × 25.93 mm, at 100 %; it may be between 80 and 200 %.  The ISBN
Users' Manual wants the number in digits above it, which is the headline here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from bindery.paper import Box, Points, millimetres

ODD = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
"""Number set A: the digits 0 to 9 as seven modules, of which 1 is black."""
RIGHT = tuple(code.translate(str.maketrans("01", "10")) for code in ODD)
"""Number set C, for the right half: set A with black and white exchanged."""
EVEN = tuple(code[::-1] for code in RIGHT)
"""Number set B: set C in a mirror."""
FIRST_DIGIT = (
    *("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB"),
    *("ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"),
)
"""The sets of the left half, which say the first digit."""
PRICE_CHECK = (
    *("BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA"),
    *("AABBA", "AAABB", "ABABA", "ABAAB", "AABAB"),
)
"""The sets of the five digits of a price, which say its check digit."""
SIDE, MIDDLE, PRICE_SIDE, PRICE_BETWEEN = "101", "01010", "1011", "01"

MODULE = millimetres("0.33")
HEIGHT = millimetres("25.93")
"""From the foot of the digits to the head of the bars."""
BARS = millimetres("22.85")
DIGITS = millimetres("2.75")
GUARDS_LONGER = 5
"""Modules by which the guards reach below the other bars."""
QUIET_LEFT, QUIET_RIGHT, QUIET_PRICE = 11, 7, 5
GAP = 10
"""Modules between ISBN and price; fewer than 7 would run them together."""
WIDTH = len(SIDE) + 42 + len(MIDDLE) + 42 + len(SIDE)
PRICE_WIDTH = len(PRICE_SIDE) + 5 * 7 + 4 * len(PRICE_BETWEEN)
AIR = Fraction(1, 2)
"""Modules between bars and digits, at least."""
BELOW_HEADLINE = 2
"""Modules between the bars and the headline above them."""

LEAST_SCALE, MOST_SCALE = Fraction(4, 5), Fraction(2)


@dataclass(frozen=True, slots=True)
class Label:
    """Text that belongs to the symbol, and the box that it fills."""

    text: str
    box: Box
    """As high as a digit of its font is, and as wide as there is room for it."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode in points from its lower left corner; all that is not a bar is white."""

    isbn: str
    price: str
    """Five digits, or empty."""
    scale: Fraction
    """1 is nominal size."""
    area: Box
    """The whole, with its quiet zones, in which nothing else may be printed."""
    bars: tuple[Box, ...]
    """From left to right."""
    labels: tuple[Label, ...]

    @property
    def module(self) -> Points:
        """Width of the thinnest bar."""
        return MODULE * self.scale


def draw(isbn: str, price: str = "", scale: Fraction | int = 1, headline: str = "") -> Symbol:
    """The barcode of thirteen digits, with five more as a price beside it if there are any.

    The headline stands above it, such as ISBN 978-0-306-40615-7.  ValueError when the digits
    are not thirteen with a right check digit, the price not five, or the scale not legal.
    """
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise ValueError(f"a barcode is printed at 80 to 200 % of its size, not {float(scale):.0%}")
    width, height = size(1, price=bool(price), headline=bool(headline))
    area = Box(Fraction(0), Fraction(0), width, height)
    bars, labels = _isbn_bars(isbn), _isbn_labels(isbn)
    if price:
        bars, labels = (*bars, *_price_bars(price)), (*labels, *_price_labels(price))
    if headline:
        foot = HEIGHT + BELOW_HEADLINE * MODULE
        box = Box(Fraction(0), foot, width, foot + DIGITS)
        labels = (*labels, Label(headline, box))
    return Symbol(
        isbn,
        price,
        Fraction(scale),
        _scaled(area, scale),
        tuple(_scaled(bar, scale) for bar in bars),
        tuple(Label(label.text, _scaled(label.box, scale)) for label in labels),
    )


def size(
    scale: Fraction | int, *, price: bool = False, headline: bool = False
) -> tuple[Points, Points]:
    """Width and height of a barcode with its quiet zones, in points."""
    right = GAP + PRICE_WIDTH + QUIET_PRICE if price else QUIET_RIGHT
    width = (QUIET_LEFT + WIDTH + right) * MODULE
    height = HEIGHT + ((BELOW_HEADLINE + AIR) * MODULE + DIGITS if headline else 0)
    return width * scale, height * scale


def fit(box: Box, *, price: bool = False, headline: bool = False) -> Fraction | None:
    """The scale at which a barcode fits into a box, in whole hundredths, and 1 at most.

    None when it would have to be smaller than 80 %, at which it may no longer be printed.
    """
    width, height = size(1, price=price, headline=headline)
    largest = min(Fraction(1), box.width / width, box.height / height)
    scale = Fraction((largest * 100).__floor__(), 100)
    return scale if scale >= LEAST_SCALE else None


def isbn_modules(isbn: str) -> str:
    """The 95 modules of thirteen digits, from left to right; 1 is black."""
    digits = _digits(isbn, 13)
    if sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10:
        raise ValueError(f"the check digit of {isbn} is wrong")
    sets = FIRST_DIGIT[digits[0]]
    left = _coded(digits[1:7], sets)
    return SIDE + "".join(left) + MIDDLE + "".join(RIGHT[d] for d in digits[7:]) + SIDE


def price_modules(price: str) -> str:
    """The 47 modules of five digits, from left to right; 1 is black."""
    digits = _digits(price, 5)
    check = (3 * sum(digits[0::2]) + 9 * sum(digits[1::2])) % 10
    return PRICE_SIDE + PRICE_BETWEEN.join(_coded(digits, PRICE_CHECK[check]))


def as_path(symbol: Symbol) -> str:
    """The bars as data of an SVG path, in points from the upper left corner."""
    top = symbol.area.top
    return "".join(
        f"M{_number(bar.left)} {_number(top - bar.top)}h{_number(bar.width)}"
        f"v{_number(bar.height)}h{_number(-bar.width)}z"
        for bar in symbol.bars
    )


def as_operators(symbol: Symbol, left: Points, bottom: Points, *, grey: bool = False) -> bytes:
    """The bars as a content stream: black ink alone, on white, with the corner at a place.

    With `grey` the same ink is named as a grey, for files in which CMYK may not stand.
    """
    white, black = ("1 g", "0 g") if grey else ("0 0 0 0 k", "0 0 0 1 k")
    bars = "\n".join(_rectangle(bar, left, bottom) for bar in symbol.bars)
    ground = _rectangle(symbol.area, left, bottom)
    return f"q\n{white}\n{ground}\nf\n{black}\n{bars}\nf\nQ\n".encode("ascii")


def _digits(text: str, count: int) -> tuple[int, ...]:
    if len(text) != count or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"“{text}” is not {count} digits")
    return tuple(map(int, text))


def _coded(digits: tuple[int, ...], sets: str) -> tuple[str, ...]:
    return tuple(
        (ODD if kind == "A" else EVEN)[digit] for digit, kind in zip(digits, sets, strict=True)
    )


def _runs(modules: str) -> Iterator[tuple[int, int]]:
    """Where each bar begins and how many modules wide it is."""
    at = 0
    for colour, run in groupby(modules):
        wide = len(list(run))
        if colour == "1":
            yield at, wide
        at += wide


def _isbn_bars(isbn: str) -> tuple[Box, ...]:
    foot = HEIGHT - BARS
    guards = (*range(3), *range(45, 50), *range(92, 95))
    return tuple(
        Box(
            (QUIET_LEFT + at) * MODULE,
            foot - (GUARDS_LONGER * MODULE if at in guards else 0),
            (QUIET_LEFT + at + wide) * MODULE,
            HEIGHT,
        )
        for at, wide in _runs(isbn_modules(isbn))
    )


def _price_bars(price: str) -> tuple[Box, ...]:
    start = QUIET_LEFT + WIDTH + GAP
    foot = HEIGHT - BARS - GUARDS_LONGER * MODULE
    head = HEIGHT - DIGITS - AIR * MODULE
    return tuple(
        Box((start + at) * MODULE, foot, (start + at + wide) * MODULE, head)
        for at, wide in _runs(price_modules(price))
    )


def _isbn_labels(isbn: str) -> tuple[Label, ...]:
    """The first digit in the quiet zone, the others below their bars."""
    top = HEIGHT - BARS - AIR * MODULE
    left = QUIET_LEFT + len(SIDE)
    middle = left + 42 + len(MIDDLE)
    places = (0, *(left + 7 * n for n in range(6)), *(middle + 7 * n for n in range(6)))
    return tuple(_label(*pair, top) for pair in zip(isbn, places, strict=True))


def _price_labels(price: str) -> tuple[Label, ...]:
    """Every digit above its bars."""
    start = QUIET_LEFT + WIDTH + GAP + len(PRICE_SIDE)
    return tuple(_label(digit, start + 9 * n, HEIGHT) for n, digit in enumerate(price))


def _label(digit: str, at: int, top: Points) -> Label:
    return Label(digit, Box(at * MODULE, top - DIGITS, (at + 7) * MODULE, top))


def _scaled(box: Box, scale: Fraction | int) -> Box:
    return Box(box.left * scale, box.bottom * scale, box.right * scale, box.top * scale)


def _rectangle(box: Box, left: Points, bottom: Points) -> str:
    numbers = (left + box.left, bottom + box.bottom, box.width, box.height)
    return f"{' '.join(map(_number, numbers))} re"


def _number(length: Points) -> str:
    """A length as files write it, to a ten-thousandth of a point."""
    return f"{float(length):.4f}".rstrip("0").rstrip(".")
