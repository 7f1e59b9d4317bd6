"""Plates: every colour a tint of black, every page on its sheet, every file of its kind."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pikepdf import Array, Dictionary, Name, PdfImage, Stream
from PIL import Image

from bindery.house_style import read_house_style
from bindery.paper import Box, Edges, Side, Trim, inches, page_boxes
from bindery.plates import tints
from bindery.plates.embedding import list_glyphs, unwrap_outlines
from bindery.plates.fitting import Measured, Shortage, drop_for, shift_for, shortages
from bindery.plates.ink_boxes import ink_boxes
from bindery.plates.proofs import differing
from bindery.plates.remarks import Remark
from bindery.plates.separation import separate
from bindery.plates.sheets import add_blanks, lay, missing_pages, trim_of
from bindery.plates.standards import PROFILE, Imprint, write
from bindery.printers import PdfKind
from tests import validators

WIDE, HIGH = 200, 300
MOMENT = datetime.datetime(2026, 11, 21, 12, 30, 15, tzinfo=datetime.UTC)
IMPRINT = Imprint("Salt", "Anne Ámos", MOMENT, "Bindery")
RAMP = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
GRADIENT = Dictionary(
    ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 200, 0], Domain=[0, 1], Function=RAMP
)

Resources = Mapping[str, Mapping[str, Any]]
Named = Callable[[pikepdf.Pdf], Resources]


def document(*contents: bytes, resources: Named | None = None, **boxes: Any) -> pikepdf.Pdf:
    """Pages with these contents, which share their resources."""
    pdf = pikepdf.new()
    named = resources(pdf) if resources is not None else {}
    shared = pdf.make_indirect(
        Dictionary({f"/{kind}": Dictionary(dict(things)) for kind, things in named.items()})
    )
    for content in contents:
        pdf.add_blank_page(page_size=(WIDE, HIGH))
        page = pdf.pages[-1].obj
        page.Contents, page.Resources = pdf.make_indirect(Stream(pdf, content)), shared
        page.TrimBox = Array(page.MediaBox)
        for key, box in boxes.items():
            page[f"/{key}"] = Array(box)
    return pdf


def form(pdf: pikepdf.Pdf, content: bytes, **more: Any) -> Any:
    stream = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, WIDE, HIGH])
    for key, value in more.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def image(pdf: pikepdf.Pdf, picture: Image.Image, soft: Image.Image | None = None) -> Any:
    spaces = {"RGB": Name.DeviceRGB, "L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
    stream = Stream(pdf, picture.tobytes(), Type=Name.XObject, Subtype=Name.Image)
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = spaces[picture.mode], 8
    stream.Interpolate = True
    if soft is not None:
        stream.SMask = image(pdf, soft)
    return pdf.make_indirect(stream)


def operators(pdf: pikepdf.Pdf, place: int = 0) -> list[str]:
    """What a page's content says: “0.5 g”, one operator a text."""
    found = []
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[place]):  # type: ignore[misc]
        found.append(" ".join([*map(str, operands), str(operator)]))
    return found


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def seen(pdf: pikepdf.Pdf, place: int = 0) -> Image.Image:
    """A page as it looks, a pixel a point, as an RGB picture."""
    opened = pypdfium2.PdfDocument(saved(pdf))
    try:
        picture: Image.Image = opened[place].render(scale=1).to_pil().convert("RGB")
    finally:
        opened.close()
    return picture


def levels(picture: Image.Image, x: int, y: int) -> int:
    """The grey of a point, counted from the lower left corner; it must be a grey."""
    red, green, blue = picture.getpixel((x, picture.height - 1 - y))  # type: ignore[misc]
    assert red == green == blue
    return int(red)


# Tints


@pytest.mark.parametrize("grey", [0, 0.133333, 0.541176, 0.9, 1])
def test_a_grey_keeps_its_very_number(grey: float) -> None:
    assert tints.of_rgb(grey, grey, grey) == grey
    assert tints.of_cmyk(0, 0, 0, 1 - grey) == pytest.approx(grey, abs=1e-6)


