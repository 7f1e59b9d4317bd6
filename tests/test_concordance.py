"""The concordance: what is found in the essays, what is marked, and what stays as it was."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bindery import concordance
from bindery.book import Chapter, Mark, Note
from bindery.errata import Place, Query
from bindery.index import Stands
from bindery.indexing.surroundings import surroundings
from bindery.markup.tree import inner, parse
from bindery.production import edit
from bindery.standing_type import StandingType
from bindery.vocabulary import First, Term, Vocabulary
from tests.specimen import chapter_of, edited, queries_of, said, write_book

ALL = First.ALL


def looked_for(text: str, *terms: Term) -> tuple[Chapter, tuple[Query, ...]]:
    """A Markdown text in which terms were looked for, and what was said."""
    return concordance.mark(chapter_of(text), concordance.draw_up(Vocabulary(terms=terms)))


def marked(text: str, *terms: Term) -> Chapter:
    """A Markdown text in which terms were looked for, without a query."""
    chapter, queries = looked_for(text, *terms)
    assert queries == ()
    return chapter


def term(heading: str, *match: str, **keys: object) -> Term:
    """A term found by patterns; every hit, unless it is said otherwise."""
    return Term(tuple(heading.split(" > ")), match=match, **{"first_per": ALL, **keys})  # type: ignore[arg-type]


def text_in(chapter: Chapter, name: str) -> str:
    """What stands between the tags that bear an id; the title for the chapter's own."""
    if name == chapter.slug:
        return parse(chapter.title).text_content()
    fragments = [chapter.xhtml, *(text for note in chapter.notes for text in note.paragraphs)]
    found = [e for f in fragments for e in parse(f).iter() if e.get("id") == name]
    assert len(found) == 1, f"{name} stands {len(found)} times in the text"
    return found[0].text_content()


def hits(chapter: Chapter) -> list[str]:
    """The words that were marked, each once, in order."""
    names = dict.fromkeys(mark.id for mark in chapter.marks if mark.found)
    return [text_in(chapter, name) for name in names]


def found_by(text: str, *match: str, **keys: object) -> list[str]:
    """The words that patterns find in a text."""
    return hits(marked(text, term("entry", *match, **keys)))


def visible(chapter: Chapter) -> list[str]:
    """All text of a chapter that a reader sees."""
    notes = [text for note in chapter.notes for text in note.paragraphs]
    pieces = [chapter.title, chapter.subtitle, chapter.epigraph, chapter.xhtml, *notes]
    return [parse(piece).text_content() for piece in pieces]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("pact", "A Pact, pacts, impact, PACT.", ["Pact", "PACT"]),
        ("pact(s)", "A Pact, pacts, impact.", ["Pact", "pacts"]),
        ("pact*", "A pact, pacts, pactum.", ["pact", "pacts", "pactum"]),
        ("treat[y|ies]", "A treaty, treaties, treat.", ["treaty", "treaties"]),
        ("state", "The state's nation-state, interstate.", ["state", "state"]),
        ("start-up(s)", "start-ups, start‑up, start up, startup", ["start-ups", "start‑up"]),
        ("women's", "Women's and women’s", ["Women’s", "women’s"]),
        ("ministry of *", "The Ministry of Defence. Ministry of", ["Ministry of Defence"]),
        ("* of defence", "the art of defence", ["art of defence"]),
        ("value of *", "value of self-defence is", ["value of self-defence"]),
        ("two words", "two\nwords, two&nbsp;words, two, words", ["two\nwords", "two\u00a0words"]),
        ("R&D", "R&D, r & d, R & D.", ["R&D"]),
        ("U.S.", "U.S. law; US law", ["U.S."]),
        ("cafe\u0301", "A café, a cafe.", ["café"]),
        ("defence", "de&shy;fence and defence", ["de\u00adfence", "defence"]),
        ("straße", "STRASSE und Straße", ["STRASSE", "Straße"]),
        ("السلام", "في السلام وبعد", ["السلام"]),
    ],
)
def test_a_pattern_finds_whole_words(pattern: str, text: str, found: list[str]) -> None:
    assert found_by(text, pattern) == found


