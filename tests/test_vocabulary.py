"""index.toml: what it may say, what is said of its mistakes, and the language of its patterns."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.errata import Place, Query
from bindery.vocabulary import (
    Collapse,
    Continued,
    EbookLocators,
    First,
    Kind,
    Letters,
    Order,
    Ranges,
    Reference,
    Settings,
    Style,
    Term,
    Theme,
    Vocabulary,
)
from bindery.vocabulary.patterns import MOST_FORMS, Extra, forms_of
from bindery.vocabulary.reading import read_vocabulary
from bindery.vocabulary.words import words_of
from tests.specimen import dedented, queries_of, said, write_book

FULL = """
    [index]
    title = "Index of themes"
    headnote = "**Bold** marks the *main* discussion."
    locale = "sv"
    order = "word"
    ranges = "minimal"
    collapse = "marked"
    style = "run-in"
    max_locators = 5
    continued = "page"
    columns = 3
    letters = "space"
    ignore_al = true
    separate = ["name", "place"]
    chart = false
    ebook_locators = "page"

    [[theme]]
    id = "defence"
    title = "Defence industry"
    note = "Who makes what."

    [[theme]]
    id = "alliances"
    title = "Alliances"

    [[entry]]
    term = "missile  defence systems"
    theme = "defence"
    match = ["missile defen[c|s]e system(s)", "interceptor*"]
    not = "missile defence system test"
    only_in = ["essays/b.md", "a"]
    principal = ["b.md#5", "a"]
    first_per = "section"
    match_case = true
    see_also = ["firms > defence", { generic = "names of  firms" }]
    sort = "missiles"
    kind = "name"

    [[entry]]
    term = "missile  defence systems>forms of"

    [[entry]]
    term = "rockets"
    theme = ["alliances", "defence", "alliances"]
    see = "missile defence systems > forms of"
