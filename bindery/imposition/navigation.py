"""How a reader finds the way: destinations, outline, page labels, and what links are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from bindery.folios import Pagination
from bindery.imposition.pages import Laid
from bindery.set_pages import Bookmark

LEAF = 64
"""Names in one leaf of the tree of destinations."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words in the document that are seen or heard, in the book's language."""

    page: str
    """“Page {number}”, what a link is called that leads to a page."""
    cover: str
    """The label of the cover's page."""


@dataclass(slots=True)
class _Heading:
    """A bookmark with those below it."""

    bookmark: Bookmark | None
    page: int = 0
    below: list[_Heading] = field(default_factory=list)


def draw_up_navigation(pdf: pikepdf.Pdf, laid: Laid, pagination: Pagination, words: Words) -> None:
    """Everything by which a viewer leads a reader through the book."""
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(_destinations(pdf, laid)))
    pdf.Root.PageLabels = Dictionary(Nums=Array(_labels(pagination, words.cover)))
    _name_links(laid, pagination, words.page)
    headings = _headings(laid)
    if headings:
        outline = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        first, last, count = _outline(pdf, laid, headings, outline)
        outline.First, outline.Last, outline.Count = first, last, count
        pdf.Root.Outlines = outline


def _destinations(pdf: pikepdf.Pdf, laid: Laid) -> Dictionary:
    """The tree of names (ISO 32000-1, 7.9.6): leaves of sorted names with their limits."""
    where: dict[str, Array] = {}
    for name, galley in laid.galleys.items():
        for number, anchors in enumerate(laid.book.standing[name].anchors):
            page = laid.leaves[galley.first + number].obj
            for anchor in anchors:
                place = [round(anchor.x, 3), round(anchor.y, 3), 0]
                where.setdefault(anchor.name, Array([page, Name.XYZ, *place]))
    names = sorted(where, key=lambda name: bytes(String(name)))
    leaves = []
    for first in range(0, len(names), LEAF):
        batch = names[first : first + LEAF]
        pairs = Array(thing for name in batch for thing in (String(name), where[name]))
        limits = Array([String(batch[0]), String(batch[-1])])
        leaves.append(pdf.make_indirect(Dictionary(Names=pairs, Limits=limits)))
    return Dictionary(Kids=Array(leaves))


def _labels(pagination: Pagination, cover: str) -> Iterator[int | Dictionary]:
    """The number tree of page labels (ISO 32000-1, 12.4.2): one entry where a series begins."""
    series: object = "nothing yet"
    for place, leaf in enumerate(pagination.leaves):
        current = None if leaf.folio is None else leaf.folio.roman
        if current == series:
            continue
        series = current
        yield place
        if leaf.folio is None:
            yield Dictionary(P=String(cover))
        else:
            style = Name.r if leaf.folio.roman else Name.D
            yield Dictionary(S=style, St=leaf.folio.number)


def _name_links(laid: Laid, pagination: Pagination, page_words: str) -> None:
    """Say of each link where it leads, for those who hear it (ISO 14289-1, 7.18.5)."""
    for leaf in laid.leaves:
        for annotation in leaf.obj.get("/Annots", ()):
            target = str(annotation.get("/Dest", ""))
            if target in pagination.folios:
                annotation.Contents = String(page_words.format(number=pagination.folios[target]))


def _headings(laid: Laid) -> list[_Heading]:
    """All bookmarks as a tree; one that skips a level hangs under the nearest above it."""
    root = _Heading(None)
    path: list[tuple[int, _Heading]] = [(0, root)]
    for name, galley in laid.galleys.items():
        for number, bookmarks in enumerate(laid.book.standing[name].bookmarks):
            for bookmark in bookmarks:
                while path[-1][0] >= bookmark.level:
                    path.pop()
                heading = _Heading(bookmark, galley.first + number)
                path[-1][1].below.append(heading)
                path.append((bookmark.level, heading))
    return root.below


def _outline(
    pdf: pikepdf.Pdf, laid: Laid, headings: list[_Heading], parent: Object
) -> tuple[Object, Object, int]:
    """The items of one level: the first, the last, and how many are open in and under it."""
    items: list[Object] = []
    total = 0
    for heading in headings:
        mark = heading.bookmark
        if mark is None:
            continue
        page = laid.leaves[heading.page].obj
        place = Array([page, Name.XYZ, round(mark.x, 3), round(mark.y, 3), 0])
        title = String(mark.label)
        item = pdf.make_indirect(Dictionary(Title=title, Dest=place, Parent=parent))
        total += 1
        if heading.below:
            item.First, item.Last, count = _outline(pdf, laid, heading.below, item)
            item.Count = count if mark.is_open else -count
            total += count if mark.is_open else 0
        if items:
            items[-1].Next, item.Prev = item, items[-1]
        items.append(item)
    return items[0], items[-1], total
