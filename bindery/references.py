"""Number everything, then resolve every link between chapters, and fetch the pictures.

Authors link to files (`other-essay.md#section`); afterwards a link inside the book is
`#id`, whatever edition it will stand in.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from bindery.book import Book, Chapter, Part, Picture
from bindery.errata import Place, Query, nearest
from bindery.markup.addresses import ABROAD
from bindery.markup.tree import inner, make, parse

SVG = "{http://www.w3.org/2000/svg}svg"
MOST_PIXELS = 100_000_000
"""Of a picture, so that a small file cannot fill the memory."""

UNSAFE_SVG = re.compile(
    rb"<([\w-]+:)?(script|foreignObject)|\son[a-z]+\s*=|<!ENTITY|@import|javascript:"
    rb"|(?:href|src)\s*=\s*[\"'](?!#|data:image/)[^\"']|url\((?!\s*[\"']?\s*(?:#|data:))|\x00",
    re.I,
)
"""What makes a drawing reach out of itself: scripts, foreign content, other files."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The chapters with numbers and links, and the pictures that they show."""

    chapters: tuple[Chapter, ...]
    pictures: tuple[Picture, ...]


def resolve(
    book: Book, fetch: Callable[[str], Picture | None]
) -> tuple[Resolved, tuple[Query, ...]]:
    """Numbers, links and pictures of the whole book, with every query about them.

    `fetch` gives the picture at a path of the book folder, or None.
    """
    atlas = _Atlas(book.chapters)
    queries: list[Query] = []
    chapters = []
    figures = tables = essays = 0
    for chapter in book.chapters:
        essays += chapter.part is Part.BODY
        queries += atlas.queries_of(chapter)
        tree = parse(chapter.xhtml)
        atlas.link(tree, chapter)
        figures = _label(tree.iter("figure"), "figcaption", "figure", figures)
        tables = _label(tree.iter("table"), "caption", "table", tables)
        notes = tuple(
            replace(note, paragraphs=tuple(atlas.linked(p, chapter) for p in note.paragraphs))
            for note in chapter.notes
        )
        number = essays if chapter.part is Part.BODY else 0
        epigraph = atlas.linked(chapter.epigraph, chapter)
        chapters.append(
            replace(chapter, xhtml=inner(tree), epigraph=epigraph, notes=notes, number=number)
        )
    pictures, found = _fetch_all(book.chapters, fetch)
    return Resolved(tuple(chapters), pictures), (*queries, *found)


def _label(elements: object, caption_tag: str, kind: str, count: int) -> int:
    """Put a numbered, empty label into every caption; the number of the last one."""
    for element in list(elements):  # type: ignore[call-overload]
        caption = next(element.iter(caption_tag), None)
        if caption is None:
            continue
        count += 1
        label = make("span", {"class": "label", "data-kind": kind, "data-number": str(count)})
        label.tail, caption.text = caption.text, None
        caption.insert(0, label)
    return count


class _Atlas:
    """Where everything in the book is, by file and by id."""

    def __init__(self, chapters: tuple[Chapter, ...]) -> None:
        self.by_file = {chapter.file: chapter for chapter in chapters}

    def find(self, target: str, chapter: Chapter) -> str | Query | None:
        """The id of a link's target, None when it leads out of the book, a query if broken."""
        if ABROAD.match(target):
            return None
        path, _, name = target.partition("#")
        there = chapter
        if path:
            folder = posixpath.dirname(chapter.file)
            file = posixpath.normpath(posixpath.join(folder, unquote(path)))
            if file not in self.by_file:
                near = nearest(file, self.by_file)
                shown = posixpath.relpath(near, folder or ".") if near else ""
                hint = f"Did you mean {shown}?" if near else "Give the path of a file of the book."
                message = f"The link to {target} leads to no file of the book."
                return Query("broken-link", message, hint, Place(chapter.file))
            there = self.by_file[file]
        if not name:
            return there.slug
        anchor = f"{there.slug}--{unquote(name)}"
        if anchor in there.ids:
            return anchor
        known = [known.partition("--")[2] for known in there.ids]
        near = nearest(unquote(name), known)
        hint = f"Did you mean #{near}?" if near else "Give the heading an id: ## Heading {#name}."
        message = f"The link to {target} leads to nothing: {there.file} has no id “{name}”."
        return Query("broken-link", message, hint, Place(chapter.file))

    def queries_of(self, chapter: Chapter) -> list[Query]:
        """A query for every link of a chapter that leads nowhere."""
        found = [(self.find(link.target, chapter), link.place) for link in chapter.links]
        return [replace(query, place=place) for query, place in found if isinstance(query, Query)]

    def link(self, tree: HtmlElement, chapter: Chapter) -> None:
        """Resolve the links in a tree."""
        for link in tree.iter("a"):
            classes = (link.get("class") or "").split()
            if link.get("href") and "noteref" not in classes:
                found = self.find(link.get("href") or "", chapter)
                if isinstance(found, str):
                    link.set("href", f"#{found}")

    def linked(self, fragment: str, chapter: Chapter) -> str:
        """A fragment with its links resolved."""
        if "<a" not in fragment:
            return fragment
        tree = parse(fragment)
        self.link(tree, chapter)
        return inner(tree)


