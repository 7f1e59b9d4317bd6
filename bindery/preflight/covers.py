"""The cover: as large as its book is thick, safe where it is folded and cut, with its barcode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from bindery.paper import Box, CoverSheet
from bindery.preflight.barcodes import Reading, examine_barcode
from bindery.preflight.facts import File, Page
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import TOLERANCE, Job, length
from bindery.preflight.margins import edges_of
from bindery.preflight.proofs import ACCURACY, Letter, Proof
from bindery.printers import BarcodeMaker

THICKEST = 300.0
"""Points; a sheet whose spine would be thicker is of a wrong size altogether."""
HAIR = 0.1
"""Points by which a letter may seem to go over a line without doing so."""
SHOWN = 24
"""Letters of a text that are quoted."""


def sheet_of(page: Page, job: Job, pages: int) -> CoverSheet | None:
    """The geometry that a cover really has, whose spine may be too wide or too narrow.

    None for a sheet that is no cover of that trim at all.
    """
    wanted = job.cover(pages)
    spine = Fraction(page.width - float(wanted.media.width - wanted.spine_width))
    if abs(page.height - float(wanted.media.height)) > TOLERANCE or not 0 <= spine <= THICKEST:
        return None
    if abs(spine - wanted.spine_width) <= TOLERANCE:
        return wanted
    return replace(job, spine=spine.limit_denominator(1000)).cover(pages)


def examine_sheet(
    file: File, found: CoverSheet | None, wanted: CoverSheet, job: Job, pages: int
) -> Iterator[Finding]:
    """One page, as wide as both covers and the spine of so many pages."""
    page, to_do = file.pages[0], "Make the cover anew for this page count and paper."
    if len(file.pages) != 1:
        what = f"The cover has {len(file.pages)} pages."
        yield against_standard("cover-pages", None, what, "one page", "Export it as one sheet.")
    if found is None:
        what = f"The cover is {length(page.width)} wide and {length(page.height)} high."
        limit = f"{length(wanted.media.width)} wide and {length(wanted.media.height)} high"
        yield against(job.printer.cover.bleed, "cover-size", 1, what, limit, to_do)
    elif found.spine_width != wanted.spine_width:
        what = f"The cover leaves {length(found.spine_width)} for the spine."
        limit = f"{length(wanted.spine_width)}, for {pages} pages on {job.stock.title}"
        yield against(job.stock.spine, "spine-width", 1, what, limit, to_do)


def examine_letters(
    letters: Sequence[Letter], sheet: CoverSheet, job: Job, pages: int
) -> Iterator[Finding]:
    """Whether the text of each panel keeps clear of folds and cuts; a barcode's digits may not."""
    spot = sheet.barcode
    letters = [each for each in letters if not (spot and _holds(spot, each.box, HAIR))]
    on_spine = [letter for letter in letters if _is_on(letter, sheet.spine)]
    yield from _spine_text(on_spine, sheet, job, pages)
    rule = job.printer.cover.safe
    for name, panel, safe in (
        ("back", sheet.back, sheet.back_safe),
        ("front", sheet.front, sheet.front_safe),
    ):
        there = [letter for letter in letters if letter not in on_spine]
        there = [letter for letter in there if _is_beside(letter, panel, sheet)]
        if wrong := _outside(there, safe):
            what = f"Text on the {name} stands too near to its edge: {_quoted(wrong)}."
            limit = f"{length(rule.value)} from each cut and fold"
            yield against(rule, "cover-safe", 1, what, limit, "Move it inwards.")


def _spine_text(
    letters: Sequence[Letter], sheet: CoverSheet, job: Job, pages: int
) -> Iterator[Finding]:
    rules = job.printer.cover.spine_text
    if not letters:
        return
    what = f"There is text on the spine: {_quoted(letters)}."
    if pages < rules.fewest_pages.value:
        limit = f"{rules.fewest_pages.value} pages at least; the book has {pages}"
        to_do = "Leave the spine without text."
        yield against(rules.fewest_pages, "spine-text", 1, what, limit, to_do)
    elif sheet.spine_text is None:
        limit, to_do = "a spine that is wide enough", "Leave the spine without text."
        yield against(rules.clearances, "spine-text", 1, what, limit, to_do)
    elif wrong := _outside(letters, sheet.spine_text):
        area = sheet.spine_text
        what = f"Text on the spine stands too near to a fold or a cut: {_quoted(wrong)}."
        limit = f"{length(area.left - sheet.spine.left)} from each fold"
        yield against(rules.clearances, "spine-fold", 1, what, limit, "Set it smaller.")


