"""Signs in a copy: links and passages without elements."""

from __future__ import annotations

import lxml.html
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bindery import signs
from bindery.signs import LAST, PASSAGE, Link, link, read

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Co", "Cc")), max_size=12)


def test_a_link_counts_only_what_is_seen() -> None:
    pages = "45\u2060–\u20606"
    text = f"a b, {link('x--1', '3')},\u00a0{link('x--2', pages)} end"
    found = read(text)
    assert found.seen == "ab,3,45–6end"
    assert found.links == (Link("x--1", 3, 4), Link("x--2", 5, 9))


def test_passages_reach_to_the_next_sign() -> None:
    found = read(f"head {PASSAGE}one {PASSAGE}two 2{LAST} between {PASSAGE}three")
    assert found.passages == ((4, 7), (7, 11), (18, 23))
    assert [found.seen[a:b] for a, b in found.passages] == ["one", "two2", "three"]


def test_a_copy_without_its_signs_is_plain() -> None:
    html = f"<p>{PASSAGE}salt,\u00a0{link('a--1', '7')}{LAST}</p>"
    assert signs.has_signs(html)
    assert signs.without_signs(html) == "<p>salt,\u00a07</p>"
    assert signs.with_elements(html) == '<p>salt,\u00a0<a href="#a--1">7</a></p>'
    assert signs.without_links(html) == f"<p>{PASSAGE}salt,\u00a07{LAST}</p>"


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_links_say_what_they_said(pieces: list[tuple[str, str]]) -> None:
    html = "".join(f"{escape(a)}{link(f't-{n}', b)}" for n, (a, b) in enumerate(pieces))
    body = lxml.html.fromstring(f"<div>{html}</div>")
    found = read(str(body.text_content()))
    assert found.seen == signs.seen(
        str(lxml.html.fromstring(f"<div>{signs.without_signs(html)}</div>").text_content())
    )
    assert [found.seen[place.start : place.end] for place in found.links] == [
        signs.seen(str(lxml.html.fromstring(f"<div>{escape(said)}</div>").text_content()))
        for _, said in pieces
    ]
