"""Evenness: lines read back from PDFs, their ratios against arithmetic by hand, and the figures."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz
from PIL import Image
from pydantic import TypeAdapter

from bindery.desk import main
from bindery.errata import Severity
from bindery.evenness import (
    Figures,
    Layout,
    Line,
    Page,
    figures_of,
    figures_of_pdf,
    judge,
    layout_of,
    paragraphs_of,
    past_limits,
    read_pages,
    sample_galley,
    sample_of,
)
from bindery.evenness.figures import Sample, sample_with
from bindery.evenness.paragraphs import Paragraph, Placed, is_justified
from bindery.evenness.spaces import badness
from bindery.folios import Leaf, Pagination
from bindery.indexing.locators import Folio
from bindery.metadata import Quality
from bindery.pagination import SetBook
from bindery.set_pages import SetPages
from tests.specimen import write_book

FONTS = Path(__file__).resolve().parent.parent / "styles" / "fonts"
REGULAR = FONTS / "EBGaramond-Regular.ttf"
MEASURE = 284.4
TEXT = (
    "A nation that thinks about its security as a whole must give these partnerships a central "
    "place. They bring the inventive powers of industry together with the strategic judgement of "
    "those who have to decide, and of those who will have to live with what was decided. "
)
CSS = f"""
@font-face {{ font-family: G; src: url("{REGULAR.as_uri()}") }}
@page {{ size: 432pt 648pt; margin: 63pt 73.8pt }}
html {{ font: 11pt/14.5pt G; hyphens: none }}
body {{ margin: 0 }}
p {{ margin: 0; text-align: justify }}
"""


def set_in_type(body: str, css: str = "", tagged: bool = True) -> bytes:
    """Pages as WeasyPrint sets them by itself."""
    from weasyprint import HTML

    page = f'<html lang="en"><head><style>{CSS}{css}</style></head><body>{body}</body></html>'
    data = HTML(string=page).write_pdf(pdf_tags=tagged)
    assert isinstance(data, bytes)
    return data


def drawn(content: str, space: bool = True) -> bytes:
    """One page with a content stream, in a font whose A, B and C are half an em wide."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 400))
    widths = [200 if space else 0, *[0] * 12, 333, *[0] * 19, 500, 500, 500]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType,
        BaseFont=pikepdf.Name.Plain,
        FirstChar=32,
        LastChar=67,
        Widths=widths,
    )
    page = pdf.pages[0]
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(content.encode("ascii"))
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def only_line(content: str, *, space: float | None = None, has_space: bool = True) -> Line:
    (page,) = read_pages(drawn(content, has_space), space=space)
    (line,) = page.lines
    return line


