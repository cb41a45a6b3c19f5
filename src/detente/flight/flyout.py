"""How soon an interceptor can be somewhere: a boost of even acceleration, then a free fall, over a sphere at rest.

A class of interceptor is known by two numbers, burnout speed and burn time. It accelerates evenly and straight from the
launcher until burnout, in whatever direction it is sent, and falls freely from there. Left out: drag, the bend of the
path while it burns (the published burnout speed has those losses in it), divert of the kill vehicle, cut-off before
burnout, turning of the Earth, and the pitch-over from a vertical launch, which costs a few seconds. Use it for classes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MU = 3.986004418e14
"""Gravitational parameter of the Earth [m³/s²] (WGS84)."""
RADIUS = 6_371_000.0
"""Radius of the sphere [m]."""


@njit(cache=True)
def lambert_time(r1: float, r2: float, chord: float, speed: float, high: bool) -> float:
    """Return the time of free fall [s] between two points less than half a turn apart, by the speed at the first.

    Lambert's theorem: the time depends on the sum of the radii, the chord [m] and the semi-major axis only (Battin,
    R. H. (1999), An Introduction to the Mathematics and Methods of Astrodynamics, ch. 6 and 7). The low path is
    the quicker of two; infinite where the speed does not suffice.
    """
    half = 0.5 * (r1 + r2 + chord)
    rest = half - chord
    inverse = 2.0 / r1 - speed * speed / MU
    if abs(inverse) * half < 1e-6:
        return math.inf if high else math.sqrt(2.0 / MU) / 3.0 * (half**1.5 - rest**1.5)
    if inverse < 0.0:
        if high:
            return math.inf
        a = 2.0 * math.asinh(math.sqrt(-0.5 * half * inverse))
        b = 2.0 * math.asinh(math.sqrt(-0.5 * rest * inverse))
        return math.sqrt(-1.0 / (MU * inverse**3)) * (math.sinh(a) - a - math.sinh(b) + b)
    if half * inverse > 2.0:
        return math.inf
    a = 2.0 * math.asin(math.sqrt(0.5 * half * inverse))
    b = 2.0 * math.asin(math.sqrt(0.5 * rest * inverse))
    if high:
        a = 2.0 * math.pi - a
    return math.sqrt(1.0 / (MU * inverse**3)) * (a - math.sin(a) - b + math.sin(b))


@njit(cache=True)
def start_angle(r1: float, r2: float, angle: float, speed: float, high: bool) -> float:
    """Return the flight-path angle [rad] that leads from r1 to r2 [m] over a central angle [rad], or NaN.

    The hit equation r1/r2 = (1 - cos φ)/(λ cos²γ) + cos(φ + γ)/cos γ, λ = v² r1/μ (Wheelon, A. D. (1959), Free flight
    of a ballistic missile, ARS Journal 29(12)), is a quadratic in tan γ.
    """
    turn = abs(angle)
    q = (1.0 - math.cos(turn)) * MU / (speed * speed * r1)
    rest = q + math.cos(turn) - r1 / r2
    inner = math.sin(turn) ** 2 - 4.0 * q * rest
    if inner < 0.0:
        return math.nan
    root = math.sin(turn) + math.sqrt(inner)
    gamma = math.atan2(root, 2.0 * q) if high else math.atan2(2.0 * rest, root)
    return math.pi - gamma if angle < 0.0 else gamma


@njit(cache=True)
def _after_boost(
    elevation: float, boost: float, theta: float, r2: float, speed: float, high: bool
) -> tuple[float, float]:
    """Return how much steeper [rad] than it flew the burn had to be to hit, and the time of free fall [s]."""
    x, y = boost * math.cos(elevation), RADIUS + boost * math.sin(elevation)
    r1 = math.hypot(x, y)
    passed = math.atan2(x, y)
    gamma = start_angle(r1, r2, theta - passed, speed, high)
    chord = math.hypot(r2 * math.sin(theta) - x, r2 * math.cos(theta) - y)
    return gamma - passed - elevation, lambert_time(r1, r2, chord, speed, high)


@njit(cache=True)
def _path(theta: float, r2: float, speed: float, burn_time: float, high: bool) -> float:
    """Return the time from launch to a point [s] on the low or the high path, or infinity."""
    boost = 0.5 * speed * burn_time
    sight = math.atan2(r2 * math.cos(theta) - RADIUS, r2 * math.sin(theta))
    old, e = sight, 0.5 * (sight + 0.5 * math.pi) if high else sight
    f_old = 0.0
    for i in range(20):
        f, fall = _after_boost(e, boost, theta, r2, speed, high)
        if math.isnan(f):
            return math.inf
        if abs(f) < 1e-8:
            return burn_time + fall if e > -1e-9 else math.inf
        move = f if i == 0 or f == f_old else -f * (e - old) / (f - f_old)
        old, f_old = e, f
        e += max(-0.4, min(0.4, move))
    return math.inf


@njit(cache=True)
def flyout_time(ground_range: float, altitude: float, burnout_speed: float, burn_time: float) -> float:
    """Return the least time [s] from launch in which an interceptor can be at a point, or infinity.

    Parameters
    ----------
    ground_range : float
        Over the surface from the launcher to below the point [m], 0 and more.
    altitude : float
        Of the point [m], above 0.
    burnout_speed : float
        [m/s], above 0.
    burn_time : float
        [s], 0 and more.
    """
    theta, r2 = ground_range / RADIUS, RADIUS + altitude
    x, y = r2 * math.sin(theta), r2 * math.cos(theta) - RADIUS
    distance = math.hypot(x, y)
    if distance <= 0.5 * burnout_speed * burn_time:
        return math.sqrt(2.0 * distance * burn_time / burnout_speed) if y >= 0.0 else math.inf
    if theta >= math.pi:
        return math.inf
    time: float = _path(theta, r2, burnout_speed, burn_time, False)
    if time == math.inf:
        time = _path(theta, r2, burnout_speed, burn_time, True)
    return time


@njit(cache=True)
def flyout_times(ground_range: Array, altitude: Array, burnout_speed: float, burn_time: float) -> Array:
    """Return `flyout_time` for each point of two arrays of one shape (n,)."""
    times = np.empty(ground_range.shape[0])
    for i in range(ground_range.shape[0]):
        times[i] = flyout_time(ground_range[i], altitude[i], burnout_speed, burn_time)
    return times


@njit(cache=True)
def flyout_reach(altitude: float, burnout_speed: float, burn_time: float, available: float) -> float:
    """Return the greatest ground range [m] at an altitude [m] that is reached in the time available [s].

    Within 10 m; -1 where even the point above the launcher is too far. `math.inf` sets no limit of time.
    """
    overhead = flyout_time(0.0, altitude, burnout_speed, burn_time)
    if not overhead <= available or overhead == math.inf:
        return -1.0
    low, high = 0.0, math.pi * RADIUS
    while high - low > 10.0:
        middle = 0.5 * (low + high)
        time = flyout_time(middle, altitude, burnout_speed, burn_time)
        if time <= available and time < math.inf:
            low = middle
        else:
            high = middle
    return low
