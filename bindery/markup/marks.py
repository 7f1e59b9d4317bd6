"""Index marks: `<!--ix: entry > sub-entry-->` before the words that they point to.

A mark is an HTML comment, so that no preview of the Markdown shows it.  A sign before the
colon says what it means: `ix!:` the main discussion, `ix(:` where a discussion begins,
`ix):` where it ends, `ix-:` no place for this entry.  Before Python-Markdown reads the text,
each mark becomes a short token of private-use characters, since a comment at the beginning
of a paragraph would be taken for a block of HTML; `landing` gives each token its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from bindery.book import Extent, Mark, Note
from bindery.errata import Place, Query, Severity
from bindery.index import Stands
from bindery.markup.dialect import hide_brackets
from bindery.markup.landing import BACK, FORTH, MARK, TOKEN
from bindery.markup.ranges import pair_ranges
from bindery.markup.source import Source
from bindery.vocabulary import DEEPEST

SIGNS = {
    "": (Extent.POINT, False),
    "!": (Extent.POINT, True),
    "(": (Extent.OPENS, False),
    "!(": (Extent.OPENS, True),
    "(!": (Extent.OPENS, True),
    ")": (Extent.CLOSES, False),
    "-": (Extent.NOT_HERE, False),
}
"""What the sign before the colon means: how much of the text, and whether it is principal."""
COMMENT = re.compile(
    r"<!--\s*ix\s*(?P<sign>!?\(|\(!|[!)-]?)\s*:\s*+(?![!()-]\s|!)"
    r"(?P<entries>(?:(?!<!--).)*?)-->",
    re.S,
)
LIKE = re.compile(
    r"<!--\s*+(?:ix(?![^\W_])|index(?=\s*[^\w\s]?\s*:))(?P<lead>[^\w\"'“‘«<]*?)"
    r"(?P<entries>[\w\"'“‘«](?:(?!<!--).)*?)?-->",
    re.S | re.I,
)
"""A comment that was plainly meant as a mark."""
MOST_IN_A_ROW = 40
"""Marks at one word; further ones share the last one's place, lest their spans nest too deep."""
RUN = rf"(?:{MARK}[ \t]*)+"
BEFORE_SIGN = re.compile(
    rf"^(?P<before>[ \t]*)(?P<run>{RUN})(?!(?:[-*_][ \t]*){{3,}}$)"
    r"(?P<sign>(?:#{1,6}(?=[^#\n])[ \t]*|[-*+:][ \t]+|>[ \t]?|\[\^[^\]\s]+\]:[ \t]*|\|[ \t]*)+)",
    re.M,
)
"""Marks before the sign that makes a line a heading, an item, a quotation, a note or a row."""
BEHIND_ROW = re.compile(rf"(?P<pipe>(?<!\\)\|)[ \t]*(?P<run>{RUN})$", re.M)
ROW = re.compile(r"[ \t>]*\|")
BEHIND_ID = re.compile(
    rf"^(?P<head>[ \t>]*#{{1,6}}[^\n]*?)(?P<id>[ \t]+\{{[^{{}}\n]*\}})[ \t]*(?P<run>{RUN})$", re.M
)
BEFORE_ITEM = re.compile(
    rf"(?:(?<=\n\n)|\A)(?P<run>(?:{MARK}\s*)+)(?<=\n)(?! {{0,3}}(?:[-*_][ \t]*){{3,}}$)"
    r"(?P<sign>(?: {0,3}(?:[-*+]|\d+\.)[ \t]+| {0,3}>[ ]?)+(?:#{1,6}[ \t]+)?"
    r"|(?=[^\n]+\n{1,2} {0,3}:[ \t]))(?=[^\s`~|#])",
    re.M,
)
"""Marks in a block of their own before a list or a quotation, which may go on from before."""
LONE = re.compile(rf"(?:(?<=\n\n)|^)({RUN}(?:\n[ \t]*{RUN})*)\n(?=[^\n])")
"""Marks on a line of their own that begins a block: Markdown must see the block without them."""
IN_NOTE = re.compile(r'\bid="([^"]+--ix-\d+)"')