def _fetch_all(
    chapters: tuple[Chapter, ...], fetch: Callable[[str], Picture | None]
) -> tuple[tuple[Picture, ...], list[Query]]:
    pictures: dict[str, Picture] = {}
    queries = []
    for reference in (reference for chapter in chapters for reference in chapter.pictures):
        if reference.target in pictures:
            continue
        picture = fetch(reference.target)
        if picture is None:
            message = f"The picture {reference.target} is missing from the book folder."
            hint = "Add the file (.svg, .png, .jpg or .gif), or correct the path."
            queries.append(Query("missing-image", message, hint, reference.place))
        elif picture.media_type == "image/svg+xml" and UNSAFE_SVG.search(picture.data):
            message = f"The drawing {reference.target} holds a script or reaches for other files."
            hint = "Save it as a plain SVG without scripts, links and linked images."
            queries.append(Query("unsafe-drawing", message, hint, reference.place))
        elif fault := _fault(picture):
            message = f"The picture {reference.target} {fault[0]}."
            queries.append(Query("broken-picture", message, fault[1], reference.place))
        else:
            pictures[reference.target] = picture
    return tuple(pictures.values()), queries


def _fault(picture: Picture) -> tuple[str, str] | None:
    """What is wrong inside of a picture, and what to do about it; None when nothing is."""
    if not picture.data:
        return "is an empty file", "Save it anew."
    if picture.media_type != "image/svg+xml":
        return _fault_of_raster(picture)
    try:
        root = etree.fromstring(picture.data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as mistake:
        what = str(mistake.msg).rstrip(".")
        return f"is no SVG drawing: {what} (line {mistake.lineno} of it)", "Save it anew as SVG."
    if root.tag != SVG:
        hint = 'Its first element must be <svg xmlns="http://www.w3.org/2000/svg">.'
        return "is no SVG drawing", hint
    return None


def _fault_of_raster(picture: Picture) -> tuple[str, str] | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (not every book has one)

    again = "Open it in a picture program and save it anew as PNG, JPEG or GIF."
    try:
        kind = _kind_of_raster(picture.data)
    except Image.DecompressionBombError:
        size = f"has more than {MOST_PIXELS // 1_000_000} million pixels, which no page can show"
        return size, "Scale it down: 3000 pixels are enough for the width of a page."
    except UnidentifiedImageError:
        return "is no picture that can be read", again
    except (OSError, SyntaxError, ValueError, EOFError) as mistake:
        return f"is damaged: {str(mistake).rstrip('.')}", again
    if kind != picture.media_type:
        name = kind.removeprefix("image/").upper() or "of another kind"
        return f"is {name} inside, whatever its name says", "Give it the ending of its kind."
    return None


def _kind_of_raster(data: bytes) -> str:
    """The media type of a picture that is whole; what Pillow raises when it is not."""
    from PIL import Image, ImageFile  # noqa: PLC0415

    # WeasyPrint tells Pillow, for the whole process, to be content with half a picture.
    content, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise Image.DecompressionBombError
            kind = Image.MIME.get(image.format or "", "")
            image.verify()
        if kind != "image/png":  # Only a PNG has sums by which it is verified.
            with Image.open(io.BytesIO(data)) as image:
                image.draft("L", (1, 1))
                image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = content
    return kind
