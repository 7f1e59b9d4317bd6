"""`book.toml`, read once; unknown keys are told with the nearest known name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bindery.errata import Place, Query, Severity, nearest
from bindery.metadata.values import FILE, TABLES, Metadata, Printing, PrintJob

HEAD = re.compile(r"\s*\[\[?([^\]]+)\]\]?\s*(?:#.*)?")
NAMES = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")
"""The head of a table, and the names in it."""
KINDS = {
    "string_type": ("a text is wanted", 'Write it in straight double quotes: "{value}".'),
    "tuple_type": ("a list is wanted", 'Write it in brackets: ["{value}"].'),
    "dataclass_type": (
        "a table is wanted",
        "Write its head, such as [{table}], and keys below it.",
    ),
}
"""What is said of a value of another kind, and what to do."""


def read_metadata(folder: Path) -> tuple[Metadata, tuple[Query, ...]]:
    """The metadata of the book in a folder, with every query about it.

    Without a `book.toml` the folder's name is the title.  What is wrong in the file is left
    out, so that the rest of the manuscript can be looked at in the same run.
    """
    path = folder / FILE
    title = re.sub(r"[-_]+", " ", folder.resolve().name).strip().title() or "Untitled"
    if not path.is_file():
        message = f"There is no {FILE}; the book is called “{title}” after its folder."
        hint = f'Write a {FILE} with at least title = "…" to give it a title page of its own.'
        query = Query("no-book-toml", message, hint, Place(FILE), Severity.WARNING)
        return Metadata(title=title), (query,)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as mistake:
        place = Place(FILE, data[: mistake.start].count(b"\n") + 1)
        hint = "Save the file as UTF-8 in your editor."
        query = Query("bad-encoding", "The file is not UTF-8 text.", hint, place)
        return Metadata(title=title), (query,)
    except tomllib.TOMLDecodeError as mistake:
        found = re.search(r"at line (\d+)", str(mistake))
        message = f"This is not TOML: {str(mistake).rstrip('.')}."
        hint = 'Write key = "value"; a text stands in straight double quotes.'
        place = Place(FILE, int(found[1]) if found else text.count("\n") + 1)
        return Metadata(title=title), (Query("bad-toml", message, hint, place),)
    return _validated(raw, text, title)


def _validated(raw: dict[str, Any], text: str, title: str) -> tuple[Metadata, tuple[Query, ...]]:
    """The metadata without what is wrong in it, and a query for each thing that is."""
    queries: dict[tuple[int | str, ...], Query] = {}
    reader = TypeAdapter(Metadata)
    while True:
        try:
            metadata = reader.validate_python(raw)
        except ValidationError as mistakes:
            found = [(_location(mistake), mistake) for mistake in mistakes.errors()]
            for location, mistake in sorted(found, key=lambda each: -len(each[0])):
                queries.setdefault(location, _query(mistake, location, text))
                _leave_out(raw, location, title)
        else:
            ordered = sorted(queries.values(), key=lambda query: query.place.line or 0)
            return metadata, tuple(ordered)


def _location(mistake: ErrorDetails) -> tuple[int | str, ...]:
    """Where a mistake is; that of a name which may be chosen is where the name is."""
    return tuple(part for part in mistake["loc"] if part != "[key]")


def _leave_out(raw: dict[str, Any], location: tuple[int | str, ...], title: str) -> None:
    """Remove what stands at a location, with the whole table when a key of it is missing."""
    if location == ("title",):
        raw["title"] = title
        return
    holder: Any = raw
    for part in location[:-1]:
        inside = holder.get(part) if isinstance(holder, dict) else holder[part]
        if not isinstance(inside, dict | list):
            break
        holder = inside
    last = location[-1]
    if isinstance(holder, dict) and last in holder:
        del holder[last]
    else:
        raw.pop(str(location[0]), None)


def _query(mistake: ErrorDetails, location: tuple[int | str, ...], text: str) -> Query:
    """One of pydantic's findings, in plain words and with its line."""
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    place = Place(FILE, line_of_key(text, location))
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        known = {known.name for known in fields(_class_at(location))}
        near = nearest(key, known)
        hint = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(sorted(known))}."
        hint = _elsewhere(location, key) or hint
        return Query("unknown-key", f"There is no key “{key}”.", hint, place)
    if mistake["type"] in ("missing", "missing_argument"):
        hint = f'Add {key} = "…".'
        return Query("missing-key", f"The key “{key}” is missing.", hint, place)
    what = re.sub(r"^(Value error|Assertion failed), ", "", mistake["msg"]).rstrip(".")
    what, hint = KINDS.get(mistake["type"], (what, "Correct the value."))
    if location == ("contributors",):
        hint = "Write the head [[contributors]] for each of them, and keys below it."
    value = mistake["input"] if isinstance(mistake["input"], str | int | float) else "…"
    hint = hint.format(table=".".join(map(str, location)), value=value)
    message = f"The value of “{key}” is not right: {what[:1].lower()}{what[1:]}."
    return Query("bad-value", message, hint, place)


def _elsewhere(location: tuple[int | str, ...], key: str) -> str:
    """Where a key of `[print]` stands that was written for all printers, or for one."""
    if location[:-1] == ("print",) and key in {known.name for known in fields(PrintJob)}:
        return f"Write it into the table of a printer, such as [print.kdp]: {key} is its own there."
    if location[0] == "print" and key in {known.name for known in fields(Printing)}:
        return f"Write it into [print]: {key} holds for all printers."
    return ""


def _class_at(location: tuple[int | str, ...]) -> type:
    """The table whose key is named last in a location such as ("look", "acent")."""
    known = {table.__name__: table for table in TABLES}
    cls: type = Metadata
    for part in location[:-1]:
        kind = next((str(f.type) for f in fields(cls) if f.name == part), "")
        names = [name for name in re.findall(r"\w+", kind) if name in known]
        cls = known[names[-1]] if names else cls
    return cls


def line_of_key(text: str, location: tuple[int | str, ...]) -> int | None:
    """The line where a key such as ("contributors", 1, "name") or else its table stands in TOML."""
    names = [part for part in location if isinstance(part, str)]
    nth = location[1] if len(location) > 2 and isinstance(location[1], int) else 0
    table, at, seen = "", 1, -1
    wanted = ".".join(names[:-1])
    for number, line in enumerate(text.splitlines(), start=1):
        if head := HEAD.fullmatch(line):
            table = ".".join("".join(names) for names in NAMES.findall(head[1]))
            if ".".join(names) == table:
                return number
            seen += table == wanted
            if table in (wanted, names[0]) and (seen == nth or table != wanted):
                at = number
        elif table == wanted and (not wanted or seen == nth):
            if re.match(rf"\s*[\"']?{re.escape(names[-1])}[\"']?\s*[=.]", line):
                return number
        elif not table and names and re.match(rf"\s*{re.escape(names[0])}\s*[=.]", line):
            at = number
    return at
