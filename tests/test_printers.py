"""What printers take: their tables line by line, by hand, and what follows from them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.errata import Place, Severity, Unprintable
from bindery.paper import Side, Trim, inches, millimetres, trim_called
from bindery.printers import (
    PRINTERS,
    BarcodeMaker,
    Certainty,
    Colour,
    Forbidden,
    PdfKind,
    Printer,
    Ruled,
    Stock,
    check_fits,
    cover,
    find,
    gutter,
    margins,
    most_pages,
    page,
    spine_clearance,
    spine_width,
    stock_for,
    trim_of,
)
from bindery.printers.printer import FORM_KEYS
from tests.test_desk import run

MEASURED = [
    (printer, stock)
    for printer in PRINTERS.values()
    for stock in printer.stocks
    if stock.spine.value is not None
]
FINEST = Fraction(1, 10**5)
"""Inches by which a width in the tables below may be rounded."""


def stock_called(printer: Printer, key: str) -> Stock:
    return next(stock for stock in printer.stocks if stock.key == key)


def rulings(value: Any, path: str = "") -> Iterator[tuple[str, Ruled[Any]]]:
    """Every ruled number of a printer, with the place where it stands."""
    if isinstance(value, Ruled):
        yield path, value
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from rulings(part, f"{path}[{number}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from rulings(getattr(value, field.name), f"{path}.{field.name}")


@pytest.mark.parametrize(
    ("printer", "stock", "pages", "width"),
    [
        ("kdp", "white-black", 24, "0.054048"),
        ("kdp", "white-black", 100, "0.2252"),
        ("kdp", "white-black", 300, "0.6756"),
        ("kdp", "white-black", 828, "1.864656"),
        ("kdp", "cream-black", 24, "0.06"),
        ("kdp", "cream-black", 200, "0.5"),
        ("kdp", "cream-black", 776, "1.94"),
        ("kdp", "groundwood-black", 100, "0.235"),
        ("kdp", "groundwood-black", 812, "1.9082"),
        ("kdp", "white-colour", 72, "0.162144"),
        ("kdp", "white-colour", 600, "1.3512"),
        ("kdp", "white-premium-colour", 24, "0.056328"),
        ("kdp", "white-premium-colour", 300, "0.7041"),
        ("ingramspark", "white-black", 18, "0.037"),
        ("ingramspark", "white-black", 48, "0.0992"),
        ("ingramspark", "white-black", 100, "0.207"),
        ("ingramspark", "white-black", 150, "0.30675"),
        ("ingramspark", "white-black", 200, "0.4065"),
        ("ingramspark", "white-black", 300, "0.606"),
        ("ingramspark", "white-black", 500, "1.005"),
        ("ingramspark", "white-black", 1200, "2.412"),
        ("ingramspark", "cream-black", 18, "0.043"),
        ("ingramspark", "cream-black", 48, "0.1151"),
        ("ingramspark", "cream-black", 100, "0.24"),
        ("ingramspark", "cream-black", 200, "0.4585"),
        ("ingramspark", "cream-black", 300, "0.677"),
        ("ingramspark", "cream-black", 388, "0.8693"),
        ("ingramspark", "cream-black", 476, "1.0616"),
        ("lulu", "white-black", 32, "0.132072"),
        ("lulu", "white-black", 111, "0.31"),
        ("lulu", "cream-black", 222, "0.56"),
        ("lulu", "white-colour", 444, "1.06"),
        ("lulu", "coated-premium-colour", 800, "1.861802"),
        ("bn", "white-black", 18, "0.06"),
        ("bn", "white-black", 100, "0.24"),
        ("bn", "white-black", 200, "0.46"),
        ("bn", "white-black", 300, "0.67"),
        ("bn", "white-black", 800, "1.76"),
        ("bookvault", "white-black", 24, "0.051181"),
        ("bookvault", "white-black", 240, "0.511811"),
        ("generic", "white-black", 300, "0.6756"),
        ("generic", "cream-black", 200, "0.5"),
    ],
)
def test_spine_widths_in_inches(printer: str, stock: str, pages: int, width: str) -> None:
    service = find(printer)
    found = spine_width(service, stock_called(service, stock), pages) / 72
    assert abs(found - Fraction(width)) < FINEST


@pytest.mark.parametrize(
    ("printer", "inside"),
    [
        (
            "kdp",
            {
                24: "0.375",
                150: "0.375",
                151: "0.5",
                300: "0.5",
                301: "0.625",
                500: "0.625",
                501: "0.75",
                700: "0.75",
                701: "0.875",
                828: "0.875",
            },
        ),
        (
            "lulu",
            {
                32: "0.5",
                60: "0.5",
                61: "0.625",
                150: "0.625",
                151: "1",
                400: "1",
                401: "1.125",
                600: "1.125",
                601: "1.25",
                800: "1.25",
            },
        ),
        ("ingramspark", {18: "0.5", 300: "0.5", 1200: "0.5"}),
        ("bn", {18: "0.5", 300: "0.5", 301: "0.625", 701: "0.875", 800: "0.875"}),
        ("generic", {32: "0.5", 500: "0.625", 776: "0.875"}),
    ],
)
def test_gutters_in_inches(printer: str, inside: dict[int, str]) -> None:
    service = find(printer)
    assert {pages: gutter(service, pages) for pages in inside} == {
        pages: inches(width) for pages, width in inside.items()
    }


def test_bookvault_has_one_gutter_in_millimetres() -> None:
    assert {gutter(find("bookvault"), pages) for pages in (24, 300, 900)} == {millimetres(20)}


@pytest.mark.parametrize(
    ("printer", "trim", "width", "height"),
    [
        ("kdp", "6x9", "6.125", "9.25"),
        ("kdp", "5x8", "5.125", "8.25"),
        ("kdp", "8.5x11", "8.625", "11.25"),
        ("kdp", "5.06x7.81", "5.185", "8.06"),
        ("ingramspark", "6x9", "6.125", "9.25"),
        ("ingramspark", "5.5x8.5", "5.625", "8.75"),
        ("lulu", "6x9", "6.25", "9.25"),
        ("lulu", "A5", "6.08", "8.52"),
        ("bn", "6x9", "6.125", "9.25"),
    ],
)
def test_pages_with_bleed_in_inches(printer: str, trim: str, width: str, height: str) -> None:
    for side in Side:
        boxes = page(find(printer), trim_called(trim), 200, side, bleeds=True)
        assert (boxes.media.width, boxes.media.height) == (inches(width), inches(height))
        plain = page(find(printer), trim_called(trim), 200, side)
        assert plain.media == plain.trim


def test_the_page_of_kdp_in_points() -> None:
    recto = page(find("kdp"), trim_called("6x9"), 320, Side.RECTO, bleeds=True)
    assert recto.media.as_floats() == (0, 0, 441, 666)
    assert recto.trim.as_floats() == (0, 9, 432, 657)
    # 0.625 in at the spine for 301 to 500 pages, 0.375 in elsewhere in a file with bleed.
    assert recto.live.as_floats() == (45, 36, 405, 630)
    verso = page(find("kdp"), trim_called("6x9"), 320, Side.VERSO)
    assert verso.live.as_floats() == (18, 18, 387, 630)


def test_the_page_of_bookvault_in_millimetres() -> None:
    boxes = page(find("bookvault"), trim_called("A5"), 200, Side.RECTO, bleeds=True)
    assert (boxes.media.width, boxes.media.height) == (millimetres(154), millimetres(216))


@pytest.mark.parametrize(
    ("printer", "stock", "trim", "pages", "width", "height"),
    [
        ("kdp", "white-black", "6x9", 300, "12.9256", "9.25"),
        ("kdp", "white-black", "5x8", 100, "10.4752", "8.25"),
        ("kdp", "cream-black", "5.5x8.5", 200, "11.75", "8.75"),
        ("kdp", "white-premium-colour", "8.5x11", 300, "17.9541", "11.25"),
        ("ingramspark", "white-black", "6x9", 300, "12.856", "9.25"),
        ("ingramspark", "cream-black", "5.5x8.5", 200, "11.7085", "8.75"),
        ("lulu", "white-black", "6x9", 444, "13.31", "9.25"),
        ("lulu", "cream-black", "A5", 222, "12.47", "8.52"),
        ("bn", "white-black", "6x9", 300, "12.92", "9.25"),
        ("generic", "white-black", "6x9", 300, "12.9256", "9.25"),
    ],
)
def test_covers_in_inches(
    printer: str, stock: str, trim: str, pages: int, width: str, height: str
) -> None:
    service = find(printer)
    sheet = cover(service, stock_called(service, stock), trim_called(trim), pages)
    assert (sheet.media.width, sheet.media.height) == (inches(width), inches(height))


def test_the_cover_of_bookvault_in_millimetres() -> None:
    service = find("bookvault")
    sheet = cover(service, service.stocks[0], trim_called("A5"), 240)
    assert (sheet.media.width, sheet.media.height) == (millimetres(315), millimetres(216))


def test_the_barcode_of_kdp_stands_a_quarter_inch_from_fold_and_foot() -> None:
    kdp = find("kdp")
    sheet = cover(kdp, kdp.stocks[0], trim_called("6x9"), 300)
    assert sheet.barcode is not None
    assert (sheet.barcode.width, sheet.barcode.height) == (inches(2), inches("1.2"))
    assert sheet.back.right - sheet.barcode.right == inches("0.25")
    assert sheet.barcode.bottom - sheet.trim.bottom == inches("0.25")


@pytest.mark.parametrize(
    ("printer", "fewest"),
    [("kdp", 80), ("ingramspark", 48), ("lulu", 81), ("bn", 51), ("bookvault", 100)],
)
def test_text_on_the_spine_begins_at_a_number_of_pages(printer: str, fewest: int) -> None:
    service = find(printer)
    assert spine_clearance(service, inches(1), fewest - 1) is None
    assert spine_clearance(service, inches(1), fewest) is not None
    sheet = cover(service, service.stocks[0], trim_called("6x9"), fewest - 1)
    assert sheet.spine_text is None


@pytest.mark.parametrize(
    ("printer", "spine", "clear"),
    [
        ("kdp", "0.2", "0.0625"),
        ("ingramspark", "0.34", "0.03125"),
        ("ingramspark", "0.35", "0.0625"),
        ("lulu", "0.3", "0.0625"),
        ("lulu", "0.56", "0.125"),
    ],
)
def test_what_stays_clear_beside_the_text_of_a_spine(printer: str, spine: str, clear: str) -> None:
    assert spine_clearance(find(printer), inches(spine), 200) == inches(clear)


def test_a_spine_from_the_printers_own_template_goes_before_the_rule() -> None:
    ingram = find("ingramspark")
    groundwood = stock_called(ingram, "groundwood-black")
    sheet = cover(ingram, groundwood, trim_called("6x9"), 300, spine=inches("0.7"))
    assert sheet.spine_width == inches("0.7")
    with pytest.raises(Unprintable, match="nobody has published") as refusal:
        cover(ingram, groundwood, trim_called("6x9"), 300)
    assert refusal.value.queries[0].code == "unknown-spine"


@given(st.sampled_from(MEASURED), st.integers(18, 1200), st.integers(1, 200))
def test_a_spine_grows_with_its_pages(which: tuple[Printer, Stock], pages: int, more: int) -> None:
    thin, thick = spine_width(*which, pages), spine_width(*which, pages + more)
    assert 0 < thin <= thick
    assert which[0].key == "bn" or thin < thick


@given(
    st.sampled_from(MEASURED),
    st.integers(32, 800),
    st.booleans(),
    st.booleans(),
    st.data(),
)
def test_boxes_nest_and_sides_mirror(
    which: tuple[Printer, Stock], pages: int, bleeds: bool, leftwards: bool, data: st.DataObject
) -> None:
    printer, stock = which
    trim = data.draw(st.sampled_from(printer.trims.value))
    recto, verso = (
        page(printer, trim, pages, side, bleeds=bleeds, right_to_left=leftwards) for side in Side
    )
    for boxes in (recto, verso):
        assert boxes.media.holds(boxes.trim)
        assert boxes.trim.holds(boxes.live)
        assert not boxes.live.is_empty
    assert recto.live.mirrored(recto.media.width) == verso.live
    sheet = cover(printer, stock, trim, pages, right_to_left=leftwards)
    assert sheet.front.holds(sheet.front_safe)
    assert sheet.barcode is not None
    assert sheet.back.holds(sheet.barcode)
    assert sheet.spine_text is None or sheet.spine.holds(sheet.spine_text)


@given(st.sampled_from(list(PRINTERS.values())), st.integers(18, 1200), st.integers(0, 300))
def test_a_gutter_never_shrinks_with_more_pages(printer: Printer, pages: int, more: int) -> None:
    assert gutter(printer, pages) <= gutter(printer, pages + more)
    clear = margins(printer, pages, bleeds=True)
    assert clear.outside >= margins(printer, pages, bleeds=False).outside


@pytest.mark.parametrize("key", PRINTERS)
def test_every_number_has_its_source_and_every_default_says_why(key: str) -> None:
    found = list(rulings(PRINTERS[key]))
    assert len(found) > 40
    for path, ruled in found:
        assert ruled.source.name, path
        assert 2014 < ruled.reviewed.year < 2027, path
        house = ruled.source.name == "Bindery's own safe default"
        assert house is (ruled.certainty is Certainty.UNCONFIRMED), path
        assert ruled.note.endswith((".", "?")) if house or ruled.note else True, (path, ruled.note)
        assert str(ruled.reviewed) in ruled.pedigree


@pytest.mark.parametrize("key", PRINTERS)
def test_a_printer_is_whole(key: str) -> None:
    printer = PRINTERS[key]
    assert printer.key == key
    assert {field.key for field in printer.form} <= FORM_KEYS
    assert {field.key for field in printer.form} >= {"isbn", "trim", "pages", "stock", "keywords"}
    keys = [stock.key for stock in printer.stocks]
    assert len(set(keys)) == len(keys)
    assert printer.interior.name_of("s", None) != printer.cover_file.name_of("s", None)
    assert printer.drawing.refused_ppi.value < printer.drawing.image_ppi.value
    assert pickle.loads(pickle.dumps(printer)) == printer  # noqa: S301 - its own


def test_what_kind_of_file_each_printer_takes() -> None:
    kinds = {key: printer.interior.kind.value for key, printer in PRINTERS.items()}
    assert kinds == {
        "kdp": PdfKind.PLAIN,
        "ingramspark": PdfKind.X1A,
        "lulu": PdfKind.PLAIN,
        "bn": PdfKind.A1B,
        "bookvault": PdfKind.X1A,
        "generic": PdfKind.PLAIN,
    }
    for printer in PRINTERS.values():
        assert printer.interior.colours.value == (Colour.GREY,)
        assert printer.cover_file.kind.value is printer.interior.kind.value
        if printer.interior.kind.value is PdfKind.X1A:
            assert printer.interior.version.value == "1.3"
            assert Colour.RGB not in printer.cover_file.colours.value
            assert printer.forbids(Forbidden.TRANSPARENCY)


def test_ink_barcodes_last_pages_and_names() -> None:
    kdp, ingram, lulu = find("kdp"), find("ingramspark"), find("lulu")
    assert (ingram.cover_file.ink_limit.value, lulu.cover_file.ink_limit.value) == (240, 270)
    assert ingram.page_count.last_blank.value
    assert not kdp.page_count.last_blank.value
    assert ingram.cover.barcode.mandatory.value
    assert kdp.cover.barcode.maker.value is BarcodeMaker.EITHER
    assert find("bn").cover.barcode.maker.value is BarcodeMaker.PRINTER
    assert ingram.interior.name_of("my-book", "9780306406157") == "9780306406157_txt.pdf"
    assert ingram.cover_file.name_of("my-book", "9780306406157") == "9780306406157_cvr.pdf"
    assert ingram.cover_file.name_of("my-book", None) == "my-book_cvr.pdf"
    assert kdp.forbids(Forbidden.BOOKMARKS)
    assert lulu.forbids(Forbidden.SPOT_COLOURS) is None


@pytest.mark.parametrize("name", ["kdp", "KDP", " Amazon KDP ", "amazon kdp"])
def test_a_printer_is_found_by_key_and_title(name: str) -> None:
    assert find(name) is PRINTERS["kdp"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lullu", "Did you mean “lulu”?"),
        ("Amazon KPD", "Did you mean “kdp”?"),
        ("plantin-moretus", "Known: kdp, ingramspark, lulu, bn, bookvault, generic."),
    ],
)
def test_an_unknown_printer_is_told_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(Unprintable) as refusal:
        find(name, Place("book.toml", 7))
    (query,) = refusal.value.queries
    assert (query.code, query.hint, str(query.place)) == ("unknown-printer", hint, "book.toml:7")


@pytest.mark.parametrize(
    ("printer", "wish", "key"),
    [
        ("kdp", "", "white-black"),
        ("kdp", "cream", "cream-black"),
        ("kdp", "Cream Black", "cream-black"),
        ("kdp", "white-premium-colour", "white-premium-colour"),
        ("ingramspark", "groundwood", "groundwood-black"),
        ("lulu", "coated", "coated-black"),
        ("bn", "white", "white-black"),
    ],
)
def test_a_stock_is_chosen_by_wish(printer: str, wish: str, key: str) -> None:
    assert stock_for(find(printer), wish, 200).key == key


def test_without_a_wish_the_first_stock_that_holds_the_pages_is_taken() -> None:
    kdp = find("kdp")
    assert stock_for(kdp, "", 4000).key == "white-black"
    cream, white = (stock_called(kdp, key) for key in ("cream-black", "white-black"))
    swapped = replace(kdp, stocks=(cream, white))
    assert stock_for(swapped, "", 700).key == "cream-black"
    assert stock_for(swapped, "", 800).key == "white-black"


def test_an_unknown_stock_is_told_with_the_nearest() -> None:
    with pytest.raises(Unprintable) as refusal:
        stock_for(find("kdp"), "creme black", 200)
    (query,) = refusal.value.queries
    assert (query.code, query.hint) == ("unknown-stock", "Did you mean “cream-black”?")


def test_a_rounded_trim_becomes_the_printers_own() -> None:
    assert trim_of(find("lulu"), trim_called("A5")) == Trim(inches("5.83"), inches("8.27"))
    assert trim_of(find("kdp"), trim_called("A5")) == trim_called("A5")


@pytest.mark.parametrize(
    ("printer", "stock", "trim", "pages", "codes"),
    [
        ("kdp", "white-black", "6x9", 300, []),
        ("kdp", "white-black", "5.2x8.1", 300, []),
        ("kdp", "white-black", "6x9", 22, ["too-few-pages"]),
        ("kdp", "white-black", "6x9", 830, ["too-many-pages"]),
        ("kdp", "cream-black", "6x9", 778, ["too-many-pages"]),
        ("kdp", "white-black", "6x9", 301, ["page-multiple"]),
        ("kdp", "white-black", "3x5", 301, ["unknown-trim", "page-multiple"]),
        ("kdp", "white-black", "8.5x11", 592, ["too-many-pages"]),
        ("kdp", "white-black", "8.5x11", 590, []),
        ("ingramspark", "white-black", "6x9", 1200, []),
        ("ingramspark", "cream-black", "8.5x11", 300, ["unlisted-trim"]),
        ("ingramspark", "groundwood-black", "6x9", 300, ["unknown-spine"]),
        ("lulu", "white-black", "6.5x9.5", 300, ["unknown-trim"]),
        ("lulu", "white-black", "A5", 30, ["too-few-pages"]),
        ("bn", "white-black", "6x9", 802, ["too-many-pages"]),
        ("bookvault", "white-black", "6x9", 2000, []),
        ("bookvault", "white-black", "7x7", 200, ["unlisted-trim"]),
        ("generic", "white-black", "A5", 200, []),
    ],
)
def test_what_does_not_fit_is_told(
    printer: str, stock: str, trim: str, pages: int, codes: list[str]
) -> None:
    service = find(printer)
    asked = check_fits(service, stock_called(service, stock), trim_called(trim), pages)
    assert [query.code for query in asked] == codes
    for query in asked:
        assert service.title in query.message
        wanted = Severity.WARNING if query.code == "unlisted-trim" else Severity.ERROR
        assert query.severity is wanted


def test_a_query_quotes_who_says_so() -> None:
    kdp = find("kdp")
    (query,) = check_fits(kdp, kdp.stocks[0], trim_called("8.5x11"), 600, Place("book.toml", 9))
    assert str(query) == (
        "book.toml:9: error: Amazon KDP binds at most 590 pages of black ink, white paper in "
        "8.5 × 11 in (215.9 × 279.4 mm), and the book has 600. Choose a larger trim or another "
        "paper, or divide the book. Source: Book Bolt's guide to KDP, https://bookbolt.kb.help "
        "(third party, reviewed 2026-11-21)."
    )


@pytest.mark.parametrize(
    ("stock", "trim", "most"),
    [
        ("white-black", "6x9", 828),
        ("white-black", "8.25x6", 800),
        ("cream-black", "8.25x8.25", 750),
        ("cream-black", "8.5x8.5", 550),
        ("cream-black", "A4", 730),
        ("white-colour", "6x9", 600),
        ("white-premium-colour", "A4", 590),
    ],
)
def test_the_most_pages_of_kdp(stock: str, trim: str, most: int) -> None:
    assert most_pages(stock_called(find("kdp"), stock), trim_called(trim)) == most


def test_the_command_lists_every_printer(tmp_path: Path) -> None:
    done = run("printers", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for key, printer in PRINTERS.items():
        assert f"{printer.title} ({key})\n    Trims: " in done.stdout
        for stock in printer.stocks:
            assert f"    {stock.key}: {stock.title}, {stock.pages.value} pages\n" in done.stdout
    assert "    Interior: PDF/X-1a:2001, grey\n" in done.stdout
    assert "    Gutter: 0.375 in (9.53 mm) to 150 pages; 0.5 in (12.7 mm) to 300" in done.stdout
    assert "(reported, reviewed 2026-09-12); " in done.stdout


def test_the_command_quotes_the_source_of_every_number_of_one(tmp_path: Path) -> None:
    done = run("printers", "Lulu", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    at = lines.index("white-black, spine: 0.002252 in a page and 0.06 in")
    assert lines[at + 1 : at + 3] == [
        PRINTERS["lulu"].stocks[0].spine.pedigree,
        "Pages / 444 + 0.06 in.",
    ]
    assert "(official, reviewed 2026-11-21)" in lines[at + 1]
    assert "Amazon" not in done.stdout


def test_the_command_tells_machines_everything(tmp_path: Path) -> None:
    done = run("printers", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert told["unit"] == "points"
    assert [printer["key"] for printer in told["printers"]] == list(PRINTERS)
    kdp = told["printers"][0]
    assert kdp["trims"]["value"][4] == {"name": "6x9", "width": 432.0, "height": 648.0}
    assert kdp["margins"]["outside"] == {
        "value": 18.0,
        "source": "Bookself, Covers and editions (after KDP's help)",
        "address": "",
        "reviewed": "2026-09-12",
        "certainty": "reported",
        "note": "",
        "advice": False,
    }
    assert [row["inside"] for row in kdp["margins"]["gutter"]["value"]] == [27, 36, 45, 54, 63]
    assert kdp["interior"]["kind"]["value"] == "plain"


def test_an_unknown_printer_is_wrong_usage(tmp_path: Path) -> None:
    done = run("printers", "lullu", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no printer “lullu”. Did you mean “lulu”?" in done.stderr
