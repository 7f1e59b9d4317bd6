"""Links that are put in after the text was set: where they are, what they say, whose they are."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bindery.set_pages import Copy, SetPages
from bindery.setting import ComposingRoom
from bindery.signs import LAST, PASSAGE, link, with_elements
from tests.reading import PrintedBook
from tests.test_setting import book_of

CSS = (
    "@page { size: 160pt 90pt; margin: 20pt } @page :left { margin-left: 30pt }"
    "body { margin: 0; font: 10pt/15pt 'DejaVu Serif', serif }"
    "p { margin: 0; padding-left: 10pt; text-indent: -10pt } .column { float: left; width: 45% }"
)
TEXT = (
    f"<h1>Index</h1><p id='a'>office, {link('a', '2')}, {link('b', '3–5')}, <b>{link('c', '7')}</b>"
    f", {link('a', '22')}, <i>{link('b', '23')}</i>, {link('c', '28')}, {link('a', '281')}</p>"
    f"<p id='b'>salt <i>see</i> {link('c', 'many roads that need more than a line')}</p>"
    f"<p id='c'>{link('a', 'whole')}</p>"
)


def set_copy(html: str, css: str = CSS) -> SetPages:
    copy = Copy("a", f"<html lang='en'><title>t</title><body>{html}")
    return ComposingRoom({"print.css": css.encode()}).set_in_type(copy)


def linked(printed: PrintedBook) -> list[tuple[str, tuple[float, ...]]]:
    return [(found.target, (found.page, *found.box)) for found in printed.links]


def said_by_links(printed: PrintedBook) -> list[str]:
    """What the elements of links say, in the order in which they are read."""
    return [e.text() for e in printed.structure.walk() if e.tag == "Link"]


@pytest.fixture(scope="module")
def late() -> PrintedBook:
    return book_of(set_copy(TEXT))


@pytest.fixture(scope="module")
def early() -> PrintedBook:
    return book_of(set_copy(with_elements(TEXT)))


def test_links_stand_where_the_engine_itself_would_put_them(
    late: PrintedBook, early: PrintedBook
) -> None:
    ours, theirs = linked(late), linked(early)
    assert [target for target, _ in ours] == [target for target, _ in theirs]
    assert len(ours) >= 10
    for (_, box), (_, other) in zip(ours, theirs, strict=True):
        assert box[0] == other[0]
        assert box[1] == pytest.approx(other[1], abs=0.6)
        assert box[3] == pytest.approx(other[3], abs=0.6)
        assert other[2] - 3 < box[2] < box[4] < other[4] + 3


def test_the_words_of_each_link_are_its_elements(late: PrintedBook, early: PrintedBook) -> None:
    assert said_by_links(late) == said_by_links(early)
    assert said_by_links(late)[:7] == ["2", "3–5", "7", "22", "23", "28", "281"]


def test_the_text_is_the_same_in_the_same_order(late: PrintedBook, early: PrintedBook) -> None:
    assert late.structure.text() == early.structure.text()
    assert [late.text(page) for page in range(late.count)] == [
        early.text(page) for page in range(early.count)
    ]


def test_every_annotation_belongs_to_a_link(late: PrintedBook) -> None:
    root = late.pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
    seen = 0
    for page in late.pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            owner = owners[int(annotation.StructParent)]
            assert owner.S == "/Link"
            assert annotation.objgen in [kid.Obj.objgen for kid in owner.K if hasattr(kid, "Obj")]
            seen += 1
    assert seen == len(late.links)


def test_every_piece_of_text_has_one_owner(late: PrintedBook) -> None:
    numbers = list(late.pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in late.pdf.pages:
        content = page.obj.Contents.read_bytes()
        marks = [int(mark) for mark in re.findall(rb"/MCID (\d+)", content)]
        assert sorted(marks) == list(range(len(marks)))
        for mark in marks:
            owner = owners[int(page.obj.StructParents)][mark]
            assert [kid for kid in owner.K if kid == mark] == [mark]


def test_the_lines_of_passages_are_measured() -> None:
    html = (
        f"<h1>Head</h1><p>{PASSAGE}one</p><p>{PASSAGE}two words that need several lines here</p>"
        f"{LAST}<p>not this</p><p>{PASSAGE}three</p>"
    )
    pages = set_copy(html, CSS.replace("90pt", "400pt"))
    assert [len(lines) > 1 for lines in pages.passages] == [False, True, False]
    second = pages.passages[1]
    text = "twowordsthatneedseverallineshere"
    assert [line.start for line in second] == sorted({line.start for line in second})
    assert second[0].start == 0
    assert all(
        text[line.start :].startswith(("two", "words", "that", "need", "several", "lines", "here"))
        for line in second
    )
    steps = {round(b.baseline - a.baseline, 2) for a, b in pairwise(second)}
    assert steps == {15.0}


def test_a_copy_that_is_only_measured_has_no_pages_to_print() -> None:
    html = f"<html lang='en'><title>t</title><body><p>{PASSAGE}one{LAST}</p>"
    room = ComposingRoom({"print.css": CSS.encode()})
    pages = room.set_in_type(Copy("a", html, gauge=True))
    assert pages.data == b""
    assert [len(lines) for lines in pages.passages] == [1]


@pytest.mark.parametrize(
    "css",
    [
        "p::before { content: 'more ' }",
        "p { transform: rotate(2deg) }",
        "p::after { content: '.' }",
    ],
)
def test_styles_that_change_the_text_get_links_of_the_engine(css: str) -> None:
    ours = book_of(set_copy(TEXT + f"<p>{PASSAGE}x", CSS + css))
    theirs = book_of(set_copy(with_elements(TEXT) + "<p>x", CSS + css))
    assert linked(ours) == linked(theirs)
    assert set_copy(TEXT + f"<p>{PASSAGE}x", CSS + css).passages == ()


def test_styles_that_change_only_the_case_do_no_harm(late: PrintedBook) -> None:
    loud = book_of(set_copy(TEXT, CSS + "h1 { text-transform: uppercase }"))
    assert [target for target, _ in linked(loud)] == [target for target, _ in linked(late)]


WORDS = st.text("abcfilé ,–’", max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["", "b", "i"])), min_size=1, max_size=8))
def test_any_words_can_be_links(pieces: list[tuple[str, str, str]]) -> None:
    said = [words for _, words, _ in pieces if words.strip()]
    html = "".join(
        f"{before} {f'<{tag}>' if tag else ''}{link('a', words)}{f'</{tag}>' if tag else ''} | "
        for before, words, tag in pieces
    )
    printed = book_of(set_copy(f"<p id='a'>{html}</p>", CSS.replace("160pt", "800pt")))
    found = "".join(said_by_links(printed))
    assert found == "".join("".join(words.split()) for words in said)
