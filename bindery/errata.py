"""What is wrong, where it stands, and what to do about it.

Everything that Bindery has to say about a manuscript is a `Query`, the word that
copy-editors use for a question to the author.  Queries travel beside the result of a
stage; when a stage cannot go on, it raises `Unprintable` with all that it found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the author's files."""

    file: str
    """Path relative to the book folder, with forward slashes."""
    line: int | None = None
    """Line, counted from 1; None when the whole file is meant."""

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that somebody should look at."""

    code: str
    """Stable name of the check, such as `missing-image`."""
    message: str
    """What is wrong, in one sentence."""
    hint: str
    """What to do about it, in one sentence."""
    place: Place
    """Where it stands."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} {self.hint}".rstrip()


class Unprintable(Exception):
    """The manuscript cannot be published as it is; the author can mend it (exit code 1)."""

    def __init__(self, queries: Iterable[Query]) -> None:
        self.queries = tuple(queries)
        super().__init__("\n".join(str(query) for query in self.queries))

    def __reduce__(self) -> tuple[type[Unprintable], tuple[tuple[Query, ...]]]:
        return Unprintable, (self.queries,)


def errors_in(queries: Iterable[Query]) -> tuple[Query, ...]:
    """The queries that stop publishing."""
    return tuple(query for query in queries if query.severity is Severity.ERROR)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a mistyped one, or None when none is near."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None
