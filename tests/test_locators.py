"""Locators: which pages an index names, and how it prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.index import Locus, Stands
from bindery.indexing.locators import Folio, Locator, locators, roman, shortened
from bindery.vocabulary import Collapse, Ranges, Settings

DEFAULT = Settings()


def printed(*places: str, settings: Settings = DEFAULT, more: str = "") -> str:
    """The locators of places, main ones in asterisks, pictures in underscores, no word joiners.

    A place is a page (“7”, “r3” for a Roman numeral), a discussion (“7-12”), a note (“7n3”), a
    picture (“7f”), each as the main discussion with “!” before it.  `more` has the pages of
    notes that no place stands in: “7n1 7n2”.
    """
    folios: dict[str, Folio] = {}
    loci = [_locus(place, f"x--ix-{n}", folios) for n, place in enumerate(places)]
    for note in more.split():
        page, _, number = note.partition("n")
        folios[f"x--note-{number}"] = Folio(int(page))
    return ", ".join(map(_shown, locators(loci, folios, settings)))


def _locus(place: str, anchor: str, folios: dict[str, Folio]) -> Locus:
    principal, place = place.startswith("!"), place.lstrip("!")
    first, _, last = place.partition("-")
    first, _, note = first.partition("n")
    stands = Stands.FIGURE if first.endswith("f") else Stands.NOTE if note else Stands.TEXT
    folios[anchor] = _folio(first.rstrip("f"))
    if note:
        folios[f"x--note-{note}"] = folios[anchor]
    end = f"{anchor}-end" if last else ""
    if last:
        folios[end] = _folio(last)
    return Locus(anchor, end, principal, stands, int(note or 0))


def _folio(page: str) -> Folio:
    return Folio(int(page[1:]), roman=True) if page.startswith("r") else Folio(int(page))


def _shown(locator: Locator) -> str:
    text = locator.text.replace("\u2060", "")
    text = f"_{text}_" if locator.italic else text
    return f"*{text}*" if locator.principal else text


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("", ""),
        ("7", "7"),
        ("2 2 3 3 3", "2, 3"),
        ("9 3 5", "3, 5, 9"),
        ("1 2 3 5 7 8", "1–3, 5, 7, 8"),
        ("321 322 323", "321–23"),
        ("r9 r10 r11 1 2 3", "ix–xi, 1–3"),
        ("1 r1", "i, 1"),
        ("r4 5", "iv, 5"),
        ("r1 r2 3 4", "i, ii, 3, 4"),
        ("99 100 101", "99–101"),
    ],
)
def test_locators_of_pages(places: str, expected: str) -> None:
    assert printed(*places.split()) == expected


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        (Collapse.NEVER, "1, 2, 4, 5, 6, 9, 10"),
        (Collapse.MARKED, "1, 2, 4, 5, 6, 9–10"),
        (Collapse.THREE, "1, 2, 4–6, 9–10"),
        (Collapse.ALWAYS, "1–2, 4–6, 9–10"),
    ],
)
def test_pages_in_a_row_become_a_range_as_the_settings_say(
    collapse: Collapse, expected: str
) -> None:
    settings = Settings(collapse=collapse)
    assert printed("1", "2", "4", "5", "6", "9-10", settings=settings) == expected


def test_three_in_a_row_is_the_rule_when_nothing_is_said() -> None:
    assert DEFAULT.collapse is Collapse.THREE
    assert printed("34", "35") == "34, 35"
    assert printed("34", "35", "36") == "34–36"


MARKED = Settings(collapse=Collapse.MARKED)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("10-14", "10–14"),
        ("10-14 12 14 10", "10–14"),
        ("10-10", "10"),
        ("9 10-14 15", "9, 10–14, 15"),
        ("10-12 12-15", "10–15"),
        ("10-12 13-15", "10–12, 13–15"),
        ("10-20 12-15", "10–20"),
        ("r9-r12", "ix–xii"),
    ],
)
def test_a_marked_discussion_is_a_range_and_holds_the_pages_in_it(
    places: str, expected: str
) -> None:
    assert printed(*places.split(), settings=MARKED) == expected


def test_discussions_and_pages_in_a_row_are_one_range_where_pages_are() -> None:
    assert printed("9", "10-14", "15") == "9–15"
    assert printed("9", "10-11") == "9–11"
    assert printed("10-11") == "10–11"


def test_no_range_goes_from_roman_to_arabic_numerals() -> None:
    assert printed("r12-3") == "xii, 3"


def test_a_discussion_whose_end_is_not_known_yet_is_its_first_page() -> None:
    folios = {"x--1": Folio(4)}
    assert [loc.text for loc in locators([Locus("x--1", "x--2")], folios, DEFAULT)] == ["4"]


def test_a_discussion_that_ends_before_it_begins_is_its_first_page() -> None:
    assert printed("9-4") == "9"


def test_without_ranges_every_page_of_a_discussion_leads_to_a_place_of_its_own_if_it_can() -> None:
    folios = {"a": Folio(4), "b": Folio(5), "c": Folio(7)}
    found = locators([Locus("a", "c"), Locus("b")], folios, Settings(collapse=Collapse.NEVER))
    assert [(loc.text, loc.anchor) for loc in found] == [
        ("4", "a"),
        ("5", "b"),
        ("6", "a"),
        ("7", "c"),
    ]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("!5", "*5*"),
        ("5 !5", "*5*"),
        ("4 !5 6", "4, *5*, 6"),
        ("!4 !5 !6", "*4–6*"),
        ("3 4 5 !6", "3–5, *6*"),
        ("!10-14 12", "*10–14*"),
        ("10-14 !12", "10–14, *12*"),
        ("10-14 !12-16", "10–14, *12–16*"),
        ("12-14 !10-16", "*10–16*"),
        ("10-14 !10-14", "*10–14*"),
        ("10-14 !10", "10–14, *10*"),
    ],
)
def test_a_main_discussion_never_melts_into_another_range(places: str, expected: str) -> None:
    assert printed(*places.split()) == expected


@pytest.mark.parametrize(
    ("places", "more", "expected"),
    [
        ("45n3", "", "45n"),
        ("45n3", "45n2", "45n3"),
        ("45n3", "45n4", "45n3"),
        ("45n3", "44n2 46n4", "45n"),
        ("45n3 45n4 45n5", "", "45nn3–5"),
        ("45n4 45n3", "", "45nn3–4"),
        ("45n3 45n5", "45n4", "45n3, 45n5"),
        ("45n3 46n4", "", "45n, 46n"),
        ("45n3 45n3", "45n2", "45n3"),
        ("45 45n3", "45n4", "45, 45n3"),
        ("44 45 46 45n3", "45n4", "44–46, 45n3"),
        ("!45n3 45n4", "", "*45n3*, 45n4"),
        ("45n3 !45n3", "45n4", "*45n3*"),
    ],
)
def test_notes_are_named_by_their_numbers(places: str, more: str, expected: str) -> None:
    assert printed(*places.split(), more=more) == expected


def test_a_place_on_a_later_page_of_its_note_keeps_the_number() -> None:
    folios = {"x--note-3": Folio(45), "x--ix-1": Folio(46)}
    locus = Locus("x--ix-1", stands=Stands.NOTE, note=3)
    assert [loc.text for loc in locators([locus], folios, DEFAULT)] == ["46n3"]


def test_notes_in_a_row_lead_to_the_first_and_to_the_last() -> None:
    folios = {name: Folio(45) for name in ("x--1", "x--2", "x--note-3", "x--note-4")}
    loci = [Locus(f"x--{n}", stands=Stands.NOTE, note=n + 2) for n in (1, 2)]
    (found,) = locators(loci, folios, DEFAULT)
    assert (found.note, found.anchor, found.last_anchor) == (
        "nn3\u2060–\u20604",
        "x--1",
        "x--2",
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("7f", "_7_"),
        ("7f 7", "7"),
        ("7 8f 9", "7, _8_, 9"),
        ("7-9 8f", "7–9"),
        ("7f 8f 9f", "_7–9_"),
        ("!7f", "*_7_*"),
        ("7 !7f", "*7*"),
        ("7-9 !8f", "7–9, *_8_*"),
        ("!7-9 !8f", "*7–9*"),
        ("7f !7f", "*_7_*"),
    ],
)
def test_pictures_are_in_italics_unless_the_text_of_their_page_is_named(
    places: str, expected: str
) -> None:
    assert printed(*places.split()) == expected


def test_tables_are_in_italics_too() -> None:
    (found,) = locators([Locus("a", stands=Stands.TABLE)], {"a": Folio(2)}, DEFAULT)
    assert found.italic


def test_a_range_is_printed_without_a_place_where_a_line_may_break() -> None:
    (found,) = locators([Locus("a", "b")], {"a": Folio(321), "b": Folio(328)}, DEFAULT)
    assert found.text == "321\u2060–\u206028"


def test_a_locator_leads_to_the_first_anchor_of_its_pages() -> None:
    folios = {"a": Folio(3), "b": Folio(2), "c": Folio(2), "d": Folio(3)}
    always = Settings(collapse=Collapse.ALWAYS)
    assert locators(map(Locus, "abcd"), folios, always) == (Locator("2", "3", "b", "a"),)
    assert locators(map(Locus, "dc"), folios, always) == (Locator("2", "3", "c", "d"),)
    assert locators(map(Locus, "a"), folios, always) == (Locator("3", "", "a", "a"),)


def test_a_locus_whose_page_is_not_known_is_left_out() -> None:
    assert locators([Locus("a"), Locus("b")], {"b": Folio(2)}, DEFAULT) == (
        Locator("2", "", "b", "b"),
    )


Numbers = st.integers(1, 60)
Places = st.lists(
    st.tuples(Numbers, st.integers(0, 6), st.booleans(), st.sampled_from(Stands)), max_size=25
)


@given(Places, st.sampled_from(Collapse))
def test_locators_cover_exactly_the_pages(
    places: list[tuple[int, int, bool, Stands]], collapse: Collapse
) -> None:
    folios: dict[str, Folio] = {}
    loci = []
    for number, (first, more, principal, stands) in enumerate(places):
        name, end = f"x--{number}", f"x--{number}-end" if more else ""
        folios |= {name: Folio(first), end: Folio(first + more)} if end else {name: Folio(first)}
        loci.append(Locus(name, end, principal, stands, number))
    found = locators(loci, folios, Settings(collapse=collapse, ranges=Ranges.FULL))
    spans = [(int(loc.first), int(loc.last or loc.first), loc) for loc in found]
    covered = {page for first, last, _ in spans for page in range(first, last + 1)}
    meant = {page for first, more, _, stands in places for page in range(first, first + more + 1)}
    assert covered == meant
    main = {
        page
        for first, more, principal, _ in places
        if principal
        for page in range(first, first + more + 1)
    }
    bold = [(first, last) for first, last, loc in spans if loc.principal]
    assert {page for first, last in bold for page in range(first, last + 1)} == main
    assert [first for first, _, _ in spans] == sorted(first for first, _, _ in spans)
    assert all(folios[loc.anchor].number <= first for first, _, loc in spans)


@given(st.lists(Numbers, max_size=30), st.sampled_from(Collapse))
def test_every_page_of_single_places_is_named_once(numbers: list[int], collapse: Collapse) -> None:
    folios = {str(place): Folio(number) for place, number in enumerate(numbers)}
    found = locators(map(Locus, folios), folios, Settings(collapse=collapse))
    named = [folios[loc.anchor].number for loc in found]
    ends = [folios[loc.last_anchor].number for loc in found]
    covered = [n for first, last in zip(named, ends, strict=True) for n in range(first, last + 1)]
    assert covered == sorted(set(numbers))


CHICAGO = (
    "3–10 71–72 100–104 107–8 808–33 321–28 498–532 1087–89 1496–500 11564–615 12991–3001 "
    "1100–1113 505–17 1002–3 600–613 1–2 99–101 101–8 808–9"
)
FULL = "3–10 71–72 100–104 107–108 808–833 321–328 1496–1500 12991–13001"
MINIMAL = (
    "3–10 71–2 42–5 100–4 107–8 808–33 321–8 498–532 1087–9 1496–500 11564–615 12991–3001 "
    "10–12 15–19 114–18 214–15 310–11 99–101 1961–5 109–11"
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        *((Ranges.CHICAGO, text) for text in CHICAGO.split()),
        *((Ranges.FULL, text) for text in FULL.split()),
        *((Ranges.MINIMAL, text) for text in MINIMAL.split()),
    ],
    ids=str,
)
def test_ranges_are_shortened_as_their_style_has_it(style: Ranges, text: str) -> None:
    first, _, last = text.partition("–")
    whole = first[: max(0, len(first) - len(last))] + last
    assert shortened(int(first), int(whole), style) == last
    assert printed(f"{first}-{whole}", settings=Settings(ranges=style)) == text


@given(st.integers(1, 20_000), st.integers(1, 300), st.sampled_from(Ranges))
def test_a_shortened_range_can_be_read_again(first: int, more: int, style: Ranges) -> None:
    ending = shortened(first, first + more, style)
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