# ---- reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "gap", "natural"),
    [
        # A space of .2 em at 10 points is 2 points.
        ("BT /F 10 Tf 50 300 Td (AB C) Tj ET", 2.0, 2.0),
        # Word spacing of 1.5 points is added to every space.
        ("BT /F 10 Tf 1.5 Tw 50 300 Td (AB C) Tj ET", 3.5, 2.0),
        # A move of -180 thousandths of 10 points, without a space.
        ("BT /F 10 Tf 50 300 Td [(AB) -180 (C)] TJ ET", 1.8, 2.0),
        # A space, and 60 thousandths back: 2 - .6.
        ("BT /F 10 Tf 50 300 Td [(AB ) 60 (C)] TJ ET", 1.4, 2.0),
        # Glyphs that are scaled to 98 percent sideways have narrower spaces.
        ("BT /F 10 Tf 98 Tz 50 300 Td (AB C) Tj ET", 1.96, 1.96),
        # A page that is drawn upside down in pixels: 12 of them are 9 points.
        ("q .75 0 0 -.75 0 400 cm BT /F 12 Tf 1 0 0 -1 60 90 Tm (AB C) Tj ET Q", 1.8, 1.8),
        # Hexadecimal digits, and parentheses in parentheses.
        ("BT /F 10 Tf 50 300 Td <414220 43> Tj ET", 2.0, 2.0),
        # The same with an escape, and after a change of letter spacing that is taken back.
        (r"q 3 Tc Q BT /F 10 Tf 50 300 Td (A\102 C) Tj ET", 2.0, 2.0),
        # The next line, by its leading; what is shown before is another line.
        ("BT /F 10 Tf 14 TL 50 300 Td T* (AB C) Tj ET", 2.0, 2.0),
        # Word and letter spacing that the operator itself brings: 2 + 1 + 2 × .25.
        ('BT /F 10 Tf 14 TL 50 300 Td 1 .25 (AB C) " ET', 3.5, 2.0),
        # An array with parentheses, escapes and moves, written in digits too.
        ("BT /F 10 Tf 50 300 Td [<41> 0 (B) -50.5 <20> .5e2 (C)] TJ ET", 2.005, 2.0),
        # Slanted, and after a picture in the line.
        ("BI /W 1 /H 1 ID (A) EI BT /F 10 Tf 1 0 .3 1 50 300 Tm (AB C) Tj ET", 2.0, 2.0),
        # Letter spacing of half a point: after the word, and after its space.
        ("BT /F 10 Tf .5 Tc 50 300 Td (AB C) Tj ET", 3.0, 2.0),
    ],
)
def test_a_gap_is_as_wide_as_the_operators_make_it(
    content: str, gap: float, natural: float
) -> None:
    line = only_line(content)
    ((left, right),) = line.gaps
    assert right - left == pytest.approx(gap)
    assert line.natural == pytest.approx(natural)
    assert line.ratio == pytest.approx(gap / natural)
    assert [word.strip() for word in line.words] == ["AB", "C"]


def test_the_ratio_of_a_line_is_that_of_its_mean_gap() -> None:
    # Gaps of 2, 3 and 4 points; the space is 2 points.
    line = only_line("BT /F 10 Tf 50 300 Td [(A ) 0 (B ) -100 (C ) -200 (A)] TJ ET")
    assert line.ratio == pytest.approx(1.5)
    assert [line.left, line.right] == pytest.approx([50, 50 + 4 * 5 + 9])


def test_without_a_space_in_the_font_the_natural_one_is_given_or_a_quarter_of_an_em() -> None:
    content = "BT /F 10 Tf 50 300 Td [(AB) -300 (C)] TJ ET"
    assert only_line(content, has_space=False).natural == pytest.approx(2.5)
    assert only_line(content, has_space=False, space=0.2).ratio == pytest.approx(1.5)


def test_a_raised_number_fills_its_place_in_the_line() -> None:
    # Half an em of 6 points is the number, so that the gap is what follows it: 2 points.
    raised = "/F 6 Tf 4 Ts (A) Tj 0 Ts /F 10 Tf"
    line = only_line(f"BT /F 10 Tf 50 300 Td (AB) Tj {raised} ( C) Tj ET")
    ((left, right),) = line.gaps
    assert [left, right] == pytest.approx([63, 65])


def test_an_initial_is_no_part_of_the_lines_beside_it() -> None:
    text = " ".join(f"1 0 0 1 80 {y} Tm (AB C) Tj" for y in (300, 286, 272))
    data = drawn(f"BT /F 40 Tf 50 272 Td (A) Tj /F 10 Tf {text} ET")
    (page,) = read_pages(data)
    assert [(line.left, line.text) for line in page.lines] == [(80, "AB C")] * 3


def test_artifacts_are_no_text() -> None:
    line = only_line("/Artifact BMC BT /F 10 Tf 50 300 Td (AB C) Tj ET EMC")
    assert not line.is_text


# ---- real lines ------------------------------------------------------------------------------


@cache
def shaped() -> Callable[[str], float]:
    """Width of a text in ems, as the same font is shaped elsewhere."""
    face = uharfbuzz.Face(uharfbuzz.Blob(REGULAR.read_bytes()))
    font = uharfbuzz.Font(face)

    def width(text: str) -> float:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        return sum(int(place.x_advance) for place in buffer.glyph_positions) / int(face.upem)

    return width


