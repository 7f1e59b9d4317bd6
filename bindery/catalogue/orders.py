"""Orders and outcomes: all that a worker needs to print a book, and all that it hands back.

An order holds the book's files as bytes, since a worker may stand on a machine that does not
see the customer's disk.  It takes what a book is made of and no more: `book.toml`,
`index.toml`, Markdown, pictures, the book's own templates and styles, and whatever `[order]`
names.  Hidden folders and links out of the book folder are left where they are.
"""

from __future__ import annotations

import datetime
import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath

from bindery.book import Part
from bindery.errata import Place, Query, Unprintable
from bindery.manuscript import PICTURE_TYPES
from bindery.metadata import FILE, Metadata, read_metadata
from bindery.print_orders import NOTHING_ELSE, Wanted
from bindery.standing_type import engine, key
from bindery.vocabulary import FILE as INDEX
from bindery.workshop import Artifact

MOST = 512 * 1024 * 1024
"""Bytes that the files of one book may take together."""
PARTS = {part.value for part in Part}
TOML = {FILE, INDEX}
OWN = {"templates", "styles"}
"""Folders of a book that are taken along with everything in them."""


class Fate(StrEnum):
    """What can become of an order; the worst comes last."""

    PUBLISHED = "published"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """One book to print."""

    name: str
    """The book folder as the customer calls it."""
    title: str
    """The last part of the folder's path, after which a book without `book.toml` is called."""
    slug: str
    """Name of the finished files."""
    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    """Path in the book folder, with forward slashes, and bytes of every file."""
    editions: tuple[str, ...]
    """Names of the editions to make."""
    wanted: Wanted
    """The printers and the look that are asked for."""
    published: datetime.datetime
    """The moment that the finished files bear."""
    press: str
    """What the customer's machine would print with; see `press_here`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order."""

    name: str
    """The book folder as the customer calls it."""
    fate: Fate
    slug: str = ""
    """Name of the finished files; empty when nobody has looked."""
    artifacts: tuple[Artifact, ...] = field(default=(), repr=False)
    """The finished files."""
    queries: tuple[Query, ...] = ()
    """Places are relative to the book folder."""
    pages: int = 0
    seconds: float = 0.0
    tries: int = 1
    """How often it was given to a worker."""
    message: str = ""
    """Of a failure: what happened, in a sentence."""
    details: str = field(default="", repr=False)
    """Of a failure that is a mistake of Bindery's: what we need to find it."""


def take_order(
    folder: Path,
    editions: tuple[str, ...],
    published: datetime.datetime,
    wanted: Wanted = NOTHING_ELSE,
) -> Order:
    """The order of the book in a folder; `Unprintable` when its files cannot be sent away."""
    if not folder.is_dir():
        hint = "Give the path of a folder with Markdown essays."
        message = f"There is no folder {folder}."
        raise Unprintable([Query("no-book", message, hint, Place(str(folder)))])
    found = dict(_files(folder))
    queries = [
        Query(
            "outside",
            f"{name} is a link out of the book folder.",
            "Copy the file itself into the folder.",
            Place(name),
        )
        for name, is_inside in found.items()
        if not is_inside and _must_come(name)
    ]
    if queries:
        raise Unprintable(queries)
    metadata, _ = read_metadata(folder)
    named = _named(metadata)
    names = [name for name, inside in found.items() if inside and _may_come(name, named)]
    _weigh(folder, names)
    return Order(
        name=str(folder),
        title=folder.resolve().name or "book",
        slug=metadata.file_stem,
        files=tuple((name, (folder / name).read_bytes()) for name in names),
        editions=editions,
        wanted=wanted,
        published=published,
        press=press_here(),
    )


@cache
def press_here() -> str:
    """The fingerprint of everything on this machine that decides how a page comes out."""
    return key("press", engine())


def _files(folder: Path) -> Iterator[tuple[str, bool]]:
    """Every regular file by name, and every link out of the folder; whether it is inside."""
    root = folder.resolve()
    for here, below, names in os.walk(folder, followlinks=True):
        place = Path(here)
        above = {place.resolve(), *(parent.resolve() for parent in place.parents)}
        linked = [name for name in below if (place / name).is_symlink()]
        out = {name for name in linked if not (place / name).resolve().is_relative_to(root)}
        round_again = {name for name in linked if (place / name).resolve() in above}
        hidden = {name for name in below if name.startswith(".")}
        for name in sorted(out):
            yield (place / name).relative_to(folder).as_posix(), False
        below[:] = sorted(set(below) - out - round_again - hidden)
        for name in sorted(names):
            path = place / name
            is_inside = path.resolve().is_relative_to(root)
            if not is_inside or path.is_file():
                yield path.relative_to(folder).as_posix(), is_inside


def _may_come(name: str, named: set[str]) -> bool:
    """Whether a book can be made of such a file."""
    path = PurePosixPath(name)
    is_known = path.suffix == ".md" or path.suffix.lower() in PICTURE_TYPES
    return is_known or name in TOML or name in named or path.parts[0] in OWN


def _must_come(name: str) -> bool:
    """Whether a file with this name is part of the book without anybody naming it."""
    path = PurePosixPath(name)
    if path.parts[0] in PARTS:
        return len(path.parts) == 1 or path.suffix == ".md"
    return name in TOML or path.parts[0] in OWN or (len(path.parts) == 1 and path.suffix == ".md")


def _named(metadata: Metadata) -> set[str]:
    """The files that `[order]` names."""
    order = metadata.order
    return set(map(posixpath.normpath, (*order.front, *order.essays, *order.back)))


def _weigh(folder: Path, names: list[str]) -> None:
    """`Unprintable` when the files are too large together, with the largest of them."""
    sizes = {name: (folder / name).stat().st_size for name in names}
    total = sum(sizes.values())
    if total > MOST:
        largest = max(sizes, key=lambda name: sizes[name])
        message = (
            f"The files of the book take {total / 1024**2:,.0f} MB together, and no more than "
            f"{MOST // 1024**2} MB can be sent to a worker."
        )
        hint = "Make the pictures smaller; this is the largest file."
        raise Unprintable([Query("too-large", message, hint, Place(largest))])
