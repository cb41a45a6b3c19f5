"""Interceptors in orbit against burning boosters: how much of a constellation is near enough, from geometry.

Satellites in circular orbits of one altitude and inclination, with ascending nodes and phases spread evenly. One can
reach a booster if it stands within the distance that its interceptor covers in the time left. The share of the
constellation that does is the inverse of the absentee ratio of the APS study group, Rev. Mod. Phys. 76, S1 (2003).
Interceptor and booster fall alike, so gravity is left out between them over these few minutes.
"""

from __future__ import annotations

import math

import numpy as np

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue
from detente.defense.path import Path, Window
from detente.defense.reach import Array, number
from detente.earth import WGS84

CLOUD_TOP = 7.0e3
"""Altitude above which the plume is seen from space [m], as for warning satellites."""
TOO_LATE = 10.0
"""Seconds before burnout at which a hit no longer keeps the warhead from coming near its aim: an assumption. The last
stage of a solid ICBM gains about 0.1 km/s a second, and 0.5 km/s divide 7,000 from 10,000 km of range."""
COVERING = 2.0 * math.pi / math.sqrt(27.0)
"""Least density of equal circles that leave no gap on a plane: Kershner (1939), Am. J. Math. 61(3), 665-671."""

_PHASES = 2048
RADIUS = WGS84.mean_radius


def share_within(latitude: float, inclination: float, angle: float) -> float:
    """Return the share of evenly spread satellites within an angle at the center of the Earth from a latitude.

    Parameters
    ----------
    latitude : float
        Of the point [rad].
    inclination : float
        Of the orbits [rad], 0 to pi.
    angle : float
        From the point, at the center of the Earth [rad], 0 to pi.

    Returns
    -------
    float
        0 to 1: the mean over the phases of a satellite of the part of its circle of latitude that is so near.

    Notes
    -----
    Near a point below the orbits' greatest latitude it tends to angle^2/(2 pi sqrt(sin^2 i - sin^2 latitude)) for
    small angles, which is the density of a circular orbit's ground track.
    """
    phase = 2.0 * math.pi * (np.arange(_PHASES) + 0.5) / _PHASES
    sine = math.sin(inclination) * np.sin(phase)
    cosine = np.sqrt(1.0 - sine * sine)
    aside = (math.cos(angle) - math.sin(latitude) * sine) / np.maximum(math.cos(latitude) * cosine, 1e-12)
    return float(np.mean(np.arccos(np.clip(aside, -1.0, 1.0))) / math.pi)


def reach_angle(distance: Array, below: Array, above: float) -> Array:
    """Return the angle at the center of the Earth to all that is within a distance, -1 where nothing is.

    Parameters
    ----------
    distance : array
        Straight [m].
    below : array
        Altitude of the booster [m].
    above : float
        Altitude of the satellites [m].
    """
    one, other = RADIUS + below, RADIUS + above
    cosine = (one * one + other * other - distance * distance) / (2.0 * one * other)
    found: Array = np.where(cosine <= 1.0, np.arccos(np.clip(cosine, -1.0, 1.0)), -1.0)
    return found


def covered(time: Array, speed: float, burn_time: float) -> Array:
    """Return how far an interceptor gets [m] in a time after its start [s], its acceleration held constant."""
    spent = np.maximum(time, 0.0)
    burning = 0.5 * speed / burn_time * spent * spent
    return np.asarray(np.where(spent < burn_time, burning, speed * (spent - 0.5 * burn_time)))


def in_reach(seen: Path, interceptor: Interceptor, inclination: float, burnout_time: float) -> tuple[Array, float]:
    """Return the share of the constellation that could have met a booster by each second, and when it is fired [s].

    Fired when the plume has risen above the clouds and the crew or the machine has reacted.
    """
    above = np.flatnonzero(seen.altitude >= CLOUD_TOP)
    start = (float(seen.time[above[0]]) if above.size else math.inf) + interceptor.reaction_time.value
    far = covered(seen.time - start, number(interceptor, "burnout_speed"), number(interceptor, "burn_time"))
    far = np.minimum(far, interceptor.greatest_range.value)
    angle = reach_angle(far, seen.altitude, number(interceptor, "orbit_altitude"))
    possible = (
        (angle >= 0.0)
        & (seen.time > start)
        & (seen.time <= burnout_time - TOO_LATE)
        & (seen.altitude >= interceptor.lowest_intercept.value)
        & (seen.altitude <= interceptor.highest_intercept.value)
    )
    share = np.zeros_like(angle)
    for index in np.flatnonzero(possible):
        share[index] = share_within(float(seen.latitude[index]), inclination, float(angle[index]))
    return share, start


def from_orbit(
    seen: Path, interceptor: Interceptor, inclination: float, cue: Cue, burnout_time: float
) -> tuple[Window, float]:
    """Return the battle space of space-based interceptors, and their shots relative to the published constellation.

    Parameters
    ----------
    seen : Path
        The booster's flight.
    interceptor : Interceptor
        In orbit.
    inclination : float
        Of the orbits [rad].
    cue : Cue
        Whose share and mode the window takes.
    burnout_time : float
        Of the booster [s after launch].
    """
    share, start = in_reach(seen, interceptor, inclination, burnout_time)
    inside = np.flatnonzero(share > 0.0)
    met = inside.size > 0
    window = Window(
        share=cue.share,
        mode=cue.mode,
        track_time=start - interceptor.reaction_time.value,
        ready_time=start,
        first=seen.at(int(inside[0])) if met else None,
        last=seen.at(int(inside[-1])) if met else None,
        rounds=1 if met else 0,
    )
    return window, float(share.max(initial=0.0)) * number(interceptor, "constellation")


def constellation_size(seen: Path, interceptor: Interceptor, burnout_time: float) -> float:
    """Return how many satellites keep one in reach of a booster at all times, at the inclination that needs fewest.

    The reciprocal of the share in reach, times `COVERING`: circles of reach overlap where no gap is left.
    """
    tried = np.radians(np.arange(1.0, 90.0))
    best = max(float(in_reach(seen, interceptor, float(each), burnout_time)[0].max(initial=0.0)) for each in tried)
    return COVERING / best if best > 0.0 else math.inf
