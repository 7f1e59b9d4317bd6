"""The fonts of a PDF as far as lines need them: how far glyphs advance, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

EM = 1000
UNKNOWN = "\ufffd"
SPACE = 0.25
"""Ems; the natural space of a font that has none, as most faces have it."""
WIDEST_SPACE = 0.7
"""Ems; a space glyph that is wider than that of any typewriter is no space between words."""
RANGES = re.compile(
    rb"beginbfchar(?P<pairs>.*?)endbfchar|beginbfrange(?P<rows>.*?)endbfrange", re.S
)
HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
PAIR = re.compile(HEX + rb"\s*" + HEX)
ROW = re.compile(HEX + rb"\s*" + HEX + rb"\s*(?:" + HEX + rb"|\[(.*?)\])", re.S)
EACH = re.compile(HEX)


class Sign(NamedTuple):
    """What a code of a font draws."""

    width: float
    """Advance in ems."""
    text: str
    """What it stands for; U+FFFD when nobody says."""
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a PDF."""

    wide: bool
    """Whether a code has two bytes."""
    signs: Mapping[int, Sign]
    other: Sign
    """What every other code draws."""
    space: float | None
    """Advance of its space in ems; None when the file leaves the glyph out, as programs do that
    move instead of drawing spaces.
    """


def read_font(font: Any) -> Font:
    """A font as a PDF describes it; one that it describes badly has only widths of nothing."""
    texts = _texts(font)
    wide = font.get("/Subtype") == "/Type0"
    if wide:
        inner = font.DescendantFonts[0]
        widths = _wide_widths(inner.get("/W", ()))
        other = float(inner.get("/DW", EM)) / EM
    else:
        other = 0.0
        first = int(font.get("/FirstChar", 0))
        widths = {first + n: float(w) / EM for n, w in enumerate(font.get("/Widths", ()))}
        texts = {code: chr(code) for code in widths} | texts
    signs = {
        c: _sign(widths.get(c, other), texts.get(c, UNKNOWN)) for c in sorted({*texts, *widths})
    }
    drawn = (sign.width for sign in signs.values() if sign.text == " ")
    space = next((width for width in drawn if 0 < width < WIDEST_SPACE), None)
    return Font(wide, signs, _sign(other, UNKNOWN), space)


def _sign(width: float, text: str) -> Sign:
    return Sign(width, text, width > 0 and not text.isspace())


def _wide_widths(runs: Any) -> dict[int, float]:
    """`first [w w w]` and `first last w` of ISO 32000-2, 9.7.4.3."""
    found: dict[int, float] = {}
    waiting: list[int] = []
    for thing in runs:
        if isinstance(thing, pikepdf.Array):
            first = waiting.pop()
            found |= {first + n: float(width) / EM for n, width in enumerate(thing)}
        elif len(waiting) == 2:
            found |= dict.fromkeys(range(waiting[0], waiting[1] + 1), float(thing) / EM)
            waiting = []
        else:
            waiting.append(int(thing))
    return found


def _texts(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    if not isinstance(font.get("/ToUnicode"), pikepdf.Stream):
        return found
    for match in RANGES.finditer(font.ToUnicode.read_bytes()):
        if match["pairs"] is not None:
            found |= {int(code, 16): _text(text) for code, text in PAIR.findall(match["pairs"])}
            continue
        for first, last, text, each in ROW.findall(match["rows"]):
            codes = range(int(first, 16), int(last, 16) + 1)
            if each:
                found |= dict(zip(codes, map(_text, EACH.findall(each)), strict=False))
            else:
                start = _text(text)
                ends = _last_of(start)
                found |= {c: start[:-1] + chr(ends + n) for n, c in enumerate(codes)}
    return found


def _last_of(text: str) -> int:
    """The last character's number; 0 of no text."""
    return ord(text[-1]) if text else 0


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
