"""Barcodes: bars by hand, legal sizes, and what a reader reads when they are printed."""

from __future__ import annotations

import io
import re
from fractions import Fraction
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bindery.barcode import (
    HEIGHT,
    MODULE,
    Symbol,
    as_operators,
    as_path,
    draw,
    fit,
    isbn_modules,
    price_modules,
    size,
)
from bindery.paper import Box, inches, millimetres

ISBN = "9780306406157"
PRICE = "52495"
MARGIN = Fraction(30)
GROUND = {False: b"0 0.3 0.6 0.1 k", True: b"0.4 g"}
"""Of the paper around a barcode, which must bring its own white."""


def printed(symbol: Symbol, *, grey: bool = False) -> Image.Image:
    """A sheet with the barcode on a coloured ground, at 300 dots per inch."""
    width, height = symbol.area.right + 2 * MARGIN, symbol.area.top + 2 * MARGIN
    ground = b"%s 0 0 %d %d re f\n" % (GROUND[grey], int(width) + 1, int(height) + 1)
    stream = ground + as_operators(symbol, MARGIN, MARGIN, grey=grey)
    return rendered(pdf_of(stream, float(width), float(height)))


def pdf_of(stream: bytes, width: float, height: float) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(width, height))
        page.Contents = pdf.make_stream(stream)
        pdf.save(out)
    return out.getvalue()


def rendered(pdf: bytes) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
    return picture


def read(picture: Image.Image, *, price: bool) -> list[str]:
    wanted = zxingcpp.EanAddOnSymbol.Require if price else zxingcpp.EanAddOnSymbol.Ignore
    return [code.text for code in zxingcpp.read_barcodes(picture, ean_add_on_symbol=wanted)]


def box(width: Fraction, height: Fraction) -> Box:
    return Box(Fraction(0), Fraction(0), width, height)


