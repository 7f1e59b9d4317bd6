"""Pictures in a file: their pixels, how densely they are placed, and how much ink they take."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name, Object, Stream
from PIL import ImageChops, ImageMath

from bindery.preflight.colours import space_of
from bindery.preflight.facts import PlacedPicture, Space
from bindery.preflight.matrices import Matrix, box_of

CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by itself."""

    width: int
    height: int
    space: Space
    bits: int
    transparency: str
    ink: float


@dataclass(slots=True)
class Album:
    """Pictures that were looked at; each is, once, however often it is placed."""

    seen: dict[tuple[int, int], Picture] = field(default_factory=dict)

    def look_at(self, stream: Stream, resources: Object | None) -> Picture:
        """The facts of a picture."""
        key = stream.objgen
        if not stream.is_indirect:
            return _look_at(stream, resources)
        if key not in self.seen:
            self.seen[key] = _look_at(stream, resources)
        return self.seen[key]


def place(picture: Picture, matrix: Matrix) -> PlacedPicture:
    """A picture where a matrix puts its unit square."""
    a, b, c, d, _, _ = matrix
    width, height = math.hypot(a, b) / 72, math.hypot(c, d) / 72
    return PlacedPicture(
        picture.width,
        picture.height,
        round(picture.width / width, 1) if width else math.inf,
        round(picture.height / height, 1) if height else math.inf,
        picture.space,
        picture.bits,
        box_of(list(CORNERS), matrix),
        picture.transparency,
        picture.ink,
    )


def place_inline(picture: pikepdf.PdfInlineImage, matrix: Matrix) -> PlacedPicture:
    """A picture that stands in the content itself; it is small, and its ink is not measured."""
    colours = picture.colorspace
    space = Space("Unknown", 0) if colours is None else space_of(Name(colours))
    own = Picture(picture.width, picture.height, space, picture.bits_per_component, "", 0)
    return place(own, matrix)


def _look_at(stream: Stream, resources: Object | None) -> Picture:
    stencil = bool(stream.get("/ImageMask", False))
    space = space_of(stream.get("/ColorSpace"), resources)
    transparent = [key for key in ("/SMask", "/Mask") if key in stream]
    if int(stream.get("/SMaskInData", 0)):
        transparent.append("/SMaskInData")
    return Picture(
        int(stream.Width),
        int(stream.Height),
        Space("Stencil", 0) if stencil else space,
        1 if stencil else int(stream.get("/BitsPerComponent", 8)),
        transparent[0][1:] if transparent else "",
        most_ink(stream, space),
    )


def most_ink(stream: Stream, space: Space) -> float:
    """The most that all inks come to in one pixel, in percent; 0 for what is not CMYK."""
    if space.family == "Indexed":
        return _most_ink_of_table(stream.ColorSpace) if space.name == "DeviceCMYK" else 0
    if space.family not in ("DeviceCMYK", "ICCBased") or space.components != 4:
        return 0
    try:
        picture = pikepdf.PdfImage(stream).as_pil_image()
    except (pikepdf.PdfError, NotImplementedError, OSError, ValueError):
        return 0
    if picture.mode != "CMYK":
        return 0
    if _is_inverted(stream):
        picture = ImageChops.invert(picture)
    bands = dict(zip("cmyk", picture.split(), strict=True))
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **bands)
    _, most = total.getextrema()
    return round(float(most) * 100 / 255, 1)


def _most_ink_of_table(space: Object) -> float:
    """Of a table of CMYK colours (ISO 32000-1, 8.6.6.3)."""
    table = space[3]
    data = table.read_bytes() if isinstance(table, Stream) else bytes(table)
    sums = [sum(data[at : at + 4]) for at in range(0, len(data), 4)]
    return round(max(sums, default=0) * 100 / 255, 1)


def _is_inverted(stream: Stream) -> bool:
    """Whether the pixels of a JPEG as Pillow reads them have to be turned round.

    Pillow turns those with an Adobe marker, a PDF only those with such a /Decode (ISO 32000-1,
    7.4.8). The pixels of other pictures come as they are meant.
    """
    filters = stream.get("/Filter")
    kinds = [str(filters)] if isinstance(filters, Name) else [str(name) for name in filters or ()]
    if "/DCTDecode" not in kinds:
        return False
    decode = [float(number) for number in stream.get("/Decode", [])]
    turned = bool(decode) and decode[0] > decode[1]
    return turned != (b"Adobe" in stream.read_raw_bytes()[:4096])
