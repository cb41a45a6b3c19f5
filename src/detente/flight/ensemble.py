"""Many free flights at once: arrays of states in, a labelled data set out, part by part where memory counts."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.earth import WGS84, Earth
from detente.flight import branchless, lanes
from detente.flight.kernels import IMPACT
from detente.flight.world import World, world

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], tuple[ArrayLike, ArrayLike, ArrayLike]]

ENSEMBLE = (0.3, 3e-3, 1.0, 240.0)
"""Closeness of the flights of an ensemble: a few decimeters at impact, under 10 m where a flight is most sensitive.

Greatest local error of a step [m], [m/s] while a body falls, and a thirtieth of it while it climbs, since it grows with
the time left; longest step in powered (not used) and in free flight [s]."""
BLOCK = 4_096
"""Flights that one call of the kernel takes: enough to hide the call, few enough to share among threads."""


def fly_ensemble(
    position_eci: ArrayLike,
    velocity_eci: ArrayLike,
    through: World | None = None,
    *,
    ballistic_coefficient: ArrayLike = math.inf,
    earth: Earth = WGS84,
    time: float = 20_000.0,
    threads: int | None = None,
) -> xr.Dataset:
    """Return where and when bodies in free flight come down, and how high they rise.

    The numbers do not depend on `threads`, nor on which flights are flown together.

    Parameters
    ----------
    position_eci, velocity_eci : array_like, shape (flights, 3)
        States at time 0 in inertial axes that coincide with the Earth-fixed ones then [m], [m/s].
    through : World, optional
        From `world`: Earth, air, altitude of impact and closeness (read as `ENSEMBLE` is); without wind. By default the
        standard atmosphere over `earth`, and `ENSEMBLE`.
    ballistic_coefficient : array_like, shape () or (flights,)
        m/(C_D A) [kg/m²], > 0; infinite without drag.
    earth : Earth
        What the default `through` is made of.
    time : float
        When to end at the latest [s], > 0.
    threads : int, optional
        How many to use, >= 1; by default one for each processor that this process may use.

    Returns
    -------
    ensemble : xarray.Dataset
        Along ``flight``, each with its unit: ``impact`` (whether it came down in time), ``flight_time``, ``latitude``
        and ``longitude`` (geodetic) and inertial ``position_eci``, ``velocity_eci`` at the end, ``apogee_altitude`` and
        ``apogee_time`` of the greatest altitude.

    Raises
    ------
    ValueError
        States that are no numbers or underground, a ballistic coefficient not above 0, wind, shapes that differ.

    Examples
    --------
    >>> flown = fly_ensemble([[6.678e6, 0.0, 0.0]] * 2, [[2e3, 5e3, 0.0], [2e3, 5.1e3, 0.0]])
    >>> flown.flight_time.round(0).values
    array([936., 961.])
    """
    space = through if through is not None else world(earth, closeness=ENSEMBLE)
    starts = _starts(position_eci, velocity_eci, ballistic_coefficient, space)
    if not time > 0.0:
        raise ValueError(f"time is {time}; allowed: above 0 s")
    nature = (space.mu, space.radius, space.flattening, space.j2, space.spin, space.j3, space.j4)
    most = (space.floor, float(time), space.longest_coast)
    near, fast, table = space.most_position, space.most_velocity, branchless.cells(space.air)
    out = np.empty((len(starts), lanes.COLUMNS))

    def fly(first: int) -> None:
        part = slice(first, first + BLOCK)
        lanes.fly_block(starts[part], nature, most, near, fast, table, out[part])

    firsts = range(0, len(starts), BLOCK)
    with ThreadPoolExecutor(min(threads_for(threads), max(len(firsts), 1))) as pool:
        list(pool.map(fly, firsts))
    failed = np.flatnonzero(out[:, lanes.STATUS] == lanes.FAILED)
    if len(failed):
        raise ValueError(
            f"flight {failed[0]} cannot be followed: no step is short enough; check its state and the world"
        )
    return dataset(out)


def stream_ensemble(
    draw: Draw,
    flights: int,
    through: World | None = None,
    *,
    seed: int = 0,
    part: int = 65_536,
    earth: Earth = WGS84,
    time: float = 20_000.0,
    threads: int | None = None,
) -> Iterator[xr.Dataset]:
    """Yield the flights of an ensemble that is drawn part by part, so that memory does not grow with their number.

    Parameters
    ----------
    draw : function
        ``draw(random, n)`` returns positions and velocities, shape (n, 3), and ballistic coefficients, for
        `fly_ensemble`; all chance in it comes from `random`.
    flights : int
        How many in all, >= 1.
    seed : int
        Same seed, same flights: each part has its own generator, whatever the threads.
    part : int
        Flights in one part, >= 1; it belongs to the seed.
    through, earth, time, threads
        As for `fly_ensemble`.

    Raises
    ------
    ValueError
        `flights` or `part` below 1, and what `fly_ensemble` raises.

    Examples
    --------
    >>> def draw(random, n):
    ...     return np.tile([6.678e6, 0.0, 0.0], (n, 1)), random.normal([2e3, 5e3, 0.0], 10.0, (n, 3)), 5e3
    >>> float(sum(each.impact.sum() for each in stream_ensemble(draw, 1_000, part=400)))
    1000.0
    """
    for random, count in parts(flights, seed, part):
        position, velocity, beta = draw(random, count)
        yield fly_ensemble(
            position, velocity, through, ballistic_coefficient=beta, earth=earth, time=time, threads=threads
        )


def parts(flights: int, seed: int, part: int) -> Iterator[tuple[np.random.Generator, int]]:
    """Yield the generator and the number of flights of each part of an ensemble.

    Raises
    ------
    ValueError
        `flights` or `part` below 1.
    """
    if flights < 1 or part < 1:
        raise ValueError(f"{flights} flights in parts of {part}; allowed: at least 1 each")
    for index, first in enumerate(range(0, flights, part)):
        yield np.random.default_rng([seed, index]), min(part, flights - first)


def threads_for(wanted: int | None) -> int:
    """Return how many threads to use: those wanted, or one for each processor that this process may use."""
    if wanted is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if wanted < 1:
        raise ValueError(f"threads is {wanted}; allowed: 1 and more, or None for all processors")
    return wanted


def _starts(position_eci: ArrayLike, velocity_eci: ArrayLike, beta: ArrayLike, space: World) -> Array:
    """Return the rows that the kernel starts from, every one of them checked."""
    position, velocity = np.asarray(position_eci, float), np.asarray(velocity_eci, float)
    if position.ndim != 2 or position.shape[1] != 3 or position.shape != velocity.shape:
        raise ValueError(
            f"positions have shape {position.shape}, velocities {velocity.shape}; allowed: (flights, 3), both the same"
        )
    coefficient = np.asarray(beta, float)
    if coefficient.shape not in {(), (len(position),)}:
        raise ValueError(f"ballistic_coefficient has shape {coefficient.shape}; allowed: one number, or one a flight")
    if not np.all(coefficient > 0.0):
        raise ValueError("a ballistic_coefficient is not above 0; allowed: above 0, or inf without drag")
    if space.wind_north != 0.0 or space.wind_east != 0.0:
        raise ValueError("an ensemble flies in still air; leave out the wind, or fly one body at a time with fly_free")
    starts = np.empty((len(position), 8))
    starts[:, 0], starts[:, 1:4], starts[:, 4:7], starts[:, 7] = 0.0, position, velocity, 1.0 / coefficient
    wrong = np.flatnonzero(~np.isfinite(starts).all(axis=1))
    if len(wrong):
        raise ValueError(f"flight {wrong[0]} starts at {starts[wrong[0], 1:7].tolist()}; allowed: finite numbers")
    wrong = np.flatnonzero(lanes.heights(starts, space.radius, space.flattening) < space.floor - 1e-6)
    if len(wrong):
        raise ValueError(f"flight {wrong[0]} starts underground, below {space.floor:g} m; start it above the surface")
    return starts


_VARIABLES = {
    "flight_time": ("s", "time from the start to the end", lanes.ENDED),
    "latitude": ("rad", "geodetic latitude at the end", lanes.LATITUDE),
    "longitude": ("rad", "longitude at the end, -π to π", lanes.LONGITUDE),
    "apogee_altitude": ("m", "greatest altitude above the ellipsoid", lanes.APOGEE),
    "apogee_time": ("s", "time of the greatest altitude", lanes.APOGEE_TIME),
}


def dataset(out: Array) -> xr.Dataset:
    """Return the results of `lanes.fly_block` as a data set with units."""
    import xarray as xr

    found: dict[str, tuple[str | tuple[str, str], Array, dict[str, str]]] = {
        name: ("flight", out[:, column], {"units": unit, "long_name": text})
        for name, (unit, text, column) in _VARIABLES.items()
    }
    at = lanes.STATE
    found |= {
        "impact": ("flight", out[:, lanes.STATUS] == IMPACT, {"long_name": "whether it came down in time"}),
        "position_eci": (("flight", "axis"), out[:, at : at + 3], {"units": "m", "long_name": "inertial, at the end"}),
        "velocity_eci": (
            ("flight", "axis"),
            out[:, at + 3 : at + 6],
            {"units": "m/s", "long_name": "inertial, at the end"},
        ),
    }
    return xr.Dataset(found, coords={"axis": ["x", "y", "z"]})
