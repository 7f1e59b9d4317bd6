"""Type kept for the next printing: what was made, on disk, by what it was made from.

Printers call type that is kept after a run “standing type”.  Every galley's pages are kept
under a key of all that decides how they look: their HTML, pictures, styles, fonts, and the
versions of the engine.  A galley whose key is known is not set again.  Marked-up chapters are
kept in the same way.

An entry is written under a temporary name and put in place whole, so that a crash or a second
run does no harm; it begins with its own SHA-256, and an entry that does not agree with it is
thrown away.  Entries are data, not programs: JSON and bytes, no pickle.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bindery.set_pages import Anchor, Bookmark, Copy, SetLine, SetPages, UsedFont

FORMAT = b"bindery standing type 1\n"
"""Changes whenever entries are written differently, or pages set differently from the same copy."""
ENGINE = (
    *("weasyprint", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "cssselect2", "fonttools"),
    *("markdown", "nh3", "lxml", "pygments", "pyyaml", "jinja2", "pillow"),
    *("pikepdf", "pypdfium2", "uharfbuzz", "ebooklib"),
)
"""Packages that make anything that is kept."""
MOST = 512 * 1024 * 1024
"""Bytes that the entries may take together; the longest unused go first."""
DAY = 24 * 3600
DIGEST = 64
"""Length of a SHA-256 in hexadecimal digits."""


class StandingType:
    """The entries of one cache folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "type"

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None when there is nothing, or when it is spoilt."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
            start = len(FORMAT) + DIGEST
            digest = hashlib.sha256(entry[start:]).hexdigest().encode()
            if entry[:start] == FORMAT + digest:
                with suppress(OSError):  # One that may only be read is as good.
                    os.utime(path)
                return entry[start:]
            path.unlink(missing_ok=True)
        except OSError:
            return None
        return None

    def has(self, key: str) -> bool:
        """Whether something is kept under a key, spoilt or not."""
        return self._path(key).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key; a folder that cannot be written to keeps nothing."""
        path = self._path(key)
        draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(FORMAT + hashlib.sha256(data).hexdigest().encode() + data)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def sweep(self, most: int = MOST) -> None:
        """Throw the longest unused entries away until the rest takes at most so many bytes."""
        found = []
        for path in self._folder.rglob("*"):
            with suppress(OSError):
                state = path.stat()
                if path.is_file():
                    found.append((state.st_mtime, state.st_size, path))
        left_behind = time.time() - DAY
        total = sum(size for _, size, _ in found)
        for used, size, path in sorted(found):
            if total > most or (path.suffix == ".draft" and used < left_behind):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                total -= size

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def key_of(copy: Copy, styles: str) -> str:
    """The key of a copy's pages; `styles` is the fingerprint of the stylesheet's files."""
    pictures = {path: hashlib.sha256(data).hexdigest() for path, data in copy.pictures.items()}
    kind = (copy.tagged, copy.side, copy.opening, copy.gauge)
    return key("pages", copy.name, copy.html, pictures, kind, styles)


def key(*parts: object) -> str:
    """The key of what is made from these parts by this Bindery and these libraries."""
    said = json.dumps([*parts, own_code(), engine()], sort_keys=True)
    return hashlib.sha256(FORMAT + said.encode()).hexdigest()


def fingerprint(files: Mapping[str, bytes]) -> str:
    """SHA-256 over files by their names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


@cache
def own_code() -> str:
    """The fingerprint of Bindery itself: a new version does not trust the old one's work."""
    package = Path(__file__).parent
    files = {str(path.relative_to(package)): path for path in package.rglob("*.py")}
    return fingerprint({name: path.read_bytes() for name, path in files.items()})


@cache
def engine() -> str:
    """The versions of everything that decides how a page or a chapter comes out."""
    packages = [f"{name} {_version(name)}" for name in ENGINE]
    libraries = [f"{name} {_library_version(*name)}" for name in LIBRARIES]
    return "; ".join(packages + libraries)


LIBRARIES = (
    ("pango-1.0", "pango_version_string"),
    ("harfbuzz", "hb_version_string"),
)
"""Shared libraries, and the functions that tell their versions."""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _library_version(library: str, function: str) -> str:
    for name in (f"lib{library}.so.0", f"lib{library}.dylib", library):
        # To look for a library takes Python 20 ms, on Linux with the help of a compiler.
        found = name if name != library else ctypes.util.find_library(library)
        try:
            tell = getattr(ctypes.CDLL(found), function) if found else None
        except (OSError, AttributeError):
            continue
        if tell is not None:
            tell.restype = ctypes.c_char_p
            return str((tell() or b"").decode())
    return "unknown"


def keep_standing(
    kept: StandingType, styles: str, typeset: Callable[[Sequence[Copy]], Sequence[SetPages]]
) -> Callable[[Sequence[Copy]], list[SetPages]]:
    """A typesetter that sets only what is not standing already."""

    def set_or_fetch(copies: Sequence[Copy]) -> list[SetPages]:
        keys = [key_of(copy, styles) for copy in copies]
        entries = {key: entry for key in keys if (entry := kept.get(key)) is not None}
        found = {key: _read(entry) for key, entry in entries.items()}
        missing = {key: c for key, c in zip(keys, copies, strict=True) if key not in found}
        for name, pages in zip(missing, typeset(list(missing.values())), strict=True):
            found[name] = pages
            kept.put(name, _written(pages))
        return [found[key] for key in keys]

    return set_or_fetch


def _written(pages: SetPages) -> bytes:
    """An entry: how long the facts are, the facts as JSON, the bytes."""
    programs = sorted(pages.programs.items())
    facts = {
        "anchors": [[[a.name, a.x, a.y] for a in page] for page in pages.anchors],
        "bookmarks": [[list(asdict(b).values()) for b in page] for page in pages.bookmarks],
        "fonts": [list(asdict(font).values()) for font in pages.fonts],
        "complaints": pages.complaints,
        "passages": [[[x.page, x.baseline, x.start] for x in lines] for lines in pages.passages],
        "data": len(pages.data),
        "programs": [[name, len(data)] for name, data in programs],
    }
    head = json.dumps(facts, ensure_ascii=False).encode()
    pieces = [str(len(head)).encode(), b"\n", head, pages.data, *(data for _, data in programs)]
    return b"".join(pieces)


def _read(entry: bytes) -> SetPages:
    """The pages of an entry."""
    length, _, rest = entry.partition(b"\n")
    facts: dict[str, Any] = json.loads(rest[: int(length)])
    rest = rest[int(length) :]
    data, rest = rest[: facts["data"]], rest[facts["data"] :]
    programs = {}
    for name, size in facts["programs"]:
        programs[name], rest = rest[:size], rest[size:]
    return SetPages(
        data=data,
        anchors=tuple(tuple(Anchor(*anchor) for anchor in page) for page in facts["anchors"]),
        bookmarks=tuple(tuple(Bookmark(*mark) for mark in page) for page in facts["bookmarks"]),
        fonts=tuple(_font(font) for font in facts["fonts"]),
        programs=programs,
        complaints=tuple(facts["complaints"]),
        passages=tuple(tuple(SetLine(*x) for x in lines) for lines in facts["passages"]),
    )


def _font(facts: list[Any]) -> UsedFont:
    key, family, program, index, characters, widths = facts
    return UsedFont(
        key,
        family,
        program,
        index,
        {int(glyph): text for glyph, text in characters.items()},
        {int(glyph): width for glyph, width in widths.items()},
    )
