"""Finding phrases by language: English by word classes, any other by what all have in common.

In a language of which no more is known, a phrase is what stands between stop words and
punctuation and comes again.  Its stop words are those of a small list, if there is one, and
the words that the book uses most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bindery.suggesting.abbreviations import abbreviations_in
from bindery.suggesting.classes import Tag
from bindery.suggesting.english import words
from bindery.suggesting.passages import Passage, Standing
from bindery.suggesting.phrases import Phrase, phrases_in
from bindery.suggesting.tagging import Known, fixed_among, names_among, tags_of
from bindery.suggesting.words import Word, words_in

ENGLISH = "en"
NOUNS_WITH_CAPITALS = ("de", "lb")
"""Languages in which a capital makes no name."""
WITHOUT_SPACES = ("zh", "ja", "th", "lo", "km", "my", "bo")
"""Scripts in which words are not divided, so that none can be found."""
UNSURE = (Standing.TITLE, Standing.HEADING, Standing.TERM)
"""Where capitals may mean nothing."""
FREQUENT = 1 / 200
"""Share of all words from which on a word is a stop word, whatever it says."""
FEWEST_WORDS = 1000
"""Words of a text below which frequencies say nothing."""
STOP_WORDS = {
    "de": words("""
        aber alle als also am an auch auf aus bei beim bin bis da damit das dass dem den denn der
        des dessen deren die dies diese dieser dieses doch dort du durch ein eine einem einen einer
        eines er es für gegen hat hatte haben hier ich ihm ihn ihr ihre im in ist ja jede jeder
        kann kein keine man mehr mit muss nach nicht noch nun nur ob oder ohne sehr sein seine sich
        sie sind so über um und uns unter vom von vor war waren was wenn wer werden wie wir wird
        wo zu zum zur zwischen
        """),
    "fr": words("""
        à au aux avec ce ces cet cette ceux comme dans de des dont du elle elles en entre est et
        été être eux il ils je la le les leur leurs lui mais me même mes mon ne nos notre nous on
        ont où ou par pas plus pour qu que qui sa sans se ses si son sont sur ta te tes ton tout
        toute tous très tu un une vers vos votre vous y
        """),
    "es": words("""
        a al algo ante como con contra cual cuando de del desde donde el ella ellas ellos en entre
        era es esa ese eso esta este esto están está fue ha han hasta hay la las le les lo los más
        me mi muy no nos o para pero por que qué quien se ser si sí sin sobre son su sus también
        te todo todos tu un una uno unos y ya yo
        """),
    "it": words("""
        a ad ai al alla alle anche che chi ci come con cui da dal dalla dei del della delle di dove
        e è ed era gli ha hanno i il in io la le lo loro lui ma mi ne nei nel nella no noi non o
        per perché più quale quando quello questa questo se sei si sia sono su sua sue sui sul
        sulla suo tra tu un una uno
        """),
    "nl": words("""
        aan al als bij dan dat de der deze die dit doch door dus een en er ge haar had heb heeft
        hem het hij hoe hun ik in is je kan maar me men met mij na naar niet nog nu of om onder
        ons ook op over te tot u uit van veel voor want was wat we wel werd wie wij worden zal ze
        zich zij zijn zo
        """),
    "pt": words("""
        a à ao aos as às até com como da das de dela dele do dos e é ela elas ele eles em entre
        era essa esse esta está este eu foi há isso isto já lhe mais mas me mesmo muito na nas não
        nem no nos nós o os ou para pela pelo por qual quando que quem se sem ser seu sua são só
        também te tem um uma você
        """),
}
"""Of some languages, the words that are in no term."""


def primary(language: str) -> str:
    """The language of a tag, without its region: "en" for "en-GB"."""
    return language.split("-", maxsplit=1)[0].lower()


def find(passages: Sequence[Passage]) -> tuple[list[list[Phrase]], frozenset[str]]:
    """The phrases of each passage, and the words of the book that keep their capital."""
    divided = [words_in(passage.text) for passage in passages]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        numbers[primary(passage.language)].append(number)
    found: list[list[Phrase]] = [[] for _ in passages]
    names: frozenset[str] = frozenset()
    for language, those in numbers.items():
        some = [(passages[number], divided[number]) for number in those]
        capital = _names(language, some)
        names |= capital
        tagged = _english(some, capital) if language == ENGLISH else _other(language, some, capital)
        for number, tags in zip(those, tagged, strict=True):
            found[number] = list(phrases_in(divided[number], tags))
    return found, names


Read = Sequence[tuple[Passage, Sequence[Word]]]


def _names(language: str, some: Read) -> frozenset[str]:
    if language in NOUNS_WITH_CAPITALS:
        return frozenset()
    return names_among(said for passage, said in some if passage.standing not in UNSURE)


def _english(some: Read, names: frozenset[str]) -> list[list[Tag]]:
    authored = [passage.text[start:end] for passage, _ in some for start, end in passage.stressed]
    authored += abbreviations_in(passage for passage, _ in some).values()
    known = Known(names, fixed_among((said for _, said in some), authored))
    return [tags_of(said, known, passage.standing not in UNSURE) for passage, said in some]


def _other(language: str, some: Read, names: frozenset[str]) -> list[list[Tag]]:
    if language in WITHOUT_SPACES:
        return [[Tag.PRONOUN] * len(said) for _, said in some]
    stop = STOP_WORDS.get(language, frozenset()) | _frequent(said for _, said in some)
    return [[_plainly(word, stop, names) for word in said] for _, said in some]


def _frequent(passages: Iterable[Sequence[Word]]) -> frozenset[str]:
    """The words that a text uses most."""
    counts = Counter(word.low for said in passages for word in said)
    enough = counts.total() >= FEWEST_WORDS
    least = FREQUENT * counts.total()
    return frozenset(word for word, times in counts.items() if enough and times >= least)


def _plainly(word: Word, stop: frozenset[str], names: frozenset[str]) -> Tag:
    if word.low in stop:
        return Tag.PRONOUN
    return Tag.NAME if word.low in names and word.form[0].isupper() else Tag.NOUN
