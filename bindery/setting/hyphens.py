"""Hyphens at the ends of lines: drawn, but no part of the text.

Who copies or searches a text wants its words whole.  So a hyphen that was added stands for a
soft hyphen (U+00AD), which readers leave out.  Where its font has a glyph for it alone, that
glyph says so; in other fonts each such hyphen does, as marked content with another text
(`ActualText`, ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf
import uharfbuzz

from bindery.composition import HYPHEN, SOFT_HYPHEN

PLAIN = "-"


def softened(characters: Mapping[int, str], program: bytes) -> dict[int, str]:
    """What the glyphs of a font stand for, with its hyphen for the ends of lines a soft one."""
    font = uharfbuzz.Font(uharfbuzz.Face(program))
    glyph, plain = font.get_nominal_glyph(ord(HYPHEN)), font.get_nominal_glyph(ord(PLAIN))
    found = dict(characters)
    if glyph is not None and found.get(glyph) in (HYPHEN, PLAIN):
        found[glyph] = PLAIN if glyph == plain else SOFT_HYPHEN
    return found


def mark_hyphens(pdf: pydyf.PDF, fonts: Mapping[Any, Any]) -> None:
    """Say of all hyphens that are drawn by themselves, in fonts that share them, what they are."""
    shared = {font.hash: code for font in fonts.values() if (code := _shared(font))}
    for thing in pdf.objects if shared else ():
        if isinstance(thing, pydyf.Stream):
            _mark(thing.stream, shared)


def _shared(font: Any) -> bytes:
    """The code of a font's hyphen, if it is drawn and is the plain one as well."""
    codes = [glyph for glyph, text in font.to_unicode.items() if text in (HYPHEN, PLAIN)]
    return b"%04x" % codes[0] if len(codes) == 1 else b""


def _mark(stream: list[Any], shared: Mapping[str, bytes]) -> None:
    properties: Any = None
    font = ""
    shown: list[bytes] = []
    for place, operator in enumerate(stream):
        if operator == b"BDC":
            properties, shown = stream[place - 1], []
        elif operator == b"EMC":
            is_hyphen = shown == [b"[<" + shared.get(font, b"-") + b">] TJ"]
            if is_hyphen and isinstance(properties, dict):
                properties["ActualText"] = pydyf.String(SOFT_HYPHEN)
            properties = None
        elif isinstance(operator, bytes) and operator.endswith(b" Tf"):
            font = operator.split()[0][1:].decode()
        elif isinstance(operator, bytes) and operator.endswith(b" TJ"):
            shown.append(operator)