def test_white_is_paper_and_every_black_is_black() -> None:
    assert tints.of_rgb(1, 1, 1) == tints.of_cmyk(0, 0, 0, 0) == tints.of_lab(100) == 1
    assert tints.of_rgb(0, 0, 0) == tints.of_cmyk(0, 0, 0, 1) == tints.of_lab(0) == 0
    assert tints.of_cmyk(1, 1, 1, 0) == 0


def test_green_is_lighter_than_red_and_red_than_blue() -> None:
    assert tints.of_rgb(0, 1, 0) > tints.of_rgb(1, 0, 0) > tints.of_rgb(0, 0, 1) > 0


def test_a_colour_in_lab_is_as_light_as_the_same_colour_in_rgb() -> None:
    assert tints.of_lab(53.585) == pytest.approx(128 / 255, abs=0.0001)


def test_on_white_a_translucent_tint_is_lighter() -> None:
    assert tints.on_white(0, 0.25) == 0.75
    assert tints.on_white(0.4, 1) == 0.4
    assert tints.on_white(1, 0.5) == 1


# Content


@pytest.mark.parametrize(
    ("source", "black"),
    [
        ("0 0 0 rg", "0 g"),
        ("0.133333 0.133333 0.133333 RG", "0.133333 G"),
        ("1 0 0 rg", "0.2126 g"),
        ("0.4 g", "0.4 g"),
        ("0 0 0 1 k", "0 g"),
        ("0 0 0 0.25 K", "0.75 G"),
        ("/DeviceRGB cs 0 0 1 sc", "0.0722 g"),
        ("/DeviceCMYK CS 0 0 0 0.5 SCN", "0.5 G"),
        ("/Light cs 100 20 30 scn", "1 g"),
        ("/Profiled cs 1 0 0 scn", "0.2126 g"),
    ],
)
def test_every_colour_becomes_a_tint_of_black(source: str, black: str) -> None:
    def spaces(pdf: pikepdf.Pdf) -> Resources:
        lab = Array([Name.Lab, Dictionary(WhitePoint=[0.9643, 1, 0.8251])])
        profile = Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, b"", N=3))])
        return {"ColorSpace": {"/Light": lab, "/Profiled": profile}}

    pdf = document(source.encode() + b" 0 0 9 9 re f", resources=spaces)
    assert separate(pdf) == (frozenset(),)
    said = operators(pdf)
    assert said[-3:] == [black, "0 0 9 9 re", "f"]
    assert not {name.split()[-1].lower() for name in said} & {"rg", "k", "cs", "sc", "scn"}
    assert "/ColorSpace" not in pdf.pages[0].obj.Resources


def test_a_colour_that_nobody_can_read_is_black_and_reported() -> None:
    pdf = document(b"/Spot cs 0.5 scn 0 0 9 9 re f")
    assert separate(pdf) == (frozenset({Remark.UNKNOWN_COLOUR}),)
    assert operators(pdf)[-3] == "0 g"


def alphas(*values: float) -> Resources:
    states = {f"/a{value}": Dictionary(ca=value) for value in values}
    return {"ExtGState": states | {"/A0.5": Dictionary(CA=0.5), "/A0": Dictionary(CA=0)}}


def test_translucent_black_is_the_grey_that_it_is_on_white() -> None:
    content = b"q 0 0 0 rg /a0.25 gs 0 0 9 9 re f /a1 gs 0 0 9 9 re f Q 9 9 9 9 re f"
    pdf = document(content, resources=lambda _: alphas(0.25, 1))
    assert separate(pdf) == (frozenset({Remark.FLATTENED}),)
    tints_said = [said for said in operators(pdf) if said.endswith(" g")]
    assert tints_said == ["0 g", "0.75 g", "0 g"]
    assert "/ExtGState" not in pdf.pages[0].obj.Resources


def test_lines_and_areas_are_translucent_each_by_itself() -> None:
    pdf = document(b"/A0.5 gs 1 w 0 0 9 9 re B", resources=lambda _: alphas(1))
    separate(pdf)
    assert operators(pdf) == ["0.5 G", "1 w", "0 0 9 9 re", "B"]


