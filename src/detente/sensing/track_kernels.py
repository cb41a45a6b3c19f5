"""Small errors of a falling body carried along its path, as numbers: gravity with its gradient, and the transition.

Axes turn with the Earth, so that radars and ground stand still and the equations do not depend on the time. The state
`y` is position [m] and velocity relative to the Earth [m/s]. `nature` : (4,) gravitational parameter [m³/s²],
equatorial radius [m], second zonal harmonic [-], rotation rate [rad/s].
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.flight.physics import ellipsoid
from detente.sensing.kernels import Array

jit = njit(cache=True, error_model="numpy")

LONGEST = 10.0
"""Longest step [s]: over an intercontinental flight the path is then right within a decimeter."""


@jit
def pull(y: Array, nature: Array, out: Array, gradient: Array) -> None:
    """Write the acceleration [m/s²] in turning axes, and its derivatives by the position [1/s²].

    Parameters
    ----------
    y : array, shape (6,)
        State.
    nature : array, shape (4,)
        See the module.
    out : array, shape (3,)
        Replaced: gravity to J2, with the Coriolis and centrifugal accelerations.
    gradient : array, shape (3, 3)
        Replaced: derivatives of gravity and of the centrifugal acceleration.

    References
    ----------
    Vallado, D. (2013), Fundamentals of Astrodynamics and Applications, 4th ed., section 8.7 (J2); the gradient is its
    derivative. Battin, R. (1999), An Introduction to the Mathematics and Methods of Astrodynamics, section 9.7.
    """
    mu, radius, spin = nature[0], nature[1], nature[3]
    x, z = y, y[2]
    r2 = x[0] * x[0] + x[1] * x[1] + z * z
    g = -mu / (r2 * math.sqrt(r2))
    k = 1.5 * nature[2] * radius * radius / r2
    w = 5.0 * z * z / r2
    for i in range(3):
        polar = 1.0 if i == 2 else 0.0
        factor = g * (1.0 - k * (w - 1.0 - 2.0 * polar))
        out[i] = factor * x[i]
        for j in range(3):
            axis = 1.0 if j == 2 else 0.0
            slope = -3.0 * x[j] / r2 * factor
            slope += g * (2.0 * k * x[j] / r2 * (w - 1.0 - 2.0 * polar))
            slope -= g * k * (10.0 * z * axis / r2 - 2.0 * w * x[j] / r2)
            gradient[i, j] = slope * x[i] + (factor if i == j else 0.0)
    for i in range(2):
        out[i] += spin * spin * x[i] + (2.0 * spin * y[4] if i == 0 else -2.0 * spin * y[3])
        gradient[i, i] += spin * spin


@jit
def rate(s: Array, nature: Array, gradient: Array, out: Array) -> None:
    """Write the time derivative of a state (first column) and of the transition matrix (the other six)."""
    pull(s[:, 0], nature, out[3:, 0], gradient)
    spin = nature[3]
    for i in range(3):
        out[i, 0] = s[3 + i, 0]
    for j in range(1, 7):
        for i in range(3):
            out[i, j] = s[3 + i, j]
            out[3 + i, j] = gradient[i, 0] * s[0, j] + gradient[i, 1] * s[1, j] + gradient[i, 2] * s[2, j]
        out[3, j] += 2.0 * spin * s[4, j]
        out[4, j] -= 2.0 * spin * s[3, j]


@jit
def step(s: Array, dt: float, nature: Array, work: Array, gradient: Array) -> None:
    """Take one classical fourth-order Runge-Kutta step of `dt` [s] in place; `work` : (5, 6, 7) scratch."""
    rate(s, nature, gradient, work[0])
    for n in range(1, 4):
        part = dt if n == 3 else 0.5 * dt
        for i in range(6):
            for j in range(7):
                work[4, i, j] = s[i, j] + part * work[n - 1, i, j]
        rate(work[4], nature, gradient, work[n])
    for i in range(6):
        for j in range(7):
            s[i, j] += dt / 6.0 * (work[0, i, j] + 2.0 * (work[1, i, j] + work[2, i, j]) + work[3, i, j])


@jit
def carry(start: Array, first: float, marks: Array, nature: Array) -> Array:
    """Return state and transition matrix of a falling body at some times.

    Parameters
    ----------
    start : array, shape (6,)
        State at the time `first`.
    first : float
        [s].
    marks : array, shape (n,)
        Times [s], rising, none before `first`.
    nature : array, shape (4,)
        See the module.

    Returns
    -------
    array, shape (n, 6, 7)
        State in the first column; in the others its derivatives by the state at `first`.
    """
    s, work, gradient = np.zeros((6, 7)), np.empty((5, 6, 7)), np.empty((3, 3))
    out = np.empty((marks.size, 6, 7))
    s[:, 0] = start
    for i in range(6):
        s[i, 1 + i] = 1.0
    t = first
    for n in range(marks.size):
        count = math.ceil((marks[n] - t) / LONGEST)
        for _ in range(count):
            step(s, (marks[n] - t) / count, nature, work, gradient)
        t = marks[n]
        out[n] = s
    return out


@jit
def hop(y: Array, dt: float, nature: Array, k: Array, gradient: Array) -> None:
    """Take the step of `step` for a state alone; `k` : (5, 6) scratch."""
    for m in range(4):
        part = 0.0 if m == 0 else (dt if m == 3 else 0.5 * dt)
        for i in range(6):
            k[4, i] = y[i] + (part * k[m - 1, i] if m > 0 else 0.0)
        k[m, :3] = k[4, 3:]
        pull(k[4], nature, k[m, 3:], gradient)
    for i in range(6):
        y[i] += dt / 6.0 * (k[0, i] + 2.0 * (k[1, i] + k[2, i]) + k[3, i])


@jit
def coast(start: Array, first: float, marks: Array, nature: Array) -> Array:
    """Return the states of a falling body at some rising times, shape (n, 6): `carry` without the matrix."""
    y, gradient, k = start.copy(), np.empty((3, 3)), np.empty((5, 6))
    out = np.empty((marks.size, 6))
    t = first
    for n in range(marks.size):
        count = math.ceil(abs(marks[n] - t) / LONGEST)
        for _ in range(count):
            hop(y, (marks[n] - t) / count, nature, k, gradient)
        t = marks[n]
        out[n] = y
    return out


@jit
def ground(start: Array, first: float, nature: Array, flattening: float) -> tuple[float, Array]:
    """Return when a falling body comes down to the ellipsoid, and its state there; infinity if not within six hours.

    Newton's method on the last step, to a centimeter of height.
    """
    y, gradient, k = start.copy(), np.empty((3, 3)), np.empty((5, 6))
    t = first
    while t < first + 21_600.0:
        hop(y, LONGEST, nature, k, gradient)
        t += LONGEST
        h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], nature[1], flattening)
        climb = nx * y[3] + ny * y[4] + nz * y[5]
        if h < 0.0 and climb < 0.0:
            for _ in range(6):
                dt = -h / climb
                hop(y, dt, nature, k, gradient)
                t += dt
                h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], nature[1], flattening)
                climb = nx * y[3] + ny * y[4] + nz * y[5]
                if abs(h) < 0.01:
                    break
            return t, y
    return math.inf, y


@jit
def absorb(rows: Array, counts: NDArray[np.int64], bias: Array) -> Array:
    """Return square roots of the information that looks have given by some times, biases eliminated.

    Rows are turned one by one into a triangle by Givens rotations, biases in the first columns, so that what stands
    below them speaks of the other parameters alone; no information matrix is formed, and no digits are lost.

    Parameters
    ----------
    rows : array, shape (n, 3, m)
        For each look and measured quantity its derivatives by m parameters, over its standard deviation; in front
        of them, columns for three biases with the inverse of that deviation in one of them: m counts those too.
    counts : array of int, shape (times,)
        Looks used by each time, rising.
    bias : array, shape (3,)
        Standard deviations of the biases; 0 where there is none.

    Returns
    -------
    array, shape (times, m - 3, m - 3)
        Upper triangles R with RᵀR the information.

    References
    ----------
    Bierman, G. J. (1977), Factorization Methods for Discrete Sequential Estimation, chapter 4 (recalled).
    """
    m = rows.shape[2]
    root, row = np.zeros((m, m)), np.empty(m)
    out = np.zeros((counts.size, m - 3, m - 3))
    for i in range(3):
        root[i, i] = 1.0 / bias[i] if bias[i] > 0.0 else 1.0
    used = 0
    for n in range(counts.size):
        while used < counts[n]:
            for axis in range(3):
                row[:] = rows[used, axis]
                if bias[axis] <= 0.0:
                    row[axis] = 0.0
                rotate(root, row)
            used += 1
        out[n] = root[3:, 3:]
    return out


@jit
def rotate(root: Array, row: Array) -> None:
    """Bring a row into an upper triangle in place, the row is spent: one Givens rotation for each column."""
    for i in range(row.size):
        if row[i] == 0.0:
            continue
        size = math.hypot(root[i, i], row[i])
        c, s = root[i, i] / size, row[i] / size
        for j in range(i, row.size):
            above, below = root[i, j], row[j]
            root[i, j] = c * above + s * below
            row[j] = c * below - s * above
