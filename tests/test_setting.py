"""The composing room: pages with anchors, nothing read from outside, complaints heard."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import pytest

from bindery.folios import number
from bindery.galleys import Galley, Numbering, Opens
from bindery.pagination import SetBook
from bindery.set_pages import Copy, SetPages
from bindery.setting import ComposingRoom
from tests.conftest import imposed
from tests.reading import PrintedBook

PAGE = "@page { size: 200pt 100pt; margin: 20pt } p { margin: 0; font: 10pt/15pt serif }"
FOLIOS = (
    "@page { @top-left { content: string(folio) } @top-center { content: string(head) } }"
    "@page :right { @top-left { content: none } @top-right { content: string(folio) } }"
    "@page :first { @top-left { content: none } @top-right { content: none }"
    " @bottom-center { content: '- ' string(folio) ' -' } }"
    "body { string-set: head 'Head' } .folio { break-after: page; string-set: folio 'F' }"
)


def room(css: str = "") -> ComposingRoom:
    return ComposingRoom({"print.css": f"{PAGE}{css}".encode()})


def copy(body: str, pictures: Mapping[str, bytes] | None = None, name: str = "a") -> Copy:
    return Copy(name, f"<html lang='en'><title>t</title><body>{body}", pictures or {})


def set_pages(body: str, css: str = "", name: str = "a") -> SetPages:
    return room(css).set_in_type(copy(body, name=name))


def book_of(*standing: SetPages, files: Mapping[str, bytes] | None = None) -> PrintedBook:
    """Pages one after the other, in one file, without blank ones between them."""
    by_name = {f"galley-{place}": pages for place, pages in enumerate(standing)}
    galleys: list[Galley] = []
    following = 1
    for name, pages in by_name.items():
        opens = Opens.RECTO if following % 2 else Opens.VERSO
        galleys.append(Galley(name, "", {}, opens, Numbering.ARABIC, prints_folio=False))
        following += pages.count
    leaves = number(galleys, by_name)
    return imposed(SetBook(leaves, by_name, {}), files or {})


def test_anchors_are_known_by_page():
    pages = set_pages(
        "<p id='a'>one<p id='b' style='break-before: page'>two <i id='c'>three</i><h1 id='d'>"
    )
    assert pages.count == 2
    assert [sorted(anchor.name for anchor in page) for page in pages.anchors] == [
        ["a"],
        ["b", "c", "d"],
    ]
    assert pages.complaints == ()


def test_anchors_stand_where_their_words_do():
    """A space before a word does not hold its anchor on the page before (carry_spaces)."""
    words = [f"word{number}" for number in range(1200)]
    marked = "".join(
        f"<span id='{word}'> {word}</span>" if number % 3 == 0 else f" {word}"
        for number, word in enumerate(words)
    )
    pages = set_pages(f"<p>{marked}</p>")
    printed = book_of(pages)
    assert pages.count > 20
    for page, anchors in enumerate(pages.anchors):
        standing = printed.text(page).split()
        assert {anchor.name for anchor in anchors if anchor.name not in standing} == set()
    for name in words[::3]:
        page = printed.destinations[name][0]
        assert name in printed.text(page).split()


def test_places_are_points_from_the_foot_of_the_page():
    pages = set_pages("<p id='a' style='margin: 7pt 0 0 5pt'>one</p>")
    ((anchor,),) = pages.anchors
    assert (round(anchor.x, 2), round(anchor.y, 2)) == (31, 73)


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
    composing = ComposingRoom({"print.css": css.encode()})
    heard = composing.set_in_type(copy("<p>words")).complaints
    assert any("x.css is not part of the book" in words for words in heard)
    assert any("passwd is not part of the book" in words for words in heard)


@pytest.mark.parametrize("name", ["a.svg", "a b.svg", "ä.svg"])
def test_the_books_own_pictures_are_served(name: str):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    pictures = {f"images/{name}": drawing}
    pages = room().set_in_type(copy(f"<p>x</p><img src='images/{name}' alt='x'>", pictures))
    assert pages.complaints == ()
    kinds = [thing.type for thing in book_of(pages).document[0].get_objects()]
    assert len(kinds) > 1


def test_pictures_of_one_galley_are_not_served_to_the_next():
    composing = room()
    body = "<p>x<img src='a.svg' alt='x'>"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert composing.set_in_type(copy(body, {"a.svg": drawing})).complaints == ()
    assert composing.set_in_type(copy(body)).complaints


def test_complaints_about_styles_are_heard_with_every_galley():
    """For any of them may be the only one that is set in this process."""
    composing = room("p { colour: red }")
    for _ in range(2):
        (complaint,) = composing.set_in_type(copy("<p>x")).complaints
        assert "colour: red" in complaint


def test_complaints_of_one_galley_are_not_those_of_the_next():
    composing = room()
    assert composing.set_in_type(copy("<p>x<img src='lost.png' alt='x'>")).complaints
    assert composing.set_in_type(copy("<p>x")).complaints == ()
    assert not logging.getLogger("weasyprint").handlers or all(
        type(handler).__name__ != "_Complaints"
        for handler in logging.getLogger("weasyprint").handlers
    )


def test_galleys_are_put_into_one_tagged_file():
    first, second = set_pages("<h1 id='a'>One</h1>"), set_pages("<p><a href='#a'>back</a></p>")
    printed = book_of(first, second)
    assert printed.count == 2
    assert printed.headings() == [(1, "One", 0)]
    (link,) = {(link.page, link.target) for link in printed.links}
    assert link == (1, "a")
    assert printed.destinations["a"][0] == 0


def test_families_that_were_used_are_known():
    (font,) = set_pages("<p>words</p>").fonts
    assert font.family
    assert {sign for text in font.characters.values() for sign in text} == set("words")


def test_fonts_of_the_styles_stay_out_of_the_pages():
    """The book holds each font once; one that the styles do not pin comes with its program."""
    pages = set_pages("<p>words</p>")
    assert {font.program for font in pages.fonts} == set(pages.programs)
    (program,) = pages.programs.values()
    assert len(pages.data) < len(program)


def test_the_same_copy_gives_the_same_pages_whatever_was_set_before():
    wanted = set_pages("<h1>One</h1><p>words")
    composing = room()
    composing.set_in_type(copy("<p>Other <b>fonts</b>, <i>other</i> words: 1, 2, 3."))
    found = composing.set_in_type(copy("<h1>One</h1><p>words"))
    assert found == wanted


# Folios


def where(printed: PrintedBook, page: int) -> str:
    """The words of a page's margins with their places."""
    boxes = {
        "left": (0, 80, 70, 100),
        "middle": (70, 80, 130, 100),
        "right": (130, 80, 200, 100),
        "foot": (0, 0, 200, 20),
    }
    found = {name: printed.text(page, box).strip() for name, box in boxes.items()}
    return " ".join(f"{name}:{words}" for name, words in found.items() if words)


