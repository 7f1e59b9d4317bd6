"""Paragraphs set as a whole, on real pages: the lines that were planned are those laid out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import pstdev
from typing import Any

import pikepdf
import pypdf
import pytest
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from bindery.book import EditedBook
from bindery.errata import Severity
from bindery.galleys import draw_up
from bindery.house_style import HouseStyle
from bindery.set_pages import NOT_COMPOSED, Copy, SetPages
from bindery.setting import ComposingRoom
from bindery.setting.checking import differences, text_of
from bindery.setting.composed import Composed, render
from bindery.setting.typecases import TypeCases
from tests.conftest import Published, published
from tests.reading import PrintedBook, plain
from tests.specimen import write_book
from tests.test_setting import book_of

STYLES = Path(__file__).parent.parent / "styles"
SANS = """
@font-face { font-family: Source; src: url("fonts/SourceSans3-Regular.ttf") }
@font-face { font-family: Source; src: url("fonts/SourceSans3-It.ttf"); font-style: italic }
html { font-family: Source }
"""
ENGLISH = (
    "A strong state can be well governed, solvent and well armed, and still have need of "
    "friends; the office of diplomacy is to find them, and to keep them when their interests "
    "change. No treaty holds longer than the understanding behind it, and understanding is "
    "made in laboratories, workshops and universities as often as in ministries. "
)
GERMAN = (
    "Die Bundesverfassungsgerichtsentscheidung über die Grundstücksverkehrsgenehmigungs"
    "zuständigkeit war, wie der Rechtswissenschaftler bemerkte, eine außergewöhnliche "
    "Angelegenheit; die Donaudampfschifffahrtsgesellschaft und die Arbeiterunfallversicherungs"
    "gesellschaften waren gleichermaßen betroffen. Wissenschaftliche Zusammenarbeit, "
    "Verteidigungsindustrie und Freundschaftsverträge bestimmten die Auseinandersetzung. "
)
FRENCH = (
    "Comment une nation choisit-elle ses partenaires ? Elle ne les choisit pas seule ; elle "
    "écoute, elle attend, elle compare : voilà tout ! « Une alliance », disait-il, « n’est "
    "jamais qu’une promesse » ; et l’histoire, hélas, lui donne raison… Qu’en reste-t-il "
    "aujourd’hui\u202f? Des traités, des laboratoires communs, l’habitude de se parler. "
)


@cache
def styles() -> dict[str, bytes]:
    files = (path for path in STYLES.rglob("*") if path.is_file())
    return {path.relative_to(STYLES).as_posix(): path.read_bytes() for path in files}


def room(css: str = "") -> ComposingRoom:
    sheet = styles()["print.css"] + css.encode()
    return ComposingRoom({**styles(), "print.css": sheet})


def page(body: str, language: str = "en-GB") -> str:
    return f"<html lang='{language}'><title>t</title><body>{body}"


def set_pages(body: str, css: str = "", language: str = "en-GB") -> SetPages:
    return room(css).set_in_type(Copy("a", page(body, language)))


def composed(body: str, css: str = "", language: str = "en-GB") -> Composed:
    """A galley with the plan that its pages were laid out by."""
    fonts = FontConfiguration()
    sheet = (STYLES / "print.css").read_text("utf-8") + css
    style = CSS(string=sheet, base_url=STYLES.as_uri() + "/", font_config=fonts)
    html = body if "<html" in body else page(body, language)
    return render(lambda: HTML(string=html), style, fonts, cases())


@cache
def cases() -> TypeCases:
    import hashlib

    return TypeCases({hashlib.sha256(data).hexdigest() for data in styles().values()})


def lines(found: Composed) -> list[tuple[str, float, float, float]]:
    """All lines of a document's pages: words, left edge, right edge, height.

    In pixels, from the left edge of the text.
    """
    return [
        (
            words,
            left - page._page_box.content_box_x(),
            right - page._page_box.content_box_x(),
            height,
        )
        for page in found.document.pages
        for words, left, right, height in _lines(page._page_box)
    ]


def _lines(box: Any) -> Iterator[tuple[str, float, float, float]]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            texts = [each for each in child.descendants() if isinstance(each, boxes.TextBox)]
            if texts:
                words = "".join(each.text for each in texts)
                right = max(each.position_x + each.width for each in texts)
                yield words, texts[0].position_x, right, child.height
        elif isinstance(child, boxes.ParentBox):
            yield from _lines(child)


def plan_of(found: Composed) -> list[str]:
    """The words of all planned lines."""
    return [text_of(each.paragraph, line.line) for each in found.planned for line in each.lines]


def left_alone(pages: SetPages) -> list[str]:
    return [words for words in pages.complaints if words.startswith(NOT_COMPOSED)]


# Planned and laid out


@pytest.fixture(scope="module")
def galleys(our_book: Published) -> dict[str, str]:
    """The HTML of every chapter of our book."""
    book: EditedBook = our_book.copy.book
    house: HouseStyle = our_book.copy.house
    found = {}
    for galley in draw_up(book, house):
        if galley.template == "chapter.html.j2":
            more = {"kind": "chapter", "opens": "recto", "numbered": True}
            found[galley.name] = house.render(galley.template, **{**galley.values, **more})
    return found


def test_every_line_of_our_book_is_laid_out_as_planned(galleys: dict[str, str]):
    for name, html in galleys.items():
        found = composed(html)
        assert found.planned, name
        assert found.differences == (), name
        laid = {_seen(words) for words, *_ in lines(found)}
        assert [words for words in plan_of(found) if _seen(words) not in laid] == [], name


def _seen(words: str) -> str:
    """What a line says without the numbers of notes, and without spaces."""
    return re.sub(r"[\s\d\u200b\u00ad]|^\d+\.", "", words).removeprefix(".")


def test_nothing_of_our_book_is_left_to_the_engine_for_a_difference(our_book: Published):
    assert [query for query in our_book.report.queries if query.code == "composition"] == []


@pytest.mark.parametrize(
    ("text", "language", "css"),
    [
        (ENGLISH, "en-GB", ""),
        (GERMAN, "de", ""),
        (FRENCH, "fr", ""),
        (ENGLISH, "en-US", SANS),
        (GERMAN, "de", SANS),
        (FRENCH, "fr", SANS),
        (ENGLISH, "en", "html { font-family: 'IBM Plex Mono'; --expansion: 2% }"),
    ],
)
def test_lines_are_laid_out_as_planned(text: str, language: str, css: str):
    found = composed(f"<p>{text * 3}<p>{text} <em>{text}</em> {text}", css, language)
    assert len(found.planned) == 2
    assert found.differences == ()
    laid = lines(found)
    assert [words.replace("\u200b", "") for words, *_ in laid] == plan_of(found)
    for (_, _, right, height), line in zip(
        laid, [line for each in found.planned for line in each.lines], strict=True
    ):
        assert height == pytest.approx(laid[0][3])
        if not line.line.is_last:
            measure = found.planned[0].paragraph.measure
            assert right == pytest.approx(measure + line.line.right, abs=0.2)


def test_right_edges_are_level_but_for_what_stands_out():
    found = composed(f"<p>{ENGLISH * 6}")
    each = [line.line for line in found.planned[0].lines]
    edges = [
        right - line.right
        for (_, _, right, _), line in zip(lines(found), each, strict=True)
        if not line.is_last
    ]
    assert pstdev(edges) < 0.1


def test_no_french_line_begins_with_a_mark():
    for size in range(8, 14):
        found = composed(f"<p>{FRENCH * 4}", f"html {{ font-size: {size}pt }}", "fr")
        assert found.planned
        assert not [words for words in plan_of(found) if words[0] in ";:!?»"]


def test_german_nouns_are_divided_like_other_words():
    found = composed(f"<p>{GERMAN * 3}", language="de")
    divided = [line for line in plan_of(found) if line.endswith("\u2010")]
    assert any(line.split()[-1][0].isupper() for line in divided)


# What it holds


def test_notes_quotations_and_lists_are_set_as_a_whole_too():
    note = (
        f"<span class='footnote' id='n'><span class='note-paragraph'>{ENGLISH * 2}</span>"
        f"<span class='note-paragraph'>{ENGLISH}</span></span>"
    )
    body = f"""<p>{ENGLISH}{note} {ENGLISH}</p><blockquote><p>{ENGLISH}</p></blockquote>
    <ul><li>{ENGLISH}<ul><li>{ENGLISH}</ul></li><li><p>{ENGLISH}<p>{ENGLISH}</ul>
    <dl><dt>Term<dd>{ENGLISH}</dl>"""
    found = composed(body)
    assert found.differences == ()
    tags = [each.paragraph.element.tag for each in found.planned]
    assert tags == ["p", "span", "span", "p", "li", "li", "p", "p", "dd"]
    assert [each.paragraph.is_note for each in found.planned[:4]] == [False, True, True, False]
    body_size, note_size = (found.planned[n].paragraph.pieces[0].type.size for n in (0, 1))
    assert note_size < body_size
    assert found.planned[1].paragraph.lead[0] > 0  # Its number stands before it.


def test_an_initial_stays_beside_its_lines():
    opening = "<p class='opened'><span class='initial'>A</span><span class='opening'> state "
    found = composed(f"{opening}can be</span> {ENGLISH * 2}<p>{ENGLISH}")
    assert found.differences == ()
    first, *_ = found.planned
    assert len(first.paragraph.insets) == 3
    lefts = [left for words, left, *_ in lines(found) if words != "A"]
    assert min(lefts[:3]) - lefts[3] == pytest.approx(first.paragraph.insets[0], abs=2)
    assert {round(height, 3) for words, _, _, height in lines(found) if words != "A"} == {
        round(first.paragraph.line_height, 3)
    }


def test_a_paragraph_that_ends_beside_its_initial_is_left_alone():
    found = composed("<p class='opened'><span class='initial'>A</span> short paragraph.")
    assert found.planned == ()
    assert found.differences == ()


def test_links_and_ids_are_kept():
    link = f"<a href='https://example.org/' id='link'>{ENGLISH}</a>"
    body = (
        f"<p>{ENGLISH}{link}{ENGLISH}<span id='mark'></span>and<em id='word'> more</em> {ENGLISH}"
    )
    pages = set_pages(body)
    assert left_alone(pages) == []
    names = [anchor.name for page in pages.anchors for anchor in page]
    assert sorted(names) == ["link", "mark", "word"]
    heights = []
    with pikepdf.open(io.BytesIO(pages.data)) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                _, bottom, _, top = map(float, annotation.Rect)
                heights.append(abs(top - bottom))
    assert len(heights) >= 3  # One for every line that it crosses.
    assert min(heights) > 9


def test_an_id_stands_where_its_word_does():
    body = "".join(f"<span id='w{n}'>word{n}</span> and others " for n in range(120))
    found = composed(f"<p>{body}")
    assert len(found.planned) == 1
    anchors = {name: place for page in found.document.pages for name, place in page.anchors.items()}
    words = {
        each.text: (each.position_x, page)
        for page in found.document.pages
        for each in page._page_box.descendants()
        if isinstance(each, boxes.TextBox)
    }
    for number in range(120):
        x, _ = words[f"word{number}"]
        assert anchors[f"w{number}"][0] == pytest.approx(x, abs=0.1)
        _, top, _, bottom = anchors[f"w{number}"]
        assert bottom - top > 14  # A reader is led to the head of the line, not to its middle.


def test_rules_for_children_still_find_them():
    css = "p > em:first-child { letter-spacing: 3pt } p > em + em { color: #010203 }"
    found = composed(f"<p><em>One</em> {ENGLISH}<em>two</em>{ENGLISH}", css)
    assert found.differences == ()
    styled = {
        each.text: each.style["letter_spacing"]
        for page in found.document.pages
        for each in page._page_box.descendants()
        if isinstance(each, boxes.TextBox)
    }
    assert styled["One"] == pytest.approx(4, abs=0.1)
    assert styled["two"] == "normal"


def test_words_in_another_script_are_kept_whole():
    arabic = "<span lang='ar' dir='rtl' class='arabic-script'>أمة</span>"
    found = composed(f"<p>{ENGLISH}The word is {arabic}, and {ENGLISH}")
    assert len(found.planned) == 1
    assert found.differences == ()


# What is left to the engine


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (f"<p lang='ar' dir='rtl'>{'السلام عليكم ' * 40}", ""),
        (f"<p>{'السلام عليكم ' * 40}", ""),
        (f"<p style='text-align: center'>{ENGLISH}", ""),
        (f"<p>{ENGLISH}<br>{ENGLISH}", ""),
        (f"<p>{ENGLISH}<q>words</q>{ENGLISH}", ""),
        (f"<h2>{ENGLISH}</h2>", ""),
        (f"<table><tr><td><p>{ENGLISH}</table>", ""),
        (f"<div style='columns: 2'><p>{ENGLISH * 3}</div>", ""),
        (f"<p>{ENGLISH}", "html { --composition: engine }"),
        (f"<p class='verse'>{ENGLISH}", ".verse { --composition: engine }"),
        (f"<p>{ENGLISH}", "html { font-family: 'DejaVu Sans', sans-serif }"),
        (f"<div class='contents'><p>{ENGLISH}</div>", ""),
        (f"<p>{ENGLISH}", "p::before { content: 'More ' }"),
        (f"<p>{ENGLISH}<em>more</em>{ENGLISH}", "em::after { content: '!' }"),
        (f"<p>{ENGLISH}", "p::first-letter { font-size: 20pt }"),
        (f"<ul><li>{ENGLISH}</ul>", "ul { list-style-position: inside }"),
        (f"<p>{ENGLISH}<em>more</em>{ENGLISH}", "em { padding: 0 3pt }"),
        (f"<p>{ENGLISH}", "p { width: calc(100% - 3pt); text-transform: uppercase }"),
        (f"<p>{ENGLISH}", "p { font-family: 'IBM Plex Mono'; font-variant-caps: small-caps }"),
    ],
)
def test_what_is_not_understood_is_left_to_the_engine_without_a_word(body: str, css: str):
    found = composed(body, css)
    assert found.planned == ()
    assert found.differences == ()
    assert left_alone(set_pages(body, css)) == []


def test_cjk_paragraphs_are_left_to_the_engine():
    found = composed(f"<p>{'中文的段落不需要空格。' * 30}<p>{ENGLISH}")
    assert len(found.planned) == 1


def test_other_paragraphs_are_set_as_a_whole_beside_those_left_alone():
    found = composed(f"<p>{ENGLISH}<br>{ENGLISH}<p>{ENGLISH * 2}")
    assert len(found.planned) == 1
    assert len(lines(found)) > len(plan_of(found))


def test_a_planted_difference_is_seen_and_left_to_the_engine():
    css = "@page :first { margin-left: 150pt }"
    body = f"<p>The first of all. {ENGLISH * 2}" + f"<p>{ENGLISH * 6}" * 3
    pages = set_pages(body, css)
    told = left_alone(pages)
    assert any("The first of all. A strong …" in words for words in told)
    assert all("the measure is another one" in words for words in told)
    found = composed(body, css)
    assert found.planned  # The paragraphs of the other pages.
    assert differences(found.document, found.planned) == []


def test_a_line_that_nobody_planned_is_seen():
    found = composed(f"<p>{ENGLISH * 2}")
    (planned,) = found.planned
    fewer = replace(planned, lines=planned.lines[1:])
    (difference,) = differences(found.document, [fewer])
    assert difference.reason == "a line was added"


def test_the_editor_is_told_which_paragraph_and_why(tmp_path: Path):
    house = styles()["print.css"].decode()
    files = {
        "essays/a.md": f"# Salt\n\nThe first of all. {ENGLISH * 2}\n\n{ENGLISH}\n",
        "styles/print.css": f"{house}\n@page numbered:first {{ margin-left: 150pt }}",
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "screen")
    told = [query for query in book.report.queries if query.code == "composition"]
    assert len(told) == 2
    assert told[0].severity is Severity.WARNING
    assert told[0].place.file == "essays/a.md"
    assert "“The first of all. A strong …”: the measure is another one" in told[0].message


# What is drawn


def words_of(text: str) -> list[str]:
    """The words of an extracted text, whole again where they were divided."""
    return re.sub(r"[\u00ad\x02\ufffe]\s*", "", text).split()


@pytest.mark.parametrize("css", ["", SANS])
def test_copied_text_has_whole_words_and_plain_spaces(css: str):
    pages = set_pages(f"<p>{ENGLISH * 3}<p>A well-known {ENGLISH}", css)
    book = book_of(pages, files=styles())
    assert words_of(book.text(0)) == f"{ENGLISH * 3} A well-known {ENGLISH}".split()
    assert "\u00a0" not in book.text(0)


def test_another_library_reads_the_same_words():
    data = _bytes(book_of(set_pages(f"<p>{ENGLISH * 6}"), files=styles()))
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert words_of(text) == (ENGLISH * 6).split()


def _bytes(book: PrintedBook) -> bytes:
    out = io.BytesIO()
    book.pdf.save(out)
    return out.getvalue()


def test_every_word_of_our_book_is_read_by_another_library(our_book: Published):
    reader = pypdf.PdfReader(our_book.path(".pdf"))
    read = iter(_letters("\n".join(page.extract_text() for page in reader.pages)))
    for chapter in our_book.copy.book.chapters:
        paragraphs = re.findall(r"<p>.*?</p>", chapter.xhtml, re.S)
        words = _letters(" ".join(map(plain, paragraphs)))
        for word in words[1:]:  # The first one is divided by its initial.
            assert any(word == each for each in read), (chapter.slug, word)


def _letters(text: str) -> list[str]:
    """Words without numbers, which calls of notes are, and without marks."""
    whole = re.sub(r"[\u00ad\ufffe]\s*", "", text)
    return re.findall(r"[^\W\d_]+", whole)


def test_no_line_is_an_element_of_the_structure_tree():
    pages = set_pages(f"<p>{ENGLISH * 2}<p>{ENGLISH}<a href='https://example.org/'>{ENGLISH}</a>")
    with pikepdf.open(io.BytesIO(pages.data)) as pdf:
        kinds = [
            str(thing.S)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
        ]
    assert kinds.count("/P") == 2
    assert "/Span" not in kinds


def test_each_face_is_embedded_once_whatever_the_size_of_its_lines():
    pages = set_pages(f"<p>{ENGLISH * 8}")
    assert len(pages.fonts) == 1


def test_the_same_galley_makes_the_same_bytes():
    body = f"<p>{ENGLISH * 3}<ul><li>{ENGLISH}</ul>"
    assert set_pages(body).data == set_pages(body).data


# Ragged


def test_ragged_text_is_set_as_a_whole_as_well():
    found = composed(f"<p>{ENGLISH * 4}", "p { text-align: left; hyphens: none }")
    assert found.differences == ()
    assert len(found.planned) == 1
    laid = lines(found)
    assert [words for words, *_ in laid] == plan_of(found)
    measure = found.planned[0].paragraph.measure
    lacking = [measure - right for _, _, right, _ in laid[:-1]]
    assert all(-3 < each < measure / 3 for each in lacking)
    assert pstdev(lacking) > 5