def test_capitals_count_where_they_are_said_to() -> None:
    text = "AIDS aids, Aids."
    assert found_by(text, "AIDS", match_case=True) == ["AIDS"]
    assert found_by(text, "aids") == ["AIDS", "aids", "Aids"]


def test_the_longest_of_a_terms_patterns_wins() -> None:
    text = "A defence industry, a defence industry pact, an industry."
    patterns = ("defence", "industry", "defence industry pact", "defence industry")
    assert found_by(text, *patterns) == ["defence industry", "defence industry pact", "industry"]


def test_a_hit_that_overlaps_what_is_refused_is_none() -> None:
    text = "A licence agreement, an agreement, agreements to trade."
    unless = ("licence agreement(s)", "to trade")
    assert found_by(text, "agreement(s)", unless=unless) == ["agreement", "agreements"]
    assert found_by(text, "agreement(s) to", "agreement(s)", unless=unless) == [
        "agreement",
        "agreements",
    ]


def test_terms_may_share_words() -> None:
    chapter = marked(
        "Of strategic alliances now.",
        term("alliances", "alliance(s)"),
        term("strategy", "strategic alliance(s)"),
        term("pacts", "strategic alliances"),
    )
    assert [(m.id, m.entry) for m in chapter.marks] == [
        ("a--hit-1", ("strategy",)),
        ("a--hit-1", ("pacts",)),
        ("a--hit-2", ("alliances",)),
    ]
    assert chapter.xhtml == (
        '<p>Of <span id="a--hit-1" class="index-mark">strategic '
        '<span id="a--hit-2" class="index-mark">alliances</span></span> now.</p>'
    )


def test_words_that_cross_each_other_are_cut_so_that_no_tag_does() -> None:
    chapter = marked("one two three", term("a", "one two"), term("b", "two three"))
    assert hits(chapter) == ["one two", "two"]


def test_words_that_cross_an_element_are_enclosed_before_its_border() -> None:
    chapter = marked(
        "The *strategic* alliances, the trade *pact*s.", term("a", "strategic alliances")
    )
    assert '<em><span id="a--hit-1" class="index-mark">strategic</span></em> al' in chapter.xhtml
    chapter = marked("The trade **pact**.", term("a", "trade pact"))
    assert '<span id="a--hit-1" class="index-mark">trade</span> <strong>pact' in chapter.xhtml


def test_links_abbreviations_and_ids_stay() -> None:
    text = 'See [the pact](b.md) and <abbr title="A pact">TP</abbr>, <b id="x">pact</b>.'
    chapter = marked(text, term("a", "pact", "TP"))
    assert hits(chapter) == ["pact", "TP", "pact"]
    assert chapter.links == chapter_of(text).links
    for kept in ('<a href="b.md">the <span', '<abbr title="A pact"><span', '<b id="a--x"><span'):
        assert kept in chapter.xhtml


def test_headings_lists_tables_captions_and_notes_are_searched() -> None:
    text = """
One[^1] pact.

## A pact

- pact *one*

> pact

| pact | b |
|---|---|
| c | pact |

Table: The pact

![](p.png "A pact")

Term
: pact

[^1]: A pact.

    And pact.
"""
    chapter = marked(text, term("a", "pact"))
    assert [(m.stands, m.note) for m in chapter.marks] == [
        *[(Stands.TEXT, 0)] * 4,
        *[(Stands.TABLE, 0)] * 3,
        (Stands.FIGURE, 0),
        (Stands.TEXT, 0),
        *[(Stands.NOTE, 1)] * 2,
    ]
    assert hits(chapter) == ["pact"] * 11


def test_code_addresses_attributes_and_epigraphs_are_not() -> None:
    text = """# Title

> An epigraph of a pact.

`pact` and <https://example.org/pact> and <b title="pact">b</b> ![pact](p.png)

    pact
"""
    chapter, queries = looked_for(text, term("a", "pact", "*  pact"))
    assert (chapter, queries) == (chapter_of(text), ())


