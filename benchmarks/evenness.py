"""How evenly books are set: the engine alone, Bindery, and other programs on the same text.

    python -m benchmarks.evenness                 our book, and one of 10,000 words
    python -m benchmarks.evenness --json FILE     the figures, beside the tables

Every program sets the same paragraphs on the same measure in the same face and size: EB Garamond
11/14.5 pt on 284.4 pt.  “Engine” is WeasyPrint with its own line breaks, `--composition: engine`
in the stylesheet; xelatex, lualatex and Typst are left out where they are not installed.  Notes,
lists, tables and pictures are left out of our book, for the others have no such sheet of styles.

Seconds are the processor's.  For Bindery they are those of composing and setting all galleys in
one process without a cache; for the others those of the whole program.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.run import measure
from bindery.evenness import figures_of_pdf

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "styles" / "fonts"
SPACE = 0.2
"""EB Garamond's space in ems, for programs that leave its glyph out of their PDF."""
COPIES = 2
"""How often the essays stand in the generated book, cut into other paragraphs each time."""
STYLES = ".opening { font-variant-caps: normal; letter-spacing: normal }\n"
ENGINE = "html { --composition: engine }\n"
QUOTES = (
    (r'(^|[\s(\[*])"', r"\1“"),
    ('"', "”"),
    (r"(^|[\s(\[*“])'", r"\1‘"),
    ("'", "’"),
    (r"\s+--+\s+", "—"),
    (r"\.\.\.", "…"),
)
NO_TEXT = re.compile(r"\||Table:|!|>|[-*+] |\d+\. |\*?\[|:|<|```")
"""How blocks begin that are no plain paragraph."""
ROWS = {
    "pages": "{pages}",
    "justified lines": "{spaces[lines]}",
    "mean": "{spaces[mean]:.3f}",
    "sd": "{spaces[sd]:.3f}",
    "p95": "{spaces[p95]:.2f}",
    "max": "{spaces[max]:.2f}",
    "min": "{spaces[min]:.2f}",
    "over 1.6, %": "{spaces[loose]:.2f}",
    "under .75, %": "{spaces[tight]:.2f}",
    "lines over 2": "{spaces[gaping]}",
    "adjacent difference": "{spaces[adjacent]:.3f}",
    "rivers of 3 in 100 lines": "{spaces[rivers]:.2f}",
    "hyphens": "{ends[hyphens]}",
    "in a row": "{ends[hyphens_in_a_row]}",
    "at page ends": "{ends[hyphens_at_page_ends]}",
    "at page turns": "{ends[hyphens_at_turns]}",
    "runts": "{ends[runts]}",
    "short last lines": "{ends[short_last]}",
    "widows": "{ends[widows]}",
    "orphans": "{ends[orphans]}",
    "stacks": "{ends[stacks]}",
    "overfull": "{ends[overfull]}",
    "right edge, sd, pt": "{ends[edge_sd]:.3f}",
    "lines off the grid": "{depths[off_grid]}",
    "spreads": "{depths[spreads]}",
    "uneven spreads, %": "{depths[uneven_spreads]:.1f}",
    "facing pages apart, lines": "{depths[difference]:.2f}",
    "seconds": "{seconds:.2f}",
}


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph."""

    level: int
    """Of a heading; 0 of a paragraph."""
    text: str
    """With *emphasis*."""


Essay = list[Block]


def our_essays() -> list[Essay]:
    """The essays of our book, headings and plain paragraphs alone."""
    return [
        blocks_in(path.read_text("utf-8")) for path in sorted((ROOT / "book/essays").glob("*.md"))
    ]


def blocks_in(markdown: str) -> Essay:
    """The headings and plain paragraphs of an essay, with typographic quotation marks."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\[\^[^\]]*\](?!:)", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = text.replace("**", "")
    found = []
    for block in re.split(r"\n\s*\n", text):
        line = " ".join(block.split())
        heading = re.match(r"(#+) +(.*?)(?: *\{.*\})?$", line)
        if heading:
            found.append(Block(len(heading[1]), typographic(heading[2])))
        elif line and not NO_TEXT.match(line):
            found.append(Block(0, typographic(line)))
    return found


def typographic(text: str) -> str:
    """A text with the quotation marks and dashes that are printed."""
    for what, instead in QUOTES:
        text = re.sub(what, instead, text)
    return text


