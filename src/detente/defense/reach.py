"""How far and how fast an interceptor gets, and how far the radar beside it sees."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import CrossSection, Interceptor, Missile
from detente.flight.closed_form import minimum_energy
from detente.problems import BadInputError, Problem
from detente.sources import Cited

if TYPE_CHECKING:
    from detente.flight.flyout import Airframe

Array = NDArray[np.float64]

GRAVITY = 9.80665
"""Standard gravity [m/s^2] (CGPM 1901)."""
BEYOND = 1e5
"""Times above this stand for "not reached" [s]; tables hold 1e9 there, so that they interpolate."""

LARGEST_FIRE_UNIT_REACH = 1.0e6
"""Reach of the largest theater radar of the open literature [m]: 1,000 km (CSIS for the AN/TPY-2, 870 to 3,000)."""

TARGET_SPEED = 5.0e3
"""Target speed where the catalog states none [m/s]: the test limit of both 1997 agreed statements."""

CUED_GAIN = 4.0**0.25
"""How much farther a radar sees that is told where to look [-].

A search radar's range goes with the fourth root of one over the solid angle it must watch (Skolnik, Introduction to
Radar Systems, 3rd ed., section 2.13). The angle, 30 degrees instead of 120, is an assumption: unverified.
"""

HANDOVER = {"midcourse": 10e3, "terminal": 1e3}
"""How far the point that an interceptor was sent to is off when its boost ends [m], after minutes of flight on the
track of a distant radar and after seconds on that of its own: assumptions, unverified. It must steer by that much."""

_RANGES, _ALTITUDES = 97, 49
_STAGES = ((3.1e3, 1), (5.2e3, 2), (math.inf, 3))
"""Stages of a booster whose record states none, by its burnout speed [m/s]: an assumption."""
_LOADING = 6.0e3
"""Launch mass over cross-section where the record lacks one of them [kg/m^2]: an assumption, between missiles for the
air (about 6,000 for the Patriot PAC-3) and boosters (about 17,000 for the GBI)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """What an interceptor can get to, and when.

    Parameters
    ----------
    lowest, highest : float
        Altitudes between which it works [m].
    greatest_range : float
        Slant range to the intercept, at most [m].
    reaction_time : float
        From a usable track to launch [s].
    minimum_warning : float
        From the first word of an attack to readiness for launch [s].
    assessment_time : float
        From an intercept to knowing whether it worked [s].
    radar, radar_cued : float
        Reach of the radar of its fire unit, alone and told where to look [m]; 0 where it has none of its own.
    range_step, altitude_step : float
        Steps of the table [m]; it starts at range 0 and at `lowest`.
    times : array, shape (ranges, altitudes)
        Flight time to each point [s], above `BEYOND` where it does not get there.
    """

    lowest: float
    highest: float
    greatest_range: float
    reaction_time: float
    minimum_warning: float
    assessment_time: float
    radar: float
    radar_cued: float
    range_step: float
    altitude_step: float
    times: Array

    def time(self, ground_range: Array, altitude: Array) -> Array:
        """Return the flight time to points [s], infinity where the interceptor does not get there.

        Linear between the nodes of the table, whose edges serve beyond it.

        Parameters
        ----------
        ground_range, altitude : array, shape (n,)
            Distance along the ground from the launcher, and altitude of the points [m].
        """
        found = np.zeros_like(ground_range)
        for i, u in _between(ground_range / self.range_step, self.times.shape[0]):
            for j, v in _between((altitude - self.lowest) / self.altitude_step, self.times.shape[1]):
                found = found + u * v * self.times[i, j]
        return np.where(found < BEYOND, found, np.inf)


def _between(at: Array, count: int) -> tuple[tuple[NDArray[np.int64], Array], ...]:
    """Return the two nodes around each position on an axis, with their shares."""
    inside = np.clip(at, 0.0, count - 1.0)
    low = np.minimum(inside.astype(np.int64), count - 2)
    return (low, low + 1.0 - inside), (low + 1, inside - low)


