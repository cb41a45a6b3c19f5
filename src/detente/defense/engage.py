"""Where and when one deployment can meet one flight: first and last intercept, and how many shots in turn."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue
from detente.defense.path import STEP, Meeting, Path, Window, path
from detente.defense.reach import Array, Reach, number
from detente.earth import WGS84

__all__ = ["Meeting", "Path", "Window", "beamed", "dwell", "flown", "path", "ready", "refilled", "tracked"]


def tracked(seen: Path, reach: Reach, cue: Cue) -> float:
    """Return when there is a track to fire on [s after launch], infinity if never: by cue, or by the own radar."""
    above = seen.elevation > 0.0
    alone = above & (seen.slant_range <= reach.radar)
    told = above & (seen.slant_range <= reach.radar_cued) & (seen.time >= cue.alert_time)
    found = np.flatnonzero(alone | told)
    own = float(seen.time[found[0]]) if found.size else float("inf")
    return min(cue.track_time, own)


def ready(track: float, reach: Reach, cue: Cue) -> float:
    """Return when the first interceptor can be launched [s after launch].

    A track and the crew's reaction are needed, and the minimum warning since the first word of the attack.
    """
    return max(track + reach.reaction_time, min(track, cue.alert_time) + reach.minimum_warning)


def open_to(seen: Path, reach: Reach, burnout_time: float) -> tuple[NDArray[np.bool_], Array]:
    """Return when a target is where an interceptor works, gets to and may meet it, and the time it needs [s]."""
    out = reach.time(seen.ground_range, seen.altitude)
    possible = (
        (seen.altitude >= reach.lowest)
        & (seen.altitude <= reach.highest)
        & (seen.slant_range <= reach.greatest_range)
        & (seen.time > burnout_time)
        & np.isfinite(out)
    )
    return possible, out


def flown(seen: Path, reach: Reach, cue: Cue, burnout_time: float) -> Window:
    """Return the battle space of an interceptor that flies out to the threat after its burnout.

    A round is fired as soon as there is a track and the crew has reacted; the next one follows when the first has
    met the target, the result is known and the crew has reacted again. The look itself is perfect.
    """
    start = tracked(seen, reach, cue)
    possible, out = open_to(seen, reach, burnout_time)
    launch = seen.time - out
    first = last = None
    slowest, launching = math.inf, 0.0
    rounds, first_launch = 0, ready(start, reach, cue)
    after = first_launch
    while np.isfinite(after):
        left = np.flatnonzero(possible & (launch >= after))
        if not left.size:
            break
        if first is None:
            first, last = seen.at(int(left[0])), seen.at(int(left[-1]))
            slowest, launching = float(seen.speed[left].min()), float(np.ptp(launch[left]))
        rounds += 1
        after = float(seen.time[left[0]]) + reach.assessment_time + reach.reaction_time
    return Window(
        share=cue.share,
        mode=cue.mode,
        track_time=start,
        ready_time=first_launch,
        first=first,
        last=last,
        rounds=rounds,
        slowest=slowest,
        launching=launching,
    )


def refilled(count: float, reserve: float, reload_time: float, launching: float) -> float:
    """Return how many interceptors can be launched in all, with launchers reloaded while launches still help.

    Parameters
    ----------
    count, reserve : float
        Ready at first, and stored beside them.
    reload_time : float
        From an empty launcher to a ready one [s].
    launching : float
        From the first to the last useful launch [s].
    """
    return count + min(reserve, count * (launching // reload_time)) if reload_time > 0.0 else count


def dwell(slant_range: Array, longest: float, needed: float) -> Array:
    """Return how long a beam must rest on a booster [s]: the spot, and with it the time for one fluence, grows as R^2.

    Parameters
    ----------
    slant_range : array
        From the laser to the booster [m].
    longest : float
        Published range [m].
    needed : float
        Dwell at that range [s].

    Notes
    -----
    The power density of a beam of divergence theta at a range R is P/[pi (theta R)^2/4] (Siegman, A. E. (1986),
    Lasers, section 17.1); jitter adds to theta, and what the air takes is left to the published range.
    """
    found: Array = needed * (slant_range / longest) ** 2
    return found


def _clear(seen: Path, height: float, lowest: float) -> NDArray[np.bool_]:
    """Return whether the line of sight from a height [m] stays above the clouds and the dense air."""
    dip = (WGS84.mean_radius + height) * np.cos(np.minimum(seen.elevation, 0.0)) - WGS84.mean_radius
    clear: NDArray[np.bool_] = (dip >= lowest - 1.0) & (height >= lowest - 1.0)
    return clear


def beamed(seen: Path, laser: Interceptor, liquid: bool, cue: Cue, burnout_time: float) -> Window:
    """Return the battle space of an airborne laser: the booster burns, above the clouds, within its range.

    `lowest_intercept` is the height above cloud that booster and line of sight keep; the aircraft flies there or at the
    height of its site. A shot takes the `dwell` at its range, during which the booster must burn within reach.
    `reaction_time` passes before the first shot and between any two, so `rounds` is what one aircraft can take on.
    """
    longest = number(laser, "laser_range_liquid" if liquid else "laser_range_solid")
    needed = dwell(seen.slant_range, longest, number(laser, "laser_dwell"))
    burning = (seen.time <= burnout_time) & (seen.altitude >= laser.lowest_intercept.value)
    risen = np.flatnonzero(burning)
    track = float(seen.time[risen[0]]) if risen.size else math.inf
    inside = (
        burning
        & (seen.altitude <= laser.highest_intercept.value)
        & (seen.slant_range <= longest)
        & _clear(seen, seen.height, laser.lowest_intercept.value)
    )
    shots: list[int] = []
    after = track + laser.reaction_time.value
    for index in np.flatnonzero(inside):
        done = index + math.ceil(needed[index] / STEP)
        if seen.time[index] >= after and done < seen.time.size and inside[index : done + 1].all():
            shots.append(int(done))
            after = float(seen.time[done]) + laser.reaction_time.value
    last = np.flatnonzero(inside)
    return Window(
        share=cue.share,
        mode=cue.mode,
        track_time=track,
        ready_time=track + laser.reaction_time.value,
        first=seen.at(shots[0]) if shots else None,
        last=seen.at(int(last[-1])) if shots else None,
        rounds=len(shots),
    )
