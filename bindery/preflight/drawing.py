"""What is drawn on a page: one walk over its content, and over all that it draws in turn."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from bindery.preflight.colours import first_colour, space_of
from bindery.preflight.facts import CMYK, GRAY, RGB, Mark, Paint, PlacedPicture, Use
from bindery.preflight.matrices import UNMOVED, box_of, matrix_of, multiply, scale_of
from bindery.preflight.pictures import Album, place, place_inline
from bindery.preflight.states import Brush, State, read_state

DEEPEST = 24
"""Forms within forms that are looked into; no sound file comes near it."""
INVISIBLE = 3
"""The way of showing text that shows nothing (ISO 32000-1, 9.3.6)."""


@dataclass(slots=True)
class Seen:
    """Everything that was met on a page so far."""

    paints: set[Paint] = field(default_factory=set)
    pictures: set[PlacedPicture] = field(default_factory=set)
    marks: set[Mark] = field(default_factory=set)
    fonts: dict[str, Object] = field(default_factory=dict)
    """Every font that text is shown in, by how to tell it from others."""


class Walk:
    """A walk over one stream of content."""

    def __init__(self, seen: Seen, album: Album, resources: Object, state: State, depth: int):
        self.seen = seen
        self.album = album
        self.resources = resources
        self.state = state
        self.saved: list[State] = []
        self.points: list[tuple[float, float]] = []
        self.depth = depth

    def over(self, content: Object | pikepdf.Page) -> None:
        """Walk over the content of a page, a form or a pattern."""
        for instruction in pikepdf.parse_content_stream(content):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                picture = place_inline(instruction.iimage, self.state.matrix)
                self.seen.pictures.add(picture)
                continue
            step = STEPS.get(str(instruction.operator))
            if step is not None:
                try:
                    step(self, list(instruction.operands), str(instruction.operator))
                except (IndexError, TypeError, ValueError):
                    self.seen.marks.add(Mark("malformed", str(instruction.operator)))

    # Graphics state

    def save(self, _operands: Sequence[Any], _operator: str) -> None:
        """Operator q."""
        self.saved.append(self.state)

    def restore(self, _operands: Sequence[Any], _operator: str) -> None:
        """Operator Q; one too many is no concern of ours."""
        if self.saved:
            self.state = self.saved.pop()

    def move(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator cm."""
        matrix = multiply(matrix_of(operands), self.state.matrix)
        self.state = replace(self.state, matrix=matrix)

    def thicken(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator w."""
        self.state = replace(self.state, width=float(operands[0]))

    def set_state(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator gs."""
        named = self.named("/ExtGState", operands[0])
        if named is not None:
            self.state, marks = read_state(self.state, named)
            self.seen.marks |= marks

    def choose(self, operands: Sequence[Any], operator: str) -> None:
        """Operators cs and CS."""
        space = space_of(operands[0], self.resources)
        self.dip(operator == "CS", Brush(space, first_colour(space)))

    def colour(self, operands: Sequence[Any], operator: str) -> None:
        """Operators sc, scn, SC and SCN."""
        stroking = operator.startswith("S")
        space = (self.state.stroke if stroking else self.state.fill).space
        values = tuple(float(part) for part in operands if not isinstance(part, Name))
        if operands and isinstance(operands[-1], Name):
            self.pattern(operands[-1])
        self.dip(stroking, Brush(space, values))

    def device_colour(self, operands: Sequence[Any], operator: str) -> None:
        """Operators g, rg, k, G, RG and K."""
        space = {"g": GRAY, "rg": RGB, "k": CMYK}[operator.lower()]
        values = tuple(map(float, operands))
        if len(values) != space.components:
            raise ValueError(operator)
        self.dip(operator.isupper(), Brush(space, values))

    def dip(self, stroking: bool, brush: Brush) -> None:
        """Take another colour."""
        rounded = Brush(brush.space, tuple(round(value, 4) for value in brush.values))
        if stroking:
            self.state = replace(self.state, stroke=rounded)
        else:
            self.state = replace(self.state, fill=rounded)

    # Paths

    def build(self, operands: Sequence[Any], operator: str) -> None:
        """Operators m, l, c, v, y and re: only where they lead is of interest."""
        if operator == "re":
            x, y, width, height = map(float, operands)
            self.points += [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        else:
            places = [float(number) for number in operands]
            self.points += list(zip(places[::2], places[1::2], strict=True))

    def paint(self, _operands: Sequence[Any], operator: str) -> None:
        """Every operator that paints a path, or does not (n)."""
        if self.points:
            box = box_of(self.points, self.state.matrix)
            state = self.state
            if operator in ("f", "F", "f*", "B", "B*", "b", "b*"):
                self.add(state.fill, Use.FILL, None, box, state.fill_over)
            if operator in ("S", "s", "B", "B*", "b", "b*"):
                thickness = round(state.width * scale_of(state.matrix), 4)
                self.add(state.stroke, Use.STROKE, thickness, box, state.stroke_over)
        self.points = []

    def shade(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator sh."""
        self.shading(self.named("/Shading", operands[0]))

    # Text

    def begin_text(self, _operands: Sequence[Any], _operator: str) -> None:
        """Operator BT."""
        self.state = replace(self.state, text_matrix=UNMOVED)

    def set_text(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator Tm."""
        self.state = replace(self.state, text_matrix=matrix_of(operands))

    def choose_font(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator Tf."""
        font = self.named("/Font", operands[0])
        wide = font is not None and str(font.get("/Encoding", "")).startswith("/Identity")
        if font is not None:
            identity = str(font.objgen) if font.is_indirect else str(operands[0])
            self.seen.fonts[identity] = font
        self.state = replace(self.state, size=float(operands[1]), wide=wide)

    def show_way(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator Tr."""
        self.state = replace(self.state, way=int(operands[0]))

    def show(self, operands: Sequence[Any], _operator: str) -> None:
        """Operators Tj, TJ, ' and "."""
        state = self.state
        last = operands[-1]
        shown = [last] if isinstance(last, pikepdf.String) else list(last)
        pieces = [bytes(piece) for piece in shown if isinstance(piece, pikepdf.String)]
        if not any(pieces):
            return
        if state.wide and any(has_missing_glyph(piece) for piece in pieces):
            self.seen.marks.add(Mark("missing-glyph"))
        if state.way % 4 == INVISIBLE:
            self.seen.marks.add(Mark("invisible-text"))
            return
        matrix = multiply(state.text_matrix, state.matrix)
        size = round(state.size * math.hypot(matrix[2], matrix[3]), 2)
        if state.way in (0, 2, 4, 6):
            self.add(state.fill, Use.TEXT, size, None, state.fill_over)
        if state.way in (1, 2, 5, 6):
            self.add(state.stroke, Use.TEXT, size, None, state.stroke_over)

    # What is drawn from elsewhere

    def draw(self, operands: Sequence[Any], _operator: str) -> None:
        """Operator Do."""
        thing = self.named("/XObject", operands[0])
        if not isinstance(thing, Stream):
            return
        kind = thing.get("/Subtype")
        if kind == Name.Image:
            picture = self.album.look_at(thing, self.resources)
            self.seen.pictures.add(place(picture, self.state.matrix))
            if picture.space.family == "Stencil":
                self.add(self.state.fill, Use.FILL, None, None, self.state.fill_over)
        elif kind == Name.Form:
            self.form(thing)
        else:
            self.seen.marks.add(Mark("postscript"))
        self.note_extras(thing)

    def form(self, form: Stream) -> None:
        """A form, with everything in it."""
        if (group := form.get("/Group")) is not None:
            self.seen.marks.add(Mark("group", str(group.get("/S", ""))[1:]))
        self.within(form, form.get("/Matrix", UNMOVED), self.state)

    def pattern(self, name: Name) -> None:
        """A pattern that is painted with, with everything in it."""
        pattern = self.named("/Pattern", name)
        if pattern is None:
            return
        self.seen.marks.add(Mark("pattern"))
        if isinstance(pattern, Stream):
            self.within(pattern, pattern.get("/Matrix", UNMOVED), self.state)
        else:
            self.shading(pattern.get("/Shading"))

    def within(self, stream: Stream, matrix: Any, state: State) -> None:
        """Walk over the content of a stream with its own resources."""
        if self.depth >= DEEPEST:
            return
        resources = stream.get("/Resources", self.resources)
        inside = replace(state, matrix=multiply(matrix_of(matrix), state.matrix))
        Walk(self.seen, self.album, resources, inside, self.depth + 1).over(stream)

    def shading(self, shading: Object | None) -> None:
        """A gradient."""
        if shading is not None:
            space = space_of(shading.get("/ColorSpace"), self.resources)
            self.seen.paints.add(Paint(Use.SHADING, space, ()))

    def mark_content(self, operands: Sequence[Any], _operator: str) -> None:
        """Operators BDC and BMC: content that can be switched off."""
        if operands[0] == Name.OC:
            self.seen.marks.add(Mark("layer"))

    def note_extras(self, thing: Object) -> None:
        """What a form or picture carries that no printer's machine should meet."""
        for key, kind in (("/OC", "layer"), ("/OPI", "opi"), ("/Alternates", "alternates")):
            if key in thing:
                self.seen.marks.add(Mark(kind))

    # Small things

    def named(self, category: str, name: Any) -> Any:
        """What the resources have under a name; None when they lack it."""
        things = self.resources.get(category)
        found = things.get(str(name)) if isinstance(things, Dictionary) else None
        if found is None:
            self.seen.marks.add(Mark("missing-resource", f"{category[1:]} {str(name)[1:]}"))
        return found

    def add(self, brush: Brush, use: Use, size: float | None, box: Any, overprint: bool) -> None:
        """Take down that a colour is used."""
        self.seen.paints.add(Paint(use, brush.space, brush.values, size, box, overprint))


def has_missing_glyph(codes: bytes) -> bool:
    """Whether a string of two-byte codes shows glyph 0, the box that stands for no letter."""
    pairs = range(0, len(codes), 2)
    return b"\0\0" in codes and any(codes[at : at + 2] == b"\0\0" for at in pairs)


Step = Callable[[Walk, Sequence[Any], str], None]
STEPS: Mapping[str, Step] = {
    "q": Walk.save,
    "Q": Walk.restore,
    "cm": Walk.move,
    "w": Walk.thicken,
    "gs": Walk.set_state,
    **dict.fromkeys(("cs", "CS"), Walk.choose),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), Walk.colour),
    **dict.fromkeys(("g", "rg", "k", "G", "RG", "K"), Walk.device_colour),
    **dict.fromkeys(("m", "l", "c", "v", "y", "re"), Walk.build),
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"), Walk.paint),
    "sh": Walk.shade,
    "BT": Walk.begin_text,
    "Tm": Walk.set_text,
    "Tf": Walk.choose_font,
    "Tr": Walk.show_way,
    **dict.fromkeys(("Tj", "TJ", "'", '"'), Walk.show),
    "Do": Walk.draw,
    **dict.fromkeys(("BDC", "BMC"), Walk.mark_content),
}
"""What is done at each operator; the others change nothing that a printer minds."""
