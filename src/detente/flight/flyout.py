"""How soon an interceptor can be somewhere: a booster of its class, flown in stages through the flight kernels.

An interceptor is published as a burnout speed, a burn time and little else. `booster` finds masses that give that speed
on a climb at `STEEPNESS`, losses to gravity and air included: stages of equal speed gain with the structure and
propellant of `STRUCTURE` and `ISP`. `times` flies a fan of such boosts, from straight up to `FLATTEST`, over a sphere
at rest, and reads from it when each range and altitude is first reached. Left out: the turning of the Earth below the
interceptor, shaping of the path within a stage, and cut-off before burnout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.earth import WGS84, Earth
from detente.flight import tables
from detente.flight.kernels import flight
from detente.flight.vehicle import G0, RISE_SPEED, SEA_LEVEL_PRESSURE, Vehicle
from detente.flight.world import World, world

Array = NDArray[np.float64]

NEVER = 1e9
"""Stands for "not reached" in a table [s]; larger than any flight, and finite so that tables interpolate."""
ISP, ISP_SEA_LEVEL = 280.0, 250.0
"""Specific impulse of a composite solid propellant, in vacuum and at sea level [s] (Sutton and Biblarz, Rocket
Propulsion Elements, 7th ed., table 12-1 gives 260 to 265 s at 68 atm for the usual ones; the larger nozzle of upper
stages gains the rest). Recalled: unverified."""
STRUCTURE = 0.10
"""Share of a stage that is not propellant [-]: 0.08 to 0.15 in large solid motors (recalled: unverified)."""
BODY_DRAG = 0.25
"""Drag coefficient of a burnt-out missile in supersonic flight [-]: an assumption, near the catalog's table of drag."""
STEEPNESS = math.radians(45.0)
"""Path angle at burnout for which the published burnout speed is taken [rad]."""
FLATTEST = math.radians(4.0)
"""Least path angle of the fan when the first stage burns out [rad]."""
SPHERE = Earth(mu=WGS84.mu, equatorial_radius=WGS84.mean_radius, flattening=0.0, j2=0.0, rotation_rate=0.0)

_FAN, _TRIED, _ROWS, _PARTS = 64, 12, 600, 4
_CROWDED = 1.8  # flat flights lie closer together: their ranges differ most
_CLOSENESS = (1.0, 1e-3, 2.0, 40.0)
_LONGEST_KICK = 10.0
_LARGEST_KICK = 1.9
_ORIGIN = np.zeros(3)


