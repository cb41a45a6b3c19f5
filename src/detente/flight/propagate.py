"""A body without thrust from any initial state: any Earth, air, wind and drag, until a time or an altitude."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.earth import (
    WGS84,
    Earth,
    east_north_up,
    ecef_from_eci,
    geodetic_from_ecef,
    velocity_ecef_from_eci,
)
from detente.flight import physics
from detente.flight.trajectory import Event

Array = NDArray[np.float64]

_RELATIVE, _CLOSE = 1e-11, np.array([1e-6, 1e-6, 1e-6, 1e-9, 1e-9, 1e-9])
"""Greatest local error of a step: relative, and absolute in position [m] and velocity [m/s]."""
_LONGEST_STEP = 30.0
_TURN = 1e-4
"""Rate of climb at which a rise has become a fall, or a fall a rise [m/s]: above the noise of a circular orbit."""
_DAY = 86_400.0
_MOST_ROWS = 500_000


class TooManyRowsError(ValueError):
    """More samples than a table should hold, or a time between them that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drag:
    """How the air slows a body: m/(C_D A) may depend on the Mach number.

    Parameters
    ----------
    area_over_mass : float
        Reference area over mass [m²/kg], >= 0; with a `coefficient` of 1 it is 1/ballistic coefficient.
    mach : tuple of float
        Mach numbers of the table, rising; a single one for a constant coefficient.
    coefficient : tuple of float
        Drag coefficient [-] at each; linear between them, constant beyond.
    """

    area_over_mass: float
    mach: tuple[float, ...] = (0.0,)
    coefficient: tuple[float, ...] = (1.0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wind:
    """Velocity of the air relative to the rotating Earth, by altitude.

    Parameters
    ----------
    altitude : tuple of float
        Rising [m]; a single one for a constant wind.
    north, east : tuple of float
        Toward north and toward east at each [m/s]; linear between them, constant beyond.
    """

    altitude: tuple[float, ...] = (0.0,)
    north: tuple[float, ...] = (0.0,)
    east: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Air:
    """What the body flies through.

    Parameters
    ----------
    table : array
        Air table of `tables.us1976` or `tables.exponential`.
    sound : bool
        Whether the model has a speed of sound; without one there is no Mach number.
    wind : Wind
        By default still.
    """

    table: Array
    sound: bool = True
    wind: Wind = Wind()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passage:
    """A body on its way, sampled.

    Parameters
    ----------
    time : array, shape (n,)
        Of the samples [s], rising from 0; the last one is the end.
    latitude, longitude, altitude : array, shape (n,)
        Geodetic [rad], [rad], [m].
    velocity_ned : array, shape (n, 3)
        North, east and down, relative to the rotating Earth [m/s].
    position_eci, velocity_eci, position_ecef, velocity_ecef : array, shape (n, 3)
        Inertial, and relative to the rotating Earth; the axes coincide at time 0 [m], [m/s].
    mach : array, shape (n,)
        Speed through the air over the speed of sound [-]; NaN where the air has none.
    dynamic_pressure : array, shape (n,)
        ½ρv² of the speed through the air [Pa].
    density : array, shape (n,)
        Of the air [kg/m³].
    events : tuple of Event
        "start", each "apogee", then "impact", "altitude" or "time", in order of time.
    """

    time: Array
    latitude: Array
    longitude: Array
    altitude: Array
    velocity_ned: Array
    position_eci: Array
    velocity_eci: Array
    position_ecef: Array
    velocity_ecef: Array
    mach: Array
    dynamic_pressure: Array
    density: Array
    events: tuple[Event, ...]


def propagate(
    position_eci: Array,
    velocity_eci: Array,
    *,
    earth: Earth = WGS84,
    air: Air | None = None,
    drag: Drag | None = None,
    time: float | None = None,
    altitude: float = 0.0,
    every: float = 1.0,
) -> Passage:
    """Return the way of a body from a state at time 0 to the first of a time, an altitude, and the ground.

    Gravity of `earth`, and drag in air that turns with it. Integrated by the eighth-order method of Dormand and
    Prince with a local error of 1e-11; apogees and the end are located on its interpolant.

    Parameters
    ----------
    position_eci, velocity_eci : array, shape (3,)
        In inertial axes that coincide with the Earth-fixed ones at time 0 [m], [m/s].
    earth : Earth
        Gravity, ellipsoid and rotation.
    air, drag : Air, Drag, optional
        Both for a flight with drag; with air alone density, Mach number and dynamic pressure are still told.
    time : float, optional
        When to end at the latest [s]; without it after a day.
    altitude : float
        Where to end on the way down [m]; the ground, altitude 0, ends every flight.
    every : float
        Time between samples [s], > 0.

    Raises
    ------
    ValueError
        A state that is underground or no number.
    TooManyRowsError
        More than 500,000 samples.

    References
    ----------
    Hairer, E., Nørsett, S. P. and Wanner, G. (1993), Solving Ordinary Differential Equations I, 2nd ed., section II.5
    (DOP853).
    """
    limit = _DAY if time is None else time
    start = np.concatenate([position_eci, velocity_eci]).astype(float)
    _check(start, earth, min(0.0, altitude), limit, every)
    legs = list(_legs(start, limit, altitude, earth, _slope(earth, air, drag)))
    end = legs[-1].end
    whole = np.arange(0.0, end, every)
    times = np.append(whole[whole < end - 1e-9], end)
    states = np.empty((len(times), 6))
    for leg in legs:
        inside = (times >= leg.start) & (times <= leg.end)
        states[inside] = leg.states(times[inside]).T
    states[0], states[-1] = (start, legs[-1].last) if end > 0.0 else (start, start)
    marks = [("start", 0.0, start), *((leg.why, leg.end, leg.last) for leg in legs if leg.why != "perigee")]
    return passage(times, states, earth, air, tuple(_event(*mark, earth) for mark in marks))


def _check(start: Array, earth: Earth, ground: float, limit: float, every: float) -> None:
    """Refuse what cannot be flown."""
    if not np.isfinite(start).all():
        raise ValueError(f"a state is three positions and three velocities, all finite; found {start.tolist()}")
    if math.sqrt(float(start[:3] @ start[:3])) < 0.5 * earth.polar_radius:
        raise ValueError("the body starts deep inside the Earth; start it above the surface")
    height = float(geodetic_from_ecef(start[:3], earth)[2])
    if height < ground - 1e-3:
        raise ValueError(f"the body starts {ground - height:,.0f} m underground; start it above the surface")
    if not (limit > 0.0 and every > 0.0 and limit / every <= _MOST_ROWS):
        raise TooManyRowsError(
            f"samples every {every:g} s for up to {limit:g} s; allowed: both above 0, at most {_MOST_ROWS:,} samples"
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Leg:
    """A part of the way on which the body only rises or only falls: its interpolant, its end, and why it ended."""

    start: float
    end: float
    states: Callable[[Array], Array]
    last: Array
    why: str


def _legs(
    start: Array, limit: float, altitude: float, earth: Earth, slope: Callable[[float, Array], Array]
) -> Iterator[_Leg]:
    """Yield the legs of a flight. On each the altitude goes one way, so that no crossing of a level can be missed."""
    t, y, rising, why = 0.0, start, _climb(start, earth) > 0.0, ""
    while why not in {"time", "altitude", "impact"}:
        watched = _watched(y, rising, altitude, earth)
        leg = _leg(t, y, limit, watched, slope)
        yield leg
        t, y, rising, why = leg.end, leg.last, not rising, leg.why


def _leg(
    t: float, y: Array, limit: float, watched: list[tuple[str, Any]], slope: Callable[[float, Array], Array]
) -> _Leg:
    """Return the way from a time and state to the first of what is watched for."""
    from scipy.integrate import solve_ivp

    found: Any = solve_ivp(
        slope,
        (t, limit),
        y,
        method="DOP853",
        dense_output=True,
        events=[watcher for _, watcher in watched],
        rtol=_RELATIVE,
        atol=_CLOSE,
        max_step=_LONGEST_STEP,
    )
    if found.status < 0:
        raise ValueError(f"no step is possible after {found.t[-1]:g} s: {found.message}")
    hits = [name for (name, _), times in zip(watched, found.t_events, strict=True) if len(times)]
    return _Leg(t, float(found.t[-1]), found.sol, found.y[:, -1], hits[0] if found.status == 1 else "time")


def _watched(y: Array, rising: bool, altitude: float, earth: Earth) -> list[tuple[str, Any]]:
    """Return what ends a leg: on a rise the apogee; on a fall the perigee, and the altitude to end at or the ground."""
    if rising:
        return [("apogee", _watcher(lambda y: _climb(y, earth) + _TURN, -1.0))]
    level = altitude if _height(y, earth) > altitude else min(0.0, altitude)
    return [
        ("perigee", _watcher(lambda y: _climb(y, earth) - _TURN, 1.0)),
        ("altitude" if level > 0.0 else "impact", _watcher(lambda y: _height(y, earth) - level, -1.0)),
    ]


def _height(y: Array, earth: Earth) -> float:
    """Return the altitude of an inertial state [m]."""
    return float(physics.ellipsoid(y[0], y[1], y[2], earth.equatorial_radius, earth.flattening)[0])


def _climb(y: Array, earth: Earth) -> float:
    """Return the rate of climb of an inertial state [m/s]."""
    _, nx, ny, nz = physics.ellipsoid(y[0], y[1], y[2], earth.equatorial_radius, earth.flattening)
    return float(nx * y[3] + ny * y[4] + nz * y[5])


def _watcher(function: Callable[[Array], float], direction: float) -> Any:
    """Return an event that ends the integration where a function of the state crosses zero in one direction."""

    def watcher(_: float, y: Array) -> float:
        return function(y)

    watcher.terminal = True  # type: ignore[attr-defined]
    watcher.direction = direction  # type: ignore[attr-defined]
    return watcher


def _slope(earth: Earth, air: Air | None, drag: Drag | None) -> Callable[[float, Array], Array]:
    """Return the time derivative of a state."""
    field = earth.mu, earth.equatorial_radius, earth.j2, earth.j3, earth.j4

    def slope(_: float, y: Array) -> Array:
        acceleration = np.array(physics.gravity(y[0], y[1], y[2], *field))
        if air is not None and drag is not None:
            through, density, sound = _through(y, earth, air)
            speed = math.sqrt(float(through @ through))
            mach = speed / sound if air.sound else 0.0
            coefficient = np.interp(mach, drag.mach, drag.coefficient)
            acceleration -= 0.5 * density * speed * coefficient * drag.area_over_mass * through
        return np.concatenate([y[3:], acceleration])

    return slope


def _through(y: Array, earth: Earth, air: Air) -> tuple[Array, float, float]:
    """Return the velocity through the air [m/s], its density [kg/m³] and speed of sound [m/s], of an inertial state."""
    h, nx, ny, nz = physics.ellipsoid(y[0], y[1], y[2], earth.equatorial_radius, earth.flattening)
    density, _, sound = physics.atmosphere(air.table, h)
    wind = air.wind
    north = float(np.interp(h, wind.altitude, wind.north))
    east = float(np.interp(h, wind.altitude, wind.east))
    side = math.hypot(nx, ny)
    ex, ey = (-ny / side, nx / side) if side > 0.0 else (0.0, 1.0)
    spin = earth.rotation_rate
    moving = [
        y[3] + spin * y[1] - east * ex + north * nz * ey,
        y[4] - spin * y[0] - east * ey - north * nz * ex,
        y[5] - north * side,
    ]
    return np.array(moving), float(density), float(sound)


def _event(name: str, time: float, state: Array, earth: Earth) -> Event:
    """Return the event of a name at a time [s] and inertial state."""
    angle = earth.rotation_rate * time
    lat, lon, alt = geodetic_from_ecef(ecef_from_eci(state[:3], angle), earth)
    speed = float(np.linalg.norm(velocity_ecef_from_eci(state[:3], state[3:], angle, earth)))
    return Event(name=name, time=time, latitude=float(lat), longitude=float(lon), altitude=float(alt), speed=speed)


def passage(times: Array, states: Array, earth: Earth, air: Air | None, events: tuple[Event, ...]) -> Passage:
    """Return samples of a flight with all that is told about each.

    Parameters
    ----------
    times : array, shape (n,)
        When [s].
    states : array, shape (n, 6)
        Inertial position and velocity [m], [m/s], in axes that coincide with the Earth-fixed ones at time 0.
    earth, air, events
        As of `propagate` and `Passage`.
    """
    angle = earth.rotation_rate * times
    position = ecef_from_eci(states[:, :3], angle)
    velocity = velocity_ecef_from_eci(states[:, :3], states[:, 3:], angle, earth)
    lat, lon, alt = geodetic_from_ecef(position, earth)
    east, north, up = np.moveaxis(np.einsum("nij,nj->ni", east_north_up(lat, lon), velocity), -1, 0)
    density, mach, pressure = np.zeros(len(times)), np.full(len(times), np.nan), np.zeros(len(times))
    for i, state in enumerate(states if air is not None else []):
        assert air is not None
        through, density[i], sound = _through(state, earth, air)
        square = float(through @ through)
        pressure[i] = 0.5 * density[i] * square
        mach[i] = math.sqrt(square) / sound if air.sound else math.nan
    return Passage(
        time=times,
        latitude=lat,
        longitude=lon,
        altitude=alt,
        velocity_ned=np.stack([north, east, 0.0 - up], axis=-1),
        position_eci=states[:, :3].copy(),
        velocity_eci=states[:, 3:].copy(),
        position_ecef=position,
        velocity_ecef=velocity,
        mach=mach,
        dynamic_pressure=pressure,
        density=density,
        events=events,
    )
