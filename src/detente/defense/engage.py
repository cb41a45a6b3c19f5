"""Where and when one deployment can meet one flight: first and last intercept, and how many shots in turn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.catalog.records import Interceptor, Place
from detente.defense.cue import Cue
from detente.defense.reach import Array, Reach, number
from detente.earth import WGS84, ecef_from_geodetic, geodetic_from_ecef, great_circle, look_angles

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory

_STEP = 1.0
SOLID_REFERENCE_BURN = 170.0
"""Burn time of the solid ICBM that the published constellation holds for [s] (APS 2003, by IEEE Spectrum 2005)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A possible intercept.

    Parameters
    ----------
    time : float
        [s after the threat's launch].
    latitude, longitude, altitude : float
        Where [rad], [rad], [m].
    """

    time: float
    latitude: float
    longitude: float
    altitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Battle space in one state of knowledge.

    Parameters
    ----------
    share : float
        Probability of this state of knowledge, 0 to 1.
    mode : {"own", "shared"}
        Whose sensors count in it.
    track_time : float
        When a radar has a track to fire on [s after launch]; infinity where none gets one.
    first, last : Meeting or None
        First and last possible intercept; None where there is none.
    rounds : int
        Shots that time allows one after the other, with a look between; 0 where there is no intercept.
    slowest : float
        Least speed of the target where it can be met [m/s]; infinity where there is no intercept.
    """

    share: float
    mode: Literal["own", "shared"]
    track_time: float
    first: Meeting | None
    last: Meeting | None
    rounds: int
    slowest: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """A flight sampled every second, as seen from a site.

    Parameters
    ----------
    time : array, shape (n,)
        [s after launch].
    latitude, longitude, altitude : array, shape (n,)
        Geodetic [rad], [rad], [m].
    speed : array, shape (n,)
        Relative to the turning Earth [m/s].
    ground_range, slant_range, elevation : array, shape (n,)
        From the site [m], [m], [rad]; zeros where there is no site.
    """

    time: Array
    latitude: Array
    longitude: Array
    altitude: Array
    speed: Array
    ground_range: Array
    slant_range: Array
    elevation: Array

    def at(self, index: int) -> Meeting:
        """Return the place and time of a sample."""
        return Meeting(
            time=float(self.time[index]),
            latitude=float(self.latitude[index]),
            longitude=float(self.longitude[index]),
            altitude=float(self.altitude[index]),
        )


def path(flight: Trajectory, site: Place | None) -> Path:
    """Return a flight as seen from a site, every second to impact."""
    time = np.arange(0.0, flight.flight_time, _STEP)
    position, velocity = flight.at(time)
    latitude, longitude, altitude = geodetic_from_ecef(position)
    ground = slant = elevation = np.zeros_like(time)
    if site is not None:
        lat, lon = site.latitude.value, site.longitude.value
        height = site.altitude.value if site.altitude else 0.0
        angle, _ = great_circle(lat, lon, latitude, longitude)
        ground = WGS84.mean_radius * angle
        slant = np.linalg.norm(position - ecef_from_geodetic(lat, lon, height), axis=-1)
        elevation = look_angles(lat, lon, height, position)[1]
    return Path(
        time=time,
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        speed=np.linalg.norm(velocity, axis=-1),
        ground_range=ground,
        slant_range=slant,
        elevation=elevation,
    )


def tracked(seen: Path, reach: Reach, cue: Cue) -> float:
    """Return when there is a track to fire on [s after launch], infinity if never: by cue, or by the own radar."""
    above = seen.elevation > 0.0
    alone = above & (seen.slant_range <= reach.radar)
    told = above & (seen.slant_range <= reach.radar_cued) & (seen.time >= cue.alert_time)
    found = np.flatnonzero(alone | told)
    own = float(seen.time[found[0]]) if found.size else float("inf")
    return min(cue.track_time, own)


def flown(seen: Path, reach: Reach, cue: Cue, burnout_time: float) -> Window:
    """Return the battle space of an interceptor that flies out to the threat after its burnout.

    A round is fired as soon as there is a track and the crew has reacted; the next one follows when the first has
    met the target and the crew has reacted again. The look itself is perfect.
    """
    start = tracked(seen, reach, cue)
    time_out = reach.time(seen.ground_range, seen.altitude)
    possible = (
        (seen.altitude >= reach.lowest)
        & (seen.altitude <= reach.highest)
        & (seen.slant_range <= reach.greatest_range)
        & (seen.time > burnout_time)
        & np.isfinite(time_out)
    )
    launch = seen.time - time_out
    first = last = None
    slowest = math.inf
    rounds, ready = 0, start + reach.reaction_time
    while np.isfinite(ready):
        left = np.flatnonzero(possible & (launch >= ready))
        if not left.size:
            break
        if first is None:
            first, slowest = seen.at(int(left[0])), float(seen.speed[left].min())
        last = seen.at(int(left[-1]))
        rounds += 1
        ready = float(seen.time[left[0]]) + reach.reaction_time
    return Window(
        share=cue.share, mode=cue.mode, track_time=start, first=first, last=last, rounds=rounds, slowest=slowest
    )


def beamed(seen: Path, laser: Interceptor, liquid: bool, cue: Cue, burnout_time: float) -> Window:
    """Return the battle space of an airborne laser: the booster burns, above the clouds, within its range.

    `lowest_intercept` is the height above cloud and aircraft; `reaction_time` passes before the first and between
    any two engagements, so `rounds` is what one aircraft can take on. The line of sight is free: both ends are higher
    than 7 km, where horizons are more than 300 km away, and the longest range is 600 km.
    """
    longest = number(laser, "laser_range_liquid" if liquid else "laser_range_solid")
    burning = (seen.time <= burnout_time) & (seen.altitude >= laser.lowest_intercept.value)
    ready = np.flatnonzero(burning)
    track = float(seen.time[ready[0]]) if ready.size else float("inf")
    inside = np.flatnonzero(
        burning
        & (seen.altitude <= laser.highest_intercept.value)
        & (seen.slant_range <= longest)
        & (seen.time >= track + laser.reaction_time.value)
    )
    if not inside.size:
        return Window(share=cue.share, mode=cue.mode, track_time=track, first=None, last=None, rounds=0)
    span = float(seen.time[inside[-1]] - seen.time[inside[0]])
    pace = max(laser.reaction_time.value, _STEP)
    return Window(
        share=cue.share,
        mode=cue.mode,
        track_time=track,
        first=seen.at(int(inside[0])),
        last=seen.at(int(inside[-1])),
        rounds=1 + int(span // pace),
    )


def absentee(interceptor: Interceptor, burnout_time: float) -> float:
    """Return how many more interceptors in orbit are in reach of a booster than of the published solid ICBM [-].

    How many are in reach goes with the square of the distance they cover, v (T - reaction - t_b/2), with T the
    booster's burn time and t_b their own, acceleration held constant: the absentee ratio of the APS study group,
    Rev. Mod. Phys. 76, S1 (2003). The published constellation gives one shot at a solid ICBM that burns for 170 s.
    """
    lost = interceptor.reaction_time.value + number(interceptor, "burn_time") / 2.0
    return (max(burnout_time - lost, 0.0) / max(SOLID_REFERENCE_BURN - lost, 1.0)) ** 2


def from_orbit(seen: Path, interceptor: Interceptor, cue: Cue, burnout_time: float) -> tuple[Window, float]:
    """Return the battle space of space-based interceptors, and their shots relative to the published constellation."""
    inside = np.flatnonzero(
        (seen.time <= burnout_time)
        & (seen.time >= interceptor.reaction_time.value + number(interceptor, "burn_time") / 2.0)
        & (seen.altitude >= interceptor.lowest_intercept.value)
        & (seen.altitude <= interceptor.highest_intercept.value)
    )
    met = inside.size > 0
    window = Window(
        share=cue.share,
        mode=cue.mode,
        track_time=interceptor.reaction_time.value,
        first=seen.at(int(inside[0])) if met else None,
        last=seen.at(int(inside[-1])) if met else None,
        rounds=1 if met else 0,
    )
    return window, absentee(interceptor, burnout_time) if met else 0.0
