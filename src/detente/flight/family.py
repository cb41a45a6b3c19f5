"""The flights of every steepness that come down on an aim point, and the one among them that is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable

from detente.flight.aim import FARTHEST, Lane, NoSolutionError, Steering, bounds
from detente.flight.hit import Closed, close, guess
from detente.flight.search import illinois, valley

_UPRIGHT = 0.5 * math.pi
_LEAST, _LESS = 0.83, 0.24
"""Steepness of least energy, at no range and for each radian of it less, at first guess [rad], [-]: fitted, ours."""
_PACE = 0.08
"""First stride in steepness toward the flight that is wanted [rad]."""
_FARTHEST_PACE = 0.3
_SHORTEST_PACE = 1e-5
"""Stride below which there is no such flight [rad]."""
_SAME = 1e-7
"""Closer flights than that are one [rad]."""
_STRONG = 15.0e6 / 6.371e6
"""Range angle that a missile flies without air if it flies to the farthest aim point in air [rad]."""
_NARROW, _EDGE = 0.02, 1e-4
"""Half the width of the parabola that ends the search for the least energy; closeness at the greatest range [rad]."""
_NEVER = 1e12
"""Stands for the energy of a flight that falls short [J/kg]: above that of any flight."""
_SPARE = 2e-3
"""Burn [s] that a flight of least energy keeps if it can, so that it reaches the aim in a closer integration too."""


class Family:
    """The flights to an aim point, one for each steepness, each found from the last ones.

    Parameters
    ----------
    lane : Lane
        Its great circle leads to the aim point.
    angle : float
        Central angle to the aim point [rad].
    start : Steering
        Where to begin.
    tolerance : float
        Greatest miss [rad].
    """

    def __init__(self, lane: Lane, angle: float, start: Steering, tolerance: float = 1e-7) -> None:
        self.lane, self.angle, self.tolerance = lane, angle, tolerance
        self.last = start
        self._found: list[Closed] = []

    def at(self, steepness: float) -> Closed:
        """Return the flight of a steepness [rad].

        Raises
        ------
        NoSolutionError
            There is none.
        """
        near = sorted(self._found, key=lambda each: abs(each.steering.steepness - steepness))[:3]
        slopes = near[0].slopes if near else None
        found = close(self.lane, self.angle, self._between(near, steepness), self.tolerance, slopes)
        if found.shortfall == 0.0:
            self._found = [each for each in self._found if abs(each.steering.steepness - steepness) > _SAME] + [found]
            self.last = found.steering
        return found

    def reaching(self, steepness: float) -> Closed:
        """Return the flight of a steepness [rad], which does not fall short.

        Raises
        ------
        NoSolutionError
            There is none.
        """
        found = self.at(steepness)
        if found.shortfall > 0.0:
            raise NoSolutionError("out of reach")
        return found

    def _between(self, near: list[Closed], steepness: float) -> Steering:
        """Return the first guess at a flight: on the parabola through the three that are nearest (Lagrange)."""
        flights = [each.steering for each in near] or [self.last]
        azimuth = cutoff = 0.0
        for one in flights:
            share = 1.0
            for other in flights:
                if other is not one:
                    share *= (steepness - other.steepness) / (one.steepness - other.steepness)
            azimuth, cutoff = azimuth + share * one.azimuth, cutoff + share * one.cutoff
        return Steering(azimuth, steepness, cutoff)


def minimum_energy(lane: Lane, angle: float) -> Closed:
    """Return the flight that comes down on the aim point with the least specific orbital energy at cut-off.

    That is the classical minimum-energy trajectory, with Earth rotation, air and the burn: among the flights of every
    steepness that reach the aim point. Close to the greatest range few steepnesses do, and the best of those is taken.
    In the end the least of a parabola through three flights is taken, so that the answer hardly jumps.

    Raises
    ------
    NoSolutionError
        With every stage burnt out and the best steepness the missile falls short.

    References
    ----------
    Bate, R. R., Mueller, D. D. and White, J. E. (1971), Fundamentals of Astrodynamics, section 6.2 (the least burnout
    speed for a range; over a sphere without air and burn it is `closed_form.minimum_energy`).
    """
    full = lane.vehicle.burn_time
    usual, ends = _usual(lane, angle), bounds(lane)
    flights = Family(lane, angle, guess(lane, angle, usual))

    def cost(steepness: float) -> float:
        try:
            found = flights.at(steepness)
        except NoSolutionError:
            return 2.0 * _NEVER
        late = found.steering.cutoff - full + _SPARE
        return found.energy if late < 0.0 else _NEVER * (1.0 + 0.01 * (found.shortfall + late))

    steepness, least = valley(cost, usual, _PACE, ends, _NARROW, _NEVER)
    before, after = cost(steepness - _NARROW), cost(steepness + _NARROW)
    if max(least, before, after) < _NEVER:
        bend = before - 2.0 * least + after
        side = 0.5 * (before - after) / bend if bend > 0.0 else 0.0
        steepness += _NARROW * max(-1.0, min(1.0, side))
    else:
        steepness, _ = valley(cost, steepness, 0.5 * _NARROW, ends, _EDGE, _NEVER)
    return flights.reaching(steepness)


def farthest(lane: Lane) -> Steering | None:
    """Return the flight of least energy to the farthest aim point along the great circle of a lane, if there is one."""
    near = guess(lane, _STRONG, _usual(lane, _STRONG))
    if near.cutoff >= lane.vehicle.burn_time:
        return None
    try:
        return minimum_energy(lane, FARTHEST).steering
    except NoSolutionError:
        return None


def _usual(lane: Lane, angle: float) -> float:
    """Return the steepness [rad] that a flight of least energy over a range angle [rad] has at first guess."""
    return max(_LEAST - _LESS * angle, bounds(lane)[0])


def with_value(
    lane: Lane, angle: float, start: Steering, gap: Callable[[Steering], float], tolerance: float = 1e-6
) -> Steering:
    """Return the flight that comes down on the aim point and has a wanted property.

    From the flight `start` the steepness goes in strides until the property is passed, in shorter ones where flights
    end, and between two flights by false position.

    Parameters
    ----------
    lane, angle
        As of `aim.close`.
    start : Steering
        A flight that comes down on the aim point.
    gap : callable
        By how much a flight has too much of the property, which grows with steepness, as its apogee does.
    tolerance : float
        Greatest gap, in the unit of `gap`.

    Raises
    ------
    NoSolutionError
        No such flight: the missile burns out before it has the energy, or there is no such path; with the nearest.
    """
    flights = Family(lane, angle, start)

    def over(steepness: float) -> float:
        return gap(flights.reaching(steepness).steering)

    here, value = start.steepness, over(start.steepness)
    stride = math.copysign(_PACE, -value)
    while abs(value) > tolerance:
        there = here + stride
        try:
            if not abs(there) < _UPRIGHT:
                raise NoSolutionError("beyond the vertical")
            passed = over(there)
        except NoSolutionError as error:
            stride *= 0.5
            if abs(stride) < _SHORTEST_PACE:
                raise NoSolutionError("no such flight", flights.last) from error
            continue
        if passed * value < 0.0:
            illinois(over, (here, value), (there, passed), tolerance)
            break
        stride = _stride(stride, value, passed)
        here, value = there, passed
    return flights.last


def _stride(stride: float, before: float, now: float) -> float:
    """Return the next stride: just beyond where a line through the last two values is zero."""
    gain = before - now
    wanted = 1.1 * stride * now / gain if gain * before > 0.0 else stride
    return math.copysign(max(min(abs(wanted), _FARTHEST_PACE, 4.0 * abs(stride)), 0.1 * abs(stride)), stride)
