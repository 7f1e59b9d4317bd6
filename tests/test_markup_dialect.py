"""The Markdown of our authors: what it becomes, and what is cleaned away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.markup.dialect import to_tree
from bindery.markup.tree import parse, plain
from tests.specimen import chapter_of, said_of

LEFT_OUT = "3 html-left-out warning"


@pytest.mark.parametrize(
    ("markdown", "xhtml"),
    [
        ("One  \ntwo", "<p>One<br/>\ntwo</p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("&lt;b&gt; &copy; &#x2014;", "<p>&lt;b&gt; © —</p>"),
        ("*One*{.x #y lang=fr}", '<p><em class="x" id="a--y" lang="fr">One</em></p>'),
        ("One\n{: .x #y }", '<p class="x" id="a--y">One</p>'),
        ("*[HTML]: Hyper\n\nHTML", '<p><abbr title="Hyper">HTML</abbr></p>'),
        (
            'Term *a*\n:   One "x"\n:   Two',
            "<dl>\n<dt>Term <em>a</em></dt>\n<dd>One “x”</dd>\n<dd>Two</dd>\n</dl>",
        ),
        ("<div markdown='1'>\n*One* \"x\"\n</div>", "<div>\n<p><em>One</em> “x”</p>\n</div>"),
        ('<div>*One* "x"</div>', "<div>*One* “x”</div>"),
        ('<p lang="ar" dir="rtl">x</p>', '<p lang="ar" dir="rtl">x</p>'),
        ("snake_case_word", "<p>snake_case_word</p>"),
    ],
)
def test_markdown(markdown: str, xhtml: str) -> None:
    assert chapter_of(markdown).xhtml == xhtml
    assert said_of(markdown) == []


def listing(code: str) -> str:
    return f'<div class="listing"><pre><code>{code}\n</code></pre></div>'


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("```\nx\n```", "x"),
        ("~~~\nx\n~~~", "x"),
        ("```nosuchlanguage\nx\n```", "x"),
        ("```python\nx\n```", '<span class="n">x</span>'),
        ("~~~ {.python}\nx\n~~~", '<span class="n">x</span>'),
        ("    x", "x"),
        ('```\n"x" -- it\'s...\n```', '"x" -- it\'s...'),
        ("```\n[^1] <!--ix: a--> <script>\n```", "[^1] &lt;!--ix: a--&gt; &lt;script&gt;"),
        ("~~~\n```\n# x\n```\n~~~", "```\n# x\n```"),
    ],
)
def test_code(markdown: str, code: str) -> None:
    assert chapter_of(markdown).xhtml == listing(code)
    assert said_of(markdown) == []


def test_code_in_a_line() -> None:
    text = '``x `y` "z" [^1] <!--ix: a--> <b>``'
    code = '<code>x `y` "z" [^1] &lt;!--ix: a--&gt; &lt;b&gt;</code>'
    assert chapter_of(text).xhtml == f"<p>{code}</p>"
    assert said_of(text) == []


@pytest.mark.parametrize(
    ("markdown", "xhtml", "asked"),
    [
        ("x<script>alert('<b>')</script>y", "<p>xy</p>", [LEFT_OUT]),
        ("<SCRIPT src=x></SCRIPT>\n\ny", "<p>y</p>", [LEFT_OUT]),
        ("<style>p {}</style>\n\ny", "<p>y</p>", [LEFT_OUT]),
        ("<iframe src='https://x.org'></iframe>\n\ny", "<p>y</p>", [LEFT_OUT]),
        ('<p onclick="x()">y</p>', "<p>y</p>", [LEFT_OUT]),
        ('<p STYLE="color: red">y</p>', "<p>y</p>", [LEFT_OUT]),
        ("*y*{onclick=x}", "<p><em>y</em></p>", []),
        ("x <svg onload='y'><circle/></svg> z", "<p>x  z</p>", [LEFT_OUT, LEFT_OUT]),
        ("<form><input></form>\n\ny", "<p>y</p>", [LEFT_OUT, LEFT_OUT]),
        ("[y](javascript:x)", "<p><a>y</a></p>", ["3 address-left-out warning"]),
        ("[y](JavaScript:x)", "<p><a>y</a></p>", ["3 address-left-out warning"]),
        ("[y][r]\n\n[r]: vbscript:x", "<p><a>y</a></p>", ["5 address-left-out warning"]),
        ('<a href="data:text/html,x">y</a>', "<p><a>y</a></p>", ["3 address-left-out warning"]),
        ("[y](java&#115;cript:x)", "<p><a>y</a></p>", []),
        ("<!-- a <b onclick=x> <script> -->y", "<p>y</p>", []),
        ("x<!-- y -->z", "<p>xz</p>", []),
        ("x <unknown>y</unknown>", "<p>x y</p>", [LEFT_OUT]),
    ],
)
def test_what_is_cleaned_away(markdown: str, xhtml: str, asked: list[str]) -> None:
    assert chapter_of(markdown).xhtml.strip() == xhtml
    assert said_of(markdown) == asked


def test_a_picture_with_a_handler_stays_a_picture() -> None:
    chapter = chapter_of('<img src="x.png" alt="y" onerror="alert(1)">')
    assert chapter.xhtml == '<figure><img src="essays/x.png" alt="y"/></figure>'


PIECES = ["<script>", "</script>", "<b", ">", '"', "'", " onload=x ", "<svg>", "<!--", "-->", "x"]
PIECES += ["](", "javascript:x", "[", ")", "<a href=", "\n\n", "`", "<div markdown=1>", "</div>"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_harmful_comes_through(text: str) -> None:
    tree = parse(chapter_of(f"x {text}").xhtml)
    tags = {str(element.tag) for element in tree.iter()}
    names = {name for element in tree.iter() for name in element.attrib}
    assert not tags & {"script", "svg", "style", "iframe"}
    assert not names - {"href", "class", "id", "alt", "src", "title"}
    assert not [a for a in tree.iter("a") if (a.get("href") or "").lower().startswith("java")]


@given(st.text(max_size=60).filter(lambda text: not set(text) & set("\x00\ufdd0\ufdd1\ufffe")))
def test_every_text_makes_well_formed_xhtml(text: str) -> None:
    printable = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    assert isinstance(plain(parse(chapter_of(f"x {printable}").xhtml)), str)


@pytest.mark.parametrize(
    ("text", "count", "shown"),
    [
        ("x &#1; y", 1, "x y"),
        ("x&#xFFFF;y &#XFFFE;", 2, "xy"),
        ("&#xE000;1&#xE001; x", 1 + 1, "1 x"),
        ("&#xD800; &#1114112; &#0; x", 3, "x"),
        ("`&#1;` &#65; &#9;x", 0, "&#1; A x"),
    ],
)
def test_references_to_what_no_page_can_show_are_refused(text: str, count: int, shown: str) -> None:
    assert said_of(text) == ["3 control-character error"] * count
    assert plain(parse(chapter_of(text).xhtml)) == shown


@pytest.mark.parametrize(
    "tag", ['<b title="a>b" onclick="x">', "<b title='a>b' style='x'>", "<b it's style=x>"]
)
def test_a_sign_in_a_value_ends_no_tag(tag: str) -> None:
    (said,) = said_of(f"{tag}x</b>")
    assert said == LEFT_OUT


def test_a_tag_without_an_end_costs_no_time() -> None:
    assert said_of("<b " + '="" ' * 5000) == []


def test_nothing_of_one_text_is_left_for_the_next():
    words = "HTML [here][there] and a note[^1]."
    first = to_tree(f"{words}\n\n*[HTML]: Markup\n\n[there]: https://e.org\n\n[^1]: A note.")
    assert [first.find(f".//{tag}") is not None for tag in ("abbr", "a", "sup")] == [True] * 3
    second = to_tree(words)
    assert [str(child.text_content()) for child in second] == [words]
    assert len(second[0]) == 0
