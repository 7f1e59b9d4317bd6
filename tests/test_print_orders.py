"""[print] and [looks] of book.toml: which printers make the book, and how."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bindery.errata import Place, Query
from bindery.metadata import FILE, Metadata, Printing, PrintJob, line_of_key, read_metadata
from bindery.paper import inches
from bindery.print_orders import PrintOrder, order_prints, places_in
from bindery.printers import PRINTERS
from tests.specimen import dedented, write_book

ISBN, OTHER = "9780306406157", "9783161484100"
FULL = f"""
    title = "Pacts"

    [identifiers]
    isbn_print = "{ISBN}"

    [look]
    accent = "#001122"
    trim = "5.5 × 8.5 in"

    [looks.large-print]
    size = 16
    typeface = "sans"
    alignment = "ragged"
    trim = "6x9"
    isbn = "{OTHER}"

    [print]
    printers = ["kdp", "Lulu"]
    stock = "cream"
    price = "52495"

    [print.lulu]
    look = "large-print"
    stock = "white"
    spine = "0.61 in"
    """


def asked(
    folder: Path, toml: str, printers: tuple[str, ...] = (), look: str = ""
) -> tuple[Metadata, tuple[PrintOrder, ...], tuple[Query, ...]]:
    """The metadata of a book, its orders, and what was said of either."""
    text = dedented(toml)
    metadata, queries = read_metadata(write_book(folder, {}, text))
    orders, more = order_prints(metadata, places_in(text, line_of_key), printers, look)
    return metadata, orders, (*queries, *more)


def test_what_a_printer_does_not_say_for_itself_is_as_for_all(tmp_path: Path) -> None:
    _, (kdp, lulu), queries = asked(tmp_path, FULL)
    assert queries == ()
    assert (kdp.printer.key, kdp.stock, kdp.price, kdp.look) == ("kdp", "cream", "52495", "")
    assert (lulu.printer.key, lulu.stock, lulu.price) == ("lulu", "white", "52495")
    assert (lulu.look, lulu.spine, lulu.folder) == (
        "large-print",
        inches("0.61"),
        "lulu-large-print",
    )


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    _, orders, queries = asked(tmp_path, FULL, ("generic", "generic"), "large-print")
    assert queries == ()
    assert [(order.folder, order.stock) for order in orders] == [("generic-large-print", "cream")]


def test_another_look_is_another_product(tmp_path: Path) -> None:
    metadata, (kdp, lulu), _ = asked(tmp_path, FULL)
    assert kdp.book(metadata) == metadata
    large = lulu.book(metadata)
    assert (large.look.size, large.look.accent, large.look.trim) == (16, "#001122", "6x9")
    assert (large.identifiers.isbn_print, large.file_stem) == (OTHER, "pacts-large-print")
    assert metadata.look.trim == "5.5x8.5"


def test_a_printer_may_give_a_book_a_number_of_its_own(tmp_path: Path) -> None:
    toml = f'title = "T"\n[print.kdp]\nisbn = "{OTHER}"\n'
    metadata, (order,), _ = asked(tmp_path, toml, ("kdp",))
    assert order.book(metadata).identifiers.isbn_print == OTHER


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    toml = """
        title = "T"
        [print]
        printers = ["kpd", "kdp"]
        look = "grand"

        [print.kdp]
        stock = "yellow"
        """
    _, orders, queries = asked(tmp_path, toml)
    told = {(query.code, query.place) for query in queries}
    assert told == {
        ("unknown-look", Place(FILE, 4)),
        ("unknown-stock", Place(FILE, 7)),
        ("unknown-printer", Place(FILE, 3)),
    }
    assert orders == ()


def test_values_that_are_none_are_refused_with_what_can_be_written(tmp_path: Path) -> None:
    toml = """
        title = "T"
        [look]
        trim = "large"
        size = 40
        [looks.big]
        typeface = "comic"
        [looks.big.more]
        [print]
        price = "24.95"
        [print.kdp]
        spine = "thick"
        paper = "cream"
        """
    _, _, queries = asked(tmp_path, toml)
    lines = {query.place.line: f"{query.message} {query.hint}" for query in queries}
    assert sorted(filter(None, lines)) == [3, 4, 6, 7, 9, 11, 12]
    assert "129x198 mm or A5" in lines[3]
    assert "24" in lines[4]
    assert "serif" in lines[6]
    assert "52495 for $24.95" in lines[9]
    assert "15.5 mm" in lines[11]
    assert "isbn, look, price, spine, stock" in lines[12]


def test_every_printer_has_a_table_of_its_own() -> None:
    tables = {field.name for field in fields(Printing) if field.type == PrintJob.__name__}
    assert tables == set(PRINTERS)


@pytest.mark.parametrize("name", ["Large Print", "../x", "größer", "", "a/b", "CON ", "a.b"])
def test_files_can_be_named_after_every_look(tmp_path: Path, name: str) -> None:
    toml = f'title = "T"\n[looks.plain]\nsize = 9\n[looks."{name}"]\nsize = 99\n'
    metadata, _, queries = asked(tmp_path, toml)
    assert [query.place.line for query in queries] == [4, 5]
    assert "small letters a to z, digits and hyphens" in queries[0].message
    assert list(metadata.looks) == ["plain"]


def test_number_and_spine_of_a_printer_are_those_of_its_own_look_alone(tmp_path: Path) -> None:
    toml = f"""
        title = "T"
        [looks.large]
        size = 16
        isbn = "{ISBN}"
        [print.kdp]
        isbn = "{OTHER}"
        spine = "0.5 in"
        """
    _, (plain,), _ = asked(tmp_path, toml, ("kdp",))
    metadata, (large,), _ = asked(tmp_path, toml, ("kdp",), "large")
    assert (plain.isbn, plain.spine) == (OTHER, inches("0.5"))
    assert (large.isbn, large.spine) == (None, None)
    assert large.book(metadata).identifiers.isbn_print == ISBN


def test_a_paper_for_all_is_looked_for_at_each_printer_that_is_asked(tmp_path: Path) -> None:
    toml = 'title = "T"\n[print]\nprinters = ["kdp"]\nstock = "creme"\n'
    _, orders, (query,) = asked(tmp_path, toml)
    assert (query.code, query.place, orders) == ("unknown-stock", Place(FILE, 4), ())


@pytest.mark.parametrize(
    ("toml", "line", "told"),
    [
        ("[print.kdp]\nprice = 52495", 3, 'straight double quotes: "52495"'),
        ('[print]\nprinters = "kdp"', 3, '["kdp"]'),
        ("[print]\nprinters = [1]", 3, 'straight double quotes: "1"'),
        ('[print]\nkdp = "cream"', 3, "[print.kdp]"),
        ('[print]\nisbn = "9780306406157"', 3, "the table of a printer, such as [print.kdp]"),
        ('[print.kdp]\ncover = "a.jpg"', 3, "Write it into [print]"),
        ('[print.kdp]\nspine = "0 in"', 3, "at most 4 in"),
        ('[print.kdp]\nspine = "40 in"', 3, "at most 4 in"),
        ('[print.kdp]\nisbn = "978٠٣٠٦٤٠٦١٥٧"', 3, "13 digits"),
        ('[ print . kdp ]  # ours\nstock = "creme"', 3, "It has: white-black"),
        ('[print."kdp"]\nstock = "creme"', 3, "It has: white-black"),
    ],
)
def test_what_to_do_is_told(tmp_path: Path, toml: str, line: int, told: str) -> None:
    _, _, (query,) = asked(tmp_path, f'title = "T"\n{toml}\n')
    assert query.place == Place(FILE, line)
    assert told in f"{query.message} {query.hint}"


def test_an_isbn_may_have_any_dashes(tmp_path: Path) -> None:
    toml = 'title = "T"\n[identifiers]\nisbn_print = "978–0–306‑40615–7"\n'
    metadata, _, _ = asked(tmp_path, toml)
    assert metadata.identifiers.isbn_print == ISBN
