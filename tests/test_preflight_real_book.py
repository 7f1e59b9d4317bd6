"""A real book, made ready for every printer: preflight finds nothing, and all that we break."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from bindery.editions.print_pdf import PROFILE, interior
from bindery.house_style import read_house_style
from bindery.pagination import paginate
from bindery.paper import trim_called
from bindery.preflight import Job, examine_interior
from bindery.printers import PRINTERS
from bindery.setting import ComposingRoom
from tests.conftest import MOMENT, Published
from tests.specimen import edited, write_book

WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 60
ESSAYS: dict[str, str | bytes] = {
    f"essays/{name}.md": f"# Of {name}\n\n{WORDS}[^a]\n\n{WORDS}\n\n[^a]: Of {name}, see there.\n"
    for name in ("salt", "iron", "bread", "water", "glass", "wool", "paper", "lead", "ink")
}
HOUSE_TRIM = trim_called("5.5x8.5")
"""That of the house's styles."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The interior for a printer, by its key."""
    folder = write_book(tmp_path_factory.mktemp("salt"), ESSAYS)
    house, book = read_house_style(folder), edited(folder)
    styles = house.files_of("print.css")
    room = ComposingRoom(styles)
    set_book = paginate(book, house, {}, lambda copies: [room.set_in_type(c) for c in copies])
    programs = {hashlib.sha256(data).hexdigest(): data for data in styles.values()}
    for pages in set_book.all_pages():
        programs |= pages.programs

    def make(key: str) -> bytes:
        printer = PRINTERS[key]
        return interior(
            set_book,
            programs,
            book.metadata,
            printer,
            printer.stocks[0],
            MOMENT,
            profile=house.styles[PROFILE],
            generator="Bindery",
        ).data

    return cache(make)


def codes(data: bytes, key: str) -> set[str]:
    """The names of the checks that found something, but that a book may be too short."""
    printer = PRINTERS[key]
    job = Job(printer, printer.stocks[0], HOUSE_TRIM)
    found = examine_interior("interior.pdf", data, job).findings
    return {finding.code for finding in found} - {"too-few-pages"}


@pytest.mark.parametrize("key", PRINTERS)
def test_what_the_press_makes_has_no_finding(key: str, made: Callable[[str], bytes]) -> None:
    assert codes(made(key), key) == set()


def test_a_clause_of_pdf_a_that_is_broken_is_named(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(io.BytesIO(made("bn"))) as pdf:
        font = next(f for page in pdf.pages for f in page.Resources.Font.values())
        del font.ToUnicode
        state = Dictionary(Type=Name.ExtGState, TR=Name.Identity)
        pdf.pages[0].Resources.ExtGState = Dictionary(G1=state)
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(b"/G1 gs " + content)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert "pdf-a" in codes(out.getvalue(), "bn")
    assert "pdf-a" not in codes(out.getvalue(), "kdp"), "it asks for no PDF/A"


def test_pages_that_were_shifted_into_the_gutter_are_caught(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(io.BytesIO(made("kdp"))) as pdf:
        for page in pdf.pages:
            content = pdf.make_stream(b"1 0 0 1 -32 0 cm ")
            page.Contents = Array([content, *_streams(page)])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    assert "gutter" in codes(out.getvalue(), "kdp")


def _streams(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, Array) else [contents]


def test_the_screens_pdf_is_not_taken_for_an_interior(our_book: Published) -> None:
    found = codes(our_book.path(".pdf").read_bytes(), "ingramspark")
    expected = {"rgb-colour", "annotation", "outline", "pdf-version", "object-streams", "pdf-x"}
    assert expected | {"output-intent", "destinations"} <= found


def test_a_letter_that_its_font_lacks_is_caught(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(io.BytesIO(made("kdp"))) as pdf:
        page = next(page for page in pdf.pages if page.Resources.Font.keys())
        name = next(iter(page.Resources.Font.keys()))
        shown = pdf.make_stream(f"0 g BT {name} 11 Tf 100 300 Td <0000> Tj ET".encode())
        page.Contents = Array([shown, *_streams(page)])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    assert codes(out.getvalue(), "kdp") == {"missing-glyph"}
