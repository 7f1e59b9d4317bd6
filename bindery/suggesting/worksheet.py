"""The worksheet `index.suggested.toml`: candidates as entries that an editor accepts or not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from bindery.book import EditedBook
from bindery.suggesting.candidates import Candidate
from bindery.suggesting.languages import ENGLISH, WITHOUT_SPACES, primary
from bindery.vocabulary import FILE, Kind

WORKSHEET = "index.suggested.toml"
OURS = ("count", "essays", "line", "accept")
"""Keys of a worksheet that an index does not have."""

HEADER = f"""\
# Candidates for the index, found by counting words: a worksheet, and no index.
# Nothing in this file is published.  Every publishing reads {FILE} alone.
#
# The likeliest stand first.  Put `accept = true` where an entry is wanted, correct its heading,
# theme and patterns, and add what only a reader sees: sub-entries, see, see also.  Then copy
# the accepted entries into {FILE} without their lines `count`, `essays`, `line` and `accept`.
# Where “or” stands above an entry, it may as well become a sub-entry.
"""
TAIL = """\
# ----------------------------------------------------------------------------------------------
# Mentioned too rarely to be sure, but in headings, tables or definitions, or names: look twice.
# ----------------------------------------------------------------------------------------------
"""


def worksheet(candidates: Sequence[Candidate], book: EditedBook) -> str:
    """The text of the worksheet of a book; always valid TOML."""
    pieces = [HEADER]
    if note := _languages(book):
        pieces.append(note)
    if not candidates:
        pieces.append("# Nothing was found that is not in the index already.\n")
    tail = False
    for candidate in candidates:
        if not candidate.repeated and not tail:
            pieces.append(TAIL)
            tail = True
        pieces.append("\n".join(_entry(candidate)) + "\n")
    return "\n".join(pieces)


def accepted(text: str) -> str:
    """The entries of a worksheet that were accepted, as they stand in `index.toml`.

    Raises `tomllib.TOMLDecodeError` when the text is no TOML.
    """
    entries = tomllib.loads(text).get("entry", [])
    return "\n".join(_table(entry) for entry in entries if entry.get("accept") is True)


def _entry(candidate: Candidate) -> Iterator[str]:
    if candidate.under:
        yield f"# or: term = {_toml(' > '.join(candidate.under))}"
    yield "[[entry]]"
    yield f"term = {_toml(candidate.term)}"
    if candidate.theme:
        yield f"theme = {_toml(candidate.theme)}  # a guess"
    if candidate.kind is not Kind.THEME:
        yield f"kind = {_toml(candidate.kind.value)}  # a guess"
    yield f"match = {_toml(list(candidate.match))}"
    yield f"count = {candidate.count}"
    yield f"essays = {_toml(list(candidate.essays))}"
    yield f"line = {_toml(candidate.line)}"
    yield "accept = false"


def _table(entry: dict[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in entry.items() if key not in OURS]
    return "\n".join(["[[entry]]", *lines, ""])


def _languages(book: EditedBook) -> str:
    """What is said about chapters in other languages than English; empty when there are none."""
    others = [chapter for chapter in book.chapters if primary(chapter.language) != ENGLISH]
    mute = [chapter.file for chapter in others if primary(chapter.language) in WITHOUT_SPACES]
    searched = [chapter.file for chapter in others if chapter.file not in mute]
    lines = []
    if searched:
        lines += ["# Not in English, so that only repeated phrases and names could be looked for:"]
        lines += [f"#   {file}" for file in searched]
    if mute:
        lines += ["# In a script that does not divide words, so that nothing could be looked for:"]
        lines += [f"#   {file}" for file in mute]
    return "".join(f"{line}\n" for line in lines)


def _toml(value: str | list[str]) -> str:
    """A string or a list of strings; TOML's basic strings are those of JSON."""
    written = json.dumps(value, ensure_ascii=False)
    return written.replace("\x7f", "\\u007f")