def cut_anew(essay: Essay, copy: int) -> Essay:
    """An essay whose sentences make other paragraphs, and so other lines."""
    found: Essay = []
    sentences: list[str] = []
    for block in [*essay, Block(9, "")]:
        if not block.level:
            sentences += re.split(r"(?<=[.!?]) (?=[A-Z“])", block.text)
            continue
        size = 2 + copy
        while sentences:
            found.append(Block(0, " ".join(sentences[:size])))
            del sentences[:size]
            size = 3 + (copy + len(found)) % 3
        found.append(block)
    return found[:-1]


# ---- the same text for every program -----------------------------------------------------------


def write_book(folder: Path, essays: list[Essay], styles: str) -> Path:
    """A book folder; `styles` are added to the house's print.css."""
    (folder / "essays").mkdir(parents=True)
    (folder / "styles").mkdir()
    metadata = 'title = "Evenness"\nlanguage = "en-US"\n[look]\ninitials = false\n'
    (folder / "book.toml").write_text(metadata, "utf-8")
    house = (ROOT / "styles/print.css").read_text("utf-8")
    (folder / "styles/print.css").write_text(house + STYLES + styles, "utf-8")
    for number, essay in enumerate(essays):
        blocks = [f"{'#' * block.level} {block.text}".strip() for block in essay]
        text = re.sub(r"^# (.*)$", rf"# \1 {number + 1}", "\n\n".join(blocks), flags=re.M)
        (folder / "essays" / f"{number:02}.md").write_text(text + "\n", "utf-8")
    return folder


def as_latex(essays: list[Essay], microtype: bool) -> str:
    """A LaTeX document."""
    rows = [LATEX.replace("FONTS", str(FONTS)).replace("MORE", MICROTYPE if microtype else "")]
    for block in (block for essay in essays for block in essay):
        text = re.sub(r"([&%#_$])", r"\\\1", block.text)
        text = re.sub(r"\*([^*]+)\*", r"\\textit{\1}", text)
        rows.append(f"\\H{'ABBBBB'[block.level - 1]}{{{text}}}" if block.level else text + "\\par")
    return "\n".join([*rows, "\\end{document}", ""])


def as_typst(essays: list[Essay]) -> str:
    """A Typst document."""
    rows = [TYPST]
    for block in (block for essay in essays for block in essay):
        text = re.sub(r"([\\#_`$@<>~\[\]])", r"\\\1", block.text)
        text = re.sub(r"\*([^*]+)\*", r"#emph[\1]", text)
        rows.append(f"#h{'abbbbb'[block.level - 1]}[{text}]\n" if block.level else text + "\n")
    return "\n".join(rows)


COMPILE_TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], font_paths=[sys.argv[3]])"
)
MICROTYPE = r"\usepackage{microtype}"
LATEX = r"""\documentclass{article}
\usepackage[paperwidth=396bp,paperheight=612bp,textwidth=284.4bp,textheight=478.5bp,left=46.8bp,
top=55.5bp,headheight=0pt,headsep=0pt,footskip=20bp]{geometry}
\usepackage{fontspec}
\setmainfont{EBGaramond-Regular}[Path=FONTS/,Extension=.ttf,ItalicFont=EBGaramond-Italic]
\usepackage[english]{babel}
MORE
\pagestyle{empty}\frenchspacing\raggedbottom
\setlength\parindent{11bp}\setlength\parskip{0pt}\setlength\topskip{14.5bp}
\emergencystretch=1em \clubpenalty=10000 \widowpenalty=10000
\def\HA#1{\clearpage{\fontsize{16bp}{29bp}\selectfont\noindent\raggedright #1\par}\nobreak
\vskip14.5bp}
\def\HB#1{\par\vskip14.5bp{\fontsize{12bp}{14.5bp}\selectfont\noindent\raggedright #1\par}\nobreak}
\begin{document}\fontsize{11bp}{14.5bp}\selectfont
"""
TYPST = """#set page(width: 396pt, height: 612pt, margin: (left: 46.8pt, right: 64.8pt, top: 55.5pt, bottom: 78pt))
#set text(font: "EB Garamond", size: 11pt, lang: "en", region: "US", hyphenate: true, top-edge: 11pt, bottom-edge: -3.5pt)
#set smartquote(enabled: false)
#set par(justify: true, linebreaks: "optimized", leading: 0pt, spacing: 0pt, first-line-indent: 11pt)
#let ha(b) = { pagebreak(weak: true); block(sticky: true, below: 14.5pt, text(16pt, par(justify: false, b))) }
#let hb(b) = block(sticky: true, above: 14.5pt, below: 0pt, text(12pt, par(justify: false, b)))
"""  # noqa: E501 (Typst's own lines)


