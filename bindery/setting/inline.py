"""The text of a paragraph in pieces, each of one style, as the engine will shape them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.text.line_break import create_layout, line_size, strut

from bindery.composition import WHOLE, Piece, Type
from bindery.composition.rewriting import Run
from bindery.setting.typecases import TypeCases

Style = Any
"""A computed style: a dictionary that computes what it is asked for."""
Styles = Any
"""WeasyPrint's `StyleFor`: computed styles by element and pseudo-element."""

SPACES = re.compile(r"[ \t\n\r\f]+")
OTHER_SCRIPTS = re.compile(
    "[\u0590-\u1cff\u1d80-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2c00-\ua71f"
    f"\ua800-\ufaff\ufb07-\U0001ffff{WHOLE}]"
)
"""What is not Latin, Greek, Cyrillic, or a sign that goes with them."""
REPLACED = {
    *("img", "br", "wbr", "svg", "object", "embed", "input", "math", "video", "canvas"),
    *("button", "select", "textarea", "iframe"),
}
FOREIGN = 30
"""Letters of another script that may stand in a line of this one."""
INLINE = ("inline", "flow")
AROUND = [f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right")]
ABOVE = [f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "bottom")]
BORDERS = ("border_left_width", "border_right_width")
NO_CONTENT = ("normal", "none", "inhibit")


class LeftAloneError(Exception):
    """What is met is not understood, and the engine sets it."""


@dataclass(frozen=True, slots=True)
class Initial:
    """A letter that stands beside the first lines; lengths are pixels."""

    element: Element
    text: str
    """With the space after it."""
    width: float
    height: float


