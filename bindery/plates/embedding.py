"""Embedded fonts as older PDF versions know them, before there was OpenType in PDF (1.6)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Object, Stream


def unwrap_outlines(pdf: pikepdf.Pdf) -> None:
    """Embed fonts with PostScript outlines bare, without the OpenType file around them.

    PDF 1.3 knows them so (ISO 32000-1, table 126: CIDFontType0C).
    """
    for _, descriptor in _fonts(pdf):
        program = descriptor.get("/FontFile3")
        if isinstance(program, Stream) and program.get("/Subtype") == Name.OpenType:
            font = TTFont(io.BytesIO(program.read_bytes()), lazy=True)
            bare = Stream(pdf, font.reader["CFF "], Subtype=Name.CIDFontType0C)
            descriptor.FontFile3 = pdf.make_indirect(bare)


def list_glyphs(pdf: pikepdf.Pdf) -> None:
    """Say of every font which glyphs its file has, as PDF/A-1 wants (ISO 19005-1, 6.3.5)."""
    for font, descriptor in _fonts(pdf):
        program = descriptor.get("/FontFile2")
        if font.get("/Subtype") == Name.CIDFontType2 and isinstance(program, Stream):
            count = int(TTFont(io.BytesIO(program.read_bytes()), lazy=True)["maxp"].numGlyphs)
            full, more = divmod(count, 8)
            bits = b"\xff" * full + (bytes([0xFF00 >> more & 0xFF]) if more else b"")
            descriptor.CIDSet = pdf.make_indirect(Stream(pdf, bits))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[Object, Object]]:
    """Every font of glyphs by number, with what describes it."""
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/DescendantFonts" in thing:
            font = thing.DescendantFonts[0]
            if "/FontDescriptor" in font:
                yield font, font.FontDescriptor
