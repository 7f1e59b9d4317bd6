"""A structure tree with what it has to say, and without the rest.

WeasyPrint 70 gives every piece of a line and every inline element an element of its own that
means nothing (`Span`, `NonStruct`): forty on a page, two thirds of all objects of a book, each
of which imposition would have to read, copy and write.  What they hold goes to the paragraph
around them.  It also makes a link of every box inside of a link: only the outermost stays, since
its rectangle holds the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

MEANINGLESS = {"/Span", "/NonStruct"}
HOLDERS = {
    *("/Caption", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/Lbl", "/Link", "/P"),
    *("/Span", "/TD", "/TH"),
}
"""Elements that may hold words themselves (ISO 32000-1, 14.8.4.3 and 14.8.4.4)."""
BARE = {"Type", "S", "K", "Pg", "P"}
"""Keys of an element that says nothing of what it holds."""
DRAWN_UP_ANEW = ("Names", "Outlines")
"""Entries of the catalogue that imposition makes for the whole book."""


def tidy_tags(pdf: pydyf.PDF) -> None:
    """Leave out of a tagged document what nobody hears or follows."""
    tree = _Tree(pdf)
    tree.settle(pdf.catalog["StructTreeRoot"])
    tree.settle_parents()
    for entry in DRAWN_UP_ANEW:
        pdf.catalog.pop(entry, None)
    _close_ranks(pdf, [thing for thing in pdf.objects if not tree.is_gone(thing)])


def _close_ranks(pdf: pydyf.PDF, kept: list[Any]) -> None:
    """Leave nothing of a document but these objects, and count them anew."""
    pdf.pages["Kids"] = pydyf.Array(pdf.page_references)
    names = {thing.reference: b"%d 0 R" % number for number, thing in enumerate(kept)}
    for number, thing in enumerate(kept):
        thing.number = number
        holder = thing.extra if isinstance(thing, pydyf.Stream) else thing
        if isinstance(holder, dict):
            for key, value in holder.items():
                holder[key] = _renamed(value, names)
    pdf.objects[:] = kept


def _renamed(value: Any, names: dict[bytes, bytes]) -> Any:
    """A value with the new names of all objects in it."""
    if isinstance(value, bytes):
        return names.get(value, value)
    if isinstance(value, dict):
        return pydyf.Dictionary({key: _renamed(each, names) for key, each in value.items()})
    if isinstance(value, list):
        return pydyf.Array(_renamed(each, names) for each in value)
    return value


class _Tree:
    """The tree while it is settled."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.kept: set[bytes] = set()
        """Elements that stay."""
        self.holders: dict[bytes, bytes] = {}
        """For each element that went, the one that holds what was in it."""
        self.annotations: set[bytes] = set()
        """Links that went, since they are inside of others."""
        self._objects = {thing.reference: thing for thing in pdf.objects}
        self._root = self._objects[pdf.catalog["StructTreeRoot"]]

    def settle(self, root: bytes) -> None:
        """Settle everything that hangs under the root."""
        for reference in self._objects[root]["K"]:
            self._settle(reference, inside=False)

    def settle_parents(self) -> None:
        """Let pages and their marks know what is left."""
        objects = self._objects
        gone = {objects[reference]["StructParent"] for reference in self.annotations}
        parents = objects[self._root["ParentTree"]]
        entries = zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True)
        parents["Nums"] = pydyf.Array()
        for number, owner in entries:
            if number not in gone:
                parents["Nums"] += [number, self._holder(owner)]
        for thing in objects.values():
            if isinstance(thing, pydyf.Dictionary) and "Annots" in thing:
                left = [link for link in thing["Annots"] if link not in self.annotations]
                thing["Annots"] = pydyf.Array(left)

    def is_gone(self, thing: Any) -> bool:
        """Whether an object of the document is no longer wanted."""
        kind = thing.get("Type") if isinstance(thing, pydyf.Dictionary) else ""
        return thing.reference in self.annotations or (
            kind in ("/StructElem", "/OBJR") and thing.reference not in self.kept
        )

    def _holder(self, owner: Any) -> Any:
        if isinstance(owner, bytes):
            return self.holders.get(owner, owner)
        return pydyf.Array(self._holder(each) for each in owner)

    def _settle(self, reference: bytes, inside: bool) -> None:
        element = self._objects[reference]
        self.kept.add(reference)
        element["K"] = pydyf.Array(self._kids(element, element["K"], inside))

    def _kids(self, holder: Any, kids: Any, inside: bool) -> Iterator[Any]:
        """What an element holds at last; `inside`: whether it stands inside of a link."""
        below_link = inside or holder["S"] == "/Link"
        for kid in kids:
            below = self._objects.get(kid) if isinstance(kid, bytes) else None
            if below is None:
                yield kid
            elif below["Type"] == "/OBJR":
                if inside:
                    self.annotations.add(below["Obj"])
                else:
                    yield below
            elif self._is_meaningless(below, holder, below_link):
                self.holders[kid] = holder.reference
                yield from self._kids(holder, below["K"], below_link)
            else:
                if below_link and below["S"] == "/Link":
                    below["S"] = "/Span"
                below["P"] = holder.reference
                self._settle(kid, below_link)
                yield kid

    def _is_meaningless(self, element: Any, holder: Any, below_link: bool) -> bool:
        """Whether what an element holds may as well be held by the one around it."""
        return (
            (element["S"] in MEANINGLESS or (below_link and element["S"] == "/Link"))
            and holder["S"] in HOLDERS
            and BARE.issuperset(element)
            and element["Pg"] == holder["Pg"]
        )
