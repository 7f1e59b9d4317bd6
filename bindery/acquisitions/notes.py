"""Footnotes: each call has its note, each note its own name, and none is endless."""

from __future__ import annotations

import re

from bindery.acquisitions.links import Edit, edited
from bindery.acquisitions.shelf import warning
from bindery.errata import Query
from bindery.markup.notes import DEFINITION, LONGEST_NOTE
from bindery.markup.source import Source

NAME = re.compile(r"\[\^([^\]\s]+)\]")
BLOCK_AFTER_NOTE = re.compile(r"(?<=\n)(?=#{1,6}[ \t]|>|<[a-zA-Z!]|`{3}|~{3})")
LONGEST_PIECE = LONGEST_NOTE - 100
"""Some room is left for what typesetting adds."""


def settle_notes(source: Source) -> tuple[str, list[Query]]:
    """The text with calls that all have one note, and queries about what was changed."""
    starts: dict[str, list[int]] = {}
    inside: set[int] = set()
    edits: list[Edit] = []
    for found in DEFINITION.finditer(source.prose):
        starts.setdefault(found[1], []).append(source.text.index("[", found.start()))
        end = _end_of_note(source.text, found.end())
        inside.update(range(found.end(), end))
        # Python-Markdown would take what follows without an empty line for a part of the note.
        if following := BLOCK_AFTER_NOTE.search(source.text, found.end(), end):
            edits.append((following.start(), following.start(), "\n"))
            inside.difference_update(range(following.start(), end))
    names = _fresh_names(starts)
    queries = []
    for found in NAME.finditer(source.prose):
        name, at = found[1], found.start()
        if name not in starts or at in inside:
            reason = "is called in a note" if at in inside else "is not there"
            message = f"The footnote [^{name}] {reason}; its call was left as plain text."
            hint = f"Add the note at the end of the file, [^{name}]: …, and call it in the text."
            queries.append(warning("undefined-note", message, hint, source.place(at)))
            edits.append((at, at + 1, "&#91;"))
        elif at in starts[name]:
            number = starts[name].index(at)
            if number:
                message = f"A second footnote [^{name}] was renamed [^{names[name][number]}]."
                hint = "See whether the right words call it."
                queries.append(warning("duplicate-note", message, hint, source.place(at)))
                edits.append((found.start(1), found.end(1), names[name][number]))
        elif number := min(sum(start < at for start in starts[name]), len(starts[name]) - 1):
            edits.append((found.start(1), found.end(1), names[name][number]))
    return edited(source.text, edits), queries


def split_long_notes(source: Source) -> tuple[str, list[Query]]:
    """The text with notes that are too long for a page continued in further notes."""
    edits: list[Edit] = []
    queries = []
    taken = {found[1] for found in DEFINITION.finditer(source.prose)}
    for found in DEFINITION.finditer(source.prose):
        end = _end_of_note(source.text, found.end())
        pieces = _pieces(source.text[found.end() : end])
        if len(pieces) < 2:
            continue
        message = f"The footnote [^{found[1]}] is too long for a page and was split."
        hint = "Shorten it, or move it into the text."
        queries.append(warning("long-note", message, hint, source.place(found.start())))
        names = [found[1], *(_fresh(found[1], taken) for _ in pieces[1:])]
        notes = [f"[^{name}]: {piece}" for name, piece in zip(names, pieces, strict=True)]
        edits.append((found.start(), end, "\n\n".join(notes) + "\n"))
        calls = "".join(f"[^{name}]" for name in names)
        edits += [
            (call.start(), call.end(), calls)
            for call in NAME.finditer(source.prose)
            if call[1] == found[1] and not source.prose.startswith(":", call.end())
        ]
    return edited(source.text, edits), queries


def _fresh_names(starts: dict[str, list[int]]) -> dict[str, list[str]]:
    """The names of all notes that have the same name in the text."""
    taken = set(starts)
    return {name: [name, *(_fresh(name, taken) for _ in at[1:])] for name, at in starts.items()}


def _fresh(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    taken.add(f"{name}-{number}")
    return f"{name}-{number}"


def _end_of_note(text: str, start: int) -> int:
    """Where the next thing begins that is neither empty, nor indented, nor the same paragraph."""
    following = re.compile(r"\n(?=[ ]{0,3}\[\^)|\n[ \t]*\n(?![ \t]*\n| {4}|\t)").search(text, start)
    return following.start() + 1 if following else len(text)


def _pieces(note: str) -> list[str]:
    """The words of a note in pieces that are short enough, cut after sentences if possible."""
    words = " ".join(note.split())
    pieces = []
    while len(words) > LONGEST_PIECE:
        sentence = re.match(rf"(.{{200,{LONGEST_PIECE}}}[.!?])\s", words)
        cut = sentence.end(1) if sentence else words.rfind(" ", 0, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        pieces.append(words[:cut])
        words = words[cut:].strip()
    return [*pieces, words]
