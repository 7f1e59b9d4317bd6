"""Titles, epigraphs, figures, tables, section breaks, headings and ids."""

from __future__ import annotations

import pytest

from bindery.book import Heading
from tests.specimen import chapter_of, queries_about, said_of


@pytest.mark.parametrize(
    ("line", "title", "subtitle"),
    [
        ("# One", "One", ""),
        ("# One: Two", "One", "Two"),
        ("# One: Two: Three", "One", "Two: Three"),
        ("# *One* two: Three *four*", "<em>One</em> two", "Three <em>four</em>"),
        ("# *One: Two* three", "<em>One: Two</em> three", ""),
        ("# *One: Two* three: Four", "<em>One: Two</em> three", "Four"),
        ("# `a: b`: C", "<code>a: b</code>", "C"),
        ("# 12:30", "12:30", ""),
        ("# One:", "One:", ""),
        ('# "One": It\'s two', "“One”", "It’s two"),
        ("# One & <b>two</b>", "One &amp; <b>two</b>", ""),
        ("# [One](b.md) {#id .class}", "One", ""),
        ("One: Two\n========", "One", "Two"),
    ],
)
def test_title_and_subtitle(line: str, title: str, subtitle: str) -> None:
    chapter = chapter_of(f"{line}\n\nText")
    assert (chapter.title, chapter.subtitle) == (title, subtitle)
    assert (chapter.xhtml, chapter.headings, chapter.ids) == ("<p>Text</p>", (), ())


@pytest.mark.parametrize(
    ("front", "title", "subtitle"),
    [
        ("title: New", "New", ""),
        ("subtitle: New", "Old", "New"),
        ('title: "New: Sub"', "New", "Sub"),
        ('title: "New: Sub"\nsubtitle: Other', "New", "Other"),
        ("title: \"It's <new> & 'old'\"", "It’s &lt;new&gt; &amp; ‘old’", ""),
        ("summary: x", "Old", "Sub"),
    ],
)
def test_front_matter_overrides_the_title(front: str, title: str, subtitle: str) -> None:
    chapter = chapter_of(f"---\n{front}\n---\n\n# Old: Sub\n\nText")
    assert (chapter.title, chapter.subtitle, chapter.xhtml) == (title, subtitle, "<p>Text</p>")


def test_the_running_title_is_plain() -> None:
    assert chapter_of("# *One* & two: Three").running == "One & two"
    assert chapter_of('---\nrunning: The "short" one\n---\n# One').running == "The “short” one"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nsummary: x\n---\n\nText", ["None no-title error"]),
        ("# One\n\nText\n\n# Two", ["5 second-title error"]),
        (
            "# One\n\n## The one\n\n# The two\n\n# The two",
            ["5 second-title error", "7 second-title error"],
        ),
        ("# One[^1]\n\nText\n\n[^1]: Note.", ["1 note-in-title error"]),
        ("# One\n\n## Two\n\n### Three\n\n## Four", []),
        ("# One\n\n### Two", ["3 skipped-level warning"]),
        (
            "# One\n\n## Two\n\n### a\n\n#### b\n\n## Three\n\n#### *c*",
            ["11 skipped-level warning"],
        ),
        ("# One\n\n```\n# no\n#### title\n```\n\n#### Two", ["8 skipped-level warning"]),
        ("# One\n\n## A {#x}\n\n[l](#x)\n\n## B {#x}", ["7 duplicate-id error"]),
        ('# One\n\n*A*{#x}\n\n<p id="x">B</p>', ["5 duplicate-id error"]),
        ("# One\n\n## A\n\n## A", []),
        ("# One\n\n## A {#note-1}", ["3 reserved-id error"]),
        ("# One\n\n## A {#ix-12}", ["3 reserved-id error"]),
    ],
)
def test_what_is_asked(text: str, expected: list[str]) -> None:
    assert said_of(text) == expected


