"""Set one galley in type, by itself: HTML in, pages out, with the place where everything fell.

WeasyPrint does the work.  It is given nothing to read but what the book holds: styles,
fonts and pictures come from values in memory, and every other address is refused.

The pages do not know where in the book they will stand.  They carry no number (`imposition`
adds it), no date and no title; links to other galleys are kept by name; the programs of their
fonts are left out, since the book holds each font once.  So they are a plain value that can
be kept for the next printing, or come from another process.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import lxml.html
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bindery import signs
from bindery.casting import cast
from bindery.composition import HYPHEN
from bindery.set_pages import Anchor, Bookmark, Copy, SetPages
from bindery.setting.composed import render
from bindery.setting.drawn import UnreadableError
from bindery.setting.findings import EnoughError, Findings
from bindery.setting.typecases import TypeCases

ROOT = "file:///bindery/"
"""Where the book seems to lie, as far as WeasyPrint is concerned; nothing is read there."""
STYLES = "styles/"
BOOK = "book/"
SHEET = "print.css"
HAIRLINE = 0.1
"""Pixels; what is narrower holds no letter."""
POINTS = 0.75
"""Points in a CSS pixel."""

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


class ComposingRoom:
    """Styles and fonts made ready once, for as many galleys as come.

    `styles` are the files of the house's styles by name.
    """

    def __init__(self, styles: Mapping[str, bytes]) -> None:
        self._styles = {STYLES + name: data for name, data in styles.items()}
        self._programs = {hashlib.sha256(data).hexdigest() for data in styles.values()}
        self._fonts = FontConfiguration()
        self._cases = TypeCases(self._programs)
        self._sheets: dict[tuple[str, bool], tuple[CSS, tuple[str, ...]]] = {}

    def _sheet(self, side: str, opening: bool) -> tuple[CSS, tuple[str, ...]]:
        """The stylesheet for a kind of copy, and what WeasyPrint warned of in it."""
        if (side, opening) not in self._sheets:
            styles = {
                name: cast(data, side, opening) if name.endswith(".css") else data
                for name, data in self._styles.items()
            }
            with _Complaints() as complaints:
                url = f"{ROOT}{STYLES}{SHEET}"
                sheet = CSS(url=url, font_config=self._fonts, url_fetcher=_Shelf(styles))
            self._sheets[side, opening] = (sheet, complaints.heard)
        return self._sheets[side, opening]

    def set_in_type(self, copy: Copy) -> SetPages:
        """The pages that a galley makes.

        Links that stand as signs are put in afterwards.  Where the text that was drawn is not
        the copy's, as when styles add words to it, they are set as elements instead, and no
        passages are found.
        """
        html = copy.html.replace(HYPHEN, "-")  # Else it could not be told from added ones.
        if not signs.has_signs(html):
            return self._set(copy, html)
        try:
            body = lxml.html.fromstring(html).find("body")
            reading = signs.read(str(body.text_content()) if body is not None else "")
            return self._set(copy, signs.without_signs(html), reading)
        except UnreadableError:
            return self._set(copy, signs.with_elements(html))

    def _set(self, copy: Copy, html: str, reading: signs.Reading | None = None) -> SetPages:
        pictures = {BOOK + path: data for path, data in copy.pictures.items()}
        sheet, said = self._sheet(copy.side, copy.opening)
        with _Complaints() as complaints:
            shelf = _Shelf({**self._styles, **pictures})

            def read() -> HTML:
                return HTML(string=html, base_url=ROOT + BOOK, url_fetcher=shelf)

            if reading is None and copy.tagged:
                composed = render(read, sheet, self._fonts, self._cases)
                document, told = composed.document, tuple(map(str, composed.differences))
            else:
                document = read().render(stylesheets=[sheet], font_config=self._fonts)
                told = ()
            _begin_where_words_do(document)
            _keep_links_abroad(document)
            found = Findings(copy.name, self._programs, reading)
            data = b""
            with suppress(EnoughError):
                finish = found.measure if copy.gauge and reading is not None else found.take
                data = document.write_pdf(pdf_tags=copy.tagged, finisher=finish)
        return SetPages(
            data=data,
            anchors=tuple(tuple(_anchors(page)) for page in document.pages),
            bookmarks=tuple(tuple(_bookmarks(page)) for page in document.pages),
            fonts=tuple(found.fonts),
            programs=found.programs,
            complaints=tuple(dict.fromkeys(said + complaints.heard + told)),
            passages=found.passages,
        )


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


def _keep_links_abroad(document: Document) -> None:
    """Give links to other galleys an anchor to hold on to, or WeasyPrint would drop them.

    The place is of no matter: only the name of the destination stays.
    """
    here = {name for page in document.pages for name in page.anchors}
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind == "internal" and target not in here:
                document.pages[0].anchors[target] = (0, 0, 0, 0)
                here.add(target)


def _anchors(page: Any) -> Iterator[Anchor]:
    for name, (x, y, *more) in page.anchors.items():
        if (x, y, *more) != (0, 0, 0, 0):
            yield Anchor(name, x * POINTS, (page.height - y) * POINTS)


def _bookmarks(page: Any) -> Iterator[Bookmark]:
    for level, label, (x, y, *_), state in page.bookmarks:
        yield Bookmark(level, label, x * POINTS, (page.height - y) * POINTS, state == "open")


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


_ROOMS: list[ComposingRoom] = []
"""The composing room of this process, once it is warm."""


def warm(styles: Mapping[str, bytes]) -> None:
    """Make this process's composing room ready."""
    _ROOMS[:] = [ComposingRoom(styles)]


def compose(copy: Copy) -> SetPages:
    """Set a copy in this process's composing room, which must be warm."""
    return _ROOMS[0].set_in_type(copy)
