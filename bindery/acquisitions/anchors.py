"""Places that links lead to: ids that are unique, and the names that other presses give them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count
from urllib.parse import unquote

from bindery.acquisitions.links import TAG, Edit, edited, prose_of
from bindery.acquisitions.shelf import warning
from bindery.book import Chapter
from bindery.errata import Query
from bindery.markup.source import Source
from bindery.markup.tree import parse, plain
from bindery.metadata import slugify

BRACES = re.compile(r"\{:?[ ]*[^{}\n]*?#(?P<id>[^\s{}#]+)[^{}\n]*\}")
ATTRIBUTE = re.compile(r"""\sid\s*=\s*["']?(?P<id>[^\s"'>]+)""", re.I)
NAMED = re.compile(r"^(?P<before>[^<>]*\s)name(?=\s*=)", re.I)
CLOSED = re.compile(r"(?:(?!<a[\s>]|\n[ \t]*\n).)*?</a\s*>", re.I | re.S)


def settle_ids(source: Source) -> tuple[str, list[Query]]:
    """The text with ids that stand once each, and queries about those that were renamed."""
    prose = prose_of(source)
    edits: list[Edit] = []
    for tag in TAG.finditer(prose):
        if tag[1].lower() != "a":
            continue
        named = NAMED.match(tag[2])
        if named and not ATTRIBUTE.search(tag[2]):  # The old way to name a place.
            start = tag.start(2) + named.end("before")
            edits.append((start, start + 4, "id"))
        if not CLOSED.match(prose, tag.end()):  # It would be opened again in every paragraph.
            edits.append((tag.end(), tag.end(), "</a>"))
    source = Source(source.path, edited(source.text, edits))
    prose = prose_of(source)
    spots = [(found.start("id"), found["id"]) for found in BRACES.finditer(prose)]
    spots += [
        (tag.start(2) + found.start("id"), found["id"])
        for tag in TAG.finditer(prose)
        if (found := ATTRIBUTE.search(tag[2]))
    ]
    taken = {name for _, name in spots}
    seen: set[str] = set()
    edits, queries = [], []
    for at, name in sorted(spots):
        if name in seen:
            fresh = next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)
            taken.add(fresh)
            edits.append((at, at + len(name), fresh))
            message = f"The id “{name}” stood twice; the second is now “{fresh}”."
            hint = "See whether the links to it lead where they should."
            queries.append(warning("duplicate-id", message, hint, source.place(at)))
        seen.add(name)
    return edited(source.text, edits), queries


class Anchors:
    """The ids of one chapter by the names that links from elsewhere have for them."""

    def __init__(self, chapter: Chapter) -> None:
        self._ids = {name.partition("--")[2] for name in chapter.ids}
        self._slugs: dict[str, str] = {}
        seen: Counter[str] = Counter()
        heads = [("", chapter.title), ("", f"{chapter.title}: {chapter.subtitle}")]
        heads = heads[1:] if chapter.subtitle else heads[:1]
        heads += [(h.id.partition("--")[2], h.title) for h in chapter.headings]
        for name, title in heads:
            slug = _slug(plain(parse(title)))
            number = seen[slug]
            seen[slug] += 1
            self._slugs.setdefault(f"{slug}-{number}" if number else slug, name)
        # What is left when hyphens are counted differently; the first of several counts.
        near = {slugify(slug): name for slug, name in reversed(self._slugs.items())}
        self._near = {slug: name for slug, name in near.items() if slug}

    def find(self, anchor: str) -> str | None:
        """The id for an anchor, empty when it is the title, or None when nothing has it."""
        wanted = unquote(anchor)
        if wanted in self._slugs:
            return self._slugs[wanted]
        if wanted in self._ids:
            return wanted
        if wanted.lower() in self._slugs:
            return self._slugs[wanted.lower()]
        return self._near.get(slugify(wanted))


def _slug(words: str) -> str:
    """What GitHub and mdBook make of a heading: no punctuation, hyphens for spaces."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.lower()).strip())
