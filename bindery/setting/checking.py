"""Whether the engine laid the lines out that were planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from bindery.composition import SOFT_HYPHEN, WHOLE, Line, Paragraph
from bindery.composition.rewriting import Rewritten
from bindery.set_pages import NOT_COMPOSED

CLOSE = 0.2
"""Pixels by which a line may stand out of its measure, or be narrower."""
LEVEL = 0.01
"""Pixels by which a line may be higher than planned."""
ZERO_WIDTH = "\u200b"
"""WeasyPrint puts it after a space that is a piece of text by itself."""
WORDS = 6
"""So many of its first words name a paragraph."""


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A paragraph with its lines, as they were put into the tree."""

    paragraph: Paragraph
    lines: tuple[Rewritten, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that was laid out otherwise than planned."""

    number: int
    words: str
    """Its first words."""
    reason: str

    def __str__(self) -> str:
        return f"{NOT_COMPOSED}“{self.words} …”: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line as it was laid out, with the block around it."""

    box: Any
    line: Any
    block: Any


def differences(document: Document, planned: Sequence[Planned]) -> list[Difference]:
    """The paragraphs of which a line is not what was planned."""
    laid: dict[Element, list[_Laid]] = {each.element: [] for p in planned for each in p.lines}
    crowded: set[Element] = set()
    for page in document.pages if laid else ():
        for block in _blocks(page._page_box):
            lines = [[x for x in _laid(block, line) if x.box.element in laid] for line in block[1]]
            found = [one for line in lines for one in line]
            for one in found:
                laid[one.box.element].append(one)
            if any(len(line) != 1 for line in lines):
                crowded.update(one.box.element for one in found)
    wrong = []
    for each in planned:
        reason = _reason(each, laid, crowded)
        if reason:
            text = each.paragraph.initial + each.paragraph.text
            words = text.replace(WHOLE, "").split()[:WORDS]
            wrong.append(Difference(each.paragraph.number, " ".join(words), reason))
    return wrong


def _blocks(box: Any) -> Iterator[tuple[Any, list[Any]]]:
    """The blocks below a box that have lines, with these: a run of text is alone in its block."""
    children = getattr(box, "children", ())
    lines = [child for child in children if isinstance(child, boxes.LineBox)]
    if lines:
        yield box, lines
    for child in children:
        if isinstance(child, boxes.ParentBox) and not isinstance(child, boxes.LineBox):
            yield from _blocks(child)


def _laid(block: tuple[Any, list[Any]], line: Any) -> Iterator[_Laid]:
    """What stands in a line and may be the element of a planned one."""
    for inside in line.children:
        if isinstance(inside, boxes.InlineBox):
            yield _Laid(inside, line, block[0])


def _reason(
    planned: Planned, laid: Mapping[Element, Sequence[_Laid]], crowded: Collection[Element]
) -> str:
    """What is not as planned in a paragraph; empty when everything is.

    `crowded` are planned lines beside which the block has a line that nobody planned.
    """
    for rewritten in planned.lines:
        found = laid[rewritten.element]
        if rewritten.element in crowded:
            return "a line was added"
        if len(found) != 1:
            return "a line was divided" if found else "a line was lost"
        reason = _of_line(planned.paragraph, rewritten, found[0])
        if reason:
            return reason
    return ""


def _of_line(paragraph: Paragraph, rewritten: Rewritten, laid: _Laid) -> str:
    line, is_spread = rewritten.line, not paragraph.rules.ragged
    if abs(laid.block.width - paragraph.measure) > CLOSE:
        return "the measure is another one"
    if _seen(laid.box) != text_of(paragraph, line):
        return "a line has other words"
    if abs(laid.line.height - paragraph.line_height) > LEVEL:
        return "a line is higher or lower"
    right = laid.box.position_x + laid.box.margin_width()
    edge = laid.block.content_box_x() + laid.block.width
    over = right - edge - (laid.box.padding_right if line.is_last else 0.0)
    if over > CLOSE:
        return "a line is too wide"
    if " " in text_of(paragraph, line) and not line.is_last and over < -CLOSE and is_spread:
        return "a line is too narrow"
    return ""


def _seen(box: Any) -> str:
    """The words of a box, without the calls of notes."""
    if isinstance(box, boxes.TextBox):
        return str(box.text).replace(SOFT_HYPHEN, "").replace(ZERO_WIDTH, "")
    if getattr(box, "footnote", None) is not None:
        return ""
    return "".join(_seen(child) for child in getattr(box, "children", ()))


def text_of(paragraph: Paragraph, line: Line) -> str:
    """The words of a planned line, without the calls of notes."""
    text = "".join(
        text if piece.whole is None else "" if piece.is_note else "".join(piece.whole.itertext())
        for piece, text in paragraph.between(line.start, line.end)
    )
    return text.replace(SOFT_HYPHEN, "") + ("\u2010" if line.has_hyphen else "")
