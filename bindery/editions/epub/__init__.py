"""The e-book: EPUB 3.3, one document a chapter, notes at the end, an index that links.

1. Every chapter becomes an XHTML document through its template (`text`).
2. Notes, index, navigation and the old readers' NCX are drawn up.
3. The fonts are cut down to what the book uses (`font_subsets`).
4. Everything is packed, reproducibly (`package`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bindery.book import Chapter, ContentsLine, EditedBook, Part
from bindery.cover import front_picture
from bindery.editions.epub.drawings import with_letters
from bindery.editions.epub.package import Facts, Item, pack
from bindery.editions.epub.text import (
    NOTES,
    Atlas,
    chapter_text,
    fragment,
    note_texts,
    paragraph_numbers,
    parse,
)
from bindery.font_subsets import cut_down, needed_faces
from bindery.galleys import shared_values
from bindery.house_style import HouseStyle
from bindery.index import IndexEntry
from bindery.typefaces import Face
from bindery.workshop import Artifact, Made, Workshop

NAME = "epub"
PAGED = False
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

MATTER = {Part.FRONT: "frontmatter", Part.BODY: "bodymatter", Part.BACK: "backmatter"}


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`<slug>.epub`."""
    writer = _Writer(book, workshop.house)
    documents = tuple(writer.documents())
    text = "".join(item.data.decode() for item in documents)
    words = parse("".join(chapter.xhtml for chapter in book.chapters)).text_content().split()
    plain = "".join(str(parse_document(item.data)) for item in documents)
    faces = needed_faces(workshop.typefaces.faces, plain, text)
    style = workshop.house.style("epub.css")
    css = workshop.house.render("epub/book.css.j2", faces=faces, style=style)
    items = (
        *documents,
        Item("ncx", "toc.ncx", "application/x-dtbncx+xml", writer.ncx()),
        Item("css", "css/book.css", "text/css", css.encode()),
        Item(
            "cover-image",
            "images/cover.jpg",
            "image/jpeg",
            front_picture(workshop.screen),
            ("cover-image",),
        ),
        *writer.images(workshop.typefaces.faces),
        *_fonts(faces, workshop.house, plain),
        Item(
            "display-options",
            "META-INF/com.apple.ibooks.display-options.xml",
            "application/xml",
            workshop.house.render("epub/display-options.xml.j2").encode(),
        ),
    )
    facts = _facts(book, workshop.house, len(words))
    data = pack(book.metadata, items, facts, tuple(writer.guide()), workshop.published)
    path = f"{book.metadata.file_stem}.epub"
    return Made((Artifact(path, "application/epub+zip", data),))


def _fonts(faces: tuple[Face, ...], house: HouseStyle, text: str) -> Iterator[Item]:
    for number, face in enumerate(faces, start=1):
        path = f"fonts/{face.path.rpartition('/')[2]}"
        media_type = "font/otf" if path.endswith(".otf") else "font/ttf"
        yield Item(f"font-{number}", path, media_type, cut_down(house.styles[face.path], text))


def parse_document(data: bytes) -> str:
    """All text of a finished document."""
    body = data.decode().partition("<body")[2].partition(">")[2].rpartition("</body>")[0]
    return str(parse(body).text_content())


def _facts(book: EditedBook, house: HouseStyle, word_count: int) -> Facts:
    fragments = "".join(chapter.xhtml for chapter in book.chapters)
    described = all((image.get("alt") or "").strip() for image in parse(fragments).iter("img"))
    features = [
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ]
    features += ["index"] if book.index else []
    features += ["alternativeText"] if described else []
    summary = house.words(book.metadata.language)["accessibility"]
    return Facts(word_count, tuple(sorted(features)), True, described, summary)


class _Writer:
    """Draws up the documents of one e-book."""

    def __init__(self, book: EditedBook, house: HouseStyle) -> None:
        self.book = book
        self.house = house
        self.atlas = Atlas(book)
        self.shared = shared_values(book, house)
        self.words: Mapping[str, str] = self.shared["words"]

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
            text=chapter_text(chapter, self.atlas, words),
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
            landmarks.append(("index", "index.xhtml", self.words["index"]))
        template = "epub/contents.xhtml.j2"
        return self._item("contents", template, "nav", toc=self._toc(), landmarks=landmarks)

    def _toc(self) -> list[dict[str, Any]]:
        """The contents with addresses; notes and index stand before the colophon, as in print."""
        own = []
        if any(chapter.notes for chapter in self.book.chapters):
            own.append(self._line(f"{NOTES}.xhtml", self.words["endnotes"]))
        if self.book.index:
            own.append(self._line("index.xhtml", self.words["index"]))
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
        places = {
            name: (chapter, number)
            for chapter in self.book.chapters
            for name, number in paragraph_numbers(chapter).items()
        }
        groups = [
            (group.letter, [self._entry(entry, places) for entry in group.entries])
            for group in self.book.index.listings[0].groups
        ]
        return self._item("index", "epub/index.xhtml.j2", "index", groups=groups)

    def _entry(
        self, entry: IndexEntry, places: Mapping[str, tuple[Chapter, int]]
    ) -> dict[str, Any]:
        """An entry whose locators name essay and paragraph, each paragraph once."""
        labels: dict[str, str] = {}
        for anchor in (locus.anchor for locus in entry.loci):
            chapter, number = places[anchor]
            where = str(chapter.number) if chapter.number else chapter.running
            label = f"{where}\u00a0{self.words['paragraph_sign']}\u00a0{number}"
            labels.setdefault(label, self._place_of(anchor, chapter))
        return {
            "id": entry.id,
            "heading": entry.heading,
            "locators": [{"label": label, "href": href} for label, href in labels.items()],
            "lines": [self._entry(below, places) for below in entry.entries],
        }

    def _place_of(self, anchor: str, chapter: Chapter) -> str:
        """The address of a mark, which stands in the text or in one of the notes."""
        in_notes = any(
            f'id="{anchor}"' in text for note in chapter.notes for text in note.paragraphs
        )
        return f"{NOTES}.xhtml#{anchor}" if in_notes else self.atlas.href(anchor)

    def _first_essay(self) -> Chapter:
        return next(chapter for chapter in self.book.chapters if chapter.part is Part.BODY)
