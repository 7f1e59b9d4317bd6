"""A finished PDF read back: its pages as lines, whichever program made it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf

from bindery.evenness.content import glyphs_of
from bindery.evenness.fonts import Font, read_font
from bindery.evenness.lines import Line, Page, lines_of

PARAGRAPHS = frozenset({"/P", "/LBody", "/Note", "/FENote", "/BlockQuote", "/TD", "/TH", "/LI"})
"""Elements of structure that are, or hold directly, a paragraph."""
NO_TEXT = frozenset(
    {"/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Title", "/Caption", "/Table", "/TD", "/TH"}
    | {"/TOC", "/TOCI", "/Index", "/Figure", "/Formula", "/Artifact"}
)
"""Elements in which no line is running text."""
LABEL = "/Lbl"
"""A number or a bullet before an item of a list: no word of its line."""


def read_pages(
    data: bytes,
    wanted: Iterable[int] | None = None,
    versos: Mapping[int, bool] | None = None,
    space: float | None = None,
) -> tuple[Page, ...]:
    """Some pages of a PDF, counted from 0, or all of them.

    `versos` says which are left-hand pages; else every second page is, as in a book that begins
    with its first right-hand page.  `space` is the natural space, in ems, of fonts of which the
    PDF does not tell it: programs that move instead of drawing spaces leave it out.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader = _Reader(pdf, space)
        numbers = range(len(pdf.pages)) if wanted is None else wanted
        return tuple(
            Page(n, versos[n] if versos else n % 2 == 1, reader.lines(pdf.pages[n]))
            for n in numbers
        )


class _Reader:
    """Reads pages of one PDF; its fonts and elements are read once."""

    def __init__(self, pdf: pikepdf.Pdf, space: float | None) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}
        self._space = space
        self._elements: dict[tuple[int, int], tuple[int, frozenset[str]]] = {}
        structure = pdf.Root.get("/StructTreeRoot")
        parents = structure.get("/ParentTree") if structure is not None else None
        self._parents = pikepdf.NumberTree(parents) if parents is not None else None

    def lines(self, page: pikepdf.Page) -> tuple[Line, ...]:
        """The lines of a page, from head to foot."""
        named: Any = page.resources.get("/Font", {})
        fonts = {name: self._font(font) for name, font in named.items()}
        glyphs = glyphs_of(_content(page), fonts, self._space)
        blocks, labels = self._blocks(page)
        return lines_of((glyph for glyph in glyphs if glyph.mark not in labels), blocks)

    def _font(self, font: Any) -> Font:
        known = self._fonts.get(font.objgen)
        if known is None:
            known = self._fonts[font.objgen] = read_font(font)
        return known

    def _blocks(self, page: pikepdf.Page) -> tuple[dict[int, tuple[int, bool]], set[int]]:
        """What the structure says of a page's marked content, and which of it are labels."""
        key = page.obj.get("/StructParents")
        if self._parents is None or key is None or int(key) not in self._parents:
            return {}, set()
        blocks, labels = {}, set()
        for mark, element in enumerate(self._parents[int(key)]):
            if not isinstance(element, pikepdf.Dictionary):
                continue
            block, kinds = self._element(element)
            blocks[mark] = (block, not kinds & NO_TEXT)
            if LABEL in kinds:
                labels.add(mark)
        return blocks, labels

    def _element(self, element: Any) -> tuple[int, frozenset[str]]:
        """The paragraph that an element is part of (0 of none), and all kinds around it."""
        known = self._elements.get(element.objgen)
        if known is not None:
            return known
        above = element.get("/P")
        block, kinds = 0, frozenset[str]()
        if isinstance(above, pikepdf.Dictionary) and "/S" in above:
            block, kinds = self._element(above)
        kind = str(element.get("/S"))
        if kind in PARAGRAPHS:
            block = len(self._elements) + 1
        found = self._elements[element.objgen] = (block, kinds | {kind})
        return found


def _content(page: pikepdf.Page) -> bytes:
    """What a page draws, which may be in several streams."""
    content = page.obj.get("/Contents")
    streams = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(each.read_bytes() for each in streams if isinstance(each, pikepdf.Stream))