def test_ratios_are_those_that_the_widths_of_words_leave() -> None:
    pages = read_pages(set_in_type(f"<p>{TEXT * 3}"))
    lines = pages[0].lines
    assert len(lines) > 9
    for line in lines[:-1]:
        spaces = len(line.words) - 1
        left_over = MEASURE - 11 * shaped()(line.text)
        by_hand = (0.2 * 11 + left_over / spaces) / (0.2 * 11)
        assert line.ratio == pytest.approx(by_hand, abs=0.004)
    assert lines[-1].ratio == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize("tagged", [True, False])
def test_paragraphs_are_found_in_pdfs_with_tags_and_without(tagged: bool) -> None:
    css = "p + p { text-indent: 11pt }"
    data = set_in_type(f"<h1>Of Lines</h1><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT * 2}</p>", css, tagged)
    text = [each for each in found_in(data)[1] if is_justified(each)]
    starts = [each[0].line.words[0] for each in text]
    assert starts == ["A", "A", "A"]
    ends = [each[-1] for each in text]
    assert all(last.edge is None and last.line.text.endswith("decided.") for last in ends)
    assert all(placed.edge is not None for each in text for placed in each[:-1])


def test_quotations_and_notes_are_judged_by_their_own_measure() -> None:
    css = "blockquote { margin: 14.5pt 20pt; font-size: 10.5pt } .n { font-size: 9pt }"
    body = f"<p>{TEXT * 3}<blockquote><p>{TEXT * 2}</blockquote><p class=n>{TEXT * 2}"
    layout, paragraphs = found_in(set_in_type(body, css))
    edges = [{p.edge for p in each[:-1]} for each in paragraphs]
    right = layout.rights[0]
    assert [len(each) for each in edges] == [1, 1, 1]
    assert [max(each, default=0) for each in map(known, edges)] == [
        pytest.approx(right, abs=0.2),
        pytest.approx(right - 20, abs=0.2),
        pytest.approx(right, abs=0.2),
    ]


def test_ragged_lines_tables_and_headings_are_not_judged() -> None:
    rows = "<tr><td>One thing<td>and another<td>12" * 6
    body = f"<h1>{TEXT}</h1><p>{TEXT * 2}<p class=r>{TEXT * 3}<table width=100%>{rows}</table>"
    paragraphs = found_in(set_in_type(body, ".r { text-align: left }"))[1]
    judged = [placed.line.text for each in paragraphs for placed in each if placed.edge is not None]
    assert len(judged) == 7
    assert judged[0].startswith("A nation")


def test_a_book_that_is_set_ragged_has_no_spaces_to_judge() -> None:
    figures = figures_of_pdf(set_in_type(f"<p>{TEXT * 4}" * 6, "p { text-align: left }"))
    assert (figures.spaces.lines, figures.spaces.sd) == (0, 0)


def test_runts_of_a_book_that_is_set_ragged_are_counted() -> None:
    lines = [line_at(300 - 14 * n, right=200.0 + 11 * n) for n in range(4)]
    ragged = paragraph(*lines, line_at(244, text="no.", right=62.0))
    bare = tuple(replace(placed, edge=None) for placed in ragged)
    found = figures(bare)
    assert (found.spaces.lines, found.ends.runts, found.ends.short_last) == (0, 1, 1)


def test_marks_that_hang_out_leave_the_edge_where_it_is() -> None:
    # Every second line ends 2 points beyond the edge, as a hyphen does that hangs.
    lines = [line_at(300 - 14 * n, right=250.0 + 2 * (n % 2)) for n in range(9)]
    figures = figures_of_lines(lines)
    assert (figures.spaces.lines, figures.ends.overfull) == (8, 0)
    assert figures.ends.edge_sd == pytest.approx(0, abs=1e-6)


def test_a_line_that_goes_over_the_edge_is_overfull() -> None:
    lines = [line_at(300 - 14 * n) for n in range(9)]
    lines += [line_at(300 - 14 * n, right=262.0 if n == 11 else 250.0) for n in range(9, 13)]
    assert figures_of_lines(lines).ends.overfull == 1


# ---- figures ---------------------------------------------------------------------------------

