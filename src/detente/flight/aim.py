"""Boundary values: the steering and the cut-off that bring a missile down on a point, in the shape that is wanted.

A flight is steered by three numbers: azimuth, steepness and cut-off time. Steepness is the pitch of the upper stages;
the kick of stage 1 follows from it, so that a vertical flight has no kick and the flight of greatest range has the
kick that gives it. For a missile of one stage steepness sets the kick alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.earth import sphere
from detente.flight import kernels
from detente.flight.search import golden
from detente.flight.vehicle import KICK_TIME, Vehicle
from detente.flight.world import SEARCH, World, world

Array = NDArray[np.float64]

_NO_ROWS = np.zeros((0, 7))
UPRIGHT = 0.5 * math.pi
_NEUTRAL = 0.25 * math.pi
"""Steepness that stands for the kick of greatest range of a missile of one stage."""
FAR = 4.0 * math.pi
"""Range angle that stands for a flight that does not come down."""
FARTHEST = 18.0e6 / 6.371e6
"""Range angle of the farthest aim point [rad]: closer to the antipode the Earth carries an aim past it in flight."""
_BESIDE = 0.4
"""Greatest change of azimuth from one flight of greatest range to the next [rad]."""
_LOOKS = 16
"""Parts that the steepness of a flight of greatest range is first looked for in."""
_ASIDE = 1e-3
"""Greatest cross-range of a flight that counts as flown along a great circle [rad]."""


class NoSolutionError(ValueError):
    """The equations of a flight have no solution; the caller says it in words.

    Parameters
    ----------
    text : str
        What failed.
    last : Steering, optional
        The flight closest to what was wanted.
    """

    def __init__(self, text: str, last: Steering | None = None) -> None:
        super().__init__(text)
        self.last = last


@dataclass(frozen=True, slots=True)
class Design:
    """Steering of the greatest range over a sphere at rest.

    Parameters
    ----------
    kick : float
        Of stage 1 [rad].
    steepness : float
        Of the upper stages [rad].
    """

    kick: float
    steepness: float

    def kick_for(self, steepness: float) -> float:
        """Return the kick [rad] that goes with a steepness: less for steeper flights, never more with upper stages."""
        return self.kick * (UPRIGHT - steepness) / (UPRIGHT - self.steepness)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a trial flight came down, seen along the great circle that was wanted.

    Parameters
    ----------
    down, cross : float
        Angle along it and to its left [rad]; `down` runs from -π/2 on and is 4π where nothing came down.
    apogee : float
        Altitude [m].
    """

    down: float
    cross: float
    apogee: float


@dataclass(frozen=True, slots=True)
class Steering:
    """The three numbers that steer a flight: azimuth, steepness [rad] and cut-off time [s]."""

    azimuth: float
    steepness: float
    cutoff: float


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """A missile on its launch site with a great circle to fly along.

    Parameters
    ----------
    vehicle : Vehicle
        What flies.
    design : Design
        How its kick follows from its steepness.
    site : array, shape (3,)
        Geodetic latitude, longitude [rad], altitude [m].
    toward : array, shape (3, 3)
        Unit vectors, Earth-fixed: to the launch site, a quarter turn ahead, and to the left.
    world : World
        What it flies through.
    """

    vehicle: Vehicle
    design: Design
    site: Array
    toward: Array
    world: World

    def control(self, steering: Steering) -> Array:
        """Return the control of `kernels.flight`."""
        kick = self.design.kick_for(steering.steepness)
        if len(self.vehicle.stages) > 1:
            kick = min(kick, self.design.kick)
        rise = self.vehicle.rise_time
        return np.array([steering.azimuth, kick, steering.steepness, steering.cutoff, rise, KICK_TIME])

    def fly(self, steering: Steering, rows: Array = _NO_ROWS) -> tuple[Landing, float, int]:
        """Return the landing, its time [s] and how many samples went into `rows`."""
        status, t, apogee, n, y = self.flown(steering, rows)
        if status != kernels.IMPACT:
            return Landing(FAR, 0.0, apogee), t, n
        return Landing(*self.place(y, t), apogee), t, n

    def landing(self, steering: Steering) -> Landing:
        """Return where a flight comes down."""
        return self.fly(steering)[0]

    def place(self, vector: Array, time: float) -> tuple[float, float]:
        """Return the angles along the great circle and to its left [rad] of an inertial direction at a time [s]."""
        ahead, aside, left = self.toward @ turned(vector, -self.world.spin * time)
        down = math.atan2(aside, ahead)
        size = math.sqrt(ahead * ahead + aside * aside)
        return down + 2.0 * math.pi if down < -UPRIGHT else down, math.atan2(left, size)

    def flown(self, steering: Steering, rows: Array = _NO_ROWS) -> tuple[int, float, float, int, Array]:
        """Return status, time of the end [s], apogee [m], number of samples and inertial state at the end."""
        control, what = self.control(steering), self.vehicle
        status, t, apogee, _, n, y = kernels.flight(self.site, control, what.stages, what.body, self.world, rows)
        return status, t, apogee, n, y

    def onto(self, steering: Steering) -> tuple[Steering, Landing]:
        """Return the flight with its azimuth turned until it comes down on the great circle."""
        landing = self.landing(steering)
        gain = 1.0
        for _ in range(12):
            if abs(landing.cross) < 1e-6 or landing.down >= FAR:
                break
            turn, before = gain * _turn(landing), landing.cross
            steering = Steering(steering.azimuth + turn, steering.steepness, steering.cutoff)
            landing = self.landing(steering)
            undone = 1.0 - landing.cross / before
            gain = gain / max(0.5, min(2.0, undone)) if undone > 0.0 else 1.0
        return steering, landing