def test_a_second_title_is_named() -> None:
    (query,) = queries_about('# One\n\n# *Two* "three"')
    assert query.message == "There is a second title, “Two “three””."


def test_headings() -> None:
    chapter = chapter_of("## One & *two*\n\n### [Three](b.md) {#x}\n\n## `four`")
    assert chapter.headings == (
        Heading("a--one-two", 2, "One &amp; <em>two</em>"),
        Heading("a--x", 3, "Three"),
        Heading("a--four", 2, "<code>four</code>"),
    )
    assert chapter.ids == ("a--one-two", "a--x", "a--four")


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        (["A", "A", "A"], ["a--a", "a--a-2", "a--a-3"]),
        (["A", "B {#a}"], ["a--a-2", "a--a"]),
        (["A", "A", "A-2"], ["a--a", "a--a-2", "a--a-2-2"]),
        (["Émile's Œuvre"], ["a--emiles-uvre"]),
        (["!!!", "中文"], ["a--section-1", "a--section-2"]),
        (["One[^1]"], ["a--one"]),
        (["Note 1[^1]", "Ix 1"], ["a--section-note-1", "a--section-ix-1"]),
    ],
)
def test_ids_are_unique(headings: list[str], ids: list[str]) -> None:
    text = "\n\n".join(f"## {heading}" for heading in headings)
    assert list(chapter_of(f"{text}\n\n<!--ix: x-->x[^1]\n\n[^1]: Note").ids) == ids


@pytest.mark.parametrize(
    ("quotation", "epigraph"),
    [
        ("> One *two*.", "<p>One <em>two</em>.</p>"),
        ("> One.\n>\n> Two.", "<p>One.</p>\n<p>Two.</p>"),
        (
            '> One.\n>\n> -- *Me*, "Work"',
            '<p>One.</p>\n<p class="attribution">– <em>Me</em>, “Work”</p>',
        ),
        ("> One.\n>\n> — Me", '<p>One.</p>\n<p class="attribution">— Me</p>'),
        ("> -- Only this", "<p>– Only this</p>"),
    ],
)
def test_epigraph(quotation: str, epigraph: str) -> None:
    chapter = chapter_of(f"# Title\n\n{quotation}\n\nText")
    assert (chapter.epigraph, chapter.xhtml) == (epigraph, "<p>Text</p>")


def test_a_later_quotation_is_no_epigraph() -> None:
    chapter = chapter_of("# Title\n\nText\n\n> One")
    assert chapter.epigraph == ""
    assert chapter.xhtml == "<p>Text</p>\n<blockquote>\n<p>One</p>\n</blockquote>"


IMG = '<img alt="b" src="essays/c.png"/>'


@pytest.mark.parametrize(
    ("markdown", "xhtml"),
    [
        ("![b](c.png)", f"<figure>{IMG}</figure>"),
        ('![b](c.png "Cap")', f"<figure>{IMG}<figcaption>Cap</figcaption></figure>"),
        (
            "![b](c.png 'A \"cap\" -- it\\'s')",
            f"<figure>{IMG}<figcaption>A “cap” – it’s</figcaption></figure>",
        ),
        (
            r'![b](c.png "A \"cap\" & b")',
            f"<figure>{IMG}<figcaption>A “cap” &amp; b</figcaption></figure>",
        ),
        (
            '![b](c.png "Cap"){#x}',
            f'<figure id="a--x">{IMG}<figcaption>Cap</figcaption></figure>',
        ),
        ("x ![b](c.png) y", f"<p>x {IMG} y</p>"),
        ("[![b](c.png)](d.md)", f'<p><a href="d.md">{IMG}</a></p>'),
        ("![b](c.png)\n![b](c.png)", f"<p>{IMG}\n{IMG}</p>"),
        ("![b][r]\n\n[r]: c.png 'Cap'", f"<figure>{IMG}<figcaption>Cap</figcaption></figure>"),
    ],
)
def test_figures(markdown: str, xhtml: str) -> None:
    assert chapter_of(markdown).xhtml == xhtml


