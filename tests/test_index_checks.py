"""What is asked about an index: every fault has its code, its place, and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.errata import Query
from bindery.indexing.checking import advise, statistics
from bindery.indexing.checking.likeness import one_spelling, signature, words_in
from bindery.indexing.checking.slips import distance, slips
from bindery.production import Copy, edit
from tests.specimen import dedented, write_book

WORDS = "Oaths bind. Pacts hold. Salt trade and salt tax.\n\nIron, tin and copper are mined.\n"


def copy_of(folder: Path, index: str | None, *essays: str, language: str = "en") -> Copy:
    """A book of an `index.toml` and essays, called one, two …, edited."""
    names = ("one", "two", "three")
    files = {
        f"essays/{name}.md": text if text.startswith(("# ", "---")) else f"# {name}\n\n{text}"
        for name, text in zip(names, essays or (WORDS,), strict=False)
    }
    if index is not None:
        files["index.toml"] = dedented(index)
    toml = f'title = "Specimen"\nlanguage = "{language}"\n'
    return edit(write_book(folder, files, toml))


def asked(folder: Path, index: str | None, *essays: str, language: str = "en") -> list[str]:
    """All queries about the index as “place code severity”."""
    queries = copy_of(folder, index, *essays, language=language).queries
    return [f"{query.place} {query.code} {query.severity}" for query in queries]


def advised(folder: Path, index: str, *essays: str) -> list[str]:
    """What an editor may think over, as “place code”."""
    copy = copy_of(folder, index, *essays)
    book = copy.book
    found = advise(book.chapters, copy.vocabulary, book.index, book.metadata.language)
    return [f"{query.place} {query.code}" for query in found]


def the_query(folder: Path, code: str, index: str | None, *essays: str) -> Query:
    """The only query with a code."""
    (found,) = (query for query in copy_of(folder, index, *essays).queries if query.code == code)
    return found


SOUND = """
    [[theme]]
    id = "trade"
    title = "Trade"
    [[entry]]
    term = "salt > tax on"
    theme = "trade"
    match = "salt tax"
    [[entry]]
    term = "salt > trade in"
    theme = "trade"
    match = "salt trade"
    [[entry]]
    term = "metals"
    theme = "trade"
    match = ["iron", "copper"]
    see_also = "salt"
    [[entry]]
    term = "ores"
    see = "metals"
    [[entry]]
    term = "mines"
    see = { generic = "names of places" }
    """


def test_a_sound_index_is_passed_in_silence(tmp_path: Path) -> None:
    assert asked(tmp_path, SOUND) == []


def test_a_book_without_an_index_is_passed_in_silence(tmp_path: Path) -> None:
    assert asked(tmp_path, None, "Text.\n") == []


# Cross-references


def test_a_reference_to_nothing_is_blind(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "oaths"
        match = "oaths"
        see_also = "pakts"
        [[entry]]
        term = "pacts"
        match = "pacts"
        [[entry]]
        term = "vows"
        see = "promises"
        """
    assert asked(tmp_path, index) == [
        "index.toml:1 blind-reference error",
        "index.toml:8 blind-reference error",
    ]