def number(interceptor: Interceptor, field: str) -> float:
    """Return an optional number of an interceptor [SI].

    Raises
    ------
    BadInputError
        The catalog does not state it.
    """
    found = getattr(interceptor, field)
    if not isinstance(found, Cited):
        told = "no number, so its fly-out cannot be computed", "a number with unit, range and source"
        raise _wrong(interceptor.name, field, *told, f"Add {field} to [{interceptor.name}].")
    return found.value


def _wrong(name: str, field: str, found: str, allowed: str, do: str) -> BadInputError:
    where = "catalog/data/interceptors"
    return BadInputError([Problem(file=where, key=f"{name}.{field}", found=found, allowed=allowed, do=do)])


def optional(published: Cited | None, default: float = 0.0) -> float:
    """Return the value of a number that a record may lack, or the default."""
    return default if published is None else published.value


def airframe(interceptor: Interceptor) -> Airframe:
    """Return the booster that an interceptor's record describes; what it does not state is that of its class.

    Missiles steered by the air keep their last stage's case, kill vehicles outside it leave it behind.
    """
    from detente.flight.flyout import Airframe

    speed = number(interceptor, "burnout_speed")
    stages = optional(interceptor.stages, next(count for most, count in _STAGES if speed <= most))
    diameter, mass = optional(interceptor.diameter), optional(interceptor.launch_mass)
    if not diameter or not mass:
        diameter, mass = 1.0, _LOADING * math.pi / 4.0
    keeps = interceptor.layer == "terminal" and interceptor.divert is None
    return Airframe(stages=round(stages), mass=mass, diameter=diameter, keeps_case=keeps)


def homing_time(interceptor: Interceptor) -> float:
    """Return what an interceptor needs between burnout and intercept [s] to make up for the error of its aim point.

    A kill vehicle with a divert dv shifts by dv t; a missile that the air steers with a_max shifts by a_max t^2/2.
    """
    error = HANDOVER.get(interceptor.layer, 0.0)
    if interceptor.divert is not None:
        return error / max(interceptor.divert.value, 1.0)
    if interceptor.lateral_limit is not None:
        return math.sqrt(2.0 * error / (max(interceptor.lateral_limit.value, 0.1) * GRAVITY))
    return 0.0


def raised(interceptor: Interceptor, keep_out: Cited | None) -> Interceptor:
    """Return an interceptor whose lowest intercept is not below the altitude at which one still protects."""
    if keep_out is None or keep_out.value <= interceptor.lowest_intercept.value:
        return interceptor
    return replace(interceptor, lowest_intercept=keep_out)


def reach(interceptor: Interceptor, sight: float = 1.0) -> Reach:
    """Return the reach of an interceptor that flies (lasers have none).

    Parameters
    ----------
    interceptor : Interceptor
        At its values.
    sight : float
        How far the radar of its fire unit sees this target, relative to the kind it was made for: see `sight_of`.

    Raises
    ------
    BadInputError
        The catalog states no burnout speed or burn time, speeds that no booster has, or altitudes out of order.
    """
    low, high = interceptor.lowest_intercept.value, interceptor.highest_intercept.value
    if low >= high:
        found = f"{low / 1000:g} km, not below highest_intercept, {high / 1000:g} km"
        allowed = f"0 to below {high / 1000:g} km"
        raise _wrong(interceptor.name, "lowest_intercept", found, allowed, "Correct one of the two.")
    return reach_of(
        number(interceptor, "burnout_speed"),
        number(interceptor, "burn_time"),
        (low, high),
        interceptor.greatest_range.value,
        interceptor.reaction_time.value,
        matched_speed(interceptor),
        sight,
        interceptor,
    )


def credited_speed(interceptor: Interceptor) -> float:
    """Return the fastest target an interceptor is credited with [m/s], infinity where the catalog states nothing.

    Without a speed, that of a minimum-energy missile of the longest range it is credited against.
    """
    if interceptor.target_speed is not None:
        return interceptor.target_speed.value
    if interceptor.largest_target_range is None:
        return math.inf
    return minimum_energy(interceptor.largest_target_range.value).speed


def outclassed(interceptor: Interceptor, ground_range: float) -> bool:
    """Return whether a flight of a ground range [m] is longer than anyone credits a terminal interceptor against.

    The far end of the published range decides. Air slows even the warhead of a long-range missile below the credited
    speed in its last kilometers, where nobody claims an intercept for a defense against theater missiles.
    """
    longest = interceptor.largest_target_range
    return interceptor.layer == "terminal" and longest is not None and ground_range > longest.high


