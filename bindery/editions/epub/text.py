"""Chapters as the XHTML of an e-book: notes linked, links between files, EPUB's own words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from markupsafe import Markup

from bindery.book import Chapter, EditedBook
from bindery.galleys import fill_labels
from bindery.indexing.surroundings import surroundings
from bindery.markup.tree import inner

OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
NOTES = "notes"
"""Name of the document that holds the notes of all chapters."""

ID = re.compile(r'\sid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the e-book something stands that the index points to."""

    chapter: Chapter
    paragraph: int
    """Counted from 1 in the chapter; that of its call for what stands in a note."""
    note: int
    """Number of the note that it stands in; 0 for the text."""
    href: str
    """Its address, from any document of the text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A chapter's text, dressed for its document, with all places in it."""

    tree: HtmlElement
    spots: Mapping[str, Spot]
    """By their ids; the chapter's slug is its title."""


def parse(fragment: str) -> HtmlElement:
    """An XHTML fragment in a `div` that knows the prefix epub:."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    root = etree.fromstring(f'<div xmlns:epub="{OPS}">{fragment}</div>', parser)
    return cast(HtmlElement, root)


class Atlas:
    """Which document of the e-book holds which id."""

    def __init__(self, book: EditedBook) -> None:
        self._slugs = {chapter.slug for chapter in book.chapters}
        self._images = {p.path: image_path(n, p.path) for n, p in enumerate(book.pictures, 1)}

    def href(self, anchor: str) -> str:
        """The address of an id, from any document of the text."""
        slug, _, name = anchor.partition("--")
        if name.startswith("note-"):
            return f"{NOTES}.xhtml#{anchor}"
        if slug in self._slugs:
            return f"{slug}.xhtml" + (f"#{anchor}" if name else "")
        return f"#{anchor}"

    def image(self, path: str) -> str:
        """The address of a picture, from any document of the text."""
        return posixpath.join("..", self._images[path])

    @property
    def images(self) -> Mapping[str, str]:
        """Path in the e-book of each picture of the book."""
        return self._images


def image_path(number: int, path: str) -> str:
    """An ASCII name for a picture in the e-book."""
    return f"images/image-{number:02}{posixpath.splitext(path)[1].lower()}"


def chapter_text(chapter: Chapter, atlas: Atlas, words: Mapping[str, str]) -> Text:
    """A chapter's text, dressed for its document, and where in it everything stands."""
    tree = parse(chapter.xhtml)
    spots = {
        name: Spot(chapter, max(place.paragraph, 1), 0, atlas.href(name))
        for name, place in surroundings(chapter).places.items()
    }
    for note in chapter.notes:
        called = spots.get(note.call_id)
        paragraph = called.paragraph if called else 1
        for name in (note.id, *(name for text in note.paragraphs for name in ID.findall(text))):
            spots[name] = Spot(chapter, paragraph, note.number, f"{NOTES}.xhtml#{name}")
    _dress(tree, atlas, words)
    return Text(tree, spots)


def markup_of(tree: HtmlElement) -> Markup:
    """What a tree of the e-book holds, for its template."""
    return Markup(inner(tree))


def note_texts(
    chapter: Chapter, atlas: Atlas, words: Mapping[str, str]
) -> tuple[dict[str, object], ...]:
    """Each note of a chapter: id, number, address of its call, paragraphs."""
    return tuple(
        {
            "id": note.id,
            "number": note.number,
            "call": f"{chapter.slug}.xhtml#{note.call_id}",
            "paragraphs": [_ready(text, atlas, words) for text in note.paragraphs],
        }
        for note in chapter.notes
    )


def fragment(text: str, atlas: Atlas, words: Mapping[str, str]) -> Markup:
    """Any other fragment, such as an epigraph."""
    return _ready(text, atlas, words)


def _ready(text: str, atlas: Atlas, words: Mapping[str, str]) -> Markup:
    tree = parse(text)
    _dress(tree, atlas, words)
    return markup_of(tree)


def _dress(tree: HtmlElement, atlas: Atlas, words: Mapping[str, str]) -> None:
    """Make a fragment one of the e-book."""
    fill_labels(tree, words)
    for label in tree.iter("span"):
        if label.get("class") == "label":
            label.tail = f" {(label.tail or '').lstrip()}"
    for link in tree.iter("a"):
        address = link.get("href") or ""
        if address.startswith("#"):
            link.set("href", atlas.href(address[1:]))
        if "noteref" in (link.get("class") or "").split():
            link.set(TYPE, "noteref")
            link.set("role", "doc-noteref")
    for image in tree.iter("img"):
        image.set("src", atlas.image(image.get("src") or ""))
    for element in tree.iter():
        if element.get("lang"):
            element.set("{http://www.w3.org/XML/1998/namespace}lang", element.get("lang") or "")
