"""Footnotes: numbered by chapter, tidied, and asked about."""

from __future__ import annotations

import pytest

from bindery.book import Note
from bindery.errata import Place
from tests.specimen import chapter_of, queries_about, said_of


def call(number: int, nth: int = 1) -> str:
    """A call as it stands in the XHTML."""
    kind, suffix = ("noteref", "") if nth == 1 else ("noteref again", f"-{nth}")
    href, name = f"#a--note-{number}", f"a--noteref-{number}{suffix}"
    return f'<a class="{kind}" href="{href}" id="{name}">{number}</a>'


def paragraphs(definition: str) -> list[tuple[str, ...]]:
    return [note.paragraphs for note in chapter_of(f"x[^n]\n\n{definition}").notes]


def test_notes_are_numbered_as_they_are_called() -> None:
    chapter = chapter_of("One[^b] two[^a].\n\n[^a]: A.\n[^b]: B.")
    assert chapter.xhtml == f"<p>One{call(1)} two{call(2)}.</p>"
    assert chapter.notes == (
        Note("a--note-1", 1, ("B.",), "a--noteref-1", Place("essays/a.md", 6)),
        Note("a--note-2", 2, ("A.",), "a--noteref-2", Place("essays/a.md", 5)),
    )


def test_a_second_call_has_an_id_of_its_own() -> None:
    chapter = chapter_of("One[^a] two[^a] three[^a].\n\n[^a]: A.")
    assert chapter.xhtml == f"<p>One{call(1)} two{call(1, 2)} three{call(1, 3)}.</p>"
    assert [(note.paragraphs, note.call_id) for note in chapter.notes] == [
        (("A.",), "a--noteref-1")
    ]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("[^n]: One.", ("One.",)),
        ("[^n]: One\n    more.", ("One\nmore.",)),
        ("[^n]: One.\n\n    Two.", ("One.", "Two.")),
        ("[^n]:\n    One.", ("One.",)),
        ("[^n]: *One*, [two](b.md#c).", ('<em>One</em>, <a href="b.md#c">two</a>.',)),
        ("[^n]: Ends in *one*", ("Ends in <em>one</em>",)),
        ('[^n]: "One" -- it\'s.', ("“One” – it’s.",)),
        ("[^n]: See `x[^9]`.", ("See <code>x[^9]</code>.",)),
        ("[^n]: One.\n\n    - a\n    - *b*", ("One.", "a", "<em>b</em>")),
        ("[^n]: One.\n\n    > Two.", ("One.", "Two.")),
    ],
)
def test_what_a_note_holds(definition: str, expected: tuple[str, ...]) -> None:
    assert paragraphs(definition) == [expected]


def test_a_call_right_after_a_quotation_mark() -> None:
    chapter = chapter_of('He said "so."[^a]\n\n[^a]: A.')
    assert chapter.xhtml == f"<p>He said “so.”{call(1)}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One[^a].\n\n[^a]: A.", []),
        ("One[^a]: two.\n\n[^a]: A.", []),
        ("One[^a]: two.", ["3 undefined-note error"]),
        ("One\ntwo[^a].", ["4 undefined-note error"]),
        ("One.\n\n[^a]: A.", ["5 unused-note warning"]),
        ("One[^a].\n\n[^a]: A.\n[^a]: B.", ["6 duplicate-note error"]),
        ("One[^a].\n\n[^a]: A.\n\n    - b", ["5 block-in-note warning"]),
        ("One[^a].\n\n[^a]: A.\n\n    > b", ["5 block-in-note warning"]),
        (f"One[^a].\n\n[^a]: {'long ' * 399}.", []),
        (f"One[^a].\n\n[^a]: {'long ' * 401}.", ["5 long-note error"]),
        ("`[^a]`", []),
        ("```\nx[^a]\n```", []),
        ("x\n\n    indented[^a]\n\n\tcode[^b]", []),
        ("- x\n\n    indented[^a]", ["5 undefined-note error"]),
        ("x[^a]\n\n[^a]: One.\n\n    Two[^b].", ["7 undefined-note error"]),
    ],
)
def test_what_is_asked(text: str, expected: list[str]) -> None:
    assert said_of(text) == expected


def test_a_duplicate_names_the_first() -> None:
    (query,) = queries_about("One[^a].\n\n[^a]: A.\n[^a]: B.")
    assert str(query) == (
        "essays/a.md:6: error: The footnote [^a] is defined twice (first in line 5). "
        "Give one another name."
    )


def test_a_note_that_is_not_called_is_not_printed() -> None:
    chapter = chapter_of("One[^b].\n\n[^a]: A.\n[^b]: B.")
    assert chapter.xhtml == f"<p>One{call(1)}.</p>"
    assert [note.paragraphs for note in chapter.notes] == [("B.",)]


def test_calls_in_other_elements_count_in_the_order_of_reading() -> None:
    text = "- One[^c]\n- *two[^b]*\n\nThree[^a].\n\n[^a]: A.\n[^b]: B.\n[^c]: C."
    assert [note.paragraphs for note in chapter_of(text).notes] == [("C.",), ("B.",), ("A.",)]


def test_a_note_in_a_note_is_refused() -> None:
    text = "One[^a] two[^c].\n\n[^a]: A[^b].\n[^b]: B.\n[^c]: C."
    assert said_of(text) == ["5 note-in-note error"]
    assert [note.paragraphs[0][0] for note in chapter_of(text).notes] == ["A", "C", "B"]


def test_a_call_in_a_heading_and_in_a_caption() -> None:
    chapter = chapter_of(
        "## One[^a]\n\n| a |\n|---|\n| b |\n\nTable: Cap[^b]\n\n[^a]: A.\n[^b]: B."
    )
    assert [heading.title for heading in chapter.headings] == ["One"]
    assert [heading.id for heading in chapter.headings] == ["a--one"]
    assert f"<caption>Cap{call(2)}</caption>" in chapter.xhtml
