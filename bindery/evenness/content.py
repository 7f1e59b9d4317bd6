"""A page's content read glyph by glyph: where each begins, and where its advance ends.

Only what is needed to know that: matrices, the state of the text, and marked content (ISO 32000-2,
9.4 and 14.6).  Forms are not entered: what is laid over a page, such as its folio, is none of
its lines.  Text that is turned is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bindery.evenness.fonts import SPACE, Font

STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
HEX = rb"<[0-9A-Fa-f\s]*>"
TOKEN = re.compile(
    rb"(?P<array>\[(?:[^\]()<>]|" + HEX + rb"|" + STRING + rb")*\])"
    rb"|(?P<dictionary><<.*?>>)"
    rb"|(?P<string>" + HEX + rb"|" + STRING + rb")"
    rb"|(?P<name>/[^\s/<>\[\]()%]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=[\s/<>\[\]()%]|$))"
    rb"|(?P<inline>\bBI\s.*?\sEI\b)"
    rb"|(?P<operator>[A-Za-z'\"*][A-Za-z0-9'\"*]*)"
    rb"|%[^\r\n]*",
    re.S,
)
ELEMENT = re.compile(rb"(" + HEX + rb")|(" + STRING + rb")|([-+]?[0-9.]+(?:[eE][-+]?\d+)?)", re.S)
MARK = re.compile(rb"/MCID\s+(\d+)")
ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n|\n|\r)?")
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LEVEL = 1e-6
ONE_CODE = len("<01e5>")

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Glyph(NamedTuple):
    """A glyph where it was drawn; lengths in points, from the lower left corner of the page."""

    text: str
    left: float
    right: float
    """Where its advance ends."""
    baseline: float
    size: float
    space: float
    """The natural space of its font at its size."""
    mark: int
    """Number of its marked content; -1 of none, -2 of an artifact."""


UNMARKED, ARTIFACT = -1, -2


_Saved = tuple[Matrix, Font | None, float, float, float, float, float, float]
"""What q saves of it."""


@dataclass(slots=True)
class _State:
    """What the operators have changed so far."""

    page: Matrix = UNIT
    text: Matrix = UNIT
    line: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    spread: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    saved: list[_Saved] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)


def glyphs_of(content: bytes, fonts: Mapping[str, Font], space: float | None = None) -> list[Glyph]:
    """All visible glyphs of a content stream, in the order in which they are drawn.

    `space` is the natural space in ems of fonts that tell of none; without it that of any other
    font of the page is taken, or a quarter of an em.
    """
    known = [font.space for font in fonts.values() if font.space is not None]
    natural = space or (known[0] if known else SPACE)
    state = _State()
    operands: list[bytes] = []
    glyphs: list[Glyph] = []
    for match in TOKEN.finditer(content):
        kind = match.lastgroup
        if kind == "operator":
            operator = match[0]
            change = CHANGES.get(operator)
            if change is not None:
                change(state, operands)
            elif operator == b"Tf":
                state.font = fonts.get(operands[-2].decode("latin-1"))
                state.size = float(operands[-1])
            elif operator in SHOWS:
                SHOWS[operator](state, operands)
                glyphs += _shown(state, operands[-1], natural)
            operands = []
        elif kind is not None and kind != "inline":
            operands.append(match[0])
    return glyphs


def _shown(state: _State, what: bytes, natural: float) -> list[Glyph]:
    """The glyphs of a string or an array; the text's matrix moves on."""
    font = state.font
    if font is None:
        return []
    a, b, _, d, x, y = _times(state.text, state.page)
    level = abs(b) < LEVEL and a > 0
    mark = state.marks[-1] if state.marks else UNMARKED
    height = round(abs(d) * state.size, 3)
    scale = state.size * state.stretch
    space = (font.space or natural) * scale * a
    baseline, at = y + state.rise * d, 0.0
    spread, words = state.spread * state.stretch, state.words * state.stretch
    glyphs = []
    for digits, string, number in ELEMENT.findall(what):
        if number:
            at -= float(number) / 1000 * scale
            continue
        for code in _codes(digits, string, font.wide):
            sign = font.signs.get(code, font.other)
            width = sign.width * scale
            if level and sign.is_visible:
                left = x + at * a
                right = left + width * a
                glyphs.append(Glyph(sign.text, left, right, baseline, height, space, mark))
            at += width + spread
            if words and code == ord(" ") and not font.wide:
                at += words
    state.text = _times((1.0, 0.0, 0.0, 1.0, at, 0.0), state.text)
    return glyphs


