"""Set one galley in type: HTML in, pages out, with the place where every anchor fell.

WeasyPrint does the work.  It is given nothing to read but what the book holds: styles,
fonts and pictures come from values in memory, and every other address is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ROOT = "file:///bindery/"
"""Where the book seems to lie, as far as WeasyPrint is concerned; nothing is read there."""
STYLES = "styles/"
BOOK = "book/"
SHEET = "print.css"
HAIRLINE = 0.1
"""Points; what is narrower holds no letter."""

MEDIA_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class SetPages:
    """The pages of one galley."""

    document: Document
    anchors: tuple[frozenset[str], ...]
    """Ids that fell on each page, page by page."""
    complaints: tuple[str, ...]
    """What WeasyPrint warned of while it set them."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.anchors)


class Composing:
    """A composing room: styles and fonts made ready once, for as many galleys as come.

    `styles` are the files of the house's styles by name; `pictures` the bytes of the book's
    pictures by path.
    """

    def __init__(self, styles: Mapping[str, bytes], pictures: Mapping[str, bytes]) -> None:
        assets = {STYLES + name: data for name, data in styles.items()}
        assets |= {BOOK + path: data for path, data in pictures.items()}
        self._fetcher = _Shelf(assets)
        self._fonts = FontConfiguration()
        with _Complaints() as complaints:
            self._sheet = CSS(
                url=f"{ROOT}{STYLES}{SHEET}", font_config=self._fonts, url_fetcher=self._fetcher
            )
        self.complaints = complaints.heard
        """What WeasyPrint warned of while it read the styles."""

    def set_in_type(self, html: str) -> SetPages:
        """The pages that a galley makes."""
        with _Complaints() as complaints:
            document = HTML(string=html, base_url=ROOT + BOOK, url_fetcher=self._fetcher).render(
                stylesheets=[self._sheet], font_config=self._fonts
            )
        _begin_where_words_do(document)
        anchors = tuple(frozenset(page.anchors) for page in document.pages)
        return SetPages(document, anchors, complaints.heard)


def _begin_where_words_do(document: Document) -> None:
    """Forget anchors at the end of a page of which only a space is left there.

    A space that `galleys.carry_spaces` moved into an element stays on the line before it when
    its words go over to the next one, and to the next page.
    """
    for page, following in pairwise(document.pages):
        for name in page.anchors.keys() & following.anchors.keys():
            left, _, right, _ = page.anchors[name]
            if right - left < HAIRLINE:
                del page.anchors[name]


@dataclass(frozen=True, slots=True)
class Printed:
    """A written PDF, with what is known of it only once it is written."""

    data: bytes
    families: frozenset[str]
    """Families of the fonts that were really used."""
    complaints: tuple[str, ...]


def pull(sheets: list[SetPages]) -> Printed:
    """Write pages as one tagged PDF, with the first galley's metadata."""
    pages = [page for pages in sheets for page in pages.document.pages]
    families: set[str] = set()

    def note_fonts(document: Document, _pdf: Any) -> None:
        families.update(font.family for font in document.fonts.values())

    with _Complaints() as complaints:
        data = sheets[0].document.copy(pages).write_pdf(pdf_variant="pdf/ua-1", finisher=note_fonts)
    return Printed(data or b"", frozenset(families), complaints.heard)


class _Shelf(URLFetcher):  # type: ignore[misc]
    """Serves the book's own files from memory, and refuses every other address."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        path = unquote(url.removeprefix(ROOT).split("?")[0].split("#")[0])
        if not url.startswith(ROOT) or path not in self._assets:
            raise ValueError(f"{url} is not part of the book")
        kind = MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, self._assets[path], {"Content-Type": kind})


class _Complaints(logging.Handler):
    """Hears what WeasyPrint logs while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[str] = []

    @property
    def heard(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._lines))

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())

    def __enter__(self) -> _Complaints:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
