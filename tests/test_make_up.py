"""Making up the pages of an index: level columns, nothing alone, headings that stand again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.make_up import Band, Matter, Measured, Page, make_up
from bindery.vocabulary import Continued

LINE = 12.0


def matter(*kinds: str, head: float = 0, again: float = 0) -> Matter:
    """A section: “L” is a letter, “3” an entry of three lines, “-2” a sub-entry of two.

    “H” is a heading without locators before its sub-entries.
    """
    passages: list[Measured] = []
    below, main = 0.0, 0
    for place, kind in enumerate(kinds):
        if kind == "L":
            below += LINE if passages else 0
        count = 1 if kind in "LH" else int(kind.lstrip("-"))
        parents = (main,) if kind.startswith("-") else ()
        main = main if parents or kind == "L" else place
        lines = tuple(below + LINE * number for number in range(count))
        below += LINE * count
        passages.append(Measured(lines, parents, kind == "L", kind == "H", 1 if kind != "L" else 0))
    return Matter(head, head, again, LINE, tuple(passages))


def drawn(pages: tuple[Page, ...]) -> list[list[list[str]]]:
    """Pages of columns of lines: “4:0” is the first line of passage 4, “(3)” heads it again."""
    return [
        [
            [
                word
                for piece in column
                for word in (
                    *(f"({above})" for above in piece.again),
                    *(f"{piece.passage}:{line}" for line in range(piece.first, piece.last)),
                )
            ]
            for band in page
            for column in band.columns
        ]
        for page in pages
    ]


def test_what_fits_a_page_stands_in_level_columns() -> None:
    pages = make_up([matter(*"11111")], 200, 400, 2, Continued.COLUMN)
    assert drawn(pages) == [[["0:0", "1:0", "2:0"], ["3:0", "4:0"]]]


def test_an_entry_that_goes_on_is_headed_again() -> None:
    section = matter("1", "1", "-1", "-1", "-1", "-1")
    pages = make_up([section], 6 * LINE, 6 * LINE, 2, Continued.COLUMN)
    assert drawn(pages) == [[["0:0", "1:0", "2:0", "3:0"], ["(1)", "4:0", "5:0"]]]
    alone = make_up([section], 6 * LINE, 6 * LINE, 2, Continued.NONE)
    assert drawn(alone) == [[["0:0", "1:0", "2:0"], ["3:0", "4:0", "5:0"]]]


def test_only_over_the_page_if_so_wanted() -> None:
    section = matter("1", *["-1"] * 9)
    pages = make_up([section], 3 * LINE, 3 * LINE, 2, Continued.PAGE)
    assert drawn(pages) == [
        [["0:0", "1:0", "2:0"], ["3:0", "4:0", "5:0"]],
        [["(0)", "6:0", "7:0"], ["8:0", "9:0"]],
    ]


@pytest.mark.parametrize("kinds", [("1", "1", "L", "1", "1", "1"), ("1", "1", "H", "-1", "1", "1")])
def test_no_column_ends_with_a_letter_or_a_bare_heading(kinds: tuple[str, ...]) -> None:
    for lines in range(3, 9):
        pages = make_up([matter(*kinds)], lines * LINE, lines * LINE, 2, Continued.NONE)
        for column in (column for page in drawn(pages) for column in page if column):
            assert column[-1] != "2:0", pages


def test_a_long_passage_is_divided_with_two_lines_on_either_side() -> None:
    pages = make_up([matter("6")], 5 * LINE, 5 * LINE, 2, Continued.COLUMN)
    assert drawn(pages) == [[["0:0", "0:1", "0:2", "0:3"], ["(0)", "0:4", "0:5"]]]
    whole = make_up([matter("3", "3")], 5 * LINE, 5 * LINE, 2, Continued.COLUMN)
    assert drawn(whole) == [[["0:0", "0:1", "0:2"], ["1:0", "1:1", "1:2"]]]


def test_a_head_needs_some_lines_under_it() -> None:
    first = matter(*"11111111")
    second = matter(*"11111111", head=30)
    pages = make_up([first, second], 5 * LINE + 32, 10 * LINE, 2, Continued.COLUMN)
    assert [[band.section for band in page] for page in pages] == [[0], [1]]


def test_a_section_without_entries_is_still_headed() -> None:
    first, empty = matter(*"1111"), matter(head=30)
    pages = make_up([first, empty, first], 10 * LINE, 10 * LINE, 2, Continued.COLUMN)
    assert [[(band.section, band.is_first) for band in page] for page in pages] == [
        [(0, True), (1, True), (2, True)]
    ]
    late = make_up([first, empty], 2 * LINE + 1, 10 * LINE, 2, Continued.COLUMN)
    assert [[band.section for band in page] for page in late] == [[0], [1]]


def test_a_section_that_goes_on_is_headed_again_on_the_next_page() -> None:
    pages = make_up([matter(*"1" * 30, head=24, again=24)], 120, 120, 2, Continued.COLUMN)
    assert [[band.is_first for band in page] for page in pages] == [[True], [False]]
    depth = [max(len(c) for band in page for c in band.columns) * LINE + 24 for page in pages]
    assert max(depth) <= 120


def test_depth_is_measured_with_the_space_above_letters() -> None:
    pages = make_up([matter("L", "1", "L", "1", "L", "1")], 60, 60, 2, Continued.NONE)
    assert drawn(pages) == [[["0:0", "1:0", "2:0", "3:0"], ["4:0", "5:0"]]]


def _depth(band: Band, section: Matter) -> float:
    depths = [0.0]
    for column in band.columns:
        lines = [
            section.passages[piece.passage].baselines[line]
            for piece in column
            for line in range(piece.first, piece.last)
        ]
        again = sum(len(piece.again) for piece in column)
        depths.append((lines[-1] - lines[0]) + LINE * (1 + again) if lines else 0)
    return max(depths)


@given(
    st.lists(st.sampled_from(["1", "2", "5", "-1", "-3", "L", "H"]), min_size=1, max_size=60),
    st.integers(6, 30),
    st.integers(6, 30),
    st.integers(1, 4),
    st.sampled_from(Continued),
)
def test_every_line_stands_once_in_order_and_fits(
    kinds: list[str], first: int, full: int, columns: int, continued: Continued
) -> None:
    kinds = ["1", *kinds, "1"]
    section = matter(*kinds, head=20, again=10)
    first = min(first, full)
    pages = make_up([section], first * LINE, full * LINE, columns, continued)
    found = [word for page in drawn(pages) for column in page for word in column if "(" not in word]
    wanted = [
        f"{n}:{line}" for n, p in enumerate(section.passages) for line in range(len(p.baselines))
    ]
    assert found == wanted
    for number, page in enumerate(pages):
        heads = sum(20 if band.is_first else 10 for band in page)
        room = first * LINE if number == 0 else full * LINE
        assert sum(_depth(band, section) for band in page) + heads <= room + 0.2