def test_what_nobody_can_see_is_not_painted() -> None:
    content = b"/a0 gs 0 0 9 9 re f 0 0 9 9 re B BT /F 9 Tf (a) Tj ET /A0 gs 0 0 9 9 re S"
    pdf = document(content, resources=lambda _: alphas(0))
    separate(pdf)
    painted = {"f", "B", "Tj"} & {said.split()[-1] for said in operators(pdf)}
    assert not painted
    assert levels(seen(pdf), 9, 4) < 128, "the line of B is seen"


def test_a_state_of_full_opacity_leaves_no_trace() -> None:
    pdf = document(b"/a1 gs 0 0 0 rg 0 0 9 9 re f", resources=lambda _: alphas(1))
    assert separate(pdf) == (frozenset(),)
    assert operators(pdf) == ["0 g", "0 0 9 9 re", "f"]


def test_a_translucent_group_is_lightened_where_it_is_so_and_only_there() -> None:
    def group(pdf: pikepdf.Pdf) -> Resources:
        drawn = form(pdf, b"1 0 0 rg 0 0 50 50 re f", Group=Dictionary(S=Name.Transparency))
        return {"XObject": {"/x": drawn}, **alphas(0.5, 1)}

    pdf = document(b"q /a0.5 gs /x Do Q q 1 0 0 1 100 0 cm /a1 gs /x Do Q", resources=group)
    assert separate(pdf) == (frozenset({Remark.FLATTENED}),)
    picture = seen(pdf)
    assert levels(picture, 25, 25) == pytest.approx(255 * (1 - 0.5 * (1 - 0.2126)), abs=1)
    assert levels(picture, 125, 25) == pytest.approx(255 * 0.2126, abs=1)
    assert not [thing for thing in pdf.pages[0].obj.Resources.XObject.values() if "/Group" in thing]


def test_nothing_for_screens_stays_on_a_page() -> None:
    content = b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC /Artifact BMC EMC /T MP"
    pdf = document(content, resources=lambda _: {"Properties": {"/a": Dictionary()}})
    page = pdf.pages[0].obj
    page.Annots, page.StructParents, page.Tabs = Array(), 0, Name.S
    page.Group = Dictionary(S=Name.Transparency)
    separate(pdf)
    assert operators(pdf) == ["0 0 9 9 re", "f"]
    assert set(page.keys()) == {
        *("/Type", "/Parent", "/MediaBox", "/TrimBox", "/Contents", "/Resources")
    }
    assert not page.Resources.keys()


def test_a_page_keeps_of_its_resources_what_it_needs() -> None:
    def forms(pdf: pikepdf.Pdf) -> Resources:
        return {"XObject": {"/x": form(pdf, b"0 0 9 9 re f"), "/y": form(pdf, b"")}, "Pattern": {}}

    pdf = document(b"/x Do", b"/x Do /y Do", resources=forms)
    separate(pdf)
    kept = [set(page.obj.Resources.XObject.keys()) for page in pdf.pages]
    assert kept == [{"/x"}, {"/x", "/y"}]
    shared = [page.obj.Resources.XObject["/x"].objgen for page in pdf.pages]
    assert len(set(shared)) == 1, "what pages share is written once"


def test_soft_masks_and_blends_are_reported() -> None:
    states = {"/m": Dictionary(SMask=Dictionary()), "/b": Dictionary(BM=Name.Multiply)}
    pdf = document(b"/m gs", b"/b gs", b"/n gs", resources=lambda _: {"ExtGState": states})
    said = separate(pdf)
    assert said == (frozenset({Remark.MASKED}), frozenset({Remark.BLENDED}), frozenset())