class NoBoosterError(ValueError):
    """No booster of this kind reaches the burnout speed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Airframe:
    """What a booster is made of, beside its burnout speed and burn time.

    Parameters
    ----------
    stages : int
        Number of stages, 1 to 4.
    mass : float
        At launch [kg], above 0; only its ratio to the cross-section counts, for drag.
    diameter : float
        Of the first stage, and of the others [m], above 0.
    keeps_case : bool
        Whether the last stage stays with what it carries, as with missiles steered by the air.
    """

    stages: int
    mass: float
    diameter: float
    keeps_case: bool


@lru_cache(maxsize=512)
def booster(airframe: Airframe, burnout_speed: float, burn_time: float) -> Vehicle:
    """Return the booster that burns out at a speed.

    Parameters
    ----------
    airframe : Airframe
        Stages, mass and diameter.
    burnout_speed : float
        Over a sphere at rest, on a climb that ends `STEEPNESS` above the horizontal [m/s], above 0.
    burn_time : float
        Of all stages together, each alike [s], above 0.

    Raises
    ------
    NoBoosterError
        The speed is beyond stages without any load, or thrust is below weight.
    """
    gain, slope, before = burnout_speed + 0.5 * G0 * burn_time, 1.0, (math.nan, math.nan)
    for _ in range(12):
        made = _built(airframe, gain, burn_time)
        short = burnout_speed - _speed_on_climb(made)
        if abs(short) < 1e-4 * burnout_speed:
            return made
        risen = (before[1] - short) / (gain - before[0])
        slope = 1.0 / risen if 0.3 < risen < 3.0 else slope
        before, gain = (gain, short), gain + slope * short
    raise NoBoosterError(f"no booster burns out at {burnout_speed:g} m/s after {burn_time:g} s")


def _built(airframe: Airframe, gain: float, burn_time: float) -> Vehicle:
    """Return the booster with an ideal speed gain [m/s], shared evenly by its stages (Tsiolkovsky)."""
    burnt = 1.0 - math.exp(-gain / (airframe.stages * ISP * G0))
    carried = 1.0 - burnt / (1.0 - STRUCTURE)
    if not 0.0 < carried < 1.0:
        most = airframe.stages * ISP * G0 * math.log(1.0 / STRUCTURE)
        raise NoBoosterError(
            f"{airframe.stages} stages without load gain {most / 1e3:.1f} km/s; {gain / 1e3:.1f} km/s are needed"
        )
    area, each, mass = math.pi / 4.0 * airframe.diameter**2, burn_time / airframe.stages, airframe.mass
    rows: list[list[float]] = []
    for _ in range(airframe.stages):
        propellant, inert = mass * burnt, mass * (1.0 - carried - burnt)
        flow = propellant / each
        nozzle = (ISP - ISP_SEA_LEVEL) * G0 * flow / SEA_LEVEL_PRESSURE if not rows else 0.0
        rows.append([propellant, inert, each, ISP * G0 * flow, nozzle, area])
        mass *= carried
    if airframe.keeps_case:
        mass += rows[-1][1]
        rows[-1][1] = 0.0
    stages = np.array(rows)
    lift = (stages[0, 3] - SEA_LEVEL_PRESSURE * stages[0, 4]) / airframe.mass / G0
    if lift <= 1.02:
        raise NoBoosterError(f"thrust at launch is {lift:.2f} of the weight: the burn time is too long for the speed")
    return Vehicle(
        name="booster",
        stages=stages,
        body=np.array([mass, BODY_DRAG * area / mass]),
        drag=tables.drag("solid"),
        rise_time=min(RISE_SPEED / (G0 * (lift - 1.0)), 0.1 * each),
    )


def _through(made: Vehicle) -> World:
    return world(SPHERE, drag=made.drag, closeness=_CLOSENESS)


def _flown(made: Vehicle, stages: Array, body: Array, kick: float, pitch: float) -> Array:
    """Return rows of time and state of one boost and fall."""
    out = np.empty((_ROWS, 7))
    bend = min(_LONGEST_KICK, 0.3 * stages[0, 2])
    control = np.array([0.5 * math.pi, kick, pitch, math.inf, made.rise_time, bend])
    rows = flight(_ORIGIN, control, stages, body, _through(made), out)[4]
    return out[: min(rows, _ROWS)]


def _climb_angle(rows: Array, time: float) -> float:
    """Return the path angle at a time when a leg ends [rad]."""
    row = rows[int(np.searchsorted(rows[:, 0], time - 1e-6))]
    up = row[1:4] / np.linalg.norm(row[1:4])
    return math.asin(float(row[4:7] @ up) / float(np.linalg.norm(row[4:7])))


def _kicks(made: Vehicle, wanted: Array) -> Array:
    """Return the kicks [rad] that end the first stage at path angles [rad], falling from the vertical."""
    first = made.stages[:1]
    above = np.array([made.stages[1:, :2].sum() + first[0, 1] + made.body[0], made.body[1]])
    tried = _LARGEST_KICK * np.linspace(0.0, 1.0, _TRIED) ** 2
    found = [0.5 * math.pi]
    for kick in tried[1:]:
        rows = _flown(made, first, above, float(kick), 0.0)
        burnt = rows[-1, 0] >= first[0, 2]
        found.append(min(_climb_angle(rows, first[0, 2]) if burnt else -0.5 * math.pi, found[-1] - 1e-9))
    return np.interp(-wanted, -np.array(found), tried)


def _speed_on_climb(made: Vehicle) -> float:
    """Return the burnout speed where the path angle at burnout is `STEEPNESS` [m/s]."""
    steep = np.radians([75.0, 62.0, 53.0, 46.0, 38.0])
    angles, speeds = [], []
    for kick, pitch in zip(_kicks(made, steep), steep, strict=True):
        rows = _flown(made, made.stages, made.body, float(kick), float(pitch))
        row = rows[int(np.searchsorted(rows[:, 0], made.burn_time - 1e-6))]
        angles.append(-_climb_angle(rows, made.burn_time))
        speeds.append(float(np.linalg.norm(row[4:7])))
    return float(np.interp(-STEEPNESS, angles, speeds))


def fan(made: Vehicle) -> tuple[Array, ...]:
    """Return the flights of a booster from straight up to the flattest.

    Returns
    -------
    tuple of array, shape (n, 3)
        Of each flight: time [s], ground range from the launcher and altitude [m], from launch to impact.
    """
    steep = FLATTEST + (0.5 * math.pi - FLATTEST) * np.linspace(1.0, 0.0, _FAN) ** _CROWDED
    kicks = _kicks(made, steep)
    kicks[0] = 0.0
    return tuple(
        _dense(_flown(made, made.stages, made.body, float(kick), float(pitch)))
        for kick, pitch in zip(kicks, steep, strict=True)
    )


def _dense(rows: Array) -> Array:
    """Return time, ground range and altitude along a flight, with cubic pieces between the rows of the kernel."""
    share = np.arange(_PARTS) / _PARTS
    step = np.diff(rows[:, 0])[:, None, None]
    a, b = rows[:-1, None, 1:], rows[1:, None, 1:]
    s = share[None, :, None]
    cubic = 3.0 * s * s - 2.0 * s * s * s
    place = a[..., :3] + cubic * (b[..., :3] - a[..., :3])
    place = place + step * s * (1.0 - s) * ((1.0 - s) * a[..., 3:] - s * b[..., 3:])
    place = np.concatenate([place.reshape(-1, 3), rows[-1:, 1:4]])
    times = np.append((rows[:-1, :1] + step[:, :, 0] * share).ravel(), rows[-1, 0])
    radius = np.linalg.norm(place, axis=1)
    turned = np.unwrap(np.arctan2(np.hypot(place[:, 1], place[:, 2]) * np.sign(place[:, 1] + 1e-30), place[:, 0]))
    return np.column_stack([times, SPHERE.mean_radius * np.maximum(turned, 0.0), radius - SPHERE.mean_radius])


def times(made: Vehicle, ranges: Array, altitudes: Array) -> Array:
    """Return when a booster's load is first at points, from launch.

    Parameters
    ----------
    made : Vehicle
        From `booster`.
    ranges : array, shape (n,)
        Distances over the ground [m], evenly from 0.
    altitudes : array, shape (m,)
        [m], above 0.

    Returns
    -------
    array, shape (n, m)
        [s]; `NEVER` where no flight of the fan comes.
    """
    flights = fan(made)
    longest = max(len(each) for each in flights)
    paths = np.empty((len(flights), longest, 3))
    for path, each in zip(paths, flights, strict=True):
        path[: len(each)] = each
        path[len(each) :] = each[-1]
    return np.asarray(_first_times(paths, ranges, altitudes))


@njit(cache=True)
def _first_times(paths: Array, ranges: Array, altitudes: Array) -> Array:
    """Return the table of `times`: at each altitude the crossings of the fan, rising, then falling, are one curve."""
    found = np.full((ranges.shape[0], altitudes.shape[0]), NEVER)
    count = paths.shape[0]
    for j in range(altitudes.shape[0]):
        old_range, old_time = -1.0, 0.0
        reached = 0
        while reached < count and paths[reached, :, 2].max() >= altitudes[j]:
            reached += 1
        for k in range(2 * reached):
            rising = k < reached
            reach, time = _crossing(paths[k if rising else 2 * reached - 1 - k], altitudes[j], rising)
            if old_range >= 0.0:
                _fill(found[:, j], ranges, old_range, old_time, reach, time)
            old_range, old_time = reach, time
    return found


@njit(cache=True)
def _crossing(path: Array, altitude: float, rising: bool) -> tuple[float, float]:
    """Return range and time at which a flight crosses an altitude that it reaches, for the first or the last time."""
    last = path.shape[0] - 1
    i = 1 if rising else last
    if rising:
        while i < last and path[i, 2] < altitude:
            i += 1
    else:
        while i > 1 and path[i - 1, 2] < altitude:
            i -= 1
    rise = path[i, 2] - path[i - 1, 2]
    share = min(max((altitude - path[i - 1, 2]) / rise, 0.0), 1.0) if rise != 0.0 else 0.0
    reach = path[i - 1, 1] + share * (path[i, 1] - path[i - 1, 1])
    return reach, path[i - 1, 0] + share * (path[i, 0] - path[i - 1, 0])


@njit(cache=True)
def _fill(into: Array, ranges: Array, r1: float, t1: float, r2: float, t2: float) -> None:
    """Lower the times at ranges between two points of a curve to the straight line between them."""
    step = ranges[1] - ranges[0]
    first, last = math.ceil((min(r1, r2) - 1e-6) / step), math.floor((max(r1, r2) + 1e-6) / step)
    for i in range(max(first, 0), min(last, ranges.shape[0] - 1) + 1):
        share = min(max((ranges[i] - r1) / (r2 - r1), 0.0), 1.0) if r2 != r1 else 0.0
        into[i] = min(into[i], t1 + share * (t2 - t1))
