"""Links between chapters, pictures, and the numbers of figures and tables."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bindery.errata import Severity
from tests.specimen import NOT_DRAWN, edited, queries_of, said, write_book

OTHER = "# Other\n\n## Section {#there}\n\nText\n\n## Second"


def with_link(folder: Path, target: str) -> Path:
    here = f"# Here\n\n## Own\n\n[x]({target})"
    return write_book(folder, {"essays/a.md": here, "essays/b c.md": OTHER, "front/p.md": OTHER})


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("b%20c.md", "#b-c"),
        ("<b c.md>", "#b-c"),
        ("./b%20c.md", "#b-c"),
        ("../essays/b%20c.md", "#b-c"),
        ("b%20c.md#there", "#b-c--there"),
        ("b%20c.md#second", "#b-c--second"),
        ("../front/p.md#there", "#p--there"),
        ("#own", "#a--own"),
        ("a.md#own", "#a--own"),
        ("#", "#a"),
        ("a.md", "#a"),
        ("https://x.org/b.md#there", "https://x.org/b.md#there"),
        ("//x.org/b.md", "//x.org/b.md"),
        ("mailto:me@x.org", "mailto:me@x.org"),
    ],
)
def test_links(tmp_path: Path, target: str, href: str) -> None:
    book = edited(with_link(tmp_path, target))
    assert re.findall('href="(.*?)"', book.chapter_of("a").xhtml) == [href]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("bc.md", "Did you mean b c.md?"),
        ("../front/pp.md", "Did you mean ../front/p.md?"),
        ("quite-another-thing.txt", "Give the path of a file of the book."),
        ("../../etc/passwd", "Give the path of a file of the book."),
        ("/essays/a.md", None),
        ("b%20c.md#thare", "Did you mean #there?"),
        ("#onw", "Did you mean #own?"),
        ("#xyz", "Give the heading an id: ## Heading {#name}."),
        ("?x", None),
    ],
)
def test_broken_links(tmp_path: Path, target: str, hint: str | None) -> None:
    (query,) = queries_of(with_link(tmp_path, target))
    assert said([query]) == ["essays/a.md:5 broken-link error"]
    assert hint is None or query.hint == hint


def test_a_broken_link_in_plain_words(tmp_path: Path) -> None:
    first, second = queries_of(
        write_book(tmp_path, {"essays/a.md": "# A\n\n[x](b.md)\n\n[x](#c)"}),
    )
    assert first.message == "The link to b.md leads to no file of the book."
    assert second.message == "The link to #c leads to nothing: essays/a.md has no id “c”."


def test_links_in_notes_and_epigraphs(tmp_path: Path) -> None:
    text = "# A\n\n> [x](b.md)\n\nText[^1]\n\n[^1]: [y](b.md#there) [z](mailto:me@x.org)"
    (chapter, _) = edited(
        write_book(tmp_path, {"essays/a.md": text, "essays/b.md": OTHER})
    ).chapters
    assert chapter.epigraph == '<p><a href="#b">x</a></p>'
    (note,) = chapter.notes
    assert note.paragraphs == ('<a href="#b--there">y</a> <a href="mailto:me@x.org">z</a>',)


def test_broken_links_in_notes_and_epigraphs(tmp_path: Path) -> None:
    text = "# A\n\n> [x](c.md)\n\nText[^1]\n\n[^1]: [y](#z)"
    found = queries_of(write_book(tmp_path, {"essays/a.md": text}))
    assert said(found) == ["essays/a.md:3 broken-link error", "essays/a.md:7 broken-link error"]


def test_calls_of_notes_are_left_alone(tmp_path: Path) -> None:
    (chapter,) = edited(write_book(tmp_path, {"essays/a.md": "# A\n\nx[^1]\n\n[^1]: y"})).chapters
    assert re.findall('href="(.*?)"', chapter.xhtml) == ["#a--note-1"]


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    book = edited(with_link(tmp_path, "b%20c.md#there"))
    text = "".join(chapter.xhtml for chapter in book.chapters)
    ids = {*re.findall('id="(.*?)"', text), *(chapter.slug for chapter in book.chapters)}
    assert set(re.findall('href="#(.*?)"', text)) <= ids


FIGURE = '![alt](../images/d.svg "Caption")\n\n'
TABLE = "| a |\n|---|\n| b |\n\nTable: Caption\n\n"


def labels(xhtml: str) -> list[str]:
    pattern = r'<span class="label" data-kind="(\w+)" data-number="(\d+)"/>'
    return [f"{kind} {number}" for kind, number in re.findall(pattern, xhtml)]


def test_figures_and_tables_are_numbered_through_the_book(tmp_path: Path) -> None:
    one, two = f"# A\n\n{FIGURE}{TABLE}{FIGURE}", f"# B\n\n{TABLE}{FIGURE}![alt](../images/d.svg)"
    files = {"essays/a.md": one, "essays/b.md": two, "images/d.svg": NOT_DRAWN}
    first, second = edited(write_book(tmp_path, files)).chapters
    assert labels(first.xhtml) == ["figure 1", "table 1", "figure 2"]
    assert labels(second.xhtml) == ["table 2", "figure 3"]


def test_a_label_stands_before_the_caption(tmp_path: Path) -> None:
    files = {"essays/a.md": f"# A\n\n{FIGURE}", "images/d.svg": NOT_DRAWN}
    (chapter,) = edited(write_book(tmp_path, files)).chapters
    label = '<span class="label" data-kind="figure" data-number="1"/>'
    assert f"<figcaption>{label}Caption</figcaption>" in chapter.xhtml


def pictured(folder: Path, drawing: str | bytes | None) -> Path:
    files: dict[str, str | bytes] = {"essays/a.md": "# A\n\n![x](../images/d.svg)"}
    return write_book(folder, files if drawing is None else files | {"images/d.svg": drawing})


def svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'


@pytest.mark.parametrize(
    "drawing",
    [
        svg("<path d='M0 0h1v1z'/>"),
        svg('<use href="#a"/><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#b"/>'),
        svg('<rect fill="url(#a)"/>'),
        svg("<rect style=\"fill: url( '#a' )\"/>"),
        svg("<rect style='fill: url(\"#a\")'/>"),
        svg('<image href="data:image/png;base64,AA"/>'),
        svg("<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>"),
        svg("<text>Once on a ship</text>"),
        svg("<text>on = 3; see http://x.org</text>").replace("on =", "on:"),
    ],
)
def test_safe_drawings(tmp_path: Path, drawing: str) -> None:
    book = edited(pictured(tmp_path, drawing))
    assert [(p.path, p.media_type, p.data) for p in book.pictures] == [
        ("images/d.svg", "image/svg+xml", drawing.encode())
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        svg("<script>alert(1)</script>"),
        svg("<SCRIPT/>"),
        svg("<svg:script/>"),
        svg("<g onload='x()'/>"),
        svg('<g\nonclick = "x()"/>'),
        svg("<foreignObject><p/></foreignObject>"),
        svg('<image href="https://x.org/a.png"/>'),
        svg("<image xlink:href = 'a.png'/>"),
        svg('<image href="file:///etc/passwd"/>'),
        svg('<use href="b.svg#a"/>'),
        svg('<use href="data:text/html,x"/>'),
        svg('<a><set attributeName="href" to="javascript:x"/></a>'),
        svg('<rect fill="url(https://x.org/a)"/>'),
        svg("<rect style=\"fill: url('b.svg#a')\"/>"),
        svg("<style>@import 'https://x.org/a.css';</style>"),
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"),
        '<?xml-stylesheet href="a.css"?>' + svg(""),
        svg("<script/>").encode("utf-16"),
    ],
)
def test_unsafe_drawings(tmp_path: Path, drawing: str | bytes) -> None:
    assert said(queries_of(pictured(tmp_path, drawing))) == ["essays/a.md:3 unsafe-drawing error"]


def test_a_missing_picture(tmp_path: Path) -> None:
    (query,) = queries_of(pictured(tmp_path, None))
    assert said([query]) == ["essays/a.md:3 missing-image error"]
    assert query.message == "The picture images/d.svg is missing from the book folder."


@pytest.mark.parametrize("path", ["../images/d.webp", "../../d.svg", "d.svg", "../images"])
def test_a_picture_that_is_none(tmp_path: Path, path: str) -> None:
    write_book(tmp_path, {"d.svg": NOT_DRAWN}, None)
    files = {"essays/a.md": f"# A\n\nx\n![y]({path})", "images/d.webp": "x"}
    found = queries_of(write_book(tmp_path / "book", files))
    assert said(found) == ["essays/a.md:4 missing-image error"]


def test_a_picture_that_is_shown_twice_is_taken_once(tmp_path: Path) -> None:
    text = "# A\n\n![x](../images/d.svg)\n\n![x](../images/d.svg)"
    book = edited(write_book(tmp_path, {"essays/a.md": text, "images/d.svg": NOT_DRAWN}))
    assert [picture.path for picture in book.pictures] == ["images/d.svg"]


def test_the_house_book_has_no_errors() -> None:
    folder = Path(__file__).parent.parent / "book"
    assert [query for query in queries_of(folder) if query.severity is Severity.ERROR] == []


def raster(kind: str, size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).rotate(30).save(out, kind)
    return out.getvalue()


def half(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def huge() -> bytes:
    """A PNG that says that it has 60,000 x 60,000 pixels."""
    small = raster("PNG")
    head = b"IHDR" + struct.pack(">II", 60_000, 60_000) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.png", b"", "empty"),
        ("a.svg", b"", "empty"),
        ("a.png", b"no picture at all", "no picture"),
        ("a.png", half(raster("PNG")), "damaged"),
        ("a.png", raster("PNG").replace(b"IDAT", b"IDAX"), "is "),
        ("a.jpg", half(raster("JPEG")), "damaged"),
        ("a.gif", half(raster("GIF")), "damaged"),
        ("a.png", raster("JPEG"), "JPEG inside"),
        ("a.png", huge(), "100 million pixels"),
        ("a.svg", b"<svg><g></svg>", "no SVG drawing: Opening and ending tag mismatch"),
        ("a.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "no SVG drawing"),
        ("a.svg", b"<svg viewBox='0 0 1 1'/>", "no SVG drawing"),
        ("a.svg", raster("PNG"), ""),
    ],
)
def test_a_broken_picture_is_an_error_at_its_line(
    tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    book: dict[str, str | bytes] = {"essays/a.md": f"# A\n\n![x](../images/{name})\n"}
    book[f"images/{name}"] = data
    (query,) = queries_of(write_book(tmp_path, book))
    code = "broken-picture" if word else "unsafe-drawing"
    assert said([query]) == [f"essays/a.md:3 {code} error"]
    assert word in query.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_sound_pictures_are_none(tmp_path: Path, kind: str) -> None:
    name = {"JPEG": "a.jpg"}.get(kind, f"a.{kind.lower()}")
    book: dict[str, str | bytes] = {"essays/a.md": f"# A\n\n![x](../images/{name})\n"}
    book[f"images/{name}"] = raster(kind)
    assert queries_of(write_book(tmp_path, book)) == []
