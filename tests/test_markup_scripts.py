"""Words in Arabic script are marked with their language."""

from __future__ import annotations

import pytest

from bindery.markup.tree import parse, plain
from tests.specimen import chapter_of


def arabic(words: str) -> str:
    return f'<span class="arabic-script" dir="rtl" lang="ar">{words}</span>'


@pytest.mark.parametrize(
    ("markdown", "xhtml"),
    [
        ("The حلف word", f"<p>The {arabic('حلف')} word</p>"),
        ("حلف", f"<p>{arabic('حلف')}</p>"),
        ("a حلف الفضول b", f"<p>a {arabic('حلف الفضول')} b</p>"),
        ("a حلف b الفضول c", f"<p>a {arabic('حلف')} b {arabic('الفضول')} c</p>"),
        ("*a حلف* b حلف", f"<p><em>a {arabic('حلف')}</em> b {arabic('حلف')}</p>"),
        ("(حلف)", f"<p>({arabic('حلف')})</p>"),
        ("`حلف` b حلف", f"<p><code>حلف</code> b {arabic('حلف')}</p>"),
        ('<i lang="fa">حلف</i>', '<p><i lang="fa">حلف</i></p>'),
        ('<b lang="fa"><i>a</i> حلف</b>', '<p><b lang="fa"><i>a</i> حلف</b></p>'),
        ('<i lang="fr">a</i> حلف', f'<p><i lang="fr">a</i> {arabic("حلف")}</p>'),
    ],
)
def test_arabic_in_english(markdown: str, xhtml: str) -> None:
    assert chapter_of(markdown).xhtml == xhtml


@pytest.mark.parametrize("language", ["ar", "ar-EG", "fa", "ur"])
def test_arabic_in_arabic_needs_no_mark(language: str) -> None:
    assert chapter_of("# حلف\n\nحلف", language=language).xhtml == "<p>حلف</p>"


def test_arabic_in_code_and_titles() -> None:
    chapter = chapter_of("# The حلف\n\n## A حلف\n\n```\nحلف\n```")
    assert plain(parse(chapter.title)) == "The حلف"
    assert chapter.title == f"The {arabic('حلف')}"
    assert chapter.headings[0].title == f"A {arabic('حلف')}"
    assert "<code>حلف\n</code>" in chapter.xhtml


def test_a_mark_before_an_arabic_word_holds_it() -> None:
    xhtml = chapter_of("a <!--ix: x-->حلف b").xhtml
    assert xhtml == f'<p>a <span id="a--ix-1" class="index-mark">{arabic("حلف")}</span> b</p>'
