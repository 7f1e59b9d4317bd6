"""Pages of all galleys in one document, with their folios laid over them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from bindery.folios import Leaf
from bindery.pagination import SetBook
from bindery.set_pages import SetPages, UsedFont


@dataclass(slots=True)
class Laid:
    """A document while it is put together."""

    book: SetBook
    galleys: dict[str, LaidGalley] = field(default_factory=dict)
    """Every galley by its name, in the order of the book."""
    leaves: list[pikepdf.Page] = field(default_factory=list)
    """Every page, the cover first."""
    named: list[tuple[Object, tuple[str, ...]]] = field(default_factory=list)
    """Every dictionary that names fonts, and the names in it."""
    fonts: dict[str, list[UsedFont]] = field(default_factory=dict)
    """By the name of the font in resources, every use of it."""
    models: dict[str, Object] = field(default_factory=dict)
    """By the name of the font, a font dictionary to be completed."""

    def take_fonts(self, pages: SetPages, resources: Object) -> tuple[str, ...]:
        """Take down the fonts of some pages before these are copied; the names of all.

        The font dictionaries of which there is a model already are taken out of the resources:
        they would be copied for nothing.
        """
        for font in pages.fonts:
            uses = self.fonts.setdefault(font.key, [])
            if uses:
                del resources.Font[f"/{font.key}"]
            uses.append(font)
        return tuple(font.key for font in pages.fonts)

    def add_fonts(self, names: tuple[str, ...], resources: Object) -> None:
        """Take down copied resources that name these fonts."""
        for name in names:
            if name not in self.models:
                self.models[name] = resources.Font[f"/{name}"]
        self.named.append((resources.Font, names))


@dataclass(slots=True)
class LaidGalley:
    """A galley's own PDF, and where in the book its pages are."""

    source: pikepdf.Pdf
    first: int
    count: int


def lay_pages(pdf: pikepdf.Pdf, book: SetBook) -> Laid:
    """All pages of the book in their order; the sources stay open as long as they are needed."""
    laid = Laid(book)
    blank: pikepdf.Pdf | None = None
    for place, leaf in enumerate(book.pagination.leaves):
        if not leaf.galley:
            if blank is None:
                blank = _open_blank(book)
                _lay(pdf, laid, blank, book.standing[""])
            else:
                pdf.pages.append(blank.pages[0])
        elif leaf.number == 0:
            _lay_galley(pdf, laid, leaf.galley, place)
    laid.leaves = list(pdf.pages)
    _lay_folios(pdf, laid)
    return laid


def _open_blank(book: SetBook) -> pikepdf.Pdf:
    """The blank page; if styles or template put something on it, that is no part of the text."""
    blank = pikepdf.open(io.BytesIO(book.standing[""].data))
    page = blank.pages[0]
    content = b"/Artifact BMC\n" + page.obj.Contents.read_bytes() + b"\nEMC"
    page.obj.Contents = blank.make_indirect(Stream(blank, content))
    return blank


def _lay_galley(pdf: pikepdf.Pdf, laid: Laid, name: str, place: int) -> None:
    pages = laid.book.standing[name]
    source = pikepdf.open(io.BytesIO(pages.data))
    _lay(pdf, laid, source, pages)
    laid.galleys[name] = LaidGalley(source, place, pages.count)


def _lay(pdf: pikepdf.Pdf, laid: Laid, source: pikepdf.Pdf, pages: SetPages) -> None:
    """Copy pages to the end of the document."""
    fonts = laid.take_fonts(pages, source.pages[0].obj.Resources)
    for page in source.pages:
        pdf.pages.append(page)
    laid.add_fonts(fonts, pdf.pages[-1].obj.Resources)


def _lay_folios(pdf: pikepdf.Pdf, laid: Laid) -> None:
    """Lay every printed folio over its page, as an artifact: it is no part of the text."""
    sheets: dict[int, tuple[pikepdf.Pdf, Object]] = {}
    begin = pdf.make_indirect(Stream(pdf, b"q"))
    for leaf, page in _printed(laid):
        pages, number = laid.book.folios[str(leaf.folio), leaf.is_opening]
        if id(pages) not in sheets:
            sheet = pikepdf.open(io.BytesIO(pages.data))
            fonts = laid.take_fonts(pages, sheet.pages[0].obj.Resources)
            resources = pdf.make_indirect(pdf.copy_foreign(sheet.pages[0].obj.Resources))
            laid.add_fonts(fonts, resources)
            sheets[id(pages)] = (sheet, resources)
        sheet, resources = sheets[id(pages)]
        form = _form(pdf, sheet.pages[number], resources)
        name = f"/Folio{len(sheets)}-{leaf.folio}{'o' if leaf.is_opening else ''}"
        shared = page.obj.Resources
        if "/XObject" not in shared:
            shared.XObject = Dictionary()
        shared.XObject[name] = form
        over = f"Q\n/Artifact <</Type /Pagination>> BDC\n{name} Do\nEMC".encode()
        contents = page.obj.Contents
        below = list(contents) if isinstance(contents, Array) else [contents]
        page.obj.Contents = Array([begin, *below, pdf.make_indirect(Stream(pdf, over))])


def _printed(laid: Laid) -> Iterator[tuple[Leaf, pikepdf.Page]]:
    for leaf, page in zip(laid.book.pagination.leaves, laid.leaves, strict=True):
        if leaf.prints_folio:
            yield leaf, page


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page, resources: Object) -> Object:
    """A page's content as a form that can be laid over another page."""
    content = page.obj.Contents.read_bytes()
    box = Array([*page.obj.MediaBox])
    form = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=box)
    form.Resources = resources
    return pdf.make_indirect(form)
