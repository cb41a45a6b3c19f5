"""Gravity, air and drag of `physics` without a branch or an exponential, as vector instructions need them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.flight.dop853 import Six, inlined

Array = NDArray[np.float64]
# gravitational parameter [m³/s²], equatorial radius [m], flattening, J2, rotation rate [rad/s], J3 and J4 of the Earth
Nature = tuple[float, float, float, float, float, float, float]


def cells(air: Array) -> Array:
    """Return density as cubics, four coefficients a cell, from an air table.

    Equal to the table to 1e-6 below 86 km and 5e-4 above.

    Returns
    -------
    cells : array, shape (4 * 1338,)
        880 cells of 100 m from -2 km, 457 of 2 km from 86 km, and an empty one above 1,000 km: coefficients of
        ρ = c₀ + c₁ s + c₂ s² + c₃ s³ [kg/m³], 0 <= s < 1 in the cell.
    """
    out = []
    for part in (air[:881], air[881:]):
        value = np.exp(part[:, 0])
        slope = value * part[:, 1]
        rise, a, b = np.diff(value), slope[:-1], slope[1:]
        out.append(np.stack([value[:-1], a, 3.0 * rise - 2.0 * a - b, a + b - 2.0 * rise], axis=1))
    return np.ascontiguousarray(np.concatenate([*out, np.zeros((1, 4))])).ravel()


@inlined
def density(table: Array, h: float) -> float:
    """Return the density [kg/m³] at an altitude [m] from `cells`; below -2 km that of -2 km, above 1,000 km none."""
    high = h >= 86_000.0
    t = (h - 86_000.0) * 0.0005 if high else (h + 2_000.0) * 0.01
    t = min(max(t, 0.0), 457.0 if high else 879.999999)
    i = np.int32(t)
    s = t - i
    c = np.uint32(4) * np.uint32(i + (np.int32(880) if high else np.int32(0)))
    one = np.uint32(1)
    c1 = c + one
    c2 = c1 + one
    c3 = c2 + one
    found: float = table[c] + s * (table[c1] + s * (table[c2] + s * table[c3]))
    return found


@inlined
def field(x: float, y: float, z: float, nature: Nature) -> tuple[float, float, float, float]:
    """Return gravity to J4 [m/s²] and the altitude above the ellipsoid [m] with one root and one division.

    Gravity is that of `physics.gravity`. The altitude is within 0.02 m below 100 km and 0.3 m below 1,000 km: with the
    radial height d = r - ρ(θ), ρ = a (1 + e'² sin²θ)^-1/2 as a series to e'⁸, and the nearest point of the ellipse to
    second order in its slope, h = d (1 - 2 f² sin²θ cos²θ).
    """
    mu, radius, flattening, j2, _, j3, j4 = nature
    r2 = x * x + y * y + z * z
    inverse = 1.0 / r2
    r = math.sqrt(r2)
    s = z * z * inverse
    k = 1.5 * j2 * radius * radius * inverse
    g = -mu * inverse * inverse * r
    side = g * (1.0 - k * (5.0 * s - 1.0))
    ratio = radius * inverse * r
    cube, sine = ratio * ratio * ratio, z * inverse * r
    third, fourth = j3 * cube, j4 * cube * ratio
    d4 = sine * (17.5 * s - 7.5)
    along = -g * (third * d4 + fourth * (1.875 + s * (39.375 * s - 26.25)))
    pole = g * r * (third * (7.5 * s - 1.5) + fourth * d4)
    side += along
    q = (1.0 / ((1.0 - flattening) * (1.0 - flattening)) - 1.0) * s
    surface = radius * (1.0 + q * (-0.5 + q * (0.375 + q * (-0.3125 + q * 0.2734375))))
    h = (r - surface) * (1.0 - 2.0 * flattening * flattening * s * (1.0 - s))
    return side * x, side * y, (g * (1.0 - k * (5.0 * s - 3.0)) + along) * z + pole, h


@inlined
def rate(_: float, y: Six, inverse_beta: float, nature: Nature, table: Array) -> Six:
    """Return the time derivative of a state: gravity, and drag in co-rotating air."""
    gx, gy, gz, h = field(y[0], y[1], y[2], nature)
    u, v, w = y[3] + nature[4] * y[1], y[4] - nature[4] * y[0], y[5]
    q = -0.5 * density(table, h) * inverse_beta * math.sqrt(u * u + v * v + w * w)
    return y[3], y[4], y[5], gx + q * u, gy + q * v, gz + q * w
