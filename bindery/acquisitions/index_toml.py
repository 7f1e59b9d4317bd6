"""The vocabulary of a book that was taken in: what its marks said of other entries.

Cross-references that would lead nowhere are told and left out.  An entry with places of its
own says *see also*, one without says *see*, whatever its author wrote (ISO 999, 7.5).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bindery.acquisitions.editing import Draft
from bindery.acquisitions.index_marks import Remark
from bindery.acquisitions.index_syntax import Path
from bindery.acquisitions.shelf import Shelf, warning
from bindery.book import Extent
from bindery.errata import Place, Query
from bindery.markup.marks import take_marks
from bindery.vocabulary import FILE

OURS = {"index", "theme", "entry"}
"""The tables of `index.toml`."""


@dataclass(slots=True)
class _Entry:
    """An entry while its remarks are gathered."""

    sort: str = ""
    see: dict[Path, None] = field(default_factory=dict)
    see_also: dict[Path, None] = field(default_factory=dict)


def index_toml(drafts: Iterable[Draft], shelf: Shelf) -> tuple[bytes, list[Query]]:
    """The text of `index.toml`, empty when there is nothing to say, and queries.

    One of the source is taken over as it is, and nothing is added to it.
    """
    drafts = list(drafts)
    remarks = [remark for draft in drafts for remark in draft.remarks]
    own, queries = _own(shelf)
    if own and remarks:
        shown = "; ".join(f"{' > '.join(r.path)}: {r.kind} {r.words}" for r in remarks)
        message = f"{FILE} of the source was kept, and what marks say was not added to it: {shown}."
        hint = f"Write it into {FILE} if it is not there."
        queries.append(warning("index-toml", message, hint, remarks[0].place))
    if own or not remarks:
        return own, queries
    marked = _marked(drafts)
    entries, said = _entries(remarks, marked)
    return _written(entries), [*queries, *said]


def _own(shelf: Shelf) -> tuple[bytes, list[Query]]:
    """The vocabulary that the source has, if it is one; else a query about the file."""
    path = shelf.find(FILE)
    if path is None:
        return b"", []
    text, queries = shelf.read(FILE)
    try:
        if OURS.issuperset(tomllib.loads(text)):
            return text.encode(), queries
        reason = "it has other tables than Bindery's"
    except (tomllib.TOMLDecodeError, RecursionError) as mistake:
        reason = str(mistake).rstrip(".")
    message = f"{FILE} of the source was left out: {reason}."
    hint = "Write themes and entries into the new one."
    return b"", [*queries, warning("index-toml", message, hint, Place(FILE))]


def _marked(drafts: Iterable[Draft]) -> set[Path]:
    """Every entry with a place in the text, and with each the entries above it."""
    marks = [mark for draft in drafts for mark in take_marks(draft.source, "x")[1]]
    paths = {m.entry for m in marks if m.extent in (Extent.POINT, Extent.OPENS)}
    return {path[:depth] for path in paths for depth in range(1, len(path) + 1)}


def _entries(remarks: list[Remark], marked: set[Path]) -> tuple[dict[Path, _Entry], list[Query]]:
    """The entries that the remarks make, and queries about those that make none."""
    entries: dict[Path, _Entry] = {}
    queries: list[Query] = []
    headings = {tuple(level.casefold() for level in path): path for path in sorted(marked)}
    for remark in (remark for remark in remarks if remark.kind != "sort"):
        for words in filter(None, map(str.strip, remark.words.split(";"))):
            target, said = _target(words, remark, headings)
            queries += said
            if target is not None:
                entry = entries.setdefault(remark.path, _Entry())
                (entry.see_also if remark.path in marked else entry.see)[target] = None
                queries += _changed(remark, words, remark.path in marked)
    for remark in (remark for remark in remarks if remark.kind == "sort"):
        if remark.path in marked or remark.path in entries:
            entry = entries.setdefault(remark.path, _Entry())
            entry.sort = entry.sort or remark.words
    return entries, queries


def _target(
    words: str, remark: Remark, headings: Mapping[Path, Path]
) -> tuple[Path | None, list[Query]]:
    """The entry that a cross-reference means; None, and a query, when it means none."""
    for sign in (r"[!>]", r",\s", r"\Z"):
        levels = tuple(" ".join(level.split()).casefold() for level in re.split(sign, words))
        target = headings.get(tuple(level for level in levels if level))
        if target is not None and target != remark.path:
            return target, []
    name = " > ".join(remark.path)
    message = (
        f"“{name}” refers to “{words}”, which is no other entry of the index; it was left out."
    )
    hint = f'Write the entry into {FILE}: term = "{name}", see = "…".'
    return None, [warning("cross-reference", message, hint, remark.place)]


def _changed(remark: Remark, words: str, has_places: bool) -> list[Query]:
    """A query when a cross-reference became one of the other kind."""
    if has_places == (remark.kind == "see_also"):
        return []
    name = " > ".join(remark.path)
    old, new = ("see", "see also") if has_places else ("see also", "see")
    reason = "has places of its own" if has_places else "has no place of its own"
    message = f"“{name}” {reason}, so that its “{old} {words}” became “{new}”."
    return [warning("cross-reference", message, f"Look at it in {FILE}.", remark.place)]


def _written(entries: Mapping[Path, _Entry]) -> bytes:
    """The entries as TOML, in order."""
    tables = []
    for path in sorted(entries, key=lambda path: ([level.casefold() for level in path], path)):
        entry = entries[path]
        lines = ["[[entry]]", f"term = {_quoted(' > '.join(path))}"]
        if entry.sort:
            lines.append(f"sort = {_quoted(entry.sort)}")
        for key, targets in (("see", entry.see), ("see_also", entry.see_also)):
            names = sorted(
                (" > ".join(target) for target in targets), key=lambda n: (n.casefold(), n)
            )
            if names:
                lines.append(f"{key} = [{', '.join(map(_quoted, names))}]")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables).encode()


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is how JSON does."""
    return json.dumps(text, ensure_ascii=False)
