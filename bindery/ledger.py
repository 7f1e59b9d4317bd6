"""The ledger: what was published last, from what, and when.

When nothing that a book is made of has changed, the finished files are good as they are, and
the moment of publishing as well: the same manuscript gives the same bytes, today and tomorrow.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bindery.book import Part, Picture
from bindery.errata import Query
from bindery.house_style import HouseStyle
from bindery.manuscript import Manuscript
from bindery.metadata import FILE
from bindery.standing_type import StandingType, key
from bindery.vocabulary import FILE as INDEX


@dataclass(frozen=True, slots=True)
class Entry:
    """One printing."""

    published: datetime.datetime
    files: tuple[tuple[str, str, str], ...]
    """Path, media type and SHA-256 of every file."""
    pictures: tuple[tuple[str, str], ...]
    """Path and SHA-256 of every picture that was used."""
    queries: tuple[Query, ...]
    pages: int


def key_of_printing(manuscript: Manuscript, house: HouseStyle, asked: object, moment: str) -> str:
    """The key of a printing: everything that decides what comes out, but for the pictures.

    `asked` is what is to be made, as JSON can write it, and `moment` is empty when the moment of
    publishing is not given.  Bytes that are no characters are not in the text of a sheet, and
    files that were left out are no sheets; both are told to the author, so that they count too.
    """
    folder = manuscript.folder
    sheets = [
        (sheet.path, sheet.part, sheet.fingerprint, _digest((folder / sheet.path).read_bytes()))
        for sheet in manuscript.sheets
    ]
    places = [folder, *(folder / part for part in Part)]
    names = sorted(str(path.relative_to(folder)) for place in places for path in place.glob("*.md"))
    toml = folder / FILE
    book = toml.read_bytes().hex() if toml.is_file() else folder.resolve().name
    toml = folder / INDEX
    index = _digest(toml.read_bytes()) if toml.is_file() else ""
    return key("printing", sheets, names, book, index, house.fingerprint, asked, moment)


def last_printing(
    kept: StandingType, name: str, folder: Path, destination: Path
) -> tuple[Entry, dict[str, bytes]] | None:
    """The last printing under a key and its files, if they and the pictures are still the same."""
    entry = kept.get(name)
    if entry is None:
        return None
    try:
        found = TypeAdapter(Entry).validate_json(entry)
        for path, digest in found.pictures:
            if _digest((folder / path).read_bytes()) != digest:
                return None
        files = {path: (destination / path).read_bytes() for path, _, _ in found.files}
    except (ValidationError, OSError):
        return None
    if any(_digest(files[path]) != digest for path, _, digest in found.files):
        return None
    return found, files


def last_moment(kept: StandingType, book: str, folder: Path) -> datetime.datetime | None:
    """When a book as it is now was first printed, whatever was made of it; None if never.

    `book` is the key of a printing of which nothing is asked.
    """
    entry = kept.get(book)
    if entry is None:
        return None
    try:
        found = TypeAdapter(Entry).validate_json(entry)
        same = all(_digest((folder / path).read_bytes()) == sum_ for path, sum_ in found.pictures)
    except (ValidationError, OSError):
        return None
    return found.published if same else None


def write_down(
    kept: StandingType,
    name: str,
    published: datetime.datetime,
    files: Iterable[tuple[str, str, bytes]],
    pictures: Iterable[Picture],
    queries: tuple[Query, ...],
    pages: int,
) -> None:
    """Keep what was published, under the key of its printing."""
    entry = Entry(
        published,
        tuple((path, media_type, _digest(data)) for path, media_type, data in files),
        tuple((picture.path, _digest(picture.data)) for picture in pictures),
        queries,
        pages,
    )
    kept.put(name, TypeAdapter(Entry).dump_json(entry))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
