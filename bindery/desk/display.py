"""What people see while Bindery works: a bar on a terminal, plain lines in a pipe, or nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from bindery.errata import Query, Severity
from bindery.production import Progress as Listener
from bindery.production import silent

STAGES = {
    "reading": "Reading the manuscript",
    "setting": "Setting the pages",
    "imposing": "Imposing the book",
    "making": "Making the editions",
    "preparing": "Preparing uploads",
    "delivering": "Delivering",
}


class Display:
    """Where messages go: people's to standard error, results to standard output."""

    def __init__(self, quiet: bool, as_json: bool) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self._talk = Console(stderr=True, highlight=False, soft_wrap=True)
        self._answer = Console(highlight=False, soft_wrap=True)

    @contextmanager
    def progress(self) -> Iterator[Listener]:
        """Something to tell the progress of a run to."""
        if self.quiet or self.as_json:
            yield silent
        elif self._talk.is_terminal:
            yield from self._bar()
        else:
            yield self._line

    def queries(self, queries: Sequence[Query]) -> None:
        """Every query with its place, what is wrong, and what to do."""
        if self.as_json:
            return
        shown = [q for q in queries if not self.quiet or q.severity is Severity.ERROR]
        for query in shown:
            colour = "red" if query.severity is Severity.ERROR else "yellow"
            self._talk.print(
                Text.assemble(
                    (f"{query.place}: ", "bold"), (f"{query.severity}: ", colour), query.message
                )
            )
            self._talk.print(Text(f"    {query.hint}"))

    def say(self, words: str) -> None:
        """A result for people."""
        if not self.quiet and not self.as_json:
            self._answer.print(Text(words))

    def complain(self, words: str) -> None:
        """Something that people must know even when they want quiet."""
        if not self.as_json:
            self._talk.print(Text(words))

    def data(self, value: dict[str, Any]) -> None:
        """A result for machines, if they asked."""
        if self.as_json:
            json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")

    def _line(self, stage: str, detail: str) -> None:
        if not detail:
            self._talk.print(f"{STAGES.get(stage, stage)} …")

    def _bar(self) -> Iterator[Listener]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(24),
            TextColumn("{task.fields[detail]}"),
        )
        with Progress(*columns, console=self._talk, transient=True) as progress:
            task = progress.add_task("", total=len(STAGES), detail="")
            order = list(STAGES)

            def listen(stage: str, detail: str) -> None:
                at = order.index(stage) if stage in order else 0
                title = STAGES.get(stage, stage)
                progress.update(task, completed=at, description=title, detail=detail)

            yield listen


def as_data(query: Query) -> dict[str, Any]:
    """A query for machines."""
    return {
        "code": query.code,
        "severity": query.severity.value,
        "message": query.message,
        "hint": query.hint,
        "file": query.place.file,
        "line": query.place.line,
    }


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 error, 2 errors, 1,000 entries."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"
