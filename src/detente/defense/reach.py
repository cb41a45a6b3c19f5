"""How far and how fast an interceptor gets, and how far the radar beside it sees."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import CrossSection, Interceptor, Missile
from detente.flight.closed_form import minimum_energy
from detente.problems import BadInputError, Problem
from detente.sources import Cited

Array = NDArray[np.float64]

NEVER = 1e9
"""Stands for "not reached" in a table [s]; larger than any flight, and finite so that tables interpolate."""

LARGEST_FIRE_UNIT_REACH = 1.0e6
"""Reach of the largest theater radar of the open literature [m]: 1,000 km (CSIS for the AN/TPY-2, 870 to 3,000)."""

TARGET_SPEED = 5.0e3
"""Target speed where the catalog states none [m/s]: the test limit of both 1997 agreed statements."""

CUED_GAIN = 4.0**0.25
"""How much farther a radar sees that is told where to look [-].

A search radar's range goes with the fourth root of one over the solid angle it must watch (Skolnik, Introduction to
Radar Systems, 3rd ed., section 2.13). The angle, 30 degrees instead of 120, is an assumption: unverified.
"""

_RANGES, _ALTITUDES = 49, 33


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
        From a usable track to launch, and from an intercept that is looked at to the next launch [s].
    burnout_speed, burn_time : float
        Of the fly-out [m/s], [s].
    radar, radar_cued : float
        Reach of the radar of its fire unit, alone and told where to look [m]; 0 where it has none of its own.
    range_step, altitude_step : float
        Steps of the table [m]; it starts at range 0 and at `lowest`.
    times : array, shape (ranges, altitudes)
        Flight time to each point [s], `NEVER` where it does not get there.
    """

    lowest: float
    highest: float
    greatest_range: float
    reaction_time: float
    burnout_speed: float
    burn_time: float
    radar: float
    radar_cued: float
    range_step: float
    altitude_step: float
    times: Array

    def time(self, ground_range: Array, altitude: Array) -> Array:
        """Return the flight time to points [s], infinity where the interceptor does not get there.

        Parameters
        ----------
        ground_range, altitude : array, shape (n,)
            Distance along the ground from the launcher, and altitude of the points [m].
        """
        from detente.flight.flyout import flyout_times

        times: Array = flyout_times(ground_range, np.maximum(altitude, 1.0), self.burnout_speed, self.burn_time)
        return times


def number(interceptor: Interceptor, field: str) -> float:
    """Return an optional number of an interceptor [SI].

    Raises
    ------
    BadInputError
        The catalog does not state it.
    """
    found = getattr(interceptor, field)
    if not isinstance(found, Cited):
        raise BadInputError(
            [
                Problem(
                    file="catalog/data/interceptors",
                    key=f"{interceptor.name}.{field}",
                    found="no number, so its fly-out cannot be computed",
                    allowed="a number with unit, range and source",
                    do=f"Add {field} to [{interceptor.name}].",
                )
            ]
        )
    return found.value


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
        The catalog states no burnout speed or burn time, or altitudes out of order.
    """
    low, high = interceptor.lowest_intercept.value, interceptor.highest_intercept.value
    if low >= high:
        raise BadInputError(
            [
                Problem(
                    file="catalog/data/interceptors",
                    key=f"{interceptor.name}.lowest_intercept",
                    found=f"{low / 1000:g} km, not below highest_intercept, {high / 1000:g} km",
                    allowed=f"0 to below {high / 1000:g} km",
                    do="Correct one of the two.",
                )
            ]
        )
    return reach_of(
        number(interceptor, "burnout_speed"),
        number(interceptor, "burn_time"),
        (low, high),
        interceptor.greatest_range.value,
        interceptor.reaction_time.value,
        matched_speed(interceptor),
        sight,
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

    Notes
    -----
    No radar of a fire unit is in the catalog. One that fits its interceptor sees a target early enough for an
    intercept at the greatest range: that range, and the way the target makes while the crew reacts and the
    interceptor flies. `LARGEST_FIRE_UNIT_REACH` caps it.
    """
    from detente.flight.flyout import flyout_times

    low, high = altitudes
    ranges, heights = np.linspace(0.0, greatest_range, _RANGES), np.linspace(max(low, 1.0), high, _ALTITUDES)
    points = np.meshgrid(ranges, heights, indexing="ij")
    times = flyout_times(points[0].ravel(), points[1].ravel(), burnout_speed, burn_time).reshape(_RANGES, _ALTITUDES)
    times = np.where(np.isfinite(times), times, NEVER)
    flown = min(float(times[-1, 0]), burn_time / 2.0 + greatest_range / burnout_speed)
    radar = min(greatest_range + target_speed * (reaction_time + flown), LARGEST_FIRE_UNIT_REACH)
    radar = radar * sight if target_speed > 0.0 else 0.0
    return Reach(
        lowest=low,
        highest=high,
        greatest_range=greatest_range,
        reaction_time=reaction_time,
        burnout_speed=burnout_speed,
        burn_time=burn_time,
        radar=radar,
        radar_cued=radar * CUED_GAIN,
        range_step=greatest_range / (_RANGES - 1),
        altitude_step=(high - low) / (_ALTITUDES - 1),
        times=times,
    )
