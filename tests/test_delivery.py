"""Delivery: all files are put in their places, or all is as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bindery.delivery import deliver
from bindery.errata import Unprintable
from bindery.workshop import Artifact

FILES = {"a.pdf": b"A", "b.epub": b"B", "c/d.html": b"D"}


def artifacts(files: dict[str, bytes]) -> list[Artifact]:
    return [Artifact(path, "text/plain", data) for path, data in files.items()]


def found(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_files_are_put_in_place_and_replace_older_ones(tmp_path: Path) -> None:
    deliver(artifacts({"a.pdf": b"old"}), tmp_path)
    (tmp_path / "mine.txt").write_bytes(b"mine")
    deliver(artifacts(FILES), tmp_path)
    assert found(tmp_path) == FILES | {"mine.txt": b"mine"}


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_way_is_a_query(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(Unprintable) as stop:
        deliver(artifacts(FILES), tmp_path)
    (query,) = stop.value.queries
    assert (query.code, query.place.file) == ("folder-in-the-way", str(tmp_path / name))
    assert found(tmp_path) == {}


@pytest.mark.parametrize("failing", range(5))
def test_when_one_file_fails_all_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    before = {"a.pdf": b"old A", "c/d.html": b"old D", "mine.txt": b"mine"}
    deliver(artifacts(before), tmp_path)
    moves = iter(range(9))
    replace = os.replace

    def stubborn(path: Path, target: Path) -> Path:
        if next(moves) == failing:
            raise OSError("no")
        replace(path, target)
        return target

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(OSError, match="no"):
        deliver(artifacts(FILES), tmp_path)
    assert found(tmp_path) == before