def test_a_hit_in_the_title_points_to_the_chapter() -> None:
    chapter = marked("# The *pact* of a pact: Pact again\n\nPact.", term("a", "pact"))
    assert [(m.id, m.stands) for m in chapter.marks] == [
        ("a", Stands.TEXT),
        ("a--hit-1", Stands.TEXT),
    ]
    assert chapter.title == "The <em>pact</em> of a pact"


def test_words_do_not_reach_over_blocks_signs_or_code() -> None:
    text = "One\n\ntwo. One, two. One `x` two.\n\n- one\n- two"
    assert found_by(text, "one two") == []
    assert found_by("One  \ntwo. One[^1] two.\n\n[^1]: Note.", "one two") == ["One", "One"]


@pytest.mark.parametrize(
    ("first_per", "count"),
    [(First.ALL, 8), (First.PARAGRAPH, 5), (First.SECTION, 2), (First.ESSAY, 1)],
)
def test_of_several_hits_the_first_is_kept(first_per: First, count: int) -> None:
    text = "A pact, a pact.\n\n- pact\n- pact\n\n    pact\n\n## Pact\n\nThe pact. A pact.\n"
    assert len(found_by(text, "pact", first_per=first_per)) == count


def test_the_title_is_a_section_of_its_own() -> None:
    text = "# Pact\n\nA pact.\n\n## Two\n\nPact.[^1]\n\n[^1]: A pact."
    sections = marked(text, term("a", "pact", first_per=First.SECTION))
    assert [m.id for m in sections.marks] == ["a", "a--hit-1", "a--hit-2"]
    essay = marked(text, term("a", "pact", first_per=First.ESSAY))
    assert [m.id for m in essay.marks] == ["a"]


def test_a_table_is_one_place() -> None:
    text = "| pact | pact |\n|---|---|\n| pact | pact |"
    assert len(found_by(text, "pact", first_per=First.PARAGRAPH)) == 1


def test_only_the_chapters_that_are_named_are_searched() -> None:
    words = concordance.draw_up(Vocabulary(terms=(term("a", "pact", only_in=("b",)),)))
    there, here = chapter_of("A pact.", "essays/b.md"), chapter_of("A pact.")
    assert len(concordance.mark(there, words)[0].marks) == 1
    assert concordance.mark(here, words)[0] is here


def test_an_authors_mark_makes_a_hit_in_its_paragraph_needless() -> None:
    text = "A pact and <!--ix: a-->pact.\n\nA pact."
    per_paragraph = marked(text, term("a", "pact", first_per=First.PARAGRAPH))
    assert [mark.id for mark in per_paragraph.marks] == ["a--ix-1", "a--hit-1"]
    every = marked(text, term("a", "pact"))
    assert [mark.id for mark in every.marks] == ["a--hit-1", "a--ix-1", "a--hit-2"]
    other = marked(text, term("b", "pact", first_per=First.PARAGRAPH))
    assert [mark.id for mark in other.marks] == ["a--hit-1", "a--ix-1", "a--hit-2"]


def test_an_authors_mark_in_the_title_makes_a_hit_there_needless() -> None:
    chapter = marked("# On <!--ix: a-->pacts\n\nText.", term("a", "pacts"))
    assert [(mark.id, mark.found) for mark in chapter.marks] == [("a", False)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<!--ix-: a-->Pact one, pact two.", ["pact"]),
        ("<!--ix-: a-->One pact, pacts.", ["pacts"]),
        ("A pact, <!--ix-: a-->pact, pacts.", ["pact", "pacts"]),
        ("A pact, the <!--ix-: a-->pact, pacts.", ["pact", "pacts"]),
        ("<!--ix-: a-->*Pact* one, pact two.", ["pact"]),
        ("<!--ix-: a-->Pact, <!--ix-: a-->pact, pacts.", ["pacts"]),
        ("Pact. <!--ix-: a--><!--ix-: a-->Pact, pact, pacts.", ["Pact", "pacts"]),
        ("# On <!--ix-: a-->pacts of pacts\n\nPact.", ["Pact"]),
        ("One.[^1]\n\n[^1]: <!--ix-: a-->Pact, pact.", ["pact"]),
    ],
)
def test_not_here_takes_the_hit_on_or_next_after_it_away(text: str, left: list[str]) -> None:
    assert hits(marked(text, term("a", "pact(s)", "the pact"))) == left


