"""Looks: other trims, large print and a sans of the same book, as real pages."""

from __future__ import annotations

import ctypes
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from bindery.book import EditedBook
from bindery.editions.print_pdf import PROFILE, interior
from bindery.house_style import HouseStyle, read_house_style
from bindery.looks import (
    ACROSS,
    CLEAR,
    FACES,
    FEWEST,
    LETTERS,
    MOST,
    PARTS,
    dress,
    lay_out,
    most_columns,
)
from bindery.metadata import Look
from bindery.pagination import SetBook, paginate
from bindery.paper import trim_called
from bindery.printers import PRINTERS, stock_for
from bindery.set_pages import Copy, SetPages
from bindery.setting import ComposingRoom
from bindery.typefaces import read_typefaces
from bindery.wrap import Wrap, draw_wrap
from tests.conftest import MOMENT, imposed
from tests.reading import PrintedBook
from tests.specimen import dedented, edited, write_book

HOUSE = read_house_style()
WORDS = (
    "Salt is older than any word for it, and it has outlived most of the nations that taxed "
    "its carriage; administrators and extraordinarily patient merchants alike. "
)
SALT = f"""
    ---
    summary: What salt is.
    ---

    # Salt and the administration of distant provinces

    > Ye are the salt of the earth: but if the salt have lost his savour, what then?
    >
    > — Matthew 5:13

    ## A history in outline

    {WORDS * 5}[^one]

    ## Where it is found

    {WORDS * 4}<!--ix: salt > found in mountains-->

    > {WORDS}

    - sea salt
    - rock salt <!--ix: rock salt > of the hills and of the mountains-->

    ### In the sea

    {WORDS * 3}<!--ix: sea-->

    | Kind | Mass of it in a year | Where |
    |:--|--:|:--|
    | Sea | 1 | `shore` |
    | Rock | 22 | hills |

    Table: Kinds of salt. {{#tab-kinds}}

    ```python
    if sea < rock: print("salt")
    ```

    {WORDS * 9}<!--ix: nations that taxed salt-->

    [^one]: A note of some length about the carriage of salt, with `code` in it and *italics*.
    """
IRON = "# Iron\n\n" + "\n\n".join(
    [
        f"{WORDS * 6}[^n]",
        f"## Rust\n\n{WORDS * 5}<!--ix: iron > rust of-->",
        f"{WORDS * 7}",
        "- one\n- two",
        f"{WORDS * 12}<!--ix: merchants-->",
        "[^n]: A note.",
    ]
)
PLAIN = "# Tin\n\n" + "\n\n".join([WORDS * n for n in (3, 5, 2, 9, 4, 8, 9, 3, 9)])
FILES: dict[str, str | bytes] = {
    "front/preface.md": f"# Preface\n\n{WORDS * 2}\n",
    "essays/salt.md": dedented(SALT),
    "essays/iron.md": IRON,
    "essays/tin.md": PLAIN,
}
TOML = 'title = "Salt and Iron"\nsubtitle = "Two Essays on What Lasts"\npublisher = "Bindery"\n'
TOML += f'description = """{WORDS * 3}\n\n{WORDS * 2}"""\n'
TOML += '[[contributors]]\nname = "Anne O\'Hara"\n[identifiers]\nisbn_print = "9780306406157"\n'

TRIMS = ("5x8", "5.5x8.5", "6x9", "6.14x9.21", "A5", "7x10")
LARGE = Look(trim="6x9", size=16, typeface="sans", alignment="ragged")
LOOKS = {
    **{trim: Look(trim=trim) for trim in TRIMS},
    "sans": Look(typeface="sans"),
    "small": Look(trim="5x8", size=9.5),
    "large print": LARGE,
    "large serif": Look(trim="5.5x8.5", size=16),
    "larger": Look(trim="7x10", size=18, alignment="ragged", composition="engine"),
}
each_look = pytest.mark.parametrize("name", LOOKS)
SLACK = 0.1
"""Points that rounding may take."""
OVERHANG = 8
"""Points by which a letter's ink may hang out of the measure."""