def matched_speed(interceptor: Interceptor) -> float:
    """Return the target speed [m/s] that the fire unit's radar is matched to; 0 where it has no radar of its own."""
    if interceptor.basing not in {"mobile-land", "sea"}:
        return 0.0
    speed = credited_speed(interceptor)
    return speed if math.isfinite(speed) else TARGET_SPEED


def sight_of(missile: Missile, sections: dict[str, CrossSection]) -> float:
    """Return how far a fire unit's radar sees a missile, relative to the theater missile it was made for.

    The fourth root of the ratio of their radar cross sections, in X band; 1 for missiles of short and medium range.
    """
    if missile.kind in {"srbm", "mrbm"}:
        return 1.0
    from detente.sensing.radar import cross_section

    usual, this = (cross_section(sections, target, "X") for target in ("theater-missile", "reentry-body"))
    return float((this / usual) ** 0.25)


@lru_cache(maxsize=256)
def reach_of(
    burnout_speed: float,
    burn_time: float,
    altitudes: tuple[float, float],
    greatest_range: float,
    reaction_time: float,
    target_speed: float,
    sight: float,
    interceptor: Interceptor,
) -> Reach:
    """Return the reach that some numbers give.

    Parameters
    ----------
    burnout_speed, burn_time : float
        Of the interceptor [m/s], [s].
    altitudes : tuple of float
        Lowest and highest intercept [m].
    greatest_range : float
        Slant range at most [m].
    reaction_time : float
        From track to launch [s].
    target_speed : float
        Speed of the targets the fire unit was made for [m/s]; 0 where no radar moves with the launchers.
    sight : float
        As for `reach`.
    interceptor : Interceptor
        Airframe, homing, readiness and assessment.

    Notes
    -----
    No radar of a fire unit is in the catalog. One that fits its interceptor sees a target early enough for an
    intercept at the greatest range: that range, and the way the target makes while the crew reacts and the
    interceptor flies. `LARGEST_FIRE_UNIT_REACH` caps it.

    A point that is reached before the boost and the homing are over is met when they are: the way is flown longer.
    """
    low, high = altitudes
    out = _table(interceptor.name, airframe(interceptor), (burnout_speed, burn_time), altitudes, greatest_range)
    out = np.maximum(out, burn_time + homing_time(interceptor))
    reached = out[-1][out[-1] < BEYOND]
    flown = min(float(reached.min(initial=BEYOND)), burn_time / 2.0 + greatest_range / burnout_speed)
    radar = min(greatest_range + target_speed * (reaction_time + flown), LARGEST_FIRE_UNIT_REACH)
    radar = radar * sight if target_speed > 0.0 else 0.0
    return Reach(
        lowest=low,
        highest=high,
        greatest_range=greatest_range,
        reaction_time=reaction_time,
        minimum_warning=optional(interceptor.minimum_warning),
        assessment_time=optional(interceptor.assessment_time),
        radar=radar,
        radar_cued=radar * CUED_GAIN,
        range_step=greatest_range / (_RANGES - 1),
        altitude_step=(high - low) / (_ALTITUDES - 1),
        times=out,
    )


@lru_cache(maxsize=256)
def _table(
    name: str,
    frame: Airframe,
    burnout: tuple[float, float],
    altitudes: tuple[float, float],
    greatest_range: float,
) -> Array:
    """Return the fly-out times of a booster to the nodes of a table of ranges and altitudes [s].

    Raises
    ------
    BadInputError
        No booster of its class has that burnout speed and burn time.
    """
    from detente.flight.flyout import NoBoosterError, booster, times

    low, high = altitudes
    try:
        made = booster(frame, *burnout)
    except NoBoosterError as error:
        allowed = "a burnout speed and burn time that its stages can have"
        do = "Correct burnout_speed, burn_time or stages."
        raise _wrong(name, "burnout_speed", str(error), allowed, do) from error
    return times(made, np.linspace(0.0, greatest_range, _RANGES), np.linspace(max(low, 1.0), high, _ALTITUDES))