def with_check(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def test_the_structure_of_an_isbn_by_hand() -> None:
    # The 9 in front says A B B A B A for the six digits after it.
    by_hand = (
        "101 0111011 0001001 0100111 0111101 0100111 0101111 01010 "
        "1011100 1110010 1010000 1100110 1001110 1000100 101"
    )
    assert isbn_modules(ISBN) == by_hand.replace(" ", "")


def test_the_structure_of_another_isbn_by_hand() -> None:
    by_hand = (
        "101 0111011 0001001 0100001 0011001 0000101 0011001 01010 "
        "1011100 1001000 1011100 1100110 1110010 1110010 101"
    )
    assert isbn_modules("9783161484100") == by_hand.replace(" ", "")


def test_the_structure_of_a_price_by_hand() -> None:
    # 3·(5 + 4 + 5) + 9·(2 + 9) = 141, so the sets are those of 1: B A B A A.
    by_hand = "1011 0111001 01 0010011 01 0011101 01 0001011 01 0110001"
    assert price_modules(PRICE) == by_hand.replace(" ", "")


def test_nominal_size_is_that_of_the_standard() -> None:
    symbol = draw(ISBN)
    assert symbol.module == millimetres("0.33")
    assert (symbol.area.width, symbol.area.height) == (millimetres("37.29"), millimetres("25.93"))
    assert symbol.bars[0].left == 11 * MODULE
    assert symbol.area.right - symbol.bars[-1].right == 7 * MODULE
    short, long = (sorted({bar.height for bar in symbol.bars})[n] for n in (0, -1))
    assert (short, long) == (millimetres("22.85"), millimetres("24.5"))


def test_with_a_price_it_is_wider_by_the_add_on_and_its_quiet_zones() -> None:
    symbol = draw(ISBN, PRICE)
    assert symbol.area.width == millimetres("55.44")
    gap = symbol.bars[30].left - symbol.bars[29].right
    assert 7 * MODULE <= gap <= 12 * MODULE
    assert symbol.area.right - symbol.bars[-1].right == 5 * MODULE
    feet = {bar.bottom for bar in symbol.bars[30:]}
    assert feet == {symbol.bars[0].bottom}


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("price", ["", PRICE])
@pytest.mark.parametrize("scale", [Fraction(4, 5), Fraction(1), Fraction(3, 2)])
def test_a_reader_reads_what_was_printed(scale: Fraction, price: str, grey: bool) -> None:
    picture = printed(draw(ISBN, price, scale, "ISBN 978-0-306-40615-7"), grey=grey)
    assert [text.replace(" ", "") for text in read(picture, price=bool(price))] == [ISBN + price]


def test_a_reader_reads_the_path_of_an_svg() -> None:
    from weasyprint import HTML

    symbol = draw(ISBN, PRICE)
    width, height = (float(side) for side in (symbol.area.width, symbol.area.height))
    html = (
        "<style>@page { margin: 1cm; size: 12cm 6cm } svg { display: block }</style>"
        f'<svg width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
        f'<path fill="device-cmyk(0 0 0 1)" d="{as_path(symbol)}"/></svg>'
    )
    pdf = HTML(string=html).write_pdf()
    assert pdf is not None
    assert read(rendered(pdf), price=True) == [ISBN + PRICE]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert b" rg" not in opened.pages[0].Contents.read_bytes()


def test_the_ink_is_black_alone() -> None:
    operators = as_operators(draw(ISBN, PRICE), MARGIN, MARGIN)
    assert set(re.findall(rb"^.* k$", operators, re.M)) == {b"0 0 0 0 k", b"0 0 0 1 k"}
    assert not re.search(rb" (rg|RG|g|G|cs|scn|sc)$", operators, re.M)
    grey = as_operators(draw(ISBN, PRICE), MARGIN, MARGIN, grey=True)
    assert set(re.findall(rb"^.* [gk]$", grey, re.M)) == {b"1 g", b"0 g"}


def test_every_digit_has_a_place_of_its_own_that_touches_no_bar() -> None:
    symbol = draw(ISBN, PRICE, 1, "ISBN 978-0-306-40615-7")
    digits, headline = symbol.labels[:-1], symbol.labels[-1]
    assert "".join(label.text for label in digits) == ISBN + PRICE
    assert headline.text == "ISBN 978-0-306-40615-7"
    assert headline.box.bottom > max(label.box.top for label in digits[:13])
    for label in symbol.labels:
        assert symbol.area.holds(label.box)
        assert not [bar for bar in symbol.bars if overlap(bar, label.box)]
    row = sorted(label.box.left for label in digits)
    assert all(left + 7 * symbol.module <= right for left, right in pairwise(row))


def overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.bottom < other.top and other.bottom < one.top


def test_the_largest_that_fits_and_no_larger_than_nominal() -> None:
    assert fit(box(inches(3), inches(3))) == 1
    assert fit(box(inches(2), inches("1.2")), headline=True) == 1
    assert fit(box(inches("1.75"), inches(1))) == Fraction(97, 100)
    assert fit(box(inches("1.75"), inches(1)), headline=True) == Fraction(86, 100)


def test_a_price_fits_the_printers_boxes_only_when_it_is_small() -> None:
    assert fit(box(inches(2), inches("1.2")), price=True) == Fraction(91, 100)
    assert fit(box(inches("1.75"), inches(1)), price=True) == Fraction(80, 100)
    assert fit(box(inches("1.7"), inches(1)), price=True) is None


@given(
    st.fractions(0, 300, max_denominator=100),
    st.fractions(0, 200, max_denominator=100),
    st.booleans(),
    st.booleans(),
)
def test_what_fits_is_legal_and_does_fit(
    width: Fraction, height: Fraction, price: bool, headline: bool
) -> None:
    scale = fit(box(width, height), price=price, headline=headline)
    if scale is None:
        least = size(Fraction(4, 5), price=price, headline=headline)
        assert least[0] > width or least[1] > height
    else:
        needed = size(scale, price=price, headline=headline)
        assert Fraction(4, 5) <= scale <= 1
        assert needed[0] <= width
        assert needed[1] <= height


@given(st.integers(0, 999_999_999), st.integers(0, 99_999))
def test_every_isbn_has_its_95_modules_and_every_price_its_47(number: int, price: int) -> None:
    modules = isbn_modules(with_check(f"978{number:09d}"))
    assert (len(modules), modules[:3], modules[45:50], modules[-3:]) == (95, "101", "01010", "101")
    assert len(price_modules(f"{price:05d}")) == 47
    symbol = draw(with_check(f"979{number:09d}"), f"{price:05d}")
    assert len(symbol.bars) == 30 + 16
    assert all(one.right < other.left for one, other in pairwise(symbol.bars))
    assert max(bar.top for bar in symbol.bars) == HEIGHT


@pytest.mark.parametrize(
    ("isbn", "price", "said"),
    [
        ("9780306406158", "", "the check digit of 9780306406158 is wrong"),
        ("978-0-306-40615-7", "", "“978-0-306-40615-7” is not 13 digits"),
        ("٩٧٨٠٣٠٦٤٠٦١٥٧", "", "“٩٧٨٠٣٠٦٤٠٦١٥٧” is not 13 digits"),
        (ISBN, "5.24", "“5.24” is not 5 digits"),
    ],
)
def test_what_is_no_number_is_refused(isbn: str, price: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        draw(isbn, price)


@pytest.mark.parametrize("scale", [Fraction(79, 100), Fraction(201, 100)])
def test_a_size_that_is_not_legal_is_refused(scale: Fraction) -> None:
    with pytest.raises(ValueError, match="80 to 200 % of its size"):
        draw(ISBN, scale=scale)