@pytest.mark.parametrize(
    ("side", "opening", "wanted"),
    [
        ("right", False, "right:F"),
        ("left", False, "left:F"),
        ("right", True, "foot:- F -"),
        ("left", True, "foot:- F -"),
    ],
)
def test_folios_stand_where_their_pages_want_them_and_alone(side: str, opening: bool, wanted: str):
    html = "<body>" + "<div class=folio></div>" * 3
    sheet = Copy("folios", html, side=side, opening=opening)
    printed = book_of(room(FOLIOS).set_in_type(sheet))
    assert [where(printed, page) for page in range(printed.count)] == [wanted] * 3


def test_text_is_set_without_what_surrounds_its_folio():
    printed = book_of(set_pages("<p>one<p style='break-before: page'>two", FOLIOS))
    assert [where(printed, page) for page in range(2)] == ["middle:Head", "middle:Head"]


def test_folios_have_no_ground_that_would_hide_the_page():
    css = (
        "@page { background: yellow; border: 1pt solid red } html, body { background: red }"
        "@page :left { background: lime } body::before { content: 'DRAFT' }"
        "/* don't */ @page { @left-middle { content: 'a; } b' } }"
    )
    sheet = Copy("folios", "<body><div class=folio></div>", side="right", opening=True)
    printed = book_of(room(FOLIOS + css).set_in_type(sheet))
    assert printed.text(0).split() == ["-", "F", "-"]
    picture = printed.document[0].render().to_pil().convert("RGB")
    assert {picture.getpixel(place) for place in ((1, 1), (100, 50), (199, 99), (30, 30))} == {
        (255, 255, 255)
    }