def test_a_blind_reference_is_told_with_what_was_meant(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "oaths > swarn"
        [[entry]]
        term = "oaths > sworn"
        match = "oaths"
        [[entry]]
        term = "oaths > kept"
        match = "pacts"
        """
    query = the_query(tmp_path, "blind-reference", index)
    assert query.message == "“vows” says see “oaths > swarn”, and there is no such entry."
    assert query.hint == "Did you mean “oaths > sworn”?"


def test_a_reference_to_an_entry_without_locators_is_blind(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "promises"
        [[entry]]
        term = "promises"
        match = "promises"
        """
    assert asked(tmp_path, index) == [
        "index.toml:1 blind-reference error",
        "index.toml:4 no-locator warning",
    ]


def test_a_reference_may_lead_to_a_heading_whose_sub_entries_have_the_locators(
    tmp_path: Path,
) -> None:
    index = '[[entry]]\nterm = "vows"\nsee = "oaths"\n'
    marked = "<!--ix: oaths > sworn-->Oaths and <!--ix: oaths > kept-->vows.\n"
    assert asked(tmp_path, index, marked) == []


def test_a_reference_to_a_reference_is_a_chain(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "promises"
        [[entry]]
        term = "promises"
        see = "oaths"
        [[entry]]
        term = "oaths"
        match = "oaths"
        [[entry]]
        term = "pacts"
        match = "pacts"
        see_also = "promises"
        """
    assert asked(tmp_path, index) == [
        "index.toml:1 chained-reference error",
        "index.toml:10 chained-reference error",
    ]


def test_references_in_a_circle_are_told_once(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "a"
        see = "b"
        [[entry]]
        term = "b"
        see = "c"
        [[entry]]
        term = "c"
        see = "a"
        """
    query = the_query(tmp_path, "circular-reference", index)
    steps = "“a” says see “b”, “b” says see “c”, “c” says see “a”"
    assert query.message == f"These cross-references go in a circle: {steps}."
    assert asked(tmp_path, index) == ["index.toml:1 circular-reference error"]


def test_what_leads_into_a_circle_is_a_chain(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "x"
        see = "a"
        [[entry]]
        term = "a"
        see = "b"
        [[entry]]
        term = "b"
        see = "a"
        """
    assert asked(tmp_path, index) == [
        "index.toml:1 chained-reference error",
        "index.toml:4 circular-reference error",
    ]


@pytest.mark.parametrize("key", ["see", "see_also"])
def test_a_reference_to_itself(key: str, tmp_path: Path) -> None:
    match = 'match = "oaths"\n' if key == "see_also" else ""
    index = f'[[entry]]\nterm = "oaths"\n{key} = "oaths"\n{match}'
    assert "index.toml:1 self-reference error" in asked(tmp_path, index)


def test_a_see_also_to_the_theme_that_one_is_in(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "war"
        title = "War"
        [[entry]]
        term = "oaths"
        theme = "war"
        match = "oaths"
        see_also = "War"
        """
    assert asked(tmp_path, index) == ["index.toml:4 self-reference warning"]


def test_a_reference_may_lead_to_a_theme(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "war"
        title = "War"
        [[theme]]
        id = "peace"
        title = "Peace"
        [[entry]]
        term = "oaths"
        theme = "war"
        match = "oaths"
        [[entry]]
        term = "battles"
        see = "war"
        [[entry]]
        term = "calm"
        see = "Peace"
        """
    found = asked(tmp_path, index)
    assert [line for line in found if "blind" in line] == ["index.toml:14 blind-reference error"]


def test_a_reference_in_other_capitals_leads_to_the_entry_of_the_vocabulary(
    tmp_path: Path,
) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "Oaths"
        [[entry]]
        term = "oaths"
        match = "oaths"
        """
    assert asked(tmp_path, index) == []


def test_a_see_entry_has_no_locators(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "oaths"
        match = "oaths"
        see = "pacts"
        [[entry]]
        term = "pacts"
        match = "pacts"
        """
    assert asked(tmp_path, index) == ["index.toml:1 see-with-locators error"]


def test_a_see_entry_has_no_sub_entries_with_locators(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "oaths"
        see = "pacts"
        [[entry]]
        term = "pacts"
        match = "pacts"
        [[entry]]
        term = "oaths > sworn"
        match = "oaths"
        [[entry]]
        term = "oaths > kept"
        match = "iron"
        """
    assert asked(tmp_path, index) == ["index.toml:1 see-with-locators error"]


def test_a_mark_that_names_a_see_entry(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "oaths"
        [[entry]]
        term = "oaths"
        match = "oaths"
        """
    query = the_query(tmp_path, "see-with-locators", index, "Oaths and\n<!--ix: vows-->vows.\n")
    assert str(query.place) == "essays/one.md:4"
    assert query.hint == "Mark “oaths” instead."


def test_both_see_and_see_also(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "oaths"
        see_also = "pacts"
        [[entry]]
        term = "oaths"
        match = "oaths"
        [[entry]]
        term = "pacts"
        match = "pacts"
        """
    found = asked(tmp_path, index)
    assert [line for line in found if "idle" not in line] == ["index.toml:1 see-and-see-also error"]


def test_a_see_also_that_adds_nothing(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "metals"
        match = ["iron", "tin"]
        see_also = "iron"
        [[entry]]
        term = "iron"
        match = "iron"
        see_also = "metals"
        """
    assert asked(tmp_path, index, "Iron ore.\n\nTin ore.\n") == [
        "index.toml:1 idle-see-also warning"
    ]


def test_a_one_way_see_also_is_a_suggestion(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "oaths"
        match = "oaths"
        see_also = "pacts"
        [[entry]]
        term = "pacts"
        match = "pacts"
        """
    essays = ("Oaths.\n\nPacts.\n",)
    assert asked(tmp_path, index, *essays) == []
    assert advised(tmp_path, index, *essays) == ["index.toml:1 one-way-see-also"]


def test_a_see_to_few_locators_is_a_suggestion(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "vows"
        see = "oaths"
        [[entry]]
        term = "oaths"
        match = "oaths"
        [[entry]]
        term = "oathes"
        see = "oaths"
        [[entry]]
        term = "metals"
        see = "iron"
        [[entry]]
        term = "iron"
        match = "iron"
        """
    essay = "Oaths.\n\n" + "Iron.\n\n" * 7
    assert advised(tmp_path, index, essay) == ["index.toml:1 double-posting"]


# Entries


def test_each_pattern_without_a_hit(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "metals"
        match = ["iron", "silver", "gold(s)"]
        """
    copy = copy_of(tmp_path, index)
    assert [query.message for query in copy.queries] == [
        "The pattern “silver” of “metals” finds nothing.",
        "The pattern “gold(s)” of “metals” finds nothing.",
    ]
    assert {(query.code, query.severity) for query in copy.queries} == {("no-hit", "warning")}


def test_a_term_without_any_locator(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "precious metals"
        match = ["silver", "gold(s)"]
        [[entry]]
        term = "oaths"
        """
    copy = copy_of(tmp_path, index)
    patterns = "“silver”, “gold(s)” are found nowhere"
    assert [f"{query.place} {query.message}" for query in copy.queries] == [
        f"index.toml:1 “precious metals” has no locator: {patterns}.",
        "index.toml:4 “oaths” has no locator: there is no pattern and no mark for it.",
    ]


def test_a_term_whose_every_hit_an_author_refused(tmp_path: Path) -> None:
    index = '[[entry]]\nterm = "salt"\nmatch = "salt"\n[[entry]]\nterm = "tin"\nmatch = "tin"\n'
    query = the_query(tmp_path, "no-locator", index, "<!--ix-: salt-->Salt and tin.\n")
    reason = "all that its patterns find is refused or marked otherwise"
    assert query.message == f"“salt” has no locator: {reason}."


def test_a_pattern_without_a_hit_although_the_main_discussion_is_named(tmp_path: Path) -> None:
    index = '[[entry]]\nterm = "metals"\nmatch = "gold"\nprincipal = "one#1"\n'
    assert asked(tmp_path, index, "Iron and tin.\n") == ["index.toml:1 no-hit warning"]


def test_a_pattern_is_used_although_another_found_the_place_first(tmp_path: Path) -> None:
    index = '[[entry]]\nterm = "metals"\nmatch = ["iron", "tin"]\n'
    assert asked(tmp_path, index, "Iron and tin.\n") == []


def test_too_many_locators_that_nothing_tells_apart(tmp_path: Path) -> None:
    index = """
        [index]
        max_locators = 3
        [[entry]]
        term = "salt"
        match = "salt"
        [[entry]]
        term = "iron"
        match = "iron"
        principal = "one#1"
        """
    essay = "Salt and iron.\n\n" * 4
    query = the_query(tmp_path, "many-locators", index, essay)
    assert (str(query.place), query.message) == (
        "index.toml:3",
        "“salt” points to 4 places that nothing tells apart.",
    )


def test_a_lone_sub_entry(tmp_path: Path) -> None:
    index = '[[entry]]\nterm = "salt > tax on"\nmatch = "salt tax"\n'
    assert asked(tmp_path, index) == ["index.toml:1 lone-sub-entry warning"]


def test_without_a_vocabulary_a_lone_sub_entry_is_a_suggestion(tmp_path: Path) -> None:
    essay = "<!--ix: salt > tax on-->Salt.\n"
    assert asked(tmp_path, None, essay) == []
    copy = copy_of(tmp_path, None, essay)
    (query,) = advise(copy.book.chapters, copy.vocabulary, copy.book.index, "en")
    assert (str(query.place), query.code) == ("essays/one.md:3", "lone-sub-entry")


def test_more_than_three_levels(tmp_path: Path) -> None:
    essay = "<!--ix: a > b > c > d-->Salt and <!--ix: a > b > c-->iron.\n"
    assert asked(tmp_path, None, essay) == ["essays/one.md:3 deep-entry warning"]


# Headings


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("start-ups", "startups"),
        ("start ups", "start-up"),
        ("alliance", "alliances"),
        ("Policies", "policy"),
        ("missile defence", "missile defenses"),
        ("École", "ecoles"),
        ("organisation", "organizations"),
        ("R&D", "R & D"),
        ("international colaboration", "international collaboration"),
        ("goverment", "government"),
    ],
)
def test_headings_that_are_nearly_the_same(first: str, second: str, tmp_path: Path) -> None:
    essay = f"<!--ix: {first}-->One. <!--ix: {second}-->Two.\n"
    query = the_query(tmp_path, "near-duplicate", None, essay)
    assert f"“{first}”" in query.message
    assert f"“{second}”" in query.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("imports", "exports"),
        ("World War I", "World War II"),
        ("Smith, Ann", "Smith, Anna"),
        ("regulator", "regulatory"),
        ("1914", "1918"),
        ("national interest", "national interests abroad"),
        ("Mercury (god)", "Mercury (planet)"),
    ],
)
def test_headings_that_only_look_alike(first: str, second: str, tmp_path: Path) -> None:
    essay = f"<!--ix: {first}-->One. <!--ix: {second}-->Two.\n"
    assert asked(tmp_path, None, essay) == []


def test_sub_headings_of_different_entries_may_be_alike(tmp_path: Path) -> None:
    essay = "<!--ix: a > forms; b > form; a > x; b > x-->One.\n"
    assert asked(tmp_path, None, essay) == []


def test_entries_that_refer_to_each_other_are_known_to_be_two(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "startups"
        see = "start-ups"
        [[entry]]
        term = "start-ups"
        match = "start-ups"
        """
    assert asked(tmp_path, index, "Start-ups and startups.\n") == []


def test_words_that_the_text_has_both_are_no_slips(tmp_path: Path) -> None:
    essay = "<!--ix: morality-->Morality and <!--ix: mortality-->mortality.\n"
    assert asked(tmp_path, None, essay) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("missile defence", "missile defense"),
        ("organization", "organisations"),
        ("labour", "labor"),
        ("theater", "theatre"),
        ("archaeology", "archeology"),
        ("goverment", "government"),
        ("colaboration", "collaboration"),
    ],
)
def test_a_heading_spelled_otherwise_than_the_text(heading: str, text: str, tmp_path: Path) -> None:
    essay = f"A word.\n\nHere <!--ix: {heading}-->{text} stands.\n"
    query = the_query(tmp_path, "spelled-otherwise", None, essay)
    assert str(query.place) == "essays/one.md:5"
    assert f"the text spells it “{text.rsplit(maxsplit=1)[-1]}”" in query.message


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("alliances", "alliance"),
        ("regulatory cooperation", "regulator cooperation"),
        ("diplomacy", "diplomat"),
        ("economic growth", "economy growth"),
        ("Khaldun, Ibn", "Ibn Khaldun"),
    ],
)
def test_another_form_of_a_word_is_no_other_spelling(
    heading: str, text: str, tmp_path: Path
) -> None:
    assert asked(tmp_path, None, f"Here <!--ix: {heading}-->{text} stands.\n") == []


def test_a_see_entry_may_be_spelled_otherwise(tmp_path: Path) -> None:
    index = """
        [[entry]]
        term = "defense"
        see = "defence"
        [[entry]]
        term = "defence"
        match = "defence"
        """
    assert asked(tmp_path, index, "Defence.\n") == []


def test_british_and_american_spellings_are_those_of_english_only(tmp_path: Path) -> None:
    essay = "<!--ix: Labour-->One. <!--ix: Labor-->Labor.\n"
    assert "near-duplicate" not in " ".join(asked(tmp_path, None, essay, language="de"))


def test_a_mark_in_other_capitals_than_the_vocabulary(tmp_path: Path) -> None:
    index = '[[entry]]\nterm = "Ummah"\nmatch = "ummah"\n'
    query = the_query(tmp_path, "heading-case", index, "The ummah.\n\n<!--ix: ummah-->It.\n")
    assert (str(query.place), query.severity) == ("essays/one.md:5", "warning")
    assert query.message == "This mark names “ummah”; the vocabulary has “Ummah”."


# Themes


def test_a_theme_without_entries(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "war"
        title = "War"
        [[theme]]
        id = "trade"
        title = "Trade"
        [[entry]]
        term = "salt"
        theme = "trade"
        match = "salt"
        """
    assert asked(tmp_path, index) == ["index.toml:1 theme-without-entries warning"]


def test_a_theme_without_essays(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "war"
        title = "War"
        [[theme]]
        id = "trade"
        title = "Trade"
        [[entry]]
        term = "salt"
        theme = "trade"
        match = "salt"
        [[entry]]
        term = "swords"
        theme = "war"
        match = "swords"
        """
    assert asked(tmp_path, index) == [
        "index.toml:1 theme-without-essays warning",
        "index.toml:11 no-locator warning",
    ]


def test_an_essay_without_a_theme(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "trade"
        title = "Trade"
        [[entry]]
        term = "salt"
        theme = "trade"
        match = "salt"
        """
    essays = ("Salt.\n", "Iron.\n", "---\nthemes: [trade]\n---\n\n# Three\n\nTin.\n")
    query = the_query(tmp_path, "essay-without-theme", index, *essays)
    assert (str(query.place), query.hint) == (
        "essays/two.md",
        "Write themes: [trade] or the like in its front matter.",
    )


def test_themes_that_are_not_there(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "trade"
        title = "Trade"
        [[entry]]
        term = "salt"
        theme = "trad"
        match = "salt"
        [[entry]]
        term = "iron"
        theme = "trade"
        match = "iron"
        """
    essay = "---\nthemes:\n  - trade\n  - tade\n---\n\n# One\n\nSalt and iron.\n"
    assert asked(tmp_path, index, essay) == [
        "index.toml:6 unknown-theme error",
        "essays/one.md:4 unknown-theme error",
    ]


def test_a_theme_in_a_book_without_any_stops_nothing(tmp_path: Path) -> None:
    essay = "---\nthemes: trade\n---\n\n# One\n\nSalt.\n"
    assert asked(tmp_path, None, essay) == ["essays/one.md:2 unknown-theme warning"]


def test_an_entry_without_a_theme_is_a_suggestion(tmp_path: Path) -> None:
    index = """
        [[theme]]
        id = "trade"
        title = "Trade"
        [[entry]]
        term = "salt"
        theme = "trade"
        match = "salt"
        [[entry]]
        term = "iron"
        match = "iron"
        [[entry]]
        term = "Timbuktu"
        kind = "place"
        match = "tin"
        """
    assert asked(tmp_path, index) == []
    assert advised(tmp_path, index) == ["index.toml:8 entry-without-theme"]


# Marks


def test_a_discussion_that_is_never_closed(tmp_path: Path) -> None:
    (found,) = asked(tmp_path, None, "A word.\n\n<!--ix(: salt-->Salt and more.\n")
    assert found.startswith("essays/one.md:5 ")
    assert found.endswith(" error")


def test_marks_alone_are_not_asked_for_themes_or_length(tmp_path: Path) -> None:
    essay = "<!--ix: salt-->Salt.\n\n" * 9
    assert asked(tmp_path, None, essay) == []


def test_statistics(tmp_path: Path) -> None:
    copy = copy_of(tmp_path, SOUND)
    size = statistics(copy.book.chapters, copy.vocabulary, copy.book.index)
    assert (size.entries, size.sub_entries, size.cross_references) == (4, 2, 3)
    assert (size.locators, size.essays, size.themes, size.words) == (3, 1, 1, 16)
    assert size.density == 187.5


# How words are compared


@pytest.mark.parametrize(
    ("one", "two", "letters"),
    [("", "", 0), ("salt", "salt", 0), ("salt", "slat", 1), ("salt", "salty", 1), ("a", "bc", 2)],
)
def test_the_distance_of_words(one: str, two: str, letters: int) -> None:
    assert distance(one, two) == distance(two, one) == letters


LETTERS = str.maketrans("0123456789", "klmnopqrst")


@pytest.mark.parametrize("count", [10, 3000])
def test_slips_are_found_among_many_words(count: int) -> None:
    words = [f"s{n:04}ation".translate(LETTERS) for n in range(count)]
    mine, theirs = ["sollaboraton"], [*words, "sollaboration"]
    assert set(slips(mine, theirs)) == {("sollaboraton", "sollaboration")} or count > 10
    found = set(slips([*words, "sollaborattion", "sollaboration"]))
    assert ("sollaboration", "sollaborattion") in found


def test_another_english_has_the_same_key() -> None:
    pairs = "colour/color defences/defenses analyse/analyze travelled/traveled catalogue/catalog"
    for pair in pairs.split():
        british, american = pair.split("/")
        assert one_spelling(british, "en") == one_spelling(american, "en-US")
        assert one_spelling(british, "fr") != one_spelling(american, "fr")


def test_signatures_leave_other_languages_their_endings() -> None:
    assert signature(words_in("Häuser-Bau"), "de") == signature(words_in("hauser bau"), "de")
    assert signature(["pactes"], "fr") != signature(["pacte"], "fr")
