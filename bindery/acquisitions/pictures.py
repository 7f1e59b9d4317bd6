"""Pictures: each gets a name of its own in `images/`, in a type that every edition can show."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from PIL import Image

from bindery.acquisitions.shelf import Shelf
from bindery.manuscript import PICTURE_TYPES
from bindery.metadata import slugify
from bindery.references import UNSAFE_SVG

FOLDER = "images"
DRAWING = ".svg"


class Pictures:
    """The pictures that were taken over, by their paths in the new book."""

    def __init__(self, shelf: Shelf) -> None:
        self.data: dict[str, bytes] = {}
        self._shelf = shelf
        self._paths: dict[str, str] = {}

    def take(self, name: str) -> tuple[str, str]:
        """The new path of a picture on the shelf, and what is to be said about it, if anything.

        The path is empty when the picture cannot be shown.
        """
        if name in self._paths:
            return self._paths[name], ""
        path = self._shelf.find(name)
        if path is None:
            return "", "lies outside of the source" if self._shelf.is_barred(name) else "is missing"
        data, ending, said = path.read_bytes(), path.suffix.lower(), ""
        if ending == DRAWING:
            if UNSAFE_SVG.search(data):
                return "", "holds a script or reaches for other files"
        else:
            kind = _kind(data)
            if PICTURE_TYPES.get(ending) != f"image/{kind}":
                data, ending, said = _as_png(data), ".png", "was saved anew as PNG"
                if not data:
                    return "", "is no picture that can be printed"
        self._paths[name] = self._fresh(name, ending)
        self.data[self._paths[name]] = data
        return self._paths[name], said

    def _fresh(self, name: str, ending: str) -> str:
        stem = slugify(PurePosixPath(name).stem) or "picture"
        path, number = f"{FOLDER}/{stem}{ending}", 2
        while path in self.data:
            path, number = f"{FOLDER}/{stem}-{number}{ending}", number + 1
        return path


def _kind(data: bytes) -> str:
    """What kind of picture it is, whatever its name says; empty when it is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return (picture.format or "").lower()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def _as_png(data: bytes) -> bytes:
    """The picture as PNG; empty when Pillow cannot open it."""
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.convert("RGBA" if picture.has_transparency_data else "RGB").save(made, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return made.getvalue()
