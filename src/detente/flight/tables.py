"""Air and drag as arrays that the kernels read: uniform grids of values and slopes, so that every curve is C1."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOWEST, JOINT, HIGHEST = -2_000.0, 86_000.0, 1_000_000.0
"""Ends of the two altitude grids of an air table [m]; the kernels know them too."""
LOWER_STEP, UPPER_STEP = 100.0, 2_000.0
MACH_STEP, MACH_MAX = 0.025, 6.0

# U.S. Standard Atmosphere 1976, tables 2 and 4, eqs. 18, 23, 33, 42 and 50
_GAS, _MOLAR, _G0, _RADIUS, _GAMMA = 8314.32, 28.9644, 9.80665, 6_356_766.0, 1.4
_BASE = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3])
_LAPSE = np.array([-6.5e-3, 0.0, 1e-3, 2.8e-3, 0.0, -2.8e-3, -2e-3])


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file of this package, without its comment lines."""
    text = (files("detente.flight") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _lower(altitude: Array) -> tuple[Array, Array]:
    """Return molecular-scale temperature [K] and pressure [Pa] from -5 to 86 km of geometric altitude [m]."""
    height = _RADIUS * altitude / (_RADIUS + altitude)
    temperature, pressure = 288.15, 101_325.0
    found_t, found_p = np.empty_like(height), np.empty_like(height)
    for index, (base, lapse) in enumerate(zip(_BASE, _LAPSE, strict=True)):
        top = _BASE[index + 1] if index + 1 < len(_BASE) else np.inf
        inside = (height >= base if index else np.full(height.shape, True)) & (height <= top)
        warm = temperature + lapse * (height[inside] - base)
        found_t[inside], found_p[inside] = warm, pressure * _fall(temperature, lapse, height[inside] - base)
        if np.isfinite(top):
            pressure *= float(_fall(temperature, lapse, np.array(top - base)))
            temperature += lapse * (top - base)
    return found_t, found_p


def _fall(temperature: float, lapse: float, rise: Array) -> Array:
    """Return the pressure ratio over a rise [m] in a layer: eqs. 33a and 33b."""
    scale = _G0 * _MOLAR / _GAS
    if lapse == 0.0:
        return np.asarray(np.exp(-scale * rise / temperature))
    return np.asarray((temperature / (temperature + lapse * rise)) ** (scale / lapse))


def _slopes(x: Array, y: Array) -> Array:
    """Return the slopes at the nodes of the parabola through each three neighbors (exact for a parabola)."""
    return np.asarray(np.gradient(y, x, edge_order=2))


def _hermite(x: Array, y: Array, slope: Array, at: Array) -> tuple[Array, Array]:
    """Return the value and the slope of the piecewise cubic with given nodes, values and slopes."""
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    step = x[i + 1] - x[i]
    t, rise = (at - x[i]) / step, y[i + 1] - y[i]
    a, b = step * slope[i], step * slope[i + 1]
    c2, c3 = 3.0 * rise - 2.0 * a - b, a + b - 2.0 * rise
    return y[i] + t * (a + t * (c2 + t * c3)), (a + t * (2.0 * c2 + 3.0 * t * c3)) / step


def _assemble(lower: list[Array], upper: list[Array]) -> Array:
    """Return the air table from curves on both grids, with one slope where they join."""
    z1, z2 = np.arange(LOWEST, JOINT + 1, LOWER_STEP), np.arange(JOINT, HIGHEST + 1, UPPER_STEP)
    z = np.concatenate([z1, z2[1:]])
    columns = []
    for low, high in zip(lower, upper, strict=True):
        slope = _slopes(z, np.concatenate([low, high[1:]]))
        first = np.stack([low, slope[: len(z1)] * LOWER_STEP], axis=1)
        second = np.stack([high, slope[len(z1) - 1 :] * UPPER_STEP], axis=1)
        columns.append(np.concatenate([first, second]))
    return np.ascontiguousarray(np.concatenate(columns, axis=1))


@cache
def us1976() -> Array:
    """Return the U.S. Standard Atmosphere 1976 as an air table.

    Below 86 km the formulas of the standard on a grid of 100 m (within 0.05 %, the rest is the rounding of the kinks
    where layers meet); above, its table to 1,000 km on a grid of 2 km. The speed of sound is held at its value of
    86 km above, where the standard does not define it.

    Returns
    -------
    table : array, shape (1339, 6)
        ln density, ln pressure and speed of sound, each followed by its slope times the step of the grid.

    References
    ----------
    U.S. Standard Atmosphere, 1976, NOAA/NASA/USAF, NASA-TM-X-74335.
    """
    z1, z2 = np.arange(LOWEST, JOINT + 1, LOWER_STEP), np.arange(JOINT, HIGHEST + 1, UPPER_STEP)
    temperature, pressure = _lower(z1)
    lower = [
        np.log(pressure * _MOLAR / (_GAS * temperature)),
        np.log(pressure),
        np.sqrt(_GAMMA * _GAS * temperature / _MOLAR),
    ]
    table = rows("us1976_upper.csv")
    nodes = np.array([float(row["altitude_km"]) * 1e3 for row in table])
    upper = []
    for name in ("density_kg_m3", "pressure_Pa"):
        values = np.log([float(row[name]) for row in table])
        upper.append(_hermite(nodes, values, _slopes(nodes, values), z2)[0])
    for index in (0, 1):
        upper[index][0] = lower[index][-1]
    return _assemble(lower, [*upper, np.full(len(z2), lower[2][-1])])


@cache
def exponential(density: float, scale_height: float) -> Array:
    """Return an air table of density ρ₀ exp(-h/H) with no pressure, for check cases that use it.

    Parameters
    ----------
    density : float
        Density at altitude 0 [kg/m³], > 0.
    scale_height : float
        H [m], > 0.
    """
    z1, z2 = np.arange(LOWEST, JOINT + 1, LOWER_STEP), np.arange(JOINT, HIGHEST + 1, UPPER_STEP)
    curves = [[np.log(density) - z / scale_height, np.full(len(z), -700.0), np.full(len(z), 340.0)] for z in (z1, z2)]
    return _assemble(curves[0], curves[1])


@cache
def drag(name: Literal["v2", "solid", "liquid"]) -> Array:
    """Return the drag coefficient of an ascending missile on a uniform grid of Mach numbers from 0 to 6.

    Returns
    -------
    table : array, shape (241, 2)
        Drag coefficient, and its slope times the step of the grid; the slope at Mach 6 is 0.

    References
    ----------
    The comment lines of ``data/drag.csv``. The nodes are joined by the monotone cubic of Fritsch, F. N. and Butland, J.
    (1984), A method for constructing local monotone piecewise cubic interpolants, SIAM J. Sci. Stat. Comput. 5(2).
    """
    table = [(float(row["mach"]), float(row["drag_coefficient"])) for row in rows("drag.csv") if row["table"] == name]
    if table[-1][0] < MACH_MAX:
        table.append((MACH_MAX, table[-1][1]))
    nodes, values = np.array(table).T
    chord, width = np.diff(values) / np.diff(nodes), np.diff(nodes)
    slope = np.zeros(len(nodes))
    for i in range(1, len(nodes) - 1):
        if chord[i - 1] * chord[i] > 0.0:
            share = (width[i - 1] + 2.0 * width[i]) / (3.0 * (width[i - 1] + width[i]))
            slope[i] = chord[i - 1] * chord[i] / (share * chord[i] + (1.0 - share) * chord[i - 1])
    grid = np.arange(0.0, MACH_MAX + MACH_STEP / 2, MACH_STEP)
    value, rate = _hermite(nodes, values, slope, grid)
    return np.ascontiguousarray(np.stack([value, rate * MACH_STEP], axis=1))
