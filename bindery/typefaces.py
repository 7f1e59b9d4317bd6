"""The typefaces that the styles pin, and whether they have every character of the book.

A character that no pinned font has would be set in whatever font the machine happens to
have: the page would look different elsewhere, and nobody would be told.
"""

from __future__ import annotations

import io
import posixpath
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

import tinycss2
from fontTools.ttLib import TTFont, TTLibError

from bindery.book import EditedBook
from bindery.errata import Place, Query
from bindery.looks import PARTS
from bindery.manuscript import Manuscript
from bindery.markup.addresses import ABROAD
from bindery.markup.tree import parse
from bindery.metadata import FILE

UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Unicode categories of characters that need no glyph: controls, joiners, spaces."""

BREAKS = (
    *(TTLibError, struct.error, zlib.error, ImportError, OSError, EOFError, ValueError),
    *(LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, MemoryError),
)
"""What fontTools raises over a font that is none, by what it meets first."""

BOLD = 600
"""Weight from which a font counts as bold (CSS Fonts 4: semi-bold)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a family, as an `@font-face` rule declares it."""

    family: str
    path: str
    """Path in `styles/`."""
    italic: bool
    bold: bool
    monospaced: bool
    code_points: frozenset[int] = field(repr=False)

    def characters(self, signs: Iterable[str]) -> set[str]:
        """Those of some characters for which the font has a glyph."""
        return {sign for sign in signs if ord(sign) in self.code_points}


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What the pinned fonts can set."""

    faces: tuple[Face, ...]
    """In the order of the stylesheets: the first family is the text's."""
    queries: tuple[Query, ...] = ()
    """An error for each font that cannot be used."""

    @property
    def families(self) -> frozenset[str]:
        """Names of the families, in lower case."""
        return frozenset(face.family.lower() for face in self.faces)

    @property
    def characters(self) -> frozenset[int]:
        """Code points of which at least one font has a glyph."""
        return frozenset().union(*(face.code_points for face in self.faces))

    def lacking(self, text: str, known: frozenset[int] | None = None) -> list[str]:
        """The characters of a text that no font has, each once, in their order.

        `known` is `characters`, for those who ask often.
        """
        has = self.characters if known is None else known
        missing = [sign for sign in dict.fromkeys(text) if ord(sign) not in has]
        return [sign for sign in missing if unicodedata.category(sign) not in UNSEEN]


def read_typefaces(styles: Mapping[str, bytes]) -> Typefaces:
    """The fonts that any stylesheet declares with `@font-face`; not those of other looks."""
    faces: dict[str, Face] = {}
    queries: dict[str, Query] = {}
    for name, data in styles.items():
        if name.endswith(".css") and not name.startswith(PARTS):
            for face in _faces(data.decode(), name, styles):
                if isinstance(face, Query):
                    queries.setdefault(face.message, face)
                else:
                    faces.setdefault(face.path, face)
    return Typefaces(tuple(faces.values()), tuple(queries.values()))


def glyph_queries(
    book: EditedBook, manuscript: Manuscript, typefaces: Typefaces
) -> tuple[Query, ...]:
    """A query for each character of the book that no pinned font has, with its line.

    None when a font is broken: it may well have them all.
    """
    if typefaces.queries:
        return typefaces.queries
    sources = {sheet.path: sheet.text for sheet in manuscript.sheets}
    metadata = book.metadata
    names = "".join(who.name for who in metadata.contributors)
    cover = metadata.title + metadata.subtitle + names + metadata.publisher + metadata.rights
    toml = manuscript.folder / FILE
    own = toml.read_text(encoding="utf-8-sig") if toml.is_file() else ""
    queries = [_query(sign, FILE, own) for sign in typefaces.lacking(cover)]
    known = typefaces.characters
    for chapter in book.chapters:
        notes = "".join("".join(note.paragraphs) for note in chapter.notes)
        pieces = (chapter.title, chapter.subtitle, chapter.epigraph, chapter.xhtml, notes)
        text = str(parse("".join(pieces)).text_content()) + "".join(chapter.authors)
        text += chapter.running + chapter.summary
        text += "".join(heading for mark in chapter.marks for heading in mark.entry)
        source = sources[chapter.file]
        queries += [_query(sign, chapter.file, source) for sign in typefaces.lacking(text, known)]
    return tuple(queries)


