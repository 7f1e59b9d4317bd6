"""The colours of a content stream while it is read, and the black that stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pikepdf import Array, Name, Object, Stream

from bindery.plates import tints

COMPONENTS = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/DeviceCMYK": 4,
}
LAB = "/Lab"
PATTERN = "/Pattern"


@dataclass(frozen=True, slots=True)
class Ink:
    """What areas are filled with, or lines drawn."""

    space: str = "/DeviceGray"
    """The colour space in which the source names colours."""
    tint: float = tints.BLACK
    pattern: str = ""
    """Name of the pattern that stands in place of a tint."""
    alpha: float = 1.0

    @property
    def seen(self) -> float:
        """The tint on white paper."""
        return tints.on_white(self.tint, self.alpha)


@dataclass(slots=True)
class Inks:
    """The inks for areas and for lines, as `q` keeps them and `Q` brings them back."""

    alpha: float = 1.0
    """How opaque the whole stream is."""
    fill: Ink = field(default_factory=Ink)
    stroke: Ink = field(default_factory=Ink)
    _kept: list[tuple[Ink, Ink]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fill = replace(self.fill, alpha=self.alpha)
        self.stroke = replace(self.stroke, alpha=self.alpha)

    def keep(self) -> None:
        """What `q` does."""
        self._kept.append((self.fill, self.stroke))

    def bring_back(self) -> None:
        """What `Q` does."""
        if self._kept:
            self.fill, self.stroke = self._kept.pop()

    def ink(self, stroke: bool) -> Ink:
        """The ink for lines, or that for areas."""
        return self.stroke if stroke else self.fill

    def change(self, stroke: bool, ink: Ink) -> None:
        """Take another ink."""
        if stroke:
            self.stroke = ink
        else:
            self.fill = ink


def space_called(name: Object, spaces: Object | None) -> Object:
    """The colour space of that name: one of PDF's own, or one that the resources define."""
    return spaces[str(name)] if spaces is not None and str(name) in spaces else name


def kind_of(space: Object) -> str:
    """A colour space by a name that `tint_in` knows; its own where that is another."""
    family = space[0] if isinstance(space, Array) else space
    if family == Name.ICCBased and isinstance(space[1], Stream):
        count = int(space[1].N)
        return next(name for name, number in COMPONENTS.items() if number == count)
    return str(family)


def tint_in(space: str, components: Sequence[float]) -> float | None:
    """The tint of a colour in a space; None when that is a space nobody here can read."""
    if space == LAB and len(components) == 3:
        return tints.of_lab(components[0])
    if COMPONENTS.get(space) == len(components):
        return tints.of_components(components)
    return None