LAYOUT = Layout(10.0, 14.0, (50.0, 50.0), (250.0, 250.0))
EDGE = 250.0


def line_at(
    baseline: float, ratio: float = 1.0, text: str = "one two three", right: float = EDGE
) -> Line:
    """A line of 10 points whose natural space is 2 points."""
    words = tuple(text.split())
    gaps = tuple((80.0 + 40 * n, 80 + 40 * n + 2 * ratio) for n in range(len(words) - 1))
    return Line(50.0, right, baseline, 10.0, words, gaps, 2.0)


def paragraph(*lines: Line, pages: tuple[Page, ...] | None = None) -> Paragraph:
    """A paragraph whose lines are all justified but the last."""
    where = pages or (Page(0, False, ()),) * len(lines)
    last = len(lines) - 1
    return tuple(
        Placed(line, page, EDGE if number < last else None)
        for number, (line, page) in enumerate(zip(lines, where, strict=True))
    )


def figures(*paragraphs: Paragraph) -> Figures:
    return figures_of([sample_with((), paragraphs, LAYOUT)])


def figures_of_lines(lines: list[Line]) -> Figures:
    return figures_of([sample_of((Page(0, False, tuple(lines)),))])


def found_in(data: bytes) -> tuple[Layout, tuple[Paragraph, ...]]:
    pages = read_pages(data)
    layout = layout_of(pages)
    assert layout is not None
    return layout, paragraphs_of(pages, layout)


def known(edges: set[float | None]) -> set[float]:
    return {edge for edge in edges if edge is not None}


def test_spaces_in_figures_are_what_arithmetic_makes_them() -> None:
    ratios = [1.0, 2.2, 0.7, 1.7, 1.4]
    found = figures(paragraph(*[line_at(300 - 14 * n, r) for n, r in enumerate([*ratios, 9])]))
    spaces = found.spaces
    # Mean 7 / 5; the squares of .4, .8, .7, .3 and 0 are .16, .64, .49, .09 and 0: 1.38 / 5.
    assert [spaces.lines, spaces.mean, spaces.sd] == pytest.approx([5, 1.4, 0.276**0.5])
    assert [spaces.max, spaces.min] == pytest.approx([2.2, 0.7])
    # 4 × .95 is 3.8: the fourth of five in their order.
    assert spaces.p95 == pytest.approx(1.7)
    assert (spaces.loose, spaces.tight, spaces.gaping) == (40, 20, 1)
    # Steps of 1.2, 1.5, 1 and .3.
    assert spaces.adjacent == pytest.approx(1.0)


def test_gaps_that_lie_over_each_other_in_three_lines_are_a_river() -> None:
    straight = paragraph(*[line_at(300 - 14 * n) for n in range(4)])
    assert figures(straight).spaces.rivers == pytest.approx(200 / 3)
    moved = replace(line_at(272), gaps=((90.0, 92.0), (121.0, 123.0)))
    # The third line's first gap lies beside; the second one half over that above it.
    broken = paragraph(line_at(300), line_at(286), moved, line_at(258, text="end"))
    assert figures(broken).spaces.rivers == pytest.approx(100 / 3)


def test_hyphens_are_counted_where_they_hurt() -> None:
    recto, verso = Page(10, False, ()), Page(11, True, ())
    divided = [
        "one two thr-",
        "ee four fi\u2010",
        "ve six se\u00ad",
        "ven eight",
        "nine ten el-",
        "even",
    ]
    lines = [line_at(300 - 14 * n, text=text) for n, text in enumerate(divided)]
    turned = paragraph(*lines, pages=(recto, recto, recto, recto, recto, verso))
    found = figures(turned).ends
    assert (found.hyphens, found.hyphens_in_a_row) == (4, 3)
    assert (found.hyphens_at_page_ends, found.hyphens_at_turns) == (1, 1)
    facing = paragraph(*lines, pages=(verso, verso, verso, verso, verso, Page(12, False, ())))
    found = figures(facing).ends
    assert (found.hyphens_at_page_ends, found.hyphens_at_turns) == (1, 0)