@dataclass(frozen=True)
class Run:
    """A piece of text as it was painted."""

    text: str
    left: float
    baseline: float
    right: float
    size: float
    weight: int
    family: str


@dataclass(frozen=True)
class Made:
    """The specimen in a look."""

    book: EditedBook
    house: HouseStyle
    set_book: SetBook
    printed: PrintedBook

    def pages_of(self, galley: str) -> list[int]:
        """Places of a galley's pages, counted from 0."""
        leaves = self.set_book.pagination.leaves
        return [place for place, leaf in enumerate(leaves) if leaf.galley == galley]


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> EditedBook:
    return edited(write_book(tmp_path_factory.mktemp("salt"), FILES, TOML))


@pytest.fixture(scope="module")
def made(specimen: EditedBook) -> Any:
    """The specimen in the look of a name."""
    return cache(lambda name: in_look(specimen, LOOKS[name]))


def in_look(book: EditedBook, look: Look) -> Made:
    book = replace(book, metadata=replace(book.metadata, look=look))
    house = dress(HOUSE, look)
    files = house.files_of("print.css")
    room = ComposingRoom(files)
    found = paginate(book, house, {}, lambda copies: [room.set_in_type(copy) for copy in copies])
    return Made(book, house, found, imposed(found, files))


def runs(printed: PrintedBook, page: int) -> Iterator[Run]:
    sheet = printed.document[page]
    textpage = sheet.get_textpage()
    for thing in sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
        matrix, size = thing.get_matrix(), ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(thing, ctypes.byref(size))
        font = pdfium.FPDFTextObj_GetFont(thing)
        length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        family = ctypes.create_string_buffer(length)
        pdfium.FPDFFont_GetBaseFontName(font, family, length)
        text, scale = text_of(textpage, thing), abs(matrix.d)
        _, _, right, _ = thing.get_bounds()
        weight = pdfium.FPDFFont_GetWeight(font)
        name = family.value.decode()
        yield Run(text, matrix.e, matrix.f, right, size.value * scale, weight, name)


def text_of(textpage: Any, thing: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(thing, textpage, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


# The rule


@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look(trim="5.5x8.5"),
        Look(size=11),
        Look(accent="#123456", initials=False),
        Look(trim="5.5 × 8.5 in", size=11.0),
    ],
)
def test_a_look_that_asks_for_nothing_changes_nothing(look: Look) -> None:
    assert dress(HOUSE, look) == HOUSE


def test_the_rule_makes_the_page_of_the_stylesheet() -> None:
    layout, sheet = lay_out(Look()), HOUSE.style("print.css")
    for name in ("inner", "top", "outer", "foot"):
        assert f"--{name}: {float(getattr(layout, name)):g}pt;" in sheet
    assert f"--lines: {layout.lines};" in sheet
    assert (float(layout.measure), layout.lines, float(layout.leading)) == (284.4, 33, 14.5)


@pytest.mark.parametrize("trim", [*TRIMS, "5.25x8", "129x198mm", "A4", "8.5x11", "A6"])
@pytest.mark.parametrize("size", [None, 9.0, 12.5, 16.0, 24.0])
@pytest.mark.parametrize("typeface", FACES)
def test_margins_grow_from_inside_to_foot(trim: str, size: float | None, typeface: Any) -> None:
    layout = lay_out(Look(trim=trim, size=size, typeface=typeface))
    assert 0 < layout.inner < layout.outer
    assert 0 < layout.top < layout.foot
    assert layout.inner + layout.outer >= ACROSS
    assert layout.top > CLEAR
    block = layout.trim.height - layout.top - layout.foot
    assert block == layout.lines * layout.leading
    assert abs(layout.leading / layout.size - lay_out(Look()).leading / 11) < 0.02


@pytest.mark.parametrize("trim", [*TRIMS, "A4", "8.5x11"])
@pytest.mark.parametrize("typeface", FACES)
def test_a_line_of_ordinary_type_has_45_to_75_letters(trim: str, typeface: Any) -> None:
    layout = lay_out(Look(trim=trim, typeface=typeface))
    assert FEWEST <= layout.measure / (LETTERS[typeface] * layout.size) <= MOST


