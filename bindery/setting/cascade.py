"""What the engine's own cascade says of a galley's paragraphs, before anything is laid out.

Nothing is assumed of the styles: fonts, sizes, measures, indents and languages are those that
WeasyPrint 70 has computed for every element.  What is not understood is left to the engine:
other scripts than Latin, Greek and Cyrillic, fonts of the machine, tables, columns, text that
is centred or holds pictures, and whatever styles add words to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout.page import PageType, set_page_type_computed_styles
from weasyprint.text.line_break import strut

from bindery.composition import HYPHEN, Paragraph, Rules
from bindery.composition.rewriting import Run
from bindery.setting.inline import InlineReader, LeftAloneError, Style, Styles, is_element, is_shown
from bindery.setting.typecases import TypeCases

BLOCKS = (("block", "flow"), ("block", "flow", "list-item"), ("block", "flow-root"))
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption"}
"""Whose text the outline takes from the page, or which are a line or two."""
SIDES = ("left", "right")
ALIGNED = {"justify": False, "start": True, "left": True}
"""Whether text that is aligned so is ragged."""
SMALLEST = 20.0
"""Ems; in a narrower measure there is nothing to choose."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """Widths that are the same on all pages, in pixels."""

    text: float
    notes: float


class Reader:
    """Reads the paragraphs of a galley that can be composed."""

    def __init__(self, html: Any, styles: Styles, cases: TypeCases) -> None:
        self._html = html
        self._styles = styles
        self._inline = InlineReader(html.etree_element, styles, cases)
        self._pages: dict[str, _Pages | None] = {}
        self._found: list[Paragraph] = []

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order, a note after the paragraph that calls it."""
        root = self._html.etree_element
        style = self._styles(root)
        pages = self._measures(style["page"])
        if pages is not None and style["display"][0] == "block":
            self._walk(root, style, pages.text)
        return tuple(self._found)

    def _walk(self, element: Element, style: Style, measure: float) -> None:
        """Read a block that has so much room; what is no plain block is passed over."""
        if style["display"] not in BLOCKS or not _is_plain(style):
            return
        inner = _inner(style, measure)
        if inner is None:
            return
        for first, children in self._runs(element):
            if first is not None:
                self._walk(first, self._styles(first), self._page_measure(first, inner))
            else:
                self._read_run(element, style, inner, children)

    def _page_measure(self, element: Element, inner: float) -> float:
        """The room of a block: an element may be on pages of its own kind."""
        pages = self._measures(self._styles(element)["page"])
        ours = self._measures(self._styles(self._html.etree_element)["page"])
        return inner if pages == ours and pages is not None else _other(pages, ours, inner)

    def _runs(
        self, element: Element
    ) -> Iterator[tuple[Element | None, tuple[Element | None, tuple[Element, ...]]]]:
        """The blocks in an element, each by itself, and the runs of inline content between them.

        A run is told by the child after which it begins and by its own children.
        """
        after: Element | None = None
        run: list[Element] = []
        for child in element:
            style = self._styles(child) if is_element(child) else None
            if style is None or not is_shown(style) or _is_inline(style):
                run.append(child)
                continue
            yield None, (after, tuple(run))
            yield child, (None, ())
            after, run = child, []
        yield None, (after, tuple(run))

    def _read_run(
        self,
        element: Element,
        style: Style,
        measure: float,
        where: tuple[Element | None, tuple[Element, ...]],
        note: int = 0,
    ) -> None:
        after, children = where
        number = len(self._found)
        try:
            paragraph = self._paragraph(element, style, measure, Run(after, children), note)
        except LeftAloneError:
            paragraph = None
        if paragraph is not None:
            self._found.append(replace(paragraph, number=number))
        if not note:
            for child in children:
                self._read_notes(child)

    def _read_notes(self, element: Element) -> None:
        for each in element.iter():
            if each in self._inline.notes:
                self._read_note(each)

    def _read_note(self, note: Element) -> None:
        style = self._styles(note)
        pages = self._measures(style["page"])
        inner = _inner(style, pages.notes) if pages is not None else None
        if inner is None:
            return
        number = self._inline.notes[note]
        for first, where in self._runs(note):
            if first is None:
                self._read_run(note, style, inner, where, number)
                number = -1  # Only what comes first follows the number of the note.
                continue
            first_style = self._styles(first)
            within = _inner(first_style, inner) if _is_plain(first_style) else None
            if within is not None and first_style["display"] in BLOCKS:
                self._read_run(first, first_style, within, (None, tuple(first)), -1)
            number = -1

    def _paragraph(
        self, element: Element, style: Style, measure: float, run: Run, note: int
    ) -> Paragraph | None:
        """The paragraph that a run makes; None when there is nothing in it."""
        rules = self._rules(element, style)
        initial = self._inline.initial(element, run)
        if initial is not None:
            run = Run(initial.element, run.children[1:])
        pieces = self._inline.pieces(element, run)
        if not pieces:
            return None
        if element.tag in HEADINGS or measure < SMALLEST * style["font_size"] / 2:
            raise LeftAloneError
        height = strut(style)[0]
        insets = (initial.width,) * ceil(initial.height / height - 0.01) if initial else ()
        return Paragraph(
            number=0,
            element=element,
            pieces=tuple(pieces),
            measure=measure,
            indent=_pixels(style["text_indent"], measure) if run.after is None or initial else 0,
            insets=insets,
            initial=initial.text if initial else "",
            lead=self._inline.marker(element, note) if note > 0 else (0.0, 0),
            line_height=height,
            is_note=bool(note),
            rules=rules,
            first=run,
        )

    def _rules(self, element: Element, style: Style) -> Rules:
        """How freely a block may be set; an error where the styles leave it to the engine."""
        composition = _custom(style, "composition") or "total-fit"
        is_understood = (
            style["text_align_all"] in ALIGNED
            and style["text_align_last"] in ("auto", "start", "left")
            and style["direction"] == "ltr"
            and style["white_space"] == "normal"
            and style["word_spacing"] == 0
            and style["hyphenate_character"] == HYPHEN
            and style["bookmark_level"] == "none"
            and style["string_set"] == "none"
            and not ("list-item" in style["display"] and style["list_style_position"] == "inside")
            and not any(self._styles(element, name) for name in ("first-letter", "first-line"))
            and not self._inline.has_more(element)
        )
        if composition != "total-fit" or not is_understood:
            raise LeftAloneError
        return Rules(
            expansion=_share(_custom(style, "expansion"), 0.015),
            protrusion=_share(_custom(style, "protrusion"), 1.0),
            ragged=ALIGNED[style["text_align_all"]],
        )

    def _measures(self, name: str) -> _Pages | None:
        """The measures of pages with a name; None where left and right pages differ."""
        if name not in self._pages:
            found = {self._measured(name, side) for side in SIDES}
            self._pages[name] = found.pop() if len(found) == 1 else None
        return self._pages[name]

    def _measured(self, name: str, side: str) -> _Pages:
        page = PageType(side=side, blank=False, name=name, index=9, groups=())
        set_page_type_computed_styles(page, self._html, self._styles)
        style = self._styles(page)
        text = _inner(style, style["size"][0]) or 0.0
        area = self._styles(page, "@footnote")
        return _Pages(text, text if area is None else _inner(area, text) or 0.0)


