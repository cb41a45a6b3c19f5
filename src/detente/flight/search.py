"""Search for the least value and the zero of a function of one number."""

from __future__ import annotations

import math
from collections.abc import Callable

_GOLD = 0.5 * (3.0 - math.sqrt(5.0))
"""Share of the bracket at which the golden section tries [-]."""
_MOST = 40

Point = tuple[float, float]


def golden(function: Callable[[float], float], low: float, high: float, steps: int) -> Point:
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


def valley(
    function: Callable[[float], float],
    guess: float,
    stride: float,
    bounds: tuple[float, float],
    width: float,
    wall: float = math.inf,
) -> Point:
    """Return where a function of one valley is least, and its value there.

    From the guess it goes downhill, in strides that grow, until the valley lies between three points; then to the
    bottom of the parabola through them, or by golden section where that is of no use, until the step is below `width`.

    Parameters
    ----------
    function : callable
        Of one number.
    guess, stride : float
        Where to start, and the first stride.
    bounds : (float, float)
        Beyond which it does not go.
    width : float
        How close to the bottom the answer is.
    wall : float
        Value at which the function jumps up: a parabola through points on both sides of it is of no use.

    References
    ----------
    Brent, R. P. (1973), Algorithms for Minimization without Derivatives, chapter 5.
    """
    low, best, high = _between(function, guess, stride, bounds)
    step = high[0] - low[0]
    for _ in range(_MOST):
        if max(best[0] - low[0], high[0] - best[0]) < width:
            break
        smooth = (max(low[1], high[1]) < wall) == (best[1] < wall)
        before, step = step, _bottom(low, best, high) - best[0]
        if smooth and abs(step) < 0.3 * width:
            break
        if not (smooth and low[0] < best[0] + step < high[0] and abs(step) < 0.5 * abs(before)):
            wider = high[0] if high[0] - best[0] > best[0] - low[0] else low[0]
            step = _GOLD * (wider - best[0])
        x = best[0] + step
        low, best, high = _narrowed((low, best, high), (x, function(x)))
    return best


def _between(
    function: Callable[[float], float], guess: float, stride: float, bounds: tuple[float, float]
) -> tuple[Point, Point, Point]:
    """Return three points, the middle one the least; the outer one is the bound where the valley reaches it."""
    least, most = bounds

    def at(x: float) -> Point:
        inside = max(least, min(most, x))
        return inside, function(inside)

    here = at(guess)
    there = at(here[0] + stride if here[0] + stride <= most else here[0] - stride)
    behind, best = (there, here) if here[1] <= there[1] else (here, there)
    way = best[0] - behind[0]
    while True:
        ahead = at(best[0] + way)
        if ahead[1] >= best[1] or ahead[0] == best[0]:
            break
        behind, best, way = best, ahead, 1.6 * way
    return (behind, best, ahead) if behind[0] < ahead[0] else (ahead, best, behind)


def _bottom(low: Point, best: Point, high: Point) -> float:
    """Return where the parabola through three points is least; no number where it is not."""
    a, b = best[0] - low[0], best[0] - high[0]
    fa, fb = best[1] - low[1], best[1] - high[1]
    below = a * fb - b * fa
    return best[0] - 0.5 * (a * a * fb - b * b * fa) / below if below != 0.0 else math.nan


def _narrowed(three: tuple[Point, Point, Point], new: Point) -> tuple[Point, Point, Point]:
    """Return the three of four points that the valley lies between."""
    low, best, high = three
    if new[1] <= best[1]:
        return (best, new, high) if new[0] > best[0] else (low, new, best)
    return (low, best, new) if new[0] > best[0] else (new, best, high)


def illinois(function: Callable[[float], float], low: Point, high: Point, tolerance: float) -> float:
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