def test_large_print_has_as_many_letters_as_the_margins_allow() -> None:
    for trim in TRIMS:
        layout = lay_out(Look(trim=trim, size=16, typeface="sans"))
        letters = layout.measure / (LETTERS["sans"] * layout.size)
        assert letters >= FEWEST or layout.inner + layout.outer == ACROSS


def test_the_index_has_fewer_columns_where_they_would_be_narrow() -> None:
    assert [most_columns(Look(), wanted) for wanted in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert [most_columns(Look(trim="6x9"), wanted) for wanted in (1, 2, 4)] == [1, 2, 4]
    assert [most_columns(LARGE, wanted) for wanted in (1, 2, 3)] == [1, 1, 1]
    assert most_columns(Look(trim="8.5x11", size=16), 2) == 2


# Pages


@each_look
def test_nothing_is_said_against_the_styles(name: str, made: Any) -> None:
    found = made(name)
    assert [said for pages in found.set_book.all_pages() for said in pages.complaints] == []


@each_look
def test_every_page_is_the_trim(name: str, made: Any) -> None:
    trim = trim_called(LOOKS[name].trim or "5.5x8.5")
    for _, _, right, top in made(name).printed.trims:
        assert (right, top) == pytest.approx((float(trim.width), float(trim.height)), abs=0.01)


@each_look
def test_text_keeps_to_its_block(name: str, made: Any) -> None:
    found, layout = made(name), lay_out(LOOKS[name])
    for page in range(1, found.printed.count):
        left = float(layout.inner if page % 2 else layout.outer)
        right = left + float(layout.measure)
        for run in runs(found.printed, page):
            assert run.left > left - OVERHANG, (page, run)
            assert run.right < right + OVERHANG / 2, (page, run)
        lines = [run.baseline for run in body(found, page, layout)]
        assert all(line > float(layout.foot) for line in lines)


def body(found: Made, page: int, layout: Any) -> list[Run]:
    """Lines of the text itself, below the head and above the folio of an opening."""
    foot = float(layout.foot) - SLACK
    head = float(layout.trim.height - layout.top) + SLACK
    return [
        run
        for run in runs(found.printed, page)
        if foot < run.baseline < head
        and run.text.strip()
        and abs(run.size - float(layout.size)) < 0.3
        and run.weight < 600
    ]


@each_look
def test_lines_stand_on_the_grid(name: str, made: Any) -> None:
    found, layout = made(name), lay_out(LOOKS[name])
    pages = found.pages_of("tin")[1:]
    lines = {round(run.baseline, 2) for page in pages for run in body(found, page, layout)}
    assert len(lines) > layout.lines / 2
    leading, first = float(layout.leading), max(lines)
    for line in lines:
        steps = (first - line) / leading
        assert abs(steps - round(steps)) * leading < SLACK, line
    rows = round((first - min(lines)) / leading) + 1
    assert layout.lines - 1 <= rows <= layout.lines, "a line may be left to keep two together"


@each_look
def test_lines_reach_the_edge_or_are_ragged(name: str, made: Any) -> None:
    found, layout, look = made(name), lay_out(LOOKS[name]), LOOKS[name]
    page = found.pages_of("tin")[1]
    edge = float((layout.inner if page % 2 else layout.outer) + layout.measure)
    ends: dict[float, float] = {}
    for run in body(found, page, layout):
        ends[run.baseline] = max(ends.get(run.baseline, 0), run.right)
    reach = [end for end in ends.values() if abs(end - edge) < 3]
    if look.alignment == "ragged":
        assert len(reach) < len(ends) / 2
    else:
        assert len(reach) > len(ends) / 2


@each_look
def test_contents_and_index_are_set_with_their_numbers(name: str, made: Any) -> None:
    found = made(name)
    contents = "".join(found.printed.text(page) for page in found.pages_of("contents"))
    index = "".join(found.printed.text(page) for page in found.pages_of("index"))
    assert all(word in contents for word in ("Preface", "Iron", "Tin", "Index"))
    assert str(found.set_book.pagination.folios["iron"]) in contents
    assert all(word in index for word in ("merchants", "rock salt", "of the hills"))


@each_look
def test_heads_and_folios_stand_clear_of_text_and_edge(name: str, made: Any) -> None:
    found, layout = made(name), lay_out(LOOKS[name])
    top = float(layout.trim.height)
    for page in found.pages_of("salt") + found.pages_of("tin"):
        above = [run for run in runs(found.printed, page) if run.baseline > top - layout.top]
        opens = page in (found.pages_of("salt")[0], found.pages_of("tin")[0])
        assert bool(above) is not opens
        for run, after in itertools.pairwise(sorted(above, key=lambda run: run.left)):
            assert run.right < after.left, (run, after)
        for run in above:
            assert run.baseline + 0.7 * run.size < top - float(CLEAR) + 2
            assert run.baseline - 0.3 * run.size > top - float(layout.top)


# Large print


def test_text_of_large_print_has_16_points_and_notes_12(made: Any) -> None:
    found = made("large print")
    sizes: dict[str, float] = {}
    for page in range(1, found.printed.count):
        for run in runs(found.printed, page):
            for word in run.text.split():
                sizes[word] = min(sizes.get(word, 99), run.size)
    assert min(sizes.values()) >= 12 - 0.01
    assert sizes["merchants"] >= 14 - 0.01, "the index"
    for word in ("administrators", "extraordinarily", "earth:"):
        assert sizes[word] >= 16 - 0.01
    assert sizes["length"] >= 14 - 0.01, "a note"


def test_large_print_divides_no_word(made: Any) -> None:
    found = made("large print")
    text = "".join(found.printed.text(page) for page in range(found.printed.count))
    assert "\ufffe" not in text
    assert "-\n" not in text.replace("\r", "")
    assert "administrators" in text


def test_large_print_is_set_in_the_sans(made: Any) -> None:
    found = made("large print")
    families = {
        run.family.partition("+")[2].replace("-", "")
        for page in range(1, found.printed.count)
        for run in runs(found.printed, page)
        if run.text.strip()
    }
    assert families
    assert all(family.startswith(("SourceSans3", "IBMPlexMono")) for family in families), families


def test_large_print_slopes_no_long_passage(made: Any) -> None:
    found = made("large print")
    (page,) = (p for p in found.pages_of("salt") if "savour" in found.printed.text(p))
    sheet = found.printed.document[page]
    textpage = sheet.get_textpage()
    fonts = [
        pdfium.FPDFTextObj_GetFont(thing)
        for thing in sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT])
        if "Ye are the salt" in text_of(textpage, thing)
    ]
    angle = ctypes.c_int()
    assert fonts
    assert pdfium.FPDFFont_GetItalicAngle(fonts[0], ctypes.byref(angle))
    assert angle.value == 0


