"""Pages as sheets of paper: their boxes, how many they are, and which of them are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bindery import paper
from bindery.errata import Severity
from bindery.preflight.facts import Box, File, Page
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import TOLERANCE, Job, length
from bindery.preflight.proofs import Proof
from bindery.printers import FileRules, PdfKind
from bindery.printers.ordering import most_pages

MOST_BLANK = 2
"""Empty pages in a row; more look like a mistake."""
EXPORT = "Export the pages anew at the printer's size."


def examine_counts(file: File, job: Job, proofs: Sequence[Proof]) -> Iterator[Finding]:
    """How many pages there are, and where the empty ones stand."""
    pages, counted = len(file.pages), job.printer.page_count
    multiple, least = counted.multiple, job.stock.pages.value.least
    if pages % multiple.value:
        limit = f"a multiple of {multiple.value}"
        to_do = "Add an empty page at the end."
        yield against(multiple, "odd-pages", None, f"There are {pages} pages.", limit, to_do)
    if pages < least:
        limit, to_do = f"{least} pages at least", "Add to the book, or choose a smaller trim."
        what = f"There are {pages} pages."
        yield against(job.stock.pages, "too-few-pages", None, what, limit, to_do)
    most = most_pages(job.stock, job.trim)
    if most is not None and pages > most:
        rule = job.stock.pages if job.stock.ceilings is None else job.stock.ceilings
        what, limit = f"There are {pages} pages.", f"{most} pages at most"
        to_do = "Choose a larger trim or a thinner paper, or divide the book."
        yield against(rule, "too-many-pages", None, what, limit, to_do)
    if counted.last_blank.value and proofs and proofs[-1].ink is not None:
        what, to_do = "Something is printed on the last page.", "Add two empty pages at the end."
        rule_of_last = counted.last_blank
        yield against(rule_of_last, "last-page-not-blank", pages, what, "an empty page", to_do)
    yield from _blank_runs(proofs)


def _blank_runs(proofs: Sequence[Proof]) -> Iterator[Finding]:
    run = 0
    for proof in proofs:
        if proof.ink is not None and run > MOST_BLANK:
            what = f"The {run} pages before this one are empty."
            limit, to_do = f"{MOST_BLANK} empty pages in a row", "Look whether something is lost."
            severity = Severity.WARNING
            yield against_standard(
                "blank-pages", proof.number, what, limit, to_do, severity=severity
            )
        run = 0 if proof.ink is not None else run + 1


def examine_boxes(
    page: Page, media: paper.Box, trim: paper.Box, job: Job, rules: FileRules
) -> Iterator[Finding]:
    """Whether the boxes of a page are those that are wanted; its size is seen to elsewhere."""
    number = page.number
    if page.media[0] or page.media[1]:
        what = f"The page begins at {page.media[0]:g}, {page.media[1]:g} and not at 0, 0."
        yield against_standard("media-origin", number, what, "0, 0", EXPORT)
    yield from _trim_box(page, trim, rules)
    if page.bleed is not None and not _holds(page.media, page.bleed):
        what = "The bleed box reaches beyond the page."
        yield against_standard("bleed-box", number, what, "inside of the page", EXPORT)
    bleed = None if page.bleed is None else _moved(page.bleed, page.media)
    if page.bleed is not None and bleed and job.bleeds and _differs(bleed, media.as_floats()):
        what = f"The bleed box is {_said(page.bleed)}."
        limit = _said(media.as_floats())
        yield against(job.printer.bleed.edges, "bleed-box", number, what, limit, EXPORT)
    if page.crop is not None and _differs(page.crop, page.media):
        what = "A crop box hides part of the page."
        yield against_standard("crop-box", number, what, "the whole page", EXPORT)
    if page.rotation:
        what = f"The page is turned by {page.rotation}°."
        yield against_standard("rotated", number, what, "0°", "Set the page upright.")
    if page.unit != 1:
        what = f"The page counts in units of {page.unit:g} points."
        yield against_standard("user-unit", number, what, "points", EXPORT)


def examine_size(page: Page, wanted: paper.Box, job: Job) -> Iterator[Finding]:
    """Whether a page of the interior is as large as it must be."""
    off = max(abs(page.width - float(wanted.width)), abs(page.height - float(wanted.height)))
    if off <= TOLERANCE:
        return
    what = f"The page is {length(page.width)} wide and {length(page.height)} high."
    limit = f"{length(wanted.width)} wide and {length(wanted.height)} high"
    rule = job.printer.bleed.edges if job.bleeds else job.printer.trims
    yield against(rule, "wrong-size", page.number, what, limit, EXPORT)


def _trim_box(page: Page, wanted: paper.Box, rules: FileRules) -> Iterator[Finding]:
    if page.trim is None:
        strict = rules.kind.value is PdfKind.X1A
        severity = Severity.ERROR if strict else Severity.WARNING
        what, limit = "The page does not say where it is cut.", "a TrimBox"
        source = "PDF/X (ISO 15930-1, 6.9)"
        yield against_standard(
            "trim-box-missing", page.number, what, limit, EXPORT, source, severity
        )
    elif _differs(trim := _moved(page.trim, page.media), wanted.as_floats()):
        what = f"The page is cut at {_said(trim)}."
        limit = _said(wanted.as_floats())
        yield against_standard("trim-box", page.number, what, limit, EXPORT)


def _differs(box: Box, other: Box) -> bool:
    return any(abs(one - two) > TOLERANCE for one, two in zip(box, other, strict=True))


def _moved(box: Box, media: Box) -> Box:
    """A box as it is counted from the corner of its page."""
    left, bottom, right, top = box
    return left - media[0], bottom - media[1], right - media[0], top - media[1]


def _holds(outer: Box, inner: Box) -> bool:
    low = all(inner[at] >= outer[at] - TOLERANCE for at in (0, 1))
    return low and all(inner[at] <= outer[at] + TOLERANCE for at in (2, 3))


def _said(box: Box) -> str:
    return ", ".join(f"{edge:.2f}".rstrip("0").rstrip(".") for edge in box) + " pt"
