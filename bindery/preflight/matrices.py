"""The matrices by which a page's content is moved, turned and scaled (ISO 32000-1, 8.3)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from bindery.preflight.facts import Box

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f of ISO 32000-1, 8.3.3."""
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def matrix_of(operands: Iterable[Any]) -> Matrix:
    """Six numbers of a file as a matrix."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what the first does, then what the second does."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = second  # noqa: E741 - six letters in a row
    return (
        a * k + b * m,
        a * l + b * n,
        c * k + d * m,
        c * l + d * n,
        e * k + f * m + o,
        e * l + f * n + p,
    )


def box_of(points: list[tuple[float, float]], matrix: Matrix) -> Box:
    """The box around some points, after a matrix has moved them."""
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return (
        round(min(across), 3),
        round(min(up), 3),
        round(max(across), 3),
        round(max(up), 3),
    )


def scale_of(matrix: Matrix) -> float:
    """How many times as long things become, on average over all directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))
