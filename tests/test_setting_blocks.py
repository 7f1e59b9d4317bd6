"""A galley as blocks: what the engine would do with it is known before, and can be altered."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import layout_document
from weasyprint.text.fonts import FontConfiguration

from bindery.setting import ComposingRoom
from bindery.setting.blocks import measured
from bindery.setting.composed import Composed, render
from bindery.setting.dividing import Decided, agrees, decided, fallen
from bindery.setting.dressing import Dresser
from bindery.setting.long_galley import leaves, note_area
from bindery.spreads import fall

STYLES = Path(__file__).resolve().parent.parent / "styles"
WORDS = ("the", "lead", "of", "a", "long", "galley", "is", "set", "by", "hand")
LINE = 20.0
"""Pixels, as 15 points are."""
CSS_TEXT = """
@page { size: 220pt 230pt; margin: 40pt 20pt; @footnote { margin-top: 8pt; padding-top: 3pt } }
html { font: 10pt/15pt serif; orphans: 2; widows: 2 }
body, p, h2, ul, blockquote, figure { margin: 0; padding: 0 }
body { page: text }
h2 { font-size: 10pt; margin-top: 30pt; margin-break: discard; break-after: avoid }
ul, blockquote { margin: 15pt 10pt }
figure { margin: 15pt 0; break-inside: avoid; background: silver; margin-break: discard }
.note { float: footnote; font-size: 8pt; line-height: 10pt; footnote-policy: line }
.note::footnote-call { line-height: 0 }
table { border-collapse: collapse } td { padding: 3pt; border: 1pt solid; line-height: 11pt }
"""
"""Ten lines a page."""


class Proof:
    """A galley that was measured, decided and laid out."""

    def __init__(self, body: str, css: str = "", *, planned: bool = False) -> None:
        html = HTML(string=f"<html lang=en><body>{body}")
        fonts, counters = FontConfiguration(), CounterStyle()
        sheets = [CSS(string=CSS_TEXT + css, font_config=fonts)]
        options = {**DEFAULT_OPTIONS, "stylesheets": sheets}
        context = Document._build_layout_context(html, fonts, counters, {}, options)
        self.galley = measured(html, context, counters, (), {})
        self.decision: Decided | None = None
        if self.galley is not None:
            self.decision = decided(self.galley, planned=planned)
            dresser = Dresser(html.etree_element, context.style_for)
            for element, values in self.decision.alterations:
                dresser.alter(element, **values)
        root = build_formatting_structure(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )
        self.pages = list(layout_document(html, root, context))


def words(count: int, seed: int = 0) -> str:
    dice = random.Random(seed)  # noqa: S311
    return " ".join(dice.choice(WORDS) for _ in range(count))


def random_body(seed: int) -> str:
    dice = random.Random(seed)  # noqa: S311
    body = []
    for number in range(18):
        text = words(dice.randint(6, 70), seed * 100 + number)
        if dice.random() < 0.3:
            note = f"<span class=note>{words(dice.randint(3, 25), number)}</span>"
            at = dice.randint(1, text.count(" "))
            split = text.split(" ")
            text = " ".join(split[:at]) + note + " " + " ".join(split[at:])
        kind = dice.choice(["p"] * 6 + ["h2", "ul", "quote", "figure"])
        if kind == "h2":
            body.append(f"<h2>Heading</h2><p>{text}</p>")
        elif kind == "ul":
            body.append(f"<ul><li>{words(12)}</li><li>{text}</li><li>{words(3)}</li></ul>")
        elif kind == "quote":
            body.append(f"<blockquote><p>{text}</p><p>{words(20)}</p></blockquote>")
        elif kind == "figure":
            body.append(f"<figure style='height: {dice.randint(20, 90)}pt'></figure>")
        else:
            body.append(f"<p>{text}</p>")
    return "".join(body)


def lines(pages: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Every line of the text, with its page; those of headings and notes are none."""
    for page in pages:
        for leaf in leaves(page.children[0]):
            for child in leaf.box.children if leaf.run else ():
                if isinstance(child, boxes.LineBox):
                    yield page, child


def off_grid(pages: Sequence[Any], line: float = LINE) -> list[float]:
    """How far below the grid lines stand, where they do not stand on it."""
    places = [(box.position_y - page.content_box_y()) / line for page, box in lines(pages)]
    return [place % 1 for place in places if abs(place - round(place)) > 0.001]


