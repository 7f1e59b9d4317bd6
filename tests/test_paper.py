"""The arithmetic of paper: exact lengths, trims by their names, boxes that nest and mirror."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.paper import (
    BarcodeSpot,
    Box,
    Edges,
    Side,
    SpinePerPage,
    SpineTable,
    Trim,
    cover_sheet,
    inches,
    millimetres,
    page_boxes,
    said,
    side_of,
    trim_called,
)
from bindery.paper.measures import decimal, rounded

SIX_BY_NINE = Trim(inches(6), inches(9))
EIGHTH = inches("0.125")

lengths = st.fractions(0, 50, max_denominator=1000)
edges = st.builds(Edges, lengths, lengths, lengths, lengths)
trims = st.builds(
    Trim,
    st.fractions(200, 900, max_denominator=1000),
    st.fractions(300, 900, max_denominator=1000),
)


def test_an_inch_is_72_points_and_25_4_millimetres() -> None:
    assert inches(1) == millimetres("25.4") == 72
    assert inches("0.125") == 9
    assert millimetres(127) == inches(5)


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(6756, 10000), 4, "0.6756"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-3, 2), 1, "-1.5"),
        (Fraction(100), 3, "100"),
    ],
)
def test_lengths_are_written_without_idle_zeros(number: Fraction, places: int, text: str) -> None:
    assert decimal(number, places) == text


def test_a_length_is_said_in_inches_and_millimetres() -> None:
    assert said(inches("0.6756")) == "0.6756 in (17.16 mm)"


@given(lengths, st.fractions(Fraction(1, 100), 3, max_denominator=100))
def test_rounding_goes_to_the_nearest_step(length: Fraction, step: Fraction) -> None:
    near = rounded(length, step)
    assert near % step == 0
    assert abs(near - length) <= step / 2


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("6x9", inches(6), inches(9)),
        ("5.5 × 8.5 in", inches("5.5"), inches("8.5")),
        ("129x198 mm", millimetres(129), millimetres(198)),
        ("129x198", millimetres(129), millimetres(198)),
        ("A5", millimetres(148), millimetres(210)),
        (" a4 ", millimetres(210), millimetres(297)),
    ],
)
def test_a_trim_is_known_by_its_name(name: str, width: Fraction, height: Fraction) -> None:
    assert trim_called(name) == Trim(width, height)


@pytest.mark.parametrize("name", ["", "six by nine", "6x", "6x9x2", "0x9", "-6x9", "6x9 cm"])
def test_what_is_no_trim_is_refused_with_what_can_be_written(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape("write it as 6x9 (inches), 129x198 mm or A5")):
        trim_called(name)


def test_trims_are_named_as_they_can_be_written() -> None:
    names = ("6x9", "5.06x7.81", "A5")
    assert tuple(trim_called(name).name for name in names) == names
    assert trim_called("5.83x8.27").name == "A5"
    assert str(SIX_BY_NINE) == "6 × 9 in (152.4 × 228.6 mm)"
    assert str(trim_called("A5")) == "5.8268 × 8.2677 in (148 × 210 mm)"


def test_a_rounded_trim_is_the_same_and_its_neighbour_is_not() -> None:
    assert trim_called("A5").is_near(trim_called("5.83x8.27"))
    assert trim_called("A4").is_near(trim_called("8.27x11.69"))
    assert not SIX_BY_NINE.is_near(trim_called("6.14x9.21"))
    assert not trim_called("7.44x9.69").is_near(trim_called("7.5x9.25"))


def test_the_first_page_is_a_recto() -> None:
    assert [side_of(place) for place in (1, 2, 3)] == [Side.RECTO, Side.VERSO, Side.RECTO]


def test_a_page_without_bleed() -> None:
    clear = Edges(inches("0.5"), inches("0.5"), inches("0.75"), inches("0.25"))
    recto = page_boxes(SIX_BY_NINE, Side.RECTO, Edges(), clear)
    assert recto.media.as_floats() == recto.trim.as_floats() == (0, 0, 432, 648)
    assert recto.live.as_floats() == (54, 36, 414, 612)
    verso = page_boxes(SIX_BY_NINE, Side.VERSO, Edges(), clear)
    assert verso.live.as_floats() == (18, 36, 378, 612)


def test_a_page_with_bleed_on_three_edges() -> None:
    bleed = Edges.not_inside(EIGHTH)
    recto = page_boxes(SIX_BY_NINE, Side.RECTO, bleed, Edges())
    assert recto.media.as_floats() == (0, 0, 441, 666)
    assert recto.trim.as_floats() == (0, 9, 432, 657)
    verso = page_boxes(SIX_BY_NINE, Side.VERSO, bleed, Edges())
    assert verso.trim.as_floats() == (9, 9, 441, 657)


@given(trims, edges, edges, st.sampled_from(Side), st.booleans())
def test_the_boxes_of_a_page_nest(
    trim: Trim, bleed: Edges, margins: Edges, side: Side, leftwards: bool
) -> None:
    boxes = page_boxes(trim, side, bleed, margins, right_to_left=leftwards)
    assert boxes.media.holds(boxes.trim)
    assert boxes.trim.holds(boxes.live)
    assert (boxes.trim.width, boxes.trim.height) == (trim.width, trim.height)


@given(trims, edges, edges, st.booleans())
def test_recto_and_verso_mirror_each_other(
    trim: Trim, bleed: Edges, margins: Edges, leftwards: bool
) -> None:
    recto, verso = (
        page_boxes(trim, side, bleed, margins, right_to_left=leftwards) for side in Side
    )
    width = recto.media.width
    assert recto.media == verso.media
    assert recto.trim.mirrored(width) == verso.trim
    assert recto.live.mirrored(width) == verso.live
    turned = page_boxes(trim, Side.RECTO, bleed, margins, right_to_left=not leftwards)
    assert (turned.trim, turned.live) == (verso.trim, verso.live)


def test_a_spine_by_rule_is_rounded_to_its_step() -> None:
    rule = SpinePerPage(inches("0.002"), inches("0.01"), inches("0.01"))
    assert rule.width(100) == inches("0.21")
    assert rule.width(102) == inches("0.21")
    assert rule.width(103) == inches("0.22")


def test_a_spine_by_table_grows_evenly_between_its_rows_and_beyond_them() -> None:
    table = SpineTable(((20, inches("0.1")), (40, inches("0.2")), (60, inches("0.4"))))
    widths = [table.width(pages) for pages in (10, 20, 30, 40, 50, 60, 70)]
    wanted = ["0.05", "0.1", "0.15", "0.2", "0.3", "0.4", "0.5"]
    assert widths == [inches(width) for width in wanted]


def test_a_cover_is_back_spine_and_front() -> None:
    spot = BarcodeSpot(inches(2), inches(1), inches("0.25"), inches("0.5"))
    sheet = cover_sheet(
        SIX_BY_NINE,
        inches("0.5"),
        bleed=EIGHTH,
        safe=inches("0.25"),
        clearance=inches("0.0625"),
        barcode=spot,
    )
    assert sheet.media.as_floats() == (0, 0, 918, 666)
    assert sheet.trim.as_floats() == (9, 9, 909, 657)
    assert sheet.back.as_floats() == (9, 9, 441, 657)
    assert sheet.spine.as_floats() == (441, 9, 477, 657)
    assert sheet.front.as_floats() == (477, 9, 909, 657)
    assert sheet.front_safe.as_floats() == (495, 27, 891, 639)
    assert sheet.spine_text is not None
    assert sheet.spine_text.as_floats() == (445.5, 27, 472.5, 639)
    assert sheet.barcode is not None
    assert sheet.barcode.as_floats() == (279, 45, 423, 117)
    assert sheet.spine_width == inches("0.5")


def test_a_narrow_spine_has_no_room_for_text() -> None:
    for clearance in (inches("0.05"), None):
        sheet = cover_sheet(
            SIX_BY_NINE, inches("0.1"), bleed=EIGHTH, safe=EIGHTH, clearance=clearance
        )
        assert sheet.spine_text is None
        assert sheet.barcode is None


@given(trims, lengths, lengths, lengths, st.booleans())
def test_a_cover_is_filled_by_its_parts(
    trim: Trim, spine: Fraction, bleed: Fraction, safe: Fraction, leftwards: bool
) -> None:
    spot = BarcodeSpot(safe, safe, safe, safe)
    sheet = cover_sheet(
        trim,
        spine,
        bleed=bleed,
        safe=safe,
        clearance=safe,
        barcode=spot,
        right_to_left=leftwards,
    )
    parts = (sheet.back, sheet.spine, sheet.front)
    first, middle, last = reversed(parts) if leftwards else parts
    assert (first.left, first.right, middle.right) == (sheet.trim.left, middle.left, last.left)
    assert last.right == sheet.trim.right
    assert sheet.media.holds(sheet.trim)
    assert sheet.back.holds(sheet.back_safe)
    assert sheet.front.holds(sheet.front_safe)
    assert sheet.spine_text is None or sheet.spine.holds(sheet.spine_text)
    assert sheet.barcode is not None
    assert sheet.back.holds(sheet.barcode)


def test_boxes_tell_when_nothing_is_left() -> None:
    box = Box(Fraction(0), Fraction(0), Fraction(10), Fraction(10))
    assert not box.is_empty
    five = Fraction(5)
    assert box.inset(five, five, five, five).is_empty
