"""The index: what is in it, under which headings, and where its cross-references lead."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bindery.book import Chapter
from bindery.index import CrossReference, Index, IndexEntry, Locus, Stands, Weight
from bindery.indexing import gather
from bindery.vocabulary import Kind, Order, Reference, Settings, Term, Theme, Vocabulary
from tests.specimen import chapter_of

NOTHING = Vocabulary()


def words(*terms: Term, themes: str = "", settings: Settings | None = None) -> Vocabulary:
    """A vocabulary with themes of these ids, whose titles begin with a capital."""
    found = tuple(Theme(name, name.capitalize(), f"On {name}.") for name in themes.split())
    return Vocabulary(settings or Settings(), found, terms)


def term(path: str, **more: object) -> Term:
    """A term at a path such as “a > b”; `see` and `see_also` are paths between semicolons."""
    for name in ("see", "see_also"):
        if name in more:
            more[name] = tuple(Reference(_path(each)) for each in str(more[name]).split(";"))
    if "themes" in more:
        more["themes"] = tuple(str(more["themes"]).split())
    return Term(_path(path), **more)  # type: ignore[arg-type]


def _path(path: str) -> tuple[str, ...]:
    return tuple(heading.strip() for heading in path.split(">"))


def indexed(*texts: str, vocabulary: Vocabulary = NOTHING, language: str = "en") -> Index:
    """The index of chapters with the slugs one, two …"""
    return gather(chapters_of(*texts, language=language), vocabulary, language)


def chapters_of(*texts: str, language: str = "en") -> tuple[Chapter, ...]:
    names = ("one", "two", "three", "four")
    return tuple(
        chapter_of(text, f"essays/{name}.md", language)
        for name, text in zip(names, texts, strict=False)
    )


def marked(*entries: str) -> str:
    return " ".join(f"<!--ix: {entry}-->word" for entry in entries)


def headings(index: Index) -> dict[str, list[str]]:
    """The headings of an index by letter; sub-headings follow theirs, indented."""
    return {group.letter: lines(group.entries) for group in index.listings[0].groups}


def lines(entries: Iterable[IndexEntry], indent: str = "") -> list[str]:
    """Headings, with their cross-references behind them."""
    found = []
    for entry in entries:
        see = [f" see {_shown(reference)}" for reference in entry.see]
        also = [f" also {_shown(reference)}" for reference in entry.see_also]
        found.append(indent + entry.heading + "".join(see + also))
        found += lines(entry.entries, indent + "  ")
    return found


def _shown(reference: CrossReference) -> str:
    return f"{reference.lead}{f' under {reference.under}' if reference.under else ''}"


def every(index: Index) -> dict[str, IndexEntry]:
    """The entries of the A–Z by their paths."""

    def below(entries: Iterable[IndexEntry], above: str) -> Iterable[tuple[str, IndexEntry]]:
        for entry in entries:
            yield above + entry.heading, entry
            yield from below(entry.entries, f"{above}{entry.heading} > ")

    return dict(below(index.listings[0].entries, "")) if index.listings else {}


def test_an_index_of_marks_alone() -> None:
    entries = ["oath > sworn", "pact", "oath", "oath > broken", "Éden", "pact", "12 Angry Men"]
    index = indexed(marked(*entries))
    assert headings(index) == {
        "#": ["12 Angry Men"],
        "E": ["Éden"],
        "O": ["oath", "  broken", "  sworn"],
        "P": ["pact"],
    }
    assert not index.themes
    assert [listing.kind for listing in index.listings] == [None]


def test_a_book_without_marks_has_no_index() -> None:
    assert not indexed("Text")
    assert not indexed("Text", vocabulary=words(term("peace")))


def test_entries_hold_anchors_in_the_order_of_the_book() -> None:
    index = indexed("<!--ix: b; a-->x <!--ix: a > c-->x", "<!--ix: a-->x")
    (a, b) = index.listings[0].groups
    below = (IndexEntry("index--2", "c", (Locus("one--ix-2"),)),)
    assert a.entries == (
        IndexEntry("index--1", "a", (Locus("one--ix-1"), Locus("two--ix-1")), below),
    )
    assert b.entries == (IndexEntry("index--3", "b", (Locus("one--ix-1"),)),)


def test_a_mark_that_names_an_entry_twice_is_one_place() -> None:
    assert every(indexed("<!--ix: a; a-->x"))["a"].loci == (Locus("one--ix-1"),)


def test_loci_are_in_the_order_of_the_text_wherever_notes_are_written() -> None:
    text = "[^n]: A <!--ix: a-->note.\n\nFirst <!--ix: a-->x.[^n] Then <!--ix: a-->y."
    found = every(indexed(text))["a"].loci
    assert [(locus.anchor, locus.stands) for locus in found] == [
        ("one--ix-2", Stands.TEXT),
        ("one--ix-1", Stands.NOTE),
        ("one--ix-3", Stands.TEXT),
    ]
    assert found[1].note == 1


def test_headings_get_printed_punctuation() -> None:
    assert headings(indexed(marked('"Hobbes\'s" pact--oath'))) == {"H": ["“Hobbes’s” pact–oath"]}
    assert headings(indexed(marked('"Pakt"'), language="de")) == {"P": ["„Pakt“"]}


def test_an_entry_is_one_however_its_apostrophe_was_typed() -> None:
    assert headings(indexed(marked("Hobbes's pact", "Hobbes’s pact"))) == {"H": ["Hobbes’s pact"]}
    index = indexed(marked("Hobbes's pact"), vocabulary=words(term("Hobbes’s pact")))
    assert len(every(index)["Hobbes’s pact"].loci) == 1


def test_the_spelling_of_the_vocabulary_wins_where_only_capitals_differ() -> None:
    vocabulary = words(term("shared threats"), term("alliances > forms of"))
    index = indexed(marked("Shared Threats", "Alliances > Forms of"), vocabulary=vocabulary)
    assert headings(index) == {"A": ["alliances", "  forms of"], "S": ["shared threats"]}


def test_words_that_capitals_tell_apart_are_two_entries() -> None:
    index = indexed(marked("may", "May"), vocabulary=words(term("May"), term("may")))
    assert headings(index) == {"M": ["may", "May"]}
    assert headings(indexed(marked("may", "May"))) == {"M": ["may", "May"]}


def test_an_entry_with_nothing_in_it_is_not_in_the_index() -> None:
    vocabulary = words(term("peace"), term("war > cold"), term("war > civil"))
    index = indexed(marked("war > civil"), vocabulary=vocabulary)
    assert headings(index) == {"W": ["war", "  civil"]}
    assert not every(index)["war"].loci


RANGE = "<!--ix(: a-->x y <!--ix: a-->z <!--ix!: a-->v.[^1] u <!--ix): a-->w\n\n[^1]: <!--ix: a-->n"


def test_a_discussion_holds_the_places_in_it_but_main_ones_and_notes() -> None:
    assert every(indexed(RANGE))["a"].loci == (
        Locus("one--ix-1", "one--ix-4"),
        Locus("one--ix-3", principal=True),
        Locus("one--ix-5", stands=Stands.NOTE, note=1),
    )


def test_a_main_discussion_holds_all_main_places_in_it() -> None:
    found = every(indexed(RANGE.replace("ix(", "ix!(")))["a"].loci
    assert [(locus.end, locus.principal) for locus in found[:1]] == [("one--ix-4", True)]
    assert [locus.stands for locus in found] == [Stands.TEXT, Stands.NOTE]


def test_a_discussion_is_of_its_entry_alone() -> None:
    index = indexed("<!--ix(: a-->x <!--ix: a > b-->y <!--ix: c-->z <!--ix): a-->w")
    assert every(index)["a > b"].loci == (Locus("one--ix-2"),)
    assert every(index)["c"].loci == (Locus("one--ix-3"),)


def test_a_discussion_that_is_never_closed_is_a_place() -> None:
    assert every(indexed("<!--ix(: a-->x y"))["a"].loci == (Locus("one--ix-1"),)


def test_a_discussion_inside_of_a_note_is_that_note() -> None:
    index = indexed("x[^1]\n\n[^1]: <!--ix(: a-->n m <!--ix): a-->o")
    assert every(index)["a"].loci == (Locus("one--ix-1", stands=Stands.NOTE, note=1),)


def test_places_around_a_discussion_stay() -> None:
    index = indexed("<!--ix: a-->v <!--ix(: a-->x <!--ix): a-->w <!--ix: a-->z")
    found = [(locus.anchor, locus.end) for locus in every(index)["a"].loci]
    assert found == [("one--ix-1", ""), ("one--ix-2", "one--ix-3"), ("one--ix-4", "")]


def test_what_is_not_here_is_no_place() -> None:
    assert not indexed("<!--ix-: a-->x")


def test_main_places_are_told() -> None:
    assert every(indexed("<!--ix!: a-->x"))["a"].loci == (Locus("one--ix-1", principal=True),)


def test_a_mark_in_a_title_points_to_the_chapter() -> None:
    assert every(indexed("# On <!--ix: a-->oaths\n\nText"))["a"].loci == (Locus("one"),)


def test_sub_entries_are_in_order_without_their_prepositions() -> None:
    index = indexed(marked("oath > of fealty", "oath > and betrayal", "oath > on the dead"))
    assert headings(index)["O"][1:] == ["  and betrayal", "  on the dead", "  of fealty"]


def test_the_vocabulary_may_say_where_an_entry_stands() -> None:
    vocabulary = words(term("1984", sort="nineteen eighty-four"), term("nine"), term("noon"))
    index = indexed(marked("1984", "noon", "nine"), vocabulary=vocabulary)
    assert headings(index) == {"N": ["nine", "1984", "noon"]}


def test_the_order_is_that_of_the_settings() -> None:
    entries = marked("New York", "Newark", "new deal", "Ångström", "al-Ghazali")
    letter = indexed(entries)
    assert headings(letter)["N"] == ["Newark", "new deal", "New York"]
    settings = Settings(order=Order.WORD, locale="sv", ignore_al=True)
    word = indexed(entries, vocabulary=words(settings=settings))
    assert headings(word) == {
        "G": ["al-Ghazali"],
        "N": ["new deal", "New York", "Newark"],
        "Å": ["Ångström"],
    }


def test_cross_references_lead_to_entries_at_every_level() -> None:
    vocabulary = words(
        term("cats", see="house pets > cats"),
        term("house pets > cats"),
        term("house pets > cats > old", see_also="zoo; house pets"),
        term("zoo"),
    )
    index = indexed(marked("house pets > cats > old", "zoo"), vocabulary=vocabulary)
    found = every(index)
    assert lines(index.listings[0].entries) == [
        "cats see cats under house pets",
        "house pets",
        "  cats",
        "    old also house pets also zoo",
        "zoo",
    ]
    assert found["cats"].see[0].target == found["house pets > cats"].id
    old = found["house pets > cats > old"]
    assert [each.target for each in old.see_also] == [found["house pets"].id, found["zoo"].id]


def test_a_reference_deep_down_names_every_heading_above_it() -> None:
    reference = CrossReference(("pets", "cats", "old"), "x")
    assert (reference.lead, reference.under) == ("old", "pets: cats")
    assert CrossReference(("pets",)).under == ""


def test_generic_references_are_printed_and_lead_nowhere() -> None:
    generic = Reference(("names of ministries",), generic=True)
    vocabulary = words(Term(("offices",), see_also=(generic, Reference(("peace",)))), term("peace"))
    entry = every(indexed(marked("peace"), vocabulary=vocabulary))["offices"]
    assert entry.see_also == (
        CrossReference(("peace",), "index--2"),
        CrossReference(("names of ministries",), ""),
    )


def test_blind_references_and_entries_that_hold_nothing_else_are_left_out() -> None:
    vocabulary = words(
        term("a", see="nowhere"),
        term("b", see="c"),
        term("c", see="d"),
        term("d", see="b"),
        term("e", see_also="e"),
        term("f", see_also="nowhere; g"),
        term("g"),
        term("h", see="f"),
    )
    index = indexed(marked("f"), vocabulary=vocabulary)
    assert headings(index) == {"F": ["f"], "H": ["h see f"]}


def test_references_may_go_in_a_circle_that_has_places() -> None:
    vocabulary = words(term("a", see_also="b"), term("b", see_also="a"))
    index = indexed(marked("a"), vocabulary=vocabulary)
    assert headings(index) == {"A": ["a also b"], "B": ["b also a"]}


THEMED = words(
    term("exports", themes="trade", see_also="Trade; arms"),
    term("arms", themes="defence trade"),
    term("arms > exports of"),
    term("arms > in law", themes="law"),
    term("weapons", themes="defence", see="arms"),
    term("treaties > breach of", themes="law"),
    term("treaties"),
    themes="law trade defence peace",
)
THEMED_TEXTS = (
    marked("arms", "arms > exports of", "arms", "treaties > breach of", "treaties"),
    marked("exports", "arms > in law", "arms > new"),
)


def test_themes_are_in_the_editors_order_with_all_their_entries() -> None:
    index = indexed(*THEMED_TEXTS, vocabulary=THEMED)
    assert [(theme.id, theme.title, theme.note) for theme in index.themes] == [
        ("index--theme-law", "Law", "On law."),
        ("index--theme-trade", "Trade", "On trade."),
        ("index--theme-defence", "Defence", "On defence."),
    ]
    law, trade, defence = index.themes
    arms = ["arms", "  exports of", "  in law", "  new"]
    assert lines(law.entries) == ["arms", "  in law", "treaties", "  breach of"]
    assert lines(trade.entries) == [*arms, "exports also arms"]
    assert lines(defence.entries) == arms


def test_above_an_entry_of_a_theme_stand_the_headings_alone() -> None:
    law = indexed(*THEMED_TEXTS, vocabulary=THEMED).themes[0]
    assert [len(entry.loci) for entry in law.entries] == [0, 0]
    assert [len(entry.entries[0].loci) for entry in law.entries] == [1, 1]


def test_an_entry_that_only_says_see_is_in_the_a_to_z_alone() -> None:
    index = indexed(*THEMED_TEXTS, vocabulary=THEMED)
    assert headings(index)["W"] == ["weapons see arms"]
    assert "weapons" not in lines(index.themes[2].entries)


def test_a_reference_to_a_theme_is_left_out_inside_of_it() -> None:
    index = indexed(*THEMED_TEXTS, vocabulary=THEMED)
    everywhere = every(index)["exports"]
    inside = index.themes[1].entries[1]
    assert everywhere.see_also[1] == CrossReference(("Trade",), "index--theme-trade")
    assert [reference.heading for reference in inside.see_also] == [("arms",)]


def test_inside_of_a_theme_references_lead_to_its_own_entries() -> None:
    index = indexed(*THEMED_TEXTS, vocabulary=THEMED)
    arms, exports = index.themes[1].entries
    assert exports.see_also[0].target == arms.id
    alone = words(term("a", themes="x", see_also="b"), term("b"), themes="x")
    index = indexed(marked("a", "b"), vocabulary=alone)
    assert index.themes[0].entries[0].see_also[0].target == every(index)["b"].id


def test_every_id_of_an_index_is_its_own() -> None:
    settings = Settings(separate=(Kind.NAME, Kind.THEME))
    vocabulary = Vocabulary(settings, THEMED.themes, (*THEMED.terms, Term(("Bo",), kind=Kind.NAME)))
    index = indexed(*THEMED_TEXTS, marked("Bo"), vocabulary=vocabulary)
    lists = [theme.entries for theme in index.themes] + [each.entries for each in index.listings]
    ids = [entry.id for entries in lists for main in entries for entry in main.walk()]
    ids += [theme.id for theme in index.themes]
    assert len(ids) == len(set(ids))
    assert {"index--law--2", "index--names-1", "index--themes-1", "index--1"} <= set(ids)


def test_essays_of_a_theme_are_by_weight() -> None:
    head = "---\nthemes: [law]\n---\n# Title\n\n"
    texts = (
        marked("oath"),
        marked("oath", "pact", "pact"),
        f"{head}Text",
        f"{head}<!--ix: oath; pact-->x",
    )
    vocabulary = words(term("oath", themes="law"), term("pact", themes="law"), themes="law")
    (law,) = indexed(*texts, vocabulary=vocabulary).themes
    assert law.essays == (
        Weight("four", 1, whole=True),
        Weight("three", 0, whole=True),
        Weight("two", 3),
        Weight("one", 1),
    )


def test_essays_of_the_same_weight_are_in_the_order_of_the_book() -> None:
    vocabulary = words(term("oath", themes="law"), themes="law")
    (law,) = indexed(marked("oath"), marked("oath"), vocabulary=vocabulary).themes
    assert [weight.chapter for weight in law.essays] == ["one", "two"]


def test_a_theme_of_whole_essays_needs_no_entries() -> None:
    index = indexed("---\nthemes: [law]\n---\n# T\n\nText", vocabulary=words(themes="law trade"))
    assert [(theme.theme, theme.essays) for theme in index.themes] == [
        ("law", (Weight("one", 0, whole=True),))
    ]


def test_kinds_have_lists_of_their_own_besides_the_whole() -> None:
    settings = Settings(separate=(Kind.NAME, Kind.PLACE))
    vocabulary = words(
        term("Hobbes, Thomas", kind=Kind.NAME, see_also="peace; Locke, John"),
        term("Locke, John", kind=Kind.NAME),
        term("peace"),
        settings=settings,
    )
    entries = marked("Hobbes, Thomas > on fear", "Locke, John", "peace")
    index = indexed(entries, vocabulary=vocabulary)
    whole, names = index.listings
    assert (whole.kind, names.kind) == (None, Kind.NAME)
    assert lines(whole.entries) == [
        "Hobbes, Thomas also Locke, John also peace",
        "  on fear",
        "Locke, John",
        "peace",
    ]
    assert [group.letter for group in names.groups] == ["H", "L"]
    targets = [reference.target for reference in names.entries[0].see_also]
    assert targets == [names.entries[1].id, every(index)["peace"].id]


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_terms_in_the_vocabulary_changes_nothing(turned: bool) -> None:
    terms = THEMED.terms[::-1] if turned else THEMED.terms
    vocabulary = Vocabulary(THEMED.settings, THEMED.themes, terms)
    assert indexed(*THEMED_TEXTS, vocabulary=vocabulary) == indexed(
        *THEMED_TEXTS, vocabulary=THEMED
    )


def test_a_reference_finds_its_entry_or_theme_whatever_its_capitals() -> None:
    vocabulary = words(term("oath", see_also="Pact; LAW"), term("pact", themes="law"), themes="law")
    entry = every(indexed(marked("oath", "pact"), vocabulary=vocabulary))["oath"]
    assert entry.see_also == (
        CrossReference(("Law",), "index--theme-law"),
        CrossReference(("pact",), "index--2"),
    )
