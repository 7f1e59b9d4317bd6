"""Files for a printer, written by hand: a sound interior and a sound cover, and ways to break them.

The interior is 6 × 9 inches, text and pictures in grey; the cover is its wrap, in CMYK.  A fault
is a function that changes one thing in an open PDF.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from bindery import barcode
from bindery.font_subsets import cut_down
from bindery.paper import CoverSheet, trim_called
from bindery.preflight import Job
from bindery.printers import PRINTERS

FONT = Path(__file__).resolve().parent.parent / "styles" / "fonts" / "EBGaramond-Regular.ttf"
ASCII = "".join(map(chr, range(32, 127)))
ISBN = "978-0-306-40615-7"
TRIM = trim_called("6x9")
STAMP = datetime.datetime(2026, 11, 21, 12, 30, tzinfo=datetime.UTC).strftime("D:%Y%m%d%H%M%SZ")
INTERIOR_PAGES = 24
COVER_PAGES = 200
PIXELS = 300
"""Of the picture in the interior, which is an inch wide."""

Fault = Callable[[pikepdf.Pdf], None]


def job_for(printer: str, isbn: str = ISBN, *, bleeds: bool = False) -> Job:
    """A print job in the first of a printer's papers, 6 × 9 inches."""
    chosen = PRINTERS[printer]
    return Job(chosen, chosen.stocks[0], TRIM, bleeds=bleeds, isbn=isbn)