"""
CHAPTERS = {"essays/a.md": "a", "essays/b.md": "b"}
ONE = '[[entry]]\nterm = "a"\n'


def read(folder: Path, toml: str | bytes) -> tuple[Vocabulary, tuple[Query, ...]]:
    content = dedented(toml) if isinstance(toml, str) else toml
    return read_vocabulary(write_book(folder, {"index.toml": content}), CHAPTERS)


def vocabulary(folder: Path, toml: str) -> Vocabulary:
    found, queries = read(folder, toml)
    assert queries == ()
    return found


def mistakes(folder: Path, toml: str | bytes) -> tuple[Query, ...]:
    return read(folder, toml)[1]


def test_everything_that_it_may_say(tmp_path: Path) -> None:
    place = Place("index.toml", 1)
    assert vocabulary(tmp_path, FULL) == Vocabulary(
        Settings(
            title="Index of themes",
            headnote="**Bold** marks the *main* discussion.",
            locale="sv",
            order=Order.WORD,
            ranges=Ranges.MINIMAL,
            collapse=Collapse.MARKED,
            style=Style.RUN_IN,
            max_locators=5,
            continued=Continued.PAGE,
            columns=3,
            letters=Letters.SPACE,
            ignore_al=True,
            separate=(Kind.NAME, Kind.PLACE),
            chart=False,
            ebook_locators=EbookLocators.PAGE,
        ),
        (
            Theme("defence", "Defence industry", "Who makes what.", place),
            Theme("alliances", "Alliances", "", place),
        ),
        (
            Term(
                ("missile defence systems",),
                themes=("defence",),
                match=("missile defen[c|s]e system(s)", "interceptor*"),
                unless=("missile defence system test",),
                only_in=("b", "a"),
                principal=("b#5", "a"),
                first_per=First.SECTION,
                match_case=True,
                see_also=(
                    Reference(("firms", "defence")),
                    Reference(("names of firms",), generic=True),
                ),
                sort="missiles",
                kind=Kind.NAME,
                place=place,
            ),
            Term(("missile defence systems", "forms of"), themes=("defence",), place=place),
            Term(
                ("rockets",),
                themes=("alliances", "defence"),
                see=(Reference(("missile defence systems", "forms of")),),
                place=place,
            ),
        ),
    )


def test_everything_has_its_line(tmp_path: Path) -> None:
    found = vocabulary(tmp_path, FULL)
    assert [theme.place.line for theme in found.themes] == [18, 23]
    assert [term.place.line for term in found.terms] == [27, 40, 43]


def test_a_book_without_index_toml_has_no_vocabulary(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) == (Vocabulary(), ())
    assert not Vocabulary()


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (Vocabulary(), ())


def test_a_sub_entry_has_the_themes_of_the_nearest_heading_above_it(tmp_path: Path) -> None:
    found = vocabulary(
        tmp_path,
        """
        theme = [{ id = "x", title = "X" }, { id = "y", title = "Y" }]
        [[entry]]
        term = "a > b > c"
        [[entry]]
        term = "a > d"
        theme = "y"
        [[entry]]
        term = "a > d > e"
        [[entry]]
        term = "a"
        theme = "x"
        """,
    )
    assert [term.themes for term in found.terms] == [("x",), ("y",), ("y",), ("x",)]


def test_names_of_chapters_stay_as_written_when_no_chapters_are_known(tmp_path: Path) -> None:
    folder = write_book(tmp_path, {"index.toml": f'{ONE}only_in = "nowhere.md"'})
    found, queries = read_vocabulary(folder)
    assert (found.terms[0].only_in, queries) == (("nowhere.md",), ())


@pytest.mark.parametrize(
    ("toml", "line", "code", "told"),
    [
        ('[[entry]]\nterm = "a"\nthema = "x"', 3, "unknown-key", "Did you mean “theme”?"),
        ('[[entry]]\nterm = "a"\nunless = "x"', 3, "unknown-key", "not"),
        ('[index]\nordr = "word"', 2, "unknown-key", "Did you mean “order”?"),
        ('[[entries]]\nterm = "a"', 1, "unknown-key", "Did you mean “entry”?"),
        ('[[entry]]\nmatch = "a"', 1, "missing-key", "“term”"),
        ('[[theme]]\nid = "a"', 1, "missing-key", "“title”"),
        ('[entry]\nterm = "a"', 1, "bad-value", "[[entry]]"),
        ("entry = [1]", 1, "bad-value", "[[entry]]"),
        ("index = 1", 1, "bad-value", "[index]"),
        ('[[entry]]\nterm = "a > > b"', 2, "bad-value", "a heading is missing"),
        ("[[entry]]\nterm = 3", 2, "bad-value", "heading > sub-heading"),
        ('[[theme]]\nid = "The X"\ntitle = "X"', 2, "bad-value", "small letters"),
        ('[index]\norder = "words"', 2, "bad-value", "'letter' or 'word'"),
        ("[index]\ncolumns = 5", 2, "bad-value", "less than or equal to 4"),
        ("[index]\nmax_locators = 0", 2, "bad-value", "greater than or equal to 1"),
        ('[index]\nlocale = "Swedish!"', 2, "bad-value", "en-GB"),
        (f'{ONE}first_per = "page"', 3, "bad-value", "'all', 'paragraph', 'section' or 'essay'"),
        (f"{ONE}see_also = [{{ genric = 'x' }}]", 3, "bad-value", "generic ="),
        (f'{ONE}principal = "a#x"', 3, "bad-value", "file#5"),
        (f'{ONE}sort = "\\u0007"', 3, "bad-value", "U+0007"),
        (f'{ONE}match = [\n"fine",\n"bad("]', 5, "bad-pattern", "“(” is not closed"),
        (f'{ONE}not = "*"', 3, "bad-pattern", "any word of its own"),
        (f'{ONE}theme = "x"', 3, "unknown-theme", "Add a [[theme]]"),
        (f'{ONE}only_in = "essays/c.md"', 3, "unknown-chapter", "Did you mean essays"),
        (f'{ONE}principal = ["a", "zz#2"]', 3, "unknown-chapter", "“zz”"),
        (f"{ONE}{ONE}", 3, "duplicate-entry", "index.toml:1"),
        ('[[theme]]\nid="x"\ntitle="X"\n' * 2, 5, "duplicate-theme", "index.toml:1"),
        ("[index\n", 1, "bad-toml", "TOML"),
        (b'[index]\ntitle = "caf\xe9"', 2, "bad-encoding", "UTF-8"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, toml: str | bytes, line: int, code: str, told: str
) -> None:
    (query,) = mistakes(tmp_path, toml)
    assert (query.place, query.code) == (Place("index.toml", line), code)
    assert told.replace("essays", "") in str(query).replace("essays/", "")


def test_all_mistakes_are_told_together_and_the_rest_is_read(tmp_path: Path) -> None:
    found, queries = read(
        tmp_path,
        """
        [index]
        columns = 9
        title = "Index"

        [[entry]]
        term = "a"
        match = ["good", "bad[", "better"]
        theme = ["none"]
        kind = "thing"

        [[entry]]
        match = "lost"

        [[entry]]
        term = "b"
        """,
    )
    assert said(queries) == [
        "index.toml:2 bad-value error",
        "index.toml:7 bad-pattern error",
        "index.toml:8 unknown-theme error",
        "index.toml:9 bad-value error",
        "index.toml:11 missing-key error",
    ]
    assert found.settings == Settings(title="Index")
    assert [(term.path, term.match) for term in found.terms] == [
        (("a",), ("good", "better")),
        (("b",), ()),
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text(ONE, encoding="utf-8")
    book = write_book(tmp_path / "book", {"essays/a.md": "# A\n\nWord."})
    (book / "index.toml").symlink_to(tmp_path / "secret.toml")
    assert read_vocabulary(book)[0] == Vocabulary()
    assert said(queries_of(book))[0] == "index.toml outside error"


def test_its_queries_are_asked_with_those_of_the_essays(tmp_path: Path) -> None:
    toml = f'{ONE}only_in = "b"\nthem = "x"\n'
    book = write_book(tmp_path, {"index.toml": toml, "essays/a.md": "# A\n\n[x](y.md)"})
    asked = said(queries_of(book))
    assert "index.toml:3 unknown-chapter error" in asked
    assert "index.toml:4 unknown-key error" in asked
    assert any("broken-link" in query for query in asked)


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("missile defence", ["missile defence"]),
        ("system(s)", ["system", "systems"]),
        ("(joint) exercise(s)", ["exercise", "exercises", "joint exercise", "joint exercises"]),
        ("treat[y|ies]", ["treaty", "treaties"]),
        ("[accord|pact(s)] of", ["accord of", "pact of", "pacts of"]),
        ("start(-)up", ["startup", "start - up"]),
        ("scien*", ["scien…"]),
        ("ministry of *", ["ministry of …"]),
        ("* of * and peace", ["… of … and peace"]),
        ("R&D", ["R & D"]),
        ("U.S.", ["U . S ."]),
        ("defen*-related", ["defen… - related"]),
        ("  spaced\u00a0 out ", ["spaced out"]),
        ("e\u0301tat", ["\u00e9tat"]),
        ("a[|]b (b)", ["ab", "ab b"]),
    ],
)
def test_a_pattern_has_these_forms(pattern: str, forms: list[str]) -> None:
    signs = {Extra.NOTHING: "", Extra.ENDING: "…", Extra.WORD: "…"}
    written = [" ".join(s.form + signs[s.extra] for s in steps) for steps in forms_of(pattern)]
    assert sorted(written) == sorted(forms)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "without any word"),
        ("*", "without any word"),
        ("(s)", "without any word"),
        ("&", "without any word"),
        ("a(b", "“(” is not closed"),
        ("[a|b", "“[” is not closed"),
        ("a)b", "without its bracket"),
        ("a|b", "without its bracket"),
        ("ab*", "3 letters"),
        ("sci*ence", "only at the end"),
        ("the **", "only at the end"),
        ("*-made", "spaces on both sides"),
        ("x(1)(2)(3)(4)(5)(6)(7)", f"more than {MOST_FORMS} forms"),
        ("a" * 201, "longer than 200"),
        ("a " * 17, "more than 16 words"),
    ],
)
def test_a_pattern_that_cannot_be_searched_for_says_why(pattern: str, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("(", r"\(").replace("[", r"\[")):
        forms_of(pattern)


@given(st.text("ab*()[]|-&' ", max_size=40))
def test_any_text_is_a_pattern_with_few_forms_or_says_what_is_wrong(pattern: str) -> None:
    with suppress(ValueError):
        forms = forms_of(pattern)
        assert 1 <= len(forms) <= MOST_FORMS
        assert all(any(step.form for step in steps) for steps in forms)


@pytest.mark.parametrize(
    "text",
    [
        "the state's start-up",
        "the state’s start‑up",
        "the\u00a0state\u02bcs\nstart\u2010up",
        "the st\u00adate’s\u2060 start\u2060-\u2060up",
    ],
)
def test_what_only_differs_in_typography_is_the_same(text: str) -> None:
    words = words_of(text)
    assert [word.form for word in words] == ["the", "state", "'", "s", "start", "-", "up"]
    assert [word.glued for word in words] == [False, False, True, True, False, True, True]


def test_marks_above_and_below_letters_are_part_of_the_word() -> None:
    assert [word.form for word in words_of("कि مُحَمَّد naïve")] == ["कि", "مُحَمَّد", "naïve"]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    behind = 0
    for word in words_of(text):
        assert behind <= word.start < word.end <= len(text)
        assert word.is_word or not word.form.isalnum()
        behind = word.end
