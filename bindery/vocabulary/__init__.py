"""The editor's words for the index: `index.toml`, read once, checked, and frozen.

Themes in the editor's order, entries with the patterns by which the essays are searched,
cross-references, and how the index is set.  The dataclasses *are* the list of known keys.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, ConfigDict, Field

from bindery.errata import Place

FILE = "index.toml"
DEEPEST = 9
"""Levels of headings that an entry may have; a reader is lost below the third."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffc-\ufffe\uffff\ue000-\uf8ff]")
"""Control characters, and those that mean nothing outside of one program."""


def printable(text: str) -> str:
    """A text in Unicode normal form C, with single spaces; ValueError if it cannot be printed."""
    if found := UNPRINTABLE.search(text):
        raise ValueError(f"the character U+{ord(found[0]):04X} cannot be printed")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def language_tag(value: str) -> str:
    """A BCP 47 language tag, or nothing; ValueError when it does not look like one."""
    if re.fullmatch(r"([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?", value):
        return value
    raise ValueError("a language is written as a tag such as en, en-GB or ar")


Text = Annotated[str, AfterValidator(printable)]


class Kind(StrEnum):
    """What an entry names."""

    THEME = "theme"
    NAME = "name"
    PLACE = "place"
    TITLE = "title"


class Order(StrEnum):
    """How entries are put in order."""

    LETTER = "letter"
    """Letter by letter, as if there were no spaces (Chicago's choice)."""
    WORD = "word"
    """Word by word: what has the same first word stands together (ISO 999)."""


class Ranges(StrEnum):
    """How the last number of a range is printed."""

    CHICAGO = "chicago"
    """107–8, 321–28 (CMOS 9.61)."""
    FULL = "full"
    """107–108, 321–328."""
    MINIMAL = "minimal"
    """107–8, 321–8 (Hart's Rules)."""


class Collapse(StrEnum):
    """Which pages in a row become a range; separate mentions are no continuous discussion."""

    NEVER = "never"
    """None: a marked discussion prints each of its pages."""
    MARKED = "marked"
    """Only what an author marked as one discussion."""
    THREE = "3+"
    """And three pages in a row, or more."""
    ALWAYS = "always"
    """And two pages in a row."""


class First(StrEnum):
    """Of several hits of a pattern, the first of what is kept."""

    ALL = "all"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    ESSAY = "essay"


class Style(StrEnum):
    """How sub-entries are set."""

    INDENTED = "indented"
    RUN_IN = "run-in"


class Continued(StrEnum):
    """Where an entry that goes on is headed again with “(continued)”."""

    COLUMN = "column"
    PAGE = "page"
    NONE = "none"


class EbookLocators(StrEnum):
    """What a locator in the e-book is called."""

    PARAGRAPH = "paragraph"
    """Number of the essay, and of the paragraph in it."""
    PAGE = "page"
    """Page of the printed edition."""


class Letters(StrEnum):
    """What stands between the letters of the A–Z."""

    HEADINGS = "headings"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the index is made up: the table [index] of `index.toml`."""

    title: Text = ""
    """The house's word for “Index” when empty."""
    headnote: Text = ""
    """What a reader should know; *italics* and **bold** as in Markdown.  The house's when empty."""
    locale: Annotated[str, AfterValidator(language_tag)] = ""
    """Language tag by whose alphabet entries are ordered; the book's language when empty."""
    order: Order = Order.LETTER
    ranges: Ranges = Ranges.CHICAGO
    collapse: Collapse = Collapse.THREE
    style: Style = Style.INDENTED
    max_locators: Annotated[int, Field(ge=1)] = 6
    """More undifferentiated locators than that ask for sub-entries."""
    continued: Continued = Continued.COLUMN
    columns: Annotated[int, Field(ge=1, le=4)] = 2
    """Columns of a page, 1 to 4."""
    letters: Letters = Letters.HEADINGS
    ignore_al: bool = False
    """Whether the Arabic article (al-, el-) does not count in the order."""
    separate: tuple[Kind, ...] = ()
    """Kinds that have an A–Z of their own besides that of all entries."""
    chart: bool = True
    """Whether themes and essays are shown at a glance."""
    ebook_locators: EbookLocators = EbookLocators.PARAGRAPH

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", str_strip_whitespace=True
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the book."""

    id: str
    title: str
    note: str = ""
    """One line on what it holds."""
    place: Place = field(default=Place(FILE), compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a cross-reference leads."""

    path: tuple[str, ...]
    """Heading and sub-headings of the target; for a generic one, the words to be printed."""
    generic: bool = False
    """Whether it names a kind of entry (“names of ministries”) rather than one."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the vocabulary."""

    path: tuple[str, ...]
    """Heading and sub-headings, such as ("alliances", "forms of")."""
    themes: tuple[str, ...] = ()
    """Ids of its themes; a sub-entry without any has those of its parent."""
    match: tuple[str, ...] = ()
    """Patterns of words in the text; `vocabulary.patterns` has their language."""
    unless: tuple[str, ...] = ()
    """Patterns whose hits are none of this term (the key `not`)."""
    only_in: tuple[str, ...] = ()
    """Slugs of the only chapters that are searched; empty for all."""
    principal: tuple[str, ...] = ()
    """Main discussions: a slug, or slug#5 for its fifth paragraph."""
    first_per: First = First.PARAGRAPH
    match_case: bool = False
    """Whether capitals in the patterns count."""
    see: tuple[Reference, ...] = ()
    see_also: tuple[Reference, ...] = ()
    sort: str = ""
    """What it is ordered by instead of its heading."""
    kind: Kind = Kind.THEME
    place: Place = field(default=Place(FILE), compare=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that `index.toml` says; empty when there is none."""

    settings: Settings = field(default_factory=Settings)
    themes: tuple[Theme, ...] = ()
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.themes or self.terms)
