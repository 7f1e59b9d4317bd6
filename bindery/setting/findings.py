"""What is taken down of a PDF just before WeasyPrint writes it, and what is put right in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.text.fonts import get_hb_object_data

from bindery import signs
from bindery.set_pages import SetLine, UsedFont
from bindery.setting.drawn import Piece, UnreadableError, lines_of, read_pieces
from bindery.setting.hyphens import mark_hyphens, softened
from bindery.setting.links import put_in
from bindery.setting.tagging import tidy_tags


class Findings:
    """What is taken down of a PDF just before WeasyPrint writes it."""

    def __init__(self, name: str, pinned: set[str], reading: signs.Reading | None) -> None:
        self.passages: tuple[tuple[SetLine, ...], ...] = ()
        self._reading = reading
        self.fonts: list[UsedFont] = []
        self.programs: dict[str, bytes] = {}
        self._name = name
        self._pinned = pinned

    def take(self, document: Document, pdf: pydyf.PDF) -> None:
        """Put in the links that stood as signs, and take down where passages fell.

        Take down fonts; leave out their programs, and the tags of heads and feet.
        """
        if self._reading is not None:
            put_in(pdf, self._read(document, pdf), self._reading.links)
        mark_hyphens(pdf, document.fonts)
        for font in document.fonts.values():
            program = get_hb_object_data(font.hb_face)
            digest = hashlib.sha256(program).hexdigest()
            if digest not in self._pinned:
                self.programs[digest] = program
            self.fonts.append(
                UsedFont(
                    key=font.hash,
                    family=font.family,
                    program=digest,
                    index=font.index,
                    characters=softened(font.to_unicode, program),
                    widths=dict(font.widths),
                )
            )
        for thing in pdf.objects:
            if isinstance(thing, pydyf.Stream) and (
                "Length1" in thing.extra or thing.extra.get("Subtype") == "/OpenType"
            ):
                thing.stream = [b""]
        if "StructTreeRoot" in pdf.catalog:
            _name_cells(pdf, self._name)
            _free_margins(pdf)
            tidy_tags(pdf)

    def measure(self, document: Document, pdf: pydyf.PDF) -> None:
        """Take down where passages fell, and write nothing."""
        self._read(document, pdf)
        raise EnoughError

    def _read(self, document: Document, pdf: pydyf.PDF) -> list[Piece]:
        pieces = read_pieces(pdf, {font.hash: font for font in document.fonts.values()})
        reading = self._reading or signs.Reading("", (), ())
        if "".join(p.seen for p in pieces).lower() != reading.seen.lower():
            raise UnreadableError("other text than the copy's")
        self.passages = lines_of(pieces, reading.passages)
        return pieces


class EnoughError(Exception):
    """Everything that is wanted of a PDF is known before it is written."""


def _name_cells(pdf: pydyf.PDF, name: str) -> None:
    """Make the ids of table heads unique in the whole book."""
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if "ID" in thing:
            thing["ID"] = pydyf.String(f"{name}-{thing['ID'].string}")
        if isinstance(thing.get("A"), dict) and "Headers" in thing["A"]:
            heads = [pydyf.String(f"{name}-{head.string}") for head in thing["A"]["Headers"]]
            thing["A"]["Headers"] = pydyf.Array(heads)


def _free_margins(pdf: pydyf.PDF) -> None:
    """Mark what stands in the margins as artifacts.

    WeasyPrint 70 tags running heads and hangs their elements nowhere; marked content must
    belong to the tree or be an artifact (ISO 14289-1, 7.1).
    """
    objects = {thing.reference: thing for thing in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    numbers = objects[root["ParentTree"]]["Nums"]
    kept = _reachable(objects, root["K"])
    pages = [thing for thing in pdf.objects if _is(thing, "/Page")]
    for place in range(0, 2 * len(pages), 2):
        owners = numbers[place + 1]
        orphans = {mark for mark, owner in enumerate(owners) if owner not in kept}
        if not orphans:
            continue
        stream = objects[pages[place // 2]["Contents"]].stream
        for at, piece in enumerate(stream):
            if isinstance(piece, dict) and piece.get("MCID") in orphans:
                stream[at - 1 : at + 1] = [b"/Artifact", b"<</Type /Pagination>>"]
        for mark in orphans:
            owners[mark] = b"null"


def _reachable(objects: Mapping[bytes, Any], first: Any) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(first)
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference in objects and reference not in found:
            found.add(reference)
            waiting += (
                objects[reference].get("K", ()) if _is(objects[reference], "/StructElem") else ()
            )
    return found


def _is(thing: Any, kind: str) -> bool:
    return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == kind