def test_an_inline_picture_is_reported() -> None:
    pdf = document(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")
    assert separate(pdf) == (frozenset({Remark.INLINE_PICTURE}),)


# Pictures and gradients


def test_a_picture_in_colours_becomes_grey() -> None:
    teal = Image.new("RGB", (4, 4), (0, 128, 128))
    pdf = document(b"9 0 0 9 0 0 cm /i Do", resources=lambda p: {"XObject": {"/i": image(p, teal)}})
    assert separate(pdf) == (frozenset(),)
    made = pdf.pages[0].obj.Resources.XObject["/i"]
    assert made.ColorSpace == Name.DeviceGray
    assert "/Interpolate" not in made
    assert set(made.read_bytes()) == {round((0.7152 + 0.0722) * 128)}


def test_a_transparent_picture_lies_on_white() -> None:
    red, soft = Image.new("RGB", (2, 1), "red"), Image.new("L", (2, 1), 0)
    soft.putpixel((1, 0), 255)
    pdf = document(
        b"9 0 0 9 0 0 cm /i Do", resources=lambda p: {"XObject": {"/i": image(p, red, soft)}}
    )
    assert separate(pdf) == (frozenset({Remark.FLATTENED}),)
    made = pdf.pages[0].obj.Resources.XObject["/i"]
    assert "/SMask" not in made
    assert list(made.read_bytes()) == [255, 54]


def test_a_photograph_stays_a_photograph() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", quality=95)

    def photograph(pdf: pikepdf.Pdf) -> Resources:
        made = image(pdf, Image.new("RGB", (256, 256)))
        made.write(out.getvalue(), filter=Name.DCTDecode)
        return {"XObject": {"/i": made}}

    pdf = document(b"9 0 0 9 0 0 cm /i Do", resources=photograph)
    separate(pdf)
    made: Any = pdf.pages[0].obj.Resources.XObject["/i"]
    assert made.Filter == Name.DCTDecode
    picture = PdfImage(made).as_pil_image()
    assert (picture.mode, picture.size) == ("L", (256, 256))
    assert picture.getpixel((128, 128)) == pytest.approx(128, abs=3)


def test_four_inks_become_one() -> None:
    inks = Image.new("CMYK", (3, 3), (0, 0, 0, 128))
    pdf = document(b"9 0 0 9 0 0 cm /i Do", resources=lambda p: {"XObject": {"/i": image(p, inks)}})
    separate(pdf)
    made = pdf.pages[0].obj.Resources.XObject["/i"]
    assert set(made.read_bytes()) == {127}


def test_a_stencil_takes_the_ink_of_the_page() -> None:
    def stencil(pdf: pikepdf.Pdf) -> Resources:
        stream = Stream(pdf, b"\x00" * 8, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8)
        stream.ImageMask, stream.BitsPerComponent, stream.Interpolate = True, 1, True
        return {"XObject": {"/i": pdf.make_indirect(stream)}}

    pdf = document(b"1 0 0 rg 50 0 0 50 0 0 cm /i Do", resources=stencil)
    separate(pdf)
    assert levels(seen(pdf), 25, 25) == 54


def test_a_gradient_stays_one_in_greys() -> None:
    pdf = document(b"/s sh", resources=lambda _: {"Shading": {"/s": GRADIENT}})
    assert separate(pdf) == (frozenset(),)
    picture = seen(pdf)
    assert levels(picture, 0, 9) == pytest.approx(255 * tints.RED, abs=2)
    assert levels(picture, WIDE - 1, 9) == pytest.approx(255 * tints.BLUE, abs=2)
    assert pdf.pages[0].obj.Resources.Shading["/s"].ColorSpace == Name.DeviceGray


def test_a_gradient_of_several_parts_stays_one() -> None:
    parts = Dictionary(
        FunctionType=3,
        Domain=[0, 1],
        Encode=[0, 1, 0, 1],
        Bounds=[0.5],
        Functions=[RAMP, RAMP],
    )
    shading = Dictionary(dict(GRADIENT.items()) | {"/Function": parts})
    pdf = document(b"/s sh", resources=lambda _: {"Shading": {"/s": shading}})
    assert separate(pdf) == (frozenset(),)
    picture = seen(pdf)
    assert levels(picture, 103, 9) == pytest.approx(255 * tints.RED, abs=4)
    assert levels(picture, 97, 9) == pytest.approx(255 * tints.BLUE, abs=4)


def test_a_gradient_of_another_kind_is_left_out_and_reported() -> None:
    mesh = Dictionary(dict(GRADIENT.items()) | {"/ShadingType": 1})
    pdf = document(b"/s sh", resources=lambda _: {"Shading": {"/s": mesh}})
    assert separate(pdf) == (frozenset({Remark.UNKNOWN_SHADING}),)
    assert operators(pdf) == []


def tile(pdf: pikepdf.Pdf) -> Resources:
    """A pattern of red squares, 20 points apart, the first at 5."""
    stream = Stream(pdf, b"1 0 0 rg 5 5 10 10 re f", Type=Name.Pattern, PatternType=1)
    stream.PaintType, stream.TilingType, stream.Resources = 1, 1, Dictionary()
    stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 20, 20]), 20, 20
    shaded = Dictionary(Type=Name.Pattern, PatternType=2, Shading=GRADIENT)
    return {"Pattern": {"/t": pdf.make_indirect(stream), "/s": pdf.make_indirect(shaded)}}


