"""Ballistic arcs from one launch point to many aims, and how well one site meets them: numbers only.

A sphere that turns, an inverse-square field, no air. Each arc starts and ends on the surface; its time is shifted by a
constant, the boost and drag that it leaves out, known from one flight that was integrated in full.

Letters: r radius, h altitude, phi range angle, gamma flight-path angle at the surface, nu true anomaly, p semilatus
rectum, e eccentricity, n mean motion, all of the arc; psi angle at the center of the Earth from the site.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.defense.looks import DOWN, FAR, SCALE, UP, in_turn
from detente.earth import WGS84

Array = NDArray[np.float64]

RADIUS = WGS84.mean_radius
MU = WGS84.mu

AIR, HEIGHT = 1.225, 7200.0
"""Density at sea level of the US Standard Atmosphere 1976 [kg/m^3], and scale height [m] of an exponential like it."""

WATCH = 65
"""Points of an arc at which a radar is asked whether it sees the target."""


@njit(cache=True)
def least_angle(phi: float) -> float:
    """Return the flight-path angle of minimum energy for a range angle, (pi - phi)/4 [rad].

    Bate, Mueller and White (1971), Fundamentals of Astrodynamics, section 6.2, for a burnout at the surface.
    """
    return (math.pi - phi) / 4.0


@njit(cache=True)
def arc(phi: float, gamma: float) -> tuple[float, float, float, float]:
    """Return semilatus rectum [m], eccentricity, mean motion [rad/s] and flight time [s] of an arc.

    From the range equation (Bate, Mueller and White 1971, section 6.2):
    v^2 r/mu = (1 - cos phi)/{cos gamma [cos gamma - cos(gamma + phi)]}.
    """
    cosine = math.cos(gamma)
    q = (1.0 - math.cos(phi)) / (cosine * (cosine - math.cos(gamma + phi)))
    e = math.sqrt(max(1.0 + q * (q - 2.0) * cosine * cosine, 1e-12))
    n = math.sqrt(MU * ((2.0 - q) / RADIUS) ** 3)
    flight = 2.0 * (math.pi - anomaly(math.pi - phi / 2.0, e)) / n
    return RADIUS * q * cosine * cosine, e, n, flight


@njit(cache=True)
def anomaly(nu: float, e: float) -> float:
    """Return the mean anomaly [rad] of a true anomaly from 0 to 2 pi (Kepler's equation)."""
    big = 2.0 * math.atan2(math.sqrt(1.0 - e) * math.sin(nu / 2.0), math.sqrt(1.0 + e) * math.cos(nu / 2.0))
    return big - e * math.sin(big)


@njit(cache=True)
def apogee(phi: float, gamma: float) -> float:
    """Return the apogee altitude of an arc [m]."""
    p, e, _, _ = arc(phi, gamma)
    height: float = p / (1.0 - e) - RADIUS
    return height


@njit(cache=True)
def angle_for(phi: float, height: float) -> float:
    """Return the flight-path angle that gives an arc of range angle phi an apogee altitude [m], by bisection."""
    low, high = 1e-3, 1.55
    for _ in range(60):
        middle = (low + high) / 2.0
        if apogee(phi, middle) < height:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


@njit(cache=True)
def unit(lat: float, lon: float) -> Array:
    """Return the unit vector of a geographic place."""
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


@njit(cache=True)
def turned(vector: Array, angle: float) -> Array:
    """Return a vector turned eastward about the axis of the Earth."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1], vector[2]])


@njit(cache=True)
def towards(launch: Array, aim: Array, flight: Array) -> tuple[Array, Array, float, Array]:
    """Return the plane and elements of the arc that meets an aim where the Earth has turned it by then.

    Returns
    -------
    start, ahead : array, shape (3,)
        Inertial unit vectors: launch point when the arc starts, and the direction of flight at right angles to it.
    phi : float
        Range angle in inertial space [rad]; 0 where the aim lies at the launch point.
    elements : array, shape (5,)
        p, e, n, flight time, mean anomaly at the start.
    """
    loft, late, rate = flight[0], flight[1], flight[5]
    start, end, phi, time = turned(launch, rate * late), aim, 0.0, 0.0
    elements = np.zeros(5)
    for _ in range(5):
        end = turned(aim, rate * (time + late))
        phi = math.acos(min(max(start[0] * end[0] + start[1] * end[1] + start[2] * end[2], -1.0), 1.0))
        if phi < 5e-3 or phi > math.pi - 5e-3:
            return start, end, 0.0, elements
        gamma = min(max(least_angle(phi) + loft, 0.02), 1.5)
        elements[0], elements[1], elements[2], elements[3] = arc(phi, gamma)
        time = elements[3]
    elements[4] = anomaly(math.pi - phi / 2.0, elements[1])
    ahead = (end - start * math.cos(phi)) / math.sin(phi)
    return start, ahead, phi, elements


@njit(cache=True)
def seen_from(
    site: Array, start: Array, ahead: Array, phi: float, elements: Array, flight: Array, nu: float
) -> tuple[float, float, float, float, float]:
    """Return an arc at a true anomaly: time, altitude, ground and slant range from the site, speed [s, m, m, m, m/s].

    The speed is relative to the turning Earth, v^2 - 2 w h_z + (w r cos(lat))^2 with h the angular momentum, and drag
    slows it on the way in by exp[-rho_0 H exp(-h/H)/(2 beta sin(angle))] (Allen and Eggers 1958, NACA Report 1381).
    """
    p, e, n, rate = elements[0], elements[1], elements[2], flight[5]
    first = math.pi - phi / 2.0
    time = (anomaly(nu, e) - elements[4]) / n + flight[1]
    r = p / (1.0 + e * math.cos(nu))
    c, s = math.cos(nu - first), math.sin(nu - first)
    x, y, z = start[0] * c + ahead[0] * s, start[1] * c + ahead[1] * s, start[2] * c + ahead[2] * s
    c, s = math.cos(rate * time), math.sin(rate * time)
    cosine = min(max((c * x + s * y) * site[0] + (c * y - s * x) * site[1] + z * site[2], -1.0), 1.0)
    slant = math.sqrt(max(r * r + RADIUS * RADIUS - 2.0 * r * RADIUS * cosine, 0.0))
    square = MU * (2.0 / r - (1.0 - e * e) / p)
    pole = math.sqrt(MU * p) * (start[0] * ahead[1] - start[1] * ahead[0])
    speed = math.sqrt(max(square - 2.0 * rate * pole + (rate * r) ** 2 * (1.0 - z * z), 0.0))
    rising = math.sqrt(MU / p) * e * math.sin(nu)
    if rising < 0.0:
        steep = max(-rising / math.sqrt(square), 0.01)
        speed *= math.exp(-AIR * HEIGHT * math.exp(-(r - RADIUS) / HEIGHT) / (2.0 * flight[4] * steep))
    return time, r - RADIUS, RADIUS * math.acos(cosine), slant, speed


@njit(cache=True)
def _above(height: float, ground: float) -> float:
    """Return how far a target is above the horizon plane of the site [m]; negative below."""
    above: float = (RADIUS + height) * math.cos(ground / RADIUS) - RADIUS
    return above


@njit(cache=True)
def first_seen(watched: Array, reach: float, after: float) -> float:
    """Return when a radar at the site first sees the target after a time [s], infinity if never.

    `watched` has rows of time, height above the horizon plane and slant range; between them all are linear.
    """
    before = -1.0
    for i in range(watched.shape[0]):
        inside = min(watched[i, 1], reach - watched[i, 2])
        if inside >= 0.0 and watched[i, 0] >= after:
            share = before / (before - inside) if before < 0.0 else 0.0
            last = max(i - 1, 0)
            time: float = watched[last, 0] + share * (watched[i, 0] - watched[last, 0])
            return max(time, after)
        before = inside
    return math.inf


@njit(cache=True)
def _samples(site: Array, start: Array, ahead: Array, phi: float, elements: Array, flight: Array, band: Array) -> Array:
    """Return rows of time, altitude, ground range, slant range and speed where the arc may be met, rising, falling."""
    p, e = elements[0], elements[1]
    top = p / (1.0 - e) - RADIUS
    found = np.full((UP + DOWN, 5), -1.0)
    if top <= band[0]:
        return found
    low = math.acos(min(max((p / (RADIUS + band[0]) - 1.0) / e, -1.0), 1.0))
    high = math.pi if top <= band[1] else math.acos(min(max((p / (RADIUS + band[1]) - 1.0) / e, -1.0), 1.0))
    for k in range(UP + DOWN):
        nu = low + (high - low) * k / (UP - 1)
        if k >= UP:
            nu = 2.0 * math.pi - high + (high - low) * (k - UP) / (DOWN - 1)
        time, height, ground, slant, speed = seen_from(site, start, ahead, phi, elements, flight, nu)
        found[k, 0], found[k, 1], found[k, 2], found[k, 3], found[k, 4] = time, height, ground, slant, speed
    return found


@njit(cache=True)
def margins(place: Array, aims: Array, flight: Array, band: Array, draws: Array, tables: Array) -> Array:
    """Return by how many seconds a site can meet a missile to each aim, for each draw; negative where it cannot.

    Parameters
    ----------
    place : array, shape (4,)
        Latitude and longitude of the site and of the launch point [rad].
    aims : array, shape (aims, 2)
        Latitude and longitude of what is attacked [rad].
    flight : array, shape (6,)
        Flight-path angle above that of minimum energy [rad], what the arc's time is short of the flight's [s], end of
        powered flight [s after launch], longest range of the missile [m], ballistic coefficient of its re-entry body
        [kg/m^2], rotation rate of the Earth [rad/s].
    band : array, shape (2,)
        Lowest and highest altitude of intercept in any draw [m].
    draws : array, shape (draws, 14)
        Of each draw: reaction time [s], lowest and highest intercept, greatest slant range, reach of the own radar
        alone and told where to look [m], steps of the table in range and altitude [m], when a radar has a track to
        fire on, when the own radar is told where to look [s after launch], fastest target it is credited with [m/s],
        time from the first word of an attack to readiness [s], intercepts in turn that are wanted, and from one of
        them to the launch of the next [s].
    tables : array, shape (draws, ranges, altitudes)
        Time to fly out [s], from range 0 and the lowest altitude.
    """
    site, launch = unit(place[0], place[1]), unit(place[2], place[3])
    found = np.full((aims.shape[0], draws.shape[0]), FAR)
    for a in range(aims.shape[0]):
        aim = unit(aims[a, 0], aims[a, 1])
        start, ahead, phi, elements = towards(launch, aim, flight)
        if phi <= 0.0:
            continue
        watched = np.empty((WATCH, 3))
        for i in range(WATCH):
            nu = math.pi + phi * (i / (WATCH - 1) - 0.5)
            time, height, ground, slant, _ = seen_from(site, start, ahead, phi, elements, flight, nu)
            watched[i, 0], watched[i, 1], watched[i, 2] = time, _above(height, ground), slant
        samples = _samples(site, start, ahead, phi, elements, flight, band)
        away = launch[0] * aim[0] + launch[1] * aim[1] + launch[2] * aim[2]
        spare = (flight[3] - RADIUS * math.acos(min(max(away, -1.0), 1.0))) / SCALE
        for d in range(draws.shape[0]):
            own = min(first_seen(watched, draws[d, 4], 0.0), first_seen(watched, draws[d, 5], draws[d, 9]))
            tracked = min(own, draws[d, 8])
            ready = max(tracked + draws[d, 0], min(tracked, draws[d, 9]) + draws[d, 11])
            if ready < math.inf:
                found[a, d] = min(spare, in_turn(samples, tables[d], draws[d], ready, flight[2]))
    return found
