"""Every font once in the document, with the glyphs of the whole book.

The galleys name glyphs by their numbers in the font file, so that the subset keeps those
numbers and no page has to be written again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Name, Stream

from bindery.font_subsets import keep_glyphs
from bindery.imposition.pages import Laid
from bindery.set_pages import UsedFont

COLLECTION = b"ttcf"
SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
"""What begins the name of a font that was cut down (ISO 32000-1, 9.6.4)."""
BATCH = 100
"""Mappings in one `beginbfchar` (Adobe Technical Note 5411 allows no more)."""


def share_fonts(
    pdf: pikepdf.Pdf, laid: Laid, programs: Mapping[str, bytes], *, whole: bool = False
) -> None:
    """Complete every font, and let all pages (and drawings on them) name the same ones.

    With `whole` fonts are not cut down, but for those of collections.
    """
    for key, uses in sorted(laid.fonts.items()):
        program = programs[uses[0].program]
        _complete(pdf, laid.models[key], uses, program, whole and program[:4] != COLLECTION)
    for fonts, names in laid.named:
        for name in names:
            fonts[f"/{name}"] = laid.models[name]


def _complete(
    pdf: pikepdf.Pdf, font: pikepdf.Object, uses: Sequence[UsedFont], program: bytes, whole: bool
) -> None:
    characters: dict[int, str] = {}
    widths: dict[int, float] = {}
    for use in uses:
        characters |= use.characters
        widths |= use.widths
    glyphs = {*characters, *widths}
    data = program if whole else keep_glyphs(program, uses[0].index, glyphs)
    descendant = font.DescendantFonts[0]
    descendant.W = _width_array(widths)
    descriptor = descendant.FontDescriptor
    stream = Stream(pdf, data)
    if data[:4] == b"OTTO":
        stream.Subtype = Name.OpenType
        descriptor.FontFile3 = pdf.make_indirect(stream)
    else:
        stream.Length1 = len(data)
        descriptor.FontFile2 = pdf.make_indirect(stream)
    if "/CIDSet" in descriptor:
        del descriptor["/CIDSet"]
    if whole:
        name = Name(f"/{SUBSET_TAG.sub('', str(font.BaseFont)[1:])}")
        font.BaseFont = descendant.BaseFont = descriptor.FontName = name
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _to_unicode(characters)))


def _width_array(widths: Mapping[int, float]) -> Array:
    """The W array of a CIDFont (ISO 32000-1, 9.7.4.3): runs of glyphs in a row."""
    runs: list[tuple[int, list[float]]] = []
    for glyph in sorted(widths):
        if runs and glyph == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(round(widths[glyph], 3))
        else:
            runs.append((glyph, [round(widths[glyph], 3)]))
    return Array(thing for first, run in runs for thing in (first, Array(run)))


def _to_unicode(characters: Mapping[int, str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <ffff>",
        "endcodespacerange",
    ]
    known = sorted(characters.items())
    for first in range(0, len(known), BATCH):
        batch = known[first : first + BATCH]
        lines.append(f"{len(batch)} beginbfchar")
        lines += [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in batch]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
