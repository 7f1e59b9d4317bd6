"""What a value in `book.toml` may be: checks that say in plain words what is wrong."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from bindery.errata import nearest
from bindery.paper import Points, inches, millimetres, trim_called

ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "introduction": "aui",
    "foreword": "aui",
    "afterword": "aft",
    "compiler": "com",
    "contributor": "ctb",
    "designer": "bkd",
    "cover designer": "cov",
    "photographer": "pht",
    "proofreader": "pfr",
}
"""Roles that a contributor may have, with their MARC relator codes."""

SMALLEST, LARGEST = inches(2), inches(24)
"""Sides of a page on which a text can still be set, and that some press prints."""
THICKEST = inches(4)
"""No printer binds a book with a wider spine."""


def known_role(role: str) -> str:
    """The role itself; ValueError with the nearest known one when nobody has such a role."""
    if role in ROLES:
        return role
    near = nearest(role, ROLES)
    raise ValueError(f"there is no role “{role}”" + (f" (did you mean “{near}”?)" if near else ""))


def colour(value: str) -> str:
    """A colour as #rrggbb; ValueError otherwise."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return value
    raise ValueError("a colour is written as # and six hexadecimal digits, such as #7b2d26")


def isbn(value: str) -> str:
    """The thirteen digits of an ISBN; ValueError when the check digit is wrong (ISO 2108)."""
    digits = re.sub(r"[\s\u2010-\u2015-]", "", value)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError("an ISBN has 13 digits and begins with 978 or 979")
    if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10:
        raise ValueError("the check digit of this ISBN is wrong; a digit was mistyped")
    return digits


def language_tag(value: str) -> str:
    """A BCP 47 language tag such as en-GB; ValueError when it does not look like one."""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        return value
    raise ValueError("a language is written as a tag such as en, en-GB or ar")


def trim_name(value: str) -> str:
    """A trim as `paper` calls it, such as 6x9; ValueError when it is none."""
    if not value:
        return ""
    trim = trim_called(value)
    if not all(SMALLEST <= side <= LARGEST for side in (trim.width, trim.height)):
        raise ValueError(f"a page of {trim} is no book's; each side has 2 to 24 in")
    return trim.name


def points_of(length: str) -> Points:
    """A length with its unit, such as 0.61 in, in points; ValueError otherwise."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(in|mm)", length.strip().lower())
    if not found:
        raise ValueError("a length is written with its unit, such as 0.61 in or 15.5 mm")
    number, unit = found.groups()
    return inches(number) if unit == "in" else millimetres(number)


def spine(value: str) -> str:
    """The width of a spine as it was written, if it can be one; ValueError otherwise."""
    if value and not 0 < points_of(value) <= THICKEST:
        raise ValueError("a spine is wider than nothing, and at most 4 in")
    return value


def look_name(value: str) -> str:
    """The name of a look; ValueError unless files and folders can bear it on every system."""
    if value and value == slugify(value):
        return value
    near = slugify(value) or "large-print"
    raise ValueError(
        "files are named after a look, so that its name has small letters a to z, digits and "
        f"hyphens only, as in [looks.{near}]"
    )


def price(value: str) -> str:
    """The five digits of an EAN-5; ValueError otherwise (BISG: 5 and four digits for dollars)."""
    if not value or re.fullmatch(r"[0-9]{5}", value):
        return value
    raise ValueError("write a digit for the currency and four for the price, 52495 for $24.95")


def slugify(text: str) -> str:
    """A file name of ASCII letters, digits and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


COMPOSED = AfterValidator(lambda value: unicodedata.normalize("NFC", value))
Text = Annotated[str, COMPOSED]
Name = Annotated[str, Field(min_length=1), COMPOSED]
Isbn = Annotated[str, AfterValidator(isbn)]
Slug = Annotated[str, AfterValidator(lambda value: slugify(value) if value else "")]
Accent = Annotated[str, AfterValidator(colour)]
Role = Annotated[str, AfterValidator(known_role)]
Language = Annotated[str, AfterValidator(language_tag)]
TrimName = Annotated[str, AfterValidator(trim_name)]
LookName = Annotated[str, AfterValidator(look_name)]
Spine = Annotated[str, AfterValidator(spine)]
Price = Annotated[str, AfterValidator(price)]
Size = Annotated[float, Field(ge=8, le=24)]
"""Points."""
Amount = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=100)]
"""Per cent."""
