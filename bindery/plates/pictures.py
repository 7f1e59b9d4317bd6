"""Pictures in 8-bit grey on white paper."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Name, PdfImage, Stream
from PIL import Image, ImageChops

from bindery.plates.tints import BLUE, GREEN, RED

QUALITY = 95
"""Of a photograph that is written again: so high that a press cannot show the loss."""
FULL = 255


def in_grey(pdf: pikepdf.Pdf, image: Stream, alpha: float) -> Stream:
    """The picture in grey, with what is translucent in it laid on white.

    A stencil, which has no colour of its own, stays one.  A JPEG stays a JPEG; all others are
    written without loss.
    """
    if image.get("/ImageMask", False) or (_is_grey(image) and alpha == 1):
        if "/Interpolate" in image:
            del image["/Interpolate"]
        return image
    picture = _on_white(_grey(PdfImage(image).as_pil_image()), _mask(image), alpha)
    data, coded = picture.tobytes(), None
    if "/DCTDecode" in PdfImage(image).filters:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, optimize=True)
        data, coded = out.getvalue(), Name.DCTDecode
    stream = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image)
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    if coded is not None:
        stream.Filter = coded
    return stream


def is_translucent(image: Stream) -> bool:
    """Whether what lies below the picture shines through it."""
    return "/SMask" in image or "/Mask" in image


def _is_grey(image: Stream) -> bool:
    grey = image.get("/ColorSpace") == Name.DeviceGray and image.get("/BitsPerComponent") == 8
    return grey and not is_translucent(image) and "/Decode" not in image


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "L", "LA"):
        return picture.convert("L")
    return picture.convert("RGB").convert("L", (RED, GREEN, BLUE, 0))


def _mask(image: Stream) -> Image.Image | None:
    """How opaque every point of a picture is; None when all are."""
    soft, stencil = image.get("/SMask"), image.get("/Mask")
    if isinstance(soft, Stream):
        return PdfImage(soft).as_pil_image().convert("L")
    if isinstance(stencil, Stream):
        return ImageChops.invert(PdfImage(stencil).as_pil_image().convert("L"))
    return None


def _on_white(picture: Image.Image, mask: Image.Image | None, alpha: float) -> Image.Image:
    if mask is None and alpha == 1:
        return picture
    opaque = mask or Image.new("L", picture.size, FULL)
    if opaque.size != picture.size:
        opaque = opaque.resize(picture.size)
    if alpha < 1:
        opaque = opaque.point(lambda value: round(value * alpha))
    return Image.composite(picture, Image.new("L", picture.size, FULL), opaque)
