"""What a flight was: samples, events and the numbers that people ask for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.earth import WGS84, Earth, ecef_from_eci, geodetic_from_ecef, velocity_ecef_from_eci
from detente.flight.search import illinois

Array = NDArray[np.float64]

CLOUD_BREAK = 7_000.0
"""Altitude at which a plume is taken to rise above cloud [m]."""
EDGE = 100_000.0
"""Altitude of the re-entry interface [m]."""
_CLOSE = 1e-7
"""How close an event is located [m], [m/s]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on the way.

    Parameters
    ----------
    name : str
        "launch", "cloud-break", "burnout-1" …, "cut-off", "100-km-up", "apogee", "100-km-down", "impact".
    time : float
        After launch [s].
    latitude, longitude, altitude : float
        Geodetic [rad], [rad], [m].
    speed : float
        Relative to the rotating Earth [m/s].
    """

    name: str
    time: float
    latitude: float
    longitude: float
    altitude: float
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trajectory:
    """One flight from launch to impact.

    Parameters
    ----------
    missile, launch, aim : str
        Names.
    shape : str
        What was asked for, in words.
    time : array, shape (n,)
        Of the samples, after launch [s], rising; at most 1 s apart in powered and 10 s in free flight.
    position_ecef, velocity_ecef : array, shape (n, 3)
        Earth-fixed position [m], and velocity relative to the rotating Earth [m/s].
    latitude, longitude, altitude : array, shape (n,)
        Geodetic [rad], [rad], [m].
    events : tuple of Event
        In order of time.
    burnout_time : float
        End of powered flight (cut-off) [s].
    burnout_speed, burnout_speed_inertial : float
        Speed then, relative to the rotating Earth, and inertial [m/s].
    burnout_angle : float
        Flight-path angle then, of the relative velocity above the horizontal [rad].
    burnout_altitude : float
        Altitude then [m].
    apogee_altitude : float
        Greatest height above the ellipsoid [m].
    reentry_altitude : float
        Interface that the next two refer to [m]: 100 km, or half the apogee where that is lower.
    reentry_speed, reentry_angle : float
        On the way down through the interface: relative speed [m/s], angle below the horizontal [rad].
    impact_speed : float
        Relative [m/s].
    flight_time : float
        Launch to impact [s].
    ground_range : float
        Geodesic from launch to impact [m].
    azimuth : float
        Initial azimuth of that geodesic [rad].
    """

    missile: str
    launch: str
    aim: str
    shape: str
    time: Array
    position_ecef: Array
    velocity_ecef: Array
    latitude: Array
    longitude: Array
    altitude: Array
    events: tuple[Event, ...]
    burnout_time: float
    burnout_speed: float
    burnout_speed_inertial: float
    burnout_angle: float
    burnout_altitude: float
    apogee_altitude: float
    reentry_altitude: float
    reentry_speed: float
    reentry_angle: float
    impact_speed: float
    flight_time: float
    ground_range: float
    azimuth: float

    def at(self, time: ArrayLike) -> tuple[Array, Array]:
        """Return Earth-fixed position [m] and relative velocity [m/s], shape ``(..., 3)``, at times after launch [s].

        Cubic Hermite between the samples, within a few centimetres of the integrated path.

        Raises
        ------
        ValueError
            A time before launch or after impact.
        """
        return hermite(self.time, self.position_ecef, self.velocity_ecef, time)

    def event(self, name: str) -> Event:
        """Return the event of that name.

        Raises
        ------
        KeyError
            It did not happen, such as "100-km-up" on a flight that stays below.
        """
        for event in self.events:
            if event.name == name:
                return event
        raise KeyError(f"no event '{name}' on this flight; there are: {', '.join(e.name for e in self.events)}")


def hermite(nodes: Array, position: Array, velocity: Array, time: ArrayLike) -> tuple[Array, Array]:
    """Return position and velocity, shape ``(..., 3)``, of the piecewise cubic through samples at times `nodes`.

    Raises
    ------
    ValueError
        A time outside the samples, or one that is no number.
    """
    t = np.asarray(time, float)
    if not bool(np.all((t >= nodes[0] - 1e-6) & (t <= nodes[-1] + 1e-6))):
        raise ValueError(f"time is outside the flight; allowed: {nodes[0]:g} to {nodes[-1]:.3f} s after launch")
    i = np.clip(np.searchsorted(nodes, t, side="right") - 1, 0, len(nodes) - 2)
    step = (nodes[i + 1] - nodes[i])[..., None]
    u = (t - nodes[i])[..., None] / step
    rise, a, b = position[i + 1] - position[i], step * velocity[i], step * velocity[i + 1]
    c2, c3 = 3.0 * rise - 2.0 * a - b, a + b - 2.0 * rise
    return position[i] + u * (a + u * (c2 + u * c3)), (a + u * (2.0 * c2 + 3.0 * u * c3)) / step


def earth_fixed(samples: Array, earth: Earth = WGS84) -> tuple[Array, Array, Array]:
    """Return time, Earth-fixed position and relative velocity of rows (time, inertial position, inertial velocity)."""
    angle = earth.rotation_rate * samples[:, 0]
    position = ecef_from_eci(samples[:, 1:4], angle)
    velocity = velocity_ecef_from_eci(samples[:, 1:4], samples[:, 4:7], angle, earth)
    return samples[:, 0].copy(), position, velocity


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Samples of a flight with what finding events on them needs."""

    time: Array
    position: Array
    velocity: Array
    latitude: Array
    longitude: Array
    altitude: Array
    earth: Earth

    def event(self, name: str, time: float) -> Event:
        """Return the event of a name at a time [s]."""
        position, velocity = hermite(self.time, self.position, self.velocity, time)
        lat, lon, alt = geodetic_from_ecef(position, self.earth)
        return Event(
            name=name,
            time=float(time),
            latitude=float(lat),
            longitude=float(lon),
            altitude=float(alt),
            speed=float(np.linalg.norm(velocity)),
        )

    def crossing(self, altitude: float, upward: bool) -> float | None:
        """Return the first time of rising or the last of falling through an altitude [m], or None."""
        above = self.altitude > altitude
        changes = np.flatnonzero((~above[:-1] & above[1:]) if upward else (above[:-1] & ~above[1:]))
        if len(changes) == 0:
            return None
        i = int(changes[0] if upward else changes[-1])
        return self._zero(lambda t: self.height(t) - altitude, i)

    def top(self) -> float:
        """Return the time [s] of the greatest altitude."""
        i = int(np.argmax(self.altitude))
        if i in (0, len(self.time) - 1):
            return float(self.time[i])
        return self._zero(self._climb, i if self._climb(float(self.time[i])) > 0.0 else i - 1)

    def _zero(self, function: Callable[[float], float], i: int) -> float:
        """Return the time [s] at which a function of it is zero, between sample `i` and the next."""
        low, high = ((float(t), function(float(t))) for t in self.time[i : i + 2])
        return low[0] if low[1] == 0.0 else illinois(function, low, high, _CLOSE)

    def _climb(self, time: float) -> float:
        """Return the rate at which the altitude grows [m/s] at a time [s]."""
        position, velocity = hermite(self.time, self.position, self.velocity, time)
        lat, lon, _ = geodetic_from_ecef(position, self.earth)
        return float(_normal(float(lat), float(lon)) @ velocity)

    def height(self, time: float) -> float:
        """Return the altitude [m] at a time [s]."""
        position, _ = hermite(self.time, self.position, self.velocity, time)
        return float(geodetic_from_ecef(position, self.earth)[2])

    def state(self, time: float) -> tuple[float, float, float, float]:
        """Return altitude [m], relative speed [m/s], its angle above the horizontal [rad], and inertial speed [m/s]."""
        position, velocity = hermite(self.time, self.position, self.velocity, time)
        lat, lon, alt = geodetic_from_ecef(position, self.earth)
        up = _normal(float(lat), float(lon))
        speed = float(np.linalg.norm(velocity))
        spin = np.array([0.0, 0.0, self.earth.rotation_rate])
        inertial = float(np.linalg.norm(velocity + np.cross(spin, position)))
        return float(alt), speed, math.asin(float(up @ velocity) / speed), inertial


def path_of(samples: Array, earth: Earth = WGS84) -> Path:
    """Return the path of rows (time, inertial position, inertial velocity), shape (n, 7)."""
    time, position, velocity = earth_fixed(samples, earth)
    return Path(time, position, velocity, *geodetic_from_ecef(position, earth), earth)


def _normal(latitude: float, longitude: float) -> Array:
    """Return the unit vector away from the ellipsoid, Earth-fixed, at a place [rad]."""
    level = math.cos(latitude)
    return np.array([level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude)])