def test_patterns_are_grey_too() -> None:
    pdf = document(b"/Pattern cs /t scn 0 0 200 100 re f /s scn 0 100 200 200 re f", resources=tile)
    assert separate(pdf) == (frozenset(),)
    picture = seen(pdf)
    assert levels(picture, 10, 10) == levels(picture, 30, 30) == 54
    assert levels(picture, 1, 1) == 255
    assert levels(picture, 1, 200) == pytest.approx(255 * tints.RED, abs=3)


# Proofs


def test_a_proof_sees_what_was_laid_on_white_though_it_lies_on_something() -> None:
    over_paper = b"/a0.5 gs 0 0 1 rg 0 0 90 90 re f"
    over_black = b"0 0 0 rg 0 0 200 200 re f " + over_paper
    pdf = document(over_paper, over_black, resources=lambda _: alphas(0.5))
    before = saved(pdf)
    said = separate(pdf)
    assert said == (frozenset({Remark.FLATTENED}),) * 2
    assert differing(before, saved(pdf), [0, 1]) == (1,)


# Ink, and how pages move for it


def test_ink_is_measured_where_it_is_seen() -> None:
    white = b"1 g 0 0 200 300 re f 0 g 20 30.5 50 100 re f"
    pdf = document(white, b"", b"0.9 g 10 10 1 1 re f")
    found = ink_boxes(saved(pdf))
    assert found[0] == Box(Fraction(20), Fraction(61, 2), Fraction(70), Fraction(261, 2))
    assert found[1] is None
    assert found[2] is not None


def page(inside: int, outside: int, top: int = 60, foot: int = 60, recto: bool = True) -> Measured:
    """A page of 200 by 300 points with so much clear at its edges."""
    left, right = (inside, outside) if recto else (outside, inside)
    ink = (Fraction(n) for n in (left, foot, WIDE - right, HIGH - top))
    return Measured(sheet(), Box(*ink), recto)


def sheet() -> Box:
    return Box(Fraction(0), Fraction(0), Fraction(WIDE), Fraction(HIGH))


MARGINS = Edges(Fraction(36), Fraction(36), Fraction(45), Fraction(18))


def test_pages_move_as_far_as_the_worst_of_them_needs() -> None:
    pages = [page(50, 50), page(40, 50, recto=False), Measured(sheet(), None, binds_left=True)]
    assert shift_for(pages, Fraction(45)) == 5
    assert shift_for(pages, Fraction("44.7")) == 5, "in steps of half a point"
    assert shift_for(pages, Fraction(30)) == 0, "never nearer to the spine"
    assert shift_for([], Fraction(45)) == 0


def test_a_page_up_to_the_edge_moves_nobody() -> None:
    pages = [page(0, 0, 0, 0), page(44, 50)]
    assert pages[0].bleeds
    assert shift_for(pages, Fraction(45)) == 1
    assert not list(shortages(pages, Fraction(1), Fraction(0), MARGINS))


@pytest.mark.parametrize(
    ("top", "foot", "drop"),
    [
        (36, 36, 0),
        (30, 60, 6),
        (60, 30, -6),
        (30, 40, 4),  # No further than the foot has room.
        (30, 36, 0),
        (30, 30, 0),
        (40, 33, -3),
    ],
)
def test_pages_move_down_or_up_where_there_is_room(top: int, foot: int, drop: int) -> None:
    assert drop_for([page(50, 50), page(50, 50, top, foot)], MARGINS) == drop


