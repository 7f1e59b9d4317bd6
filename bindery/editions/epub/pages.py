"""Pages of the printed edition in the e-book: a mark where each of them begins, and their list.

Where a page begins is read from the PDF of the same printing: the first letters on it, wherever
they stand in a line, are looked for in the chapter.  So the mark stands before the very word;
a word that is divided between two pages belongs to the second.  Where the letters are not
found, as may happen with scripts that are drawn from right to left, the mark stands at the first
place of the page that can be linked to.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from lxml.html import HtmlElement

from bindery.editions.epub.text import TYPE
from bindery.folios import Leaf
from bindery.markup.tree import HEADINGS, make
from bindery.pagination import SetBook

ENOUGH = (40, 20, 10)
"""Letters in a row by which a place is known for certain; fewer, where no more are left."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a galley as it was printed."""

    folio: str
    lines: tuple[str, ...]
    """The letters of each line, heads and notes among them."""
    anchors: tuple[str, ...]
    """Ids of what stands on it, from its head to its foot."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where in the e-book a printed page begins."""

    folio: str
    id: str


def printed_pages(set_book: SetBook, pdf: bytes) -> dict[str, list[PrintedPage]]:
    """The numbered pages of every galley by its name; `pdf` is the whole book."""
    document = pdfium.PdfDocument(pdf)
    try:
        found: dict[str, list[PrintedPage]] = {}
        for number, leaf in enumerate(set_book.pagination.leaves):
            if leaf.galley and leaf.folio is not None:
                text = document[number].get_textpage().get_text_range()
                page = _page(leaf, text, set_book)
                found.setdefault(leaf.galley, []).append(page)
        return found
    finally:
        document.close()


def mark_pages(
    tree: HtmlElement, slug: str, pages: Sequence[PrintedPage], said: str
) -> tuple[PageMark, ...]:
    """Put a mark into a chapter's text where every page but its first begins.

    `said` is what a mark says, such as “Page {number}”.  Pages that begin nowhere in the text,
    such as those that hold only the end of a long note, have no mark.
    """
    if len(pages) < 2:
        return ()
    nodes = list(_nodes(tree))
    starts = {node.element: node.before for node in nodes if not node.is_tail}
    anchored = {e.get("id") or "": start for e, start in starts.items() if e.get("id")}
    text = "".join(node.letters for node in nodes)
    marks = []
    for page, found in reversed(_offsets(text, anchored, pages)):
        offset = _with_headings(found, tree, starts)
        mark = PageMark(page.folio, mark_id(slug, page.folio))
        attributes = {"role": "doc-pagebreak", "id": mark.id}
        span = make("span", attributes | {"aria-label": said.format(number=page.folio)})
        span.set(TYPE, "pagebreak")
        _insert(span, nodes, starts, offset)
        marks.append(mark)
    return tuple(reversed(marks))


def mark_id(slug: str, folio: str) -> str:
    """The id of a page's mark; no heading of an author can have it."""
    return f"{slug}--ix-page-{folio}"


@dataclass(slots=True)
class _Node:
    """A piece of text, before or behind an element's beginning or end."""

    element: HtmlElement
    is_tail: bool
    letters: str
    before: int
    """Letters of the chapter before it."""

    @property
    def text(self) -> str:
        """As it stands in the tree now."""
        return (self.element.tail if self.is_tail else self.element.text) or ""


def letters_of(text: str) -> str:
    """The letters of a text, without case, spaces and signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalpha())


def _page(leaf: Leaf, text: str, set_book: SetBook) -> PrintedPage:
    anchors = set_book.standing[leaf.galley].anchors[leaf.number]
    names = [anchor.name for anchor in sorted(anchors, key=lambda a: (-a.y, a.x))]
    lines = (letters_of(line) for line in text.splitlines())
    return PrintedPage(str(leaf.folio), tuple(filter(None, lines)), tuple(names))


def _nodes(tree: HtmlElement) -> Iterator[_Node]:
    """All pieces of text in their order."""
    before = 0
    waiting: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while waiting:
        element, is_tail = waiting.pop()
        letters = letters_of((element.tail if is_tail else element.text) or "")
        yield _Node(element, is_tail, letters, before)
        before += len(letters)
        if not is_tail:
            for child in reversed(element):
                waiting += [(child, True), (child, False)]


def _offsets(
    text: str, anchored: Mapping[str, int], pages: Sequence[PrintedPage]
) -> list[tuple[PrintedPage, int]]:
    """The pages that begin in the text, with the letters before them."""
    found: list[tuple[PrintedPage, int]] = []
    start, previous = 0, pages[0] if pages else None
    for page in pages[1:]:
        room = sum(map(len, previous.lines)) + max(ENOUGH) if previous else 0
        offset = _search(text, page.lines, start, start + room)
        if offset is None:
            places = (anchored[name] for name in page.anchors if name in anchored)
            offset = next((place for place in places if place > start), None)
        if offset is not None and offset < len(text):
            found.append((page, offset))
            start, previous = offset + 1, page
    return found


def _search(text: str, lines: Sequence[str], start: int, end: int) -> int | None:
    """Where the first line that stands in this part of the text stands there."""
    for enough in ENOUGH:
        for first in range(len(lines)):
            words = "".join(lines[first : first + enough])[:enough]
            place = text.find(words, start, end + enough) if len(words) == enough else -1
            if place >= 0:
                return place
    return None


def _with_headings(offset: int, tree: HtmlElement, starts: Mapping[HtmlElement, int]) -> int:
    """Where headings begin that end at an offset.

    A heading stands with what follows it; but it may be drawn after it, and so be read late.
    """
    for heading in reversed(list(tree.iter(*HEADINGS))):
        start = starts[heading]
        if start + len(letters_of(str(heading.text_content()))) == offset:
            offset = start
    return offset


def _insert(
    span: HtmlElement, nodes: Sequence[_Node], starts: Mapping[HtmlElement, int], offset: int
) -> None:
    """Put an element before the word that holds the letter at an offset, or before its figure."""
    node = next(n for n in nodes if n.before <= offset < n.before + len(n.letters))
    for figure in node.element.iterancestors("figure"):
        if starts[figure] == offset:
            figure.addprevious(span)
            return
    text, place, count = node.text, 0, node.before
    while count + len(letters_of(text[place])) <= offset:
        count += len(letters_of(text[place]))
        place += 1
    while place and not text[place - 1].isspace():
        place -= 1
    parent = node.element.getparent()
    if not node.is_tail:
        node.element.text, span.tail = text[:place], text[place:]
        node.element.insert(0, span)
    elif parent is not None:
        node.element.tail, span.tail = text[:place], text[place:]
        parent.insert(parent.index(node.element) + 1, span)