class InlineReader:
    """Reads the inline content of blocks."""

    def __init__(self, root: Element, styles: Styles, cases: TypeCases) -> None:
        self._styles = styles
        self._cases = cases
        self._types: dict[int, tuple[Style, Type | None]] = {}
        self.notes: dict[Element, int] = {}
        """Footnotes, with their numbers."""
        for element in root.iter():
            style = styles(element) if is_element(element) else None
            if style is not None and style["float"] == "footnote" and is_shown(style):
                self.notes[element] = len(self.notes) + 1

    def pieces(self, element: Element, run: Run) -> list[Piece]:
        """The pieces of a run, with single spaces and none at either end."""
        style = self._styles(element)
        raw = list(self._raw(element, style, run))
        found: list[Piece] = []
        is_after_space = True
        for piece in raw:
            text = piece.text if piece.whole is not None else SPACES.sub(" ", piece.text)
            if is_after_space and piece.whole is None:
                text = text.removeprefix(" ")
            if text:
                last = found[-1] if found else None
                if last and last.trail == piece.trail and last.whole is piece.whole is None:
                    found[-1] = Piece(last.text + text, last.trail, last.type)
                else:
                    found.append(_with(piece, text))
                if piece.whole is None or piece.width:
                    is_after_space = text.endswith(" ")
        return _without_last_space(found)

    def initial(self, element: Element, run: Run) -> Initial | None:
        """The initial that floats beside a run, if it begins with one."""
        before = element.text if run.after is None else run.after.tail
        if (before or "").strip() or not run.children:
            return None
        child = run.children[0]
        style = self._styles(child) if is_element(child) else None
        if style is None or style["float"] != "left":
            return None
        if len(child) or style["width"] != "auto" or run.after is not None:
            raise LeftAloneError
        type_ = self._type(style)
        text = SPACES.sub(" ", child.text or "").strip()
        self._judge(text, type_)
        width = type_.width(text) + sum(_pixels(style[name]) for name in AROUND)
        depth = style["height"]
        height = strut(style)[0] if depth == "auto" else _pixels(depth)
        following = (child.tail or "") + "".join(
            run.children[1].itertext() if run.children[1:] else ()
        )
        text += " " * bool(SPACES.match(following))
        return Initial(child, text, width, height + sum(_pixels(style[name]) for name in ABOVE))

    def has_more(self, element: Element) -> bool:
        """Whether styles put words before or after those of an element."""
        pseudos = (self._styles(element, name) for name in ("before", "after"))
        return any(each is not None and each["content"] not in NO_CONTENT for each in pseudos)

    def marker(self, note: Element, number: int) -> tuple[float, int]:
        """The width of a note's number at its head, and the spaces in it."""
        style = self._styles(note, "footnote-marker")
        if style is None:
            return 0.0, 0
        text = _counted(style, number)
        type_ = self._type(style)
        self._judge(text, type_)
        self._allow(style)
        return type_.width(text), text.count(" ")

    def _raw(self, element: Element, style: Style, run: Run) -> Iterator[Piece]:
        holder = element if run.after is None else run.after
        text = (element.text if run.after is None else holder.tail) or ""
        yield from self._text(text, (), style)
        for child in run.children:
            yield from self._child(child, ())
            yield from self._text(child.tail or "", (), style)

    def _child(self, element: Element, trail: tuple[Element, ...]) -> Iterator[Piece]:
        if not is_element(element):
            return
        style = self._styles(element)
        if not is_shown(style):
            return
        if element in self.notes:
            yield self._call(element, trail)
            return
        if not len(element) and OTHER_SCRIPTS.search(element.text or ""):
            yield from self._foreign(element, trail, style)
            return
        self._check(element, style)
        within = (*trail, element)
        if not (element.text or len(element)):
            yield Piece(WHOLE, trail, self._type(style), whole=element)
            return
        yield from self._text(element.text or "", within, style)
        for child in element:
            yield from self._child(child, within)
            yield from self._text(child.tail or "", within, style)

    def _text(self, text: str, trail: tuple[Element, ...], style: Style) -> Iterator[Piece]:
        if text:
            type_ = self._type(style)
            self._judge(SPACES.sub(" ", text), type_)
            yield Piece(text, trail, type_)

    def _foreign(
        self, element: Element, trail: tuple[Element, ...], style: Style
    ) -> Iterator[Piece]:
        """A word or two in another script: kept whole, and measured by the engine."""
        text = SPACES.sub(" ", element.text or "")
        if style["display"] != INLINE or style["float"] != "none" or len(text) > FOREIGN:
            raise LeftAloneError
        parent = trail[-1] if trail else None
        around = self._type(self._styles(parent) if parent is not None else style.parent_style)
        if text.startswith(" "):
            yield Piece(" ", trail, around)
        layout = create_layout(text.strip(), style, None, None, 0)
        line, _ = layout.get_first_line()
        width, _ = line_size(line, style)
        layout.deactivate()
        yield Piece(WHOLE, trail, around, whole=element, width=width)
        if text.endswith(" "):
            yield Piece(" ", trail, around)

    def _call(self, note: Element, trail: tuple[Element, ...]) -> Piece:
        """The call of a note, which is kept whole with its note."""
        style = self._styles(note, "footnote-call")
        text = _counted(style, self.notes[note])
        type_ = self._type(style)
        self._judge(text, type_)
        self._allow(style)
        return Piece(WHOLE, trail, type_, whole=note, width=type_.width(text), is_note=True)

    def _check(self, element: Element, style: Style) -> None:
        if element.tag in REPLACED or style["display"] != INLINE or style["float"] != "none":
            raise LeftAloneError
        if self.has_more(element):
            raise LeftAloneError
        self._allow(style)

    def _allow(self, style: Style) -> None:
        """Raise an error where an inline element has a width of its own, or other rules."""
        is_understood = (
            style["position"] in ("static", "relative")
            and style["white_space"] == "normal"
            and style["text_transform"] == "none"
            and style["direction"] == "ltr"
            and style["unicode_bidi"] == "normal"
            and not any(_pixels(style[name]) for name in AROUND)
            and not any(style[name] for name in BORDERS)
        )
        if not is_understood:
            raise LeftAloneError

    def _judge(self, text: str, type_: Type) -> None:
        if OTHER_SCRIPTS.search(text) or not type_.face.has(text.replace("\u00ad", "")):
            raise LeftAloneError

    def _type(self, style: Style) -> Type:
        found = self._types.get(id(style))
        if found is None:
            if style["font_size"] <= 0 or style["font_language_override"] != "normal":
                raise LeftAloneError
            found = self._types[id(style)] = style, self._cases.type_of(style)
        if found[1] is None:
            raise LeftAloneError
        return found[1]


def is_element(thing: Any) -> bool:
    """Whether a thing in a tree is an element, and no comment."""
    return isinstance(thing.tag, str)


def is_shown(style: Style) -> bool:
    """Whether an element makes any box."""
    return bool(style["display"] != ("none",))


def _with(piece: Piece, text: str) -> Piece:
    if piece.text == text:
        return piece
    return Piece(text, piece.trail, piece.type, piece.whole, piece.width, piece.is_note)


def _without_last_space(pieces: list[Piece]) -> list[Piece]:
    """Pieces without the space at their end, which may stand before elements without any text."""
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if piece.whole is not None and not piece.width:
            continue
        if piece.whole is None and piece.text.endswith(" "):
            text = piece.text.rstrip(" ")
            pieces[place : place + 1] = [_with(piece, text)] if text else []
        break
    has_words = any(piece.whole is None or piece.width for piece in pieces)
    return pieces if has_words else []


def _counted(style: Style, number: int) -> str:
    """What a note's call or marker says: its number, and plain words around it."""
    content = style["content"]
    if content in NO_CONTENT or not isinstance(content, tuple | list):
        raise LeftAloneError
    words = []
    for kind, value in content:
        if kind == "string":
            words.append(str(value))
        elif kind == "counter()" and value[0] == "footnote" and value[-1] == "decimal":
            words.append(str(number))
        else:
            raise LeftAloneError
    return "".join(words)


def _pixels(length: Any) -> float:
    if length == "auto":
        return 0.0
    if getattr(length, "unit", None) != "px":
        raise LeftAloneError
    return float(length.value)