def test_not_here_leaves_the_next_hit_of_the_paragraph() -> None:
    text = "<!--ix-: a-->Pact, pact.\n\nPact."
    assert hits(marked(text, term("a", "pact", first_per=First.PARAGRAPH))) == ["pact", "Pact"]


def test_not_here_is_for_its_own_entry_alone() -> None:
    text = "A <!--ix-: a > b-->pact."
    chapter = marked(text, term("a", "pact"), term("a > b", "pact"))
    assert [mark.entry for mark in chapter.marks if mark.found] == [("a",)]


def test_a_refusal_of_what_is_not_found_is_asked_about() -> None:
    chapter, queries = looked_for("<!--ix-: a-->Word.\n\nPact.", term("a", "pact"))
    assert hits(chapter) == ["Pact"]
    assert said(queries) == ["essays/a.md:3 idle-refusal warning"]


def principals(chapter: Chapter) -> list[tuple[str, str]]:
    """The ids of main discussions with their words."""
    return [(mark.id, text_in(chapter, mark.id)) for mark in chapter.marks if mark.principal]


DISCUSSED = """# Of pacts

A pact and a pact.

## A pact

- One item, a pact
- Another item

Words alone.

| pact |
|---|
| pact |

Last pact.
"""


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("a#1", ("a--hit-1", "pact")),
        ("a#2", ("a--hit-4", "pact")),
        ("a#3", ("a--hit-5", "Another")),
        ("a#4", ("a--hit-5", "Words")),
        ("a#5", ("a--hit-7", "pact")),
        ("a", ("a", "Of pacts")),
    ],
)
def test_a_main_discussion_is_where_the_editor_says(where: str, expected: tuple[str, str]) -> None:
    chapter = marked(DISCUSSED, term("a", "pact(s)", principal=(where,)))
    assert principals(chapter) == [expected]


def test_a_main_discussion_is_kept_though_another_hit_came_first() -> None:
    keys = {"principal": ("a#5",), "first_per": First.ESSAY}
    chapter = marked(DISCUSSED, term("a", "pact", **keys))
    assert [mark.principal for mark in chapter.marks] == [False, True]


def test_an_authors_mark_becomes_the_main_discussion() -> None:
    chapter = marked("One.\n\nTwo <!--ix: a-->three.", term("a", principal=("a#2",)))
    assert principals(chapter) == [("a--ix-1", "three")]
    chapter = marked("One.\n\nTwo <!--ix: a-->three.", term("a", "three", principal=("a",)))
    assert principals(chapter) == [("a--ix-1", "three")]


def test_the_main_discussion_of_a_chapter_without_the_words_is_the_chapter() -> None:
    chapter = marked("Nothing.", term("a", principal=("a",)))
    assert chapter.marks == (Mark("a", ("a",), Place("essays/a.md"), principal=True, found=True),)
    assert chapter.xhtml == chapter_of("Nothing.").xhtml


def test_a_paragraph_that_is_not_there_is_asked_about() -> None:
    entry = term("a", principal=("a#2",), place=Place("index.toml", 7))
    chapter, queries = looked_for("One.", entry)
    assert said(queries) == ["index.toml:7 unknown-paragraph error"]
    assert chapter.marks == ()


