"""Where a text links to files and shows pictures, in every way that Markdown has for it.

Python-Markdown's own reader of addresses is asked, so that both see the same links.  What is
changed are pieces of the author's text; everything between them stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown import Markdown
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor

from bindery.errata import Place
from bindery.markup.addresses import ABROAD
from bindery.markup.source import Source

Edit = tuple[int, int, str]
"""Start, end, and what to put there."""
CODE_LINE = "\ue1ff"
"""Begins a line of code that stands in a list or quotation, as long as the text is edited."""
COMMENT = re.compile(r"<!--.*?-->", re.S)
NO_PROSE = re.compile(rf"{COMMENT.pattern}|{CODE_LINE}[^\n]*", re.S)
BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
OPENING = re.compile(r"!?\[(?!\^)")
REFERENCE = re.compile(r"\s?\[([^\[\]]*)\]")
DEFINITION = re.compile(
    r"^(?P<indent>[ \t>]*(?:[-*+][ \t]+)?)\[(?P<name>[^\[\]^][^\[\]]*)\]:[ \t]*\n?[ \t>]*"
    r"(?P<address><[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]*\n?[ \t>]*(?P<title>\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.M,
)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
HIDDEN = re.compile("\ue100([\ue000-\ue0ff])")
ADDRESSES = {"a": "href", "img": "src"}
TAG = re.compile(r"""<([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
"""An opening tag, which may have a > in its attributes."""


class _Reader(LinkInlineProcessor):
    """Python-Markdown's reader of addresses, outside of its machine."""

    def unescape(self, text: str) -> str:
        """The text itself, in which the machine has put nothing yet."""
        return text


@dataclass(frozen=True, slots=True)
class Mention:
    """A link or a picture in a text."""

    start: int
    end: int
    picture: bool
    text: str
    """The words of a link, or the alternative text of a picture."""
    address: str
    title: str
    inside: int
    """Where the words begin."""


def prose_of(source: Source) -> str:
    """The text with code and comments blanked out."""
    return NO_PROSE.sub(lambda c: re.sub(r"[^\n]", " ", c[0]), source.prose)


def edited(text: str, edits: list[Edit]) -> str:
    """A text with its edits made; an edit inside of another one is overruled by it."""
    pieces, last = [], 0
    for start, end, words in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= last:
            pieces += [text[last:start], words]
            last = end
    return "".join([*pieces, text[last:]])


def mentions(source: Source) -> Iterator[Mention]:
    """Every link and picture written in Markdown, in the order of the text."""
    # An escaped character is hidden from the reader, and every offset stays the same.
    hidden = ESCAPED.sub(lambda m: "\ue100" + chr(0xE000 + ord(m[1])), prose_of(source))
    known = _definitions(hidden)
    defined_at = {found.start("name") - 1 for found in DEFINITION.finditer(hidden)}
    reader = _Reader(LINK_RE, Markdown())
    for block in BLOCK.finditer(hidden):
        for opening in OPENING.finditer(block[0]):
            words, end, closed = reader.getText(block[0], opening.end())
            if not closed or block.start() + opening.start() in defined_at:
                continue
            address, title, after, direct = reader.getLink(block[0], end)
            if not direct:
                reference = REFERENCE.match(block[0], end)
                name = " ".join(((reference and reference[1]) or words).lower().split())
                if name not in known:
                    continue
                address, title = known[name]
                after = reference.end() if reference else end
            inside = block.start() + opening.end()
            yield Mention(
                start=block.start() + opening.start(),
                end=block.start() + after,
                picture=opening[0][0] == "!",
                text=source.text[inside : inside + len(words)],
                address=_shown(address),
                title=_shown(title or ""),
                inside=inside,
            )


def rewritten(source: Source, settle: Callable[[str, Place], str | None], pictures: bool) -> str:
    """The text with its links, or else its pictures, addressed anew.

    `settle` gives the new address for one as written, or None when there is nothing to address:
    then a link becomes its words, and a picture its alternative text in emphasis.
    """
    edits: list[Edit] = []
    for mention in mentions(source):
        if mention.picture == pictures and (mention.address or pictures):
            address = settle(mention.address, source.place(mention.start))
            if address != mention.address:
                edits += _edits_of(mention, address)
        elif mention.picture == pictures:
            edits += _edits_of(mention, None)
    for tag in TAG.finditer(prose_of(source)):
        if tag[1].lower() == ("img" if pictures else "a"):
            edits += _edits_of_tag(tag, source, settle)
    if not pictures:
        edits += [
            (found.end("indent"), found.end(), "\n" * found[0].count("\n"))
            for found in DEFINITION.finditer(prose_of(source))
            if not ABROAD.match(found["address"].strip("<>")) and not _is_code(found["indent"])
        ]
    return edited(source.text, edits)


def _definitions(text: str) -> dict[str, tuple[str, str]]:
    """Addresses and titles by name; the first definition of a name counts."""
    known: dict[str, tuple[str, str]] = {}
    for found in DEFINITION.finditer(text):
        name = " ".join(found["name"].lower().split())
        known.setdefault(name, (found["address"].strip("<>"), (found["title"] or "  ")[1:-1]))
    return known


def _edits_of(mention: Mention, address: str | None) -> list[Edit]:
    words_end = mention.inside + len(mention.text)
    if address is not None:
        quote = "'" if '"' in mention.title else '"'
        title = f" {quote}{mention.title.replace(quote, '’')}{quote}" if mention.title else ""
        return [(words_end, mention.end, f"]({address}{title})")]
    if not mention.picture:
        return [(mention.start, mention.inside, ""), (words_end, mention.end, "")]
    words = ESCAPED.sub(r"\1", mention.text) or mention.title or _name_in(mention.address)
    shown = re.sub(r"[*_\[\]`]", "", " ".join(words.split()))
    return [(mention.start, mention.end, f"*{shown}*" if shown else "")]


def _edits_of_tag(
    tag: re.Match[str], source: Source, settle: Callable[[str, Place], str | None]
) -> list[Edit]:
    """The edits of a link or picture that is written in HTML."""
    name = ADDRESSES[tag[1].lower()]
    found = _attribute(tag[2], name)
    address = _value(found)
    if found is None and name == "href":
        return []
    fresh = settle(address, source.place(tag.start()))
    if fresh is None and name == "src":
        words = _value(_attribute(tag[2], "alt")) or _name_in(address)
        return [(tag.start(), tag.end(), f"<em>{html.escape(words)}</em>" if words else "")]
    if found is None or fresh == address:
        return []
    start = tag.start(2)
    written = "" if fresh is None else f' {name}="{html.escape(fresh)}"'
    return [(start + found.start(), start + found.end(), written)]


def _attribute(attributes: str, name: str) -> re.Match[str] | None:
    return re.search(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", attributes, re.I)


def _value(attribute: re.Match[str] | None) -> str:
    return html.unescape(attribute[1].strip("\"'")).strip() if attribute else ""


def _name_in(address: str) -> str:
    """What a picture without words is called: its file's name."""
    name = re.split(r"[?#]", address)[0].rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[\s_-]+", " ", name.rsplit(".", 1)[0]).strip()


def _is_code(indent: str) -> bool:
    return len(indent.expandtabs(4)) >= 4 and ">" not in indent


def _shown(text: str) -> str:
    return HIDDEN.sub(lambda m: chr(ord(m[1]) - 0xE000), text)
