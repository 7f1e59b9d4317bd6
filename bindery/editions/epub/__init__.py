"""The e-book: EPUB 3.3, one document a chapter, notes at the end, an index that links.

1. Every chapter becomes an XHTML document through its template (`text`); where the index names
   pages of the printed edition, their beginnings are marked in it (`pages`).
2. Notes, index (`index`, `labels`, `chart`), navigation and the old readers' NCX are drawn up.
3. The fonts are cut down to what the book uses (`font_subsets`).
4. Everything is packed, reproducibly (`package`).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from bindery.book import EditedBook
from bindery.cover import front_picture
from bindery.editions.epub.documents import Writer
from bindery.editions.epub.index import names_pages
from bindery.editions.epub.package import Facts, Item, pack
from bindery.editions.epub.pages import printed_pages
from bindery.editions.epub.text import parse
from bindery.font_subsets import cut_down, needed_faces
from bindery.house_style import HouseStyle
from bindery.typefaces import Face
from bindery.workshop import Artifact, Made, Workshop

NAME = "epub"


def needs_pages(book: EditedBook, /) -> bool:
    """Whether the index names pages of the printed edition."""
    return names_pages(book.index)


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`<slug>.epub`."""
    pages = printed_pages(workshop.set_book, workshop.screen) if needs_pages(book) else {}
    writer = Writer(book, workshop.house, workshop.set_book.pagination, pages)
    documents = tuple(writer.documents())
    text = "".join(item.data.decode() for item in documents)
    chapters = parse("".join(chapter.xhtml for chapter in book.chapters))
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
    facts = _facts(book, workshop.house, chapters)
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


def _facts(book: EditedBook, house: HouseStyle, chapters: HtmlElement) -> Facts:
    word_count = len(str(chapters.text_content()).split())
    described = all((image.get("alt") or "").strip() for image in chapters.iter("img"))
    features = [
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ]
    features += ["index"] if book.index else []
    features += ["pageBreakMarkers", "pageNavigation"] if needs_pages(book) else []
    features += ["alternativeText"] if described else []
    summary = house.words(book.metadata.language)["accessibility"]
    identifiers = book.metadata.identifiers
    printed = identifiers.isbn_print or identifiers.isbn_pdf
    source = f"urn:isbn:{printed}" if printed else book.metadata.urn
    paged = source if needs_pages(book) else ""
    return Facts(word_count, tuple(sorted(features)), True, described, summary, paged)