def test_paragraphs_are_counted_as_the_e_book_counts_them() -> None:
    terms = [term(f"e{n}", principal=(f"a#{n}",)) for n in range(1, 6)]
    chapter = marked(DISCUSSED, *terms)
    places = surroundings(chapter).places
    assert [places[mark.id].paragraph for mark in chapter.marks] == [1, 2, 3, 4, 5]


def test_marks_stand_in_the_order_of_the_text() -> None:
    text = (
        "# T <!--ix: x-->pact\n\nA <!--ix: x-->word, a pact, a <!--ix: x-->word.[^1]\n\n[^1]: Pact."
    )
    chapter = marked(text, term("a", "pact"))
    assert [(mark.id, mark.found) for mark in chapter.marks] == [
        ("a", False),
        ("a", True),
        ("a--ix-2", False),
        ("a--hit-1", True),
        ("a--ix-3", False),
        ("a--hit-2", True),
    ]


def test_ids_that_an_author_gave_are_not_taken() -> None:
    chapter = marked("## Hit 1\n\nA pact, a pact.", term("a", "pact"))
    assert [mark.id for mark in chapter.marks] == ["a--hit-2", "a--hit-3"]


def test_a_chapter_without_a_hit_is_the_very_same() -> None:
    written = chapter_of("Words.<br/> Of *no* meaning.[^1]\n\n[^1]: None.")
    words = concordance.draw_up(Vocabulary(terms=(term("a", "pact"),)))
    assert concordance.mark(written, words)[0] is written


def test_only_the_note_in_which_something_is_found_changes() -> None:
    text = "A[^1] b[^2].\n\n[^1]: Nothing.\n\n[^2]: A pact."
    chapter, written = marked(text, term("a", "pact")), chapter_of(text)
    assert chapter.xhtml == written.xhtml
    assert chapter.notes[0] == written.notes[0]
    assert '<span id="a--hit-1" class="index-mark">pact</span>' in chapter.notes[1].paragraphs[0]


def test_the_vocabulary_is_looked_for_in_the_book(tmp_path: Path) -> None:
    toml = """
[[entry]]
term = "pacts"
match = "pact(s)"
[[entry]]
term = "pacts > secret"
match = "secret pact(s)"
principal = "b#1"
"""
    files = {
        "index.toml": toml,
        "essays/a.md": "# A\n\nA *secret* pact, see [b](b.md).\n\n![x](x.svg)",
        "essays/b.md": "# B\n\nNo words.[^1]\n\n[^1]: A pact.",
        "essays/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>',
    }
    book = edited(write_book(tmp_path, files))
    entry = book.index.listings[0].entries[0]
    assert [locus.anchor for locus in entry.loci] == ["a--hit-2", "b--hit-2"]
    assert [(x.anchor, x.principal) for x in entry.entries[0].loci] == [
        ("a--hit-1", False),
        ("b--hit-1", True),
    ]
    assert text_in(book.chapters[0], "a--hit-1") == "secret"


def test_a_see_also_has_nothing_marked_again_and_a_pattern_has(tmp_path: Path) -> None:
    plain = '[[entry]]\nterm = "a"\nmatch = "pact"\n'
    versions = {
        "plain": plain,
        "linked": '[[entry]]\nterm = "b"\nsee = "a"\n' + plain,
        "other": plain.replace("pact", "word"),
    }
    prints = {}
    for name, toml in versions.items():
        folder = write_book(tmp_path / name, {"index.toml": toml, "essays/a.md": "# A\n\nA pact."})
        copy = edit(folder, kept=StandingType(tmp_path / "kept"))
        prints[name] = concordance.draw_up(copy.manuscript.vocabulary).fingerprint
        assert len(copy.book.chapters[0].marks) == (name != "other")
        assert edit(folder).book == copy.book
    assert prints["plain"] == prints["linked"] != prints["other"]


def test_a_paragraph_that_is_not_there_stops_the_book(tmp_path: Path) -> None:
    toml = '[[entry]]\nterm = "a"\nmatch = "pact"\nprincipal = "a#9"\n'
    book = write_book(tmp_path, {"index.toml": toml, "essays/a.md": "# A\n\nA pact."})
    assert said(queries_of(book)) == ["index.toml:1 unknown-paragraph error"]


