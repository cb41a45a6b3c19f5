"""Where a field on a grid changes sign, as closed rings, and the area inside them on a sphere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Edge = tuple[int, int, int]

# For each set of corners above zero (bit 0 the cell's own corner, then counterclockwise), the edges that the ring
# enters and leaves by, what is above zero on its left. Edges: 0 low, 1 right, 2 high, 3 left.
_STEPS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 3),),
    2: ((1, 0),),
    3: ((1, 3),),
    4: ((2, 1),),
    6: ((2, 0),),
    7: ((2, 3),),
    8: ((3, 2),),
    9: ((0, 2),),
    11: ((1, 2),),
    12: ((3, 1),),
    13: ((0, 1),),
    14: ((3, 0),),
}
_SPLIT = {5: ((0, 3), (2, 1)), 10: ((1, 0), (3, 2))}
_JOINED = {5: ((0, 1), (2, 3)), 10: ((1, 2), (3, 0))}


def rings(x: Array, y: Array, field: Array) -> tuple[Array, ...]:
    """Return the closed rings around the parts of a grid where a field is above zero, by marching squares.

    Parameters
    ----------
    x, y : array, shape (nx,), (ny,)
        Coordinates of the grid, rising.
    field : array, shape (nx, ny)
        Finite values; crossings lie where it is zero between neighbors, linearly. What is above zero at the border
        is closed along it.

    Returns
    -------
    tuple of array, shape (n, 2)
        Points of each ring, the first repeated at the end; counterclockwise around what is above zero, clockwise
        around a hole in it.

    References
    ----------
    Lorensen, W. E. and Cline, H. E. (1987), Marching cubes, Computer Graphics 21(4), in two dimensions; a saddle is
    decided by the mean of its corners.

    Examples
    --------
    >>> at = np.linspace(-1.0, 1.0, 5)
    >>> len(rings(at, at, 0.5 - np.hypot(at[:, None], at[None, :])))
    1
    """
    step_x, step_y = x[1] - x[0], y[1] - y[0]
    wide = np.pad(field, 1, constant_values=-1e-9)
    xs = np.concatenate([[x[0] - 1e-6 * step_x], x, [x[-1] + 1e-6 * step_x]])
    ys = np.concatenate([[y[0] - 1e-6 * step_y], y, [y[-1] + 1e-6 * step_y]])
    above = (wide > 0.0).astype(int)
    kinds = above[:-1, :-1] + 2 * above[1:, :-1] + 4 * above[1:, 1:] + 8 * above[:-1, 1:]
    following: dict[Edge, Edge] = {}
    for i, j in np.argwhere((kinds > 0) & (kinds < 15)):
        for enter, leave in _steps(int(kinds[i, j]), wide[i : i + 2, j : j + 2]):
            following[_edge(int(i), int(j), enter)] = _edge(int(i), int(j), leave)
    found = []
    while following:
        edge, after = following.popitem()
        loop = [edge]
        while after != loop[0]:
            loop.append(after)
            after = following.pop(after)
        points = [_crossing(xs, ys, wide, one) for one in [*loop, loop[0]]]
        found.append(np.array(points))
    return tuple(sorted(found, key=len, reverse=True))


def _steps(kind: int, corners: Array) -> tuple[tuple[int, int], ...]:
    if kind in _SPLIT:
        return (_JOINED if corners.mean() > 0.0 else _SPLIT)[kind]
    return _STEPS[kind]


def _edge(i: int, j: int, side: int) -> Edge:
    """Return the name of a cell's edge: its lower node, and 0 along x or 1 along y."""
    return ((i, j, 0), (i + 1, j, 1), (i, j + 1, 0), (i, j, 1))[side]


def _crossing(xs: Array, ys: Array, field: Array, edge: Edge) -> tuple[float, float]:
    i, j, along_y = edge
    k, m = (i, j + 1) if along_y else (i + 1, j)
    share = field[i, j] / (field[i, j] - field[k, m])
    return float(xs[i] + share * (xs[k] - xs[i])), float(ys[j] + share * (ys[m] - ys[j]))


def area(ring: Array, radius: float) -> float:
    """Return the signed area [m²] that a ring encloses on a sphere, positive when counterclockwise.

    Parameters
    ----------
    ring : array, shape (n, 2)
        Closed, in the azimuthal equidistant projection: east and north of its center [m].
    radius : float
        Of the sphere [m].

    Notes
    -----
    By Green's theorem on the area element R^2 sin(c) dc dtheta, the integral of R^2 (1 - cos c) dtheta along the ring,
    with c the angle from the center; trapezoids between points.
    """
    c = np.hypot(ring[:, 0], ring[:, 1]) / radius
    theta = np.arctan2(ring[:, 1], ring[:, 0])
    turn = np.remainder(np.diff(theta) + math.pi, 2.0 * math.pi) - math.pi
    height = 1.0 - np.cos(c)
    return float(radius**2 * np.sum((height[1:] + height[:-1]) / 2.0 * turn))
