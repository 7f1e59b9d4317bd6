"""What the pinned fonts can set, and what is said about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.errata import Severity, Unprintable
from bindery.house_style import read_house_style
from bindery.production import edit, publish
from bindery.typefaces import Typefaces, foreign_queries, read_typefaces
from tests.conftest import MOMENT, Published
from tests.specimen import write_book


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return read_typefaces(read_house_style().styles)


def test_the_house_pins_three_families(typefaces: Typefaces):
    assert typefaces.families == {"eb garamond", "amiri", "ibm plex mono"}
    assert typefaces.faces[0].family == "EB Garamond"
    shapes = {(f.family, f.italic, f.bold) for f in typefaces.faces}
    assert len(shapes) == len(typefaces.faces) == 9
    assert {f.family for f in typefaces.faces if f.monospaced} == {"IBM Plex Mono"}


def test_every_pinned_font_has_its_licence():
    styles = read_house_style().styles
    for font in (name for name in styles if name.endswith(".ttf")):
        assert f"fonts/OFL-{Path(font).stem.partition('-')[0]}.txt" in styles


@pytest.mark.parametrize(
    ("family", "signs"),
    [
        ("EB Garamond", "Aaé–—‘’“”…§¶†ſʾʿĀāḤḥṣẓœß½×−≤ΑΩабв₂²"),
        ("Amiri", "أمةكتابپچ؟،ﷺ٠١٢"),
        ("IBM Plex Mono", "{}[]<>&|~`0Oil1→"),
    ],
)
def test_families_have_the_characters_that_they_are_there_for(
    typefaces: Typefaces, family: str, signs: str
):
    (regular,) = (f for f in typefaces.faces if f.family == family and not f.bold and not f.italic)
    assert set(signs) - regular.characters(signs) == set()


def test_what_is_lacking_is_named_once_and_in_order(typefaces: Typefaces):
    assert typefaces.lacking("a漢b🙂漢\u200f\u00ad\u2028 c") == ["漢", "🙂"]


@pytest.mark.parametrize(
    ("sign", "name"), [("🙂", "SLIGHTLY SMILING FACE"), ("漢", "CJK UNIFIED IDEOGRAPH-6F22")]
)
def test_a_missing_glyph_is_an_error_with_its_line(tmp_path: Path, sign: str, name: str):
    essay = f"# A\n\nOne.\n\nTwo {sign} three.[^n]\n\n[^n]: Note {sign}.\n"
    book = write_book(tmp_path, {"essays/a.md": essay})
    (query,) = (q for q in edit(book).queries if q.code == "no-glyph")
    assert (str(query.place), query.severity) == ("essays/a.md:5", Severity.ERROR)
    assert sign in query.message
    assert name in query.message


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"essays/a.md": "# A 漢\n"}, "essays/a.md:1"),
        ({"essays/a.md": "# A\n\nx[^n]\n\n[^n]: 漢\n"}, "essays/a.md:5"),
        ({"essays/a.md": "---\nauthor: 漢\n---\n\n# A\n"}, "essays/a.md:2"),
        ({"essays/a.md": "# A\n\n> 漢\n\nx\n"}, "essays/a.md:3"),
        ({"essays/a.md": "# A\n\n`漢`\n"}, "essays/a.md:3"),
        ({"essays/a.md": "# A\n\n| a |\n|--|\n| 漢 |\n"}, "essays/a.md:5"),
        ({"essays/a.md": "# A\n\nx <!--ix: 漢-->y\n"}, "essays/a.md:3"),
        ({"essays/a.md": "---\nrunning: 漢\n---\n\n# A\n"}, "essays/a.md:2"),
        ({"essays/a.md": "---\nsummary: 漢\n---\n\n# A\n"}, "essays/a.md:2"),
    ],
)
def test_glyphs_are_looked_for_wherever_words_are_printed(
    tmp_path: Path, files: dict[str, str], place: str
):
    found = [q for q in edit(write_book(tmp_path, files)).queries if q.code == "no-glyph"]
    assert [str(query.place) for query in found] == [place]


def test_glyphs_are_looked_for_in_the_metadata(tmp_path: Path):
    toml = 'title = "A"\n\n[[contributors]]\nname = "漢"\n'
    book = write_book(tmp_path, {"essays/a.md": "# A\n"}, toml)
    (query,) = edit(book).queries
    assert (query.code, str(query.place)) == ("no-glyph", "book.toml:4")


def test_our_book_lacks_no_glyph(our_book: Published):
    assert our_book.copy.queries == ()


def drawing(family: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" width="90" height="20">'
        f'<text x="0" y="15" font-family="{family}">Words</text></svg>'
    )


def test_a_drawing_in_a_foreign_font_is_a_query(tmp_path: Path):
    """`monospace` is whatever font the machine has for it."""
    files = {"essays/a.md": "# A\n\n![W](../images/d.svg)\n", "images/d.svg": drawing("monospace")}
    with pytest.raises(Unprintable) as refusal:
        publish(write_book(tmp_path, files), tmp_path / "output", MOMENT, ["screen"])
    (query,) = refusal.value.queries
    assert (query.code, str(query.place)) == ("foreign-font", "images/d.svg")
    assert not (tmp_path / "output").exists()


def test_a_drawing_in_a_pinned_font_is_none(tmp_path: Path):
    files = {
        "essays/a.md": "# A\n\n![W](../images/d.svg)\n",
        "images/d.svg": drawing("EB Garamond"),
    }
    report = publish(write_book(tmp_path, files), tmp_path / "output", MOMENT, ["screen"])
    assert report.queries == ()


def test_foreign_fonts_are_told_apart_by_name_alone(typefaces: Typefaces, our_book: Published):
    book = our_book.copy.book
    assert foreign_queries(frozenset({"EB Garamond", "amiri"}), typefaces, book) == ()
    (query,) = foreign_queries(frozenset({"Amiri", "Arial"}), typefaces, book)
    assert "“Arial”" in query.message


OWN = "/* mine */\n\n@font-face { font-family: Mine; src: url(fonts/%s) }\n"


@pytest.mark.parametrize(
    ("css", "font", "code"),
    [
        (OWN % "Mine.ttf", b"no font", "bad-font"),
        (OWN % "Mine.ttf", b"", "bad-font"),
        (OWN % "Yours.ttf", None, "missing-font"),
        (OWN % "../../images/x.ttf", None, "missing-font"),
    ],
)
def test_a_font_that_cannot_be_used_is_one_error(
    tmp_path: Path, css: str, font: bytes | None, code: str
):
    files: dict[str, str | bytes] = {"essays/a.md": "# A\n\nWords 漢字.\n", "styles/fonts.css": css}
    files |= {} if font is None else {"styles/fonts/Mine.ttf": font}
    (query,) = edit(write_book(tmp_path, files)).queries
    assert (query.code, str(query.place)) == (code, "styles/fonts.css:3")
    assert query.severity is Severity.ERROR
    assert ".ttf" in query.message


def test_a_house_font_that_a_book_damages_is_one_error(tmp_path: Path):
    font = "styles/fonts/EBGaramond-Regular.ttf"
    book = write_book(tmp_path, {"essays/a.md": "# A\n\nWords.\n", font: b"\0\1\0\0 damaged"})
    (query,) = edit(book).queries
    assert (query.code, str(query.place)) == ("bad-font", "styles/fonts.css:3")
    assert font in query.message
