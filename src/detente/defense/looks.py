"""When an arc that one site sees can be met, once or several times in turn with a look between: numbers only.

Samples are rows of time, altitude, ground range, slant range and speed along an arc, first rising, then falling;
between them all are linear. The margin is the time by which readiness could be later: its sign tells whether an aim is
met.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

DOWN, UP = 41, 17
"""Points of the falling and the rising part of an arc, inside the altitudes of intercept, at which it may be met."""
FAR = -1e6
"""Margin of an aim that cannot be attacked or met at all [s]."""
SCALE = 1.0e3
"""Speed that turns a margin in length into one in time [m/s]: only its sign matters."""
BRAKE = 10.0
"""Acceleration that turns a margin in speed into one in time [m/s^2]: only its sign matters."""


@njit(cache=True)
def looked_up(table: Array, x: float, y: float) -> float:
    """Return a table's value between its nodes, linear in both directions; nodes at its edge serve beyond it."""
    i = min(max(int(x), 0), table.shape[0] - 2)
    j = min(max(int(y), 0), table.shape[1] - 2)
    u, v = min(max(x - i, 0.0), 1.0), min(max(y - j, 0.0), 1.0)
    low = table[i, j] * (1.0 - u) + table[i + 1, j] * u
    high = table[i, j + 1] * (1.0 - u) + table[i + 1, j + 1] * u
    value: float = low * (1.0 - v) + high * v
    return value


@njit(cache=True)
def mixed(samples: Array, i: int, j: int, share: float) -> tuple[float, float, float, float, float]:
    """Return what lies between two samples: the first where share is 0, the second where it is 1."""
    a, b = 1.0 - share, share
    return (
        a * samples[i, 0] + b * samples[j, 0],
        a * samples[i, 1] + b * samples[j, 1],
        a * samples[i, 2] + b * samples[j, 2],
        a * samples[i, 3] + b * samples[j, 3],
        a * samples[i, 4] + b * samples[j, 4],
    )


@njit(cache=True)
def once(samples: Array, table: Array, draw: Array, ready: float, burnout: float) -> float:
    """Return by how much [s] the best intercept of an arc is possible; see `arcs.margins` for `draw`.

    A sample above the highest intercept is moved down to it where the next lower one is inside.
    """
    best = FAR
    for i in range(samples.shape[0]):
        j = min(i + 1, samples.shape[0] - 1) if i >= UP else max(i - 1, 0)
        share = 0.0
        if samples[i, 1] > draw[2]:
            if samples[j, 1] >= draw[2]:
                continue
            share = (samples[i, 1] - draw[2]) / (samples[i, 1] - samples[j, 1])
        time, height, ground, slant, speed = mixed(samples, i, j, share)
        near = min((draw[3] - slant) / SCALE, (draw[10] - speed) / BRAKE)
        if time < burnout or near <= best:
            continue
        out = looked_up(table, ground / draw[6], (height - draw[1]) / draw[7])
        best = max(best, min(near, time - ready - out))
    return best


@njit(cache=True)
def _kept(a: float, b: float, low: float, high: float) -> tuple[float, float]:
    """Return the part of a span from low to high where what runs from a at 0 to b at 1 is not negative."""
    if a < 0.0 and b < 0.0:
        return 1.0, 0.0
    if a < 0.0:
        return max(low, a / (a - b)), high
    if b < 0.0:
        return low, min(high, a / (a - b))
    return low, high


@njit(cache=True)
def _open(samples: Array, k: int, draw: Array, burnout: float, limit: float) -> tuple[float, float]:
    """Return the part of the way from sample k to the next where an intercept is allowed before a time limit."""
    low, high = 0.0, 1.0
    if samples[k, 1] < 0.0 or samples[k + 1, 1] < 0.0:
        return 1.0, 0.0
    low, high = _kept(draw[2] - samples[k, 1], draw[2] - samples[k + 1, 1], low, high)
    low, high = _kept(draw[3] - samples[k, 3], draw[3] - samples[k + 1, 3], low, high)
    low, high = _kept(draw[10] - samples[k, 4], draw[10] - samples[k + 1, 4], low, high)
    low, high = _kept(samples[k, 0] - burnout, samples[k + 1, 0] - burnout, low, high)
    low, high = _kept(limit - samples[k, 0], limit - samples[k + 1, 0], low, high)
    return low, high


@njit(cache=True)
def _latest(samples: Array, table: Array, draw: Array, burnout: float, limit: float) -> tuple[float, float]:
    """Return the latest launch that leads to an intercept before a time limit, and the earliest intercept [s]."""
    best, first = FAR, math.inf
    for k in range(samples.shape[0] - 1):
        if k == UP - 1:
            continue
        low, high = _open(samples, k, draw, burnout, limit)
        if low > high:
            continue
        for end in range(2):
            time, height, ground, _, _ = mixed(samples, k, k + 1, high if end else low)
            out = looked_up(table, ground / draw[6], (height - draw[1]) / draw[7])
            best = max(best, time - out)
            if out < -FAR / 10.0:
                first = min(first, time)
    return best, first


@njit(cache=True)
def in_turn(samples: Array, table: Array, draw: Array, ready: float, burnout: float) -> float:
    """Return by how much [s] as many intercepts in turn as `draw` asks for are possible; see `arcs.margins`.

    From the last shot back: each must meet the target so early that its result is known, and the crew has reacted, by
    the latest launch of the next. That latest launch is best for all before it, so no choice is lost.
    """
    best: float = once(samples, table, draw, ready, burnout)
    if draw[12] < 1.5 or best == FAR:
        return best
    launch, first = _latest(samples, table, draw, burnout, 1e9)
    for _ in range(int(draw[12]) - 1):
        limit = launch - draw[13]
        best = min(best, limit - first)
        launch, _ = _latest(samples, table, draw, burnout, limit)
        best = min(best, launch - ready)
        if launch <= FAR:
            break
    return best if best > FAR else FAR
