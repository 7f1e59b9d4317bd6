"""What a finished file is made of: plain facts, without any opinion about them.

Lengths are in points (1/72 inch), boxes are left, bottom, right and top in the page's own
coordinates, colours run from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


class Use(StrEnum):
    """What a colour is put on paper as."""

    FILL = "an area"
    STROKE = "a line"
    TEXT = "text"
    SHADING = "a gradient"

    @property
    def begun(self) -> str:
        """At the beginning of a sentence."""
        return self.value[0].upper() + self.value[1:]


@dataclass(frozen=True, slots=True, order=True)
class Space:
    """A colour space."""

    family: str
    """Such as `DeviceGray`, `ICCBased` or `Separation`."""
    components: int
    name: str = ""
    """Of a spot colour, what it is called; of a table of colours, the family of its base."""

    def __str__(self) -> str:
        return f"{self.family} {self.name}".rstrip()


GRAY = Space("DeviceGray", 1)
RGB = Space("DeviceRGB", 3)
CMYK = Space("DeviceCMYK", 4)


@dataclass(frozen=True, slots=True, order=True)
class Paint:
    """A colour, and what it is used for."""

    use: Use
    space: Space
    values: tuple[float, ...]
    size: float | None = None
    """Of text, its size as it is shown; of a line, its thickness; None of an area."""
    box: Box | None = None
    """Of an area or a line, where it stands; None of text."""
    overprint: bool = False

    @property
    def inks(self) -> tuple[float, float, float, float] | None:
        """Cyan, magenta, yellow and black; None when only the printer's machine knows."""
        if len(self.values) == 1 and self.space.family in ("DeviceGray", "CalGray"):
            return (0, 0, 0, 1 - self.values[0])
        if self.space.family in ("DeviceCMYK", "ICCBased") and len(self.values) == 4:
            cyan, magenta, yellow, black = self.values
            return (cyan, magenta, yellow, black)
        return None

    @property
    def ink(self) -> float | None:
        """All inks together, in percent."""
        return None if self.inks is None else 100 * sum(self.inks)


@dataclass(frozen=True, slots=True, order=True)
class PlacedPicture:
    """A picture as it stands on a page."""

    width: int
    height: int
    """Pixels."""
    across: float
    down: float
    """Pixels an inch, as it is placed."""
    space: Space
    bits: int
    """Of a component; 1 for line art and stencils."""
    box: Box
    transparency: str = ""
    """The key that makes parts of it transparent, such as `SMask`; or nothing."""
    ink: float = 0
    """The most that its inks come to in a pixel, in percent; 0 where that is not known."""

    @property
    def resolution(self) -> float:
        """The lesser of its two."""
        return min(self.across, self.down)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Something on a page that a printing machine has to be able to deal with."""

    kind: str
    """Such as `alpha`, `group` or `annotation`."""
    detail: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Font:
    """A font that a page names."""

    name: str
    kind: str
    """Such as `Type0` or `Type3`."""
    embedded: bool
    readable: bool
    """Whether it says which letters its glyphs stand for."""
    program: str = ""
    """What is embedded, where the file says it: such as `Type1C` or `OpenType`."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and everything on it."""

    number: int
    """Counted from 1."""
    media: Box
    trim: Box | None
    bleed: Box | None
    crop: Box | None
    rotation: int
    unit: float
    """UserUnit; 1 when nothing is said."""
    paints: tuple[Paint, ...]
    pictures: tuple[PlacedPicture, ...]
    fonts: tuple[Font, ...]
    marks: tuple[Mark, ...]

    @property
    def width(self) -> float:
        """Of the sheet, in points."""
        return self.media[2] - self.media[0]

    @property
    def height(self) -> float:
        """Of the sheet, in points."""
        return self.media[3] - self.media[1]


@dataclass(frozen=True, slots=True)
class Intent:
    """An output intent: for which press the colours are meant."""

    kind: str
    """Such as `GTS_PDFX`."""
    identifier: str
    components: int
    """Of the profile; 0 without one."""


@dataclass(frozen=True, slots=True)
class File:
    """A finished file."""

    version: str
    """The later of what its header and its catalogue say."""
    encrypted: bool
    object_streams: bool
    pages: tuple[Page, ...]
    extras: tuple[Mark, ...] = ()
    """What hangs on the document and not on a page: bookmarks, scripts, forms, attachments."""
    intents: tuple[Intent, ...] = ()
    info: tuple[tuple[str, str], ...] = ()
    """What the document says of itself, in the order of the keys."""
    compressions: frozenset[str] = frozenset()
    """How its streams are packed, such as `FlateDecode`."""
    xmp: tuple[tuple[str, str], ...] = ()
    """The same for machines, where it is plain text."""
    has_id: bool = False
    bytes: int = field(default=0)

    def said(self, key: str) -> str:
        """A value of `info`, or nothing."""
        return dict(self.info).get(key, "")
