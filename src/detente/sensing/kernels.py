"""What a radar or an infrared satellite sees, as numbers: angles, ranges, backgrounds, runs of looks."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

UNSEEN = 2.0
"""A sine that nothing has: as a lower limit it shuts a line of sight out, as an upper limit it is none."""
_TURN = 2.0 * math.pi


def refraction(elevation: Array) -> Array:
    """Return how much higher a target above the atmosphere appears to a radar at sea level than it stands.

    The 4/3-Earth rule holds inside the lower troposphere only; over thousands of kilometers it would bend a ray all
    the way. This is the total bending of a ray that leaves the atmosphere: 0.58° at the horizon, 0.27° at 3°.

    Parameters
    ----------
    elevation : array
        Geometric elevation [rad]; below -1° and above 10° the value at that limit is used.

    Returns
    -------
    array
        Bending [rad], positive.

    References
    ----------
    ITU-R P.834-9 (2017), section 4: elevation angle in free space, station at sea level.
    """
    degrees = np.clip(np.degrees(elevation), -1.0, 10.0)
    bending: Array = np.radians(1.0 / (1.728 + 0.5411 * degrees + 0.03723 * degrees**2))
    return bending


def scaled_reach(reach: float, cross_section: Array, reference: float) -> Array:
    """Return the range at which a target gives the echo that the reference target gives at `reach`.

    Parameters
    ----------
    reach : float
        Range [m] at which the reference target is detected.
    cross_section, reference : array, float
        Radar cross section of the target and of the reference target [m²].

    References
    ----------
    Skolnik, M. (2008), Radar Handbook, 3rd ed., section 1.2: range grows with the fourth root of the cross section.
    """
    scaled: Array = reach * np.sqrt(np.sqrt(np.asarray(cross_section, float) / reference))
    return scaled


def width(azimuth_min: float, azimuth_max: float) -> float:
    """Return the angle [rad] swept clockwise from one azimuth to another; a sector may wrap through north.

    Examples
    --------
    >>> round(math.degrees(width(math.radians(347), math.radians(227))))
    240
    >>> round(math.degrees(width(0.0, 2 * math.pi)))
    360
    """
    swept = azimuth_max - azimuth_min
    return swept if 0.0 < swept <= _TURN else swept % _TURN


def in_sector(azimuth: Array, azimuth_min: float, azimuth_max: float) -> Flags:
    """Return which azimuths [rad] lie clockwise between two limits [rad], limits included."""
    inside: Flags = (np.asarray(azimuth, float) - azimuth_min) % _TURN <= width(azimuth_min, azimuth_max)
    return inside


def dot(first: Array, second: Array) -> Array:
    """Return the scalar products of vectors along the last axis."""
    product: Array = np.einsum("...i,...i->...", first, second)
    return product


def up(position_ecef: Array, squared_ratio: float) -> Array:
    """Return unit vectors that point up at positions near the ellipsoid.

    The normal of the ellipsoid through each position that is similar to the Earth's; at 400 km altitude it is within
    0.02° of the geodetic vertical.

    Parameters
    ----------
    position_ecef : array, shape (..., 3)
        Earth-fixed positions [m].
    squared_ratio : float
        Square of equatorial over polar radius.
    """
    normal = position_ecef * np.array([1.0, 1.0, squared_ratio])
    unit: Array = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return unit


def sines_down(altitude: Array, minimum_elevation: float, cloud_top: float) -> tuple[Array, Array]:
    """Return between which sines of elevation a satellite sees a plume against the Earth.

    Above the clouds, and not too near the limb. Where nothing is seen the lower limit is `UNSEEN`.

    Parameters
    ----------
    altitude : array
        Altitude of the plume [m].
    minimum_elevation : float
        Lowest elevation of the satellite over the plume's horizontal at which the sensor works [rad].
    cloud_top : float
        Altitude [m] below which clouds hide the plume.

    Returns
    -------
    low, high : array
        Limits of the sine of that elevation.
    """
    low = np.where(altitude >= cloud_top, math.sin(minimum_elevation), UNSEEN)
    return low, np.full_like(low, UNSEEN)


def sines_grazing(radius: Array, altitude: Array, grazing_angle: float, cloud_top: float) -> tuple[Array, Array]:
    """Return between which sines of elevation a satellite sees a plume against space, past the limb of the Earth.

    The line of sight, prolonged beyond the plume or met before it, comes closest to the Earth at the distance
    r cos(elevation) from its center. That point must be above the clouds, and the line must leave the plume's
    horizontal by no more than the grazing angle.

    Parameters
    ----------
    radius, altitude : array
        Distance of the plume from the center of the Earth [m] and its altitude [m].
    grazing_angle : float
        Largest angle between line of sight and horizontal [rad].
    cloud_top : float
        Altitude [m] below which clouds, lit by the Sun, spoil the background.

    Returns
    -------
    low, high : array
        Limits of the sine of the satellite's elevation over the plume's horizontal; `UNSEEN` where nothing is seen.
    """
    least_cosine = np.clip(1.0 - (altitude - cloud_top) / radius, 0.0, 1.0)
    most = np.minimum(math.sin(min(grazing_angle, math.pi / 2.0)), np.sqrt(1.0 - least_cosine**2))
    return np.where(altitude >= cloud_top, -most, UNSEEN), most


@register_jitable
def between(along: Array, length: Array, low: Array, high: Array) -> Flags:
    """Return which lines stand between two sines of elevation.

    Serves arrays, and one line at a time inside compiled loops, so that there is one rule.

    Parameters
    ----------
    along, length : array
        Part of a line of sight along the plume's vertical, and its length [m].
    low, high : array
        Limits of the sine, from `sines_down` or `sines_grazing`.
    """
    return (along >= low * length) & (along <= high * length)


@register_jitable
def in_cone(along: Array, length: Array, cosine: float) -> Flags:
    """Return which lines from a satellite lie within a cone.

    Parameters
    ----------
    along, length : array
        Part of a line along the axis of the cone, and its length [m].
    cosine : float
        Of half the angle of the cone.
    """
    return along >= cosine * length


def confirmed(seen: Flags, looks: int) -> NDArray[np.int64]:
    """Return the index of the look that completes the first run of consecutive looks that saw, or -1.

    Parameters
    ----------
    seen : array of bool, shape (..., n)
        What each look saw, in order.
    looks : int
        Length of the run, at least 1.

    Examples
    --------
    >>> confirmed(np.array([[False, True, True, True], [True, False, True, False]]), 2).tolist()
    [2, -1]
    """
    count = seen.shape[-1]
    if count < looks:
        return np.full(seen.shape[:-1], -1, np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(seen, looks, axis=-1).all(axis=-1)
    index: NDArray[np.int64] = np.where(windows.any(axis=-1), windows.argmax(axis=-1) + looks - 1, -1)
    return index


def runs(seen: Flags) -> list[tuple[int, int]]:
    """Return first and last index of each run of consecutive looks that saw.

    Examples
    --------
    >>> runs(np.array([True, True, False, True]))
    [(0, 1), (3, 3)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], seen, [False])).astype(np.int8)))
    return [(int(first), int(past) - 1) for first, past in zip(edges[::2], edges[1::2], strict=True)]
