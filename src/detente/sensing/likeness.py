"""What one radar sees of a flight from moment to moment, and when the path tells what it cannot be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, east_north_up, ecef_from_geodetic, geodesic, look_angles

if TYPE_CHECKING:
    from detente.catalog.records import Radar
    from detente.flight.trajectory import Trajectory
    from detente.sensing.kernels import Array
    from detente.sensing.track import TrackAccuracy

CONFIDENCE = 0.99
"""Probability with which a place is excluded before it is called so; ours."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """A flight as one radar sees it.

    Parameters
    ----------
    radar : str
        Name.
    time : array, shape (n,)
        [s after launch], rising.
    azimuth, elevation : array, shape (n,)
        Without refraction [rad].
    distance, range_rate : array, shape (n,)
        Slant range [m] and its rate, positive away from the radar [m/s].
    altitude, speed, climb : array, shape (n,)
        Height [m], speed relative to the Earth [m/s] and its angle above the horizontal [rad].
    """

    radar: str
    time: Array
    azimuth: Array
    elevation: Array
    distance: Array
    range_rate: Array
    altitude: Array
    speed: Array
    climb: Array


def history(radar: Radar, flight: Trajectory, time: Array) -> History:
    """Return what a radar sees of a flight at some times, whether or not its faces look there.

    Parameters
    ----------
    radar : Radar
        Its site.
    flight : Trajectory
        The flight.
    time : array, shape (n,)
        Within the flight [s after launch]; see `passes` of a `RadarSighting` for when it is in view.
    """
    place, velocity = flight.at(time)
    site = (radar.latitude.value, radar.longitude.value, radar.altitude.value)
    azimuth, elevation, distance = look_angles(*site, place)
    line = (place - ecef_from_geodetic(*site)) / distance[:, None]
    latitude, longitude, altitude = (
        np.interp(time, flight.time, each) for each in (flight.latitude, flight.longitude, flight.altitude)
    )
    up = np.stack([east_north_up(*each)[2] for each in zip(latitude, longitude, strict=True)])
    speed = np.linalg.norm(velocity, axis=-1)
    rising = np.einsum("ij,ij->i", velocity, up) / np.maximum(speed, 1e-9)
    return History(
        radar=radar.name,
        time=time,
        azimuth=azimuth,
        elevation=elevation,
        distance=distance,
        range_rate=np.einsum("ij,ij->i", velocity, line),
        altitude=altitude,
        speed=speed,
        climb=np.arcsin(np.clip(rising, -1.0, 1.0)),
    )


def sigmas(flight: Trajectory, track: TrackAccuracy, point: tuple[float, float]) -> Array:
    """Return how many standard deviations of the predicted impact a place lies from it, at the times of the track.

    Mahalanobis distance in the plane that touches the Earth at the impact, at the geodesic distance and azimuth.

    Parameters
    ----------
    flight : Trajectory
        The flight; its impact is where the prediction is centered.
    track : TrackAccuracy
        How well the impact is known.
    point : (float, float)
        Latitude and longitude of the place [rad].

    References
    ----------
    Mahalanobis (1936), On the generalised distance in statistics.
    """
    distance, azimuth = geodesic(float(flight.latitude[-1]), float(flight.longitude[-1]), *point, WGS84)
    off = float(distance) * np.array([math.sin(azimuth), math.cos(azimuth)])
    squared: Array = np.einsum("i,nij,j->n", off, np.linalg.inv(track.impact_covariance), off)
    return np.sqrt(squared)


def excluded(
    flight: Trajectory,
    track: TrackAccuracy,
    points: Sequence[tuple[float, float]],
    *,
    thrust_until: float = 0.0,
    confidence: float = CONFIDENCE,
) -> float:
    """Return from when on the predicted impact excludes all of some places [s after launch], or infinity.

    A place is excluded where it lies outside the ellipse that holds the impact with the given probability.

    Parameters
    ----------
    flight, track : Trajectory, TrackAccuracy
        As in `sigmas`.
    points : sequence of (float, float)
        Latitude and longitude [rad]. They stand for themselves: a coast stands for the land behind it only where the
        impact lies at sea.
    thrust_until : float
        When the missile that is feared would have burnt out [s after launch]: until then another stage may turn any
        path, and no prediction excludes anything.
    confidence : float
        0 to 1, exclusive.
    """
    if not points:
        raise ValueError("no places to exclude: give at least one point")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence is {confidence:g}; allowed: between 0 and 1")
    limit = math.sqrt(-2.0 * math.log(1.0 - confidence))
    nearest = np.min([sigmas(flight, track, point) for point in points], axis=0)
    out = (nearest > limit) & (track.time >= thrust_until)
    kept = np.flatnonzero(~out)
    first = 0 if kept.size == 0 else int(kept[-1]) + 1
    return float(track.time[first]) if first < out.size else math.inf
