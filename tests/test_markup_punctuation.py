"""Typewriter punctuation becomes a printer's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.markup.punctuation import improved
from tests.specimen import chapter_of

LANGUAGES = ("en", "de", "fr", "sv", "ru", "ar")

ENGLISH = [
    # Apostrophes
    ("don't", "don’t"),
    ("the dogs' tails", "the dogs’ tails"),
    ("James's", "James’s"),
    ("1980's", "1980’s"),
    ("'tis the season", "’tis the season"),
    ("'Twas so", "’Twas so"),
    ("get 'em", "get ’em"),
    ("rock 'n' roll", "rock ’n’ roll"),
    ("the '90s", "the ’90s"),
    ("from '39 to '45.", "from ’39 to ’45."),
    ("O'Neill's", "O’Neill’s"),
    ("Qur'an and ma'had", "Qur’an and ma’had"),
    # Quotation marks
    ('"One," she said.', "“One,” she said."),
    ("'One,' she said.", "‘One,’ she said."),
    ("'Emily said so'", "‘Emily said so’"),
    ('"A" "b"', "“A” “b”"),
    ('"What?" "No!"', "“What?” “No!”"),
    ('"1984"', "“1984”"),
    ('"open to the end', "“open to the end"),
    ('open before"', "open before”"),
    ('say "", then', "say “”, then"),
    ('the "?" sign', "the “?” sign"),
    ('¿"Qué?"', "¿“Qué?”"),
    ('"x","y"', "“x”,“y”"),
    ('"Dune"\'s end', "“Dune”’s end"),
    # Quotations in quotations
    ("\"He said 'no' to me.\"", "“He said ‘no’ to me.”"),
    ("\"'No,' he said.\"", "“‘No,’ he said.”"),
    ("'He said \"no.\"'", "‘He said “no.”’"),
    ("\"within 'quoted'\"", "“within ‘quoted’”"),
    ("\"He said 'no'\", she said", "“He said ‘no’”, she said"),
    ("(\"within 'quoted'\")", "(“within ‘quoted’”)"),
    ('"\'Twas he," she said', "“’Twas he,” she said"),
    ('the "\'90s"', "the “’90s”"),
    ("\"'...x'\"", "“‘…x’”"),
    # Beside dashes, brackets, dots
    ('("quoted")', "(“quoted”)"),
    ('["quoted"]', "[“quoted”]"),
    ('"(quoted)"', "“(quoted)”"),
    ('--"quoted"--', "–“quoted”–"),
    ('said---"yes"---and', "said—“yes”—and"),
    ('"yes"--"no"', "“yes”–“no”"),
    ('"But---", he said', "“But—”, he said"),
    ('"---and"', "“—and”"),
    ('"...and"', "“…and”"),
    ('"x"/"y"', "“x”/“y”"),
    # Primes
    ("6'2\"", "6′2″"),
    ("6' 2\" tall", "6′ 2″ tall"),
    ('"He was 6\'2" tall"', "“He was 6′2″ tall”"),
    ("1'30\"", "1′30″"),
    ('a 5" disk', "a 5″ disk"),
    # Dashes and dots
    ("1990--2000", "1990–2000"),
    ("yes---no", "yes—no"),
    ("well-known", "well-known"),
    ("----", "----"),
    ("a --> b", "a --> b"),
    ("Stop!--he said", "Stop!–he said"),
    ("<!-- -->", "<!-- -->"),
    ("wait...", "wait…"),
    ("wait....", "wait.…"),
    ("wait.....", "wait....."),
    ("a...b", "a…b"),
    # Left alone
    ("“already” ‘curly’ it’s 1990–2000…", "“already” ‘curly’ it’s 1990–2000…"),
    ('straight \\"by will\\" and 6\\\'', 'straight "by will" and 6\''),
]


@pytest.mark.parametrize(("typed", "printed"), ENGLISH)
def test_english(typed: str, printed: str) -> None:
    assert improved(typed, "en") == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "“a ‘b’ c” – it’s"),
        ("de", "„a ‚b‘ c“ – it’s"),
        ("de-AT", "„a ‚b‘ c“ – it’s"),
        ("fr", "«\u00a0a “b” c\u00a0» – it’s"),
        ("es", "«a “b” c» – it’s"),
        ("pl", "„a «b» c” – it’s"),
        ("ru", "«a „b“ c» – it’s"),
        ("sv", "”a ’b’ c” – it’s"),
        ("ar", "«a “b” c» – it’s"),
        ("fa", "«a ‹b› c» – it’s"),
        ("nl", "“a ‘b’ c” – it’s"),
    ],
)
def test_other_languages(language: str, printed: str) -> None:
    assert improved("\"a 'b' c\" -- it's", language) == printed


@pytest.mark.parametrize(
    ("markdown", "xhtml"),
    [
        ('"*quoted*" x', "<p>“<em>quoted</em>” x</p>"),
        ('*"quoted"* x', "<p><em>“quoted”</em> x</p>"),
        ("*Dune*'s end", "<p><em>Dune</em>’s end</p>"),
        ("\"**bold** '*it*'\"", "<p>“<strong>bold</strong> ‘<em>it</em>’”</p>"),
        ('"[link](b.md)" x', '<p>“<a href="b.md">link</a>” x</p>'),
        ("[Dune](b.md)'s end", '<p><a href="b.md">Dune</a>’s end</p>'),
        ('"`x = "1"`" it\'s', '<p>“<code>x = "1"</code>” it’s</p>'),
        ("`code`'s end", "<p><code>code</code>’s end</p>"),
        ('"line<br>break"', "<p>“line<br/>break”</p>"),
        ('a \\"straight\\" one', '<p>a "straight" one</p>'),
        ("<!-- -- -->plain -- text", "<p>plain – text</p>"),
        ("- \"a\"\n- 'b'", "<ul>\n<li>“a”</li>\n<li>‘b’</li>\n</ul>"),
        (
            '<!--ix: x-->"Quoted" y',
            '<p><span id="a--ix-1" class="index-mark">“Quoted</span>” y</p>',
        ),
        (
            '"<!--ix: x-->Quoted" y',
            '<p>“<span id="a--ix-1" class="index-mark">Quoted</span>” y</p>',
        ),
    ],
)
def test_across_elements(markdown: str, xhtml: str) -> None:
    assert chapter_of(markdown).xhtml == xhtml


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"so."[^1] And', "“so.”"),
        ('"But--"[^1] and', "“But–”"),
        ('"so[^1]", and', "“so"),
    ],
)
def test_a_call_is_no_letter_for_the_mark_beside_it(typed: str, printed: str) -> None:
    xhtml = chapter_of(f"{typed}\n\n[^1]: x").xhtml
    call = '<a class="noteref" href="#a--note-1" id="a--noteref-1">1</a>'
    rest = typed.partition("[^1]")[2].replace('"', "”")
    assert xhtml == f"<p>{printed}{call}{rest}</p>"


def test_every_paragraph_of_a_quotation_opens_anew() -> None:
    xhtml = chapter_of('x\n\n> "One.\n>\n> "Two."').xhtml
    assert xhtml == "<p>x</p>\n<blockquote>\n<p>“One.</p>\n<p>“Two.”</p>\n</blockquote>"


def test_an_address_is_left_as_it_is() -> None:
    xhtml = chapter_of("""See "<https://a.org/it's--x...y>".""").xhtml
    url = "https://a.org/it's--x...y"
    assert xhtml == f'<p>See “<a href="{url}">{url}</a>”.</p>'


def test_the_address_of_a_named_link_is_left_as_it_is() -> None:
    xhtml = chapter_of("""["x"--y](https://a.org/it's--x)""").xhtml
    assert xhtml == """<p><a href="https://a.org/it's--x">“x”–y</a></p>"""


TYPED = st.text(st.sampled_from("\"'.-– ab1(“’…!<>,\n\u00a0"), max_size=30)


@given(TYPED, st.sampled_from(LANGUAGES))
def test_what_is_set_stays_set(text: str, language: str) -> None:
    once = improved(text, language)
    assert improved(once, language) == once


@given(TYPED, st.sampled_from(LANGUAGES))
def test_no_quotation_mark_stays_straight(text: str, language: str) -> None:
    assert not {"'", '"'} & set(improved(text, language))


@given(st.text(st.characters(exclude_characters="\\\"'-."), max_size=40))
def test_words_are_never_changed(text: str) -> None:
    assert improved(text, "en") == text
