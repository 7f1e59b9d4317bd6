"""The text of a book as passages: paragraphs, headings, cells, notes, each with its standing.

A passage is plain text.  Where code, a formula or a line break stood there is a sign that no
phrase crosses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree
from lxml.html import HtmlElement

from bindery.book import Chapter, EditedBook, Part
from bindery.markup.punctuation import BLOCKS
from bindery.markup.tree import parse, plain

SEARCHED_ROLES = ("introduction", "afterword", "appendix")
"""Besides essays: an index does not cover prefaces, dedications, lists and colophons."""
OPAQUE = ("pre", "code", "kbd", "samp", "math", "svg", "script", "style")
STRESSED = ("em", "strong", "dfn", "i", "b")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BORDER = "\ufffc"


class Standing(StrEnum):
    """Where in an essay a passage stands."""

    TITLE = "title"
    """Title, subtitle or running head."""
    HEADING = "heading"
    TERM = "term"
    """A term of a definition list, the first cell of a row, the lead-in of a paragraph."""
    CAPTION = "caption"
    SUMMARY = "summary"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in which phrases are looked for."""

    chapter: str
    """Slug of its chapter."""
    standing: Standing
    text: str
    """Plain text with single spaces."""
    language: str
    """Of its chapter, as a language tag."""
    stressed: tuple[tuple[int, int], ...] = ()
    """From where to where words are emphasised."""
    abbreviations: tuple[tuple[str, str], ...] = ()
    """Abbreviations in it with what they stand for."""


def passages_of(book: EditedBook) -> tuple[Passage, ...]:
    """All passages of the essays, and of the chapters that an index covers, in order."""
    language = book.metadata.language
    return tuple(
        passage
        for chapter in book.chapters
        if chapter.part is Part.BODY or chapter.role in SEARCHED_ROLES
        for passage in _of_chapter(chapter, chapter.language or language)
    )


def _of_chapter(chapter: Chapter, language: str) -> Iterator[Passage]:
    for standing, fragment in _opening(chapter):
        yield from _of_fragment(chapter.slug, standing, fragment, language)
    if chapter.summary:
        yield Passage(chapter.slug, Standing.SUMMARY, chapter.summary, language)
    yield from _of_fragment(chapter.slug, Standing.TEXT, chapter.xhtml, language)
    for note in chapter.notes:
        for paragraph in note.paragraphs:
            yield from _of_fragment(chapter.slug, Standing.NOTE, paragraph, language)


def _opening(chapter: Chapter) -> list[tuple[Standing, str]]:
    """Title, subtitle and running head; the last only when it says something else."""
    opening = [(Standing.TITLE, chapter.title), (Standing.TITLE, chapter.subtitle)]
    said = " ".join(plain(parse(fragment)) for _, fragment in opening)
    if chapter.running and chapter.running not in said:
        escaped = chapter.running.replace("&", "&amp;").replace("<", "&lt;")
        opening.append((Standing.TITLE, escaped))
    return opening


@dataclass(slots=True)
class _Draft:
    """A passage while it is read."""

    standing: Standing
    text: str = ""
    stressed: list[tuple[int, int]] = field(default_factory=list)
    abbreviations: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        words = re.sub(r"\s+", " ", text or "")
        if not self.text or self.text.endswith(" "):
            words = words.lstrip()
        self.text += words


def _of_fragment(slug: str, standing: Standing, fragment: str, language: str) -> Iterator[Passage]:
    """The passages of an XHTML fragment, in order."""
    drafts = [_Draft(standing)]
    opened: list[int] = []
    skipped: HtmlElement | None = None
    for event, element in etree.iterwalk(parse(fragment), ("start", "end")):
        if skipped is not None and (element is not skipped or event == "start"):
            continue
        tag = element.tag
        if tag in BLOCKS:
            inside = element if event == "start" else element.getparent()
            drafts.append(_Draft(_standing(inside, standing)))
        draft = drafts[-1]
        if event == "end":
            if tag in STRESSED and opened and skipped is None:
                _stress((opened.pop(), len(draft.text.rstrip())), draft)
            skipped = None
            draft.add(element.tail)
        elif tag in OPAQUE or "noteref" in (element.get("class") or "").split():
            draft.add(BORDER if tag in OPAQUE else "")
            skipped = element
        else:
            if tag in STRESSED:
                opened.append(len(draft.text))
            if tag == "abbr" and (meaning := element.get("title")):
                draft.abbreviations.append((plain(element), meaning))
            draft.add(f" {BORDER} " if tag == "br" else element.text)
    for draft in drafts:
        if text := draft.text.strip():
            marked = (tuple(draft.stressed), tuple(draft.abbreviations))
            yield Passage(slug, draft.standing, text, language, *marked)


def _stress(words: tuple[int, int], draft: _Draft) -> None:
    """Note down what an emphasis holds, unless it is a whole sentence."""
    start, end = words
    if start < end and not re.search(r"[.!?;]\s", draft.text[start:end]):
        draft.stressed.append((start, end))


def _standing(block: HtmlElement | None, standing: Standing) -> Standing:
    """The standing of the text directly in a block."""
    if block is None or standing is not Standing.TEXT:
        return standing
    tag = block.tag
    if tag in HEADINGS:
        return Standing.HEADING
    if tag == "dt" or (tag in ("td", "th") and _leads(block)):
        return Standing.TERM
    if tag in ("figcaption", "caption"):
        return Standing.CAPTION
    parent = block.getparent()
    if tag == "p" and parent is not None and parent.tag in ("figcaption", "caption"):
        return Standing.CAPTION
    return Standing.TEXT


def _leads(cell: HtmlElement) -> bool:
    """Whether a cell is the first of a row in the body of a table."""
    row = cell.getparent()
    head = any(parent.tag == "thead" for parent in cell.iterancestors())
    return row is not None and row.index(cell) == 0 and not head
