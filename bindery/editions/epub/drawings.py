"""Drawings bring their own letters: an SVG shown as a picture cannot use the fonts around it."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from lxml import etree

from bindery.font_subsets import cut_down
from bindery.typefaces import Face

SVG = "http://www.w3.org/2000/svg"


def with_letters(drawing: bytes, faces: tuple[Face, ...], styles: Mapping[str, bytes]) -> bytes:
    """The drawing with the pinned fonts in it that it names, cut down to its words.

    A drawing without words, or one that names no pinned font, is left as it is.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(drawing, parser)
    words = "".join(
        piece for text in root.iter(f"{{{SVG}}}text") for piece in text.itertext() if piece
    )
    named = [face for face in faces if face.family.encode() in drawing]
    slopes = {False} | ({True} if b"italic" in drawing or b"oblique" in drawing else set())
    weights = {False} | ({True} if b"bold" in drawing or b"font-weight" in drawing else set())
    used = [face for face in named if face.italic in slopes and face.bold in weights]
    if not words.strip() or not used:
        return drawing
    rules = "".join(_rule(face, styles[face.path], words) for face in used)
    style = etree.Element(f"{{{SVG}}}style")
    style.text = rules
    root.insert(0, style)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _rule(face: Face, font: bytes, words: str) -> str:
    data = base64.b64encode(cut_down(font, words, woff2=True, plain=False)).decode()
    slope = "font-style:italic;" if face.italic else ""
    weight = "font-weight:bold;" if face.bold else ""
    source = f"src:url(data:font/woff2;base64,{data})"
    return f'@font-face{{font-family:"{face.family}";{slope}{weight}{source}}}'
