"""Fonts for e-book and web page: those that a text needs, cut down to its characters."""

from __future__ import annotations

import io
from collections.abc import Iterable

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from bindery.typefaces import Face

PLAIN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("’‘“”–—…\u00a0")
"""Characters that are kept in any case: what the e-book prints of its own is made of them."""

NOT_IN_PDF = ("BASE", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "DSIG", "SVG ", "name", "post")
"""Tables of use to those who shape text; in a PDF it is shaped already."""


def needed_faces(faces: tuple[Face, ...], text: str, xhtml: str) -> tuple[Face, ...]:
    """The faces that a text is set in: others are not worth their bytes.

    A typewriter face is needed for code, a bold one for strong words; a second
    family only for the characters that the first one lacks.
    """
    signs = set(text)
    has_code = any(f"<{tag}" in xhtml for tag in ("code", "pre", "kbd", "samp"))
    has_bold = any(f"<{tag}" in xhtml for tag in ("strong", "b>"))
    first = faces[0].family if faces else ""
    covered = {sign for face in faces if face.family == first for sign in face.characters(signs)}
    needed = []
    for face in faces:
        if face.bold and not has_bold:
            continue
        if (
            face.family == first
            or (face.monospaced and has_code)
            or (not face.monospaced and face.characters(signs - covered))
        ):
            needed.append(face)
    return tuple(needed)


def cut_down(font: bytes, text: str, woff2: bool = False, plain: bool = True) -> bytes:
    """A font with the glyphs for a text (and their small capitals, figures, ligatures) alone.

    With `plain`, the characters that are kept in any case are among them.
    """
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).set(
        {ord(sign) for sign in set(text) | (PLAIN if plain else frozenset())}
    )
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.invert()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    data = _subset(font, 0, wanted)
    if not woff2:
        return data
    opened = TTFont(io.BytesIO(data), recalcTimestamp=False)
    opened.flavor = "woff2"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def keep_glyphs(font: bytes, index: int, glyphs: Iterable[int]) -> bytes:
    """A font with some glyphs alone, under the numbers that they have, for a PDF."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(glyphs))
    dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for table in NOT_IN_PDF:
        dropped.add(hb_tag(table))
    wanted.flags = (
        hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    return _subset(font, index, wanted)


def hb_tag(name: str) -> int:
    """The number by which HarfBuzz knows a table."""
    return int.from_bytes(name.encode("ascii"), "big")


def _subset(font: bytes, index: int, wanted: hb.SubsetInput) -> bytes:
    return bytes(hb.subset(hb.Face(font, index), wanted).blob.data)
