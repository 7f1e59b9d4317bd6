"""The table of contents that mdBook and GitBook keep in `SUMMARY.md`.

Links before the list are front matter, links after it back matter, and the items of the list
essays.  Bindery has no parts: their headings, and how deep an item stands, are left away.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from bindery.acquisitions.links import COMMENT, Mention, mentions
from bindery.acquisitions.shelf import Shelf, joined, warning
from bindery.book import Part
from bindery.errata import Query
from bindery.markup.addresses import ABROAD
from bindery.markup.source import Source

SUMMARY = "SUMMARY.md"
ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?P<words>.*)$")
HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})\s+(?P<words>.*?)[\s#]*$")
NO_TITLES = {"summary", "table of contents", "contents"}
README = "README.md"


@dataclass(frozen=True, slots=True)
class Found:
    """A text that is a chapter of the book."""

    file: str
    """Path on the shelf."""
    part: Part = Part.BODY
    title: str = ""
    """Markdown; what the summary calls it."""


def read_summary(shelf: Shelf, name: str) -> tuple[str, tuple[Found, ...], list[Query]]:
    """The title that a summary gives, the chapters that it lists, and queries."""
    text, queries = shelf.read(name)
    source = Source(name, COMMENT.sub(lambda c: "\n" * c[0].count("\n"), text))
    lines = source.text.split("\n")
    items = [number for number, line in enumerate(lines, start=1) if ITEM.match(line)]
    chapters: dict[str, Found] = {}
    listed = set()
    for mention in mentions(source):
        line = source.place(mention.start).line or 0
        if mention.picture or line in listed:
            continue
        listed.add(line)
        found = _chapter(shelf, source, mention, queries)
        if found and items and line not in items:
            part = Part.FRONT if line < items[0] else Part.BODY
            found = replace(found, part=Part.BACK if line > items[-1] else part)
        if found and found.file in chapters:
            if "#" not in mention.address:
                message = f"The summary lists {found.file} twice; it was imported once."
                place = source.place(mention.start)
                queries.append(warning("listed-twice", message, "Nothing need be done.", place))
        elif found:
            chapters[found.file] = found
    title, heads = _headings(lines, listed, items)
    if heads:
        line = heads[0]
        message = f"The summary's {len(heads)} headings of parts were left away."
        hint = "A Bindery book has no parts; its essays follow each other."
        place = source.place(len("\n".join(lines[: line - 1])) + 1 if line > 1 else 0)
        queries.append(warning("parts-left-away", message, hint, place))
    return title, tuple(chapters.values()), queries


def _headings(lines: list[str], listed: set[int], items: list[int]) -> tuple[str, list[int]]:
    """The book's title, and the lines of parts: headings, and items that are no links."""
    title = ""
    heads = [line for line in items if line not in listed]
    first = min([*items, *listed], default=len(lines) + 1)
    for number, line in enumerate(lines, start=1):
        heading = HEADING.match(line)
        if not heading or number in listed:
            continue
        if number > first or len(heading["marks"]) > 1:
            heads.append(number)
        elif heading["words"].casefold() not in NO_TITLES:
            title = title or heading["words"]
    return title, sorted(heads)


def _chapter(shelf: Shelf, source: Source, mention: Mention, queries: list[Query]) -> Found | None:
    """The chapter that a link of the summary stands for; None, and a query, when none does."""
    place = source.place(mention.start)
    words = f"“{mention.text}”"
    if not mention.address:
        message = f"{words} is a draft without a file and was left out."
        queries.append(warning("draft", message, "Write it, and link to it in the summary.", place))
        return None
    hint = "Correct the summary and import again, or write the chapter."
    if ABROAD.match(mention.address):
        message = f"{words} is an address on the network and was left out."
        queries.append(warning("not-imported", message, hint, place))
        return None
    path = joined(source.path, unquote(mention.address.partition("#")[0]), _folder(source))
    for name in (path, posixpath.join(path, README)):
        if shelf.find(name) and name.lower().endswith((".md", ".markdown", ".txt")):
            return Found(name, title=mention.text)
    reason = "lies outside of the source" if shelf.is_barred(path) else "is no text of the source"
    message = f"The summary lists {path}, which {reason}; it was not imported."
    queries.append(warning("not-imported", message, hint, place))
    return None


def _folder(source: Source) -> str:
    return posixpath.dirname(source.path)
