"""Markdown as our authors write it, turned into a clean tree.

Python-Markdown reads; nh3 removes everything that an untrusted author could do harm with;
lxml makes the tree that the rest of the room works on.
"""

from __future__ import annotations

import re

import lxml.html
import nh3
from lxml.html import HtmlElement
from markdown import Markdown

from bindery.errata import Query, Severity
from bindery.markup.source import Source

EXTENSIONS = (
    "abbr",
    "attr_list",
    "codehilite",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
)
SETTINGS: dict[str, dict[str, object]] = {
    "codehilite": {"guess_lang": False, "css_class": "listing"},
    "footnotes": {"SEPARATOR": ":", "UNIQUE_IDS": False},
    "tables": {"use_align_attribute": True},
}
TAGS = {
    *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br"),
    *("caption", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
    *("kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span"),
    *("strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr"),
    *("u", "ul", "var", "wbr"),
}
ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href"},
    "col": {"span"},
    "img": {"alt", "src"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto"}
TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])([^<>]*)>")
COMMENT = re.compile(r"<!--.*?-->", re.S)
ADDRESS = re.compile(
    r"""(?:\]\(\s*<?|\b(?:href|src)\s*=\s*["']?|^[ ]{0,3}\[[^\]^][^\]]*\]:\s*<?)\s*
    (?P<scheme>[a-z][a-z0-9+.-]*):""",
    re.I | re.M | re.X,
)
HARMFUL = re.compile(r"\s(on[a-z]+|style)\s*=", re.I)


def to_tree(markdown: str) -> HtmlElement:
    """The tree of a Markdown text: a `div` that holds its blocks."""
    reader = Markdown(extensions=list(EXTENSIONS), extension_configs=SETTINGS)
    html = nh3.clean(
        reader.convert(markdown),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    return lxml.html.fragment_fromstring(html, create_parent="div")


def html_queries(source: Source) -> list[Query]:
    """A warning for each piece of HTML and each address that cleaning takes away."""
    queries = []
    prose = COMMENT.sub(lambda comment: " " * len(comment[0]), source.prose)
    for found in ADDRESS.finditer(prose):
        if found["scheme"].lower() not in SCHEMES:
            message = f"An address that begins with “{found['scheme']}:” was left out."
            hint = "Give a path in the book folder, or an address on the web (https:)."
            place = source.place(found.start("scheme"))
            queries.append(Query("address-left-out", message, hint, place, Severity.WARNING))
    for tag in TAG.finditer(prose):
        place = source.place(tag.start())
        hint = "Say it in Markdown, or leave it to the styles of the book."
        if tag[1].lower() not in TAGS:
            message = f"The HTML element <{tag[1]}> is not allowed in an essay and was left out."
        elif harmful := HARMFUL.search(tag[2]):
            message = f"The HTML attribute “{harmful[1]}” is not allowed and was left out."
        else:
            continue
        queries.append(Query("html-left-out", message, hint, place, Severity.WARNING))
    return queries
