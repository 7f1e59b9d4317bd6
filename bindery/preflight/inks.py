"""Colours: which may stand in a file, how much ink they take, and lines too thin to print."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.errata import Severity
from bindery.preflight.facts import Page, Paint, PlacedPicture, Space, Use
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import Allowed, Job
from bindery.printers import Colour, FileRules, Forbidden

PROFILED = ("ICCBased", "CalGray", "CalRGB", "Lab")
SPOT = ("Separation", "DeviceN")
COLOURS = {1: Colour.GREY, 3: Colour.RGB, 4: Colour.CMYK}
OF_BASE = {"DeviceGray": Colour.GREY, "DeviceRGB": Colour.RGB, "DeviceCMYK": Colour.CMYK}
SMALLEST_TEXT = 5.0
"""Points; smaller text cannot be read on uncoated paper."""
SPECK = 1.0
"""Points; what is smaller both ways is a dot and no line."""
HOUSE = "Bindery's own safe default"


def examine_inks(page: Page, job: Job, rules: FileRules, allowed: Allowed) -> Iterator[Finding]:
    """Everything about the colours of a page, its pictures among them."""
    for paint in page.paints:
        yield from _permission(page, paint.space, paint, job, rules, allowed)
        yield from _text(page, paint, job)
        yield from _amount(page, paint, job, rules)
        yield from _thinness(page, paint, job)
    for picture in page.pictures:
        yield from _permission(page, picture.space, picture, job, rules, allowed)
        yield from _too_much(page, picture.ink, "A picture", rules)


def _permission(
    page: Page,
    space: Space,
    thing: Paint | PlacedPicture,
    job: Job,
    rules: FileRules,
    allowed: Allowed,
) -> Iterator[Finding]:
    """Whether a colour space may stand in the file."""
    name = thing.use.begun if isinstance(thing, Paint) else "A picture"
    what = f"{name} is coloured in {space}."
    if space.family in PROFILED:
        rule = job.against(Forbidden.PROFILED_OBJECTS, rules)
        if rule is not None:
            to_do = "Give the colour in grey or CMYK, without a profile."
            yield against(rule, "icc-colour", page.number, what, "plain grey or CMYK", to_do)
        return
    if space.family in SPOT:
        yield from _spot(page, space, what, job)
        return
    colour = OF_BASE.get(space.name) or OF_BASE.get(space.family)
    if colour is None or colour is Colour.GREY or colour in allowed.value:
        return
    limit = " or ".join(colour.value for colour in allowed.value)
    if colour is Colour.RGB:
        to_do = "Give the colour in black or CMYK; convert pictures."
        yield against(allowed, "rgb-colour", page.number, what, limit, to_do)
    elif not (isinstance(thing, Paint) and _is_black_alone(thing)):
        code = "several-inks"
        if isinstance(thing, Paint) and thing.use is Use.TEXT:
            code, what = "rich-black-text", f"Text is printed in {_mixture(thing)}."
        yield against(allowed, code, page.number, what, limit, "Use black ink alone.")


def _spot(page: Page, space: Space, what: str, job: Job) -> Iterator[Finding]:
    if "All" in space.name.split(", "):
        rule = job.printer.forbids(Forbidden.REGISTRATION_BLACK)
        code, to_do = "registration-black", "Use black ink alone."
    else:
        rule = job.printer.forbids(Forbidden.SPOT_COLOURS)
        code, to_do = "spot-colour", "Convert it to CMYK."
    if rule is not None:
        yield against(rule, code, page.number, what, "grey or CMYK", to_do)


def _is_black_alone(paint: Paint) -> bool:
    return paint.inks is not None and not any(paint.inks[:3])


def _mixture(paint: Paint) -> str:
    inks = paint.inks or ()
    parts = [f"{100 * part:.0f} % {ink}" for ink, part in zip("CMYK", inks, strict=False) if part]
    return ", ".join(parts) or "white"


def _text(page: Page, paint: Paint, job: Job) -> Iterator[Finding]:
    """Small text: in one ink, and large enough to be read."""
    if paint.use is not Use.TEXT or paint.size is None:
        return
    below, inks = job.printer.drawing.black_text_below, paint.inks
    small = below.value is not None and paint.size <= below.value
    if small and inks is not None and sum(1 for ink in inks if ink) > 1:
        what = f"Text of {paint.size:g} pt is printed in {_mixture(paint)}."
        limit = f"one ink up to {float(below.value or 0):g} pt"
        to_do = "Use black ink alone."
        yield against(below, "rich-black-text", page.number, what, limit, to_do)
    if 0 < paint.size < SMALLEST_TEXT:
        what, limit = f"Text is {paint.size:g} pt high.", f"{SMALLEST_TEXT:g} pt at least"
        to_do, mild = "Set it larger.", Severity.WARNING
        yield against_standard("small-text", page.number, what, limit, to_do, HOUSE, mild)


def _amount(page: Page, paint: Paint, job: Job, rules: FileRules) -> Iterator[Finding]:
    """Too much ink, too little of it, or none that wipes out what lies below."""
    if paint.ink is None or paint.inks is None:
        return
    what = paint.use.begun
    if paint.ink >= 400 and (rule := job.printer.forbids(Forbidden.REGISTRATION_BLACK)):
        said, to_do = f"{what} is printed in all inks.", "Use black ink alone."
        yield against(rule, "registration-black", page.number, said, "black alone", to_do)
    yield from _too_much(page, paint.ink, what, rules)
    tint = job.printer.drawing.lightest_tint
    black = 100 * paint.inks[3]
    if tint.value is not None and 0 < black < tint.value - 0.01 and not any(paint.inks[:3]):
        said, limit = f"{what} is a tint of {black:.0f} % black.", f"{tint.value} % at least"
        yield against(tint, "light-tint", page.number, said, limit, "Make it darker, or white.")
    if paint.overprint and not paint.ink:
        said, to_do = f"{what} is white and overprints, so that it vanishes.", "Let it knock out."
        yield against_standard("white-overprint", page.number, said, "no overprint", to_do)


def _too_much(page: Page, ink: float, what: str, rules: FileRules) -> Iterator[Finding]:
    most = rules.ink_limit
    if ink > most.value + 0.5:
        said, limit = f"{what} takes {ink:.0f} % ink.", f"{most.value} % at most"
        to_do = "Replace cyan, magenta and yellow by black in its darkest parts."
        yield against(most, "ink-limit", page.number, said, limit, to_do)


def _thinness(page: Page, paint: Paint, job: Job) -> Iterator[Finding]:
    """Lines that are too thin, whether they are drawn as lines or as narrow areas; not white."""
    if paint.ink == 0:
        return
    thickness = paint.size if paint.use is Use.STROKE else None
    if paint.use is Use.FILL and paint.box is not None:
        left, bottom, right, top = paint.box
        sides = sorted((right - left, top - bottom))
        thickness = sides[0] if sides[1] >= SPECK else None
    thinnest = job.printer.drawing.thinnest_rule
    if thickness is not None and thickness < float(thinnest.value) - 0.001:
        what = f"A line is {thickness:.3f} pt thick."
        limit, to_do = f"{float(thinnest.value):g} pt at least", "Make it thicker."
        yield against(thinnest, "hairline", page.number, what, limit, to_do)
