"""The same book the plain way: one HTML document, one WeasyPrint run, page numbers by CSS.

It is set with the house's own galleys and styles, and differs only where it must: all galleys
are one document, and contents, index and folios take their numbers from `target-counter` and
`counter(page)`, as a book made with WeasyPrint alone would.

    python -m benchmarks.naive BOOK FILE.pdf
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bindery.book import EditedBook
from bindery.galleys import CONTENTS, INDEX, Galley, draw_up
from bindery.house_style import HouseStyle
from bindery.index import IndexEntry
from bindery.production import edit

BODY = re.compile(r"<body([^>]*)>(.*)</body>", re.S)
NUMBERS = """
section.galley { break-before: right; string-set: book attr(data-book), running attr(data-running) }
section.kind-copyright { break-before: left }
section.kind-cover { break-before: auto; page: cover }
@page numbered:left { @top-left { content: counter(page) } }
@page numbered:right { @top-right { content: counter(page) } }
.contents a::after { content: leader(" . ") " " target-counter(attr(href), page) }
.index a.locator::after { content: target-counter(attr(href), page) }
"""


def main(book_folder: Path, file: Path) -> None:
    """Publish a book folder as one PDF."""
    copy = edit(book_folder)
    fonts = FontConfiguration()
    styles = copy.house.styles
    base = Path(__file__).parent.parent / "styles"
    sheet = CSS(string=styles["print.css"].decode(), base_url=f"{base}/", font_config=fonts)
    numbers = CSS(string=NUMBERS, font_config=fonts)
    html = one_document(copy.book, copy.house)
    HTML(string=html, base_url=f"{book_folder}/").write_pdf(
        file, stylesheets=[sheet, numbers], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def one_document(book: EditedBook, house: HouseStyle) -> str:
    """All galleys in one document."""
    parts = [_section(galley, book, house) for galley in draw_up(book, house)]
    title = f"<title>{book.metadata.title}</title>"
    lang = book.metadata.language
    return f'<html lang="{lang}"><head>{title}</head><body>{"".join(parts)}</body></html>'


def _section(galley: Galley, book: EditedBook, house: HouseStyle) -> str:
    kind = galley.template.split(".")[0]
    more: dict[str, object] = {"kind": kind, "opens": "recto", "numbered": galley.prints_folio}
    if galley.name == CONTENTS:
        more |= {"contents": book.contents, "folios": {}, "has_index": True, "index_before": ""}
        more["index_title"] = "Index"
    if galley.name == INDEX:
        more |= {"mode": "flow", "sections": []}
    html = house.render(galley.template, **{**galley.values, **more})
    (attributes, text), *_ = BODY.findall(html)
    if galley.name == INDEX:
        before, end, after = text.rpartition("</section>")
        text = f'{before}<div class="flowing">{_index(book)}</div>{end}{after}'
    numbered = " numbered" if "numbered" in attributes else ""
    attributes = attributes.replace(' class="numbered"', "")
    return f'<section class="galley kind-{kind}{numbered}"{attributes}>{text}</section>'


def _index(book: EditedBook) -> str:
    groups = book.index.listings[0].groups
    letters = (f'<h2 class="letter">{g.letter}</h2><ul>{_entries(g.entries)}</ul>' for g in groups)
    return "".join(letters)


def _entries(entries: tuple[IndexEntry, ...], level: int = 0) -> str:
    lines = []
    for entry in entries:
        refs = "".join(f', <a class="locator" href="#{locus.anchor}"></a>' for locus in entry.loci)
        below = f"<ul>{_entries(entry.entries, level + 1)}</ul>" if entry.entries else ""
        lines.append(f'<li><p class="level-{level}">{entry.heading}{refs}</p>{below}</li>')
    return "".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
