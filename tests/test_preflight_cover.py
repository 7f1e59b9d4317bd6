"""Covers: every planted fault is caught by the check that is named for it, and by no other."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pikepdf
import pytest
from pikepdf import Array, Name, Stream
from PIL import Image

from bindery import barcode
from bindery.paper import Box, CoverSheet, inches
from bindery.preflight import Job, examine_cover
from bindery.preflight.barcodes import read_barcodes
from bindery.printers import PRINTERS
from tests.press_files import (
    COVER_PAGES,
    Fault,
    add,
    barcode_content,
    change,
    contents_of,
    cover,
    cover_content,
    intact,
    job_for,
    resource,
    saved,
)

INGRAM = job_for("ingramspark")
SHEET = INGRAM.cover(COVER_PAGES)
OTHER = "9783161484100"
FOLD = float(SHEET.spine.right)
"""Where the spine meets the front."""


def codes(data: bytes, job: Job = INGRAM, pages: int = COVER_PAGES) -> set[str]:
    """The names of the checks that found something."""
    return {finding.code for finding in examine_cover("cover.pdf", data, job, pages).findings}


def broken(fault: Fault, job: Job = INGRAM) -> bytes:
    """A sound cover with one fault."""
    pdf = cover(job)
    fault(pdf)
    return saved(pdf)


def drawing(content: str) -> Fault:
    """Something more is drawn."""
    return lambda pdf: add(pdf, content)


def with_barcode(content: bytes) -> Fault:
    """Another barcode takes the place of the right one."""

    def fault(pdf: pikepdf.Pdf) -> None:
        contents_of(pdf, 0).write(cover_content(SHEET, spine_text=True) + content)

    return fault


def redrawn(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """The barcode is coloured otherwise."""
    right = barcode_content(SHEET, INGRAM)
    assert right.count(old) == 1
    with_barcode(right.replace(old, new))(pdf)


def narrow_room(pdf: pikepdf.Pdf) -> None:
    """The cover's green comes within four units of the bars."""
    symbol = barcode.draw(INGRAM.digits, scale=barcode.fit(spot()) or 1)
    room = float(7 * symbol.module)
    bars = next(r for r in read_barcodes(saved(cover(INGRAM)))).bars
    left = bars[0] - float(11 * symbol.module)
    add(pdf, f"0 0 0 0.5 k {left:.3f} {bars[1]:.3f} {room:.3f} {bars[3] - bars[1]:.3f} re f")


def spot() -> Box:
    """Where the barcode belongs."""
    assert SHEET.barcode is not None
    return SHEET.barcode


def too_small(pdf: pikepdf.Pdf) -> None:
    """The barcode has six tenths of its size."""
    symbol = barcode.draw(INGRAM.digits)
    area, place = symbol.area, spot()
    left, bottom = (
        float(place.left + (place.width - area.width * Fraction(3, 5)) / 2),
        float(place.bottom + (place.height - area.height * Fraction(3, 5)) / 2),
    )
    moved = f"q 0.6 0 0 0.6 {left:.3f} {bottom:.3f} cm\n".encode()
    drawn = barcode.as_operators(symbol, Fraction(0), Fraction(0))
    with_barcode(moved + drawn + b"Q\n")(pdf)


def cropped(pdf: pikepdf.Pdf) -> None:
    """White lies over all but a strip of the bars."""
    area = spot()
    left, bottom = float(area.left), float(area.bottom)
    add(pdf, f"0 0 0 0 k {left:g} {bottom:g} {float(area.width):g} 45 re f")


def elsewhere(pdf: pikepdf.Pdf) -> None:
    """The barcode stands at the head of the back cover."""
    symbol = barcode.draw(INGRAM.digits, scale=barcode.fit(spot()) or 1)
    with_barcode(barcode.as_operators(symbol, Fraction(60), Fraction(380)))(pdf)


