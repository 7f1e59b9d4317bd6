"""Uploads: a folder for each printer with what is uploaded there, and what is typed in.

1. The interior (`editions.print_pdf`) from the set pages, padded as the printer wants.
2. The cover (`wrap`), as wide as that many pages of that paper.
3. Both are opened again and examined (`preflight`); an error stops publishing.
4. The checklist (`checklist`): the printer's form, filled in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bindery.book import EditedBook
from bindery.delivery import sums
from bindery.editions.print_pdf import PROFILE, Interior, interior, without_cover
from bindery.errata import Place, Query, Severity
from bindery.house_style import HouseStyle, direction
from bindery.pagination import SetBook, Typesetter
from bindery.paper import inches, said
from bindery.preflight import Examination, Job, Upload, examine_cover, examine_interior
from bindery.preflight.findings import Finding
from bindery.print_orders import PrintOrder
from bindery.printers import Stock, check_fits, stock_for
from bindery.uploads.checklist import checklist
from bindery.workshop import Artifact
from bindery.wrap import Wrap, draw_wrap

FOLDER = "print"
"""Where the folders of all printers are."""
PREVIEW = "cover-preview.png"
CHECKLIST = "checklist.html"
ASKED_BEFORE = {"low-resolution": "cover-art-resolution"}
"""What is asked of a cover by another name before there is a file."""
UNLIKE = inches("0.0625")
"""By so much a spine may differ from its rule (KDP's allowance for the place of its text)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A book set in one of its looks: all that its print files are made of."""

    book: EditedBook
    house: HouseStyle
    pages: SetBook
    programs: Mapping[str, bytes]
    """Bytes of every font file by its SHA-256."""
    typeset: Typesetter
    art: bytes | None
    """A picture for the front of the cover."""
    art_place: Place
    """Where it is named."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is ready for a printer."""

    artifacts: tuple[Artifact, ...]
    upload: Upload
    queries: tuple[Query, ...]


def prepare(
    order: PrintOrder, setting: Setting, published: datetime.datetime, generator: str
) -> Prepared:
    """The folder of one printer, and what was found in its files; the same bytes every time.

    `Unprintable` when the printer has no such paper, or nobody knows how thick it is.
    """
    stock = stock_for(order.printer, order.stock, len(_leaves(setting)), order.place)
    inside = _interior(order, setting, stock, published, generator)
    trim = inside.laid.trim
    queries: tuple[Query, ...] = (
        *_about_isbn(order, setting),
        *_about_spine(order, stock, inside.pages),
        *_about_fit(order, stock, inside),
    )
    outside = draw_wrap(
        setting.book,
        setting.house,
        setting.typeset,
        order.printer,
        stock,
        trim,
        inside.pages,
        published,
        generator=generator,
        price=order.price,
        art=setting.art,
        art_place=setting.art_place,
        spine=order.spine,
    )
    queries = (*queries, *inside.queries, *outside.queries)
    upload = _examined(order, setting, stock, inside, outside)
    artifacts = _folder(order, setting, upload, inside, outside)
    return Prepared(artifacts, upload, (*queries, *_about(upload, order, queries)))


def _leaves(setting: Setting) -> tuple[object, ...]:
    return without_cover(setting.pages).pagination.leaves


def _interior(
    order: PrintOrder,
    setting: Setting,
    stock: Stock,
    published: datetime.datetime,
    generator: str,
) -> Interior:
    return interior(
        setting.pages,
        setting.programs,
        setting.book.metadata,
        order.printer,
        stock,
        published,
        profile=setting.house.styles[PROFILE],
        generator=generator,
        sources={chapter.slug: chapter.file for chapter in setting.book.chapters},
    )


def _examined(
    order: PrintOrder, setting: Setting, stock: Stock, inside: Interior, outside: Wrap
) -> Upload:
    metadata = setting.book.metadata
    job = Job(
        order.printer,
        stock,
        inside.laid.trim,
        inside.laid.bleeds,
        direction(metadata.language) == "rtl",
        metadata.identifiers.isbn_print or "",
        order.spine,
    )
    examinations: tuple[Examination, ...] = (
        examine_interior(_name(order, setting, "interior"), inside.data, job),
        examine_cover(_name(order, setting, "cover"), outside.data, job, inside.pages),
    )
    return Upload(job, inside.pages, examinations)


def _name(order: PrintOrder, setting: Setting, kind: str) -> str:
    """The name of a file as the printer wants it."""
    metadata = setting.book.metadata
    rules = order.printer.interior if kind == "interior" else order.printer.cover_file
    return rules.name_of(metadata.file_stem, metadata.identifiers.isbn_print)


def _folder(
    order: PrintOrder, setting: Setting, upload: Upload, inside: Interior, outside: Wrap
) -> tuple[Artifact, ...]:
    names = [examination.name for examination in upload.examinations]
    page = checklist(order, upload, outside, setting.book.metadata, setting.house)
    files = (
        Artifact(names[0], "application/pdf", inside.data),
        Artifact(names[1], "application/pdf", outside.data),
        Artifact(PREVIEW, "image/png", outside.preview),
        Artifact(CHECKLIST, "text/html", page.encode()),
    )
    place = f"{FOLDER}/{order.folder}"
    everything = (*files, sums(files))
    return tuple(replace(file, path=f"{place}/{file.path}") for file in everything)


def _about_isbn(order: PrintOrder, setting: Setting) -> Iterator[Query]:
    rule = order.printer.cover.barcode.mandatory
    if rule.value and not setting.book.metadata.identifiers.isbn_print:
        message = f"{order.printer.title} wants a barcode on the cover, and the book has no ISBN."
        hint = f"Write isbn_print into [identifiers]. Source: {rule.pedigree}."
        yield Query("no-isbn", message, hint, order.place, Severity.WARNING)


def _about_fit(order: PrintOrder, stock: Stock, inside: Interior) -> Iterator[Query]:
    """What the printer does not bind; of a trim it is told where that is given."""
    trim = inside.laid.trim
    for query in check_fits(order.printer, stock, trim, inside.pages, order.place):
        is_trim = query.code in ("unknown-trim", "unlisted-trim")
        yield replace(query, place=order.trim_place) if is_trim else query


def _about_spine(order: PrintOrder, stock: Stock, pages: int) -> Iterator[Query]:
    """A spine that was right for another number of pages, or another paper."""
    rule = stock.spine
    if order.spine is None or rule.value is None:
        return
    width = rule.value.width(pages)
    if abs(order.spine - width) > UNLIKE:
        message = (
            f"The spine for {order.printer.title} is said to be {said(order.spine)} wide; "
            f"{pages} pages of {stock.title} make {said(width)}."
        )
        hint = "Take it from a template for this page count and paper, or leave spine out."
        hint = f"{hint} Source: {rule.pedigree}."
        yield Query("unlike-spine", message, hint, order.spine_place, Severity.WARNING)


def _about(upload: Upload, order: PrintOrder, asked: Sequence[Query]) -> Iterator[Query]:
    """What preflight found, as queries; of the same finding on many pages the first alone.

    What was asked already, before the files were made, is not asked again.
    """
    seen: dict[tuple[str, str, str], list[Finding]] = {}
    known = {query.code for query in asked}
    inside, outside = upload.examinations
    for examination in (inside, outside):
        for found in examination.findings:
            if found.code in known or (
                examination is outside and ASKED_BEFORE.get(found.code) in known
            ):
                continue
            seen.setdefault((examination.name, found.code, found.limit), []).append(found)
    for (name, code, limit), alike in seen.items():
        first = alike[0]
        page = f", page {first.page}" if first.page is not None else ""
        more = f" (and {len(alike) - 1} more like it)" if len(alike) > 1 else ""
        message = f"{order.printer.title}, {name}{page}: {first.what}{more}"
        hint = f"{first.to_do} Wanted: {limit}. Source: {first.source}"
        yield Query(f"preflight-{code}", message, hint, order.place, first.severity)
