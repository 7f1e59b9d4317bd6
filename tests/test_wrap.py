"""The wrap: the cover as one sheet, drawn for printers, and passed by the preflight."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bindery.book import EditedBook
from bindery.errata import Place, Severity, Unprintable
from bindery.house_style import HouseStyle, read_house_style
from bindery.looks import FACES
from bindery.paper import inches, trim_called
from bindery.plates.standards import PROFILE
from bindery.preflight import Job, examine_cover
from bindery.preflight.barcodes import read_barcodes
from bindery.preflight.proofs import Letter, Look, draw
from bindery.printers import PRINTERS, cover
from bindery.production import edit
from bindery.setting import ComposingRoom
from bindery.wrap import Wrap, draw_wrap
from bindery.wrap.inks import Press
from bindery.wrap.lettering import Face, fit_blurb, fit_spine
from tests.conftest import MOMENT

ROOT = Path(__file__).resolve().parent.parent
ISBN = "9780306406157"
TRIM = trim_called("6x9")
THIN, THICK = 60, 300
ASKED = ("kdp", "ingramspark", "lulu", "bn")
PRESSES = ("ingramspark", "bookvault")
"""Printers that want the four inks of a press."""
each_printer = pytest.mark.parametrize("printer", ASKED)


@cache
def house() -> HouseStyle:
    return read_house_style(None)


@cache
def room() -> ComposingRoom:
    return ComposingRoom(house().styles)


@pytest.fixture(scope="module", autouse=True)
def closing() -> Iterator[None]:
    """Let go of the engine's fonts before the interpreter ends."""
    yield
    room.cache_clear()


@cache
def our_edited() -> EditedBook:
    return edit(ROOT / "book").book


def book_with(isbn: str | None = ISBN, **changes: Any) -> EditedBook:
    """Our book with an ISBN, or other changes of what it says of itself."""
    book = our_edited()
    identifiers = replace(book.metadata.identifiers, isbn_print=isbn)
    return replace(book, metadata=replace(book.metadata, identifiers=identifiers, **changes))


def wrap_of(book: EditedBook, printer: str, pages: int, trim: str = "6x9", **more: Any) -> Wrap:
    chosen = PRINTERS[printer]
    return draw_wrap(
        book,
        house(),
        lambda copies: [room().set_in_type(copy) for copy in copies],
        chosen,
        chosen.stocks[0],
        trim_called(trim),
        pages,
        MOMENT,
        generator="Bindery",
        **more,
    )


@cache
def our_wrap(printer: str, pages: int = THICK, isbn: str | None = ISBN) -> Wrap:
    return wrap_of(book_with(isbn), printer, pages)


def found_in(wrap: Wrap, printer: str, pages: int, trim: str = "6x9", isbn: str = ISBN) -> set[str]:
    """The names of the checks that found something."""
    chosen = PRINTERS[printer]
    job = Job(chosen, chosen.stocks[0], trim_called(trim), isbn=isbn)
    return {found.code for found in examine_cover("c.pdf", wrap.data, job, pages).findings}


def letters_on(wrap: Wrap, panel: str) -> list[Letter]:
    """The letters whose middle is on the back, the spine or the front."""
    box = getattr(wrap.sheet, panel)
    (proof,) = draw(wrap.data, Look.COVER)
    middles = [((each.box[0] + each.box[2]) / 2, each) for each in proof.letters]
    return [each for middle, each in middles if float(box.left) < middle < float(box.right)]


def picture_of(wrap: Wrap, scale: float = 1) -> Image.Image:
    document = pypdfium2.PdfDocument(wrap.data)
    try:
        picture: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


@each_printer
@pytest.mark.parametrize("pages", [THIN, THICK])
def test_the_preflight_finds_nothing(printer: str, pages: int) -> None:
    assert found_in(our_wrap(printer, pages), printer, pages) == set()


@each_printer
@pytest.mark.parametrize("pages", [THIN, THICK])
def test_the_sheet_is_as_large_as_the_printer_says(printer: str, pages: int) -> None:
    chosen = PRINTERS[printer]
    sheet = cover(chosen, chosen.stocks[0], TRIM, pages)
    with pikepdf.open(io.BytesIO(our_wrap(printer, pages).data)) as pdf:
        (page,) = pdf.pages
        for name, box in (("Media", sheet.media), ("Bleed", sheet.media), ("Trim", sheet.trim)):
            found = [float(edge) for edge in page.obj[f"/{name}Box"]]
            assert found == pytest.approx(box.as_floats(), abs=0.001)
        assert "/Annots" not in page.obj
        assert "/StructTreeRoot" not in pdf.Root


