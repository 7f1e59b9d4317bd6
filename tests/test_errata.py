"""Queries, and the exception that carries them."""

from __future__ import annotations

import pickle

import pytest

from bindery.errata import Place, Query, Severity, Unprintable, errors_in, nearest

ERROR = Query("a", "It is wrong.", "Mend it.", Place("a.md", 3))
WARNING = Query("b", "It is odd.", "", Place("b.md"), Severity.WARNING)


def test_how_they_read() -> None:
    assert str(ERROR) == "a.md:3: error: It is wrong. Mend it."
    assert str(WARNING) == "b.md: warning: It is odd."
    assert str(Unprintable([ERROR, WARNING])) == f"{ERROR}\n{WARNING}"


def test_only_errors_stop_publishing() -> None:
    assert errors_in([WARNING, ERROR]) == (ERROR,)
    assert errors_in([WARNING]) == ()


def test_unprintable_travels_between_processes() -> None:
    there = pickle.loads(pickle.dumps(Unprintable([ERROR, WARNING])))  # noqa: S301
    assert isinstance(there, Unprintable)
    assert there.queries == (ERROR, WARNING)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("titel", ["title", "subtitle"], "title"),
        ("subtitel", ["title", "subtitle"], "subtitle"),
        ("xyz", ["title"], None),
        ("title", [], None),
    ],
)
def test_nearest(name: str, known: list[str], expected: str | None) -> None:
    assert nearest(name, known) == expected
