"""Arcs of an ellipse around the Earth in closed form: from a state to the ground, and from place to place."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.earth import Earth, destination, ecef_from_geodetic, eci_from_ecef

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A free flight from a state to the surface of a sphere.

    Parameters
    ----------
    angle : float
        Central angle from the state to the impact [rad]; infinite where it never comes down.
    time : float
        Duration [s]; infinite where it never comes down.
    apogee : float
        Greatest distance from the center [m]; infinite on a way out.
    """

    angle: float
    time: float
    apogee: float


def _mean(anomaly: float, eccentricity: float) -> float:
    """Return the mean anomaly [rad] of a true anomaly from 0 to 2π: Kepler's equation."""
    e = eccentricity
    half = math.atan2(math.sqrt(1.0 - e) * math.sin(0.5 * anomaly), math.sqrt(1.0 + e) * math.cos(0.5 * anomaly))
    return 2.0 * half - e * math.sin(2.0 * half)


def fall(speed: float, angle: float, radius: float, surface: float, mu: float) -> Fall:
    """Return the free flight of a body to the surface of a sphere.

    Parameters
    ----------
    speed : float
        Inertial [m/s].
    angle : float
        Of the velocity above the local horizontal [rad].
    radius, surface : float
        Distance from the center at the start, and radius of the sphere [m].
    mu : float
        Gravitational parameter [m³/s²].

    References
    ----------
    Bate, R. R., Mueller, D. D. and White, J. E. (1971), Fundamentals of Astrodynamics, sections 1.7 and 6.2.
    """
    energy = 0.5 * speed * speed - mu / radius
    if energy >= 0.0:
        return Fall(angle=math.inf, time=math.inf, apogee=math.inf)
    axis = -0.5 * mu / energy
    momentum = radius * speed * math.cos(angle)
    p = momentum * momentum / mu
    e = math.sqrt(max(0.0, 1.0 - p / axis))
    if axis * (1.0 - e) >= surface or e < 1e-9:
        return Fall(angle=math.inf, time=math.inf, apogee=axis * (1.0 + e))
    angles, times = [], []
    for distance, descends in ((radius, angle < 0.0), (surface, True)):
        anomaly = math.acos(max(-1.0, min(1.0, (p / distance - 1.0) / e)))
        eccentric = math.acos(max(-1.0, min(1.0, (1.0 - distance / axis) / e)))
        if descends:
            anomaly, eccentric = 2.0 * math.pi - anomaly, 2.0 * math.pi - eccentric
        angles.append(anomaly)
        times.append((eccentric - e * math.sin(eccentric)) * math.sqrt(axis**3 / mu))
    return Fall(angle=angles[1] - angles[0], time=times[1] - times[0], apogee=axis * (1.0 + e))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A drag-free flight from one place on the ground to another through an apogee.

    Parameters
    ----------
    time : float
        From surface to surface [s].
    speed, angle : float
        Inertial speed at the start [m/s], and its angle above the horizontal [rad].
    launch_speed, launch_angle, launch_azimuth : float
        The same relative to the rotating Earth [m/s], [rad], and its azimuth [rad].
    inertial_range : float
        Central angle between start and impact in axes that do not turn [rad].
    interface_speed, interface_angle : float
        On the way down through an altitude that was asked for: speed relative to the rotating Earth [m/s], its angle
        below the horizontal [rad].
    """

    time: float
    speed: float
    angle: float
    launch_speed: float
    launch_angle: float
    launch_azimuth: float
    inertial_range: float
    interface_speed: float
    interface_angle: float


def _rising_part(near: float, far: float, whole: float, apogee: float) -> float:
    """Return the part [rad] of a central angle that lies before the apogee, from the three distances [m]."""

    def gap(part: float) -> float:
        e = (apogee - near) / (apogee - near * math.cos(part))
        return apogee * (1.0 - e) / (1.0 - e * math.cos(whole - part)) - far

    low, high = 1e-9 * whole, whole * (1.0 - 1e-9)
    if abs(near - far) < 1e-6 or gap(low) * gap(high) > 0.0:
        return 0.5 * whole
    rising = gap(high) > gap(low)
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if (gap(middle) > 0.0) == rising else (middle, high)
    return 0.5 * (low + high)


def _inertial_angle(start: Array, end: Array, still: Array) -> float:
    """Return the angle from start to end [rad], beyond π where the end was carried past the antipode."""
    across = np.cross(start, end)
    angle = math.atan2(float(np.linalg.norm(across)), float(start @ end))
    passed = float(np.cross(start, still) @ across) < 0.0 and float(start @ still) < 0.0
    return 2.0 * math.pi - angle if passed else angle


def arc(
    latitude: float, longitude: float, azimuth: float, ground_range: float, apogee: float, edge: float, earth: Earth
) -> Arc:
    """Return the drag-free arc over the turning Earth from a place to where a geodesic ends.

    Parameters
    ----------
    latitude, longitude : float
        Of the start, geodetic [rad].
    azimuth, ground_range : float
        Of the geodesic on the ground [rad], [m], above 0.
    apogee : float
        Greatest altitude [m], above 0.
    edge : float
        Altitude of the interface on the way down [m], below the apogee.
    earth : Earth
        Its field is taken as inverse-square, which shifts the time by less than 0.1 %.

    References
    ----------
    Bate, Mueller and White (1971), Fundamentals of Astrodynamics, sections 4.2 and 6.3: the impact point travels
    with the Earth for the time of flight, which is found by iteration.
    """
    start = ecef_from_geodetic(latitude, longitude, 0.0, earth)
    lat, lon = destination(latitude, longitude, azimuth, ground_range, earth)
    still = ecef_from_geodetic(lat, lon, 0.0, earth)
    near, far = float(np.linalg.norm(start)), float(np.linalg.norm(still))
    time, top = 0.0, apogee + 0.5 * (near + far)
    for _ in range(100):
        end = eci_from_ecef(still, earth.rotation_rate * time)
        whole = _inertial_angle(start, end, still)
        part = _rising_part(near, far, whole, top)
        e = (top - near) / (top - near * math.cos(part))
        axis = top / (1.0 + e)
        swept = _mean(math.pi + whole - part, e) - _mean(math.pi - part, e)
        before, time = time, swept * math.sqrt(axis**3 / earth.mu)
        top = apogee + _surface(start, end, whole, part, earth)
        if abs(time - before) < 1e-6:
            break
    p = axis * (1.0 - e * e)
    rise = math.sqrt(earth.mu / p) * e * math.sin(part)
    speed = math.sqrt(earth.mu * (2.0 / near - 1.0 / axis))
    falling = 2.0 * math.pi - math.acos(max(-1.0, min(1.0, (p / (edge + far) - 1.0) / e)))
    up, ahead = _ahead(start, end, whole)
    leaving = _relative(up, ahead, math.pi - part, (p, e), earth)
    c, s = math.cos(whole), math.sin(whole)
    coming = _relative(c * up + s * ahead, c * ahead - s * up, falling, (p, e), earth)
    return Arc(
        time=time,
        speed=speed,
        angle=math.asin(max(-1.0, min(1.0, rise / speed))),
        launch_speed=leaving[0],
        launch_angle=leaving[1],
        launch_azimuth=leaving[2],
        inertial_range=whole,
        interface_speed=coming[0],
        interface_angle=-coming[1],
    )


def _ahead(start: Array, end: Array, whole: float) -> tuple[Array, Array]:
    """Return unit vectors toward the start, and a quarter turn ahead of it on the way of a central angle to the end."""
    up = start / np.linalg.norm(start)
    across = end - (end @ up) * up
    return up, math.copysign(1.0, math.sin(whole)) * across / np.linalg.norm(across)


def _surface(start: Array, end: Array, whole: float, part: float, earth: Earth) -> float:
    """Return the distance of the ellipsoid from the center [m] after a part [rad] of the way from start to end."""
    up, ahead = _ahead(start, end, whole)
    z = math.cos(part) * up[2] + math.sin(part) * ahead[2]
    flat = (1.0 - earth.flattening) ** 2
    return float(earth.equatorial_radius / math.sqrt(1.0 - z * z + z * z / flat))


def _relative(
    up: Array, ahead: Array, anomaly: float, orbit: tuple[float, float], earth: Earth
) -> tuple[float, float, float]:
    """Return speed relative to the Earth [m/s], its angle above the horizontal and azimuth [rad] at a true anomaly."""
    p, e = orbit
    root = math.sqrt(earth.mu / p)
    climb, along = root * e * math.sin(anomaly), root * (1.0 + e * math.cos(anomaly))
    radius = p / (1.0 + e * math.cos(anomaly))
    velocity = climb * up + along * ahead - earth.rotation_rate * radius * np.array([-up[1], up[0], 0.0])
    speed = float(np.linalg.norm(velocity))
    east = np.array([-up[1], up[0], 0.0])
    azimuth = math.atan2(float(velocity @ east), float(velocity @ np.cross(up, east)))
    return speed, math.asin(float(velocity @ up) / speed), azimuth