def intact(_pdf: pikepdf.Pdf) -> None:
    """The fault that is none."""


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a file for PDF/X-1a, unless options say otherwise."""
    chosen = {
        "min_version": "1.3",
        "force_version": "1.3",
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        "deterministic_id": "encryption" not in options,
        **options,
    }
    out = io.BytesIO()
    pdf.save(out, **chosen)
    return out.getvalue()


# The interior


def interior(job: Job, pages: int = INTERIOR_PAGES) -> pikepdf.Pdf:
    """A sound interior: text, a rule, a tint, a picture; its last page is empty."""
    pdf = pikepdf.new()
    fonts, picture = Dictionary(F1=embedded_font(pdf)), grey_picture(pdf, PIXELS)
    for number in range(1, pages + 1):
        boxes = job.page(number, pages)
        resources = Dictionary(Font=fonts, XObject=Dictionary(P1=picture))
        left = float(boxes.trim.left)
        text = b"" if number == pages else page_content(number, left)
        media, trim = (Array(map(float, box.as_floats())) for box in (boxes.media, boxes.trim))
        page = Dictionary(
            Type=Name.Page,
            MediaBox=media,
            BleedBox=media,
            TrimBox=trim,
            Resources=resources,
            Contents=pdf.make_stream(text),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    describe(pdf)
    return pdf


def page_content(number: int, left: float) -> bytes:
    """A page on which everything is as it should be."""
    lines = [f"{left + 72:g} {560 - 20 * line:g} Td" for line in range(1)]
    picture = f"q 72 0 0 72 {left + 150:g} 300 cm /P1 Do Q" if number == 3 else ""
    return f"""
        0 g BT /F1 11 Tf {lines[0]} 14 TL (Of good print, page {number}.) Tj T*
        (It has nothing that a printer could mind.) Tj ET
        0.8 g {left + 72:g} 200 100 20 re f
        0 G 0.5 w {left + 72:g} 100 m {left + 360:g} 100 l S
        0.5 g BT /F1 9 Tf {left + 200:g} 60 Td ({number}) Tj ET
        {picture}
        """.encode("ascii")


def embedded_font(pdf: pikepdf.Pdf) -> Object:
    """A font of the house, in the file."""
    program, widths = font_program()
    stream = Stream(pdf, program)
    stream.Length1 = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/EBGaramond"),
        Flags=32,
        FontBBox=Array([-200, -300, 1200, 1000]),
        ItalicAngle=0,
        Ascent=1007,
        Descent=-298,
        CapHeight=650,
        StemV=80,
        FontFile2=pdf.make_indirect(stream),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/EBGaramond"),
        FirstChar=32,
        LastChar=126,
        Widths=Array(widths),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(font)


@cache
def font_program() -> tuple[bytes, tuple[int, ...]]:
    """The letters of ASCII, and their widths in thousandths."""
    program = cut_down(FONT.read_bytes(), ASCII)
    font = TTFont(io.BytesIO(program))
    names, units = font.getBestCmap(), font["head"].unitsPerEm
    widths = tuple(round(font["hmtx"][names[ord(sign)]][0] * 1000 / units) for sign in ASCII)
    return program, widths


def grey_picture(pdf: pikepdf.Pdf, pixels: int, **more: object) -> Stream:
    """A square picture, all of it in one grey."""
    stream = Stream(pdf, b"\x66" * pixels * pixels)
    about = {"Width": pixels, "Height": pixels, "ColorSpace": Name.DeviceGray} | more
    about |= {"Type": Name.XObject, "Subtype": Name.Image, "BitsPerComponent": 8}
    for key, value in about.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def describe(pdf: pikepdf.Pdf) -> None:
    """What a PDF/X-1a:2001 says of itself, and for which press it is meant."""
    info = {
        "Title": "Good Print",
        "CreationDate": STAMP,
        "ModDate": STAMP,
        "GTS_PDFXVersion": "PDF/X-1:2001",
        "GTS_PDFXConformance": "PDF/X-1a:2001",
    }
    said = {f"/{key}": String(value) for key, value in info.items()}
    pdf.docinfo = pdf.make_indirect(Dictionary(said | {"/Trapped": Name("/False")}))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"),
    )
    pdf.Root.OutputIntents = Array([intent])


# The cover


def cover(job: Job, pages: int = COVER_PAGES, *, spine_text: bool = True) -> pikepdf.Pdf:
    """A sound cover: green to the edges, title, spine and blurb in white, barcode in its place."""
    pdf, sheet = pikepdf.new(), job.cover(pages)
    resources = Dictionary(Font=Dictionary(F1=embedded_font(pdf)))
    content = cover_content(sheet, spine_text=spine_text) + barcode_content(sheet, job)
    media, trim = (Array(map(float, box.as_floats())) for box in (sheet.media, sheet.trim))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=media,
        BleedBox=media,
        TrimBox=trim,
        Resources=resources,
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    describe(pdf)
    return pdf


def cover_content(sheet: CoverSheet, *, spine_text: bool) -> bytes:
    """Everything but the barcode."""
    width, height = float(sheet.media.width), float(sheet.media.height)
    front, back = float(sheet.front.left) + 60, float(sheet.back.left) + 60
    # A capital of this size is as high as half of the spine, and stands in its middle.
    size = float(sheet.spine_width) * 0.5 / 0.65
    middle = float(sheet.spine.left) + float(sheet.spine_width) * 0.25
    spine = f"BT /F1 {size:.2f} Tf 0 -1 1 0 {middle:.3f} 500 Tm (GOOD PRINT) Tj ET"
    return f"""
        0.6 0.2 0.5 0.4 k 0 0 {width:g} {height:g} re f
        0 0 0 0 k
        BT /F1 40 Tf {front:g} 450 Td (Good Print) Tj ET
        BT /F1 12 Tf {back:g} 500 Td (What a printer takes at the first upload.) Tj ET
        {spine if spine_text else ""}
        """.encode("ascii")


def barcode_content(
    sheet: CoverSheet, job: Job, isbn: str = "", scale: Fraction | None = None
) -> bytes:
    """The barcode in the middle of its area; nothing, for a book without an ISBN."""
    digits = isbn or job.digits
    if not digits or sheet.barcode is None:
        return b""
    chosen = scale or barcode.fit(sheet.barcode) or Fraction(4, 5)
    symbol, spot = barcode.draw(digits, scale=chosen), sheet.barcode
    left = spot.left + (spot.width - symbol.area.width) / 2
    bottom = spot.bottom + (spot.height - symbol.area.height) / 2
    return barcode.as_operators(symbol, left, bottom)


# Faults


def add(pdf: pikepdf.Pdf, content: str, page: int = 0) -> None:
    """Draw something more on a page, counted from 0."""
    contents_of(pdf, page).write(read(pdf, page) + b"\n" + content.encode("ascii"))


def change(pdf: pikepdf.Pdf, old: str, new: str, page: int = 0) -> None:
    """Change what is drawn on a page; AssertionError when it is not there just once."""
    content = read(pdf, page)
    assert content.count(old.encode()) == 1, (old, content.count(old.encode()))
    contents_of(pdf, page).write(content.replace(old.encode(), new.encode()))


def read(pdf: pikepdf.Pdf, page: int = 0) -> bytes:
    """What is drawn on a page."""
    return contents_of(pdf, page).read_bytes()


def contents_of(pdf: pikepdf.Pdf, page: int) -> Stream:
    contents = pdf.pages[page].obj.Contents
    assert isinstance(contents, Stream)
    return contents


def resource(pdf: pikepdf.Pdf, category: str, name: str, value: Object, page: int = 0) -> None:
    """Give a page something that its content can name."""
    resources = pdf.pages[page].obj.Resources
    if f"/{category}" not in resources:
        resources[f"/{category}"] = Dictionary()
    resources[f"/{category}"][f"/{name}"] = value