def examine_bleed(proof: Proof, sheet: CoverSheet, job: Job) -> Iterator[Finding]:
    """Whether what reaches the cut goes on to the edge of the sheet."""
    if proof.ink is None:
        return
    rules = job.printer.cover
    safe = sheet.trim.inset(*[rules.safe.value] * 4)
    for edge in edges_of(proof.ink, sheet.media, sheet.trim, safe):
        if edge.stops_short:
            what = f"The cover's art ends {length(edge.ink)} before the sheet does ({edge.side})."
            limit = f"{length(edge.trim)} over the cut"
            to_do = "Make it larger, so that it goes on to the edge of the sheet."
            yield against(rules.bleed, "bleed-short", 1, what, limit, to_do)
        elif not edge.bleeds and not edge.is_safe:
            what = f"Something ends {length(edge.ink - edge.trim)} from the cut ({edge.side})."
            limit = f"{length(rules.safe.value)} from the cut, or over it"
            yield against(rules.safe, "cover-safe", 1, what, limit, "Move it inwards.")


def examine_barcodes(
    readings: Sequence[Reading], page: Page, letters: Iterable[Letter], sheet: CoverSheet, job: Job
) -> Iterator[Finding]:
    """Whether the right barcode is there, or else its place is free."""
    rules = job.printer.cover.barcode
    if not readings:
        yield from _missing(letters, sheet, job)
    for reading in readings:
        if reading.digits != job.digits:
            known = f"the ISBN {job.isbn}" if job.isbn else "no barcode: the book has no ISBN"
            what = f"The barcode says {reading.digits}."
            yield against_standard("barcode-isbn", 1, what, known, "Draw the right one.")
        if sheet.barcode is not None and not _holds(sheet.barcode, reading.bars, ACCURACY):
            what = "The barcode stands outside of the area that belongs to it."
            limit = f"inside of {', '.join(f'{edge:.1f}' for edge in sheet.barcode.as_floats())} pt"
            yield against(rules.spot, "barcode-place", 1, what, limit, "Move it there.")
        if rules.maker.value is BarcodeMaker.PRINTER:
            what, limit = "The cover brings a barcode.", "an area left free for the printer's own"
            yield against(rules.maker, "barcode-area", 1, what, limit, "Take it out.")
        yield from examine_barcode(reading, page)


def _missing(letters: Iterable[Letter], sheet: CoverSheet, job: Job) -> Iterator[Finding]:
    rules = job.printer.cover.barcode
    ours = rules.maker.value is BarcodeMaker.PUBLISHER
    if job.isbn and (ours or rules.mandatory.value):
        rule = rules.mandatory if rules.mandatory.value else rules.maker
        what = "No barcode can be read on the cover."
        limit, to_do = f"the barcode of {job.isbn}", "Put it on the back, in black on white."
        yield against(rule, "barcode-missing", 1, what, limit, to_do)
    elif sheet.barcode is not None:
        area = sheet.barcode
        there = [each for each in letters if _meets(each.box, area)]
        if there:
            what = f"Text stands where the printer puts the barcode: {_quoted(there)}."
            yield against(rules.spot, "barcode-area", 1, what, "an area left free", "Move it away.")


def _is_on(letter: Letter, panel: Box) -> bool:
    """Whether the middle of a letter is on a panel."""
    middle = (letter.box[0] + letter.box[2]) / 2
    return float(panel.left) < middle < float(panel.right)


def _is_beside(letter: Letter, panel: Box, sheet: CoverSheet) -> bool:
    """Whether a letter is on a panel, or on the bleed around it."""
    middle = (letter.box[0] + letter.box[2]) / 2
    left = float("-inf") if panel.left == sheet.trim.left else float(panel.left)
    right = float("inf") if panel.right == sheet.trim.right else float(panel.right)
    return left <= middle <= right


def _outside(letters: Iterable[Letter], area: Box) -> list[Letter]:
    return [letter for letter in letters if not _holds(area, letter.box, HAIR)]


def _holds(area: Box, box: tuple[float, ...], slack: float) -> bool:
    left, bottom, right, top = area.as_floats()
    low = box[0] >= left - slack and box[1] >= bottom - slack
    return low and box[2] <= right + slack and box[3] <= top + slack


def _meets(box: tuple[float, ...], area: Box) -> bool:
    left, bottom, right, top = area.as_floats()
    return box[0] < right and left < box[2] and box[1] < top and bottom < box[3]


def _quoted(letters: Sequence[Letter]) -> str:
    text = "".join(letter.sign for letter in letters)
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
