"""The index: its order, and the pages that it names."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.index import IndexEntry, Locus
from bindery.indexing import gather, letter_of, sort_key
from bindery.indexing.locators import Folio, Locator, locators, roman, shortened
from bindery.vocabulary import Settings, Vocabulary
from tests.specimen import chapter_of


def index_of(*entries: str, language: str = "en") -> dict[str, list[str]]:
    """The headings of an index by letter; sub-headings follow theirs, indented."""
    text = " ".join(f"<!--ix: {entry}-->word" for entry in entries)
    index = gather((chapter_of(text),), Vocabulary(), language)
    return {group.letter: _lines(group.entries, "") for group in index.listings[0].groups}


def _lines(entries: tuple[IndexEntry, ...], indent: str) -> list[str]:
    return [
        line
        for entry in entries
        for line in (indent + entry.heading, *_lines(entry.entries, indent + "  "))
    ]


IN_ORDER = [
    # Letter by letter: spaces and hyphens do not count.
    ["newborn", "New Deal", "new economics", "newlyweds", "New York"],
    ["black-letter", "blackmail", "black market"],
    # Up to the first comma.
    ["Smith, Zoe", "Smithson, Ann"],
    ["Newton, Isaac", "newton, the unit", "newton meter"],
    # Articles do not count, diacritics and case neither.
    ["a cappella", "The Capture"],
    ["Ecole", "école normale", "Éden"],
    ["ʿulamāʾ", "ultimatum"],
    ["Hobbes, Thomas", "the Hobbit"],
    # Figures before letters.
    ["1066", "Acre"],
]


@pytest.mark.parametrize("headings", IN_ORDER, ids=lambda headings: headings[0])
def test_order_of_headings(headings: list[str]) -> None:
    for seed in range(5):
        mixed = random.Random(seed).sample(headings, len(headings))  # noqa: S311
        assert sorted(mixed, key=sort_key) == headings


def test_order_of_sub_headings() -> None:
    subs = ["and betrayal", "as custom", "definition of", "in the desert", "of equals", "on oath"]
    expected = ["betrayal", "custom", "definition", "desert", "equals", "oath"]
    ordered = sorted(subs, key=lambda heading: sort_key(heading, top=False))
    assert [next(w for w in expected if w in heading) for heading in ordered] == expected


def test_a_connective_counts_at_the_top() -> None:
    assert sorted(["On Liberty", "oath"], key=sort_key) == ["oath", "On Liberty"]


@pytest.mark.parametrize(
    ("heading", "letter"),
    [
        ("oath", "O"),
        ("Éden", "E"),
        ("the Hobbit", "H"),
        ("“quoted”", "Q"),
        ("1066", "#"),
        ("حلف", "ح"),
        ("ʿulamāʾ", "U"),
        ("&", "#"),
        ("a", "A"),
    ],
)
def test_letters(heading: str, letter: str) -> None:
    assert letter_of(heading) == letter


def test_an_index() -> None:
    entries = ["oath > sworn", "pact", "oath", "oath > broken", "Éden", "pact", "12 Angry Men"]
    assert index_of(*entries) == {
        "#": ["12 Angry Men"],
        "E": ["Éden"],
        "O": ["oath", "  broken", "  sworn"],
        "P": ["pact"],
    }


def test_a_book_without_marks_has_no_index() -> None:
    assert not gather((chapter_of("Text"),), Vocabulary(), "en")


def test_headings_get_printed_punctuation() -> None:
    assert index_of('"Hobbes\'s" pact--oath') == {"H": ["“Hobbes’s” pact–oath"]}
    assert index_of('"Pakt"', language="de") == {"P": ["„Pakt“"]}


def test_an_entry_is_one_however_its_apostrophe_was_typed() -> None:
    assert index_of("Hobbes's pact", "Hobbes’s pact") == {"H": ["Hobbes’s pact"]}


def test_entries_hold_anchors_in_the_order_of_the_book() -> None:
    one = chapter_of("<!--ix: b; a-->x <!--ix: a > c-->x", "essays/one.md")
    two = chapter_of("<!--ix: a-->x", "essays/two.md")
    (a, b) = gather((one, two), Vocabulary(), "en").listings[0].groups
    below = (IndexEntry("index--2", "c", (Locus("one--ix-2"),)),)
    assert a.entries == (
        IndexEntry("index--1", "a", (Locus("one--ix-1"), Locus("two--ix-1")), below),
    )
    assert b.entries == (IndexEntry("index--3", "b", (Locus("one--ix-1"),)),)


def test_a_mark_that_names_an_entry_twice_is_one_place() -> None:
    (listing,) = gather((chapter_of("<!--ix: a; a-->x"),), Vocabulary(), "en").listings
    (entry,) = listing.entries
    assert entry.loci == (Locus("a--ix-1"),)


def pages(*folios: int | str) -> str:
    """The locators as an index prints them; a page in Roman numerals is written as “r3”."""
    numbered = {
        f"x--ix-{n}": Folio(int(f[1:]), roman=True) if isinstance(f, str) else Folio(f)
        for n, f in enumerate(folios)
    }
    found = locators(map(Locus, numbered), numbered, Settings())
    return ", ".join(f"{loc.first}–{loc.last}" if loc.last else loc.first for loc in found)


@pytest.mark.parametrize(
    ("folios", "printed"),
    [
        ((), ""),
        ((7,), "7"),
        ((2, 2, 3, 3, 3), "2–3"),
        ((9, 3, 5), "3, 5, 9"),
        ((1, 2, 3, 5, 7, 8), "1–3, 5, 7–8"),
        ((321, 322, 323), "321–23"),
        (("r9", "r10", "r11", 1, 2), "ix–xi, 1–2"),
        ((1, "r1"), "i, 1"),
        (("r4", 5), "iv, 5"),
        ((99, 100, 101), "99–101"),
    ],
)
def test_locators(folios: tuple[int | str, ...], printed: str) -> None:
    assert pages(*folios) == printed


def test_a_locator_leads_to_the_first_anchor_of_its_pages() -> None:
    folios = {"a": Folio(3), "b": Folio(2), "c": Folio(2), "d": Folio(3)}
    assert locators(map(Locus, "abcd"), folios, Settings()) == (Locator("2", "3", "b", "a"),)
    assert locators(map(Locus, "dc"), folios, Settings()) == (Locator("2", "3", "c", "d"),)
    assert locators(map(Locus, "a"), folios, Settings()) == (Locator("3", "", "a", "a"),)


@given(st.lists(st.integers(1, 400), max_size=30))
def test_locators_name_every_page_once(numbers: list[int]) -> None:
    folios = {str(place): Folio(number) for place, number in enumerate(numbers)}
    found = locators(map(Locus, folios), folios, Settings())
    named = [folios[loc.anchor].number for loc in found]
    ends = [folios[loc.last_anchor].number for loc in found]
    covered = [n for first, last in zip(named, ends, strict=True) for n in range(first, last + 1)]
    assert covered == sorted(set(numbers))


CHICAGO = (
    "3–10 71–72 100–104 1100–1113 107–8 505–17 1002–3 321–28 498–532 1087–89 1496–500 "
    "11564–615 12991–3001 808–33 600–613 1–2 99–101 101–8 808–9"
)


@pytest.mark.parametrize("printed", CHICAGO.split())
def test_ranges_are_shortened_as_chicago_does(printed: str) -> None:
    first, _, last = printed.partition("–")
    whole = first[: max(0, len(first) - len(last))] + last
    assert shortened(int(first), int(whole)) == last


@given(st.integers(1, 20_000), st.integers(1, 300))
def test_a_shortened_range_can_be_read_again(first: int, more: int) -> None:
    ending = shortened(first, first + more)
    start = str(first)
    read = start[: len(start) - len(ending)] + ending if len(ending) < len(start) else ending
    assert int(read) == first + more


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "i"),
        (3, "iii"),
        (4, "iv"),
        (9, "ix"),
        (14, "xiv"),
        (19, "xix"),
        (40, "xl"),
        (49, "xlix"),
        (90, "xc"),
        (400, "cd"),
        (1994, "mcmxciv"),
    ],
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral
    assert str(Folio(number, roman=True)) == numeral
