"""A content stream, written again operator by operator for black ink alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Stream

from bindery.plates.inks import PATTERN, Ink, Inks, kind_of, space_called, tint_in
from bindery.plates.remarks import Remark

COLOURS = {
    "g": "/DeviceGray",
    "rg": "/DeviceRGB",
    "k": "/DeviceCMYK",
}
"""Operators that name a colour in a space of PDF's own; for lines in capitals."""
MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
"""Marked content: what a screen reader or a viewer needs, and no press."""
WITHOUT_FILL = {"f": "n", "F": "n", "f*": "n", "B": "S", "B*": "S", "b": "s", "b*": "s"}
WITHOUT_STROKE = {"S": "n", "s": "n", "B": "f", "B*": "f*", "b": "f", "b*": "f*"}
TEXT = frozenset({"Tj", "TJ", "'", '"'})
NOTHING = b"\n"
"""Content of what is blank: Ghostscript takes a compressed stream of no length for damaged."""
OPAQUE_BLENDS = ("/Normal", "/Compatible")

Operands = Sequence[Any]

Made = tuple[Object | None, frozenset[Remark]]
"""A thing for black ink alone, None when it cannot be made, and what is to be said of it."""


class Maker(Protocol):
    """Makes what content names for black ink alone, and all of it opaque."""

    def form(self, form: Object, alpha: float) -> Made:
        """Content that pages share."""
        ...

    def picture(self, image: Stream, alpha: float) -> Made:
        """A picture."""
        ...

    def pattern(self, pattern: Object, alpha: float) -> Made:
        """A pattern."""
        ...

    def shading(self, shading: Object, alpha: float) -> Made:
        """A gradient."""
        ...


@dataclass(slots=True)
class Writer:
    """Writes one content stream again."""

    source: Object
    """The resources of the content as it was."""
    maker: Maker
    inks: Inks
    remarks: set[Remark] = field(default_factory=set)
    used: dict[str, dict[str, Object]] = field(default_factory=dict)
    """Resources that are still needed, by kind and name."""
    out: list[tuple[Operands, Operator]] = field(default_factory=list)

    def write(self, content: pikepdf.Page | Object) -> bytes:
        """The content again."""
        for instruction in pikepdf.parse_content_stream(content):
            name = str(instruction.operator)
            turn = TURNS.get(name)
            if turn is None:
                self.out.append((list(instruction.operands), instruction.operator))
            else:
                turn(self, name, list(instruction.operands))
        return pikepdf.unparse_content_stream(self.out) or NOTHING

    def resources(self) -> Dictionary:
        """The resources that the content written needs."""
        return Dictionary({kind: Dictionary(named) for kind, named in sorted(self.used.items())})

    def say(self, name: str, *operands: Any) -> None:
        """Write an operator."""
        self.out.append((operands, Operator(name)))

    def named(self, kind: str, name: object) -> Object | None:
        """A resource of the source by its kind and name."""
        return self.source.get(kind, Dictionary()).get(str(name))

    def keep(self, kind: str, name: str, resource: Object) -> Name:
        """Take a resource over, under that name."""
        self.used.setdefault(kind, {})[name] = resource
        return Name(name)

    def take(self, ink: Ink, stroke: bool) -> None:
        """Change to an ink, and say so."""
        before = self.inks.ink(stroke)
        self.inks.change(stroke, ink)
        if not ink.pattern:
            self.say("G" if stroke else "g", ink.seen)
        elif ink.pattern != before.pattern or ink.alpha != before.alpha:
            self._fill_with_pattern(ink, stroke)

    def _fill_with_pattern(self, ink: Ink, stroke: bool) -> None:
        pattern = self.named(PATTERN, ink.pattern)
        made = None
        if pattern is not None:
            made, remarks = self.maker.pattern(pattern, ink.alpha)
            self.remarks |= remarks
        if made is None:
            self.say("G" if stroke else "g", ink.seen)
            return
        name = self.keep(PATTERN, variant(ink.pattern, ink.alpha), made)
        self.say("CS" if stroke else "cs", Name.Pattern)
        self.say("SCN" if stroke else "scn", name)


def variant(name: str, alpha: float) -> str:
    """The name of a resource as it is when translucent."""
    return name if alpha == 1 else f"{name}-{round(alpha * 1000)}"


def _keep_state(writer: Writer, name: str, _operands: list[Object]) -> None:
    writer.inks.keep() if name == "q" else writer.inks.bring_back()
    writer.say(name)


def _colour(writer: Writer, name: str, operands: list[Object]) -> None:
    stroke = name.isupper()
    space = COLOURS[name.lower()]
    _take_colour(writer, stroke, space, operands)


