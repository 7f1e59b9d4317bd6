"""The sheet's content written again in the colours that a printer takes, and without marks.

A colour is named only where something is painted with it, since letters and areas of the same
colour may need different inks.  Greys become grey or black ink alone everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, PdfImage, Stream
from PIL import Image

from bindery.wrap.inks import Colour, Press

BLACK: Colour = (0.0, 0.0, 0.0)
FILLS = frozenset({"f", "F"})
FRAMES = frozenset({"f*"})
"""How WeasyPrint draws a border: one rectangle cut out of another.  To a press that is a line."""
STROKES = frozenset({"S", "s"})
BOTH = frozenset({"B", "B*", "b", "b*"})
TEXT = frozenset({"Tj", "TJ", "'", '"'})
LEFT_OUT = frozenset({"BMC", "BDC", "EMC", "MP", "DP", "gs", "ri"})
"""Marks for screen readers, and states; a cover has nothing translucent."""
NAMING = {1: "g", 3: "rg", 4: "k"}
OPERATORS = ("g", "rg", "k", "cs", "sc", "scn")
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class _State:
    """Colours as the source names them, and as they were last written."""

    fill: Colour = BLACK
    line: Colour = BLACK
    fill_written: Colour = ()
    line_written: Colour = ()


@dataclass(slots=True)
class Recolouring:
    """Writes content again for a press, or for the screen's colours when there is none."""

    pdf: pikepdf.Pdf
    press: Press | None
    fills: set[Colour] = field(default_factory=set)
    """Every colour with which something was painted."""
    _state: _State = _State()
    _kept: list[_State] = field(default_factory=list)
    _out: list[tuple[list[Any], Operator]] = field(default_factory=list)

    def page(self, page: pikepdf.Page) -> None:
        """Write a page again; of what it names only fonts and pictures stay."""
        resources = page.obj.Resources
        content = self._content(page, resources)
        page.obj.Contents = self.pdf.make_indirect(Stream(self.pdf, content))
        page.obj.Resources = self._resources(resources)

    def _content(self, content: pikepdf.Page | Object, resources: Object) -> bytes:
        before, self._out = (self._state, self._kept, self._out), []
        self._state, self._kept = _State(), []
        for instruction in pikepdf.parse_content_stream(content):
            self._take(str(instruction.operator), list(instruction.operands), resources)
        written = pikepdf.unparse_content_stream(self._out)
        self._state, self._kept, self._out = before
        return written

    def _resources(self, resources: Object) -> Dictionary:
        kept = {key: resources[key] for key in ("/Font", "/XObject") if key in resources}
        return Dictionary({key: value for key, value in kept.items() if len(value.keys())})

    def _take(self, name: str, operands: list[Any], resources: Object) -> None:
        if name == "q":
            self._kept.append(self._state)
        elif name == "Q":
            self._state = self._kept.pop() if self._kept else _State()
        elif name.lower() in OPERATORS:
            self._name(name, operands)
            return
        elif name in LEFT_OUT:
            return
        elif name in TEXT | FRAMES:
            self._write(self._stroked(self._state.fill), is_line=False)
        elif name in FILLS | BOTH:
            self._write(self._filled(self._state.fill), is_line=False)
        elif name == "Do":
            self._external(resources.XObject, str(operands[0]))
        if name in STROKES | BOTH:
            self._write(self._stroked(self._state.line), is_line=True)
        self._out.append((operands, Operator(name)))

    def _name(self, name: str, operands: list[Any]) -> None:
        """Take down a colour; the source is in grey and RGB alone."""
        numbers = [] if name.lower() == "cs" else [float(number) for number in operands]
        colour = tuple(numbers * 3 if len(numbers) == 1 else numbers) or BLACK
        changed = {"line": colour} if name.isupper() else {"fill": colour}
        self._state = replace(self._state, **changed)

    def _filled(self, rgb: Colour) -> Colour:
        return self.press.area(rgb) if self.press else _plain(rgb)

    def _stroked(self, rgb: Colour) -> Colour:
        return self.press.stroke(rgb) if self.press else _plain(rgb)

    def _write(self, colour: Colour, *, is_line: bool) -> None:
        self.fills.add(colour)
        written = self._state.line_written if is_line else self._state.fill_written
        if written != colour:
            name = NAMING[len(colour)]
            self._out.append((list(colour), Operator(name.upper() if is_line else name)))
        changed = {"line_written": colour} if is_line else {"fill_written": colour}
        self._state = replace(self._state, **changed)

    def _external(self, things: Object, name: str) -> None:
        thing = things[name]
        if not isinstance(thing, Stream):
            return
        if thing.Subtype == Name.Image:
            things[name] = self.pdf.make_indirect(self._picture(thing))
            return
        own = thing.get("/Resources", Dictionary())
        content = self._content(thing, own)
        form = Stream(self.pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=thing.BBox)
        if "/Matrix" in thing:
            form.Matrix = thing.Matrix
        form.Resources = self._resources(own)
        things[name] = self.pdf.make_indirect(form)

    def _picture(self, image: Stream) -> Stream:
        """A picture without what is translucent, in the printer's colours."""
        picture = PdfImage(image).as_pil_image()
        if picture.mode not in ("L", "RGB", "CMYK"):
            picture = picture.convert("RGB")
        soft = image.get("/SMask")
        if isinstance(soft, Stream):
            mask = PdfImage(soft).as_pil_image().convert("L").resize(picture.size)
            paper = Image.new("RGB", picture.size, WHITE)
            picture = Image.composite(picture.convert("RGB"), paper, mask)
        if picture.mode != "L":
            picture = picture.convert("RGB")
            picture = self.press.picture(picture) if self.press else picture
        spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
        stream = Stream(self.pdf, picture.tobytes(), Type=Name.XObject, Subtype=Name.Image)
        stream.Width, stream.Height = picture.size
        stream.ColorSpace, stream.BitsPerComponent = spaces[picture.mode], 8
        return stream


def _plain(rgb: Colour) -> Colour:
    """Colours of the screen as they are, but greys in black ink alone."""
    return (rgb[0],) if rgb[0] == rgb[1] == rgb[2] else rgb
