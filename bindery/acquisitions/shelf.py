"""The source folder, of which nothing outside is ever read, and the words said about it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from bindery.errata import Place, Query, Severity

CODES = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffd-\\uffff\\ue000-\\uf8ff\\ud800-\\udfff"
UNPRINTABLE = re.compile(f"[{CODES}\\U000f0000-\\U0010ffff]")
"""Characters that no page can show: controls, private use, surrogates, and none at all."""

BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def warning(code: str, message: str, hint: str, place: Place) -> Query:
    """A query that stops nothing."""
    return Query(code, message, hint, place, Severity.WARNING)


class Shelf:
    """The files of one source, by their paths in it, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def find(self, name: str) -> Path | None:
        """The file of that name; None when there is none, or when a link leads outside."""
        path = self.root / name
        try:
            inside = path.resolve().is_relative_to(self.root) and path.is_file()
        except (OSError, ValueError):  # Such as a name too long, or with a NUL in it.
            return None
        return path if inside else None

    def is_barred(self, name: str) -> bool:
        """Whether something of that name exists, but outside of the source."""
        try:
            return not (self.root / name).resolve().is_relative_to(self.root)
        except (OSError, ValueError):
            return False

    def read(self, name: str) -> tuple[str, list[Query]]:
        """The text of a file with line feeds only and nothing unprintable, and queries."""
        text, queries = decode((self.root / name).read_bytes(), name)
        cleaned = UNPRINTABLE.sub("", text)
        if cleaned != text:
            found = UNPRINTABLE.findall(text)
            line = text[: text.index(found[0])].count("\n") + 1
            number = f"U+{ord(found[0]):04X}"
            message = (
                f"Characters that cannot be printed were removed: {len(found)}, first {number}."
            )
            hint = "See whether anything is missing there."
            queries.append(warning("control-character", message, hint, Place(name, line)))
        return cleaned, queries


def decode(data: bytes, name: str) -> tuple[str, list[Query]]:
    """The text that some bytes stand for, and a query when its encoding had to be guessed."""
    queries = []
    encoding = next((e for mark, e in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        message = "The file is not UTF-8 text; it was read as Windows-1252."
        hint = "See whether its accents and quotation marks are right."
        queries.append(warning("guessed-encoding", message, hint, Place(name)))
    return text.replace("\r\n", "\n").replace("\r", "\n"), queries


def joined(file: str, address: str, base: str = "") -> str:
    """The path that an address in a file leads to; a leading slash means the base folder."""
    folder = base if address.startswith("/") else posixpath.dirname(file)
    return posixpath.normpath(posixpath.join(folder, address.lstrip("/")))
