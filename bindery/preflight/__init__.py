"""Preflight: finished files, opened again and examined for a printer, before they are uploaded.

1. `inspecting` takes a file apart into facts (`facts`): one walk over everything that is drawn.
2. `proofs` draws its pages, and finds where their ink and their letters are.
3. The checks compare both with the printer's rules, a subject a module, and yield findings.
   `report` writes them down.

Nothing that made the files is asked here: a mistake in the press shall be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from bindery.preflight import covers, margins, outlines, sheets
from bindery.preflight.archival import examine_archival
from bindery.preflight.barcodes import read_barcodes
from bindery.preflight.documents import examine_document
from bindery.preflight.elements import examine_fonts, examine_marks, examine_pictures
from bindery.preflight.examinations import Examination, Upload
from bindery.preflight.facts import File
from bindery.preflight.findings import Finding, against_standard, gathered
from bindery.preflight.inks import examine_inks
from bindery.preflight.inspecting import UnopenableError, inspect
from bindery.preflight.jobs import Allowed, Job
from bindery.preflight.proofs import Look, Proof, draw
from bindery.preflight.words import examine_words
from bindery.printers import FileRules

__all__ = [
    "Examination",
    "Finding",
    "Job",
    "Upload",
    "examine_cover",
    "examine_interior",
]


def examine_interior(name: str, data: bytes, job: Job) -> Examination:
    """The pages of a book, for a printer; the margins go by how many they really are."""
    try:
        file, proofs = _opened(data, Look.INTERIOR)
    except UnopenableError as mistake:
        return _unopenable(name, mistake)
    pages, rules = len(file.pages), job.printer.interior
    found = [
        *examine_document(file, job, rules),
        *sheets.examine_counts(file, job, proofs),
        *_content(file, job, rules, job.interior_colours),
        *examine_words(proofs, job),
        *examine_archival(data, rules),
    ]
    wanted = [job.page(number, pages) for number in range(1, pages + 1)]
    for page, proof, boxes in zip(file.pages, proofs, wanted, strict=True):
        found += sheets.examine_size(page, boxes.media, job)
        found += sheets.examine_boxes(page, boxes.media, boxes.trim, job, rules)
        found += margins.examine_margins(proof, job, pages)
    lines = tuple(outlines.of_page(boxes) for boxes in wanted)
    return Examination(name, gathered(found), proofs, lines)


def examine_cover(name: str, data: bytes, job: Job, pages: int) -> Examination:
    """The cover of a book whose interior has so many pages.

    `Unprintable` when nobody has published how thick the paper is.
    """
    wanted, rules = job.cover(pages), job.printer.cover_file
    try:
        file, proofs = _opened(data, Look.COVER)
    except UnopenableError as mistake:
        return _unopenable(name, mistake)
    page, letters = file.pages[0], proofs[0].letters
    sheet = covers.sheet_of(page, job, pages)
    found = [
        *examine_document(file, job, rules),
        *covers.examine_sheet(file, sheet, wanted, job, pages),
        *_content(file, job, rules, rules.colours),
        *examine_archival(data, rules),
    ]
    if sheet is not None:
        readings = read_barcodes(data)
        found += sheets.examine_boxes(page, sheet.media, sheet.trim, job, rules)
        found += covers.examine_letters(letters, sheet, job, pages)
        found += covers.examine_bleed(proofs[0], sheet, job)
        found += covers.examine_barcodes(readings, page, letters, sheet, job)
    lines = (outlines.of_cover(wanted),) * len(proofs)
    return Examination(name, gathered(found), proofs, lines)


def _opened(data: bytes, look: Look) -> tuple[File, tuple[Proof, ...]]:
    """A file's facts, and its pages as they look; `UnopenableError` when two readers disagree."""
    file, proofs = inspect(data), draw(data, look)
    if len(file.pages) != len(proofs):
        raise UnopenableError("it is damaged: nobody can tell how many pages it has")
    return file, proofs


def _content(file: File, job: Job, rules: FileRules, colours: Allowed) -> Iterator[Finding]:
    """What is drawn on the pages of an interior or a cover."""
    yield from examine_fonts(file.pages, job, rules)
    for page in file.pages:
        yield from examine_marks(page, job, rules)
        yield from examine_pictures(page, job, rules)
        yield from examine_inks(page, job, rules, colours)


def _unopenable(name: str, mistake: UnopenableError) -> Examination:
    what = f"The file cannot be opened: {mistake}."
    code = "encrypted" if mistake.is_locked else "damaged-file"
    to_do = "Save it without a password." if mistake.is_locked else "Export the file anew."
    return Examination(name, (against_standard(code, None, what, "a sound PDF", to_do),))
