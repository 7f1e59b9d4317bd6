"""A galley whose paragraphs are set as a whole, and the check that they were.

The steps of WeasyPrint 70's `Document` are taken one by one: the cascade; then paragraphs are
read off it, composed, and put back as lines with their styles; then pages are laid out.  After
that every line is compared with the plan.  A paragraph of which a line differs is left to the
engine, and the galley is set again; where pages fell otherwise than planned (`dividing`), it is
set again with every paragraph's best lines, on pages as they fall.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.document import DocumentMetadata, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document

from bindery.composition import Paragraph, Way, best, ways
from bindery.composition.rewriting import rewrite
from bindery.setting.blocks import measured
from bindery.setting.cascade import Reader
from bindery.setting.checking import Difference, Planned, differences
from bindery.setting.dividing import Decided, agrees, decided
from bindery.setting.dressing import Dresser
from bindery.setting.typecases import TypeCases

ROUNDS = 4
"""How often a galley is set at most; in the last round nothing is composed."""


@dataclass(frozen=True, slots=True)
class Composed:
    """Pages whose lines are those that were planned."""

    document: Document
    planned: tuple[Planned, ...]
    """Paragraphs that were set as a whole."""
    differences: tuple[Difference, ...]
    """Of paragraphs that were left to the engine in the end."""
    is_level: bool
    """Whether pages fell as planned; where they did not, they are as the engine fills them."""


def render(make_html: Any, sheet: Any, fonts: Any, cases: TypeCases) -> Composed:
    """The pages of a galley; `make_html` gives its tree, anew for every round."""
    found: dict[int, Difference] = {}
    is_level = True
    for attempt in range(ROUNDS):
        is_last = attempt == ROUNDS - 1
        document, planned, decision = _attempt(
            make_html(), sheet, fonts, cases, found, is_last, is_level
        )
        wrong = differences(document, planned)
        for difference in wrong:
            found.setdefault(difference.number, difference)
        if wrong:
            continue
        if decision is None or not is_level:
            break
        is_level = agrees(decision, [page._page_box for page in document.pages])
        if is_level:
            break
    return Composed(document, planned, tuple(found[number] for number in sorted(found)), is_level)


def _attempt(
    html: HTML,
    sheet: Any,
    fonts: Any,
    cases: TypeCases,
    left_alone: Mapping[int, Difference],
    plain: bool,
    is_level: bool,
) -> tuple[Document, tuple[Planned, ...], Decided | None]:
    options = {**DEFAULT_OPTIONS, "stylesheets": [sheet]}
    counters = CounterStyle()
    context = Document._build_layout_context(html, fonts, counters, {}, options)
    planned: tuple[Planned, ...] = ()
    decision = None
    if not plain:
        planned, decision = _plan(html, context, counters, cases, left_alone, is_level)
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    pages = [Page(page) for page in layout_document(html, root, context)]
    metadata = DocumentMetadata(**get_html_metadata(html))
    document = Document(pages, metadata, html.url_fetcher, fonts, {}, None)
    document._html = html
    return document, planned, decision


def _plan(
    html: HTML,
    context: Any,
    counters: Any,
    cases: TypeCases,
    left_alone: Mapping[int, Difference],
    is_level: bool,
) -> tuple[tuple[Planned, ...], Decided | None]:
    """Put lines in the place of paragraphs; what is planned for each, and for the pages."""
    styles = context.style_for
    paragraphs = [
        paragraph
        for paragraph in Reader(html, styles, cases).paragraphs()
        if paragraph.number not in left_alone
    ]
    found = {paragraph.number: ways(paragraph) for paragraph in paragraphs}
    chosen = _chosen(paragraphs, found)
    dresser = Dresser(html.etree_element, styles)
    galley = measured(html, context, counters, paragraphs, found) if chosen else None
    decision = decided(galley, planned=is_level) if galley is not None else None
    if decision is not None:
        chosen = {**chosen, **decision.lines}
        for element, values in decision.alterations:
            dresser.alter(element, **values)
    planned = []
    for paragraph in paragraphs:
        if found[paragraph.number]:
            way = found[paragraph.number][chosen[paragraph.number]]
            lines = rewrite(paragraph, way)
            dresser.dress(paragraph, lines)
            planned.append(Planned(paragraph, lines))
    return tuple(planned), decision


def _chosen(
    paragraphs: Sequence[Paragraph], found: Mapping[int, Mapping[int, Way]]
) -> Mapping[int, int]:
    """How many lines each paragraph gets: as many as are best for it."""
    return {each.number: best(found[each.number]) for each in paragraphs if found[each.number]}
