"""Put set pages together into one document.

1. The pages of all galleys are laid one after the other, blank ones between them.
2. Folios, which were set on sheets of their own, are laid over the pages (`pages`).
3. Every font is written once, with the glyphs of the whole book (`fonts`).
4. The structure trees of the galleys become one (`structure`).
5. Destinations, outline, page labels and the names of links are drawn up (`navigation`).
6. What the document says of itself is written, and the file, always with the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Dictionary, Name, String

from bindery.house_style import direction
from bindery.imposition.fonts import share_fonts
from bindery.imposition.navigation import Words, draw_up_navigation
from bindery.imposition.pages import lay_pages
from bindery.imposition.structure import join_structure
from bindery.metadata import Metadata
from bindery.pagination import SetBook

__all__ = ["Words", "impose"]

PRODUCER = "WeasyPrint, pikepdf"


def impose(
    book: SetBook,
    programs: Mapping[str, bytes],
    metadata: Metadata,
    words: Words,
    published: datetime.datetime,
    generator: str,
) -> bytes:
    """The tagged PDF of a screen edition.

    `programs` has the bytes of every font file by its SHA-256.
    """
    with pikepdf.new() as pdf:
        laid = lay_pages(pdf, book)
        share_fonts(pdf, laid, programs)
        join_structure(pdf, laid)
        draw_up_navigation(pdf, laid, book.pagination, words)
        _describe(pdf, metadata, published, generator)
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            min_version="1.7",
        )
    return out.getvalue()


def _describe(
    pdf: pikepdf.Pdf, metadata: Metadata, published: datetime.datetime, generator: str
) -> None:
    """Title, people, language and dates, for people (Info) and machines (XMP); PDF/UA-1."""
    title = f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title
    authors = [who.name for who in metadata.having_role("author", "editor", "compiler")]
    about = metadata.paragraphs[0] if metadata.paragraphs else ""
    moment = published.strftime("%Y-%m-%dT%H:%M:%SZ")
    stamp = String(published.strftime("D:%Y%m%d%H%M%SZ"))
    info = {
        "Title": title,
        "Author": ", ".join(authors),
        "Subject": about,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": generator,
        "Producer": PRODUCER,
    }
    said = {f"/{key}": String(value) for key, value in info.items() if value}
    pdf.docinfo = pdf.make_indirect(Dictionary(said | {"/CreationDate": stamp, "/ModDate": stamp}))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        if authors:
            xmp["dc:creator"] = authors
        if about:
            xmp["dc:description"] = about
        if metadata.keywords:
            xmp["pdf:Keywords"] = info["Keywords"]
        xmp["dc:language"] = {metadata.language}
        xmp["pdf:Producer"] = PRODUCER
        xmp["xmp:CreatorTool"] = generator
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = moment
        xmp["pdfuaid:part"] = "1"
    pdf.Root.Lang = String(metadata.language)
    from_right = direction(metadata.language) == "rtl"
    reading = Name.R2L if from_right else Name.L2R
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=reading)
    pdf.Root.PageMode = Name.UseOutlines
    # The cover is the first page and has no back, so that rectos are pages of even number.
    pdf.Root.PageLayout = Name.TwoPageRight if from_right else Name.TwoPageLeft
