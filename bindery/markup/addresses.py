"""Links and pictures: where each is addressed to, and the place where its author wrote it."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml.html import HtmlElement

from bindery.book import Reference
from bindery.errata import Query, Severity
from bindery.markup.source import Source
from bindery.markup.tree import plain

EMPTY = (
    r"(?<!!)\[(?:[^\[\]]|!?\[[^\[\]]*\](?:\([^()]*\))?)*\]\(\s*(?:<\s*>)?\s*\)"
    r"|<a\b[^<>]*\bhref\s*=\s*(?:\"\s*\"|'\s*')"
)
"""A link without an address."""
IMAGE = r"!\[|<img\b"
ABROAD = re.compile(r"^([a-z][a-z0-9+.-]*:|//)", re.I)


def take_links(tree: HtmlElement, source: Source) -> tuple[tuple[Reference, ...], list[Query]]:
    """Every link of the text but the calls of notes, as written; a query for each that is empty."""
    queries = []
    found = [a for a in tree.iter("a") if "footnote" not in (a.get("class") or "")]
    empty = [link for link in found if link.get("href") == ""]
    targets = [target for link in found if (target := link.get("href") or "")]
    links = tuple(Reference(target, source.address(target)) for target in targets)
    for nth, link in enumerate(empty):
        message = f"The link “{plain(link)}” has no address."
        hint = "Put one between the brackets: [words](other-essay.md#section), or remove them."
        place = source.nth(EMPTY, nth, len(empty))
        queries.append(Query("empty-link", message, hint, place))
    return links, queries


def settle_pictures(tree: HtmlElement, source: Source) -> tuple[tuple[Reference, ...], list[Query]]:
    """Address every picture by its path in the book folder; the pictures, and queries."""
    pictures, queries = [], []
    images = list(tree.iter("img"))
    for nth, image in enumerate(images):
        address = image.get("src") or ""
        place = source.address(address) if address else source.nth(IMAGE, nth, len(images))
        if not address or ABROAD.match(address):
            message = f"The picture {address or 'without an address'} is not in the book folder."
            hint = "Save it into the folder images/ of the book and give its path."
            queries.append(Query("picture-abroad", message, hint, place))
            continue
        if not (image.get("alt") or "").strip():
            image.set("alt", "")
            message = f"The picture {address} has no alternative text."
            hint = "Say in the square brackets what it shows, for readers who cannot see it."
            queries.append(Query("no-alt", message, hint, place, Severity.WARNING))
        folder = posixpath.dirname(source.path)
        path = posixpath.normpath(posixpath.join(folder, unquote(address)))
        image.set("src", path)
        pictures.append(Reference(path, place))
    return tuple(pictures), queries
