"""Styles for elements that are made after the cascade: lines, and parts of what crosses them.

They are put among WeasyPrint 70's computed styles.  So no selector of a style sheet meets the
new elements, and none misses the old ones: a rule for the first link of a paragraph still finds
it, however many lines stand around it; and nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css import ComputedStyle
from weasyprint.css.properties import Dimension
from weasyprint.text.line_break import strut

from bindery.composition import Line, Paragraph
from bindery.composition.rewriting import Rewritten
from bindery.setting.inline import Style, Styles

LINE_HEIGHT = Dimension(0, "px")
"""Of a line's own element: its block alone says how high lines are."""

LINK_HEIGHT = 0.85
"""Of the lines: what can be clicked or led to; no font makes a line higher by so much."""


class Dresser:
    """Gives elements their styles."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._computed = styles.get_computed_styles()
        self._root = self._computed[root, None]
        self._lines: dict[tuple[Any, ...], Style] = {}
        self._clones: dict[tuple[int, int, bool], Style] = {}
        self._kept: list[Style] = []
        """Styles whose ids are keys."""

    def alter(self, element: Element, **values: Any) -> None:
        """Give an element a style of its own that differs in some computed values."""
        style = self._computed[element, None].copy()
        style.update(values)
        self._computed[element, None] = style

    def dress(self, paragraph: Paragraph, lines: Sequence[Rewritten]) -> None:
        """Dress the block of a paragraph, and all its lines."""
        block = self._computed[paragraph.element, None]
        # Beside a note's number its only line must not be as wide as the measure.
        is_single = len(lines) == 1 and paragraph.lead[0] > 0
        ragged = paragraph.rules.ragged or is_single
        for each in lines:
            self._computed[each.element, None] = self._line(block, each.line, ragged, paragraph)
            for clone, source, parent in each.clones:
                if source is None:
                    self._computed[clone, None] = self._computed[parent, None].anonymous_style
                    continue
                begins = "id" in clone.attrib or "id" not in source.attrib
                self._computed[clone, None] = self._clone(source, parent, begins)
        last = "start" if is_single else "auto" if ragged else "justify"
        self.alter(paragraph.element, white_space="pre-line", text_align_last=last)

    def _line(self, block: Style, line: Line, ragged: bool, paragraph: Paragraph) -> Style:
        # A last line is not spread: its element is as wide as the measure.
        padding = paragraph.measure if line.is_last and not ragged else 0.0
        key = (id(block), line.scale, line.word_spacing, line.left, line.right, padding)
        if key not in self._lines:
            style = block.anonymous_style.copy()
            if block["letter_spacing"] != "normal":
                style["letter_spacing"] = block["letter_spacing"] * line.scale
            style.update(
                white_space="nowrap",
                line_height=LINE_HEIGHT,
                font_size=block["font_size"] * line.scale,
                word_spacing=line.word_spacing,
                margin_left=Dimension(-line.left, "px"),
                margin_right=Dimension(-line.right, "px"),
                padding_right=Dimension(padding, "px"),
            )
            self._lines[key] = style
            self._kept.append(block)
        return self._lines[key]

    def _clone(self, source: Element, parent: Element, begins: bool) -> Style:
        """The style of a part of an element: its own rules, in the line that it stands in."""
        own, around = self._computed[source, None], self._computed[parent, None]
        key = (id(own), id(around), begins)
        if key not in self._clones:
            style = ComputedStyle(
                around,
                own.cascaded,
                None,
                self._root,
                own.base_url,
                own.font_config,
                own.initial_page_sizes,
            )
            if not begins:
                style["anchor"] = None
            if source.get("href") or source.get("id"):
                style["line_height"] = Dimension(LINK_HEIGHT * strut(own)[0], "px")
            self._clones[key] = style
            self._kept += [own, around]
        return self._clones[key]