def test_what_is_missing_is_said_edge_by_edge_the_worst_page_first() -> None:
    pages = [page(45, 20), page(30, 22), page(45, 16, 30, recto=False)]
    found = list(shortages(pages, Fraction(5), Fraction(0), MARGINS))
    assert found == [
        Shortage("inside", Fraction(10), (1,)),
        Shortage("outside", Fraction(7), (2, 0, 1)),
        Shortage("top", Fraction(6), (2,)),
    ]


# Sheets


@pytest.mark.parametrize(
    ("count", "last_is_blank", "multiple", "ends_blank", "missing"),
    [
        (55, False, 2, False, 1),
        (56, False, 2, False, 0),
        (56, False, 2, True, 2),
        (55, False, 2, True, 1),
        (56, True, 2, True, 0),
        (55, True, 2, True, 1),
        (55, False, 4, True, 1),
        (56, False, 6, True, 4),
        (7, False, 1, False, 0),
    ],
)
def test_blank_pages_are_added_as_the_printer_wants_them(
    count: int, last_is_blank: bool, multiple: int, ends_blank: bool, missing: int
) -> None:
    assert missing_pages(count, last_is_blank, multiple, ends_blank) == missing


def test_an_added_page_is_like_the_others_and_empty() -> None:
    pdf = document(b"0 0 9 9 re f")
    add_blanks(pdf, 2)
    assert len(pdf.pages) == 3
    assert trim_of(pdf.pages[2]) == trim_of(pdf.pages[0])
    assert operators(pdf, 2) == []
    assert ink_boxes(saved(pdf))[1:] == (None, None)


@pytest.mark.parametrize("side", list(Side))
def test_a_bleed_lies_around_the_trim_but_not_at_the_spine(side: Side) -> None:
    pdf = document(b"50 60 10 10 re f")
    bleed = Edges.not_inside(inches("0.125"))
    boxes = page_boxes(Trim(Fraction(WIDE), Fraction(HIGH)), side, bleed, MARGINS)
    lay(pdf, pdf.pages[0], boxes, Fraction(4), Fraction(2))
    found = pdf.pages[0]
    left = 0 if side is Side.RECTO else 9
    assert [float(n) for n in found.mediabox] == [0, 0, WIDE + 9, HIGH + 18]
    assert [float(n) for n in found.trimbox] == [left, 9, left + WIDE, HIGH + 9]
    assert list(found.obj.BleedBox) == list(found.mediabox)
    x, y = left + 54, 9 + 58
    assert ink_boxes(saved(pdf)) == (Box(*map(Fraction, (x, y, x + 10, y + 10))),)


def test_a_box_that_began_elsewhere_begins_at_nought() -> None:
    pdf = document(b"-9 -9 18 18 re f", MediaBox=(-9, -9, 209, 309), TrimBox=(0, 0, 200, 300))
    boxes = page_boxes(Trim(Fraction(WIDE), Fraction(HIGH)), Side.RECTO, Edges(), MARGINS)
    lay(pdf, pdf.pages[0], boxes, Fraction(0), Fraction(0))
    assert [float(n) for n in pdf.pages[0].mediabox] == [0, 0, WIDE, HIGH]
    assert ink_boxes(saved(pdf)) == (Box(*map(Fraction, (0, 0, 9, 9))),)


def test_a_pattern_moves_with_its_page() -> None:
    pdf = document(b"/Pattern cs /t scn 0 0 100 100 re f", resources=tile)
    separate(pdf)
    boxes = page_boxes(Trim(Fraction(WIDE), Fraction(HIGH)), Side.RECTO, Edges(), MARGINS)
    lay(pdf, pdf.pages[0], boxes, Fraction(10), Fraction(0))
    picture = seen(pdf)
    assert levels(picture, 20, 10) == 54
    assert levels(picture, 10, 10) == 255


# Kinds of PDF


@pytest.fixture(scope="module")
def profile() -> bytes:
    return read_house_style().styles[PROFILE]


def test_the_profile_is_for_four_inks_and_has_its_licence_beside_it(profile: bytes) -> None:
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"prtr", b"CMYK", b"acsp")
    licence = read_house_style().styles[PROFILE.replace(".icc", ".txt")].decode()
    assert "free of known copyright restrictions" in licence


