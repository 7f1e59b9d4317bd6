"""Page numbers by addition, on galleys of which only the number of pages is known."""

from __future__ import annotations

import pytest

from bindery.folios import Pagination, number
from bindery.galleys import Galley, Numbering, Opens
from bindery.indexing.locators import Folio
from bindery.set_pages import Anchor, SetPages

NONE, ROMAN, ARABIC = Numbering.NONE, Numbering.ROMAN, Numbering.ARABIC
RECTO, VERSO = Opens.RECTO, Opens.VERSO
Part = tuple[int, Opens, Numbering]
"""Pages of a galley, where it opens, and how it is numbered."""


def pages(*anchors: str) -> SetPages:
    """Pages with these anchors, a word a page, and “-” for none."""
    found = tuple(
        tuple(Anchor(name, 0, 0) for name in names.split("+") if name != "-") for names in anchors
    )
    return SetPages(b"", found, ((),) * len(found), (), {}, ())


def numbered(*parts: Part, silent: frozenset[int] = frozenset()) -> Pagination:
    """Galleys named g0, g1, …; those in `silent` do not print their folios."""
    galleys = [
        Galley(f"g{place}", "", {}, opens, numbering, prints_folio=place not in silent)
        for place, (_, opens, numbering) in enumerate(parts)
    ]
    standing = {
        f"g{place}": pages(f"g{place}", *["-"] * (count - 1))
        for place, (count, _, _) in enumerate(parts)
    }
    return number(galleys, standing)


def shown(found: Pagination) -> str:
    """All pages in a line: their galley's number (“_” when blank) and folio (“?” for none)."""
    return " ".join(f"{leaf.galley[1:] or '_'}:{leaf.folio or '?'}" for leaf in found.leaves)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        # A cover has no number and counts for none.
        ([(1, RECTO, NONE), (1, RECTO, ROMAN)], "0:? 1:i"),
        # A blank page before a recto, where one is needed.
        ([(1, RECTO, ARABIC), (1, RECTO, ARABIC)], "0:1 _:2 1:3"),
        ([(2, RECTO, ARABIC), (1, RECTO, ARABIC)], "0:1 0:2 1:3"),
        ([(3, RECTO, ARABIC), (2, RECTO, ARABIC)], "0:1 0:2 0:3 _:4 1:5 1:6"),
        # And before a verso.
        ([(1, RECTO, ROMAN), (1, VERSO, ROMAN)], "0:i 1:ii"),
        ([(2, RECTO, ROMAN), (1, VERSO, ROMAN)], "0:i 0:ii _:iii 1:iv"),
        ([(1, RECTO, ROMAN), (1, VERSO, ROMAN), (1, RECTO, ROMAN)], "0:i 1:ii 2:iii"),
        ([(1, RECTO, ROMAN), (2, VERSO, ROMAN), (1, RECTO, ROMAN)], "0:i 1:ii 1:iii _:iv 2:v"),
        # A new series begins with 1, on a recto; the blank before it is of the series that ends.
        ([(1, RECTO, ROMAN), (1, RECTO, ARABIC)], "0:i _:ii 1:1"),
        ([(2, RECTO, ROMAN), (1, RECTO, ARABIC)], "0:i 0:ii 1:1"),
        ([(1, RECTO, ARABIC), (1, RECTO, ROMAN)], "0:1 _:2 1:i"),
        # The front matter of every book.
        (
            [
                *((1, RECTO, NONE), (1, RECTO, ROMAN), (1, RECTO, ROMAN), (1, VERSO, ROMAN)),
                *((2, RECTO, ROMAN), (1, RECTO, ROMAN), (4, RECTO, ARABIC), (1, RECTO, ARABIC)),
            ],
            "0:? 1:i _:ii 2:iii 3:iv 4:v 4:vi 5:vii _:viii 6:1 6:2 6:3 6:4 7:5",
        ),
    ],
)
def test_numbers_follow_from_the_lengths(parts: list[Part], wanted: str):
    assert shown(numbered(*parts)) == wanted


def test_no_galley_at_all():
    assert number([], {}) == Pagination((), {}, {})


def test_unprinted_folios_are_counted():
    found = numbered((1, RECTO, ROMAN), (2, RECTO, ROMAN), silent=frozenset({0}))
    assert shown(found) == "0:i _:ii 1:iii 1:iv"
    assert [leaf.prints_folio for leaf in found.leaves] == [False, False, True, True]


def test_neither_blanks_nor_covers_print_a_folio():
    found = numbered((1, RECTO, NONE), (1, RECTO, ARABIC), (1, RECTO, ARABIC))
    assert [leaf.prints_folio for leaf in found.leaves] == [False, True, False, True]


def test_the_first_page_of_a_galley_is_an_opening():
    found = numbered((3, RECTO, ARABIC), (1, RECTO, ARABIC))
    assert [leaf.is_opening for leaf in found.leaves] == [True, False, False, False, True]


def test_odd_numbers_are_rectos_however_long_the_galleys_are():
    """Page 0 is the cover."""
    for first in range(1, 5):
        for second in range(1, 5):
            parts = [(first, RECTO, ROMAN), (second, VERSO, ROMAN), (first, RECTO, ROMAN)]
            parts += [(second, RECTO, ARABIC), (first, RECTO, ARABIC), (1, VERSO, ARABIC)]
            found = numbered((1, RECTO, NONE), *parts)
            for page, leaf in enumerate(found.leaves):
                assert leaf.folio is None or leaf.folio.number % 2 == page % 2
                if leaf.is_opening and leaf.folio:
                    wanted = leaf.galley in ("g2", "g6")
                    assert (leaf.folio.number % 2 == 0) is wanted


def test_anchors_have_the_page_and_folio_that_they_fall_on():
    galleys = [
        Galley("cover", "", {}, RECTO, NONE),
        Galley("a", "", {}, RECTO, ROMAN),
        Galley("b", "", {}, RECTO, ARABIC),
    ]
    standing = {
        "cover": pages("front"),
        "a": pages("a+one", "-", "two"),
        "b": pages("b", "three+four"),
    }
    found = number(galleys, standing)
    assert found.pages == {"front": 0, "a": 1, "one": 1, "two": 3, "b": 5, "three": 6, "four": 6}
    assert {name: str(folio) for name, folio in found.folios.items()} == {
        "a": "i",
        "one": "i",
        "two": "iii",
        "b": "1",
        "three": "2",
        "four": "2",
    }
    assert found.folios["two"] == Folio(3, roman=True)
    assert found.count == 7


def test_an_anchor_on_two_pages_is_where_it_begins():
    galley = Galley("a", "", {}, RECTO, ARABIC)
    found = number([galley], {"a": pages("a", "note", "note")})
    assert found.pages["note"] == 1
    assert found.folios["note"] == Folio(2)