def test_patterns_that_find_nothing_are_known() -> None:
    terms = (term("a", "pact", "word(s)"), term("b", "none", match_case=True))
    words = concordance.draw_up(Vocabulary(terms=terms))
    chapters = [chapter_of("A pact, a pact."), chapter_of("Nothing.")]
    assert concordance.unused(chapters, words) == ((terms[0], "word(s)"), (terms[1], "none"))


WORDS = st.sampled_from(
    [
        *("pact", "Pact", "trade", "of", "R&D", "start-up", "state's", "é", "`pact`"),
        *("*trade pact*", "**trade** *pact*", "[trade pact](x.md)", "<!--ix: a-->", "[^1]"),
        *("\n\n## ", "\n\n- ", "\n\n> ", "\n\n", ", ", ". ", "“", "”", "\u00ad"),
        *("\u2060", "<br/>", "![pact](p.png)", "<!--ix-: a-->", "<!--ix!: b > c-->"),
    ]
)
PATTERNS = st.lists(
    st.sampled_from(["pact", "trade", "of", "*", "pac*", "tra*", "R&D", "start(-)up", "[é|state]"]),
    min_size=1,
    max_size=4,
).map(" ".join)
TERMS = st.lists(
    st.builds(
        Term,
        path=st.sampled_from([("a",), ("b",), ("b", "c")]),
        match=st.lists(PATTERNS, max_size=3).map(tuple),
        unless=st.lists(PATTERNS, max_size=1).map(tuple),
        principal=st.sampled_from([(), ("a",), ("a#1",), ("a#2", "a#4")]),
        first_per=st.sampled_from(First),
        match_case=st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30), TERMS)
def test_no_letter_changes_and_no_id_stands_twice(words: list[str], terms: list[Term]) -> None:
    text = " ".join(["A pact", *words]) + "\n\n[^1]: A trade pact of *pact*."
    written = chapter_of(text)
    drawn_up = concordance.draw_up(Vocabulary(terms=tuple(terms)))
    chapter, _ = concordance.mark(written, drawn_up)
    assert visible(chapter) == visible(written)
    fragments = [chapter.xhtml, *(text for note in chapter.notes for text in note.paragraphs)]
    ids = Counter(re.findall(r'\sid="([^"]+)"', " ".join(fragments)))
    assert not [name for name, times in ids.items() if times > 1]
    for mark in chapter.marks:
        assert mark.id == chapter.slug or ids[mark.id] == 1
    assert unmarked(chapter) == unmarked(written)
    assert concordance.mark(written, drawn_up)[0] == chapter


def unmarked(chapter: Chapter) -> list[str]:
    """The text of a chapter without the spans that were put around what was found."""
    found = []
    for fragment in (chapter.xhtml, *(text for n in chapter.notes for text in n.paragraphs)):
        tree = parse(fragment)
        for span in list(tree.iter("span")):
            if (span.get("id") or "").startswith("a--hit-"):
                span.drop_tag()
        found.append(inner(tree))
    return found


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=60)
)
def test_a_pattern_made_of_words_of_the_text_is_found_in_it(text: str) -> None:
    found = re.findall(r"[^\W_]{2,}", text)
    note = Note("n", 1, (), "c", Place("essays/a.md"))
    fragment = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = replace(chapter_of("x"), xhtml=f"<p>{fragment}</p>", notes=(note,))
    terms = tuple(term(f"e{n}", word) for n, word in enumerate(found))
    chapter, _ = concordance.mark(written, concordance.draw_up(Vocabulary(terms=terms)))
    assert parse(chapter.xhtml).text_content() == parse(written.xhtml).text_content()
    assert {mark.entry for mark in chapter.marks} >= {
        t.path for t in terms if re.search(rf"(?<!\w){t.match[0]}(?!\w)", text) and text.isascii()
    }
