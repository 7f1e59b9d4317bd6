"""Fonts cut down: which faces a text needs, and what stays in them."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from bindery.font_subsets import cut_down, needed_faces
from bindery.house_style import read_house_style
from bindery.typefaces import Face, read_typefaces

STYLES = read_house_style().styles
FACES = read_typefaces(STYLES).faces
GARAMOND = STYLES["fonts/EBGaramond-Regular.ttf"]
MONO = STYLES["fonts/IBMPlexMono-Regular.ttf"]


def names(faces: tuple[Face, ...]) -> set[str]:
    return {face.path.removeprefix("fonts/").removesuffix(".ttf") for face in faces}


UPRIGHT = {"EBGaramond-Regular", "EBGaramond-Italic"}
STRONG = {"EBGaramond-SemiBold", "EBGaramond-SemiBoldItalic"}


@pytest.fixture(scope="module")
def cut() -> TTFont:
    """The text's font, cut down to a text with one accent."""
    return TTFont(io.BytesIO(cut_down(GARAMOND, "é")))


@pytest.mark.parametrize(
    ("text", "xhtml", "wanted"),
    [
        ("plain", "<p>plain</p>", UPRIGHT),
        ("plain", "<p><em>plain</em></p><br/><blockquote/>", UPRIGHT),
        ("strong", "<p><strong>strong</strong></p>", UPRIGHT | STRONG),
        ("b", "<p><b>b</b></p>", UPRIGHT | STRONG),
        ("code", "<code>code</code>", UPRIGHT | {"IBMPlexMono-Regular", "IBMPlexMono-Italic"}),
        ("أمة", "<p>أمة</p>", UPRIGHT | {"Amiri-Regular"}),
        ("أمة", "<b>أمة</b>", UPRIGHT | STRONG | {"Amiri-Regular", "Amiri-Bold"}),
    ],
)
def test_only_the_faces_that_a_text_needs(text: str, xhtml: str, wanted: set[str]):
    assert names(needed_faces(FACES, text, xhtml)) == wanted


def replaced_by(font: TTFont, feature: str) -> dict[str, str]:
    """The characters that a feature changes, with the glyphs that it puts for them."""
    table = font["GSUB"].table
    glyphs: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for index in record.Feature.LookupListIndex:
                for lookup in table.LookupList.Lookup[index].SubTable:
                    glyphs |= getattr(getattr(lookup, "ExtSubTable", lookup), "mapping", {})
    return {chr(code): glyphs[name] for code, name in font.getBestCmap().items() if name in glyphs}


def features_of(font: TTFont, table: str) -> set[str]:
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize(
    ("feature", "signs"),
    [
        ("smcp", "abcdefghijklmnopqrstuvwxyzé"),
        ("onum", "0123456789"),
        ("sups", "0123456789"),
    ],
)
def test_small_capitals_and_figures_stay(cut: TTFont, feature: str, signs: str):
    whole = replaced_by(TTFont(io.BytesIO(GARAMOND)), feature)
    kept = replaced_by(cut, feature)
    assert kept
    assert set(kept) & set(signs) == set(whole) & set(signs)
    for glyph in kept.values():
        assert cut["glyf"][glyph].numberOfContours, glyph


def test_every_letter_has_its_small_capital(cut: TTFont):
    kept = replaced_by(cut, "smcp")
    assert set("abcdefghijklmnopqrstuvwxyz") <= set(kept)


def test_ligatures_and_kerning_stay(cut: TTFont):
    assert {"liga", "dlig"} <= features_of(cut, "GSUB")
    assert "kern" in features_of(cut, "GPOS")


def test_arabic_letters_keep_their_joined_forms():
    cut = TTFont(io.BytesIO(cut_down(STYLES["fonts/Amiri-Regular.ttf"], "كتاب")))
    assert {"init", "medi", "fina"} <= features_of(cut, "GSUB")


def test_other_characters_go_and_asked_ones_stay(cut: TTFont):
    known = set(cut.getBestCmap())
    assert {ord("é"), ord("A"), ord("’"), 0xA0} <= known
    assert ord("ж") not in known


def test_the_same_text_gives_the_same_bytes():
    assert cut_down(MONO, "salt жé") == cut_down(MONO, "éж tlas")


def test_woff2_is_smaller():
    plain, packed = cut_down(MONO, "salt"), cut_down(MONO, "salt", woff2=True)
    assert packed[:4] == b"wOF2"
    assert len(packed) < len(plain) < len(MONO) / 3
