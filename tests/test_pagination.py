"""Pages in their order: rectos, blanks, folios, and numbers that settle."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bindery.book import EditedBook
from bindery.errata import Unprintable
from bindery.folios import Pagination
from bindery.house_style import read_house_style
from bindery.indexing.locators import Folio
from bindery.pagination import ROUNDS, SetBook, paginate
from bindery.set_pages import Copy, SetPages
from bindery.setting import ComposingRoom
from tests.conftest import imposed
from tests.specimen import edited, write_book

HOUSE = read_house_style()
FILES = HOUSE.files_of("print.css")
WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 9
"""A third of a page."""


@pytest.fixture(scope="module")
def room() -> ComposingRoom:
    return ComposingRoom(FILES)


def set_book(book: EditedBook, room: ComposingRoom, heard: list[str] | None = None) -> SetBook:
    """The book in pages; `heard` gets the names of the galleys that were set."""

    def typeset(copies: Sequence[Copy]) -> list[SetPages]:
        if heard is not None:
            heard.extend(copy.name for copy in copies)
        return [room.set_in_type(copy) for copy in copies]

    return paginate(book, HOUSE, {}, typeset)


def paginated(book: EditedBook, room: ComposingRoom, heard: list[str] | None = None) -> Pagination:
    return set_book(book, room, heard).pagination


def essay(paragraphs: int, title: str = "Salt") -> str:
    return f"# {title}\n" + f"\n{WORDS}\n" * paragraphs


def plan(pagination: Pagination) -> list[tuple[str, str, int]]:
    """Every galley's name (to its first hyphen), first folio and number of pages."""
    found = []
    for name, leaves in itertools.groupby(pagination.leaves, key=lambda leaf: leaf.galley):
        first, *more = leaves
        assert [leaf.number for leaf in more] == [*range(1, len(more) + 1)]
        folio = "" if first.folio is None else str(first.folio)
        found.append((name.partition("-")[0] or "blank", folio, 1 + len(more)))
    return found


def test_pages_of_a_small_book(tmp_path: Path, room: ComposingRoom):
    files = {
        "front/dedication.md": "# D\n\nTo you.\n",
        "front/preface.md": essay(1, "Preface"),
        "essays/a.md": essay(1).replace("Salt is", "<!--ix: salt-->Salt is", 1),
        "essays/b.md": essay(5),
        "back/colophon.md": "# Colophon\n\nSet.\n",
    }
    found = paginated(edited(write_book(tmp_path, files)), room)
    assert plan(found) == [
        ("cover", "", 1),
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
        ("blank", "6", 1),
        ("colophon", "7", 1),
    ]
    assert found.folios["a--ix-1"] == Folio(1)
    assert found.folios["preface"] == Folio(9, roman=True)
    assert found.pages["a--ix-1"] == 11
    assert found.count == 18


@pytest.mark.parametrize(("paragraphs", "before"), [(1, "blank"), (5, "a")])
def test_a_colophon_begins_on_a_recto(
    tmp_path: Path, room: ComposingRoom, paragraphs: int, before: str
):
    files = {"essays/a.md": essay(paragraphs), "back/colophon.md": "# Colophon\n\nSet.\n"}
    found = paginated(edited(write_book(tmp_path, files)), room)
    assert plan(found)[-1] == ("colophon", "3", 1)
    assert plan(found)[-2][0] == before


@pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 5, 9, 5), (9, 1, 5, 5)])
def test_odd_folios_are_rectos(tmp_path: Path, room: ComposingRoom, sizes: tuple[int, ...]):
    """Page 0 is the cover, so every odd page is a recto and has an odd folio."""
    files = {f"essays/{n}.md": essay(size) for n, size in enumerate(sizes)}
    found = paginated(edited(write_book(tmp_path, files)), room)
    for page, leaf in enumerate(found.leaves):
        if leaf.folio is not None:
            assert leaf.folio.number % 2 == page % 2
            if leaf.is_opening and leaf.galley.isdigit():
                assert leaf.folio.number % 2 == 1
    assert not any(not a.galley and not b.galley for a, b in itertools.pairwise(found.leaves))