# ---- setting it ----------------------------------------------------------------------------------


def set_and_judge(folder: Path) -> dict[str, Any]:
    """Figures of a book folder, set in this process without a cache, and the seconds it took."""
    import weasyprint  # noqa: F401, PLC0415 (not a part of setting)

    from bindery.composing import Composing  # noqa: PLC0415
    from bindery.evenness import judge  # noqa: PLC0415
    from bindery.imposition import Words, impose  # noqa: PLC0415
    from bindery.pagination import paginate  # noqa: PLC0415
    from bindery.production import ALONE, edit, styles_of  # noqa: PLC0415

    copy = edit(folder)
    files = styles_of(copy.house)
    with Composing(files, ALONE, lambda _: None) as composing:
        started = time.process_time()
        book = paginate(copy.book, copy.house, {}, composing.typeset)
        seconds = time.process_time() - started
    programs = {hashlib.sha256(data).hexdigest(): data for data in files.values()}
    for pages in book.all_pages():
        programs |= pages.programs
    words, now = Words(page="Page {number}", cover="Cover"), datetime.datetime.now(datetime.UTC)
    data = impose(book, programs, copy.book.metadata, words, now, "Bindery")
    titles = {chapter.slug: chapter.slug for chapter in copy.book.chapters}
    return {**asdict(judge(book, data, titles).whole), "seconds": seconds}


def bindery(folder: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.evenness", "--set", str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def others(folder: Path, essays: list[Essay]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Figures of the other programs that are installed."""
    for program, microtype in (("xelatex", False), ("xelatex", True), ("lualatex", True)):
        if shutil.which(program):
            name = f"{program} + microtype" if microtype else program
            source = folder / f"{program}{'-microtype' * microtype}.tex"
            source.write_text(as_latex(essays, microtype), "utf-8")
            command = (program, "-interaction=batchmode", f"-output-directory={folder}", source)
            yield from outcome(name, source.with_suffix(".pdf"), *command)
    if importlib.util.find_spec("typst"):
        source = folder / "book.typ"
        source.write_text(as_typst(essays), "utf-8")
        pdf = source.with_suffix(".pdf")
        compiling = (sys.executable, "-c", COMPILE_TYPST, source, pdf, FONTS)
        yield from outcome("Typst", pdf, *compiling)


def outcome(name: str, pdf: Path, *command: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a program made; nothing when it is not installed completely."""
    try:
        measure(*command)  # The first run of all may build a database of fonts.
        seconds = measure(*command).processor
    except RuntimeError as reason:
        print(f"{name} is left out: {reason}", file=sys.stderr)
        return
    yield name, {**asdict(figures_of_pdf(pdf.read_bytes(), SPACE)), "seconds": seconds}


def compared(folder: Path, essays: list[Essay]) -> dict[str, dict[str, Any]]:
    """All figures by the names of programs."""
    folder.mkdir()
    found = {
        "engine": bindery(write_book(folder / "engine", essays, ENGINE)),
        "total-fit": bindery(write_book(folder / "total-fit", essays, "")),
    }
    return found | dict(others(folder, essays))


def table(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield f"| | {' | '.join(found)} |"
    yield "|---|" + "--:|" * len(found)
    for name, form in ROWS.items():
        yield f"| {name} | {' | '.join(form.format(**each) for each in found.values())} |"
    ratio = found["total-fit"]["seconds"] / found["engine"]["seconds"]
    yield f"\nComposing and setting take {ratio:.2f} × the engine’s own time."


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go")
    parser.add_argument("--set", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.set:
        print(json.dumps(set_and_judge(options.set)))
        return
    ours = our_essays()
    generated = [cut_anew(essay, copy) for copy in range(1, COPIES + 1) for essay in ours]
    everything = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, essays in (("Our book", ours), ("Generated", generated)):
            words = sum(len(block.text.split()) for essay in essays for block in essay)
            print(f"\n## {name}, {words:,} words\n", flush=True)
            everything[name] = compared(Path(folder) / name.split()[0], essays)
            print("\n".join(table(everything[name])), flush=True)
    if options.json:
        options.json.write_text(json.dumps(everything, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
