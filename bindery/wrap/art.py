"""A picture that is given for the front of the cover, read whole and made ready to be placed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from bindery.errata import Place, Query, Severity
from bindery.paper import CoverSheet
from bindery.printers import Printer

KINDS = ("PNG", "JPEG")
SRGB = ImageCms.createProfile("sRGB")
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Art:
    """A picture as large as the front with its bleed, or what is wrong with it."""

    data: bytes = field(repr=False)
    """A PNG in grey or sRGB, opaque, of 8 bits; nothing when the picture cannot be used."""
    queries: tuple[Query, ...]


def read_art(data: bytes, sheet: CoverSheet, printer: Printer, place: Place) -> Art:
    """The picture turned upright, brought into the screen's colours, and cut to the front.

    Codes of its queries: `cover-art`, `cover-art-resolution`.
    """
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=KINDS) as found:
            picture = _upright(found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = "The picture for the cover has more pixels than any cover needs."
        hint = f"Save it with at most {printer.drawing.most_ppi.value} pixels an inch."
        return Art(b"", (Query("cover-art", message, hint, place),))
    except UnidentifiedImageError:
        message = "The picture for the cover is neither PNG nor JPEG."
        hint = "Save it as one of these; a drawing with 300 pixels an inch."
        return Art(b"", (Query("cover-art", message, hint, place),))
    except (OSError, SyntaxError, ValueError):
        message, hint = "The picture for the cover is damaged.", "Save it again, as PNG or JPEG."
        return Art(b"", (Query("cover-art", message, hint, place),))
    cut = _cut(picture, sheet)
    out = io.BytesIO()
    cut.save(out, "PNG", compress_level=1)
    return Art(out.getvalue(), _about_resolution(cut, sheet, printer, place))


@contextmanager
def _strictly() -> Iterator[None]:
    """While this lasts, pictures that end too early or are immense are refused.

    WeasyPrint lets the former pass, wherever they are read.
    """
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _upright(found: Image.Image) -> Image.Image:
    """All of a picture, as its maker saw it."""
    found.load()
    picture = ImageOps.exif_transpose(found)
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda grey: grey / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, (*WHITE, 255))
        return Image.alpha_composite(paper, picture).convert("RGB")
    return _in_srgb(picture)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """By the profile of the picture, if it has one that can be read."""
    plain = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return plain
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return plain
    return changed or plain


def _cut(picture: Image.Image, sheet: CoverSheet) -> Image.Image:
    """The middle of a picture, in the proportions of the front."""
    wide, high = front_size(sheet)
    across = min(picture.width, max(1, round(picture.height * wide / high)))
    down = min(picture.height, max(1, round(picture.width * high / wide)))
    left, top = (picture.width - across) // 2, (picture.height - down) // 2
    return picture.crop((left, top, left + across, top + down))


def front_size(sheet: CoverSheet) -> tuple[float, float]:
    """Width and height of the front with the bleed at its three free edges, in points."""
    bleed = min(sheet.trim.left, sheet.media.right - sheet.trim.right)
    return float(sheet.front.width + bleed), float(sheet.media.height)


def _about_resolution(
    picture: Image.Image, sheet: CoverSheet, printer: Printer, place: Place
) -> tuple[Query, ...]:
    wide, high = front_size(sheet)
    ppi = min(picture.width / wide, picture.height / high) * 72
    rules = printer.drawing
    if round(ppi) >= rules.image_ppi.value:
        return ()
    wanted = [round(side / 72 * rules.image_ppi.value) for side in (wide, high)]
    message = f"{printer.title}: the picture for the cover has {ppi:.0f} pixels an inch."
    hint = f"Give one of {wanted[0]} × {wanted[1]} pixels. Source: {rules.image_ppi.pedigree}."
    severity = Severity.ERROR if ppi < rules.refused_ppi.value else Severity.WARNING
    return (Query("cover-art-resolution", message, hint, place, severity),)
