"""Air and drag as few polynomials, so that one look-up serves a whole step instead of each stage of it.

A step that ends where a polynomial ends never meets a bend of the tables inside, and needs no table while it is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.flight import tables

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

UNIT = 1e-5
"""Altitude enters the polynomials times this [1/m]."""
POWER = 8
"""The polynomial of density gives its eighth root, which is nearly straight where density falls by scale heights."""
DENSITY, SOUND, PRESSURE, DRAG = 6, 5, 3, 5
"""Coefficients of the polynomials of density, of 1/speed of sound, of pressure over density, of drag."""
AIR_ROW, DRAG_ROW = 1 + DENSITY + SOUND + PRESSURE, 1 + DRAG

_BENDS = (11_000.0, 20_100.0, 32_200.0, 47_400.0, 51_500.0, 71_900.0, 86_000.0)
"""Where layers of the standard atmosphere meet, at nodes of the table [m]."""
_NEAR_BEND = 210.0
"""How far the table rounds a bend [m]; polynomials leave that out."""
_LOW, _HIGH, _DRAG = 1e-6, 5e-3, 1e-4
"""Greatest error: of density below and above 86 km, relative, and of the drag coefficient [-]."""
_PARTS = 8


class Curves(NamedTuple):
    """Polynomials of an air table and of a drag table.

    `air` has rows: the altitude where it ends [m], coefficients of the eighth root of density [kg/m³], of 1/speed of
    sound [s/m], of pressure over density [m²/s²], in altitude times `UNIT`. `drag` has rows: the Mach number where it
    ends, coefficients of the drag coefficient. The last rows never end.
    """

    air: Array
    drag: Array


def curves(air: Array, drag: Array) -> Curves:
    """Return the polynomials of an air table and a drag table as `tables` makes them."""
    return _curves(air.tobytes(), drag.tobytes())


@lru_cache(maxsize=32)
def _curves(air: bytes, drag: bytes) -> Curves:
    return Curves(_air(np.frombuffer(air).reshape(-1, 6)), _drag(np.frombuffer(drag).reshape(-1, 2)))


def _cubic(table: Array, column: int, cell: Whole, part: Array) -> Array:
    """Return the values of a column of a table of values and slopes, at parts of cells."""
    value, slope = table[:, column], table[:, column + 1]
    rise, a, b = value[cell + 1] - value[cell], slope[cell], slope[cell + 1]
    return np.asarray(value[cell] + part * (a + part * (3.0 * rise - 2.0 * a - b + part * (a + b - 2.0 * rise))))


def _fit(x: Array, y: Array, count: int) -> Array:
    """Return the polynomial of `count` coefficients with the least relative squares."""
    middle, half = 0.5 * (x[0] + x[-1]), 0.5 * (x[-1] - x[0])
    powers = np.vander((x - middle) / half, count, increasing=True)
    found = np.linalg.lstsq(powers / y[:, None], np.ones(len(y)), rcond=None)[0]
    shift = np.polynomial.Polynomial(found, domain=[x[0], x[-1]], window=[-1.0, 1.0])
    coefficients = shift.convert(domain=[-1.0, 1.0], window=[-1.0, 1.0]).coef
    return np.concatenate([coefficients, np.zeros(count - len(coefficients))])


def _value(coefficients: Array, x: Array) -> Array:
    return np.asarray(np.polynomial.polynomial.polyval(x, coefficients))


def _split(first: int, last: int, fit: Callable[[int, int], Array | None]) -> list[tuple[int, Array | None]]:
    """Return where pieces of the cells `first` to `last` end and their rows, each piece as long as `fit` finds one.

    `fit` gives None where a piece is too long; of a single cell it always gives a row.
    """
    pieces = []
    while first < last:
        end, row = last, fit(first, last)
        if row is None:
            end, row = first + 1, fit(first, first + 1)
            beyond = last
            while beyond - end > 1:
                middle = (end + beyond) // 2
                found = fit(first, middle)
                if found is None:
                    beyond = middle
                else:
                    end, row = middle, found
        pieces.append((end, row))
        first = end
    return pieces


def _points(first: int, last: int) -> tuple[Whole, Array]:
    """Return cells and parts of them, `_PARTS` points in each of the cells `first` to `last`."""
    return np.repeat(np.arange(first, last), _PARTS), np.tile((np.arange(_PARTS) + 0.5) / _PARTS, last - first)


def _drag(table: Array) -> Array:
    """Return the rows of a drag table; beyond its end the last value holds."""

    def fit(first: int, last: int) -> Array | None:
        cell, part = _points(first, last)
        x, y = tables.MACH_STEP * (cell + part), _cubic(table, 0, cell, part)
        found = _fit(x, y, DRAG)
        close = float(np.abs((_value(found, x) - y) * np.minimum(x**4, 1.0)).max()) < _DRAG
        return np.concatenate([[tables.MACH_STEP * last], found]) if close or last == first + 1 else None

    pieces = _split(0, len(table) - 1, fit)
    final = np.concatenate([[1e9, table[-1, 0]], np.zeros(DRAG - 1)])
    return np.ascontiguousarray([*(row for _, row in pieces), final])


def _air(table: Array) -> Array:
    """Return the rows of an air table: pieces end at the bends of the standard atmosphere and where they must."""
    low = round((tables.JOINT - tables.LOWEST) / tables.LOWER_STEP)
    nodes = np.concatenate(
        [
            np.arange(tables.LOWEST, tables.JOINT + 1, tables.LOWER_STEP),
            np.arange(tables.JOINT, tables.HIGHEST + 1, tables.UPPER_STEP),
        ]
    )

    def fit(first: int, last: int) -> Array | None:
        cell, part = _points(first, last)
        x = nodes[cell] + part * (nodes[cell + 1] - nodes[cell])
        away = np.min(np.abs(x[:, None] - np.array(_BENDS)), axis=1) > _NEAR_BEND
        away = away if away.sum() > 2 * DENSITY else np.full(len(x), True)
        x, cell, part = UNIT * x[away], cell[away], part[away]
        rho, p = (np.exp(_cubic(table, column, cell, part)) for column in (0, 2))
        root, sound = rho ** (1.0 / POWER), _cubic(table, 4, cell, part)
        found = _fit(x, root, DENSITY)
        gap = np.abs((_value(found, x) / root) ** POWER - 1.0).max()
        if gap > (_LOW if first < low else _HIGH) and last > first + 1:
            return None
        others = _fit(x, 1.0 / sound, SOUND), _fit(x, np.maximum(p / rho, 1e-9), PRESSURE)
        return np.concatenate([[nodes[last]], found, *others])

    edges = [0, *(int(np.searchsorted(nodes, bend)) for bend in _BENDS)]
    pieces = [piece for start, end in pairwise(edges) for piece in _split(start, end, fit)]
    # both grids hold the node at 86 km: cells of the upper one count from there
    pieces += _split(low + 1, len(nodes) - 1, fit)
    above = np.array(pieces[-1][1])
    above[0], above[1 : 1 + DENSITY] = 1e12, 0.0
    return np.ascontiguousarray([*(row for _, row in pieces), above])