# ---- what will be, is known -----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("planned", [False, True])
def test_pages_begin_and_notes_stand_where_it_was_foreseen(seed: int, planned: bool):
    """By itself the engine puts notes off, to get two lines of the next paragraph on a page."""
    proof = Proof(random_body(seed), planned=planned)
    assert proof.decision is not None
    assert len(proof.pages) > 3
    assert fallen(proof.pages) == proof.decision.plan.places
    for page in proof.pages:
        called = [box.footnote.element for box in page.children[0].descendants() if box.footnote]
        assert [note.element for note in note_area(page)] == called


def test_a_plan_forces_pages_that_would_not_fall_so():
    proof = Proof(random_body(2), planned=True)
    assert proof.galley is not None
    assert proof.decision is not None
    assert any(each.forced for each in proof.decision.plan.breaks)
    assert fall(proof.galley.blocks, proof.decision.plan.ways, proof.galley.page) != fallen(
        proof.pages
    )


def test_other_pages_do_not_agree():
    proof = Proof(random_body(1))
    assert proof.decision is not None
    assert not agrees(proof.decision, proof.pages[:-1])


def test_the_depth_of_a_page_and_its_notes_are_known():
    proof = Proof(f"<p>{words(30)}<span class=note>a</span></p>")
    assert proof.galley is not None
    page = proof.galley.page
    assert (page.depth, page.line, page.note_space) == pytest.approx((150, 15, 11))
    (way,) = proof.galley.blocks[0].ways
    ((line, depth),) = way.notes
    assert line == way.lines - 1
    assert depth == pytest.approx(10)


def test_margins_are_lost_at_the_head_where_the_engine_loses_them():
    body = (
        f"<p>{words(60)}</p><blockquote><p>{words(30)}</p></blockquote><h2>A</h2><p>{words(9)}</p>"
    )
    named, unnamed = Proof(body).galley, Proof(body, "body { page: auto }").galley
    assert named is not None
    assert unnamed is not None
    assert [block.head for block in named.blocks[1:3]] == [15, 0]
    assert [block.head for block in unnamed.blocks[1:3]] == [0, 0]


def test_headings_stand_with_what_follows_and_are_whole():
    galley = Proof("<h2>A heading</h2><p>Text.</p>").galley
    assert galley is not None
    heading, text = galley.blocks
    assert (heading.is_whole, heading.with_next) == (True, True)
    assert (text.is_whole, text.with_next) == (False, False)


def test_a_galley_with_breaks_of_its_own_is_left_alone():
    assert Proof("<p>a</p><p style='break-before: page'>b</p>").galley is None


# ---- the grid -------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [20, 31, 44.9, 45, 46, 58])
def test_lines_below_a_picture_stand_on_the_grid(depth: float):
    body = f"<p>{words(30)}</p><figure style='height: {depth}pt'></figure><p>{words(90)}</p>"
    assert not off_grid(Proof(body).pages)


def test_a_picture_stands_in_the_middle_of_its_room():
    proof = Proof(f"<p>{words(9)}</p><figure style='height: 35pt'></figure><p>{words(9)}</p>")
    figure = leaves(proof.pages[0].children[0])[1].box
    assert figure.padding_top == figure.padding_bottom == pytest.approx(5 / 0.75)


def test_a_picture_stands_at_the_head_of_its_page_or_at_its_foot():
    figure = "<figure style='height: 110pt'></figure>"
    at_head = Proof(f"<p>{words(40)}</p>{figure}<p>{words(9)}</p>")
    first = leaves(at_head.pages[1].children[0])[0].box
    assert (first.element_tag, first.padding_top) == ("figure", 0)
    assert first.padding_bottom == pytest.approx(10 / 0.75)
    at_foot = Proof(f"<p>{words(9)}</p>{figure}<p>{words(40)}</p>", "html { widows: 9 }")
    last = leaves(at_foot.pages[0].children[0])[-1].box
    assert (last.element_tag, last.padding_top) == ("figure", pytest.approx(10 / 0.75))


def test_blocks_that_are_replaced_are_never_parted():
    svg = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='50'/%3E"
    proof = Proof(f'<p>{words(9)}</p><img style="display: block" src="{svg}"><p>{words(60)}</p>')
    assert proof.galley is not None
    assert proof.decision is not None
    assert [block.is_whole for block in proof.galley.blocks] == [False, True, False]
    assert agrees(proof.decision, proof.pages)
    assert not off_grid(proof.pages)


