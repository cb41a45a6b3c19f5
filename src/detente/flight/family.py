"""The flights of every steepness that come down on an aim point, and the one among them that is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable

from detente.flight.aim import Lane, NoSolutionError, Steering, bounds, close
from detente.flight.search import golden, illinois

_UPRIGHT = 0.5 * math.pi
_STRIDE = 0.02
"""Half the width of the parabola that ends the search for the least energy [rad]."""
_PACE = 0.08
"""First stride in steepness toward a given apogee [rad]."""
_NEVER = 1e12
"""Stands for the energy of a flight that falls short [J/kg]: above that of any flight."""
_SPARE = 2e-3
"""Burn [s] that a flight of least energy keeps if it can, so that it reaches the aim in a closer integration too."""


def minimum_energy(lane: Lane, angle: float, azimuth: float, tolerance: float = 1e-7) -> Steering:
    """Return the flight that comes down on the aim point with the least specific orbital energy at cut-off.

    That is the classical minimum-energy trajectory, with Earth rotation, air and the burn: among the flights of every
    steepness that reach the aim point. Close to the greatest range few steepnesses do, and the best of those is taken.
    After the golden section the least of a parabola through three flights is taken, so that the answer hardly jumps.

    Raises
    ------
    NoSolutionError
        With every stage burnt out and the best steepness the missile falls short.

    References
    ----------
    Bate, R. R., Mueller, D. D. and White, J. E. (1971), Fundamentals of Astrodynamics, section 6.2 (the least burnout
    speed for a range; over a sphere without air and burn it is `closed_form.minimum_energy`).
    """
    last = Steering(azimuth, lane.design.steepness, lane.vehicle.burn_time)

    def cost(steepness: float) -> float:
        nonlocal last
        try:
            found, short = close(lane, angle, Steering(last.azimuth, steepness, last.cutoff), tolerance)
        except NoSolutionError:
            return 2.0 * _NEVER
        last = found
        late = found.cutoff - lane.vehicle.burn_time + _SPARE
        return lane.energy(found) if late < 0.0 else _NEVER * (1.0 + 0.01 * (short + late))

    low, high = bounds(lane)
    steepness, least = golden(cost, low, high, 10)
    before, after = cost(steepness - _STRIDE), cost(steepness + _STRIDE)
    if max(least, before, after) < _NEVER:
        bend = before - 2.0 * least + after
        side = 0.5 * (before - after) / bend if bend > 0.0 else 0.0
        steepness += _STRIDE * max(-1.0, min(1.0, side))
    else:
        steepness, _ = golden(cost, steepness - _STRIDE, steepness + _STRIDE, 12)
    found, short = close(lane, angle, Steering(last.azimuth, steepness, last.cutoff), tolerance)
    if short > 0.0:
        raise NoSolutionError("out of reach")
    return found


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
        No such flight: the missile burns out before it has the energy, or there is no such path.
    """
    last = start

    def over(steepness: float) -> float:
        nonlocal last
        found, short = close(lane, angle, Steering(last.azimuth, steepness, last.cutoff), 1e-7)
        if short > 0.0:
            raise NoSolutionError("out of reach")
        last = found
        return gap(found)

    here, value = start.steepness, over(start.steepness)
    stride = math.copysign(_PACE, -value)
    while abs(value) > tolerance:
        there = here + stride
        try:
            if not abs(there) < _UPRIGHT:
                raise NoSolutionError("beyond the vertical")
            passed = over(there)
        except NoSolutionError:
            stride *= 0.5
            if abs(stride) < 1e-6:
                raise
            continue
        if passed * value < 0.0:
            illinois(over, (here, value), (there, passed), tolerance)
            break
        here, value = there, passed
    return last
