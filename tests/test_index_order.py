"""The order of an index, and the letters under which its entries stand."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyuca.collator import Collator_10_0_0

from bindery.indexing.alphabets import ALPHABETS
from bindery.indexing.order import STEP, Alphabet, alphabet, table
from bindery.vocabulary import Order


def in_order(
    headings: str,
    language: str = "en",
    order: Order = Order.LETTER,
    top: bool = True,
    ignore_al: bool = False,
) -> str:
    """Headings between dots, mixed and put in order again."""
    letters = alphabet(language, order, ignore_al)
    mixed = headings.split(" · ")
    random.Random(1).shuffle(mixed)  # noqa: S311
    return " · ".join(sorted(mixed, key=lambda heading: letters.key(heading, top)))


LETTER_BY_LETTER = [
    # Chicago's example: spaces and hyphens do not count, and it stops at the first comma.
    "New, Zoe · Newark · newborn · new deal · new economics · newlyweds · New York",
    "black-letter · blackmail · black market",
    "Smith, Zoe · Smithson, Ann",
    "Newton, Isaac · newton, the unit · newton meter",
    # A heading alone, then with a parenthesis, a comma, figures, letters.
    "Smith · Smith (planet) · Smith, Zoe · Smith 2 · Smith 10 · Smithson, Ann",
    "Mercury · Mercury (god) · Mercury (planet) · mercury, poisoning by · mercury lamps",
    # Articles do not count, diacritics and case neither, but they decide in the end.
    "a cappella · The Capture",
    "Ecole · école normale · Éden",
    "resume · résumé · resumption",
    "may · May · mayor",
    "ʿulamāʾ · ultimatum",
    "Hobbes, Thomas · the Hobbit",
    "Æsop · aesthetic · cœur · coeval",
    # Figures by their value, before letters; a comma inside of a number does not stop.
    "& · 2 · 10 · 12 Angry Men · 1066 · 10,000 things · Acre",
    "rad · R&D · un-American · (un)certainty · the X-ray",
    # Other scripts after Latin, each in its own order.
    "Zebra · Άρης · Ελλάδα · Ёлка · Ельник · Москва · אב · ابن",
]


@pytest.mark.parametrize("headings", LETTER_BY_LETTER, ids=lambda text: text.partition(" ·")[0])
def test_letter_by_letter(headings: str) -> None:
    assert in_order(headings) == headings


WORD_BY_WORD = [
    "New, Zoe · new deal · new economics · New York · Newark · newborn · newlyweds",
    "black-letter · black market · blackmail",
    "Smith · Smith (planet) · Smith, Zoe · Smith 2 · Smith 10 · Smith family · Smithson, Ann",
]


@pytest.mark.parametrize("headings", WORD_BY_WORD, ids=lambda text: text.partition(" ·")[0])
def test_word_by_word(headings: str) -> None:
    assert in_order(headings, order=Order.WORD) == headings


def test_a_leading_preposition_does_not_count_in_a_sub_heading() -> None:
    subs = "and betrayal · as custom · definition of · in the desert · of equals · on oath"
    assert in_order(subs, top=False) == subs
    assert in_order("oath · On Liberty") == "oath · On Liberty"


def test_a_heading_that_is_nothing_but_an_article_is_in_order_by_it() -> None:
    assert in_order("ten · The · them") == "ten · The · them"


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("de", "Adler · der Apfel · Ärger · Zug"),
        ("fr", "été · Étienne · la mer · l’ombre · oubli"),
        ("es", "la pera · el perro · pino"),
    ],
)
def test_each_language_has_its_articles(language: str, headings: str) -> None:
    assert in_order(headings, language) == headings


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("sv", "Anka · Ost · Väg · Wien · Zebra · Ångström · Ärla · Öl"),
        ("sv-FI", "Zebra · Ångström"),
        ("da", "Abc · Zebra · Ærø · Øl · Aarhus"),
        ("nb", "Zebra · Ære · Øl · Ål"),
        ("no", "Zebra · Ære · Øl · Ål"),
        ("fi", "Zebra · Åbo · Äiti · Öljy"),
        ("de", "Adler · Afrika · Arbeit · Ärger · Arm · Straße · Strassen"),
        ("de-u-co-phonebk", "Adler · Ärger · Afrika · Goethe · Göthe · Gott"),
        ("es", "chico · cuna · nube · nylon · ñandú · oca"),
        ("es-u-co-trad", "cuna · chico · lugar · llave · nube · ñandú"),
        ("pl", "las · łan · maz · żaba"),
        ("cs", "cena · česko · hrad · chleba · ja"),
        ("hu", "cukor · csak · dóm · dzsem · ggye · Gyula · ó · öt"),
        ("tr", "hava · ısı · Işık · iyi · İzmir · jale"),
        ("et", "sula · šokk · zen · žanr · tali · õli · äke · öö · ülo"),
        ("is", "api · ár · bær · ýsa · þing · ær · öl"),
        ("uk", "гай · Ґанок · дім · єдність · і · їжак · й"),
        ("ar", "ابن · أمة · بيت · حلف · هلال · وقت · يوم"),
        ("fa", "آب · اسب · پدر · چای · ژاله · کتاب · گل · ل · وزن · هوا · یار"),
        ("en", "Ångström · Arc · ñandú · nube · Oslo"),
    ],
)
def test_each_language_has_its_alphabet(language: str, headings: str) -> None:
    assert in_order(headings, language) == headings


def letters(language: str, headings: str, ignore_al: bool = False) -> str:
    """The letters under which headings stand."""
    used = alphabet(language, ignore_al=ignore_al)
    return " ".join(used.initial(heading)[1] for heading in headings.split(" · "))


@pytest.mark.parametrize(
    ("language", "headings", "expected"),
    [
        ("en", "oath · Éden · the Hobbit · “quoted” · ʿulamāʾ · a", "O E H Q U A"),
        ("en", "1066 · & · ² · …", "# # # #"),
        ("en", "Æsop · Øre · Łódź · Ångström", "A O L A"),
        ("en", "حلف · أمة · Ελλάδα · ёж · ქართული · เกม · あき", "ح ا Ε Е ქ ก あ"),
        ("sv", "Ångström · Ärla · ära · Zebra", "Å Ä Ä Z"),
        ("da", "Aarhus · Åben · Ærø", "Å Å Æ"),
        ("de", "Ärger · Straße", "A S"),
        ("de-u-co-phonebk", "Ärger", "A"),
        ("cs", "chleba · hrad · česko · cena", "Ch H Č C"),
        ("hr", "džep · đak · ljubav", "Dž Đ Lj"),
        ("tr", "Işık · izmir · İzmir", "I İ İ"),
        ("ar", "أمة · ابن · إيمان · يوم · ةا", "ا ا ا ي ت"),
        ("fa", "آب · اسب · کتاب · كتاب · گل", "آ ا ک ک گ"),
        ("uk", "йод · їжак · і", "Й Ї І"),
    ],
)
def test_letters_are_those_of_the_alphabet(language: str, headings: str, expected: str) -> None:
    assert letters(language, headings) == expected


def test_the_arabic_article_does_not_count_when_the_editor_says_so() -> None:
    names = (
        "Atlas · at-risk youth · ad-Darimi · al-Ghazālī · Gibbon · el-Hakim · ash-Shāfiʿī · Shaw"
    )
    assert in_order(names, ignore_al=True) == names
    assert letters("en", names, ignore_al=True) == "A A D G G H S S"
    assert letters("en", "al-Ghazālī · ash-Shāfiʿī") == "A A"
    assert (
        in_order("الله · بيت · الحكمة · دار", "ar", ignore_al=True) == "الله · بيت · الحكمة · دار"
    )


def test_an_editor_may_say_what_a_heading_is_ordered_by() -> None:
    used = alphabet("en")
    headings = {"1984": "nineteen eighty-four", "The Hague": "The Hague", "night": ""}
    ordered = sorted(headings, key=lambda heading: used.key(heading, sort=headings[heading]))
    assert ordered == ["night", "1984", "The Hague"]
    assert used.initial("1984", "nineteen")[1] == "N"
    assert used.initial("The Hague", "The Hague")[1] == "T"


Headings = st.text(
    st.one_of(
        st.sampled_from("abzABZ éÅåäñßæøđł-–,(’.&0129٣aeo"),
        st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc")),
    ),
    max_size=12,
)
Alphabets = st.builds(
    alphabet,
    st.sampled_from(["en", "xx", *ALPHABETS]),
    st.sampled_from(Order),
    st.booleans(),
)


@given(Alphabets, st.lists(Headings, max_size=12, unique=True), st.booleans(), st.randoms())
def test_the_order_is_total_whatever_stands_in_a_heading(
    letters: Alphabet, headings: list[str], top: bool, chance: random.Random
) -> None:
    once = sorted(headings, key=lambda heading: letters.key(heading, top))
    mixed = headings[:]
    chance.shuffle(mixed)
    assert sorted(mixed, key=lambda heading: letters.key(heading, top)) == once
    assert len({letters.key(heading, top) for heading in headings}) == len(headings)


@example(alphabet("en"), ["A", "\u0300/\u064b\u0363"])
@given(Alphabets, st.lists(Headings, max_size=12))
def test_entries_of_one_letter_stand_together(letters: Alphabet, headings: list[str]) -> None:
    ordered = sorted(headings, key=letters.key)
    places = [letters.initial(heading)[0] for heading in ordered]
    assert places == sorted(places)
    assert all(letters.initial(heading)[1] for heading in ordered)


@given(st.text(st.characters(max_codepoint=0x24F, categories=("Ll", "Lu")), max_size=8))
def test_letters_of_western_europe_are_in_the_order_of_pyuca(word: str) -> None:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    key = COLLATOR.sort_key(folded)
    assert table(folded) == tuple(weight * STEP for weight in key[: key.index(0)])


COLLATOR = Collator_10_0_0()


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_the_rules_of_every_alphabet_name_letters_in_normal_form(language: str) -> None:
    rules = ALPHABETS[language]
    assert rules == unicodedata.normalize("NFC", rules) == rules.lower()
    assert alphabet(language).own


def test_pyuca_is_loaded_only_for_letters_from_elsewhere() -> None:
    code = (
        "import sys\n"
        "from bindery.indexing.order import alphabet\n"
        "for name in ('en', 'de', 'sv', 'pl'):\n"
        "    alphabet(name).key('Ærøskøbing, Łódź & Ångström’s “élan” (ñ) ʿulamāʾ 12')\n"
        "assert 'pyuca' not in sys.modules\n"
        "alphabet('en').key('حلف')\n"
        "assert 'pyuca' in sys.modules\n"
    )
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