@pytest.mark.parametrize(
    ("before", "last", "right", "runts", "short"),
    [
        ("some words here", "a line that is long enough", 200.0, 0, 0),
        ("some words and oth-", "ers.", 70.0, 1, 1),
        ("some words and oth-", "ers that follow", 120.0, 0, 0),
        ("some words here", "yes.", 66.0, 1, 1),
        ("some words here", "indeed.", 80.0, 0, 1),
    ],
)
def test_last_lines_that_are_next_to_nothing_are_runts(
    before: str, last: str, right: float, runts: int, short: int
) -> None:
    found = figures(paragraph(line_at(300, text=before), line_at(286, text=last, right=right))).ends
    assert (found.runts, found.short_last) == (runts, short)


def test_lines_alone_on_a_page_are_widows_and_orphans() -> None:
    here, there = Page(4, False, ()), Page(5, True, ())
    lines = [line_at(300 - 14 * n) for n in range(4)]
    widow = paragraph(*lines, pages=(here, here, here, there))
    orphan = paragraph(*lines, pages=(here, there, there, there))
    even = paragraph(*lines, pages=(here, here, there, there))
    found = figures(widow, orphan, even).ends
    assert (found.widows, found.orphans) == (1, 1)


def test_words_under_themselves_at_an_edge_are_stacks() -> None:
    texts = ["The press was", "the first, it was", "then sold", "and sold"]
    lines = [line_at(300 - 14 * n, text=text) for n, text in enumerate(texts)]
    # “The” over “the”, “was” over “was”; “sold” ends the paragraph.
    assert figures(paragraph(*lines)).ends.stacks == 2


def test_facing_pages_are_compared_and_the_last_of_a_chapter_is_not() -> None:
    def page(number: int, lines: int, is_verso: bool) -> Page:
        return Page(number, is_verso, tuple(line_at(314 - 14 * n) for n in range(lines)))

    depths = {1: 20, 2: 17, 3: 20, 4: 19, 5: 20, 6: 3}
    pages = tuple(page(number, lines, number % 2 == 1) for number, lines in depths.items())
    found = figures_of([sample_with(pages, (), LAYOUT)]).depths
    # 1 and 2 differ by three lines, 3 and 4 by one; 6 ends the chapter.
    assert (found.spreads, found.uneven_spreads) == (2, 50)
    assert found.difference == pytest.approx(2)
    assert found.off_grid == 0


@pytest.mark.parametrize("leading", [14.5, 23.75, 21.33])
def test_the_grid_is_that_of_the_leading_however_it_is_written(leading: float) -> None:
    css = f"html {{ line-height: {leading}pt }} section {{ break-after: page }}"
    section = f"<section><p>{TEXT * 5}</section>"
    assert figures_of_pdf(set_in_type(section * 3, css)).depths.off_grid == 0


def test_lines_between_those_of_the_grid_are_counted() -> None:
    lines = [line_at(314), line_at(300), line_at(286.1), line_at(279), line_at(265)]
    smaller = replace(line_at(251), size=8.0)
    found = figures_of([sample_with((Page(0, False, (*lines, smaller)),), (), LAYOUT)]).depths
    assert found.off_grid == 2


def test_nothing_is_counted_where_there_is_nothing() -> None:
    found = figures_of([sample_of((Page(0, False, ()),))])
    assert (found.pages, found.spaces.lines, found.ends.hyphens, found.depths.spreads) == (
        1,
        0,
        0,
        0,
    )


def test_a_line_at_either_limit_is_as_bad() -> None:
    assert badness(1.6) == pytest.approx(1)
    assert badness(0.75) == pytest.approx(1)
    assert badness(1) == 0


# ---- books -----------------------------------------------------------------------------------


SAMPLES = TypeAdapter(Sample)
SECTION = f"<section><p>{TEXT * 2}<p>{TEXT}</section>"


