"""Set the edited book as unpaged HTML, a galley for each part that is laid out by itself.

A galley says on which side of the leaf it opens and how its pages are numbered.  Contents
and index carry page numbers; they are given as `folios`, by anchor, and a galley that is
drawn up before they are known simply prints none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import lxml.html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from bindery.book import Chapter, EditedBook, Note, Part
from bindery.galleys.charts import charts
from bindery.galleys.index import legend
from bindery.galleys.openings import dress_opening
from bindery.house_style import HouseStyle, direction
from bindery.indexing.locators import Folio
from bindery.looks import most_columns
from bindery.markup.tree import make, parse
from bindery.signs import LAST

CARRIERS = ("a", "abbr", "b", "cite", "code", "dfn", "em", "i", "q", "s", "small", "span", "strong")
"""Inline elements that may hold the space that stands before them."""

LETTERS_ACROSS = 52
"""How many letters of a table have room across a page; with more, its words may be broken."""

CONTENTS, INDEX = "contents", "index"
STRONG, EMPHASIS = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\*(.+?)\*")


class Opens(StrEnum):
    """The side of the leaf on which a galley begins."""

    RECTO = "recto"
    VERSO = "verso"


class Numbering(StrEnum):
    """How the pages of a galley are numbered."""

    NONE = "none"
    ROMAN = "roman"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class Galley:
    """One part of the book, ready to be laid out by itself."""

    name: str
    """The chapter's slug, or the name of a part that Bindery makes."""
    template: str
    values: Mapping[str, Any]
    opens: Opens
    numbering: Numbering
    prints_folio: bool = True
    """Whether its pages show their numbers."""
    names_pages: bool = False
    """Whether its text depends on the folios, as contents and index do."""
    pictures: tuple[str, ...] = ()
    """Paths of the pictures in it."""
    file: str = ""
    """The author's file that it comes from, for queries."""


Folios = Mapping[str, Folio]


def draw_up(book: EditedBook, house: HouseStyle) -> tuple[Galley, ...]:
    """All galleys of the book, in their order, the cover first; contents and index unfinished."""
    front = [chapter for chapter in book.chapters if chapter.part is Part.FRONT]
    body = [chapter for chapter in book.chapters if chapter.part is Part.BODY]
    back = [chapter for chapter in book.chapters if chapter.part is Part.BACK]
    shared = shared_values(book, house)
    roman, arabic = Numbering.ROMAN, Numbering.ARABIC

    def chapters(found: Iterable[Chapter], numbering: Numbering) -> list[Galley]:
        return [_chapter(chapter, numbering, shared, house) for chapter in found]

    galleys = [
        Galley("cover", "cover.html.j2", shared, Opens.RECTO, Numbering.NONE, False),
        Galley("half-title", "half-title.html.j2", shared, Opens.RECTO, roman, False),
        Galley("title-page", "title-page.html.j2", shared, Opens.RECTO, roman, False),
        Galley("copyright", "copyright.html.j2", shared, Opens.VERSO, roman, False),
        *chapters((c for c in front if c.role == "dedication"), roman),
        Galley(CONTENTS, "contents.html.j2", shared, Opens.RECTO, roman, names_pages=True),
        *chapters((c for c in front if c.role != "dedication"), roman),
        *chapters((*body, *(c for c in back if c.role != "colophon")), arabic),
    ]
    if book.index:
        galleys.append(_index(book, shared))
    return (*galleys, *chapters((c for c in back if c.role == "colophon"), arabic))


def with_folios(galley: Galley, book: EditedBook, folios: Folios) -> Galley:
    """The contents with the numbers of the pages that they name."""
    colophons = [chapter.slug for chapter in book.chapters if chapter.role == "colophon"]
    more = {
        "contents": book.contents,
        "folios": folios,
        "has_index": bool(book.index),
        "index_title": book.index.settings.title or galley.values["words"]["index"],
        "index_before": colophons[0] if colophons else "",
    }
    return replace(galley, values={**galley.values, **more})


def _index(book: EditedBook, shared: dict[str, Any]) -> Galley:
    """The index without its sections, which `columns` draws up."""
    settings = book.index.settings
    settings = replace(settings, columns=most_columns(book.metadata.look, settings.columns))
    words = shared["words"]
    values = {
        **shared,
        "settings": settings,
        "title": settings.title or words["index"],
        "headnote": emphasised(settings.headnote or legend(book, words)),
        "charts": charts(book),
        "last": Markup(LAST),
    }
    return Galley(INDEX, "index.html.j2", values, Opens.RECTO, Numbering.ARABIC, names_pages=True)


def emphasised(text: str) -> Markup:
    """A line of plain text with *italics* and **bold** in it."""
    marked = STRONG.sub(r"<b>\1</b>", str(escape(text)))
    return Markup(EMPHASIS.sub(r"<i>\1</i>", marked))


