"""A catalog missile made to fly a reported shot: every stage burnt out, with the payload that gives the apogee."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.earth import Earth, destination, ecef_from_geodetic, great_circle, sphere
from detente.flight import aim as solve
from detente.flight.fly import Point, greatest_range
from detente.flight.trajectory import EDGE, path_of
from detente.flight.vehicle import G0, SEA_LEVEL_PRESSURE, vehicle
from detente.flight.world import SEARCH, world

if TYPE_CHECKING:
    from detente.catalog.records import Missile

Array = NDArray[np.float64]

_PAYLOADS = (0.02, 0.1, 0.3, 0.6, 1.0, 1.6, 2.5, 4.0)
"""Payloads of the first look, over that of the catalog [-]."""
_ROWS = 4_000


class NoPayloadError(ValueError):
    """The missile does not fly this shot with every stage burnt out, whatever it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """A reported shot flown by a catalog missile.

    Parameters
    ----------
    payload : float
        With which the apogee and the range are those reported [kg].
    time : float
        From launch to impact, with air [s].
    boost_time : float
        To the last burnout [s].
    burnout_speed, burnout_altitude : float
        There: relative to the rotating Earth [m/s], and [m].
    reentry_speed, reentry_angle : float
        On the way down through 100 km, or half the apogee where that is lower: relative [m/s], below the horizontal
        [rad].
    greatest_range : float
        With the same payload on the same azimuth [m].
    range_at_rest : float
        The same over a sphere at rest [m].
    """

    payload: float
    time: float
    boost_time: float
    burnout_speed: float
    burnout_altitude: float
    reentry_speed: float
    reentry_angle: float
    greatest_range: float
    range_at_rest: float


def refit(missile: Missile, launch: Point, azimuth: float, ground_range: float, apogee: float, earth: Earth) -> Refit:
    """Return the flight of a catalog missile that has a reported apogee and range.

    Parameters
    ----------
    missile : Missile
        From the catalog; its payload is what is sought.
    launch : Point
        Where from.
    azimuth, ground_range : float
        Of the geodesic to the impact [rad], [m].
    apogee : float
        Greatest altitude [m].
    earth : Earth
        What turns under the flight.

    Raises
    ------
    NoPayloadError
        There is none: the missile is too weak even without a payload, or too strong with any it can lift.
    """
    fit = _Fit(missile, launch, azimuth, ground_range, apogee, earth)
    x = fit.solved()
    lane = fit.lane(float(x[2]))
    rows = np.zeros((_ROWS, 7))
    burn = lane.vehicle.burn_time
    _, time, count = lane.fly(solve.Steering(float(x[0]), float(x[1]), burn), rows)
    path = path_of(rows[:count], earth)
    height, speed, _, _ = path.state(burn)
    edge = EDGE if apogee > EDGE else 0.5 * apogee
    _, fast, steep, _ = path.state(path.crossing(edge, upward=False) or time)
    carrying = fit.carrying(float(x[2]))
    return Refit(
        payload=math.exp(float(x[2])),
        time=time,
        boost_time=burn,
        burnout_speed=speed,
        burnout_altitude=height,
        reentry_speed=fast,
        reentry_angle=-steep,
        greatest_range=greatest_range(carrying, launch, azimuth, earth=earth).distance,
        range_at_rest=greatest_range(carrying, launch, azimuth, earth=sphere()).distance,
    )


class _Fit:
    """The equations of a refit, in azimuth, steepness [rad] and the logarithm of the payload."""

    def __init__(
        self, missile: Missile, launch: Point, azimuth: float, ground_range: float, apogee: float, earth: Earth
    ) -> None:
        self.missile, self.launch, self.earth, self.apogee = missile, launch, earth, apogee
        lat, lon = destination(launch.latitude, launch.longitude, azimuth, ground_range, earth)
        places = [
            ecef_from_geodetic(each[0], each[1], 0.0, earth)
            for each in ((launch.latitude, launch.longitude), (lat, lon))
        ]
        centers = [math.asin(each[2] / math.sqrt(each @ each)) for each in places]
        angle, heading = great_circle(centers[0], launch.longitude, centers[1], lon)
        self.angle, self.heading = float(angle), float(heading)
        self.toward = solve.along(centers[0], launch.longitude, self.heading)
        what = vehicle(missile)
        self.design = solve.design(what)
        lifted = (what.stages[0, 3] - SEA_LEVEL_PRESSURE * what.stages[0, 4]) / (1.03 * G0)
        self.most = math.log(max(lifted - what.stages[:, :2].sum(), 1.0))

    def carrying(self, log_payload: float) -> Missile:
        """Return the missile with another payload."""
        value = math.exp(min(log_payload, self.most))
        return replace(self.missile, payload=replace(self.missile.payload, value=value, low=value, high=value))

    def lane(self, log_payload: float) -> solve.Lane:
        """Return the missile with another payload on its site."""
        what = vehicle(self.carrying(log_payload))
        site = np.array([self.launch.latitude, self.launch.longitude, self.launch.altitude])
        through = world(self.earth, drag=what.drag, closeness=SEARCH)
        return solve.Lane(what, self.design, site, self.toward, through)

    def gap(self, x: Array) -> Array:
        """Return by how much a flight misses range, azimuth and apogee; what never comes down misses by far."""
        lane = self.lane(float(x[2]))
        landing = lane.landing(solve.Steering(float(x[0]), float(x[1]), lane.vehicle.burn_time))
        far = min(landing.down, 2.0 * math.pi)
        return np.array([(far - self.angle), landing.cross, 0.2 * math.log(max(landing.apogee, 1.0) / self.apogee)])

    def solved(self) -> Array:
        """Return the flight that misses nothing."""
        from scipy.optimize import root

        base = math.log(self.missile.payload.value)
        steep = np.linspace(self.design.steepness, 1.5, 9)
        looks = [np.array([self.heading, s, base + math.log(f)]) for f in _PAYLOADS for s in steep]
        looks.sort(key=lambda x: float(np.abs(self.gap(x)).max()))
        for start in looks[:4]:
            found = root(self.gap, start, tol=1e-9)
            if np.abs(found.fun).max() < 1e-5 and found.x[2] <= self.most:
                return np.asarray(found.x)
        raise NoPayloadError(f"missile '{self.missile.name}' does not fly this shot with every stage burnt out")
