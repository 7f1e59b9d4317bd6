"""Gradients in tints of black; they stay gradients."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from bindery.plates import tints

KEPT = ("/ShadingType", "/Coords", "/Domain", "/Extend", "/BBox", "/AntiAlias")
ALONG_A_LINE = (2, 3)
"""Axial and radial shadings, whose colour depends on one number (ISO 32000-1, 8.7.4.5)."""
INTERPOLATION = 2
STITCHING = 3


def grey_shading(pdf: pikepdf.Pdf, shading: Object, alpha: float) -> Object | None:
    """The shading in tints; None when it is of a kind that cannot be turned."""
    if int(shading.ShadingType) not in ALONG_A_LINE or "/Function" not in shading:
        return None
    function = _grey_function(shading.Function, alpha)
    if function is None:
        return None
    turned = Dictionary({key: shading[key] for key in KEPT if key in shading})
    turned.ColorSpace, turned.Function = Name.DeviceGray, function
    return pdf.make_indirect(turned)


def _grey_function(function: Object, alpha: float) -> Dictionary | None:
    """A function to one tint.

    Between two colours every component runs alike, so that the tint, which is a sum of them,
    runs so too, and only the ends have to be turned.
    """
    if not isinstance(function, Dictionary):
        return None
    turned = Dictionary({key: value for key, value in function.items() if key != "/Range"})
    if int(function.FunctionType) == INTERPOLATION:
        for end, usual in (("/C0", 0), ("/C1", 1)):
            tint = tints.of_components([float(n) for n in function.get(end, [usual])])
            if tint is None:
                return None
            turned[end] = Array([tints.on_white(tint, alpha)])
        return turned
    if int(function.FunctionType) == STITCHING:
        parts = [_grey_function(part, alpha) for part in function.Functions]
        turned.Functions = Array([part for part in parts if part is not None])
        return None if None in parts else turned
    return None
