"""Interiors: every planted fault is caught by the check that is named for it, and by no other."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from bindery.errata import Severity
from bindery.paper import trim_called
from bindery.preflight import Job, examine_interior
from bindery.printers import PRINTERS, Certainty
from tests.press_files import (
    Fault,
    add,
    change,
    grey_picture,
    intact,
    interior,
    job_for,
    resource,
    saved,
)

INGRAM = job_for("ingramspark")
BLEEDING = job_for("ingramspark", bleeds=True)


def codes(data: bytes, job: Job) -> set[str]:
    """The names of the checks that found something."""
    return {finding.code for finding in examine_interior("interior.pdf", data, job).findings}


def broken(fault: Fault, job: Job = INGRAM) -> bytes:
    """A sound interior with one fault."""
    pdf = interior(job)
    fault(pdf)
    return saved(pdf)


def drawing(content: str, page: int = 0) -> Fault:
    """Something more is drawn on a page."""
    return lambda pdf: add(pdf, content, page)


def changing(old: str, new: str, page: int = 0) -> Fault:
    """Something is drawn otherwise."""
    return lambda pdf: change(pdf, old, new, page)


def setting_key(key: str, value: object, page: int = 0) -> Fault:
    """A page has another value for a key."""

    def fault(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page].obj[key] = value

    return fault


def in_catalogue(key: str, value: object) -> Fault:
    """The document has something beside its pages."""

    def fault(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = value

    return fault


def with_state(colour: str = "0 g", **values: object) -> Fault:
    """A graphics state is used on the first page."""

    def fault(pdf: pikepdf.Pdf) -> None:
        state = Dictionary(Type=Name.ExtGState)
        for key, value in values.items():
            state[f"/{key}"] = value
        resource(pdf, "ExtGState", "G1", state)
        add(pdf, f"q /G1 gs {colour} 100 400 20 20 re f Q")

    return fault


def with_picture(pixels: int = 300, **values: object) -> Fault:
    """Another picture of an inch stands on the first page."""

    def fault(pdf: pikepdf.Pdf) -> None:
        resource(pdf, "XObject", "P2", grey_picture(pdf, pixels, **values))
        add(pdf, "q 72 0 0 72 100 300 cm /P2 Do Q")

    return fault


def masked(pdf: pikepdf.Pdf) -> None:
    """A picture fades out."""
    with_picture(SMask=grey_picture(pdf, 300))(pdf)


def coloured_picture(pdf: pikepdf.Pdf) -> None:
    """A picture is in RGB."""
    picture = grey_picture(pdf, 300, ColorSpace=Name.DeviceRGB)
    picture.write(b"\x10\x40\x90" * 300 * 300)
    resource(pdf, "XObject", "P2", picture)
    add(pdf, "q 72 0 0 72 100 300 cm /P2 Do Q")


def grouped(pdf: pikepdf.Pdf) -> None:
    """A form is a transparency group."""
    form = Stream(pdf, b"0 g 100 400 20 20 re f")
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    for key, value in {
        "Subtype": Name.Form,
        "BBox": Array([0, 0, 432, 648]),
        "Group": group,
    }.items():
        form[f"/{key}"] = value
    resource(pdf, "XObject", "X1", pdf.make_indirect(form))
    add(pdf, "/X1 Do")


def hidden_rgb(pdf: pikepdf.Pdf) -> None:
    """RGB in a form within a form."""
    inner = Stream(pdf, b"0 0 0 rg 100 400 20 20 re f")
    outer = Stream(pdf, b"/X2 Do")
    for form in (inner, outer):
        form["/Subtype"], form["/BBox"] = Name.Form, Array([0, 0, 432, 648])
    outer["/Resources"] = Dictionary(XObject=Dictionary(X2=pdf.make_indirect(inner)))
    resource(pdf, "XObject", "X1", pdf.make_indirect(outer))
    add(pdf, "/X1 Do")


def profiled(pdf: pikepdf.Pdf) -> None:
    """A grey has a profile of its own."""
    profile = Stream(pdf, b"\0" * 128)
    profile["/N"] = 1
    resource(pdf, "ColorSpace", "C1", Array([Name.ICCBased, pdf.make_indirect(profile)]))
    add(pdf, "/C1 cs 0 sc 100 400 20 20 re f")


def spot(name: str) -> Fault:
    """A colour is an ink of its own."""

    def fault(pdf: pikepdf.Pdf) -> None:
        tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
        space = Array([Name.Separation, Name(f"/{name}"), Name.DeviceGray, tint])
        resource(pdf, "ColorSpace", "C1", space)
        add(pdf, "/C1 cs 1 scn 100 400 20 20 re f")

    return fault


def gradient(pdf: pikepdf.Pdf) -> None:
    """A gradient is in RGB."""
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0]), C1=Array([1, 1, 1]), N=1
    )
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([100, 400, 120, 400]),
        Function=function,
    )
    resource(pdf, "Shading", "S1", shading)
    add(pdf, "q 100 400 20 20 re W n /S1 sh Q")


def rgb_pattern(pdf: pikepdf.Pdf) -> None:
    """A pattern is in RGB."""
    pattern = Stream(pdf, b"1 0 0 rg 0 0 5 5 re f")
    about = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 10, "YStep": 10}
    for key, value in (about | {"BBox": Array([0, 0, 10, 10]), "Resources": Dictionary()}).items():
        pattern[f"/{key}"] = value
    resource(pdf, "Pattern", "T1", pdf.make_indirect(pattern))
    add(pdf, "/Pattern cs /T1 scn 100 400 20 20 re f")


def linked(pdf: pikepdf.Pdf) -> None:
    """A link was left in."""
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 540, 200, 560]))
    pdf.pages[4].obj.Annots = Array([pdf.make_indirect(link)])


def outlined(pdf: pikepdf.Pdf) -> None:
    """Bookmarks were left in."""
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))


def scripted(pdf: pikepdf.Pdf) -> None:
    """There is a script."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def attached(pdf: pikepdf.Pdf) -> None:
    """Another file is inside."""
    pdf.attachments["notes.txt"] = b"left in"