@pytest.mark.parametrize("key", PRINTERS)
def test_large_print_keeps_every_printers_margins(key: str, made: Any) -> None:
    found, printer = made("large print"), PRINTERS[key]
    programs = {hashlib.sha256(data).hexdigest(): data for data in found.house.styles.values()}
    for pages in found.set_book.all_pages():
        programs |= pages.programs
    done = interior(
        found.set_book,
        programs,
        found.book.metadata,
        printer,
        stock_for(printer, "", 100),
        MOMENT,
        profile=found.house.styles[PROFILE],
        generator="Bindery",
    )
    assert [query.message for query in done.queries] == []


# Fonts and styles


def test_the_sans_costs_nothing_where_it_is_not_used() -> None:
    files = HOUSE.files_of("print.css")
    assert not [name for name in files if "SourceSans" in name or name.startswith(PARTS)]
    assert "source sans 3" not in read_typefaces(HOUSE.styles).families


def test_the_sans_is_pinned_where_it_is_used() -> None:
    house = dress(HOUSE, Look(typeface="sans"))
    faces = read_typefaces(house.styles)
    assert not faces.queries
    assert next(face.family for face in faces.faces) == "EB Garamond", "the e-book's own"
    sans = [face for face in faces.faces if face.family == "Source Sans 3"]
    assert {(face.italic, face.bold) for face in sans} == set(itertools.product((0, 1), (0, 1)))
    assert {face.path for face in sans} <= set(house.files_of("print.css"))


