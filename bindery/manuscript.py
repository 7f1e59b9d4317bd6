"""Find the author's files, in order, each with a fingerprint; nothing outside the book folder.

A book folder has `front/`, `essays/` and `back/` with a Markdown file a chapter, and
`book.toml`, and `index.toml` if it has an index.  A folder that holds only Markdown files is
a book too: they are its essays.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from bindery.book import Part, Picture
from bindery.errata import Place, Query, Severity, Unprintable, nearest
from bindery.metadata import FILE, Metadata, read_metadata, slugify
from bindery.vocabulary import Vocabulary
from bindery.vocabulary.reading import read_vocabulary

PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
"""Endings of pictures that every edition can show, with their media types."""

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd\ufffe\uffff\ue000-\uf8ff]")
"""Control characters, and those that mean nothing outside of one program."""

RESERVED = {"cover", "contents", "copyright", "half-title", "title-page", "index", "notes"}
"""Ids of the chapters that Bindery makes by itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One Markdown file."""

    path: str
    """Path relative to the book folder, with forward slashes."""
    slug: str
    """The file's name as an id, unique in the book."""
    part: Part
    text: str
    """The text in Unicode normal form C, with line feeds only."""
    fingerprint: str
    """SHA-256 of the text, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The author's files, in the order of the book."""

    folder: Path
    metadata: Metadata
    sheets: tuple[Sheet, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def gather(folder: Path) -> tuple[Manuscript, tuple[Query, ...]]:
    """The manuscript in a book folder, with every query about its two TOML files and the others.

    Raises `Unprintable` only when there is no folder or no essay to look at.
    """
    if not folder.is_dir():
        hint = "Give the path of a folder with Markdown essays."
        query = Query("no-book", f"There is no folder {folder}.", hint, Place(str(folder)))
        raise Unprintable([query])
    metadata, queries = read_metadata(folder)
    found = list(queries)
    sheets: list[Sheet] = []
    taken = set(RESERVED)
    for part in Part:
        paths, order_queries = _files(folder, part, metadata)
        found += order_queries
        for path in paths:
            text, text_queries = _read(folder, path)
            found += text_queries
            slug = _fresh(slugify(Path(path).stem) or f"{part.value}-{len(sheets) + 1}", taken)
            fingerprint = hashlib.sha256(text.encode()).hexdigest()
            sheets.append(Sheet(path, slug, part, text, fingerprint))
    if not any(sheet.part is Part.BODY for sheet in sheets):
        message = f"There is no essay in {folder}."
        hint = "Put Markdown files (.md) into the folder essays/ of the book."
        raise Unprintable([*found, Query("no-essays", message, hint, Place("essays"))])
    vocabulary, queries = read_vocabulary(folder, {sheet.path: sheet.slug for sheet in sheets})
    return Manuscript(folder, metadata, tuple(sheets), vocabulary), (*found, *queries)


def fetch_picture(folder: Path, path: str) -> Picture | None:
    """A picture of the book folder; None when there is no such file inside of it."""
    file = folder / path
    media_type = PICTURE_TYPES.get(file.suffix.lower())
    if media_type is None or not _is_inside(folder, file) or not file.is_file():
        return None
    return Picture(path, media_type, file.read_bytes())


def natural(path: str) -> tuple[tuple[int, int, str], ...]:
    """Sorting key that puts essay before essay-2, and that before essay-10."""
    pieces = re.findall(r"\d+|\D+", path.casefold().removesuffix(".md"))
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)


def _files(folder: Path, part: Part, metadata: Metadata) -> tuple[list[str], list[Query]]:
    """The files of one part in their order, with the queries about that order."""
    present, queries = _present(folder, part)
    listed = {
        Part.FRONT: metadata.order.front,
        Part.BODY: metadata.order.essays,
        Part.BACK: metadata.order.back,
    }[part]
    if not listed:
        return present, queries
    kept: list[str] = []
    for name in map(posixpath.normpath, listed):
        file = folder / name
        line = _line_naming(folder, name, again=name in kept)
        if name in kept:
            message = f"[order] {part.value} names {name} twice."
            queries.append(Query("listed-twice", message, "Remove one of them.", Place(FILE, line)))
        elif not _is_inside(folder, file) or not file.is_file():
            near = nearest(name, present)
            hint = f"Did you mean {near}?" if near else "Correct the path or remove it."
            message = f"[order] {part.value} names {name}, which is not in the book folder."
            queries.append(Query("missing-file", message, hint, Place(FILE, line)))
        else:
            kept.append(name)
    for name in present:
        if name not in kept:
            message = f"{name} is not named in [order] {part.value} and was left out."
            hint = f"Add it to [order] in {FILE}, or move it out of the folder."
            queries.append(Query("left-out", message, hint, Place(name), Severity.WARNING))
    return kept, queries


def _present(folder: Path, part: Part) -> tuple[list[str], list[Query]]:
    """Markdown files of a part, in natural order, and a query for each that lies elsewhere."""
    found = sorted((folder / part.value).glob("*.md"))
    if part is Part.BODY and not (folder / part.value).is_dir():
        found = [path for path in folder.glob("*.md") if path.stem.upper() != "README"]
    names = {path.relative_to(folder).as_posix(): _is_inside(folder, path) for path in found}
    hint = "Copy the file itself into the folder."
    queries = [
        Query("outside", f"{name} is a link out of the book folder.", hint, Place(name))
        for name, inside in names.items()
        if not inside
    ]
    return sorted((name for name, inside in names.items() if inside), key=natural), queries


def _read(folder: Path, path: str) -> tuple[str, list[Query]]:
    """The text of a file, with the queries about its encoding."""
    data = (folder / path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        byte = f"0x{data[mistake.start]:02X}"
        message = f"The file is not UTF-8 text: byte {byte} makes no character."
        hint = "Save the file as UTF-8 in your editor."
        text = UNPRINTABLE.sub("", data.decode("utf-8", errors="ignore"))
        return text, [Query("bad-encoding", message, hint, Place(path, line))]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    queries = []
    for found in UNPRINTABLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"The character U+{ord(found[0]):04X} cannot be printed."
        hint = "Delete it, or put the character that was meant."
        queries.append(Query("control-character", message, hint, Place(path, line)))
    return UNPRINTABLE.sub("\ufffd", text), queries


def _fresh(slug: str, taken: set[str]) -> str:
    """The slug, with a number behind it when another file has it already."""
    fresh, number = slug, 2
    while fresh in taken:
        fresh, number = f"{slug}-{number}", number + 1
    taken.add(fresh)
    return fresh


def _is_inside(folder: Path, file: Path) -> bool:
    """Whether a file lies in the folder after all links are followed."""
    return file.resolve().is_relative_to(folder.resolve())


def _line_naming(folder: Path, name: str, again: bool = False) -> int | None:
    """The line of `book.toml` that names a file; the last one when it names it again."""
    lines = (folder / FILE).read_text(encoding="utf-8-sig").splitlines()
    named = re.compile(rf"[\"'](\./)?{re.escape(name)}[\"']")
    found = [number for number, line in enumerate(lines, start=1) if named.search(line)]
    return found[-1 if again else 0] if found else None