def shared_values(book: EditedBook, house: HouseStyle) -> dict[str, Any]:
    """What every template may use."""
    metadata = book.metadata
    return {
        "book": book,
        "metadata": metadata,
        "language": metadata.language,
        "words": house.words(metadata.language),
        "authors": metadata.having_role("author", "editor", "compiler"),
        "year": metadata.date.year if metadata.date is not None else "",
    }


def html(element: HtmlElement) -> Markup:
    """What an element holds, as HTML."""
    pieces = [lxml.html.tostring(child, encoding="unicode", method="html") for child in element]
    return escape(element.text or "") + Markup("".join(pieces))


def fill_labels(tree: HtmlElement, words: Mapping[str, str]) -> None:
    """Write “Figure 1” and the like into the empty labels of captions."""
    for label in tree.iter("span"):
        if label.get("class") == "label":
            kind, number = label.attrib.pop("data-kind"), label.attrib.pop("data-number")
            label.text = words[kind].format(number=number)


def fragment(text: str) -> Markup:
    """An XHTML fragment as HTML."""
    return html(parse(text))


def _chapter(
    chapter: Chapter, numbering: Numbering, shared: dict[str, Any], house: HouseStyle
) -> Galley:
    values = {
        **shared,
        "chapter": chapter,
        "title": fragment(chapter.title),
        "subtitle": fragment(chapter.subtitle),
        "epigraph": fragment(chapter.epigraph),
        "text": _text(chapter, shared, house),
        "language": chapter.language,
    }
    return Galley(
        chapter.slug,
        "chapter.html.j2",
        values,
        Opens.RECTO,
        numbering,
        prints_folio=chapter.role != "dedication",
        pictures=tuple(dict.fromkeys(picture.target for picture in chapter.pictures)),
        file=chapter.file,
    )


def _text(chapter: Chapter, shared: dict[str, Any], house: HouseStyle) -> Markup:
    """A chapter's text with its notes where they are called, labels and a dressed opening."""
    tree = parse(chapter.xhtml)
    notes = {note.id: note for note in chapter.notes}
    for call in [a for a in tree.iter("a") if a.get("class") == "noteref"]:
        parent = call.getparent()
        if parent is not None:
            parent.replace(call, _footnote(call, notes[(call.get("href") or "")[1:]]))
    fill_labels(tree, house.words(chapter.language))
    is_rtl = direction(chapter.language) == "rtl"  # Its letters hang together.
    if chapter.part is Part.BODY and shared["metadata"].look.initials and not is_rtl:
        dress_opening(tree)
    carry_spaces(tree)
    for table in tree.iter("table"):
        if _letters_across(table) > LETTERS_ACROSS:
            table.set("class", " ".join(filter(None, [table.get("class"), "tight"])))
    for image in tree.iter("img"):
        image.set("src", quote(image.get("src") or ""))
    return html(tree)


def _letters_across(table: HtmlElement) -> int:
    """How many letters the longest words of all columns have together, with the space between."""
    longest: dict[int, int] = {}
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            words = str(cell.text_content()).split()
            longest[column] = max([longest.get(column, 0), *map(len, words)])
    return sum(longest.values()) + 2 * len(longest)


def _footnote(call: HtmlElement, note: Note) -> HtmlElement:
    """A note as an inline element: paragraphs cannot stand inside of a paragraph."""
    footnote = make("span", {"class": "footnote", "id": note.id})
    for text in note.paragraphs:
        paragraph = parse(text)
        paragraph.tag = "span"
        paragraph.set("class", "note-paragraph")
        footnote.append(paragraph)
    end = make("span", {"class": "note-end", "id": f"{note.id}--end"})
    footnote[-1].append(end) if len(footnote) else footnote.append(end)
    footnote.tail = call.tail
    return footnote


def carry_spaces(tree: HtmlElement) -> None:
    """Move the space before an inline element into it.

    WeasyPrint 70 counts the space at the end of a piece of text: where the words fit the
    line and the space does not, it breaks the line after the first word.
    """
    for element in tree.iter(*CARRIERS):
        previous, parent = element.getprevious(), element.getparent()
        holder, name = (parent, "text") if previous is None else (previous, "tail")
        before = getattr(holder, name) or "" if holder is not None else ""
        leaf = element
        while not leaf.text and len(leaf) and leaf[0].tag in CARRIERS:
            leaf = leaf[0]
        if element.get("dir") or leaf.get("dir"):
            continue  # Read the other way, the space would stand on the other side.
        if before.strip() and before[-1].isspace() and (leaf.text or "").strip():
            setattr(holder, name, before.rstrip())
            leaf.text = " " + (leaf.text or "").lstrip()