def test_the_sans_has_the_letters_of_europe() -> None:
    faces = read_typefaces(dress(HOUSE, Look(typeface="sans")).styles).faces
    latin = {chr(code) for code in range(0xA1, 0x180)} - {"\xad", "ŉ"}
    signs = latin | set("‘’“”‚„‹›«»–—…†‡•′″€№ȘșȚțḌḍḤḥṢṣṬṭẒẓ")
    for face in faces:
        if face.family == "Source Sans 3":
            assert signs - face.characters(signs) == set()


def test_composition_is_told_to_the_stylesheet() -> None:
    sheet = dress(HOUSE, Look(composition="engine")).style("print.css")
    assert sheet.rindex("--composition: engine") > sheet.rindex("--composition: total-fit")


def test_a_look_is_told_after_all_other_rules() -> None:
    house = dress(HOUSE, LARGE)
    assert house.style("print.css").startswith(HOUSE.style("print.css"))
    assert {name for name in house.styles if house.styles[name] != HOUSE.styles[name]} == {
        "print.css"
    }
    assert house.fingerprint != HOUSE.fingerprint


# Covers


@each_look
def test_the_cover_is_one_page_with_its_frame_on_it(name: str, made: Any) -> None:
    found = made(name)
    assert found.pages_of("cover") == [0]
    _, _, width, height = found.printed.trims[0]
    boxes = [box for _, box in found.printed.letters(0)]
    assert len(boxes) > 30
    for left, bottom, right, top in boxes:
        assert min(left, bottom) > 0.04 * width
        assert right < 0.96 * width
        assert top < 0.96 * height
    assert colours(found.printed, 0) == {(0x7B, 0x2D, 0x26)}


def colours(printed: PrintedBook, page: int) -> set[tuple[int, int, int]]:
    """Of the four corners."""
    picture = printed.document[page].render().to_pil().convert("RGB")
    ends = [(x, y) for x in (1, picture.width - 2) for y in (1, picture.height - 2)]
    return {picture.getpixel(end) for end in ends}


def wrapped(found: Made, printer: str, trim: str) -> Wrap:
    room = ComposingRoom(found.house.styles)

    def typeset(copies: Any) -> list[SetPages]:
        return [room.set_in_type(copy) for copy in copies if isinstance(copy, Copy)]

    chosen, paper = PRINTERS[printer], trim_called(trim)
    stock = chosen.stocks[0]
    return draw_wrap(
        found.book, found.house, typeset, chosen, stock, paper, 200, MOMENT, generator="Bindery"
    )


@pytest.mark.parametrize(
    ("name", "printer"), [("5x8", "kdp"), ("A5", "lulu"), ("7x10", "kdp"), ("large print", "kdp")]
)
def test_nothing_on_a_wrap_is_cut_off_or_lies_on_the_barcode(
    name: str, printer: str, made: Any
) -> None:
    wrap = wrapped(made(name), printer, LOOKS[name].trim)
    assert wrap.queries == ()
    assert wrap.has_spine_text
    sheet = wrap.sheet
    areas = [sheet.back_safe, sheet.front_safe, sheet.spine_text, sheet.barcode]
    document = pypdfium2.PdfDocument(wrap.data)
    textpage = document[0].get_textpage()
    letters = [
        (chr(pdfium.FPDFText_GetUnicode(textpage, n)), textpage.get_charbox(n))
        for n in range(textpage.count_chars())
    ]
    seen = [(sign, box) for sign, box in letters if not sign.isspace()]
    assert len(seen) > 300
    for sign, (left, bottom, right, top) in seen:
        inside = [
            area
            for area in areas
            if area is not None
            and area.left - 1 <= left
            and right <= area.right + 1
            and area.bottom - 1 <= bottom
            and top <= area.top + 1
        ]
        assert inside, (sign, left, bottom)
        spot = sheet.barcode
        assert spot is not None
        on_it = left < spot.right and right > spot.left and bottom < spot.top and top > spot.bottom
        assert not on_it or sign in "ISBN0123456789-", (sign, left, bottom)
