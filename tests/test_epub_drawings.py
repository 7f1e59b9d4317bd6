"""Drawings in the e-book: their words are shown in the fonts that they name."""

from __future__ import annotations

import base64
import io
import re
import zipfile

from fontTools.ttLib import TTFont

from bindery.editions.epub.drawings import with_letters
from bindery.house_style import read_house_style
from bindery.typefaces import read_typefaces
from tests.conftest import Published

HOUSE = read_house_style()
FACES = read_typefaces(HOUSE.styles).faces
HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
RULE = re.compile(
    r'@font-face\{font-family:"([^"]+)";(.*?)src:url\(data:font/woff2;base64,([^)]+)\)'
)


def letters(drawing: bytes) -> dict[tuple[str, str], set[str]]:
    """By family and style, the characters that the fonts in a drawing have."""
    return {
        (family, style): {
            chr(code) for code in TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
        }
        for family, style, data in RULE.findall(drawing.decode())
    }


def drawn(inside: bytes) -> bytes:
    return with_letters(HEAD + inside + b"</svg>", FACES, HOUSE.styles)


def test_a_drawing_brings_the_letters_of_its_words_and_no_others() -> None:
    found = letters(drawn(b'<text font-family="EB Garamond, serif">Pact</text>'))
    assert found == {("EB Garamond", ""): set("Pact")}


def test_italic_words_bring_the_italic() -> None:
    words = b'<text font-family="EB Garamond">a<tspan font-style="italic">b</tspan></text>'
    assert list(letters(drawn(words))) == [
        ("EB Garamond", ""),
        ("EB Garamond", "font-style:italic;"),
    ]


def test_a_drawing_without_words_or_pinned_fonts_is_left_alone() -> None:
    for inside in (b'<path d="M0 0h9"/>', b'<text font-family="Nowhere Sans">a</text>'):
        assert drawn(inside) == HEAD + inside + b"</svg>"


def test_the_drawings_of_our_book_have_their_letters(our_book: Published) -> None:
    with zipfile.ZipFile(our_book.path(".epub")) as epub:
        drawings = [epub.read(name) for name in epub.namelist() if name.endswith(".svg")]
    assert len(drawings) == 2
    for drawing in drawings:
        words = "".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)", drawing.decode()))
        assert set(words.replace("\n", "")) - {" "} <= set().union(*letters(drawing).values())
