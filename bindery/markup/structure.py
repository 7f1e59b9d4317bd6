"""What Markdown has no word for: titles, epigraphs, figures, captions, ids.

1. An image alone in its paragraph is a figure; its Markdown title is the caption.
2. A paragraph `Table: …` right before or after a table is the table's caption.
3. A block quotation right after the title is the epigraph; a last paragraph in it that
   begins with a dash says where it is from.
4. Every heading gets an id, and every id its chapter's name before it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from bindery.book import Heading
from bindery.errata import Query, Severity
from bindery.markup.dialect import inline
from bindery.markup.front_matter import FrontMatter
from bindery.markup.punctuation import improve, improved
from bindery.markup.source import Source
from bindery.markup.tree import bare_title, inner, is_alone, make, parse, plain
from bindery.metadata import slugify

CAPTION = re.compile(r"^\s*Table:\s+", re.I)
CAPTION_ID = re.compile(r"\s*\{:?\s*#([\w.:-]+)\s*\}\s*$")
RESERVED = re.compile(r"(note|noteref|ix)-\d+(-\d+)?")
"""Ids that notes, their calls and index marks get."""
TABLE = r"^[ \t>]*[|:]?[ \t]*-[-|: \t]*\|[-|: \t]*$|^[ \t>]*\|[ \t]*:?-+:?[ \t]*$|<table\b"
"""What only a table has: the line below its head."""
MOST_COLUMNS = 12
"""With more, the columns of a page would be narrower than a word of five letters."""
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAG = re.compile(r"(?:^|\s)(#[^#\s]\S*)")
"""A # without a space behind it, as people write tags."""
DASH = re.compile(r"^\s*[—–-]")


@dataclass(frozen=True, slots=True)
class Opening:
    """How a chapter begins; all three are XHTML fragments."""

    title: str
    subtitle: str
    epigraph: str


def make_figures(tree: HtmlElement, language: str) -> None:
    """Images that stand alone become figures with captions."""
    for image in list(tree.iter("img")):
        if image.get("alt"):
            image.set("alt", improved(image.get("alt") or "", language))
        paragraph = image.getparent()
        if paragraph is None or paragraph.tag != "p" or not is_alone(image):
            continue
        paragraph.tag = "figure"
        paragraph.text = image.tail = None
        if image.get("id"):
            paragraph.set("id", image.attrib.pop("id"))
        if title := image.attrib.pop("title", "").replace('\\"', '"').replace("\\'", "'"):
            caption = inline(title)
            caption.tag = "figcaption"
            paragraph.append(caption)


def make_tables(tree: HtmlElement, source: Source) -> list[Query]:
    """Captions go into their tables, column heads get their scope, alignments a class.

    A query for each table that no page is wide enough for.
    """
    queries = []
    tables = list(tree.iter("table"))
    for nth, table in enumerate(tables):
        columns = max((len(row) for row in table.iter("tr")), default=0)
        if columns > MOST_COLUMNS:
            message = f"This table has {columns} columns, and a page has no room for so many."
            hint = f"Split it into tables of at most {MOST_COLUMNS} columns, or turn it around."
            place = source.nth(TABLE, nth, len(tables))
            queries.append(Query("wide-table", message, hint, place, Severity.WARNING))
        for neighbour in (table.getprevious(), table.getnext()):
            if neighbour is not None and neighbour.tag == "p" and _caption(table, neighbour):
                break
        for cell in table.iter("td", "th"):
            if cell.get("align"):
                cell.set("class", f"align-{cell.attrib.pop('align')}")
            if cell.tag == "th" and not cell.get("scope"):
                cell.set("scope", "col")
        frame = make("div", {"class": "table-frame"})
        frame.tail, table.tail = table.tail, None
        holder = table.getparent()
        if holder is not None:
            holder.replace(table, frame)
            frame.append(table)
    return queries


def make_breaks(tree: HtmlElement) -> None:
    """A rule that an author draws between paragraphs is a section break."""
    for rule in tree.iter("hr"):
        rule.set("class", "section-break")


def settle_ids(tree: HtmlElement, source: Source, slug: str) -> tuple[list[str], list[Query]]:
    """Give headings their ids and all ids the chapter's name; the ids, and queries."""
    ids: list[str] = []
    queries = []
    for title in tree.iter("h1"):  # What links to the title, links to the file.
        title.attrib.pop("id", None)
    for element in tree.iter():
        name = element.get("id") or ""
        if name.startswith((f"{slug}--ix-", "fn:", "fnref")):
            continue
        if RESERVED.fullmatch(name):
            message = f"The id “{name}” is kept for notes and index marks."
            place = source.naming(name, 0)
            queries.append(Query("reserved-id", message, "Give it another name.", place))
        elif name and f"{slug}--{name}" in ids:
            message = f"The id “{name}” stands twice in this file."
            place = source.naming(name, ids.count(f"{slug}--{name}"))
            queries.append(Query("duplicate-id", message, "Give one another name.", place))
        if not name and element.tag in HEADINGS:
            name = _free_name(element, ids, slug, tree)
        if name:
            element.set("id", f"{slug}--{name}")
            ids.append(f"{slug}--{name}")
    return ids, queries


