"""Interiors for printers: black alone, away from the spine, and else as on the screen."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageDraw

from bindery.book import EditedBook
from bindery.editions.print_pdf import PROFILE, Interior, interior, without_cover
from bindery.errata import Query, Severity
from bindery.house_style import HouseStyle, read_house_style
from bindery.imposition import Words, impose
from bindery.pagination import SetBook, paginate
from bindery.paper import Side
from bindery.plates.ink_boxes import ink_boxes
from bindery.plates.proofs import NOTICED, SPECK
from bindery.printers import PRINTERS, PdfKind, Printer, gutter, stock_for
from bindery.setting import ComposingRoom
from tests import validators
from tests.conftest import MOMENT
from tests.specimen import dedented, edited, write_book

DPI = 100
WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 9
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><defs><linearGradient id="g">'
    '<stop offset="0" stop-color="#c00"/><stop offset="1" stop-color="#fd8"/></linearGradient>'
    '</defs><rect width="90" height="18" fill="url(#g)"/><g opacity=".5">'
    '<rect y="20" width="30" height="20" fill="#036"/></g><text x="60" y="35" font-size="9" '
    'text-anchor="middle" font-family="EB Garamond" fill="#484">Zx 7</text></svg>'
)
SALT = f"""
    # Of *salt*

    Salt, and see [iron](iron.md#rust).[^a]

    ![A photograph](../images/field.jpg "A field.")

    ![A ring on nothing](../images/ring.png "A ring.")

    ![A drawing](../images/drawing.svg "A drawing.")

    | Kind | Mass |
    |:--|--:|
    | Sea | 1 |

    ```python
    if a < b:  # coloured
        print("salt")
    ```

    {WORDS}

    [^a]: A note with [a link](https://example.org/).
    """
IRON = f"# Of iron\n\n{WORDS}\n\n## Rust {{#rust}}\n\n<!--ix: rust-->{WORDS}\n"


def photograph() -> bytes:
    out = io.BytesIO()
    ramps = Image.linear_gradient("L").resize((240, 160)), Image.new("L", (240, 160), 90)
    Image.merge("RGB", (ramps[0], ramps[1], ramps[0].rotate(180))).save(out, "JPEG", quality=90)
    return out.getvalue()


def ring() -> bytes:
    """A red ring whose middle and surroundings are transparent."""
    out = io.BytesIO()
    picture = Image.new("RGBA", (160, 160), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, 140, 140), outline=(220, 30, 30, 255), width=30)
    picture.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True)
class Specimen:
    """A book in pages, with what its editions need."""

    book: EditedBook
    set_book: SetBook
    programs: Mapping[str, bytes]
    house: HouseStyle

    def made_for(self, printer: Printer, **more: Any) -> Interior:
        """Its interior for a printer."""
        return interior(
            self.set_book,
            self.programs,
            self.book.metadata,
            printer,
            stock_for(printer, "", 100),
            MOMENT,
            profile=self.house.styles[PROFILE],
            generator="Bindery",
            sources={chapter.slug: chapter.file for chapter in self.book.chapters},
            **more,
        )

    def screen(self) -> bytes:
        """Its PDF for the screen."""
        words = Words("Page {number}", "Cover")
        metadata = self.book.metadata
        return impose(self.set_book, self.programs, metadata, words, MOMENT, "Bindery")


def specimen(folder: Path, files: Mapping[str, str | bytes], toml: str | None = None) -> Specimen:
    written = {k: dedented(v) if isinstance(v, str) else v for k, v in files.items()}
    path = write_book(folder, written, *([toml] if toml else []))
    house = read_house_style(path)
    book = edited(path)
    styles = house.files_of("print.css")
    room = ComposingRoom(styles)
    pictures = {picture.path: picture.data for picture in book.pictures}
    found = paginate(book, house, pictures, lambda cs: [room.set_in_type(copy) for copy in cs])
    programs = {hashlib.sha256(data).hexdigest(): data for data in styles.values()}
    for pages in found.all_pages():
        programs |= pages.programs
    return Specimen(book, found, programs, house)


FILES: dict[str, str | bytes] = {
    "essays/salt.md": SALT,
    "essays/iron.md": IRON,
    "images/field.jpg": photograph(),
    "images/ring.png": ring(),
    "images/drawing.svg": DRAWING,
}


@pytest.fixture(scope="module")
def salt(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    return specimen(tmp_path_factory.mktemp("salt"), FILES)


@pytest.fixture(scope="module")
def made(salt: Specimen) -> Callable[[str], Interior]:
    """The interior for a printer, by its key."""
    return cache(lambda key: salt.made_for(PRINTERS[key]))


each_printer = pytest.mark.parametrize("key", PRINTERS)


def opened(found: Interior) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(found.data))


def content_of(holder: Any) -> list[tuple[str, list[Any]]]:
    """Every operator of a page or form, with those of the forms and patterns that it names."""
    found = []
    instructions: Any = pikepdf.parse_content_stream(holder)
    found += [(str(operator), list(operands)) for operands, operator in instructions]
    resources = (holder.obj if isinstance(holder, pikepdf.Page) else holder).Resources
    for kind in ("/XObject", "/Pattern"):
        for thing in resources.get(kind, Dictionary()).values():
            if isinstance(thing, Stream) and thing.get("/Subtype") != Name.Image:
                found += content_of(thing)
    return found


# Colours


@each_printer
def test_nothing_is_left_but_black(key: str, made: Callable[[str], Interior]) -> None:
    with opened(made(key)) as pdf:
        names = {name for page in pdf.pages for name, _ in content_of(page)}
        assert {"g", "Do", "sh", "TJ"} <= names, "the book has text, pictures and gradients"
        assert not names & {"rg", "RG", "k", "K", "sc", "SC", "gs", "BDC", "BMC", "INLINE IMAGE"}
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | Stream):
                assert not set(thing.keys()) & {"/SMask", "/Group", "/Interpolate", "/ca", "/CA"}
                assert thing.get("/ColorSpace", Name.DeviceGray) in (Name.DeviceGray, Dictionary())


@each_printer
def test_text_is_full_black(key: str, made: Callable[[str], Interior]) -> None:
    """But for letters in drawings, the coloured words of code, and nothing else."""
    inks: dict[float, int] = {}
    with opened(made(key)) as pdf:
        for page in pdf.pages:
            grey = 0.0
            for name, operands in content_of(page):
                grey = float(operands[0]) if name == "g" else grey
                inks[grey] = inks.get(grey, 0) + (name == "TJ")
    assert inks[0.0] > 0.9 * sum(inks.values())
    assert not [grey for grey in inks if 0 < grey < 0.02], "a black that is not full"


@each_printer
def test_ghostscript_finds_black_ink_alone(
    key: str, made: Callable[[str], Interior], tmp_path: Path
) -> None:
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        pytest.skip("Ghostscript is missing")
    path = tmp_path / "interior.pdf"
    path.write_bytes(made(key).data)
    command = [ghostscript, "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", str(path)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    said = run.stdout + run.stderr
    assert "Error" not in said, said
    inks = [tuple(map(float, line.split()[:4])) for line in said.splitlines() if "CMYK" in line]
    assert len(inks) == made(key).pages
    assert {ink[:3] for ink in inks} == {(0.0, 0.0, 0.0)}
    assert any(ink[3] for ink in inks)


@each_printer
def test_every_page_looks_as_on_the_screen_but_moved(
    key: str, made: Callable[[str], Interior], salt: Specimen
) -> None:
    """A window that moves with the page shows the same, point by point, but for its colours."""
    found = made(key)
    with opened(found) as pdf:
        for page, laid in zip(pdf.pages, found.laid.pages, strict=True):
            trim = laid.boxes.trim
            left, foot = float(trim.left + laid.right), float(trim.bottom - laid.down)
            window = [left, foot, left + float(trim.width), foot + float(trim.height)]
            page.obj.MediaBox = Array(window)
            del page.obj.TrimBox, page.obj.BleedBox
        out = io.BytesIO()
        pdf.save(out)
    screen, press = pypdfium2.PdfDocument(salt.screen()), pypdfium2.PdfDocument(out.getvalue())
    try:
        assert len(screen) == found.set_pages + 1, "the screen has a cover"
        for place in range(found.set_pages):
            before, after = (
                document[number].render(scale=DPI / 72).to_pil().convert("RGB")
                for document, number in ((screen, place + 1), (press, place))
            )
            assert before.size == after.size
            grey = before.convert("L", (0.2126, 0.7152, 0.0722, 0))
            apart = ImageChops.difference(grey, after.convert("L")).histogram()
            seen = sum(apart[NOTICED + 1 :]) / (before.width * before.height)
            assert seen < SPECK, f"page {place + 1} differs"
    finally:
        screen.close()
        press.close()


def test_pictures_are_grey_and_lie_on_white(made: Callable[[str], Interior]) -> None:
    with opened(made("kdp")) as pdf:
        pictures = {
            str(thing.get("/Filter")): pikepdf.PdfImage(thing).as_pil_image()
            for thing in pdf.objects
            if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Image
        }
    assert sorted(pictures) == ["/DCTDecode", "/FlateDecode"]
    assert {picture.mode for picture in pictures.values()} == {"L"}
    drawn = pictures["/FlateDecode"]
    assert drawn.getpixel((2, 2)) == drawn.getpixel((80, 80)) == 255
    red = round(0.2126 * 220 + (0.7152 + 0.0722) * 30)
    assert drawn.getpixel((80, 30)) == pytest.approx(red, abs=1)


# Pages


@each_printer
def test_pages_come_in_pairs_and_begin_with_a_recto(
    key: str, made: Callable[[str], Interior], salt: Specimen
) -> None:
    found = made(key)
    leaves = without_cover(salt.set_book).pagination.leaves
    assert found.set_pages == len(leaves) == len(salt.set_book.pagination.leaves) - 1
    assert found.pages % PRINTERS[key].page_count.multiple.value == 0
    assert found.pages - found.set_pages <= 2
    assert str(leaves[0].folio) == "i"
    assert [page.boxes.side for page in found.laid.pages[:2]] == [Side.RECTO, Side.VERSO]
    with opened(found) as pdf:
        assert len(pdf.pages) == found.pages
        assert len({page.obj.objgen for page in pdf.pages}) == found.pages


def test_the_last_page_is_blank_where_a_barcode_goes_there(
    made: Callable[[str], Interior],
) -> None:
    found = made("ingramspark")
    blank = [ink is None for ink in ink_boxes(found.data)]
    assert blank[-1]
    assert not blank[found.set_pages - 1]
    with opened(found) as pdf:
        assert content_of(pdf.pages[-1]) == []


@each_printer
def test_no_ink_is_nearer_to_the_spine_than_the_gutter_allows(
    key: str, made: Callable[[str], Interior]
) -> None:
    found = made(key)
    wanted = gutter(PRINTERS[key], found.pages)
    assert found.laid.margins.inside == wanted
    for page, ink in zip(found.laid.pages, ink_boxes(found.data), strict=True):
        if ink is not None:
            trim = page.boxes.trim
            recto = page.boxes.side is Side.RECTO
            assert (ink.left - trim.left if recto else trim.right - ink.right) >= wanted


def test_rectos_move_right_and_versos_left_by_the_same(made: Callable[[str], Interior]) -> None:
    found = made("bookvault")
    assert found.laid.shift > 0, "20 mm are more than the styles have"
    moved = [page.right for page in found.laid.pages]
    assert moved[0::2] == [found.laid.shift] * len(moved[0::2])
    assert moved[1::2] == [-found.laid.shift] * len(moved[1::2])


@each_printer
def test_boxes_are_the_trim_and_begin_at_nought(key: str, made: Callable[[str], Interior]) -> None:
    with opened(made(key)) as pdf:
        for page in pdf.pages:
            assert [float(n) for n in page.mediabox] == [0, 0, 396, 612]
            assert list(page.obj.TrimBox) == list(page.obj.BleedBox) == list(page.obj.MediaBox)
            assert set(page.obj.keys()) == {
                *("/Type", "/Parent", "/MediaBox", "/TrimBox", "/BleedBox"),
                *("/Contents", "/Resources"),
            }


def test_a_bleed_is_put_around_when_it_is_wanted(salt: Specimen) -> None:
    found = salt.made_for(PRINTERS["lulu"], bleeds=True)
    assert found.laid.bleeds
    with opened(found) as pdf:
        for page in pdf.pages:
            assert [float(n) for n in page.mediabox] == [0, 0, 414, 630]
            assert [float(n) for n in page.trimbox] == [9, 9, 405, 621]


# What the file is


@each_printer
def test_a_printer_gets_the_kind_of_file_that_it_takes(
    key: str, made: Callable[[str], Interior], tmp_path: Path
) -> None:
    rules = PRINTERS[key].interior
    path = tmp_path / "interior.pdf"
    path.write_bytes(made(key).data)
    assert validators.qpdf_check(path) == []
    with pikepdf.open(path) as pdf:
        root = set(pdf.Root.keys()) - {"/Type", "/Pages"}
        if rules.kind.value is PdfKind.PLAIN:
            assert not root
        else:
            assert root - {"/Metadata"} == {"/OutputIntents"}
        if rules.version.value:
            assert pdf.pdf_version == rules.version.value


@each_printer
def test_every_font_is_embedded_once(key: str, made: Callable[[str], Interior]) -> None:
    with opened(made(key)) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type0
        ]
        names = [str(font.BaseFont) for font in fonts]
        assert names
        assert len(names) == len(set(names))
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert "/ToUnicode" in font


@each_printer
def test_the_same_book_makes_the_same_bytes(
    key: str, made: Callable[[str], Interior], salt: Specimen
) -> None:
    assert salt.made_for(PRINTERS[key]).data == made(key).data


def test_the_archive_of_pdf_a_takes_it(made: Callable[[str], Interior]) -> None:
    pytest.importorskip("jsonschema", reason="pikepdf[pdfa] is missing")
    from pikepdf.pdfa import validate_written

    report = validate_written(io.BytesIO(made("bn").data), "1b")
    unknown = [found.where for found in report.findings if found.kind == "unsupported"]
    assert [found for found in report.findings if found.kind != "unsupported"] == []
    assert all("Pattern" in where or "FormXObject" in where for where in unknown), unknown


# Queries


def codes(queries: tuple[Query, ...]) -> list[tuple[str, str, Severity]]:
    return [(query.code, query.place.file, query.severity) for query in queries]


@each_printer
def test_a_book_of_ours_raises_no_query(key: str, made: Callable[[str], Interior]) -> None:
    assert not made(key).queries, made(key).queries


def test_a_book_that_is_read_from_the_right_is_bound_there(tmp_path: Path) -> None:
    toml = 'title = "كتاب"\nlanguage = "ar"\n'
    book = specimen(tmp_path / "arabic", {"essays/a.md": "# ملح\n\nالملح قديم.\n"}, toml)
    found = book.made_for(PRINTERS["bookvault"])
    wanted = gutter(PRINTERS["bookvault"], found.pages)
    for number, (page, ink) in enumerate(
        zip(found.laid.pages, ink_boxes(found.data), strict=True), start=1
    ):
        if ink is not None:
            trim = page.boxes.trim
            inside = trim.right - ink.right if number % 2 else ink.left - trim.left
            assert inside >= wanted


@pytest.mark.parametrize(("bleed", "said"), [("9pt", []), ("4pt", [Severity.WARNING])])
def test_a_page_up_to_the_edge_makes_a_file_with_bleed(
    bleed: str, said: list[Severity], tmp_path: Path
) -> None:
    css = read_house_style().styles["print.css"].decode()
    css += f"@page half {{ bleed: {bleed}; background: #888 }} .half-title {{ page: half }}"
    files = {"essays/salt.md": f"# Salt\n\n{WORDS}\n", "styles/print.css": css}
    book = specimen(tmp_path / "full", files)
    found = book.made_for(PRINTERS["bookvault"])
    assert found.laid.bleeding
    assert found.laid.shift > 0
    edges = [float(length) for length in found.laid.pages[0].boxes.media.as_floats()]
    assert edges == pytest.approx([0, 0, 396 + 17.0079, 612 + 17.0079], abs=0.001)
    place = found.laid.bleeding[0]
    assert found.laid.pages[place].right == found.laid.pages[place].down == 0
    ink = ink_boxes(found.data)[place]
    assert ink is not None
    assert (ink.left <= 0.5 and ink.right >= 412) == (not said)
    assert [query.severity for query in found.queries if query.code == "page-bleed"] == said


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    """A book whose styles do what a press does not like."""
    css = read_house_style().styles["print.css"].decode()
    css += """
        @page :left { margin-right: 20pt; margin-left: 12pt }
        @page :right { margin-left: 20pt; margin-right: 12pt }
        blockquote { background: linear-gradient(rgba(200, 0, 0, .2), rgba(0, 0, 200, .9)) }
        """
    text = f"# Odd\n\n> Ye are the salt.\n\n{WORDS}\n"
    files = {"essays/odd.md": text, "styles/print.css": css}
    return specimen(tmp_path_factory.mktemp("odd"), files)


def test_margins_that_cannot_both_be_kept_are_reported(odd: Specimen) -> None:
    found = odd.made_for(PRINTERS["kdp"])
    (query,) = [query for query in found.queries if query.code == "press-margin"]
    assert query.severity is Severity.ERROR
    assert query.place.file == "styles/print.css"
    assert "outside edge" in query.message
    assert "pt are missing although all pages moved" in query.message
    (short,) = found.laid.shortages
    assert short.edge == "outside"
    assert 10 < short.by < 25


def test_what_cannot_be_printed_as_seen_is_reported(odd: Specimen) -> None:
    found = odd.made_for(PRINTERS["kdp"])
    (query,) = [query for query in found.queries if query.code == "press-look"]
    assert codes((query,)) == [("press-look", "essays/odd.md", Severity.ERROR)]
    assert "soft mask" in query.message
    assert query.message.startswith("Page 1 is ")


def test_black_on_a_stock_for_colours_is_reported(salt: Specimen) -> None:
    kdp = PRINTERS["kdp"]
    colour = next(stock for stock in kdp.stocks if stock.colour)
    found = interior(
        salt.set_book,
        salt.programs,
        salt.book.metadata,
        replace(kdp, stocks=(colour,)),
        colour,
        MOMENT,
        profile=b"",
        generator="Bindery",
    )
    assert codes(found.queries) == [("press-ink", "book.toml", Severity.WARNING)]
