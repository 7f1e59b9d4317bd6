"""The command `index`: look at the index unprinted, suggest entries, compare two editions."""

from __future__ import annotations

import argparse
import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bindery.desk.differences import in_words
from bindery.desk.display import Display, as_data, count
from bindery.errata import Place, Query, Unprintable, errors_in
from bindery.indexing.checking import Statistics, advise, check, statistics
from bindery.indexing.comparison import Comparison, compare
from bindery.indexing.record import read_record
from bindery.production import edit
from bindery.suggesting import (
    WORKSHEET,
    Candidate,
    accepted,
    suggest,
    worksheet,
)
from bindery.vocabulary import FILE

ABOUT_MARKS = {
    *("empty-mark", "lost-mark", "unknown-mark", "idle-refusal", "empty-range"),
    *("unclosed-range", "unopened-range", "range-closed-first", "range-opened-twice"),
}
"""Codes of the queries that are asked about index marks before there is an index."""


def run(options: argparse.Namespace, display: Display, folder: Path) -> bool:
    """Carry out a sub-command on a book folder; whether there is no error to mend."""
    if options.index_command == "diff":
        return _diff(options, display)
    if options.index_command == "suggest":
        return _suggest(options, display, folder)
    return _check(display, folder)


def _check(display: Display, folder: Path) -> bool:
    """Every query about the index, what an editor may think over, and how large it is."""
    with display.progress() as progress:
        copy = edit(folder, progress)
    book, vocabulary = copy.book, copy.vocabulary
    asked = (book.chapters, vocabulary, book.index, book.metadata.language)
    own = set(check(*asked))
    found = tuple(query for query in copy.queries if query in own or _is_about_index(query))
    advice = advise(*asked)
    size = statistics(book.chapters, vocabulary, book.index)
    wrong = errors_in(found)
    display.queries(found)
    display.queries(advice)
    display.data(
        {
            "outcome": "refused" if wrong else "checked",
            "queries": [as_data(query) for query in found],
            "suggestions": [as_data(query) for query in advice],
            "statistics": _as_numbers(size),
        }
    )
    display.say(_size(size))
    more = f"{count(len(found) - len(wrong), 'warning')}, {count(len(advice), 'suggestion')}"
    if wrong:
        display.complain(f"{count(len(wrong), 'error')}, {more}.")
    elif vocabulary or book.index:
        display.say(f"The index can be printed: {more}.")
    else:
        display.say(f"There is no index: no {FILE}, and no mark in any essay.")
    others = errors_in(query for query in copy.queries if query not in found)
    if others:
        display.complain(f"{count(len(others), 'error')} elsewhere; see them with build.py check.")
    return not wrong


def _suggest(options: argparse.Namespace, display: Display, folder: Path) -> bool:
    """A worksheet of candidates, which stands in the book folder and is never published."""
    with display.progress() as progress:
        copy = edit(folder, progress)
    place = options.out or folder / WORKSHEET
    _make_sure(place, folder, worksheet((), copy.book))
    candidates = suggest(copy.book, copy.vocabulary)
    _put(place, worksheet(candidates, copy.book))
    display.data(
        {
            "outcome": "suggested",
            "worksheet": str(place),
            "candidates": TypeAdapter(tuple[Candidate, ...]).dump_python(candidates, mode="json"),
        }
    )
    display.say(str(place))
    display.say(f"{count(len(candidates), 'candidate')}; nothing of it is published by itself.")
    if wrong := errors_in(copy.queries):
        display.complain(f"{count(len(wrong), 'error')} elsewhere; see them with build.py check.")
    return True


def _make_sure(place: Path, folder: Path, empty: str) -> None:
    """`Unprintable` when a worksheet would destroy somebody's work; `empty` is one of no entry."""
    if place.resolve() == (folder / FILE).resolve() or place.name == FILE:
        message = f"{place} is the vocabulary itself."
        hint = f"Write the worksheet elsewhere, such as into {WORKSHEET}."
        raise Unprintable([Query("in-the-way", message, hint, Place(str(place)))])
    if not place.exists():
        return
    text = place.read_text("utf-8", errors="replace") if place.is_file() else ""
    if text.partition("\n")[0] != empty.partition("\n")[0]:
        message = "There is something else in the place of the worksheet."
        hint = "Move it away, or give another place with --out."
        raise Unprintable([Query("in-the-way", message, hint, Place(str(place)))])
    try:
        wanted = bool(accepted(text))
    except tomllib.TOMLDecodeError:
        wanted = True
    if wanted:
        message = "The worksheet holds entries that somebody has accepted or changed."
        hint = f"Copy them into {FILE} and remove it, or give another place with --out."
        raise Unprintable([Query("in-the-way", message, hint, Place(str(place)))])


def _put(place: Path, text: str) -> None:
    """Write a file under a temporary name, and put it in place whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}.draft")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _diff(options: argparse.Namespace, display: Display) -> bool:
    """What an edition of the index has changed."""
    found = compare(read_record(options.old), read_record(options.new))
    told = TypeAdapter(Comparison).dump_python(found, mode="json")
    display.data({"outcome": "compared", "same": not found, "moved": found.moved_count, **told})
    for line in in_words(found):
        display.say(line)
    return True


def _is_about_index(query: Query) -> bool:
    return query.place.file == FILE or query.code in ABOUT_MARKS


def _size(size: Statistics) -> str:
    """How large the index is, in a line."""
    return (
        f"{count(size.entries, 'entry', 'entries')}, "
        f"{count(size.sub_entries, 'sub-entry', 'sub-entries')}, "
        f"{count(size.cross_references, 'cross-reference')}, "
        f"{count(size.locators, 'locator')} in {count(size.essays, 'essay')}, "
        f"{count(size.themes, 'theme')}; {size.density:.1f} locators for 1,000 words."
    )


def _as_numbers(size: Statistics) -> dict[str, Any]:
    told: dict[str, Any] = TypeAdapter(Statistics).dump_python(size)
    return {**told, "density": round(size.density, 2)}