def _codes(digits: bytes, string: bytes, wide: bool) -> Sequence[int]:
    """The codes in a string that is written in hexadecimal digits, or as it is."""
    if wide and len(digits) == ONE_CODE:
        return (int(digits[1:-1], 16),)
    if digits:
        plain = b"".join(digits[1:-1].split()).decode("ascii")
        data = bytes.fromhex(plain + "0" * (len(plain) % 2))
    else:
        data = string[1:-1]
        data = ESCAPE.sub(_unescaped, data) if b"\\" in data else data
    if not wide:
        return data
    return [data[place] << 8 | data[place + 1] for place in range(0, len(data) - 1, 2)]


def _unescaped(match: re.Match[bytes]) -> bytes:
    what = match[1] or b""
    if what[:1].isdigit():
        return bytes([int(what, 8) & 255])
    return b"" if what[:1] in (b"\r", b"\n") else ESCAPED.get(what, what)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands[-6:])
    return a, b, c, d, e, f


def _save(state: _State, _: list[bytes]) -> None:
    text = (state.font, state.size, state.spread, state.words)
    state.saved.append((state.page, *text, state.stretch, state.leading, state.rise))


def _restore(state: _State, _: list[bytes]) -> None:
    if state.saved:
        state.page, state.font, state.size, state.spread, *more = state.saved.pop()
        state.words, state.stretch, state.leading, state.rise = more


def _transform(state: _State, operands: list[bytes]) -> None:
    state.page = _times(_matrix(operands), state.page)


def _begin(state: _State, _: list[bytes]) -> None:
    state.text = state.line = UNIT


def _place(state: _State, operands: list[bytes]) -> None:
    state.text = state.line = _matrix(operands)


def _move(state: _State, operands: list[bytes]) -> None:
    x, y = map(float, operands[-2:])
    state.text = state.line = _times((1.0, 0.0, 0.0, 1.0, x, y), state.line)


def _move_and_lead(state: _State, operands: list[bytes]) -> None:
    state.leading = -float(operands[-1])
    _move(state, operands)


def _next(state: _State, _: list[bytes]) -> None:
    _move(state, [b"0", str(-state.leading).encode()])


def _mark(state: _State, operands: list[bytes]) -> None:
    inside = state.marks[-1] if state.marks else UNMARKED
    number = MARK.search(operands[-1]) if operands else None
    if operands and operands[0] == b"/Artifact":
        inside = ARTIFACT
    state.marks.append(int(number[1]) if number else inside)


def _unmark(state: _State, _: list[bytes]) -> None:
    if state.marks:
        state.marks.pop()


def _set(name: str, factor: float = 1.0) -> Callable[[_State, list[bytes]], None]:
    def change(state: _State, operands: list[bytes]) -> None:
        setattr(state, name, float(operands[-1]) * factor)

    return change


def _stay(_state: _State, _operands: list[bytes]) -> None:
    """Tj and TJ show where they are."""


def _spaced(state: _State, operands: list[bytes]) -> None:
    state.words, state.spread = map(float, operands[-3:-1])
    _next(state, operands)


CHANGES: dict[bytes, Callable[[_State, list[bytes]], None]] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"BT": _begin,
    b"Tm": _place,
    b"Td": _move,
    b"TD": _move_and_lead,
    b"T*": _next,
    b"Tc": _set("spread"),
    b"Tw": _set("words"),
    b"Tz": _set("stretch", 0.01),
    b"TL": _set("leading"),
    b"Ts": _set("rise"),
    b"BMC": _mark,
    b"BDC": _mark,
    b"EMC": _unmark,
}
SHOWS = {b"Tj": _stay, b"TJ": _stay, b"'": _next, b'"': _spaced}
