"""The composing room: pages with anchors, nothing read from outside, complaints heard."""

from __future__ import annotations

import logging

import pytest

from bindery.setting import Composing, SetPages, pull
from tests.reading import PrintedBook

PAGE = "@page { size: 200pt 100pt; margin: 20pt } p { margin: 0; font: 10pt/15pt serif }"


def room(css: str = "", **pictures: bytes) -> Composing:
    files = {name.replace("__", "."): data for name, data in pictures.items()}
    return Composing({"print.css": f"{PAGE}{css}".encode()}, files)


def set_pages(body: str, css: str = "", **pictures: bytes) -> SetPages:
    return room(css, **pictures).set_in_type(f"<html lang='en'><title>t</title><body>{body}")


def test_anchors_are_known_by_page():
    pages = set_pages(
        "<p id='a'>one<p id='b' style='break-before: page'>two <i id='c'>three</i><h1 id='d'>"
    )
    assert pages.count == 2
    assert [sorted(anchors) for anchors in pages.anchors] == [["a"], ["b", "c", "d"]]
    assert pages.complaints == ()


def test_anchors_stand_where_their_words_do():
    """A space before a word does not hold its anchor on the page before (carry_spaces)."""
    words = [f"word{number}" for number in range(1200)]
    marked = "".join(
        f"<span id='{word}'> {word}</span>" if number % 3 == 0 else f" {word}"
        for number, word in enumerate(words)
    )
    pages = set_pages(f"<p>{marked}</p>")
    printed = PrintedBook(pull([pages]).data)
    assert pages.count > 20
    for page, anchors in enumerate(pages.anchors):
        standing = printed.text(page).split()
        assert {name for name in anchors if name not in standing} == set()
    for name in words[::3]:
        page = printed.destinations[name][0]
        assert name in printed.text(page).split()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "ftp://127.0.0.1/x.png",
        "/etc/passwd",
        "../styles/../../etc/passwd",
        "data:image/png;base64,AAAA",
        "missing.png",
    ],
)
def test_other_addresses_are_refused(address: str):
    pages = set_pages(f"<p>words</p><img src='{address}' alt='x'>")
    (complaint,) = pages.complaints
    assert "Failed to load image" in complaint
    if not address.startswith("data:"):
        assert "is not part of the book" in complaint


def test_styles_cannot_reach_out_either():
    css = (
        f"@import url(http://127.0.0.1:9/x.css);{PAGE} p {{ background: url(file:///etc/passwd) }}"
    )
    composing = Composing({"print.css": css.encode()}, {})
    assert any("x.css is not part of the book" in words for words in composing.complaints)
    heard = composing.set_in_type("<p>words").complaints
    assert any("passwd is not part of the book" in words for words in heard)


@pytest.mark.parametrize("name", ["a.svg", "a b.svg", "ä.svg"])
def test_the_books_own_pictures_are_served(name: str):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    composing = Composing({"print.css": PAGE.encode()}, {f"images/{name}": drawing})
    pages = composing.set_in_type(f"<p>x</p><img src='images/{name}' alt='x'>")
    assert pages.complaints == ()
    assert list(PrintedBook(pull([pages]).data).document[0].get_objects())


def test_complaints_about_styles_are_heard():
    composing = room("p { colour: red }")
    (complaint,) = composing.complaints
    assert "colour: red" in complaint


def test_complaints_of_one_galley_are_not_those_of_the_next():
    composing = room()
    assert composing.set_in_type("<p>x<img src='lost.png' alt='x'>").complaints
    assert composing.set_in_type("<p>x").complaints == ()
    assert not logging.getLogger("weasyprint").handlers or all(
        type(handler).__name__ != "_Complaints"
        for handler in logging.getLogger("weasyprint").handlers
    )


def test_galleys_are_pulled_into_one_tagged_file():
    first, second = set_pages("<h1 id='a'>One</h1>"), set_pages("<p><a href='#a'>back</a></p>")
    printed = PrintedBook(pull([first, second]).data)
    assert printed.count == 2
    assert printed.headings() == [(1, "One", 0)]
    (link,) = {(link.page, link.target) for link in printed.links}
    assert link == (1, "a")
    assert printed.destinations["a"][0] == 0


def test_families_that_were_used_are_known():
    pages = set_pages("<p>words</p>")
    assert len(pull([pages]).families) == 1
