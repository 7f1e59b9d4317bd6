"""The documents of the e-book, in reading order, and what leads to them.

Every chapter is a document of its own; its notes are in one for all chapters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from bindery.book import Chapter, ContentsLine, EditedBook, Part
from bindery.editions.epub.chart import bands
from bindery.editions.epub.drawings import with_letters
from bindery.editions.epub.index import IndexWriter, contents_of, themes_in
from bindery.editions.epub.package import Item
from bindery.editions.epub.pages import PrintedPage, mark_id, mark_pages
from bindery.editions.epub.text import (
    NOTES,
    Atlas,
    chapter_text,
    fragment,
    markup_of,
    note_texts,
)
from bindery.folios import Pagination
from bindery.galleys import shared_values
from bindery.house_style import HouseStyle
from bindery.typefaces import Face

XHTML = "application/xhtml+xml"

SEMANTICS = {
    "essay": ("chapter", "doc-chapter"),
    "preface": ("preface", "doc-preface"),
    "foreword": ("foreword", "doc-foreword"),
    "introduction": ("introduction", "doc-introduction"),
    "dedication": ("dedication", "doc-dedication"),
    "acknowledgements": ("acknowledgments", "doc-acknowledgments"),
    "afterword": ("afterword", "doc-afterword"),
    "appendix": ("appendix", "doc-appendix"),
    "bibliography": ("bibliography", "doc-bibliography"),
    "glossary": ("glossary", "doc-glossary"),
    "colophon": ("colophon", "doc-colophon"),
}
"""epub:type and ARIA role of each kind of chapter (EPUB Structural Semantics, DPUB-ARIA 1.1)."""

OWN_PARTS = ("title-page", "copyright", "contents", "index")
"""Galleys that Bindery makes, and that are documents of the e-book under the same name."""

MATTER = {Part.FRONT: "frontmatter", Part.BODY: "bodymatter", Part.BACK: "backmatter"}


class Writer:
    """Draws up the documents of one e-book."""

    def __init__(
        self,
        book: EditedBook,
        house: HouseStyle,
        pagination: Pagination,
        pages: Mapping[str, Sequence[PrintedPage]],
    ) -> None:
        self.book = book
        self.house = house
        self.pagination = pagination
        self.atlas = Atlas(book)
        self.shared = shared_values(book, house)
        self.words: Mapping[str, str] = self.shared["words"]
        self.texts = {
            chapter.slug: chapter_text(chapter, self.atlas, house.words(chapter.language))
            for chapter in book.chapters
        }
        self.pages = pages
        self.page_marks = {
            slug: mark_pages(text.tree, slug, pages.get(slug, ()), self.words["page"])
            for slug, text in self.texts.items()
        }
        self.themes = themes_in(book.index)
        self.index_title = book.index.settings.title or self.words["index"]

    def documents(self) -> Iterator[Item]:
        """Every document, in reading order."""
        chapters = self.book.chapters
        dedications = [c for c in chapters if c.role == "dedication"]
        colophons = [c for c in chapters if c.role == "colophon"]
        others = [c for c in chapters if c not in (*dedications, *colophons)]
        yield self._item("cover", "epub/cover.xhtml.j2")
        yield self._item("title-page", "epub/title-page.xhtml.j2")
        yield self._item("copyright", "epub/copyright.xhtml.j2")
        yield from map(self._chapter, dedications)
        yield self._contents()
        yield from map(self._chapter, others)
        if any(chapter.notes for chapter in chapters):
            yield self._notes()
        if self.book.index:
            yield self._index()
        yield from map(self._chapter, colophons)

    def ncx(self) -> bytes:
        """Contents for readers that know EPUB 2 only."""
        values = {**self.shared, "toc": self._toc()}
        return self.house.render("epub/toc.ncx.j2", **values).encode()

    def images(self, faces: tuple[Face, ...]) -> Iterator[Item]:
        """The pictures under their names in the e-book."""
        for number, picture in enumerate(self.book.pictures, start=1):
            path = self.atlas.images[picture.path]
            data = picture.data
            if picture.media_type == "image/svg+xml":
                data = with_letters(data, faces, self.house.styles)
            yield Item(f"image-{number:02}", path, picture.media_type, data)

    def guide(self) -> Iterator[tuple[str, str, str]]:
        """Cover, contents and start, as old readers look for them."""
        yield "cover", self.words["cover"], "text/cover.xhtml"
        yield "toc", self.words["contents"], "text/contents.xhtml"
        yield "text", self.words["start"], f"text/{self._first_essay().slug}.xhtml"

    def _item(self, name: str, template: str, *properties: str, **values: Any) -> Item:
        text = self.house.render(template, **{**self.shared, **values})
        return Item(name, f"text/{name}.xhtml", XHTML, text.encode(), properties, in_spine=True)

    def _chapter(self, chapter: Chapter) -> Item:
        semantics, role = SEMANTICS.get(chapter.role, ("", ""))
        words = self.house.words(chapter.language)
        return self._item(
            chapter.slug,
            "epub/chapter.xhtml.j2",
            chapter=chapter,
            chapter_title=fragment(chapter.title, self.atlas, words),
            subtitle=fragment(chapter.subtitle, self.atlas, words),
            epigraph=fragment(chapter.epigraph, self.atlas, words),
            text=markup_of(self.texts[chapter.slug].tree),
            opening=self._opening(chapter.slug),
            themes=self.themes.get(chapter.slug, []) if chapter.part is Part.BODY else [],
            own_words=words,
            type=semantics,
            role=role,
            matter=MATTER[chapter.part],
            language=chapter.language,
        )

    def _contents(self) -> Item:
        landmarks = [
            ("cover", "cover.xhtml", self.words["cover"]),
            ("titlepage", "title-page.xhtml", self.words["title_page"]),
            ("toc", "contents.xhtml", self.words["contents"]),
            ("bodymatter", f"{self._first_essay().slug}.xhtml", self.words["start"]),
        ]
        if any(chapter.notes for chapter in self.book.chapters):
            landmarks.append(("endnotes", f"{NOTES}.xhtml", self.words["endnotes"]))
        if self.book.index:
            landmarks.append(("index", "index.xhtml", self.index_title))
        template = "epub/contents.xhtml.j2"
        values = {"toc": self._toc(), "landmarks": landmarks, "pages": list(self._page_list())}
        return self._item("contents", template, "nav", **values)

    def _opening(self, slug: str) -> dict[str, str]:
        """The printed page with which a chapter opens; empty when pages are not named."""
        pages = self.pages.get(slug)
        return {"id": mark_id(slug, pages[0].folio), "folio": pages[0].folio} if pages else {}

    def _page_list(self) -> Iterator[tuple[str, str]]:
        """Printed pages and where they begin; of the parts that Bindery makes, the first one."""
        for galley, pages in self.pages.items():
            if galley in self.texts:
                yield pages[0].folio, f"{galley}.xhtml#{mark_id(galley, pages[0].folio)}"
                for mark in self.page_marks[galley]:
                    yield mark.folio, f"{galley}.xhtml#{mark.id}"
            elif galley in OWN_PARTS:
                yield pages[0].folio, f"{galley}.xhtml"

    def _toc(self) -> list[dict[str, Any]]:
        """The contents with addresses; notes and index stand before the colophon, as in print."""
        own = []
        if any(chapter.notes for chapter in self.book.chapters):
            own.append(self._line(f"{NOTES}.xhtml", self.words["endnotes"]))
        if self.book.index:
            below = contents_of(self.book.index, self.words)
            lines = [self._line(href, str(escape(title))) for title, href in below]
            own.append({**self._line("index.xhtml", str(escape(self.index_title))), "lines": lines})
        lines = [self._toc_line(line) for line in self.book.contents]
        roles = {chapter.slug: chapter.role for chapter in self.book.chapters}
        at = next(
            (n for n, line in enumerate(self.book.contents) if roles[line.id] == "colophon"),
            len(lines),
        )
        return [*lines[:at], *own, *lines[at:]]

    def _toc_line(self, line: ContentsLine) -> dict[str, Any]:
        found = self._line(self.atlas.href(line.id), line.title, line.subtitle, line.number)
        return {**found, "lines": [self._toc_line(below) for below in line.lines]}

    def _line(self, href: str, title: str, subtitle: str = "", number: int = 0) -> dict[str, Any]:
        return {"href": href, "title": title, "subtitle": subtitle, "number": number, "lines": []}

    def _notes(self) -> Item:
        groups = [
            (chapter.title, note_texts(chapter, self.atlas, self.house.words(chapter.language)))
            for chapter in self.book.chapters
            if chapter.notes
        ]
        return self._item(NOTES, "epub/notes.xhtml.j2", groups=groups)

    def _index(self) -> Item:
        spots = {name: spot for text in self.texts.values() for name, spot in text.spots.items()}
        writer = IndexWriter(self.book, self.words, spots, self.pagination.folios)
        themes, listings = writer.themes(), tuple(writer.listings())
        sections = (*([themes] if themes else []), *listings)
        chart = bands(self.book)
        return self._item(
            "index",
            "epub/index.xhtml.j2",
            *("index", "svg") if chart else ("index",),
            title=self.index_title,
            headnotes=writer.headnotes,
            legend=writer.legend(sections),
            sections=sections,
            themes=themes,
            chart=chart,
            has_rings=any(cell.whole for band in chart for row in band.rows for cell in row.cells),
            has_parts=len(sections) > 1 or themes is not None,
        )

    def _first_essay(self) -> Chapter:
        return next(chapter for chapter in self.book.chapters if chapter.part is Part.BODY)