def inked_picture(ink: int, kind: str = "") -> Fault:
    """A picture takes so much ink in each of four, of 255, in one corner."""

    def fault(pdf: pikepdf.Pdf) -> None:
        drawn = Image.new("CMYK", (300, 300), (20, 20, 20, 20))
        drawn.paste((ink, ink, ink, ink), (0, 0, 16, 16))
        out = io.BytesIO()
        if kind:
            drawn.save(out, kind, quality=95)
        stream = Stream(pdf, out.getvalue() if kind else drawn.tobytes())
        about = {"Width": 300, "Height": 300, "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
        for key, value in (about | {"Type": Name.XObject, "Subtype": Name.Image}).items():
            stream[f"/{key}"] = value
        if kind:
            # Pillow writes a JPEG turned round, as Photoshop does.
            stream.Filter, stream.Decode = Name.DCTDecode, Array([1, 0] * 4)
        resource(pdf, "XObject", "P1", pdf.make_indirect(stream))
        add(pdf, f"q 72 0 0 72 {FOLD + 60:g} 300 cm /P1 Do Q")

    return fault


def coarse_picture(pdf: pikepdf.Pdf) -> None:
    """A picture of 100 dots an inch."""
    inked_picture(40)(pdf)
    change(pdf, "q 72 0 0 72", "q 216 0 0 216")


def stopping(pdf: pikepdf.Pdf) -> None:
    """The green ends where the cover is cut."""
    left, bottom, right, top = SHEET.trim.as_floats()
    full = f"0 0 {float(SHEET.media.width):g} {float(SHEET.media.height):g} re"
    change(pdf, full, f"{left:g} {bottom:g} {right - left:g} {top - bottom:g} re")


def spine_text(size: float, offset: float) -> str:
    """Text on the spine, so many points from the fold at the left."""
    across = float(SHEET.spine.left) + offset
    return f"0 0 0 0 k BT /F1 {size:g} Tf 0 -1 1 0 {across:.2f} 300 Tm (HHH) Tj ET"


FAULTS: Mapping[str, tuple[Fault, str]] = {
    "text near a fold of the spine": (drawing(spine_text(10, 1)), "spine-fold"),
    "text that is too large for the spine": (drawing(spine_text(42, 1)), "spine-fold"),
    "text over the fold of the front": (
        drawing(f"0 0 0 0 k BT /F1 12 Tf {FOLD + 5:g} 300 Td (fold) Tj ET"),
        "cover-safe",
    ),
    "text near the cut of the front": (
        drawing(f"0 0 0 0 k BT /F1 12 Tf {FOLD + 400:g} 300 Td (cut) Tj ET"),
        "cover-safe",
    ),
    "text near the head of the back": (
        drawing("0 0 0 0 k BT /F1 12 Tf 100 640 Td (head) Tj ET"),
        "cover-safe",
    ),
    "art that stops at the cut": (stopping, "bleed-short"),
    "too much ink in an area": (
        drawing(f"0.9 0.8 0.8 0.9 k {FOLD + 60:g} 300 50 50 re f"),
        "ink-limit",
    ),
    "too much ink in a corner of a picture": (inked_picture(200), "ink-limit"),
    "too much ink in a corner of a JPEG": (inked_picture(200, "JPEG"), "ink-limit"),
    "a coarse picture": (coarse_picture, "low-resolution"),
    "small text in four inks": (
        drawing(f"0.5 0.5 0.5 0.5 k BT /F1 12 Tf {FOLD + 60:g} 300 Td (four) Tj ET"),
        "rich-black-text",
    ),
    "RGB": (drawing(f"1 0 0 rg {FOLD + 60:g} 300 50 50 re f"), "rgb-colour"),
    "no barcode": (with_barcode(b""), "barcode-missing"),
    "the barcode of another book": (
        with_barcode(barcode_content(SHEET, INGRAM, OTHER)),
        "barcode-isbn",
    ),
    "a barcode that is too small": (too_small, "barcode-size"),
    "a barcode whose bars are cropped": (cropped, "barcode-height"),
    "a barcode without a quiet zone": (narrow_room, "barcode-quiet"),
    "a barcode in four inks": (
        lambda pdf: redrawn(pdf, b"\n0 0 0 1 k\n", b"\n0.2 0.2 0.2 1 k\n"),
        "barcode-ink",
    ),
    "a grey barcode": (
        lambda pdf: redrawn(pdf, b"\n0 0 0 1 k\n", b"\n0 0 0 0.8 k\n"),
        "barcode-ink",
    ),
    "a barcode elsewhere": (elsewhere, "barcode-place"),
}
"""What is wrong, how it comes to be so, and the check that has to find it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught_by_its_check_and_no_other(fault: str) -> None:
    plant, code = FAULTS[fault]
    assert codes(broken(plant)) == {code}


@pytest.mark.parametrize("printer", sorted(set(PRINTERS) - {"bn"}))
def test_a_sound_cover_has_no_finding(printer: str) -> None:
    job = job_for(printer)
    pdf = cover(job, spine_text=printer != "lulu")
    assert codes(saved(pdf), job) == set()


@pytest.mark.parametrize("pages", [204, 196])
def test_a_cover_for_another_page_count_has_a_wrong_spine(pages: int) -> None:
    assert codes(saved(cover(INGRAM, pages))) == {"spine-width"}


def test_a_cover_of_another_trim_has_a_wrong_size() -> None:
    data = saved(cover(replace(INGRAM, trim=PRINTERS["kdp"].trims.value[0])))
    assert "cover-size" in codes(data)


def test_a_spine_by_the_printers_own_template_goes_before_the_rule() -> None:
    job = replace(INGRAM, spine=inches("0.5"))
    data = saved(cover(job))
    assert codes(data, job) == set()
    assert codes(data) == {"spine-width"}


def test_text_on_the_spine_of_sixty_pages_is_caught() -> None:
    job = job_for("kdp")
    found = codes(saved(cover(job, 60)), job, 60)
    assert found == {"spine-text"}
    assert codes(saved(cover(job, 60, spine_text=False)), job, 60) == set()


def test_a_cover_of_two_pages_is_caught() -> None:
    pdf = cover(INGRAM)
    pdf.pages.append(pdf.pages[0])
    assert codes(saved(pdf)) == {"cover-pages"}


def test_without_an_isbn_the_place_of_the_barcode_must_be_free() -> None:
    job = replace(job_for("kdp"), isbn="")
    assert codes(saved(cover(job)), job) == set()
    pdf, area = cover(job), job.cover(COVER_PAGES).barcode
    assert area is not None
    left, bottom = float(area.left) + 20, float(area.bottom) + 20
    add(pdf, f"0 0 0 0 k BT /F1 12 Tf {left:g} {bottom:g} Td (in the way) Tj ET")
    assert codes(saved(pdf), job) == {"barcode-area"}


def test_a_barcode_on_a_book_without_an_isbn_is_caught() -> None:
    assert codes(saved(cover(INGRAM)), replace(INGRAM, isbn="")) == {"barcode-isbn"}


def test_a_barcode_is_caught_where_the_printer_puts_its_own() -> None:
    bn = job_for("bn")
    found = codes(saved(cover(bn)), bn)
    assert "barcode-area" in found
    assert "barcode-area" not in codes(saved(cover(replace(bn, isbn=""))), bn)


def test_the_digits_of_a_barcode_may_stand_where_other_text_may_not() -> None:
    job = job_for("lulu")
    pdf, sheet = cover(job, spine_text=False), job.cover(COVER_PAGES)
    assert sheet.barcode is not None
    assert not sheet.back_safe.holds(sheet.barcode), "the printer wants it nearer to the edge"
    left, bottom = float(sheet.barcode.left) + 40, float(sheet.barcode.bottom) + 1
    add(pdf, f"0 0 0 1 k BT /F1 7 Tf {left:g} {bottom:g} Td (978) Tj ET")
    assert codes(saved(pdf), job) == set()


def test_a_price_beside_the_barcode_is_read_and_does_not_disturb_it() -> None:
    job = job_for("kdp")
    pdf, sheet = cover(job), job.cover(COVER_PAGES)
    assert sheet.barcode is not None
    symbol = barcode.draw(job.digits, "52495", scale=Fraction(4, 5))
    area = sheet.barcode
    drawn = barcode.as_operators(symbol, area.left, area.bottom + 5)
    contents_of(pdf, 0).write(cover_content(sheet, spine_text=True) + drawn)
    data = saved(pdf)
    (reading,) = read_barcodes(data)
    assert (reading.digits, reading.add_on) == (job.digits, "52495")
    assert codes(data, job) == set()


@pytest.mark.parametrize("scale", [Fraction(4, 5), Fraction(1), Fraction(3, 2)])
def test_a_barcode_is_measured_as_it_was_drawn(scale: Fraction) -> None:
    sheet: CoverSheet = INGRAM.cover(COVER_PAGES)
    symbol = barcode.draw(INGRAM.digits, scale=scale)
    pdf = cover(INGRAM)
    content = cover_content(sheet, spine_text=True)
    contents_of(pdf, 0).write(content + barcode.as_operators(symbol, Fraction(60), Fraction(200)))
    (reading,) = read_barcodes(saved(pdf))
    assert reading.size == pytest.approx(float(scale), abs=0.012)
    assert reading.bars[0] == pytest.approx(60 + float(symbol.bars[0].left), abs=0.3)
    assert reading.quiet


def test_a_finding_about_the_spine_says_what_it_should_be() -> None:
    (finding,) = examine_cover("c.pdf", saved(cover(INGRAM, 220)), INGRAM, COVER_PAGES).findings
    assert finding.what == "The cover leaves 0.4464 in (11.34 mm) for the spine."
    assert finding.limit == "0.4065 in (10.33 mm), for 200 pages on black ink, 50# white paper"


def test_a_cover_is_drawn_in_colour_with_its_letters() -> None:
    (proof,) = examine_cover("c.pdf", broken(intact), INGRAM, COVER_PAGES).proofs
    assert (proof.width, proof.height) == pytest.approx(SHEET.media.as_floats()[2:], abs=0.01)
    title = [each.box for each in proof.letters if each.box[0] > FOLD]
    assert len(title) == len("GoodPrint")
    assert min(box[1] for box in title) == pytest.approx(450, abs=1), "it stands on its baseline"
    with Image.open(io.BytesIO(proof.thumbnail)) as picture:
        red, green, blue = picture.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert green > red
    assert green > blue