def test_numbers_that_do_not_settle_are_an_error(tmp_path: Path, room: ComposingRoom):
    """Contents that take two pages more whenever they are set."""
    files = {"front/preface.md": essay(1, "Preface"), "essays/a.md": essay(1)}
    book = edited(write_book(tmp_path, files))
    rounds = itertools.count()

    def typeset(copies: Sequence[Copy]) -> list[SetPages]:
        return [restless(room.set_in_type(copy), copy.name) for copy in copies]

    def restless(pages: SetPages, name: str) -> SetPages:
        more = 2 * (next(rounds) + 1) if name == "contents" else 0
        nothing: tuple[tuple[()], ...] = ((),) * more
        return replace(pages, anchors=pages.anchors + nothing, bookmarks=pages.bookmarks + nothing)

    with pytest.raises(Unprintable) as refusal:
        paginate(book, HOUSE, {}, typeset)
    assert [query.code for query in refusal.value.queries] == ["unsettled"]
    assert next(rounds) == ROUNDS


def test_contents_that_grow_by_their_numbers_are_right_in_the_end(
    tmp_path: Path, room: ComposingRoom
):
    """Titles fill their lines: with the numbers they need two, and the contents a page more."""
    title = "Of the Salt Roads and the Men Who Kept Them Open so Lo"
    files = {f"essays/{n:02}.md": f"# {title}\n\n{n}.\n" for n in range(1, 26)}
    files["front/preface.md"] = "# Preface\n\n<!--ix: salt-->Salt.\n"
    book = edited(write_book(tmp_path, files))
    heard: list[str] = []
    whole = set_book(book, room, heard)
    found = whole.pagination
    assert heard.count("contents") >= 2
    assert heard.count("preface") == 1  # It stood two pages earlier at first.
    assert heard.count("25") == 1
    printed = imposed(whole, FILES)
    pages = [page for page, leaf in enumerate(found.leaves) if leaf.galley == "contents"]
    assert len(pages) == 3
    numbers: dict[str, set[str]] = {}
    for link in (link for link in printed.links if link.page in pages):
        said = printed.text(link.page, link.box).split()
        numbers.setdefault(link.target, set()).update(said[-1:])
    assert len(numbers) == 27
    for name, numerals in numbers.items():
        assert str(found.folios[name]) in numerals
        assert printed.destinations[name][0] == found.pages[name]
    assert str(found.folios["preface--ix-1"]) == "ix"
    assert "salt, ix" in printed.text(found.pages["index"]).replace("\u00a0", " ")


def test_what_did_not_change_is_not_set_again(tmp_path: Path, room: ComposingRoom):
    files = {"essays/a.md": essay(1).replace("Salt is", "<!--ix: salt-->Salt is", 1)}
    book = edited(write_book(tmp_path, files))
    heard: list[str] = []
    paginated(book, room, heard)
    assert sorted(heard) == sorted(set(heard))
    assert {"a", "contents", "index", "cover", "copyright", "blank"} <= set(heard)


# Folios


def test_every_printed_folio_is_set(tmp_path: Path, room: ComposingRoom):
    """Contents that grow onto the blank page behind them move nothing, but need a number."""
    files = {f"essays/{n:02}.md": f"# Essay {n} of many\n\nx\n" for n in range(1, 31)}
    found = set_book(edited(write_book(tmp_path, files)), room)
    assert plan(found.pagination)[5] == ("contents", "v", 2)
    for leaf in found.pagination.leaves:
        if leaf.prints_folio:
            assert (str(leaf.folio), leaf.is_opening) in found.folios


def test_ordinary_folios_stand_in_the_head_wherever_their_sheet_begins(
    tmp_path: Path, room: ComposingRoom
):
    """Sheets begin with 1, 33, 65 and 193: those pages are not openings."""
    text = "# Salt\n\nx\n" + f"\n{WORDS}\n" * 240
    whole = set_book(edited(write_book(tmp_path, {"essays/a.md": text})), room)
    printed = imposed(whole, FILES)
    assert whole.pagination.count > 7 + 65
    for page, label in enumerate(printed.labels[8:], start=8):
        head = f"{label} Specimen" if page % 2 == 0 else f"Salt {label}"
        assert (printed.head(page), printed.foot(page)) == (head, "")
