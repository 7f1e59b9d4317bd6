"""The structure tree of a galley: what means something is in it, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from bindery.set_pages import Copy
from bindery.setting import ComposingRoom
from tests.conftest import picture

STYLE = b"@page { size: 400pt 300pt; margin: 20pt } .note { float: footnote }"
TEXT = f"""
    <header><h1>A <em>fine</em> title</h1></header>
    <p>Words <em>and <b>more</b></em> words, {"and <span>others</span> " * 20}.</p>
    <p><a href="https://example.org/"><em>One</em> link with <b>three <i>boxes</i></b></a>.</p>
    <p>A note<span class="note">At <em>the</em> foot.</span></p>
    <p><a href="#a"><img src="p.png" alt="A picture" width="20"></a></p>
    <ul><li>One <em>item</em></li></ul>
    <table><tr><th>Head</th><td>A <em>cell</em></td></tr></table>
    """


@pytest.fixture(scope="module")
def galley() -> Iterator[pikepdf.Pdf]:
    room = ComposingRoom({"print.css": STYLE})
    html = f"<html lang='en'><title>t</title><body id='a'>{TEXT}"
    pages = room.set_in_type(Copy("a", html, {"p.png": picture("PNG")}))
    with pikepdf.open(io.BytesIO(pages.data)) as pdf:
        yield pdf


def elements(element: Any) -> Iterator[Any]:
    """An element of the tree and all below it."""
    yield element
    for kid in element.K:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


def tree(pdf: pikepdf.Pdf) -> list[Any]:
    return list(elements(pdf.Root.StructTreeRoot.K[0]))


def shape(element: Any) -> Any:
    """An element as its tag and what it holds: numbers of marks, OBJR, or other elements."""
    kids = ["OBJR" if isinstance(kid, Dictionary) and "/S" not in kid else kid for kid in element.K]
    tag = str(element.S).lstrip("/")
    return tag, [kid if isinstance(kid, int | str) else shape(kid) for kid in kids]


def only_marks(element: Any) -> bool:
    return all(isinstance(kid, int) for kid in element.K)


def test_words_belong_to_their_paragraph(galley: pikepdf.Pdf):
    """Whatever inline elements they are in, and however many lines they take."""
    first = next(element for element in tree(galley) if element.S == Name.P)
    assert only_marks(first)
    assert len(first.K) > 4
    for tag in ("/H1", "/LBody", "/TD", "/TH"):
        assert all(only_marks(element) for element in tree(galley) if str(element.S) == tag), tag


def test_a_link_is_one_link_however_many_boxes_it_has(galley: pikepdf.Pdf):
    shapes = [shape(element) for element in tree(galley) if Name.Link == element.S]
    assert len(shapes) == 2
    assert shapes[0][1][0] == "OBJR"
    assert len(shapes[0][1]) > 3
    assert all(isinstance(mark, int) for mark in shapes[0][1][1:])
    assert shapes[1][1][0] == "OBJR"
    assert shapes[1][1][1][0] == "Figure"
    annotations = [note for page in galley.pages for note in page.obj.get("/Annots", ())]
    assert len(annotations) == 2


def test_pictures_keep_what_is_said_of_them(galley: pikepdf.Pdf):
    (figure,) = (element for element in tree(galley) if Name.Figure == element.S)
    assert str(figure.Alt) == "A picture"
    assert only_marks(figure)


def test_notes_stay_apart_from_the_text_that_calls_them(galley: pikepdf.Pdf):
    spans = [element for element in tree(galley) if Name.Span == element.S]
    assert spans
    assert all(element.P.S not in (Name.P, Name.Span) for element in spans)
    assert any(len(element.K) > 2 and only_marks(element) for element in spans)


def test_parents_know_what_they_hold(galley: pikepdf.Pdf):
    nums = galley.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    for element in tree(galley)[1:]:
        assert element.objgen in [kid.objgen for kid in element.P.K if isinstance(kid, Dictionary)]
    for number, page in enumerate(galley.pages):
        found = owners[int(page.obj.StructParents)]
        here = [element for element in tree(galley)[1:] if element.Pg.objgen == page.obj.objgen]
        for element in here:
            for mark in (int(kid) for kid in element.K if isinstance(kid, int)):
                assert found[mark].objgen == element.objgen, number
        for annotation in page.obj.get("/Annots", ()):
            owner = owners.pop(int(annotation.StructParent))
            assert Name.Link == owner.S
            held = [kid for kid in owner.K if isinstance(kid, Dictionary) and "/Obj" in kid]
            assert [entry.Obj.objgen for entry in held] == [annotation.objgen]
    assert all(isinstance(owner, Array) for owner in owners.values())


def test_nothing_is_left_of_what_went(galley: pikepdf.Pdf):
    assert galley.check_pdf_syntax() == []
    kinds = [thing.get("/Type") for thing in galley.objects if isinstance(thing, Dictionary)]
    assert kinds.count(Name.StructElem) == len(tree(galley))
    assert Name.OBJR not in kinds
    assert not {"/Outlines", "/Names"} & set(galley.Root.keys())
