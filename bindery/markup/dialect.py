"""Markdown as our authors write it, turned into a clean tree.

Python-Markdown reads; nh3 removes everything that an untrusted author could do harm with;
lxml makes the tree that the rest of the room works on.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from xml.etree import ElementTree

import lxml.html
import nh3
from lxml import etree
from lxml.html import HtmlComment, HtmlElement
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from bindery.errata import Query, Severity
from bindery.manuscript import UNPRINTABLE
from bindery.markup.source import INSIDE, Source
from bindery.markup.tree import make

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
LOOSE_FENCE = re.compile(rf"^{INSIDE}[ ]{{0,3}}(?P<fence>`{{3,}}|~{{3,}})(?P<info>[^`~\n]*)$", re.M)
SPAN_COMMENT = re.compile(r"<!--.*?-->", re.S)
SCHEMES = {"http", "https", "mailto"}
TAG = re.compile(r"""<([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])((?:=\s*"[^"]*"|=\s*'[^']*'|[^<>])*+)>""")
REFERENCE = re.compile(r"&#(?:x(?P<hexadecimal>[0-9a-f]{1,6})|(?P<decimal>[0-9]{1,7}));?", re.I)
WRITTEN_BRACKET = re.compile(r"&(?:#91|#x5b|lbrack|lsqb);(?=\^)", re.I)
ESCAPED_CALL = re.compile(r"\\\[(?=\^)")
ESCAPE = re.compile("\x02(\\d+)\x03")
"""How Python-Markdown keeps a character after a backslash."""
BRACKET = "\ue002\ue002"
"""Stands for a bracket and the backslash before it, by which it calls no note; as long as both."""
WORD = "\ue003"
"""Stands at the beginning of a line that is to be read as running text, whatever it says."""
ADDRESS = re.compile(
    r"""(?:\]\(\s*<?|\b(?:href|src)\s*=\s*["']?|^[ ]{0,3}\[[^\]^][^\]]*\]:\s*<?)\s*
    (?P<scheme>[a-z][a-z0-9+.-]*):""",
    re.I | re.M | re.X,
)
HARMFUL = re.compile(r"\s(on[a-z]+|style)\s*=", re.I)


def to_tree(markdown: str) -> HtmlElement:
    """The tree of a Markdown text: a `div` that holds its blocks."""
    html = WRITTEN_BRACKET.sub(BRACKET, _reader().convert(markdown))
    html = nh3.clean(
        REFERENCE.sub(lambda found: "" if _is_unprintable(found) else found[0], html),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    tree = _parser().makeelement("div")
    for piece in lxml.html.fragments_fromstring(html, parser=_parser()):
        if isinstance(piece, str):  # The text before the first element.
            tree.text = piece
        else:
            tree.append(piece)
    for span in [pre[0] for pre in tree.iter("pre") if len(pre) and pre[0].tag == "span"]:
        if not span.attrib and not span.text and not len(span):
            # Pygments puts it there; behind it WeasyPrint 70 would not break the first word.
            span.drop_tree()
    return tree


def _reader() -> Markdown:
    """Python-Markdown without anything that it has read before; to make it takes half a ms."""
    reader = _made_reader()
    reader.parser.state.clear()
    return reader.reset()


@cache
def _made_reader() -> Markdown:
    reader = Markdown(extensions=list(EXTENSIONS), extension_configs=SETTINGS)
    reader.treeprocessors.register(_KeepEscapes(reader), "keep_escapes", 10)
    return reader


@cache
def _parser() -> lxml.html.HTMLParser:
    """One that makes the same class of all elements: lxml would ask Python for each of them."""
    parser = lxml.html.HTMLParser()
    lookup = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
    parser.set_element_class_lookup(lookup)
    return parser


def inline(text: str) -> HtmlElement:
    """A line of running text, such as a caption: a paragraph; HTML in it is shown as typed."""
    tree = to_tree(WORD + " ".join(text.replace("<", "&lt;").split()))
    show_brackets(tree)
    if len(tree) != 1 or tree[0].tag != "p":
        return make("p", text=text)
    paragraph = tree[0]
    paragraph.tail, paragraph.text = None, (paragraph.text or "").removeprefix(WORD) or None
    return paragraph


def hide_brackets(source: Source) -> str:
    """The text with a sign, just as long, for each bracket that is escaped to call no note."""
    at = {found.start() for found in ESCAPED_CALL.finditer(source.shown)}
    return ESCAPED_CALL.sub(lambda f: BRACKET if f.start() in at else f[0], source.text)


def show_brackets(tree: HtmlElement) -> None:
    """Put the brackets back that were hidden."""
    for element in tree.iter():
        for name, value in element.attrib.items():
            if BRACKET in value:
                element.set(name, value.replace(BRACKET, "["))
        if BRACKET in (element.text or ""):
            element.text = (element.text or "").replace(BRACKET, "[")
        if BRACKET in (element.tail or ""):
            element.tail = (element.tail or "").replace(BRACKET, "[")


def html_queries(source: Source) -> list[Query]:
    """A warning for each piece of HTML and each address that cleaning takes away.

    A character that cannot be printed is an error, also when it is written as a number.
    """
    queries = []
    prose = source.prose
    for found in filter(_is_unprintable, REFERENCE.finditer(prose)):
        message = f"The character {found[0]} cannot be printed."
        hint = "Delete it, or put the character that was meant."
        place = source.place(found.start())
        queries.append(Query("control-character", message, hint, place))
    queries += _loose_fences(source)
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


def _loose_fences(source: Source) -> list[Query]:
    """A warning for each fence that Python-Markdown takes for running text."""
    queries = []
    inside = ""
    for found in LOOSE_FENCE.finditer(SPAN_COMMENT.sub(_emptied, source.blocks)):
        if inside and found["fence"].startswith(inside) and not found["info"].strip():
            inside = ""
            continue
        inside = found["fence"]
        message = "This fence begins no block of code: Markdown takes it for running text."
        hint = (
            "Put it at the beginning of a line, outside of lists and quotations, with one word for "
            "the language at most, and close it by the same signs; or indent the code instead."
        )
        place = source.place(found.start("fence"))
        queries.append(Query("loose-fence", message, hint, place, Severity.WARNING))
    return queries


def _emptied(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _is_unprintable(reference: re.Match[str]) -> bool:
    """Whether a reference such as `&#1;` stands for a character that no page can show."""
    digits, base = reference["hexadecimal"], 16
    if digits is None:
        digits, base = reference["decimal"], 10
    number = int(digits, base)
    if number > sys.maxunicode or 0xD800 <= number < 0xE000:
        return True
    return bool(UNPRINTABLE.match(chr(number)))


class _KeepEscapes(Treeprocessor):
    """Leaves the backslashes in captions, which are read as Markdown by themselves."""

    def run(self, root: ElementTree.Element) -> None:
        for image in root.iter("img"):
            if title := image.get("title"):
                image.set("title", ESCAPE.sub(lambda sign: f"\\{chr(int(sign[1]))}", title))