@pytest.mark.parametrize("trim", ["5x8", "A5", "8.5x11"])
@pytest.mark.parametrize("printer", ["kdp", "lulu"])
def test_other_trims_are_drawn_as_well(printer: str, trim: str) -> None:
    wrap = wrap_of(book_with(), printer, 120, trim)
    assert found_in(wrap, printer, 120, trim) == set()
    assert wrap.queries == ()


@each_printer
def test_the_spine_has_text_only_where_the_printer_allows_it(printer: str) -> None:
    assert letters_on(our_wrap(printer, THIN), "spine") == []
    spine = letters_on(our_wrap(printer), "spine")
    assert "".join(each.sign for each in spine).replace(" ", "").startswith("NationsinPartnership")


@each_printer
def test_spine_text_stands_in_the_middle(printer: str) -> None:
    wrap = our_wrap(printer)
    spine, boxes = wrap.sheet.spine, [each.box for each in letters_on(wrap, "spine")]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    assert (left + right) / 2 == pytest.approx(float(spine.left + spine.right) / 2, abs=1.5)


def test_a_spine_is_read_downwards_in_english_and_upwards_in_german() -> None:
    ways = {}
    for language in ("en-GB", "de"):
        spine = letters_on(wrap_of(book_with(language=language), "kdp", THICK), "spine")
        ways[language] = spine[0].box[1] - spine[6].box[1]
    assert ways["en-GB"] > 0 > ways["de"]


def test_a_long_title_drops_the_names_from_the_spine_and_then_all_of_it() -> None:
    face = Face(house().styles[FACES["serif"]])
    room_, spine = (500.0, 8.0), 16.0
    short = fit_spine(face, "Salt", "Anne Smith", room_, spine)
    longer = fit_spine(face, "Salt and Iron " * 12, "Anne Smith", room_, spine)
    assert short is not None
    assert short.authors == "Anne Smith"
    assert longer is not None
    assert longer.authors == ""
    assert fit_spine(face, "Salt and Iron " * 30, "", room_, spine) is None


@pytest.mark.parametrize("printer", ["kdp", "ingramspark", "lulu"])
def test_the_barcode_is_read_from_the_sheet(printer: str) -> None:
    (reading,) = read_barcodes(our_wrap(printer).data)
    assert (reading.digits, reading.add_on) == (ISBN, "")


@pytest.mark.parametrize("printer", ["kdp", "ingramspark", "lulu"])
def test_a_price_stands_beside_the_barcode(printer: str) -> None:
    wrap = wrap_of(book_with(), printer, THICK, price="52495")
    (reading,) = read_barcodes(wrap.data)
    assert (reading.digits, reading.add_on) == (ISBN, "52495")
    assert found_in(wrap, printer, THICK) == set()


@pytest.mark.parametrize(("printer", "isbn"), [("kdp", None), ("lulu", None), ("bn", ISBN)])
def test_the_area_is_left_white_where_the_cover_brings_no_barcode(
    printer: str, isbn: str | None
) -> None:
    wrap = our_wrap(printer, isbn=isbn)
    spot, height = wrap.sheet.barcode, float(wrap.sheet.media.height)
    assert spot is not None
    left, bottom, right, top = spot.as_floats()
    area = picture_of(wrap).crop((left + 2, height - top + 2, right - 2, height - bottom - 2))
    assert area.getextrema() == ((255, 255),) * 3
    assert not wrap.has_barcode
    assert read_barcodes(wrap.data) == ()


