"""The graphics state: the colours, lines and matrices that are current in some content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pikepdf import Array, Name, Object

from bindery.preflight.facts import GRAY, Mark, Space
from bindery.preflight.matrices import UNMOVED, Matrix

OPAQUE = ("/Normal", "/Compatible")


@dataclass(frozen=True, slots=True)
class Brush:
    """A colour in its space."""

    space: Space
    values: tuple[float, ...]


BLACK = Brush(GRAY, (0,))


@dataclass(frozen=True, slots=True)
class State:
    """What is current; the defaults are those of ISO 32000-1, 8.4.1 and 9.3.1."""

    matrix: Matrix = UNMOVED
    fill: Brush = BLACK
    stroke: Brush = BLACK
    width: float = 1
    fill_over: bool = False
    stroke_over: bool = False
    """Whether areas and lines leave the inks below them as they are."""
    text_matrix: Matrix = UNMOVED
    size: float = 0
    wide: bool = False
    """Whether the font's characters have two bytes."""
    way: int = 0
    """How text is shown: filled, outlined, or not at all."""


def read_state(state: State, named: Object) -> tuple[State, set[Mark]]:
    """The state after a dictionary of it was applied, and what it has that is a mark."""
    marks = set()
    for key in ("/ca", "/CA"):
        if key in named and float(named[key]) < 1:
            marks.add(Mark("alpha", f"{float(named[key]):g}"))
    if named.get("/SMask", Name.None_) != Name.None_:
        marks.add(Mark("soft-mask"))
    modes = named.get("/BM", Name.Normal)
    mode = str(modes[0] if isinstance(modes, Array) else modes)
    if mode not in OPAQUE:
        marks.add(Mark("blend-mode", mode[1:]))
    for key in ("/TR", "/TR2"):
        if str(named.get(key, "/Identity")) not in ("/Identity", "/Default"):
            marks.add(Mark("transfer-curve"))
    over = bool(named.get("/OP", state.stroke_over))
    fill_over = bool(named.get("/op", named.get("/OP", state.fill_over)))
    width = float(named.get("/LW", state.width))
    return replace(state, stroke_over=over, fill_over=fill_over, width=width), marks
