"""Make a screen book of the set pages: page labels, names of links, what a viewer opens with.

The pages come tagged, with bookmarks, links and destinations; what WeasyPrint cannot say,
pikepdf adds here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bindery.galleys import Numbering
from bindery.pagination import Pagination

STYLES = {Numbering.ROMAN: Name.r, Numbering.ARABIC: Name.D}


def impose(data: bytes, pagination: Pagination, page_word: str, cover_word: str) -> bytes:
    """The PDF of a screen edition.

    `page_word` says “Page {number}” in the book's language, for readers who hear a link
    and not its number; `cover_word` labels the cover.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.PageLabels = Dictionary(Nums=Array(_labels(pagination, cover_word)))
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.PageLayout = Name.TwoPageRight
        for link in _links(pdf):
            target = str(link.get("/Dest", ""))
            if target in pagination.folios:
                link.Contents = String(page_word.format(number=pagination.folios[target]))
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue()


def _labels(pagination: Pagination, cover_word: str) -> Iterator[int | Dictionary]:
    """The number tree of page labels (ISO 32000-1, 12.4.2): one entry where a style begins."""
    current: Numbering | None = None
    for galley in pagination.galleys:
        if galley.numbering is current:
            continue
        current = galley.numbering
        yield galley.first_page
        if current is Numbering.NONE:
            yield Dictionary(P=String(cover_word))
        else:
            yield Dictionary(S=STYLES[current], St=galley.first_folio)


def _links(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == Name.Link:
                yield annotation
