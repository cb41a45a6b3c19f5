"""Search for the least value and the zero of a function of one number."""

from __future__ import annotations

import math
from collections.abc import Callable

_GOLD = 0.5 * (3.0 - math.sqrt(5.0))
"""Share of the bracket at which the golden section tries [-]."""


def golden(function: Callable[[float], float], low: float, high: float, steps: int) -> tuple[float, float]:
    """Return where a function of one valley is least between two bounds, and its value there."""
    a, b = low, high
    c, d = a + _GOLD * (b - a), b - _GOLD * (b - a)
    fc, fd = function(c), function(d)
    for _ in range(steps):
        if fc < fd:
            b, d, fd = d, c, fc
            c = a + _GOLD * (b - a)
            fc = function(c)
        else:
            a, c, fc = c, d, fd
            d = b - _GOLD * (b - a)
            fd = function(d)
    return (c, fc) if fc < fd else (d, fd)


def illinois(
    function: Callable[[float], float], low: tuple[float, float], high: tuple[float, float], tolerance: float
) -> float:
    """Return where a function is zero within a tolerance, between two points (x, value) of opposite signs.

    False position, Illinois variant: Dowell, M. and Jarratt, P. (1971), A modified regula falsi method for computing
    the root of an equation, BIT 11. The function is called last where it is returned. After 60 steps the last try is.
    """
    (a, fa), (b, fb) = low, high
    for _ in range(60):
        x = (a * fb - b * fa) / (fb - fa)
        fx = function(x)
        if abs(fx) < tolerance:
            break
        if fx * fb < 0.0:
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = x, fx
    return x
