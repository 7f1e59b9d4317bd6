"""Fonts for e-book and web page: those that a text needs, cut down to its characters."""

from __future__ import annotations

import io

from fontTools import subset
from fontTools.ttLib import TTFont

from bindery.typefaces import Face

PLAIN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("’‘“”–—…\u00a0")
"""Characters that are kept in any case: what the e-book prints of its own is made of them."""


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


def cut_down(font: bytes, text: str, woff2: bool = False) -> bytes:
    """A font with the glyphs for a text (and their small capitals, figures, ligatures) alone."""
    options = subset.Options(
        layout_features=["*"], hinting=False, notdef_outline=True, recalc_timestamp=False
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(PLAIN | set(text)))
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter.subset(opened)
    opened.flavor = "woff2" if woff2 else None
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
