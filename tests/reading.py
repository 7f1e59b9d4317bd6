"""Finished books read back: what stands on each page of a PDF, and in each file of an EPUB."""

from __future__ import annotations

import ctypes
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import lxml.html
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree
from lxml.html import HtmlElement
from pikepdf import Array, Dictionary, Name

from bindery.book import Chapter, EditedBook
from bindery.markup.tree import parse

LOST_IN_LINES = re.compile(r"[\s\x02\u00ad\u2010\u2011\ufeff\ufffe]+")
"""What a line break may take from a text or give to it: spaces and hyphens.

PDFium says U+0002 or U+FFFE for a soft hyphen at the end of a line.
"""
BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption", "BlockQuote")

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left corner."""


def squeezed(text: str) -> str:
    """A text without its spaces and hyphens, which lines and pages cannot change."""
    return LOST_IN_LINES.sub("", text)


# PDF


@dataclass
class Element:
    """An element of the structure tree, as a screen reader meets it."""

    tag: str
    alt: str = ""
    children: list[Element | Piece] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The element and everything in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def pieces(self, without: tuple[str, ...] = ()) -> Iterator[Piece]:
        """Its pieces of text, but for those in elements of some tags."""
        for child in self.children:
            if isinstance(child, Piece):
                yield child
            elif child.tag not in without:
                yield from child.pieces(without)

    def text(self, without: tuple[str, ...] = ()) -> str:
        """Its text, squeezed."""
        return squeezed("".join(piece.text for piece in self.pieces(without)))

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return next(self.pieces()).page


@dataclass(frozen=True)
class Piece:
    """A run of text with one mark, never longer than a line."""

    page: int
    text: str


@dataclass(frozen=True)
class Link:
    """A link annotation."""

    page: int
    box: Box
    target: str
    """Name of the destination; empty when it leads out of the book."""
    uri: str
    words: str
    """What it says to those who hear it: its /Contents."""


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline that a viewer shows beside the pages."""

    title: str
    page: int
    below: tuple[Bookmark, ...]