def take_opening(
    tree: HtmlElement, front: FrontMatter, source: Source, language: str
) -> tuple[Opening, list[Query]]:
    """Take title and epigraph out of the tree."""
    queries = []
    heads = list(tree.iter("h1"))
    epigraph = ""
    if heads:
        following = heads[0].getnext()
        if following is not None and following.tag == "blockquote":
            epigraph = _epigraph(following)
        if any(link.get("class") == "noteref" for link in heads[0].iter("a")):
            message = "The title has a footnote, which no contents page could show."
            hint = "Put it behind a word of the first paragraph."
            place = source.heading("h1", 0, len(heads))
            queries.append(Query("note-in-title", message, hint, place))
    title, subtitle = _split(bare_title(heads[0])) if heads else ("", "")
    if front.title:
        title, subtitle = _split(_set(front.title, language))
    if front.subtitle:
        subtitle = _set(front.subtitle, language)
    if not title:
        hint = "Begin the file with a line “# The title of the essay”."
        queries.append(Query("no-title", "The file has no title.", hint, source.whole()))
    for nth, head in enumerate(heads[1:], start=1):
        place = source.heading("h1", nth, len(heads), plain(head))
        message = f"There is a second title, “{plain(head)}”."
        hint = "A file has one line with a single #; write ## for a section."
        if tag := TAG.search(source.line(place)):
            hint = f"Markdown takes it for a heading; write \\{tag[1]} if it is none."
        queries.append(Query("second-title", message, hint, place))
    if heads:
        heads[0].drop_tree()
    return Opening(title, subtitle, epigraph), queries


def headings_of(tree: HtmlElement, source: Source) -> tuple[tuple[Heading, ...], list[Query]]:
    """The headings of the sections, and queries about levels that were left out."""
    headings: list[Heading] = []
    queries = []
    elements = list(tree.iter(*HEADINGS))
    for element in elements:
        level = int(str(element.tag)[1])
        before = headings[-1].level if headings else 1
        if level > before + 1:
            message = f"The heading “{plain(element)}” skips a level."
            hint = f"Write it with {'#' * (before + 1)}."
            same = [other for other in elements if other.tag == element.tag]
            nth = same.index(element)
            place = source.heading(str(element.tag), nth, len(same), plain(element))
            queries.append(Query("skipped-level", message, hint, place, Severity.WARNING))
        headings.append(Heading(element.get("id", ""), level, bare_title(element)))
    return tuple(headings), queries


def _caption(table: HtmlElement, paragraph: HtmlElement) -> bool:
    """Make a paragraph that begins with “Table:” the table's caption, if it is one."""
    if not CAPTION.match(paragraph.text or ""):
        return False
    paragraph.text = CAPTION.sub("", paragraph.text or "")
    last = paragraph[-1] if len(paragraph) else None
    text = (last.tail if last is not None else paragraph.text) or ""
    if found := CAPTION_ID.search(text):
        table.set("id", found[1])
        text = text[: found.start()]
    if last is not None:
        last.tail = text
    else:
        paragraph.text = text
    if paragraph.get("id"):
        table.set("id", paragraph.attrib.pop("id"))
    paragraph.tag = "caption"
    paragraph.tail = None
    table.insert(0, paragraph)
    return True


def _free_name(element: HtmlElement, ids: list[str], slug: str, tree: HtmlElement) -> str:
    """A name for a heading without one, made from its words."""
    words = parse(bare_title(element)).text_content()
    wish = slugify(words) or f"section-{len(ids) + 1}"
    wish = f"section-{wish}" if RESERVED.fullmatch(wish) else wish
    given = {e.get("id") for e in tree.iter() if e.get("id")}
    name, number = wish, 2
    while f"{slug}--{name}" in ids or name in given:
        name, number = f"{wish}-{number}", number + 1
    return name


def _epigraph(quotation: HtmlElement) -> str:
    paragraphs = [child for child in quotation if child.tag == "p"]
    if len(paragraphs) > 1 and DASH.match(paragraphs[-1].text or ""):
        paragraphs[-1].set("class", "attribution")
    fragment = inner(quotation)
    quotation.drop_tree()
    return fragment


def _split(fragment: str) -> tuple[str, str]:
    """Title and subtitle at the first colon where both are whole without the other."""
    for colon in re.finditer(": ", fragment):
        title, subtitle = fragment[: colon.start()].strip(), fragment[colon.end() :].strip()
        with suppress(etree.XMLSyntaxError):
            parse(title), parse(subtitle)
            return (title, subtitle) if title and subtitle else (fragment, "")
    return fragment, ""


def _set(text: str, language: str) -> str:
    """A title in the front matter with its emphasis and its punctuation set, as a fragment."""
    line = inline(text)
    improve(line, language)
    return bare_title(line)
