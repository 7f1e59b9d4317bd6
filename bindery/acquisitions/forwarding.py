"""New addresses for pictures and links, since every file has moved."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote

from bindery.acquisitions.anchors import Anchors
from bindery.acquisitions.editing import Draft
from bindery.acquisitions.links import rewritten
from bindery.acquisitions.pictures import Pictures
from bindery.acquisitions.shelf import Shelf, joined, warning
from bindery.errata import Place, Query
from bindery.markup.addresses import ABROAD


def forward_pictures(draft: Draft, pictures: Pictures, base: str) -> tuple[Draft, list[Query]]:
    """The draft with its pictures in `images/`, or words in place of them; and queries."""
    queries: list[Query] = []

    def settle(address: str, place: Place) -> str | None:
        path, said = "", "is on the network"
        if not ABROAD.match(address):
            bare = unquote(re.split(r"[?#]", address)[0])
            name = joined(draft.file, bare, base)
            path, said = pictures.take(name) if bare else ("", "is missing")
        if path and not said:
            return _relative(path, draft)
        shown = f"The picture {address}" if len(address) < 200 else "A picture"
        hint = "Look at it."
        if not path:
            said += "; its description stands in its place"
            hint = "Put a picture into images/ and show it there, or remove the description."
        queries.append(warning("picture-changed", f"{shown} {said}.", hint, place))
        return _relative(path, draft) if path else None

    return replace(draft, text=rewritten(draft.source, settle, pictures=True)), queries


def forward_links(
    drafts: list[Draft], shelf: Shelf, base: str, language: str, queries: list[Query]
) -> list[Draft]:
    """The drafts with links that lead to each other's new places; adds to the queries."""
    by_file = {draft.file: draft for draft in drafts}
    anchors = {draft.file: Anchors(draft.marked_up(language)[0]) for draft in drafts}

    def forwarded(draft: Draft) -> Draft:
        def settle(address: str, place: Place) -> str | None:
            if ABROAD.match(address):
                return address
            bare, _, anchor = address.partition("#")
            bare = unquote(bare.partition("?")[0])
            target = _target(joined(draft.file, bare, base), by_file) if bare else draft
            if target is None:
                path = joined(draft.file, bare, base)
                is_barred = shelf.is_barred(path)
                reason = "lies outside of the source" if is_barred else "was not imported"
                message = f"The link to {address} became plain text: {path} {reason}."
                hint = "Link to the page on the network, if there is one."
                queries.append(warning("unlinked", message, hint, place))
                return None
            name = anchors[target.file].find(anchor) if anchor else ""
            if name is None:
                message = (
                    f"The link to {address} leads to no heading; it was led to the whole file."
                )
                hint = "Give the heading that is meant an id: ## Heading {#name}."
                queries.append(warning("no-anchor", message, hint, place))
            return _relative(target.path, draft) + (f"#{name}" if name else "")

        return replace(draft, text=rewritten(draft.source, settle, pictures=False))

    return [forwarded(draft) for draft in drafts]


def _target(path: str, by_file: dict[str, Draft]) -> Draft | None:
    """The draft that an address means, also when it leaves out an ending or an index."""
    stem = path.removesuffix(".html")
    names = [path, f"{stem}.md", f"{stem}.markdown"]
    names += [posixpath.join(path, "README.md"), posixpath.join(path, "index.md")]
    if posixpath.basename(stem) == "index":
        names.append(posixpath.join(posixpath.dirname(path), "README.md"))
    return next((by_file[name] for name in names if name in by_file), None)


def _relative(path: str, draft: Draft) -> str:
    return posixpath.relpath(path, posixpath.dirname(draft.path))