def foreign_queries(
    families: frozenset[str], typefaces: Typefaces, book: EditedBook
) -> tuple[Query, ...]:
    """A query for each font that was used though no stylesheet pins it."""
    queries = []
    for family in sorted(name for name in families if name.lower() not in typefaces.families):
        drawings = [p.path for p in book.pictures if b"<text" in p.data]
        place = Place(drawings[0] if drawings else "styles/print.css")
        message = f"The font “{family}” of this machine was used, which no stylesheet pins."
        hint = "Name a pinned font in the drawing or style, or add this one to styles/fonts.css."
        queries.append(Query("foreign-font", message, hint, place))
    return tuple(queries)


def _query(sign: str, file: str, source: str) -> Query:
    at = source.find(sign)
    line = source.count("\n", 0, at) + 1 if at >= 0 else None
    name = unicodedata.name(sign, "a character without a name")
    message = f"No font of the book has the character “{sign}” (U+{ord(sign):04X} {name})."
    hint = "Put another character, or add a font that has it to styles/fonts.css in the book."
    return Query("no-glyph", message, hint, Place(file, line))


def _faces(css: str, name: str, styles: Mapping[str, bytes]) -> Iterator[Face | Query]:
    """The face of every `@font-face` rule of a stylesheet; a query where its font is no use."""
    folder = posixpath.dirname(name)
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "font-face" or not rule.content:
            continue
        values = {
            entry.lower_name: entry.value
            for entry in tinycss2.parse_blocks_contents(rule.content)
            if entry.type == "declaration"
        }
        family = _words(values.get("font-family", ()))
        slope, weight = _words(values.get("font-style", ())), _words(values.get("font-weight", ()))
        urls = [url for url in map(_url, values.get("src", ())) if url and not ABROAD.match(url)]
        paths = [posixpath.normpath(posixpath.join(folder, unquote(url))) for url in urls]
        place = Place(f"styles/{name}", rule.source_line)
        if paths and not any(path in styles for path in paths):
            message = f"The font {urls[0]} of “{family}” is not among the styles."
            hint = "Put the font file where the @font-face says, or correct its address."
            yield Query("missing-font", message, hint, place)
        for path in (path for path in paths if path in styles):
            inside = _inside(styles[path])
            if inside is None:
                message = f"The font styles/{path} of “{family}” is damaged or no font."
                hint = "Put a sound TrueType, OpenType or WOFF2 file in its place."
                yield Query("bad-font", message, hint, place)
                continue
            bold = weight == "bold" or (weight.isdecimal() and int(weight) >= BOLD)
            italic = slope in ("italic", "oblique")
            yield Face(family, path, italic, bold, *inside)


def _words(tokens: Iterable[tinycss2.ast.Node]) -> str:
    kinds = ("string", "ident", "number")
    return " ".join(
        str(token.representation if token.type == "number" else token.value)
        for token in tokens
        if token.type in kinds
    )


def _url(token: tinycss2.ast.Node) -> str:
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return "".join(part.value for part in token.arguments if part.type == "string")
    return ""


@lru_cache(maxsize=64)
def _inside(font: bytes) -> tuple[bool, frozenset[int]] | None:
    """Whether a font is monospaced, and its code points; None when it cannot be read."""
    try:
        opened = TTFont(io.BytesIO(font), lazy=True)
        return bool(opened["post"].isFixedPitch), frozenset(opened.getBestCmap() or ())
    except BREAKS:
        return None
