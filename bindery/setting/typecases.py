"""The faces that the engine takes for a style, by asking it.

Pango is asked once for every combination of family, weight and slope which font it would set a
letter in; the program of that very font is what words are measured with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from weasyprint.text.fonts import font_features, get_hb_object_data, get_pango_font_hb_face
from weasyprint.text.line_break import create_layout

from bindery.composition import HYPHEN, Face, Type

Style = Any

FONT = ("font_family", "font_style", "font_weight", "font_stretch", "font_variation_settings")
VARIANTS = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    "font_feature_settings",
)


class TypeCases:
    """Faces and types by style; kept as long as the fonts are."""

    def __init__(self, pinned: Collection[str]) -> None:
        self._pinned = pinned
        self._programs: dict[tuple[Any, ...], bytes | None] = {}
        self._faces: dict[tuple[Any, ...], Face] = {}

    def type_of(self, style: Style) -> Type | None:
        """How text of a style is set; None in fonts of the machine."""
        face = self._face(style)
        if face is None:
            return None
        letter_spacing = style["letter_spacing"]
        is_divided = style["hyphens"] == "auto" and face.has(HYPHEN)
        return Type(
            face,
            size=style["font_size"],
            letter_spacing=0.0 if letter_spacing == "normal" else float(letter_spacing),
            language=(style["lang"] or "") if is_divided else "",
            limits=tuple(style["hyphenate_limit_chars"]),
        )

    def _face(self, style: Style) -> Face | None:
        font = tuple(style[name] for name in FONT)
        variants = tuple(style[name] for name in VARIANTS)
        spaced = style["letter_spacing"] not in ("normal", 0)
        key = (font, variants, style["lang"], spaced)
        if key not in self._faces:
            if font not in self._programs:
                self._programs[font] = self._program(style)
            program = self._programs[font]
            if program is None:
                return None
            features = font_features(*variants)
            if not _has_capitals(program, style["font_variant_caps"]):
                return None
            if spaced:  # Pango sets letters that are spaced without ligatures.
                features |= {"liga": 0, "clig": 0, "dlig": 0, "hlig": 0}
            self._faces[key] = Face(program, features, style["lang"] or "")
        return self._faces[key]

    def _program(self, style: Style) -> bytes | None:
        """The font that the engine takes for a style's letters, if the styles have it."""
        layout = create_layout("n", style, None, None, 0)
        line, _ = layout.get_first_line()
        font = line.runs[0].data.item.analysis.font
        program: bytes = get_hb_object_data(get_pango_font_hb_face(font))
        layout.deactivate()
        return program if hashlib.sha256(program).hexdigest() in self._pinned else None


def _has_capitals(program: bytes, caps: str) -> bool:
    """Whether a font has the capitals that a style wants; Pango makes up what it lacks."""
    if caps == "normal":
        return True
    wanted: tuple[Mapping[str, int], ...] = ({}, font_features(font_variant_caps=caps))
    return len({Face(program, features, "").width("agnx") for features in wanted}) > 1