class PrintedBook:
    """A PDF with its pages counted from 0."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.document = pypdfium2.PdfDocument(data)
        self.count = len(self.document)
        self.labels = [self.document.get_page_label(page) for page in range(self.count)]
        self._numbers = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        self._pages = [self.document[page] for page in range(self.count)]
        self._textpages = [page.get_textpage() for page in self._pages]

    def text(self, page: int, box: Box | None = None) -> str:
        """All text on a page, or in a part of it, in the order in which it was painted."""
        left, bottom, right, top = box or self.trims[page]
        return str(self._textpages[page].get_text_bounded(left, bottom, right, top))

    def head(self, page: int) -> str:
        """What stands above the text, from left to right."""
        return " ".join(self.text(page, (0, 565, 396, 612)).split())

    def foot(self, page: int) -> str:
        """What stands below the text."""
        return " ".join(self.text(page, (0, 0, 396, 70)).split())

    @property
    def trims(self) -> list[Box]:
        """The media box of every page."""
        return [tuple(map(float, page.mediabox)) for page in self.pdf.pages]  # type: ignore[misc]

    def letters(self, page: int) -> Iterator[tuple[str, Box]]:
        """Every visible character of a page with the box of its ink."""
        textpage = self._textpages[page]
        for number in range(textpage.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(textpage, number))
            if not sign.isspace():
                yield sign, textpage.get_charbox(number)

    def runs(self, page: int) -> Iterator[tuple[str, float, float]]:
        """Every piece of text of a page as it was painted: its words, left edge and baseline."""
        for thing in self._pages[page].get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
            matrix = thing.get_matrix()
            yield _text_of(thing, self._textpages[page]), matrix.e, matrix.f

    @cached_property
    def destinations(self) -> dict[str, tuple[int, float, float]]:
        """Page, left and top of every named destination."""
        tree = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        return {
            str(name): (self._numbers[place[0].objgen], float(place[2]), float(place[3]))
            for name, place in tree.items()
        }

    @cached_property
    def links(self) -> list[Link]:
        """Every link of every page."""
        return [
            Link(
                page,
                _box(note.Rect),
                str(note.get("/Dest", "")),
                str(note.A.get("/URI", "")) if "/A" in note else "",
                str(note.get("/Contents", "")),
            )
            for page, sheet in enumerate(self.pdf.pages)
            for note in sheet.obj.get("/Annots", ())
            if note.Subtype == Name.Link
        ]

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The outline."""
        with self.pdf.open_outline() as outline:
            return tuple(map(self._bookmark, outline.root))

    def _bookmark(self, item: pikepdf.OutlineItem) -> Bookmark:
        place: Any = item.destination
        page = self._numbers[place[0].objgen]
        return Bookmark(item.title, page, tuple(map(self._bookmark, item.children)))

    # The structure, which gives the text in the order in which it is read.

    @cached_property
    def structure(self) -> Element:
        """The element Document, with all that is in it."""
        self._pieces = self._marked_text()
        root = Element("Root")
        self._gather(self.pdf.Root.StructTreeRoot.K, root, None)
        return next(element for element in root.walk() if element.tag == "Document")

    def _gather(self, node: Any, holder: Element, page: int | None) -> None:
        if isinstance(node, Array):
            for child in node:
                self._gather(child, holder, page)
        elif isinstance(node, Dictionary):
            page = self._numbers[node.Pg.objgen] if "/Pg" in node else page
            if "/MCID" in node:
                self._gather(int(node.MCID), holder, page)
            elif "/S" in node:
                element = Element(str(node.S).lstrip("/"), str(node.get("/Alt", "")))
                holder.children.append(element)
                if "/K" in node:
                    self._gather(node.K, element, page)
        elif (page, int(node)) in self._pieces:
            assert page is not None
            holder.children.append(Piece(page, self._pieces[page, int(node)]))

    def _marked_text(self) -> dict[tuple[int | None, int], str]:
        """The text of every marked-content sequence, by page and number."""
        found: dict[tuple[int | None, int], str] = {}
        for page, textpage in enumerate(self._textpages):
            for thing in self._pages[page].get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
                key = page, pdfium.FPDFPageObj_GetMarkedContentID(thing)
                found[key] = found.get(key, "") + _text_of(thing, textpage)
        return found

    @cached_property
    def flow(self) -> list[str]:
        """The text of every page without heads, folios and footnotes, squeezed."""
        return self._by_page(notes=False)

    @cached_property
    def notes(self) -> list[str]:
        """The footnotes of every page, squeezed."""
        return self._by_page(notes=True)

    def _by_page(self, notes: bool) -> list[str]:
        pages = [""] * self.count
        for child in self.structure.children:
            assert isinstance(child, Element)
            # WeasyPrint tags a page's footnotes together, behind its sections.
            if (child.tag == "NonStruct") is notes:
                for piece in child.pieces():
                    pages[piece.page] += squeezed(piece.text)
        return pages

    def pages_with(self, words: str, notes: bool = False) -> set[int]:
        """The pages on which these words begin, wherever they end."""
        pages = self.notes if notes else self.flow
        wanted, whole, found, at = squeezed(words), "".join(pages), set(), -1
        assert wanted
        while (at := whole.find(wanted, at + 1)) >= 0:
            end = 0
            for page, text in enumerate(pages):
                end += len(text)
                if at < end:
                    found.add(page)
                    break
        return found

    def headings(self) -> list[tuple[int, str, int]]:
        """Level, squeezed text and page of every heading, in reading order."""
        return [
            (int(element.tag[1]), element.text(), element.page)
            for element in self.structure.walk()
            if re.fullmatch("H[1-6]", element.tag)
        ]


