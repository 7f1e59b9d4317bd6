"""Put finished files in their places: all of them or, when one cannot be put there, none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from bindery.errata import Place, Query, Unprintable
from bindery.workshop import Artifact


def deliver(artifacts: Iterable[Artifact], destination: Path) -> None:
    """Put every file in its place or, when one cannot be put there, leave all as it was.

    Raises `Unprintable` when a folder is in the way.
    """
    found = [(destination / artifact.path, artifact.data) for artifact in artifacts]
    if folders := [path for path, _ in found if path.is_dir()]:
        hint = "Move the folder away, or publish into another one."
        raise Unprintable(
            Query("folder-in-the-way", f"{path} is to be a file.", hint, Place(str(path)))
            for path in folders
        )
    beside = [path.with_name(f".{path.name}.{os.getpid()}") for path, _ in found]
    drafts = [path.with_name(f"{path.name}.draft") for path in beside]
    kept = [path.with_name(f"{path.name}.kept") for path in beside]
    try:
        for draft, (path, data) in zip(drafts, found, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
        _exchange([path for path, _ in found], drafts, kept)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    for old in kept:
        old.unlink(missing_ok=True)


def _exchange(places: list[Path], drafts: list[Path], kept: list[Path]) -> None:
    """Move every draft to its place; what stands there is kept, and put back when one fails."""
    begun: list[tuple[Path, Path, Path]] = []
    try:
        for place, draft, old in zip(places, drafts, kept, strict=True):
            begun.append((place, draft, old))
            if place.exists():
                place.replace(old)
            draft.replace(place)
        begun.clear()
    finally:
        for place, draft, old in reversed(begun):
            if old.exists():
                old.replace(place)
            elif not draft.exists():
                place.unlink(missing_ok=True)


def sums(artifacts: Iterable[Artifact]) -> Artifact:
    """`SHA256SUMS`, which says what every file should be."""
    lines = [f"{hashlib.sha256(a.data).hexdigest()}  {a.path}\n" for a in artifacts]
    return Artifact("SHA256SUMS", "text/plain", "".join(lines).encode())
