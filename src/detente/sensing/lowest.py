"""How low a radar sees: the least altitude over a point at which a target stands in its beam."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import east_north_up, ecef_from_geodetic
from detente.sensing.kernels import Array, dot, in_sector, refraction
from detente.sensing.radar import reach_for

if TYPE_CHECKING:
    from detente.catalog.records import Face, Radar


def lowest_altitude(radar: Radar, area: float, latitude: Array, longitude: Array) -> Array:
    """Return the least altitude at which a radar sees a target straight above each of some points.

    Along the vertical of a point the target rises in the beam and moves away, so that the least altitude is where it
    meets the lower edge of the beam, if it is within reach there. That is a quadratic equation on the ellipsoid, solved
    in closed form; the rule is that of `detente.sensing.radar.visible`.

    Parameters
    ----------
    radar : Radar
        Site, faces and reach.
    area : float
        Radar cross section of the target in the radar's band [m²].
    latitude, longitude : array
        Geodetic, of the points [rad].

    Returns
    -------
    array
        Altitude [m], at least 0; infinite where the radar sees the target at no altitude.
    """
    site = ecef_from_geodetic(radar.latitude.value, radar.longitude.value, radar.altitude.value)
    axes = east_north_up(radar.latitude.value, radar.longitude.value)
    local = (ecef_from_geodetic(latitude, longitude) - site) @ axes.T
    rise = east_north_up(latitude, longitude)[..., 2, :] @ axes.T
    reach = float(reach_for(radar, area))
    lowest: Array = np.full(local.shape[:-1], math.inf)
    for face in radar.faces:
        lowest = np.minimum(lowest, _over_edge(face, local, rise, reach))
    return lowest


def _over_edge(face: Face, local: Array, rise: Array, reach: float) -> Array:
    """Return the least altitudes [m] for one face, from points and their verticals in axes east, north and up."""
    sine = math.sin(unbent(max(face.elevation_min.value, 0.0)))
    height = _crossing(local, rise, sine)
    target = local + np.where(np.isfinite(height), height, 0.0)[..., None] * rise
    azimuth = np.arctan2(target[..., 0], target[..., 1])
    distance = np.sqrt(dot(target, target))
    seen = in_sector(azimuth, face.azimuth_min.value, face.azimuth_max.value) & (distance <= reach)
    found: Array = np.where(seen, height, math.inf)
    return found


def _crossing(local: Array, rise: Array, sine: float) -> Array:
    """Return the heights at which lines from points along their verticals rise through an elevation, or infinity.

    With the point v and the vertical u in the radar's axes, third component up: (v₃ + h u₃)² = s² |v + h u|², of whose
    two roots one belongs to the elevation and the other to its opposite.
    """
    a = rise[..., 2] ** 2 - sine**2
    b = local[..., 2] * rise[..., 2] - sine**2 * dot(local, rise)
    c = local[..., 2] ** 2 - sine**2 * dot(local, local)
    root = np.sqrt(np.maximum(b * b - a * c, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        roots = np.stack([(-b - root) / a, (-b + root) / a])
    gap = np.abs(local[..., 2] + roots * rise[..., 2] - sine * _length(local, roots, rise))
    height = np.where(gap[0] <= gap[1], roots[0], roots[1])
    below = local[..., 2] < sine * np.sqrt(dot(local, local))
    rises = rise[..., 2] > sine
    found: Array = np.where(below, np.where(rises & np.isfinite(height), np.maximum(height, 0.0), math.inf), 0.0)
    return found


def _length(local: Array, height: Array, rise: Array) -> Array:
    target = local + height[..., None] * rise
    length: Array = np.sqrt(dot(target, target))
    return length


def unbent(beam: float) -> float:
    """Return the geometric elevation [rad] of a target that appears at the elevation of a beam.

    Examples
    --------
    >>> round(math.degrees(unbent(math.radians(3.0))), 2)
    2.71
    """
    low, high = beam - math.radians(2.0), beam
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if middle + float(refraction(np.asarray(middle))) < beam else (low, middle)
    return high
