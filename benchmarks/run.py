"""Measure Bindery against the naive way and, where installed, against pandoc, xelatex and Typst.

    python -m benchmarks.run                        5, 50 and 200 essays
    python -m benchmarks.run --sizes 5,50,200,1000

Everything is a whole process, timed from outside, with the operating system's account of
processor time and of the largest process's memory.  What counts are the ratios of one run:
seconds depend on the machine and on what else it does.  The naive way is `benchmarks.naive`;
it is left out above 200 essays, where it would take many minutes.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.manuscripts import write

MOST_NAIVE = 200
"""Essays up to which the naive way is measured."""
KILOBYTES = 1024


@dataclass(frozen=True)
class Measured:
    """One finished process."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of all its processes together."""
    memory: float
    """Megabytes of the largest process."""

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s | {self.processor:7.2f} s | {self.memory:5.0f} MB"


def measure(*command: object) -> Measured:
    """Run a command to its end; RuntimeError when it fails."""
    started = time.perf_counter()
    with Path(os.devnull).open("wb") as nothing:
        work = subprocess.Popen([str(word) for word in command], stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(work.pid, 0)
    work.returncode = os.waitstatus_to_exitcode(status)
    if work.returncode:
        raise RuntimeError(f"exit code {work.returncode}: {' '.join(map(str, command))}")
    wall = time.perf_counter() - started
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / KILOBYTES)


class Bench:
    """One manuscript, and everything that is measured with it."""

    def __init__(self, folder: Path, essays: int) -> None:
        self.essays = essays
        self.book = write(folder / f"book-{essays}", essays)
        self.cache = folder / f"cache-{essays}"
        self.out = folder / f"out-{essays}"

    def naive(self) -> Measured:
        """One document through WeasyPrint."""
        return measure(sys.executable, "-m", "benchmarks.naive", self.book, self.out / "naive.pdf")

    def bindery(self, edition: str = "screen") -> Measured:
        """Bindery, with what stands in its cache."""
        return measure(
            *(sys.executable, "-m", "bindery", "publish", self.book, "--quiet", "--only", edition),
            *("--out", self.out, "--cache", self.cache),
        )

    def forget(self) -> None:
        """Empty the cache and the output."""
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)

    def edit(self, number: int, change: Callable[[str], str]) -> None:
        """Change the text of an essay."""
        path = self.book / "essays" / f"essay-{number:04}.md"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def pages(self) -> int:
        """Pages of the PDF that Bindery made."""
        (pdf,) = self.out.glob("a-book*.pdf")
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def report(bench: Bench) -> Iterator[str]:
    """The lines of one manuscript's table."""
    bench.forget()
    yield f"\n## {bench.essays} essays\n"
    yield "| what | wall | processor | largest process | times faster than naive |"
    yield "|---|--:|--:|--:|--:|"
    naive = bench.naive() if bench.essays <= MOST_NAIVE else None

    def row(what: str, found: Measured) -> str:
        ratio = f"{naive.wall / found.wall:.1f}" if naive else "–"
        return f"| {what} | {found} | {ratio} |"

    if naive:
        yield row("naive: one document, WeasyPrint", naive)
    cold = bench.bindery()
    pages = bench.pages()
    yield row(f"cold, screen PDF ({pages} pages, {pages / cold.wall:.0f} a second)", cold)
    yield row("nothing changed", bench.bindery())
    middle = bench.essays // 2 + 1
    bench.edit(middle, lambda text: text.replace(" the ", " thee ", 1))
    yield row("one word changed", bench.bindery())
    bench.edit(
        1, lambda text: text.replace("\n## ", "\n" + "More words here. " * 450 + "\n\n## ", 1)
    )
    yield row("every later page moved", bench.bindery())
    bench.forget()
    yield row("EPUB alone, cold", bench.bindery("epub"))
    yield from peers(bench)


def peers(bench: Bench) -> Iterator[str]:
    """Other programs on the same text, where they are installed."""
    essays = sorted((bench.book / "essays").glob("*.md"))
    pandoc = ("pandoc", "--quiet", *essays, "-o")
    if shutil.which("pandoc"):
        yield peer("pandoc to EPUB", *pandoc, bench.out / "pandoc.epub")
    if shutil.which("pandoc") and shutil.which("xelatex"):
        options = ("--pdf-engine=xelatex", "--toc", "-V", "documentclass=book")
        name = "pandoc and xelatex to PDF (text, notes, contents; no index)"
        yield peer(name, *pandoc, bench.out / "xelatex.pdf", *options)
    if importlib.util.find_spec("typst"):
        typst = bench.out / "book.typ"
        typst.write_text(as_typst(essays), encoding="utf-8")
        command = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
        name = "Typst to PDF (text, notes, contents; no index)"
        yield peer(name, sys.executable, "-c", command, typst, bench.out / "typst.pdf")


def peer(name: str, *command: object) -> str:
    """The line of another program, which may not be installed completely."""
    try:
        return f"| {name} | {measure(*command)} | |"
    except RuntimeError:
        return f"| {name} | failed | | | |"


def as_typst(essays: list[Path]) -> str:
    """The essays as a plain Typst book."""
    lines = [
        '#set page(width: 5.5in, height: 8.5in, margin: 0.8in, numbering: "1")',
        '#set text(size: 11pt, lang: "en")',
        "#set par(justify: true)",
        "#outline(depth: 1)",
    ]
    for essay in essays:
        text = re.sub(r"<!--.*?-->", "", essay.read_text(encoding="utf-8"))
        notes = dict(re.findall(r"^\[\^(\d)\]: (.*)$", text, re.M))
        text = re.sub(r"^\[\^\d\]: .*$", "", text, flags=re.M)
        text = re.sub(r"^(\||Table:).*$", "", text, flags=re.M)
        for name, note in notes.items():
            text = text.replace(f"[^{name}]", f"#footnote[{note}]")
        text = re.sub(r"\[([^\]]*)\]\(essay[^)]*\)", r"\1", text)
        text = re.sub(r"^## ", "== ", text, flags=re.M)
        text = re.sub(r"^# ", "= ", text, flags=re.M)
        lines += ["#pagebreak(weak: true)", re.sub(r"\*(\w+)\*", r"_\1_", text)]
    return "\n\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="5,50,200", help="numbers of essays, with commas")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
        for size in sizes:
            for line in report(Bench(Path(folder), size)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
