"""Openings of essays: the initial, and the words after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.galleys import carry_spaces
from bindery.galleys.openings import dress_opening
from bindery.markup.tree import inner, parse

MARK = '<span class="index-mark" id="{}">{}</span>'


def dressed(text: str) -> str:
    tree = parse(text)
    dress_opening(tree)
    return inner(tree)


def shown(text: str) -> str:
    """The opening, its initial between < and >, its small capitals between ( and )."""
    tree = parse(dressed(text))
    marked = ""
    for element in tree.iter("span"):
        kind = element.get("class")
        if kind == "initial":
            marked += f"<{element.text}>"
        elif kind == "opening":
            marked += f"({element.text})"
    return marked


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>Much of a nation's defence</p>", "<M>(uch of a nation's)"),
        ("<p>A state can be, it is</p>", "<A>(state can be)"),
        ("<p>“Salt”</p>", "<“S>(alt”)"),
        ("<p>I</p>", "<I>"),
        ("<p>7 ships</p>", ""),
        ("<ul><li>One</li></ul>", ""),
        ("<p>One <em>two three</em> four</p>", "<O>(ne)"),
    ],
)
def test_an_initial_and_four_words(text: str, wanted: str) -> None:
    assert shown(text) == wanted


def test_words_of_the_index_are_words_as_all_others() -> None:
    nation = MARK.format("a--ix-1", "nation")
    assert shown(f"<p>A {nation} is made over a long time</p>") == "<A>(nation)(is made)"
    later = f"<p>One two three four five {nation} in the same sentence</p>"
    assert shown(later) == "<O>(ne two three four)"
    begins = MARK.format("a--ix-1", f"Islamic {MARK.format('a--ix-2', 'nations')}")
    assert shown(f"<p>{begins} need no more words</p>") == "<I>(slamic)(nations)(need no)"


@given(st.lists(st.tuples(st.text("Ab ,“", max_size=8), st.booleans()), max_size=6))
def test_the_text_stays_the_same(pieces: list[tuple[str, bool]]) -> None:
    text = "".join(
        MARK.format(f"a--ix-{number}", words) if is_marked else words
        for number, (words, is_marked) in enumerate(pieces)
    )
    before, after = parse(f"<p>{text}</p>"), parse(dressed(f"<p>{text}</p>"))
    assert str(after.text_content()).split() == str(before.text_content()).split()
    ids = [element.get("id") for element in after.iter("span") if element.get("id")]
    assert ids == [f"a--ix-{n}" for n, (_, is_marked) in enumerate(pieces) if is_marked]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>in <i>Arabic</i>, too</p>", "<p>in<i> Arabic</i>, too</p>"),
        ('<p>in <span dir="rtl">x</span>, too</p>', '<p>in <span dir="rtl">x</span>, too</p>'),
        ('<p>in <i><span dir="rtl">x</span></i></p>', '<p>in <i><span dir="rtl">x</span></i></p>'),
    ],
)
def test_spaces_go_into_words_but_not_into_those_read_the_other_way(text: str, wanted: str) -> None:
    tree = parse(text)
    carry_spaces(tree)
    assert inner(tree) == wanted
