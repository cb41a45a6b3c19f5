"""Ways in which a missile can come to a place: drag-free arcs of least energy from every azimuth, all at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, Earth, destination, ecef_from_eci, ecef_from_geodetic, eci_from_ecef
from detente.problems import BadInputError, Problem
from detente.sensing.kernels import Array, dot

if TYPE_CHECKING:
    from detente.catalog.records import Place

SAMPLES = 400
LIMITS = (100e3, 18_000e3)
"""Ground ranges [m] for which the arcs hold: far enough to leave the air, and short of the antipode."""
_ITERATIONS = 40


def approaches(
    place: Place, azimuths: Array, ground_range: float, earth: Earth = WGS84, samples: int = SAMPLES
) -> tuple[Array, Array, Array, Array]:
    """Return the arcs of least energy that reach a place from launch points all around it.

    Ground to ground over the turning Earth, in an inverse-square field, without air or boost: the burning missile is
    taken to fly along the arc too.

    Parameters
    ----------
    place : Place
        Where they come down.
    azimuths : array, shape (n,)
        Of the launch points as seen from the place [rad].
    ground_range : float
        Distance of the launch points [m], within `LIMITS`.
    samples : int
        Points along each arc, evenly spread over the angle that it spans.

    Returns
    -------
    time : array, shape (n, samples)
        Seconds after launch.
    position_ecef : array, shape (n, samples, 3)
        Earth-fixed [m].
    latitude, longitude : array, shape (n,)
        Of the launch points [rad].

    Raises
    ------
    BadInputError
        A ground range outside the limits.

    References
    ----------
    Vallado, D. (2013), Fundamentals of Astrodynamics, 4th ed., section 7.6: the minimum-energy transfer of Lambert's
    problem and its time; section 2.3: the place on an ellipse by its anomaly. Bate, Mueller and White (1971), section
    6.3: the target travels with the Earth for the time of flight, which is found by iteration.
    """
    low, high = LIMITS
    if not low <= ground_range <= high:
        raise BadInputError(
            [
                Problem(
                    file="approach",
                    key="ground_range",
                    found=f"{ground_range / 1e3:g} km",
                    allowed=f"{low / 1e3:g} to {high / 1e3:g} km",
                    do="Give the distance from which the missile is launched.",
                )
            ]
        )
    latitude, longitude = destination(place.latitude.value, place.longitude.value, azimuths, ground_range, earth)
    start = ecef_from_geodetic(latitude, longitude, 0.0, earth)
    still = ecef_from_geodetic(place.latitude.value, place.longitude.value, 0.0, earth)
    end = _met(start, still, earth)
    time, position = _along(start, end, earth.mu, np.linspace(0.0, 1.0, samples))
    return time, ecef_from_eci(position, earth.rotation_rate * time), latitude, longitude


def _met(start: Array, still: Array, earth: Earth) -> Array:
    """Return where in inertial axes the place stands when a missile launched from each start arrives."""
    time = np.zeros(len(start))
    for _ in range(_ITERATIONS):
        end = eci_from_ecef(np.broadcast_to(still, start.shape), earth.rotation_rate * time)
        before, time = time, _least_energy_time(start, end, earth.mu)
        if float(np.abs(time - before).max()) < 1e-6:
            break
    return end


def _least_energy_time(start: Array, end: Array, mu: float) -> Array:
    """Return the time of flight [s] along the arcs of least energy between places less than half a turn apart."""
    chord = np.linalg.norm(end - start, axis=-1)
    s = 0.5 * (np.linalg.norm(start, axis=-1) + np.linalg.norm(end, axis=-1) + chord)
    beta = 2.0 * np.arcsin(np.sqrt((s - chord) / s))
    time: Array = np.sqrt(s**3 / (8.0 * mu)) * (math.pi - beta + np.sin(beta))
    return time


def _along(start: Array, end: Array, mu: float, part: Array) -> tuple[Array, Array]:
    """Return times [s] and inertial positions [m] at parts of the angle from start to end, on arcs of least energy."""
    near, far = np.linalg.norm(start, axis=-1), np.linalg.norm(end, axis=-1)
    chord = np.linalg.norm(end - start, axis=-1)
    cosine = dot(start, end) / (near * far)
    whole = np.arctan2(np.linalg.norm(np.cross(start, end), axis=-1) / (near * far), cosine)
    axis = 0.25 * (near + far + chord)
    p = near * far * (1.0 - cosine) / chord
    across = p / near - 1.0  # e cos of the true anomaly at the start
    along = (across * np.cos(whole) - (p / far - 1.0)) / np.sin(whole)  # e sin of it
    angle = whole[:, None] * part
    c, s = np.cos(angle), np.sin(angle)
    distance = p[:, None] / (1.0 + across[:, None] * c - along[:, None] * s)
    climb = np.sqrt(p[:, None] / axis[:, None]) * distance / p[:, None]
    sine, rest = climb * (across[:, None] * s + along[:, None] * c), 1.0 - distance / axis[:, None]
    eccentric = np.arctan2(sine, rest) % (2.0 * math.pi)
    mean = eccentric - sine
    time = (mean - mean[:, :1]) * np.sqrt(axis[:, None] ** 3 / mu)
    ahead = (end / far[:, None] - cosine[:, None] * start / near[:, None]) / np.sin(whole)[:, None]
    unit = c[..., None] * (start / near[:, None])[:, None, :] + s[..., None] * ahead[:, None, :]
    return time, distance[..., None] * unit