def _text_of(thing: Any, textpage: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(thing, textpage, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def _box(rectangle: Any) -> Box:
    x1, y1, x2, y2 = map(float, rectangle)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


# EPUB

OPF = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PACKAGE = "EPUB/content.opf"


class ElectronicBook:
    """An EPUB; paths are those inside of the zip."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()
        self.package = etree.fromstring(self.zip.read(PACKAGE))
        self.media_types = {
            f"EPUB/{item.get('href')}": str(item.get("media-type"))
            for item in self._found("//opf:manifest/opf:item")
        }
        ids = {item.get("id"): item.get("href") for item in self._found("//opf:manifest/opf:item")}
        spine = self._found("//opf:spine/opf:itemref")
        self.spine = [f"EPUB/{ids[item.get('idref')]}" for item in spine]
        self.documents = {path: self.read(path) for path in self.spine}

    def _found(self, path: str) -> list[etree._Element]:
        found: Any = self.package.xpath(path, namespaces=OPF)
        return list(found)

    def read(self, path: str) -> etree._Element:
        """One file as a tree."""
        return etree.fromstring(self.zip.read(path))

    def metadata(self, name: str, refines: str | None = None) -> list[str]:
        """The values of a Dublin Core element, or of a `meta` property, in order."""
        if ":" in name and not name.startswith(("schema:", "dcterms:")):
            return [element.text or "" for element in self._found(f"//{name}")]
        return [
            element.text or ""
            for element in self._found(f"//opf:meta[@property='{name}']")
            if element.get("refines") == refines
        ]

    def ids(self, path: str) -> set[str]:
        """Every id in a document."""
        return {str(name) for name in self.documents[path].xpath("//@id")}

    def links(self) -> Iterator[tuple[str, etree._Element, str, str]]:
        """Every link inside the book: its document, itself, path and id that it leads to."""
        for path, document in self.documents.items():
            for link in document.iter(f"{XHTML}a"):
                address = str(link.get("href"))
                if "://" not in address and not address.startswith("mailto:"):
                    yield path, link, *target(path, address)

    def element(self, path: str, name: str) -> etree._Element:
        """The element with an id; StopIteration when there is none."""
        return next(e for e in self.documents[path].iter() if e.get("id") == name)

    def text(self, path: str) -> str:
        """The text of a document's body."""
        body = next(self.documents[path].iter(f"{XHTML}body"))
        return "".join(map(str, body.itertext()))


def target(document: str, address: str) -> tuple[str, str]:
    """Path and id that an address in a document leads to."""
    path, _, name = address.partition("#")
    folder = posixpath.dirname(document)
    return (posixpath.normpath(posixpath.join(folder, path)) if path else document), name


# What should be found


def words_of(chapter: Chapter) -> str:
    """All text of a chapter but its notes, in the order of a page, with “Figure 1.” in place."""
    # A dedication shows its words alone.
    opener = [str(chapter.number) if chapter.number else "", plain(chapter.title)]
    opener += [plain(chapter.subtitle), ", ".join(chapter.authors)]
    shown = "" if chapter.role == "dedication" else "".join(opener)
    tree = parse(chapter.xhtml)
    for rule in tree.iter("hr"):
        rule.text = "* * *"
    for label in tree.iter("span"):
        if label.get("class") == "label":
            label.text = f"{str(label.get('data-kind')).title()} {label.get('data-number')}. "
    return shown + plain(chapter.epigraph) + str(tree.text_content())


def plain(fragment: str) -> str:
    """The text of an XHTML fragment."""
    return str(parse(fragment).text_content())


def words_at(chapter: Chapter, name: str) -> tuple[str, bool]:
    """The words that begin at an id, and whether they stand in a footnote."""
    for fragment, in_note in (
        (chapter.xhtml, False),
        *((text, True) for note in chapter.notes for text in note.paragraphs),
    ):
        tree = parse(fragment)
        there = next((e for e in tree.iter() if e.get("id") == name), None)
        if there is not None:
            return _from(tree, there), in_note
    assert name == chapter.slug, name
    return plain(chapter.title), False


def _from(tree: HtmlElement, there: HtmlElement) -> str:
    """The text of a tree from an element on."""
    begun, words = False, ""
    for event, element in etree.iterwalk(tree, ("start", "end")):
        begun = begun or element is there
        if begun:
            words += (element.text if event == "start" else element.tail) or ""
    return words


def anchored(book: EditedBook) -> Iterator[tuple[Chapter, str]]:
    """Every index mark's chapter and id."""
    for chapter in book.chapters:
        for mark in chapter.marks:
            yield chapter, mark.id


def html_of(text: str) -> HtmlElement:
    """A web page as a tree."""
    page: HtmlElement = lxml.html.document_fromstring(text)
    return page
