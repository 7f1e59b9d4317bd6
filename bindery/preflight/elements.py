"""What stands on a page beside colours: fonts, pictures, transparency, and what does not print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bindery.errata import Severity
from bindery.preflight.facts import Page, PlacedPicture
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import Job
from bindery.printers import Certainty, FileRules, Forbidden, PdfKind

HOUSE = "Bindery's own safe default"
ROUNDING = 0.99
"""A picture may miss a resolution by so much: its size on paper is rounded."""

SUBSET_TAG = re.compile(r"[A-Z]{6}\+")
"""What begins the name of a font that was cut down (ISO 32000-1, 9.6.4)."""
MARKS: Mapping[str, tuple[str, Forbidden | None, str, str]] = {
    "alpha": ("alpha", Forbidden.TRANSPARENCY, "Something is translucent", "Make it opaque."),
    "soft-mask": ("soft-mask", Forbidden.TRANSPARENCY, "Something fades out", "Make it opaque."),
    "blend-mode": (
        "blend-mode",
        Forbidden.TRANSPARENCY,
        "Something is blended with what lies below it",
        "Make it opaque.",
    ),
    "group": (
        "transparency-group",
        Forbidden.TRANSPARENCY,
        "There is a transparency group",
        "Take out what is translucent, and export the page anew.",
    ),
    "annotation": (
        "annotation",
        Forbidden.ANNOTATIONS,
        "There is a link or another annotation",
        "Take it out; the screen edition may keep it.",
    ),
    "layer": ("layers", Forbidden.LAYERS, "Something stands on a layer", "Flatten the layers."),
    "invisible-text": (
        "invisible-text",
        Forbidden.INVISIBLE,
        "There is text that cannot be seen",
        "Take it out.",
    ),
    "default-space": (
        "icc-colour",
        Forbidden.PROFILED_OBJECTS,
        "Plain colours are given a profile",
        "Give colours in grey or CMYK, without a profile.",
    ),
    "missing-glyph": (
        "missing-glyph",
        None,
        "A letter is missing in its font, and a box is printed in its place",
        "Use a font that has the letter.",
    ),
    "malformed": (
        "malformed-content",
        None,
        "An instruction for drawing lacks what belongs to it",
        "Export the file anew.",
    ),
    "missing-resource": (
        "missing-resource",
        None,
        "Something is named that the file does not have",
        "Export the file anew.",
    ),
    "open-action": ("open-action", None, "Something happens when it is opened", "Take it out."),
    "postscript": ("postscript", None, "There is a piece of PostScript", "Draw it as a picture."),
    "opi": ("replaced-picture", None, "A picture stands in for another", "Use the real one."),
    "alternates": ("replaced-picture", None, "A picture stands in for another", "Use one."),
    "transfer-curve": (
        "transfer-curve",
        None,
        "Colours are changed when they are printed",
        "Export the file without transfer curves.",
    ),
}
"""By the kind of mark: the check's name, who forbids it, what is wrong, what to do."""


def examine_marks(page: Page, job: Job, rules: FileRules) -> Iterator[Finding]:
    """Transparency, annotations, and whatever else no printing machine should meet."""
    for mark in page.marks:
        if mark.kind not in MARKS:
            continue
        code, thing, wrong, to_do = MARKS[mark.kind]
        what = f"{wrong} ({mark.detail})." if mark.detail else f"{wrong}."
        if thing is None:
            yield against_standard(code, page.number, what, "none", to_do)
        elif (rule := job.against(thing, rules)) is not None:
            yield against(rule, code, page.number, what, "none", to_do)


def examine_pictures(page: Page, job: Job, rules: FileRules) -> Iterator[Finding]:
    """How fine pictures are as they are placed, and whether they are opaque."""
    for picture in page.pictures:
        yield from _resolution(page.number, picture, job)
        rule = job.against(Forbidden.TRANSPARENCY, rules) if picture.transparency else None
        if rule is not None:
            what = f"{_said(picture)} is partly transparent ({picture.transparency})."
            to_do = "Put it on white, and save it without transparency."
            yield against(rule, "transparent-picture", page.number, what, "opaque", to_do)


def _resolution(number: int, picture: PlacedPicture, job: Job) -> Iterator[Finding]:
    drawing, dots = job.printer.drawing, picture.resolution
    what = f"{_said(picture)} has {dots:.0f} dots an inch as it is placed."
    refused, line_art, most = drawing.refused_ppi, drawing.line_art_ppi, drawing.most_ppi
    to_do = "Use a picture with more pixels, or place it smaller."
    limit = f"{drawing.image_ppi.value} dots an inch"
    # Where no printer says what it refuses, its own rule for all pictures is the stricter one.
    is_sure = refused.certainty is not Certainty.UNCONFIRMED
    if is_sure and dots < refused.value * ROUNDING:
        yield against(refused, "low-resolution", number, what, limit, to_do)
    elif dots < drawing.image_ppi.value * ROUNDING:
        yield against(drawing.image_ppi, "low-resolution", number, what, limit, to_do)
    elif picture.bits == 1 and line_art.value and dots < line_art.value * ROUNDING:
        limit = f"{line_art.value} dots an inch for line art"
        severity = Severity.WARNING
        yield against_standard(
            "coarse-line-art", number, what, limit, to_do, line_art.pedigree, severity
        )
    if picture.bits > 1 and dots > most.value / ROUNDING:
        limit, to_do = f"{most.value} dots an inch at most", "Save it with fewer pixels."
        severity = Severity.WARNING
        yield against_standard("too-fine", number, what, limit, to_do, most.pedigree, severity)


def _said(picture: PlacedPicture) -> str:
    return f"A picture of {picture.width} × {picture.height} pixels"


def examine_fonts(pages: Sequence[Page], job: Job, rules: FileRules) -> Iterator[Finding]:
    """Every font once, on the first page that names it."""
    first: dict[str, int] = {}
    for page in pages:
        for font in page.fonts:
            if first.setdefault(f"{font.name} {font.kind}", page.number) != page.number:
                continue
            if not font.embedded:
                what, limit = f"The font {font.name} is not in the file.", "every font embedded"
                to_do = "Export the file with all fonts embedded."
                rule = job.against(Forbidden.UNEMBEDDED_FONTS, rules)
                if rule is None:
                    yield against_standard("font-not-embedded", page.number, what, limit, to_do)
                else:
                    yield against(rule, "font-not-embedded", page.number, what, limit, to_do)
            if font.program == "OpenType" and rules.kind.value is not PdfKind.PLAIN:
                what, limit = f"The font {font.name} is embedded as OpenType.", "TrueType or CFF"
                to_do = "Embed its outlines alone."
                yield against(rules.kind, "font-kind", page.number, what, limit, to_do)
            if rules.whole_fonts.value and SUBSET_TAG.match(font.name):
                what, limit = f"Of the font {font.name} only a part is embedded.", "whole fonts"
                to_do = "Export the file with whole fonts."
                yield against(rules.whole_fonts, "font-subset", page.number, what, limit, to_do)
            if font.kind == "Type3":
                what, limit = f"The font {font.name} is drawn (Type 3).", "real fonts"
                to_do = "Use the font itself, or put its letters in as pictures."
                yield against_standard("type-3-font", page.number, what, limit, to_do, HOUSE)
            elif not font.readable:
                what = f"The font {font.name} does not say which letters its glyphs are."
                limit, to_do = "a table of letters (ToUnicode)", "Export the file anew."
                mild = Severity.WARNING
                yield against_standard(
                    "unreadable-font", page.number, what, limit, to_do, HOUSE, mild
                )