def test_space_above_a_picture_levels_a_spread():
    """The recto would be a line short: it has five lines and a picture, and nothing else fits."""
    figure = "<figure style='height: 45pt'></figure>"
    tall = "<figure style='height: 150pt; margin: 0'></figure>"
    body = f"{tall}{tall}<p>a<br>b<br>c<br>d<br>e</p>{figure}{tall}<p>e</p>"
    proof = Proof(body, planned=True)
    assert proof.decision is not None
    assert agrees(proof.decision, proof.pages)
    text, picture = leaves(proof.pages[2].children[0])
    assert list(proof.decision.plan.spaces) == [0, 0, 0, 15, 0, 0]
    assert picture.bottom == pytest.approx(text.top + 10 * LINE)


def test_what_is_a_little_too_deep_takes_from_the_space_below():
    proof = Proof(f"<p>{words(9)}</p><figure style='height: 47pt'></figure><p>{words(9)}</p>")
    above, figure, below = leaves(proof.pages[0].children[0])
    assert figure.box.padding_top == 0
    assert (below.top - above.bottom) * 0.75 == pytest.approx(15 + 45 + 15)


def test_nothing_moves_that_is_whole():
    proof = Proof(f"<p>{words(9)}</p><figure style='height: 45pt'></figure><p>{words(9)}</p>")
    assert proof.decision is not None
    assert proof.decision.alterations == ()


def test_a_table_without_a_frame_is_brought_to_whole_lines():
    body = f"<p>{words(9)}</p><table><tr><td>a<tr><td>b</table><p>{words(9)}</p>"
    above, table, below = leaves(Proof(body).pages[0].children[0])
    assert table.box.height % LINE > 1
    lines_between = (below.top - above.bottom) / LINE
    assert lines_between == pytest.approx(round(lines_between))


def test_lines_of_another_leading_are_brought_to_whole_lines_together():
    other = f"<div style='line-height: 12pt'><p>{words(30)}</p><p>{words(3)}</p></div>"
    proof = Proof(f"<p>{words(40)}</p>{other}<p>{words(60)}</p>", "@page { size: 220pt 600pt }")
    first, *_, between, last = leaves(proof.pages[0].children[0])
    assert (between.top - first.bottom) % LINE > 1
    lines_between = (last.top - first.bottom) / LINE
    assert lines_between == pytest.approx(round(lines_between))


def test_a_line_that_is_a_little_too_high_leaves_no_gap():
    high = "<span style='line-height: 16pt'>high</span>"
    proof = Proof(f"<p>{words(9)} {high} {words(9)}</p><p>{words(30)}</p>")
    above, below = leaves(proof.pages[0].children[0])
    count = len([box for box in above.box.children if isinstance(box, boxes.LineBox)])
    assert below.top - above.top == pytest.approx(count * LINE)


# ---- with composed paragraphs ---------------------------------------------------------------


def composed(body: str) -> Composed:
    """A galley set in the styles of the house."""
    styles = {
        path.relative_to(STYLES).as_posix(): path.read_bytes()
        for path in STYLES.rglob("*")
        if path.is_file()
    }
    room = ComposingRoom(styles)
    sheet, _ = room._sheet("", False)
    html = f"<html lang=en class=opens-recto><body class=numbered><section class=chapter>{body}"
    return render(lambda: HTML(string=html), sheet, room._fonts, room._cases)


def test_a_composed_galley_is_level_and_on_the_grid():
    body = "<header class=opener><h1>Title</h1></header>" + "".join(
        f"<p>{words(90, seed)}.</p>"
        + ("<h2>Heading</h2>" if seed % 5 == 4 else "")
        + ("<figure style='height: 70pt'></figure>" if seed == 8 else "")
        for seed in range(24)
    )
    found = composed(f"{body}<p>{words(80)}")
    pages = [page._page_box for page in found.document.pages]
    assert found.is_level
    assert found.differences == ()
    assert len(pages) > 4
    assert not off_grid(pages, 14.5 / 0.75)


def test_a_note_of_one_line_is_as_deep_as_foreseen():
    notes = "".join(f"<p>{words(60)} a<span class=footnote>A b.</span> b</p>" for _ in range(20))
    found = composed(notes)
    standing = [note for page in found.document.pages for note in note_area(page._page_box)]
    assert found.is_level
    assert {round(note.height * 0.75, 3) for note in standing} == {11.5}