def _turn(landing: Landing) -> float:
    """Return the change of azimuth [rad] that takes out a cross-range, at most half a radian."""
    reach = math.sin(landing.down)
    reach = math.copysign(max(abs(reach), 0.02), reach)
    return max(-0.5, min(0.5, math.sin(landing.cross) / reach))


def along(latitude: float, longitude: float, azimuth: float) -> Array:
    """Return the three unit vectors of a great circle (see `Lane`) from a point [rad] by its azimuth [rad]."""
    ux, uy, uz, ax, ay, az = kernels.frame(latitude, longitude, azimuth)
    return np.array([[ux, uy, uz], [ax, ay, az], [uy * az - uz * ay, uz * ax - ux * az, ux * ay - uy * ax]])


@lru_cache(maxsize=256)
def design(vehicle: Vehicle) -> Design:
    """Return the steering of greatest range over a sphere at rest.

    A missile that can fly beyond 15,000 km is designed for a cut-off at which it cannot: the kick is then as good.
    """
    through = world(sphere(), drag=vehicle.drag, closeness=SEARCH)
    toward, site = along(0.0, 0.0, 0.0), np.zeros(3)
    cutoff, less = vehicle.burn_time, 0.02 * vehicle.stages[-1, 2]
    several = len(vehicle.stages) > 1

    def lane(kick: float, steepness: float) -> Lane:
        return Lane(vehicle, Design(kick, steepness), site, toward, through)

    def short(kick: float, steepness: float) -> float:
        return -lane(kick, steepness).landing(Steering(0.0, steepness, cutoff)).down

    def best(log_kick: float) -> tuple[float, float]:
        kick = math.exp(log_kick)
        if not several:
            return _NEUTRAL, short(kick, _NEUTRAL)
        return golden(lambda pitch: short(kick, pitch), -0.3, 1.4, 14)

    while True:
        log_kick, value = golden(lambda each: best(each)[1], math.log(5e-3), math.log(0.9), 14)
        if value > -15.0e6 / 6.371e6:
            return Design(math.exp(log_kick), best(log_kick)[0])
        cutoff, less = cutoff - less, 2.0 * less


def reach(lane: Lane, azimuth: float) -> tuple[Steering, Landing]:
    """Return the steering of greatest range along the great circle of a lane, and where it comes down.

    Range grows from the steepest flight on. A flight counts only short of `FARTHEST`, and only if its azimuth is next
    to that of the one before: others come down on the great circle the other way around.
    """
    last, farthest = azimuth, 0.0

    def flown(steepness: float) -> tuple[Steering, Landing]:
        steering, landing = lane.onto(Steering(last, steepness, lane.vehicle.burn_time))
        beside = farthest < UPRIGHT or abs(steering.azimuth - last) < _BESIDE
        hit = beside and abs(landing.cross) < _ASIDE and landing.down < FARTHEST
        return steering, landing if hit else replace(landing, down=0.0)

    low, high = bounds(lane)
    best, apart = Steering(last, high, lane.vehicle.burn_time), (high - low) / _LOOKS
    for step in range(_LOOKS + 1):
        steering, landing = flown(high - step * apart)
        if landing.down > 0.0:
            last = steering.azimuth
        if landing.down > farthest:
            best, farthest = steering, landing.down
    last = best.azimuth
    steepness, _ = golden(lambda each: -flown(each)[1].down, best.steepness - apart, best.steepness + apart, 10)
    return flown(steepness)


def bounds(lane: Lane) -> tuple[float, float]:
    """Return the steepness [rad] between which a flight of least energy is looked for."""
    if len(lane.vehicle.stages) > 1:
        return max(lane.design.steepness - 0.45, -0.4), 1.45
    return -0.2, 1.45


def turned(vector: Array, angle: float) -> Array:
    """Return the first three numbers of a vector turned about the polar axis [rad]."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1], vector[2]])