@cache
def book() -> tuple[bytes, SetBook]:
    """A title page and two chapters of a page each."""
    data = set_in_type(f"<h1>No chapter</h1>{SECTION * 2}", "section { break-before: page }")
    leaves = (
        Leaf("title", 0, None, prints_folio=False),
        Leaf("one", 0, Folio(7), prints_folio=True),
        Leaf("two", 0, Folio(8), prints_folio=True),
    )
    galley = SetPages(set_in_type(SECTION), ((),), ((),), (), {}, ())
    standing = {"one": galley, "two": galley}
    return data, SetBook(Pagination(leaves, {}, {}), standing, {})


def test_a_book_is_judged_chapter_by_chapter() -> None:
    data, set_book = book()
    found = judge(set_book, data, {"one": "The First", "two": "The Second"})
    assert [chapter.title for chapter in found.chapters] == ["The First", "The Second"]
    lines = [chapter.figures.spaces.lines for chapter in found.chapters]
    assert lines[0] == lines[1]
    assert found.whole.spaces.lines == sum(lines)
    assert found.whole.pages == 2


def test_the_worst_lines_come_with_their_place_and_a_picture() -> None:
    data, set_book = book()
    worst = judge(set_book, data, {"two": "The Second"}).worst
    ratios = [line.ratio for line in worst]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[0] == max(ratios)
    assert {(line.folio, line.page, line.title) for line in worst} == {("8", 3, "The Second")}
    with Image.open(io.BytesIO(worst[0].picture)) as picture:
        assert picture.width > 3 * picture.height
        colours = picture.convert("RGB").getcolors(1000) or []
        assert (163, 32, 29) in {colour for _, colour in colours}


def test_faults_are_told_with_the_pages_on_which_they_are() -> None:
    data, set_book = book()
    found = judge(set_book, data, {"one": "The First", "two": "The Second"})
    assert found.places["loose_lines"] == ("7", "8")
    assert found.places["widows"] == ()
    (loose, *_) = past_limits(found.whole, Quality(), found.places)
    assert loose.message.endswith("the limit is 1.5 (pages 7, 8).")


def test_samples_of_chapters_that_stand_are_not_taken_again() -> None:
    data, set_book = book()
    asked = []

    def kept(pages: SetPages, begins_verso: bool) -> Sample:
        asked.append(begins_verso)
        said = SAMPLES.dump_json(sample_galley(pages, begins_verso))
        return SAMPLES.validate_json(said)

    titles = {"one": "The First", "two": "The Second"}
    assert judge(set_book, data, titles, kept) == judge(set_book, data, titles)
    assert asked == [False, True]


def test_the_same_book_is_judged_the_same() -> None:
    data, set_book = book()
    titles = {"one": "The First"}
    assert judge(set_book, data, titles) == judge(set_book, data, titles)


def test_a_figure_past_its_limit_is_an_error_that_names_the_limit() -> None:
    found = figures(paragraph(line_at(300, 2.0), line_at(286, 1.0), line_at(272, text="end")))
    queries = past_limits(found, Quality(sd=1, runts=0, uneven_spreads=0))
    assert [(query.code, query.severity) for query in queries] == [
        ("page-quality", Severity.ERROR),
        ("page-quality", Severity.ERROR),
    ]
    assert "50; the limit is 1.5" in queries[0].message
    assert "quality.loose_lines" in queries[0].hint
    assert "quality.runts" in queries[1].hint
    assert not past_limits(found, Quality(loose_lines=50, sd=1, runts=1))


@pytest.mark.slow
def test_check_pages_holds_a_book_against_its_limits_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    essays = {"essays/one.md": f"# Lines\n\n{TEXT * 3}\n"}
    folder = write_book(tmp_path / "small", essays, 'title = "Small"\n[quality]\nsd = 0.001\n')
    assert main(["check", "--pages", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "page-quality" not in said
    assert "the limit is 0.001" in said
    assert "quality.sd" in said
    lenient = "loose_lines = 100\ntight_lines = 100\nsd = 9\nrunts = 9\n"
    write_book(folder, essays, f'title = "Small"\n[quality]\n{lenient}')
    assert main(["check", "--pages", "--json", str(folder)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["queries"]) == ("checked", [])
    assert told["pages"]["spaces"]["lines"] > 5
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["book.toml", "one.md"]
