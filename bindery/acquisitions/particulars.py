"""What a source says of the whole book: mdBook's `book.toml`, GitBook's `book.json`."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from bindery.acquisitions.shelf import UNPRINTABLE, Shelf, warning
from bindery.acquisitions.summary import SUMMARY
from bindery.errata import Place, Query
from bindery.metadata import FILE, language_tag

GITBOOK = "book.json"


@dataclass(frozen=True, slots=True)
class Particulars:
    """Title, authors and language of a book; empty unless the source says so."""

    title: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    language: str = ""
    summary: str = ""
    """Path of the summary, when the source says where its texts are."""


def read_particulars(shelf: Shelf) -> tuple[Particulars, list[Query]]:
    """What the source says of the book, and queries about what could not be read."""
    queries: list[Query] = []
    book = _table(shelf, FILE, queries).get("book")
    if isinstance(book, dict):
        name = FILE
        summary = posixpath.join(one_line(book.get("src")) or "src", SUMMARY)
    else:
        name, book = GITBOOK, _table(shelf, GITBOOK, queries)
        structure = book.get("structure")
        named = structure.get("summary") if isinstance(structure, dict) else None
        summary = posixpath.join(one_line(book.get("root")), one_line(named) or SUMMARY)
    language, found = read_language(book.get("language"), Place(name))
    particulars = Particulars(
        title=one_line(book.get("title")),
        authors=names_in(book.get("authors") or book.get("author")),
        description=one_line(book.get("description")),
        language=language,
        summary=posixpath.normpath(summary),
    )
    return particulars, [*queries, *found]


def one_line(value: object) -> str:
    """A text, number or date as one line of text; empty for everything else."""
    if value is None or isinstance(value, bool | list | dict):
        return ""
    return " ".join(UNPRINTABLE.sub("", str(value)).split())


def names_in(value: object) -> tuple[str, ...]:
    """The names of people in a text, a list of texts, or a list of tables with names."""
    values = value if isinstance(value, list) else [value]
    names = (one_line(one.get("name") if isinstance(one, dict) else one) for one in values)
    bare = (re.sub(r"\s*<[^<>]*>\s*$", "", name) for name in names)
    return tuple(dict.fromkeys(name for name in bare if name))


def read_language(value: object, place: Place) -> tuple[str, list[Query]]:
    """A language tag, or nothing and a query when that is no tag."""
    written = one_line(value)
    if not written:
        return "", []
    try:
        return language_tag(written.replace("_", "-")), []
    except ValueError:
        message = f"“{written}” is not the tag of a language and was left out."
        hint = "Write a tag such as en, en-GB or ar."
        return "", [warning("bad-language", message, hint, place)]


def _table(shelf: Shelf, name: str, queries: list[Query]) -> dict[str, Any]:
    """The top of a file of settings; empty when there is none that can be read."""
    if shelf.find(name) is None:
        return {}
    text, found = shelf.read(name)
    queries += found
    try:
        top = tomllib.loads(text) if name == FILE else json.loads(text)
    except (ValueError, RecursionError) as mistake:
        message = f"{name} could not be read: {str(mistake).rstrip('.')}."
        hint = "Give title and authors in the new book.toml."
        queries.append(warning("bad-settings", message, hint, Place(name)))
        return {}
    return top if isinstance(top, dict) else {}
