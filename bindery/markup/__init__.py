"""Turn one Markdown file into one chapter.

1. The front matter is split off.
2. Index marks become tokens; Python-Markdown reads the text; HTML that an untrusted author
   should not use is cleaned away.
3. The tree is dressed: marks, figures, tables, section breaks, punctuation, ids.
4. Notes, title, epigraph, headings, links and pictures are taken down.
"""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from bindery.book import Chapter, Part
from bindery.errata import Query, nearest
from bindery.house_style import direction
from bindery.manuscript import Sheet
from bindery.markup.addresses import settle_pictures, take_links
from bindery.markup.dialect import html_queries, show_brackets, to_tree
from bindery.markup.front_matter import FrontMatter, split_front_matter
from bindery.markup.landing import place_marks
from bindery.markup.marks import number_notes, settle_marks, take_marks
from bindery.markup.notes import note_queries, take_notes
from bindery.markup.punctuation import improve, improved
from bindery.markup.scripts import mark_scripts
from bindery.markup.source import Source
from bindery.markup.structure import (
    headings_of,
    make_breaks,
    make_figures,
    make_tables,
    settle_ids,
    take_opening,
)
from bindery.markup.tree import inner, parse

ROLES = {
    Part.FRONT: ("preface", "foreword", "introduction", "dedication", "acknowledgements"),
    Part.BODY: (),
    Part.BACK: (
        *("afterword", "appendix", "bibliography", "glossary", "acknowledgements"),
        "colophon",
    ),
}
"""Kinds of chapter that a file's name (or its front matter) may tell, by part."""

PLAIN_ROLE = {Part.FRONT: "front-chapter", Part.BODY: "essay", Part.BACK: "back-chapter"}


def mark_up(sheet: Sheet, book_language: str) -> tuple[Chapter, tuple[Query, ...]]:
    """The chapter that a sheet holds, and every query about it."""
    front, text, queries = split_front_matter(sheet.text, sheet.path)
    language = front.language or book_language
    source = Source(sheet.path, text)
    queries += html_queries(source)
    marked, marks, comments, found = take_marks(source, sheet.slug)
    queries += found
    tree = to_tree(marked)
    queries += note_queries(tree, source)
    show_brackets(tree)
    ids, found = _dress(tree, source, sheet.slug, comments, language)
    queries += found
    marks, found = settle_marks(tree, marks, sheet.slug)
    queries += found
    chapter, found = _taken_down(tree, sheet, front, source, language)
    queries += found
    marks, found = number_notes(marks, chapter.notes)
    queries += found
    fresh = replace(chapter, marks=marks, ids=tuple(ids), themes=front.themes)
    return fresh, tuple(queries)


def _taken_down(
    tree: HtmlElement, sheet: Sheet, front: FrontMatter, source: Source, language: str
) -> tuple[Chapter, list[Query]]:
    """The chapter that a dressed tree holds, without its marks and ids; and queries."""
    pictures, queries = settle_pictures(tree, source)
    links, found = take_links(tree, source)
    queries += found
    notes, found = take_notes(tree, source, sheet.slug)
    queries += found
    opening, found = take_opening(tree, front, source, language)
    queries += found
    headings, found = headings_of(tree, source)
    queries += found
    role, found = _role(sheet, front)
    queries += found
    chapter = Chapter(
        slug=sheet.slug,
        file=sheet.path,
        part=sheet.part,
        role=role,
        title=opening.title,
        subtitle=opening.subtitle,
        authors=front.author,
        running=improved(front.running, language) or parse(opening.title).text_content(),
        summary=improved(front.summary, language),
        language=language,
        epigraph=opening.epigraph,
        xhtml=inner(tree),
        headings=headings,
        notes=notes,
        links=links,
        pictures=pictures,
    )
    return chapter, queries


def _dress(
    tree: HtmlElement, source: Source, slug: str, comments: list[str], language: str
) -> tuple[list[str], list[Query]]:
    """Everything that a book has and Markdown has not; the ids of the tree, and queries."""
    place_marks(tree, slug, comments)
    make_figures(tree, language)
    queries = make_tables(tree, source)
    make_breaks(tree)
    improve(tree, language)
    mark_scripts(tree, language)
    if direction(language) == "rtl":
        for code in tree.iter("code", "kbd", "pre", "samp"):
            code.set("dir", "ltr")
    ids, found = settle_ids(tree, source, slug)
    return ids, queries + found


def _role(sheet: Sheet, front: FrontMatter) -> tuple[str, list[Query]]:
    """What kind of chapter a sheet is: as its front matter or else its name says."""
    known = ROLES[sheet.part]
    if front.role:
        if front.role in (*known, PLAIN_ROLE[sheet.part]):
            return front.role, []
        near = nearest(front.role, known)
        others = ", ".join((*known, PLAIN_ROLE[sheet.part]))
        hint = f"Did you mean “{near}”?" if near else f"Known here: {others}."
        place = Source(sheet.path, sheet.text).nth(r"^role\s*:", 0)
        message = f"There is no role “{front.role}” in {sheet.part.value}/."
        return PLAIN_ROLE[sheet.part], [Query("unknown-role", message, hint, place)]
    named = next((role for role in known if role in sheet.slug.split("-")), None)
    return named or PLAIN_ROLE[sheet.part], []
