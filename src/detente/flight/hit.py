"""Boundary values: the azimuth and the cut-off that bring a missile of given steepness down on a point."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.earth import sphere
from detente.flight import kernels
from detente.flight.aim import FAR, UPRIGHT, Lane, NoSolutionError, Steering, turned
from detente.flight.closed_form import minimum_energy
from detente.flight.kepler import Fall, fall
from detente.flight.vehicle import KICK_TIME

Array = NDArray[np.float64]
# How `Miss.over` changes with cut-off [rad/s] and azimuth [-], and `Miss.cross` with the two.
Slopes = tuple[float, float, float, float]

_POWERED = 500
"""Most samples of powered flight in a search [-]; seen: fewer than 100."""
_PACE = 0.02
"""What weighs a second of burn against a radian of azimuth [rad/s]."""
_SURE = 3.0
"""How much greater than its cross-range a miss must be to tell on which side of the cut-off the right one lies [-]."""
_TRIALS = 30
"""Most trial flights to one aim point at one steepness [-]."""
_NUDGE = 1e-4
"""Turn of the azimuth that its slopes are taken over [rad]."""


@dataclass(frozen=True, slots=True, eq=False)
class Miss:
    """By how much a trial flight missed its aim.

    Parameters
    ----------
    over, cross : float
        Beyond the aim along the great circle from the launch, and to the left of it [rad]; `over` is 4π where nothing
        came down.
    times, states : array, shape (n,) and (n, 6)
        Of the powered flight: after launch [s], inertial position [m] and velocity [m/s]; the last is the cut-off.
    """

    over: float
    cross: float
    times: Array
    states: Array

    def energy(self, mu: float) -> float:
        """Return the specific orbital energy at cut-off, v²/2 - mu/r [J/kg]."""
        y = self.states[-1]
        return float(0.5 * (y[3:] @ y[3:]) - mu / math.sqrt(y[:3] @ y[:3]))

    def within(self, tolerance: float) -> bool:
        """Return whether it is less than a tolerance [rad]."""
        return abs(self.over) < tolerance and abs(self.cross) < tolerance


@dataclass(frozen=True, slots=True)
class Closed:
    """A flight that comes down on the aim point, or the one that comes closest.

    Parameters
    ----------
    steering : Steering
        That flies it.
    shortfall : float
        0, or the angle [rad] that is missing with every stage burnt out.
    energy : float
        Specific orbital energy at cut-off [J/kg].
    slopes : tuple of float
        At the end: a first guess for the next flight.
    """

    steering: Steering
    shortfall: float
    energy: float
    slopes: Slopes


def miss_of(lane: Lane, steering: Steering, angle: float) -> Miss:
    """Return by how much a flight misses the point at an angle [rad] along the great circle of its lane."""
    rows = np.empty((_POWERED, 7))
    status, t, _, n, y = lane.flown(steering, rows)
    last = int(np.argmax(rows[: min(n, _POWERED), 0] >= steering.cutoff - 1e-6))
    times, states = rows[: last + 1, 0], rows[: last + 1, 1:]
    if status != kernels.IMPACT:
        return Miss(FAR, 0.0, times, states)
    down, cross = lane.place(y, t)
    return Miss(_whole(lane, down, _swept(lane, states[-1], t), t) - angle, cross, times, states)


def _drop(lane: Lane, state: Array, ground: float) -> Fall:
    """Return the fall without air from an inertial state to a sphere of a radius [m], or from below it to its own."""
    radius, speed = math.sqrt(state[:3] @ state[:3]), max(math.sqrt(state[3:] @ state[3:]), 1e-9)
    sine = float(state[3:] @ state[:3]) / (radius * speed)
    return fall(speed, math.asin(max(-1.0, min(1.0, sine))), radius, min(ground, radius), lane.world.mu)


def _gone(lane: Lane, state: Array) -> float:
    """Return the central angle from the launch to an inertial state [rad]."""
    return math.acos(max(-1.0, min(1.0, float(lane.toward[0] @ state[:3]) / math.sqrt(state[:3] @ state[:3]))))


def _swept(lane: Lane, state: Array, time: float) -> float:
    """Return about the central angle [rad] of a flight through an inertial state that came down at a time [s]."""
    down = _drop(lane, state, lane.world.radius + lane.world.floor)
    if math.isfinite(down.angle):
        return _gone(lane, state) + down.angle
    inverse = 2.0 / math.sqrt(state[:3] @ state[:3]) - float(state[3:] @ state[3:]) / lane.world.mu
    return time * math.sqrt(lane.world.mu * inverse**3) if inverse > 0.0 else FAR


def _whole(lane: Lane, down: float, swept: float, time: float) -> float:
    """Return an angle along the great circle [rad] with all turns of a flight over a central angle in a time [s]."""
    along = swept - lane.world.spin * time * float(lane.toward[2, 2])
    return down + 2.0 * math.pi * round((along - down) / (2.0 * math.pi))


def _across(a: Array, b: Array) -> Array:
    """Return the cross product; that of numpy takes as long as many steps of a flight."""
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _fallen(lane: Lane, angle: float, time: float, state: Array) -> tuple[float, float]:
    """Return over and cross (see `Miss`) of a fall without air from an inertial state at a time [s]."""
    z = math.cos(angle) * lane.toward[0, 2] + math.sin(angle) * lane.toward[1, 2]
    ground = lane.world.radius * (1.0 - lane.world.flattening * z * z) + lane.world.floor
    down = _drop(lane, state, ground)
    if not math.isfinite(down.angle):
        return FAR, 0.0
    here = state[:3] / math.sqrt(state[:3] @ state[:3])
    level = state[3:] - float(state[3:] @ here) * here
    level = level / max(math.sqrt(level @ level), 1e-9)
    when = time + down.time
    ahead, cross = lane.place(math.cos(down.angle) * here + math.sin(down.angle) * level, when)
    return _whole(lane, ahead, _gone(lane, state) + down.angle, when) - angle, cross


def _heading(lane: Lane, angle: float) -> float:
    """Return the azimuth [rad] in which a flight of least energy without air or burn leaves for the aim.

    In axes at rest the aim travels for as long as the flight lasts, and the launch adds the speed of the ground there.
    """
    free, up, spin = minimum_energy(angle * sphere().mean_radius), lane.toward[0], lane.world.spin
    aim = turned(math.cos(angle) * up + math.sin(angle) * lane.toward[1], spin * free.time)
    level = aim - float(aim @ up) * up
    way = math.atan2(math.sqrt(level @ level), float(aim @ up))
    speed = free.speed * math.cos(free.flight_path_angle) * way / angle
    leaving = speed * level / max(math.sqrt(level @ level), 1e-12)
    leaving = leaving - spin * lane.world.radius * np.array([-up[1], up[0], 0.0])
    ways = (kernels.frame(lane.site[0], lane.site[1], azimuth)[3:] for azimuth in (0.0, UPRIGHT))
    north, east = (float(np.array(way) @ leaving) for way in ways)
    return math.atan2(east, north)


def guess(lane: Lane, angle: float, steepness: float) -> Steering:
    """Return a first guess: the sample of powered flight from which a fall without air goes nearest to the aim.

    Cut-off ends a boost and changes nothing before, so one flight with every stage burnt out shows them all.
    """
    azimuth = _heading(lane, angle)
    full = Steering(azimuth, steepness, lane.vehicle.burn_time)
    boost = miss_of(lane, full, angle)
    times, states = boost.times, boost.states
    before = (lane.vehicle.rise_time + KICK_TIME, -angle)
    for time, state in zip(times.tolist(), states, strict=True):
        over = _fallen(lane, angle, time, state)[0] if time > before[0] else -angle
        if over >= 0.0:
            share = before[1] / (before[1] - over) if over < FAR else 0.5
            return Steering(azimuth, steepness, before[0] + share * (time - before[0]))
        before = (max(time, before[0]), over)
    return full


def _kepler(lane: Lane, angle: float, miss: Miss) -> Slopes:
    """Return the slopes of a miss as those of falls without air: after less of the boost, and after one turned."""
    first = (_PACE, 0.0, 0.0, -max(math.sin(angle), 0.02))
    if miss.over >= FAR or len(miss.times) < 2:
        return first
    up, spin = lane.toward[0], np.array([0.0, 0.0, lane.world.spin])
    state, apart = miss.states[-1], miss.times[-1] - miss.times[-2]
    side = [_across(up, part) for part in (state[:3], state[3:] - _across(spin, state[:3]))]
    rolled = state[:3] - _NUDGE * side[0]
    aside = np.concatenate([rolled, state[3:] - _NUDGE * side[1] + _across(spin, rolled - state[:3])])
    here = _fallen(lane, angle, miss.times[-1], state)
    before = _fallen(lane, angle, miss.times[-2], miss.states[-2])
    beside = _fallen(lane, angle, miss.times[-1], aside)
    if max(here[0], before[0], beside[0]) >= FAR:
        return first
    a, c = ((here[i] - before[i]) / apart for i in (0, 1))
    b, d = ((beside[i] - here[i]) / _NUDGE for i in (0, 1))
    return (a, b, c, d) if a > 0.0 and d * first[3] > 0.0 else first


def close(lane: Lane, angle: float, start: Steering, tolerance: float, slopes: Slopes | None = None) -> Closed:
    """Return the flight of the steepness of `start` that comes down on the aim point, or how much it falls short.

    Cut-off and azimuth are found together by Broyden's method, the cut-off kept inside a bracket.

    Parameters
    ----------
    lane : Lane
        Its great circle leads to the aim point.
    angle : float
        Central angle to the aim point [rad].
    start : Steering
        First guess.
    tolerance : float
        Greatest miss [rad].
    slopes : tuple of float, optional
        Those of a flight of nearly this steepness.

    Raises
    ------
    NoSolutionError
        No convergence.

    References
    ----------
    Broyden, C. G. (1965), A class of methods for solving nonlinear simultaneous equations, Math. Comp. 19, method 1.
    """
    full = lane.vehicle.burn_time
    low, high = lane.vehicle.rise_time + KICK_TIME, full
    now, before = Steering(start.azimuth, start.steepness, max(low, min(start.cutoff, full))), None
    for _ in range(_TRIALS):
        miss = miss_of(lane, now, angle)
        slopes = _kepler(lane, angle, miss) if slopes is None else _updated(slopes, miss, now, before)
        if miss.within(tolerance):
            return Closed(now, 0.0, miss.energy(lane.world.mu), slopes)
        if now.cutoff >= full and -miss.over > max(tolerance, 100.0 * abs(miss.cross)):
            return Closed(now, -miss.over, miss.energy(lane.world.mu), slopes)
        if abs(miss.over) > max(tolerance, _SURE * abs(miss.cross)):
            low, high = (now.cutoff, high) if miss.over < 0.0 else (low, now.cutoff)
        if high - low < 1e-10:
            low, high = low - 0.5, min(high + 0.5, full)
        before = (now, miss)
        now = _next(now, miss, slopes, (low, high), full)
    raise NoSolutionError("cut-off and azimuth did not converge")


def _updated(slopes: Slopes, miss: Miss, now: Steering, before: tuple[Steering, Miss] | None) -> Slopes:
    """Return the slopes brought up to date with the change since the last trial."""
    if before is None or max(miss.over, before[1].over) >= FAR:
        return slopes
    a, b, c, d = slopes
    later, turn = now.cutoff - before[0].cutoff, now.azimuth - before[0].azimuth
    square = (_PACE * later) ** 2 + turn * turn
    if square == 0.0:
        return slopes
    first = (miss.over - before[1].over - a * later - b * turn) / square
    second = (miss.cross - before[1].cross - c * later - d * turn) / square
    x, y = _PACE * _PACE * later, turn
    found = (a + first * x, b + first * y, c + second * x, d + second * y)
    return found if (found[0] * found[3] - found[1] * found[2]) * (a * d - b * c) > 0.0 else slopes


def _next(now: Steering, miss: Miss, slopes: Slopes, bracket: tuple[float, float], full: float) -> Steering:
    """Return the next flight to try: Newton's step or, where it leaves the bracket, its middle or end."""
    low, high = bracket
    if miss.over >= FAR:
        return Steering(now.azimuth, now.steepness, 0.5 * (low + high))
    a, b, c, d = slopes
    cutoff = now.cutoff + (b * miss.cross - d * miss.over) / (a * d - b * c)
    if cutoff >= high and full <= high:
        cutoff = full
    elif not low < cutoff < high:
        cutoff = 0.5 * (low + high)
    turn = -(miss.cross + c * (cutoff - now.cutoff)) / d
    return Steering(now.azimuth + max(-0.5, min(0.5, turn)), now.steepness, cutoff)
