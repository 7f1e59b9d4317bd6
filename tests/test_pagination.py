"""Pages in their order: rectos, blanks, folios, and numbers that settle."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from markupsafe import Markup

from bindery import galleys
from bindery.book import EditedBook
from bindery.errata import Unprintable
from bindery.galleys import Folios, Galley, Numbering
from bindery.house_style import read_house_style
from bindery.indexing import Folio
from bindery.pagination import ROUNDS, Pagination, paginate
from bindery.setting import Composing, pull
from tests.reading import PrintedBook
from tests.specimen import edited, write_book

HOUSE = read_house_style()
NOW = "2026-11-21T00:00:00Z"
WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 9
"""A third of a page."""


@pytest.fixture(scope="module")
def room() -> Composing:
    return Composing(HOUSE.styles, {})


def paginated(book: EditedBook, room: Composing, heard: list[str] | None = None) -> Pagination:
    """The book in pages; `heard` gets the names of the galleys that were set."""
    progress = (heard if heard is not None else []).append
    return paginate(partial(galleys.draw_up, book, HOUSE), HOUSE, room, NOW, progress)


def essay(paragraphs: int, title: str = "Salt") -> str:
    return f"# {title}\n" + f"\n{WORDS}\n" * paragraphs


def plan(pagination: Pagination) -> list[tuple[str, str, int]]:
    """Every galley's name (to its first hyphen), first folio and number of pages."""
    return [
        (
            galley.name.partition("-")[0],
            str(Folio(galley.first_folio, roman=galley.numbering is Numbering.ROMAN)),
            galley.pages.count,
        )
        for galley in pagination.galleys
    ]


def test_pages_of_a_small_book(tmp_path: Path, room: Composing):
    files = {
        "front/dedication.md": "# D\n\nTo you.\n",
        "front/preface.md": essay(1, "Preface"),
        "essays/a.md": essay(1).replace("Salt is", "<!--ix: salt-->Salt is", 1),
        "essays/b.md": essay(5),
        "back/colophon.md": "# Colophon\n\nSet.\n",
    }
    found = paginated(edited(write_book(tmp_path, files)), room)
    assert plan(found) == [
        ("cover", "0", 1),
        ("half", "i", 1),
        ("blank", "ii", 1),
        ("title", "iii", 1),
        ("copyright", "iv", 1),
        ("dedication", "v", 1),
        ("blank", "vi", 1),
        ("contents", "vii", 1),
        ("blank", "viii", 1),
        ("preface", "ix", 1),
        ("blank", "x", 1),
        ("a", "1", 1),
        ("blank", "2", 1),
        ("b", "3", 2),
        ("index", "5", 1),
        ("colophon", "6", 1),
    ]
    assert found.folios["a--ix-1"] == Folio(1)
    assert found.folios["preface"] == Folio(9, roman=True)
    assert found.pages["a--ix-1"] == 11
    assert found.count == 17


@pytest.mark.parametrize(("paragraphs", "folio"), [(1, 2), (5, 3)])
def test_a_colophon_begins_on_either_side(
    tmp_path: Path, room: Composing, paragraphs: int, folio: int
):
    files = {"essays/a.md": essay(paragraphs), "back/colophon.md": "# Colophon\n\nSet.\n"}
    found = paginated(edited(write_book(tmp_path, files)), room)
    assert plan(found)[-1] == ("colophon", str(folio), 1)
    assert plan(found)[-2][0] == "a"


@pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 5, 9, 5), (9, 1, 5, 5)])
def test_odd_folios_are_rectos(tmp_path: Path, room: Composing, sizes: tuple[int, ...]):
    """Page 0 is the cover, so every odd page is a recto and has an odd folio."""
    files = {f"essays/{n}.md": essay(size) for n, size in enumerate(sizes)}
    found = paginated(edited(write_book(tmp_path, files)), room)
    page = 0
    for galley in found.galleys:
        assert galley.first_page == page
        page += galley.pages.count
        if galley.numbering is not Numbering.NONE:
            assert galley.first_page % 2 == galley.first_folio % 2
        if galley.name.isdigit():
            assert galley.first_folio % 2 == 1
    blanks = [galley for galley in found.galleys if galley.name.startswith("blank")]
    assert all(blank.pages.count == 1 for blank in blanks)
    assert not any(
        a.name[:5] == b.name[:5] == "blank" for a, b in itertools.pairwise(found.galleys)
    )


def test_numbers_that_do_not_settle_are_an_error(tmp_path: Path, room: Composing):
    book = edited(write_book(tmp_path, {"essays/a.md": essay(1)}))
    rounds = itertools.count()

    def draw_up(_folios: Folios) -> tuple[Galley, ...]:
        *others, last = galleys.draw_up(book, HOUSE, {})
        restless = Markup(f"<p id='restless-{next(rounds)}'>x</p>")
        return *others, replace(last, values={**last.values, "text": restless})

    with pytest.raises(Unprintable) as refusal:
        paginate(draw_up, HOUSE, room, NOW, lambda _name: None)
    assert [query.code for query in refusal.value.queries] == ["unsettled"]
    assert next(rounds) == ROUNDS


def test_contents_that_grow_by_their_numbers_are_right_in_the_end(tmp_path: Path, room: Composing):
    """Titles fill their lines: with the numbers they need two, and the contents a page more."""
    title = "Of the Salt Roads and the Men Who Kept Them Open so Lo"
    files = {f"essays/{n:02}.md": f"# {title}\n\n{n}.\n" for n in range(1, 26)}
    files["front/preface.md"] = "# Preface\n\n<!--ix: salt-->Salt.\n"
    book = edited(write_book(tmp_path, files))
    heard: list[str] = []
    found = paginated(book, room, heard)
    assert heard.count("contents") >= 2
    assert heard.count("preface") == 2  # It stood two pages earlier at first.
    assert heard.count("25") == 1
    printed = PrintedBook(pull([galley.pages for galley in found.galleys]).data)
    (contents,) = (galley for galley in found.galleys if galley.name == "contents")
    assert contents.pages.count == 3
    pages = range(contents.first_page, contents.first_page + contents.pages.count)
    numbers: dict[str, set[str]] = {}
    for link in (link for link in printed.links if link.page in pages):
        said = printed.text(link.page, link.box).split()
        numbers.setdefault(link.target, set()).update(said[-1:])
    assert len(numbers) == 27
    for name, numerals in numbers.items():
        assert str(found.folios[name]) in numerals
        assert printed.destinations[name][0] == found.pages[name]
    assert str(found.folios["preface--ix-1"]) == "ix"
    assert "salt, ix" in printed.text(found.pages["index"])


def test_what_did_not_change_is_not_set_again(tmp_path: Path, room: Composing):
    files = {"essays/a.md": essay(1).replace("Salt is", "<!--ix: salt-->Salt is", 1)}
    book = edited(write_book(tmp_path, files))
    heard: list[str] = []
    paginated(book, room, heard)
    assert heard.count("a") == 1
    assert heard.count("contents") == 2
    assert heard.count("index") == 2
