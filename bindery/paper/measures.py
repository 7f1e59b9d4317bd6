"""Inches, millimetres and points, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

Points: TypeAlias = Fraction
"""A length in PostScript points, 72 of which are an inch."""

POINTS_PER_INCH = 72
POINTS_PER_MILLIMETRE = Fraction(720, 254)


def inches(number: str | int | Fraction) -> Points:
    """So many inches, written as printers do: `inches("0.125")`; ValueError for no number."""
    return Fraction(number) * POINTS_PER_INCH


def millimetres(number: str | int | Fraction) -> Points:
    """So many millimetres, such as `millimetres("148.5")`; ValueError for no number."""
    return Fraction(number) * POINTS_PER_MILLIMETRE


def rounded(length: Fraction, step: Fraction) -> Fraction:
    """The multiple of a step that is nearest, the greater of two that are equally near."""
    return (length / step + Fraction(1, 2)).__floor__() * step


def decimal(number: Fraction, places: int) -> str:
    """A number with at most so many decimal places, without zeros at its end."""
    units = rounded(number * 10**places, Fraction(1)).__floor__()
    whole, part = divmod(abs(units), 10**places)
    text = f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".") if places else str(whole)
    return f"-{text}" if units < 0 else text


def in_inches(length: Points) -> str:
    """A length for people who think in inches: 0.6756 in."""
    return f"{decimal(length / POINTS_PER_INCH, 4)} in"


def in_millimetres(length: Points) -> str:
    """A length for everybody else: 17.16 mm."""
    return f"{decimal(length / POINTS_PER_MILLIMETRE, 2)} mm"


def said(length: Points) -> str:
    """A length for all people: 0.6756 in (17.16 mm)."""
    return f"{in_inches(length)} ({in_millimetres(length)})"
