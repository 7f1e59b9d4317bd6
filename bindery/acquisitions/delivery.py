"""The new book folder: written beside its place first, then moved there whole."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bindery.acquisitions.particulars import Particulars
from bindery.acquisitions.shelf import warning
from bindery.book import Part
from bindery.errata import Place, Query, Unprintable


def check_destination(source: Path, destination: Path, force: bool) -> None:
    """Raise `Unprintable` when the book must not be written there."""
    place = Place(str(destination))
    inner, outer = destination.resolve(), source.resolve()
    if inner == outer or outer in inner.parents or inner in outer.parents:
        message = f"{destination} and the source lie in each other, and one could spoil the other."
        hint = "Give a folder that is apart from the source."
        raise Unprintable([Query("entangled", message, hint, place)])
    if destination.exists() and not destination.is_dir():
        message = f"{destination} is a file, where a folder is to be made."
        raise Unprintable([Query("destination-taken", message, "Give another path.", place)])
    if destination.is_dir() and any(destination.iterdir()) and not force:
        message = f"The folder {destination} is not empty."
        hint = "Give a new folder, or use --force to write over files of the same name."
        raise Unprintable([Query("destination-taken", message, hint, place)])


@contextmanager
def beside(destination: Path) -> Iterator[Path]:
    """A folder on the same disk, which is gone afterwards, whatever happens."""
    parent = destination.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        outer = Path(tempfile.mkdtemp(prefix=f".{destination.name}-", dir=parent))
    except OSError as mistake:
        raise _cannot_write(destination, mistake) from mistake
    try:
        folder = outer / "book"
        folder.mkdir()
        yield folder
    except OSError as mistake:
        raise _cannot_write(destination, mistake) from mistake
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files by their paths in a folder."""
    (folder / "images").mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def move_into_place(folder: Path, destination: Path) -> list[Query]:
    """Put the finished folder where it belongs; queries about older files that stay there."""
    place = destination.resolve()
    if not place.exists() or not any(place.iterdir()):
        if place.exists():
            place.rmdir()
        folder.rename(place)
        return []
    names = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    for name in names:
        target = place / name
        holder = target.parent
        is_file = holder.exists() and not holder.is_dir()
        if is_file or target.is_dir() or not holder.resolve().is_relative_to(place):
            message = f"{target} stands where no file can be put, or leads out of the book."
            hint = "Move it away, or give another folder."
            raise Unprintable([Query("destination-taken", message, hint, Place(str(target)))])
    for name in names:
        (place / name).parent.mkdir(exist_ok=True)
        (folder / name).replace(place / name)
    older = [
        path.relative_to(place)
        for part in Part
        for path in sorted((place / part.value).glob("*.md"))
        if path.relative_to(place) not in names
    ]
    hint = "Move it away, unless it is of this book."
    return [
        warning("older-file", f"{name} was there before.", hint, Place(name.as_posix()))
        for name in older
    ]


def book_toml(particulars: Particulars, order: dict[Part, list[str]]) -> bytes:
    """The text of `book.toml`."""
    lines = [f"title = {_quoted(particulars.title)}"]
    lines.append(f"language = {_quoted(particulars.language or 'en')}")
    if particulars.description:
        lines.append(f"description = {_quoted(particulars.description)}")
    for name in particulars.authors:
        lines += ["", "[[contributors]]", f"name = {_quoted(name)}", 'roles = ["author"]']
    lines += ["", "[order]"]
    for part, names in order.items():
        lines += [f"{part.value} = [", *(f"  {_quoted(name)}," for name in names), "]"]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is how JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _cannot_write(destination: Path, mistake: OSError) -> Unprintable:
    message = f"The book could not be written: {mistake.strerror or mistake}."
    hint = "See whether you may write there, and whether the disk is full."
    return Unprintable([Query("cannot-write", message, hint, Place(str(destination)))])