@each_printer
def test_the_ground_goes_on_to_the_edges_of_the_sheet(printer: str) -> None:
    picture = picture_of(our_wrap(printer))
    wide, high = picture.width - 1, picture.height - 1
    places = [(0, 0), (wide, 0), (0, high), (wide, high), (wide // 2, 0), (wide // 2, high)]
    assert len({picture.getpixel(place) for place in places}) == 1
    assert picture.crop((0, 0, 1, 1)).convert("L").tobytes() < b"\x80"


@pytest.mark.parametrize("accent", ["#1f4d45", "#000010", "#7b2d26", "#ff0000", "#0000ff"])
@pytest.mark.parametrize("printer", PRESSES)
def test_no_fill_has_more_ink_than_the_press_takes(printer: str, accent: str) -> None:
    look = replace(our_edited().metadata.look, accent=accent)
    wrap = wrap_of(book_with(look=look), printer, THICK)
    limit = PRINTERS[printer].cover_file.ink_limit.value
    assert {len(inks) for inks in wrap.inks} == {4}
    assert max(sum(inks) for inks in wrap.inks) * 100 <= limit
    assert found_in(wrap, printer, THICK) == set()


@pytest.mark.parametrize("limit", [200, 240, 300])
def test_no_pixel_of_a_picture_has_more_ink_than_the_limit(limit: int) -> None:
    some = bytes(place * place * 7919 // 251 % 256 for place in range(64 * 64 * 3))
    noise = Image.frombytes("RGB", (64, 64), some)
    noise.paste((0, 0, 0), (0, 0, 8, 8))
    inked = Press(house().styles[PROFILE], limit).picture(noise).tobytes()
    most = max(sum(inked[at : at + 4]) for at in range(0, len(inked), 4))
    assert limit - 10 < most / 255 * 100 <= limit


def test_letters_on_a_press_are_paper_or_black_alone() -> None:
    press = Press(house().styles[PROFILE], 240)
    assert press.stroke((0.95, 0.92, 0.85)) == (0, 0, 0, 0)
    assert press.stroke((0, 0, 0)) == (0, 0, 0, 1)
    assert press.stroke((0.1, 0.3, 0.3))[:3] == (0, 0, 0)


@each_printer
def test_the_same_book_makes_the_same_bytes(printer: str) -> None:
    again = wrap_of(book_with(), printer, THICK)
    assert (again.data, again.preview) == (our_wrap(printer).data, our_wrap(printer).preview)


def test_the_preview_shows_the_sheet_with_its_folds() -> None:
    wrap = our_wrap("kdp")
    picture = Image.open(io.BytesIO(wrap.preview)).convert("RGB")
    assert picture.width == pytest.approx(float(wrap.sheet.media.width) / 72 * 100, abs=1)
    fold = round(float(wrap.sheet.spine.left) / 72 * 100)
    assert picture.getpixel((fold, 2)) == (0, 0xA0, 0xE3)


@pytest.mark.parametrize("column", [240, 302, 430])
def test_the_back_has_lines_that_are_read_with_ease(column: float) -> None:
    face, text = Face(house().styles[FACES["serif"]]), our_edited().metadata.paragraphs
    blurb = fit_blurb(face, text, column, 400)
    letter = face.width(text[0]) / len(text[0]) * blurb.size
    assert 45 <= blurb.width / letter <= 60
    assert blurb.left_out == 0


def test_a_description_that_is_too_long_is_queried() -> None:
    wrap = wrap_of(book_with(description="A long word.\n\n" * 60), "kdp", THICK)
    assert [query.code for query in wrap.queries] == ["long-description"]
    assert found_in(wrap, "kdp", THICK) == set()


def test_a_long_title_and_its_subtitle_do_not_meet_on_the_front() -> None:
    title = (
        "The Long and Winding History of Common Things That Ever Were Made, Used and Broken by Us"
    )
    subtitle = "Being a True Account of Their Names, Their Makers, Their Uses and Abuses, with Salt"
    wrap = wrap_of(book_with(title=title, subtitle=subtitle), "kdp", THICK)
    assert found_in(wrap, "kdp", THICK) == set()
    front = [each for each in letters_on(wrap, "front") if each.sign.strip()]
    above = [each.box for each in front[: len(title.replace(" ", ""))]]
    below = [each.box for each in front[len(title.replace(" ", "")) :]]
    assert "".join(each.sign for each in front).startswith(title.replace(" ", ""))
    assert min(box[1] for box in above) > max(box[3] for box in below)


def photograph(width: int, height: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), (10, 60, 90, 200)[: len(mode)]).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("printer", ["kdp", "ingramspark"])
def test_a_picture_fills_the_front_in_the_printers_colours(printer: str, mode: str) -> None:
    wrap = wrap_of(book_with(), printer, THICK, art=photograph(1838, 2775, mode))
    assert wrap.queries == ()
    assert found_in(wrap, printer, THICK) == set()
    picture = picture_of(wrap)
    front = picture.getpixel((picture.width - 2, picture.height // 2))
    assert front != picture.getpixel((2, picture.height // 2))
    assert letters_on(wrap, "front") == []


@pytest.mark.parametrize(
    ("art", "code"),
    [(b"no picture", "cover-art"), (photograph(300, 450), "cover-art-resolution")],
)
def test_a_picture_that_cannot_be_printed_is_queried(art: bytes, code: str) -> None:
    wrap = wrap_of(book_with(), "kdp", THICK, art=art)
    assert [query.code for query in wrap.queries] == [code]


def saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("I;16", "PNG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG")],
)
def test_pictures_of_all_kinds_are_printed(mode: str, kind: str) -> None:
    grey = Image.linear_gradient("L").resize((1838, 2775))
    picture = grey.convert("I").point(lambda tint: tint * 256) if mode == "I;16" else grey
    wrap = wrap_of(book_with(), "kdp", THICK, art=saved(picture.convert(mode), kind))
    assert wrap.queries == ()
    assert found_in(wrap, "kdp", THICK) == set()
    drawn = picture_of(wrap).convert("L")
    column = drawn.crop((drawn.width * 3 // 4, 0, drawn.width * 3 // 4 + 1, drawn.height))
    top, foot = (column.tobytes()[place] for place in (9, -9))
    assert (top < 30, foot > 220) == (True, True)


def test_a_picture_is_turned_as_the_camera_says() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    picture = Image.linear_gradient("L").resize((2775, 1838), Image.Resampling.NEAREST)
    wrap = wrap_of(book_with(), "kdp", THICK, art=saved(picture, "JPEG", exif=turned))
    assert wrap.queries == ()
    drawn = picture_of(wrap).convert("L")
    row = drawn.crop((drawn.width // 2 + 60, 400, drawn.width, 401)).tobytes()
    left, right = row[0], row[-9]
    assert left > right + 100


def test_a_wide_picture_is_cut_to_the_front() -> None:
    wrap = wrap_of(book_with(), "kdp", THICK, art=photograph(4000, 2775))
    assert wrap.queries == ()
    assert found_in(wrap, "kdp", THICK) == set()


@pytest.mark.parametrize(
    ("art", "told"),
    [
        (b"", "neither PNG nor JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither PNG nor JPEG"),
        (saved(Image.new("1", (1, 1)), "GIF"), "neither PNG nor JPEG"),
        (saved(Image.effect_noise((900, 900), 50), "JPEG")[:20_000], "damaged"),
        (saved(Image.effect_noise((900, 900), 50), "PNG")[:20_000], "damaged"),
        (saved(Image.new("1", (14_000, 14_000)), "PNG"), "more pixels"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told_with_its_place(art: bytes, told: str) -> None:
    place = Place("book.toml", 7)
    wrap = wrap_of(book_with(), "kdp", THICK, art=art, art_place=place)
    (query,) = wrap.queries
    assert (query.code, query.place, query.severity) == ("cover-art", place, Severity.ERROR)
    assert told in query.message
    assert "wrap-art" not in str(wrap.data)


def test_a_price_that_is_none_is_queried_and_left_out() -> None:
    wrap = wrap_of(book_with(), "kdp", THICK, price="$24.95")
    assert [query.code for query in wrap.queries] == ["cover-price"]
    assert [reading.add_on for reading in read_barcodes(wrap.data)] == [""]


def test_a_book_in_arabic_has_its_front_at_the_left() -> None:
    book = book_with(language="ar", title="كتاب", subtitle="", description="الملح قديم.")
    wrap = wrap_of(book, "kdp", THICK)
    assert wrap.sheet.front.left < wrap.sheet.back.left
    chosen = PRINTERS["kdp"]
    job = Job(chosen, chosen.stocks[0], TRIM, right_to_left=True, isbn=ISBN)
    assert examine_cover("c.pdf", wrap.data, job, THICK).findings == ()


@pytest.mark.parametrize("printer", ASKED)
def test_a_spine_in_arabic_is_read_from_the_head_and_keeps_clear(printer: str) -> None:
    people = replace(book_with().metadata.contributors[0], name="آن")
    words = {"language": "ar", "title": "كتاب الأشياء", "subtitle": "", "publisher": "دار النشر"}
    book = book_with(**words, contributors=(people,), description="الملح قديم.")
    wrap = wrap_of(book, printer, THICK)
    assert wrap.queries == ()
    chosen = PRINTERS[printer]
    job = Job(chosen, chosen.stocks[0], TRIM, right_to_left=True, isbn=ISBN)
    assert examine_cover("c.pdf", wrap.data, job, THICK).findings == ()
    middle = float(wrap.sheet.spine.left + wrap.sheet.spine.right) / 2
    heights = {
        letter.sign: letter.box[3]
        for letter in letters_on(wrap, "spine")
        if abs((letter.box[0] + letter.box[2]) / 2 - middle) < 20
    }
    assert heights["ك"] > heights["ب"] > heights["ن"]


def test_a_spine_from_the_printers_own_template_goes_before_the_rule() -> None:
    wrap = wrap_of(book_with(), "kdp", THICK, spine=inches("0.7"))
    assert wrap.sheet.spine_width == inches("0.7")


def test_a_paper_of_unknown_thickness_is_refused() -> None:
    ingram = PRINTERS["ingramspark"]
    stock = next(stock for stock in ingram.stocks if stock.spine.value is None)
    book, values = book_with(), (stock, TRIM, THICK, MOMENT)
    with pytest.raises(Unprintable) as refused:
        draw_wrap(book, house(), lambda _: [], ingram, *values, generator="Bindery")
    assert [query.code for query in refused.value.queries] == ["unknown-spine"]