def test_alternative_text_is_printed_text() -> None:
    xhtml = chapter_of('![It\'s "b"](c.png)').xhtml
    assert xhtml == '<figure><img alt="It’s “b”" src="essays/c.png"/></figure>'


TABLE = "| a |\n|---|\n| b |"


def framed(opening: str, caption: str) -> str:
    head = '<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>'
    body = "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>"
    return f'<div class="table-frame">{opening}\n{caption}{head}\n{body}\n</table></div>'


@pytest.mark.parametrize(
    ("markdown", "opening", "caption"),
    [
        (TABLE, "<table>", ""),
        (f"Table: Cap\n\n{TABLE}", "<table>", "Cap"),
        (f"{TABLE}\n\nTable: Cap", "<table>", "Cap"),
        (f"{TABLE}\n\nTable: Cap {{#x}}", '<table id="a--x">', "Cap"),
        (f"{TABLE}\n\nTable: Cap *it* {{#x}}", '<table id="a--x">', "Cap <em>it</em>"),
        (f"Table: Cap\n{{: #x}}\n\n{TABLE}", '<table id="a--x">', "Cap"),
        (f'Table: *It* "cap"\n\n{TABLE}', "<table>", "<em>It</em> “cap”"),
    ],
)
def test_table_captions(markdown: str, opening: str, caption: str) -> None:
    chapter = chapter_of(markdown)
    assert chapter.xhtml == framed(opening, caption and f"<caption>{caption}</caption>")
    assert chapter.ids == (("a--x",) if "id" in opening else ())


@pytest.mark.parametrize("before", [True, False])
def test_each_table_gets_its_own_caption(before: bool) -> None:
    pairs = [(f"Table: {n}", TABLE) if before else (TABLE, f"Table: {n}") for n in (1, 2, 3)]
    xhtml = chapter_of("\n\n".join(block for pair in pairs for block in pair)).xhtml
    expected = [framed("<table>", f"<caption>{n}</caption>") for n in (1, 2, 3)]
    assert xhtml == "\n".join(expected)


def test_a_caption_without_a_table_is_text() -> None:
    assert chapter_of("Table: Cap\n\nText").xhtml == "<p>Table: Cap</p>\n<p>Text</p>"


def test_table_cells_are_aligned_and_formatted() -> None:
    xhtml = chapter_of("| a | *b* | c |\n|:--|:-:|--:|\n| 'x' | `y|z` | it's |").xhtml
    assert '<th class="align-left" scope="col">a</th>' in xhtml
    assert '<th class="align-center" scope="col"><em>b</em></th>' in xhtml
    assert '<td class="align-left">‘x’</td>' in xhtml
    assert '<td class="align-center"><code>y|z</code></td>' in xhtml
    assert '<td class="align-right">it’s</td>' in xhtml


@pytest.mark.parametrize("rule", ["* * *", "***", "---", "- - -", "___"])
def test_section_breaks(rule: str) -> None:
    xhtml = chapter_of(f"One\n\n{rule}\n\nTwo").xhtml
    assert xhtml == '<p>One</p>\n<hr class="section-break"/>\n<p>Two</p>'


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("Ref *title*", "Ref <em>title</em>"),
        ("**A** b_c_d", "<strong>A</strong> b_c_d"),
        ("1. *One* # x", "1. <em>One</em> # x"),
        (r"\*not\* <b>x</b> \"q\"", "*not* &lt;b&gt;x&lt;/b&gt; “q”"),
        ("A & B", "A &amp; B"),
    ],
)
def test_captions_are_read_as_markdown(caption: str, shown: str) -> None:
    xhtml = chapter_of(f'![a](x.png "{caption}")').xhtml
    assert f"<figcaption>{shown}</figcaption>" in xhtml
