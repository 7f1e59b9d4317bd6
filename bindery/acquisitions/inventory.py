"""Which files of a source are the book, in which order, and what it says of itself.

1. With a `SUMMARY.md` (mdBook's or GitBook's), the chapters that it lists.
2. Else every text in the folder, in natural order, without what belongs to its repository.
3. Every text that is left out is told.
"""

from __future__ import annotations

import posixpath
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bindery.acquisitions.particulars import Particulars, read_particulars
from bindery.acquisitions.shelf import Shelf, warning
from bindery.acquisitions.summary import SUMMARY, Found, read_summary
from bindery.errata import Place, Query
from bindery.manuscript import natural

TEXTS = (".md", ".markdown", ".txt")
HOUSEKEEPING = {"README", "LICENSE", "LICENCE", "CHANGELOG"}
"""Texts about the repository, not of the book (unless a summary lists them)."""
NO_NAMES = {"src", "source", "docs", "content", "manuscript", "text"}
"""Names of folders that say nothing of what is in them."""
HASH = re.compile(r"\b(?=[a-z]*\d)[0-9a-f]{12,}\b", re.I)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What came in."""

    shelf: Shelf
    base: str
    """Folder of the texts on the shelf, at which addresses with a leading slash begin."""
    chapters: tuple[Found, ...]
    particulars: Particulars
    """What the source says of the whole book; its title is empty for a single essay."""


def take_inventory(source: Path) -> tuple[Inventory, list[Query]]:
    """The chapters of a source, and queries about what was left out."""
    if source.is_file() and source.name.casefold() != SUMMARY.casefold():
        chapter = Found(source.name)
        return Inventory(Shelf(source.parent), "", (chapter,), Particulars()), []
    shelf = Shelf(source.parent if source.is_file() else source)
    particulars, queries = read_particulars(shelf)
    places = (particulars.summary, posixpath.join("src", SUMMARY), SUMMARY)
    summary = next((name for name in places if name and shelf.find(name)), "")
    if summary:
        title, chapters, found = read_summary(shelf, summary)
        queries += found
    else:
        title = ""
        chapters = tuple(Found(name) for name in _walk(shelf, "", queries))
    names = {chapter.file for chapter in chapters} | {summary}
    if summary:
        for name in sorted(set(_walk(shelf, "", [], everything=True)) - names, key=natural):
            queries.append(_left_out(name, "the summary does not list it"))
    if not particulars.title:
        title = title or readable(_telling_name(shelf.root)) or "Untitled"
        particulars = replace(particulars, title=title)
    return Inventory(shelf, posixpath.dirname(summary), chapters, particulars), queries


def readable(name: str) -> str:
    """A file's or folder's name as a title; empty when it holds no word."""
    words = re.sub(r"^\d+(?=[\W_])", "", HASH.sub("", re.sub(r"[\s_-]+", " ", name)))
    words = " ".join(words.split()).lstrip(".) ")
    if not re.search(r"[^\W\d_]", words):
        return "" if not words.isdecimal() else words
    return string.capwords(words) if words == words.lower() else words


def _telling_name(root: Path) -> str:
    return root.parent.name if root.name.casefold() in NO_NAMES else root.name


def _walk(
    shelf: Shelf, folder: str, queries: list[Query], everything: bool = False
) -> Iterator[str]:
    """The texts in a folder and the folders below, in natural order."""
    entries = (shelf.root / folder).iterdir()
    names = [entry.relative_to(shelf.root).as_posix() for entry in entries]
    for name in sorted(names, key=natural):
        path = shelf.root / name
        if path.is_dir():
            if reason := _reason_against_folder(path):
                if _has_texts(path):
                    queries.append(_left_out(f"{name}/", reason))
            else:
                yield from _walk(shelf, name, queries, everything)
        elif path.suffix.lower() in TEXTS:
            if shelf.find(name) is None:
                message = f"{name} leads out of the source, or to nothing, and was not imported."
                hint = "Put a copy of the file there."
                queries.append(warning("not-imported", message, hint, Place(name)))
            elif everything and not path.name.startswith("."):
                yield name
            elif path.stem.upper() in HOUSEKEEPING or path.name.startswith("."):
                queries.append(_left_out(name, "it is about the folder, not of the book"))
            else:
                yield name


def _reason_against_folder(path: Path) -> str:
    """Why the texts in a folder are not of the book; empty when they may be."""
    if path.is_symlink():
        return "it is a link to another folder"
    if path.name.startswith("."):
        return "it is hidden"
    if path.name in {"node_modules", "_book"}:
        return "it belongs to the tools"
    if path.name == "book" and (path / "index.html").is_file():
        return "it was built by mdBook"
    return ""


def _has_texts(path: Path) -> bool:
    """Whether there is something to tell; what a link leads to is not looked at."""
    return path.is_symlink() or any(
        file.suffix.lower() in TEXTS for file in path.rglob("*") if not file.is_dir()
    )


def _left_out(name: str, reason: str) -> Query:
    hint = "Move or rename it and import again, if it is of the book."
    return warning("left-out", f"{name} was left out: {reason}.", hint, Place(name))
