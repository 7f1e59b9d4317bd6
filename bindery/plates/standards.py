"""Kinds of PDF that printers take: what a file says of itself, and how it is written.

- plain: clean PDF 1.6, or the version that the printer names.
- PDF/X-1a:2001 (ISO 15930-1): PDF 1.3 with an output intent, which says for which press it
  was made; nothing in it depends on who opens it.
- PDF/A-1b (ISO 19005-1): PDF 1.4 that can be kept for ever.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, String

from bindery.plates.embedding import list_glyphs, unwrap_outlines
from bindery.printers.printer import PdfKind

PROFILE = "profiles/FOGRA39L_coated.icc"
"""The colour profile of the output intent, by its path in the styles."""
CONDITION = "FOGRA39"
"""The press for which files are made, as the registry of the ICC calls it."""
REGISTRY = "http://www.color.org"
ABOUT_CONDITION = "Coated FOGRA39 (ISO 12647-2:2004)"
INKS = 4
SCREEN_PROFILE = "profiles/sRGB2014.icc"
"""That of colours in RGB, where the kind of file wants a profile for them."""
SCREEN_CONDITION = "sRGB IEC61966-2.1"
VERSION = "1.6"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself."""

    title: str
    author: str
    published: datetime.datetime
    """The moment that it bears, in UTC."""
    generator: str
    producer: str = "WeasyPrint, pikepdf"


def write(
    pdf: pikepdf.Pdf, kind: PdfKind, imprint: Imprint, profile: bytes, version: str | None = None
) -> bytes:
    """The document as a file of that kind; the same document makes the same bytes.

    `profile` is the ICC profile of the output intent, and `version` the PDF version that the
    printer wants; both matter to some kinds alone.
    """
    _say(pdf, kind, imprint)
    if kind is PdfKind.X1A:
        _intend(pdf, Name.GTS_PDFX, profile)
    elif kind is PdfKind.A1B:
        list_glyphs(pdf)
        _intend(pdf, Name.GTS_PDFA1, profile)
        _say_for_machines(pdf, imprint)
    settings = _settings(kind, version)
    if settings["object_stream_mode"] is ObjectStreamMode.disable:
        unwrap_outlines(pdf)
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True, compress_streams=True, **settings)
    return out.getvalue()


def _settings(kind: PdfKind, version: str | None) -> dict[str, Any]:
    forced = {PdfKind.X1A: "1.3", PdfKind.A1B: "1.4"}.get(kind, version)
    if forced is None:
        return {"object_stream_mode": ObjectStreamMode.generate, "min_version": VERSION}
    streams = forced >= "1.5"
    mode = ObjectStreamMode.generate if streams else ObjectStreamMode.disable
    return {"object_stream_mode": mode, "force_version": forced}


def _say(pdf: pikepdf.Pdf, kind: PdfKind, imprint: Imprint) -> None:
    """The Info dictionary, and no more in the root than the pages."""
    for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[key]
    stamp = imprint.published.strftime("D:%Y%m%d%H%M%S+00'00'")
    said: dict[str, Any] = {"/Title": String(imprint.title)}
    if imprint.author:
        said["/Author"] = String(imprint.author)
    said |= {
        "/Creator": String(imprint.generator),
        "/Producer": String(imprint.producer),
        "/CreationDate": String(stamp),
        "/ModDate": String(stamp),
    }
    if kind is PdfKind.X1A:
        said["/GTS_PDFXVersion"] = String("PDF/X-1:2001")
        said["/GTS_PDFXConformance"] = String("PDF/X-1a:2001")
    if kind is not PdfKind.A1B:
        said["/Trapped"] = Name("/False")
    pdf.docinfo = pdf.make_indirect(Dictionary(said))


def _intend(pdf: pikepdf.Pdf, subtype: Name, profile: bytes) -> None:
    is_screen = profile[16:20] == b"RGB "
    condition, about = CONDITION, ABOUT_CONDITION
    if is_screen:
        condition = about = SCREEN_CONDITION
    embedded = pdf.make_indirect(Stream(pdf, profile, N=3 if is_screen else INKS))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=subtype,
        OutputCondition=String(about),
        OutputConditionIdentifier=String(condition),
        RegistryName=String(REGISTRY),
        Info=String(about),
        DestOutputProfile=embedded,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _say_for_machines(pdf: pikepdf.Pdf, imprint: Imprint) -> None:
    """The same as XMP, word for word, as PDF/A-1 wants (ISO 19005-1, 6.7.3)."""
    moment = imprint.published.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = imprint.title
        if imprint.author:
            xmp["dc:creator"] = [imprint.author]
        xmp["xmp:CreatorTool"] = imprint.generator
        xmp["pdf:Producer"] = imprint.producer
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = moment
        xmp["pdfaid:part"] = "1"
        xmp["pdfaid:conformance"] = "B"