@pytest.mark.parametrize("kind", list(PdfKind))
def test_a_file_is_of_its_kind_and_clean(kind: PdfKind, profile: bytes, tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        pdf = document(b"0 0 9 9 re f")
        pdf.Root.Outlines, pdf.Root.Names = Dictionary(), Dictionary()
        pdf.Root.PageMode = Name.UseOutlines
        made.append(write(pdf, kind, IMPRINT, profile))
    assert made[0] == made[1], "the same document makes the same bytes"
    versions = {PdfKind.PLAIN: b"1.6", PdfKind.X1A: b"1.3", PdfKind.A1B: b"1.4"}
    assert made[0].startswith(b"%PDF-" + versions[kind])
    assert (b"/ObjStm" in made[0]) is (kind is PdfKind.PLAIN)
    path = tmp_path / "made.pdf"
    path.write_bytes(made[0])
    assert validators.qpdf_check(path) == []
    with pikepdf.open(path) as pdf:
        root = set(pdf.Root.keys()) - {"/Type", "/Pages"}
        extra = {PdfKind.X1A: {"/OutputIntents"}, PdfKind.A1B: {"/OutputIntents", "/Metadata"}}
        assert root == extra.get(kind, set())
        assert str(pdf.docinfo["/Title"]) == "Salt"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261121123015+00'00'"
        assert len(pdf.trailer.ID) == 2


def test_x1a_names_the_press_for_which_it_was_made(profile: bytes) -> None:
    with pikepdf.open(io.BytesIO(write(document(b""), PdfKind.X1A, IMPRINT, profile))) as pdf:
        said = {key: str(value) for key, value in pdf.docinfo.items()}
        assert said["/GTS_PDFXVersion"] == "PDF/X-1:2001"
        assert said["/GTS_PDFXConformance"] == "PDF/X-1a:2001"
        assert said["/Trapped"] == "/False"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert int(intent.DestOutputProfile.N) == 4
        assert intent.DestOutputProfile.read_bytes() == profile


def test_a_printer_can_have_an_older_version(profile: bytes) -> None:
    made = write(document(b""), PdfKind.PLAIN, IMPRINT, profile, "1.4")
    assert made.startswith(b"%PDF-1.4")
    assert b"/ObjStm" not in made


def postscript_font() -> bytes:
    """A font with PostScript outlines and one letter."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({97: "a"})
    pen = T2CharStringPen(600, None)
    outline = pen.getCharString()
    builder.setupCFF("Salt", {}, {".notdef": outline, "a": outline}, {})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "a": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def with_font(kind: Name, key: str, program: bytes, **more: Any) -> tuple[pikepdf.Pdf, Any]:
    """A document with a font of glyphs by number, and what describes it."""
    pdf = pikepdf.new()
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Salt"))
    descriptor[key] = pdf.make_indirect(Stream(pdf, program, **more))
    font = Dictionary(Type=Name.Font, Subtype=kind, FontDescriptor=descriptor)
    pdf.make_indirect(Dictionary(Type=Name.Font, DescendantFonts=[pdf.make_indirect(font)]))
    (found,) = [thing for thing in pdf.objects if "/FontDescriptor" in thing]
    return pdf, found.FontDescriptor


def test_postscript_outlines_are_embedded_bare_for_old_versions() -> None:
    pdf, descriptor = with_font(
        Name.CIDFontType0, "/FontFile3", postscript_font(), Subtype=Name.OpenType
    )
    unwrap_outlines(pdf)
    assert descriptor.FontFile3.Subtype == Name.CIDFontType0C
    assert descriptor.FontFile3.read_bytes()[:3] == b"\x01\x00\x04", "a CFF font begins so"


def test_a_font_for_the_archive_lists_its_glyphs() -> None:
    program = read_house_style().styles["fonts/EBGaramond-Italic.ttf"]
    pdf, descriptor = with_font(Name.CIDFontType2, "/FontFile2", program)
    list_glyphs(pdf)
    from fontTools.ttLib import TTFont

    count = TTFont(io.BytesIO(program))["maxp"].numGlyphs
    bits = "".join(f"{byte:08b}" for byte in descriptor.CIDSet.read_bytes())
    assert bits.rstrip("0") == "1" * count
    assert len(bits) - count < 8
