"""Colour spaces, as a file names them."""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Array, Name, Object

from bindery.preflight.facts import CMYK, GRAY, RGB, Space

DEVICE: Mapping[str, Space] = {
    "/DeviceGray": GRAY,
    "/G": GRAY,
    "/CalGray": Space("CalGray", 1),
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/CalRGB": Space("CalRGB", 3),
    "/Lab": Space("Lab", 3),
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
    "/Pattern": Space("Pattern", 0),
}
"""By their names, long ones and those of inline pictures."""
UNKNOWN = Space("Unknown", 0)


def space_of(named: Object | None, resources: Object | None = None) -> Space:
    """The colour space that an object is or names; resources are asked for what names stand for."""
    if named is None:
        return UNKNOWN
    if isinstance(named, Name):
        own = resources.get("/ColorSpace") if resources is not None else None
        if own is not None and named in own and str(own[named]) != str(named):
            return space_of(own[named], resources)
        return DEVICE.get(str(named), UNKNOWN)
    if not isinstance(named, Array) or not len(named):
        return UNKNOWN
    return _space_of_array(named, resources)


def _space_of_array(array: Array, resources: Object | None) -> Space:
    family = str(array[0])
    if family == "/ICCBased":
        return Space("ICCBased", int(array[1].get("/N", 0)))
    if family in ("/Indexed", "/I"):
        return Space("Indexed", 1, space_of(array[1], resources).family)
    if family == "/Separation":
        return Space("Separation", 1, str(array[1])[1:])
    if family == "/DeviceN":
        return Space("DeviceN", len(array[1]), ", ".join(str(name)[1:] for name in array[1]))
    if family == "/Pattern" and len(array) > 1:
        return Space("Pattern", 0, space_of(array[1], resources).family)
    return DEVICE.get(family, UNKNOWN)


def first_colour(space: Space) -> tuple[float, ...]:
    """The colour that is current when a space was just chosen (ISO 32000-1, 8.6.8)."""
    if space.family == "DeviceCMYK" or (space.family == "ICCBased" and space.components == 4):
        return (0, 0, 0, 1)
    if space.family in ("Separation", "DeviceN"):
        return (1,) * space.components
    return (0,) * space.components