def _other(pages: _Pages | None, ours: _Pages | None, inner: float) -> float:
    if pages is None or ours is None:
        return 0.0
    return inner + pages.text - ours.text


def _is_inline(style: Style) -> bool:
    """Whether an element belongs to the text around it."""
    if style["float"] == "footnote":
        return True
    return bool(style["display"][0] == "inline" or style["float"] != "none")


def _is_plain(style: Style) -> bool:
    """Whether a block stands in the flow, in one column."""
    return bool(
        style["position"] in ("static", "relative")
        and style["float"] == "none"
        and style["column_count"] == "auto"
        and style["column_width"] == "auto"
        and not style["transform"]
    )


def _inner(style: Style, measure: float) -> float | None:
    """The width inside of a block that has so much room; None when it is not understood."""
    names = [f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES]
    try:
        around = sum(_pixels(style[name], measure) for name in names)
        borders = sum(float(style[f"border_{side}_width"]) for side in SIDES)
        most = style["max_width"]
        widest = inf if most.value == inf else _pixels(most, measure)
        if style["width"] == "auto":
            return min(measure - around - borders, widest)
        width = _pixels(style["width"], measure)
        return min(width, widest) if style["box_sizing"] == "content-box" else None
    except LeftAloneError:
        return None


def _pixels(length: Any, measure: float) -> float:
    if length == "auto":
        return 0.0
    if getattr(length, "unit", None) not in ("px", "%"):
        raise LeftAloneError
    return float(length.value * measure / 100 if length.unit == "%" else length.value)


def _custom(style: Style, name: str) -> str:
    """The value of a custom property such as `--composition`."""
    tokens: Sequence[Any] = style[f"__{name}"] or ()
    return "".join(token.serialize() for token in tokens).strip()


def _share(value: str, otherwise: float) -> float:
    """A number or a percentage as a number."""
    try:
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return otherwise
