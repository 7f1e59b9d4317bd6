"""What a book says of itself: `book.toml`, read once, checked, and frozen.

1. `values` are the tables of the file; the dataclasses are the list of known keys.
2. `checks` say what a single value may be.
3. `reading` makes values of the file, and reports every mistake in it together.
"""

from __future__ import annotations

from bindery.metadata.checks import ROLES, language_tag, points_of, slugify
from bindery.metadata.reading import line_of_key, read_metadata
from bindery.metadata.values import (
    FILE,
    Contributor,
    Identifiers,
    Look,
    Metadata,
    NamedLook,
    Order,
    Printing,
    PrintJob,
    Quality,
)

__all__ = [
    "FILE",
    "ROLES",
    "Contributor",
    "Identifiers",
    "Look",
    "Metadata",
    "NamedLook",
    "Order",
    "PrintJob",
    "Printing",
    "Quality",
    "language_tag",
    "line_of_key",
    "points_of",
    "read_metadata",
    "slugify",
]
