"""The tables of `book.toml` as frozen values; these dataclasses *are* the list of known keys."""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass, field, fields, replace
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bindery.metadata.checks import (
    Accent,
    Amount,
    Count,
    Isbn,
    Language,
    LookName,
    Name,
    Price,
    Role,
    Share,
    Size,
    Slug,
    Spine,
    Text,
    TrimName,
    slugify,
)

FILE = "book.toml"
STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)

Typeface = Literal["serif", "sans"]
Alignment = Literal["justified", "ragged"]
Composition = Literal["total-fit", "engine"]


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the book."""

    name: Name
    """Name as printed."""
    roles: tuple[Role, ...] = ("author",)
    """What they did; keys of `ROLES`."""
    file_as: Text = ""
    """Name as a library sorts it; the printed name when empty."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What the book is called by machines: one ISBN an edition, and a URN for all of them."""

    urn: str = ""
    """Stable name of the work; made from title and contributors when empty."""
    isbn_pdf: Isbn | None = None
    isbn_epub: Isbn | None = None
    isbn_print: Isbn | None = None

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Order:
    """Which files make the book, in their order; an empty list means all, in natural order."""

    front: tuple[str, ...] = ()
    essays: tuple[str, ...] = ()
    back: tuple[str, ...] = ()

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Look:
    """The few choices of design that need no stylesheet."""

    accent: Accent = "#7b2d26"
    """Colour of the cover and the download page, as #rrggbb."""
    initials: bool = True
    """Whether essays open with a dropped initial."""
    trim: TrimName = ""
    """Size of the leaf, such as 6x9 or A5; as in the stylesheet when empty."""
    size: Size | None = None
    """Size of the text in points; as in the stylesheet when it is not given."""
    typeface: Typeface = "serif"
    alignment: Alignment = "justified"
    composition: Composition = "total-fit"
    """Whether paragraphs are broken into lines as a whole, or line by line by the engine."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class NamedLook:
    """Another setting of the same book, such as large print; the rest is as in `[look]`."""

    accent: Accent | None = None
    initials: bool | None = None
    trim: TrimName | None = None
    size: Size | None = None
    typeface: Typeface | None = None
    alignment: Alignment | None = None
    composition: Composition | None = None
    isbn: Isbn | None = None
    """Of the printed book in this setting: another setting is another product."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is different at one printer from the rest of `[print]`."""

    stock: Text = ""
    look: Text = ""
    price: Price = ""
    isbn: Isbn | None = None
    """Where the printer gave the book one of its own."""
    spine: Spine = ""
    """Width by the printer's own template, such as 0.61 in; by its rule when empty."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Printing:
    """Where and how the book is printed on demand."""

    printers: tuple[Text, ...] = ()
    """Those for which files are made at every publishing; `--printer` names others."""
    stock: Text = ""
    """A paper such as cream, or a whole stock such as cream-black; the printer's first if empty."""
    look: Text = ""
    """Name of a look; `[look]` when empty."""
    price: Price = ""
    """Five digits beside the barcode."""
    cover: Text = ""
    """Path of a picture for the front; the cover of the screen edition when empty."""
    kdp: PrintJob = PrintJob()
    ingramspark: PrintJob = PrintJob()
    lulu: PrintJob = PrintJob()
    bn: PrintJob = PrintJob()
    bookvault: PrintJob = PrintJob()
    generic: PrintJob = PrintJob()

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    def job(self, printer: str) -> PrintJob:
        """What holds for a printer; what it does not say for itself is as for all."""
        own: PrintJob = getattr(self, printer, PrintJob())
        return replace(
            own,
            stock=own.stock or self.stock,
            look=own.look or self.look,
            price=own.price or self.price,
        )


@dataclass(frozen=True, slots=True)
class Quality:
    """How uneven pages may be: `check --pages` refuses a book that is past one of these.

    All are figures of the whole book. A share of 100 or a high number allows everything.
    """

    loose_lines: Share = 1.5
    """Percent of justified lines whose spaces are, on average, over 1.6 times the font's own."""
    tight_lines: Share = 0.5
    """Percent of justified lines whose spaces are under .75 times the font's own."""
    sd: Amount = 0.21
    """Standard deviation of the ratio of a line's spaces to the font's own."""
    hyphens_in_a_row: Count = 2
    """Lines that end with a hyphen, one below the other."""
    hyphens_at_turns: Count = 0
    """Words that are divided where the reader turns the page."""
    runts: Count = 0
    """Last lines of paragraphs that are a part of a word, or under five characters."""
    widows: Count = 0
    """Last lines of paragraphs that stand alone at the head of a page."""
    orphans: Count = 0
    """First lines of paragraphs that stand alone at the foot of a page."""
    off_grid: Count = 0
    """Lines of the text that do not stand on the baseline grid."""
    uneven_spreads: Share = 5.0
    """Percent of spreads whose pages end at heights that differ by more than one line."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Metadata:
    """Everything that `book.toml` may say."""

    title: Name
    subtitle: Text = ""
    language: Language = "en"
    description: Text = ""
    """Plain text; an empty line begins a new paragraph."""
    publisher: Text = ""
    date: datetime.date | None = None
    rights: Text = ""
    subjects: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    slug: Slug = ""
    """Name of the finished files; made from the title when empty."""
    contributors: tuple[Contributor, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    order: Order = field(default_factory=Order)
    look: Look = field(default_factory=Look)
    looks: dict[LookName, NamedLook] = field(default_factory=dict)
    """Other settings of the book by their names, which name files as well."""
    print: Printing = field(default_factory=Printing)
    quality: Quality = field(default_factory=Quality)

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    @property
    def file_stem(self) -> str:
        """Name of the finished files, without their endings."""
        return self.slug or slugify(self.title) or "book"

    @property
    def urn(self) -> str:
        """Stable identifier of the work, the same at every publishing."""
        if self.identifiers.urn:
            return self.identifiers.urn
        key = "\n".join([self.title, self.subtitle, *(who.name for who in self.contributors)])
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'bindery:' + key)}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The description, paragraph by paragraph."""
        blocks = re.split(r"\n\s*\n", self.description.strip())
        return tuple(" ".join(block.split()) for block in blocks if block.strip())

    def having_role(self, *roles: str) -> tuple[Contributor, ...]:
        """Contributors with any of the roles, in the order of the file."""
        return tuple(who for who in self.contributors if set(who.roles) & set(roles))

    def looking(self, name: str) -> Metadata:
        """The same book in another of its looks; KeyError when it has none of that name.

        Its files bear the name of the look, and its ISBN is that of the look.
        """
        if not name:
            return self
        named = self.looks[name]
        own = {f.name: getattr(named, f.name) for f in fields(Look)}
        look = replace(self.look, **{key: value for key, value in own.items() if value is not None})
        identifiers = replace(self.identifiers, isbn_pdf=None, isbn_print=named.isbn)
        slug = f"{self.file_stem}-{slugify(name)}"
        return replace(self, look=look, slug=slug, identifiers=identifiers)

    def numbered(self, isbn: str | None) -> Metadata:
        """The same book with another ISBN of its printed edition; with its own for None."""
        if isbn is None:
            return self
        return replace(self, identifiers=replace(self.identifiers, isbn_print=isbn))


TABLES: tuple[type, ...] = (
    *(Contributor, Identifiers, Order, Look, NamedLook, Printing, PrintJob, Quality, Metadata),
)
"""Every table of the file, in Python's words."""
