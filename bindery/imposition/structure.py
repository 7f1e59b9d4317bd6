"""One structure tree of the galleys' trees, so that a screen reader hears one document.

Every galley's tree hangs under its own `Document`.  Their children come under a common one,
in the order of the book, and the numbers by which pages and links name their elements in
the parent tree (ISO 32000-1, 14.7.4.4) are counted through the whole book.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from bindery.imposition.pages import Laid, LaidGalley


def join_structure(pdf: pikepdf.Pdf, laid: Laid) -> None:
    """Join the trees, and mark the document as tagged."""
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    numbers: dict[int, Object] = {}
    after_pages = len(laid.leaves)
    kids: list[Object] = []
    language: Object | None = None
    for place, leaf in enumerate(laid.leaves):
        if "/StructParents" in leaf.obj:
            leaf.obj.StructParents = place
    for galley in laid.galleys.values():
        tree = pdf.copy_foreign(galley.source.Root.StructTreeRoot)
        own = galley.source.Root.get("/Lang")
        language = language or own
        for kid in tree.K[0].get("/K", ()):
            kid.P = document
            if own is not None and own != language:
                kid.Lang = String(str(own))
            kids.append(kid)
        after_pages = _renumber(laid, galley, tree, numbers, after_pages)
    for place in range(len(laid.leaves)):
        numbers.setdefault(place, Array())
    document.K = Array(kids)
    order = Array(thing for number in sorted(numbers) for thing in (number, numbers[number]))
    root = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([document]),
            ParentTree=pdf.make_indirect(Dictionary(Nums=order)),
            ParentTreeNextKey=after_pages,
        )
    )
    document.P = root
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _renumber(
    laid: Laid, galley: LaidGalley, tree: Object, numbers: dict[int, Object], following: int
) -> int:
    """Count a galley's entries of the parent tree through the book; the next free number."""
    annotations = {
        int(annotation.StructParent): annotation
        for leaf in laid.leaves[galley.first : galley.first + galley.count]
        for annotation in leaf.obj.get("/Annots", ())
        if "/StructParent" in annotation
    }
    nums = tree.ParentTree.Nums
    for at in range(0, len(nums), 2):
        number = int(nums[at])
        if number < galley.count:
            numbers[galley.first + number] = nums[at + 1]
        elif number in annotations:
            annotations[number].StructParent = following
            numbers[following] = nums[at + 1]
            following += 1
    return following
