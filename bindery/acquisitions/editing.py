"""One text from outside, edited until Bindery has nothing to object to.

The number of lines stays the same all the way, so that every query can name the line that the
author sees.  Only the title and the front matter are put before the text at the very end.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bindery.acquisitions.anchors import settle_ids
from bindery.acquisitions.headings import settle_headings, words_of
from bindery.acquisitions.index_marks import Remark, settle_index_marks
from bindery.acquisitions.inventory import readable
from bindery.acquisitions.links import CODE_LINE, prose_of
from bindery.acquisitions.listings import settled
from bindery.acquisitions.notes import settle_notes, split_long_notes
from bindery.acquisitions.opening import Opening, take_opening
from bindery.acquisitions.plain import escaped, from_plain, is_plain
from bindery.acquisitions.shelf import Shelf, warning
from bindery.acquisitions.summary import Found
from bindery.book import Chapter, Part
from bindery.errata import Place, Query
from bindery.manuscript import Sheet
from bindery.markup import mark_up
from bindery.markup.source import Source
from bindery.metadata import slugify

LONGEST_SLUG = 60
DIRECTIVE = re.compile(r"\{\{\s*#\w+|\{%")
REFERENCE = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));")


@dataclass(frozen=True, slots=True)
class Draft:
    """An essay on its way into the book."""

    file: str
    """Path on the shelf."""
    part: Part
    title: str
    """Plain words."""
    opening: Opening
    heading: str
    """Markdown of a title that the text itself has not."""
    text: str
    path: str = ""
    """Path in the book folder."""
    remarks: tuple[Remark, ...] = ()
    """What its index marks say of other entries."""

    @property
    def source(self) -> Source:
        """The text, with the places that the author knows."""
        return Source(self.file, self.text)

    @property
    def written(self) -> str:
        """The file as it will stand in the book folder."""
        title = f"# {self.heading}\n\n" if self.heading else ""
        text = self.text.replace(CODE_LINE, "").strip("\n")
        front = self.opening.written()
        if not front and not title and text.startswith("---"):
            text = f"***{text[3:]}"  # A rule at the very top would be taken for front matter.
        return f"{front}{title}{text}\n"

    def marked_up(self, language: str) -> tuple[Chapter, tuple[Query, ...]]:
        """The chapter that Bindery sees in it, as it stands now."""
        sheet = Sheet(self.path, PurePosixPath(self.path).stem, self.part, self.written, "")
        return mark_up(sheet, language)


def edit(shelf: Shelf, found: Found, number: int) -> tuple[Draft, list[Query]]:
    """A text from the shelf with front matter, listings, marks, notes, ids and headings settled."""
    text, queries = shelf.read(found.file)
    name = readable(PurePosixPath(found.file).stem) or f"Essay {number}"
    if PurePosixPath(found.file).stem.upper() in {"README", "INDEX"}:
        name = readable(posixpath.basename(posixpath.dirname(found.file))) or name
    if is_plain(found.file, text):
        first, rest = from_plain(text)
        heading = first or found.title or escaped(name)
        return Draft(found.file, found.part, words_of(heading), Opening(), heading, rest), queries
    opening, text, said = take_opening(Source(found.file, text))
    queries += said
    text, remarks, said = settle_index_marks(Source(found.file, settled(text)))
    queries += said
    for settle in (_settle_characters, settle_notes, settle_ids):
        text, said = settle(Source(found.file, text))
        queries += said
    title = escaped(opening.title) if opening.title else ""
    otherwise = found.title or escaped(name)
    headed, said = settle_headings(Source(found.file, text), title, otherwise)
    queries += [*said, *_directives(Source(found.file, text))]
    if len(headed.title) >= len(opening.title):  # Else the front matter has a subtitle as well.
        opening = replace(opening, title="")
    if not headed.text.strip():
        message, hint = "There is nothing in this file but a title.", "Write it, or remove it."
        queries.append(warning("empty", message, hint, Place(found.file)))
    heading, text = headed.heading, headed.text
    draft = Draft(found.file, found.part, headed.title, opening, heading, text, remarks=remarks)
    return draft, queries


def with_paths(drafts: list[Draft]) -> list[Draft]:
    """The drafts with their places in the book folder, after their titles."""
    taken: set[str] = set()
    placed = []
    for number, draft in enumerate(drafts, start=1):
        words = draft.title.partition(": ")[0]
        stem = slugify(words) or slugify(readable(PurePosixPath(draft.file).stem))
        stem = _shortened(stem or f"essay-{number}")
        fresh, count = stem, 2
        while fresh in taken:
            fresh, count = f"{stem}-{count}", count + 1
        taken.add(fresh)
        placed.append(replace(draft, path=f"{draft.part.value}/{fresh}.md"))
    return placed


def shortened_notes(draft: Draft, language: str) -> tuple[Draft, list[Query]]:
    """The draft without notes that no page can hold."""
    if not any(query.code == "long-note" for query in draft.marked_up(language)[1]):
        return draft, []
    text, queries = split_long_notes(draft.source)
    return replace(draft, text=text), queries


def _shortened(stem: str) -> str:
    if len(stem) <= LONGEST_SLUG:
        return stem
    return stem[: LONGEST_SLUG + 1].rpartition("-")[0] or stem[:LONGEST_SLUG]


def _settle_characters(source: Source) -> tuple[str, list[Query]]:
    """The text without references such as `&#1;` to characters that no page can show."""
    prose, text = prose_of(source), source.text
    queries = []
    for found in reversed(list(REFERENCE.finditer(prose))):
        code = int(found["decimal"] or "0") or int(found["hexadecimal"] or "0", 16)
        shown = 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xF900 <= code < 0xFFF0
        if shown or code in (9, 10, 13) or 0x10000 <= code < 0xF0000:
            continue
        text = text[: found.start()] + text[found.end() :]
        message = f"{found[0]} stands for no character and was removed."
        hint = "See whether anything is missing there."
        queries.append(warning("control-character", message, hint, source.place(found.start())))
    return text, queries


def _directives(source: Source) -> list[Query]:
    """A query for each instruction to mdBook or GitBook that stays in the text."""
    message = "An instruction to another press stays in the text, where it will be printed."
    hint = "Put in its place what it stands for."
    return [
        warning("directive", message, hint, source.place(found.start()))
        for found in DIRECTIVE.finditer(prose_of(source))
    ]
