"""Flight tests flown again: what the published range, height and time of a test make of our interceptors."""

from __future__ import annotations

import math

import numpy as np

from detente.catalog.load import catalog
from detente.catalog.records import Interceptor
from detente.defense.path import path
from detente.defense.reach import Array, airframe, number, reach
from detente.earth import WGS84, great_circle

RADIUS = WGS84.mean_radius


def flights_of(interceptor: Interceptor, speed: float | None = None) -> tuple[Array, ...]:
    """Return the fan of flights of an interceptor's booster, at its burnout speed or another [m/s]."""
    from detente.flight.flyout import booster, fan

    wanted = number(interceptor, "burnout_speed") if speed is None else speed
    return fan(booster(airframe(interceptor), wanted, number(interceptor, "burn_time")))


def flown_speed(ground_range: float, apogee: float) -> float:
    """Return the surface-equivalent speed of a booster like the GBI's that flies so far and so high [m/s].

    The speed at burnout, with the height it has there turned into speed: the measure of the published arc.
    """
    from scipy.optimize import brentq

    interceptor = catalog().interceptors["gbi"]
    burn_time = number(interceptor, "burn_time")

    def like(speed: float) -> tuple[float, float]:
        flights = flights_of(interceptor, speed)
        tops = -np.array([flight[:, 2].max() for flight in flights])
        found = ([flight[-1, 1] for flight in flights], [_surface_speed(flight, burn_time) for flight in flights])
        far, equivalent = (float(np.interp(-apogee, tops, each)) for each in found)
        return far - ground_range, equivalent

    return like(float(brentq(lambda speed: like(speed)[0], 5000.0, 7500.0, xtol=1.0)))[1]


def _surface_speed(flight: Array, burn_time: float) -> float:
    """Return the speed that a flight would have at the surface on the arc it falls on after burnout [m/s]."""
    after = int(np.searchsorted(flight[:, 0], burn_time))
    up, ahead, height = _velocity(flight, after)
    return math.sqrt(up**2 + ahead**2 + 2.0 * WGS84.mu * (1.0 / RADIUS - 1.0 / (RADIUS + height)))


def _velocity(flight: Array, index: int) -> tuple[float, float, float]:
    """Return the upward and forward speed [m/s] between two samples of a flight, and the height there [m]."""
    (t1, x1, h1), (t2, x2, h2) = flight[index : index + 2]
    height = (h1 + h2) / 2.0
    return (h2 - h1) / (t2 - t1), (RADIUS + height) * (x2 - x1) / RADIUS / (t2 - t1), height


def closing_speed(launch: str, site: str, missile: str, ground_range: float, delay: float) -> float:
    """Return the speed [m/s] at which a GBI meets a target that flies towards its site, at the first chance it has.

    Parameters
    ----------
    launch, site : str
        Places of the target and of the interceptor.
    missile : str
        Of the target.
    ground_range : float
        How far it is bound, along the great circle to the site [m].
    delay : float
        From the launch of the target to that of the interceptor [s].
    """
    from detente.flight.fly import Point, fly

    known = catalog()
    start, end = known.places[launch], known.places[site]
    lat, lon, far, bearing = start.latitude.value, start.longitude.value, ground_range / RADIUS, 0.0
    bearing = float(great_circle(lat, lon, end.latitude.value, end.longitude.value)[1])
    north = math.asin(math.sin(lat) * math.cos(far) + math.cos(lat) * math.sin(far) * math.cos(bearing))
    east = math.atan2(
        math.sin(bearing) * math.sin(far) * math.cos(lat), math.cos(far) - math.sin(lat) * math.sin(north)
    )
    flight = fly(known.missiles[missile], start, Point(north, lon + east))
    interceptor = known.interceptors["gbi"]
    out, seen = reach(interceptor), path(flight, end)
    inside = (seen.altitude >= out.lowest) & (seen.altitude <= out.highest) & (seen.slant_range <= out.greatest_range)
    met = int(np.flatnonzero(inside & (seen.time - out.time(seen.ground_range, seen.altitude) >= delay))[0])
    up, ahead = _arriving(flights_of(interceptor), float(seen.ground_range[met]), float(seen.altitude[met]))
    rising = float(np.gradient(seen.altitude, seen.time)[met])
    level = math.sqrt(max(float(seen.speed[met]) ** 2 - rising**2, 0.0))
    return math.hypot(level + ahead, rising - up)


def _arriving(flights: tuple[Array, ...], ground_range: float, altitude: float) -> tuple[float, float]:
    """Return the upward and forward speed [m/s] of the flight that passes nearest to a point."""
    gaps = [np.hypot(flight[:-1, 1] - ground_range, flight[:-1, 2] - altitude) for flight in flights]
    nearest = min(range(len(flights)), key=lambda index: float(gaps[index].min()))
    up, ahead, _ = _velocity(flights[nearest], int(np.argmin(gaps[nearest])))
    return up, ahead
