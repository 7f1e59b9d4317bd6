"""Pack an EPUB 3.3 with EbookLib: bytes in, bytes out, the same bytes every time.

EbookLib 0.20 would parse documents again (and lose attributes), stamp the zip with the
present moment, and write metadata that EPUBCheck refuses.  So it is given finished
documents as plain items, and its writer is told three things better: the package element,
the dates, and the bytes of the zip.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from ebooklib.epub import NAMESPACES, EpubBook, EpubItem, EpubWriter
from lxml import etree

from bindery.house_style import direction
from bindery.metadata import ROLES, Metadata

STORED = (".jpg", ".jpeg", ".png", ".gif", ".woff2")
"""Endings of files that are compressed already."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file in the EPUB."""

    id: str
    path: str
    """Path relative to the package document."""
    media_type: str
    data: bytes = field(repr=False)
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the package says of the book that the metadata does not."""

    word_count: int
    features: tuple[str, ...]
    """schema:accessibilityFeature, only what the book really has."""
    has_images: bool
    images_described: bool
    """Whether every image has a text alternative."""
    summary: str
    """schema:accessibilitySummary."""
    page_source: str = ""
    """Name of the edition whose pages are marked in the e-book; empty when none are."""


def pack(
    metadata: Metadata,
    items: tuple[Item, ...],
    facts: Facts,
    guide: tuple[tuple[str, str, str], ...],
    published: datetime.datetime,
) -> bytes:
    """The EPUB as bytes; `guide` holds type, title and path of the places old readers ask for."""
    book = EpubBook()
    book.metadata.clear()
    book.IDENTIFIER_ID = "uid"
    book.set_identifier(metadata.urn)
    book.language = metadata.language
    if direction(metadata.language) == "rtl":
        book.set_direction("rtl")
    book.title = metadata.title
    book.prefixes = ["schema: http://schema.org/"]
    _describe(book, metadata)
    _tell_facts(book, facts)
    for item in items:
        if book.get_item_with_id(item.id) or book.get_item_with_href(item.path):
            raise ValueError(f"two items of the e-book are {item.id} or {item.path}")
        entry = EpubItem(item.id, item.path, item.media_type, item.data)
        if item.properties:
            entry.properties = list(item.properties)
        if item.path.startswith("META-INF/"):
            entry.manifest = False
        book.add_item(entry)
        if item.in_spine:
            book.spine.append(entry)
        if "cover-image" in item.properties:
            book.add_metadata(None, "meta", None, {"name": "cover", "content": item.id})
    book.guide = [{"type": kind, "title": title, "href": path} for kind, title, path in guide]
    return _Writer(book, published).packed()


def _describe(book: EpubBook, metadata: Metadata) -> None:
    """Title, people, dates and rights, as Standard Ebooks and the EPUB 3.3 vocabulary have them."""

    def refine(target: str, name: str, value: str, **more: str) -> None:
        book.add_metadata(None, "meta", value, {"property": name, "refines": f"#{target}", **more})

    book.add_metadata("DC", "language", metadata.language)
    book.add_metadata("DC", "title", metadata.title, {"id": "title"})
    refine("title", "title-type", "main")
    refine("title", "display-seq", "1")
    if metadata.subtitle:
        book.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        refine("subtitle", "title-type", "subtitle")
        refine("subtitle", "display-seq", "2")
    for number, who in enumerate(metadata.contributors, start=1):
        makes = set(who.roles) & {"author", "editor", "compiler"}
        kind = "creator" if makes else "contributor"
        book.add_metadata("DC", kind, who.name, {"id": f"{kind}-{number}"})
        refine(f"{kind}-{number}", "file-as", who.file_as or who.name)
        for role in who.roles:
            refine(f"{kind}-{number}", "role", ROLES[role], scheme="marc:relators")
    plain = {
        "publisher": metadata.publisher,
        "rights": metadata.rights,
        "description": "\n\n".join(metadata.paragraphs),
        "date": metadata.date.isoformat() if metadata.date else "",
    }
    for name, value in plain.items():
        if value:
            book.add_metadata("DC", name, value)
    for subject in metadata.subjects:
        book.add_metadata("DC", "subject", subject)
    if metadata.identifiers.isbn_epub:
        book.add_metadata("DC", "identifier", f"urn:isbn:{metadata.identifiers.isbn_epub}", {})


def _tell_facts(book: EpubBook, facts: Facts) -> None:
    """Accessibility as EPUB Accessibility 1.1 asks, from what the book really holds."""

    def say(name: str, value: str) -> None:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})

    say("accessMode", "textual")
    if facts.has_images:
        say("accessMode", "visual")
    if facts.images_described:
        say("accessModeSufficient", "textual")
    if facts.has_images:
        say("accessModeSufficient", "textual,visual")
    for feature in facts.features:
        say("accessibilityFeature", feature)
    say("accessibilityHazard", "none")
    say("accessibilitySummary", facts.summary)
    say("wordCount", str(facts.word_count))
    if facts.page_source:
        book.add_metadata("DC", "source", facts.page_source)
        book.add_metadata(None, "meta", facts.page_source, {"property": "pageBreakSource"})


class _Zip(zipfile.ZipFile):
    """Writes every file with one date and one mode."""

    stamp: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,  # noqa: ARG002 (always the best)
    ) -> None:
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        entry = zipfile.ZipInfo(str(name), self.stamp)
        entry.external_attr = 0o100644 << 16
        entry.create_system = 3
        stored = compress_type == zipfile.ZIP_STORED or str(name).lower().endswith(STORED)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(entry, data, entry.compress_type, None if stored else 9)


class _Writer(EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, with the package document and the zip in our hands."""

    def __init__(self, book: EpubBook, published: datetime.datetime) -> None:
        super().__init__("", book, {"mtime": published})
        self._stamp = published.timetuple()[:6]

    def packed(self) -> bytes:
        """The whole EPUB."""
        memory = io.BytesIO()
        self.out = _Zip(memory, "w", zipfile.ZIP_DEFLATED)
        self.out.stamp = max(self._stamp, _Zip.stamp)
        with self.out:
            self.out.writestr("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()
        return memory.getvalue()

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(f"{{{NAMESPACES['XML']}}}lang", self.book.language)
        root.set("prefix", " ".join(self.book.prefixes))
        for metadata in root.findall("metadata"):
            etree.cleanup_namespaces(metadata)
        super()._write_opf_file(root)
