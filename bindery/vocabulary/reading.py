"""Read `index.toml`: every mistake in it together, each with its line.

What is wrong is left out and reported, so that the rest can be looked at in the same run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bindery.errata import Place, Query, nearest
from bindery.vocabulary import FILE, Settings, Vocabulary
from bindery.vocabulary.lines import Lines
from bindery.vocabulary.settling import Found, settle
from bindery.vocabulary.tables import EntryTable, ThemeTable

TABLES = {"index": Settings, "theme": ThemeTable, "entry": EntryTable}
NEEDED = {"theme": ("id", "title"), "entry": ("term",)}
"""Keys without which a table is left out."""
WRITTEN = {"unless": "not"}
"""Keys whose names are words of Python."""
PATTERNS = ("match", "not")

Table = TypeVar("Table")


def read_vocabulary(
    folder: Path, chapters: Mapping[str, str] | None = None
) -> tuple[Vocabulary, tuple[Query, ...]]:
    """The vocabulary of the book in a folder, with every query about its `index.toml`.

    `chapters` has the slug of each file by its path; without it, the names of chapters stay
    as they were written.  Without an `index.toml` the vocabulary is empty.
    """
    path = folder / FILE
    if not path.is_file():
        return Vocabulary(), ()
    if not path.resolve().is_relative_to(folder.resolve()):
        hint = "Copy the file itself into the folder."
        message = f"{FILE} is a link out of the book folder."
        return Vocabulary(), (Query("outside", message, hint, Place(FILE)),)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as mistake:
        place = Place(FILE, data[: mistake.start].count(b"\n") + 1)
        hint = "Save the file as UTF-8 in your editor."
        query = Query("bad-encoding", "The file is not UTF-8 text.", hint, place)
        return Vocabulary(), (query,)
    except (tomllib.TOMLDecodeError, RecursionError) as mistake:
        found = re.search(r"at line (\d+)", str(mistake))
        message = f"This is not TOML: {str(mistake).rstrip('.')}."
        hint = 'Write key = "value"; a text stands in straight double quotes.'
        place = Place(FILE, int(found[1]) if found else text.count("\n") + 1)
        return Vocabulary(), (Query("bad-toml", message, hint, place),)
    return _Reader(raw, Lines(text)).read(chapters)


class _Reader:
    """Makes a vocabulary of what the file holds, and notes down what is wrong."""

    def __init__(self, raw: dict[str, Any], lines: Lines) -> None:
        self.raw = raw
        self.lines = lines
        self.queries: list[Query] = []

    def read(self, chapters: Mapping[str, str] | None) -> tuple[Vocabulary, tuple[Query, ...]]:
        for key in self.raw:
            if key not in TABLES:
                place = Place(FILE, self.lines.of_table(key))
                self.queries.append(_unknown(key, TABLES, place))
        settings = self._settings()
        themes = self._tables("theme", ThemeTable)
        entries = self._tables("entry", EntryTable)
        vocabulary, queries = settle(settings, themes, entries, chapters)
        ordered = sorted([*self.queries, *queries], key=lambda query: query.place.line or 0)
        return vocabulary, tuple(ordered)

    def _settings(self) -> Settings:
        table = self.raw.get("index", {})
        if not isinstance(table, dict):
            self._not_a_table("index", "[index]", 0)
            return Settings()
        return self._validated("index", 0, table, TypeAdapter(Settings)) or Settings()

    def _tables(self, name: str, kind: type[Table]) -> list[Found[Table]]:
        """All tables of a kind that can be used."""
        tables = self.raw.get(name, [])
        if not isinstance(tables, list):
            self._not_a_table(name, f"[[{name}]]", 0)
            return []
        adapter = TypeAdapter(kind)
        found = []
        for nth, table in enumerate(tables):
            if not isinstance(table, dict):
                self._not_a_table(name, f"[[{name}]]", nth)
                continue
            valid = self._validated(name, nth, table, adapter)
            if valid is not None:
                found.append(Found(valid, name, nth, self.lines))
        return found

    def _validated(
        self, name: str, nth: int, table: dict[str, Any], adapter: TypeAdapter[Table]
    ) -> Table | None:
        """A table without what is wrong in it; None when it cannot do without that."""
        while True:
            try:
                return adapter.validate_python(table)
            except ValidationError as mistakes:
                details = mistakes.errors()
                self.queries += [self._query(name, nth, mistake) for mistake in details]
                wrong = {str(mistake["loc"][0]) for mistake in details}
                if wrong & set(NEEDED.get(name, ())):
                    return None
                table = _left_out(table, details)

    def _query(self, name: str, nth: int, mistake: ErrorDetails) -> Query:
        """One of pydantic's findings, in plain words and with its line."""
        key = str(mistake["loc"][0])
        value = mistake["input"] if len(mistake["loc"]) > 1 else None
        place = Place(FILE, self.lines.within(name, nth, key, value))
        if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            known = [WRITTEN.get(known.name, known.name) for known in fields(TABLES[name])]
            return _unknown(key, known, place)
        if mistake["type"] in ("missing", "missing_argument"):
            message = f"The key “{key}” is missing in this [[{name}]]."
            return Query("missing-key", message, f'Add {key} = "…".', place)
        what = re.sub(r"^(Value error|Assertion failed), ", "", mistake["msg"]).rstrip(".")
        if key in PATTERNS and mistake["type"] == "value_error":
            message = f"The pattern “{value}” cannot be searched for: {what}."
            hint = "Write words; (s) may be missing, [a|b] is one of several, * is any ending."
            return Query("bad-pattern", message, hint, place)
        message = f"The value of “{key}” is not right: {what[:1].lower()}{what[1:]}."
        return Query("bad-value", message, "Correct the value.", place)

    def _not_a_table(self, name: str, head: str, nth: int) -> None:
        place = Place(FILE, self.lines.of_table(name, nth))
        message = f"“{name}” is not written as a table."
        self.queries.append(Query("bad-value", message, f"Begin each with a line {head}.", place))


def _unknown(key: str, known: Mapping[str, Any] | list[str], place: Place) -> Query:
    near = nearest(key, known)
    hint = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(sorted(known))}."
    return Query("unknown-key", f"There is no key “{key}”.", hint, place)


def _left_out(table: dict[str, Any], mistakes: list[ErrorDetails]) -> dict[str, Any]:
    """A table without the keys that are wrong; of a list, only without its wrong values."""
    left = dict(table)
    for key in {str(mistake["loc"][0]) for mistake in mistakes}:
        value = left.pop(key, None)
        parts = [m["loc"][1] if len(m["loc"]) > 1 else None for m in mistakes if m["loc"][0] == key]
        if isinstance(value, list) and None not in parts:
            left[key] = [item for nth, item in enumerate(value) if nth not in parts]
    return left