def _space(writer: Writer, name: str, operands: list[Object]) -> None:
    stroke = name == "CS"
    space = space_called(operands[0], writer.source.get("/ColorSpace"))
    ink = writer.inks.ink(stroke)
    writer.take(replace(ink, space=kind_of(space), tint=0.0, pattern=""), stroke)


def _colour_in_space(writer: Writer, name: str, operands: list[Object]) -> None:
    stroke = name.isupper()
    ink = writer.inks.ink(stroke)
    if ink.space == PATTERN:
        writer.take(replace(ink, tint=0.0, pattern=str(operands[-1])), stroke)
    else:
        _take_colour(writer, stroke, ink.space, operands)


def _take_colour(writer: Writer, stroke: bool, space: str, operands: list[Object]) -> None:
    tint = tint_in(space, [float(number) for number in operands])
    if tint is None:
        writer.remarks.add(Remark.UNKNOWN_COLOUR)
    ink = writer.inks.ink(stroke)
    writer.take(replace(ink, space=space, tint=tint or 0.0, pattern=""), stroke)


def _state(writer: Writer, _name: str, operands: list[Object]) -> None:
    """An ExtGState: only how opaque things are matters, and that is laid on white."""
    state = writer.named("/ExtGState", operands[0]) or Dictionary()
    if state.get("/SMask", Name("/None")) != Name("/None"):
        writer.remarks.add(Remark.MASKED)
    if str(state.get("/BM", OPAQUE_BLENDS[0])) not in OPAQUE_BLENDS:
        writer.remarks.add(Remark.BLENDED)
    for key, stroke in (("/ca", False), ("/CA", True)):
        alpha = round(float(state.get(key, 1)) * writer.inks.alpha, 6)
        ink = writer.inks.ink(stroke)
        if key in state and alpha != ink.alpha:
            writer.remarks.add(Remark.FLATTENED)
            writer.take(replace(ink, alpha=alpha), stroke)


def _paint(writer: Writer, name: str, operands: list[Object]) -> None:
    """Paint a path, but not with an ink that nobody can see."""
    if writer.inks.fill.alpha == 0:
        name = WITHOUT_FILL.get(name, name)
    if writer.inks.stroke.alpha == 0:
        name = WITHOUT_STROKE.get(name, name)
    writer.say(name, *operands)


def _text(writer: Writer, name: str, operands: list[Object]) -> None:
    if writer.inks.fill.alpha > 0:
        writer.say(name, *operands)


def _font(writer: Writer, name: str, operands: list[Object]) -> None:
    font = writer.named("/Font", operands[0])
    if font is not None:
        writer.keep("/Font", str(operands[0]), font)
    writer.say(name, *operands)


def _external(writer: Writer, name: str, operands: list[Object]) -> None:
    thing = writer.named("/XObject", operands[0])
    alpha = writer.inks.fill.alpha
    if not isinstance(thing, Stream) or alpha == 0:
        return
    make = writer.maker.picture if thing.Subtype == Name.Image else writer.maker.form
    made, remarks = make(thing, alpha)
    writer.remarks |= remarks
    if made is not None:
        writer.say(name, writer.keep("/XObject", variant(str(operands[0]), alpha), made))


def _shading(writer: Writer, name: str, operands: list[Object]) -> None:
    shading = writer.named("/Shading", operands[0])
    alpha = writer.inks.fill.alpha
    if shading is None or alpha == 0:
        return
    made, remarks = writer.maker.shading(shading, alpha)
    writer.remarks |= remarks
    if made is not None:
        writer.say(name, writer.keep("/Shading", variant(str(operands[0]), alpha), made))


def _inline_picture(writer: Writer, _name: str, _operands: list[Object]) -> None:
    writer.remarks.add(Remark.INLINE_PICTURE)


def _leave_out(_writer: Writer, _name: str, _operands: list[Object]) -> None:
    """A mark, for which a press has no use."""


Turn = Callable[[Writer, str, list[Object]], None]
TURNS: dict[str, Turn] = {
    "q": _keep_state,
    "Q": _keep_state,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K"), _colour),
    **dict.fromkeys(("cs", "CS"), _space),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _colour_in_space),
    "gs": _state,
    **dict.fromkeys(WITHOUT_FILL | WITHOUT_STROKE, _paint),
    **dict.fromkeys(TEXT, _text),
    "Tf": _font,
    "Do": _external,
    "sh": _shading,
    "INLINE IMAGE": _inline_picture,
    **dict.fromkeys(MARKS, _leave_out),
}
