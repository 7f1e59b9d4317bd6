"""The download page: one file, true sizes and sums, and it fits every screen."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from PIL import Image

from bindery.book import EditedBook
from bindery.editions.website import human_size
from bindery.markup.tree import plain as text_of
from tests import validators
from tests.conftest import Published
from tests.reading import html_of, plain

ADDRESS = re.compile(r"(?:src|href)\s*=\s*[\"']?([^\"'\s>]+)|url\(\s*[\"']?([^\"')]+)", re.I)


def page_of(book: Published) -> HtmlElement:
    return html_of(book.path("index.html").read_text("utf-8"))


def test_the_page_needs_nothing_but_itself(our_book: Published):
    """No address leads anywhere but to the files that can be downloaded."""
    text = our_book.path("index.html").read_text("utf-8")
    addresses = {first or second for first, second in ADDRESS.findall(text)}
    assert {address for address in addresses if not address.startswith("data:")} == {
        "nations-in-partnership.pdf",
        "nations-in-partnership.epub",
        "SHA256SUMS",
    }
    assert "@import" not in text
    assert "<script" not in text


@pytest.mark.parametrize("book", ["our_book", "varied_book"])
def test_every_download_is_there_and_as_large_as_it_says(request: pytest.FixtureRequest, book: str):
    found: Published = request.getfixturevalue(book)
    buttons = page_of(found).cssselect(".downloads a")
    assert [text_of(button.cssselect(".kind")[0]) for button in buttons] == [
        "Download PDF",
        "Download EPUB",
    ]
    for button in buttons:
        size = (found.folder / str(button.get("href"))).stat().st_size
        number, unit = text_of(button.cssselect(".size")[0]).split()
        factor = {"kB": 1e3, "MB": 1e6}[unit]
        assert abs(float(number) * factor - size) <= factor / (2 if unit == "kB" else 20)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 kB"), (1499, "1 kB"), (1501, "2 kB"), (999_000, "999 kB"), (1_250_001, "1.3 MB")],
)
def test_sizes_in_words(count: int, words: str):
    assert human_size(count) == words


def test_the_sums_are_right_and_of_every_file(our_book: Published):
    lines = our_book.path("SHA256SUMS").read_text("utf-8").splitlines()
    sums = dict(line.split("  ")[::-1] for line in lines)
    files = {path.name for path in our_book.folder.iterdir()} - {"SHA256SUMS"}
    assert set(sums) == files
    for name, digest in sums.items():
        assert hashlib.sha256((our_book.folder / name).read_bytes()).hexdigest() == digest


def test_the_book_is_introduced(our_book: Published, edited: EditedBook):
    page, metadata = page_of(our_book), edited.metadata
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == f"{metadata.title}: {metadata.subtitle}"
    assert [text_of(h) for h in page.cssselect("h1, h2")] == [metadata.title, "Contents"]
    description = [text_of(p) for p in page.cssselect(".description p")]
    assert description == list(metadata.paragraphs)
    assert page.cssselect("meta[name=description]")[0].get("content") == metadata.paragraphs[0]
    assert page.cssselect(".cover img")[0].get("alt") == f"Cover of {metadata.title}"
    assert [text_of(p) for p in page.cssselect("footer p")][:2] == [
        "Bindery, 2026",
        metadata.rights,
    ]


def test_the_contents_are_the_books(our_book: Published, edited: EditedBook):
    found = [
        (text_of(item.cssselect(".title")[0]), text_of(item.cssselect(".summary")[0]))
        for item in page_of(our_book).cssselect(".contents li")
    ]
    assert found == [(plain(line.title), line.summary) for line in edited.contents]


def test_signs_that_html_minds_are_shown(varied_book: Published):
    page = page_of(varied_book)
    assert text_of(page.cssselect("h1")[0]) == 'Salt & <Iron>: "Tempered"'
    assert text_of(page.cssselect(".authors")[0]) == "Anne O'Hara & <Co>"
    assert text_of(page.cssselect(".description")[0]) == 'Of "salt" & <iron>.'
    assert "What “salt” is & <why>." in text_of(page.cssselect(".contents")[0])
    assert page.cssselect(".cover img")[0].get("alt") == 'Cover of Salt & <Iron>: "Tempered"'


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_the_screen(our_book: Published, tmp_path: Path, width: int):
    """Nothing sticks out at the side, the font is there, and the page is not blank."""
    script = """<script>
    const wide = innerWidth, html = document.documentElement;
    const out = [...document.querySelectorAll("body *")].filter(e => {
      const box = e.getBoundingClientRect(); return box.right > wide + 1 || box.left < -1;
    });
    if (html.scrollWidth <= wide && !out.length && wide == WIDTH)
      document.fonts.ready.then(() => {
        if ([...document.fonts].some(f => f.status == "loaded"))
          html.style.borderTop = "20px solid #ff00ff";
      });
    </script></body>"""
    text = our_book.path("index.html").read_text("utf-8")
    page, png = tmp_path / "index.html", tmp_path / "page.png"
    page.write_text(text.replace("</body>", script.replace("WIDTH", str(width))), "utf-8")
    validators.screenshot(page, png, width, 1200)
    with Image.open(png) as picture:
        assert picture.convert("RGB").getpixel((width // 2, 10)) == (255, 0, 255)
        shades = picture.convert("L").histogram()
    assert sum(shades[:100]) > 5000
    assert sum(shades[200:]) > 100_000
