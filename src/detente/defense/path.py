"""A flight as one site sees it, and the window in which it can be met there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.catalog.records import Place
from detente.defense.reach import Array
from detente.earth import WGS84, ecef_from_geodetic, geodetic_from_ecef, great_circle, look_angles

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory

STEP = 1.0
"""Time between the samples of a path [s]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A possible intercept.

    Parameters
    ----------
    time : float
        [s after the threat's launch].
    latitude, longitude, altitude : float
        Where [rad], [rad], [m].
    """

    time: float
    latitude: float
    longitude: float
    altitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Battle space in one state of knowledge.

    Parameters
    ----------
    share : float
        Probability of this state of knowledge, 0 to 1.
    mode : {"own", "shared"}
        Whose sensors count in it.
    track_time : float
        When a radar has a track to fire on [s after launch]; infinity where none gets one.
    ready_time : float
        When the first interceptor can be launched [s after launch]; infinity where none can.
    first, last : Meeting or None
        First and last possible intercept; None where there is none.
    rounds : int
        Shots that time allows one after the other, with a look between; 0 where there is no intercept.
    slowest : float
        Least speed of the target where it can be met [m/s]; infinity where there is no intercept.
    launching : float
        From the first to the last launch that leads to an intercept [s].
    """

    share: float
    mode: Literal["own", "shared"]
    track_time: float
    ready_time: float
    first: Meeting | None
    last: Meeting | None
    rounds: int
    slowest: float = math.inf
    launching: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """A flight sampled every second, as seen from a site.

    Parameters
    ----------
    time : array, shape (n,)
        [s after launch].
    latitude, longitude, altitude : array, shape (n,)
        Geodetic [rad], [rad], [m].
    speed : array, shape (n,)
        Relative to the turning Earth [m/s].
    ground_range, slant_range, elevation : array, shape (n,)
        From the site [m], [m], [rad]; zeros where there is no site.
    height : float
        Altitude of the site [m].
    """

    time: Array
    latitude: Array
    longitude: Array
    altitude: Array
    speed: Array
    ground_range: Array
    slant_range: Array
    elevation: Array
    height: float = 0.0

    def at(self, index: int) -> Meeting:
        """Return the place and time of a sample."""
        return Meeting(
            time=float(self.time[index]),
            latitude=float(self.latitude[index]),
            longitude=float(self.longitude[index]),
            altitude=float(self.altitude[index]),
        )


def path(flight: Trajectory, site: Place | None) -> Path:
    """Return a flight as seen from a site, every second to impact."""
    time = np.arange(0.0, flight.flight_time, STEP)
    position, velocity = flight.at(time)
    latitude, longitude, altitude = geodetic_from_ecef(position)
    ground = slant = elevation = np.zeros_like(time)
    height = 0.0
    if site is not None:
        lat, lon = site.latitude.value, site.longitude.value
        height = site.altitude.value if site.altitude else 0.0
        angle, _ = great_circle(lat, lon, latitude, longitude)
        ground = WGS84.mean_radius * angle
        slant = np.linalg.norm(position - ecef_from_geodetic(lat, lon, height), axis=-1)
        elevation = look_angles(lat, lon, height, position)[1]
    return Path(
        time=time,
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        speed=np.linalg.norm(velocity, axis=-1),
        ground_range=ground,
        slant_range=slant,
        elevation=elevation,
        height=height,
    )