def take_marks(source: Source, slug: str) -> tuple[str, tuple[Mark, ...], list[str], list[Query]]:
    """The text with tokens for marks, the marks, the comments as written, queries."""
    marks: list[Mark] = []
    comments: list[str] = []
    queries: list[Query] = []
    row: dict[str, list[int]] = {FORTH: [], BACK: []}
    ended = 0

    def token(found: re.Match[str]) -> str:
        nonlocal ended
        if source.shown[found.start()] != "<":
            return found[0]
        place = source.place(found.start())
        entries = [_entry(words) for words in found["entries"].split(";")]
        if not all(entries):
            message, form = "An index mark names no entry.", f"<!--ix{found['sign']}: entry"
            hint = f"Write {form}--> or {form} > sub-entry-->."
            queries.append(Query("empty-mark", message, hint, place))
        if max(map(len, entries)) > DEEPEST:
            message = f"An index mark names more than {DEEPEST} levels of headings."
            queries.append(Query("deep-mark", message, "Name three at most.", place))
        extent, principal = SIGNS[found["sign"]]
        side = BACK if extent is Extent.CLOSES else FORTH
        if source.text[ended : found.start()].strip():
            row.update({FORTH: [], BACK: []})
        ended = found.end()
        is_new = len(row[side]) < MOST_IN_A_ROW
        if is_new:
            comments.append(found[0])
            row[side].append(len(comments))
        name = f"{slug}--ix-{row[side][-1]}"
        distinct = dict.fromkeys(entry[:DEEPEST] for entry in entries if entry)
        marks.extend(Mark(name, entry, place, extent, principal) for entry in distinct)
        return f"\ue000{len(comments)}{side}" if is_new else ""

    marked = _out_of_the_way(COMMENT.sub(token, hide_brackets(source)))
    return marked, tuple(marks), comments, [*queries, *_misspelt(source)]


def settle_marks(
    tree: HtmlElement, marks: tuple[Mark, ...], slug: str
) -> tuple[tuple[Mark, ...], list[Query]]:
    """The marks that a link can land on, with what holds them; and queries about the others.

    A mark in the title points to the beginning of the chapter, for titles leave the tree.
    A range stands in one chapter, and in one note or in none.
    """
    spans = [span for span in tree.iter("span") if span.get("class") == "index-mark"]
    placed = {span.get("id", ""): span for span in spans}
    hint = "Put it before the words of a paragraph, a heading, a list item, a cell or a note."
    message = "An index mark cannot stand here and was left out."
    lost = dict.fromkeys(mark.place for mark in marks if mark.id not in placed)
    queries = [Query("lost-mark", message, hint, place, Severity.WARNING) for place in lost]
    kept = [replace(m, stands=_stands(m, placed[m.id])) for m in marks if m.id in placed]
    order = {name: number for number, name in enumerate(placed)}
    notes = {name: _note(span) for name, span in placed.items()}
    paired, found = pair_ranges(kept, order, notes)
    titled = {span.get("id") for title in tree.iter("h1") for span in title.iter("span")}
    settled = (replace(mark, id=slug) if mark.id in titled else mark for mark in paired)
    return tuple(settled), [*queries, *found]


def number_notes(
    marks: tuple[Mark, ...], notes: tuple[Note, ...]
) -> tuple[tuple[Mark, ...], list[Query]]:
    """The marks in notes with the notes' numbers; a query for each whose note is not printed."""
    numbers = {
        name: note.number
        for note in notes
        for paragraph in note.paragraphs
        for name in IN_NOTE.findall(paragraph)
    }
    kept = []
    lost: dict[Place, None] = {}
    for mark in marks:
        if mark.stands is not Stands.NOTE:
            kept.append(mark)
        elif mark.id in numbers:
            kept.append(replace(mark, note=numbers[mark.id]))
        else:
            lost[mark.place] = None
    message = "An index mark stands in a footnote that is not printed, and was left out."
    hint = "Call the footnote, or put the mark into the text."
    queries = [Query("lost-mark", message, hint, place, Severity.WARNING) for place in lost]
    return tuple(kept), queries