def unembedded(pdf: pikepdf.Pdf) -> None:
    """A font of the viewer's is used."""
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    resource(pdf, "Font", "F2", pdf.make_indirect(font))
    add(pdf, "0 g BT /F2 11 Tf 100 400 Td (Helvetica) Tj ET")


def drawn_font(pdf: pikepdf.Pdf) -> None:
    """A font is drawn."""
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([500]),
        Resources=Dictionary(),
    )
    resource(pdf, "Font", "F2", pdf.make_indirect(font))
    add(pdf, "0 g BT /F2 11 Tf 100 400 Td (a) Tj ET")


def without(key: str) -> Fault:
    """A page lacks a box."""

    def fault(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[4].obj[key]

    return fault


def shifted(pdf: pikepdf.Pdf) -> None:
    """A page does not begin at 0, 0; nothing on it stands elsewhere on paper."""
    page = pdf.pages[4].obj
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        page[key] = Array([float(number) - 9 for number in page[key]])
    page.Contents = pdf.make_stream(b"1 0 0 1 -9 -9 cm " + page.Contents.read_bytes())


def resized(pdf: pikepdf.Pdf) -> None:
    """A page is half an inch higher."""
    for key in ("/MediaBox", "/BleedBox"):
        pdf.pages[4].obj[key] = Array([0, 0, 432, 684])


def shortened(pages: int) -> Fault:
    """So many pages are left, the empty one last."""

    def fault(pdf: pikepdf.Pdf) -> None:
        while len(pdf.pages) > pages:
            del pdf.pages[0 if len(pdf.pages) - pages == 1 and pages % 2 else -2]

    return fault


def said(key: str, value: str) -> Fault:
    """The document says something else of itself."""

    def fault(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[key] = String(value)

    return fault


def without_intent(pdf: pikepdf.Pdf) -> None:
    """No press is named."""
    del pdf.Root.OutputIntents


def intent(identifier: str, components: int = 4) -> Fault:
    """Another output intent, with a profile."""

    def fault(pdf: pikepdf.Pdf) -> None:
        profile = Stream(pdf, b"\0" * 128)
        profile["/N"] = components
        said = pdf.Root.OutputIntents[0]
        said.OutputConditionIdentifier = String(identifier)
        said.DestOutputProfile = pdf.make_indirect(profile)

    return fault


def later_packing(pdf: pikepdf.Pdf) -> None:
    """A picture is packed as in PDF 1.5."""
    out = io.BytesIO()
    Image.new("L", (300, 300), 99).save(out, "JPEG2000")
    picture = grey_picture(pdf, 300)
    picture.write(out.getvalue(), filter=Name.JPXDecode)
    resource(pdf, "XObject", "P2", picture)
    add(pdf, "q 72 0 0 72 100 300 cm /P2 Do Q")


def opentype(pdf: pikepdf.Pdf) -> None:
    """The font is in the file with its whole wrapping."""
    described = pdf.pages[0].Resources.Font.F1.FontDescriptor
    described.FontFile3 = described.FontFile2
    described.FontFile3.Subtype = Name.OpenType
    del described.FontFile2


def two_titles(pdf: pikepdf.Pdf) -> None:
    """Machines are told another title than people."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = "Bad Print"


def line_art(pdf: pikepdf.Pdf) -> None:
    """A picture of black and white alone has 300 dots an inch."""
    picture = grey_picture(pdf, 300)
    picture.BitsPerComponent = 1
    picture.write(b"\x55" * 38 * 300)
    resource(pdf, "XObject", "P2", picture)
    add(pdf, "q 72 0 0 72 100 300 cm /P2 Do Q")


def empty_run(pdf: pikepdf.Pdf) -> None:
    """Three pages in the middle are empty."""
    for page in (8, 9, 10):
        pdf.pages[page].obj.Contents = pdf.make_stream(b"")


def lines(size: str) -> str:
    """More text, of so many points."""
    return f"BT /F1 {size} Tf 100 400 Td (More words.) Tj ET"


FAULTS: Mapping[str, tuple[Fault, str]] = {
    "text in RGB black": (drawing(f"0 0 0 rg {lines('11')}"), "rgb-colour"),
    "a line in RGB": (drawing("1 0 0 RG 100 400 m 200 400 l S"), "rgb-colour"),
    "RGB chosen by a name": (drawing(f"/DeviceRGB cs 0 0 0 scn {lines('11')}"), "rgb-colour"),
    "RGB in a form within a form": (hidden_rgb, "rgb-colour"),
    "RGB in a gradient": (gradient, "rgb-colour"),
    "RGB in a pattern": (rgb_pattern, "rgb-colour"),
    "a picture in RGB": (coloured_picture, "rgb-colour"),
    "text in rich black": (drawing(f"0.6 0.4 0.4 1 k {lines('11')}"), "rich-black-text"),
    "an area in four inks": (drawing("0.2 0 0 0.5 k 100 400 20 20 re f"), "several-inks"),
    "a grey with a profile": (profiled, "icc-colour"),
    "a spot colour": (spot("Orange"), "spot-colour"),
    "registration black": (spot("All"), "registration-black"),
    "white that overprints": (with_state("1 g", OP=True, op=True, OPM=1), "white-overprint"),
    "a coarse picture": (with_picture(150), "low-resolution"),
    "a picture that may be refused": (with_picture(60), "low-resolution"),
    "coarse line art": (line_art, "coarse-line-art"),
    "a picture that is too fine": (with_picture(700), "too-fine"),
    "a picture that fades out": (masked, "transparent-picture"),
    "something translucent": (with_state(ca=0.5), "alpha"),
    "something blended": (with_state(BM=Name.Multiply), "blend-mode"),
    "a soft mask": (with_state(SMask=Dictionary(S=Name.Luminosity)), "soft-mask"),
    "a transparency group": (grouped, "transparency-group"),
    "a page that is a group": (
        setting_key("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)),
        "transparency-group",
    ),
    "a transfer curve": (with_state(TR=Dictionary(FunctionType=4)), "transfer-curve"),
    "a hairline": (drawing("0 G 0.1 w 100 400 m 200 400 l S"), "hairline"),
    "a line of no thickness": (drawing("0 G 0 w 100 400 m 200 400 l S"), "hairline"),
    "an area as thin as a hair": (drawing("0 g 100 400 100 0.1 re f"), "hairline"),
    "a line that was scaled down": (
        drawing("q 0.1 0 0 0.1 0 0 cm 1 w 1000 4000 m 2000 4000 l S Q"),
        "hairline",
    ),
    "tiny text": (drawing(f"0 g {lines('4')}"), "small-text"),
    "invisible text": (drawing(f"0 g 3 Tr {lines('11')}"), "invisible-text"),
    "a colour that lacks a number": (drawing("0 0 rg 100 400 20 20 re f"), "malformed-content"),
    "a font that is not there": (drawing("BT /F9 9 Tf () Tj ET"), "missing-resource"),
    "an unembedded font": (unembedded, "font-not-embedded"),
    "a Type 3 font": (drawn_font, "type-3-font"),
    "the ISBN of another edition": (
        drawing("0 g BT /F1 9 Tf 100 400 Td (ISBN 978-3-16-148410-0) Tj ET", page=1),
        "isbn",
    ),
    "a link left in": (linked, "annotation"),
    "bookmarks left in": (outlined, "outline"),
    "a script": (scripted, "javascript"),
    "a file inside of it": (attached, "embedded-file"),
    "an action": (
        in_catalogue("/OpenAction", Dictionary(S=Name.Named, N=Name.Print)),
        "open-action",
    ),
    "a form to fill in": (in_catalogue("/AcroForm", Dictionary(Fields=Array([]))), "form"),
    "layers": (in_catalogue("/OCProperties", Dictionary(OCGs=Array([]))), "layers"),
    "text in the gutter": (
        drawing("0 g BT /F1 11 Tf 20 400 Td (gutter) Tj ET", page=0),
        "gutter",
    ),
    "text in the gutter of a verso": (
        drawing("0 g BT /F1 11 Tf 380 400 Td (gutter) Tj ET", page=1),
        "gutter",
    ),
    "text in the outer margin": (
        drawing("0 g BT /F1 11 Tf 380 400 Td (margin) Tj ET", page=0),
        "margin",
    ),
    "a folio too near to the foot": (drawing("0 g BT /F1 9 Tf 200 20 Td (1) Tj ET"), "margin"),
    "art without bleed": (drawing("0.5 g 0 0 432 648 re f", page=4), "no-bleed"),
    "an odd number of pages": (shortened(23), "odd-pages"),
    "too few pages": (shortened(16), "too-few-pages"),
    "a full last page": (
        drawing("0 g BT /F1 11 Tf 100 400 Td (The end) Tj ET", page=23),
        "last-page-not-blank",
    ),
    "three empty pages in a row": (empty_run, "blank-pages"),
    "a page of another size": (resized, "wrong-size"),
    "a page that begins elsewhere": (shifted, "media-origin"),
    "a page without a trim box": (without("/TrimBox"), "trim-box-missing"),
    "a trim box that is too small": (
        setting_key("/TrimBox", Array([9, 9, 423, 639])),
        "trim-box",
    ),
    "a crop box": (setting_key("/CropBox", Array([0, 0, 432, 640])), "crop-box"),
    "a page that counts otherwise": (setting_key("/UserUnit", 2), "user-unit"),
    "a bleed box beyond the page": (
        setting_key("/BleedBox", Array([-9, -9, 441, 657])),
        "bleed-box",
    ),
    "no output intent": (without_intent, "output-intent"),
    "another PDF/X": (said("/GTS_PDFXVersion", "PDF/X-1a:2003"), "pdf-x"),
    "the output intent of another press": (intent("FOGRA27"), "output-intent"),
    "an output intent for a screen": (intent("FOGRA39", components=3), "output-intent"),
    "a picture that only later versions can unpack": (later_packing, "compression"),
    "a font embedded whole as OpenType": (opentype, "font-kind"),
    "two titles": (two_titles, "pdf-x"),
    "nothing about trapping": (said("/Trapped", "Unknown"), "pdf-x"),
}
"""What is wrong, how it comes to be so, and the check that has to find it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught_by_its_check_and_no_other(fault: str) -> None:
    plant, code = FAULTS[fault]
    assert codes(broken(plant), INGRAM) == {code}


@pytest.mark.parametrize("printer", sorted(set(PRINTERS) - {"bn"}))
def test_a_sound_interior_has_no_finding(printer: str) -> None:
    job = job_for(printer)
    pages = max(24, job.stock.pages.value.least)
    assert codes(saved(interior(job, pages)), job) == set()


def cut_down_font(pdf: pikepdf.Pdf) -> None:
    """The font says that it was cut down."""
    pdf.pages[0].Resources.Font.F1.BaseFont = Name("/ABCDEF+EBGaramond")


def test_part_of_a_font_is_told_where_the_printer_advises_against_it() -> None:
    assert codes(broken(cut_down_font, job_for("kdp")), job_for("kdp")) == {"font-subset"}
    assert codes(broken(cut_down_font), INGRAM) == set()


def test_a_sound_interior_with_bleed_has_no_finding() -> None:
    full_page = drawing("0.5 g 0 0 441 666 re f", page=4)
    assert codes(broken(full_page, BLEEDING), BLEEDING) == set()


def test_art_that_stops_at_the_cut_is_caught() -> None:
    recto = drawing("0.5 g 0 9 432 648 re f", page=4)
    assert codes(broken(recto, BLEEDING), BLEEDING) == {"bleed-short"}


def test_text_in_the_gutter_is_seen_through_art_that_bleeds() -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        add(pdf, "0.5 g 0 0 441 666 re f 1 g BT /F1 11 Tf 20 400 Td (gutter) Tj ET", page=4)

    assert codes(broken(fault, BLEEDING), BLEEDING) == {"gutter"}


def test_margins_go_by_how_many_pages_there_really_are() -> None:
    # 0.4 in from the fold is enough for 24 pages, and too little for 200.
    job = job_for("kdp")
    few, many = interior(job), interior(job, 200)
    for pdf in (few, many):
        add(pdf, "0 g BT /F1 11 Tf 28.8 400 Td (H) Tj ET")
    assert codes(saved(few), job) == set()
    assert codes(saved(many), job) == {"gutter"}


def test_a_book_read_from_right_to_left_is_bound_at_its_other_side() -> None:
    job = replace(INGRAM, right_to_left=True)
    pdf = interior(job)
    add(pdf, "0 g BT /F1 11 Tf 380 400 Td (gutter) Tj ET", page=0)
    assert codes(saved(pdf), job) == {"gutter"}


def test_too_many_pages_are_caught() -> None:
    job = job_for("kdp")
    pdf = interior(job)
    while len(pdf.pages) < 830:
        pdf.pages.append(pdf.pages[20])
    found = codes(saved(pdf), job)
    assert "too-many-pages" in found


def test_a_trim_that_is_not_the_jobs_is_caught_on_every_page() -> None:
    job = replace(INGRAM, trim=trim_called("5.5x8.5"))
    found = examine_interior("interior.pdf", broken(intact), job).findings
    assert [finding.page for finding in found if finding.code == "wrong-size"] == list(range(1, 25))


def test_a_tint_that_is_too_light_is_caught() -> None:
    job = job_for("kdp")
    assert codes(broken(drawing("0.95 g 100 400 20 20 re f"), job), job) == {"light-tint"}


def test_too_much_ink_is_caught_in_an_interior_in_colour() -> None:
    stock = next(s for s in PRINTERS["kdp"].stocks if s.key == "white-premium-colour")
    job = replace(job_for("kdp"), stock=stock)
    assert codes(broken(drawing("0.9 0.9 0.9 0.9 k 100 400 20 20 re f"), job), job) == {"ink-limit"}
    assert codes(broken(drawing("0.5 0.5 0.5 0.5 k 100 400 20 20 re f"), job), job) == set()


def test_a_turned_page_is_caught() -> None:
    assert "rotated" in codes(broken(setting_key("/Rotate", 180, page=4)), INGRAM)


def test_a_later_version_of_pdf_is_caught() -> None:
    data = saved(interior(INGRAM), min_version="1.4", force_version="1.4")
    assert codes(data, INGRAM) == {"pdf-version"}


def test_packed_objects_are_caught() -> None:
    packed = pikepdf.ObjectStreamMode.generate
    data = saved(
        interior(INGRAM), object_stream_mode=packed, min_version="1.5", force_version="1.5"
    )
    assert codes(data.replace(b"%PDF-1.5", b"%PDF-1.3"), INGRAM) == {"object-streams"}


def test_encryption_is_caught() -> None:
    encryption = pikepdf.Encryption(owner="secret", user="", R=2, aes=False, metadata=False)
    data = saved(interior(INGRAM), encryption=encryption)
    assert codes(data, INGRAM) == {"encrypted"}


def test_a_file_that_asks_for_a_password_is_caught() -> None:
    encryption = pikepdf.Encryption(owner="secret", user="secret", R=2, aes=False, metadata=False)
    assert codes(saved(interior(INGRAM), encryption=encryption), INGRAM) == {"encrypted"}


def test_a_damaged_file_is_a_finding_and_no_traceback() -> None:
    assert codes(b"%PDF-1.3 and then nothing", INGRAM) == {"damaged-file"}
    assert codes(b"", INGRAM) == {"damaged-file"}


def test_a_printer_is_not_asked_for_what_it_does_not_forbid() -> None:
    # RGB stands in colour interiors of KDP, and PDF 1.7 as well.
    stock = next(s for s in PRINTERS["kdp"].stocks if s.colour)
    job = replace(job_for("kdp"), stock=stock)
    pages = max(24, stock.pages.value.least)
    pdf = interior(job, pages)
    add(pdf, "0.2 0.4 0.6 rg 100 400 20 20 re f")
    assert codes(saved(pdf, force_version="1.7", min_version="1.7"), job) == set()


def test_words_that_hold_the_place_of_others_are_caught() -> None:
    job = job_for("kdp")
    fault = drawing("0 g BT /F1 9 Tf 100 400 Td (Lorem ipsum dolor) Tj ET")
    assert codes(broken(fault, job), job) == {"placeholder"}


def test_the_isbn_of_this_edition_may_stand_beside_others() -> None:
    both = f"(ISBN {INGRAM.isbn}) Tj T* (ISBN 978-3-16-148410-0)"
    fault = drawing(f"0 g BT /F1 9 Tf 14 TL 100 400 Td {both} Tj ET", page=1)
    assert codes(broken(fault), INGRAM) == set()


def test_a_file_without_pages_is_a_finding() -> None:
    assert codes(saved(pikepdf.new()), INGRAM) == {"damaged-file"}


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_makes_a_traceback(seed: int) -> None:
    data = bytearray(saved(interior(INGRAM)))
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    for _ in range(60):
        data[chance.randrange(len(data))] = chance.randrange(256)
    found = examine_interior("a.pdf", bytes(data), INGRAM).findings
    assert all(finding.what and finding.to_do for finding in found)


def test_a_finding_says_where_what_and_by_whom() -> None:
    (finding,) = examine_interior("a.pdf", broken(with_picture(150)), INGRAM).findings
    assert (finding.code, finding.page, finding.severity) == ("low-resolution", 1, "error")
    assert finding.what == "A picture of 150 × 150 pixels has 150 dots an inch as it is placed."
    assert finding.limit == "300 dots an inch"
    assert finding.to_do == "Use a picture with more pixels, or place it smaller."
    rule = INGRAM.printer.drawing.image_ppi
    assert rule.pedigree in finding.source
    assert str(rule.reviewed) in finding.source


def test_a_finer_picture_is_never_worse_than_a_coarser_one() -> None:
    for name in PRINTERS:
        job = job_for(name)
        found = {
            dots: examine_interior("a.pdf", broken(with_picture(dots), job), job).findings
            for dots in (40, 150, 250)
        }
        told = [[each for each in found[dots] if each.code == "low-resolution"] for dots in found]
        errors = [one.severity is Severity.ERROR for (one,) in told]
        assert errors == sorted(errors, reverse=True), name
        rule = job.printer.drawing.image_ppi
        assert errors[0] == (rule.certainty is not Certainty.UNCONFIRMED and not rule.advice), name


def test_the_same_file_has_the_same_findings_in_the_same_order() -> None:
    data = broken(drawing(f"0 0 0 rg {lines('11')} 1 0 0 RG 0.01 w 9 9 m 99 99 l S"))
    first, second = (examine_interior("a.pdf", data, INGRAM) for _ in range(2))
    assert first == second
    assert len(first.findings) > 3