def _out_of_the_way(marked: str) -> str:
    """The text with its tokens where they hide no sign from Markdown that begins a block."""
    if "\ue000" not in marked:
        return marked
    marked = BEFORE_SIGN.sub(lambda f: f["before"] + f["sign"] + f["run"].rstrip(), marked)
    marked = BEHIND_ROW.sub(lambda f: f" {f['run'].rstrip()}{f['pipe']}", marked)
    marked = BEHIND_ID.sub(lambda f: f["head"] + f["run"].rstrip() + f["id"], marked)
    marked = BEFORE_ITEM.sub(lambda f: f["sign"] + "".join(f["run"].split()), marked)
    return LONE.sub(r"\1\n\n", _between_rows(marked))


def _between_rows(marked: str) -> str:
    """The text without lines of marks alone between the rows of a table, or right below them."""
    lines = marked.split("\n")
    fresh: list[str] = []
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else ""
        lone = "\ue000" in line and not TOKEN.sub("", line).strip()
        if not (lone and fresh and "|" in fresh[-1]):
            fresh.append(line)
        elif row := ROW.match(following):
            lines[number] = row[0] + line.strip() + following[row.end() :]
        else:
            fresh += [line] if following.strip() else ["", line]
    return "\n".join(fresh)


def _misspelt(source: Source) -> Iterator[Query]:
    """A warning for each comment that is no mark but was plainly meant as one."""
    for found in LIKE.finditer(source.shown):
        if COMMENT.match(source.text, found.start()):
            continue
        meant = f"<!--ix{_sign(found['lead'])}: {_words(found['entries'] or 'entry')}-->"
        message = "This comment begins like an index mark and is none."
        place = source.place(found.start())
        hint = f"Write {meant} if it is meant for the index."
        yield Query("unknown-mark", message, hint, place, Severity.WARNING)


def _sign(lead: str) -> str:
    """The sign that an author meant by what stands before the entry."""
    bare = lead.strip(" \t\n:;,.=")
    for sign, likes in (("(", "([{"), (")", ")]}"), ("!", "!"), ("-", "-–—")):
        if bare[:1] in tuple(likes) and (sign != "-" or lead[0] == bare[0] or ":" in lead):
            return sign
    return ""


def _words(entries: str) -> str:
    """Entries with the sign between their levels that we have for other presses' signs."""
    return re.sub(r"\s*\\\\\s*", " > ", " ".join(entries.split()))


def _entry(words: str) -> tuple[str, ...]:
    words = unicodedata.normalize("NFC", words)
    return tuple(" ".join(level.split()) for level in words.split(">") if level.strip())


def _stands(mark: Mark, span: HtmlElement) -> Stands:
    """What holds a mark: a note before everything else, since its number is what is printed.

    A discussion that begins or ends with a figure or a table is no figure.
    """
    tags = {ancestor.tag for ancestor in span.iterancestors()}
    if _note(span):
        return Stands.NOTE
    if "h1" in tags or mark.extent in (Extent.OPENS, Extent.CLOSES):
        return Stands.TEXT
    if "figure" in tags:
        return Stands.FIGURE
    return Stands.TABLE if "table" in tags else Stands.TEXT


def _note(span: HtmlElement) -> str:
    """Name of the note in which a mark stands; empty for the text."""
    names = (item.get("id") or "" for item in span.iterancestors("li"))
    return next((name for name in names if name.startswith("fn:")), "")
